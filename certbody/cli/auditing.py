"""The commands of `certbody audit` for what happens on site: meetings, checklist and results."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import click

from certbody.cli.desk import FILE, FOLDER, Acting, Desk, acting
from certbody.cli.shape import Command

RESULTS = (
    *("satisfactory", "concern", "not-reviewed"),
    *("conformity", "finding", "strength", "not-covered", "come-back", "not-applicable"),
)
_OUT = click.option("--out", type=FOLDER, default=".", help="The folder to write to.")


def out_folder(out: Path | None) -> Path | None:
    """The folder for documents, made before anything goes on record: what cannot be written is not issued."""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    return out


class _Clock(click.ParamType[Any]):
    """A time of day as 09:30."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        import re

        if isinstance(value, time):
            return value
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(value), re.ASCII):
            self.fail(f"{value!r} is no time of day; write it as 09:30.", param, ctx)
        return time.fromisoformat(value)


def _meeting(desk: Desk, acting: Acting, number: str, kind: str, led_by: str, said: dict[str, Any]) -> None:
    from certbody.domain.audit import MeetingKind
    from certbody.office.audits import meet
    from certbody.records import dump

    office = desk.office
    made = meet(
        office,
        number,
        MeetingKind(kind),
        hand=acting.hand(),
        on=acting.on,
        led_by=office.person(led_by) if led_by else "",
        why=acting.why,
        **said,
    )
    step = f"certbody audit record {number} FILE" if kind == "opening" else f"certbody audit conclude {number}"
    desk.say(
        dump(made),
        f"The {kind} meeting of audit {number} was held on {made.held_on}, led by {office.body.name(made.led_by)}, "
        f"with {len(made.attendance)} present.",
        f"Next: {step}",
    )


def _of_a_meeting(command: Any) -> Any:
    for option in reversed(
        (
            click.argument("number"),
            click.option(
                "--attendee",
                "attendees",
                multiple=True,
                required=True,
                help="'Name; function; organisation', or initials of one of our own.",
            ),
            click.option("--place", default="", help="Default: the audit's first site."),
            click.option("--starts", type=_Clock(), help="At what time, such as 09:00."),
            click.option("--led-by", default="", metavar="PERSON", help="Default: the team leader."),
        )
    ):
        command = option(command)
    return command


@click.command(
    "open",
    cls=Command,
    examples="certbody audit open 2026-001 --attendee AE --attendee 'Greta Holm; quality manager; Nordwind' --as AE",
)
@_of_a_meeting
@acting
def open_(desk: Desk, acting: Acting, number: str, led_by: str, **said: Any) -> None:
    """Hold the opening meeting: from here on the audit is under way, and all it rests on has to be there."""
    _meeting(desk, acting, number, "opening", led_by, said)


@click.command(
    "close",
    cls=Command,
    examples="certbody audit close 2026-001 --attendee AE --attendee 'Greta Holm' --points 'appeals explained' --as AE",
)
@_of_a_meeting
@click.option("--points", multiple=True, help="What was explained: sampling, grading, deadlines, complaints, appeals.")
@click.option("--disagreements", default="", help="What stayed disputed; it goes to the body (9.4.7).")
@acting
def close(desk: Desk, acting: Acting, number: str, led_by: str, **said: Any) -> None:
    """Hold the closing meeting: findings and conclusions were presented; none is added after it."""
    _meeting(desk, acting, number, "closing", led_by, said)


@click.command("attendance", cls=Command, examples="certbody audit attendance 2026-001 --out papers --as AE")
@click.argument("number")
@_OUT
@acting
def attendance(desk: Desk, acting: Acting, number: str, out: Path) -> None:
    """Issue the attendance record of opening and closing meeting in Word."""
    from certbody.office.audits import find_audit
    from certbody.office.papers import issue

    office, hand, on = desk.office, acting.hand(), acting.on
    journal, found = find_audit(office, number)
    out_folder(out)
    path = issue(office, "attendance", journal, found.id, hand=hand, on=on, standard=found.standard).written(out)
    desk.say({"audit": found.number, "file": str(path)}, f"Wrote {path}.")


@click.command("checklist", cls=Command, examples="certbody audit checklist 2026-001 --out papers --as AE")
@click.argument("number")
@_OUT
@acting
def checklist(desk: Desk, acting: Acting, number: str, out: Path) -> None:
    """Issue the checklist workbook; its rows are frozen, and a changed standard or site makes a new version."""
    from certbody.office.audits import find_audit
    from certbody.office.checklists import issue_checklist
    from certbody.office.papers import issue

    office, hand, on = desk.office, acting.hand(), acting.on
    journal, found = find_audit(office, number)
    out_folder(out)
    made, new = issue_checklist(office, number, hand=hand, on=on, why=acting.why)
    path = issue(office, "checklist", journal, made.id, hand=hand, on=on, standard=found.standard).written(out)
    word = "is" if new else "stays"
    desk.say(
        {"audit": found.number, "version": made.version, "new": new, "rows": len(made.rows), "file": str(path)},
        f"The checklist of audit {found.number} {word} version {made.version}, with {len(made.rows)} rows: {path}.",
        f"Next: fill it, then certbody audit record {found.number} {path.name}",
    )


@click.command(
    "record",
    cls=Command,
    examples="""
    certbody audit record 2026-001 checklist-2026-001-v1.xlsx --as AE
    certbody audit record 2026-001 checklist-2026-001-v1.xlsx --good-rows --as AE
    """,
)
@click.argument("number")
@click.argument("file", type=FILE)
@click.option("--good-rows", is_flag=True, help="Take what has no fault; without it, one fault refuses the whole.")
@acting
def record(desk: Desk, acting: Acting, number: str, file: Path, good_rows: bool) -> None:
    """Read a filled checklist back: results, notes, evidence and findings in one act, or nothing.

    What the record holds already is left as it is; a changed result replaces the earlier one.
    """
    from certbody.domain.report import rows_without_finding
    from certbody.office.audits import find_audit
    from certbody.office.readback import record_workbook
    from certbody.records import dump

    taken = record_workbook(
        desk.office,
        number,
        file.read_bytes(),
        file.name,
        hand=acting.hand(),
        on=acting.on,
        good_rows=good_rows,
        why=acting.why,
    )
    if taken.again:
        lines = [f"{file.name} was taken before; nothing was recorded."]
    elif not taken.anything:
        lines = [f"Nothing in {file.name} is new; nothing was recorded."]
    else:
        lines = [
            f"Recorded for audit {number}: {len(taken.results)} results, {len(taken.findings)} findings, "
            f"{len(taken.evidence)} pieces of evidence; {taken.same} entries were on record already."
        ]
    amended = "amended: "
    lines += [
        f"  {amended if each.number in taken.amended else ''}{each.number} {each.grade} ({each.row}): {each.statement}"
        for each in taken.findings
    ]
    lines += [f"  {row}: {before} is now {after}" for row, before, after in taken.replaced]
    lines += [f"  left out: {fault}" for fault in taken.left]
    if taken.missing:
        lines.append(f"  {len(taken.missing)} rows did not come back: {', '.join(taken.missing[:5])}")
    journal, audit = find_audit(desk.office, number)
    bare = rows_without_finding(audit.id, desk.office.dossier(journal))
    if bare:
        lines.append(f"  no finding names {', '.join(bare[:5])}{' and others' if len(bare) > 5 else ''} yet")
        lines.append(f"  Next: certbody audit finding {number} --row {bare[0]}, or the sheet Findings of the workbook")
    data = {
        "audit": number,
        "without_finding": bare,
        "again": taken.again,
        "results": [dump(each) for each in taken.results],
        "findings": [dump(each) for each in taken.findings],
        "evidence": [dump(each) for each in taken.evidence],
        "amended": list(taken.amended),
        "replaced": [{"row": row, "before": before, "after": after} for row, before, after in taken.replaced],
        "same": taken.same,
        "left": list(taken.left),
        "missing": list(taken.missing),
    }
    desk.say(data, *lines)


@click.command(
    "result",
    cls=Command,
    examples="""
    certbody audit result 2026-002 7.4-1@K conformity --as AE
    certbody audit result 2026-002 7.4-2@K not-covered --note 'no case in the sample' --as AE
    """,
)
@click.argument("number")
@click.argument("row")
@click.argument("result", type=click.Choice(RESULTS))
@click.option("--note", default="", help="The reason, where the result leaves something out.")
@acting
def result(desk: Desk, acting: Acting, number: str, row: str, result: str, note: str) -> None:
    """Put the result on one checklist row on record; it replaces an earlier one."""
    from certbody.domain.evidence import Result
    from certbody.office.checklists import record_result
    from certbody.records import dump

    word = Result("area of concern" if result == "concern" else result.replace("-", " "))
    made = record_result(desk.office, number, row, word, note, hand=acting.hand(), on=acting.on, why=acting.why)
    desk.say(dump(made), f"{made.row}: {made.result}.")


ON_SITE = (open_, close, attendance, checklist, record, result)
"""Commands of the group `audit`, in the order of the work."""

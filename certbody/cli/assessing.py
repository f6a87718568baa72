"""The commands of `certbody standard` for the readiness self-assessment: the workbook out, its result on one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certbody.cli.desk import DAY, FILE, FOLDER, Desk, nearest, showing
from certbody.cli.shape import Command

if TYPE_CHECKING:
    from certbody.domain.self_assessment import Outcome, Point, Statement, StepOutcome
    from certbody.office import Office

_OUT = click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
_ON = click.option("--on", type=DAY, metavar="DATE", help="The date printed (default: today).")


@click.command("self-assessment", cls=Command, examples="certbody standard self-assessment iso10002 --out papers")
@click.argument("code")
@_OUT
@_ON
@showing
def self_assessment(desk: Desk, code: str, out: Path, on: date | None) -> None:
    """Write the empty readiness self-assessment of a scheme, a workbook to be filled in before applying.

    An office is not needed; where there is one, the workbook bears the body's name. Nothing goes on record.
    """
    from certbody.office.self_assessments import blank
    from certbody.registry import Registry

    office = _office(desk)
    path = blank(Registry.gathered(), code, on=on or _today(desk, office), office=office).written(out)
    desk.say(
        {"file": str(path), "on_record": False},
        f"Wrote {path}. Nothing goes on record: who fills it in has not applied.",
        "Next: certbody standard self-assessment-result FILE, once it is filled in",
    )


@click.command(
    "self-assessment-result",
    cls=Command,
    examples="""
    certbody standard self-assessment-result self-assessment-iso10002.xlsx --out papers
    certbody standard self-assessment-result self-assessment-iso10002.xlsx --scheme iso10002 --json
    """,
)
@click.argument("file", type=FILE)
@click.option("--scheme", default="", metavar="CODE", help="The scheme that is expected; another one is refused.")
@_OUT
@_ON
@showing
def self_assessment_result(desk: Desk, file: Path, scheme: str, out: Path, on: date | None) -> None:
    """Read a filled self-assessment and write its result, one page: where it is ready, and what is missing.

    Nothing goes on record. Nothing is written unless the whole workbook can be read; every fault is named with sheet
    and cell. Points that were left open are no fault: they are listed, and count as missing.
    """
    from certbody.office.self_assessments import result
    from certbody.registry import Registry

    office = _office(desk)
    day = on or _today(desk, office)
    assessment, statement, found, page = result(
        Registry.gathered(), file.read_bytes(), file.name, on=day, scheme=scheme, office=office
    )
    path = page.written(out)
    code = page.number.split()[0]
    lines = [f"{statement.organization} on {statement.on}: {found.readiness}."]
    lines += [f"  {each.step.title}: {each.state}{_lacking(each)}" for each in found.steps]
    if found.left_open:
        lines.append(f"Left open, and counted as missing: {', '.join(point.id for point in found.left_open)}.")
    lines += [
        f"Wrote {path}. Nothing is on record: it is what they say of themselves.",
        f"Next: certbody application form {code}, when they want to apply",
    ]
    desk.say({"file": str(path), "scheme": code, "edition": assessment.edition, **_as_data(statement, found)}, *lines)


def _lacking(each: StepOutcome) -> str:
    count = len(each.lacking)
    return f", {count} of {len(each.step.points)} cannot be shown" if count else ""


def _as_data(statement: Statement, found: Outcome) -> dict[str, Any]:
    """What `--json` prints: the statement as it was made, and what it comes to, point by point."""

    def told(point: Point) -> dict[str, Any]:
        reply = statement.replies[point.id]
        return {
            "id": point.id,
            "title": point.title,
            "core": point.core,
            "answer": str(reply.answer) if reply.answer else "",
            "remark": reply.remark,
            "show": point.show,
        }

    return {
        "organization": statement.organization,
        "about": statement.about,
        "by": statement.by,
        "on": statement.on.isoformat(),
        "result": str(found.readiness),
        "open": [point.id for point in found.left_open],
        "steps": [
            {"title": each.step.title, "state": str(each.state), "points": [told(point) for point in each.step.points]}
            for each in found.steps
        ],
        "on_record": False,
    }


def _office(desk: Desk) -> Office | None:
    """The office that is named or near; None where there is none and none was named."""
    where = Path(desk.folder) if desk.folder else nearest(Path.cwd())
    return desk.office if desk.folder or (where / "journals" / "body.jsonl").is_file() else None


def _today(desk: Desk, office: Office | None) -> date:
    """The body's day; where there is no office, that of this machine."""
    if office is not None:
        return office.today()
    from certbody.office.clock import now

    moment = (desk.clock or now)()
    day: date = moment.astimezone().date()
    return day


READINESS = (self_assessment, self_assessment_result)

"""`certbody nc`: nonconformities, from the client's answer to confirmed effectiveness."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certbody.cli.desk import DAY, FILE, FOLDER, Acting, Desk, acting, showing
from certbody.cli.nc_changes import CHANGES
from certbody.cli.shape import group

if TYPE_CHECKING:
    from certbody.domain.nonconformity import Progress

nc = group(
    "nc",
    help="Nonconformities: answered by the client, reviewed, implementation verified, effectiveness confirmed.",
    examples="""
    certbody nc list --open
    certbody nc form 2026-001/AE-1 --out papers --as AE
    certbody nc respond 2026-001/AE-1 response-2026-001-AE-1.xlsx --as AE
    certbody nc review 2026-001/AE-1 --accept --reason 'cause and action fit' --as AE
    certbody nc verify 2026-001/AE-1 --means document --evidence 'new procedure read' --as AE
    """,
)
_OUT = click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
_FILES = click.option("--file", "files", type=FILE, multiple=True, help="A file to keep as evidence.")
_MEANS = ("document", "remote", "on-site")


@nc.command(
    "list",
    examples="""
    certbody nc list
    certbody nc list C-0001 --open --on 2026-05-01
    """,
)
@click.argument("client", default="")
@click.option("--open", "open_only", is_flag=True, help="Only those on which a step is still to come.")
@click.option("--on", type=DAY, metavar="DATE", help="As they stood on a day (default: today).")
@showing
def list_(desk: Desk, client: str, open_only: bool, on: date | None) -> None:
    """List nonconformities with what each waits for."""
    from certbody.cli.steps import row
    from certbody.office.nonconformities import listed

    found = listed(desk.office, client, on or desk.office.today(), open_only=open_only)
    lines = [
        f"{each.finding.number:18} {each.finding.grade:11} {journal}  {each.stage}"
        + (f", due {each.due_on}{' (extended)' if each.extensions else ''}" if _awaited(each) else "")
        + (", regraded" if each.regradings else "")
        for journal, each in found
    ]
    nothing = "No nonconformity is open." if open_only else "No nonconformities."
    desk.say([row(journal, each) for journal, each in found], *(lines or [nothing]))


def _awaited(each: Progress) -> bool:
    return each.due_on is not None and each.response is None and each.finding.nonconformity


@nc.command("show", examples="certbody nc show 2026-001/AE-1 --json")
@click.argument("number")
@click.option("--on", type=DAY, metavar="DATE", help="As it stood on a day (default: today).")
@showing
def show(desk: Desk, number: str, on: date | None) -> None:
    """Show a nonconformity with every step taken, and the next one."""
    from certbody.cli.steps import row, told
    from certbody.office.nonconformities import steps
    from certbody.records import dump

    day = on or desk.office.today()
    journal, step = steps(desk.office, number, day)
    parts = ("response", "review", "verification", "effectiveness")
    data = {**row(journal, step), "on": day.isoformat(), "finding": dump(step.finding)}
    data |= {name: [dump(each) for each in getattr(step, name)] for name in ("regradings", "extensions")}
    data |= {name: dump(getattr(step, name)) if getattr(step, name) else None for name in parts}
    desk.say(data, *told(step, journal, desk.office.body))


def _paper(desk: Desk, acting: Acting, kind: str, number: str, out: Path, step: str) -> None:
    from certbody.office.nonconformities import nonconformity_paper

    paper = nonconformity_paper(desk.office, kind, number, hand=acting.hand(), on=acting.on)
    path = paper.written(out)
    desk.say({"number": number, "file": str(path)}, f"Wrote {path}.", *([f"Next: {step}"] if step else []))


@nc.command("report", examples="certbody nc report 2026-001/AE-1 --out papers --as AE")
@click.argument("number")
@_OUT
@acting
def report(desk: Desk, acting: Acting, number: str, out: Path) -> None:
    """Issue the nonconformity report in Word: what was found, and what was done about it so far."""
    _paper(desk, acting, "nonconformity", number, out, "")


@nc.command(
    "form",
    examples="""
    certbody nc form 2026-001/AE-1 --out papers --as AE
    certbody nc form 2026-001/AE-1 --format docx --out papers --as AE
    """,
)
@click.argument("number")
@click.option("--format", "form", type=click.Choice(["xlsx", "docx"]), default="xlsx", help="Excel, or Word.")
@_OUT
@acting
def form(desk: Desk, acting: Acting, number: str, form: str, out: Path) -> None:
    """Issue the response form, for the client to fill in and send back."""
    kind = "response-docx" if form == "docx" else "response"
    _paper(desk, acting, kind, number, out, f"certbody nc respond {number} FILE.{form}, when it comes back")


@nc.command(
    "respond",
    examples="""
    certbody nc respond 2026-001/AE-1 response-2026-001-AE-1.xlsx --on 2026-04-20 --as AE
    certbody nc respond 2026-001/AE-1 response-2026-001-AE-1.docx --on 2026-04-20 --as AE
    certbody nc respond 2026-001/AE-1 --extent … --correction … --cause … --action … --owner … --due 2026-05-15 --as AE
    """,
)
@click.argument("number")
@click.argument("file", type=FILE, required=False)
@click.option("--extent", help="Where else the same holds: other sites, services, past cases.")
@click.option("--correction", help="What was done about this case.")
@click.option("--corrected", type=DAY, help="When the correction was done.")
@click.option("--cause", help="Why it came to be, and why it was not found earlier.")
@click.option("--action", help="The corrective action: what removes the cause.")
@click.option("--owner", help="Who sees to it.")
@click.option("--due", type=DAY, help="When the corrective action is to be done.")
@click.option("--done", type=DAY, help="When it was done.")
@click.option("--evidence", help="What shows it.")
@click.option("--by", default="", metavar="NAME", help="Who answered for the client (default: its representative).")
@_FILES
@acting
def respond(
    desk: Desk,
    acting: Acting,
    number: str,
    file: Path | None,
    by: str,
    files: tuple[Path, ...],
    **said: Any,
) -> None:
    """Put the client's answer on record, from its response form (.xlsx, .docx) or in words; `--on`: the day it came.

    The form is kept as evidence. The form of another nonconformity is refused.
    """
    from certbody.office.nonconformities import respond as put
    from certbody.office.nonconformities import respond_by_form
    from certbody.records import dump

    words = {
        "extent": said["extent"],
        "correction": said["correction"],
        "correction_done_on": said["corrected"],
        "cause": said["cause"],
        "corrective_action": said["action"],
        "owner": said["owner"],
        "due_on": said["due"],
        "done_on": said["done"],
        "evidence": said["evidence"],
    }
    given = [name for name, value in said.items() if value is not None]
    if file is not None and given:
        raise click.UsageError(f"Give the form, or the answer in words; not both (--{given[0]}).")
    if file is None and not given:
        raise click.UsageError("Give the response form, or the answer in words: --extent, --correction, --cause …")
    rest: Any = {"on": acting.on, "hand": acting.hand(), "by": by, "files": _read(files), "why": acting.why}
    if file is not None:
        response = respond_by_form(desk.office, number, file.name, file.read_bytes(), **rest)
    else:
        response = put(desk.office, number, words, **rest)
    desk.say(
        {"number": number, **dump(response)},
        f"The answer to {number} of {response.received_on} by {response.by} is on record.",
        f"Next: certbody nc review {number} --accept, or --reject, with --reason",
    )


def _read(files: tuple[Path, ...]) -> tuple[tuple[str, bytes], ...]:
    return tuple((path.name, path.read_bytes()) for path in files)


@nc.command(
    "review",
    examples="""
    certbody nc review 2026-001/AE-1 --accept --reason 'cause and action fit' --as AE
    certbody nc review 2026-001/AE-1 --reject --reason 'the cause repeats the finding' --as AE
    """,
)
@click.argument("number")
@click.option("--accept/--reject", "accepted", default=None, help="The outcome.")
@click.option("--reason", required=True, help="Why.")
@acting
def review(desk: Desk, acting: Acting, number: str, accepted: bool | None, reason: str) -> None:
    """Review the client's newest answer: accept it, or send it back with the reason (9.4.10)."""
    from certbody.office.nonconformities import review_response
    from certbody.records import dump

    if accepted is None:
        raise click.UsageError("Give --accept or --reject.")
    made = review_response(
        desk.office, number, accepted=accepted, reason=reason, on=acting.on, hand=acting.hand(), why=acting.why
    )
    step = f"certbody nc verify {number}" if accepted else f"certbody nc respond {number}, when the client answers anew"
    desk.say(
        {"number": number, **dump(made)},
        f"The answer to {number} is {'accepted' if accepted else 'rejected'}: {reason}",
        f"Next: {step}",
    )


@nc.command(
    "verify",
    examples="""
    certbody nc verify 2026-001/AE-1 --means document --evidence 'procedure r4 and three cases read' --as AE
    certbody nc verify 2026-001/AE-1 --means on-site --evidence 'not in use in Bergheim' --not-implemented --as AE
    """,
)
@click.argument("number")
@click.option("--means", type=click.Choice(_MEANS), required=True, help="How it was verified.")
@click.option("--evidence", required=True, help="What was seen, heard or read.")
@click.option("--not-implemented", is_flag=True, help="It was found not implemented.")
@_FILES
@acting
def verify(
    desk: Desk,
    acting: Acting,
    number: str,
    means: str,
    evidence: str,
    not_implemented: bool,
    files: tuple[Path, ...],
) -> None:
    """Put on record whether correction and corrective action are implemented: your own act, with your PIN (9.5.2)."""
    from certbody.domain.nonconformity import Means
    from certbody.office.nonconformities import verify_implementation
    from certbody.records import dump

    made = verify_implementation(
        desk.office,
        number,
        means=Means(means.replace("-", " ")),
        evidence=evidence,
        implemented=not not_implemented,
        on=acting.on,
        hand=acting.hand(personal=True),
        files=_read(files),
        why=acting.why,
    )
    step = "certbody nc confirm" if made.implemented else "certbody nc verify"
    desk.say(
        {"number": number, **dump(made)},
        f"{number}: implementation {'verified' if made.implemented else 'not found'} on {made.verified_on}.",
        f"Next: {step} {number}" + ("" if made.implemented else ", when it is implemented"),
    )


@nc.command(
    "confirm",
    examples="certbody nc confirm 2026-001/AE-1 --evidence 'no case since May' --audit 2027-004 --as AE",
)
@click.argument("number")
@click.option("--evidence", required=True, help="What shows it.")
@click.option("--audit", default="", help="Number of the audit at which it was seen.")
@click.option("--not-effective", is_flag=True, help="The cause is still there.")
@acting
def confirm(desk: Desk, acting: Acting, number: str, evidence: str, audit: str, not_effective: bool) -> None:
    """Put on record whether the corrective action removed the cause: your own act, with your PIN (9.4.10)."""
    from certbody.office.nonconformities import confirm_effectiveness
    from certbody.records import dump

    made = confirm_effectiveness(
        desk.office,
        number,
        evidence=evidence,
        effective=not not_effective,
        audit=audit,
        on=acting.on,
        hand=acting.hand(personal=True),
        why=acting.why,
    )
    word = "confirmed" if made.effective else "not confirmed"
    desk.say({"number": number, **dump(made)}, f"{number}: effectiveness {word} on {made.confirmed_on}.")


for _command in CHANGES:
    nc.add_command(_command)

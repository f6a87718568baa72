"""The commands of `certbody nc` for what changes after the report: a grade, and the day to answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certbody.cli.desk import DAY, FOLDER, Acting, Desk, acting
from certbody.cli.shape import Command

GRADES = ("major", "minor", "opportunity")


@click.command(
    "regrade",
    cls=Command,
    examples="""
    certbody nc regrade 2026-002/AE-1 --to minor --reason 'one case of sixty, and mended the same day' --as DE
    certbody nc regrade 2026-002/AE-1 --to opportunity --reason 'the record was there' --told-on 2026-05-04 --as DE
    """,
)
@click.argument("number")
@click.option("--to", type=click.Choice(GRADES), required=True, help="The new grade; opportunity: it was none at all.")
@click.option("--reason", required=True, help="Why; the client reads it.")
@click.option("--told-on", type=DAY, metavar="DATE", help="When the client was told, if it was.")
@click.option("--told-to", default="", metavar="NAME", help="Who was told (default: the client's representative).")
@acting
def regrade(desk: Desk, acting: Acting, number: str, to: str, reason: str, told_on: date | None, told_to: str) -> None:
    """Give a reported nonconformity another grade: your own act, with your PIN. No team lowers its own finding.

    The finding stays as it was recorded; from this day on every rule and document sees the new grade.
    """
    from certbody.domain.findings import Grade
    from certbody.office.regradings import regrade as put
    from certbody.records import dump

    if told_to and told_on is None:
        raise click.UsageError("Give --told-on, the day on which the client was told.")
    finding, made, notice = put(
        desk.office,
        number,
        to=Grade(to),
        reason=reason,
        told_on=told_on,
        told_to=told_to,
        on=acting.on,
        hand=acting.hand(personal=True),
        why=acting.why,
    )
    desk.say(
        {"number": finding.number, **dump(made), "notice": dump(notice) if notice else None},
        f"{finding.number} is regraded to {to} from {made.regraded_on} on: {reason}",
        *([f"{notice.told_to or 'The client'} was told on {notice.told_on}."] if notice else []),
        f"Next: certbody nc regrade-notice {finding.number} --out DIR"
        + ("" if notice else f", and when it is sent certbody nc told {finding.number}"),
    )


@click.command("told", cls=Command, examples="certbody nc told 2026-002/AE-1 --to 'Nora Lind' --on 2026-05-04 --as DE")
@click.argument("number")
@click.option("--to", "told_to", default="", metavar="NAME", help="Who was told (default: its representative).")
@acting
def told(desk: Desk, acting: Acting, number: str, told_to: str) -> None:
    """Put on record that the client was told of a regrading; `--on` is the day. No decision comes before it."""
    from certbody.office.regradings import tell
    from certbody.records import dump

    finding, last, made = tell(desk.office, number, told_to=told_to, on=acting.on, hand=acting.hand(), why=acting.why)
    desk.say(
        {"number": finding.number, **dump(made)},
        f"{made.told_to or 'The client'} was told on {made.told_on} that {finding.number} is regraded to {last.grade}.",
    )


@click.command("regrade-notice", cls=Command, examples="certbody nc regrade-notice 2026-002/AE-1 --out papers --as DE")
@click.argument("number")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def regrade_notice(desk: Desk, acting: Acting, number: str, out: Path) -> None:
    """Issue the letter on a regrading in Word: what, why, what it means for answer and decision, and the rights."""
    from certbody.office.regradings import regrading_paper

    path = regrading_paper(desk.office, number, hand=acting.hand(), on=acting.on).written(out)
    desk.say(
        {"number": number, "file": str(path)},
        f"Wrote {path}.",
        f"Next: certbody nc told {number}, when it is sent",
    )


@click.command(
    "extend",
    cls=Command,
    examples="""
    certbody nc extend 2026-002/AE-1 --until 2026-06-15 --reason 'the works council meets on 9 June' --as DE
    """,
)
@click.argument("number")
@click.option("--until", type=DAY, required=True, metavar="DATE", help="The new last day to answer.")
@click.option("--reason", required=True, help="Why more time is needed.")
@acting
def extend(desk: Desk, acting: Acting, number: str, until: date, reason: str) -> None:
    """Approve more time to answer: your own act, with your PIN, and not for an audit on which you were (9.4.9).

    A major of an initial audit has until six months after stage 2 at most; nothing waits for the certificate to end.
    """
    from certbody.office.extensions import extend as put
    from certbody.records import dump

    finding, made = put(
        desk.office,
        number,
        until=until,
        reason=reason,
        on=acting.on,
        hand=acting.hand(personal=True),
        why=acting.why,
    )
    desk.say(
        {"number": finding.number, **dump(made)},
        f"{finding.number} is to be answered by {made.until}: {reason}",
        f"Next: certbody nc form {finding.number} --out DIR, with the new day on it",
    )


CHANGES = (regrade, told, regrade_notice, extend)
"""Commands of the group `nc`, in the order of the work."""

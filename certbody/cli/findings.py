"""The commands of `certbody audit` for findings, until the report is issued."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from certbody.cli.desk import Acting, Desk, acting
from certbody.cli.shape import Command

F = TypeVar("F", bound=Callable[..., Any])

GRADES = ("major", "minor", "opportunity", "strength", "concern")


def _of_a_finding(required: bool) -> Callable[[F], F]:
    def add(command: F) -> F:
        for option in reversed(
            (
                click.option("--row", default="", help="The checklist row it was found on: item@site."),
                click.option("--site", default="", help="The site, where there is no row."),
                click.option("--grade", type=click.Choice(GRADES), required=required),
                click.option("--requirement", default="", help="Its number in the audit criteria."),
                click.option("--statement", default="", required=required, help="What is not fulfilled."),
                click.option("--evidence", default="", help="What was seen, heard or read, and where."),
                click.option("--evidence-id", "evidence_ids", multiple=True, help="A piece of evidence on record."),
                click.option("--process", default="", help="The process or activity."),
                click.option("--reason", default="", help="Why this grade."),
            )
        ):
            command = option(command)
        return command

    return add


def _grade(word: str | None) -> Any:
    from certbody.domain.findings import Grade

    return Grade("area of concern" if word == "concern" else word) if word else None


@click.command(
    "finding",
    cls=Command,
    examples="""
    certbody audit finding 2026-002 --row 7.4-1@K --grade minor --requirement S7.4.1 \
--statement '...' --evidence '...' --as AE
    """,
)
@click.argument("number")
@_of_a_finding(required=True)
@acting
def finding(desk: Desk, acting: Acting, number: str, grade: str, **said: Any) -> None:
    """Put a finding on record, under the auditor's next number; what is wrong, never how to mend it."""
    from certbody.office.findings import Said, record_finding
    from certbody.records import dump

    written = Said(grade=_grade(grade), **said)
    made = record_finding(desk.office, number, written, hand=acting.hand(), on=acting.on, why=acting.why)
    step = f"Next: certbody audit acknowledge {made.number} --by NAME, at the closing meeting"
    desk.say(dump(made), f"{made.number}: {made.grade}.", *([step] if made.nonconformity else []))


@click.command(
    "amend", cls=Command, examples="certbody audit amend 2026-002/AE-1 --grade major --reason 'three of five' --as AE"
)
@click.argument("number")
@_of_a_finding(required=False)
@acting
def amend(desk: Desk, acting: Acting, number: str, grade: str | None, **said: Any) -> None:
    """Amend a finding before the report is issued: only what is given changes, the journal keeps what it was."""
    from certbody.office.findings import amend_finding
    from certbody.records import dump

    changes = {**{name: value for name, value in said.items() if value}, "grade": _grade(grade)}
    made = amend_finding(desk.office, number, changes, hand=acting.hand(), why=acting.why)
    desk.say(dump(made), f"{made.number}: {made.grade}. {made.statement}")


@click.command("strike", cls=Command, examples="certbody audit strike 2026-002/AE-1 --why 'recorded twice' --as AE")
@click.argument("number")
@acting
def strike(desk: Desk, acting: Acting, number: str) -> None:
    """Strike a finding out before the report is issued, with the reason; its number is not given again."""
    from certbody.office.findings import strike_finding
    from certbody.records import dump

    held = strike_finding(desk.office, number, hand=acting.hand(), why=acting.why)
    desk.say(dump(held), f"{held.number} is struck out: {acting.why}")


@click.command(
    "acknowledge",
    cls=Command,
    examples="""
    certbody audit acknowledge 2026-002/AE-1 --by 'Greta Holm' --as AE
    certbody audit acknowledge 2026-002/AE-2 --by 'Greta Holm' --disputed --remark 'another reading' --as AE
    """,
)
@click.argument("number")
@click.option("--by", required=True, metavar="NAME", help="Who acknowledged it for the client.")
@click.option("--disputed", is_flag=True, help="The client does not agree.")
@click.option("--remark", default="", help="What the client says.")
@acting
def acknowledge(desk: Desk, acting: Acting, number: str, by: str, disputed: bool, remark: str) -> None:
    """Put the client's word on a finding on record: taken note of, or disputed (9.4.5, 9.4.7)."""
    from certbody.office.findings import acknowledge as put
    from certbody.records import dump

    held, made = put(
        desk.office,
        number,
        by=by,
        disputed=disputed,
        remark=remark,
        hand=acting.hand(),
        on=acting.on,
        why=acting.why,
    )
    word = "disputes" if disputed else "takes note of"
    desk.say({**dump(made), "number": held.number}, f"{made.by} {word} {held.number}.")


FINDINGS = (finding, amend, strike, acknowledge)
"""Commands of the group `audit`, in the order of the work."""

"""`certbody decide show`: before a decision about a certificate, who may take it and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from certbody.cli.desk import DAY, Desk, showing
from certbody.cli.shape import Command

LATER = ("maintain", "suspend", "restore", "reduce", "expand", "withdraw")


@click.command(
    "show",
    cls=Command,
    examples="""
    certbody decide show EC-2026-0001
    certbody decide show EC-2026-0001 --kind restore --on 2027-10-01 --json
    """,
)
@click.argument("certificate")
@click.option("--kind", "kinds", type=click.Choice(LATER), multiple=True, help="This decision alone; repeat.")
@click.option("--on", type=DAY, metavar="DATE", help="As it lay on the table on a day (default: today).")
@showing
def show(desk: Desk, certificate: str, kinds: tuple[str, ...], on: date | None) -> None:
    """Show what can be decided about a certificate, by whom, and what has to lie on the table first.

    The application of a first certificate has its own table: certbody review show.
    """
    from certbody.cli.review import objection_row, person_row, who_may
    from certbody.domain.decision import Kind
    from certbody.office.candidates import tabled

    body, day = desk.office.body, on or desk.office.today()
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    for kind in kinds or LATER:
        found = tabled(desk.office, certificate, Kind(kind), day)
        rows.append(
            {
                "kind": kind,
                "may_decide": [person_row(each, body) for each in found.deciders if not each.barred],
                "barred": [person_row(each, body) for each in found.deciders if each.barred],
                "missing": [objection_row(each) for each in found.missing],
            }
        )
        if not lines:
            held = found.standing
            lines = [f"{held.number} is {held.status} on {day}.", *who_may("decide", found.deciders, body)]
        grave = [each for each in found.missing if each.level != "W"]
        lines.append(f"{kind}: {'nothing is missing' if not found.missing else 'possible' if not grave else 'not yet'}")
        for each in found.missing:
            word = "say why: " if each.level == "W" else ""
            lines += [f"  {word}{each.text} ({each.clause})", f"    Next: {each.next}"]
    desk.say(rows, *lines)

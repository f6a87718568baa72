"""`certbody programme`: the audits of the three-year cycle."""

from __future__ import annotations

from pathlib import Path

import click

from certbody.cli.desk import FOLDER, Acting, Desk, acting, showing
from certbody.cli.shape import group
from certbody.cli.surveying import due

programme = group(
    "programme",
    help="The audit programme over the three-year cycle (ISO/IEC 17021-1, 9.1.3).",
    examples="""
    certbody programme make A-2026-001 --out papers --as DE
    certbody programme show A-2026-001
    certbody programme due
    """,
)
programme.add_command(due)


@programme.command("make", examples="certbody programme make A-2026-001 --considered 'one shift; no seasons' --as DE")
@click.argument("number")
@click.option("--considered", default="", help="Shifts, seasons, complaints, other audits that were considered.")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def make(desk: Desk, acting: Acting, number: str, considered: str, out: Path) -> None:
    """Make the programme from the audit time on record, and write it as a workbook."""
    from certbody.office.applications import application
    from certbody.office.papers import issue
    from certbody.office.programmes import make_programme
    from certbody.records import dump

    office, hand = desk.office, acting.hand()
    made = make_programme(office, number, made_on=acting.on, hand=hand, considered=considered, why=acting.why)
    journal, found = application(office, number)
    path = issue(office, "audit-programme", journal, made.id, hand=hand, on=acting.on, standard=found.standard).written(
        out
    )
    desk.say(
        {**dump(made), "file": str(path)},
        f"The programme of {number}:",
        *(f"  {each.title:16} {each.days:>5} days  {', '.join(each.sites)}" for each in made.planned),
        f"Wrote {path}.",
        f"Next: certbody audit new {number} --stage 1",
    )


@programme.command("show", examples="certbody programme show A-2026-001 --json")
@click.argument("number")
@showing
def show(desk: Desk, number: str) -> None:
    """Show the newest programme of an application."""
    from certbody.errors import NotFound
    from certbody.office.applications import application
    from certbody.records import dump

    journal, found = application(desk.office, number)
    made = [each for each in desk.office.dossier(journal).programmes.values() if each.application == found.id]
    if not made:
        raise NotFound(f"There is no programme for {number}.", next=f"certbody programme make {number}")
    last = max(made, key=lambda each: each.id)
    desk.say(
        dump(last),
        f"Programme of {last.made_on}:",
        *(f"  {each.title:16} {each.days:>5} days  {', '.join(each.sites)}  {each.focus}" for each in last.planned),
    )

"""`certbody agreement`: drawn up for signature, then put on record signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certbody.cli.desk import DAY, FILE, FOLDER, Acting, Desk, acting
from certbody.cli.shape import group

agreement = group(
    "agreement",
    help="Draw up the certification agreement, and put it on record when both sides have signed.",
    examples="""
    certbody agreement draft A-2026-001 --out papers --as DE
    certbody agreement sign A-2026-001 --client-signed 2026-02-20 --client-name 'Nora Example' --on 2026-02-23 --as DE
    """,
)


@agreement.command("draft", examples="certbody agreement draft A-2026-001 --out papers --as DE")
@click.argument("number")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def draft(desk: Desk, acting: Acting, number: str, out: Path) -> None:
    """Write the agreement for signature; it covers every site of the application (5.1.2)."""
    from certbody.office.applications import application
    from certbody.office.papers import issue

    journal, found = application(desk.office, number)
    paper = issue(
        desk.office, "agreement", journal, found.id, hand=acting.hand(), on=acting.on, standard=found.standard
    )
    path = paper.written(out)
    desk.say({"file": str(path)}, f"Wrote {path}.", f"Next: certbody agreement sign {number}, when both have signed")


@agreement.command(
    "sign",
    examples="certbody agreement sign A-2026-001 --client-signed 2026-02-20 --client-name 'Nora Example' --as DE",
)
@click.argument("number")
@click.option("--client-signed", type=DAY, required=True, help="The day on which the client signed.")
@click.option("--client-name", required=True, help="Who signed for the client.")
@click.option("--scan", type=FILE, help="The signed agreement, kept as evidence.")
@acting
def sign(desk: Desk, acting: Acting, number: str, client_signed: date, client_name: str, scan: Path | None) -> None:
    """Put the agreement on record; `--on` is the day on which the body signed."""
    from certbody.office.quotations import sign_agreement
    from certbody.records import dump

    made = sign_agreement(
        desk.office,
        number,
        client_signed_on=client_signed,
        client_signed_by=client_name,
        body_signed_on=acting.on,
        hand=acting.hand(),
        scan=scan.read_bytes() if scan else b"",
        why=acting.why,
    )
    desk.say(
        dump(made),
        f"Agreement {made.number} is in force since {made.in_force_on}.",
        f"Next: certbody programme make {number}",
    )

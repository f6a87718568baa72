"""`certbody verify`: every line, every file, every rule."""

from __future__ import annotations

import click

from certbody.cli.desk import Desk, showing
from certbody.cli.shape import Command


@click.command(
    cls=Command,
    examples="""
    certbody verify
    certbody verify --head C-0001=17·3fa9c0d1e2b4
    """,
)
@click.option("--head", "heads", multiple=True, metavar="JOURNAL=NO·HASH", help="A head printed on a document.")
@showing
def verify(desk: Desk, heads: tuple[str, ...]) -> None:
    """Check every journal and evidence file against its hashes, every act against the rules; exit 5 on a fault.

    Nothing inside the office can show that a whole journal was rewritten, or that its end was cut off. Give heads
    that were printed on documents that left the house: the client is the witness.
    """
    from certbody.office.checking import check

    said = check(desk.office, heads)
    desk.say(
        {
            "sound": said.sound,
            "journals": said.journals,
            "files": said.files,
            "faults": list(said.faults),
            "objections": list(said.objections),
            "remarks": list(said.remarks),
        },
        *(f"FAULT  {line}" for line in said.faults),
        *(f"OBJECTION  {line}" for line in said.objections),
        *said.remarks,
        f"{'Sound' if said.sound else 'Not sound'}: {said.journals} journals, {said.files} evidence files checked.",
    )
    if not said.sound:
        raise click.exceptions.Exit(5)

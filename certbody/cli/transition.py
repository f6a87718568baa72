"""`certbody standard transition`: an edition that is replaced, carried to the certificates that name it."""

from __future__ import annotations

import click

from certbody.cli.desk import Acting, Desk, acting
from certbody.cli.shape import Command


@click.command("transition", cls=Command, examples="certbody standard transition iso10002 --as DE")
@click.argument("code")
@acting
def transition(desk: Desk, acting: Acting, code: str) -> None:
    """Carry the end of an edition's transition, as the standard's data have it, to every client of that edition.

    From then on no certificate counts as valid beyond it, whatever is printed on it; a revision says so.
    """
    from certbody.office.applications import carry_transition

    edition = desk.office.standard(code).edition
    changed = carry_transition(desk.office, code, hand=acting.hand(), why=acting.why)
    ends = edition.transition_end.isoformat() if edition.transition_end else None
    rows = [{"client": journal, "application": each.number, "transition_end": ends} for journal, each in changed]
    told = f"ends on {ends}" if ends else "has no end that is known"
    sure = "" if edition.confirmed or not ends else " (not confirmed: check it with the accreditation body)"
    desk.say(
        {
            "standard": code,
            "edition": edition.label,
            "transition_end": ends,
            "confirmed": edition.confirmed,
            "changed": rows,
        },
        f"The transition of {code}, edition {edition.label}, {told}{sure}.",
        *(f"  {row['client']} {row['application']}: recorded" for row in rows),
        *([] if rows else ["Every application says so already."]),
        *(
            ["Next: certbody certificate list; revise what outlives it (certbody change receive --kind other)"]
            if rows
            else []
        ),
    )

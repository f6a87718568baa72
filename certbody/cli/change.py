"""`certbody change`: what changes at a certified client, as told or noticed, and what the body makes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certbody.cli.desk import DAY, FILE, Acting, Desk, acting, showing
from certbody.cli.shape import group

change = group(
    "change",
    help="Changes at a certified client (ISO/IEC 17021-1, 8.5.3): received, reviewed, and what follows from each.",
    examples="""
    certbody change receive EC-2026-0001 --kind name --by 'Nora Example' --what 'new name from July' --as DE
    certbody change review CH-2026-001 --action reissue --reason 'the name alone' --as DE
    certbody change list
    """,
)

KINDS = (
    "name",
    "ownership",
    "management",
    "system",
    "wider",
    "narrower",
    "pause",
    "end",
    "error",
    "form",
    "other",
)
"""The words for `domain.change.Change` on the command line."""
ACTIONS = ("none", "reissue", "audit", "decision")
"""The words for `domain.change.Action` on the command line."""


@change.command(
    "receive",
    examples="""
    certbody change receive EC-2026-0001 --kind name --by 'Nora Example' --what 'new name from July' --as DE
    certbody change receive EC-2026-0001 --kind wider --site S4 --by 'Nora Example' --what 'a fourth shop' --as DE
    """,
)
@click.argument("certificate")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    required=True,
    help="Name or address; ownership; management; major change of the system; wider or narrower scope, or a site more "
    "or less; pause: suspension asked for; end: withdrawal asked for; error in the certificate; form: another "
    "language; other.",
)
@click.option("--what", required=True, help="What changes, in the words of who told it.")
@click.option("--by", required=True, metavar="NAME", help="Who told it at the client, or noticed it in the body.")
@click.option("--site", "sites", multiple=True, help="A site that it is about; a further one is added first; repeat.")
@click.option("--letter", type=FILE, metavar="FILE", help="The client's letter, kept as evidence.")
@acting
def receive(
    desk: Desk,
    acting: Acting,
    certificate: str,
    kind: str,
    what: str,
    by: str,
    sites: tuple[str, ...],
    letter: Path | None,
) -> None:
    """Put a change on record, under a number."""
    from certbody.domain.change import Change
    from certbody.office.changes import receive_change
    from certbody.records import dump

    made = receive_change(
        desk.office,
        certificate,
        Change[kind.upper()],
        what=what,
        by=by,
        sites=sites,
        letter=letter.read_bytes() if letter else b"",
        on=acting.on,
        hand=acting.hand(),
        why=acting.why,
    )
    desk.say(
        dump(made),
        f"{made.number} of {made.received_on} about {made.certificate}: {made.kind}, told by {made.by}.",
        f"Next: certbody change review {made.number} --action ACTION --reason TEXT",
    )


@change.command(
    "review", examples="certbody change review CH-2026-001 --action reissue --reason 'the name alone' --as DE"
)
@click.argument("number")
@click.option(
    "--action",
    type=click.Choice(ACTIONS),
    required=True,
    help="Nothing; a reissue of the certificate, whose scope stays; an audit, then a decision; a decision without one.",
)
@click.option("--reason", required=True, help="Why; it is told to the client.")
@acting
def review(desk: Desk, acting: Acting, number: str, action: str, reason: str) -> None:
    """Put on record what the body makes of a change."""
    from certbody.domain.change import Action
    from certbody.office.changes import review_change
    from certbody.records import dump

    notice, made = review_change(
        desk.office,
        number,
        Action[action.upper()],
        reason=reason,
        on=acting.on,
        hand=acting.hand(personal=True),
        why=acting.why,
    )
    journal, _ = desk.office.find("change_notices", number)
    application = desk.office.dossier(journal).applications[notice.application].number
    steps = {
        Action.NONE: "tell the client that nothing follows",
        Action.REISSUE: f"certbody client change {journal} NAME=VALUE, then certbody certificate draft {application}",
        Action.AUDIT: f"certbody audit new {application} --kind special --from DATE --to DATE --days DAYS",
        Action.DECISION: f"certbody decide expand {notice.certificate}, or another decision",
    }
    desk.say(
        dump(made),
        f"{notice.number} ({notice.kind}): {made.action}; reviewed on {made.reviewed_on} by "
        f"{desk.office.body.name(made.by)}.",
        f"Next: {steps[made.action]}",
    )


@change.command("list", examples="certbody change list --on 2027-01-31")
@click.option("--on", type=DAY, metavar="DATE", help="As they stood on a day (default: today).")
@showing
def list_(desk: Desk, on: date | None) -> None:
    """List the changes that were told or noticed, with what the body made of each."""
    from certbody.office.changes import changes_listed
    from certbody.records import dump

    rows, lines = [], []
    for journal, notice, reviewed in changes_listed(desk.office, on or desk.office.today()):
        rows.append({**dump(notice), "client": journal, "review": dump(reviewed) if reviewed else None})
        state = f"{reviewed.action} ({reviewed.reviewed_on})" if reviewed else "not reviewed"
        lines.append(f"{notice.number:12} {notice.received_on}  {journal}  {notice.kind}: {state}")
    desk.say(rows, *(lines or ["No changes."]))

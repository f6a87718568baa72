"""`certbody application`: the form out, the filled form in, the review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certbody.cli.desk import FILE, FOLDER, Acting, Desk, acting, showing
from certbody.cli.shape import group

application = group(
    "application",
    help="Send the form out, receive it filled, review and accept or decline.",
    examples="""
    certbody application form iso10002 --out .
    certbody application receive application-form.xlsx --on 2026-02-02 --as DE
    certbody application review A-2026-001 --accept --reason '…' --information '…' --ability '…' --impartiality '…'
    """,
)
_OUT = click.option("--out", type=FOLDER, default=".", help="The folder to write to.")


@application.command("form", examples="certbody application form iso10002 --out forms")
@click.argument("scheme")
@_OUT
@showing
def form(desk: Desk, scheme: str, out: Path) -> None:
    """Write the empty application form of a scheme, a workbook that an applicant fills in and sends back."""
    from certbody.domain.inputs import questions
    from certbody.office import BODY
    from certbody.office.papers import make

    office = desk.office
    asked = questions(office.scheme(scheme).inputs)
    supplements = [{"code": each.code, "title": each.title} for each in office.standard(scheme).supplements]
    paper = make(
        office,
        "application-form",
        BODY,
        on=office.today(),
        standard=scheme,
        extra={"questions": asked, "sectors": supplements},
    )
    path = paper.written(out)
    desk.say({"file": str(path)}, f"Wrote {path}.", "Next: certbody application receive FILE, once it is filled in")


@application.command("receive", examples="certbody application receive application-form.xlsx --on 2026-02-02 --as DE")
@click.argument("file", type=FILE)
@click.option("--client", default="", help="The client's number, where it is known already.")
@acting
def receive(desk: Desk, acting: Acting, file: Path, client: str) -> None:
    """Read a filled application form and put client, sites and application on record.

    Nothing is recorded unless the whole form can be read; every fault is named with sheet and cell.
    """
    from certbody.office.forms import receive_form
    from certbody.records import dump

    data, hand = file.read_bytes(), acting.hand()
    journal, made = receive_form(
        desk.office, data, file.name, client=client, received_on=acting.on, hand=hand, why=acting.why
    )
    found = desk.office.dossier(journal).client
    desk.say(
        {"client": journal, "application": dump(made)},
        f"{found.name if found else journal} is {journal}; its application for {made.basis.title} is {made.number}.",
        *(
            f"  Consultancy received from {each.consultant}: recorded for impartiality (5.2.7)."
            for each in made.consultancies
        ),
        f"Next: certbody application review {made.number}",
    )


@application.command("list", examples="certbody application list")
@showing
def list_(desk: Desk) -> None:
    """List the applications and how far each has come."""
    from certbody.domain.application import accepted_on, agreed_on

    office = desk.office
    rows, lines = [], []
    for number in office.clients():
        dossier = office.dossier(number)
        for each in dossier.applications.values():
            accepted, agreed = accepted_on(each.id, dossier), agreed_on(each.id, dossier)
            state = f"agreed on {agreed}" if agreed else f"accepted on {accepted}" if accepted else "received"
            name = dossier.client.name if dossier.client else number
            rows.append({"number": each.number, "client": number, "standard": each.standard, "state": state})
            lines.append(f"{each.number}  {number} {name}, {each.basis.title}: {state}")
    desk.say(rows, *(lines or ["No applications yet."]))


@application.command("show", examples="certbody application show A-2026-001 --json")
@click.argument("number")
@showing
def show(desk: Desk, number: str) -> None:
    """Show an application with its reviews."""
    from certbody.office.applications import application as find
    from certbody.records import dump

    journal, found = find(desk.office, number)
    dossier, body = desk.office.dossier(journal), desk.office.body
    reviews = [each for each in dossier.application_reviews.values() if each.application == found.id]
    lines = [f"{found.number} of {found.received_on}: {found.basis.title}, criteria {found.basis.criteria}"]
    lines += [f"  scope: {found.scope}", f"  sites: {', '.join(found.sites)}"]
    lines += [f"  {name}: {value}" for name, value in found.inputs if value]
    lines += [f"  consultancy: {c.consultant}, ended {c.ended_on or 'not'}" for c in found.consultancies]
    lines += [f"  {r.outcome} on {r.reviewed_on} by {body.name(r.by)}: {r.reason}" for r in reviews]
    desk.say({**dump(found), "client": journal, "reviews": [dump(each) for each in reviews]}, *lines)


@application.command(
    "review",
    examples="""
    certbody application review A-2026-001 --accept --reason 'scope is clear' --information 'complete' \\
        --ability 'two competent auditors' --impartiality 'no ties found' --as DE
    certbody application review A-2026-001 --decline --reason 'no competence for this sector' --as DE
    """,
)
@click.argument("number")
@click.option("--accept/--decline", "accepted", default=None, help="The outcome.")
@click.option("--reason", required=True, help="Why; a reason to decline is told to the applicant.")
@click.option("--information", default="", help="Whether what was given suffices for a programme (9.1.2.1 a).")
@click.option("--ability", default="", help="Whether the body is competent and able (9.1.2.1 c).")
@click.option("--impartiality", default="", help="Threats to impartiality, and what is done about them.")
@click.option("--language-and-safety", default="", help="Language, safety and access.")
@click.option("--team-competence", default="", help="What the team has to be competent for.")
@click.option("--decision-competence", default="", help="What the decision makers have to be competent for.")
@click.option("--related-consultant", "related", multiple=True, help="A consultant related to the body (5.2.7).")
@acting
def review(
    desk: Desk, acting: Acting, number: str, accepted: bool | None, related: tuple[str, ...], **said: Any
) -> None:
    """Review an application before it is accepted (ISO/IEC 17021-1, 9.1.2)."""
    from certbody.domain.application import Outcome
    from certbody.office.applications import review as record
    from certbody.records import dump

    if accepted is None:
        raise click.UsageError("Give --accept or --decline.")
    made = record(
        desk.office,
        number,
        outcome=Outcome.ACCEPTED if accepted else Outcome.DECLINED,
        reviewed_on=acting.on,
        hand=acting.hand(),
        why=acting.why,
        related_consultants=tuple(related),
        **said,
    )
    after = f"Next: certbody quote time {number}" if accepted else "Next: tell the applicant, with the reason"
    desk.say(dump(made), f"Application {number} is {made.outcome}.", after)

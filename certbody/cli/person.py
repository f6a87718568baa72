"""`certbody person`: who acts for the body, what they may do, what ties them to clients, and their PINs."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from certbody.cli.desk import DAY, Acting, Desk, acting, showing
from certbody.cli.shape import group

_FUNCTIONS = ("application review", "auditing", "leading", "technical expertise", "review", "decision")
_KINDS = ("consultancy", "employment", "internal audit", "ownership", "family", "other")

person = group(
    "person",
    help="People of the body: competence, agreements, ties to clients, PINs.",
    examples="""
    certbody person add 'Ada Example' --initials AE --signed-on 2026-01-05 --as DE
    certbody person competence AE iso10002 --for auditing --evidence 'five audits observed' --as DE
    certbody person interest AE --client C-0001 --kind consultancy --until 2025-03-31 --as AE
    certbody person pin AE
    """,
)


@person.command("list", examples="certbody person list")
@showing
def list_(desk: Desk) -> None:
    """List the people with what each is competent for today."""
    body, today = desk.office.body, desk.office.today()
    rows, lines = [], []
    for each in body.people.values():
        held = sorted(
            {f"{c.standard}: {c.function}" for c in body.competences.values() if c.person == each.id and c.holds(today)}
        )
        rows.append(
            {
                "id": each.id,
                "name": each.name,
                "initials": each.initials,
                "competences": held,
                "engaged": body.engaged(each.id, today),
                "pin": desk.office.secrets.has(each.id),
            }
        )
        notes = "" if body.engaged(each.id, today) else "; no agreement in force"
        notes += "" if desk.office.secrets.has(each.id) else "; no PIN"
        lines.append(f"{each.initials:4} {each.name} ({', '.join(held) or 'no competence on record'}{notes})")
    desk.say(rows, *lines)


@person.command("show", examples="certbody person show AE --json")
@click.argument("who")
@showing
def show(desk: Desk, who: str) -> None:
    """Show a person with competences, agreements and interests."""
    from certbody.records import dump

    body = desk.office.body
    key = desk.office.person(who)
    found = body.people[key]
    parts = {
        name: [dump(each) for each in table.values() if each.person == key]
        for name, table in (
            ("engagements", body.engagements),
            ("competences", body.competences),
            ("interests", body.interests),
        )
    }
    lines = [f"{found.name} ({found.initials}) {found.title}".strip()]
    lines += [
        f"  {c.function} under {c.standard} since {c.granted_on}" + (f" until {c.valid_until}" if c.valid_until else "")
        for c in body.competences.values()
        if c.person == key
    ]
    lines += [
        f"  interest: {i.kind}, {i.client or i.organisation}, {i.began_on or '?'} to {i.ended_on or 'now'}"
        for i in body.interests.values()
        if i.person == key
    ]
    desk.say({**dump(found), **parts}, *lines)


@person.command("add", examples="certbody person add 'Ada Example' --initials AE --signed-on 2026-01-05 --as DE")
@click.argument("name")
@click.option("--initials", required=True, help="Stand in the numbers of findings; nobody shares them.")
@click.option("--email", default="")
@click.option("--title", default="")
@click.option("--tie", type=click.Choice(["employed", "contracted", "committee"]), default="contracted")
@click.option("--signed-on", type=DAY, help="The day of the confidentiality and impartiality agreement.")
@acting
def add(desk: Desk, acting: Acting, name: str, signed_on: date | None, tie: str, **said: Any) -> None:
    """Add a person, with the standing agreement if it is signed."""
    from certbody.domain.people import Engagement, Person, Tie
    from certbody.office import BODY
    from certbody.records import dump

    office = desk.office
    made = Person(id=office.make_id(), name=name, **said)
    engagements = (
        [Engagement(id=office.make_id(), person=made.id, tie=Tie(tie), signed_on=signed_on)] if signed_on else []
    )
    office.record(
        BODY,
        "person added",
        {"people": [made], "engagements": engagements},
        hand=acting.hand(),
        why=acting.why,
    )
    desk.say(dump(made), f"{made.name} ({made.initials}) is on record.", f"Next: certbody person pin {made.initials}")


@person.command("engage", examples="certbody person engage AE --signed-on 2026-01-05 --tie contracted --as DE")
@click.argument("who")
@click.option("--tie", type=click.Choice(["employed", "contracted", "committee"]), default="contracted")
@click.option("--signed-on", type=DAY, required=True)
@click.option("--until", type=DAY)
@click.option("--document", default="", help="Number or place of the agreement.")
@acting
def engage(desk: Desk, acting: Acting, who: str, tie: str, signed_on: date, until: date | None, document: str) -> None:
    """Put a standing agreement with a person on record (confidentiality, impartiality, duty to disclose)."""
    from certbody.domain.people import Engagement, Tie
    from certbody.office import BODY
    from certbody.records import dump

    office = desk.office
    made = Engagement(
        id=office.make_id(),
        person=office.person(who),
        tie=Tie(tie),
        signed_on=signed_on,
        ends_on=until,
        document=document,
    )
    office.record(BODY, "agreement with person recorded", {"engagements": [made]}, hand=acting.hand(), why=acting.why)
    desk.say(dump(made), f"{office.body.name(made.person)}: {tie}, agreement of {signed_on}.")


@person.command(
    "competence",
    examples="certbody person competence AE iso10002 --for auditing --for leading --evidence 'records' --as DE",
)
@click.argument("who")
@click.argument("standard")
@click.option("--for", "functions", type=click.Choice(_FUNCTIONS), multiple=True, required=True)
@click.option("--area", default="", help="Technical area.")
@click.option("--evidence", required=True, help="What shows the competence (7.1.3).")
@click.option("--since", type=DAY, help="Granted on (default: the day of the act).")
@click.option("--until", type=DAY)
@acting
def competence(
    desk: Desk,
    acting: Acting,
    who: str,
    standard: str,
    functions: tuple[str, ...],
    area: str,
    evidence: str,
    since: date | None,
    until: date | None,
) -> None:
    """Grant a person competence for functions under a standard, on evidence."""
    from certbody.domain.people import Competence, Function
    from certbody.office import BODY
    from certbody.records import dump

    office, hand = desk.office, acting.hand()
    office.scheme(standard)
    key = office.person(who)
    made = [
        Competence(
            id=office.make_id(),
            person=key,
            standard=standard,
            function=Function(function),
            technical_area=area,
            granted_on=since or acting.on,
            granted_by=hand.by,
            evidence=evidence,
            valid_until=until,
        )
        for function in functions
    ]
    office.record(BODY, "competence granted", {"competences": made}, hand=hand, why=acting.why)
    desk.say([dump(each) for each in made], f"{office.body.name(key)}: {', '.join(functions)} under {standard}.")


@person.command(
    "interest",
    examples="""
    certbody person interest AE --client C-0001 --kind consultancy --until 2025-03-31 --as AE
    certbody person interest AE --organisation 'Nordwind Telecom' --kind employment --as AE
    """,
)
@click.argument("who")
@click.option("--client", default="", help="The client's number.")
@click.option("--organisation", default="", help="Its name, where it is no client yet.")
@click.option("--kind", type=click.Choice(_KINDS), required=True)
@click.option("--since", type=DAY)
@click.option("--until", type=DAY, help="Last day; none while it lasts.")
@click.option("--source", default="disclosed by the person")
@acting
def interest(
    desk: Desk,
    acting: Acting,
    who: str,
    client: str,
    organisation: str,
    kind: str,
    since: date | None,
    until: date | None,
    source: str,
) -> None:
    """Put a person's tie to a client on record; it is recorded however late it comes to light."""
    from certbody.domain.people import Interest, InterestKind
    from certbody.errors import BadData
    from certbody.office import BODY
    from certbody.records import dump

    office = desk.office
    if not client and not organisation.strip():
        raise BadData("A tie to whom?", next="give --client C-…, or --organisation NAME")
    if client:
        office.dossier(client)
    made = Interest(
        id=office.make_id(),
        person=office.person(who),
        client=client,
        organisation=organisation,
        kind=InterestKind(kind),
        began_on=since,
        ended_on=until,
        disclosed_on=acting.on,
        source=source,
    )
    office.record(BODY, "interest disclosed", {"interests": [made]}, hand=acting.hand(), why=acting.why)
    standing = office.standing(client, office.today()) if client else []
    lines = [f"On record: {kind} of {office.body.name(made.person)} with {client or organisation}."]
    for objection in standing:
        lines += [f"  Stands against an earlier act: {objection.text} ({objection.clause})"]
    if standing:
        lines += [f"    Next: certbody client settle {client}, by somebody who is not involved"]
    desk.say({**dump(made), "standing": [each.text for each in standing]}, *lines)


@person.command("pin", examples="certbody person pin AE")
@click.argument("who")
@showing
def pin(desk: Desk, who: str) -> None:
    """Set a person's own PIN, of six characters or more; it is kept salted and hashed, in no journal.

    It is asked for twice, or read from the file that CERTBODY_PIN_FILE names.
    """
    from certbody.cli.desk import pin_from_file
    from certbody.errors import BadData
    from certbody.office import BODY, Hand

    office = desk.office
    key = office.person(who)
    found = office.body.people[key]
    given = ""
    if os.environ.get("CERTBODY_PIN_FILE"):
        given = pin_from_file(Path(os.environ["CERTBODY_PIN_FILE"]), found.initials)
        if not given:
            raise BadData(
                f"The file of PINs has none for {found.initials}.",
                next=f"write the line '{found.initials} PIN' into it, or unset CERTBODY_PIN_FILE and type the PIN",
            )
    elif not sys.stdin.isatty():
        raise BadData(
            f"Nobody can type the PIN of {found.name}: this is no terminal.",
            next="type it at a terminal, or name a file that holds it in CERTBODY_PIN_FILE",
        )
    else:
        given = click.prompt(f"New PIN of {found.name}", hide_input=True, confirmation_prompt=True, err=True)
    if office.secrets.has(key) and not os.environ.get("CERTBODY_PIN_FILE"):
        old = click.prompt("The PIN until now", hide_input=True, err=True)
        office.authenticate(key, old)
    elif office.secrets.has(key) and not office.secrets.check(key, given):
        raise BadData(f"{found.name} has another PIN already.", next="change it at a prompt, with the old one")
    office.secrets.set_pin(key, given)
    office.record(BODY, "PIN set", {}, hand=Hand(by=key))
    desk.say({"person": key, "pin": True}, f"{found.name} has a PIN.")

"""`certbody audit`: set up, staffed, announced and planned; what happens on site is in `auditing`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from certbody.cli.audit_plan import plan
from certbody.cli.auditing import ON_SITE
from certbody.cli.concluding import AFTERWARDS
from certbody.cli.desk import DAY, Acting, Desk, acting, showing
from certbody.cli.findings import FINDINGS
from certbody.cli.shape import group
from certbody.cli.surveying import monitor

ROLES = ("leader", "auditor", "technical-expert", "trainee", "interpreter", "observer", "guide")

audit = group(
    "audit",
    help="Audits: set up, staffed, planned, carried out, concluded and reported.",
    examples="""
    certbody audit new A-2026-001 --stage 1 --from 2026-03-02 --to 2026-03-02 --as DE
    certbody audit assign 2026-001 AE --role leader --as DE
    certbody audit notify 2026-001 --as DE
    certbody audit declare 2026-001 --no-conflict --as AE
    certbody audit plan 2026-001 --propose --agreed-by 'Greta Holm' --out papers --as AE
    certbody audit checklist 2026-001 --out papers --as AE
    certbody audit open 2026-001 --attendee AE --attendee 'Greta Holm; quality manager; Nordwind' --as AE
    certbody audit record 2026-001 checklist.xlsx --as AE
    certbody audit show 2026-001
    """,
)


class _Days(click.ParamType[Any]):
    """Auditor days as 2 or 1.5."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        import re

        if isinstance(value, Decimal):
            return value
        if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", str(value), re.ASCII):
            self.fail(f"{value!r} is no number of days; write it as 2 or 1.5.", param, ctx)
        return Decimal(value)


DAYS = _Days()


@audit.command(
    "new",
    examples="""
    certbody audit new A-2026-001 --stage 1 --from 2026-03-02 --to 2026-03-02 --as DE
    certbody audit new A-2026-001 --stage 2 --from 2026-04-20 --to 2026-04-22 --days 4.5 --site K --site K2 --as DE
    certbody audit new A-2026-001 --kind surveillance --from 2027-03-01 --to 2027-03-02 --as DE
    """,
)
@click.argument("application")
@click.option(
    "--kind",
    type=click.Choice(["initial", "surveillance", "recertification", "special"]),
    default="initial",
    help="Special: a visit for a change, a complaint or a suspension (default: initial).",
)
@click.option("--stage", type=click.Choice(["1", "2"]), help="Of the initial audit.")
@click.option("--from", "starts_on", type=DAY, required=True, help="First day.")
@click.option("--to", "ends_on", type=DAY, required=True, help="Last day.")
@click.option("--days", type=DAYS, help="Auditor days (default: the audit time on record).")
@click.option("--remote-days", type=DAYS, default="0", help="How many of them are remote.")
@click.option("--site", "sites", multiple=True, help="A site to visit (default: the central one; stage 2: the sample).")
@click.option("--objectives", default="", help="What the audit is for (default: those of the stage).")
@click.option("--scope", default="", help="Default: the application's.")
@click.option("--criteria", default="", help="Default: the body's published scheme for guidance, else the standard.")
@acting
def new(desk: Desk, acting: Acting, application: str, kind: str, stage: str | None, **said: Any) -> None:
    """Plan an audit: a stage of the initial one, a surveillance, a recertification or a special audit."""
    from certbody.domain.standard import AuditType
    from certbody.office.audit_setup import new_audit
    from certbody.records import dump

    hand, on = acting.hand(), acting.on
    if (kind == "initial") != bool(stage):
        raise click.UsageError("An initial audit is --stage 1 or --stage 2; no other has a stage.")
    said |= {"kind": AuditType(kind), "stage": int(stage or 0), "hand": hand, "on": on, "why": acting.why}
    _, made = new_audit(desk.office, application, **said)
    desk.say(
        dump(made),
        f"Audit {made.number}: {made.title}, {made.starts_on} to {made.ends_on}, {made.days:f} days, "
        f"at {', '.join(made.sites)}; criteria: {made.criteria}.",
        f"Next: certbody audit assign {made.number} PERSON --role leader",
    )


@audit.command("list", examples="certbody audit list --client C-0001")
@click.option("--client", default="", help="Of this client alone.")
@click.option("--on", type=DAY, metavar="DATE", help="As they stood on a day (default: today).")
@showing
def list_(desk: Desk, client: str, on: date | None) -> None:
    """List audits with how far each has come."""
    from certbody.office.audit_state import listed

    rows = listed(desk.office, client, on or desk.office.today())
    lines = [
        f"{each['number']:10} {each['client']}  {each['title']:24} {each['starts_on']} to {each['ends_on']}"
        f"  {each['state']}  {each['client_name']}"
        for each in rows
    ]
    desk.say(rows, *(lines or ["No audits."]))


@audit.command("show", examples="certbody audit show 2026-001 --json")
@click.argument("number")
@click.option("--rows", is_flag=True, help="Every checklist row with its result, too.")
@click.option("--on", type=DAY, metavar="DATE", help="As it stood on a day (default: today).")
@showing
def show(desk: Desk, number: str, rows: bool, on: date | None) -> None:
    """Show an audit: team, plan, meetings, results, findings, and what is still missing with its next step."""
    from certbody.office.audit_state import rows_shown, shown, told
    from certbody.office.audits import find_audit

    office = desk.office
    journal, found = find_audit(office, number)
    dossier = office.dossier(journal)
    data = shown(found, dossier, office.body, on or office.today())
    lines = list(told(data))
    if rows:
        data["rows"] = rows_shown(found, dossier)
        lines += [f"  {each['row']:16} {each['result'] or '—':16} {each['ask']}" for each in data["rows"]]
    desk.say(data, *lines)


@audit.command(
    "change", examples="certbody audit change 2026-001 --from 2026-03-09 --to 2026-03-09 --why 'client asked' --as DE"
)
@click.argument("number")
@click.option("--from", "starts_on", type=DAY, help="First day.")
@click.option("--to", "ends_on", type=DAY, help="Last day.")
@click.option("--days", type=DAYS)
@click.option("--remote-days", type=DAYS)
@click.option("--site", "sites", multiple=True, help="The sites to visit, all of them.")
@click.option("--objectives")
@click.option("--scope")
@acting
def change(desk: Desk, acting: Acting, number: str, **changes: Any) -> None:
    """Move an audit's dates, or change its days, sites, objectives or scope; the journal keeps what it was."""
    from certbody.office.audits import change_audit
    from certbody.records import dump

    made = change_audit(desk.office, number, hand=acting.hand(), why=acting.why, **changes)
    desk.say(dump(made), f"Audit {made.number}: {made.starts_on} to {made.ends_on}, {made.days:f} days.")


@audit.command(
    "assign",
    examples="""
    certbody audit assign 2026-001 AE --role leader --as DE
    certbody audit assign 2026-001 BF --role technical-expert --as DE
    """,
)
@click.argument("number")
@click.argument("person")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--days", type=DAYS, help="Audit days (default for leader and auditor: those that nobody has yet).")
@acting
def assign(desk: Desk, acting: Acting, number: str, person: str, role: str, days: Decimal | None) -> None:
    """Give a person a place on the team; experts, trainees, interpreters and observers bring no audit days."""
    from certbody.domain.audit import Role
    from certbody.office.audits import assign as put
    from certbody.records import dump

    office = desk.office
    place = Role(role.replace("-", " "))
    made = put(
        office, number, office.person(person), place, days=days, hand=acting.hand(), on=acting.on, why=acting.why
    )
    known = office.body.people[made.person]
    desk.say(
        dump(made),
        f"{known.name} is {made.role} of audit {number}, with {made.days:f} days.",
        f"Next: certbody audit declare {number} --no-conflict --as {known.initials}",
    )


@audit.command("unassign", examples="certbody audit unassign 2026-001 BF --why 'the client objected' --as DE")
@click.argument("number")
@click.argument("person")
@acting
def unassign(desk: Desk, acting: Acting, number: str, person: str) -> None:
    """Take a person off an audit that has not begun, with the reason."""
    from certbody.office.audits import unassign as take_off
    from certbody.records import dump

    office = desk.office
    held = take_off(office, number, office.person(person), hand=acting.hand(), why=acting.why)
    desk.say(dump(held), f"{office.body.name(held.person)} is off audit {number}.")


@audit.command("notify", examples="certbody audit notify 2026-001 --on 2026-02-16 --as DE")
@click.argument("number")
@acting
def notify(desk: Desk, acting: Acting, number: str) -> None:
    """Put on record that the client was sent the team's names, early enough to object (9.2.3.5)."""
    from certbody.office.audits import notify as tell
    from certbody.records import dump

    made = tell(desk.office, number, hand=acting.hand(), on=acting.on, why=acting.why)
    names = ", ".join(desk.office.body.name(person) for person in made.people)
    desk.say(dump(made), f"The client was told of {names} on {made.sent_on}.")


@audit.command("object", examples="certbody audit object 2026-001 BF --reason 'worked for a competitor' --as DE")
@click.argument("number")
@click.argument("person")
@click.option("--reason", required=True, help="What the client says.")
@acting
def object_(desk: Desk, acting: Acting, number: str, person: str, reason: str) -> None:
    """Put on record that the client objects to a member of the team."""
    from certbody.office.audits import object_to
    from certbody.records import dump

    office = desk.office
    made = object_to(office, number, office.person(person), reason, hand=acting.hand(), on=acting.on, why=acting.why)
    desk.say(
        dump(made),
        f"The client objects to {office.body.name(made.person)}.",
        f"Next: certbody audit answer-objection {number} {person} --valid|--not-valid --answer TEXT",
    )


@audit.command(
    "answer-objection",
    examples="certbody audit answer-objection 2026-001 BF --valid --answer 'another auditor is named' --as DE",
)
@click.argument("number")
@click.argument("person")
@click.option("--valid/--not-valid", default=None, required=True, help="Whether the objection holds.")
@click.option("--answer", required=True, help="What the client is told.")
@acting
def answer_objection(desk: Desk, acting: Acting, number: str, person: str, valid: bool, answer: str) -> None:
    """Answer the client's objection to a member of the team."""
    from certbody.office.audits import answer_objection as put
    from certbody.records import dump

    office, hand = desk.office, acting.hand()
    made = put(
        office, number, office.person(person), valid=valid, answer=answer, hand=hand, on=acting.on, why=acting.why
    )
    step = [f"Next: certbody audit unassign {number} {person} --why 'valid objection'"] if valid else []
    word = "valid" if valid else "not valid"
    desk.say(dump(made), f"The objection to {office.body.name(made.person)} is {word}: {made.answer}", *step)


@audit.command(
    "declare",
    examples="""
    certbody audit declare 2026-001 --no-conflict --as AE
    certbody audit declare 2026-001 --conflict 'my brother works there' --as BF
    certbody audit declare 2026-001 --no-conflict --as AE --signed-form scan.pdf --entered-by DE
    """,
)
@click.argument("number")
@click.option("--no-conflict", is_flag=True, help="Nothing binds me to this client.")
@click.option("--conflict", default="", metavar="TEXT", help="What may make me partial.")
@acting
def declare(desk: Desk, acting: Acting, number: str, no_conflict: bool, conflict: str) -> None:
    """Answer the conflict question for this audit: a person's own act, with PIN or signed form (5.2.13)."""
    from certbody.errors import BadData
    from certbody.office.audits import declare as put
    from certbody.records import dump

    if no_conflict == bool(conflict.strip()):
        raise BadData("Is there a conflict, or none?", next="give --no-conflict, or --conflict TEXT")
    hand = acting.hand(personal=True)
    made = put(
        desk.office, number, conflict=not no_conflict, statement=conflict, hand=hand, on=acting.on, why=acting.why
    )
    word = "declares a conflict" if made.conflict else "declares no conflict"
    desk.say(dump(made), f"{desk.office.body.name(made.person)} {word} for audit {number}.")


for _command in (plan, *ON_SITE, *FINDINGS, *AFTERWARDS, monitor):
    audit.add_command(_command)

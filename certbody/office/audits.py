"""Audits in the office: set up, staffed, announced to the client, opened and closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import attrs

from certbody.domain.audit import (
    AUDITING,
    Assignment,
    Attendee,
    Audit,
    Declaration,
    Meeting,
    MeetingKind,
    Role,
    TeamNotice,
    TeamObjection,
    assignments_of,
    leader_of,
)
from certbody.domain.dossier import Dossier
from certbody.errors import BadData, NotFound
from certbody.office.hand import Hand
from certbody.office.office import Office


def find_audit(office: Office, number: str) -> tuple[str, Audit]:
    """Journal and record of the audit of a number.

    Raises:
        NotFound: there is none.
    """
    journal, key = office.find("audits", number)
    return journal, office.dossier(journal).audits[key]


def change_audit(office: Office, number: str, *, hand: Hand, why: str = "", **changes: Any) -> Audit:
    """Move an audit's dates, days or sites, or amend its objectives; what is None stays."""
    journal, audit = find_audit(office, number)
    seen = office.dossier(journal)
    changed = attrs.evolve(audit, **{name: value for name, value in changes.items() if value not in (None, ())})
    office.record(journal, "audit replanned", {"audits": [changed]}, hand=hand, why=why, seen=seen)
    return changed


def assign(
    office: Office, number: str, person: str, role: Role, *, days: Decimal | None, hand: Hand, on: date, why: str = ""
) -> Assignment:
    """Give a person a place on an audit, or another one than before.

    Leader and auditors get, unless said otherwise, the days of the audit that nobody else has.
    """
    journal, audit = find_audit(office, number)
    seen = office.dossier(journal)
    team = assignments_of(audit.id, seen)
    before = next((each for each in team if each.person == person), None)
    if days is None:
        taken = sum((each.days for each in team if each.person != person), Decimal(0))
        days = max(audit.days - taken, Decimal(0)) if role in AUDITING else Decimal(0)
    made = Assignment(
        id=before.id if before else office.make_id(),
        audit=audit.id,
        person=person,
        role=role,
        days=days,
        assigned_on=on,
    )
    office.record(journal, "person assigned to audit", {"assignments": [made]}, hand=hand, why=why, seen=seen)
    return made


def unassign(office: Office, number: str, person: str, *, hand: Hand, why: str) -> Assignment:
    """Take a person off an audit that has not begun."""
    journal, audit = find_audit(office, number)
    seen = office.dossier(journal)
    held = next((each for each in assignments_of(audit.id, seen) if each.person == person), None)
    if held is None:
        raise NotFound(
            f"{office.body.name(person)} is not assigned to audit {number}.", next=f"certbody audit show {number}"
        )
    strike = {"assignments": {held.id: why}}
    office.record(journal, "person taken off audit", {}, strike=strike, hand=hand, why=why)
    return held


def notify(office: Office, number: str, *, hand: Hand, on: date, why: str = "") -> TeamNotice:
    """Put on record that the client was sent the names of the team as it stands (9.2.3.5)."""
    journal, audit = find_audit(office, number)
    team = assignments_of(audit.id, office.dossier(journal))
    if not team:
        raise BadData(
            f"Audit {number} has no team to name.", next=f"certbody audit assign {number} PERSON --role leader"
        )
    made = TeamNotice(id=office.make_id(), audit=audit.id, sent_on=on, people=tuple(each.person for each in team))
    office.record(journal, "team named to client", {"team_notices": [made]}, hand=hand, why=why)
    return made


def object_to(
    office: Office, number: str, person: str, reason: str, *, hand: Hand, on: date, why: str = ""
) -> TeamObjection:
    """Put on record that the client objects to a member of the team (9.2.3.5)."""
    journal, audit = find_audit(office, number)
    made = TeamObjection(id=office.make_id(), audit=audit.id, person=person, received_on=on, reason=reason)
    office.record(journal, "objection to team received", {"team_objections": [made]}, hand=hand, why=why)
    return made


def answer_objection(
    office: Office, number: str, person: str, *, valid: bool, answer: str, hand: Hand, on: date, why: str = ""
) -> TeamObjection:
    """Answer the client's objection to a member of the team: valid or not, with the answer given."""
    journal, audit = find_audit(office, number)
    seen = office.dossier(journal)
    waiting = [
        each
        for each in seen.team_objections.values()
        if each.audit == audit.id and each.person == person and each.answered_on is None
    ]
    if not waiting:
        raise NotFound(f"No objection to {office.body.name(person)} waits for an answer on audit {number}.")
    held = min(waiting, key=lambda each: (each.received_on, each.id))
    if on < held.received_on:
        raise BadData(f"The objection was received on {held.received_on}; it was not answered on {on}.")
    made = attrs.evolve(held, answered_on=on, valid=valid, answer=answer)
    office.record(journal, "objection to team answered", {"team_objections": [made]}, hand=hand, why=why, seen=seen)
    return made


def declare(
    office: Office, number: str, *, conflict: bool, statement: str, hand: Hand, on: date, why: str = ""
) -> Declaration:
    """Put on record a person's own answer to the conflict question for this audit (5.2.13)."""
    journal, audit = find_audit(office, number)
    made = Declaration(
        id=office.make_id(),
        audit=audit.id,
        person=hand.by,
        declared_on=on,
        conflict=conflict,
        statement=statement,
    )
    office.record(journal, "conflict question answered", {"declarations": [made]}, hand=hand, why=why)
    return made


def attendee(office: Office, said: str, audit: Audit, dossier: Dossier) -> Attendee:
    """Somebody at a meeting, from `Name; function; organisation`, or from the initials of one of our own people.

    Raises:
        BadData: there is no name, or there are more than three parts.
    """
    parts = [part.strip() for part in said.split(";")]
    known = office.body.person(parts[0]) if len(parts) == 1 else None
    if known is not None:
        roles = {each.person: str(each.role) for each in assignments_of(audit.id, dossier)}
        profile = office.body.profile
        return Attendee(
            name=known.name, function=roles.get(known.id, known.title), organisation=profile.name if profile else ""
        )
    if len(parts) > 3 or not parts[0]:
        raise BadData(f"{said!r} names nobody.", next="write it as 'Name; function; organisation', or give initials")
    name, function, organisation = (*parts, "", "")[:3]
    return Attendee(name=name, function=function, organisation=organisation)


def meet(
    office: Office,
    number: str,
    kind: MeetingKind,
    *,
    attendees: Iterable[str],
    hand: Hand,
    on: date,
    place: str = "",
    starts: time | None = None,
    led_by: str = "",
    points: tuple[str, ...] = (),
    disagreements: str = "",
    why: str = "",
) -> Meeting:
    """Put an opening or closing meeting on record as it was held; the leader led it, unless another is named."""
    journal, audit = find_audit(office, number)
    dossier = office.dossier(journal)
    central = next((dossier.sites[site] for site in audit.sites if site in dossier.sites), None)
    closing = kind is MeetingKind.CLOSING
    made = Meeting(
        id=office.make_id(),
        audit=audit.id,
        kind=kind,
        held_on=on,
        starts=starts,
        place=place or (central.name if central else ""),
        led_by=led_by or leader_of(audit.id, dossier) or hand.by,
        attendance=tuple(attendee(office, said, audit, dossier) for said in attendees),
        points=points,
        disagreements=disagreements,
        answers_due_on=on + timedelta(days=office.body.policy.response_days) if closing else None,
    )
    office.record(journal, f"{kind} meeting held", {"meetings": [made]}, hand=hand, why=why)
    return made

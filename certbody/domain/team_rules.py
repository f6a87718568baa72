"""The rules on a team: bound, free of conflicts, competent for standard and codes, and known to the client."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.audit import Assignment, Audit, Meeting, MeetingKind, Role, assignments_of
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

_NEEDS = {
    Role.LEADER: Function.LEADING,
    Role.AUDITOR: Function.AUDITING,
    Role.TECHNICAL_EXPERT: Function.TECHNICAL_EXPERTISE,
}
"""What competence a role needs; the other roles need none."""


@rule(8, "B", "ISO/IEC 17021-1:2015, 5.2.13, 8.4.6", of="meetings", reads="assignments declarations engagements")
def everybody_declared_before_the_audit(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Each assigned person is under a standing agreement and answered the conflict question (5.2.13, 8.4.6).

    At the latest on the morning of the audit; who joins later, on the day of joining.
    """
    if meeting.kind is not MeetingKind.OPENING:
        return
    audit = dossier.audits.get(meeting.audit)
    number = audit.number if audit else meeting.audit
    for assignment in assignments_of(meeting.audit, dossier):
        person, name = assignment.person, body.name(assignment.person)
        joins = max(meeting.held_on, assignment.assigned_on)
        if assignment.role in (Role.GUIDE, Role.OBSERVER):
            continue
        if not body.engaged(person, joins):
            yield (
                f"{name} is under no agreement on confidentiality and impartiality on {joins}.",
                "certbody person engage PERSON",
            )
        answers = [
            each
            for each in dossier.declarations.values()
            if each.audit == meeting.audit and each.person == person and each.declared_on <= joins
        ]
        last = max(answers, key=lambda each: (each.declared_on, each.id), default=None)
        if last is None:
            yield (
                f"{name} has not answered the conflict question for audit {number}.",
                f"certbody audit declare {number} --as PERSON --no-conflict",
            )
        elif last.conflict and not last.statement.strip():
            yield (
                f"{name} declared a conflict for audit {number} and said nothing about it.",
                "let the person say what the conflict is, or replace the person",
            )
        elif last.conflict:
            yield (
                f"{name} declared a conflict for audit {number}: {last.statement}",
                "replace the person",
            )


@rule(
    9,
    "B",
    "ISO/IEC 17021-1:2015, 7.1, 9.2.2",
    of="meetings",
    reads="assignments audits applications",
)
def the_team_is_competent(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """The team has one qualified leader, and each auditor is competent for the standard (7.1, 9.2.2)."""
    audit = dossier.audits.get(meeting.audit)
    if audit is None or meeting.kind is not MeetingKind.OPENING:
        return
    team = assignments_of(audit.id, dossier)
    leaders = [each.person for each in team if each.role is Role.LEADER]
    if len(leaders) != 1:
        yield (
            f"Audit {audit.number} has {len(leaders) or 'no'} team leaders; it needs one.",
            f"certbody audit assign {audit.number} PERSON --role leader",
        )
    for assignment in team:
        function, joins = _NEEDS.get(assignment.role), max(meeting.held_on, assignment.assigned_on)
        if function and not body.competent(assignment.person, audit.standard, function, joins):
            yield (
                f"{body.name(assignment.person)} holds no competence for {function} under {audit.standard} on {joins}.",
                "assign somebody competent, or put the competence on record with its evidence",
            )
    yield from _uncovered(audit, meeting, team, dossier, body)


def _uncovered(audit: Audit, meeting: Meeting, team: list[Assignment], dossier: Dossier, body: Body) -> Iterator[Said]:
    """The technical codes of the application that nobody on the team covers.

    A competence without a technical area is for all of them; an area names codes, separated by commas.
    """
    application = dossier.applications.get(audit.application)
    acting = {each.person: max(meeting.held_on, each.assigned_on) for each in team if each.role in _NEEDS}
    areas = [
        each.technical_area
        for each in body.competences.values()
        if each.person in acting and each.standard == audit.standard and each.holds(acting[each.person])
    ]
    if application is None or not areas or not all(area.strip() for area in areas):
        return
    covered = {part.strip().casefold() for area in areas for part in re.split(r"[,;]", area)}
    if missing := [code for code in application.codes if code.casefold() not in covered]:
        yield (
            f"Nobody on the team of audit {audit.number} covers technical code {', '.join(missing)}.",
            "assign an auditor or a technical expert who does",
        )


@rule(9, "B", "ISO/IEC 17021-1:2015, 9.1.4.4", of="assignments", reads="audits")
def only_auditors_bring_audit_days(assignment: Assignment, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Experts, trainees, interpreters and observers add no audit days (9.1.4.4)."""
    if assignment.audit not in dossier.audits:
        yield (f"There is no audit {assignment.audit}.", "name an audit of this client")
    if assignment.person not in body.people:
        yield (f"There is no person {assignment.person}.", "certbody person add")
    if assignment.days and assignment.role not in (Role.LEADER, Role.AUDITOR):
        yield (
            f"{body.name(assignment.person)} is {assignment.role}; that brings no audit days, "
            f"{assignment.days} were given.",
            "assign with 0 days",
        )


@rule(16, "W", "ISO/IEC 17021-1:2015, 9.2.3.5", of="meetings", reads="team_notices team_objections assignments")
def the_client_knew_the_team(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """The team's names reach the client before the audit; objections are answered, and heeded where valid (9.2.3.5)."""
    if meeting.kind is not MeetingKind.OPENING:
        return
    notices = [
        each
        for each in dossier.team_notices.values()
        if each.audit == meeting.audit and each.sent_on <= meeting.held_on
    ]
    if not notices:
        yield ("The client was not sent the team's names before the audit.", "certbody audit notify AUDIT")
    team = [each.person for each in assignments_of(meeting.audit, dossier)]
    named = {person for each in notices for person in each.people}
    late = [person for person in team if person not in named]
    if notices and late:
        names = ", ".join(body.name(person) for person in late)
        yield (f"The client was not told of {names}.", "certbody audit notify AUDIT")
    for objection in dossier.team_objections.values():
        if objection.audit == meeting.audit and objection.received_on <= meeting.held_on:
            answered = objection.answered_on is not None and objection.answered_on <= meeting.held_on
            if not answered:
                yield (
                    f"The client's objection to {body.name(objection.person)} of {objection.received_on} is "
                    "not answered.",
                    "certbody audit answer-objection AUDIT",
                )
            elif objection.valid and objection.person in team:
                yield (
                    f"The client's objection to {body.name(objection.person)} was found valid; the team is the same.",
                    "replace the person, or say why not",
                )

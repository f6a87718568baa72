"""Who may not audit, review or decide, and why: computed from what people did, not from what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from certbody.domain.audit import (
    CARRYING_OUT,
    Assignment,
    Audit,
    Meeting,
    MeetingKind,
    Role,
    assignments_of,
)
from certbody.domain.decision import NEEDS_MAJORS_VERIFIED, CertificationDecision, Review, rests_on
from certbody.domain.nonconformity import Means
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function
from certbody.domain.periods import two_years_after

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


def took_part(audit: Audit, dossier: Dossier) -> dict[str, str]:
    """Person id to how that person took part in an audit, as sentence end (9.5.1.1).

    By assignment as leader, auditor, expert or trainee, and by what a person recorded there, whoever was assigned:
    an assignment that was forgotten or struck out makes nobody impartial.
    """
    when = str(audit.starts_on)
    found: dict[str, str] = {}
    for assignment in assignments_of(audit.id, dossier):
        if assignment.role in CARRYING_OUT:
            found.setdefault(assignment.person, f"audited this client on {when} as {assignment.role}")
    recorded: dict[str, Mapping[str, Any]] = {
        "results": dossier.results,
        "findings": dossier.findings,
        "evidence": dossier.evidence,
    }
    for table, rows in recorded.items():
        for each in rows.values():
            if each.audit == audit.id:
                found.setdefault(each.by, f"recorded {table} at audit {audit.number} on {when}")
    concluded: list[Any] = [*dossier.conclusions.values(), *dossier.stage1_conclusions.values()]
    for each in concluded:
        if each.audit == audit.id:
            found.setdefault(each.by, f"concluded audit {audit.number}")
    for check in dossier.verifications.values():
        finding = dossier.findings.get(check.finding)
        if finding and finding.audit == audit.id and check.means is not Means.DOCUMENT:
            found.setdefault(check.by, f"verified {finding.number} {check.means} on {check.verified_on}")
    return found


def barred_by_interest(person: str, dossier: Dossier, body: Body, day: date) -> Iterator[Said]:
    """What a person's ties to the client say about an act on a day: barred within 24 months (5.2.6, 5.2.10)."""
    for tie in body.interests_of(person, dossier.journal):
        if tie.began_on and tie.began_on > day:
            continue
        name = body.name(person)
        if tie.ended_on is None or tie.ended_on >= day:
            yield (
                f"{name} has an interest in this client ({tie.kind}), not ended on {day}.",
                "name somebody else",
                "A",
            )
        elif day < (free := two_years_after(tie.ended_on)):
            yield (
                f"{name}'s {tie.kind} for this client ended on {tie.ended_on}; 24 months are over on {free}.",
                "name somebody else",
                "A",
            )
        else:
            yield (
                f"{name}'s {tie.kind} for this client ended on {tie.ended_on}, more than 24 months before.",
                "say why it is harmless",
                "W",
            )


@rule(
    1,
    "A",
    "ISO/IEC 17021-1:2015, 9.5.1.1",
    of="decisions",
    reads="audits assignments results findings evidence conclusions stage1_conclusions verifications",
)
def who_audited_does_not_decide(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """No decision maker, and no voting member, took part in an audit that the decision rests on (9.5.1.1)."""
    for audit in rests_on(decision, dossier):
        parts = took_part(audit, dossier)
        for person in decision.deciders:
            if person in parts:
                yield (
                    f"{body.name(person)} {parts[person]}.",
                    "name a decision maker who was on no audit of this decision",
                )


@rule(
    1,
    "A",
    "ISO/IEC 17021-1:2015, 9.5.2, 7.2.8",
    of="reviews",
    reads="audits assignments results findings evidence conclusions stage1_conclusions verifications",
)
def who_audited_does_not_review(review: Review, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Who audited does not review the audit either; the reviewer may be the decider (rules 1 and 42)."""
    for audit in rests_on(review, dossier):
        parts = took_part(audit, dossier)
        if review.by in parts:
            yield (
                f"{body.name(review.by)} {parts[review.by]}.",
                "name a reviewer who was on no audit of this decision",
            )


def _interest_rule(table: str, when: str, clause: str) -> Any:
    def nobody_with_an_interest(record: Any, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
        """Nobody with consultancy, employment or the like for the client within 24 months takes part (5.2.10)."""
        day: date = getattr(record, when)
        people: tuple[str, ...] = (getattr(record, "by", ""),)
        if isinstance(record, Assignment):
            audit = dossier.audits.get(record.audit)
            day, people = (audit.starts_on if audit else day), (record.person,)
        elif isinstance(record, CertificationDecision):
            people = record.deciders
        for person in people:
            yield from barred_by_interest(person, dossier, body, day)

    return rule(5, "A", clause, of=table, reads="interests audits" if table == "assignments" else "interests")(
        nobody_with_an_interest
    )


NOBODY_WITH_AN_INTEREST = tuple(
    _interest_rule(table, when, "ISO/IEC 17021-1:2015, 5.2.6, 5.2.10")
    for table, when in (
        ("application_reviews", "reviewed_on"),
        ("assignments", "assigned_on"),
        ("conclusions", "concluded_on"),
        ("stage1_conclusions", "concluded_on"),
        ("response_reviews", "reviewed_on"),
        ("verifications", "verified_on"),
        ("reviews", "reviewed_on"),
        ("decisions", "decided_on"),
    )
)


@rule(6, "A", "ISO/IEC 17021-1:2015, 5.2.7", of="decisions", reads="applications application_reviews")
def two_years_after_related_consultancy(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A client that a related body consulted is not certified before 24 months are over; it may apply and wait."""
    application = dossier.applications.get(decision.application)
    if application is None or decision.kind not in NEEDS_MAJORS_VERIFIED:
        return
    reviews = [each for each in dossier.application_reviews.values() if each.application == application.id]
    related = {name for each in reviews for name in each.related_consultants}
    related |= set(body.profile.related_bodies) if body.profile else set()
    for consultancy in application.consultancies:
        if consultancy.consultant not in related:
            continue
        free = two_years_after(consultancy.ended_on) if consultancy.ended_on else None
        if free is None or decision.decided_on < free:
            until = f"24 months are over on {free}" if free else "it has not ended"
            yield (
                f"{consultancy.consultant}, related to the body, consulted the client; {until}.",
                "wait, or decline the application",
            )


@rule(8, "B", "ISO/IEC 17021-1:2015, 5.2.13, 8.4.6", of="meetings", reads="assignments declarations engagements")
def everybody_declared_before_the_audit(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Each assigned person is under a standing agreement and answered the conflict question for this audit."""
    if meeting.kind is not MeetingKind.OPENING:
        return
    audit = dossier.audits.get(meeting.audit)
    number = audit.number if audit else meeting.audit
    for assignment in assignments_of(meeting.audit, dossier):
        person, name = assignment.person, body.name(assignment.person)
        if assignment.role in (Role.GUIDE, Role.OBSERVER):
            continue
        if not body.engaged(person, meeting.held_on):
            yield (
                f"{name} is under no agreement on confidentiality and impartiality on {meeting.held_on}.",
                "certbody person engage PERSON",
            )
        answers = [
            each
            for each in dossier.declarations.values()
            if each.audit == meeting.audit and each.person == person and each.declared_on <= meeting.held_on
        ]
        last = max(answers, key=lambda each: (each.declared_on, each.id), default=None)
        if last is None:
            yield (
                f"{name} has not answered the conflict question for audit {number}.",
                f"certbody audit declare {number} --as PERSON --no-conflict",
            )
        elif last.conflict and not last.statement.strip():
            yield f"{name} declared a conflict for audit {number} and said nothing about it."
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
    reads="assignments audits competences",
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
        function = {Role.LEADER: Function.LEADING, Role.AUDITOR: Function.AUDITING}.get(assignment.role)
        if assignment.role is Role.TECHNICAL_EXPERT:
            function = Function.TECHNICAL_EXPERTISE
        if function and not body.competent(assignment.person, audit.standard, function, meeting.held_on):
            yield (
                f"{body.name(assignment.person)} holds no competence for {function} under {audit.standard} on "
                f"{meeting.held_on}.",
                "assign somebody competent, or put the competence on record with its evidence",
            )


@rule(9, "B", "ISO/IEC 17021-1:2015, 9.1.4.4", of="assignments", reads="audits")
def only_auditors_bring_audit_days(assignment: Assignment, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Experts, trainees, interpreters and observers add no audit days (9.1.4.4)."""
    if assignment.audit not in dossier.audits:
        yield f"There is no audit {assignment.audit}."
    if assignment.person not in body.people:
        yield (f"There is no person {assignment.person}.", "certbody person add")
    if assignment.days and assignment.role not in (Role.LEADER, Role.AUDITOR):
        yield (
            f"{body.name(assignment.person)} is {assignment.role}; that brings no audit days, "
            f"{assignment.days} were given.",
            "assign with 0 days",
        )

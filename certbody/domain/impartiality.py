"""Who may not audit, review or decide, and why: computed from what people did, not from what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from certbody.domain.audit import CARRYING_OUT, Assignment, Audit, Meeting, MeetingKind, assignments_of
from certbody.domain.decision import NEEDS_MAJORS_VERIFIED, CertificationDecision, Review, rests_on
from certbody.domain.nonconformity import Means
from certbody.domain.objection import Objection, Said, rule
from certbody.domain.people import Function
from certbody.domain.periods import two_years_after

if TYPE_CHECKING:
    from certbody.domain.act import Act
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


def took_part(audit: Audit, dossier: Dossier, by: date = date.max) -> dict[str, str]:
    """Person id to how that person took part in an audit, as sentence end (9.5.1.1).

    By assignment as leader, auditor, expert or trainee, and by what a person recorded there, whoever was assigned:
    an assignment that was forgotten or struck out makes nobody impartial. A visit that verified a nonconformity
    counts until the day `by`: what comes after a decision did not bear it.
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
    for meeting in dossier.meetings.values():
        if meeting.audit == audit.id:
            found.setdefault(meeting.led_by, f"led the {meeting.kind} meeting of audit {audit.number}")
    concluded: list[Any] = [*dossier.conclusions.values(), *dossier.stage1_conclusions.values()]
    for each in concluded:
        if each.audit == audit.id:
            found.setdefault(each.by, f"concluded audit {audit.number}")
    for check in dossier.verifications.values():
        finding = dossier.findings.get(check.finding)
        visited = check.means is not Means.DOCUMENT and check.verified_on <= by
        if finding and finding.audit == audit.id and visited:
            found.setdefault(check.by, f"verified {finding.number} {check.means} on {check.verified_on}")
    return found


def barred_by_interest(person: str, dossier: Dossier, body: Body, day: date) -> Iterator[Said]:
    """What a person's ties to the client say about an act on a day: barred within 24 months (5.2.6, 5.2.10).

    A tie names the client's number, or its name where it was disclosed before there was a client of that name.
    """
    client = dossier.client
    names = (client.name, client.trading_name) if client else ()
    for tie in body.interests_of(person, dossier.journal, names):
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
    reads="audits assignments meetings results findings evidence conclusions stage1_conclusions verifications",
)
def who_audited_does_not_decide(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """No decision maker, and no voting member, took part in an audit that the decision rests on (9.5.1.1)."""
    for audit in rests_on(decision, dossier):
        parts = took_part(audit, dossier, decision.decided_on)
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
    reads="audits assignments meetings results findings evidence conclusions stage1_conclusions verifications",
)
def who_audited_does_not_review(review: Review, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Who audited does not review the audit either; the reviewer may be the decider (rules 1 and 42)."""
    for audit in rests_on(review, dossier):
        parts = took_part(audit, dossier, review.reviewed_on)
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
        ("regradings", "regraded_on"),
        ("extensions", "extended_on"),
        ("response_reviews", "reviewed_on"),
        ("verifications", "verified_on"),
        ("effectiveness", "confirmed_on"),
        ("reviews", "reviewed_on"),
        ("decisions", "decided_on"),
        ("annulments", "annulled_on"),
        ("change_reviews", "reviewed_on"),
        ("monitorings", "monitored_on"),
        ("settlements", "settled_on"),
    )
)


@rule(5, "A", "ISO/IEC 17021-1:2015, 5.2.6, 5.2.10", of="meetings", reads="assignments")
def no_audit_opens_with_a_known_interest(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """No audit opens with somebody whose tie to the client was known by then (5.2.6, 5.2.10).

    The days of an audit may have moved since a person was assigned, and a tie may have come to light; one that comes
    to light after the opening stands against the assignment.
    """
    if meeting.kind is not MeetingKind.OPENING:
        return
    known = {key: each for key, each in body.interests.items() if each.disclosed_on <= meeting.held_on}
    then = body.changed({"interests": known})
    for person in dict.fromkeys(each.person for each in assignments_of(meeting.audit, dossier)):
        found = barred_by_interest(person, dossier, then, meeting.held_on)
        yield from (said for said in found if said[2:] == ("A",))


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
    related = {name.strip().casefold() for name in related}
    for consultancy in application.consultancies:
        if consultancy.consultant.strip().casefold() not in related:
            continue
        free = two_years_after(consultancy.ended_on) if consultancy.ended_on else None
        if free is None or decision.decided_on < free:
            until = f"24 months are over on {free}" if free else "it has not ended"
            yield (
                f"{consultancy.consultant}, related to the body, consulted the client; {until}.",
                "wait, or decline the application",
            )


@rule(2, "B", "ISO/IEC 17021-1:2015, 7.2.8, 9.5.1.2", of="decisions", reads="applications")
def deciders_are_competent_and_bound(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Who decides is competent for the standard and bound to the body by employment, agreement or appointment."""
    application = dossier.applications.get(decision.application)
    if application is None:
        yield (f"There is no application {decision.application}.", "name an application of this client")
        return
    quorum = body.policy.committee_quorum
    if decision.members and len(decision.deciders) < quorum:
        yield (
            f"{len(decision.deciders)} of the committee took part; {quorum} are its quorum.",
            "decide with a quorum of members who were on no audit of this decision",
        )
    for person in decision.deciders:
        name, day = body.name(person), decision.decided_on
        if not body.competent(person, application.standard, Function.DECISION, day):
            yield (
                f"{name} holds no competence for decision under {application.standard} on {day}.",
                "name a competent decision maker, or put the competence on record with its evidence",
            )
        if not body.engaged(person, day):
            yield (
                f"{name} is under no standing agreement with the body on {day}.",
                "certbody person engage PERSON",
            )


def entered_by_who_took_part(act: Act, dossier: Dossier, body: Body) -> Iterator[Objection]:
    """Who took part in an audit does not enter, for somebody else, the review or decision that rests on it (9.5.1.1).

    Nor the regrading of one of its findings, nor more time for it.
    A signed form stands for the signer's PIN; in the hands of an auditor it would stand for the auditor.
    """
    if act.entered.by in ("", act.by):
        return
    for table, record in act.records():
        if table in ("reviews", "decisions"):
            audits = rests_on(record, dossier)
        elif table in ("regradings", "extensions"):
            finding = dossier.findings.get(record.finding)
            audits = [each for each in dossier.audits.values() if finding and each.id == finding.audit]
        else:
            continue
        for audit in audits:
            if said := took_part(audit, dossier).get(act.entered.by):
                yield Objection(
                    rule=1,
                    level="A",
                    text=f"{body.name(act.entered.by)}, who enters this, {said}.",
                    clause="ISO/IEC 17021-1:2015, 9.5.1.1, 9.9",
                    next="have it entered by somebody who was on no audit of it, or with the person's own PIN",
                    about=(table, record.id),
                )


def barred(decision: CertificationDecision, dossier: Dossier, body: Body, on: date) -> bool:
    """Whether somebody decided who must not (rules of class A): nothing but a new decision mends that."""
    judges = (
        who_audited_does_not_decide,
        two_years_after_related_consultancy,
        *(each for each in NOBODY_WITH_AN_INTEREST if each.of == "decisions"),
    )
    return any(
        objection.level == "A" for judge in judges for objection in judge.objections(decision.id, dossier, body, on)
    )

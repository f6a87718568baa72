"""Review, then decision: by people who were not on the audit, on a complete file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.audit import closed_on
from certbody.domain.findings import Grade, findings_of
from certbody.domain.nonconformity import progress
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function
from certbody.domain.periods import implementation_limit
from certbody.domain.report import report_of
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.audit import Audit
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier
    from certbody.domain.findings import Finding


class Kind(StrEnum):
    """What can be decided (ISO/IEC 17021-1:2015, 9.5.1.1)."""

    GRANT = "grant"
    REFUSE = "refuse"
    MAINTAIN = "maintain"
    RENEW = "renew"
    EXPAND = "expand"
    REDUCE = "reduce"
    SUSPEND = "suspend"
    RESTORE = "restore"
    WITHDRAW = "withdraw"


NEEDS_MAJORS_VERIFIED = frozenset({Kind.GRANT, Kind.RENEW, Kind.EXPAND, Kind.RESTORE})


@attrs.frozen(kw_only=True)
class ReviewQuery:
    """A question that the reviewer put to the team or the client before the decision."""

    id: str = text.number()
    application: str = text.number()
    asked_on: date
    by: str = text.number()
    to: str = text.name()
    question: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class QueryAnswer:
    """The answer to a query."""

    id: str = text.number()
    query: str = text.number()
    answered_on: date
    by: str = text.name()
    answer: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class Review:
    """The review of everything before the decision (ISO/IEC 17021-1:2015, 9.5.2, 9.5.3.1)."""

    id: str = text.number()
    application: str = text.number()
    reviewed_on: date
    by: str = text.number()
    information: str = text.prose(required=True)
    nonconformities: str = text.prose(default="")
    application_confirmed: str = text.prose(default="")
    objectives: str = text.prose(default="")
    technical_advice: str = text.prose(default="")
    recommendation: Kind
    conditions: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class CertificationDecision:
    """A decision of the body, taken by one person or by a committee.

    Attributes:
        members: the persons who voted, `by` among them where it is a committee; empty for one person.
        certificate: number of the certificate it is about; empty where it is refused or first granted.
        effective_on: from when it has effect; never before `decided_on`.
    """

    id: str = text.number()
    number: str = text.number()
    application: str = text.number()
    kind: Kind
    decided_on: date
    by: str = text.number()
    members: tuple[str, ...] = ()
    review: str = text.number(default="")
    reason: str = text.prose(required=True)
    conditions: str = text.prose(default="")
    scope: str = text.prose(default="")
    certificate: str = text.number(default="")
    effective_on: date | None = attrs.field(default=None, metadata={"planned": True})

    @property
    def deciders(self) -> tuple[str, ...]:
        """Everybody who took part in the decision."""
        return tuple(dict.fromkeys((self.by, *self.members)))


def rests_on(decision: CertificationDecision | Review, dossier: Dossier) -> list[Audit]:
    """The audits that a decision rests on: for the first one, stage 1, stage 2 and what followed them."""
    day = decision.decided_on if isinstance(decision, CertificationDecision) else decision.reviewed_on
    return [
        audit
        for audit in dossier.audits.values()
        if audit.application == decision.application and audit.starts_on <= day
    ]


def last_stage2_day(application: str, dossier: Dossier) -> date | None:
    """The last day of the newest stage 2 for an application; None until one has closed."""
    days = [
        closed_on(audit.id, dossier)
        for audit in dossier.audits.values()
        if audit.application == application and audit.kind is AuditType.INITIAL and audit.stage == 2
    ]
    return max((day for day in days if day), default=None)


def nonconformities(application: str, dossier: Dossier) -> list[Finding]:
    """Every nonconformity raised at the audits of an application, gravest first."""
    audits = [each for each in dossier.audits.values() if each.application == application]
    found = [finding for audit in audits for finding in findings_of(audit.id, dossier) if finding.nonconformity]
    return sorted(found, key=lambda finding: finding.grade is Grade.MINOR)


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.5.2", of="reviews", reads="review_queries query_answers reports audits")
def a_review_has_its_file(review: Review, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A review needs the reports of stage 1 and stage 2, and an answer to every query (9.5.2, 9.5.3.1)."""
    application = dossier.applications.get(review.application)
    if application is None:
        yield f"There is no application {review.application}."
        return
    if not body.competent(review.by, application.standard, Function.REVIEW, review.reviewed_on):
        yield (
            f"{body.name(review.by)} holds no competence for review under {application.standard} on "
            f"{review.reviewed_on}.",
            "name a competent reviewer",
        )
    yield from _without_reports(review, dossier)
    answered = {each.query for each in dossier.query_answers.values() if each.answered_on <= review.reviewed_on}
    for query in dossier.review_queries.values():
        if (
            query.application == review.application
            and query.asked_on <= review.reviewed_on
            and query.id not in answered
        ):
            yield (f"The query of {query.asked_on} to {query.to} is not answered.", "certbody review answer")


def _without_reports(act: Review | CertificationDecision, dossier: Dossier) -> Iterator[Said]:
    day = act.decided_on if isinstance(act, CertificationDecision) else act.reviewed_on
    audits = [audit for audit in rests_on(act, dossier) if audit.kind is AuditType.INITIAL]
    for stage in (1, 2):
        if not any(audit.stage == stage for audit in audits):
            yield (f"There is no stage {stage} audit.", f"certbody audit new --stage {stage}")
    for audit in audits:
        report = report_of(audit.id, dossier)
        if report is None or report.issued_on > day:
            yield (
                f"The report of {audit.title} {audit.number} is not issued.",
                f"certbody audit report {audit.number} --issue",
            )


@rule(2, "B", "ISO/IEC 17021-1:2015, 7.2.8, 9.5.1.2", of="decisions", reads="applications")
def deciders_are_competent_and_bound(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Who decides is competent for the standard and bound to the body by employment, agreement or appointment."""
    application = dossier.applications.get(decision.application)
    if application is None:
        yield f"There is no application {decision.application}."
        return
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


@rule(
    19,
    "B",
    "ISO/IEC 17021-1:2015, 9.5.2",
    of="decisions",
    reads="findings responses response_reviews verifications audits meetings",
)
def nothing_is_granted_over_open_nonconformities(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Before a grant each major is accepted and its implementation verified, each minor's plan accepted (9.5.2)."""
    if decision.kind not in NEEDS_MAJORS_VERIFIED:
        return
    for finding in nonconformities(decision.application, dossier):
        steps = progress(finding, dossier, body, decision.decided_on)
        grade = "Major" if finding.grade is Grade.MAJOR else "Minor"
        if not steps.accepted:
            yield (
                f"{grade} nonconformity {finding.number}: no response is accepted ({steps.stage}).",
                steps.next_step,
            )
        elif finding.grade is Grade.MAJOR and not steps.implemented:
            yield (
                f"Major nonconformity {finding.number}: implementation is not verified.",
                f"certbody nc verify {finding.number}",
            )


@rule(30, "B", "IAF MD 1:2023, 7.7", of="decisions", reads="findings verifications sites audits agreements")
def a_major_at_one_site_blocks_all(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """An open major at one site blocks the whole organisation, and no site is dropped to decide (MD 1, 7.7)."""
    if decision.kind not in NEEDS_MAJORS_VERIFIED:
        return
    application = dossier.applications.get(decision.application)
    for finding in nonconformities(decision.application, dossier):
        if finding.grade is not Grade.MAJOR or not finding.site or application is None:
            continue
        implemented = progress(finding, dossier, body, decision.decided_on).implemented
        if finding.site not in application.sites and not implemented:
            yield (
                f"Site {finding.site}, where {finding.number} was raised, is no longer in the application's scope; "
                "a site is not dropped to get the certificate.",
                f"certbody nc verify {finding.number}",
            )


@rule(
    20,
    "B",
    "ISO/IEC 17021-1:2015, 9.5.3.2",
    of="decisions",
    reads="findings verifications meetings audits responses response_reviews",
)
def six_months_after_stage_2(decision: CertificationDecision, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A major not verified within six months after the last day of stage 2 requires another stage 2 (9.5.3.2)."""
    if decision.kind is not Kind.GRANT:
        return
    last = last_stage2_day(decision.application, dossier)
    if last is None:
        return
    limit = implementation_limit(last)
    for finding in nonconformities(decision.application, dossier):
        if finding.grade is not Grade.MAJOR:
            continue
        if (closed_on(finding.audit, dossier) or last) < last:
            continue  # raised at an earlier stage 2, which a newer one has replaced
        check = progress(finding, dossier, body, decision.decided_on).verification
        verified_on = check.verified_on if check and check.implemented else None
        if verified_on is None and decision.decided_on <= limit:
            continue  # rule 19 has it
        if verified_on is None or verified_on > limit:
            yield (
                f"Major nonconformity {finding.number} was not verified by {limit}, six months after the last "
                f"day of stage 2 ({last}).",
                "plan another stage 2",
            )


@rule(
    18,
    "B",
    "ISO/IEC 17021-1:2015, 9.5.2, 9.5.3.1",
    of="decisions",
    reads="reviews reports audits review_queries query_answers",
)
def a_decision_follows_a_review(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A decision follows a review on record; a refusal may come without one, for it needs only its reason (9.5.2)."""
    if decision.kind is not Kind.GRANT:
        return
    yield from _without_reports(decision, dossier)
    reviews = [
        each
        for each in dossier.reviews.values()
        if each.application == decision.application and each.reviewed_on <= decision.decided_on
    ]
    if not reviews:
        application = dossier.applications.get(decision.application)
        number = application.number if application else decision.application
        yield (
            f"Application {number} has not been reviewed before the decision.",
            f"certbody review record {number}",
        )
        return
    last = max(reviews, key=lambda each: (each.reviewed_on, each.id))
    if last.recommendation is not decision.kind:
        yield (
            f"{body.name(last.by)} reviewed and recommended '{last.recommendation}'; the decision is "
            f"'{decision.kind}'.",
            "give the reason",
            "W",
        )


@rule(21, "B", "ISO/IEC 17021-1:2015, 8.2.2 b", of="decisions")
def no_effect_before_the_decision(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A decision has effect on or after the day it was taken (8.2.2 b)."""
    if decision.effective_on and decision.effective_on < decision.decided_on:
        yield (
            f"The decision of {decision.decided_on} cannot be effective on {decision.effective_on}.",
            "give an effective date on or after the decision",
        )


@rule(43, "B", "ISO/IEC 17021-1:2015, 9.5.1, 9.7", of="decisions", reads="decisions")
def one_grant_for_one_application(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """An application is granted or refused once; what follows is another decision, an appeal or a new application."""
    if decision.kind not in (Kind.GRANT, Kind.REFUSE):
        return
    for other in dossier.decisions.values():
        earlier = other.id < decision.id and other.application == decision.application
        if earlier and other.kind in (Kind.GRANT, Kind.REFUSE):
            yield (
                f"The application was decided on {other.decided_on} already ({other.kind}, {other.number}).",
                "appeal, or apply anew",
            )

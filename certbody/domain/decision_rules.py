"""The rules on decisions: by whom, on what file, over which nonconformities, about which certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.audit import closed_on
from certbody.domain.certificate import Certificate, Standing, Status, standing
from certbody.domain.decision import (
    NEEDS_MAJORS_VERIFIED,
    CertificationDecision,
    Kind,
    last_stage2_day,
    nonconformities,
)
from certbody.domain.document import Settlement
from certbody.domain.findings import Grade
from certbody.domain.impartiality import barred
from certbody.domain.nonconformity import progress
from certbody.domain.objection import Said, rule
from certbody.domain.periods import implementation_limit
from certbody.domain.review_rules import without_reports

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

_DONE = {Kind.SUSPEND: "suspended", Kind.EXPAND: "expanded", Kind.MAINTAIN: "maintained"}
_OF_WHAT_IS_VALID = frozenset(_DONE)

ABOUT_A_CERTIFICATE = frozenset(
    {Kind.MAINTAIN, Kind.RENEW, Kind.EXPAND, Kind.REDUCE, Kind.SUSPEND, Kind.RESTORE, Kind.WITHDRAW}
)
"""Decisions that name the certificate they are about."""


@rule(
    19,
    "B",
    "ISO/IEC 17021-1:2015, 9.5.2",
    of="decisions",
    reads="findings regradings responses response_reviews verifications audits meetings",
)
def nothing_is_granted_over_open_nonconformities(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Before a grant each major is accepted and its implementation verified, each minor's plan accepted (9.5.2)."""
    if decision.kind not in NEEDS_MAJORS_VERIFIED:
        return
    for finding in nonconformities(decision.application, dossier, decision.decided_on):
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


@rule(30, "B", "IAF MD 1:2023, 7.7", of="decisions", reads="findings regradings verifications sites audits agreements")
def a_major_at_one_site_blocks_all(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """An open major at one site blocks the whole organisation, and no site is dropped to decide (MD 1, 7.7)."""
    if decision.kind not in NEEDS_MAJORS_VERIFIED:
        return
    application = dossier.applications.get(decision.application)
    for finding in nonconformities(decision.application, dossier, decision.decided_on):
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
    reads="findings regradings verifications meetings audits responses response_reviews",
)
def six_months_after_stage_2(decision: CertificationDecision, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A major not verified within six months after the last day of stage 2 requires another stage 2 (9.5.3.2)."""
    if decision.kind is not Kind.GRANT:
        return
    last = last_stage2_day(decision.application, dossier)
    if last is None:
        return
    limit = implementation_limit(last)
    for finding in nonconformities(decision.application, dossier, decision.decided_on):
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
    """A decision that gives something follows a review of the whole file; others need their reason alone (9.5.2)."""
    if decision.kind not in NEEDS_MAJORS_VERIFIED:
        return
    yield from without_reports(decision, dossier)
    earlier = [
        (each.decided_on, each.id)
        for each in dossier.decisions.values()
        if each.application == decision.application and each.id < decision.id and decision.kind is not Kind.GRANT
    ]
    since = max(earlier, default=(date.min, ""))  # a review bears one decision about a certificate
    reviews = [
        each
        for each in dossier.reviews.values()
        if each.application == decision.application
        and each.reviewed_on <= decision.decided_on
        and (each.reviewed_on, each.id) > since
    ]
    if not reviews:
        application = dossier.applications.get(decision.application)
        number = application.number if application else decision.application
        what = f"Application {number} has not been reviewed before the decision."
        if decision.kind is not Kind.GRANT:
            what = f"Nothing has been reviewed for a decision to {decision.kind} since that of {since[0]}."
        yield (what, f"certbody review record {number} --recommend {decision.kind}")
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
    """An application is granted or refused once, and anew only where who decided turns out to have been barred."""
    if decision.kind not in (Kind.GRANT, Kind.REFUSE):
        return
    for other in dossier.decisions.values():
        earlier = other.id < decision.id and other.application == decision.application
        if earlier and other.kind in (Kind.GRANT, Kind.REFUSE) and not barred(other, dossier, body, on):
            yield (
                f"The application was decided on {other.decided_on} already ({other.kind}, {other.number}).",
                "appeal, or apply anew",
            )


@rule(1, "A", "ISO/IEC 17021-1:2015, 9.5.1.1", of="settlements", reads="decisions")
def a_barred_decision_is_mended_by_a_new_one(
    settlement: Settlement, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Where who decided was barred, words settle nothing: people who are not involved decide anew (9.5.1.1)."""
    decision = dossier.decisions.get(settlement.record) if settlement.table == "decisions" else None
    if decision is None or not barred(decision, dossier, body, on):
        return
    anew = [
        each
        for each in dossier.decisions.values()
        if each.id > decision.id and each.application == decision.application and not barred(each, dossier, body, on)
    ]
    if not anew:
        yield (
            f"Decision {decision.number} of {decision.decided_on} was taken by somebody who is barred; no new decision "
            "is on record.",
            "have it decided anew by people who are not involved, then settle it",
        )


def standing_before(decision: CertificationDecision, dossier: Dossier) -> Standing:
    """The status of a decision's certificate on the day of its effect, as the decisions before it left it."""
    earlier = {key: each for key, each in dossier.decisions.items() if key < decision.id}
    return standing(decision.certificate, dossier.changed({"decisions": earlier}), decision.begins_on)


@rule(46, "B", "ISO/IEC 17021-1:2015, 9.6.5", of="decisions", reads="certificates annulments applications")
def a_decision_fits_its_certificate(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """What is withdrawn stays withdrawn; the suspended alone is restored, the valid alone suspended (9.6.5)."""
    number, day = decision.certificate, decision.begins_on
    if decision.kind not in ABOUT_A_CERTIFICATE:
        return
    named = [each for each in dossier.certificates.values() if each.number == number]
    if not named:
        yield (f"There is no certificate {number or 'named'} to {decision.kind}.", "certbody certificate list")
        return
    if all(each.application != decision.application for each in named):  # its audits say who may decide (9.5.1.1)
        yield (
            f"{number} was granted on another application than the decision names.",
            "decide on the application of the certificate",
        )
    before = standing_before(decision, dossier)
    if before.status is Status.WITHDRAWN:
        yield (f"{number} was withdrawn on {before.since}; that is final.", "the client may apply anew")
    elif decision.kind is Kind.RESTORE and before.status is not Status.SUSPENDED:
        yield (
            f"{number} is {before.status} on {day}; only what is suspended is restored.",
            f"certbody certificate show {number}",
        )
    elif decision.kind in _OF_WHAT_IS_VALID and before.status is not Status.VALID:
        yield (
            f"{number} is {before.status} on {day}; only what is valid is {_DONE[decision.kind]}.",
            f"certbody certificate show {number}",
        )
    elif decision.kind is Kind.REDUCE and before.status not in (Status.VALID, Status.SUSPENDED):
        yield (
            f"{number} is {before.status} on {day}; only what is valid or suspended is reduced.",
            f"certbody certificate show {number}",
        )


@rule(46, "B", "ISO/IEC 17021-1:2015, 9.6.5", of="certificates", reads="decisions annulments")
def no_revision_of_what_was_withdrawn(
    certificate: Certificate, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A certificate that is withdrawn gets no further revision (9.6.5)."""
    before = standing(certificate.number, dossier, certificate.issued_on)
    if certificate.revision > 1 and before.status is Status.WITHDRAWN:
        yield (f"{certificate.number} was withdrawn on {before.since}; that is final.", "the client may apply anew")

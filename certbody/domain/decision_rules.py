"""Rules about what a review says, and about decisions on a certificate that is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from certbody.domain.certificate import Certificate, Status, standing
from certbody.domain.decision import CertificationDecision, Kind, QueryAnswer, Review, nonconformities
from certbody.domain.objection import Said, rule

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

ABOUT_A_CERTIFICATE = frozenset(
    {Kind.MAINTAIN, Kind.RENEW, Kind.EXPAND, Kind.REDUCE, Kind.SUSPEND, Kind.RESTORE, Kind.WITHDRAW}
)
"""Decisions that name the certificate they are about."""


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.5.3.1", of="reviews", reads="findings")
def a_review_says_what_it_must(review: Review, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Who recommends a grant confirms the application's information and the objectives, and comments on findings."""
    if review.recommendation is not Kind.GRANT:
        return
    raised = nonconformities(review.application, dossier)
    for words, option, said in (
        ("the information of the application review", "--application-confirmed", review.application_confirmed),
        ("whether the audit objectives were achieved", "--objectives", review.objectives),
        ("the nonconformities and what was done about them", "--nonconformities", review.nonconformities or not raised),
    ):
        if not str(said or "").strip():
            yield (f"The review says nothing on {words}.", f"give {option}")


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.5.1.4", of="query_answers", reads="review_queries")
def an_answer_follows_its_query(answer: QueryAnswer, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An answer belongs to a query of the reviewer and comes after it (9.5.1.4)."""
    query = dossier.review_queries.get(answer.query)
    if query is None:
        yield f"There is no query {answer.query}."
    elif answer.answered_on < query.asked_on:
        yield f"The query was put on {query.asked_on}; it cannot be answered on {answer.answered_on}."


@rule(46, "B", "ISO/IEC 17021-1:2015, 9.6.5", of="decisions", reads="certificates")
def a_decision_fits_its_certificate(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """What is withdrawn stays withdrawn; the suspended alone is restored, the valid alone suspended (9.6.5)."""
    number, day = decision.certificate, decision.effective_on or decision.decided_on
    if decision.kind not in ABOUT_A_CERTIFICATE:
        return
    if not any(each.number == number for each in dossier.certificates.values()):
        yield (f"There is no certificate {number or 'named'} to {decision.kind}.", "certbody certificate list")
        return
    earlier = {key: each for key, each in dossier.decisions.items() if key < decision.id}
    before = standing(number, attrs.evolve(dossier, decisions=earlier), day)
    if before.status is Status.WITHDRAWN:
        yield (f"{number} was withdrawn on {before.since}; that is final.", "the client may apply anew")
    elif decision.kind is Kind.RESTORE and before.status is not Status.SUSPENDED:
        yield f"{number} is {before.status} on {day}; only what is suspended is restored."
    elif decision.kind is Kind.SUSPEND and before.status is not Status.VALID:
        yield f"{number} is {before.status} on {day}; only what is valid is suspended."


@rule(46, "B", "ISO/IEC 17021-1:2015, 9.6.5", of="certificates", reads="decisions")
def no_revision_of_what_was_withdrawn(
    certificate: Certificate, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A certificate that is withdrawn gets no further revision (9.6.5)."""
    before = standing(certificate.number, dossier, certificate.issued_on)
    if certificate.revision > 1 and before.status is Status.WITHDRAWN:
        yield (f"{certificate.number} was withdrawn on {before.since}; that is final.", "the client may apply anew")

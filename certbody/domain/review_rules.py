"""The rules on reviews: a complete file, an answer to every query, and what the review has to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.audit import MeetingKind, meeting_of
from certbody.domain.decision import (
    ADVERSE,
    CertificationDecision,
    Kind,
    QueryAnswer,
    Review,
    nonconformities,
    rests_on,
)
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function
from certbody.domain.report import report_of
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.5.2", of="reviews", reads="review_queries query_answers reports audits")
def a_review_has_its_file(review: Review, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A review needs the reports of stage 1 and stage 2, and an answer to every query (9.5.2, 9.5.3.1)."""
    application = dossier.applications.get(review.application)
    if application is None:
        yield (f"There is no application {review.application}.", "name an application of this client")
        return
    if not body.competent(review.by, application.standard, Function.REVIEW, review.reviewed_on):
        yield (
            f"{body.name(review.by)} holds no competence for review under {application.standard} on "
            f"{review.reviewed_on}.",
            "name a competent reviewer",
        )
    yield from without_reports(review, dossier)
    answered = {each.query for each in dossier.query_answers.values() if each.answered_on <= review.reviewed_on}
    for query in dossier.review_queries.values():
        if (
            query.application == review.application
            and query.asked_on <= review.reviewed_on
            and query.id not in answered
        ):
            yield (f"The query of {query.asked_on} to {query.to} is not answered.", "certbody review answer")


def without_reports(act: Review | CertificationDecision, dossier: Dossier) -> Iterator[Said]:
    """What is missing of the reports that a review or decision rests on: both stages, and every audit that was held."""
    if isinstance(act, CertificationDecision):
        day, kind = act.decided_on, act.kind
    else:
        day, kind = act.reviewed_on, act.recommendation
    audits = rests_on(act, dossier)
    for stage in (1, 2) if kind in (Kind.GRANT, Kind.REFUSE) else ():
        if not any(audit.kind is AuditType.INITIAL and audit.stage == stage for audit in audits):
            yield (f"There is no stage {stage} audit.", f"certbody audit new --stage {stage}")
    for audit in audits:
        begun = meeting_of(audit.id, MeetingKind.OPENING, dossier)
        if audit.kind is not AuditType.INITIAL and (begun is None or begun.held_on > day):
            continue  # planned, and not held: a surveillance may be late
        if report_of(audit.id, dossier, day) is None:  # a revision that came later takes nothing away
            yield (
                f"The report of {audit.title} {audit.number} is not issued.",
                f"certbody audit report {audit.number}",
            )


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.5.3.1", of="reviews", reads="findings regradings")
def a_review_says_what_it_must(review: Review, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Who recommends a grant confirms the application's information and the objectives, and comments on findings."""
    if review.recommendation is not Kind.GRANT:
        return
    raised = nonconformities(review.application, dossier, review.reviewed_on)
    for words, option, said in (
        ("the information of the application review", "--application-confirmed", review.application_confirmed),
        ("whether the audit objectives were achieved", "--objectives", review.objectives),
        ("the nonconformities and what was done about them", "--nonconformities", review.nonconformities or not raised),
    ):
        if not str(said or "").strip():
            yield (f"The review says nothing on {words}.", f"give {option}")


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.5.1.4", of="decisions", reads="review_queries query_answers")
def no_decision_over_an_open_query(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """What was asked before a decision, after the review too, is answered before it is taken (9.5.1.4, 9.5.2).

    To suspend, reduce or withdraw may be urgent and waits for no answer.
    """
    if decision.kind in ADVERSE:
        return
    day = decision.decided_on
    answered = {each.query for each in dossier.query_answers.values() if each.answered_on <= day}
    for query in dossier.review_queries.values():
        if query.application == decision.application and query.asked_on <= day and query.id not in answered:
            yield (f"The query of {query.asked_on} to {query.to} is not answered by {day}.", "certbody review answer")


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.5.1.4", of="query_answers", reads="review_queries")
def an_answer_follows_its_query(answer: QueryAnswer, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An answer belongs to a query of the reviewer and comes after it (9.5.1.4)."""
    query = dossier.review_queries.get(answer.query)
    if query is None:
        yield (f"There is no query {answer.query}.", "name a query of this application")
    elif answer.answered_on < query.asked_on:
        yield (
            f"The query was put on {query.asked_on}; it cannot be answered on {answer.answered_on}.",
            "give the day on which the answer came",
        )

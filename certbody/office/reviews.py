"""The review before the decision: queries and their answers, what lies on the table, and who may take it up."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from certbody.domain.application import Application
from certbody.domain.audit import Audit
from certbody.domain.decision import (
    CertificationDecision,
    Kind,
    QueryAnswer,
    Review,
    ReviewQuery,
    nonconformities,
)
from certbody.domain.dossier import Dossier
from certbody.domain.nonconformity import Progress, progress
from certbody.domain.objection import Objection
from certbody.domain.report import Report, report_of
from certbody.errors import BadData, NotFound
from certbody.office.applications import application
from certbody.office.candidates import LAST, Candidate, tried
from certbody.office.hand import Hand
from certbody.office.office import Office
from certbody.office.papers import Paper, issue


@attrs.frozen(kw_only=True)
class Query:
    """A query with its number for people, `A-2026-001/Q-1`, and its answers, oldest first."""

    number: str
    query: ReviewQuery
    answers: tuple[QueryAnswer, ...]


@attrs.frozen(kw_only=True)
class Table:
    """What lies on the table of reviewer and decider on a day.

    Attributes:
        reports: every audit of the application, with its newest report.
        reviewers, deciders: everybody, with what bars them.
        before_review, before_decision: what a review, and a grant, would be refused for, whoever took it.
        standing: objections that late facts opened against earlier acts, unsettled.
    """

    journal: str
    application: Application
    on: date
    reports: tuple[tuple[Audit, Report | None], ...]
    nonconformities: tuple[Progress, ...]
    queries: tuple[Query, ...]
    reviews: tuple[Review, ...]
    decisions: tuple[CertificationDecision, ...]
    reviewers: tuple[Candidate, ...]
    deciders: tuple[Candidate, ...]
    before_review: tuple[Objection, ...]
    before_decision: tuple[Objection, ...]
    standing: tuple[Objection, ...]


def queries(application: Application, dossier: Dossier, on: date = date.max) -> tuple[Query, ...]:
    """The queries on an application by a day, in the order in which they were put on record, with their answers."""
    asked = sorted((each for each in dossier.review_queries.values() if each.application == application.id), key=_id)
    answers = sorted(dossier.query_answers.values(), key=_id)
    return tuple(
        Query(
            number=f"{application.number}/Q-{count}",
            query=query,
            answers=tuple(each for each in answers if each.query == query.id and each.answered_on <= on),
        )
        for count, query in enumerate(asked, start=1)
        if query.asked_on <= on
    )


def ask(office: Office, number: str, *, to: str, question: str, on: date, hand: Hand, why: str = "") -> Query:
    """Put a reviewer's question to the team or the client on record."""
    journal, found = application(office, number)
    query = ReviewQuery(id=office.make_id(), application=found.id, asked_on=on, by=hand.by, to=to, question=question)
    office.record(journal, "review query put", {"review_queries": [query]}, hand=hand, why=why)
    return next(each for each in queries(found, office.dossier(journal)) if each.query.id == query.id)


def answer(office: Office, number: str, *, by: str, said: str, on: date, hand: Hand, why: str = "") -> Query:
    """Put the answer to a query on record.

    Args:
        number: the query's, or the application's where one query is open.

    Raises:
        NotFound: there is no such query, or none that is open.
        BadData: several are open.
    """
    journal, found, query = _query(office, number)
    given = QueryAnswer(id=office.make_id(), query=query.query.id, answered_on=on, by=by, answer=said)
    office.record(journal, "review query answered", {"query_answers": [given]}, hand=hand, why=why)
    return next(each for each in queries(found, office.dossier(journal)) if each.number == query.number)


def _query(office: Office, number: str) -> tuple[str, Application, Query]:
    about, slash, count = number.rpartition("/")
    journal, found = application(office, about if slash else number)
    known = queries(found, office.dossier(journal))
    step = f"certbody review show {found.number}"
    if slash:
        for query in known:
            if query.number.endswith(f"/{count.upper()}"):
                return journal, found, query
        raise NotFound(f"There is no query {number}.", next=step)
    waiting = [query for query in known if not query.answers]
    if not waiting:
        raise NotFound(f"No query on {found.number} waits for an answer.", next=step)
    if len(waiting) > 1:
        lines = [f"{each.number} to {each.query.to}: {each.query.question}" for each in waiting]
        raise BadData(f"{len(waiting)} queries on {found.number} wait for an answer.", lines, next="name one of them")
    return journal, found, waiting[0]


def review(
    office: Office, number: str, *, recommendation: Kind, on: date, hand: Hand, why: str = "", **said: str
) -> Review:
    """Put a review on record; `said` are the texts of `Review`."""
    journal, found = application(office, number)
    made = Review(
        id=office.make_id(),
        application=found.id,
        reviewed_on=on,
        by=hand.by,
        recommendation=recommendation,
        **said,
    )
    office.record(journal, "review recorded", {"reviews": [made]}, hand=hand, why=why)
    return made


def reviews_of(application: Application, dossier: Dossier) -> tuple[Review, ...]:
    """The reviews of an application, oldest first."""
    found = (each for each in dossier.reviews.values() if each.application == application.id)
    return tuple(sorted(found, key=lambda each: (each.reviewed_on, each.id)))


def table(office: Office, number: str, on: date) -> Table:
    """What lies on the table for an application, who may take it up, and what is missing, with next steps."""
    journal, found = application(office, number)
    dossier, body = office.dossier(journal), office.body
    audits = sorted(
        (each for each in dossier.audits.values() if each.application == found.id),
        key=lambda each: (each.starts_on, each.number),
    )
    reviewers, before_review = tried(office, dossier, "reviews", lambda person: _a_review(found.id, person, on), on)
    deciders, before_decision = tried(office, dossier, "decisions", lambda person: _a_grant(found.id, person, on), on)
    decided = (each for each in dossier.decisions.values() if each.application == found.id)
    return Table(
        journal=journal,
        application=found,
        on=on,
        reports=tuple((audit, report_of(audit.id, dossier, on)) for audit in audits),
        nonconformities=tuple(progress(each, dossier, body, on) for each in nonconformities(found.id, dossier, on)),
        queries=queries(found, dossier, on),
        reviews=reviews_of(found, dossier),
        decisions=tuple(sorted(decided, key=lambda each: (each.decided_on, each.id))),
        reviewers=reviewers,
        deciders=deciders,
        before_review=before_review,
        before_decision=before_decision,
        standing=tuple(office.standing(journal, on)),
    )


def review_paper(office: Office, number: str, *, hand: Hand, on: date) -> Paper:
    """Issue the review and decision record of an application.

    Raises:
        NotFound: it has not been reviewed.
    """
    journal, found = application(office, number)
    made = reviews_of(found, office.dossier(journal))
    if not made:
        raise NotFound(
            f"Application {found.number} has not been reviewed.", next=f"certbody review record {found.number}"
        )
    return issue(office, "review", journal, made[-1].id, hand=hand, on=on, standard=found.standard)


def _a_review(application: str, person: str, on: date) -> Review:
    said = "as the reviewer will say"
    return Review(
        id=LAST,
        application=application,
        reviewed_on=on,
        by=person,
        information=said,
        nonconformities=said,
        application_confirmed=said,
        objectives=said,
        recommendation=Kind.GRANT,
    )


def _a_grant(application: str, person: str, on: date) -> CertificationDecision:
    return CertificationDecision(
        id=LAST,
        number="D",
        application=application,
        kind=Kind.GRANT,
        decided_on=on,
        by=person,
        reason="as the decision maker will say",
    )


def _id(record: Any) -> str:
    return str(record.id)

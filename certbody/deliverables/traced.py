"""Every fact that a decision rests on, with its four facts: happened, whose act, entered how, recorded when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.deliverables.matter import Matter
from certbody.deliverables.provenance import fact
from certbody.domain.findings import findings_recorded
from certbody.domain.regrading import regradings_of

Row = tuple[date, str, str, str]
"""When it happened, what it is in words, and the table and id of its record."""


def facts(showing: Showing, about: Matter) -> list[dict[str, Any]]:
    """The facts by the day of the decision, in the order in which they happened."""
    rows = [*_before(showing, about), *_of_audits(showing, about), *_after(showing, about)]
    rows = sorted((row for row in rows if row[0] <= about.day), key=lambda row: row[0])
    return [fact(showing, what, happened, table, key) for happened, what, table, key in rows]


def _before(showing: Showing, about: Matter) -> Iterator[Row]:
    """What came before the audits. Each of these yields in the order of the process, which settles one day's order."""
    dossier, application = showing.dossier, about.application
    key = application.id
    yield application.received_on, f"Application {application.number} received", "applications", key
    for told in dossier.application_reviews.values():
        if told.application == key:
            yield told.reviewed_on, f"Application {told.outcome}", "application_reviews", told.id
    for agreed in dossier.agreements.values():
        if agreed.application == key:
            yield agreed.in_force_on, f"Agreement {agreed.number} signed by both sides", "agreements", agreed.id


def _after(showing: Showing, about: Matter) -> Iterator[Row]:
    """What came after them: queries, the client's word on the draft, review and decision."""
    dossier, key, name = showing.dossier, about.application.id, showing.body.name
    queries = [each for each in dossier.review_queries.values() if each.application == key]
    for query in queries:
        yield query.asked_on, f"Query put to {name(query.to)}", "review_queries", query.id
    for answer in dossier.query_answers.values():
        if any(query.id == answer.query for query in queries):
            yield answer.answered_on, f"Query answered by {name(answer.by)}", "query_answers", answer.id
    for word in dossier.draft_confirmations.values():
        if word.application == key:
            yield word.confirmed_on, f"Draft text confirmed by {word.by}", "draft_confirmations", word.id
    yield from _of_certificate(showing, about)
    for review in dossier.reviews.values():
        if review.application == key and (about.review is None or review.id <= about.review.id):
            yield review.reviewed_on, "Review", "reviews", review.id
    for decision in dossier.decisions.values():
        if decision.application == key and (about.decision is None or decision.id <= about.decision.id):
            ground = f", {decision.ground}" if decision.ground else ""
            what = f"Decision {decision.number}: {decision.kind}{ground}"
            yield decision.decided_on, what, "decisions", decision.id


def _of_certificate(showing: Showing, about: Matter) -> Iterator[Row]:
    """What came since the grant: changes that were told and reviewed, surveillances that were monitored."""
    dossier, key = showing.dossier, about.application.id
    notices = {each.id: each for each in dossier.change_notices.values() if each.application == key}
    for notice in notices.values():
        yield notice.received_on, f"Change {notice.number} received: {notice.kind}", "change_notices", notice.id
    for looked in dossier.change_reviews.values():
        if looked.notice in notices:
            number = notices[looked.notice].number
            yield looked.reviewed_on, f"Change {number} reviewed: {looked.action}", "change_reviews", looked.id
    audits = {audit.id: audit.number for audit in about.audits(showing)}
    for seen in dossier.monitorings.values():
        if seen.audit in audits:
            word = "a decision is needed" if seen.decision_needed else "certification goes on"
            yield seen.monitored_on, f"{audits[seen.audit]} monitored: {word}", "monitorings", seen.id


def _of_audits(showing: Showing, about: Matter) -> Iterator[Row]:
    dossier = showing.dossier
    for audit in about.audits(showing):
        for declared in _of(showing, "declarations", audit.id):
            said = "a conflict" if declared.conflict else "no conflict"
            what = f"{showing.body.name(declared.person)} declared {said} for {audit.number}"
            yield declared.declared_on, what, "declarations", declared.id
        for meeting in _of(showing, "meetings", audit.id):
            yield meeting.held_on, f"{meeting.kind.capitalize()} meeting of {audit.number}", "meetings", meeting.id
        for table in ("stage1_conclusions", "conclusions"):
            for each in _of(showing, table, audit.id):
                yield each.concluded_on, f"Conclusion of {audit.number}", table, each.id
        for report in _of(showing, "reports", audit.id):
            what = f"Report {report.number} issued, revision {report.revision}"
            yield report.issued_on, what, "reports", report.id
        for finding in findings_recorded(audit.id, dossier):
            if finding.nonconformity:
                yield from _of_nonconformity(showing, finding.id, finding.number)


def _of_nonconformity(showing: Showing, key: str, number: str) -> Iterator[Row]:
    dossier = showing.dossier
    raised = dossier.findings[key]
    yield raised.recorded_on, f"{number} raised ({raised.grade})", "findings", key
    for longer in dossier.extensions.values():
        if longer.finding == key:
            yield longer.extended_on, f"{number}: time to answer extended to {longer.until}", "extensions", longer.id
    for answer in dossier.responses.values():
        if answer.finding == key:
            yield answer.received_on, f"{number}: response received from {answer.by}", "responses", answer.id
    for regraded in regradings_of(key, dossier):
        yield regraded.regraded_on, f"{number} regraded to {regraded.grade}", "regradings", regraded.id
        for notice in dossier.regrading_notices.values():
            if notice.regrading == regraded.id:
                yield notice.told_on, f"{number}: client told of the grade", "regrading_notices", notice.id
    for review in dossier.response_reviews.values():
        if review.finding == key:
            word = "accepted" if review.accepted else "sent back"
            yield review.reviewed_on, f"{number}: response {word}", "response_reviews", review.id
    for check in dossier.verifications.values():
        if check.finding == key:
            word = "verified" if check.implemented else "not found implemented"
            yield check.verified_on, f"{number}: implementation {word}", "verifications", check.id
    for effect in dossier.effectiveness.values():
        if effect.finding == key:
            word = "confirmed" if effect.effective else "not confirmed"
            yield effect.confirmed_on, f"{number}: effectiveness {word}", "effectiveness", effect.id


def _of(showing: Showing, table: str, audit: str) -> list[Any]:
    return [each for each in getattr(showing.dossier, table).values() if each.audit == audit]

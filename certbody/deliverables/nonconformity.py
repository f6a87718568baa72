"""Nonconformity report: one nonconformity from what was found to what its corrective action brought about.

It shows what is on record by the day of the document (ISO/IEC 17021-1:2015, 9.4.5, 9.4.9, 9.4.10); earlier answers that
were sent back stay in it, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from certbody.deliverables import audit_report_findings as shown
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.evidenced import evidence_rows, file_shown, numbered, photographs
from certbody.deliverables.pictures import Picture
from certbody.deliverables.provenance import fact
from certbody.domain.evidence import AuditEvidence
from certbody.domain.findings import Finding, as_graded
from certbody.domain.nonconformity import Response, ResponseReview, progress
from certbody.errors import BadData, NotFound

TITLE = "Nonconformity report"
NOTHING = "Nothing said."


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name. `showing.about` is the finding.

    Raises:
        NotFound: there is no such finding, or its audit is not on record.
        BadData: it is no nonconformity.
    """
    finding = _finding(showing)
    audit = showing.dossier.audits.get(finding.audit)
    if audit is None:
        raise NotFound(f"The audit of {finding.number} is not on record.", next="certbody verify")
    application = showing.dossier.applications.get(audit.application)
    every = numbered(audit.id, showing)
    known = _own(finding, every)
    standing = progress(finding, showing.dossier, showing.body, showing.on)
    answers = _answers(showing, finding)
    return {
        **common(showing, TITLE, finding.number),
        "audit": {
            "number": audit.number,
            "title": audit.title,
            "criteria": audit.criteria,
            "application": application.number if application else "",
        },
        "found": shown.nonconformity(
            showing, as_graded(finding, showing.dossier, showing.on), audit, showing.on, every
        ),
        "state": {"on": showing.on, "word": standing.stage.capitalize(), "disputed": standing.disputed},
        "evidence": evidence_rows(known, showing),
        "answers": answers,
        "verifications": _verifications(showing, finding),
        "confirmations": _confirmations(showing, finding),
        "history": _history(showing, finding),
        "auditor": _person(showing, finding.by),
    }


def number(showing: Showing) -> str:
    """The nonconformity's: `2026-014/AK-1`."""
    return _finding(showing).number


def pictures(showing: Showing) -> Mapping[str, Picture]:
    """Small copies of the photographs that show it."""
    finding = _finding(showing)
    return photographs(_own(finding, numbered(finding.audit, showing)), showing)


def _finding(showing: Showing) -> Finding:
    found = showing.dossier.findings.get(showing.about)
    if found is None:
        raise NotFound(f"There is no finding {showing.about or 'named'} to show.", next="certbody nc list")
    if not found.nonconformity:
        raise BadData(
            f"{found.number} is graded {found.grade}: it is no nonconformity.", next="name a minor or major one"
        )
    return found


def _own(finding: Finding, every: Mapping[str, AuditEvidence]) -> dict[str, AuditEvidence]:
    """The evidence that the finding names, under the numbers that it has in the audit report."""
    return {number: each for number, each in every.items() if each.id in finding.evidence_ids}


def _of(showing: Showing, table: str, day: str, finding: Finding) -> list[Any]:
    """The records of a table about the finding by the document's day, in the order in which they happened."""
    rows = getattr(showing.dossier, table).values()
    found = [each for each in rows if each.finding == finding.id and getattr(each, day) <= showing.on]
    return sorted(found, key=lambda each: (getattr(each, day), each.id))


def _answers(showing: Showing, finding: Finding) -> list[dict[str, Any]]:
    """Every answer of the client with its reviews; all but the last were replaced by a later one."""
    reviews = _of(showing, "response_reviews", "reviewed_on", finding)
    responses = _of(showing, "responses", "received_on", finding)
    return [
        {
            "heading": f"Answer {place} of {len(responses)}" if len(responses) > 1 else "Answer of the client",
            "replaced": place < len(responses),
            **_answer(each),
            "reviews": [_review(showing, review) for review in reviews if review.response == each.id],
        }
        for place, each in enumerate(responses, 1)
    ]


def _answer(each: Response) -> dict[str, Any]:
    return {
        "received": f"{each.received_on} from {each.by}",
        "extent": each.extent or NOTHING,
        "correction": each.correction or NOTHING,
        "corrected_on": each.correction_done_on,
        "cause": each.cause or NOTHING,
        "action": each.corrective_action or NOTHING,
        "owner": each.owner or NOTHING,
        "due": each.due_on,
        "done": each.done_on,
        "evidence": each.evidence,
        "files": [file_shown(file) for file in each.files],
    }


def _review(showing: Showing, review: ResponseReview) -> dict[str, str]:
    word = "Accepted" if review.accepted else "Sent back"
    return {"word": f"{word} on {review.reviewed_on} by {showing.body.name(review.by)}", "reason": review.reason}


def _verifications(showing: Showing, finding: Finding) -> list[dict[str, Any]]:
    return [
        {
            "on": each.verified_on,
            "by": showing.body.name(each.by),
            "means": str(each.means),
            "word": "Implemented" if each.implemented else "Not implemented",
            "fill": "E2F1E4" if each.implemented else "FADCDC",
            "evidence": each.evidence,
            "files": [file_shown(file) for file in each.files],
        }
        for each in _of(showing, "verifications", "verified_on", finding)
    ]


def _confirmations(showing: Showing, finding: Finding) -> list[dict[str, Any]]:
    audits = showing.dossier.audits
    return [
        {
            "on": each.confirmed_on,
            "by": showing.body.name(each.by),
            "audit": audits[each.audit].number if each.audit in audits else "",
            "word": "Effective" if each.effective else "Not effective",
            "fill": "E2F1E4" if each.effective else "FADCDC",
            "evidence": each.evidence,
        }
        for each in _of(showing, "effectiveness", "confirmed_on", finding)
    ]


def _history(showing: Showing, finding: Finding) -> list[dict[str, Any]]:
    """Each step with its four facts: when it happened, whose act it is, who entered it and how, when recorded."""
    steps = [(finding.recorded_on, f"Raised ({finding.grade})", "findings", finding.id)]
    for each in _of(showing, "acknowledgements", "on", finding):
        word = "Disputed" if each.disputed else "Acknowledged"
        steps.append((each.on, f"{word} by {each.by}", "acknowledgements", each.id))
    for each in _of(showing, "extensions", "extended_on", finding):
        steps.append((each.extended_on, f"Time to answer extended to {each.until}", "extensions", each.id))
    steps += _regradings(showing, finding)
    for each in _of(showing, "responses", "received_on", finding):
        steps.append((each.received_on, f"Answer received from {each.by}", "responses", each.id))
    for each in _of(showing, "response_reviews", "reviewed_on", finding):
        word = "accepted" if each.accepted else "sent back"
        steps.append((each.reviewed_on, f"Answer {word}", "response_reviews", each.id))
    for each in _of(showing, "verifications", "verified_on", finding):
        word = "verified" if each.implemented else "checked, not found"
        steps.append((each.verified_on, f"Implementation {word}", "verifications", each.id))
    for each in _of(showing, "effectiveness", "confirmed_on", finding):
        word = "confirmed" if each.effective else "not confirmed"
        steps.append((each.confirmed_on, f"Effectiveness {word}", "effectiveness", each.id))
    steps.sort(key=lambda step: step[0])
    return [fact(showing, what, day, table, key) for day, what, table, key in steps]


def _regradings(showing: Showing, finding: Finding) -> list[tuple[date, str, str, str]]:
    steps = []
    for each in _of(showing, "regradings", "regraded_on", finding):
        steps.append((each.regraded_on, f"Regraded to {each.grade}", "regradings", each.id))
        for notice in showing.dossier.regrading_notices.values():
            if notice.regrading == each.id and notice.told_on <= showing.on:
                said = f"Grade told to {notice.told_to or 'the client'}"
                steps.append((notice.told_on, said, "regrading_notices", notice.id))
    return steps


def _person(showing: Showing, key: str) -> dict[str, str]:
    person = showing.body.people.get(key)
    return {"name": person.name if person else key, "title": person.title if person else ""}


DELIVERABLE = Deliverable(
    kind="nonconformity",
    title=TITLE,
    template="nonconformity.docx",
    fields=fields,
    number=number,
    pictures=pictures,
)

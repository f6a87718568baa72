"""The rules on what follows a nonconformity: each step is complete, and follows the one before (rule 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.findings import graded
from certbody.domain.nonconformity import Effectiveness, Response, ResponseReview, Verification, progress
from certbody.domain.objection import Said, rule

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier
    from certbody.domain.findings import Finding

_LONE_CAUSE = re.compile(r"human error|not aware|unaware|lack of (?:training|awareness)|training given", re.IGNORECASE)


def _finding(record: Response | ResponseReview | Verification | Effectiveness, dossier: Dossier) -> Finding | None:
    return dossier.findings.get(record.finding)


@rule(19, "B", "ISO/IEC 17021-1:2015, 9.4.9", of="responses", reads="findings regradings")
def a_response_is_complete(response: Response, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A response gives extent, correction, cause and corrective action with owner and date (9.4.9)."""
    finding = _finding(response, dossier)
    if finding is None or not graded(finding, dossier, response.received_on).nonconformity:
        yield (
            f"{finding.number if finding else response.finding} is no nonconformity; nothing is to be answered.",
            "name a nonconformity; opportunities and strengths need no answer",
        )
        return
    if response.received_on < finding.recorded_on:
        yield (
            f"{finding.number} was recorded on {finding.recorded_on}; an answer cannot have come on "
            f"{response.received_on}.",
            "give the day on which it came with --on",
        )
    missing = [
        words
        for words, said in (
            ("extent", response.extent),
            ("correction", response.correction),
            ("cause", response.cause),
            ("corrective action", response.corrective_action),
            ("owner", response.owner),
        )
        if not said.strip()
    ]
    if response.due_on is None and response.done_on is None:
        missing.append("a date by which the corrective action is done")
    if missing:
        yield (f"The response to {finding.number} lacks {', '.join(missing)}.", "ask the client to complete the form")
    if _LONE_CAUSE.search(response.cause) and len(response.cause) < 120:
        yield (
            f"The cause given for {finding.number} (‘{response.cause.strip()}’) rarely is the whole cause.",
            "ask what made it possible, and why it was not found earlier",
            "W",
        )
    if response.correction.strip() and response.correction.strip() == response.corrective_action.strip():
        yield (
            f"Correction and corrective action for {finding.number} are the same text.",
            "the correction mends this case; the corrective action removes its cause",
            "W",
        )


@rule(19, "B", "ISO/IEC 17021-1:2015, 9.4.10", of="response_reviews", reads="responses findings")
def a_review_is_of_a_response(review: ResponseReview, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A response is reviewed after it came, and the reviewer did not write it (9.4.10)."""
    response = dossier.responses.get(review.response)
    finding = _finding(review, dossier)
    if response is None or finding is None or response.finding != review.finding:
        yield ("There is no response to review.", "certbody nc respond FINDING")
    elif review.reviewed_on < response.received_on:
        yield (
            f"The response to {finding.number} came on {response.received_on}; "
            f"it cannot be reviewed on {review.reviewed_on}.",
            "give the day on which it was reviewed",
        )


@rule(
    19,
    "B",
    "ISO/IEC 17021-1:2015, 9.4.10, 9.5.2",
    of="verifications",
    reads="findings regradings response_reviews responses",
)
def verification_follows_acceptance(check: Verification, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Implementation is verified once correction and corrective action were reviewed and accepted (9.5.2)."""
    finding = _finding(check, dossier)
    if finding is None or not graded(finding, dossier, check.verified_on).nonconformity:
        yield (
            f"{finding.number if finding else check.finding} is no nonconformity; nothing is to be verified.",
            "name a nonconformity",
        )
        return
    if check.implemented and not progress(finding, dossier, body, check.verified_on).accepted:
        yield (
            f"{finding.number}: no response is accepted on {check.verified_on}, so nothing can be verified yet.",
            f"certbody nc review {finding.number} --accept",
        )


@rule(19, "B", "ISO/IEC 17021-1:2015, 9.4.10", of="effectiveness", reads="findings verifications responses")
def effectiveness_follows_implementation(
    check: Effectiveness, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Effectiveness is confirmed after implementation was verified; they are two facts (9.4.10)."""
    finding = _finding(check, dossier)
    if finding is None:
        yield (f"There is no nonconformity {check.finding}.", "name a nonconformity")
    elif check.effective and not progress(finding, dossier, body, check.confirmed_on).implemented:
        yield (
            f"{finding.number}: implementation is not verified on {check.confirmed_on}.",
            f"certbody nc verify {finding.number}",
        )

"""What follows a nonconformity: correction, cause, corrective action, implementation verified, effectiveness confirmed.

Each step is a dated fact of its own; how far a nonconformity has come on a day is read from them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from certbody.domain import text
from certbody.domain.evidence import EvidenceFile
from certbody.domain.extension import Extension, due_on, extensions_of
from certbody.domain.findings import as_graded
from certbody.domain.regrading import Regrading, regradings_of

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier
    from certbody.domain.findings import Finding


class Means(StrEnum):
    """How implementation is verified."""

    DOCUMENT = "document"
    REMOTE = "remote"
    ON_SITE = "on site"


@attrs.frozen(kw_only=True)
class Acknowledgement:
    """The client's word on a nonconformity at the closing meeting: taken note of, or disputed."""

    id: str = text.number()
    finding: str = text.number()
    on: date
    by: str = text.name()
    disputed: bool = False
    remark: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class Response:
    """The client's answer (ISO/IEC 17021-1:2015, 9.4.9): a later one replaces an earlier.

    Attributes:
        extent: where else the same holds: other sites, services, past cases.
        correction: what was done about this case; corrective_action: what removes the cause.
        due_on: when the corrective action is planned to be done; done_on: when it was.
    """

    id: str = text.number()
    finding: str = text.number()
    received_on: date
    by: str = text.name()
    extent: str = text.prose(default="")
    correction: str = text.prose(default="")
    correction_done_on: date | None = None
    cause: str = text.prose(default="")
    corrective_action: str = text.prose(default="")
    owner: str = text.name(default="")
    due_on: date | None = attrs.field(default=None, metadata={"planned": True})
    done_on: date | None = None
    evidence: str = text.prose(default="")
    files: tuple[EvidenceFile, ...] = ()
    form: str = text.number(default="")


@attrs.frozen(kw_only=True)
class ResponseReview:
    """The body's review of a response: accepted, or back to the client with a reason (9.4.10, 9.5.2)."""

    id: str = text.number()
    finding: str = text.number()
    response: str = text.number()
    reviewed_on: date
    by: str = text.number()
    accepted: bool
    reason: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class Verification:
    """Whether the correction and corrective action were found implemented (9.5.2, 9.5.3.2)."""

    id: str = text.number()
    finding: str = text.number()
    verified_on: date
    by: str = text.number()
    means: Means = Means.DOCUMENT
    implemented: bool
    evidence: str = text.prose(required=True)
    files: tuple[EvidenceFile, ...] = ()


@attrs.frozen(kw_only=True)
class Effectiveness:
    """Whether the corrective action removed the cause; often seen only at the next audit (9.4.10)."""

    id: str = text.number()
    finding: str = text.number()
    confirmed_on: date
    by: str = text.number()
    audit: str = text.number(default="")
    effective: bool
    evidence: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class Progress:
    """How far a nonconformity has come on a day. Empty where a step is still to come.

    Attributes:
        finding: as graded on that day; `regradings` say how it came to it.
        due_on: the last day to answer, as given or as last extended; `extensions` say by whom and why.
    """

    finding: Finding
    due_on: date | None
    regradings: tuple[Regrading, ...] = ()
    extensions: tuple[Extension, ...] = ()
    disputed: bool
    response: Response | None
    review: ResponseReview | None
    verification: Verification | None
    effectiveness: Effectiveness | None
    on: date

    @property
    def accepted(self) -> bool:
        """Whether the newest response was accepted."""
        return self.review is not None and self.review.accepted

    @property
    def implemented(self) -> bool:
        """Whether implementation was verified."""
        return self.verification is not None and self.verification.implemented

    @property
    def stage(self) -> str:
        """What it waits for, in the words of the form."""
        if not self.finding.nonconformity:
            return "no nonconformity after all"
        if self.effectiveness is not None and self.effectiveness.effective:
            return "effectiveness confirmed"
        if self.implemented:
            return "implementation verified"
        if self.accepted:
            return "response accepted"
        if self.review is not None:
            return "response rejected"
        if self.response is not None:
            return "response to be reviewed"
        return "response overdue" if self.due_on and self.on > self.due_on else "response awaited"

    @property
    def next_step(self) -> str:
        """The command that takes it further; empty where nothing is left to do."""
        commands = {
            "implementation verified": "certbody nc confirm",
            "response accepted": "certbody nc verify",
            "response to be reviewed": "certbody nc review",
            "effectiveness confirmed": "",
            "no nonconformity after all": "",
        }
        command = commands.get(self.stage, "certbody nc respond")
        return f"{command} {self.finding.number}".strip() if command else ""


def progress(finding: Finding, dossier: Dossier, body: Body, on: date) -> Progress:
    """The steps taken for a nonconformity by a day, the newest of each kind.

    A review counts only for the newest response, and a verification only after that response was accepted.
    """

    def newest(table: str, day: str) -> list[Any]:
        rows = getattr(dossier, table).values()
        found = [each for each in rows if each.finding == finding.id and getattr(each, day) <= on]
        return sorted(found, key=lambda each: (getattr(each, day), each.id))

    responses = newest("responses", "received_on")
    response = responses[-1] if responses else None
    reviews = [
        each for each in newest("response_reviews", "reviewed_on") if each.response == getattr(response, "id", None)
    ]
    review = reviews[-1] if reviews else None
    checks = newest("verifications", "verified_on") if review and review.accepted else []
    checks = [each for each in checks if response and each.verified_on >= response.received_on]
    confirmations = newest("effectiveness", "confirmed_on")
    disputes = [each for each in dossier.acknowledgements.values() if each.finding == finding.id and each.on <= on]
    return Progress(
        finding=as_graded(finding, dossier, on),
        due_on=due_on(finding, dossier, body, on),
        regradings=tuple(regradings_of(finding.id, dossier, on)),
        extensions=tuple(extensions_of(finding.id, dossier, on)),
        disputed=any(each.disputed for each in disputes),
        response=response,
        review=review,
        verification=checks[-1] if checks else None,
        effectiveness=confirmations[-1] if confirmations else None,
        on=on,
    )

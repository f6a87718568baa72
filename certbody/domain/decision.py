"""Review, then decision: by people who were not on the audit, on a complete file."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.audit import closed_on
from certbody.domain.findings import Grade, findings_of
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.audit import Audit
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


class Ground(StrEnum):
    """On what a suspension, withdrawal or reduction rests (ISO/IEC 17021-1:2015, 9.6.5, 8.3, 8.5.3)."""

    FAILURE = "persistent or serious failure to fulfil the requirements"
    AUDIT = "audit not made possible in time"
    REQUEST = "request of the client"
    MISUSE = "misuse of the certificate or the marks"
    CHANGE = "change that was not notified"
    AGREEMENT = "agreement not kept"
    IMPARTIALITY = "impartiality at risk"
    UNRESOLVED = "cause of the suspension not removed"


ADVERSE = frozenset({Kind.SUSPEND, Kind.REDUCE, Kind.WITHDRAW})
"""Decisions that take something from the client: each names its ground."""

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
        ground: what a suspension, withdrawal or reduction rests on; None for every other kind.
        scope, sites: what is certified from then on, where the decision says it; the sites by their ids.
        certificate: number of the certificate it is about; empty where it is refused or first granted.
        change: id of the change notice that it answers, if any.
        effective_on: from when it has effect; never before `decided_on`.
        until: of a suspension, the last day by which its cause is to be removed.
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
    ground: Ground | None = None
    scope: str = text.prose(default="")
    sites: tuple[str, ...] = ()
    certificate: str = text.number(default="")
    change: str = text.number(default="")
    effective_on: date | None = attrs.field(default=None, metadata={"planned": True})
    until: date | None = attrs.field(default=None, metadata={"planned": True})

    @property
    def begins_on(self) -> date:
        """The first day on which it has effect."""
        return self.effective_on or self.decided_on

    @property
    def deciders(self) -> tuple[str, ...]:
        """Everybody who took part in the decision."""
        return tuple(dict.fromkeys((self.by, *self.members)))


@attrs.frozen(kw_only=True)
class Annulment:
    """An adverse decision annulled because it rested on a clerical error, such as a wrong number (rule 46).

    From `annulled_on` the certificate stands as if the decision had not been taken; the days before stay as they were.
    """

    id: str = text.number()
    decision: str = text.number()
    annulled_on: date
    by: str = text.number()
    reason: str = text.prose(required=True)


def in_force(dossier: Dossier, on: date) -> list[CertificationDecision]:
    """The decisions that have effect on a day, those annulled by then left out, in the order of their effects."""
    annulled = {each.decision for each in dossier.annulments.values() if each.annulled_on <= on}
    found = [each for each in dossier.decisions.values() if each.begins_on <= on and each.id not in annulled]
    return sorted(found, key=lambda each: (each.begins_on, each.decided_on, each.id))


def rests_on(decision: CertificationDecision | Review, dossier: Dossier) -> list[Audit]:
    """The audits that a decision rests on: those of its application that had begun, by plan or by their opening.

    A renewal rests on the newest recertification audit that was opened, and on what followed it; earlier
    surveillance does not count. A later decision rests on the audits of its cycle: a suspension takes back what they
    gave, whatever its ground.
    """
    day = decision.decided_on if isinstance(decision, CertificationDecision) else decision.reviewed_on
    kind = decision.kind if isinstance(decision, CertificationDecision) else decision.recommendation
    opened = {each.audit for each in dossier.meetings.values() if each.held_on <= day}
    found = [
        audit
        for audit in dossier.audits.values()
        if audit.application == decision.application and (audit.starts_on <= day or audit.id in opened)
    ]
    renewed = [
        each.decided_on
        for each in dossier.decisions.values()
        if each.kind is Kind.RENEW and each.application == decision.application and each.id < decision.id
    ]
    before = day if kind is Kind.RENEW else max(renewed, default=None)
    renewing = [
        each.starts_on
        for each in found
        if before and each.kind is AuditType.RECERTIFICATION and each.id in opened and each.starts_on <= before
    ]
    return [audit for audit in found if not renewing or audit.starts_on >= max(renewing)]


def last_stage2_day(application: str, dossier: Dossier) -> date | None:
    """The last day of the newest stage 2 for an application; None until one has closed."""
    days = [
        closed_on(audit.id, dossier)
        for audit in dossier.audits.values()
        if audit.application == application and audit.kind is AuditType.INITIAL and audit.stage == 2
    ]
    return max((day for day in days if day), default=None)


def nonconformities(application: str, dossier: Dossier, on: date = date.max) -> list[Finding]:
    """Every nonconformity that audits of an application raised by a day, as graded on it (default: now), gravest first.

    What a later audit raises says nothing against a decision that was taken before.
    """
    audits = [each for each in dossier.audits.values() if each.application == application]
    every = (finding for audit in audits for finding in findings_of(audit.id, dossier, on))
    found = [finding for finding in every if finding.nonconformity and finding.recorded_on <= on]
    return sorted(found, key=lambda finding: finding.grade is Grade.MINOR)

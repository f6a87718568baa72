"""By when a nonconformity is answered: the day given at the closing meeting, its extensions, and what limits them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.audit import MeetingKind, meeting_of
from certbody.domain.certificate import Status, last_day, standing
from certbody.domain.decision import last_stage2_day
from certbody.domain.findings import Grade, graded
from certbody.domain.periods import implementation_limit
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier
    from certbody.domain.findings import Finding


@attrs.frozen(kw_only=True)
class Extension:
    """More time to answer a nonconformity, approved by a named person with the reason.

    Attributes:
        until: the new last day; never past the limits of `limit`.
        by: who approved it; nobody who was on the audit.
    """

    id: str = text.number()
    finding: str = text.number()
    extended_on: date
    until: date = attrs.field(metadata={"planned": True})
    by: str = text.number()
    reason: str = text.prose(required=True)


def answers_due_on(audit: str, dossier: Dossier, body: Body) -> date | None:
    """The day by which nonconformities of an audit are answered, as the closing meeting gave it; None before it."""
    closing = meeting_of(audit, MeetingKind.CLOSING, dossier)
    if closing is None:
        return None
    return closing.answers_due_on or closing.held_on + timedelta(days=body.policy.response_days)


def extensions_of(finding: str, dossier: Dossier, on: date = date.max) -> list[Extension]:
    """The extensions for a nonconformity by a day, oldest first."""
    found = (each for each in dossier.extensions.values() if each.finding == finding and each.extended_on <= on)
    return sorted(found, key=lambda each: (each.extended_on, each.id))


def limit(finding: Finding, dossier: Dossier, on: date) -> tuple[date, str] | None:
    """The last day to which the time to answer may be extended, as it stands on a day, and why; None: no limit.

    A major of an initial audit has six months from the last day of stage 2 (ISO/IEC 17021-1:2015, 9.5.3.2); whatever
    the grade, nothing waits beyond the end of the certificate in force (9.6.3.2).
    """
    audit = dossier.audits.get(finding.audit)
    if audit is None:
        return None
    found: list[tuple[date, str]] = []
    initial = audit.kind is AuditType.INITIAL and audit.stage == 2
    last = last_stage2_day(audit.application, dossier)
    if initial and last and graded(finding, dossier, on) is Grade.MAJOR:
        found.append((implementation_limit(last), f"six months after the last day of stage 2 ({last})"))
    for number in {each.number for each in dossier.certificates.values()}:
        held = standing(number, dossier, on)
        if held.certificate is None or held.status not in (Status.VALID, Status.SUSPENDED):
            continue
        application = dossier.applications.get(held.certificate.application)
        if application is None or application.standard == audit.standard:
            ends = last_day(held.certificate, dossier)
            found.append((ends - timedelta(days=1), f"{number} ends on {ends}"))
    return min(found, default=None)


def due_on(finding: Finding, dossier: Dossier, body: Body, on: date) -> date | None:
    """The last day to answer a nonconformity, as it stands on a day: of the newest extension, within its limit.

    The limit may have come nearer since an extension, as when a minor was regraded to a major.
    """
    extended = extensions_of(finding.id, dossier, on)
    if not extended:
        return answers_due_on(finding.audit, dossier, body)
    limited = limit(finding, dossier, on)
    return min(extended[-1].until, limited[0]) if limited else extended[-1].until

"""Surveillance: by when it is due, whether it took place, and what keeps certification going without a decision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.audit import closed_on
from certbody.domain.certificate import began_cycle, last_day, newest
from certbody.domain.periods import first_surveillance_by
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.audit import Audit
    from certbody.domain.body import Policies
    from certbody.domain.dossier import Dossier


@attrs.frozen(kw_only=True)
class Monitoring:
    """The body's own look at a surveillance and its report, by somebody who was not there (9.6.1).

    Attributes:
        decision_needed: whether people who did not audit have to decide; otherwise certification goes on as it is.
    """

    id: str = text.number()
    audit: str = text.number()
    monitored_on: date
    by: str = text.number()
    decision_needed: bool = False
    remark: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class Due:
    """An audit that a cycle asks for, with the last day on which it is in time.

    Attributes:
        kind: surveillance or recertification.
        from_day: from when an audit counts for it; not_after: the last day in time.
        audit, held_on: number and last day of the audit held for it; empty and None while none is.
        planned, planned_for: number and first day of the audit planned for it; empty and None while none is.
    """

    kind: AuditType
    from_day: date
    not_after: date
    audit: str = ""
    held_on: date | None = None
    planned: str = ""
    planned_for: date | None = None

    def overdue(self, on: date) -> bool:
        """Whether its last day has passed and no audit was held for it."""
        return self.held_on is None and on > self.not_after

    def days_left(self, on: date) -> int:
        """Days until its last day; negative when that has passed."""
        return (self.not_after - on).days

    def reminder(self, policy: Policies, on: date) -> int:
        """The how-manieth reminder of it a day is past, by the body's policy; 0 before the first, or once held."""
        if self.held_on is not None:
            return 0
        return sum(self.days_left(on) <= before for before in policy.surveillance_notice_days)


def due_of(number: str, dossier: Dossier, on: date) -> list[Due]:
    """The audits that the cycle of a certificate asks for, as they stood on a day (9.1.3.2, 9.1.3.3).

    The first surveillance is due not more than 12 months after the decision that began the cycle; after it, one in
    each calendar year but that of recertification: the year of expiry, or of an earlier recertification audit. An
    audit that comes late counts for the earliest that was still owed, and for no other. The recertification is due
    on the last day of validity. Empty where there is no such certificate yet.
    """
    certificate = newest(number, dossier, on)
    decision = began_cycle(certificate, dossier, on) if certificate else None
    if certificate is None or decision is None:
        return []
    begun, ends = decision.decided_on, last_day(certificate, dossier)
    audits = [each for each in dossier.audits.values() if each.application == certificate.application]
    again = [each for each in audits if each.kind is AuditType.RECERTIFICATION and each.starts_on > begun]
    held, planned = _held(audits, AuditType.SURVEILLANCE, dossier, begun, on)
    found: list[Due] = []
    if (by := first_surveillance_by(begun)) <= ends:
        found.append(_due(AuditType.SURVEILLANCE, begun, by, held, planned))
    for year in range(begun.year + 1, min([ends.year, *(each.starts_on.year for each in again)])):
        first = found[0].held_on if found else None
        if year == begun.year + 1 and not (first and first.year == begun.year):
            continue  # the first surveillance is that of its calendar year, too
        found.append(_due(AuditType.SURVEILLANCE, date(year, 1, 1), date(year, 12, 31), held, planned))
    renewing = _held(audits, AuditType.RECERTIFICATION, dossier, begun, on)
    return [*found, _due(AuditType.RECERTIFICATION, begun, ends, *renewing)]


def overdue(number: str, dossier: Dossier, on: date) -> list[Due]:
    """The surveillance audits of a certificate that are overdue on a day: ground for a suspension (9.6.5.2)."""
    found = due_of(number, dossier, on)
    return [each for each in found if each.kind is AuditType.SURVEILLANCE and each.overdue(on)]


_Days = list[tuple[date, str]]


def _held(audits: list[Audit], kind: AuditType, dossier: Dossier, begun: date, on: date) -> tuple[_Days, _Days]:
    """The audits of a kind after the cycle began, as days and numbers: those held by a day, those planned."""
    held: _Days = []
    planned: _Days = []
    for audit in audits:
        if audit.kind is not kind:
            continue
        closed = closed_on(audit.id, dossier)
        if closed and begun < closed <= on:
            held.append((closed, audit.number))
        elif (closed is None or closed > on) and audit.starts_on > begun:
            planned.append((audit.starts_on, audit.number))
    return sorted(held), sorted(planned)


def _due(kind: AuditType, from_day: date, not_after: date, held: _Days, planned: _Days) -> Due:
    """A due audit with the first that was held for it, else planned; which then counts for no other."""
    made = Due(kind=kind, from_day=from_day, not_after=not_after)
    for days in (held, planned):
        taken = next((pair for pair in days if pair[0] >= from_day), None)
        if taken is None:
            continue
        days.remove(taken)
        if days is held:
            return attrs.evolve(made, held_on=taken[0], audit=taken[1])
        return attrs.evolve(made, planned_for=taken[0], planned=taken[1])
    return made

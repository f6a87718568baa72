"""What falls due and is not planned, or planned too late: by the cycle of each certificate and by the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import attrs

from certbody.deliverables.planned_days import Window
from certbody.domain.application import Application
from certbody.domain.certificate import Status, standing
from certbody.domain.decision import Kind
from certbody.domain.dossier import Dossier
from certbody.domain.programme import AuditProgramme, PlannedAudit
from certbody.domain.standard import AuditType
from certbody.domain.surveillance import Due, due_of


@attrs.frozen(kw_only=True)
class Gap:
    """An audit that is due by a day and not planned in time.

    Attributes:
        what: `surveillance 1` and the like. not_after: the last day in time; of an initial audit, the day that the
            programme has for it.
        days: auditor-days, by the programme; None where it does not say. in_programme: the day it has for it.
        planned, planned_for: number and first day of the audit that is planned too late; empty where none is.
    """

    client: str
    name: str
    certificate: str
    application: str
    standard: str
    what: str
    not_after: date
    days: Decimal | None
    sites: int | None
    in_programme: date | None = None
    planned: str = ""
    planned_for: date | None = None

    def overdue(self, on: date) -> bool:
        """Whether its day has passed."""
        return on > self.not_after


def gaps(dossier: Dossier, window: Window, on: date) -> Iterator[Gap]:
    """What a client's certificates and programmes ask for until the window's end, and nobody has planned in time.

    A certificate that is withdrawn or has expired asks for nothing. What is overdue from before the window is in it.
    """
    for application in dossier.applications.values():
        programme = _programme(application, dossier, on)
        issued = [each for each in dossier.certificates.values() if each.application == application.id]
        for number in dict.fromkeys(each.number for each in issued if each.issued_on <= on):
            if standing(number, dossier, on).status in (Status.VALID, Status.SUSPENDED):
                yield from _of_certificate(number, application, programme, dossier, window, on)
        yield from _initial(application, programme, dossier, window, on)


def _of_certificate(
    number: str, application: Application, programme: AuditProgramme | None, dossier: Dossier, window: Window, on: date
) -> Iterator[Gap]:
    year = 0
    for due in due_of(number, dossier, on):
        year += due.kind is AuditType.SURVEILLANCE
        late = due.planned_for is not None and due.planned_for > due.not_after
        if due.held_on or due.not_after > window.end or (due.planned and not late):
            continue
        entry = _entry(programme, due.kind, year)
        yield _gap(application, dossier, entry, certificate=number, what=_what(due, year), due=due)


def _what(due: Due, year: int) -> str:
    return f"surveillance {year}" if due.kind is AuditType.SURVEILLANCE else str(due.kind)


def _initial(
    application: Application, programme: AuditProgramme | None, dossier: Dossier, window: Window, on: date
) -> Iterator[Gap]:
    """Stages for which the programme has a day, and nobody has set up an audit."""
    decided = any(
        each.application == application.id and each.kind in (Kind.GRANT, Kind.REFUSE) and each.decided_on <= on
        for each in dossier.decisions.values()
    )
    there = {each.stage for each in dossier.audits.values() if each.application == application.id}
    for entry in programme.planned if programme and not decided else ():
        day = entry.planned_for
        if entry.kind is AuditType.INITIAL and day and day <= window.end and entry.stage not in there:
            due = Due(kind=entry.kind, from_day=day, not_after=day)
            yield _gap(application, dossier, entry, certificate="", what=entry.title, due=due)


def _gap(
    application: Application,
    dossier: Dossier,
    entry: PlannedAudit | None,
    *,
    certificate: str,
    what: str,
    due: Due,
) -> Gap:
    return Gap(
        client=dossier.journal,
        name=dossier.client.name if dossier.client else dossier.journal,
        certificate=certificate,
        application=application.number,
        standard=application.basis.title,
        what=what,
        not_after=due.not_after,
        days=entry.days if entry else None,
        sites=len(entry.sites) or None if entry else None,
        in_programme=entry.planned_for if entry else None,
        planned=due.planned,
        planned_for=due.planned_for,
    )


def _programme(application: Application, dossier: Dossier, on: date) -> AuditProgramme | None:
    """The newest programme of an application by a day."""
    made = [each for each in dossier.programmes.values() if each.application == application.id and each.made_on <= on]
    return max(made, key=lambda each: (each.made_on, each.id), default=None)


def _entry(programme: AuditProgramme | None, kind: AuditType, year: int) -> PlannedAudit | None:
    """What the programme has for an audit; for a surveillance beyond its years, the last one it has."""
    found = [each for each in (programme.planned if programme else ()) if each.kind is kind]
    if kind is not AuditType.SURVEILLANCE:
        return found[0] if found else None
    return next((each for each in found if each.year == year), found[-1] if found else None)

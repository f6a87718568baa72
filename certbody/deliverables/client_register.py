"""The register of clients on a day: who each is, how far it has come, what it holds, and what is due next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from certbody.deliverables.certificate_register import TONES
from certbody.deliverables.rows import Cell, Column, Form, Listing, Marked, Tone
from certbody.domain.application import Application, ApplicationReview, agreed_on
from certbody.domain.audit import Audit, MeetingKind, closed_on, meeting_of
from certbody.domain.certificate import Standing, Status, last_day, standing
from certbody.domain.decision import Kind
from certbody.domain.dossier import Dossier
from certbody.domain.standard import AuditType
from certbody.domain.surveillance import due_of

KIND, TITLE = "client-register", "Register of clients"
READS = (
    *("clients", "applications", "application_reviews", "agreements", "audits", "meetings"),
    *("decisions", "annulments", "certificates"),
)
"""The tables that the register looks at."""

_COLUMNS = (
    Column(key="number", heading="Client no.", width=9, bold=True, spoken=True),
    Column(key="client", heading="Client", width=23, spoken=True),
    Column(key="city", heading="City", width=13),
    Column(key="country", heading="Country", width=12, spoken=True),
    Column(key="application", heading="Application", width=12.5),
    Column(key="standard", heading="Standard", width=15.5, spoken=True),
    Column(key="scope", heading="Scope", width=36),
    Column(key="state", heading="Application is", width=14, spoken=True),
    Column(key="certificate", heading="Certificate", width=14.5, bold=True, spoken=True),
    Column(key="status", heading="Status", width=11, bold=True, spoken=True),
    Column(key="since", heading="Status since", width=10.5, form=Form.DATE),
    Column(key="expires_on", heading="Expires", width=10.5, form=Form.DATE, spoken=True),
    Column(key="next_audit", heading="Next audit", width=15, spoken=True),
    Column(key="due_by", heading="Due by", width=10.5, form=Form.DATE, spoken=True),
    Column(key="planned_for", heading="Planned for", width=10.5, form=Form.DATE),
)
_Next = tuple[str, Cell, date | None]
"""The next audit: what it is, the last day in time, and the day for which it is planned."""


def listings(dossiers: Iterable[Dossier], on: date) -> tuple[Listing, ...]:
    """Every client that had applied by a day, by number, with a row for each application and certificate."""
    rows = [row for dossier in dossiers for row in _rows(dossier, on)]
    hint = "Internal. A row for each application; what was received later than this day is not in it."
    return (
        Listing(
            key="clients",
            title="Clients",
            hint=hint,
            columns=_COLUMNS,
            rows=rows,
            empty=f"No clients on {on}.",
            frozen=2,
        ),
    )


def _rows(dossier: Dossier, on: date) -> Iterator[tuple[Cell, ...]]:
    client = dossier.client
    if client is None:
        return
    who = (dossier.journal, client.name, client.city, client.country)
    received = sorted(
        (each for each in dossier.applications.values() if each.received_on <= on),
        key=lambda each: (each.received_on, each.number),
    )
    if not dossier.applications:  # a client without any: somebody brought it over from elsewhere
        yield (*who, *(None,) * (len(_COLUMNS) - len(who)))
    for application in received:
        issued = (each for each in dossier.certificates.values() if each.issued_on <= on)
        numbers = sorted({each.number for each in issued if each.application == application.id})
        for number in numbers or [""]:
            stands = standing(number, dossier, on) if number else None
            audit, due, planned = next_audit(application, stands, dossier, on)
            yield (
                *who,
                application.number,
                application.basis.title,
                (stands.scope if stands else "") or application.scope,
                state(application, dossier, on),
                number or None,
                Marked(str(stands.status), TONES[stands.status]) if stands else None,
                stands.since if stands else None,
                last_day(stands.certificate, dossier) if stands and stands.certificate else None,
                audit or None,
                due,
                planned,
            )


def state(application: Application, dossier: Dossier, on: date) -> str:
    """How far an application has come by a day: the last of its steps from receipt to decision."""
    decided = [
        each.kind
        for each in sorted(dossier.decisions.values(), key=lambda each: (each.decided_on, each.id))
        if each.application == application.id and each.decided_on <= on and each.kind in (Kind.GRANT, Kind.REFUSE)
    ]
    if decided:
        return "granted" if decided[-1] is Kind.GRANT else "refused"
    initial = [each for each in _audits(application, dossier) if each.kind is AuditType.INITIAL]
    closed = {each.stage for each in initial if (day := closed_on(each.id, dossier)) and day <= on}
    opened = {each.stage for each in initial if _opened(each, dossier, on)}
    for stage in (2, 1):
        if stage in closed:
            return f"stage {stage} done"
        if stage in opened:
            return f"in stage {stage}"
    if (agreed := agreed_on(application.id, dossier)) and agreed <= on:
        return "agreement signed"
    review = _review(application, dossier, on)
    return "received" if review is None else str(review.outcome)


def _review(application: Application, dossier: Dossier, on: date) -> ApplicationReview | None:
    """The newest review of an application by a day; a later one replaces an earlier one."""
    found = [
        each
        for each in dossier.application_reviews.values()
        if each.application == application.id and each.reviewed_on <= on
    ]
    return max(found, key=lambda each: (each.reviewed_on, each.id), default=None)


def _audits(application: Application, dossier: Dossier) -> list[Audit]:
    return [each for each in dossier.audits.values() if each.application == application.id]


def _opened(audit: Audit, dossier: Dossier, on: date) -> bool:
    meeting = meeting_of(audit.id, MeetingKind.OPENING, dossier)
    return meeting is not None and meeting.held_on <= on


def next_audit(application: Application, stands: Standing | None, dossier: Dossier, on: date) -> _Next:
    """The audit that is due next under a certificate, or planned next for who has none yet.

    Nothing is due of what was withdrawn or has expired.
    """
    if stands is not None and stands.status in (Status.WITHDRAWN, Status.EXPIRED):
        return "", None, None
    if stands is not None and stands.certificate is not None:
        for due in sorted(due_of(stands.number, dossier, on), key=lambda each: each.not_after):
            if due.held_on is None:
                late = due.overdue(on)
                said = f"{due.kind}{', overdue' if late else ''}"
                return said, Marked(due.not_after, Tone.BAD) if late else due.not_after, due.planned_for
        return "", None, None
    ahead = [
        each
        for each in _audits(application, dossier)
        if not ((day := closed_on(each.id, dossier)) and day <= on) and each.ends_on >= on
    ]
    first = min(ahead, key=lambda each: (each.starts_on, each.number), default=None)
    return (first.title, None, first.starts_on) if first else ("", None, None)

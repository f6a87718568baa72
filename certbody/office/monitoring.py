"""Surveillance in the office: reports monitored, and what falls due over all certificates."""

from __future__ import annotations

from datetime import date

import attrs

from certbody.domain.certificate import Standing, Status, standing
from certbody.domain.surveillance import Due, Monitoring, due_of
from certbody.office.across import dossiers
from certbody.office.audits import find_audit
from certbody.office.certificates import READ_FOR_STATUS
from certbody.office.hand import Hand
from certbody.office.office import Office


@attrs.frozen(kw_only=True)
class Waiting:
    """A certificate that somebody has to do something about, why, and the next step."""

    client: str
    standing: Standing
    due: Due | None
    what: str
    next: str


def monitor(
    office: Office, number: str, *, remark: str, decision_needed: bool, on: date, hand: Hand, why: str = ""
) -> Monitoring:
    """Put on record that somebody who was not there looked at a surveillance and its report (9.6.1)."""
    journal, audit = find_audit(office, number)
    made = Monitoring(
        id=office.make_id(),
        audit=audit.id,
        monitored_on=on,
        by=hand.by,
        decision_needed=decision_needed,
        remark=remark,
    )
    office.record(journal, "surveillance monitored", {"monitorings": [made]}, hand=hand, why=why)
    return made


def waiting(office: Office, on: date, *, all_due: bool = False) -> list[Waiting]:
    """What falls due for certificates on a day, the most pressing first (9.1.3.3, 9.6.5).

    A surveillance or recertification is named from the first reminder of the body's policy on, or always with
    `all_due`; an overdue surveillance of a valid certificate proposes its suspension; a suspension whose last day has
    passed waits for a decision.
    """
    found: list[tuple[date, Waiting]] = []
    held_ones = (
        (standing(number, dossier, on), dossier)
        for dossier in dossiers(office, (*READ_FOR_STATUS, "audits", "meetings"))
        for number in {each.number for each in dossier.certificates.values()}
    )
    for held, dossier in held_ones:
        number, journal = held.number, dossier.journal
        if held.status is Status.SUSPENDED and held.suspended_until and on > held.suspended_until:
            what = f"suspended since {held.since}; its cause was to be removed by {held.suspended_until}"
            step = f"certbody decide withdraw {number}, reduce, or restore"
            found.append((held.suspended_until, Waiting(client=journal, standing=held, due=None, what=what, next=step)))
        if held.status not in (Status.VALID, Status.SUSPENDED) or held.certificate is None:
            continue
        application = dossier.applications[held.certificate.application].number
        for due in due_of(number, dossier, on):
            reminder = due.reminder(office.body.policy, on)
            if due.held_on is None and (all_due or reminder or due.overdue(on)):
                what, step = _said(due, held, application, reminder, on)
                found.append((due.not_after, Waiting(client=journal, standing=held, due=due, what=what, next=step)))
    return [each for _, each in sorted(found, key=lambda row: (row[0], row[1].standing.number))]


def _said(due: Due, held: Standing, application: str, reminder: int, on: date) -> tuple[str, str]:
    left = due.days_left(on)
    when = f"in {_days(left)}" if left > 0 else "today" if left == 0 else f"{_days(-left)} ago"
    planned = f", planned as {due.planned} for {due.planned_for}" if due.planned else ", not planned"
    again = f", reminder {reminder}" if reminder and left >= 0 else ""
    what = f"{due.kind} {'was due' if left < 0 else 'due'} by {due.not_after} ({when}){again}{planned}"
    if due.overdue(on) and held.status is Status.VALID:
        return what, f"certbody decide suspend {held.number} --ground audit"
    if due.planned:
        return what, f"certbody audit show {due.planned}"
    return what, f"certbody audit new {application} --kind {due.kind}"


def _days(count: int) -> str:
    return f"{count} day{'s' if count > 1 else ''}"

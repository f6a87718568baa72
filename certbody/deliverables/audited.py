"""What plan, attendance record and report show of one audit: its facts, team, sites, slots and meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.deliverables.quotation import days
from certbody.deliverables.spelled import long_day, period
from certbody.domain.audit import AUDITING, Audit, AuditPlan, Meeting, Slot, assignments_of
from certbody.domain.standard import Nature
from certbody.errors import NotFound

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def the_audit(showing: Showing) -> Audit:
    """The audit that `showing.about` names.

    Raises:
        NotFound: there is none.
    """
    found = showing.dossier.audits.get(showing.about)
    if found is None:
        raise NotFound(f"There is no audit {showing.about or 'named'} to show.", next="certbody audit list")
    return found


def audit_facts(showing: Showing, audit: Audit) -> dict[str, Any]:
    """Number, type, criteria, objectives, scope, dates and days (9.2.3, 9.4.8.2 c to f).

    `guidance` names the document that the criteria are based on where it is guidance and therefore no criterion.
    """
    application = showing.dossier.applications.get(audit.application)
    basis = application.basis if application else None
    return {
        "number": audit.number,
        "title": audit.title.capitalize(),
        "criteria": audit.criteria,
        "guidance": basis.title if basis and basis.nature is Nature.GUIDANCE else "",
        "objectives": audit.objectives,
        "scope": audit.scope,
        "dates": period(audit.starts_on, audit.ends_on),
        "days": days(audit.days),
        "remote_days": days(audit.remote_days) if audit.remote_days else "",
        "language": audit.language,
        "application": application.number if application else "",
    }


def team(showing: Showing, audit: Audit) -> list[dict[str, str]]:
    """Who is assigned, leader first, with role; accompanying persons last (9.4.8.2 i)."""
    found = []
    for each in assignments_of(audit.id, showing.dossier):
        person = showing.body.people.get(each.person)
        found.append(
            {
                "name": person.name if person else each.person,
                "initials": person.initials if person else "",
                "title": person.title if person else "",
                "role": "team leader" if each.role == "leader" else str(each.role),
                "days": days(each.days) if each.role in AUDITING else "",
                "counts": "" if each.role in AUDITING else "no audit time",
            }
        )
    return found


def sites(showing: Showing, audit: Audit, plan: AuditPlan | None) -> list[dict[str, str]]:
    """The sites of the audit, with the days on which the plan goes there (9.4.8.2 j)."""
    found = []
    for key in audit.sites:
        site = showing.dossier.sites.get(key)
        slots = [slot for slot in plan.slots if slot.site == key] if plan else []
        found.append(
            {
                "name": site.name if site else key,
                "where": site.where if site else "",
                "kind": _kind(site) if site else "",
                "on_site": _listed(slot.day for slot in slots if not slot.remote),
                "remote": _listed(slot.day for slot in slots if slot.remote),
            }
        )
    return found


def plan_days(showing: Showing, plan: AuditPlan) -> list[dict[str, Any]]:
    """The slots of a plan, day by day, in the order of their times."""
    by_day: dict[date, list[Slot]] = {}
    for slot in sorted(plan.slots, key=lambda slot: (slot.day, slot.starts, slot.ends, slot.site)):
        by_day.setdefault(slot.day, []).append(slot)
    return [
        {"day": f"{_WEEKDAYS[day.weekday()]}, {long_day(day)}", "slots": [_slot(showing, slot) for slot in slots]}
        for day, slots in by_day.items()
    ]


def people(showing: Showing, keys: Iterable[str]) -> str:
    """Names of persons, one under the other."""
    return "\n".join(showing.body.name(key) for key in keys)


def meeting_held(showing: Showing, meeting: Meeting) -> dict[str, Any]:
    """A meeting as recorded."""
    starts = f", {meeting.starts:%H:%M}" if meeting.starts else ""
    return {
        "when": f"{meeting.held_on}{starts}",
        "place": meeting.place,
        "led_by": showing.body.name(meeting.led_by),
        "attendance": [
            {"name": each.name, "function": each.function, "organisation": each.organisation}
            for each in meeting.attendance
        ],
        "points": list(meeting.points),
        "disagreements": meeting.disagreements,
    }


def _slot(showing: Showing, slot: Slot) -> dict[str, Any]:
    site = showing.dossier.sites.get(slot.site)
    return {
        "time": f"{slot.starts:%H:%M} to {slot.ends:%H:%M}",
        "site": site.name if site else slot.site,
        "what": slot.what,
        "people": people(showing, slot.people),
        "items": ", ".join(slot.items),
        "remote": "remote" if slot.remote else "",
    }


def _kind(site: Any) -> str:
    words = "central site" if site.central else f"{site.type} site"
    return words if site.type == "permanent" or not site.central else f"{words}, {site.type}"


def _listed(found: Iterable[date]) -> str:
    return "\n".join(str(day) for day in sorted(set(found)))

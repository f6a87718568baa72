"""Attendance record: who was at opening and closing meeting, or sheets to sign before they are held (9.4.2, 9.4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certbody.deliverables.audited import audit_facts, meeting_held, people, the_audit
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.domain.audit import Audit, MeetingKind, leader_of, meeting_of, plan_of

TITLE = "Attendance record"
_LINES = {MeetingKind.OPENING: 10, MeetingKind.CLOSING: 14}
"""Empty lines on a sheet, so that it fills its page."""
_AGENDA = {
    MeetingKind.OPENING: (
        "participants and their roles; scope, objectives and criteria confirmed",
        "plan, dates, changes; means of communication; safety, security and emergency rules",
        "how evidence is gathered by sampling; how findings are graded and reported",
        "confidentiality; conditions under which the audit may end early; questions",
    ),
    MeetingKind.CLOSING: (
        "an audit rests on samples, so that some uncertainty remains",
        "findings with their grades; when and how the report comes",
        "what follows from nonconformities; the time for answers; what happens after the audit",
        "how to complain and to appeal; points that stay disputed; questions",
    ),
}


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name. `showing.about` is the audit."""
    audit = the_audit(showing)
    facts = audit_facts(showing, audit)
    return {
        **common(showing, TITLE, audit.number),
        "audit": {key: facts[key] for key in ("number", "title", "criteria", "dates")},
        "leader": people(showing, [leader_of(audit.id, showing.dossier)]),
        "meetings": [_meeting(showing, audit, kind) for kind in MeetingKind],
    }


def number(showing: Showing) -> str:
    """The audit's number."""
    return the_audit(showing).number


def _meeting(showing: Showing, audit: Audit, kind: MeetingKind) -> dict[str, Any]:
    title = f"{kind.capitalize()} meeting"
    meeting = meeting_of(audit.id, kind, showing.dossier)
    if meeting is not None:
        return {"title": title, "held": True, "agenda": [], "lines": [], **meeting_held(showing, meeting)}
    return {
        "title": title,
        "held": False,
        "when": _planned(showing, audit, kind),
        "place": "",
        "led_by": "",
        "attendance": [],
        "points": [],
        "disagreements": "",
        "agenda": list(_AGENDA[kind]),
        "lines": [""] * _LINES[kind],
    }


def _planned(showing: Showing, audit: Audit, kind: MeetingKind) -> str:
    """The day and time that the plan gives to a meeting; the audit's first or last day where it names none."""
    plan = plan_of(audit.id, showing.dossier)
    for slot in plan.slots if plan else ():
        if f"{kind} meeting" in slot.what.casefold():
            return f"{slot.day}, {slot.starts:%H:%M} (planned)"
    return f"{audit.starts_on if kind is MeetingKind.OPENING else audit.ends_on} (planned)"


DELIVERABLE = Deliverable(kind="attendance", title=TITLE, template="attendance.docx", fields=fields, number=number)

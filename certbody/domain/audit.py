"""One audit: what it is for, who carries it out, when and where, and its meetings."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.dossier import Dossier
    from certbody.domain.report import Stage1Conclusion


class Role(StrEnum):
    """What a person is on an audit (ISO/IEC 17021-1:2015, 9.2.2)."""

    LEADER = "leader"
    AUDITOR = "auditor"
    TECHNICAL_EXPERT = "technical expert"
    TRAINEE = "trainee"
    INTERPRETER = "interpreter"
    OBSERVER = "observer"
    GUIDE = "guide"


AUDITING = frozenset({Role.LEADER, Role.AUDITOR})
"""Roles whose days count as audit time (9.1.4.4)."""
CARRYING_OUT = AUDITING | {Role.TECHNICAL_EXPERT, Role.TRAINEE}
"""Roles that took part in the audit in the sense of 9.5.1.1."""


@attrs.frozen(kw_only=True)
class Audit:
    """An audit that is planned or was carried out. Dates may be planned; the meetings are facts.

    Attributes:
        number: for people, such as `2026-014`.
        stage: 1 or 2 where `kind` is initial, otherwise 0.
        days: auditor-days planned, on site and remote.
        sites: ids of the sites visited.
    """

    id: str = text.number()
    number: str = text.number()
    application: str = text.number()
    kind: AuditType
    stage: int = 0
    standard: str = text.number()
    criteria: str = text.prose(required=True)
    objectives: str = text.prose(required=True)
    scope: str = text.prose(required=True)
    starts_on: date = attrs.field(metadata={"planned": True})
    ends_on: date = attrs.field(metadata={"planned": True})
    days: Decimal
    remote_days: Decimal = Decimal(0)
    sites: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    language: str = text.name(default="English")

    @property
    def title(self) -> str:
        """`initial audit, stage 1` and the like."""
        return f"{self.kind} audit, stage {self.stage}" if self.stage else f"{self.kind} audit"


@attrs.frozen(kw_only=True)
class Assignment:
    """A person's place on an audit."""

    id: str = text.number()
    audit: str = text.number()
    person: str = text.number()
    role: Role
    days: Decimal = Decimal(0)
    assigned_on: date


@attrs.frozen(kw_only=True)
class Declaration:
    """A person's own answer to the conflict question for one assignment (5.2.13)."""

    id: str = text.number()
    audit: str = text.number()
    person: str = text.number()
    declared_on: date
    conflict: bool
    statement: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class TeamNotice:
    """The team's names as sent to the client, early enough to object (9.2.3.5)."""

    id: str = text.number()
    audit: str = text.number()
    sent_on: date
    people: tuple[str, ...]


@attrs.frozen(kw_only=True)
class TeamObjection:
    """A client's objection to a team member, and the body's answer (9.2.3.5)."""

    id: str = text.number()
    audit: str = text.number()
    person: str = text.number()
    received_on: date
    reason: str = text.prose(required=True)
    answered_on: date | None = None
    valid: bool = False
    answer: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class Slot:
    """A line of the plan: when, where, what, and who."""

    day: date = attrs.field(metadata={"planned": True})
    starts: time
    ends: time
    site: str = text.number()
    what: str = text.prose(required=True)
    people: tuple[str, ...]
    items: tuple[str, ...] = ()
    remote: bool = False


@attrs.frozen(kw_only=True)
class AuditPlan:
    """The plan of one audit (ISO/IEC 17021-1:2015, 9.2.3); a newer revision replaces an older."""

    id: str = text.number()
    audit: str = text.number()
    revision: int = 1
    made_on: date
    by: str = text.number()
    slots: tuple[Slot, ...]
    agreed_on: date | None = None
    agreed_by: str = text.name(default="")


class MeetingKind(StrEnum):
    """The two meetings of an audit (9.4.2, 9.4.7)."""

    OPENING = "opening"
    CLOSING = "closing"


@attrs.frozen(kw_only=True)
class Attendee:
    """Somebody who was there."""

    name: str = text.name()
    function: str = text.name(default="")
    organisation: str = text.name(default="")


@attrs.frozen(kw_only=True)
class Meeting:
    """An opening or closing meeting as held, with attendance and what was explained or disputed.

    `answers_due_on` is the day that the closing meeting gave the client for its answers; frozen there, so that a
    later policy moves no deadline that was given.
    """

    id: str = text.number()
    audit: str = text.number()
    kind: MeetingKind
    held_on: date
    starts: time | None = None
    place: str = text.name(default="")
    led_by: str = text.number()
    attendance: tuple[Attendee, ...] = attrs.field(validator=attrs.validators.min_len(1))
    points: tuple[str, ...] = ()
    disagreements: str = text.prose(default="")
    answers_due_on: date | None = attrs.field(default=None, metadata={"planned": True})


def assignments_of(audit: str, dossier: Dossier) -> list[Assignment]:
    """Who is assigned to an audit, leader first."""
    found = [each for each in dossier.assignments.values() if each.audit == audit]
    return sorted(found, key=lambda each: (list(Role).index(each.role), each.person))


def leader_of(audit: str, dossier: Dossier) -> str:
    """The team leader's person id; empty where none is named."""
    return next((each.person for each in assignments_of(audit, dossier) if each.role is Role.LEADER), "")


def plan_of(audit: str, dossier: Dossier) -> AuditPlan | None:
    """The newest revision of an audit's plan."""
    plans = [each for each in dossier.plans.values() if each.audit == audit]
    return max(plans, key=lambda each: each.revision, default=None)


def meeting_of(audit: str, kind: MeetingKind, dossier: Dossier) -> Meeting | None:
    """The opening or closing meeting of an audit, or None; the last where it was held on several days."""
    held = [each for each in dossier.meetings.values() if each.audit == audit and each.kind is kind]
    return max(held, key=lambda each: each.held_on, default=None)


def closed_on(audit: str, dossier: Dossier) -> date | None:
    """The day of the closing meeting: the audit's last day. None while it goes on."""
    meeting = meeting_of(audit, MeetingKind.CLOSING, dossier)
    return meeting.held_on if meeting else None


def stage1_conclusion(application: str, by: date, dossier: Dossier) -> tuple[Audit, Stage1Conclusion] | None:
    """The newest stage 1 conclusion for an application by a day, with its audit; None where there is none."""
    found = [
        (dossier.audits[each.audit], each)
        for each in dossier.stage1_conclusions.values()
        if each.concluded_on <= by
        and each.audit in dossier.audits
        and dossier.audits[each.audit].application == application
    ]
    return max(found, key=lambda pair: (pair[1].concluded_on, pair[1].id), default=None)

"""One audit: what it is for, who carries it out, when and where, and its meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.application import accepted_on, agreed_on
from certbody.domain.objection import Said, rule
from certbody.domain.periods import add_months
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.body import Body
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
    """An opening or closing meeting as held, with attendance and what was explained or disputed."""

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


@rule(
    10,
    "B",
    "ISO/IEC 17021-1:2015, 9.1.2, 5.1.2",
    of="meetings",
    reads="audits application_reviews agreements applications",
)
def no_stage_1_before_acceptance_and_agreement(
    meeting: Meeting, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """No audit begins without an accepted application and an agreement signed by both sides (9.1.2, 5.1.2)."""
    audit = dossier.audits.get(meeting.audit)
    if audit is None:
        yield f"There is no audit {meeting.audit}."
        return
    if meeting.kind is not MeetingKind.OPENING:
        return
    accepted, agreed = accepted_on(audit.application, dossier), agreed_on(audit.application, dossier)
    application = dossier.applications.get(audit.application)
    number = application.number if application else audit.application
    if accepted is None or accepted > meeting.held_on:
        yield (
            f"Application {number} is not accepted on {meeting.held_on}.",
            f"certbody application review {number} --accept",
        )
    if agreed is None or agreed > meeting.held_on:
        yield (
            f"No agreement signed by both sides covers application {number} on {meeting.held_on}.",
            f"certbody agreement sign {number}",
        )


@rule(10, "W", "ISO/IEC 17021-1:2015, 5.1.2", of="audits", reads="agreements")
def planning_without_an_agreement(audit: Audit, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Planning an audit before the agreement is signed draws a warning; opening it is refused (5.1.2)."""
    if agreed_on(audit.application, dossier) is None:
        yield (f"Audit {audit.number} is planned before an agreement is signed.", "certbody agreement sign")


@rule(10, "B", "ISO/IEC 17021-1:2015, 9.1.2, 9.1.3", of="audits", reads="applications sites")
def an_audit_belongs_to_an_application(audit: Audit, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An audit belongs to an application and visits sites in its scope, in days that follow each other (9.1.3)."""
    application = dossier.applications.get(audit.application)
    if application is None:
        yield f"There is no application {audit.application}."
        return
    if audit.ends_on < audit.starts_on:
        yield f"Audit {audit.number} would end on {audit.ends_on}, before it starts on {audit.starts_on}."
    for site in audit.sites:
        if site not in application.sites:
            yield f"Site {site} is not in the scope of application {application.number}."
    if audit.kind is AuditType.INITIAL and audit.stage not in (1, 2):
        yield f"Audit {audit.number} is initial; it is stage 1 or stage 2."


@rule(
    11,
    "B",
    "ISO/IEC 17021-1:2015, 9.3.1.2.4",
    of="meetings",
    reads="audits stage1_conclusions clients sites",
)
def no_stage_2_before_stage_1_is_ready(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Stage 2 begins after stage 1 concluded that the client is ready; an old stage 1 draws a warning (9.3.1.2)."""
    audit = dossier.audits.get(meeting.audit)
    if audit is None or meeting.kind is not MeetingKind.OPENING:
        return
    if audit.kind is not AuditType.INITIAL or audit.stage != 2:
        return
    found = stage1_conclusion(audit.application, meeting.held_on, dossier)
    if found is None:
        yield ("Stage 1 has no conclusion yet.", "certbody audit conclude STAGE-1 --ready")
        return
    stage1, conclusion = found
    if not conclusion.ready:
        yield (
            f"Stage 1 ({stage1.number}) concluded on {conclusion.concluded_on} that the client is not ready.",
            "repeat stage 1, all or in part, and conclude it anew",
        )
        return
    months = body.policy.stage1_valid_months
    if meeting.held_on > add_months(conclusion.concluded_on, months):
        yield (
            f"Stage 1 was concluded on {conclusion.concluded_on}, more than {months} months before {meeting.held_on}.",
            "justify that it is still valid, or repeat it",
            "W",
        )


@rule(16, "W", "ISO/IEC 17021-1:2015, 9.2.3.5", of="meetings", reads="team_notices team_objections assignments")
def the_client_knew_the_team(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """The team's names reach the client before the audit; objections are answered (9.2.3.5)."""
    if meeting.kind is not MeetingKind.OPENING:
        return
    notices = [
        each
        for each in dossier.team_notices.values()
        if each.audit == meeting.audit and each.sent_on <= meeting.held_on
    ]
    if not notices:
        yield ("The client was not sent the team's names before the audit.", "certbody audit notify AUDIT")
    named = {person for each in notices for person in each.people}
    late = [each.person for each in assignments_of(meeting.audit, dossier) if each.person not in named]
    if notices and late:
        names = ", ".join(body.name(person) for person in late)
        yield (f"The client was not told of {names}.", "certbody audit notify AUDIT")
    for objection in dossier.team_objections.values():
        if objection.audit == meeting.audit and objection.received_on <= meeting.held_on:
            answered = objection.answered_on is not None and objection.answered_on <= meeting.held_on
            if not answered:
                yield (
                    f"The client's objection to {body.name(objection.person)} of {objection.received_on} is "
                    "not answered.",
                    "certbody audit answer-objection AUDIT",
                )

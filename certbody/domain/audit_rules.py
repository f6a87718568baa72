"""The rules on how an audit is carried out: its plan, its meetings, and who puts what on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from certbody.domain.application import accepted_on, agreed_on
from certbody.domain.audit import (
    CARRYING_OUT,
    Audit,
    AuditPlan,
    Meeting,
    MeetingKind,
    Slot,
    assignments_of,
    closed_on,
    plan_of,
    stage1_conclusion,
)
from certbody.domain.evidence import checklist_of
from certbody.domain.findings import Finding
from certbody.domain.objection import Rule, Said, rule
from certbody.domain.periods import add_months
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


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
        yield (f"There is no audit {meeting.audit}.", "name an audit of this client")
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


@rule(10, "B", "ISO/IEC 17021-1:2015, 9.1.2, 9.1.3", of="audits", reads="applications sites change_notices")
def an_audit_belongs_to_an_application(audit: Audit, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An audit belongs to an application and visits sites in its scope, in days that follow each other (9.1.3)."""
    application = dossier.applications.get(audit.application)
    if application is None:
        yield (f"There is no application {audit.application}.", "name an application of this client")
        return
    if audit.ends_on < audit.starts_on:
        yield (
            f"Audit {audit.number} would end on {audit.ends_on}, before it starts on {audit.starts_on}.",
            "give the days in their order",
        )
    further = {site for each in dossier.change_notices.values() for site in each.sites}  # asked for since (9.6.4.1)
    for site in audit.sites:
        if site not in application.sites and site not in further:
            yield (
                f"Site {site} is not in the scope of application {application.number}.",
                "leave the site out, or have the client apply for it",
            )
    if audit.kind is AuditType.INITIAL and audit.stage not in (1, 2):
        yield (f"Audit {audit.number} is initial; it is stage 1 or stage 2.", "give --stage 1 or --stage 2")


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


@rule(10, "B", "ISO/IEC 17021-1:2015, 9.4.2, 9.4.7", of="meetings", reads="audits meetings")
def the_closing_meeting_follows_the_opening(meeting: Meeting, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An audit is opened before it is closed, so that what an opening asks for is asked for every audit (9.4.2)."""
    audit = dossier.audits.get(meeting.audit)
    if audit is None or meeting.kind is not MeetingKind.CLOSING:
        return
    opened = [
        each.held_on
        for each in dossier.meetings.values()
        if each.audit == meeting.audit and each.kind is MeetingKind.OPENING and each.held_on <= meeting.held_on
    ]
    if not opened:
        yield (
            f"Audit {audit.number} has no opening meeting on or before {meeting.held_on}.",
            f"certbody audit open {audit.number}",
        )


def _team_rule(table: str) -> Rule:
    def the_team_puts_it_on_record(record: Any, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
        """Results, evidence and findings come from persons who are on the audit's team (9.2.2, 9.4.4)."""
        audit = dossier.audits.get(record.audit)
        if audit is None:
            return
        team = {each.person for each in assignments_of(audit.id, dossier) if each.role in CARRYING_OUT}
        if record.by not in team:
            yield (
                f"{body.name(record.by)} is not on the team that carries out audit {audit.number}.",
                f"record it as the auditor's act with --as, or certbody audit assign {audit.number} PERSON --role ROLE",
            )

    return rule(9, "B", "ISO/IEC 17021-1:2015, 9.2.2, 9.4.4", of=table, reads="audits assignments")(
        the_team_puts_it_on_record
    )


RESULTS_COME_FROM_THE_TEAM = _team_rule("results")
EVIDENCE_COMES_FROM_THE_TEAM = _team_rule("evidence")
FINDINGS_COME_FROM_THE_TEAM = _team_rule("findings")


@rule(37, "B", "ISO/IEC 17021-1:2015, 9.9", of="findings")
def a_finding_has_a_number_of_its_own(finding: Finding, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """No two findings bear one number: clients, reports and responses name them by it (9.9)."""
    for other in dossier.findings.values():
        if other.number == finding.number and other.id != finding.id:
            yield (
                f"{finding.number} is the number of another finding already.",
                "give it the next number of its auditor",
            )
            return


@rule(0, "B", "ISO/IEC 17021-1:2015, 9.2.3", of="plans", reads="audits assignments checklists")
def a_plan_can_be_carried_out(plan: AuditPlan, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A plan's slots lie in the audit's days and at its sites, name its team, and put nobody in two places (9.2.3).

    An older revision is not judged, nor is any plan once the audit was held: then it is a deviation to report.
    """
    audit = dossier.audits.get(plan.audit)
    if audit is None:
        yield (f"There is no audit {plan.audit}.", "name an audit of this client")
        return
    if plan_of(plan.audit, dossier) != plan or closed_on(plan.audit, dossier):
        return
    if not plan.slots:
        yield ("The plan has no slots.", f"certbody audit plan {audit.number} --propose")
    team = {each.person for each in assignments_of(audit.id, dossier)}
    checklist = checklist_of(audit.id, dossier)
    items = {row.item for row in checklist.rows} if checklist else None
    for slot in plan.slots:
        where = f"{slot.day} {slot.starts:%H:%M}"
        if slot.ends <= slot.starts:
            yield (
                f"{where}: the slot would end at {slot.ends:%H:%M}, before it starts.",
                "give the times in their order",
            )
        if not audit.starts_on <= slot.day <= audit.ends_on:
            yield (f"{where}: the audit is from {audit.starts_on} to {audit.ends_on}.", "move the slot, or the audit")
        if slot.site not in audit.sites:
            yield (
                f"{where}: audit {audit.number} does not visit site {slot.site}.",
                "leave the site out, or add it to the audit",
            )
        if not slot.people:
            yield (f"{where}: nobody is planned for '{slot.what}'.", "name who does it")
        for person in slot.people:
            if person not in team:
                yield (
                    f"{where}: {body.name(person)} is not assigned to audit {audit.number}.",
                    f"certbody audit assign {audit.number} PERSON --role ROLE",
                )
        if items is not None and (strange := [item for item in slot.items if item not in items]):
            yield (
                f"{where}: the checklist of audit {audit.number} has no item {', '.join(strange)}.",
                "name items of its checklist",
            )
    yield from _in_two_places(plan.slots, body)


def _in_two_places(slots: tuple[Slot, ...], body: Body) -> Iterator[Said]:
    days: dict[tuple[str, date], list[Slot]] = defaultdict(list)
    for slot in slots:
        for person in slot.people:
            days[person, slot.day].append(slot)
    for (person, day), planned in sorted(days.items()):
        planned.sort(key=lambda slot: (slot.starts, slot.ends))
        last = planned[0]
        for slot in planned[1:]:
            if slot.starts < last.ends and slot.site != last.site:
                yield (
                    f"{body.name(person)} would be at {last.site} and at {slot.site} on {day} at {slot.starts:%H:%M}.",
                    "a person is at one place at a time",
                )
            last = max(last, slot, key=lambda each: each.ends)

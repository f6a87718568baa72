"""The rules on how an audit is carried out: its plan, its meetings, and who puts what on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from certbody.domain.audit import (
    CARRYING_OUT,
    AuditPlan,
    Meeting,
    MeetingKind,
    Slot,
    assignments_of,
    closed_on,
    plan_of,
)
from certbody.domain.evidence import checklist_of
from certbody.domain.findings import Finding
from certbody.domain.objection import Rule, Said, rule

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


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
            yield f"{finding.number} is the number of another finding already."
            return


@rule(0, "B", "ISO/IEC 17021-1:2015, 9.2.3", of="plans", reads="audits assignments checklists")
def a_plan_can_be_carried_out(plan: AuditPlan, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A plan's slots lie in the audit's days and at its sites, name its team, and put nobody in two places (9.2.3).

    An older revision is not judged, nor is any plan once the audit was held: then it is a deviation to report.
    """
    audit = dossier.audits.get(plan.audit)
    if audit is None:
        yield f"There is no audit {plan.audit}."
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
            yield f"{where}: the slot would end at {slot.ends:%H:%M}, before it starts."
        if not audit.starts_on <= slot.day <= audit.ends_on:
            yield f"{where}: the audit is from {audit.starts_on} to {audit.ends_on}."
        if slot.site not in audit.sites:
            yield f"{where}: audit {audit.number} does not visit site {slot.site}."
        if not slot.people:
            yield f"{where}: nobody is planned for '{slot.what}'."
        for person in slot.people:
            if person not in team:
                yield (
                    f"{where}: {body.name(person)} is not assigned to audit {audit.number}.",
                    f"certbody audit assign {audit.number} PERSON --role ROLE",
                )
        if items is not None and (strange := [item for item in slot.items if item not in items]):
            yield f"{where}: the checklist of audit {audit.number} has no item {', '.join(strange)}."
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

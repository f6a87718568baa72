"""The rules on audit time: what its record holds, and that no plan goes below it (rules 9, 12, 13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from certbody.domain.audit import AUDITING, Audit, AuditPlan, assignments_of
from certbody.domain.audit_time import (
    LEAST_FACTORS,
    LEAST_ON_SITE,
    LEAST_SAMPLED,
    AuditTime,
    Rounding,
    half_up,
    signed,
    time_of,
)
from certbody.domain.objection import Said, rule
from certbody.domain.standard import AuditType
from certbody.domain.time_method import floor_of

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

DAY_HOURS = 8
"""Hours of an audit day (IAF MD 5:2023, 2.2)."""


@rule(12, "B", "ISO/IEC 17021-1:2015, 9.1.4; IAF MD 5:2023", of="audit_times", reads="applications")
def a_time_record_is_justified(record: AuditTime, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Audit time on record names personnel, table and a reason for each factor, and stays above the floor (9.1.4)."""
    if record.application not in dossier.applications:
        yield (f"There is no application {record.application}.", "name an application of this client")
    if record.personnel < 1:
        yield ("The audit time names no persons in scope.", "count the effective personnel")
    elif record.loads and record.personnel != (summed := sum(load.personnel for load in record.loads)):
        yield (
            f"The audit time is for {record.personnel} persons; its sites have {summed}.",
            "count each person in scope at one site",
        )
    if not record.table:
        yield ("The audit time names no table.", "name table and edition, or 'by hand' with the reason in the method")
    percent = sum((factor.percent for factor in record.factors), Decimal(0))
    if percent < LEAST_FACTORS:
        yield (
            f"The factors come to {signed(percent)}; at most {signed(LEAST_FACTORS)} is allowed.",
            "take factors back until the sum holds",
        )
    together = percent + sum((factor.percent for factor in record.sampled_factors), Decimal(0))
    if together < LEAST_SAMPLED:
        yield (
            f"All factors of sampled sites come to {signed(together)}; at most {signed(LEAST_SAMPLED)} is allowed.",
            "take factors back until the sum holds",
        )
    floor = floor_of(record.sites, record.central)
    least = half_up(floor) if record.rounding is Rounding.NEAREST else floor
    if record.initial < least:
        yield (
            f"{record.initial:f} days for stage 1 and stage 2 are below {least:f}, the least the table allows.",
            "determine it anew with smaller reductions",
        )
    for words, days in (("stage 1", record.stage1), ("stage 2", record.stage2)):
        if days <= 0:
            yield (f"The audit time has no days for {words}.", "give the stage its days")
    minimum = body.policy.minimum_surveillance_days
    if record.surveillance < minimum:
        yield (
            f"{record.surveillance:f} days a surveillance are below the body's minimum of {minimum:f}.",
            "raise the surveillance to the minimum",
        )
    if record.onsite_share < LEAST_ON_SITE:
        yield (
            f"{record.onsite_share:f} % of the audit time lie between the two meetings; {LEAST_ON_SITE} % is usual.",
            "give the reason, or plan more time on site",
            "W",
        )


@rule(12, "B", "ISO/IEC 17021-1:2015, 9.1.4; IAF MD 5:2023", of="audits", reads="audit_times")
def planned_days_reach_the_record(audit: Audit, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An audit is planned with the days of the time record at least; remote time counts as audit time (9.1.4)."""
    if audit.kind is AuditType.SPECIAL:
        return
    record = time_of(audit.application, dossier)
    if record is None:
        yield (f"Audit {audit.number} is planned before its audit time is on record.", "determine the audit time")
        return
    needed = record.days_for(audit.kind, audit.stage)
    together = _same(audit, dossier)
    planned = sum((each.days for each in together), Decimal(0))
    if planned < needed:
        yield (
            f"Audit {audit.number} is planned with {planned:f} days; the audit time on record is {needed:f}.",
            "plan the days on record, or determine the audit time anew with the reason",
        )
    remote = sum((each.remote_days for each in together), Decimal(0))
    if planned > 0 and (planned - remote) * 100 < LEAST_ON_SITE * planned:
        yield (
            f"Audit {audit.number} is on site for {planned - remote:f} of {planned:f} days, below {LEAST_ON_SITE} %.",
            "give the reason, or plan more time on site",
            "W",
        )


@rule(9, "B", "ISO/IEC 17021-1:2015, 9.1.4.4", of="plans", reads="audits assignments audit_times")
def only_auditors_bring_audit_days(plan: AuditPlan, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """The days of leader and auditors reach the time record; nobody else's days count as audit time (9.1.4.4)."""
    audit = dossier.audits.get(plan.audit)
    record = time_of(audit.application, dossier) if audit else None
    if audit is None or record is None:
        return
    team = [each for audits in _same(audit, dossier) for each in assignments_of(audits.id, dossier)]
    counted = sum((each.days for each in team if each.role in AUDITING), Decimal(0))
    if counted < (needed := record.days_for(audit.kind, audit.stage)):
        others = [f"{body.name(each.person)} ({each.role})" for each in team if each.role not in AUDITING and each.days]
        aside = f" The days of {', '.join(others)} do not count." if others else ""
        said = f"Leader and auditors of audit {audit.number} bring {counted:f} of {needed:f} days on record.{aside}"
        yield (said, "assign auditors for the days on record")


@rule(13, "W", "IAF MD 5:2023, 2.2.2", of="plans", reads="audits assignments")
def days_are_not_stretched(plan: AuditPlan, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """The number of days is not cut by planning more than eight hours a day (MD 5, 2.2.2)."""
    roles = {each.person: each.role for each in assignments_of(plan.audit, dossier)}
    slots: dict[tuple[date, str], list[tuple[time, time]]] = defaultdict(list)
    for slot in plan.slots:
        for person in slot.people:
            if person not in roles or roles[person] in AUDITING:
                slots[slot.day, person].append((slot.starts, slot.ends))
    for (day, person), times in sorted(slots.items()):
        if (minutes := _minutes(times)) > DAY_HOURS * 60:
            hours = f"{minutes // 60}:{minutes % 60:02}"
            yield (
                f"{body.name(person)} is planned for {hours} hours on {day}; longer days do not save days.",
                "spread the slots over more days, or give the reason",
            )


def _same(audit: Audit, dossier: Dossier) -> list[Audit]:
    """The audits whose days add up with this one's: a stage may be carried out, or repeated in part, in several."""
    if audit.kind is not AuditType.INITIAL:
        return [audit]
    return [
        each
        for each in dossier.audits.values()
        if (each.application, each.kind, each.stage) == (audit.application, audit.kind, audit.stage)
    ]


def _minutes(times: Iterable[tuple[time, time]]) -> int:
    """Minutes that slots cover together; what overlaps counts once."""
    covered, until = 0, 0
    for starts, ends in sorted((_minute(starts), _minute(ends)) for starts, ends in times):
        covered += max(0, ends - max(starts, until))
        until = max(until, ends)
    return covered


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute

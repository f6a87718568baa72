"""The two audits: team, plans, meetings."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from certbody.domain.audit import (
    Assignment,
    Attendee,
    Audit,
    AuditPlan,
    Declaration,
    Meeting,
    MeetingKind,
    Role,
    Slot,
    TeamNotice,
)
from certbody.domain.standard import (
    AuditType,
)
from tests.deliverables.example.tables import CRITERIA, SCOPE, STAGE_1, STAGE_2


def audits() -> dict[str, Any]:
    first, second, third = date(2026, 4, 14), date(2026, 4, 15), date(2026, 4, 16)
    here = (Attendee(name="Greta Holm", function="Director of Customer Care", organisation="Nordwind Telecom Ltd"),)
    team = (
        Attendee(name="Ada Kaya", function="Lead auditor", organisation="Fernhill Certification Ltd"),
        Attendee(name="Bruno Feld", function="Auditor", organisation="Fernhill Certification Ltd"),
    )
    others = (
        Attendee(name="Henrik Lund", function="Head of contact centre", organisation="Nordwind Telecom Ltd"),
        Attendee(name="Ines Okoro", function="Representative for complaints", organisation="Nordwind Telecom Ltd"),
    )
    objectives = (
        "To determine the conformity of the complaints-handling process with the criteria, its ability to meet legal "
        "and contractual requirements, and its effectiveness; to identify where it might improve."
    )
    ak, bf, es = ("P-01",), ("P-02",), ("P-05",)
    everyone = (*ak, *bf, *es)
    at = time.fromisoformat

    def slot(
        day: date, starts: str, ends: str, site: str, what: str, people: Any, items: Any = (), remote: bool = False
    ) -> Slot:
        return Slot(
            day=day, starts=at(starts), ends=at(ends), site=site, what=what, people=people, items=items, remote=remote
        )

    common = {
        "application": "application-1",
        "kind": AuditType.INITIAL,
        "standard": "iso10002",
        "criteria": CRITERIA,
        "scope": SCOPE,
    }
    return {
        "audits": [
            Audit(
                id=STAGE_1,
                number="2026-007",
                stage=1,
                objectives="To review documented information and readiness for stage 2.",
                starts_on=date(2026, 3, 10),
                ends_on=date(2026, 3, 11),
                days=Decimal("1.5"),
                remote_days=Decimal("0.5"),
                sites=("HQ",),
                **common,
            ),
            Audit(
                id=STAGE_2,
                number="2026-014",
                stage=2,
                objectives=objectives,
                starts_on=first,
                ends_on=third,
                days=Decimal("4.0"),
                sites=("HQ", "CC", "FS"),
                **common,
            ),
        ],
        "assignments": [
            Assignment(
                id=f"as-{audit}-{person}",
                audit=audit,
                person=person,
                role=role,
                days=Decimal(days),
                assigned_on=date(2026, 2, 10),
            )
            for audit, person, role, days in (
                (STAGE_1, "P-01", Role.LEADER, "1.5"),
                (STAGE_2, "P-01", Role.LEADER, "2.5"),
                (STAGE_2, "P-02", Role.AUDITOR, "1.5"),
                (STAGE_2, "P-05", Role.TECHNICAL_EXPERT, "0"),
            )
        ],
        "declarations": [
            Declaration(
                id=f"de-{audit}-{person}", audit=audit, person=person, declared_on=date(2026, 2, 11), conflict=False
            )
            for audit, person in ((STAGE_1, "P-01"), (STAGE_2, "P-01"), (STAGE_2, "P-02"), (STAGE_2, "P-05"))
        ],
        "team_notices": [
            TeamNotice(id="notice-1", audit=STAGE_1, sent_on=date(2026, 2, 12), people=("P-01",)),
            TeamNotice(id="notice-2", audit=STAGE_2, sent_on=date(2026, 3, 20), people=("P-01", "P-02", "P-05")),
        ],
        "plans": [
            AuditPlan(
                id="plan-1",
                audit=STAGE_1,
                made_on=date(2026, 2, 20),
                by="P-01",
                slots=(
                    slot(date(2026, 3, 10), "09:00", "09:30", "HQ", "Opening meeting", ak),
                    slot(
                        date(2026, 3, 10),
                        "09:30",
                        "16:30",
                        "HQ",
                        "Documented information; internal audit",
                        ak,
                        ("8.5-1", "8.5-2"),
                    ),
                    slot(date(2026, 3, 11), "09:00", "12:00", "HQ", "Readiness; closing meeting", ak, ("5.2-1",), True),
                ),
                agreed_on=date(2026, 2, 24),
                agreed_by="Greta Holm",
            ),
            AuditPlan(
                id="plan-2",
                audit=STAGE_2,
                revision=2,
                made_on=date(2026, 3, 25),
                by="P-01",
                slots=(
                    slot(first, "09:00", "09:30", "HQ", "Opening meeting", everyone),
                    slot(first, "09:30", "12:30", "HQ", "Leadership; analysis of complaints", ak, ("5.2-1", "8.2-1")),
                    slot(
                        first,
                        "09:30",
                        "12:30",
                        "HQ",
                        "Receipt and acknowledgement, five cases",
                        (*bf, *es),
                        ("7.2-1", "7.4-1"),
                    ),
                    slot(first, "13:30", "16:30", "HQ", "Internal audit", ak, ("8.5-1", "8.5-2")),
                    slot(first, "13:30", "16:30", "FS", "Complaints at the counter", bf, ("7.2-1", "7.2-2", "7.2-3")),
                    slot(
                        second,
                        "13:00",
                        "21:00",
                        "CC",
                        "Telephone, chat and mail, both shifts",
                        (*ak, *es),
                        ("7.2-1", "7.4-1", "7.4-2"),
                    ),
                    slot(third, "09:00", "11:00", "CC", "Weekend rota, with the planner at home", ak, ("7.4-2",), True),
                    slot(third, "11:00", "14:00", "HQ", "Team meeting", ak),
                    slot(third, "14:00", "15:00", "HQ", "Closing meeting", (*ak, *bf)),
                ),
                agreed_on=date(2026, 3, 30),
                agreed_by="Greta Holm",
            ),
        ],
        "meetings": [
            Meeting(
                id="m-1",
                audit=STAGE_1,
                kind=MeetingKind.OPENING,
                held_on=date(2026, 3, 10),
                starts=at("09:00"),
                place="Head office, room Elbe",
                led_by="P-01",
                attendance=(*team[:1], *here),
            ),
            Meeting(
                id="m-2",
                audit=STAGE_1,
                kind=MeetingKind.CLOSING,
                held_on=date(2026, 3, 11),
                starts=at("11:30"),
                place="by video",
                led_by="P-01",
                attendance=(*team[:1], *here),
            ),
            Meeting(
                id="m-3",
                audit=STAGE_2,
                kind=MeetingKind.OPENING,
                held_on=first,
                starts=at("09:00"),
                place="Head office, room Elbe",
                led_by="P-01",
                attendance=(*team, *here, *others),
                points=(
                    "Scope, criteria and plan confirmed",
                    "Confidentiality",
                    "Sampling, and what follows from findings",
                ),
            ),
            Meeting(
                id="m-4",
                audit=STAGE_2,
                kind=MeetingKind.CLOSING,
                held_on=third,
                starts=at("14:00"),
                place="Head office, room Elbe",
                led_by="P-01",
                attendance=(*team, *here, *others[1:]),
                points=("Findings and their grades", "Time for answers: 30 days", "Appeals and complaints"),
                disagreements="The client disputes 2026-014/BF-1: notices had been ordered before the audit.",
            ),
        ],
    }

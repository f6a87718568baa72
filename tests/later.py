"""The example a little later: a certificate with a surveillance, a change, and a suspension that was an error.

The days lie close together, so that everything has happened on the day of recording; what matters is their order.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import attrs

from certbody.domain.audit import Assignment, Audit, Meeting, MeetingKind, Role
from certbody.domain.change import Action, Change, ChangeNotice, ChangeReview
from certbody.domain.decision import Annulment, CertificationDecision, Ground, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.report import Recommendation, Report
from certbody.domain.standard import AuditType
from certbody.domain.surveillance import Monitoring
from tests.given import ADA, CARLA, DUNJA, dossier

NUMBER = "FC-2026-0001"
SURVEILLANCE = "audit-3"
NOTICE = ChangeNotice(
    id="change-1",
    number="CH-2026-001",
    application="application-1",
    certificate=NUMBER,
    received_on=date(2026, 6, 26),
    by="Greta Holm",
    kind=Change.NAME,
    what="From 1 July our name is Nordwind Telecom Group Ltd.",
)
REVIEWED = ChangeReview(
    id="change-review-1",
    notice="change-1",
    reviewed_on=date(2026, 6, 27),
    by=DUNJA,
    action=Action.REISSUE,
    reason="The name alone changes; extract of the register seen.",
)
MONITORED = Monitoring(
    id="monitoring-1",
    audit=SURVEILLANCE,
    monitored_on=date(2026, 6, 29),
    by=DUNJA,
    remark="Report complete, conclusion borne by it.",
)
SUSPENDED = CertificationDecision(
    id="decision-2",
    number="D-2026-002",
    application="application-1",
    kind=Kind.SUSPEND,
    decided_on=date(2026, 6, 28),
    by=CARLA,
    ground=Ground.MISUSE,
    reason="The mark was printed on a product; it was another company's product.",
    certificate=NUMBER,
    until=date(2026, 9, 30),
)
ANNULLED = Annulment(
    id="annulment-1",
    decision="decision-2",
    annulled_on=date(2026, 6, 29),
    by=DUNJA,
    reason="The number of another client's certificate was mistyped.",
)


def surveillance(held_on: date, key: str = SURVEILLANCE, number: str = "2026-021") -> Dossier:
    """The example with a surveillance held and reported on a day, concluded with ‘maintain’."""
    found = dossier()
    audit = Audit(
        id=key,
        number=number,
        application="application-1",
        kind=AuditType.SURVEILLANCE,
        standard="iso10002",
        criteria="S-10002, issue 1 of 2026-01-05",
        objectives="Does the process go on as certified?",
        scope=found.applications["application-1"].scope,
        starts_on=held_on,
        ends_on=held_on,
        days=Decimal("2.0"),
        sites=("HQ", "CC"),
    )
    opening = next(each for each in found.meetings.values() if each.kind is MeetingKind.OPENING)
    meetings = [_meeting(opening, key, kind, held_on) for kind in MeetingKind]
    conclusion = attrs.evolve(
        next(iter(found.conclusions.values())),
        id=f"conclusion-{key}",
        audit=key,
        concluded_on=held_on,
        recommendation=Recommendation.MAINTAIN,
    )
    report = Report(id=f"report-{key}", number=f"{number}-R", audit=key, issued_on=held_on, by=ADA)
    leader = Assignment(
        id=f"as-{key}", audit=key, person=ADA, role=Role.LEADER, days=Decimal("2.0"), assigned_on=held_on
    )
    plan = next(each for each in found.plans.values() if each.audit == "audit-2")
    slots = tuple(attrs.evolve(each, day=held_on, people=(ADA,)) for each in plan.slots[:1])
    checklist = next(each for each in found.checklists.values() if each.audit == "audit-2")
    row = next(row for row in checklist.rows if row.id in {each.row for each in found.results.values()})
    result = next(each for each in found.results.values() if each.audit == "audit-2" and each.row == row.id)
    declared = next(iter(found.declarations.values()))
    made: Dossier = found.having(
        {
            "audits": [audit],
            "assignments": [leader],
            "declarations": [attrs.evolve(declared, id=f"d-{key}", audit=key, person=ADA, declared_on=held_on)],
            "plans": [attrs.evolve(plan, id=f"plan-{key}", audit=key, made_on=held_on, slots=slots)],
            "checklists": [attrs.evolve(checklist, id=f"checklist-{key}", audit=key, rows=(row,))],
            "results": [attrs.evolve(result, id=f"result-{key}", audit=key, by=ADA)],
            "meetings": meetings,
            "conclusions": [conclusion],
            "reports": [report],
        }
    )
    return made


def _meeting(like: Meeting, audit: str, kind: MeetingKind, day: date) -> Meeting:
    return attrs.evolve(like, id=f"m-{audit}-{kind}", audit=audit, kind=kind, held_on=day, answers_due_on=None)


@cache
def later() -> Dossier:
    """Nordwind Telecom with a surveillance monitored, a change of name reviewed, and a suspension annulled."""
    made: Dossier = surveillance(date(2026, 6, 27)).having(
        {
            "change_notices": [NOTICE],
            "change_reviews": [REVIEWED],
            "monitorings": [MONITORED],
            "decisions": [SUSPENDED],
            "annulments": [ANNULLED],
        }
    )
    return made

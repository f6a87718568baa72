"""Audit plan: what is audited when, where and by whom, sent to the client early enough to object (9.2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certbody.deliverables.audited import audit_facts, plan_days, sites, team, the_audit
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.domain.audit import AuditPlan, plan_of
from certbody.errors import NotFound

TITLE = "Audit plan"


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name. `showing.about` is the audit; its newest plan is shown.

    Raises:
        NotFound: there is no such audit, or it has no plan yet.
    """
    audit, plan = the_audit(showing), _plan(showing)
    notices = [each for each in showing.dossier.team_notices.values() if each.audit == audit.id]
    sent = min((each.sent_on for each in notices), default=None)
    return {
        **common(showing, TITLE, number(showing)),
        "audit": audit_facts(showing, audit),
        "plan": {
            "revision": str(plan.revision),
            "made_on": plan.made_on,
            "by": showing.body.name(plan.by),
            "agreed_on": str(plan.agreed_on or ""),
            "agreed_by": plan.agreed_by,
            "notified": str(sent or ""),
            "remote": any(slot.remote for slot in plan.slots),
        },
        "team": team(showing, audit),
        "sites": sites(showing, audit, plan),
        "days": plan_days(showing, plan),
        "revisions": [
            {
                "revision": str(each.revision),
                "made_on": each.made_on,
                "by": showing.body.name(each.by),
                "agreed": f"{each.agreed_on}, {each.agreed_by}" if each.agreed_on else "not yet",
            }
            for each in sorted(showing.dossier.plans.values(), key=lambda each: each.revision)
            if each.audit == audit.id
        ],
    }


def number(showing: Showing) -> str:
    """Number of the audit and revision of the plan: `2026-014/P2`."""
    return f"{the_audit(showing).number}/P{_plan(showing).revision}"


def _plan(showing: Showing) -> AuditPlan:
    audit = the_audit(showing)
    plan = plan_of(audit.id, showing.dossier)
    if plan is None:
        raise NotFound(f"Audit {audit.number} has no plan yet.", next=f"certbody audit plan {audit.number}")
    return plan


DELIVERABLE = Deliverable(kind="audit-plan", title=TITLE, template="audit-plan.docx", fields=fields, number=number)

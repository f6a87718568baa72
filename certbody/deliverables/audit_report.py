"""Audit report: what was audited, found and concluded, with every part of ISO/IEC 17021-1:2015, 9.4.8.2 and 9.4.8.3.

One template serves stage 1, stage 2 and every later audit. Stage 1 has areas of concern and a conclusion on readiness
(9.3.1.2) in place of nonconformities and a recommendation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from certbody.deliverables.audit_report_annex import checked, coverage
from certbody.deliverables.audit_report_findings import clients_word, concerns_before, followed_up, graded, summary
from certbody.deliverables.audit_report_revised import replaces, revisions
from certbody.deliverables.audited import audit_facts, meeting_held, sites, team, the_audit
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.evidenced import evidence_rows, numbered, of_one_row, photographs
from certbody.deliverables.gaps import said
from certbody.deliverables.pictures import Picture
from certbody.deliverables.provenance import authenticated
from certbody.deliverables.spelled import listed
from certbody.domain.application import Application
from certbody.domain.audit import Audit, Meeting, MeetingKind, assignments_of, leader_of, plan_of
from certbody.domain.findings import findings_of
from certbody.domain.report import Report, conclusion_of, report_of, stage1_conclusion_of

TITLE = "Audit report"
OPEN = "Not concluded yet."
_STAGE_1 = ("documented_information", "scope_and_sites", "internal_audit_and_review", "resources_and_focus")
_CONCLUSION = (
    "conformity_and_effectiveness",
    "capability",
    "internal_audit_and_review",
    "scope_remark",
    "objectives_remark",
    "deviations",
    "significant_matters",
    "changes",
    "marks",
    "remote",
)


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name. `showing.about` is the audit, or one revision of its report.

    Raises:
        NotFound: there is no such audit.
    """
    view, report = _subject(showing)
    audit, day = the_audit(view), _day(view, report)
    known = numbered(audit.id, view)
    found = graded(view, audit, day, known)
    return {
        **common(view, TITLE, number(showing)),
        "report": _report(view, audit, report, day),
        "audit": {**audit_facts(view, audit), "stage1": audit.stage == 1, "together": _together(view, audit)},
        "result": {**_result(view, audit), "findings": summary(found)},
        "stage1": _stage1(view, audit),
        "conclusion": _conclusion(view, audit),
        "sites": sites(view, audit, plan_of(audit.id, view.dossier)),
        "plan": _plan(view, audit),
        "team": _team(view, audit),
        "meetings": [_meeting(view, each) for each in _meetings(view, audit)],
        "findings": found,
        "concerns_before": concerns_before(view, audit, day),
        "followed_up": followed_up(view, audit, day),
        "unresolved": _unresolved(view, audit, day),
        "coverage": coverage(view, audit),
        "disclaimer": _disclaimer(view, audit),
        "distribution": _distribution(view),
        "revisions": revisions(view, audit.id, report, number(showing)),
        "checked": checked(view, audit, day, known),
        "evidence": evidence_rows({key: each for key, each in known.items() if not of_one_row(each)}, view),
    }


def number(showing: Showing) -> str:
    """The report's; of a draft that which it will have: `2026-014/R1`."""
    view, report = _subject(showing)
    return report.number if report else f"{the_audit(view).number}/R{_next(view)}"


def pictures(showing: Showing) -> Mapping[str, Picture]:
    """Small copies of the photographs in evidence; the originals stay as they were kept."""
    view, _ = _subject(showing)
    return photographs(numbered(view.about, view), view)


def _subject(showing: Showing) -> tuple[Showing, Report | None]:
    """The showing about the audit itself, and the report on record that it is; None while it is a draft."""
    named = showing.dossier.reports.get(showing.about)
    if named is not None:
        return attrs.evolve(showing, about=named.audit), named
    return showing, None if showing.draft else report_of(showing.about, showing.dossier)


def _next(showing: Showing) -> int:
    last = report_of(showing.about, showing.dossier)
    return last.revision + 1 if last else 1


def _day(showing: Showing, report: Report | None) -> date:
    """The day as of which answers and follow-up are shown."""
    return report.issued_on if report else showing.on


def _report(showing: Showing, audit: Audit, report: Report | None, day: date) -> dict[str, Any]:
    leader = leader_of(audit.id, showing.dossier)
    person = showing.body.people.get(leader)
    return {
        "revision": str(report.revision if report else _next(showing)),
        "issued": str(report.issued_on) if report else "",
        "day": day,
        "by": showing.body.name(report.by) if report else "",
        "leader": showing.body.name(leader),
        "leader_title": person.title if person else "",
        "how": authenticated(showing, "reports", report.id) if report else "",
        **replaces(showing, audit.id, report),
    }


def _together(showing: Showing, audit: Audit) -> str:
    """Whether it was combined with an audit to another standard (9.4.8.2 n), as far as the record tells."""
    others = [
        f"{each.number} ({each.criteria})"
        for each in showing.dossier.audits.values()
        if each.standard != audit.standard and each.starts_on <= audit.ends_on and each.ends_on >= audit.starts_on
    ]
    return listed(sorted(others))


def _result(showing: Showing, audit: Audit) -> dict[str, Any]:
    """The recommendation (9.4.8.2 p); of stage 1 whether stage 2 may follow."""
    if audit.stage == 1:
        ready = stage1_conclusion_of(audit.id, showing.dossier)
        if ready is None:
            return {"made": False, "word": OPEN, "on": None, "by": "", "conditions": ""}
        word = "Ready for stage 2" if ready.ready else "Not ready for stage 2"
        return _made(word, ready.concluded_on, showing.body.name(ready.by), "")
    final = conclusion_of(audit.id, showing.dossier)
    if final is None:
        return {"made": False, "word": OPEN, "on": None, "by": "", "conditions": ""}
    word = str(final.recommendation)
    return _made(word[:1].upper() + word[1:], final.concluded_on, showing.body.name(final.by), final.conditions)


def _made(word: str, on: date, by: str, conditions: str) -> dict[str, Any]:
    return {"made": True, "word": word, "on": on, "by": by, "conditions": conditions}


def _stage1(showing: Showing, audit: Audit) -> dict[str, Any]:
    found = stage1_conclusion_of(audit.id, showing.dossier) if audit.stage == 1 else None
    return {"summary": found.summary if found else OPEN, **{name: getattr(found, name, "") for name in _STAGE_1}}


def _conclusion(showing: Showing, audit: Audit) -> dict[str, Any]:
    found = conclusion_of(audit.id, showing.dossier) if audit.stage != 1 else None
    return {
        **{name: getattr(found, name, "") for name in _CONCLUSION},
        "scope_appropriate": bool(found and found.scope_appropriate),
        "objectives_fulfilled": bool(found and found.objectives_fulfilled),
    }


def _plan(showing: Showing, audit: Audit) -> dict[str, Any]:
    plan = plan_of(audit.id, showing.dossier)
    application: Application | None = showing.dossier.applications.get(audit.application)
    slots = plan.slots if plan else ()
    worked = [slot for slot in slots if slot.items] or slots  # meetings have no items
    return {
        "revision": str(plan.revision) if plan else "",
        "made_on": plan.made_on if plan else None,
        "agreed": f"agreed on {plan.agreed_on} with {plan.agreed_by}" if plan and plan.agreed_on else "",
        "processes": list(dict.fromkeys(slot.what for slot in worked)),
        "all_sites": str(len(application.sites)) if application else "",
        "visited": str(len(audit.sites)),
    }


def _team(showing: Showing, audit: Audit) -> list[dict[str, str]]:
    """Leader, members and accompanying persons (9.4.8.2 i), each with the own declaration on conflicts (5.2.13)."""
    rows = team(showing, audit)
    for row, each in zip(rows, assignments_of(audit.id, showing.dossier), strict=True):
        row.pop("initials")
        own = [
            said
            for said in showing.dossier.declarations.values()
            if said.audit == audit.id and said.person == each.person
        ]
        last = max(own, key=lambda said: (said.declared_on, said.id), default=None)
        row["declared"] = f"{'a conflict' if last.conflict else 'no conflict'}, {last.declared_on}" if last else "none"
        row["statement"] = last.statement if last else ""
    return rows


def _meetings(showing: Showing, audit: Audit) -> list[Meeting]:
    held = [each for each in showing.dossier.meetings.values() if each.audit == audit.id]
    return sorted(held, key=lambda each: (each.kind is MeetingKind.CLOSING, each.held_on, each.id))


def _meeting(showing: Showing, meeting: Meeting) -> dict[str, Any]:
    return {"kind": f"{meeting.kind.capitalize()} meeting", **meeting_held(showing, meeting)}


def _unresolved(showing: Showing, audit: Audit, day: date) -> list[str]:
    """What the team could not settle, disagreements that stayed at a meeting, and disputed nonconformities."""
    final = conclusion_of(audit.id, showing.dossier) if audit.stage != 1 else None
    matters = [final.unresolved] if final and final.unresolved else []
    for meeting in _meetings(showing, audit):
        if meeting.disagreements:
            matters.append(f"{meeting.kind.capitalize()} meeting: {meeting.disagreements}")
    for finding in findings_of(audit.id, showing.dossier):
        if any(finding.number in matter for matter in matters):
            continue  # named already, by the team or at the closing meeting
        words = [word for word in clients_word(showing, finding, day) if word.startswith("Disputed")]
        matters += [f"{finding.number}: {word[:1].lower()}{word[1:]}" for word in words]
    return matters


def _disclaimer(showing: Showing, audit: Audit) -> str:
    """That an audit rests on samples (9.4.8.2 o): printed always, in the body's words where it has any."""
    application = showing.dossier.applications.get(audit.application)
    if showing.wording and application:
        return said(showing, application, showing.wording.sampling_disclaimer, audit.ends_on)
    return "An audit rests on samples. Nonconformities may exist that it did not meet."


def _distribution(showing: Showing) -> list[dict[str, str]]:
    client, profile = showing.dossier.client, showing.body.profile
    person = ", ".join(part for part in (client.representative, client.representative_title) if part) if client else ""
    return [
        {"to": client.name if client else "", "person": person, "purpose": "information and, where asked for, answers"},
        {
            "to": profile.name if profile else "",
            "person": "client's file; those who review and decide",
            "purpose": "review, decision, surveillance",
        },
    ]


DELIVERABLE = Deliverable(
    kind="audit-report",
    title=TITLE,
    template="audit-report.docx",
    fields=fields,
    number=number,
    pictures=pictures,
)

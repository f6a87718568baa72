"""How far an audit has come, read from the facts: for lists, and for whoever asks what is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from certbody.domain.audit import (
    Audit,
    MeetingKind,
    Role,
    assignments_of,
    closed_on,
    meeting_of,
    plan_of,
)
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.evidence import checklist_of, results_of
from certbody.domain.findings import findings_of
from certbody.domain.report import conclusion_of, missing_parts, report_of, stage1_conclusion_of
from certbody.office.office import Office
from certbody.records import dump


@attrs.frozen(kw_only=True)
class Step:
    """Something still to be done: what, and the command for it."""

    what: str
    next: str


def state_of(audit: Audit, dossier: Dossier, on: date) -> str:
    """The last thing that happened to an audit by a day, in a word or two."""
    report = report_of(audit.id, dossier, on)
    concluded = (stage1_conclusion_of if audit.stage == 1 else conclusion_of)(audit.id, dossier)
    opened = meeting_of(audit.id, MeetingKind.OPENING, dossier)
    closed = closed_on(audit.id, dossier)
    if report:
        return "reported"
    if concluded and concluded.concluded_on <= on:
        return "concluded"
    if closed and closed <= on:
        return "closed"
    if opened and opened.held_on <= on:
        return "under way"
    return "planned"


def before_opening(audit: Audit, dossier: Dossier, body: Body) -> list[Step]:
    """What has to be there before the audit begins, and is not (9.2.2, 9.2.3, 5.2.13)."""
    number, steps = audit.number, []
    team = assignments_of(audit.id, dossier)
    if not any(each.role is Role.LEADER for each in team):
        steps.append(Step(what="no team leader is named", next=f"certbody audit assign {number} PERSON --role leader"))
    named = {person for each in dossier.team_notices.values() if each.audit == audit.id for person in each.people}
    if any(each.person not in named for each in team):
        steps.append(Step(what="the client was not told of the whole team", next=f"certbody audit notify {number}"))
    for objection in dossier.team_objections.values():
        if objection.audit == audit.id and objection.answered_on is None:
            who = body.name(objection.person)
            step = f"certbody audit answer-objection {number} PERSON"
            steps.append(Step(what=f"the client's objection to {who} is not answered", next=step))
    answered = {each.person for each in dossier.declarations.values() if each.audit == audit.id}
    for each in team:
        if each.person not in answered and each.role not in (Role.GUIDE, Role.OBSERVER):
            person = body.people.get(each.person)
            step = f"certbody audit declare {number} --as {person.initials if person else each.person} --no-conflict"
            what = f"{body.name(each.person)} has not answered the conflict question"
            steps.append(Step(what=what, next=step))
    plan = plan_of(audit.id, dossier)
    if plan is None:
        steps.append(Step(what="there is no plan", next=f"certbody audit plan {number} --propose"))
    elif plan.agreed_on is None:
        steps.append(Step(what="the plan is not agreed", next=f"certbody audit plan {number} --agreed-by NAME"))
    if checklist_of(audit.id, dossier) is None:
        steps.append(Step(what="there is no checklist", next=f"certbody audit checklist {number} --out DIR"))
    return steps


def for_the_report(audit: Audit, dossier: Dossier) -> list[Step]:
    """What the report cannot yet say (9.4.8.2, 9.4.8.3)."""
    return [Step(what=what, next=step) for what, step in missing_parts(audit, dossier)]


def shown(audit: Audit, dossier: Dossier, body: Body, on: date) -> dict[str, Any]:
    """Everything about an audit, derived on a day, as plain data."""
    checklist, results = checklist_of(audit.id, dossier), results_of(audit.id, dossier)
    plan, report = plan_of(audit.id, dossier), report_of(audit.id, dossier, on)
    opened = meeting_of(audit.id, MeetingKind.OPENING, dossier)
    conclusion = (stage1_conclusion_of if audit.stage == 1 else conclusion_of)(audit.id, dossier)
    steps = for_the_report(audit, dossier) if opened else before_opening(audit, dossier, body)
    evidence = [each for each in dossier.evidence.values() if each.audit == audit.id]
    return {
        **dump(audit),
        "title": audit.title,
        "client": dossier.journal,
        "client_name": dossier.client.name if dossier.client else "",
        "state": state_of(audit, dossier, on),
        "team": [
            {**dump(each), "name": body.name(each.person), "declared": _declared(each.person, audit, dossier)}
            for each in assignments_of(audit.id, dossier)
        ],
        "plan": {"revision": plan.revision, "slots": len(plan.slots), "agreed_by": plan.agreed_by} if plan else None,
        "meetings": [
            {"kind": str(each.kind), "held_on": each.held_on.isoformat(), "attendance": len(each.attendance)}
            for each in dossier.meetings.values()
            if each.audit == audit.id
        ],
        "checklist": {
            "version": checklist.version,
            "rows": len(checklist.rows),
            "answered": sum(row.id in results for row in checklist.rows),
        }
        if checklist
        else None,
        "evidence": len(evidence),
        "findings": [dump(each) for each in findings_of(audit.id, dossier, on)],
        "conclusion": dump(conclusion) if conclusion else None,
        "report": dump(report) if report else None,
        "missing": [attrs.asdict(step) for step in ([] if report else steps)],
    }


def rows_shown(audit: Audit, dossier: Dossier) -> list[dict[str, Any]]:
    """Every checklist row with its result, in the order of the checklist."""
    checklist, results = checklist_of(audit.id, dossier), results_of(audit.id, dossier)
    return [
        {
            "row": row.id,
            "clause": row.clause,
            "ask": row.ask,
            "core": row.core,
            "result": str(results[row.id].result) if row.id in results else "",
            "note": results[row.id].note if row.id in results else "",
        }
        for row in (checklist.rows if checklist else ())
    ]


def listed(office: Office, client: str, on: date) -> list[dict[str, Any]]:
    """The audits of a client, or of all, by their first day, each with how far it has come on a day."""
    rows = []
    for journal, key, _ in office.index.find("audits", journal=client or None):
        dossier = office.dossier(journal)
        audit = dossier.audits[key]
        rows.append(
            {
                "number": audit.number,
                "client": journal,
                "client_name": dossier.client.name if dossier.client else "",
                "title": audit.title,
                "starts_on": audit.starts_on.isoformat(),
                "ends_on": audit.ends_on.isoformat(),
                "days": format(audit.days, "f"),
                "state": state_of(audit, dossier, on),
            }
        )
    return sorted(rows, key=lambda row: (row["starts_on"], row["number"]))


def told(data: Mapping[str, Any]) -> Iterator[str]:
    """The same as `shown`, in lines for people."""
    yield f"Audit {data['number']}, {data['title']} of {data['client']} {data['client_name']}: {data['state']}"
    yield f"  {data['starts_on']} to {data['ends_on']}, {data['days']} days, at {', '.join(data['sites'])}"
    yield f"  Criteria: {data['criteria']}"
    for each in data["team"]:
        yield f"  {each['name']}, {each['role']}, {each['days']} days; {each['declared'] or 'conflict question open'}"
    if plan := data["plan"]:
        agreed = f"agreed by {plan['agreed_by']}" if plan["agreed_by"] else "not agreed yet"
        yield f"  Plan: revision {plan['revision']}, {plan['slots']} slots, {agreed}"
    for meeting in data["meetings"]:
        yield f"  {meeting['kind'].capitalize()} meeting on {meeting['held_on']}, {meeting['attendance']} present"
    if checklist := data["checklist"]:
        answered = f"{checklist['answered']} of {checklist['rows']} rows answered"
        yield f"  Checklist version {checklist['version']}: {answered}"
    if data["evidence"]:
        yield f"  Evidence: {data['evidence']} pieces"
    for finding in data["findings"]:
        yield f"  {finding['number']} {finding['grade']}: {finding['statement']}"
    if report := data["report"]:
        yield f"  Report {report['number']} issued on {report['issued_on']}"
    if data["missing"]:
        yield "Still missing:"
    for step in data["missing"]:
        yield f"  {step['what']}"
        yield f"    Next: {step['next']}"


def _declared(person: str, audit: Audit, dossier: Dossier) -> str:
    """`no conflict`, `conflict`, or empty where the person has not answered; the newest answer counts."""
    own = [each for each in dossier.declarations.values() if (each.audit, each.person) == (audit.id, person)]
    last = max(own, key=lambda each: (each.declared_on, each.id), default=None)
    return "" if last is None else "conflict" if last.conflict else "no conflict"

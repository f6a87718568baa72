"""Letter on a regrading: which nonconformity, which grade, why, what it means, and what the client may do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.graded import grade_word
from certbody.deliverables.spelled import long_day
from certbody.domain.decision import ADVERSE, last_stage2_day
from certbody.domain.extension import limit
from certbody.domain.findings import Finding, Grade
from certbody.domain.nonconformity import progress
from certbody.domain.periods import implementation_limit
from certbody.domain.regrading import Regrading, grade_before
from certbody.domain.report import report_of
from certbody.domain.standard import AuditType
from certbody.errors import NotFound

TITLE = "Change of a grade"


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the letter's template may name. `showing.about` is the regrading.

    Raises:
        NotFound: there is no such regrading.
    """
    regrading, finding = _regraded(showing)
    dossier, body, client = showing.dossier, showing.body, showing.dossier.client
    audit = dossier.audits[finding.audit]
    required = showing.standard.requirement(finding.requirement) if showing.standard else None
    report = report_of(audit.id, dossier, showing.on)
    before = grade_before(regrading, dossier) or finding.grade
    person = body.people.get(regrading.by)
    return {
        **common(showing, TITLE, finding.number),
        "letter": {
            "date": long_day(showing.on),
            "subject": f"Nonconformity {finding.number}: change of its grade",
            "salutation": f"Dear {client.representative}," if client and client.representative else "Dear client,",
            "to": _to(showing),
        },
        "nonconformity": {
            "number": finding.number,
            "audit": f"{audit.number}, {audit.title}",
            "requirement": f"{finding.requirement} of {audit.criteria}" + (f": {required.text}" if required else ""),
            "statement": finding.statement,
        },
        "regrading": {
            "on": long_day(regrading.regraded_on),
            "by": body.name(regrading.by),
            "before": grade_word(before),
            "after": _after(regrading.grade),
            "reason": regrading.reason,
            "major": regrading.grade is Grade.MAJOR,
            "minor": regrading.grade is Grade.MINOR,
            "none": regrading.grade is Grade.OPPORTUNITY,
        },
        "answer": _answer(showing, finding, regrading),
        "decision": _decision(showing, audit.application),
        "report": {
            "number": report.number if report else "",
            "issued": long_day(report.issued_on) if report else "",
            "shows_it": bool(report and report.revision > 1 and report.issued_on >= regrading.regraded_on),
        },
        "rights": {
            "to": body.profile.email if body.profile else "",
            "process": body.policy.appeals_process,
        },
        "signatory": {"name": body.name(regrading.by), "title": person.title if person else ""},
    }


def number(showing: Showing) -> str:
    """The nonconformity's."""
    return _regraded(showing)[1].number


def _regraded(showing: Showing) -> tuple[Regrading, Finding]:
    regrading = showing.dossier.regradings.get(showing.about)
    finding = showing.dossier.findings.get(regrading.finding) if regrading else None
    if regrading is None or finding is None:
        raise NotFound(f"There is no regrading {showing.about or 'named'} to show.", next="certbody nc list")
    return regrading, finding


def _after(grade: Grade) -> str:
    if grade is Grade.OPPORTUNITY:
        return f"No nonconformity after all: {grade_word(grade).lower()}"
    return grade_word(grade)


def _answer(showing: Showing, finding: Finding, regrading: Regrading) -> dict[str, Any]:
    """How far the client's answer has come, and by when what is still missing has to be there."""
    dossier = showing.dossier
    steps = progress(finding, dossier, showing.body, showing.on)
    audit = dossier.audits[finding.audit]
    last = last_stage2_day(audit.application, dossier) if audit.kind is AuditType.INITIAL else None
    limited = limit(finding, dossier, showing.on) if audit.kind is AuditType.RECERTIFICATION else None
    ends = implementation_limit(last) if last else limited[0] if limited else None
    return {
        "received": long_day(steps.response.received_on) if steps.response else "",
        "accepted": steps.accepted,
        "rejected": steps.review is not None and not steps.accepted,
        "verified": long_day(steps.verification.verified_on) if steps.verification and steps.implemented else "",
        "due": _still(steps.due_on, showing.on),
        "overdue": long_day(steps.due_on) if steps.due_on and steps.due_on < showing.on else "",
        "verified_by": long_day(ends) if regrading.grade is Grade.MAJOR else "",
        "initial": last is not None,
    }


def _still(day: date | None, on: date) -> str:
    return long_day(day) if day and day >= on else ""


def _decision(showing: Showing, application: str) -> dict[str, Any]:
    """The decision that has been taken by the day of the letter, that it does not undo; empty before one."""
    found = [
        each
        for each in showing.dossier.decisions.values()
        if each.application == application and each.decided_on <= showing.on and each.kind not in ADVERSE
    ]
    last = max(found, key=lambda each: (each.decided_on, each.id), default=None)
    return {
        "taken": last is not None,
        "number": last.number if last else "",
        "on": long_day(last.decided_on) if last else "",
    }


def _to(showing: Showing) -> list[str]:
    client = showing.dossier.client
    if client is None:
        return []
    person = ", ".join(part for part in (client.representative, client.representative_title) if part)
    town = f"{client.postcode} {client.city}".strip()
    return [part for part in (client.name, person, client.address, town, client.country) if part]


DELIVERABLE = Deliverable(
    kind="regrading", title="Letter on a regrading", template="regrading.docx", fields=fields, number=number
)

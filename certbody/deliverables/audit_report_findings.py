"""The findings of an audit report, and what became of those of earlier audits (ISO/IEC 17021-1:2015, 9.4.8.2 k, r)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.deliverables.evidenced import cited
from certbody.deliverables.graded import GRADES, grade_fill, grade_word
from certbody.deliverables.settled import extended, regraded, standing_on
from certbody.deliverables.spelled import counted
from certbody.domain.audit import Audit
from certbody.domain.evidence import AuditEvidence, results_of
from certbody.domain.findings import Finding, Grade, findings_of
from certbody.domain.nonconformity import progress

UNCLEAR = "Not on record."


def graded(showing: Showing, audit: Audit, day: date, known: Mapping[str, AuditEvidence]) -> dict[str, Any]:
    """The findings by their kind: `counts`, `nonconformities`, `concerns`, `opportunities`, `strengths`."""
    found = [each for each in findings_of(audit.id, showing.dossier, day) if each.recorded_on <= day]
    grades = (Grade.CONCERN,) if audit.stage == 1 else (Grade.MAJOR, Grade.MINOR, Grade.OPPORTUNITY)

    def of(grade: Grade) -> list[dict[str, Any]]:
        return [remark(showing, each, day, known) for each in found if each.grade is grade]

    return {
        "counts": [
            {"grade": GRADES[grade][1], "count": sum(each.grade is grade for each in found), "fill": grade_fill(grade)}
            for grade in (*grades, Grade.STRENGTH)
        ],
        "nonconformities": [
            nonconformity(showing, each, audit, day, known) for each in found if each.grade.nonconformity
        ],
        "concerns": of(Grade.CONCERN),
        "opportunities": of(Grade.OPPORTUNITY),
        "strengths": of(Grade.STRENGTH),
    }


def remark(showing: Showing, finding: Finding, day: date, known: Mapping[str, AuditEvidence]) -> dict[str, Any]:
    """A finding that calls for no answer."""
    return {
        "number": finding.number,
        "clause": finding.clause,
        "requirement": finding.requirement,
        "site": _site(showing, finding.site),
        "statement": finding.statement,
        "evidence": finding.evidence,
        "shown_by": cited(finding.evidence_ids, known),
        "regraded": regraded(showing, finding, day, to_client=True),
    }


def nonconformity(
    showing: Showing, finding: Finding, audit: Audit, day: date, known: Mapping[str, AuditEvidence]
) -> dict[str, Any]:
    """A nonconformity as graded on the day: requirement, statement, evidence, and the client's word (9.4.5)."""
    standard = showing.standard
    required = standard.requirement(finding.requirement) if standard else None
    clause = standard.clause(finding.clause) if standard and finding.clause else None
    return {
        "number": finding.number,
        "grade": grade_word(finding.grade),
        "fill": grade_fill(finding.grade),
        "reason": finding.reason,
        "requirement": f"{finding.requirement} of {audit.criteria}",
        "requires": f"{required.title}: {required.text}" if required else "",
        "clause": f"{finding.clause} {clause.title}" if clause else finding.clause,
        "site": _site(showing, finding.site),
        "process": finding.process,
        "item": finding.row,
        "statement": finding.statement,
        "evidence": finding.evidence,
        "shown_by": cited(finding.evidence_ids, known),
        "raised": f"{finding.recorded_on} by {showing.body.name(finding.by)}",
        "word": clients_word(showing, finding, day),
        "asked": finding.nonconformity,
        "due": progress(finding, showing.dossier, showing.body, day).due_on,
        "regraded": regraded(showing, finding, day, to_client=True),
        "extended": extended(showing, finding, day),
    }


def clients_word(showing: Showing, finding: Finding, day: date) -> list[str]:
    """What the client said to a nonconformity: that it took note of it, or disputes it (9.4.7.3)."""
    words = [
        f"{'Disputed' if each.disputed else 'Acknowledged'} by {each.by} on {each.on}"
        + (f": {each.remark}" if each.remark else ".")
        for each in sorted(showing.dossier.acknowledgements.values(), key=lambda each: (each.on, each.id))
        if each.finding == finding.id and each.on <= day
    ]
    return words or [UNCLEAR]


def followed_up(showing: Showing, audit: Audit, day: date) -> list[dict[str, Any]]:
    """Nonconformities of earlier audits with every step by the day, unless settled before this audit began."""
    before = [each for each in showing.dossier.audits.values() if _earlier(each, audit)]
    wanted = {
        finding.number: each
        for each in before
        for finding in findings_of(each.id, showing.dossier, day)
        if finding.nonconformity and not _settled(showing, finding, audit)
    }
    rows = [
        row
        for application in {each.application: None for each in before}
        for row in standing_on(showing, application, day)
    ]
    return [
        {
            **{name: row[name] for name in ("number", "requirement", "site", "statement", "steps", "state")},
            "grade": row["grade"].capitalize(),
            "fill": grade_fill(Grade(row["grade"])),
            "audit": f"{wanted[row['number']].number}, {wanted[row['number']].title}",
        }
        for row in rows
        if row["number"] in wanted
    ]


def _settled(showing: Showing, finding: Finding, audit: Audit) -> bool:
    """Whether its effectiveness was confirmed before this audit, and not at it."""
    return any(
        each.finding == finding.id and each.effective and each.confirmed_on < audit.starts_on and each.audit != audit.id
        for each in showing.dossier.effectiveness.values()
    )


def concerns_before(showing: Showing, audit: Audit, day: date) -> list[dict[str, Any]]:
    """The areas of concern of stage 1, and what stage 2 found on them (9.3.1.2.2)."""
    if audit.stage != 2:
        return []
    dossier, found = showing.dossier, []
    results, own = results_of(audit.id, dossier), findings_of(audit.id, dossier)
    for stage1 in dossier.audits.values():
        if stage1.stage != 1 or not _earlier(stage1, audit) or stage1.application != audit.application:
            continue
        for concern in findings_of(stage1.id, dossier):
            if concern.grade is not Grade.CONCERN:
                continue
            result = results.get(concern.row) if concern.row else None
            raised = [
                each.number for each in own if concern.row and each.row == concern.row and each.recorded_on <= day
            ]
            found.append(
                {
                    "number": concern.number,
                    "clause": concern.clause,
                    "statement": concern.statement,
                    "result": str(result.result) if result else "see the findings",
                    "note": result.note if result else "",
                    "raised": ", ".join(raised),
                }
            )
    return found


def _earlier(other: Audit, audit: Audit) -> bool:
    return other.id != audit.id and (other.starts_on, other.ends_on, other.stage) < (
        audit.starts_on,
        audit.ends_on,
        audit.stage,
    )


def _site(showing: Showing, key: str) -> str:
    site = showing.dossier.sites.get(key)
    return site.name if site else key


def summary(found: Mapping[str, Any]) -> str:
    """`1 major nonconformity, 2 minor nonconformities, 1 strength`."""
    words = {many: (one, many) for one, many, _ in GRADES.values()}
    said = [
        counted(row["count"], words[row["grade"]][0].lower(), words[row["grade"]][1].lower())
        for row in found["counts"]
        if row["count"]
    ]
    return ", ".join(said) or "no findings"

"""The checklist workbook of an audit: one row for each question at each site, and a sheet for findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.workbook_fields import heading, site_name
from certbody.domain.audit import Audit
from certbody.domain.dossier import Dossier
from certbody.domain.evidence import STAGE_1, STAGE_2, Checklist, ChecklistRow, ItemResult, checklist_of, results_of
from certbody.domain.findings import Finding, Grade, findings_recorded
from certbody.domain.standard import ChecklistItem, Standard, Supplement
from certbody.domain.text import MOST_CHARACTERS

FORM = "checklist"
EMPTY_FINDINGS = 40
"""Rows for new findings, below those on record."""
CHECK_LOCALLY = "Check locally: look up first what law and ombudsman ask in this country."
NO_SECTOR = "The application names no sector for which there are further questions, so nothing is listed here."


def words_of(stage: int) -> tuple[str, ...]:
    """The results that a row may have at a stage (0: an audit without stages)."""
    return tuple(STAGE_1 if stage == 1 else STAGE_2)


def grades_of(stage: int) -> tuple[str, ...]:
    """The grades that a finding may have at a stage (0: an audit without stages)."""
    if stage == 1:
        return (Grade.CONCERN, Grade.STRENGTH)
    return (Grade.MAJOR, Grade.MINOR, Grade.OPPORTUNITY, Grade.STRENGTH)


def seen(audit: str, dossier: Dossier) -> dict[str, str]:
    """Row id to what was seen there, as it is on record and stands in the workbook: one paragraph a piece of evidence.

    What comes back unchanged is no new evidence. Where the texts together are longer than a cell, the sentence that
    says so stands there instead.
    """
    notes: dict[str, list[str]] = {}
    for each in sorted(dossier.evidence.values(), key=lambda each: (each.collected_on, each.id)):
        if each.audit == audit and each.note.strip():
            for row in each.rows:
                notes.setdefault(row, []).append(each.note)
    joined = {row: "\n".join(said) for row, said in notes.items()}
    return {
        row: text if len(text) <= MOST_CHARACTERS else f"{len(notes[row])} pieces of evidence are on record."
        for row, text in joined.items()
    }


def fields(showing: Showing) -> Mapping[str, Any]:
    """The checklist of the audit that is shown, with the results, evidence and findings already on record.

    With the sector's law to look up: a help to whoever prepares the audit, of which nothing is read back.
    """
    audit, checklist = _shown(showing)
    dossier, standard = showing.dossier, showing.standard
    results, evidence = results_of(audit.id, dossier), seen(audit.id, dossier)
    questions, titles = _items(standard), _titles(standard)
    sector = _sector(audit, dossier, standard)
    return {
        **heading(showing, "Checklist", number(showing)),
        "audit": {
            "number": audit.number,
            "version": checklist.version,
            "stage": audit.stage,
            "title": audit.title,
            "criteria": audit.criteria,
            "starts_on": audit.starts_on,
            "ends_on": audit.ends_on,
        },
        "rows": [
            {
                **_question(row, questions.get(row.item), titles.get(row.clause, "")),
                "site": site_name(row.site, dossier),
                **_result(results.get(row.id)),
                "seen": evidence.get(row.id, ""),
            }
            for row in checklist.rows
        ],
        "findings": [
            *(_finding(each) for each in findings_recorded(audit.id, dossier)),
            *([_NO_FINDING] * EMPTY_FINDINGS),
        ],
        "results": list(map(str, words_of(audit.stage))),
        "grades": list(map(str, grades_of(audit.stage))),
        "requirements": citable(standard),
        "sector": {"title": sector.title if sector else "no sector", "note": sector.note if sector else NO_SECTOR},
        "law": _law(sector),
    }


def citable(standard: Standard | None) -> list[str]:
    """What a nonconformity may cite: the numbered requirements, or the clauses of a standard that has none."""
    if standard is None:
        return []
    numbers = [each.number for each in standard.requirements]
    return numbers or [each.number for each in standard.clauses if each.assessable]


def number(showing: Showing) -> str:
    """Audit and version."""
    audit, checklist = _shown(showing)
    return f"{audit.number} v{checklist.version}"


def properties(showing: Showing) -> Mapping[str, str]:
    """What the file carries unseen, so that another audit's checklist, or an older one, is not taken for this."""
    audit, checklist = _shown(showing)
    client = showing.dossier.client
    return {
        "certbody form": FORM,
        "certbody audit": audit.number,
        "certbody version": str(checklist.version),
        "certbody client": client.id if client else "",
    }


def _shown(showing: Showing) -> tuple[Audit, Checklist]:
    """The audit and its checklist: of the checklist, or of the audit, that `about` names."""
    dossier = showing.dossier
    named = dossier.checklists.get(showing.about)
    audit = dossier.audits[named.audit if named else showing.about]
    checklist = named or checklist_of(audit.id, dossier)
    if checklist is None:
        raise KeyError(f"audit {audit.number} has no checklist")
    return audit, checklist


def _items(standard: Standard | None) -> dict[str, ChecklistItem]:
    if standard is None:
        return {}
    extra = (item for supplement in standard.supplements for item in supplement.items)
    return {item.id: item for item in (*standard.items, *extra)}


def _sector(audit: Audit, dossier: Dossier, standard: Standard | None) -> Supplement | None:
    """The supplement of the sector that was applied for."""
    asked = dossier.applications.get(audit.application)
    return standard.supplement(asked.sector) if standard and asked else None


def _law(sector: Supplement | None) -> list[dict[str, str]]:
    """A row for each line on law, which says of itself that it is unverified; one empty row where there is none."""
    lines = [
        {
            "topic": each.topic,
            "asks": each.asks,
            "items": "\n".join(each.items),
            "verify": f"to be checked {each.verify}",
        }
        for each in (sector.law if sector else ())
    ]
    return lines or [dict.fromkeys(("topic", "asks", "items", "verify"), "")]


def _titles(standard: Standard | None) -> dict[str, str]:
    return {clause.number: clause.title for clause in standard.clauses} if standard else {}


def _question(row: ChecklistRow, item: ChecklistItem | None, title: str) -> dict[str, Any]:
    """The question as it was frozen; where to look, as the standard says today."""
    look_for = [item.evidence, *([CHECK_LOCALLY] if item.check_locally else [])] if item else []
    return {
        "id": row.id,
        "item": row.item,
        "clause": f"{row.clause} {title}".strip(),
        "core": "core" if row.core else "",
        "ask": row.ask,
        "look_for": "\n".join(look_for),
        "methods": "\n".join(item.methods) if item else "",
        "requirements": "\n".join(row.requirements),
    }


def _result(result: ItemResult | None) -> dict[str, Any]:
    return {"result": str(result.result) if result else "", "note": result.note if result else ""}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "number": finding.number,
        "row": finding.row,
        "grade": str(finding.grade),
        "requirement": finding.requirement,
        "statement": finding.statement,
        "evidence": finding.evidence,
        "process": finding.process,
        "reason": finding.reason,
        "found_on": finding.recorded_on,
    }


_NO_FINDING: dict[str, Any] = dict.fromkeys(
    ("number", "row", "grade", "requirement", "statement", "evidence", "process", "reason", "found_on"), ""
)

CHECKLIST = Deliverable(
    kind=FORM,
    title="Checklist",
    template="checklist.xlsx",
    fields=fields,
    number=number,
    properties=properties,
)

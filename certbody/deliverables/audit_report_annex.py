"""The annexes of an audit report: every checklist item with its result, by site and clause, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.deliverables.evidenced import of_one_row
from certbody.deliverables.graded import result_fill
from certbody.domain.audit import Audit
from certbody.domain.evidence import (
    WITH_REASON,
    AuditEvidence,
    ChecklistRow,
    ItemResult,
    Result,
    checklist_of,
    results_of,
)
from certbody.domain.findings import Finding, findings_of

OPEN = "no result yet"


def checked(showing: Showing, audit: Audit, day: date, known: Mapping[str, AuditEvidence]) -> list[dict[str, Any]]:
    """Each site with its clauses, and each clause with a row for every item asked there, answered or not.

    Findings stand there with their grades of the day.
    """
    checklist = checklist_of(audit.id, showing.dossier)
    results, standard = results_of(audit.id, showing.dossier), showing.standard
    found = _findings(showing, audit, day)
    by_row = _evidence(known)
    sites: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in checklist.rows if checklist else ():
        evidence = by_row.get(row.id, {})
        shown = _row(row, results.get(row.id), found.get(row.id, []), evidence, showing)
        sites.setdefault(row.site, {}).setdefault(row.clause, []).append(shown)
    titles = {each.number: each.title for each in standard.clauses} if standard else {}
    return [
        {
            "site": _site(showing, key),
            "clauses": [
                {"name": f"{number}  {titles.get(number, '')}".strip(), "rows": rows}
                for number, rows in clauses.items()
            ],
        }
        for key, clauses in sites.items()
    ]


def _row(
    row: ChecklistRow,
    said: ItemResult | None,
    found: list[Finding],
    evidence: Mapping[str, AuditEvidence],
    showing: Showing,
) -> dict[str, Any]:
    seen = [_seen(number, each, showing) for number, each in evidence.items() if of_one_row(each)]
    listed = [number for number, each in evidence.items() if not of_one_row(each)]
    by = (
        showing.body.name(said.by) if said and not (seen and said.by in {each.by for each in evidence.values()}) else ""
    )
    return {
        "item": row.item,
        "ask": row.ask,
        "requirements": ", ".join(row.requirements),
        "core": row.core,
        "result": str(said.result) if said else OPEN,
        "fill": result_fill(said.result if said else None, found),
        "findings": ", ".join(f"{each.number} ({each.grade})" for each in found),
        "note": said.note if said else "",
        "seen": seen,
        "signed": " · ".join(part for part in (", ".join(listed), by) if part),
    }


def _seen(number: str, each: AuditEvidence, showing: Showing) -> dict[str, str]:
    """A note of evidence, with its number, day and person, and the method where it is said."""
    about = (number, str(each.collected_on), showing.body.name(each.by), each.method or "")
    return {"note": each.note, "about": ", ".join(part for part in about if part)}


def _findings(showing: Showing, audit: Audit, day: date) -> dict[str, list[Finding]]:
    by_row: dict[str, list[Finding]] = {}
    for each in findings_of(audit.id, showing.dossier, day):
        by_row.setdefault(each.row, []).append(each)
    return by_row


def _evidence(known: Mapping[str, AuditEvidence]) -> dict[str, dict[str, AuditEvidence]]:
    by_row: dict[str, dict[str, AuditEvidence]] = {}
    for number, each in known.items():
        for row in each.rows:
            by_row.setdefault(row, {})[number] = each
    return by_row


def coverage(showing: Showing, audit: Audit) -> dict[str, Any]:
    """How many items were asked, what came of them, and which were left out, with the reason for each."""
    checklist = checklist_of(audit.id, showing.dossier)
    results = results_of(audit.id, showing.dossier)
    rows = checklist.rows if checklist else ()
    given = [results[row.id].result for row in rows if row.id in results]
    counts = [{"result": str(word), "count": given.count(word)} for word in Result if word in given]
    if len(given) < len(rows):
        counts.append({"result": OPEN, "count": len(rows) - len(given)})
    return {
        "items": len(rows),
        "version": str(checklist.version) if checklist else "",
        "counts": counts,
        "left_out": [
            {
                "item": row.item,
                "site": _site(showing, row.site),
                "result": str(results[row.id].result),
                "reason": results[row.id].note,
            }
            for row in rows
            if row.id in results and results[row.id].result in WITH_REASON
        ],
    }


def _site(showing: Showing, key: str) -> str:
    site = showing.dossier.sites.get(key)
    return site.name if site else key

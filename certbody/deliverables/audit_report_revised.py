"""The revisions of an audit report: which replaces which, why, and what has changed on record between them."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.domain.regrading import grade_before
from certbody.domain.report import Report, report_of
from certbody.domain.report_revisions import changed_between, replaced_by

FIRST = "First issue."


def replaces(showing: Showing, audit: str, shown: Report | None) -> dict[str, str]:
    """The report that this one replaces, `2026-014/R1 of 2026-04-22`, and why; empty for the first.

    A draft replaces the newest one issued.
    """
    before = replaced_by(shown, showing.dossier) if shown else report_of(audit, showing.dossier)
    reason = shown.reason if shown else ""
    return {"replaces": f"{before.number} of {before.issued_on}" if before else "", "reason": reason}


def revisions(showing: Showing, audit: str, shown: Report | None, number: str) -> list[dict[str, Any]]:
    """The revisions up to the one that is shown; a draft, with its `number`, is the last row, with no day of issue."""
    every = sorted((each for each in showing.dossier.reports.values() if each.audit == audit), key=_revision)
    issued = [each for each in every if shown is None or each.revision <= shown.revision]
    rows = [
        {
            "revision": str(each.revision),
            "number": each.number,
            "issued": str(each.issued_on),
            "by": showing.body.name(each.by),
            "reason": each.reason or FIRST if each.revision == 1 else each.reason,
            "changes": _changes(showing, before, each.issued_on) if before else [],
        }
        for before, each in zip([None, *issued], issued, strict=False)
    ]
    if shown is None:
        last = issued[-1] if issued else None
        rows.append(
            {
                "revision": str(last.revision + 1 if last else 1),
                "number": number,
                "issued": "draft, not issued",
                "by": "",
                "reason": "" if last else FIRST,
                "changes": _changes(showing, last, showing.on) if last else [],
            }
        )
    return rows


def _revision(report: Report) -> int:
    return report.revision


def _changes(showing: Showing, before: Report, day: date) -> list[str]:
    return [
        f"{on}: {_words(showing, table, each)}" for on, table, each in changed_between(before, day, showing.dossier)
    ]


def _words(showing: Showing, table: str, each: Any) -> str:
    name = showing.body.name
    finding = showing.dossier.findings.get(getattr(each, "finding", ""))
    number = finding.number if finding else ""
    if table == "regradings":
        before = grade_before(each, showing.dossier)
        return f"{number} regraded from {before} to {each.grade} by {name(each.by)}: {each.reason}"
    if table == "extensions":
        return f"time to answer {number} extended to {each.until} by {name(each.by)}: {each.reason}"
    if table == "acknowledgements":
        word = "disputed" if each.disputed else "acknowledged"
        return f"{number} {word} by {each.by}" + (f": {each.remark}" if each.remark else "")
    if table == "plans":
        return f"plan revision {each.revision} by {name(each.by)}"
    return f"concluded anew by {name(each.by)}"

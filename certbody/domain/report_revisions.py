"""Revisions of a report: each says why it replaces the one before, which stays on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from certbody.domain.objection import Said, rule
from certbody.domain.report import Report

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

_OF_A_FINDING = {"regradings": "regraded_on", "extensions": "extended_on", "acknowledgements": "on"}
_OF_AN_AUDIT = {"conclusions": "concluded_on", "stage1_conclusions": "concluded_on", "plans": "made_on"}


def replaced_by(report: Report, dossier: Dossier) -> Report | None:
    """The revision that a report replaces: the one before it; None for the first."""
    return next(
        (
            each
            for each in dossier.reports.values()
            if each.audit == report.audit and each.revision == report.revision - 1
        ),
        None,
    )


def changed_between(earlier: Report, day: date, dossier: Dossier) -> list[tuple[date, str, Any]]:
    """The dated facts that came after a report, by a day, and that a further revision shows: day, table, record.

    A regrading follows a report, so that of the same day counts; of other facts only those of a later day do.
    """
    found: list[tuple[date, str, Any]] = []
    for table, name in (_OF_A_FINDING | _OF_AN_AUDIT).items():
        first = earlier.issued_on.toordinal() + (table != "regradings")
        for each in getattr(dossier, table).values():
            finding = dossier.findings.get(each.finding) if table in _OF_A_FINDING else None
            audit = (finding.audit if finding else "") if table in _OF_A_FINDING else each.audit
            happened: date = getattr(each, name)
            if audit == earlier.audit and first <= happened.toordinal() <= day.toordinal():
                found.append((happened, table, each))
    return sorted(found, key=lambda row: (row[0], row[1], row[2].id))


@rule(
    18,
    "B",
    "ISO/IEC 17021-1:2015, 9.4.8.1, 9.9",
    of="reports",
    reads="reports findings regradings extensions acknowledgements conclusions stage1_conclusions plans",
)
def a_revision_says_why(report: Report, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A revision of a report follows the one before, says why it replaces it, and changes something (9.4.8.1)."""
    if report.revision == 1:
        return
    audit = dossier.audits.get(report.audit)
    number = audit.number if audit else report.audit
    earlier = replaced_by(report, dossier)
    if earlier is None:
        yield (
            f"Report {report.number} would be revision {report.revision}; there is no revision {report.revision - 1} "
            "that it replaces.",
            f"certbody audit report {number}",
        )
        return
    if report.issued_on < earlier.issued_on:
        yield (
            f"Revision {earlier.revision} was issued on {earlier.issued_on}; revision {report.revision} cannot be of "
            f"{report.issued_on}.",
            "give the day on which it was issued with --on",
        )
    if not report.reason.strip():
        yield (
            f"Report {report.number} does not say why it replaces revision {earlier.revision} of {earlier.issued_on}.",
            "give --reason",
        )
    if not changed_between(earlier, report.issued_on, dossier):
        yield (
            f"Since revision {earlier.revision} of {earlier.issued_on} no grade, conclusion, plan, deadline or word of "
            "the client has changed on record.",
            "say what is different",
            "W",
        )

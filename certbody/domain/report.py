"""What the team concludes, and the report that carries it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.audit import MeetingKind, Role, assignments_of, leader_of, meeting_of, plan_of
from certbody.domain.evidence import ItemResult, Result, checklist_of, results_of
from certbody.domain.findings import Finding, findings_of
from certbody.domain.objection import Said, rule

if TYPE_CHECKING:
    from certbody.domain.audit import Audit
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


class Recommendation(StrEnum):
    """What the team recommends to the body (9.4.8.2 p)."""

    GRANT = "grant"
    GRANT_AFTER_CORRECTION = "grant once nonconformities are dealt with"
    REFUSE = "refuse"
    MAINTAIN = "maintain"


@attrs.frozen(kw_only=True)
class Stage1Conclusion:
    """The documented conclusion of stage 1 (ISO/IEC 17021-1:2015, 9.3.1.2)."""

    id: str = text.number()
    audit: str = text.number()
    concluded_on: date
    by: str = text.number()
    ready: bool
    summary: str = text.prose(required=True)
    documented_information: str = text.prose(default="")
    scope_and_sites: str = text.prose(default="")
    internal_audit_and_review: str = text.prose(default="")
    resources_and_focus: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class AuditConclusion:
    """What the team agreed on (9.4.6), in the order of the report (9.4.8.2, 9.4.8.3)."""

    id: str = text.number()
    audit: str = text.number()
    concluded_on: date
    by: str = text.number()
    recommendation: Recommendation
    conditions: str = text.prose(default="")
    conformity_and_effectiveness: str = text.prose(default="")
    capability: str = text.prose(default="")
    internal_audit_and_review: str = text.prose(default="")
    scope_appropriate: bool = False
    scope_remark: str = text.prose(default="")
    objectives_fulfilled: bool = False
    objectives_remark: str = text.prose(default="")
    deviations: str = text.prose(default="")
    significant_matters: str = text.prose(default="")
    changes: str = text.prose(default="")
    unresolved: str = text.prose(default="")
    marks: str = text.prose(default="")
    remote: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class Report:
    """An audit report as issued: the body's, in a revision (9.4.8.1). `reason` says why it replaces the one before."""

    id: str = text.number()
    number: str = text.number()
    audit: str = text.number()
    revision: int = 1
    issued_on: date
    by: str = text.number()
    reason: str = text.prose(default="")


def conclusion_of(audit: str, dossier: Dossier) -> AuditConclusion | None:
    """The newest conclusion of a stage 2 or later audit."""
    found = [each for each in dossier.conclusions.values() if each.audit == audit]
    return max(found, key=lambda each: (each.concluded_on, each.id), default=None)


def stage1_conclusion_of(audit: str, dossier: Dossier) -> Stage1Conclusion | None:
    """The newest conclusion of a stage 1 audit."""
    found = [each for each in dossier.stage1_conclusions.values() if each.audit == audit]
    return max(found, key=lambda each: (each.concluded_on, each.id), default=None)


def report_of(audit: str, dossier: Dossier, on: date = date.max) -> Report | None:
    """The newest revision of an audit's report that was issued by a day; None where there was none."""
    found = [each for each in dossier.reports.values() if each.audit == audit and each.issued_on <= on]
    return max(found, key=lambda each: each.revision, default=None)


def missing_parts(audit: Audit, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """What a report cannot yet say, as sentence and next step; the letters are those of 9.4.8.2."""
    number = audit.number
    if not leader_of(audit.id, dossier):
        yield ("i: no team leader is named.", f"certbody audit assign {number} PERSON --role leader")
    if plan_of(audit.id, dossier) is None:
        yield ("j: there is no plan with dates, sites and times.", f"certbody audit plan {number}")
    for kind in MeetingKind:
        if meeting_of(audit.id, kind, dossier) is None:
            step = "open" if kind is MeetingKind.OPENING else "close"
            yield (f"j: the {kind} meeting is not on record.", f"certbody audit {step} {number}")
    yield from _unanswered(audit, dossier)
    if audit.stage == 1:
        if stage1_conclusion_of(audit.id, dossier) is None:
            yield ("k: stage 1 has no conclusion.", f"certbody audit conclude {number}")
        return
    conclusion = conclusion_of(audit.id, dossier)
    if conclusion is None:
        yield ("k, p: the audit has no conclusion and recommendation.", f"certbody audit conclude {number}")
        return
    for letter, words, said in (
        ("9.4.8.3 a", "conformity and effectiveness", conclusion.conformity_and_effectiveness),
        ("9.4.8.3 a", "the capability to meet requirements and expected outcomes", conclusion.capability),
        ("9.4.8.3 a", "internal audit and management review", conclusion.internal_audit_and_review),
    ):
        if not said.strip():
            yield (f"{letter}: nothing is said on {words}.", f"certbody audit conclude {number}")
    if not conclusion.scope_appropriate and not conclusion.scope_remark.strip():
        yield (
            "9.4.8.3 b: the scope is not found appropriate, and nobody says why.",
            f"certbody audit conclude {number}",
        )
    if not conclusion.objectives_fulfilled and not conclusion.objectives_remark.strip():
        yield ("9.4.8.3 c: the objectives are not fulfilled, and nobody says why.", f"certbody audit conclude {number}")


def _unanswered(audit: Audit, dossier: Dossier) -> Iterator[tuple[str, str]]:
    checklist = checklist_of(audit.id, dossier)
    if checklist is None:
        yield ("k: there is no checklist.", f"certbody audit checklist {audit.number}")
        return
    results = results_of(audit.id, dossier)
    empty = [row.id for row in checklist.rows if row.id not in results]
    again = [row.id for row in checklist.rows if row.id in results and results[row.id].result is Result.COME_BACK]
    for words, rows in (("have no result", empty), ("wait to be come back to", again)):
        if rows:
            shown = ", ".join(rows[:5]) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
            yield (f"k: {len(rows)} checklist rows {words}: {shown}.", f"certbody audit record {audit.number} FILE")
    if bare := rows_without_finding(audit.id, dossier):
        yield (
            f"k: rows {', '.join(bare[:5])} say '{Result.FINDING if audit.stage != 1 else Result.CONCERN}', "
            "yet no finding names them.",
            f"certbody audit finding {audit.number} --row ROW, or name its finding in the row's note",
        )


def rows_without_finding(audit: str, dossier: Dossier) -> list[str]:
    """The rows that say 'finding' or 'area of concern', and that no finding names."""
    findings = findings_of(audit, dossier)
    graded = {finding.row for finding in findings}
    return sorted(
        row
        for row, each in results_of(audit, dossier).items()
        if each.result in (Result.FINDING, Result.CONCERN) and row not in graded and not _named(each, findings)
    )


def _named(result: ItemResult, findings: Iterable[Finding]) -> bool:
    """Whether the note of a row names one of the findings by its number: what is one finding is met at many rows."""
    return any(re.search(rf"(?<![\w/-]){re.escape(each.number)}(?![\w-])", result.note) for each in findings)


@rule(
    18,
    "B",
    "ISO/IEC 17021-1:2015, 9.4.8.2, 9.4.8.3",
    of="reports",
    reads="audits meetings conclusions stage1_conclusions checklists results plans assignments",
)
def a_report_is_complete(report: Report, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A report has every part of 9.4.8.2 a to r and 9.4.8.3; the sampling disclaimer is printed always."""
    audit = dossier.audits.get(report.audit)
    if audit is None:
        yield (f"There is no audit {report.audit}.", "name an audit of this client")
        return
    for said, step in missing_parts(audit, dossier):
        yield (f"Report {report.number}, {said}", step)
    closed = meeting_of(audit.id, MeetingKind.CLOSING, dossier)
    if closed and report.issued_on < closed.held_on:
        yield (
            f"Report {report.number} cannot be issued on {report.issued_on}; the audit closed on {closed.held_on}.",
            "give the day on which it was issued with --on",
        )
    earlier = [
        each.revision
        for each in dossier.reports.values()
        if each.audit == report.audit and each.id != report.id and each.revision == report.revision
    ]
    if earlier:
        yield (f"Revision {report.revision} of report {report.number} is issued already.", "issue the next revision")


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.4.6, 9.4.7", of="conclusions", reads="audits assignments findings regradings")
def the_conclusion_follows_the_findings(
    conclusion: AuditConclusion, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """The team concludes what its findings bear: with a major open, nothing is granted at once (9.4.6, 9.5.2)."""
    audit = dossier.audits.get(conclusion.audit)
    if audit is None:
        yield (f"There is no audit {conclusion.audit}.", "name an audit of this client")
        return
    team = {each.person for each in assignments_of(audit.id, dossier) if each.role in (Role.LEADER, Role.AUDITOR)}
    if conclusion.by not in team:
        yield (
            f"{body.name(conclusion.by)} is no auditor of {audit.number} and cannot conclude it.",
            "let its leader or an auditor of it conclude it",
        )
    day = conclusion.concluded_on
    raised = [each.number for each in findings_of(audit.id, dossier, day) if each.nonconformity]
    if raised and conclusion.recommendation is Recommendation.GRANT:
        yield (
            f"{', '.join(raised)} stand; the recommendation cannot be '{Recommendation.GRANT}' without more.",
            f"recommend '{Recommendation.GRANT_AFTER_CORRECTION}' or '{Recommendation.REFUSE}'",
        )


@rule(11, "B", "ISO/IEC 17021-1:2015, 9.3.1.2", of="stage1_conclusions", reads="audits assignments meetings")
def stage_1_is_concluded_by_its_team(
    conclusion: Stage1Conclusion, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Stage 1 is concluded by its own team, after it was held (9.3.1.2)."""
    audit = dossier.audits.get(conclusion.audit)
    if audit is None or audit.stage != 1:
        yield (f"There is no stage 1 audit {conclusion.audit}.", "name a stage 1 audit of this client")
        return
    team = {each.person for each in assignments_of(audit.id, dossier) if each.role in (Role.LEADER, Role.AUDITOR)}
    if conclusion.by not in team:
        yield (
            f"{body.name(conclusion.by)} is no auditor of {audit.number} and cannot conclude it.",
            "let its leader or an auditor of it conclude it",
        )
    opened = meeting_of(audit.id, MeetingKind.OPENING, dossier)
    if opened is None or opened.held_on > conclusion.concluded_on:
        yield (f"Stage 1 ({audit.number}) has not begun.", f"certbody audit open {audit.number}")

"""Audit findings: evidence evaluated against criteria, with a grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.audit import closed_on
from certbody.domain.evidence import checklist_of
from certbody.domain.objection import Said, rule

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


class Grade(StrEnum):
    """Grades of a finding (ISO/IEC 17021-1:2015, 3.11 to 3.13, 9.4.5); areas of concern are of stage 1."""

    MAJOR = "major"
    MINOR = "minor"
    OPPORTUNITY = "opportunity"
    STRENGTH = "strength"
    CONCERN = "area of concern"

    @property
    def nonconformity(self) -> bool:
        """Whether the grade is that of a nonconformity."""
        return self in (Grade.MAJOR, Grade.MINOR)


@attrs.frozen(kw_only=True)
class Finding:
    """A finding, in the order of the paper form.

    Attributes:
        number: audit, auditor and the auditor's own count: `2026-014/AK-3`.
        row: the checklist row it was found on.
        requirement: number in the document audited against, as cited; required of a nonconformity.
        statement: what is not fulfilled.
        evidence: the objective evidence, in words; `evidence_ids` name what was kept.
        reason: why this grade.
    """

    id: str = text.number()
    number: str = text.number()
    audit: str = text.number()
    row: str = text.number(default="")
    site: str = text.number(default="")
    grade: Grade
    requirement: str = text.number(default="")
    clause: str = text.number(default="")
    statement: str = text.prose(required=True)
    evidence: str = text.prose(default="")
    evidence_ids: tuple[str, ...] = ()
    process: str = text.name(default="")
    reason: str = text.prose(default="")
    by: str = text.number()
    recorded_on: date

    @property
    def nonconformity(self) -> bool:
        """Whether it is a nonconformity, minor or major."""
        return self.grade.nonconformity


def graded(finding: Finding, dossier: Dossier, on: date = date.max) -> Grade:
    """The grade of a finding on a day: as it was last regraded by then, else as it was recorded."""
    regraded = [each for each in dossier.regradings.values() if each.finding == finding.id and each.regraded_on <= on]
    last = max(regraded, key=lambda each: (each.regraded_on, each.id), default=None)
    return last.grade if last else finding.grade


def as_graded(finding: Finding, dossier: Dossier, on: date = date.max) -> Finding:
    """The finding with its grade of a day. It is for judging and showing; what goes on record keeps its own grade."""
    grade = graded(finding, dossier, on)
    return finding if grade is finding.grade else attrs.evolve(finding, grade=grade)


def findings_of(audit: str, dossier: Dossier, on: date = date.max) -> list[Finding]:
    """The findings of an audit as graded on a day (unless given: by now), gravest first, then by number."""
    return _sorted(as_graded(each, dossier, on) for each in findings_recorded(audit, dossier))


def findings_recorded(audit: str, dossier: Dossier) -> list[Finding]:
    """The findings of an audit as they were recorded, whatever they were regraded to, in the same order."""
    return _sorted(each for each in dossier.findings.values() if each.audit == audit)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    order = list(Grade)
    return sorted(findings, key=lambda each: (order.index(each.grade), _natural(each.number)))


def _natural(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", number)]


_SOLUTION = re.compile(
    r"\b(?:you|we|they|the (?:client|organi[sz]ation|company)) (?:should|must|need(?:s)? to|ought to|could) "
    r"(?:buy|purchase|implement|install|introduce|hire|appoint|adopt|use|set up|write|create)\b"
    r"|\b(?:we|I) (?:recommend|suggest|advise)\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"\b(?:is|are|was|were) (?:not|never) (?:met|fulfilled|implemented|recorded|documented|carried out)\b"
    r"|\bdoes not (?:fulfil|meet|comply)\b|\bnonconform",
    re.IGNORECASE,
)


def suggested(statement: str) -> str:
    """The words with which a text suggests a solution, or ""; a net with meshes, for people to look at."""
    found = _SOLUTION.search(statement)
    return found[0] if found else ""


@rule(17, "B", "ISO/IEC 17021-1:2015, 9.4.5", of="findings", reads="audits checklists")
def a_nonconformity_is_complete(finding: Finding, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A nonconformity has a requirement, a statement and objective evidence; wording only ever warns (9.4.5)."""
    audit = dossier.audits.get(finding.audit)
    if audit is None:
        yield (f"There is no audit {finding.audit}.", "name an audit of this client")
        return
    checklist = checklist_of(finding.audit, dossier)
    if finding.row and not (checklist and any(row.id == finding.row for row in checklist.rows)):
        yield (
            f"{finding.number}: audit {audit.number} has no checklist row {finding.row}.",
            "name a row of its checklist, such as 7.4-1@HQ",
        )
    if (finding.grade is Grade.CONCERN) is not (audit.stage == 1) and finding.grade is not Grade.STRENGTH:
        wanted = "areas of concern, graded at stage 2" if audit.stage == 1 else "findings, not areas of concern"
        yield (
            f"{finding.number}: stage {audit.stage or 'n/a'} records {wanted}; this one is '{finding.grade}'.",
            "take a grade of this stage",
        )
    if finding.nonconformity:
        if not finding.requirement:
            yield (
                f"{finding.number} names no requirement of the audit criteria.",
                "name the requirement that is not fulfilled",
            )
        if not finding.evidence.strip():
            yield (f"{finding.number} has no objective evidence.", "say what was seen, heard or read, and where")
    if words := suggested(finding.statement):
        yield (
            f"{finding.number} suggests a solution (‘{words}’); an auditor names the gap, the client finds the way.",
            "say what is missing, not how to do it",
            "W",
        )
    if finding.grade is Grade.OPPORTUNITY and (found := _HIDDEN.search(finding.statement)):
        yield (
            f"{finding.number} is an opportunity, yet reads like a nonconformity (‘{found[0]}’).",
            "grade it as a nonconformity, or say why it is none",
            "W",
        )


@rule(17, "B", "ISO/IEC 17021-1:2015, 9.4.5, 9.4.7", of="findings", reads="meetings audits")
def findings_are_recorded_until_the_closing_meeting(
    finding: Finding, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Findings are presented at the closing meeting; none dated after it belongs to that audit (9.4.7)."""
    closed = closed_on(finding.audit, dossier)
    if closed and finding.recorded_on > closed:
        yield (
            f"{finding.number} is dated {finding.recorded_on}; the closing meeting was on {closed}.",
            "raise it at a further audit, or correct the date",
        )

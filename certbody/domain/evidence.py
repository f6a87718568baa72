"""The checklist of one audit, its results, and the audit evidence behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.objection import Said, rule
from certbody.domain.standard import ChecklistItem, Method, SiteKind

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.client import Site
    from certbody.domain.dossier import Dossier


class Result(StrEnum):
    """What was found on one checklist row. The first three belong to stage 1, the next four to stage 2."""

    SATISFACTORY = "satisfactory"
    CONCERN = "area of concern"
    NOT_REVIEWED = "not reviewed"
    CONFORMITY = "conformity"
    FINDING = "finding"
    STRENGTH = "strength"
    NOT_COVERED = "not covered"
    COME_BACK = "come back"
    NOT_APPLICABLE = "not applicable"


STAGE_1 = (Result.SATISFACTORY, Result.CONCERN, Result.NOT_REVIEWED, Result.NOT_APPLICABLE)
STAGE_2 = (
    Result.CONFORMITY,
    Result.FINDING,
    Result.STRENGTH,
    Result.NOT_COVERED,
    Result.COME_BACK,
    Result.NOT_APPLICABLE,
)
WITH_REASON = frozenset({Result.NOT_REVIEWED, Result.NOT_COVERED, Result.NOT_APPLICABLE})
"""Results that stand only with a reason."""


@attrs.frozen(kw_only=True)
class ChecklistRow:
    """One item at one site; `id` is `item@site`. The question is kept as it was asked."""

    id: str = text.number()
    item: str = text.number()
    site: str = text.number()
    clause: str = text.number()
    ask: str = text.prose(required=True)
    core: bool = False
    requirements: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Checklist:
    """The checklist of an audit as issued; a newer version replaces an older."""

    id: str = text.number()
    audit: str = text.number()
    version: int
    issued_on: date
    rows: tuple[ChecklistRow, ...]


@attrs.frozen(kw_only=True)
class ItemResult:
    """The result on one row; `id` is audit and row, so that two results on one row meet each other."""

    id: str = text.number()
    audit: str = text.number()
    row: str = text.number()
    result: Result
    note: str = text.prose(default="")
    by: str = text.number()
    recorded_on: date


@attrs.frozen(kw_only=True)
class EvidenceFile:
    """A file kept by its hash; `name` is as it was called, `media` from its content, `size` in bytes."""

    sha256: str = text.number()
    name: str = text.name()
    media: str = text.name(default="")
    size: int = 0


@attrs.frozen(kw_only=True)
class AuditEvidence:
    """Records, statements of fact, or other information that is relevant and verifiable (9.4.4)."""

    id: str = text.number()
    audit: str = text.number()
    rows: tuple[str, ...] = ()
    note: str = text.prose(default="")
    sample: str = text.prose(default="")
    method: Method | None = None
    collected_on: date
    by: str = text.number()
    files: tuple[EvidenceFile, ...] = ()


def checklist_of(audit: str, dossier: Dossier) -> Checklist | None:
    """The newest version of an audit's checklist."""
    found = [each for each in dossier.checklists.values() if each.audit == audit]
    return max(found, key=lambda each: each.version, default=None)


def rows_for(items: tuple[ChecklistItem, ...], sites: tuple[Site, ...]) -> tuple[ChecklistRow, ...]:
    """One row per item and site where the item is asked, in the order of the standard."""
    return tuple(
        ChecklistRow(
            id=f"{item.id}@{site.id}",
            item=item.id,
            site=site.id,
            clause=item.clause,
            ask=item.ask,
            core=item.core,
            requirements=item.requirements,
        )
        for item in items
        for site in sites
        if (SiteKind.CENTRAL if site.central else SiteKind.SITE) in item.sites
    )


def results_of(audit: str, dossier: Dossier) -> dict[str, ItemResult]:
    """Row id to result, for one audit."""
    return {each.row: each for each in dossier.results.values() if each.audit == audit}


@rule(18, "B", "ISO/IEC 17021-1:2015, 9.4.4, 9.4.5", of="results", reads="checklists audits")
def a_result_fits_its_row(result: ItemResult, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A result belongs to a row of the checklist, is one of its stage's, and has a reason where it left out (9.4.4)."""
    audit = dossier.audits.get(result.audit)
    checklist = checklist_of(result.audit, dossier)
    if audit is None or checklist is None:
        yield (f"Audit {result.audit} has no checklist.", "certbody audit checklist AUDIT")
        return
    if not any(row.id == result.row for row in checklist.rows):
        yield (
            f"Audit {audit.number} has no checklist row {result.row}.",
            "name a row of its checklist, such as 7.4-1@HQ",
        )
    words = STAGE_1 if audit.stage == 1 else STAGE_2
    if result.result not in words:
        yield (f"{result.row}: '{result.result}' is none of {', '.join(words)}.", "take one of these words")
    if result.result in WITH_REASON and not result.note.strip():
        yield (f"{result.row}: '{result.result}' needs a reason.", "say why in the note")


@rule(8, "B", "ISO/IEC 17021-1:2015, 9.4.4", of="evidence", reads="audits checklists")
def evidence_belongs_to_its_audit(item: AuditEvidence, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Evidence says something or shows a file, and names rows of its own audit (9.4.4)."""
    checklist = checklist_of(item.audit, dossier)
    if item.audit not in dossier.audits:
        yield (f"There is no audit {item.audit}.", "name an audit of this client")
        return
    known = {row.id for row in checklist.rows} if checklist else set()
    for row in item.rows:
        if row not in known:
            yield (
                f"Audit {dossier.audits[item.audit].number} has no checklist row {row}.",
                "name a row of its checklist, such as 7.4-1@HQ",
            )
    if not item.note.strip() and not item.files:
        yield ("Evidence needs a note or a file.", "give --note, or name a file")

"""The checklist of an audit in the office: issued with frozen rows, and answered row by row."""

from __future__ import annotations

from datetime import date

from certbody.domain.evidence import Checklist, ItemResult, Result, checklist_of, rows_for
from certbody.errors import BadData
from certbody.office.audits import find_audit
from certbody.office.hand import Hand
from certbody.office.office import Office


def result_id(audit: str, row: str) -> str:
    """The id of the result on a row: the same whoever records it, so that two results on one row meet."""
    return f"{audit}/{row}"


def issue_checklist(office: Office, number: str, *, hand: Hand, on: date, why: str = "") -> tuple[Checklist, bool]:
    """The checklist of an audit with its rows frozen, and whether this is a new version.

    Where standard, sector and sites ask the same as before, the version stays: workbooks that are out with the
    team can still be read back.
    """
    journal, audit = find_audit(office, number)
    seen = office.dossier(journal)
    asked = seen.applications[audit.application]
    items = office.standard(audit.standard).items_for(audit.kind, stage=audit.stage, sector=asked.sector)
    sites = tuple(seen.sites[site] for site in audit.sites if site in seen.sites)
    rows = rows_for(items, sites)
    if not rows:
        raise BadData(f"{audit.standard} asks nothing at audit {number}.", next="look at its sites and its stage")
    last = checklist_of(audit.id, seen)
    if last is not None and last.rows == rows:
        return last, False
    version = last.version + 1 if last else 1
    # The id says the version: of two who issue it at once, one is told that it changed meanwhile.
    made = Checklist(id=f"{audit.id}-v{version}", audit=audit.id, version=version, issued_on=on, rows=rows)
    office.record(journal, "checklist issued", {"checklists": [made]}, hand=hand, why=why, seen=seen)
    return made, True


def record_result(
    office: Office, number: str, row: str, result: Result, note: str, *, hand: Hand, on: date, why: str = ""
) -> ItemResult:
    """Put the result on one row on record; it replaces an earlier one."""
    journal, audit = find_audit(office, number)
    made = ItemResult(
        id=result_id(audit.id, row), audit=audit.id, row=row, result=result, note=note, by=hand.by, recorded_on=on
    )
    office.record(journal, "result recorded", {"results": [made]}, hand=hand, why=why)
    return made

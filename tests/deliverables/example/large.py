"""The example with a long stage 2: many checklist items at three sites, findings and nonconformities."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from certbody.domain.dossier import Dossier
from certbody.domain.evidence import Checklist, ChecklistRow, ItemResult, Result
from certbody.domain.findings import Finding, Grade
from certbody.domain.nonconformity import Acknowledgement
from tests.deliverables.example.tables import STAGE_2, by_id

_SITES = ("HQ", "CC", "FS")
_CLAUSES = ("5.2", "7.2", "7.4", "8.2", "8.5")
_DAY = date(2026, 4, 15)
NOTE = "Seen in the register of the head office: five cases of last quarter, all of them acknowledged in time. "


def large(dossier: Dossier, items: int, findings: int = 40, nonconformities: int = 10) -> Dossier:
    """The dossier with as many items, findings and nonconformities in its stage 2, and none of those it had."""
    rows = [_row(number) for number in range(items)]
    found = [_finding(number, rows[number % items], number < nonconformities) for number in range(findings)]
    fresh: dict[str, Any] = {
        "checklists": [
            Checklist(id="checklist-2", audit=STAGE_2, version=1, issued_on=date(2026, 4, 7), rows=tuple(rows))
        ],
        "results": [
            ItemResult(
                id=f"{STAGE_2}:{row.id}",
                audit=STAGE_2,
                row=row.id,
                result=Result.CONFORMITY,
                note=NOTE,
                by="P-01",
                recorded_on=_DAY,
            )
            for row in rows
        ],
        "findings": found,
        "acknowledgements": [
            Acknowledgement(id=f"ack-{each.id}", finding=each.id, on=date(2026, 4, 16), by="Greta Holm")
            for each in found
            if each.nonconformity
        ],
    }
    return attrs.evolve(dossier, **{name: by_id(records) for name, records in fresh.items()})


def _row(number: int) -> ChecklistRow:
    clause, site = _CLAUSES[number % len(_CLAUSES)], _SITES[number % len(_SITES)]
    item = f"{clause}-{number}"
    ask = "Is the process open to everybody who wants to complain, and how would they know? " * 2
    return ChecklistRow(
        id=f"{item}@{site}", item=item, site=site, clause=clause, ask=ask.strip(), requirements=(f"S{clause}.1",)
    )


def _finding(number: int, row: ChecklistRow, grave: bool) -> Finding:
    return Finding(
        id=f"many-{number}",
        number=f"2026-014/AK-{number + 1}",
        audit=STAGE_2,
        row=row.id,
        site=row.site,
        clause=row.clause,
        grade=Grade.MINOR if grave else Grade.OPPORTUNITY,
        requirement=f"S{row.clause}.1" if grave else "",
        statement=NOTE * 2,
        evidence=NOTE,
        by="P-01",
        recorded_on=_DAY,
    )

"""Processor seconds of the engines of deliverables: ``python tests/benchmarks/deliverable_speed.py``.

The audit report with 120 and with 1,000 items, 40 findings and 10 nonconformities, from the template that ships; a
checklist workbook of 120 rows written and read back: all from the templates that ship. Imports and the first round,
which compiles the template, are shown apart; then the median and the tenth percentile of the rounds.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import attrs

from certbody import resources
from certbody.deliverables.audit_report import DELIVERABLE
from certbody.deliverables.checklist import CHECKLIST
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.excel import fill_workbook
from certbody.deliverables.filled_checklist import checklist_in
from certbody.deliverables.gate import admit
from certbody.deliverables.reading import read_cells
from certbody.deliverables.word import fill_document
from certbody.domain.evidence import ItemResult, Result, rows_for
from certbody.domain.standard import AuditType

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a program, it does not know the tests

from tests.deliverables import example
from tests.deliverables.example.large import large

AT = datetime(2027, 3, 2, tzinfo=UTC)
NOTE = "Seen in the complaint register of the head office: five cases of last quarter, all acknowledged in time. "


def report(items: int) -> Callable[[], bytes]:
    """The audit report as it is issued, projection included, of a stage 2 of so many items."""
    view = example.showing(example.STAGE_2, draft=False, dossier=large(example.dossier(), items))
    template = resources.template(DELIVERABLE.template)
    return lambda: fill_document(template, DELIVERABLE.fields(view), at=AT, pictures=DELIVERABLE.pictures(view))


def checklist(rows: int) -> Showing:
    """A stage 2 checklist of so many rows, of the questions and evidence of ISO 10002, at the example's sites."""
    standard = resources.standard(resources.shipped("iso10002"))
    dossier = example.dossier()
    sites = tuple(dossier.sites.values())
    asked = rows_for(standard.items_for(AuditType.INITIAL, stage=2), sites)[:rows]
    issued = next(each for each in dossier.checklists.values() if each.audit == example.STAGE_2)
    frozen = attrs.evolve(issued, rows=asked)
    results = [
        ItemResult(
            id=f"{example.STAGE_2}/{row.id}",
            audit=example.STAGE_2,
            row=row.id,
            result=Result.CONFORMITY,
            note=NOTE,
            by="P-01",
            recorded_on=example.ON,
        )
        for row in asked
    ]
    bare = example.without(dossier, results=results, findings=(), evidence=())
    view = example.showing(example.STAGE_2, standard=standard, dossier=bare.having({"checklists": [frozen]}))
    return attrs.evolve(view, draft=False)


def written(view: Showing) -> bytes:
    """The workbook as it is issued, projection included."""
    template = resources.template(CHECKLIST.template)
    return fill_workbook(template, CHECKLIST.fields(view), at=AT, name=CHECKLIST.template)


def taken(data: bytes) -> int:
    """Read a checklist back as an audit does: every cell, typed; without the process that guards it."""
    found = checklist_in(read_cells(data, name="checklist.xlsx"))
    assert len(found.rows) == 120
    return len(found.rows)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(name: str, work: Callable[[], object], rounds: int) -> float:
    first = seconds(work)
    found = sorted(seconds(work) for _ in range(rounds))
    median = statistics.median(found)
    print(f"{name:42} {median:8.3f} s   p10 {found[rounds // 10]:.3f}   first {first:.3f}   n {rounds}")
    return median


def main() -> None:
    rounds = 5 if "--quick" in sys.argv else 25
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}")
    few = measure("audit report, 120 items", report(120), rounds)
    many = measure("audit report, 1,000 items", report(1000), rounds)
    print(f"{'':42} {many / few:8.2f} x for 8.33 x the items")
    view = checklist(120)
    measure("checklist workbook, 120 rows, written", lambda: written(view), rounds)
    made = written(view)
    measure("the same, through the gate", lambda: admit(made, "checklist.xlsx", kind="xlsx"), rounds)
    measure("the same, read back", lambda: taken(made), rounds)


if __name__ == "__main__":
    main()

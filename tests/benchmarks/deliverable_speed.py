"""Processor seconds of the engines of deliverables: ``python tests/benchmarks/deliverable_speed.py``.

The audit report with 120 and with 1,000 items, 40 findings and 10 nonconformities, from the template that ships; a
checklist workbook of 120 rows written and read back, from a template made here. Imports and the first round, which
compiles the template, are shown apart; then the median and the tenth percentile of the rounds.
"""

from __future__ import annotations

import io
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from certbody import resources
from certbody.deliverables.audit_report import DELIVERABLE
from certbody.deliverables.excel import fill_workbook
from certbody.deliverables.gate import admit
from certbody.deliverables.reading import Faults, read_cells, table
from certbody.deliverables.word import fill_document

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a program, it does not know the tests

from tests.deliverables import example
from tests.deliverables.example.large import large

AT = datetime(2027, 3, 2, tzinfo=UTC)
HEADINGS = ["Row", "Clause", "Question", "Evidence", "Method", "Site", "Result", "Grade", "Note", "By", "On", "Days"]
NOTE = "Seen in the complaint register of the head office: five cases of last quarter, all acknowledged in time. "


def report(items: int) -> Callable[[], bytes]:
    """The audit report as it is issued, projection included, of a stage 2 of so many items."""
    view = example.showing(example.STAGE_2, draft=False, dossier=large(example.dossier(), items))
    template = resources.template(DELIVERABLE.template)
    return lambda: fill_document(template, DELIVERABLE.fields(view), at=AT, pictures=DELIVERABLE.pictures(view))


def checklist_template() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Checklist"
    thin = Side("thin")
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(1, column, heading).fill = PatternFill("solid", fgColor="DDDDDD")
        cell = sheet.cell(2, column, f"{{{{ row.{heading.lower()} }}}}")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        cell.protection = Protection(locked=column < 7)
    words = DataValidation(type="list", formula1='"conformity,finding"')
    words.add("G2")
    sheet.add_data_validation(words)
    sheet.protection.sheet = True
    book.defined_names["each_rows"] = DefinedName("each_rows", attr_text="Checklist!$A$2:$L$2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def checklist_fields(count: int) -> dict[str, Any]:
    usual = {heading.lower(): NOTE for heading in HEADINGS} | {"on": AT.date(), "days": 2, "result": "conformity"}
    return {"rows": [usual | {"row": f"4.{n}@HQ"} for n in range(count)]}


def taken(data: bytes) -> int:
    """Read a checklist back as an audit does: every cell, typed."""
    faults = Faults()
    rows = 0
    for row in table(read_cells(data).sheet("Checklist"), {each.lower(): each for each in HEADINGS}, faults):
        rows += 1
        row.choice("result", ["conformity", "finding"])
        row.day("on")
        row.whole("days")
        for name in ("row", "clause", "question", "evidence", "method", "site", "grade", "note", "by"):
            row.text(name)
    assert rows == 120
    assert not faults
    return rows


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
    checklist = checklist_template()
    few = measure("audit report, 120 items", report(120), rounds)
    many = measure("audit report, 1,000 items", report(1000), rounds)
    print(f"{'':42} {many / few:8.2f} x for 8.33 x the items")
    rows = checklist_fields(120)
    measure("checklist workbook, 120 rows, written", lambda: fill_workbook(checklist, rows, at=AT), rounds)
    written = fill_workbook(checklist, rows, at=AT)
    measure("the same, through the gate", lambda: admit(written, "checklist.xlsx", kind="xlsx"), rounds)
    measure("the same, read back", lambda: taken(written), rounds)


if __name__ == "__main__":
    main()

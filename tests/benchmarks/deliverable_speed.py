"""Processor seconds of the engines of deliverables: ``python tests/benchmarks/deliverable_speed.py``.

A full Word report with 120 and with 1,000 items, 40 findings and 10 nonconformities; a checklist workbook of 120 rows
written and read back. Templates are made here, so that what is measured is the engine. Imports and the first
round, which compiles the template, are shown apart; then the median and the tenth percentile of the rounds.
"""

from __future__ import annotations

import io
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from certbody.deliverables.excel import fill_workbook
from certbody.deliverables.gate import admit
from certbody.deliverables.reading import Faults, read_cells, table
from certbody.deliverables.word import fill_document

AT = datetime(2027, 3, 2, tzinfo=UTC)
HEADINGS = ["Row", "Clause", "Question", "Evidence", "Method", "Site", "Result", "Grade", "Note", "By", "On", "Days"]
NOTE = "Seen in the complaint register of the head office: five cases of last quarter, all acknowledged in time. "


def report_template() -> bytes:
    made = Document()
    made.sections[0].header.paragraphs[0].text = "{{ number }}"
    made.add_heading("Report {{ number }}", 0)
    for part, fields in (("findings", ("number", "grade", "text")), ("nonconformities", ("number", "cause", "action"))):
        made.add_paragraph(f"{{%p for each in {part} %}}")
        made.add_heading("{{ each.number }}", 2)
        for field in fields:
            made.add_paragraph(f"{field.title()}: {{{{ each.{field} }}}}")
        made.add_paragraph("{%p endfor %}")
    grid = made.add_table(rows=4, cols=4, style="Table Grid")
    for row, texts in enumerate(
        (("No.", "Question", "Result", "Note"), ("{%tr for each in items %}",), (), ("{%tr endfor %}",))
    ):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = text
    for column, field in enumerate(("id", "ask", "result", "note")):
        grid.cell(2, column).text = f"{{{{ each.{field} }}}}"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def report_fields(count: int) -> dict[str, Any]:
    item = {"ask": "Is the process open to all who want to complain? " * 2, "result": "conformity", "note": NOTE}
    return {
        "number": "2027-014",
        "items": [{"id": f"4.{n}@HQ", **item} for n in range(count)],
        "findings": [{"number": f"F-{n}", "grade": "minor", "text": NOTE * 3} for n in range(40)],
        "nonconformities": [{"number": f"AK-{n}", "cause": NOTE * 2, "action": NOTE * 2} for n in range(10)],
    }


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
    report, checklist = report_template(), checklist_template()
    few, many = report_fields(120), report_fields(1000)
    small = measure("Word report, 120 items", lambda: fill_document(report, few, at=AT), rounds)
    large = measure("Word report, 1,000 items", lambda: fill_document(report, many, at=AT), rounds)
    print(f"{'':42} {large / small:8.2f} x for 8.33 x the items")
    rows = checklist_fields(120)
    measure("checklist workbook, 120 rows, written", lambda: fill_workbook(checklist, rows, at=AT), rounds)
    written = fill_workbook(checklist, rows, at=AT)
    measure("the same, through the gate", lambda: admit(written, "checklist.xlsx", kind="xlsx"), rounds)
    measure("the same, read back", lambda: taken(written), rounds)


if __name__ == "__main__":
    main()

"""Makes the demo of the ISO 10002 plugin anew: runs its script, and fills each form as it goes out.

`python -m tests.demo.make` writes the filled workbooks, photographs and documents into the plugin's demo folder.
Script, settings and conclusions there are written by hand; what is filled in stands in the TOML files beside this.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from certbody.cli.demo import run
from certbody.deliverables.heights import column_widths, height_of
from tests.demo import papers, pictures

HERE = Path(__file__).parent
DEMO = Path(__file__).parents[2] / "plugins" / "certbody_iso10002" / "demo"


def told(name: str) -> dict[str, Any]:
    """What a file of the story says."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def columns(sheet: Worksheet, *headings: str) -> tuple[int, dict[str, int]]:
    """The row under the headings, and the column of each."""
    for row in sheet.iter_rows(max_row=60):
        places = {cell.value: cell.column for cell in row if cell.value in headings}
        if len(places) == len(headings):
            return row[0].row + 1, places
    raise LookupError(f"{sheet.title} has no row of headings {headings}")


def tall(sheet: Worksheet, row: int) -> None:
    """Make a row as high as its texts need, as somebody who types there does."""
    widths = column_widths(sheet)
    texts = [
        (str(cell.value), widths.get(cell.column, 8.43), 10, False)
        for cell in sheet[row]
        if cell.value is not None and widths.get(cell.column, 8.43)
    ]
    sheet.row_dimensions[row].height = max(height_of(texts, 15), sheet.row_dimensions[row].height or 0)


def answered(sheet: Worksheet, answers: Mapping[str, Any]) -> None:
    """Fill the lines of a form by their keys."""
    first, places = columns(sheet, "Line", "Answer")
    lines = {sheet.cell(row, places["Line"]).value: row for row in range(first, sheet.max_row + 1)}
    for key, value in answers.items():
        sheet.cell(lines[key], places["Answer"]).value = value if value != "" else None
        tall(sheet, lines[key])


def listed(sheet: Worksheet, rows: list[dict[str, Any]], headings: Mapping[str, str], filled: str) -> None:
    """Fill the first empty rows of a table; `filled` is the heading whose cell tells whether a row is empty."""
    first, places = columns(sheet, *headings.values())
    free = (row for row in range(first, sheet.max_row + 1) if not sheet.cell(row, places[filled]).value)
    for row, said in zip(free, rows, strict=False):
        for key, value in said.items():
            sheet.cell(row, places[headings[key]]).value = value.strip() if isinstance(value, str) else value
        tall(sheet, row)


def application(book: openpyxl.Workbook) -> None:
    """The applicant's answers."""
    story = told("story")
    answered(book["Application"], story["application"])
    headings = (
        "name",
        "address",
        "postcode",
        "city",
        "country",
        "type",
        "central",
        "personnel",
        "activities",
        "shifts",
    )
    named = {key: key.capitalize() for key in headings}
    named |= {"address": "Street and number", "personnel": "Effective personnel"}
    listed(book["Sites"], story["sites"], named, "Name")
    advice = {"consultant": "Who gave it", "subject": "On what", "ended_on": "Until when"}
    listed(book["Consultancy"], story["consultancies"], advice, "Who gave it")


def checklist(name: str, usual: str) -> Callable[[openpyxl.Workbook], None]:
    """What an auditor enters into a checklist; `usual` is the result where none is said."""

    def fill(book: openpyxl.Workbook) -> None:
        said = told(name)
        findings = said.pop("findings")
        entries = {f"{item}@{site}": entry for site, items in said.items() for item, entry in items.items()}
        sheet = book["Checklist"]
        first, places = columns(sheet, "Row", "Result", "Note", "Evidence seen")
        for row in range(first, sheet.max_row + 1):
            entry = entries.pop(str(sheet.cell(row, places["Row"]).value), None)
            if entry is None:
                continue
            full = entry if isinstance(entry, dict) else {"seen": entry}
            sheet.cell(row, places["Result"]).value = full.get("result", usual)
            sheet.cell(row, places["Note"]).value = full.get("note")
            sheet.cell(row, places["Evidence seen"]).value = full.get("seen")
            tall(sheet, row)
        if entries:
            raise LookupError(f"{name}: the checklist does not ask {', '.join(entries)}")
        headings = {
            "row": "Checklist row",
            "grade": "Grade",
            "requirement": "Requirement",
            "statement": "Statement",
            "evidence": "Objective evidence",
            "process": "Process",
            "reason": "Reason for the grade",
        }
        listed(book["Findings"], findings, headings, "Checklist row")

    return fill


def response(name: str) -> Callable[[openpyxl.Workbook], None]:
    """The client's answer to a nonconformity."""
    return lambda book: answered(book["Response"], told("story")["responses"][name])


FORMS: Mapping[str, tuple[str, Callable[[openpyxl.Workbook], None]]] = {
    "application-form.xlsx": ("deliverables/application-form-*.xlsx", application),
    "checklist-stage-1-AH.xlsx": ("deliverables/checklist-2025-001-*.xlsx", checklist("stage-1", "satisfactory")),
    "checklist-stage-2-AH.xlsx": (
        "deliverables/checklist-2025-002-*.xlsx",
        checklist("stage-2-head-office", "conformity"),
    ),
    "checklist-stage-2-BO.xlsx": (
        "deliverables/checklist-2025-002-*.xlsx",
        checklist("stage-2-other-sites", "conformity"),
    ),
    "response-AH-1-first.xlsx": ("deliverables/response-2025-002-AH-1.xlsx", response("AH-1-first")),
    "response-AH-2.xlsx": ("deliverables/response-2025-002-AH-2.xlsx", response("AH-2")),
    "response-BO-1.xlsx": ("deliverables/response-2025-002-BO-1.xlsx", response("BO-1")),
    "response-AH-1-second.xlsx": ("second-form/response-2025-002-AH-1.xlsx", response("AH-1-second")),
    "checklist-surveillance-AH.xlsx": (
        "deliverables/checklist-2026-001-*.xlsx",
        checklist("surveillance-head-office", "conformity"),
    ),
    "checklist-surveillance-BO.xlsx": (
        "deliverables/checklist-2026-001-*.xlsx",
        checklist("surveillance-contact-centre", "conformity"),
    ),
    "response-BO-1-surveillance.xlsx": (
        "deliverables/response-2026-001-BO-1.xlsx",
        response("BO-1-surveillance"),
    ),
}
"""What comes back: the form that went out, and how it is filled."""


def main() -> None:
    """Run the script in a temporary folder; write what it needs before each command that needs it."""
    for name, data in {**pictures.made(), **papers.made()}.items():
        (DEMO / name).write_bytes(data)
    scratch = Path(tempfile.mkdtemp(prefix="certbody-demo-"))

    def fill(words: list[str]) -> None:
        for word in words:
            path = Path(word)
            if path.parent == DEMO and path.name in FORMS:
                went_out, filled = FORMS[path.name]
                [form] = scratch.glob(went_out)
                book = openpyxl.load_workbook(form)
                filled(book)
                path.write_bytes(papers.saved(book))

    try:
        print(run(scratch, DEMO, tell=lambda line: print(" ", line), before=fill), "commands")
    finally:
        shutil.rmtree(scratch) if "--keep" not in sys.argv else print(scratch)
    size = sum(path.stat().st_size for path in DEMO.iterdir())
    print(f"{size / 1024:.0f} KiB in {DEMO}")


if __name__ == "__main__":
    main()

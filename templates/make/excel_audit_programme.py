"""Makes templates/audit-programme.xlsx: the audits of the cycle, the sites they visit, and the audit time."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment

from templates.make.excel_house import (
    GOOD,
    HEAD,
    NOTE,
    PALE,
    QUIET,
    WARN,
    Column,
    coloured,
    data,
    finish,
    new_book,
    put,
    read_me,
    repeat,
    table,
    table_row,
    titled,
)

FILE = "audit-programme.xlsx"
READ_ME = [
    (
        "What this is",
        [
            "The audit programme for one certification cycle: every audit with its days, the sites it visits and by "
            "when it has to be done; why those sites; and how the audit time came about. It is reviewed after each "
            "audit and whenever something changes, and then made anew."
        ],
    ),
    (
        "How to read it",
        [
            "Programme | the audits in their order. Not after is a limit; it is known once the decision is made.",
            "Sites | one row a site, one column an audit: central (visited every time), drawn (at random), chosen (by "
            "judgement), visited (all sites are), to be sampled (chosen when the audit is planned), – (not visited).",
            "Audit time | every number with its reason. Travel is no audit time.",
        ],
    ),
    ("How to return it", ["There is nothing to fill in. Tell us without delay what has changed in sites or people."]),
]
MARKS = {"central": NOTE, "drawn": GOOD, "chosen": GOOD, "visited": GOOD, "to be sampled": WARN, "–": QUIET}


def made() -> bytes:
    """The template."""
    book = new_book()
    read_me(book, READ_ME)
    _programme(book)
    _sites(book)
    _time(book)
    return data(book)


def _programme(book: Any) -> None:
    sheet = book.create_sheet("Programme")
    titled(
        sheet,
        "Audit programme for application {{ programme.application }}",
        "{{ client.name }}; criteria: {{ programme.criteria }}; made on {{ programme.made_on }} by {{ programme.by }}",
        "Year 0 is the initial audit; 1 and 2 are the surveillance years, 3 is recertification.",
        column="A",
    )
    columns = [
        Column("Audit", 22, "{{ row.audit }}", bold=True),
        Column("Year", 7, "{{ row.year }}", form="whole"),
        Column("Auditor days", 10, "{{ row.days }}", form="days"),
        Column("Sites", 52, "{{ row.sites }}"),
        Column("Planned for", 13, "{{ row.planned_for }}", form="date"),
        Column("Not after", 13, "{{ row.not_after }}", form="date"),
        Column("To look at", 52, "{{ row.focus }}"),
    ]
    line = table(book, sheet, columns, "audits", frozen=1)
    sheet.row_dimensions[line].height = 20
    coloured(sheet, f"D{line}:D{line}", {"to be sampled": WARN})
    put(sheet, f"A{line + 1}", "Sum", bold=True, border=True, fill=PALE)
    put(sheet, f"B{line + 1}", None, border=True, fill=PALE)
    put(sheet, f"C{line + 1}", f"=SUM(C{line}:C{line})", bold=True, border=True, fill=PALE, form="days", right=True)
    for row, label, value in (
        (line + 3, "Scope", "{{ programme.scope }}"),
        (line + 4, "Sampling", "{{ programme.sampling }}"),
        (line + 5, "Considered", "{{ programme.considered }}"),
    ):
        _said(sheet, row, label, value, "G")
    finish(sheet, rows=f"A1:G{line + 5}")


def _sites(book: Any) -> None:
    sheet = book.create_sheet("Sites")
    titled(
        sheet,
        "Sites and audits",
        "{{ client.name }}",
        "Which site is visited at which audit, and why.",
        column="A",
    )
    columns = [
        Column("Site", 26, "{{ row.site }}", bold=True),
        Column("Address", 38, "{{ row.where }}"),
        Column("Effective personnel", 10, "{{ row.personnel }}", form="whole"),
        Column("Stage 1", 11, "{{ row.stage_1 }}", centre=True),
        Column("Stage 2", 11, "{{ row.stage_2 }}", centre=True),
        Column("Surveillance 1", 13, "{{ row.surveillance_1 }}", centre=True),
        Column("Surveillance 2", 13, "{{ row.surveillance_2 }}", centre=True),
        Column("Recertification", 14, "{{ row.recertification }}", centre=True),
        Column("Why", 44, "{{ row.reason }}"),
    ]
    line = table(book, sheet, columns, "sites", frozen=1)
    coloured(sheet, f"D{line}:H{line}", MARKS)
    _said(sheet, line + 2, "The sample", "{{ time.sampling }}", "I")
    finish(sheet, rows=f"A1:I{line + 2}")


def _time(book: Any) -> None:
    sheet = book.create_sheet("Audit time")
    titled(
        sheet,
        "Audit time",
        "{{ client.name }}; determined on {{ time.determined_on }} by {{ time.by }}",
        "Auditor days of eight hours; every line says how it came about.",
        column="A",
    )
    columns = [
        Column("Item", 24, "{{ row.item }}", bold=True),
        Column("Phase", 15, "{{ row.phase }}"),
        Column("Site", 26, "{{ row.site }}"),
        Column("Days", 9, "{{ row.days }}", form="days"),
        Column("Why", 96, "{{ row.why }}"),
    ]
    line = table(book, sheet, columns, "lines", frozen=1)
    row = line + 2
    facts = (
        ("Method", "{{ time.method }}"),
        ("Table", "{{ time.table }}"),
        ("Effective personnel", "{{ time.personnel }}"),
        ("Rounding", "{{ time.rounding }}"),
        ("On site", "{{ time.onsite_share }}"),
        ("Told to the method", "{{ time.inputs }}"),
    )
    for label, value in facts:
        _said(sheet, row, label, value, "E")
        row += 1
    row = _small(
        book,
        sheet,
        row + 1,
        "factors",
        [
            Column("Factor for", 24, "{{ row.where }}"),
            Column("Per cent", 15, "{{ row.percent }}", form="general"),
            Column("Reason", 26, "{{ row.reason }}"),
        ],
        wide=True,
    )
    row = _small(
        book,
        sheet,
        row + 1,
        "site_times",
        [
            Column("Audited site", 24, "{{ row.site }}"),
            Column("Personnel", 15, "{{ row.personnel }}", form="whole"),
            Column("By the table, days", 26, "{{ row.base }}", form="days"),
            Column("Factors", 9, "{{ row.percent }}", form="general"),
            Column("Days before rounding", 96, "{{ row.days }}", form="days"),
        ],
    )
    finish(sheet, rows=f"A1:E{row - 1}")


def _said(sheet: Any, row: int, label: str, value: str, last: str) -> None:
    """A label, and a text that runs across all further columns of the sheet."""
    put(sheet, f"A{row}", label, bold=True, fill=PALE, border=True)
    put(sheet, f"B{row}", value, wrap=True, border=True)
    sheet.merge_cells(f"B{row}:{last}{row}")


def _small(book: Any, sheet: Any, row: int, each: str, columns: list[Column], *, wide: bool = False) -> int:
    """A small table below the main one; the next free row. `wide`: its last column runs on to the sheet's last."""
    for letter, column in zip("ABCDE", columns, strict=False):
        put(sheet, f"{letter}{row}", column.heading, bold=True, colour="FFFFFF", fill=HEAD, border=True)
    table_row(sheet, row + 1, columns)
    if wide:
        letter = "ABCDE"[len(columns) - 1]
        sheet.merge_cells(f"{letter}{row}:E{row}")
        sheet.merge_cells(f"{letter}{row + 1}:E{row + 1}")
    for letter, column in zip("ABCDE", columns, strict=False):
        if column.form in ("days", "whole"):
            sheet[f"{letter}{row + 1}"].alignment = Alignment(horizontal="left", vertical="top")
    repeat(book, sheet, each, row + 1)
    return row + 2

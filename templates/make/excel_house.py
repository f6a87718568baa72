"""What all our Excel templates have in common: read-me sheet, tables with headings, tinted cells, print set-up.

The modules ``excel_*`` beside this one make the files in templates/; office staff change those files in Excel, not
these modules.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from certbody.deliverables.heights import height_of
from certbody.deliverables.package import repacked

FONT = "Calibri"
INK, PALE, LINE, TINT, HEAD, GREY = "1F2A44", "EEF2F6", "BFC7D1", "FFF6D6", "24476B", "5C6675"
HEADINGS = 4
"""Row of the headings on a sheet with a table; the row below is the one that is repeated."""

GOOD, BAD, WARN, NOTE, QUIET = (
    ("E2F1E4", "1E5E2C"),
    ("FADCDC", "8F1D1D"),
    ("FCE8C8", "7A4A00"),
    ("DDEAF8", "1D4C86"),
    ("E9EBEE", "4A5360"),
)
"""Fill and ink of a cell whose word deserves a colour; the word itself always stands there too."""

FORMATS = {
    "text": "@",
    "date": "yyyy-mm-dd",
    "days": "0.0#_)",
    "money": "#,##0.00_)",
    "whole": "0_)",
    "general": "General",
}
"""Numbers end with a little room, so that they do not touch the text of the next column."""


def plain_fill(colour: str) -> PatternFill:
    """A cell's background."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def thin(colour: str = LINE) -> Border:
    """A thin line around a cell."""
    side = Side(style="thin", color=colour)
    return Border(left=side, right=side, top=side, bottom=side)


def font(size: float = 10, *, bold: bool = False, colour: str = INK, italic: bool = False) -> Font:
    """The house font."""
    return Font(name=FONT, size=size, bold=bold, color=colour, italic=italic)


@dataclass(frozen=True)
class Column:
    """One column of a table: `entry` is filled in by people; `words` names a list; `form` is one of FORMATS."""

    heading: str
    width: float
    value: Any = ""
    form: str = "text"
    entry: bool = False
    words: str = ""
    hidden: bool = False
    bold: bool = False
    centre: bool = False


def new_book() -> Workbook:
    """A workbook whose first sheet is the read-me, with its structure protected (no password)."""
    book = Workbook()
    book.active.title = "Read me"
    book.security = WorkbookProtection(lockStructure=True)
    book._named_styles["Normal"].font = font()
    return book


def put(
    sheet: Any,
    place: str,
    value: Any,
    *,
    size: float = 10,
    bold: bool = False,
    colour: str = INK,
    italic: bool = False,
    wrap: bool = False,
    fill: str = "",
    border: bool = False,
    form: str = "",
    entry: bool = False,
    centre: bool = False,
    right: bool = False,
) -> Any:
    """A styled cell."""
    cell = sheet[place]
    cell.value = value
    cell.font = font(size, bold=bold, colour=colour, italic=italic)
    across = "center" if centre else "right" if right else "left"
    cell.alignment = Alignment(wrap_text=wrap, vertical="top", horizontal=across)
    if entry:
        cell.protection = Protection(locked=False)
        fill = TINT
    if fill:
        cell.fill = plain_fill(fill)
    if border or entry:
        cell.border = thin()
    if form:
        cell.number_format = FORMATS[form]
    return cell


def read_me(
    book: Workbook, sections: Iterable[tuple[str, Sequence[str]]], *, draft: bool = True, client: bool = True
) -> None:
    """The first sheet: what this is, its version, how it is filled in and returned.

    `client` says whether the workbook is about one; `draft`, whether there are drafts of it.
    """
    sheet = book["Read me"]
    sheet.sheet_view.showGridLines = False
    for letter, width in (("A", 2), ("B", 24), ("C", 96)):
        sheet.column_dimensions[letter].width = width
    put(sheet, "B1", "{{ document.title }}", size=18, bold=True, colour=HEAD)
    sheet.row_dimensions[1].height = 28
    put(sheet, "B2", "{{ body.name }}", size=11, colour=GREY)
    if draft:  # a line of its own, so that it cuts no title and no labelled cell is empty in what was issued
        put(sheet, "B3", "{{ document.draft }}", size=11, bold=True, colour=BAD[1])
    row = 4
    facts = [
        ("Number", "{{ document.number }}"),
        ("Client", "{{ client.name }}"),
        ("Client number", "{{ client.number }}"),
        ("Date", "{{ document.date }}"),
        ("Template", "{{ document.template }}"),
        ("Journal head", "{{ document.head }}"),
        ("Address", "{{ body.address }}"),
        ("E-mail", "{{ body.email }}"),
        ("Telephone", "{{ body.phone }}"),
        ("Web", "{{ body.website }}"),
    ]
    for label, value in facts:
        if label.startswith("Client") and not client:
            continue
        put(sheet, f"B{row}", label, bold=True, fill=PALE, border=True)
        put(sheet, f"C{row}", value, border=True, form="date" if label == "Date" else "").alignment = Alignment(
            wrap_text=True, vertical="top", horizontal="left", indent=1
        )
        row += 1
    row += 1
    for title, lines in sections:
        put(sheet, f"B{row}", title, size=12, bold=True, colour=HEAD)
        sheet.row_dimensions[row].height = 20
        row += 1
        for number, line in enumerate(lines, 1):
            label, _, text = line.rpartition(" | ")
            worded = bool(label)
            label = label or (str(number) if len(lines) > 1 else "")
            put(sheet, f"B{row}", label, bold=worded, colour=INK if worded else GREY, right=not worded, wrap=worded)
            put(sheet, f"C{row}", text, wrap=True).alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="left", indent=1
            )
            sheet.row_dimensions[row].height = height_of([(text, 96, 10, False), (label, 24, 10, worded)], 15)
            row += 1
        row += 1
    finish(sheet, rows=f"A1:C{row - 2}", one_page=True, draft=draft)


def titled(sheet: Any, title: str, about: str, hint: str, *, column: str = "B") -> None:
    """The three rows above the headings: what the sheet is, of what, and how to use it."""
    put(sheet, f"{column}1", title, size=15, bold=True, colour=HEAD)
    sheet.row_dimensions[1].height = 24
    put(sheet, f"{column}2", about, colour=GREY)
    put(sheet, f"{column}3", hint, colour=GREY, italic=True)
    sheet.row_dimensions[3].height = 17


def headings(sheet: Any, row: int, columns: Sequence[Column]) -> None:
    """A row of headings, and the widths of the columns."""
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        put(
            sheet, f"{letter}{row}", column.heading, bold=True, colour="FFFFFF", fill=HEAD, border=True, wrap=True
        ).alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if column.centre else "left")
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
    needed = height_of([(c.heading, c.width, 10, True) for c in columns if not c.hidden], 20)
    sheet.row_dimensions[row].height = needed + 4


def table_row(sheet: Any, row: int, columns: Sequence[Column]) -> None:
    """The row that is repeated: locked but for the tinted cells, with drop-downs and date checks."""
    for number, column in enumerate(columns, 1):
        place = f"{get_column_letter(number)}{row}"
        numeric = column.form in ("days", "money", "whole")
        put(
            sheet,
            place,
            column.value or None,
            wrap=not (numeric or column.hidden or column.form == "date"),
            border=True,
            form=column.form,
            entry=column.entry,
            bold=column.bold,
            centre=column.centre,
            right=numeric,
        )
        if column.words:
            choose(sheet, place, column.words)
        elif column.entry and column.form == "date":
            dated(sheet, place)


def table(
    book: Workbook,
    sheet: Any,
    columns: Sequence[Column],
    each: str,
    *,
    frozen: int = 0,
    own: bool = False,
    draft: bool = True,
) -> int:
    """Headings in row 4, one repeated row below, filter and frozen panes; the row's number.

    `frozen` columns stay in sight; `own` gives the name of the repeated row to the sheet alone, since another
    sheet repeats a row for the same list.
    """
    row = HEADINGS + 1
    headings(sheet, HEADINGS, columns)
    table_row(sheet, row, columns)
    last = get_column_letter(len(columns))
    repeat(book, sheet, each, row, own=own)
    sheet.auto_filter.ref = f"A{HEADINGS}:{last}{row}"
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{row}"
    sheet.print_title_rows = f"{HEADINGS}:{HEADINGS}"
    finish(sheet, rows=f"A1:{last}{row}", draft=draft)
    return row


def repeat(book: Workbook, sheet: Any, each: str, row: int, *, own: bool = False) -> None:
    """Mark a row as the one that is repeated for each element of a list."""
    name = DefinedName(f"each_{each}", attr_text=f"'{sheet.title}'!${row}:${row}")
    (sheet.defined_names if own else book.defined_names)[name.name] = name


def choose(sheet: Any, places: str, words: str, *, strict: bool = True) -> None:
    """A drop-down from a defined name or a formula."""
    check = DataValidation(
        type="list",
        formula1=words,
        allow_blank=True,
        showErrorMessage=strict,
        errorTitle="Not in the list",
        error="Choose one of the entries of the list.",
    )
    check.add(places)
    sheet.add_data_validation(check)


def dated(sheet: Any, places: str) -> None:
    """Only real dates."""
    check = DataValidation(
        type="date",
        operator="greaterThan",
        formula1="36526",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not a date",
        error="Type a date, such as 2027-03-02.",
    )
    check.add(places)
    sheet.add_data_validation(check)


def counted(sheet: Any, places: str) -> None:
    """Only whole numbers, none negative."""
    check = DataValidation(
        type="whole",
        operator="greaterThanOrEqual",
        formula1="0",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not a number",
        error="Type a whole number.",
    )
    check.add(places)
    sheet.add_data_validation(check)


def coloured(sheet: Any, places: str, words: Mapping[str, tuple[str, str]]) -> None:
    """Colour beside the word, for those cells whose whole text is the word."""
    for word, (fill, ink) in words.items():
        sheet.conditional_formatting.add(
            places, CellIsRule(operator="equal", formula=[f'"{word}"'], fill=plain_fill(fill), font=Font(color=ink))
        )


def coloured_if(sheet: Any, places: str, formula: str, colours: tuple[str, str]) -> None:
    """Colour where a formula is true."""
    fill, ink = colours
    sheet.conditional_formatting.add(
        places, FormulaRule(formula=[formula], fill=plain_fill(fill), font=Font(color=ink))
    )


def named(book: Workbook, name: str, area: str) -> None:
    """A defined name for a list."""
    book.defined_names[name] = DefinedName(name, attr_text=area)


def hidden_sheet(book: Workbook, facts: Mapping[str, str]) -> Any:
    """The sheet that nobody sees: which form this is and of what, in columns A and B."""
    sheet = book.create_sheet("certbody")
    sheet.sheet_state = "veryHidden"
    for row, (key, value) in enumerate(facts.items(), 1):
        sheet[f"A{row}"], sheet[f"B{row}"] = key, value
    sheet.protection.sheet = True
    return sheet


def listed(book: Workbook, sheet: Any, name: str, row: int, words: Sequence[str]) -> int:
    """A list of fixed words on the hidden sheet, with its name; the next free row."""
    for number, word in enumerate(words):
        sheet[f"A{row + number}"] = word
    named(book, name, f"{sheet.title}!$A${row}:$A${row + len(words) - 1}")
    return row + len(words) + 1


def grown(book: Workbook, sheet: Any, name: str, row: int, each: str, value: str = "{{ row }}") -> int:
    """A list that is filled from the fields, with its name; the next free row."""
    sheet[f"A{row}"] = value
    repeat(book, sheet, each, row, own=True)
    named(book, name, f"{sheet.title}!$A${row}:$A${row}")
    return row + 2


def finish(sheet: Any, *, rows: str, one_page: bool = False, draft: bool = True) -> None:
    """Print set-up and protection without a password: widths, heights, sorting and filtering stay free."""
    sheet.print_area = rows
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.left.text = "{{ document.title }} {{ document.number }}"
    sheet.oddHeader.right.text = "{{ document.draft }}" if draft else None
    sheet.oddFooter.left.text = "{{ document.template }} · journal head {{ document.head }}"
    sheet.oddFooter.right.text = "Page &P of &N"
    for part in (sheet.oddHeader.left, sheet.oddHeader.right, sheet.oddFooter.left, sheet.oddFooter.right):
        part.size = 8
    sheet.sheet_view.showGridLines = False
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.sort = protection.autoFilter = False


def data(book: Workbook) -> bytes:
    """The file, the same bytes each time."""
    book.properties.created = book.properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - as Excel keeps it
    book.properties.creator = "certbody"
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        ExcelWriter(book, archive).write_data()
    return repacked(made.getvalue())


QUESTION = ("Line", "Question", "Answer", "What is meant")
"""Headings of a sheet of questions; the first column is hidden and holds the key of each line."""


def questions(sheet: Any, row: int) -> int:
    """The headings of a sheet of questions with tinted answers; the next free row."""
    widths = (14, 44, 58, 62)
    headings(
        sheet,
        row,
        [Column(word, width, hidden=word == "Line") for word, width in zip(QUESTION, widths, strict=True)],
    )
    return row + 1


def section(sheet: Any, row: int, title: str, letters: str = "BCD") -> int:
    """A line that groups those below it, across the columns `letters`; the next free row."""
    for letter in letters:
        put(
            sheet,
            f"{letter}{row}",
            title if letter == letters[0] else None,
            bold=True,
            colour=HEAD,
            fill=PALE,
            border=True,
        )
    sheet.row_dimensions[row].height = 18
    return row + 1


def question(
    sheet: Any,
    row: int,
    key: str,
    asked: str,
    meant: str = "",
    *,
    value: str = "",
    form: str = "text",
    words: str = "",
    lines: int = 1,
    entry: bool = True,
) -> int:
    """One question with its tinted answer, `lines` lines high; the next free row."""
    put(sheet, f"A{row}", key)
    put(sheet, f"B{row}", asked, wrap=True, border=True, bold=True)
    put(sheet, f"C{row}", value or None, wrap=True, border=True, form=form, entry=entry)
    put(sheet, f"D{row}", meant or None, wrap=True, border=True, colour=GREY)
    if words:
        choose(sheet, f"C{row}", words)
    elif form == "date" and entry:
        dated(sheet, f"C{row}")
    sheet.row_dimensions[row].height = height_of([(asked, 44, 10, True), (meant, 62, 10, False)], 15.5 * lines)
    return row + 1


def fact(sheet: Any, row: int, label: str, value: str, form: str = "general") -> int:
    """A line that only tells; the next free row."""
    put(sheet, f"B{row}", label, border=True, bold=True, fill=PALE)
    put(sheet, f"C{row}", value, wrap=True, border=True, form=form)
    return row + 1

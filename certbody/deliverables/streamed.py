"""A register as a workbook: openpyxl makes the file and its headings, the rows are streamed into it as they are.

A list of ten thousand rows through openpyxl takes seconds, most of it for objects that nobody asks for again.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import BinaryIO
from xml.sax.saxutils import escape

from certbody.deliverables.heights import height_of
from certbody.deliverables.listed_look import HEADING, SIZE, Looks, letter
from certbody.deliverables.rows import Cell, Column, Listing, Marked, Register, shown
from certbody.domain.text import MOST_CHARACTERS, fault
from certbody.errors import BadData

_BATCH = 500
_LONGEST = MOST_CHARACTERS
"""Code units of a cell's text, a little less than Excel takes."""
_MOST_ROWS = 1_000_000
_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_YEAR = 1901
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the oldest date that a zip archive can hold
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LINE = 15.0
_TIGHT = 0.62
"""A text of fewer characters than this share of the width is one line, whatever its letters."""
_ROOM = 0.88
"""Of a column's width is counted on: LibreOffice breaks a line at a hyphen sooner than words alone would."""


def write_workbook(register: Register, out: BinaryIO) -> None:
    """Write a register as a workbook; the same register gives the same bytes.

    Dates and numbers are real ones, and text is text whatever it begins with. Each list is a sheet with headings
    that stay in sight and stand on each printed page, and a filter. What is too long for a cell of Excel is said to
    be so in its place.

    Raises:
        BadData: a list has more rows than a sheet, or a text has what no workbook can hold.
    """
    looks = Looks(register)
    for listing in register.listings:
        if len(listing.rows) > _MOST_ROWS:
            raise BadData(
                f"{listing.title} has {len(listing.rows):,} rows; a sheet of Excel takes {_MOST_ROWS:,}.",
                next="write it with --format csv",
            )
        looks.add_sheet(listing)
    sheets = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(register.listings, 1)}
    with (
        zipfile.ZipFile(_shell(looks, register)) as shell,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(shell.namelist(), key=lambda name: name != "[Content_Types].xml"):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            if name not in sheets:
                target.writestr(entry, shell.read(name))
                continue
            before, closing, after = shell.read(name).partition(b"</sheetData>")
            with target.open(entry, "w") as part:
                part.write(_DIMENSION.sub(b"", before))
                for rows in _rows(sheets[name], looks):
                    part.write(rows)
                part.write(closing + after)


_DIMENSION = re.compile(rb"<dimension [^>]*/>")
"""Says how far a sheet reaches; it may be left out, and would be wrong once the rows are there."""


def _shell(looks: Looks, register: Register) -> BytesIO:
    """The workbook without its rows, saved without openpyxl's clock."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.writer.excel import ExcelWriter

    at = datetime.combine(register.on, time(12), UTC).replace(tzinfo=None)
    looks.book.properties = DocumentProperties(
        title=f"{register.title} {register.period}"[:255],
        creator=register.body[:255],
        keywords=f"head {register.head}",
        created=at,
        modified=at,
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(looks.book, archive).write_data()
    return made


def _rows(listing: Listing, looks: Looks) -> Iterator[bytes]:
    """The rows below the headings, as the file has them, some hundred at a time."""
    if not listing.rows:
        yield _row(HEADING + 1, _text("A", HEADING + 1, looks.sentence, listing.empty, listing), 0).encode()
    letters = [letter(number) for number in range(1, len(listing.columns) + 1)]
    batch: list[str] = []
    for number, row in enumerate(listing.rows, HEADING + 1):
        batch.append(_row(number, _cells(number, row, letters, listing, looks), _height(row, listing.columns)))
        if len(batch) == _BATCH:
            yield "".join(batch).encode()
            batch = []
    yield "".join(batch).encode()


def _row(number: int, cells: str, height: float) -> str:
    high = f' ht="{height:.2f}" customHeight="1"' if height else ""
    return f'<row r="{number}"{high}>{cells}</row>'


def _cells(number: int, row: Sequence[Cell], letters: Sequence[str], listing: Listing, looks: Looks) -> str:
    made = []
    for place, column, cell in zip(letters, listing.columns, row, strict=True):
        value, tone = cell if isinstance(cell, Marked) else (cell, "")
        style = looks.styles[column.form, tone, column.bold]
        if value is None or value == "":
            made.append(f'<c r="{place}{number}" s="{style}"/>')
        elif isinstance(value, bool | str):
            made.append(_text(place, number, style, shown(value), listing))
        elif isinstance(value, date):
            if value.year < _FIRST_YEAR:  # Excel knows no earlier day
                made.append(_text(place, number, style, shown(value), listing))
            else:
                made.append(f'<c r="{place}{number}" s="{style}"><v>{value.toordinal() - _EPOCH}</v></c>')
        else:
            made.append(f'<c r="{place}{number}" s="{style}"><v>{shown(value)}</v></c>')
    return "".join(made)


def _text(place: str, number: int, style: int, text: str, listing: Listing) -> str:
    """A cell of text: given in the cell itself, where nothing makes a formula of it."""
    units = len(text) if text.isascii() else len(text) + sum(sign > "\uffff" for sign in text)
    if units > _LONGEST:
        text = f"(Too long for a cell of Excel: {units:,} characters. CSV and JSON have it whole.)"
    elif wrong := fault(text):
        raise BadData(f"{listing.title}!{place}{number} {wrong}, which no workbook can hold.")
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    return f'<c r="{place}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Points that a row needs so that no text is cut; 0 where the usual height will do."""
    long: list[tuple[str, float, float, bool]] = []
    for cell, column in zip(row, columns, strict=True):
        marked = isinstance(cell, Marked)
        value = cell.value if isinstance(cell, Marked) else cell
        if isinstance(value, str) and (len(value) > column.width * _TIGHT or "\n" in value):
            long.append((value, column.width * _ROOM, SIZE, marked or column.bold))
    needed = height_of(long, _LINE) if long else _LINE
    return needed if needed > _LINE else 0.0

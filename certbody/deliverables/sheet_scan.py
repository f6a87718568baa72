"""Counts and checks one sheet of a workbook as a stream: rows, cells, merged areas, links, text indexes."""

from __future__ import annotations

import re
from typing import IO

from certbody.deliverables.cells import address
from certbody.deliverables.scan import cell_position, column_letters, range_bounds, walk
from certbody.errors import BadData

MOST_ROWS = 20_000
MOST_COLUMNS = 256
MOST_CELLS = 200_000
MOST_MERGED = 20_000

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_RELATION_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_NUMBER = re.compile(r"[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][+-]?\d{1,3})?", re.ASCII)
_INDEX = re.compile(r"\d{1,9}", re.ASCII)


class Tally:
    """What all sheets of one workbook have together."""

    def __init__(self) -> None:
        self.cells = self.merged = 0


def count_strings(stream: IO[bytes], place: str) -> int:
    """How many texts the table of texts holds."""
    count = 0

    def start(element: str, _: dict[str, str]) -> None:
        nonlocal count
        count += element == _MAIN + "si"

    walk(stream, place, start=start)
    return count


def read_sheets(stream: IO[bytes], place: str) -> list[tuple[str, str]]:
    """Title and relation id of each sheet that the workbook names."""
    found: list[tuple[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == _MAIN + "sheet":
            found.append((attributes.get("name", ""), attributes.get(_RELATION_ID, "")))

    walk(stream, place, start=start)
    return found


class SheetScan:
    """One pass over a sheet; raises BadData at the first fault, with its cell."""

    def __init__(self, file: str, title: str, strings: int, tally: Tally) -> None:
        self.file, self.title, self.strings, self.tally = file, title, strings, tally
        self.row = self.column = 0
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.kind = ""
        self.value: list[str] | None = None
        self.root = True
        self.in_rows = False

    def run(self, stream: IO[bytes]) -> None:
        """Walk the sheet's part."""
        place = address(self.file, self.title)
        walk(stream, f"{place}:", start=self.start, end=self.end, text=self.text)

    def refuse(self, cell: str, said: str) -> BadData:
        return BadData(f"{address(self.file, self.title, cell)} {said}")

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if self.root:
            if element != _MAIN + "worksheet":
                raise self.refuse("", "is damaged or of an unknown kind; save the file as Excel workbook (.xlsx).")
            self.root = False
        if not element.startswith(_MAIN):
            return
        name = element[len(_MAIN) :]
        if name == "c":
            self._cell(attributes)
        elif name == "v":
            self.value = []
        elif name == "row":
            self._row(attributes)
        elif name == "sheetData":
            if self.in_rows:
                raise self.refuse("", "is damaged: it has two tables of cells.")
            self.in_rows = True
        elif name == "mergeCell":
            self.tally.merged += self._area(attributes, "merged")
            if self.tally.merged > MOST_MERGED:
                raise self.refuse(attributes["ref"], f"brings the merged cells beyond {MOST_MERGED:,}.")
        elif name == "hyperlink":
            self.tally.cells += self._area(attributes, "linked")
            self._count(attributes["ref"])

    def text(self, characters: str) -> None:
        if self.value is not None:
            self.value.append(characters)

    def end(self, element: str) -> None:
        if self.value is not None and element == _MAIN + "v":
            value = "".join(self.value)
            self.value = None
            if value:
                self._check(value)

    def _row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        if stated is not None and not _INDEX.fullmatch(stated):
            raise self.refuse("", f"is damaged: a row is numbered {stated[:20]!r}.")
        self.row = int(stated) if stated is not None else self.row + 1
        self.column = 0
        if not 0 < self.row <= MOST_ROWS:
            raise self.refuse(f"A{self.row}", f"lies beyond row {MOST_ROWS:,}, the last that is read.")
        if self.row in self.rows:
            raise self.refuse(f"A{self.row}", "is damaged: the row stands there twice.")
        self.rows.add(self.row)
        self.columns = set()

    def _cell(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        if stated is None:
            self.column += 1
        else:
            position = cell_position(stated)
            if position is None or position[0] != self.row:
                raise self.refuse(stated[:20], f"is damaged: this cell stands in row {self.row}.")
            self.column = position[1]
        reference = column_letters(self.column) + str(self.row)
        if self.column > MOST_COLUMNS:
            raise self.refuse(reference, f"lies beyond column {column_letters(MOST_COLUMNS)}, the last that is read.")
        if self.column in self.columns:
            raise self.refuse(reference, "is damaged: the cell stands there twice.")
        self.columns.add(self.column)
        self.kind = attributes.get("t", "n")
        if self.kind not in ("n", "s", "str", "inlineStr", "b", "e", "d"):
            raise self.refuse(reference, f"is damaged: its kind is {self.kind[:20]!r}.")
        self.tally.cells += 1
        self._count(reference)

    def _count(self, reference: str) -> None:
        if self.tally.cells > MOST_CELLS:
            raise self.refuse(reference, f"is more than the {MOST_CELLS:,}th cell; no more are read.")

    def _area(self, attributes: dict[str, str], what: str) -> int:
        """How many cells a merged or linked area has."""
        reference = attributes.get("ref", "")
        bounds = range_bounds(reference)
        if bounds is None:
            raise self.refuse("", f"is damaged: it has a {what} area {reference[:40]!r}.")
        top, left, bottom, right = bounds
        if bottom > MOST_ROWS or right > MOST_COLUMNS:
            raise self.refuse(
                reference, f"is a {what} area beyond row {MOST_ROWS:,} or column {column_letters(MOST_COLUMNS)}."
            )
        return (bottom - top + 1) * (right - left + 1)

    def _check(self, value: str) -> None:
        reference = column_letters(self.column) + str(self.row)
        if self.kind == "s" and not (_INDEX.fullmatch(value) and int(value) < self.strings):
            raise self.refuse(reference, f"is damaged: it refers to text {value[:20]}, and there are {self.strings}.")
        if self.kind == "n" and not (_NUMBER.fullmatch(value) and abs(float(value)) < 1e300):
            raise self.refuse(reference, f"is damaged: its number is {value[:20]!r}.")
        if self.kind == "b" and value not in ("0", "1"):
            raise self.refuse(reference, f"is damaged: its truth value is {value[:20]!r}.")

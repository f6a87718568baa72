"""Puts values into the cells, headers and footers of one sheet, each as what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from certbody.deliverables.cells import Faults, address
from certbody.deliverables.fields import given, printed
from certbody.deliverables.heights import column_widths, default_height, default_width, height_of
from certbody.deliverables.repeating import Copy
from certbody.domain.text import fault
from certbody.errors import BadData

TAG = re.compile(r"\{\{[\s\u00a0]*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)[\s\u00a0]*\}\}", re.ASCII)
PAGE_TEXTS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
OPENING = re.compile(r"\{\{|\{%")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LIKE_FORMULA = ("=", "+", "-", "@")
_LONGEST = 32_767
"""Code units of a cell's text in Excel, which cuts what is longer without a word."""
LONGEST_PAGE_TEXT = 255
_MOST_DIGITS = 15
"""Digits that Excel keeps of a number."""
_FIRST_YEAR = 1901


class Filler:
    """Fills one sheet; notes every fault with its cell, and goes on."""

    def __init__(self, sheet: Any, values: Mapping[str, Any], faults: Faults, file: str) -> None:
        self.sheet, self.values, self.faults, self.file = sheet, values, faults, file
        self.styles: dict[tuple[tuple[int, ...], bool, bool], Any] = {}
        self.formats: dict[int, bool] = {}

    def fill(self, copies: Mapping[int, Copy]) -> None:
        """Replace every placeholder; `copies` tells which rows stand for which element of a list."""
        touched: set[int] = set()
        for (row, _), cell in self.sheet._cells.items():
            value = cell._value
            if value is None or isinstance(value, int | float):
                continue
            if not OPENING.search(str(value)):
                continue
            if cell.data_type == "f":
                self._wrong(
                    cell, "has a placeholder in a formula; put it into a cell and let the formula refer to that"
                )
                continue
            touched.add(row)
            self._fill_cell(cell, value, copies.get(row))
        self._heights(touched)
        self._tables()
        self._pages()

    def _fill_cell(self, cell: Any, value: Any, copied: Copy | None) -> None:
        text = str(value)
        try:
            if whole := TAG.fullmatch(text.strip()):
                self._put(cell, self._value(whole[1], copied))
            elif isinstance(value, str) or any(OPENING.search(TAG.sub("", str(run))) for run in value):
                self._text(cell, self._replaced(text, copied))
            else:
                self._runs(cell, value, copied)
        except BadData as problem:
            self._wrong(cell, problem.headline)

    def _value(self, path: str, copied: Copy | None) -> Any:
        """The value that a placeholder asks for.

        Raises:
            BadData: there is none.
        """
        source: Any = self.values
        if path.split(".")[0] == "row":
            if copied is None:
                raise BadData("asks for a field of a row, but stands outside the rows that a name each_… repeats")
            if not copied.block.elements:
                return None
            source = {"row": copied.block.elements[copied.number]}
        try:
            found = given(source, path)
        except KeyError:
            raise BadData(f"the template asks for {path!r}, which is not among its fields") from None
        if isinstance(found, dict | list):
            raise BadData(f"the template asks for {path!r}, which is no single value")
        return found

    def _replaced(self, text: str, copied: Copy | None, escape: str = "") -> str:
        """Template text with its placeholders replaced, in the file's spelling."""
        if rest := OPENING.search(TAG.sub("", text)):
            start = TAG.sub("", text)[rest.start() :][:40]
            raise BadData(f"has {start!r}, which is no placeholder such as {{{{ audit.number }}}}")

        def insert(found: re.Match[str]) -> str:
            said = printed(self._value(found[1], copied))
            if wrong := fault(said):
                raise BadData(wrong)
            if escape and "&[" in said:
                raise BadData("has '&[', which no header or footer can show")
            return _ESCAPE.sub("_x005F_", said.replace("&", escape) if escape else said)

        return TAG.sub(insert, text)

    def _put(self, cell: Any, value: Any) -> None:
        """A value as what it is: a real number, a real date, or text."""
        if value is None or value == "":
            cell._value, cell.data_type = None, "n"
        elif isinstance(value, bool | str):
            said = printed(value)
            if wrong := fault(said):
                raise BadData(wrong)
            self._text(cell, _ESCAPE.sub("_x005F_", said))
        elif isinstance(value, date):
            if value.year < _FIRST_YEAR:
                raise BadData(f"{value} is a date before {_FIRST_YEAR}, which Excel does not know")
            if not self._is_date(cell):
                cell.number_format = "yyyy-mm-dd"
            cell._value, cell.data_type = value, "d"
        else:
            digits = Decimal(value).as_tuple().digits
            if len(digits) > _MOST_DIGITS:
                raise BadData(f"{value} has {len(digits)} digits; Excel keeps {_MOST_DIGITS}")
            cell._value, cell.data_type = value, "n"

    def _text(self, cell: Any, text: str) -> None:
        """Text that stays text, whatever it begins with."""
        units = len(text) + sum(letter > "\uffff" for letter in text) if not text.isascii() else len(text)
        if units > _LONGEST:
            raise BadData(f"has {units:,} characters as Excel counts them; at most {_LONGEST:,} fit a cell")
        cell._value, cell.data_type = text, "s"
        self._style(cell, quoted=text.startswith(_LIKE_FORMULA), wrapped="\n" in text)

    def _runs(self, cell: Any, runs: Any, copied: Copy | None) -> None:
        """A text of several formats, each kept."""
        from openpyxl.cell.rich_text import CellRichText, TextBlock

        done = [
            TextBlock(run.font, self._replaced(run.text, copied))
            if isinstance(run, TextBlock)
            else self._replaced(run, copied)
            for run in runs
        ]
        self._text(cell, "".join(str(run) for run in done))
        cell._value = CellRichText(done)

    def _style(self, cell: Any, *, quoted: bool, wrapped: bool) -> None:
        wrapped = wrapped and not cell.alignment.wrap_text
        if not (quoted or wrapped):
            return
        key = (tuple(cell._style), quoted, wrapped)
        if key not in self.styles:
            cell._style = copy(cell._style)
            if quoted:
                cell.quotePrefix = True
            if wrapped:
                alignment = copy(cell.alignment)
                alignment.wrap_text = True
                cell.alignment = alignment
            self.styles[key] = cell._style
        cell._style = self.styles[key]

    def _is_date(self, cell: Any) -> bool:
        from openpyxl.styles import is_date_format

        key = int(cell._style.numFmtId)
        if key not in self.formats:
            self.formats[key] = bool(is_date_format(cell.number_format))
        return self.formats[key]

    def _wrong(self, cell: Any, said: str) -> None:
        self.faults.add(address(self.file, self.sheet.title, cell.coordinate), said)

    def _heights(self, touched: set[int]) -> None:
        """Make the rows that were filled high enough for their wrapped texts."""
        widths, usual, least = column_widths(self.sheet), default_width(self.sheet), default_height(self.sheet)
        spans = {
            (area.min_row, area.min_col): range(area.min_col, area.max_col + 1)
            for area in self.sheet.merged_cells.ranges
        }
        styles: dict[tuple[int, int], tuple[bool, float, bool]] = {}
        needs: dict[int, list[tuple[str, float, float, bool]]] = {}
        for (row, column), cell in self.sheet._cells.items():
            if row not in touched or cell.data_type != "s" or cell._value is None:
                continue
            key = (cell._style.alignmentId, cell._style.fontId)
            if key not in styles:
                styles[key] = (bool(cell.alignment.wrap_text), float(cell.font.sz or 11), bool(cell.font.b))
            wraps, size, bold = styles[key]
            if wraps:
                columns = spans.get((row, column), (column,))
                width = sum(widths.get(each, usual) for each in columns)
                needs.setdefault(row, []).append((str(cell._value), width, size, bold))
        for row, cells in needs.items():
            stated = self.sheet.row_dimensions[row].height if row in self.sheet.row_dimensions else None
            needed = height_of(cells, stated or least)
            if needed > (stated or least):
                self.sheet.row_dimensions[row].height = round(needed, 1)

    def _tables(self) -> None:
        """A table's headings must be the texts of its heading cells, or Excel offers to repair the file."""
        for table in self.sheet.tables.values():
            if table.headerRowCount != 0 and table.tableColumns:
                for cell, column in zip(self.sheet[table.ref][0], table.tableColumns, strict=False):
                    column.name = str(cell.value)

    def _pages(self) -> None:
        """Headers and footers, in which ``&`` begins a code and is doubled."""
        for kind in PAGE_TEXTS:
            item = getattr(self.sheet.HeaderFooter, kind)
            where = address(self.file, self.sheet.title) + (", header" if kind.endswith("Header") else ", footer")
            for part in (item.left, item.center, item.right) if item else ():
                if part.text and OPENING.search(part.text):
                    try:
                        part.text = self._replaced(part.text, None, escape="&&")
                    except BadData as problem:
                        self.faults.add(where, problem.headline)
            if item and len(str(item)) > LONGEST_PAGE_TEXT:
                self.faults.add(where, f"has {len(str(item))} characters; at most {LONGEST_PAGE_TEXT} fit")

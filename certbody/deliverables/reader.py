"""Reads the cells of an admitted workbook with openpyxl; also the program of the limited child process."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from certbody.deliverables.child import answer
from certbody.deliverables.scan import column_letters

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Plain = dict[str, Any]


def main() -> None:
    """Read a workbook from standard input and write its cells as JSON."""
    answer(read_plain)


def read_plain(data: bytes) -> Plain:
    """The content of a workbook as plain JSON data: sheets, names, properties.

    openpyxl is led round three silent changes: it drops ``x005F_`` from texts instead of decoding Excel's
    escapes, makes texts of formulas look like texts typed, and loads drawings, which nobody asked for.
    """
    reader = _reader()(BytesIO(data))
    reader.read()
    book = reader.wb
    sheets = [_sheet(sheet, reader.results.get(sheet.title)) for sheet in book.worksheets]
    names = {name: str(defined.value) for name, defined in book.defined_names.items()}
    for sheet in book.worksheets:
        names |= {f"{sheet.title}!{name}": str(defined.value) for name, defined in sheet.defined_names.items()}
    properties = {each.name: _property(each.value) for each in book.custom_doc_props.props}
    return {"sheets": sheets, "names": names, "properties": properties}


def _reader() -> type[Any]:
    """openpyxl's reader, without its change to texts and without drawings, comments and tables.

    A sheet with formulas is read twice: its formulas stand in the workbook, their stored results in `results`.
    """
    from openpyxl.worksheet._reader import WorksheetReader
    from openpyxl.worksheet.worksheet import Worksheet

    class Reader(faithful_reader()):  # type: ignore[misc]
        def read_worksheets(self) -> None:
            self.results: dict[str, Any] = {}
            for sheet, relation in self.parser.find_sheets():
                made = self.wb.create_sheet(sheet.name)
                made.sheet_state = sheet.state
                if "chartsheet" in relation.Type:
                    continue
                with self.archive.open(relation.target) as source:
                    content = WorksheetReader(made, source, self.shared_strings, self.data_only, False)
                    content.bind_cells()
                    content.bind_col_dimensions()
                if any(cell.data_type == "f" for cell in made._cells.values()):
                    self.results[made.title] = calculated = Worksheet(self.wb, sheet.name)
                    with self.archive.open(relation.target) as source:
                        WorksheetReader(calculated, source, self.shared_strings, True, False).bind_cells()

    return Reader


def faithful_reader() -> type[Any]:
    """openpyxl's reader, which takes the table of texts as it stands; with ``rich_text=True``, formats of parts too."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            package: Any = self.package
            part = package.find(SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName[1:]) as source:
                    self.shared_strings = _strings(source, rich=bool(self.rich_text))

    return Reader


def _strings(source: Any, *, rich: bool) -> list[Any]:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import Text
    from openpyxl.xml.constants import SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    strings: list[Any] = []
    for _, node in iterparse(source):
        if node.tag != f"{{{SHEET_MAIN_NS}}}si":
            continue
        text: Any = Text.from_tree(node)
        if rich and any(run.rPr for run in text.r):
            runs = [TextBlock(run.rPr, run.t or "") if run.rPr else run.t or "" for run in text.r]
            strings.append(CellRichText(runs))
        else:
            strings.append(text.content)
        node.clear()
    return strings


def _sheet(sheet: Any, results: Any) -> Plain:
    rows: dict[int, dict[str, list[str]]] = {}
    for (row, column), cell in sheet._cells.items():
        found = _cell(cell, results._cells.get((row, column)) if results is not None else None)
        if found:
            rows.setdefault(row, {})[column_letters(column)] = found
    hidden = []
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            hidden += [column_letters(number) for number in range(dimension.min, min(dimension.max, 256) + 1)]
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "hidden_columns": hidden,
        "rows": [[row, rows[row]] for row in sorted(rows)],
    }


def _cell(cell: Any, result: Any) -> list[str] | None:
    """Kind and value; for a formula also its text and the kind of its stored result."""
    if cell.data_type == "f":
        formula = getattr(cell._value, "text", cell._value)
        found = _value(result) if result is not None else None
        kind, value = found or ("", "")
        return ["formula", value, str(formula), kind]
    found = _value(cell)
    return list(found) if found else None


def _value(cell: Any) -> tuple[str, str] | None:
    value = cell._value
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "bool", "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return "number", exact(value)
    if isinstance(value, datetime):
        value = _to_the_second(value)
        midnight = value.time() == time()
        return "date", value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return "date", value.isoformat()
    if isinstance(value, time):
        return "time", _to_the_second(datetime.combine(date(2000, 1, 1), value)).time().isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return "time", f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return "text", decoded(str(value))


def _to_the_second(value: datetime) -> datetime:
    """Excel keeps times as fractions of a day; 09:30 may come as 09:29:59.999."""
    return (value + timedelta(milliseconds=500)).replace(microsecond=0)


def exact(value: int | float | Decimal) -> str:
    """A number as a person writes it: the shortest digits that mean it, without exponent, 4 for 4.0."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def decoded(text: str) -> str:
    """A text of the file as the person sees it: Excel writes some characters as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _property(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return exact(value) if isinstance(value, int | float) else "" if value is None else str(value)

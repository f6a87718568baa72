"""Workbooks as tests need them: made from the example, and filled in by openpyxl as a person would in Excel."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from certbody import resources
from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.excel import fill_workbook

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
HOSTILE = "=cmd|' /C calc'!A0 <b>&amp; {{ document.head }} & Söhne 東京"

needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def made(found: Deliverable, view: Showing) -> bytes:
    """The workbook of a deliverable, as the office makes it."""
    properties = {"title": found.title, **found.properties(view)}
    return fill_workbook(resources.template(found.template), found.fields(view), at=AT, properties=properties)


def saved(book: Any) -> bytes:
    """A workbook as bytes."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def changed(data: bytes, *steps: Callable[[Any], object]) -> bytes:
    """The workbook after a person did something to it and saved it."""
    book = load_workbook(io.BytesIO(data))
    for step in steps:
        step(book)
    return saved(book)


def heads(sheet: Any) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the column of each."""
    row = next(row for row in range(1, 40) if sum(bool(cell.value) for cell in sheet[row]) >= 3 and _white(sheet, row))
    return row, {str(cell.value): cell.column for cell in sheet[row] if cell.value}


def _white(sheet: Any, row: int) -> bool:
    return any(cell.value and cell.font.color is not None and cell.font.color.rgb == "00FFFFFF" for cell in sheet[row])


def enter(sheet: str, row: int, **typed: Any) -> Callable[[Any], None]:
    """Type into the cells under headings (their letters, as names) of a row, counted from 1 below the headings."""

    def step(book: Any) -> None:
        top, columns = heads(book[sheet])
        by_name = {"".join(filter(str.isalpha, name)).lower(): column for name, column in columns.items()}
        for name, value in typed.items():
            cell = book[sheet].cell(top + row, by_name[name.replace("_", "")])
            cell.value = value
            if isinstance(value, str) and cell.number_format == "@":
                cell.data_type = "s"  # a cell that is formatted as text takes what is typed as text

    return step


def answer(sheet: str, **typed: Any) -> Callable[[Any], None]:
    """Type answers into a sheet of questions, by key; a dot in a key is written as two underscores."""

    def step(book: Any) -> None:
        _, columns = heads(book[sheet])
        lines = {cell.value: cell.row for cell in book[sheet]["A"] if cell.value}
        for key, value in typed.items():
            cell = book[sheet].cell(lines[key.replace("__", ".")], columns["Answer"])
            cell.value = value
            if isinstance(value, str) and cell.number_format == "@":
                cell.data_type = "s"

    return step


def put(sheet: str, place: str, value: Any) -> Callable[[Any], None]:
    """Type a value into a cell, formulas included."""

    def step(book: Any) -> None:
        book[sheet][place].value = value

    return step


def without(sheet: str, row: int, count: int = 1) -> Callable[[Any], None]:
    """Take whole rows out."""
    return lambda book: book[sheet].delete_rows(row, count)


def reordered(sheet: str, order: Callable[[list[Any]], Any]) -> Callable[[Any], None]:
    """Sort the rows below the headings; `order` is a key for `sorted`, given a row's values."""

    def step(book: Any) -> None:
        top, _ = heads(book[sheet])
        rows = [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=top + 1)]
        _write(book[sheet], top + 1, sorted(rows, key=order))

    return step


def moved(sheet: str, columns: Callable[[list[int]], Sequence[int]]) -> Callable[[Any], None]:
    """Bring the columns of the table into another order."""

    def step(book: Any) -> None:
        top, _ = heads(book[sheet])
        order = columns(list(range(book[sheet].max_column)))
        rows = [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=top)]
        _write(book[sheet], top, [[row[column] for column in order] for row in rows])

    return step


def _write(sheet: Any, top: int, rows: Sequence[Sequence[Any]]) -> None:
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            cell.value = value
            if isinstance(value, str) and not value.startswith("=IF("):
                cell.data_type = "s"


def tinted(sheet: Any) -> Iterator[tuple[str, bool, bool]]:
    """Place, whether it is tinted, and whether it is unlocked, of every cell with a style."""
    for row in sheet.iter_rows():
        for cell in row:
            yield cell.coordinate, cell.fill.start_color.rgb == "00FFF6D6", not cell.protection.locked


@contextmanager
def libreoffice(folder: Path) -> Iterator[Callable[[bytes, str], bytes]]:
    """A function that opens a workbook in LibreOffice and saves it in another format (``xlsx``, ``csv`` …)."""

    def convert(data: bytes, kind: str) -> bytes:
        given, out = folder / "given.xlsx", folder / kind
        given.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(out), str(given)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return (out / f"given.{kind}").read_bytes()

    yield convert


def letter(data: bytes, sheet: str, heading: str) -> str:
    """The letter of the column under a heading."""
    _, columns = heads(load_workbook(io.BytesIO(data))[sheet])
    return get_column_letter(columns[heading])

"""Reads a workbook that came from outside: the gate, then openpyxl in a limited child process, then plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from certbody.deliverables.cells import Cell, Faults, Sheet, Workbook, address
from certbody.deliverables.child import run_limited
from certbody.deliverables.gate import admit
from certbody.deliverables.tables import Row, table

__all__ = ["Cell", "Faults", "Limits", "Row", "Sheet", "Workbook", "address", "read_cells", "read_workbook", "table"]


@attrs.frozen(kw_only=True)
class Limits:
    """What reading one workbook may take: seconds of processor time, bytes of memory."""

    seconds: int = 20
    memory: int = 2**30


def read_workbook(data: bytes, name: str, *, limits: Limits | None = None) -> Workbook:
    """All cells of a workbook from outside, as plain values; `name` is the file's name, for messages.

    Raises:
        BadData: the file is no sound workbook within the limits; one sentence with file, sheet and cell.
    """
    bounds = limits or Limits()
    admit(data, name, kind="xlsx")
    plain = run_limited(
        "certbody.deliverables.reader", data, file=name, does="be read", seconds=bounds.seconds, memory=bounds.memory
    )
    return _workbook(plain, name)


def read_cells(data: bytes, name: str = "workbook.xlsx") -> Workbook:
    """The same in this process, without gate and limits: for files that certbody itself just wrote."""
    from certbody.deliverables.reader import read_plain

    return _workbook(read_plain(data), name)


def _workbook(plain: Mapping[str, Any], file: str) -> Workbook:
    sheets = {}
    for sheet in plain["sheets"]:
        rows = {int(number): {column: _cell(cell) for column, cell in row.items()} for number, row in sheet["rows"]}
        sheets[sheet["name"]] = Sheet(
            file=file,
            name=sheet["name"],
            rows=rows,
            hidden=sheet["hidden"],
            hidden_columns=frozenset(sheet["hidden_columns"]),
        )
    return Workbook(file=file, sheets=sheets, names=plain["names"], properties=plain["properties"])


def _cell(plain: list[str]) -> Cell:
    kind: Any = plain[0]
    formula, result = plain[2:] if len(plain) == 4 else ("", "")
    return Cell(kind=kind, value=plain[1], formula=formula, result=result)

"""Finds a table in a sheet by its headings, wherever its columns and rows were moved, and takes its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal

import attrs

from certbody.deliverables.cells import Faults, Sheet, address
from certbody.deliverables.scan import column_number
from certbody.errors import BadData

_HEADINGS_WITHIN = 100
"""Rows from the top among which the headings are looked for."""


@attrs.frozen(kw_only=True)
class Row:
    """One row of a table; its cells by the key of their heading. Methods as in `Sheet`."""

    sheet: Sheet
    number: int
    columns: Mapping[str, str]
    faults: Faults | None = None

    def __contains__(self, key: str) -> bool:
        return key in self.columns

    def place(self, key: str) -> str:
        """File, sheet and cell of that column, for messages."""
        return self.sheet.place(self.number, self.columns[key])

    def fault(self, key: str, text: str) -> None:
        """Note a fault of the cell under `key`, found by the caller."""
        if self.faults is None:
            raise BadData(f"{self.place(key)}: {text}")
        self.faults.add(self.place(key), text)

    def text(self, key: str, *, required: bool = False, lines: bool = True, numbers: bool = True) -> str:
        """See `Sheet.text`; "" where an optional column is absent."""
        if key not in self.columns:
            return ""
        return self.sheet.text(
            self.number, self.columns[key], self.faults, required=required, lines=lines, numbers=numbers
        )

    def choice(self, key: str, words: Sequence[str], *, required: bool = False) -> str | None:
        """See `Sheet.choice`; None where an optional column is absent."""
        if key not in self.columns:
            return None
        return self.sheet.choice(self.number, self.columns[key], words, self.faults, required=required)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """See `Sheet.day`; None where an optional column is absent."""
        if key not in self.columns:
            return None
        return self.sheet.day(self.number, self.columns[key], self.faults, required=required)

    def time(self, key: str, *, required: bool = False) -> time | None:
        """See `Sheet.time`; None where an optional column is absent."""
        if key not in self.columns:
            return None
        return self.sheet.time(self.number, self.columns[key], self.faults, required=required)

    def whole(self, key: str, *, required: bool = False) -> int | None:
        """See `Sheet.whole`; None where an optional column is absent."""
        if key not in self.columns:
            return None
        return self.sheet.whole(self.number, self.columns[key], self.faults, required=required)

    def amount(self, key: str, *, required: bool = False) -> Decimal | None:
        """See `Sheet.amount`; None where an optional column is absent."""
        if key not in self.columns:
            return None
        return self.sheet.amount(self.number, self.columns[key], self.faults, required=required)


def table(
    sheet: Sheet, headings: Mapping[str, str], faults: Faults | None = None, *, optional: Collection[str] = ()
) -> Iterator[Row]:
    """The rows under a row of headings, in the order of the sheet; rows that are empty in all columns are left out.

    `headings` maps the caller's keys to the texts of the heading cells; capitals and spaces do not matter, nor
    does the order of the columns. What stands below the table is yielded as well: a row that lacks
    what identifies a record is for the caller to judge.

    Raises:
        BadData: a heading is missing (unless its key is in `optional`) or stands there twice.
    """
    line, columns = _find(sheet, headings, optional)
    for number in sorted(sheet.rows):
        if number > line and any(column in sheet.rows[number] for column in columns.values()):
            yield Row(sheet=sheet, number=number, columns=columns, faults=faults)


def _find(sheet: Sheet, headings: Mapping[str, str], optional: Collection[str]) -> tuple[int, dict[str, str]]:
    wanted = {_plain(text): key for key, text in headings.items()}
    best: tuple[int, int] = (0, 0)
    for number in sorted(sheet.rows)[:_HEADINGS_WITHIN]:
        texts = {_plain(cell.value) for cell in sheet.rows[number].values() if cell.kind == "text"}
        if (hits := len(texts & wanted.keys())) > best[0]:
            best = (hits, number)
    hits, line = best
    if hits < min(2, len(headings)):
        raise BadData(f"{address(sheet.file, sheet.name)}: no row of headings such as {_listed(headings.values())}.")
    columns: dict[str, str] = {}
    for letter in sorted(sheet.rows[line], key=column_number):
        cell = sheet.rows[line][letter]
        key = wanted.get(_plain(cell.value)) if cell.kind == "text" else None
        if key is None:
            continue
        if key in columns:
            raise BadData(
                f"{address(sheet.file, sheet.name)}: the heading {headings[key]!r} stands in both "
                f"{columns[key]}{line} and {letter}{line}."
            )
        columns[key] = letter
    missing = [text for key, text in headings.items() if key not in columns and key not in optional]
    if missing:
        plural, verb = ("s", "are") if len(missing) > 1 else ("", "is")
        raise BadData(
            f"{address(sheet.file, sheet.name)}: the heading{plural} {_listed(missing)} {verb} missing in row {line}."
        )
    return line, columns


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _listed(texts: Collection[str]) -> str:
    return ", ".join(repr(text) for text in list(texts)[:5])

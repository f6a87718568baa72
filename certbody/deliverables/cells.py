"""What was read from a workbook, as plain values, and how typed values are taken from it, fault by fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal

import attrs

from certbody.domain.text import fault, normal
from certbody.errors import BadData

Kind = Literal["text", "number", "date", "time", "bool", "formula", "error"]

MOST_LISTED = 12
"""Words that a message lists one by one."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_EMPTY = "is empty, where an entry is needed"
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)


def address(file: str, sheet: str = "", cell: str = "") -> str:
    """The place of a cell as Excel writes it, after the file: ``checklist.xlsx, 'Read me'!B3``."""
    if not sheet:
        return file
    quoted = sheet if _PLAIN.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{file}, {quoted}!{cell}" if cell else f"{file}, {quoted}"


class Faults:
    """Collects what is wrong with a file, so that one bad row never hides the others."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __bool__(self) -> bool:
        return bool(self.lines)

    def add(self, place: str, text: str) -> None:
        """Note that what stands at `place` (see `address`) has the fault `text`."""
        self.lines.append(f"{place}: {text}")

    def raise_if_any(self, headline: str, *, next: str = "") -> None:
        """Raise BadData with every fault under `headline`, if there is one."""
        if self.lines:
            raise BadData(headline, self.lines, next=next)


@attrs.frozen(kw_only=True)
class Cell:
    """One cell that holds something.

    Attributes:
        kind: what it holds. `time` is a time of day without a date.
        value: as text: numbers exact (``4``, ``0.5``), dates ``2027-03-02`` or ``2027-03-02T09:30:00``, times
            ``09:30:00``, truth ``TRUE`` or ``FALSE``; for a formula, the result that was stored with it.
        formula: the formula with its ``=``; empty where there is none.
        result: kind of a formula's stored result; empty where it was never calculated.
    """

    kind: Kind
    value: str
    formula: str = ""
    result: str = ""


@attrs.frozen(kw_only=True)
class Sheet:
    """One sheet: its cells by row number and column letter, hidden rows and columns included.

    The methods that take a typed value note what is wrong in `faults` and then answer as if the cell were
    empty; without `faults`, they raise BadData at once.
    """

    file: str
    name: str
    rows: Mapping[int, Mapping[str, Cell]]
    hidden: bool = False
    hidden_columns: frozenset[str] = frozenset()

    def cell(self, row: int, column: str) -> Cell | None:
        """The cell, or None where it is empty."""
        return self.rows.get(row, {}).get(column)

    def place(self, row: int, column: str = "A") -> str:
        """File, sheet and cell, for messages."""
        return address(self.file, self.name, f"{column}{row}")

    def text(
        self,
        row: int,
        column: str,
        faults: Faults | None = None,
        *,
        required: bool = False,
        lines: bool = True,
        numbers: bool = True,
    ) -> str:
        """The text of a cell by the text rule of the house; "" where it is empty.

        `lines=False` wants a single line and drops the spaces around it; `numbers=False` refuses a number,
        since Excel turns clause 4.10 into 4.1.
        """
        found = self._filled(row, column)
        if found is None:
            if required:
                self._wrong(row, column, faults, _EMPTY)
            return ""
        wrong = {
            "formula": "holds a formula; type the text itself",
            "error": f"holds the error {found.value}; type the text itself",
            "date": f"holds the date {found.value}, where text belongs; type an apostrophe before it",
            "time": f"holds the time {found.value}, where text belongs; type an apostrophe before it",
            "number": "" if numbers else f"holds the number {found.value}; format the cell as text and type it again",
        }.get(found.kind, "")
        value = normal(found.value if lines else found.value.strip())
        if wrong := wrong or fault(value, lines=lines) or "":
            self._wrong(row, column, faults, wrong)
            return ""
        return value

    def choice(
        self, row: int, column: str, words: Sequence[str], faults: Faults | None = None, *, required: bool = False
    ) -> str | None:
        """One of `words`, in their spelling, whatever capitals and spaces were typed; None where empty."""
        before = len(faults.lines) if faults else 0
        typed = self.text(row, column, faults, required=required, lines=False)
        if not typed or (faults and len(faults.lines) > before):
            return None
        wanted = " ".join(typed.split()).casefold()
        for word in words:
            if word.casefold() == wanted:
                return word
        self._wrong(row, column, faults, f"{typed!r} is none of {_listed(words, typed)}")
        return None

    def day(self, row: int, column: str, faults: Faults | None = None, *, required: bool = False) -> date | None:
        """A date, typed as a date; None where the cell is empty."""
        kind, value = self._calculated(row, column, faults, required)
        if kind is None:
            return None
        if kind == "date" and len(value) == 10:
            return date.fromisoformat(value)
        wrong = {
            "date": f"{value} is a date with a time of day; type the day alone",
            "text": f"{value!r} is text, not a date; format the cell as a date and type it again",
        }.get(kind, f"holds the {kind} {value}, where a date belongs")
        self._wrong(row, column, faults, wrong)
        return None

    def time(self, row: int, column: str, faults: Faults | None = None, *, required: bool = False) -> time | None:
        """A time of day, typed as a time or as the text 09:30; None where the cell is empty."""
        kind, value = self._calculated(row, column, faults, required)
        if kind is None:
            return None
        if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", value.strip(), re.ASCII):
            return time.fromisoformat(value.strip())
        self._wrong(row, column, faults, f"{value!r} is no time of day; type it as 09:30")
        return None

    def whole(self, row: int, column: str, faults: Faults | None = None, *, required: bool = False) -> int | None:
        """A whole number; None where the cell is empty."""
        found = self.amount(row, column, faults, required=required)
        if found is not None and found != found.to_integral_value():
            self._wrong(row, column, faults, f"{found} is not a whole number")
            return None
        return None if found is None else int(found)

    def amount(self, row: int, column: str, faults: Faults | None = None, *, required: bool = False) -> Decimal | None:
        """A number, exact, of at most 15 digits and 9 decimals; None where the cell is empty."""
        kind, value = self._calculated(row, column, faults, required)
        if kind is None:
            return None
        if kind in ("number", "text") and _NUMBER.fullmatch(value.strip()):
            return Decimal(value.strip())
        said = (
            f"{value!r} is no number"
            if kind in ("text", "number")
            else f"holds the {kind} {value}, where a number belongs"
        )
        self._wrong(row, column, faults, said)
        return None

    def _filled(self, row: int, column: str) -> Cell | None:
        """The cell, or None where it is empty or holds nothing but spaces."""
        found = self.cell(row, column)
        return None if found and found.kind == "text" and not found.value.strip() else found

    def _calculated(self, row: int, column: str, faults: Faults | None, required: bool) -> tuple[str | None, str]:
        """Kind and value, a formula's stored result taken for it."""
        found = self._filled(row, column)
        if found is None:
            if required:
                self._wrong(row, column, faults, _EMPTY)
            return None, ""
        if found.kind != "formula":
            return found.kind, found.value
        if not found.result:
            self._wrong(
                row,
                column,
                faults,
                "holds a formula that was never calculated; open and save it in Excel, or type the value",
            )
            return None, ""
        return found.result, found.value

    def _wrong(self, row: int, column: str, faults: Faults | None, text: str) -> None:
        if faults is None:
            raise BadData(f"{self.place(row, column)}: {text}")
        faults.add(self.place(row, column), text)


@attrs.frozen(kw_only=True)
class Workbook:
    """A workbook as plain data.

    Attributes:
        file: its name, for messages.
        sheets: by name, in the workbook's order; hidden ones included.
        names: defined names and what they refer to; those of one sheet as ``Sheet!name``.
        properties: the document's custom properties, as text.
    """

    file: str
    sheets: Mapping[str, Sheet]
    names: Mapping[str, str] = attrs.field(factory=dict)
    properties: Mapping[str, str] = attrs.field(factory=dict)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name.

        Raises:
            BadData: there is none; names those there are.
        """
        if name in self.sheets:
            return self.sheets[name]
        there = ", ".join(title for title, sheet in self.sheets.items() if not sheet.hidden)
        raise BadData(f"{self.file}: the sheet {name!r} is missing; the file has {there}.")

    def require(self, names: Iterable[str]) -> None:
        """Raise BadData unless each of these sheets is there."""
        for name in names:
            self.sheet(name)


def _listed(words: Sequence[str], typed: str) -> str:
    """The words to choose from; where they are many, how many, and those nearest to what was typed."""
    if len(words) <= MOST_LISTED:
        return ", ".join(words)
    near = get_close_matches(typed, words, n=3, cutoff=0.5)
    return f"the {len(words)} that there are" + (f"; near are {', '.join(near)}" if near else "")

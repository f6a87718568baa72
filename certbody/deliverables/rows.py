"""Registers: lists of rows with real dates and numbers, as plain data, as CSV, and as lines on a screen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import attrs

Value = str | date | int | Decimal | bool | None
"""What a cell holds. None is a cell that has nothing to say."""


class Tone(StrEnum):
    """A colour that repeats what the word beside it says."""

    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    NOTE = "note"
    QUIET = "quiet"


class Marked(NamedTuple):
    """A value that deserves a colour."""

    value: Value
    tone: Tone


Cell = Value | Marked


class Form(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole"
    DAYS = "days"


@attrs.frozen(kw_only=True)
class Column:
    """One column of a list.

    Attributes:
        key: its name in JSON, stable from version to version.
        width: in characters, in a workbook. bold: it says what a row is.
        spoken: whether it belongs into the one line that a screen has for a row.
    """

    key: str
    heading: str
    width: float
    form: Form = Form.TEXT
    bold: bool = False
    spoken: bool = False


@attrs.frozen(kw_only=True)
class Listing:
    """One list: a sheet of the workbook, a file of CSV, a list of objects in JSON.

    Attributes:
        key: its name in JSON, and the end of its file's name where a register has several lists.
        title: the sheet's name, at most 31 characters. hint: a line above the headings.
        empty: the sentence that stands for no rows.
        frozen: how many columns stay in sight.
    """

    key: str
    title: str
    hint: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    empty: str
    frozen: int = 1


@attrs.frozen(kw_only=True)
class Register:
    """A register as it stands on a day.

    Attributes:
        kind: what its file names begin with. period: what they end with, such as its day.
        audience: `internal` where the same register has a face for the public, too.
        head: the head of the body's own journal.
        colour, paper: of the body's profile: six hexadecimal digits or none; `A4` or `Letter`.
        facts: what else JSON says of the whole.
    """

    kind: str
    title: str
    period: str
    on: date
    body: str
    head: str
    listings: tuple[Listing, ...]
    audience: str = ""
    colour: str = ""
    paper: str = "A4"
    facts: Mapping[str, Any] = attrs.field(factory=dict)


def value_of(cell: Cell) -> Value:
    """The value in a cell, whatever its colour."""
    return cell.value if isinstance(cell, Marked) else cell


def shown(value: Value) -> str:
    """A value as text: dates as ISO writes them, days with a decimal at least (`2.0`), truth as yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        whole, _, part = format(value, "f").partition(".")
        return f"{whole}.{part.rstrip('0') or '0'}"
    return value.isoformat() if isinstance(value, date) else str(value)


def plain(register: Register) -> dict[str, Any]:
    """The register as JSON has it: dates as text, days as text with their decimals, no cell left out."""
    said: dict[str, Any] = {
        "register": register.kind,
        "title": register.title,
        "on": register.on.isoformat(),
        "body": register.body,
        "head": register.head,
        **register.facts,
    }
    for listing in register.listings:
        keys = [column.key for column in listing.columns]
        said[listing.key] = [dict(zip(keys, map(_plain, row), strict=True)) for row in listing.rows]
    return said


def _plain(cell: Cell) -> Any:
    value = value_of(cell)
    return value if value is None or isinstance(value, bool | int | str) else shown(value)


def comma_separated(listing: Listing) -> Iterator[str]:
    """The list as CSV (RFC 4180), line by line, headings first; the keys of JSON are the headings.

    To be written as UTF-8 with a byte order mark, by which Excel knows it. Texts that a spreadsheet would take for
    a formula are `guarded`.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([column.key for column in listing.columns])
    for row in listing.rows:
        writer.writerow([_guarded(value_of(cell)) for cell in row])
        if lines.tell() > _CHUNK:
            yield lines.getvalue()
            lines.seek(0)
            lines.truncate()
    yield lines.getvalue()


_CHUNK = 2**16
_FORMULAS = frozenset("=+-@\t\r\n＝＋－＠")
"""What begins a formula in a spreadsheet program, or is dropped before something that does."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    An apostrophe at the beginning is doubled, so that `unguarded` gives each text back as it was.
    """
    return "'" + text if text[:1] == "'" or text[:1] in _FORMULAS else text


def unguarded(text: str) -> str:
    """The text that `guarded` made this of."""
    return text[1:] if text.startswith("'") else text


def _guarded(value: Value) -> str:
    return guarded(value) if isinstance(value, str) else shown(value)


def lines(listing: Listing) -> Iterator[str]:
    """A line for each row, with what belongs on a screen; the sentence for none."""
    if not listing.rows:
        yield listing.empty
    spoken = [number for number, column in enumerate(listing.columns) if column.spoken]
    for row in listing.rows:
        said = (" ".join(shown(value_of(row[number])).split()) for number in spoken)
        yield "  ".join(word for word in said if word)

"""How high a row of a sheet must be so that wrapped text is not cut: an estimate, since no program does it for us."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

HIGHEST = 409.0
"""Points; Excel has no higher rows."""
_DEFAULT_WIDTH = 8.43
_DEFAULT_HEIGHT = 15.0
_LEADING = 1.34
"""Points of line height for each point of font size, as Excel lays out its usual fonts."""
_USUAL_SIZE = 11
_SLACK = 1.05
_SPACE = 0.5


def _ascii_widths() -> tuple[float, ...]:
    """Widths of the ASCII characters in a common font without serifs, a digit being 1."""
    widths = dict.fromkeys(range(128), 1.0)
    for letters, width in (
        ("ijl.,:;'|!`", 0.5),
        ('()[]{}frtI-/\\J"', 0.7),
        ("csz", 0.82),
        ("abdeghknopquvxy", 1.0),
        ("ABCEFKLPRSTXYZ", 1.1),
        ("DGHNOQUV", 1.3),
        ("mw", 1.55),
        ("MW@%", 1.8),
    ):
        widths.update((ord(letter), width) for letter in letters)
    return tuple(widths.values())


_WIDTHS = _ascii_widths()


def column_widths(sheet: Any) -> dict[int, float]:
    """Width of each column that has one, in characters."""
    widths: dict[int, float] = {}
    for dimension in sheet.column_dimensions.values():
        dimension.reindex()
        for column in range(dimension.min, min(dimension.max, 256) + 1):
            widths[column] = 0.0 if dimension.hidden else dimension.width
    return widths


def height_of(cells: Iterable[tuple[str, float, float, bool]], least: float) -> float:
    """Points that a row needs: at least `least`, at most 409.

    Each cell is its text, its width in characters, its font size in points, and whether it is bold.
    """
    needed = least
    for text, width, size, bold in cells:
        room = max(1.0, (width - 0.8) * 11.0 / size / (1.08 if bold else 1.0))
        lines = lines_of(text, room)
        if lines > 1 or size > _USUAL_SIZE:
            needed = max(needed, lines * size * _LEADING + 2)
    return min(needed, HIGHEST)


def lines_of(text: str, room: float) -> int:
    """Lines that a text takes in a column as wide as `room` digits, words kept whole."""
    count = 0
    for paragraph in text.split("\n"):
        used = 0.0
        count += 1
        for word in paragraph.rstrip().split(" "):
            width = _width(word)
            if used and used + _SPACE + width > room:
                count += 1
                used = 0.0
            elif used:
                used += _SPACE
            while width > room:
                count += 1
                width -= room
            used += width
    return count


@lru_cache(maxsize=10_000)
def _width(word: str) -> float:
    """Of a word, in widths of a digit; East Asian letters count twice."""
    if word.isascii():
        return _SLACK * sum(map(_WIDTHS.__getitem__, word.encode("ascii")))
    return _SLACK * sum(2.0 if unicodedata.east_asian_width(letter) in "WF" else 1.05 for letter in word)


def default_height(sheet: Any) -> float:
    """Of rows that state none, in points."""
    return float(sheet.sheet_format.defaultRowHeight or _DEFAULT_HEIGHT)


def default_width(sheet: Any) -> float:
    """Of columns that state none, in characters."""
    return float(sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH)

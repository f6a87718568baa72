"""Walks the XML of office files as a stream, before any library sees it: no DTD, no entity, no depth, no bomb."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from certbody.errors import BadData

MOST_ELEMENTS = 3_000_000
"""Elements in one part; a workbook at every other limit has about a million."""
_DEEPEST = 200
_CHUNK = 1 << 16
_ENCODINGS = {"utf-8", "utf-16", "us-ascii"}

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def walk(
    stream: IO[bytes], place: str, *, start: Start | None = None, end: End | None = None, text: Text | None = None
) -> None:
    """Hand each element of an XML stream to `start` and `end`, and its characters to `text`.

    Names arrive as ``"namespace local"``, separated by one space. `place` names file and part in messages.

    Raises:
        BadData: the part declares a DTD, is no XML, is nested too deeply, or has too many elements.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = count = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > _DEEPEST:
            raise BadData(f"{place} is nested more than {_DEEPEST} levels deep; no office program writes that.")
        if count > MOST_ELEMENTS:
            raise BadData(f"{place} has more than {MOST_ELEMENTS:,} elements, more than is read.")
        if start:
            start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    def doctype(*_: object) -> None:
        raise BadData(f"{place} declares a DTD, which no office program writes and which can hide a bomb.")

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise BadData(f"{place} is written in the encoding {encoding}; office programs write UTF-8.")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declared
    if text:
        parser.CharacterDataHandler = text
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise BadData(f"{place} is damaged: {expat.ErrorString(problem.code)} in line {problem.lineno}.") from None
    except (ValueError, LookupError) as problem:  # an encoding that Python does not know
        raise BadData(f"{place} is damaged: {problem}.") from None


_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6}))?", re.ASCII)
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_position(reference: str) -> tuple[int, int] | None:
    """Row and column of ``"D17"``, or None where that is no reference to a cell."""
    found = _CELL.fullmatch(reference)
    return (int(found[2]), column_number(found[1])) if found else None


def range_bounds(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of ``"A1:B2"``, or None where that is no range."""
    found = _RANGE.fullmatch(reference)
    if not found:
        return None
    top, left = int(found[2]), column_number(found[1])
    bottom, right = (int(found[4]), column_number(found[3])) if found[3] else (top, left)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)

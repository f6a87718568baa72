"""Fields that refuse bad text, by whichever door it comes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import attrs

MOST_CHARACTERS = 32_000
"""Longest text of one field; Excel cuts a cell at 32,767 without a word, so we stop before it."""

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/@+:-]*[A-Za-z0-9+])?")


class BadText(ValueError):
    """A text that cannot go on record: the field, the place and the fault, in one sentence."""


def normal(value: str) -> str:
    """The one spelling of a text: composed (NFC), with a single kind of line end.

    Word and Excel write a line break inside a cell as carriage return, as ``\\r\\n`` or as a
    vertical tab; each becomes a newline. Nothing else is changed and nothing is dropped.
    """
    if not isinstance(value, str) or (value.isascii() and "\r" not in value and "\x0b" not in value):
        return value
    plain = value.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    try:
        return unicodedata.normalize("NFC", plain)
    except UnicodeError:  # a lone surrogate: the check that follows names its place
        return plain


def fault(value: object, *, lines: bool = True, empty: bool = True) -> str | None:
    """What forbids `value` as a text (``lines``: as prose; otherwise: as a name), or None.

    The position is counted from 1, in characters, as a person counts.
    """
    if not isinstance(value, str):
        return f"is {type(value).__name__}, not text"
    if not empty and not value.strip():
        return "is empty"
    if len(value) > MOST_CHARACTERS:
        return f"has {len(value):,} characters; at most {MOST_CHARACTERS:,} fit a field"
    if found := _REFUSED.search(value):
        return f"has a control character (U+{ord(found[0]):04X}) at position {found.start() + 1}"
    if not lines:
        if found := re.search(r"[\n\t]", value):
            return f"has a line break or tab at position {found.start() + 1}, where one line belongs"
        if found := _BIDI.search(value):
            return f"has an invisible character (U+{ord(found[0]):04X}) at position {found.start() + 1}"
    return None


def _validator(**rules: bool) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if found := fault(value, **rules):
            raise BadText(f"{attribute.name} {found}")

    return validate


def _is_number(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not (value == "" or _NUMBER.fullmatch(value)):
        raise BadText(f"{attribute.name} {value!r} is no number: letters A-Z, digits and . _ / @ + : - only")


def prose(*, default: Any = attrs.NOTHING, required: bool = False) -> Any:
    """A field of text in sentences and paragraphs. `required` refuses an empty one."""
    return attrs.field(default=default, converter=normal, validator=_validator(lines=True, empty=not required))


def name(*, default: Any = attrs.NOTHING) -> Any:
    """A field of one line: a name, a title, an address line. Required where it has no default."""
    required = default is attrs.NOTHING
    return attrs.field(default=default, converter=normal, validator=_validator(lines=False, empty=not required))


def number(*, default: Any = attrs.NOTHING) -> Any:
    """A field that identifies: a number, a code, an id. ASCII, so that no two look alike."""
    return attrs.field(default=default, validator=_is_number)

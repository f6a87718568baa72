"""How the body's documents look: a colour that can be read on white paper, and the paper itself."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import attrs

from certbody.domain.text import BadText

PAPERS = ("A4", "Letter")
LEAST_CONTRAST = Decimal("4.5")
"""Of text on white, as WCAG 2.2 asks for text of the usual size (1.4.3)."""

_COLOUR = re.compile(r"[0-9A-F]{6}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def contrast_on_white(colour: str) -> Decimal:
    """The contrast ratio, 1 to 21, of six hexadecimal digits on white, to one place, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    ratio = 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return Decimal(int(ratio * 10)) / 10  # cut, not rounded: 4.46 is not 4.5


def _is_colour(_: Any, attribute: attrs.Attribute[Any], value: str) -> None:
    if not value:
        return
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise BadText(f"{attribute.name} {value!r} is no colour: six hexadecimal digits, such as 0B6E4F")
    if (ratio := contrast_on_white(value)) < LEAST_CONTRAST:
        raise BadText(
            f"{attribute.name} {value} has a contrast of {ratio}:1 on white; headings need at least "
            f"{LEAST_CONTRAST}:1 to be read: take a darker one"
        )


def _is_paper(_: Any, attribute: attrs.Attribute[Any], value: object) -> None:
    if value not in PAPERS:
        raise BadText(f"{attribute.name} {value!r} is none of {', '.join(PAPERS)}")


def _is_sha256(_: Any, attribute: attrs.Attribute[Any], value: str) -> None:
    if value and not (isinstance(value, str) and _SHA256.fullmatch(value)):
        raise BadText(f"{attribute.name} {value!r} is no SHA-256 of a kept file: use certbody office logo FILE")


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def colour() -> Any:
    """A field: six hexadecimal digits with enough contrast on white; empty for the house's own colour."""
    return attrs.field(default="", converter=_upper, validator=_is_colour)


def paper() -> Any:
    """A field: `A4` or `Letter`."""
    return attrs.field(default="A4", validator=_is_paper)


def picture() -> Any:
    """A field: the SHA-256 of a kept picture; empty where there is none."""
    return attrs.field(default="", validator=_is_sha256)

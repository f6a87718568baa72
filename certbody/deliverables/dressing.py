"""Dresses a shipped template in the body's own look, before it is filled: colour and paper; and its logo's place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import attrs

from certbody.deliverables.package import packed
from certbody.deliverables.pictures import Picture

ACCENTS = {"17405C": "EAF0F4", "24476B": "EEF2F6"}
"""The house's colours in Word and in Excel, each with its tint for the background of headings and labels."""
_TINTED = Decimal("0.91")
"""How much of a tint is white."""
_LOGO_WIDTH, _LOGO_HEIGHT = 46, 14
"""Millimetres: what a letterhead has room for."""

_WIDTHS = {"A4": 11906, "Letter": 12240}
_HEIGHTS = {"A4": 16838, "Letter": 15840}
"""Twentieths of a point, upright."""
_TEXT_WIDTH = 9411
"""Of the house's A4 page between its margins; tables and right-hand stops of that width grow with the paper."""
_GROWTH = (_WIDTHS["Letter"] - _WIDTHS["A4"] + _TEXT_WIDTH) / _TEXT_WIDTH
_TALL = 5_000
"""A row of at least this height fills its page, and shrinks with the paper."""

_PAGE = re.compile(rb"<w:pgSz\b[^>]*>")
_WIDTH = re.compile(rb"<w:(?:gridCol|tcW|tblW)\b[^>]*>")
_STOP = re.compile(rb"<w:tab\b[^>]*>")
_ROW = re.compile(rb"<w:trHeight\b[^>]*>")
_SHEET = re.compile(rb"<pageSetup\b[^>]*>")


@attrs.frozen(kw_only=True)
class Look:
    """How a body wants its documents.

    Attributes:
        colour: six hexadecimal digits; empty for the house's.
        paper: `A4` or `Letter`.
    """

    colour: str = ""
    paper: str = "A4"


@lru_cache(maxsize=64)
def dressed(template: bytes, look: Look) -> bytes:
    """A shipped Word or Excel template in that look: accent colours, their tints, and the size of every page.

    Margins stay. On Letter, tables and right-hand tab stops as wide as the text grow with it, and a row that fills a
    page shrinks, so that a document of one page stays one. A template that a body has changed is not for this: its
    colours and its paper are what the body made them.
    """
    steps: list[Callable[[str, bytes], bytes]] = []
    if look.colour:
        steps.append(lambda _, xml: _coloured(xml, look.colour))
    if look.paper == "Letter":
        steps.append(_on_letter)
    if not steps:
        return template
    with zipfile.ZipFile(BytesIO(template)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for name, data in parts.items():
        if name.startswith(("word/", "xl/")) and name.endswith(".xml"):
            for step in steps:
                data = step(name, data)
            parts[name] = data
    return packed(parts)


def tint(colour: str) -> str:
    """A pale background of a colour: the colour mixed with white."""
    parts = (Decimal(int(colour[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(part * (1 - _TINTED) + 255 * _TINTED):02X}" for part in parts)


def logo_picture(data: bytes, alt: str) -> Picture:
    """A logo as large as a letterhead has room for."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        width, height = opened.size
    wide = min(Decimal(_LOGO_WIDTH), Decimal(_LOGO_HEIGHT) * width / height)
    return Picture(data=data, width_mm=round(wide, 1), alt=alt)


def _coloured(xml: bytes, colour: str) -> bytes:
    for accent, pale in ACCENTS.items():
        for old, new in ((accent, colour), (pale, tint(colour))):
            xml = re.sub(rb'("(?:FF|00)?)' + old.encode() + rb'(")', rb"\g<1>" + new.encode() + rb"\g<2>", xml)
    return xml


def _on_letter(name: str, xml: bytes) -> bytes:
    if name.startswith("xl/"):
        return _SHEET.sub(lambda found: found[0].replace(b' paperSize="9"', b' paperSize="1"'), xml)
    xml = _PAGE.sub(_page, xml)
    xml = _WIDTH.sub(lambda found: _scaled(found[0], b"w") if b'"pct"' not in found[0] else found[0], xml)
    xml = _STOP.sub(lambda found: _scaled(found[0], b"pos", least=_TEXT_WIDTH - 20), xml)
    return _ROW.sub(_lower, xml)


def _page(found: re.Match[bytes]) -> bytes:
    """A4 upright or lengthwise becomes Letter; a page of another size stays."""
    for wide, high in ((_WIDTHS, _HEIGHTS), (_HEIGHTS, _WIDTHS)):
        if _number(found[0], b"w") == wide["A4"] and _number(found[0], b"h") == high["A4"]:
            return _with(_with(found[0], b"w", wide["Letter"]), b"h", high["Letter"])
    return found[0]


def _scaled(tag: bytes, name: bytes, least: int = 0) -> bytes:
    number = _number(tag, name)
    return tag if number is None or number < least else _with(tag, name, round(number * _GROWTH))


def _lower(found: re.Match[bytes]) -> bytes:
    height = _number(found[0], b"val") or 0
    return found[0] if height < _TALL else _with(found[0], b"val", height - (_HEIGHTS["A4"] - _HEIGHTS["Letter"]))


def _number(tag: bytes, name: bytes) -> int | None:
    found = re.search(rb"\bw:" + name + rb'="(\d{1,6})"', tag)
    return int(found[1]) if found else None


def _with(tag: bytes, name: bytes, number: int) -> bytes:
    return re.sub(rb"(\bw:" + name + rb'=")\d+(")', rb"\g<1>%d\g<2>" % number, tag)

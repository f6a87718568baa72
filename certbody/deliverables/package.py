"""The zip around an office file: written so that the same content gives the same bytes, with its properties."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from certbody.domain.text import fault
from certbody.errors import BadData

_LONGEST_PROPERTY = 255
_FIRST_DAY = 0x21  # 1 January 1980, the oldest date that a zip archive can hold
_SHARED = 128 * 1024
"""Bytes of the largest part that is kept compressed, for the next document of the same template."""
CORE = ("title", "subject", "creator", "keywords", "description", "category")
"""Names of the properties that every office program shows; all others are custom properties."""


def repacked(data: bytes) -> bytes:
    """The same parts in the same order, without the dates and system marks that differ from run to run."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        return packed({name: source.read(name) for name in source.namelist()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An office file of these parts, the list of content types first; the same parts give the same bytes.

    Written without `zipfile`, which would compress the parts that all documents of a template share each time anew.
    """
    files, directory, at = [], [], 0
    for name in sorted(parts, key=lambda name: name != "[Content_Types].xml"):
        data, called = parts[name], name.encode("utf-8")
        squeezed = _deflated(data) if len(data) <= _SHARED else _deflated.__wrapped__(data)
        flags = 0 if called.isascii() else 0x800  # the name is UTF-8
        facts = struct.pack(
            "<HHHHHIIIHH", 20, flags, 8, 0, _FIRST_DAY, zlib.crc32(data), len(squeezed), len(data), len(called), 0
        )
        files += [b"PK\x03\x04", facts, called, squeezed]
        directory += [b"PK\x01\x02", struct.pack("<H", 20), facts, struct.pack("<HHHII", 0, 0, 0, 0, at), called]
        at += 4 + len(facts) + len(called) + len(squeezed)
    listed = b"".join(directory)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(listed), at, 0)
    return b"".join([*files, listed, end])


@lru_cache(maxsize=128)
def _deflated(data: bytes) -> bytes:
    work = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return work.compress(data) + work.flush()


def checked_properties(properties: Mapping[str, str], file: str) -> tuple[dict[str, str], dict[str, str]]:
    """Core and custom properties apart; each a single line of at most 255 characters.

    Raises:
        BadData: a property that no office program could show.
    """
    for name, value in properties.items():
        wrong = fault(name, lines=False, empty=False) or fault(value, lines=False)
        if not wrong and len(value) > _LONGEST_PROPERTY:
            wrong = f"has {len(value)} characters; at most {_LONGEST_PROPERTY} fit"
        if wrong:
            raise BadData(f"{file}: the document property {name!r} {wrong}.")
    core = {name: properties[name] for name in CORE if name in properties}
    return core, {name: value for name, value in properties.items() if name not in CORE}


def wall_clock(at: datetime) -> datetime:
    """The moment as office files keep it: UTC, to the second, without a zone.

    Raises:
        ValueError: `at` has no zone, so that nobody knows which moment it is.
    """
    if at.tzinfo is None:
        raise ValueError("the moment of a document needs a time zone")
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None)


def custom_properties(properties: Mapping[str, str]) -> bytes:
    """The part ``docProps/custom.xml``."""
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>'
    ).encode()

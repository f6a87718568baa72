"""Refuses a template with a picture so large that the program that opens the document would run out of memory."""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from io import BytesIO

from certbody.deliverables.first_bytes import Form
from certbody.deliverables.gate import admit
from certbody.deliverables.pictures import MOST_PIXELS
from certbody.errors import BadData

_READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_TARGET = re.compile(rb'Target="([^"]+)"')
_CALLED = {"document": "the body", "header": "a header", "footer": "a footer", "drawing": "a sheet"}


def admit_template(data: bytes, name: str, *, kind: Form) -> None:
    """Let a template through that `gate.admit` lets through, and whose pictures are of a size that can be printed.

    Raises:
        BadData: the first fault, with the part where it stands.
    """
    admit(data, name, kind=kind)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for part in archive.namelist():
            if "/media/" in part:
                _check(archive.read(part), name, part, archive)


def _check(picture: bytes, name: str, part: str, archive: zipfile.ZipFile) -> None:
    """The size that a picture states; it is not decoded. What is no picture of these kinds, no program unpacks."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(picture), formats=_READ) as opened:
                width, height = opened.size
    except Image.DecompressionBombError as problem:
        found = re.search(r"\d{6,}", str(problem))
        said = f"{int(found[0]) / 1e6:,.0f} million" if found else "too many"
        raise BadData(f"{name} has in {_place(part, archive)} a picture of {said} pixels.", next=_STEP) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return
    if width * height > MOST_PIXELS:
        raise BadData(
            f"{name} has in {_place(part, archive)} a picture of {width:,} x {height:,} pixels "
            f"({posixpath.basename(part)}); at most {MOST_PIXELS // 10**6} million are printed.",
            next=_STEP,
        )


_STEP = "make the picture smaller (in Word and Excel: Picture Format, Compress Pictures), and save the template"


def _place(part: str, archive: zipfile.ZipFile) -> str:
    """Where a picture is shown, by the part that refers to it."""
    base = posixpath.basename(part).encode()
    for each in archive.namelist():
        if each.endswith(".rels") and any(to.rpartition(b"/")[2] == base for to in _TARGET.findall(archive.read(each))):
            owner = posixpath.basename(each).removesuffix(".xml.rels").rstrip("0123456789")
            return _CALLED.get(owner, "a part of it")
    return "a part of it"

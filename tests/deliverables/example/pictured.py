"""The kept files of the example: a photograph and a document, both invented."""

from __future__ import annotations

import hashlib
from functools import cache
from io import BytesIO

from certbody.domain.evidence import EvidenceFile


@cache
def photograph() -> bytes:
    """A small picture, as a telephone might have taken it of a notice in a shop."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 420), (226, 230, 233))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((120, 70, 520, 350), fill=(255, 255, 255), outline=(90, 100, 110), width=4)
    draw.rectangle((120, 70, 520, 130), fill=(23, 64, 92))
    for top in range(165, 330, 32):
        draw.rectangle((160, top, 480 - (top % 5) * 30, top + 10), fill=(160, 168, 176))
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def kept(data: bytes, name: str, media: str) -> EvidenceFile:
    return EvidenceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media=media, size=len(data))


def files() -> dict[str, bytes]:
    """The kept files by SHA-256."""
    return {hashlib.sha256(data).hexdigest(): data for data in (photograph(), b"%PDF-1.4 invented")}

"""Pictures for documents: QR codes, reduced copies of photographs, and what a file is by its content."""

from __future__ import annotations

import warnings
from decimal import Decimal
from io import BytesIO

import attrs

from certbody.errors import BadData

MOST_PIXELS = 50_000_000
"""Checked before a picture is decoded: 20 KB can hold a picture that unpacks to a gigabyte."""
_AT_MOST = f"at most {MOST_PIXELS // 10**6} million"
LONGEST_SIDE = 2_000
"""Pixels of the longer side of a copy for a document."""


@attrs.frozen(kw_only=True)
class Picture:
    """A picture as a template places it by name: ``{{ pictures.qr }}``.

    Attributes:
        data: PNG or JPEG.
        width_mm: width on paper, in millimetres; the height follows, unless `height_mm` says it.
        alt: what it shows, for those who do not see it.
    """

    data: bytes = attrs.field(repr=False)
    width_mm: Decimal | int
    alt: str
    height_mm: Decimal | int | None = None


def qr(text: str) -> bytes:
    """A QR code of `text` as a PNG: error correction M at least, a quiet zone of four modules.

    Raises:
        BadData: the text is too long for a code that a telephone reads from paper (about 200 characters).
    """
    import segno

    code = segno.make(text, error="m", micro=False)
    if int(code.version) > 10:
        raise BadData(f"The address for the QR code has {len(text)} characters, too many to be read from paper.")
    made = BytesIO()
    code.save(made, kind="png", scale=8, border=4)
    return made.getvalue()


def reduced(data: bytes, name: str, *, longest: int = LONGEST_SIDE) -> bytes:
    """A copy of a photograph for a document: turned upright, at most `longest` pixels, without its EXIF data.

    The place and the device stay with the original, which is evidence and is never touched. `name` is the
    file's name, for messages.

    Raises:
        BadData: the file is no JPEG or PNG, is damaged, or has more than 50 million pixels.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
                width, height = opened.size
                if width * height > MOST_PIXELS:
                    raise BadData(f"{name} has {width * height / 1e6:,.0f} million pixels; {_AT_MOST} are shown.")
                kind = opened.format or "JPEG"
                opened.draft("RGB", (longest, longest))  # JPEG: decode a smaller picture at once
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((longest, longest))
                clear = "A" in upright.getbands() or "transparency" in opened.info
                mode = "RGBA" if kind == "PNG" and clear else "RGB"
                # Only the pixels go into the copy: no EXIF, no comments, no profile of the device.
                bare = Image.new(mode, upright.size)
                bare.paste(upright.convert(mode))
    except BadData:
        raise
    except UnidentifiedImageError:
        raise BadData(f"{name} is no JPEG or PNG picture.") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise BadData(f"{name} has too many pixels; {_AT_MOST} are shown.") from None
    except (OSError, SyntaxError, ValueError, EOFError, ZeroDivisionError) as problem:
        raise BadData(f"{name} is a damaged picture ({type(problem).__name__}).") from None
    made = BytesIO()
    if kind == "PNG":
        bare.save(made, "PNG", optimize=False)
    else:
        bare.save(made, "JPEG", quality=85)
    return made.getvalue()


OCTETS = "application/octet-stream"
_MARKS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_OFFICE = {
    b"word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".csv", ".md", ".log"),
    "message/rfc822": (".eml",),
    _OFFICE[b"word/document.xml"]: (".docx",),
    _OFFICE[b"xl/workbook.xml"]: (".xlsx",),
}
"""File name endings that agree with each media type of the list."""
_MAIL = (b"received:", b"return-path:", b"from:", b"message-id:", b"mime-version:", b"delivered-to:", b"date:")


def sniff(data: bytes) -> str:
    """The media type of a file by its content, from a short list; anything else is ``application/octet-stream``.

    HTML and SVG are not on the list, since a browser would run what they hold.
    """
    for mark, kind in _MARKS:
        if data.startswith(mark):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _OFFICE.items() if part in data), OCTETS)
    head = data[:4096]
    if not data or b"\0" in data or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return OCTETS
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return OCTETS
    first = head.lower().split(b"\n\n")[0].split(b"\r\n\r\n")[0]
    marks = sum(line.startswith(_MAIL) for line in first.splitlines())
    return "message/rfc822" if marks >= 3 else "text/plain"

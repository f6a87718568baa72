"""QR codes, copies of photographs, and what a file is by its content."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from certbody.deliverables.pictures import EXTENSIONS, OCTETS, qr, reduced, sniff
from certbody.errors import BadData


def photograph(size: tuple[int, int] = (300, 200), *, kind: str = "JPEG", exif: bool = True) -> bytes:
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    data = Image.Exif()
    if exif:
        data[0x0112] = 6  # turn a quarter to the right
        data[0x010F] = "Example camera"
        data.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    image.save(made, kind, exif=data)
    return made.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it is huge, without its pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def office(maker: type[Workbook] | object) -> bytes:
    made = io.BytesIO()
    (maker() if callable(maker) else maker).save(made)  # type: ignore[attr-defined]
    return made.getvalue()


class TestReduced:
    def test_a_copy_stands_upright_and_has_no_exif(self) -> None:
        original = photograph()
        kept = bytes(original)
        copy = Image.open(io.BytesIO(reduced(original, "site.jpg")))
        assert copy.size == (200, 300)
        assert not copy.getexif()
        red = copy.convert("RGB").getpixel((180, 10))
        assert isinstance(red, tuple)
        assert red[0] > 200 > 60 > red[1]
        assert original == kept

    def test_a_copy_has_at_most_2000_pixels_and_small_ones_do_not_grow(self) -> None:
        large = reduced(photograph((4000, 3000), exif=False), "site.jpg")
        assert Image.open(io.BytesIO(large)).size == (2000, 1500)
        assert Image.open(io.BytesIO(reduced(photograph((30, 20), exif=False), "site.jpg"))).size == (30, 20)

    def test_a_png_stays_a_png_with_its_transparency(self) -> None:
        made = io.BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG")
        copy = Image.open(io.BytesIO(reduced(made.getvalue(), "plan.png")))
        assert (copy.format, copy.mode, copy.getpixel((0, 0))) == ("PNG", "RGBA", (0, 0, 0, 0))

    @pytest.mark.parametrize("size", [(10_000, 6_000), (20_000, 20_000), (60_000, 60_000)])
    def test_too_many_pixels_are_refused_before_they_are_decoded(self, size: tuple[int, int]) -> None:
        with pytest.raises(BadData, match=r"^site.png has .*pixels; at most 50 million are shown\.$"):
            reduced(huge_png(*size), "site.png")

    def test_what_is_no_photograph(self) -> None:
        gif = io.BytesIO()
        Image.new("RGB", (3, 3)).save(gif, "GIF")
        for data in (b"", b"nothing", gif.getvalue()):
            with pytest.raises(BadData, match=r"^site.jpg is no JPEG or PNG picture\.$"):
                reduced(data, "site.jpg")

    def test_a_photograph_cut_short(self) -> None:
        with pytest.raises(BadData, match=r"^site.jpg is a damaged picture"):
            reduced(photograph((800, 600))[:2000], "site.jpg")


class TestQr:
    def test_an_address_becomes_a_png_that_is_always_the_same(self) -> None:
        address = "https://certifier.example/verify/C-2027-001?t=" + "a" * 16
        assert qr(address) == qr(address)
        assert Image.open(io.BytesIO(qr(address))).size[0] > 200

    def test_a_text_too_long_for_paper(self) -> None:
        with pytest.raises(BadData, match="too many to be read from paper"):
            qr("x" * 500)


class TestSniff:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (photograph(), "image/jpeg"),
            (photograph(kind="PNG"), "image/png"),
            (b"%PDF-1.7\n", "application/pdf"),
            ("Niederschrift, 2. März\n".encode(), "text/plain"),
            (b"From: a@acme.example\nTo: b@acme.example\nDate: x\nMessage-ID: <1>\n\nDear Sir", "message/rfc822"),
            (office(Document), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (office(Workbook), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (b"", OCTETS),
            (b"<html><script>alert(1)</script>", OCTETS),
            (b"\xef\xbb\xbf <svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", OCTETS),
            (b"MZ\x90\0", OCTETS),
            (b"PK\x03\x04 anything", OCTETS),
            ("latin-1 é".encode("latin-1"), OCTETS),
            (b"text with \0 in it", OCTETS),
            (b"Dear all,\nfrom: monday on we meet.\n", "text/plain"),
        ],
    )
    def test_by_content_alone(self, data: bytes, kind: str) -> None:
        assert sniff(data) == kind
        assert kind == OCTETS or EXTENSIONS[kind]

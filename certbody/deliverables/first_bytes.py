"""What the first bytes of a file tell, before anything is unpacked."""

from __future__ import annotations

from typing import Literal

from certbody.errors import BadData

MOST_BYTES = 16 * 2**20

Form = Literal["xlsx", "docx"]
CALLED = {"xlsx": "Excel workbook (.xlsx)", "docx": "Word document (.docx)"}


def check_first_bytes(data: bytes, name: str, kind: Form) -> None:
    """Pass what may be an office file of today.

    Raises:
        BadData: it is empty, too large, protected by a password, of the old kind, or something else.
    """
    if not data:
        raise BadData(f"{name} is empty.")
    if len(data) > MOST_BYTES:
        raise BadData(f"{name} has {len(data) / 2**20:.1f} MiB; at most {MOST_BYTES // 2**20} MiB are read.")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise BadData(f"{name} is protected by a password; save it without one.")
        old = {"xlsx": "an Excel workbook of the old kind (.xls)", "docx": "a Word document of the old kind (.doc)"}
        raise BadData(f"{name} is {old[kind]}; save it as {CALLED[kind]}.")
    if not data.startswith(b"PK"):
        raise BadData(f"{name} is no {CALLED[kind]} but {_looks_like(data)}.")


def _looks_like(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF"):
        return "a PDF"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return "a picture"
    if head[:1] == b"<":
        return "a web page or XML file under another name"
    try:
        data[:4096].decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.start < min(len(data), 4096) - 4:
            return "something else"
    return "plain text, such as a CSV file, under another name" if b"\0" not in data[:4096] else "something else"

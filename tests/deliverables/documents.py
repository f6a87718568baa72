"""Word documents as tests need them: made from the example, and filled in with python-docx as a person would."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from certbody import resources
from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.word import fill_document

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
Step = Callable[[Any], object]


def made(found: Deliverable, view: Showing) -> bytes:
    """The document of a deliverable, as the office makes it."""
    properties = {"title": found.title, **found.properties(view)}
    return fill_document(resources.template(found.template), found.fields(view), at=AT, properties=properties)


def changed(data: bytes, *steps: Step) -> bytes:
    """The document after a person did something to it and saved it."""
    document = Document(io.BytesIO(data))
    for step in steps:
        step(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def row(document: Any, letter: str) -> Any:
    """The row of a lettered line."""
    return next(each for table in document.tables for each in table.rows if each.cells[0].text == letter)


def write(**typed: str) -> Step:
    """Write into the answers of lettered lines; a line break starts a new paragraph, as the Return key does."""

    def step(document: Any) -> None:
        for letter, text in typed.items():
            cell = row(document, letter).cells[2]
            first, *more = text.split("\n")
            cell.text = first
            for line in more:
                cell.add_paragraph(line)

    return step


def inside(letter: str, xml: str) -> Step:
    """Put a paragraph of WordprocessingML into the answer of a line, in place of what stands there."""

    def step(document: Any) -> None:
        cell = row(document, letter).cells[2]._tc
        for paragraph in cell.findall(f"{{{_W}}}p"):
            cell.remove(paragraph)
        cell.append(parse_xml(f"<w:p {nsdecls('w', 'm')}>{xml}</w:p>"))

    return step


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts changed past any program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            found = source.read(entry)
            target.writestr(entry, change(found) if entry == name else found)
    return out.getvalue()


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    """The document after LibreOffice opened it and saved it as .docx."""
    given, out = folder / "given.docx", folder / "saved"
    given.write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "docx", "--outdir", str(out), str(given)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (out / "given.docx").read_bytes()

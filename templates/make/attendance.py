"""Template of the attendance record."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from templates.make.style import (
    Column,
    bullet,
    each,
    facts,
    finished,
    heading,
    new_document,
    new_page,
    paragraph,
    rows,
    title,
    when,
)
from templates.make.tables import upright

FILE = "attendance.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Attendance record")
    title(document, "{{ document.title }}", "{{ audit.title }} of {{ client.name }}")
    facts(
        document,
        [
            ("Audit", "{{ audit.number }}, {{ audit.dates }}"),
            ("Audit criteria", "{{ audit.criteria }}"),
            ("Team leader", "{{ leader }}"),
        ],
    )
    with each(document, "meeting in meetings"):
        with when(document, "not loop.first and not meeting.held"):
            new_page(document)
        _meeting(document)
    return finished(document)


def _meeting(document: Any) -> None:
    heading(document, "{{ meeting.title }}")
    facts(
        document,
        [
            ("Held", "{{ meeting.when }}"),
            ("Place", "{{ meeting.place }}", "meeting.place or not meeting.held"),
            ("Led by", "{{ meeting.led_by }}", "meeting.led_by or not meeting.held"),
        ],
    )
    with when(document, "meeting.held"):
        rows(
            document,
            "person in meeting.attendance",
            [
                Column("", 10, "{{ loop.index }}", align="right"),
                Column("Name", 52, "{{ person.name }}"),
                Column("Function", 0, "{{ person.function }}"),
                Column("Organization", 52, "{{ person.organisation }}"),
            ],
        )
        with when(document, "meeting.points"):
            paragraph(document, "Points on record", "Heading 3")
            with each(document, "point in meeting.points"):
                bullet(document, "{{ point }}")
        with when(document, "meeting.disagreements"):
            paragraph(document, "Not agreed on, and referred to {{ body.name }}", "Heading 3")
            paragraph(document, "{{ meeting.disagreements }}")
    with when(document, "not meeting.held"):
        with each(document, "point in meeting.agenda"):
            bullet(document, "{{ point }}")
        _sheet(document)


def _sheet(document: Any) -> None:
    """A sheet to sign: one empty line for each participant."""
    table = rows(
        document,
        "line in meeting.lines",
        [
            Column("", 10, "{{ loop.index }}", align="right", style="Table Signature"),
            Column("Name", 46, "{{ line }}", style="Table Signature"),
            Column("Function", 36, "{{ line }}", style="Table Signature"),
            Column("Organization", 36, "{{ line }}", style="Table Signature"),
            Column("Signature", 0, "{{ line }}", style="Table Signature"),
        ],
    )
    upright(table)
    for row in table.rows:
        for cell in row.cells:
            for text in cell.paragraphs:
                if text.style.name == "Table Signature":
                    text.paragraph_format.space_before = Pt(12)

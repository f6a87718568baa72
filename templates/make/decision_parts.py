"""What the letters on a decision share, in one language or two: window, facts, reason, nonconformities, signature."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from templates.make.style import Column, each, heading, paragraph, rows, when
from templates.make.tables import add_row, closed, grid, tag_row


def window(document: Any) -> None:
    """The client's address where the envelope shows it, then date and reference."""
    paragraph(document, "", "After Table").paragraph_format.space_before = Pt(34)
    with each(document, "line in letter.to"):
        paragraph(document, "{{ line }}").paragraph_format.space_after = Pt(0)
    dated = paragraph(document, "{{ letter.date }}")
    dated.paragraph_format.space_before = Pt(20)
    dated.paragraph_format.space_after = Pt(0)
    paragraph(document, "{{ letter.reference }}", "Note")


def facts(document: Any) -> None:
    """The table of facts: as many rows as the decision has."""
    table = grid(document, (Column("", 46), Column("", 0)), "Certbody Facts", first_row=False)
    tag_row(table, "{%tr for fact in facts %}")
    add_row(
        table,
        (
            Column("", 0, "{{ fact.label }}", style="Table Label"),
            Column("", 0, ("{%p for line in fact.lines %}", "{{ line }}", "{%p endfor %}")),
        ),
        whole=False,
    )
    tag_row(table, "{%tr endfor %}")
    closed(document, table)


def words(document: Any, name: str, *, note: str = "") -> None:
    """The decider's own words under their heading; with `note`, a remark on the language that they are in."""
    with when(document, f"{name}.paragraphs"):
        heading(document, f"{{{{ {name}.heading }}}}", 2)
        if note:
            paragraph(document, note, "Note", keep=True)
        with each(document, f"line in {name}.paragraphs"):
            paragraph(document, "{{ line }}")


def points(document: Any) -> None:
    """The nonconformities that stood open on the day of the decision."""
    with when(document, "points.rows"):
        led = paragraph(document, "{{ points.lead }}", keep=True)
        led.paragraph_format.space_before = Pt(8)
        rows(
            document,
            "point in points.rows",
            [
                Column("{{ points.nonconformity }}", 36, ("{{ point.number }}", ("Table Small", "{{ point.grade }}"))),
                Column("{{ points.statement }}", 0, "{{ point.statement }}"),
                Column("{{ points.missing }}", 46, ("{{ point.needed }}", ("Table Small", "{{ point.now }}"))),
            ],
            whole=False,
        )


def signed(document: Any, *, space: float = 32) -> None:
    """Who signs, under the room for the signature."""
    named = paragraph(document, "{{ signatory.name }}{% if signatory.title %}, {{ signatory.title }}{% endif %}")
    named.paragraph_format.space_before = Pt(space)
    named.paragraph_format.keep_together = True
    named.runs[0].add_break()
    named.add_run("{{ body.name }}")

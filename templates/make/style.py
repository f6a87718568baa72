"""The building blocks of every Word template: headings, paragraphs, conditions, loops, tables, signature blocks.

A template module is a page of calls to these; everything it prints comes as a tag: ``{{ audit.number }}``.

    document = new_document("Audit plan")
    title(document, "{{ document.title }}", "{{ client.name }}")
    facts(document, [("Standard", "{{ audit.standard }}"), ("Scope", "{{ audit.scope }}")])
    heading(document, "Team")
    rows(document, "person in team", [Column("Name", 60, "{{ person.name }}"), Column("Role", 0, "{{ person.role }}")])
    with when(document, "plan.remarks"):
        paragraph(document, "{{ plan.remarks }}")
    DATA = finished(document)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from templates.make.look import TEXT_WIDTH, finished, new_document
from templates.make.tables import FILL_IN, Column, add_row, borderless, closed, facts, fill_in, grid, groups, rows

__all__ = [
    "TEXT_WIDTH",
    "Column",
    "bullet",
    "caption",
    "each",
    "facts",
    "fill_in",
    "finished",
    "groups",
    "heading",
    "new_document",
    "new_page",
    "paragraph",
    "rows",
    "signatures",
    "title",
    "when",
]


def title(document: Any, text: str, subtitle: str = "") -> None:
    """The document's title, and a line under it."""
    document.add_paragraph(text, style="Title")
    if subtitle:
        document.add_paragraph(subtitle, style="Subtitle")


def heading(document: Any, text: str, level: int = 1) -> Any:
    """A heading of level 1 to 3."""
    return document.add_paragraph(text, style=f"Heading {level}")


def paragraph(document: Any, text: str, style: str = "Normal", *, mark: str = "", keep: bool = False) -> Any:
    """A paragraph; `mark` is a small grey remark at its end, such as a clause; `keep` holds it to what follows."""
    made = document.add_paragraph(text, style=style)
    if mark:
        made.add_run(f"  {mark}", style="Clause Mark")
    if keep:
        made.paragraph_format.keep_with_next = True
    return made


def bullet(document: Any, text: str) -> Any:
    """An item of a list."""
    return document.add_paragraph(text, style="List Bullet")


def caption(document: Any, text: str) -> Any:
    """What stands under a picture or a table."""
    return document.add_paragraph(text, style="Caption")


def new_page(document: Any) -> None:
    """What follows begins on a new page."""
    document.add_paragraph(style="After Table").add_run().add_break(WD_BREAK.PAGE)


@contextmanager
def when(document: Any, condition: str) -> Iterator[None]:
    """What is added inside is printed only under a condition: ``with when(document, "not audit.team"):``."""
    document.add_paragraph(f"{{%p if {condition} %}}")
    yield
    document.add_paragraph("{%p endif %}")


@contextmanager
def each(document: Any, loop: str) -> Iterator[None]:
    """What is added inside is printed once for each: ``with each(document, "finding in findings"):``."""
    document.add_paragraph(f"{{%p for {loop} %}}")
    yield
    document.add_paragraph("{%p endfor %}")


def signatures(document: Any, sides: Sequence[tuple[str, str, str]], *, ask: Sequence[str] = ()) -> Any:
    """A signature block: for each side its heading, the name and function printed (or empty, to be filled in).

    `ask` are further lines to fill in; place and date, and the signature itself, are always among them.
    """
    width = TEXT_WIDTH / len(sides)
    table = grid(document, [Column("", width)] * len(sides), "Certbody Facts", first_row=False)
    borderless(table)
    add_row(table, [Column("", 0, f"{side}", style="Table Heading") for side, _, _ in sides], keep=True)
    for index, label in ((1, "Name"), (2, "Function")):
        add_row(table, [_line(label, side[index]) for side in sides], keep=True)
    for label in (*ask, "Place and date"):
        add_row(table, [_line(label, "")] * len(sides), keep=True)
    add_row(table, [Column("", 0, "Signature:", style="Table Signature")] * len(sides))
    for cell in table.rows[-1].cells:
        _bottom_line(cell)
    return closed(document, table)


def _line(label: str, value: str) -> Column:
    return Column("", 0, f"{label}: {value}" if value else f"{label}: {FILL_IN}{label}")


def _bottom_line(cell: Any) -> None:
    line = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="5B6870"/>'
    borders = parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>")
    cell._tc.tcPr.append(borders)

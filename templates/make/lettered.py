"""Headings and tables of facts with a small mark at the right margin: the letter of the clause that they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from templates.make.look import ACCENT, MUTED, TEXT_WIDTH, TINT
from templates.make.tables import Column, add_row, closed, grid, tag_row

_MARK = 17
Row = tuple[str, Any, str] | tuple[str, Any, str, str]
"""Label, value, mark, and perhaps the condition under which the row is printed."""


def lettered_heading(document: Any, text: str, mark: str, level: int = 1) -> Any:
    """A heading with its mark at the right margin."""
    made = document.add_paragraph(text, style=f"Heading {level}")
    made.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    run = made.add_run(f"\t{mark}", style="Clause Mark")
    run.bold = False
    return made


def lettered_facts(document: Any, said: Sequence[Row], *, label: float = 44, tint: bool = False) -> Any:
    """A table of labels, values and, where there are any, marks; it may break between its rows. `tint` shades it."""
    _styles(document)
    marked = any(row[2] for row in said)
    columns = (Column("", label), Column("", 0), Column("", _MARK))[: 3 if marked else 2]
    table = grid(document, columns, "Certbody Facts", first_row=False)
    for number, (name, value, mark, *condition) in enumerate(said):
        if condition:
            tag_row(table, f"{{%tr if {condition[0]} %}}")
        cells = (
            Column("", 0, name, style="Table Label"),
            Column("", 0, value),
            Column("", 0, mark, align="right", style="Table Mark Letter"),
        )
        row = add_row(table, cells[: len(columns)], keep=number < 2)  # no heading with a single row under it
        for cell in row.cells if tint else ():
            cell._tc.tcPr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{TINT}"/>'))
        if condition:
            tag_row(table, "{%tr endif %}")
    return closed(document, table)


def _styles(document: Any) -> None:
    known = {each.name for each in document.styles}
    for name, size, bold, color in (("Table Mark Letter", 8, False, MUTED), ("Table Result", 12.5, True, ACCENT)):
        if name not in known:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Table Text"]
            style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor.from_string(color)

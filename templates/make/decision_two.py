"""Template of the letter on a decision, or on its annulment, in two languages side by side."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from templates.make.decision_parts import facts, points, signed, window, words
from templates.make.look import TEXT_WIDTH
from templates.make.quoted import quoted
from templates.make.style import Column, finished, new_document
from templates.make.tables import add_row, borderless, closed, grid, tag_row

FILE = "decision-two.docx"

_HALF = (Column("", TEXT_WIDTH / 2), Column("", 0))


def made() -> bytes:
    """The template's bytes. English stands at the left; paragraphs that say the same begin at the same height."""
    document = new_document("Decision letter in two languages")
    _styles(document)
    window(document)
    table = _columns(document)
    _row(table, "Subject", "letter.subject", keep=True)
    _row(table, "Text", "letter.salutation", keep=True)
    tag_row(table, "{%tr for text in opening %}")
    _row(table, "Text", "text")
    tag_row(table, "{%tr endfor %}")
    closed(document, table)
    facts(document)
    words(document, "reason", note="{{ reason.note }}")
    words(document, "conditions", note="{{ reason.note }}")
    points(document)
    table = _columns(document)
    tag_row(table, "{%tr for row in rows %}")
    _shape(table, "heading", "Heading", keep=True, first=True)
    _shape(table, "bullet", "Bullet")
    _shape(table, "lead", "Text", keep=True)
    _shape(table, "quote", "Quote")
    tag_row(table, "{%tr else %}")
    _row(table, "Text", "row")
    tag_row(table, "{%tr endif %}")
    tag_row(table, "{%tr endfor %}")
    _row(table, "Note", "letter.prevails", keep=True)
    _row(table, "Closing", "letter.closing", keep=True)
    closed(document, table)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    signed(document, space=26)
    return finished(document)


def _columns(document: Any) -> Any:
    table = grid(document, _HALF, "Certbody Facts", first_row=False)
    borderless(table)
    # The text of the left column begins where that of the page does, and the right one's ends there.
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    table._tbl.tblPr.insert_element_before(
        parse_xml(margins.replace("<w:tblCellMar>", f"<w:tblCellMar {nsdecls('w')}>")), "w:tblLook"
    )
    return table


def _shape(table: Any, shape: str, style: str, *, keep: bool = False, first: bool = False) -> None:
    """A row that is printed for lines of that shape."""
    tag_row(table, f'{{%tr {"if" if first else "elif"} row.shape == "{shape}" %}}')
    _row(table, style, "row", keep=keep)


def _row(table: Any, style: str, field: str, *, keep: bool = False) -> None:
    """The two languages side by side. `keep` holds the row to the next one."""
    made = add_row(
        table,
        (
            Column("", 0, f"{{{{ {field}.first }}}}", style=f"Two {style}"),
            Column("", 0, f"{{{{ {field}.second }}}}", style=f"Two {style}"),
        ),
        keep=keep,
    )
    left, right = made.cells
    left.paragraphs[0].paragraph_format.right_indent = Mm(4)
    for side in (left, right):
        side.paragraphs[0].style = f"Two {style}"
    # What is not English is not held to its spelling.
    run = right.paragraphs[0].runs[0]
    run._r.get_or_add_rPr().append(OxmlElement("w:noProof"))


def _styles(document: Any) -> None:
    """The styles of the columns: those of the letter, somewhat smaller."""
    quoted(document, "")._p.getparent().remove(document.paragraphs[-1]._p)
    for name, base, size, before, after in (
        ("Subject", "Heading 1", 13, 6, 6),
        ("Heading", "Heading 2", 11, 10, 3),
        ("Text", "Normal", 9.5, 0, 5),
        ("Bullet", "List Bullet", 9.5, 0, 3),
        ("Quote", "Verbatim", 9.5, 1, 6),
        ("Note", "Note", 8.5, 8, 4),
        ("Closing", "Normal", 9.5, 10, 0),
    ):
        style = document.styles.add_style(f"Two {name}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name == "Quote":
            style.paragraph_format.right_indent = Mm(4)

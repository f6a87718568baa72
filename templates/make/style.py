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

import attrs
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from templates.make.look import TEXT_WIDTH, finished, new_document

__all__ = [
    "TEXT_WIDTH",
    "Column",
    "bullet",
    "caption",
    "each",
    "facts",
    "fill_in",
    "finished",
    "heading",
    "new_document",
    "new_page",
    "paragraph",
    "rows",
    "signatures",
    "title",
    "when",
]

_TWIPS = 1440 / 25.4


@attrs.frozen
class Column:
    """A column of a table: heading, width in mm (0: what is left), and what each row prints there.

    Attributes:
        text: a tag or text; several paragraphs as a tuple of texts, or of pairs of style and text, in which
            ``{%p if … %}`` and ``{%p endif %}`` may stand alone.
        align: left, right or center. style: the paragraph style of its texts.
        fill: a field that holds the cell's colour in six hexadecimal digits, or `auto`; never colour alone.
    """

    heading: str
    width: float
    text: str | tuple[Any, ...] = ""
    align: str = "left"
    style: str = "Table Text"
    fill: str = ""


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


def facts(
    document: Any, said: Sequence[tuple[str, Any] | tuple[str, Any, str]], *, label: float = 46, whole: bool = True
) -> Any:
    """A table of labels and values; a third entry of a row is the condition under which it is printed.

    Args:
        label: width of the first column, in mm.
        whole: rows are not broken across pages; say False where a value may be longer than a page.
    """
    columns = (Column("", label), Column("", 0))
    table = _table(document, columns, "Certbody Facts", first_row=False)
    for name, value, *condition in said:
        if condition:
            _tag_row(table, f"{{%tr if {condition[0]} %}}")
        _row(table, (Column("", 0, name, style="Table Label"), Column("", 0, value)), whole=whole)
        if condition:
            _tag_row(table, "{%tr endif %}")
    return _closed(document, table)


def rows(
    document: Any,
    loop: str,
    columns: Sequence[Column],
    *,
    totals: Sequence[tuple[str, str] | tuple[str, str, str]] = (),
    whole: bool = True,
    only: str = "",
) -> Any:
    """A table with a heading row that repeats on each page, and a row for each turn of `loop`.

    Args:
        loop: ``line in quotation.lines``; empty: a single row, or nothing where no column has a text.
        totals: label, value and perhaps a condition, each a last row over all columns but the last.
        whole: rows are not broken across pages.
        only: a condition under which a turn of the loop prints its row.
    """
    table = _table(document, columns, "Certbody List", first_row=True)
    _row(table, [attrs.evolve(each, text=each.heading, style="Table Heading", fill="") for each in columns], head=True)
    if loop:
        _tag_row(table, f"{{%tr for {loop} %}}")
    if only:
        _tag_row(table, f"{{%tr if {only} %}}")
    if totals and loop:
        _tag_row(table, "{%tr if loop.last %}")
        _row(table, columns, whole=whole, keep=True)  # so that no total stands alone on a page
        _tag_row(table, "{%tr else %}")
    if any(each.text for each in columns):
        _row(table, columns, whole=whole)
    if totals and loop:
        _tag_row(table, "{%tr endif %}")
    if only:
        _tag_row(table, "{%tr endif %}")
    if loop:
        _tag_row(table, "{%tr endfor %}")
    for name, value, *condition in totals:
        if condition:
            _tag_row(table, f"{{%tr if {condition[0]} %}}")
        cells = _row(table, [Column("", 0), *[Column("", 0)] * (len(columns) - 1)]).cells
        first = cells[0].merge(cells[-2]) if len(cells) > 2 else cells[0]
        for extra in first.paragraphs[1:]:
            first._tc.remove(extra._p)
        _write(first, Column("", 0, name, style="Table Total"))
        _write(cells[-1], Column("", 0, value, style="Table Total", align=columns[-1].align))
        if condition:
            _tag_row(table, "{%tr endif %}")
    return _closed(document, table)


def signatures(document: Any, sides: Sequence[tuple[str, str, str]], *, ask: Sequence[str] = ()) -> Any:
    """A signature block: for each side its heading, the name and function printed (or empty, to be filled in).

    `ask` are further lines to fill in; place and date, and the signature itself, are always among them.
    """
    width = TEXT_WIDTH / len(sides)
    table = _table(document, [Column("", width)] * len(sides), "Certbody Facts", first_row=False)
    _plain_borders(table)
    _row(table, [Column("", 0, f"{side}", style="Table Heading") for side, _, _ in sides], keep=True)
    for index, label in ((1, "Name"), (2, "Function")):
        _row(table, [_line(label, side[index]) for side in sides], keep=True)
    for label in (*ask, "Place and date"):
        _row(table, [_line(label, "")] * len(sides), keep=True)
    _row(table, [Column("", 0, "Signature:", style="Table Signature")] * len(sides))
    for cell in table.rows[-1].cells:
        _bottom_line(cell)
    return _closed(document, table)


def fill_in(label: str) -> Any:
    """A content control: a place where a person types, named for those who work without eyes."""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{label}"/><w:tag w:val="{label}"/><w:text/></w:sdtPr>'
        f'<w:sdtContent><w:r><w:t xml:space="preserve">{" " * 12}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _line(label: str, value: str) -> Column:
    return Column("", 0, f"{label}: {value}" if value else f"{label}: {_FILL_IN}{label}")


_FILL_IN = "\x00"
"""Stands in a text before the name of a content control; never in a file."""


def _table(document: Any, columns: Sequence[Column], style: str, *, first_row: bool) -> Any:
    table = document.add_table(rows=0, cols=len(columns), style=style)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    fixed = sum(each.width for each in columns)
    rest = [each for each in columns if not each.width]
    widths = [each.width or (TEXT_WIDTH - fixed) / len(rest) for each in columns]
    if sum(widths) > TEXT_WIDTH + 0.5:
        raise ValueError(f"columns of {sum(widths)} mm on {TEXT_WIDTH} mm of paper")
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width * _TWIPS)))
    properties = table._tbl.tblPr
    whole = properties.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(round(sum(widths) * _TWIPS)))
    look = properties.find(qn("w:tblLook"))
    for name in list(look.attrib):
        del look.attrib[name]
    for name in ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand"):
        look.set(qn(f"w:{name}"), "1" if (name == "firstRow" and first_row) or name.startswith("no") else "0")
    look.set(qn("w:val"), "0620" if first_row else "0600")
    return table


def _row(table: Any, columns: Sequence[Column], *, head: bool = False, whole: bool = True, keep: bool = False) -> Any:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    grid = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid]
    for cell, column, width in zip(row.cells, columns, grid, strict=True):
        cell.width = Mm(width / _TWIPS)
        _write(cell, column, keep=keep)
    return row


def _write(cell: Any, column: Column, *, keep: bool = False) -> None:
    """What a cell prints: its texts, each a paragraph, and its colour."""
    said = column.text if isinstance(column.text, tuple) else (column.text,)
    made = cell.paragraphs[0]
    for number, entry in enumerate(said):
        style, text = entry if isinstance(entry, tuple) else (column.style, entry)
        if number:
            made = cell.add_paragraph()
        made.style = style
        shown, _, asked = text.partition(_FILL_IN)
        made.add_run(shown)
        if asked:
            made._p.append(fill_in(asked))
        made.alignment = getattr(WD_ALIGN_PARAGRAPH, column.align.upper()) if column.align != "left" else None
        made.paragraph_format.keep_with_next = True if keep else None
    if column.fill:
        # docxtpl puts the colour where none was, first among the cell's properties; the grid says the width.
        properties = cell._tc.tcPr
        properties.remove(properties.find(qn("w:tcW")))
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="auto"/>'))
        cell.paragraphs[0].runs[0].text = f"{{% cellbg {column.fill} %}}{cell.paragraphs[0].runs[0].text}"


def _tag_row(table: Any, tag: str) -> None:
    """A row that holds nothing but a ``{%tr … %}``; it vanishes when the document is made."""
    table.add_row().cells[0].paragraphs[0].add_run(tag)


def _closed(document: Any, table: Any) -> Any:
    """A small paragraph after a table, so that two tables never grow together."""
    document.add_paragraph(style="After Table")
    return table


def _plain_borders(table: Any) -> None:
    edges = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _bottom_line(cell: Any) -> None:
    line = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="5B6870"/>'
    borders = parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>")
    cell._tc.tcPr.append(borders)

"""Tables of the templates: facts, rows, rows in groups; heading rows repeat, rows stay whole, widths are fixed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from templates.make.look import RULE, TEXT_WIDTH, TINT

_TWIPS = 1440 / 25.4

FILL_IN = "\x00"
"""Stands in a text before the name of a content control; never in a file."""


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


def facts(
    document: Any,
    said: Sequence[tuple[str, Any] | tuple[str, Any, str]],
    *,
    label: float = 46,
    whole: bool = True,
) -> Any:
    """A table of labels and values; a third entry of a row is the condition under which it is printed.

    Args:
        label: width of the first column, in mm.
        whole: the table begins on a new page rather than be broken; say False where it or a value may be long.
    """
    columns = (Column("", label), Column("", 0))
    table = grid(document, columns, "Certbody Facts", first_row=False)
    for number, (name, value, *condition) in enumerate(said, 1):
        if condition:
            tag_row(table, f"{{%tr if {condition[0]} %}}")
        held = whole and number < len(said)
        add_row(table, (Column("", 0, name, style="Table Label"), Column("", 0, value)), whole=whole, keep=held)
        if condition:
            tag_row(table, "{%tr endif %}")
    return closed(document, table)


def rows(
    document: Any,
    loop: str,
    columns: Sequence[Column],
    *,
    totals: Sequence[tuple[str, str] | tuple[str, str, str]] = (),
    whole: bool = True,
    only: str = "",
    together: bool = False,
) -> Any:
    """A table with a heading row that repeats on each page, and a row for each turn of `loop`.

    Args:
        loop: ``line in quotation.lines``; empty: a single row, or nothing where no column has a text.
        totals: label, value and perhaps a condition, each a last row over all columns but the last.
        whole: rows are not broken across pages.
        only: a condition under which a turn of the loop prints its row.
        together: the table begins on a new page rather than be broken, if it fits one.
    """
    table = _headed(document, columns)
    if loop:
        tag_row(table, f"{{%tr for {loop} %}}")
    if only:
        tag_row(table, f"{{%tr if {only} %}}")
    if loop and (totals or together):
        # The last row holds to the totals, so that none stands alone on a page; all others to the next one.
        tag_row(table, "{%tr if loop.last %}")
        add_row(table, columns, whole=whole, keep=bool(totals))
        tag_row(table, "{%tr else %}")
    if any(each.text for each in columns):
        add_row(table, columns, whole=whole, keep=together)
    if loop and (totals or together):
        tag_row(table, "{%tr endif %}")
    if only:
        tag_row(table, "{%tr endif %}")
    if loop:
        tag_row(table, "{%tr endfor %}")
    for total in totals:
        _total(table, columns, *total, tint=True)
    return closed(document, table)


def groups(
    document: Any,
    loop: str,
    name: str,
    inner: str,
    columns: Sequence[Column],
    *,
    total: tuple[str, str] | tuple[str, str, str] | None = None,
    totals: Sequence[tuple[str, str] | tuple[str, str, str]] = (),
    whole: bool = True,
) -> Any:
    """A table of groups: a line with the group's name, a row for each turn of `inner`, and perhaps its total.

    Args:
        loop: ``phase in phases``; name: what the group's line prints; inner: ``line in phase.lines``.
        total, totals: label and value of the last row of each group, and of the table; see `rows`.
    """
    table = _headed(document, columns)
    tag_row(table, f"{{%tr for {loop} %}}")
    cells = add_row(table, [Column("", 0)] * len(columns), keep=True).cells
    first = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
    _one_paragraph(first)
    _write(first, Column("", 0, name, style="Table Group"), keep=True)
    tag_row(table, f"{{%tr for {inner} %}}")
    if total:
        tag_row(table, "{%tr if loop.last %}")
        add_row(table, columns, whole=whole, keep=True)
        tag_row(table, "{%tr else %}")
    add_row(table, columns, whole=whole)
    if total:
        tag_row(table, "{%tr endif %}")
    tag_row(table, "{%tr endfor %}")
    if total:
        _total(table, columns, *total)
    tag_row(table, "{%tr endfor %}")
    for each in totals:
        _total(table, columns, *each, tint=True)
    return closed(document, table)


def _headed(document: Any, columns: Sequence[Column]) -> Any:
    table = grid(document, columns, "Certbody List", first_row=True)
    heads = [attrs.evolve(each, text=each.heading, style="Table Heading", fill="") for each in columns]
    add_row(table, heads, head=True)
    return table


def _total(
    table: Any, columns: Sequence[Column], name: str, value: str, condition: str = "", *, tint: bool = False
) -> None:
    if condition:
        tag_row(table, f"{{%tr if {condition} %}}")
    cells = add_row(table, [Column("", 0)] * len(columns)).cells
    first = cells[0].merge(cells[-2]) if len(cells) > 2 else cells[0]
    _one_paragraph(first)
    _write(first, Column("", 0, name, style="Table Total"))
    _write(cells[-1], Column("", 0, value, style="Table Total", align=columns[-1].align))
    for cell in (first, cells[-1]) if tint else ():
        cell._tc.tcPr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{TINT}"/>'))
    if condition:
        tag_row(table, "{%tr endif %}")


def _one_paragraph(cell: Any) -> None:
    """Take away the empty paragraphs that merging cells leaves behind."""
    for extra in cell.paragraphs[1:]:
        cell._tc.remove(extra._p)


def upright(table: Any) -> None:
    """Lines between the columns, for a table that people write into by hand."""
    edge = f'<w:insideV w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{edge}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def borderless(table: Any) -> None:
    """No lines at all, for a table that only sets things side by side."""
    edges = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def fill_in(label: str) -> Any:
    """A content control: a place where a person types, named for those who work without eyes."""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{label}"/><w:tag w:val="{label}"/><w:text/></w:sdtPr>'
        f'<w:sdtContent><w:r><w:t xml:space="preserve">{" " * 12}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def grid(document: Any, columns: Sequence[Column], style: str, *, first_row: bool) -> Any:
    """A table without rows, as wide as the text at most."""
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


def add_row(
    table: Any, columns: Sequence[Column], *, head: bool = False, whole: bool = True, keep: bool = False
) -> Any:
    """A row; `head` repeats it on each page, `whole` forbids a break in it, `keep` holds it to the next row."""
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
        shown, _, asked = text.partition(FILL_IN)
        made.add_run(shown)
        if asked:
            made._p.append(fill_in(asked))
        made.alignment = getattr(WD_ALIGN_PARAGRAPH, column.align.upper()) if column.align != "left" else None
        made.paragraph_format.keep_with_next = True if keep else None
    if column.fill:
        shade(cell, column.fill)


def shade(cell: Any, field: str) -> None:
    """Let a field say the colour of a cell, in six hexadecimal digits, or `auto`."""
    # docxtpl puts the colour where none was, first among the cell's properties; the grid says the width.
    properties = cell._tc.tcPr
    properties.remove(properties.find(qn("w:tcW")))
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="auto"/>'))
    first = cell.paragraphs[0].runs[0]
    first.text = f"{{% cellbg {field} %}}{first.text}"


def tag_row(table: Any, tag: str) -> None:
    """A row that holds nothing but a ``{%tr … %}``; it vanishes when the document is made."""
    table.add_row().cells[0].paragraphs[0].add_run(tag)


def closed(document: Any, table: Any) -> Any:
    """A small paragraph after a table, so that two tables never grow together."""
    document.add_paragraph(style="After Table")
    return table

"""Template of the certificate, or statement: a framed page for the wall, and an annex where there are several sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from templates.make.look import ACCENT, INK, MUTED, RULE, TEXT_WIDTH, _field
from templates.make.style import Column, finished, heading, new_document, paragraph, rows, when

FILE = "certificate.docx"

SERIF = "Cambria"
"""Caladea has the same widths."""
BRONZE = "8C7040"
_GRID = (TEXT_WIDTH / 4,) * 4
_FIRST_ROW = 126
"""Least height, in mm, of the part above the facts, so that the page is filled whatever the texts."""


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Certificate", letterhead=False)
    _certificate_styles(document)
    _page(document, _foot)
    _front(document)
    with when(document, "certificate.annex"):
        _annex(document)
    return finished(document)


def _page(document: Any, foot: Callable[[Any], None]) -> None:
    """The frame, a header that shows nothing but a draft's mark, and a quiet first footer."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(27), Mm(23)
    section.header_distance, section.footer_distance = Mm(14), Mm(13)
    section.different_first_page_header_footer = True
    edge = '<w:{0} w:val="thickThinSmallGap" w:sz="18" w:space="24" w:color="' + ACCENT + '"/>'
    other = edge.replace("thickThin", "thinThick")
    edges = edge.format("top") + edge.format("left") + other.format("bottom") + other.format("right")
    frame = parse_xml(f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{edges}</w:pgBorders>')
    section._sectPr.insert_element_before(frame, "w:lnNumType", "w:pgNumType", "w:cols", "w:titlePg", "w:docGrid")
    section.first_page_header.is_linked_to_previous = False
    _watermark(section.first_page_header, "First")
    _watermark(section.header, "Later")
    section.first_page_footer.is_linked_to_previous = False
    foot(section.first_page_footer)


def _watermark(header: Any, name: str) -> None:
    """The word DRAFT across the page, in a draft alone."""
    header.add_paragraph("{%p if document.draft %}")
    holder = header.add_paragraph(style="Header")
    holder._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" '
            'xmlns:o="urn:schemas-microsoft-com:office:office">'
            '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
            'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
            '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
            '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
            '<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
            f'<v:shape id="DraftMark{name}" o:spid="_x0000_s20{49 if name == "First" else 50}" type="#_x0000_t136" '
            'alt="The word DRAFT across the page" style="position:absolute;margin-left:0;margin-top:0;width:430pt;'
            "height:150pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
            "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
            'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#e3c3c0" stroked="f">'
            '<v:fill opacity=".45"/><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt;font-weight:bold" '
            'string="DRAFT"/></v:shape></w:pict></w:r>'
        )
    )
    header.add_paragraph("{%p endif %}")


def _front(document: Any) -> None:
    table = _plain_table(document.add_table(rows=0, cols=4))
    first = _row(table, (4,), whole=False)
    first[0].vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), str(round(_FIRST_ROW * 1440 / 25.4)))
    height.set(qn("w:hRule"), "atLeast")
    table.rows[0]._tr.get_or_add_trPr().append(height)
    _texts(
        first[0],
        "{%p if body.logo %}",
        ("Certificate Logo", "{{ pictures.logo }}"),
        "{%p endif %}",
        ("Certificate Body", "{{ body.name }}"),
        ("Certificate Title", "{{ certificate.title }}"),
        ("Certificate Number", "No. {{ certificate.number }}  ·  revision {{ certificate.revision }}"),
        ("Certificate Rule", ""),
        "{%p if certificate.client_name | length > 90 %}",
        ("Certificate Client Longest", "{{ certificate.client_name }}"),
        "{%p elif certificate.client_name | length > 40 %}",
        ("Certificate Client Long", "{{ certificate.client_name }}"),
        "{%p else %}",
        ("Certificate Client", "{{ certificate.client_name }}"),
        "{%p endif %}",
        ("Certificate Address", "{{ certificate.client_address }}"),
        ("Certificate Statement", "{{ certificate.statement }}"),
    )
    _dates(table)
    for label, value in (
        ("Audited against", "{{ certificate.criteria }}"),
        ("Sites", "{{ certificate.sites }}"),
        ("Scope", "{{ certificate.scope }}"),
    ):
        left, right = _row(table, (1, 3), whole=False, line=True)
        _texts(left, ("Certificate Label", label))
        _texts(right, ("Certificate Value", value))
    document.add_paragraph(style="After Table").paragraph_format.space_after = Pt(0)


def _dates(table: Any) -> None:
    """First and last day, first grant and issue: above what may be long, so that they stand on the first page."""
    cells = _row(table, (1, 1, 1, 1), line=True)
    for cell, (label, value) in zip(
        cells,
        (
            ("Valid from", "{{ certificate.effective }}"),
            ("Valid until", "{{ certificate.expires }}"),
            ("First granted", "{{ certificate.granted }}"),
            ("Issued", "{{ certificate.issued }}"),
        ),
        strict=True,
    ):
        _texts(cell, ("Certificate Label", label), ("Certificate Date", value))


def _foot(footer: Any) -> None:
    """Signature and body, how to check the certificate, and on what its validity depends: at the foot of the page."""
    table = _plain_table(footer.add_table(rows=0, cols=4, width=Mm(TEXT_WIDTH)))
    signed, check, code = _row(table, (2, 1, 1))
    for cell in (signed, check, code):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    _texts(
        signed,
        ("Certificate Signature", ""),
        "{%p if certificate.signatory %}",
        ("Certificate Value", "{{ certificate.signatory }}"),
        "{%p endif %}",
        ("Certificate Small", "{{ certificate.signatory_title }}"),
        ("Certificate Small", "{{ body.name }}, {{ body.address }}"),
    )
    _texts(
        check,
        "{%p if document.draft %}",
        ("Certificate Small", "A code by which anyone can check it is added at issue."),
        "{%p else %}",
        ("Certificate Small", "Ask here whether it is valid today, and for what:"),
        ("Certificate Small", "{{ certificate.verify }}"),
        "{%p endif %}",
    )
    _texts(code, "{%p if certificate.has_code %}", ("Certificate Code", "{{ pictures.qr }}"), "{%p endif %}")
    last = _row(table, (4,), line=True, whole=False)[0]
    _texts(
        last,
        "{%p if certificate.revised %}",
        ("Certificate Small", "{{ certificate.revised }}"),
        "{%p endif %}",
        (
            "Certificate Small",
            "{% if certificate.accreditation %}{{ certificate.accreditation }} {% endif %}"
            "{{ certificate.attests_not }} It is valid as long as the requirements are fulfilled and the surveillance "
            "audits take place; it may be suspended or withdrawn, and remains the property of {{ body.name }}.",
        ),
        ("Certificate Head", "{{ document.template }} · record head {{ document.head }} · page "),
    )
    head = last.paragraphs[-1]
    _field(head, "PAGE")
    head.add_run(" of ")
    _field(head, "NUMPAGES")
    footer._element.remove(footer.paragraphs[0]._p)  # the empty one before the table
    end = footer.add_paragraph(style="After Table")  # what Word wants after a table
    end.paragraph_format.space_after = Pt(0)


def _plain_table(table: Any) -> Any:
    """Four equal columns over the width of the text, without borders."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), _GRID, strict=True):
        column.set(qn("w:w"), str(round(width * 1440 / 25.4)))
    return table


def _annex(document: Any) -> None:
    heading(document, "Annex: sites and what is done there").paragraph_format.page_break_before = True
    paragraph(
        document,
        "Belongs to {{ certificate.title }} No. {{ certificate.number }}, revision {{ certificate.revision }}, of "
        "{{ certificate.client_name }}, and is not valid without it.",
        "Note",
        keep=True,
    )
    rows(
        document,
        "site in sites",
        [
            Column("No.", 11, "{{ site.number }}", align="right"),
            Column(
                "Site",
                66,
                (
                    ("Table Text", "{{ site.name }}"),
                    ("Table Small", "{{ site.address }}"),
                    "{%p if site.kind %}",
                    ("Table Small", "{{ site.kind }}"),
                    "{%p endif %}",
                ),
            ),
            Column("Activities within the scope", 0, "{{ site.scope }}"),
        ],
        whole=False,
    )


def _row(table: Any, spans: tuple[int, ...], *, whole: bool = True, line: bool = False) -> list[Any]:
    """A row whose cells span so many of the four columns; with a hairline above it."""
    row = table.add_row()
    if whole:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells, at = [], 0
    for span in spans:
        cell = row.cells[at]
        if span > 1:
            cell = cell.merge(row.cells[at + span - 1])
        cell.width = Mm(sum(_GRID[at : at + span]))
        if line:
            edge = f'<w:top w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
            cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{edge}</w:tcBorders>"))
        cells.append(cell)
        at += span
    return cells


def _texts(cell: Any, *said: str | tuple[str, str]) -> None:
    for number, entry in enumerate(said):
        style, text = entry if isinstance(entry, tuple) else ("Normal", entry)
        made = cell.add_paragraph() if number else cell.paragraphs[0]
        made.style = style
        made.add_run(text)


def _certificate_styles(document: Any) -> None:
    add = document.styles.add_style

    def style(name: str, size: float, *, font: str = "", bold: bool = False, color: str = INK, **shape: Any) -> Any:
        new = add(f"Certificate {name}", WD_STYLE_TYPE.PARAGRAPH)
        new.base_style = document.styles["Normal"]
        new.font.size, new.font.bold, new.font.color.rgb = Pt(size), bold, RGBColor.from_string(color)
        if font:
            fonts = new.element.get_or_add_rPr().get_or_add_rFonts()
            for slot in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{slot}"), font)
        kept = new.paragraph_format
        kept.space_before, kept.space_after = Pt(shape.get("before", 0)), Pt(shape.get("after", 0))
        kept.line_spacing = shape.get("line", 1.1)
        if shape.get("center"):
            kept.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if shape.get("right"):
            kept.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if spaced := shape.get("spaced"):
            new.element.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{spaced}"/>'))
        return new

    style("Logo", 10, center=True, after=12, line=1.0)
    style("Body", 12.5, bold=True, color=ACCENT, center=True, after=20, spaced=36)
    style("Title", 42, font=SERIF, color=ACCENT, center=True, after=6, line=1.0)
    style("Number", 11, color=MUTED, center=True, after=6)
    rule = style("Rule", 2, center=True, after=16)
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(62)
    _line(rule, "bottom", BRONZE, 12)
    for name, size in (("Client", 25), ("Client Long", 18), ("Client Longest", 14)):
        style(name, size, font=SERIF, bold=True, center=True, after=4, line=1.08)
    style("Address", 11, color=MUTED, center=True, after=14)
    style("Statement", 12, font=SERIF, center=True, after=12, line=1.25)
    style("Label", 9, color=MUTED, before=5, after=2)
    style("Value", 10.5, before=4, after=4)
    style("Date", 12, bold=True, color=ACCENT, after=5)
    style("Small", 8.5, color=MUTED, before=1, after=2)
    style("Head", 7.5, color=MUTED, center=True, before=7)
    signature = style("Signature", 10, before=20, after=2)
    signature.paragraph_format.right_indent = Mm(14)
    _line(signature, "bottom", INK)
    style("Code", 10, right=True, before=4, after=2, line=1.0)


def _line(holder: Any, side: str, color: str, size: int = 4) -> None:
    """A line under or over a paragraph, or the paragraphs of a style."""
    edges = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{size}" w:space="1" w:color="{color}"/></w:pBdr>'
    )
    properties = holder._p.get_or_add_pPr() if hasattr(holder, "_p") else holder.element.get_or_add_pPr()
    properties.insert_element_before(edges, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")

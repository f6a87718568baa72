"""The look of every Word document: paper, fonts, colours, styles, letterhead, header and footer."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from certbody.deliverables.package import repacked

FONT = "Calibri"
"""Carlito has the same widths, so that a page breaks alike in Word and in LibreOffice."""
ACCENT, INK, MUTED, RULE, TINT = "17405C", "1E2529", "5B6870", "C5CFD5", "EAF0F4"
ALARM = "A8231C"
SIDE, TOP, BOTTOM = 22, 26, 21
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
"""Millimetres: A4, 166 mm of text."""
LOGO_WIDTH = 46
"""Millimetres of the letterhead that are kept for the body's logo, where there is one."""

_HEAD = "{{ document.template }} · {{ document.number }} · record head {{ document.head }}"


def new_document(title: str, *, letterhead: bool = True) -> Any:
    """An empty document in the house's look. `title` is that of the template file, for its properties.

    `letterhead`: the first page shows name, address and web address of the body; later ones a slim header.
    """
    document = Document()
    _bare(document)
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Mm(SIDE)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance, section.footer_distance = Mm(11), Mm(9)
    _slim_header(section.header)
    _footer(section.footer)
    if letterhead:
        section.different_first_page_header_footer = True
        _letterhead(section.first_page_header)
        _footer(section.first_page_footer)
    shown = document.core_properties
    shown.title, shown.author, shown.last_modified_by = title, "certbody", "certbody"
    shown.language, shown.subject, shown.comments, shown.keywords = "en-GB", "", "", ""
    shown.created = shown.modified = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - office files keep no zone
    shown.revision = 1
    return document


def finished(document: Any) -> bytes:
    """The template's bytes; the same for the same content."""
    made = BytesIO()
    document.save(made)
    return repacked(made.getvalue())


def _bare(document: Any) -> None:
    """Take out of python-docx's own template what is not ours: its page, table styles, and preview picture."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            styles.remove(style)
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = OxmlElement("w:compat")
        settings.append(compat)
    # Without it, Word opens the file in a mode for files of 2007.
    compat.append(
        parse_xml(
            f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        )
    )


def _styles(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "en-GB")
    _style(document, "Normal", size=10.5, after=6, line=1.15)
    _style(document, "Title", size=25, bold=True, color=ACCENT, before=10, after=2, line=1.0, keep=True)
    _style(document, "Subtitle", size=12.5, color=MUTED, after=12, line=1.1, keep=True)
    _style(document, "Heading 1", size=15, bold=True, color=ACCENT, before=20, after=6, line=1.05, keep=True)
    _style(document, "Heading 2", size=12, bold=True, color=ACCENT, before=13, after=4, line=1.05, keep=True)
    _style(document, "Heading 3", size=10.5, bold=True, color=INK, before=9, after=3, line=1.1, keep=True)
    _style(document, "Caption", size=8.5, color=MUTED, before=2, after=8, line=1.1)
    _style(document, "List Bullet", size=10.5, after=3, line=1.15)
    _style(document, "List Number", size=10.5, after=3, line=1.15)
    _style(document, "Header", size=8.5, color=MUTED, line=1.0)
    _style(document, "Footer", size=8, color=MUTED, line=1.0)
    _style(document, "Table Text", size=9.5, before=2, after=2, line=1.08)
    _style(document, "Table Small", size=8.5, color=MUTED, before=0, after=2, line=1.08)
    _style(document, "Table Heading", size=9, bold=True, color=ACCENT, before=3, after=3, line=1.0, keep=True)
    _style(document, "Table Label", size=9.5, color=MUTED, before=2, after=2, line=1.08)
    _style(document, "Table Total", size=9.5, bold=True, color=ACCENT, before=3, after=3, line=1.08)
    _style(document, "Table Group", size=9.5, bold=True, before=5, after=2, line=1.08, keep=True)
    _style(document, "Table Mark", size=8.5, bold=True, color=ACCENT, after=2, line=1.0)
    _style(document, "Table Signature", size=9.5, before=24, after=2, line=1.0)
    _style(document, "Note", size=9, color=MUTED, after=6, line=1.12)
    _style(document, "Lead", size=11, after=8, line=1.2)
    _style(document, "After Table", size=5, after=3, line=1.0)
    _style(document, "Letterhead", size=14, bold=True, color=ACCENT, line=1.0, after=1)
    mark = document.styles.add_style("Draft Mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.size, mark.font.bold, mark.font.color.rgb = Pt(15), True, RGBColor.from_string(ALARM)
    mark.element.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="60"/>'))
    for name, color in (("Muted", MUTED), ("Clause Mark", MUTED)):
        quiet = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        quiet.font.size, quiet.font.color.rgb = Pt(8.5), RGBColor.from_string(color)
    for name in ("Header", "Footer"):  # whose stops are those of another paper
        properties = document.styles[name].element.pPr
        properties.remove(properties.find(qn("w:tabs")))
    for name in ("List Bullet", "List Number"):
        shape = document.styles[name].paragraph_format
        shape.left_indent, shape.first_line_indent = Mm(6), Mm(-4.5)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        document.styles["Title"].element.pPr.remove(border)
    _table_styles(document.styles.element)


def _style(
    document: Any,
    name: str,
    *,
    size: float,
    bold: bool = False,
    color: str = INK,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
    keep: bool = False,
) -> None:
    """Set a paragraph style of that name, made where it is missing. Sizes and spaces in points."""
    names = {each.name for each in document.styles}
    style = document.styles[name] if name in names else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for slot in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), FONT)
    for leftover in ("w:spacing", "w:kern", "w:caps"):
        for found in style.element.rPr.findall(qn(leftover)):
            style.element.rPr.remove(found)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.keep_with_next, shape.widow_control = keep, True


def _table_styles(styles: Any) -> None:
    """`Certbody List` with a shaded heading row and hairlines; `Certbody Facts` for labels and values."""
    margins = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'

    def line(side: str, size: int, color: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'

    lists = line("top", 8, ACCENT) + line("bottom", 8, ACCENT) + line("insideH", 4, RULE)
    facts = line("top", 4, RULE) + line("bottom", 4, RULE) + line("insideH", 4, RULE)
    heading = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", 8, ACCENT)}</w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    for name, borders, rest in (("Certbody List", lists, heading), ("Certbody Facts", facts, "")):
        styles.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
                f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
                f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>{rest}</w:style>"
            )
        )


def _letterhead(header: Any) -> None:
    """Name, address and web address of the body; its logo, where there is one, at the right of them."""
    header.paragraphs[0].text = "{%p if body.logo %}"
    logo = header.add_paragraph("{{ pictures.logo }}", style="Header")
    framed(logo)
    _name(header.add_paragraph(), TEXT_WIDTH - LOGO_WIDTH - 4)
    header.add_paragraph("{%p else %}")
    _name(header.add_paragraph(), TEXT_WIDTH)
    header.add_paragraph("{%p endif %}")
    second = header.add_paragraph("{{ body.address }}", style="Header")
    third = header.add_paragraph(
        "{{ body.email }}{% if body.phone %} · {{ body.phone }}{% endif %}"
        "{% if body.website %} · {{ body.website }}{% endif %}",
        style="Header",
    )
    second.paragraph_format.space_after = Pt(1)
    _ruled(third, "bottom")


def _name(paragraph: Any, width: float) -> None:
    """The body's name, and the mark of a draft at the right end of a line of that width."""
    paragraph.style = "Letterhead"
    _right_tab(paragraph, width)
    paragraph.add_run("{{ body.name }}")
    paragraph.add_run("\t{{ document.draft }}", style="Draft Mark")


def framed(paragraph: Any) -> None:
    """Let a paragraph stand at the right margin, beside those that follow."""
    frame = OxmlElement("w:framePr")
    width = str(round(LOGO_WIDTH * 1440 / 25.4))
    for key, value in (
        ("w", width),
        ("hSpace", "113"),
        ("wrap", "around"),
        ("vAnchor", "text"),
        ("hAnchor", "margin"),
        ("xAlign", "right"),
        ("y", "1"),
    ):
        frame.set(qn(f"w:{key}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _slim_header(header: Any) -> None:
    header.is_linked_to_previous = False
    first = header.paragraphs[0]
    first.style = "Header"
    _right_tab(first)
    name = first.add_run("{{ body.name }}")
    name.bold = True
    first.add_run("\t{{ document.draft }}", style="Draft Mark")
    second = header.add_paragraph("{{ document.title }}\t{{ document.number }}", style="Header")
    _right_tab(second)
    _ruled(second, "bottom")


def _footer(footer: Any) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    _right_tab(paragraph)
    _ruled(paragraph, "top")
    paragraph.add_run(_HEAD + "\tpage ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _right_tab(paragraph: Any, width: float = TEXT_WIDTH) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _ruled(paragraph: Any, side: str) -> None:
    """A hairline under or over a paragraph."""
    edges = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", RULE)):
        edge.set(qn(f"w:{key}"), value)
    edges.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(edges, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _field(paragraph: Any, instruction: str) -> None:
    """A field that Word and LibreOffice work out themselves: PAGE, NUMPAGES."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "shown":
            run.text = text
        else:
            said = OxmlElement("w:instrText")
            said.set(qn("xml:space"), "preserve")
            said.text = f" {text} "
            run._r.append(said)

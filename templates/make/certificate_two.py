"""Template of the certificate in two languages: the page for the wall with two columns, and its annex of sites."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from templates.make.certificate import _certificate_styles, _page, _plain_table, _row, _texts
from templates.make.look import ACCENT, MUTED, RULE, TEXT_WIDTH, _field
from templates.make.style import Column, finished, heading, new_document, paragraph, rows, when
from templates.make.tables import tag_row

FILE = "certificate-two.docx"

SECOND = "3C4A53"
"""Ink of the second language: as dark as is read with ease, and told from English at a glance."""
_FIRST_ROW = 58
"""Least height, in mm, of what stands above the columns, so that the page is filled whatever the texts."""


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Certificate in two languages", letterhead=False)
    _certificate_styles(document)
    _styles(document)
    _page(document, _foot)
    _margins(document)
    _front(document)
    with when(document, "certificate.annex"):
        _annex(document)
    return finished(document)


def _margins(document: Any) -> None:
    """More room on the page, the logo in its upper margin, and page numbers on later ones that need no words."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(27), Mm(21)
    section.header_distance, section.footer_distance = Mm(13), Mm(11)
    first = section.first_page_header
    first.paragraphs[0].style = "After Table"
    first.paragraphs[0].paragraph_format.space_after = Pt(0)
    for style, text in (
        ("Header", "{%p if body.logo %}"),
        ("Certificate Logo", "{{ pictures.logo }}"),
        ("Header", "{%p endif %}"),
    ):
        first.add_paragraph(text, style=style)
    document.styles["Certificate Logo"].paragraph_format.space_after = Pt(4)
    for run in section.footer.paragraphs[0].runs:
        if run.text.endswith("\tpage "):
            run.text = run.text.removesuffix("page ")
        elif run.text == " of ":
            run.text = " / "


def _front(document: Any) -> None:
    table = _plain_table(document.add_table(rows=0, cols=4))
    first = _row(table, (4,), whole=False)[0]
    first.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), str(round(_FIRST_ROW * 1440 / 25.4)))
    height.set(qn("w:hRule"), "atLeast")
    table.rows[0]._tr.get_or_add_trPr().append(height)
    _texts(
        first,
        ("Certificate Body", "{{ body.name }}"),
        *_by_length("english.title", 24, "Title", "Title Long"),
        "{%p if second.title %}",
        *_by_length("second.title", 24, "Second Title", "Second Title Long"),
        "{%p endif %}",
        ("Certificate Number", "{{ english.number }}    |    {{ second.number }}"),
        ("Certificate Rule", ""),
        "{%p if certificate.client_name | length > 90 %}",
        ("Certificate Client Longest", "{{ certificate.client_name }}"),
        "{%p elif certificate.client_name | length > 40 %}",
        ("Certificate Client Long", "{{ certificate.client_name }}"),
        "{%p else %}",
        ("Certificate Client", "{{ certificate.client_name }}"),
        "{%p endif %}",
        ("Certificate Address", "{{ certificate.client_address }}"),
    )
    _columns(table, "Statement", "{{ english.statement }}", "{{ second.statement }}")
    _dates(table)
    _labelled(table, "criteria", "cited")
    _labelled(table, "sites", "where")
    _scope(table)
    document.add_paragraph(style="After Table").paragraph_format.space_after = Pt(0)


def _by_length(field: str, most: int, short: str, long: str) -> tuple[str | tuple[str, str], ...]:
    """A text in one style or, where it has more characters, in a smaller one."""
    said = f"{{{{ {field} }}}}"
    return (
        f"{{%p if {field} | length > {most} %}}",
        (f"Certificate {long}", said),
        "{%p else %}",
        (f"Certificate {short}", said),
        "{%p endif %}",
    )


def _columns(table: Any, style: str, english: str, second: str, *, line: bool = False, whole: bool = False) -> None:
    """A row of two columns that say the same, with a hairline between them."""
    left, right = _row(table, (2, 2), whole=whole, line=line)
    _texts(left, (f"Certificate {style}", english))
    _texts(right, (f"Certificate Second {style}", second))
    _gap(left, right)


def _labelled(table: Any, label: str, value: str, *, whole: bool = True) -> None:
    left, right = _row(table, (2, 2), whole=whole, line=True)
    for cell, side, kind in ((left, "english", ""), (right, "second", "Second ")):
        _texts(
            cell,
            (f"Certificate {kind}Label", f"{{{{ {side}.{label} }}}}"),
            (f"Certificate {kind}Value", f"{{{{ {side}.{value} }}}}"),
        )
        cell.paragraphs[0].paragraph_format.keep_with_next = None if whole else True
    _gap(left, right)


def _scope(table: Any) -> None:
    """In both languages; or, where the client confirmed no words in the second, in English once, and said so."""
    tag_row(table, "{%tr if certificate.translated %}")
    _labelled(table, "scope", "certified", whole=False)
    tag_row(table, "{%tr else %}")
    both = _row(table, (4,), whole=False, line=True)[0]
    _texts(
        both,
        ("Certificate Label", "{{ pair.scope }}"),
        ("Certificate Value", "{{ certificate.scope_english }}"),
        ("Certificate Second Label", "{{ certificate.scope_in_english }}"),
    )
    tag_row(table, "{%tr endif %}")


def _dates(table: Any) -> None:
    """First and last day, first grant and issue, each once with both languages."""
    cells = _row(table, (1, 1, 1, 1), line=True)
    for cell, (label, value) in zip(
        cells,
        (("valid_from", "from"), ("valid_until", "until"), ("first_granted", "granted"), ("issued", "issued_on")),
        strict=True,
    ):
        _texts(
            cell,
            ("Certificate Label", f"{{{{ english.{label} }}}}"),
            ("Certificate Second Label", f"{{{{ second.{label} }}}}"),
            ("Certificate Date", f"{{{{ english.{value} }}}}"),
            ("Certificate Second Date", f"{{{{ second.{value} }}}}"),
        )
        cell.paragraphs[1].paragraph_format.space_before = Pt(0)


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
        ("Certificate Fine", "{{ english.ask_here }}"),
        ("Certificate Second Fine", "{{ second.ask_here }}"),
        "{%p if not document.draft %}",
        ("Certificate Fine", "{{ certificate.verify }}"),
        "{%p endif %}",
    )
    _texts(code, "{%p if certificate.has_code %}", ("Certificate Code", "{{ pictures.qr }}"), "{%p endif %}")
    tag_row(table, "{%tr if certificate.revised %}")
    _columns(table, "Fine", "{{ english.replaces }}", "{{ second.replaces }}", line=True)
    tag_row(table, "{%tr endif %}")
    _columns(table, "Fine", "{{ english.small }}", "{{ second.small }}", line=True)
    last = _row(table, (4,), whole=False)[0]
    _texts(last, ("Certificate Head", "{{ document.template }} · record head {{ document.head }} · "))
    head = last.paragraphs[-1]
    _field(head, "PAGE")
    head.add_run(" / ")
    _field(head, "NUMPAGES")
    footer._element.remove(footer.paragraphs[0]._p)  # the empty one before the table
    footer.add_paragraph(style="After Table").paragraph_format.space_after = Pt(0)  # what Word wants after a table


def _annex(document: Any) -> None:
    heading(document, "{{ english.annex }}").paragraph_format.page_break_before = True
    second = document.add_paragraph("{{ second.annex }}", style="Certificate Second Heading")
    second.paragraph_format.keep_with_next = True
    paragraph(document, "{{ english.belongs }}", "Note", keep=True)
    document.add_paragraph(
        "{{ second.belongs }}", style="Certificate Second Note"
    ).paragraph_format.keep_with_next = True
    with when(document, "certificate.activities_in_english"):
        said = document.add_paragraph("{{ certificate.activities_in_english }}", style="Certificate Second Note")
        said.paragraph_format.keep_with_next = True
    rows(
        document,
        "site in sites",
        [
            Column("{{ pair.site_number }}", 17, "{{ site.number }}", align="right"),
            Column(
                "{{ pair.site }}",
                64,
                (
                    ("Table Text", "{{ site.name }}"),
                    ("Table Small", "{{ site.address }}"),
                    "{%p if site.kind %}",
                    ("Table Small", "{{ site.kind }}"),
                    "{%p endif %}",
                ),
            ),
            Column("{{ pair.activities }}", 0, "{{ site.scope }}"),
        ],
        whole=False,
    )


def _gap(left: Any, right: Any) -> None:
    """Room between two columns, and the hairline in it."""
    for cell, side in ((left, "right"), (right, "left")):
        properties = cell._tc.get_or_add_tcPr()
        borders = properties.find(qn("w:tcBorders"))
        if borders is None:
            borders = OxmlElement("w:tcBorders")
            properties.append(borders)
        if side == "left":
            borders.append(parse_xml(f'<w:left {nsdecls("w")} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'))
        properties.append(parse_xml(f'<w:tcMar {nsdecls("w")}><w:{side} w:w="170" w:type="dxa"/></w:tcMar>'))


def _styles(document: Any) -> None:
    """The certificate's styles in the sizes of a page that says everything twice, and their second language."""
    for name, size, after in (("Title", 30, 0), ("Statement", 9.5, 6), ("Body", 12, 8), ("Address", 10.5, 8)):
        held = document.styles[f"Certificate {name}"]
        held.font.size, held.paragraph_format.space_after = Pt(size), Pt(after)
    statement = document.styles["Certificate Statement"].paragraph_format
    statement.alignment, statement.line_spacing, statement.space_before = None, 1.1, Pt(5)
    for name, size in (("Client", 22), ("Client Long", 16), ("Client Longest", 12.5)):
        document.styles[f"Certificate {name}"].font.size = Pt(size)
    document.styles["Certificate Rule"].paragraph_format.space_after = Pt(10)
    document.styles["Certificate Label"].font.size = Pt(8.5)
    label = document.styles["Certificate Label"].paragraph_format
    label.space_before, label.space_after = Pt(4), Pt(0)
    document.styles["Certificate Value"].font.size = Pt(10)
    value = document.styles["Certificate Value"].paragraph_format
    value.space_before, value.space_after = Pt(1), Pt(3)
    document.styles["Certificate Signature"].paragraph_format.space_before = Pt(14)
    document.styles["Certificate Date"].font.size = Pt(11)
    document.styles["Certificate Date"].paragraph_format.space_after = Pt(0)
    for base, name, size, color in (
        ("Title", "Title Long", 21, ACCENT), ("Small", "Fine", 7.5, MUTED), ("Title", "Second Title", 22, SECOND),
        ("Title", "Second Title Long", 17, SECOND), ("Statement", "Second Statement", 9.5, SECOND),
        ("Label", "Second Label", 8.5, MUTED), ("Value", "Second Value", 10, SECOND),
        ("Date", "Second Date", 9.5, SECOND), ("Fine", "Second Fine", 7.5, MUTED),
    ):  # fmt: skip
        _style(document, f"Certificate {base}", name, size, color)
    for base, name, size, color in (("Heading 1", "Second Heading", 12.5, SECOND), ("Note", "Second Note", 9, MUTED)):
        _style(document, base, name, size, color)
    document.styles["Certificate Second Heading"].paragraph_format.space_before = Pt(0)
    date = document.styles["Certificate Second Date"]
    date.font.bold, date.paragraph_format.space_after = False, Pt(5)
    for name in ("Title", "Title Long"):
        document.styles[f"Certificate Second {name}"].paragraph_format.space_after = Pt(6)


def _style(document: Any, base: str, name: str, size: float, color: str) -> None:
    """A style after another one; the second language's are not held to the spelling of English."""
    new = document.styles.add_style(f"Certificate {name}", WD_STYLE_TYPE.PARAGRAPH)
    new.base_style = document.styles[base]
    new.font.size, new.font.color.rgb = Pt(size), RGBColor.from_string(color)
    if name.startswith("Second"):
        new.element.get_or_add_rPr().append(OxmlElement("w:noProof"))

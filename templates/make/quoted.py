"""A sentence given word for word, set apart so that it can be copied."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from templates.make.look import ACCENT


def quoted(document: Any, text: str) -> Any:
    """Add a paragraph of the style `Verbatim`, which is made where it is missing."""
    if "Verbatim" not in {each.name for each in document.styles}:
        style = document.styles.add_style("Verbatim", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        shape = style.paragraph_format
        shape.left_indent, shape.right_indent = Mm(6), Mm(10)
        shape.space_before, shape.space_after = Pt(2), Pt(8)
        edge = f'<w:left w:val="single" w:sz="18" w:space="9" w:color="{ACCENT}"/>'
        borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{edge}</w:pBdr>")
        style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    return document.add_paragraph(text, style="Verbatim")

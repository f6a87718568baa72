"""The readable text of documents and workbooks, in order: for golden files and for the check that nothing was lost."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ATTRIBUTES = {
    _W + "shd": (_W + "fill",),
    _W + "gridSpan": (_W + "val",),
    _DRAWING: ("descr", "title"),
}
"""Where besides text a template may print: colours of cells, spans, alternative texts."""


def document_text(docx: bytes) -> str:
    """The text of a Word document: headers, body, footers, notes; a paragraph a line, a table row a line.

    Cells are separated by `` | ``; a line break inside a text is a newline. What Word would not show (spaces at
    the ends of a text not marked to keep them, deleted text) is left out.
    """
    lines: list[str] = []
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        stories = sorted(
            (name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")), key=_rank
        )
        for name in stories:
            if _rank(name)[0] == 9:
                continue
            root = _parsed(archive.read(name))
            marker = {0: "[header] ", 2: "[footer] ", 3: "[note] "}.get(_rank(name)[0], "")
            lines += [marker + line for line in _blocks(root) if line.strip() or not marker]
    return "\n".join(lines) + "\n"


def _rank(name: str) -> tuple[int, str]:
    base = name.rpartition("/")[2]
    order = {"header": 0, "document": 1, "footer": 2, "footnotes": 3, "endnotes": 3}
    return next((rank for word, rank in order.items() if base.rstrip("0123456789.xml") == word), 9), name


def _parsed(xml: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))


def _blocks(element: Any) -> Iterator[str]:
    """Paragraphs and table rows under `element`, text boxes after the paragraph that holds them."""
    for child in element:
        if child.tag == _W + "p":
            yield _inline(child)
            for box in child.iter(_W + "txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == _W + "tr":
            yield " | ".join("\n".join(_blocks(cell)) for cell in child.iter(_W + "tc") if _row_of(cell) is child)
        elif child.tag not in (_W + "sectPr", _W + "tblPr", _W + "tblGrid"):
            yield from _blocks(child)


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(_W + "tr"))


def _inline(paragraph: Any) -> str:
    return "".join(_pieces(paragraph, boxes=False))


def _pieces(root: Any, *, boxes: bool) -> Iterator[str]:
    """Text, breaks and tabs under `root` in the order of the document; of text boxes only with `boxes`."""
    skip: Any = None
    for element in root.iter():
        if skip is not None:
            if skip in element.iterancestors():
                continue
            skip = None
        tag = element.tag
        if tag == _W + "t":
            text = element.text or ""
            yield text if element.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
        elif tag == _W + "tab" and element.getparent().tag == _W + "r":
            yield "\t"
        elif tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif tag == _W + "noBreakHyphen":
            yield "-"
        elif boxes and tag == _W + "p":
            yield "\n"
        elif boxes and tag in _ATTRIBUTES:
            yield "".join(f"\n{element.get(name)}\n" for name in _ATTRIBUTES[tag] if element.get(name))
        elif not boxes and tag == _W + "txbxContent":
            skip = element


def lost(docx: bytes, printed: Mapping[str, list[str]]) -> Iterator[str]:
    """Those texts, of each part in the order in which they were printed, that the part does not show in that order."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        for part, values in printed.items():
            if not values:
                continue
            shown = "".join(_pieces(_parsed(archive.read(part.lstrip("/"))), boxes=True))
            position = 0
            for value in values:
                found = shown.find(value, position)
                if found < 0:
                    yield value
                else:
                    position = found + len(value)


def workbook_text(xlsx: bytes) -> str:
    """The text of a workbook: each sheet under its name, headers and footers first, then a row a line.

    Cells are separated by `` | ``; formulas stand as formulas; rows that are empty are left out.
    """
    from openpyxl import load_workbook

    from certbody.deliverables.reading import read_cells
    from certbody.deliverables.scan import column_letters, column_number

    lines: list[str] = []
    pages: Any = load_workbook(BytesIO(xlsx))
    for name, sheet in read_cells(xlsx).sheets.items():
        lines.append(f"[{name}{', hidden' if sheet.hidden else ''}]")
        page = pages[name]
        for kind, item in (("header", page.oddHeader), ("footer", page.oddFooter)):
            parts = [item.left.text, item.center.text, item.right.text] if item else []
            if any(parts):
                lines.append(f"[{kind}] " + " | ".join((part or "").replace("&&", "&") for part in parts))
        for number in sorted(sheet.rows):
            row = sheet.rows[number]
            last = max(column_number(letter) for letter in row)
            cells = (row.get(column_letters(column)) for column in range(1, last + 1))
            lines.append(" | ".join(cell.formula or cell.value if cell else "" for cell in cells))
    return "\n".join(lines) + "\n"

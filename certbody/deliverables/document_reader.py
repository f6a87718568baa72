"""Reads the tables of an admitted Word document; also the program of the limited child process.

What a person sees is what is read: inserted text counts and deleted text does not, whether or not the change was
accepted; a line break, a paragraph and a tab are kept. What cannot become text (a picture, a table in a cell, a
footnote, a formula) is named, never dropped.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from certbody.deliverables.child import answer

Plain = dict[str, Any]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN, _CUSTOM = "/officeDocument", "/custom-properties"
_NOT_THERE = {_W + name for name in ("del", "moveFrom", "rt", "pPr", "rPr", "tcPr", "sdtPr", "tblPr", "trPr")}
"""Deleted text and reading aids, and properties, in which nothing stands that a person reads."""
_AS_TEXT = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_FOREIGN = {
    "drawing": "a picture or drawing",
    "pict": "a picture or drawing",
    "AlternateContent": "a picture or drawing",
    "object": "an embedded object",
    "sym": "a character of a symbol font",
    "footnoteReference": "a footnote",
    "endnoteReference": "a footnote",
    "oMath": "a formula",
    "oMathPara": "a formula",
    "tbl": "a table",
}
"""What no text field can hold, by its element, as a person calls it."""


def main() -> None:
    """Read a document from standard input and write its tables as JSON."""
    answer(read_plain)


def read_plain(data: bytes) -> Plain:
    """The content of a document as plain JSON data.

    `properties` are the custom ones. `blocks` are the paragraphs of the body, each its text, and its tables, each a
    list of rows, each a list of cells with `text` and `foreign`.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {kind: _part(archive, kind) for kind in (_MAIN, _CUSTOM)}
        body = _parsed(archive.read(parts[_MAIN])).find(_W + "body")
        properties = _properties(archive, parts[_CUSTOM])
    blocks = [
        _text(each) if each.tag == _W + "p" else _table(each)
        for each in body.iter(_W + "p", _W + "tbl")
        if not _inside(each, "tbl")
    ]
    return {"properties": properties, "blocks": blocks}


def _table(table: Any) -> list[list[Plain]]:
    return [[_cell(cell) for cell in _own(row, "tc", "tr")] for row in _rows(table)]


def _part(archive: zipfile.ZipFile, kind: str) -> str:
    """The name of the part that the package says is of a kind; empty where there is none."""
    for relation in _parsed(archive.read("_rels/.rels")).iter(_RELATION):
        if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
            return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    return ""


def _properties(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    if not part or part not in archive.namelist():
        return {}
    return {
        str(each.get("name")): "".join(each.itertext())
        for each in _parsed(archive.read(part))
        if each.get("name") is not None
    }


def _parsed(xml: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _inside(element: Any, name: str) -> bool:
    return any(above.tag == _W + name for above in element.iterancestors())


def _own(element: Any, name: str, within: str) -> list[Any]:
    """The elements of a name whose nearest `within` is `element`: not those of a table in a cell."""
    return [each for each in element.iter(_W + name) if next(each.iterancestors(_W + within)) is element]


def _rows(table: Any) -> list[Any]:
    """The rows of a table, those left out that somebody deleted with changes tracked."""
    return [row for row in _own(table, "tr", "tbl") if row.find(f"{_W}trPr/{_W}del") is None]


def _cell(cell: Any) -> Plain:
    paragraphs = [each for each in cell.iter(_W + "p") if next(each.iterancestors(_W + "tc")) is cell]
    foreign = [_FOREIGN[name] for name in _names(cell) if name in _FOREIGN]
    return {"text": "\n".join(_text(each) for each in paragraphs), "foreign": sorted(set(foreign))}


def _names(element: Any) -> Iterator[str]:
    """The names of what stands in a cell, without what was deleted."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NOT_THERE:
            yield child.tag.rpartition("}")[2]
            yield from _names(child)


def _text(paragraph: Any) -> str:
    return "".join(_said(paragraph))


def _said(element: Any) -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _NOT_THERE:
            continue
        namespace, _, name = child.tag.rpartition("}")
        if name in _FOREIGN:
            continue
        if name == "t" and namespace + "}" == _W:
            yield child.text or ""
        elif name in _AS_TEXT and namespace + "}" == _W:
            yield _AS_TEXT[name]
        else:
            yield from _said(child)

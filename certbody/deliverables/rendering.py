"""Fills the stories of a Word file (body, headers, footers, notes) in the strict environment, with docxtpl."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import _ContentTypesItem
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from lxml import etree  # type: ignore[import-untyped]

from certbody.deliverables.package import checked_properties, custom_properties, packed
from certbody.deliverables.pictures import Picture
from certbody.deliverables.sandbox import PRINTED, Placed, asked, compiled
from certbody.errors import BadData

_NOTES = ("footnotes+xml", "endnotes+xml")
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_TEMPLATE = ("<template>", "<unknown>")


class Rendering(DocxTemplate):  # type: ignore[misc]
    """One template, opened once and filled as often as needed. `name` is the template's, for messages."""

    def __init__(self, template: bytes, name: str) -> None:
        super().__init__(BytesIO(template))
        self.name = name
        self.printed: dict[str, list[str]] = {}
        try:
            self.render_init()
            self._stories = list(self._read())
            self._before = _State(self.docx.part.package)
        except Exception as problem:
            raise BadData(f"{name} is no Word document that can be filled ({type(problem).__name__}).") from None

    def stories(self) -> list[tuple[Any, str]]:
        """Each part that may ask for fields, with its text as a template, lines broken at paragraphs."""
        return self._stories

    def _read(self) -> Iterator[tuple[Any, str]]:
        main = self.docx.part
        yield main, _patched(self.get_xml())
        for relation in sorted(main.rels.values(), key=lambda each: str(each.rId)):
            if relation.is_external:
                continue
            part = relation.target_part
            if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
                yield part, _patched(self.xml_to_string(part.element))
            elif part.content_type.endswith(_NOTES):
                yield part, _patched(part.blob.decode("utf-8").partition("?>")[2] or part.blob.decode("utf-8"))

    def asked(self) -> set[str]:
        """The paths of all fields that the template asks for; pictures as ``pictures.name``."""
        found: set[str] = set()
        for _, source in self.stories():
            try:
                found |= asked(source)
            except TemplateSyntaxError as problem:
                raise self._refused(problem, source) from None
        return found

    def fill(self, fields: Mapping[str, Any], pictures: Mapping[str, Picture]) -> None:
        """Render every story and put it in its place, where the filling before may have stood."""
        self._before.restore()
        self.printed = {}
        placed = {name: _Inline(self, name, picture) for name, picture in pictures.items()}
        context = {**fields, "pictures": placed}
        for part, source in self.stories():
            self.current_rendering_part = part
            printed: list[str] = []
            token = PRINTED.set(printed)
            try:
                xml = compiled(source).render(context)
            except (BadData, MemoryError):
                raise
            except Exception as problem:
                raise self._refused(problem, source) from None
            finally:
                PRINTED.reset(token)
            self.printed[str(part.partname)] = printed
            self._put(part, xml)
        self._number_pictures()

    def _put(self, part: Any, xml: str) -> None:
        try:
            tree = parse_xml(xml)
        except etree.XMLSyntaxError:
            where = str(part.partname).rpartition("/")[2]
            raise BadData(
                f"{self.name}: a tag of the template cuts across paragraphs, cells or rows in {where}; "
                "begin and end each {% … %} pair at the same level."
            ) from None
        _complete(tree)
        if part is not self.docx.part:
            if hasattr(part, "_element"):
                part._element = tree
            else:
                part._blob = etree.tostring(tree, encoding="UTF-8", standalone=True)
            return
        try:
            self.map_tree(self.fix_tables(etree.tostring(tree, encoding="unicode")) if _grows(tree) else tree)
        except (AttributeError, TypeError, ValueError):
            raise BadData(f"{self.name} has a table without columns; insert it anew in Word.") from None

    def _number_pictures(self) -> None:
        """Give every drawing of the document an id of its own, as Word wants it."""
        number = 0
        for part in self.docx.part.package.iter_parts():
            if hasattr(part, "_element"):
                for drawing in part._element.iter(qn("wp:docPr")):
                    number += 1
                    drawing.set("id", str(number))

    def set_properties(self, properties: Mapping[str, str], at: Any) -> None:
        """Set the document's properties, and `at` as the moment it was made.

        Done after rendering, since docxtpl would escape them twice.
        """
        core, custom = checked_properties(properties, self.name)
        shown = self.docx.core_properties
        for name in ("title", "subject", "keywords", "category"):
            setattr(shown, name, core.get(name, ""))
        shown.author = shown.last_modified_by = core.get("creator", "")
        shown.comments = core.get("description", "")
        shown.created = shown.modified = at
        shown.revision = 1
        if not custom:
            return
        package = self.docx.part.package
        for relation in package.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES and not relation.is_external:
                relation.target_part._blob = custom_properties(custom)
                return
        part = Part(PackURI("/docProps/custom.xml"), _CUSTOM, custom_properties(custom), package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)

    def saved(self) -> bytes:
        """The document as it stands; the same content gives the same bytes."""
        package = self.docx.part.package
        parts = package.parts
        for part in parts:
            part.before_marshal()
        made: dict[str, Any] = {
            "[Content_Types].xml": _ContentTypesItem.from_parts(parts).blob,  # type: ignore[no-untyped-call]
            PACKAGE_URI.rels_uri.membername: package.rels.xml,
        }
        for part in parts:
            made[part.partname.membername] = part.blob
            if len(part.rels):
                made[part.partname.rels_uri.membername] = part.rels.xml
        return packed(made)

    def _refused(self, problem: Exception, source: str) -> BadData:
        """The library's error as one sentence: template, fault, and the paragraph where it stands."""
        said = str(problem) or type(problem).__name__
        if isinstance(problem, TemplateSyntaxError):
            said, line = f"a tag cannot be read: {(problem.message or '').rstrip('.')}", problem.lineno
        else:
            line = _line(problem)
        if not isinstance(problem, UndefinedError | TemplateSyntaxError) and type(problem).__module__ == "builtins":
            said = f"a tag cannot be filled: {said}"
        lines = source.splitlines()
        paragraph = re.sub(r"<[^>]*>", "", lines[line - 1]).strip() if 0 < line <= len(lines) else ""
        return BadData(f"{self.name}: {said}" + (f", in the paragraph {paragraph[:120]!r}." if paragraph else "."))


class _State:
    """What fillings add to a package beside its stories: pictures, and custom properties."""

    def __init__(self, package: Any) -> None:
        self.package = package
        self.relations = [(each.rels, frozenset(each.rels)) for each in (package, *package.parts)]
        self.pictures = list(package.image_parts)
        self.custom = [(part, part.blob) for part in package.parts if part.content_type == _CUSTOM]

    def restore(self) -> None:
        """Take out what the last filling added."""
        for relations, kept in self.relations:
            for key in [key for key in relations if key not in kept]:
                del relations[key]
                relations.related_parts.pop(key, None)
        self.package.image_parts._image_parts[:] = self.pictures
        for part, blob in self.custom:
            part._blob = blob


class _Inline(Placed):
    """A picture in the line of the text, with its alternative text."""

    def __init__(self, rendering: Rendering, name: str, picture: Picture) -> None:
        self.rendering, self.name, self.picture = rendering, name, picture

    def __html__(self) -> str:
        picture = self.picture
        height = None if picture.height_mm is None else Mm(float(picture.height_mm))
        try:
            inline = self.rendering.current_rendering_part.new_pic_inline(
                BytesIO(picture.data), Mm(float(picture.width_mm)), height
            )
        except Exception as problem:
            raise BadData(
                f"{self.rendering.name}: the picture {self.name!r} cannot be placed ({type(problem).__name__})."
            ) from None
        for properties in (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr):
            properties.set("name", self.name)
            properties.set("descr", picture.alt)
            properties.set("title", self.name)
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice would indent it by its own default
        xml = etree.tostring(inline, encoding="unicode")
        return f'</w:t></w:r><w:r><w:drawing>{xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


@lru_cache(maxsize=64)
def _patched(xml: str) -> str:
    """The XML of a story as a Jinja template: tags that Word cut apart joined again, one paragraph to a line."""
    patched: str = DocxTemplate.patch_xml(None, xml)
    # Word drops spaces at the ends of a text without this mark.
    patched = re.sub(r"<w:t>", '<w:t xml:space="preserve">', patched)
    return re.sub(r"\n*<w:p([ >])", r"\n<w:p\1", patched)


def _complete(tree: Any) -> None:
    """What Word wants to find where a condition or an empty list took everything away.

    A cell, text box, header or footer ends with a paragraph, and a table has rows; otherwise Word calls the file
    damaged.
    """
    for table in list(tree.iter(qn("w:tbl"))):
        if table.find(qn("w:tr")) is None:
            table.getparent().remove(table)
    for holder in tree.iter(qn("w:tc"), qn("w:txbxContent"), qn("w:hdr"), qn("w:ftr")):
        if len(holder) == 0 or holder[-1].tag != qn("w:p"):
            etree.SubElement(holder, qn("w:p"))


def _grows(tree: Any) -> bool:
    """Whether a table has more cells in a row than columns, since its template repeats cells."""
    for table in tree.iter(qn("w:tbl")):
        grid = table.find(qn("w:tblGrid"))
        columns = 0 if grid is None else len(grid)
        if any(len(row.findall(qn("w:tc"))) > columns for row in table.iterchildren(qn("w:tr"))):
            return True
    return False


def _line(problem: BaseException) -> int:
    """The line of the template in which an error arose; 0 where it is not known."""
    line, step = 0, problem.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in _TEMPLATE:
            line = step.tb_lineno
        step = step.tb_next
    return line

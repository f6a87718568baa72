"""The gate for office files from outside: a structural scan with limits, before any library sees the file."""

from __future__ import annotations

import posixpath
import re
import unicodedata
import zipfile
import zlib
from io import BytesIO

import attrs

from certbody.deliverables.document_scan import DocumentScan
from certbody.deliverables.first_bytes import CALLED, Form, check_first_bytes
from certbody.deliverables.scan import walk
from certbody.deliverables.sheet_scan import SheetScan, Tally, count_strings, read_sheets
from certbody.errors import BadData

MOST_UNPACKED = 64 * 2**20
MOST_PARTS = 500

_MAIN = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "an Excel template (.xltx)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "a Word template (.dotx)",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "a PowerPoint file",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": "a binary Excel workbook (.xlsb)",
}
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedstrings+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_TYPES = _PACKAGE + "content-types "
_RELATION = _PACKAGE + "relationships Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


@attrs.frozen(kw_only=True)
class _Relation:
    id: str
    type: str
    target: str
    """The part's name; of an external relation, its address."""
    external: bool


def admit(data: bytes, name: str, *, kind: Form) -> None:
    """Let a workbook or document of reasonable size and sound structure pass, and nothing else.

    Every part is unpacked within the limits and checked against its checksum, every XML part is walked; a workbook's
    sheets, rows, cells, merged areas and text indexes are counted. A wrong ``<dimension>`` is no matter.

    Raises:
        BadData: one sentence with the file, and the sheet and cell where there is one.
    """
    check_first_bytes(data, name, kind)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _Package(archive, name, kind).check()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        raise BadData(f"{name} is damaged or cut short: it cannot be unpacked.") from None


class _Package:
    """The parts of one file, checked step by step; the first fault ends it."""

    def __init__(self, archive: zipfile.ZipFile, name: str, kind: Form) -> None:
        self.archive, self.name, self.kind = archive, name, kind
        self.parts = archive.namelist()
        self.types: dict[str, str] = {}
        self.defaults: dict[str, str] = {}

    def refuse(self, said: str) -> BadData:
        return BadData(f"{self.name} {said}")

    def check(self) -> None:
        self._names()
        self._content_types()
        main = self._main_part()
        for part in self.parts:
            self._unpack(part)
        relations = {part: self._relations(part) for part in self.parts if part.endswith(".rels")}
        self._links(relations)
        self._root(relations.get("_rels/.rels", []), main)
        if self.kind == "xlsx":
            self._sheets(main, relations.get(_rels_of(main), []))
        else:
            self._document(relations)

    def _names(self) -> None:
        """Number, names and stated sizes of the parts."""
        if len(self.parts) > MOST_PARTS:
            raise self.refuse(f"has {len(self.parts):,} parts; at most {MOST_PARTS} are read.")
        seen: set[str] = set()
        total = 0
        for entry in self.archive.infolist():
            part = entry.filename
            if part.startswith("/") or "\\" in part or ":" in part or ".." in part.split("/"):
                raise self.refuse(f"has a part named {part!r}, which points outside the file.")
            folded = unicodedata.normalize("NFC", part).casefold()
            if folded in seen:
                raise self.refuse(f"has two parts named {part!r}, so that programs read different things in it.")
            seen.add(folded)
            if entry.flag_bits & 0x1:
                raise self.refuse("is protected by a password; save it without one.")
            total += entry.file_size
        if total > MOST_UNPACKED:
            raise self.refuse(
                f"expands to {total / 2**20:,.0f} MiB; at most {MOST_UNPACKED // 2**20} MiB are unpacked."
            )

    def _content_types(self) -> None:
        if "[Content_Types].xml" not in self.parts:
            raise self.refuse(f"is no {CALLED[self.kind]} but {self._other_archive()}.")

        def start(element: str, attributes: dict[str, str]) -> None:
            kind = attributes.get("ContentType", "").lower()
            if element == _TYPES + "Override":
                self.types[attributes.get("PartName", "").lstrip("/")] = kind
            elif element == _TYPES + "Default":
                self.defaults[attributes.get("Extension", "").lower()] = kind

        with self.archive.open("[Content_Types].xml") as stream:
            walk(stream, f"{self.name}, part [Content_Types].xml", start=start)
        known = [*self.types.values(), *self.defaults.values()]
        used = [self._type(part) for part in self.parts]
        if any("vba" in kind or "macrosheet" in kind for kind in known) or any(
            "macroenabled" in kind and "binary" not in kind for kind in used
        ):
            raise self.refuse(f"holds macros; save it as {CALLED[self.kind]} without them.")
        if any(posixpath.basename(part).casefold() == "vbaproject.bin" for part in self.parts):
            raise self.refuse(f"holds macros; save it as {CALLED[self.kind]} without them.")

    def _other_archive(self) -> str:
        if "mimetype" in self.parts and self.archive.getinfo("mimetype").file_size < 200:
            mime = self.archive.read("mimetype").decode("ascii", "replace")
            if "opendocument.spreadsheet" in mime:
                return "an OpenDocument spreadsheet (.ods)"
            if "opendocument" in mime:
                return "an OpenDocument file"
        return "another archive"

    def _type(self, part: str) -> str:
        return self.types.get(part) or self.defaults.get(part.rpartition(".")[2].lower(), "")

    def _main_part(self) -> str:
        found = {part: _MAIN[kind] for part, kind in self.types.items() if kind in _MAIN}
        if not found and "xl/workbook.xml" in self.parts:
            found = {"xl/workbook.xml": _MAIN.get(self.defaults.get("xml", ""), "")}
        mains = [part for part, form in found.items() if form == self.kind]
        if len(mains) == 1 and mains[0] in self.parts:
            return mains[0]
        if mains:
            raise self.refuse("is damaged: its main part is missing or stands there twice.")
        other = next(iter(found.values()), "") or "another office file"
        raise self.refuse(f"is no {CALLED[self.kind]} but {'a ' + CALLED[other] if other in CALLED else other}.")

    def _unpack(self, part: str) -> None:
        """Unpack one part, never beyond its stated size; at its end the checksum is compared."""
        with self.archive.open(part) as stream:
            if _is_xml(part, self._type(part)):
                scan = DocumentScan(self.name) if self.kind == "docx" and part.startswith("word/") else None
                walk(
                    stream,
                    f"{self.name}, part {part}",
                    start=scan.start if scan else None,
                    end=scan.end if scan else None,
                    text=scan.text if scan else None,
                )
            while stream.read(1 << 16):
                pass

    def _relations(self, part: str) -> list[_Relation]:
        base = posixpath.dirname(posixpath.dirname(part))
        found: list[_Relation] = []

        def start(element: str, attributes: dict[str, str]) -> None:
            if element != _RELATION:
                return
            target, external = attributes.get("Target", ""), attributes.get("TargetMode", "") == "External"
            if not external:
                inside = target[1:] if target.startswith("/") else posixpath.join(base, target)
                target = posixpath.normpath(inside) if inside else ""
            found.append(
                _Relation(
                    id=attributes.get("Id", ""), type=attributes.get("Type", ""), target=target, external=external
                )
            )

        with self.archive.open(part) as stream:
            walk(stream, f"{self.name}, part {part}", start=start)
        return found

    def _links(self, relations: dict[str, list[_Relation]]) -> None:
        """Nothing may be fetched from elsewhere; a hyperlink that a person may click is no matter."""
        for relation in (each for found in relations.values() for each in found):
            what = relation.type.rpartition("/")[2]
            if what == "attachedTemplate":
                raise self.refuse("is attached to another template; detach it (Developer, Document Template) and save.")
            if what.startswith("externalLink") or what in ("connections", "queryTable"):
                raise self.refuse("is linked to other files or data sources; break the links and save it.")
            if relation.external and what != "hyperlink":
                raise self.refuse(f"fetches a part from elsewhere ({what}: {relation.target[:80]}); embed it instead.")

    def _root(self, relations: list[_Relation], main: str) -> None:
        for relation in relations:
            if relation.type == _STRICT + "officeDocument":
                raise self.refuse(f"is saved as Strict Open XML; save it as {CALLED[self.kind]}.")
        if [relation.target for relation in relations if relation.type == _OFFICE + "officeDocument"] != [main]:
            raise self.refuse("is damaged: it does not say which part is its main one.")

    def _document(self, relations: dict[str, list[_Relation]]) -> None:
        for part, found in relations.items():
            for relation in found:
                if not relation.external and relation.target not in self.parts and not _is_anchor(relation):
                    raise self.refuse(f"is damaged: {part} refers to {relation.target}, which is missing.")

    def _sheets(self, main: str, relations: list[_Relation]) -> None:
        tables = [part for part, kind in self.types.items() if kind == _STRINGS and part in self.parts]
        if len(tables) > 1:
            raise self.refuse("is damaged: it has two tables of texts.")
        strings = 0
        for part in tables:
            with self.archive.open(part) as stream:
                strings = count_strings(stream, f"{self.name}, part {part}")
        with self.archive.open(main) as stream:
            sheets = read_sheets(stream, f"{self.name}, part {main}")
        if not sheets:
            raise self.refuse("is damaged: it names no sheet.")
        by_id = {relation.id: relation for relation in relations}
        tally = Tally()
        titles: set[str] = set()
        for title, relation_id in sheets:
            if title.casefold() in titles:
                raise self.refuse(f"is damaged: two of its sheets are named {title!r}.")
            titles.add(title.casefold())
            relation = by_id.get(relation_id)
            if relation is None or relation.target not in self.parts:
                raise self.refuse(f"is damaged: the content of its sheet {title!r} is missing.")
            if relation.type.endswith("/chartsheet"):
                continue
            if not relation.type.endswith("/worksheet"):
                raise self.refuse(f"has a sheet {title!r} that is no worksheet; remove it and save.")
            with self.archive.open(relation.target) as stream:
                SheetScan(self.name, title, strings, tally).run(stream)


def _rels_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def _is_xml(part: str, kind: str) -> bool:
    return part.endswith((".xml", ".rels")) or bool(re.search(r"[+/]xml$", kind))


def _is_anchor(relation: _Relation) -> bool:
    return relation.type.endswith("/hyperlink") or "#" in relation.target

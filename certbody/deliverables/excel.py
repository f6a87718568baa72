"""Fills Excel templates: fields into cells, rows repeated for lists, and never a text that becomes a formula."""

from __future__ import annotations

import base64
import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from certbody.deliverables.cells import Faults
from certbody.deliverables.child import answer, run_limited
from certbody.deliverables.fields import LISTED, given, packed, plain, unpacked
from certbody.deliverables.filling import TAG, Filler
from certbody.deliverables.media_scan import admit_template
from certbody.deliverables.package import checked_properties, repacked, wall_clock
from certbody.deliverables.references import Block, Rows, moved
from certbody.deliverables.repeating import charts_moved, repeat
from certbody.deliverables.template_scan import check_kept
from certbody.errors import BadData

EACH = "each_"
"""A defined name ``each_items`` marks the rows that are repeated for the list ``items``."""
EACH_ROWS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?[A-Z]{0,3}\$?(\d+)(?::\$?[A-Z]{0,3}\$?(\d+))?", re.ASCII)


def fill_workbook(
    template: bytes,
    fields: Mapping[str, Any],
    *,
    at: datetime,
    properties: Mapping[str, str] | None = None,
    name: str = "template.xlsx",
) -> bytes:
    """The workbook that a template and its fields make; the same input gives the same bytes.

    ``{{ audit.number }}`` in a cell, header or footer is replaced. A cell with one placeholder and nothing else
    keeps the type: dates, whole numbers and decimals become real ones in the cell's format; inside other text,
    `fields.printed` says how they look. The rows that a defined name ``each_items`` covers are repeated for each
    element of the list ``items``; in them, ``{{ row.ask }}`` is a field of the element, and ``{{ row }}`` the element
    of a list of texts. What refers to those rows grows: validations, conditional formats, sums, filter, print area.
    For an empty list one row stays, its fields empty.

    Args:
        fields: plain data as in `fields.plain`.
        at: the moment, with time zone, that the workbook names as its making.
        properties: as in `word.fill_document`.
        name: the template's name, for messages.

    Raises:
        BadData: the template asks for what is not there or holds what would be lost; a text is too long for a cell
            or has a control character. Every such cell is named.
    """
    values = plain(fields, texts=False)
    if "row" in values:
        raise BadData(f"{name}: a field cannot be named 'row'.")
    core, custom = checked_properties(properties or {}, name)
    book = opened_template(template, name)
    rows = {sheet.title: Rows() for sheet in book.worksheets}
    rows |= {title: Rows(blocks=blocks) for title, blocks in _blocks(book, values, name).items()}
    faults = Faults()
    for sheet in book.worksheets:
        copies = repeat(sheet, rows, name)
        charts_moved(sheet, rows)
        Filler(sheet, values, faults, name).fill(copies)
    faults.raise_if_any(f"{name} cannot be filled.", next="Correct the template, or what is to be filled in.")
    _names(book, rows)
    _describe(book, core, custom, wall_clock(at))
    return repacked(_saved(book))


def fill_untrusted(
    template: bytes,
    fields: Mapping[str, Any],
    *,
    at: datetime,
    properties: Mapping[str, str] | None = None,
    name: str = "template.xlsx",
) -> bytes:
    """The same as `fill_workbook` for a template that a body changed: through the gate, in a limited child process."""
    admit_template(template, name, kind="xlsx")
    request = {
        "template": base64.b64encode(template).decode("ascii"),
        "fields": packed(plain(fields, texts=False)),
        "at": at.astimezone(UTC).isoformat(),
        "properties": dict(properties or {}),
        "name": name,
    }
    said = run_limited("certbody.deliverables.excel", json.dumps(request).encode("ascii"), file=name, does="be filled")
    return base64.b64decode(said["workbook"])


def main() -> None:
    """The program of the child process: fill the template of the request on standard input."""
    answer(_filled)


def _filled(request: bytes) -> dict[str, str]:
    said = json.loads(request)
    made = fill_workbook(
        base64.b64decode(said["template"]),
        unpacked(said["fields"]),
        at=datetime.fromisoformat(said["at"]),
        properties=said["properties"],
        name=said["name"],
    )
    return {"workbook": base64.b64encode(made).decode("ascii")}


def placeholders(template: bytes, name: str = "template.xlsx") -> set[str]:
    """The paths of all fields that a template asks for: ``audit.number``, ``items[].ask``."""
    book = opened_template(template, name)
    blocks = _marked(book, name)
    found: set[str] = set()
    for sheet in book.worksheets:
        for (row, _), cell in sheet._cells.items():
            path = next((path for path, top, end in blocks.get(sheet.title, []) if top <= row <= end), "")
            for asked in TAG.findall(str(cell._value)) if cell._value is not None else ():
                listed = path and (asked == "row" or asked.startswith("row."))
                found.add(path + LISTED + asked[3:] if listed else asked)
        for part in page_texts(sheet):
            found |= set(TAG.findall(part))
    return found


def opened_template(template: bytes, name: str) -> Any:
    from certbody.deliverables.reader import faithful_reader

    try:
        check_kept(template, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = faithful_reader()(BytesIO(template), rich_text=True)
            reader.read()
    except (BadData, MemoryError):
        raise
    except Exception as problem:
        raise BadData(f"{name} is no Excel workbook that can be filled ({type(problem).__name__}).") from None
    return reader.wb


def _marked(book: Any, name: str) -> dict[str, list[tuple[str, int, int]]]:
    """By sheet, the lists and the rows that are repeated for them."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for defined in [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]:
        for title, definition in defined.items():
            if not title.startswith(EACH):
                continue
            place = EACH_ROWS.fullmatch(str(definition.value))
            sheet = (place[1] or "").replace("''", "'") or place[2] if place else ""
            if place is None or sheet not in book.sheetnames:
                raise BadData(f"{name}: the name {title} must cover rows of a sheet; it says {definition.value}.")
            top, end = int(place[3]), int(place[4] or place[3])
            for other, first, last in found.setdefault(sheet, []):
                if top <= last and first <= end:
                    raise BadData(f"{name}: the names {title} and {EACH}{other} cover the same rows.")
            found[sheet].append((title[len(EACH) :], top, end))
    return found


def _blocks(book: Any, values: Mapping[str, Any], name: str) -> dict[str, tuple[Block, ...]]:
    done = {}
    for sheet, marked in _marked(book, name).items():
        blocks = []
        for path, top, end in sorted(marked, key=lambda each: each[1]):
            try:
                elements = given(values, path)
            except KeyError:
                elements = None
            if not isinstance(elements, list):
                raise BadData(
                    f"{name}: the name {EACH}{path} repeats rows for {path!r}, which is no list of its fields."
                )
            blocks.append(Block(path=path, top=top, bottom=end, elements=elements))
        done[sheet] = tuple(blocks)
    return done


def page_texts(sheet: Any) -> Iterator[str]:
    for item in (
        sheet.oddHeader,
        sheet.oddFooter,
        sheet.evenHeader,
        sheet.evenFooter,
        sheet.firstHeader,
        sheet.firstFooter,
    ):
        for part in (item.left, item.center, item.right) if item else ():
            if part.text:
                yield part.text


def _names(book: Any, rows: Mapping[str, Rows]) -> None:
    """Let defined names follow; those that marked repeated rows have done their work."""
    for owner, names in [("", book.defined_names), *((sheet.title, sheet.defined_names) for sheet in book.worksheets)]:
        for title in list(names):
            if title.startswith(EACH):
                del names[title]
            elif names[title].value:
                names[title].value = moved("=" + names[title].value, owner, rows)[1:]


def _describe(book: Any, core: Mapping[str, str], custom: Mapping[str, str], at: datetime) -> None:
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.packaging.custom import CustomPropertyList, StringProperty
    from openpyxl.workbook.properties import CalcProperties

    book.properties = DocumentProperties(**core, lastModifiedBy=core.get("creator"), created=at, modified=at)
    kept = [each for each in book.custom_doc_props.props if each.name not in custom]
    book.custom_doc_props = CustomPropertyList()
    for each in [*kept, *(StringProperty(name=name, value=value) for name, value in custom.items())]:
        book.custom_doc_props.append(each)
    book.calculation = book.calculation or CalcProperties()
    book.calculation.fullCalcOnLoad = True


def _saved(book: Any) -> bytes:
    """As openpyxl saves, but without its clock."""
    from openpyxl.writer.excel import ExcelWriter

    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).write_data()
    return made.getvalue()

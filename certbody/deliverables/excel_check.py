"""Looks through an Excel template cell by cell: every fault at once, each with its sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from certbody.deliverables.cells import address
from certbody.deliverables.checked import SIZE, Fault
from certbody.deliverables.excel import EACH, EACH_ROWS, opened_template, page_texts
from certbody.deliverables.fields import LISTED
from certbody.deliverables.filling import LONGEST_PAGE_TEXT, OPENING, TAG
from certbody.deliverables.offered import Offer
from certbody.deliverables.sheet_scan import MOST_ROWS

Marked = dict[str, list[tuple[str, int, int]]]
"""By sheet: list, first and last row of what is repeated for it."""


def check_excel(template: bytes, name: str, offer: Offer) -> tuple[list[Fault], set[str]]:
    """Every fault of a template, and the fields it asks for.

    Raises:
        BadData: the file is no workbook that can be opened, or holds what would be lost.
    """
    book = opened_template(template, name)
    found: list[Fault] = []
    asked: set[str] = set()
    marked = _marked(book, offer, found, asked)
    for sheet in book.worksheets:
        found += _sheet(sheet, marked.get(sheet.title, []), offer, asked)
    return found, asked


def _marked(book: Any, offer: Offer, found: list[Fault], asked: set[str]) -> Marked:
    """The rows that names repeat; what is wrong with them goes to `found`."""
    marked: Marked = {}
    lists = offer.lists()
    for defined in [book.defined_names, *(sheet.defined_names for sheet in book.worksheets)]:
        for title, definition in defined.items():
            if not title.startswith(EACH):
                continue
            path, place = title[len(EACH) :], EACH_ROWS.fullmatch(str(definition.value))
            where = f"the name {title}"
            sheet = (place[1] or "").replace("''", "'") or place[2] if place else ""
            if place is None or sheet not in book.sheetnames:
                found.append(Fault(place=where, said=f"it must cover rows of a sheet; it says {definition.value}"))
                continue
            top, end = int(place[3]), int(place[4] or place[3])
            rows = end - top + 1
            if path not in lists:
                known = path in offer.known()
                said = f"it repeats rows for {path}, which is no list" if known else ""
                found.append(Fault(place=where, said=said, unknown="" if known else path))
            if rows * SIZE > MOST_ROWS:
                found.append(
                    Fault(
                        place=where,
                        said=f"it repeats {rows:,} rows for each element of a list; for {SIZE} elements that is more "
                        f"than the {MOST_ROWS:,} rows that a sheet may have",
                    )
                )
            for other, first, last in marked.setdefault(sheet, []):
                if top <= last and first <= end:
                    found.append(Fault(place=where, said=f"it covers rows that {EACH}{other} covers, too"))
            marked[sheet].append((path, top, end))
            asked.add(path)
    return marked


def _sheet(sheet: Any, marked: list[tuple[str, int, int]], offer: Offer, asked: set[str]) -> Iterator[Fault]:
    for (row, _), cell in sorted(sheet._cells.items()):
        value = cell._value
        if value is None or isinstance(value, int | float):
            continue
        text, place = str(value), address("", sheet.title, cell.coordinate).removeprefix(", ")
        if not OPENING.search(text):
            continue
        if cell.data_type == "f":
            said = "it has a placeholder in a formula; put it into a cell and let the formula refer to that"
            yield Fault(place=place, said=said, text=text)
            continue
        path = next((path for path, top, end in marked if top <= row <= end), None)
        yield from _tags(text, place, path, offer, asked)
    for text in page_texts(sheet):
        where = address("", sheet.title).removeprefix(", ") + ", header or footer"
        yield from _tags(text, where, None, offer, asked)
        if len(text) > LONGEST_PAGE_TEXT:
            yield Fault(place=where, said=f"it has {len(text)} characters; at most {LONGEST_PAGE_TEXT} fit", text=text)


def _tags(text: str, place: str, path: str | None, offer: Offer, asked: set[str]) -> Iterator[Fault]:
    known = offer.known()
    if rest := OPENING.search(TAG.sub("", text)):
        start = TAG.sub("", text)[rest.start() :][:40]
        yield Fault(place=place, said=f"{start!r} is no placeholder such as {{{{ audit.number }}}}", text=text)
    for said in TAG.findall(text):
        if said == "row" or said.startswith("row."):
            if path is None:
                why = "it asks for a field of a row, but stands outside the rows that a name each_… repeats"
                yield Fault(place=place, said=why, text=text)
                continue
            if path not in offer.lists():
                continue  # the name is at fault, and that is told once
            said = path + LISTED + said[3:]
        asked.add(said)
        if said not in known:
            yield Fault(place=place, unknown=said, text=text)
        elif any(each.startswith((said + ".", said + LISTED)) for each in known):
            yield Fault(place=place, said=f"{said} is no single value", text=text)

"""What the invented people of the README write into the forms that certbody hands them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

APPLICATION = {
    "client.name": "Lantern Library",
    "client.legal_form": "Association",
    "client.registration": "Register of associations, no. 000",
    "client.address": "7 Quiet Lane",
    "client.postcode": "00000",
    "client.city": "Sampletown",
    "client.country": "Nowhereland",
    "client.representative": "Nora Lind",
    "client.representative_title": "Director",
    "client.email": "nora@lantern.example",
    "client.certification_body": "no",
    "application.scope": "Handling of complaints about lending, reading rooms and courses",
    "application.language": "English",
    "application.consultancy": "no",
    "application.signed_by": "Nora Lind",
    "application.signed_on": date(2026, 1, 30),
    "input.months_of_records": 12,
}
SITE = {
    "Id": "S1",
    "Name": "Main library",
    "Street and number": "7 Quiet Lane",
    "City": "Sampletown",
    "Country": "Nowhereland",
    "Type": "permanent",
    "Central": "yes",
    "Effective personnel": 9,
    "Activities": "Lending, reading rooms, courses; all complaints are handled here.",
}
RESPONSE = {
    "extent": "All 61 cases of the quarter were looked at: 14 were late, all made at the desk in the evening.",
    "correction": "The people of the 14 cases were written to with an excuse and an answer.",
    "correction_done_on": date(2026, 4, 24),
    "cause": "Slips from the evening desk waited for the day shift, and nobody was named to fetch them. The monthly "
    "figures show averages only, so it was not seen.",
    "corrective_action": "Complaints at the desk are entered at once by whoever takes them; the figures show each "
    "late case.",
    "owner": "Milo Brandt",
    "due_on": date(2026, 5, 15),
    "evidence": "Desk routine, register of May",
    "by": "Nora Lind",
}


def application_form(form: Path, to: Path) -> None:
    """The director answers the form; the library has one site."""
    book = openpyxl.load_workbook(form)
    _answer(book["Application"], APPLICATION)
    _rows(book["Sites"], [SITE])
    book.save(to)


def checklist(form: Path, to: Path) -> None:
    """The auditor finds every row in order, but for the one that the README makes a finding of."""
    book = openpyxl.load_workbook(form)
    sheet = book["Checklist"]
    stage = {row[0].value: row[1].value for row in book["certbody"].iter_rows(max_row=6)}["stage"]
    good = "satisfactory" if str(stage) == "1" else "conformity"
    for cells in _below(sheet, "Row"):
        late = cells["Row"].value == "7.4-1@S1" and good == "conformity"
        cells["Result"].value = "finding" if late else good
        if not cells["Evidence seen"].value:
            cells["Evidence seen"].value = "Register, procedure and three cases looked at."
    book.save(to)


def response(form: Path, to: Path) -> None:
    """The director answers the nonconformity."""
    book = openpyxl.load_workbook(form)
    _answer(book["Response"], RESPONSE)
    book.save(to)


def logo(_: Path, to: Path) -> None:
    """Somebody has drawn a logo."""
    from PIL import Image

    Image.new("RGB", (900, 300), "#0B6E4F").save(to)


def own_letter(template: Path, to: Path) -> None:
    """The office adds a sentence to its template of the decision letter, in Word."""
    import docx

    document = docx.Document(str(template))
    document.add_paragraph("Ask for {{ body.name }} at {{ body.phone }}; we are glad to explain.")
    document.save(str(to))


FORMS = {
    "application-form": application_form,
    "checklist": checklist,
    "response": response,
    "logo": logo,
    "own-letter": own_letter,
}
"""What the directive `fill` may name."""


def _answer(sheet: Any, answers: dict[str, Any]) -> None:
    """Write into the tinted cell of each line, which is known by its hidden key."""
    lines = {cells["Line"].value: cells["Answer"] for cells in _below(sheet, "Line")}
    for key, answer in answers.items():
        lines[key].value = answer


def _rows(sheet: Any, rows: list[dict[str, Any]]) -> None:
    for cells, row in zip(_below(sheet, "Id"), rows, strict=False):
        for heading, value in row.items():
            cells[heading].value = value


def _below(sheet: Any, first: str) -> Iterator[dict[str, Any]]:
    """Each row under the headings that begin with `first`, its cells by heading."""
    headings: dict[int, str] = {}
    for row in sheet.iter_rows():
        if headings and row[0].value:
            yield {name: row[place] for place, name in headings.items()}
        elif row[0].value == first:
            headings = {place: cell.value for place, cell in enumerate(row) if cell.value}

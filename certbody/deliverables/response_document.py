"""The response form as a Word document, for clients who would rather write than fill in cells; it comes back as well.

Each question stands in a line of its own with a letter, in the last table of the form: the letter says what the line
answers, whatever program the form went through and in whatever language its questions stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from certbody.deliverables import response
from certbody.deliverables.cells import Faults
from certbody.deliverables.child import run_limited
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.gate import admit
from certbody.deliverables.response import DAYS, FORM, ResponseForm, refuse_empty
from certbody.domain.text import fault, normal
from certbody.errors import BadData

LINES = {
    "A": ("extent", "Extent"),
    "B": ("correction", "Correction"),
    "C": ("correction_done_on", "Correction done on"),
    "D": ("cause", "Cause"),
    "E": ("corrective_action", "Corrective action"),
    "F": ("owner", "Responsible for it"),
    "G": ("due_on", "To be done by"),
    "H": ("done_on", "Done on"),
    "I": ("evidence", "Evidence of implementation"),
    "J": ("by", "Answered by"),
}
"""The letter of each line, the field of `Response` that it answers, and how the form calls it."""
_ONE_LINE = ("owner", "by")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ANEW = "copy the entries into the response form as it was sent, and return that file"


def fields(showing: Showing) -> Mapping[str, Any]:
    """The same as the workbook's, with the common fields of a letterhead."""
    said = response.fields(showing)
    return {**said, **common(showing, "Response to a nonconformity", response.number(showing))}


def read_response_document(data: bytes, name: str) -> ResponseForm:
    """The answer that a Word document from outside holds; `name` is the file's name, for messages.

    Whether it is complete is for the rules to say; here only what cannot be read is a fault.

    Raises:
        BadData: the file cannot be read or is another form; or lines are wrong, all of them named at once.
    """
    admit(data, name, kind="docx")
    return response_from(run_limited("certbody.deliverables.document_reader", data, file=name, does="be read"), name)


def response_from(plain: Mapping[str, Any], name: str) -> ResponseForm:
    """The answer of a document that was read already (see `document_reader.read_plain`). Errors as above."""
    number = _number(plain, name)
    faults = Faults()
    lines = _Lines(plain, name, faults)
    said: dict[str, Any] = {}
    for letter, (key, _) in LINES.items():
        if key in DAYS:
            said[key] = lines.day(letter)
        else:
            said[key] = lines.text(letter, lines=key not in _ONE_LINE, required=key == "by")
    form = ResponseForm(number=number, **said)
    if not faults:
        refuse_empty(form, name)
    faults.raise_if_any(f"{name} cannot be taken over; nothing was recorded.", next="correct these lines")
    return form


def _number(plain: Mapping[str, Any], name: str) -> str:
    """The nonconformity's number, as the file carries it unseen and as the form shows it."""
    properties = plain["properties"]
    form, number = properties.get("certbody form", ""), properties.get("certbody number", "")
    if not form:
        raise BadData(f"{name} is no response form made by certbody: what it carried unseen is missing.", next=_ANEW)
    if form != FORM or not number:
        raise BadData(f"{name} is another form made by certbody ({form}), where a response form belongs.")
    if not any(re.search(rf"(?<![\w/-]){re.escape(number)}(?![\w-])", text) for text in _texts(plain["blocks"])):
        raise BadData(
            f"{name} contradicts itself: its properties say number {number!r}, which the form shows nowhere.",
            next="ask for the response form anew",
        )
    return str(number)


def _texts(blocks: Sequence[str | list[list[Any]]]) -> Iterator[str]:
    """Every text of paragraphs and tables."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            yield from (cell["text"] for row in block for cell in row)


def _answering(block: str | list[list[Any]]) -> bool:
    """Whether a block is a table with a lettered line."""
    return not isinstance(block, str) and any(row and row[0]["text"].strip() in LINES for row in block)


@attrs.frozen
class _Line:
    text: str
    foreign: tuple[str, ...]


class _Lines:
    """The lettered lines of the form; each fault is noted with the file and the line."""

    def __init__(self, plain: Mapping[str, Any], file: str, faults: Faults) -> None:
        self.file, self.faults = file, faults
        self.lines: dict[str, _Line] = {}
        blocks = plain["blocks"]
        first = next((place for place, block in enumerate(blocks) if _answering(block)), len(blocks))
        for block in blocks[first:]:  # somebody may have cut the table in two, or have written below it
            if _answering(block):
                for row in block:
                    self._take(row)
            elif text := " ".join(" ".join(_texts([block])).split()):
                said = f"{text[:60]!r} stands outside of the answers; write it into a tinted cell"
                faults.add(f"{file}, below the lines", said)
        for letter in LINES:
            if letter not in self.lines:
                faults.add(self._place(letter), "the line is missing; leave all lines where they are")

    def _take(self, row: list[Any]) -> None:
        letter = row[0]["text"].strip() if row else ""
        answered = row[-1]["text"].strip() or row[-1]["foreign"]
        if letter in self.lines:
            self.faults.add(self._place(letter), "the line stands there twice")
        elif letter in LINES and len(row) != 3:
            self.faults.add(
                self._place(letter), f"the line has {len(row)} cells instead of 3; do not merge or split any"
            )
            self.lines[letter] = _Line("", ())
        elif letter in LINES:
            self.lines[letter] = _Line(row[2]["text"], tuple(row[2]["foreign"]))
        elif not letter and answered:
            said = f"{row[-1]['text'].strip()[:60]!r} stands in a row of its own; write it into the cell of its line"
            self.faults.add(f"{self.file}, a row without a letter", said)
        elif len(letter) == 1 and letter.isalpha() and answered:
            self.faults.add(f"{self.file}, line {letter}", f"the form has no line {letter}")

    def _place(self, letter: str) -> str:
        return f"{self.file}, line {letter} ({LINES[letter][1]})"

    def text(self, letter: str, *, lines: bool, required: bool) -> str:
        """A text; "" where nothing is answered."""
        found = self.lines.get(letter)
        if found is None:
            return ""
        said = normal(found.text).strip()
        if found.foreign:
            held = " and ".join(found.foreign)
            self.faults.add(self._place(letter), f"holds {held}; type text, and send the rest along as a file")
        elif wrong := fault(said, lines=lines):
            self.faults.add(self._place(letter), wrong)
        elif required and not said:
            self.faults.add(self._place(letter), "is empty; the form needs your name")
        else:
            return said
        return ""

    def day(self, letter: str) -> date | None:
        """A day as 2027-03-02; None where nothing is answered."""
        said = self.text(letter, lines=True, required=False)
        if not said:
            return None
        if _DAY.fullmatch(said):
            try:
                return date.fromisoformat(said)
            except ValueError:
                pass
        self.faults.add(self._place(letter), f"{said[:60]!r} is no day of the calendar; write it as 2027-03-02")
        return None


RESPONSE_DOCUMENT = Deliverable(
    kind="response-docx",
    title="Response form",
    template="response-form.docx",
    fields=fields,
    number=response.number,
    properties=response.properties,
)

"""A form that went out and comes back: which one it is, and the answers that stand in its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from certbody.deliverables.cells import Faults, Sheet, Workbook
from certbody.deliverables.tables import Row, table
from certbody.errors import BadData

HIDDEN = "certbody"
"""The sheet that nobody sees: which form this is and of what, as keys in column A and values in column B."""

CALLED = {
    "checklist": "checklist",
    "application-form": "application form",
    "response": "response form",
    "self-assessment": "self-assessment",
}
_HEADINGS = {"key": "Line", "asked": "Question", "answer": "Answer"}


def identity(book: Workbook, form: str, *, needs: Sequence[str] = ()) -> Mapping[str, str]:
    """What the form says of itself, hidden from those who fill it in; `needs` names what must be there.

    Raises:
        BadData: it is another form or none of ours, or its hidden sheet and its properties contradict each other.
    """
    called = CALLED[form]
    sheet = book.sheets.get(HIDDEN)
    if sheet is None:
        raise BadData(
            f"{book.file} is no {called} made by certbody: its hidden sheet is missing.",
            next=f"copy the entries into the {called} as it was sent, and return that file",
        )
    said: dict[str, str] = {}
    for number in sorted(sheet.rows):
        key, value = sheet.text(number, "A", lines=False), sheet.text(number, "B", lines=False)
        if key and value:
            said.setdefault(key, value)
    if (found := said.get("form", "")) != form:
        other = CALLED.get(found, "another workbook")
        raise BadData(f"{book.file} is {_article(other)}, where {_article(called)} belongs.")
    for key, value in book.properties.items():
        short = key.removeprefix("certbody ")
        if short != key and said.get(short, "") != value:
            raise BadData(
                f"{book.file} contradicts itself: its properties say {short} {value!r}, its hidden sheet "
                f"{said.get(short, '')!r}.",
                next=f"ask for the {called} anew",
            )
    if missing := [key for key in needs if key not in said]:
        raise BadData(f"{book.file} does not say its {' and '.join(missing)}; ask for the {called} anew.")
    return said


def _article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}" if not words.startswith("another") else words


class Answers:
    """The answers of a sheet on which each line has a hidden key, a question and a tinted answer.

    The methods are those of `Sheet`, by key.
    """

    def __init__(self, sheet: Sheet, faults: Faults) -> None:
        self.sheet, self.faults = sheet, faults
        self.lines: dict[str, Row] = {}
        for line in table(sheet, _HEADINGS, faults):
            key = line.text("key", lines=False)
            if not key and not sheet.cell(line.number, line.columns["answer"]):
                continue  # a line that groups others
            if not key:
                line.fault("answer", "stands in a line of its own; answer in the tinted cells of the form")
            elif key in self.lines:
                line.fault("answer", f"answers {key!r}, which {self.lines[key].place('answer')} answers already")
            else:
                self.lines[key] = line

    def text(self, key: str, *, required: bool = False, lines: bool = True) -> str:
        """A text; "" where nothing is answered."""
        found = self.line(key)
        said = found.text("answer", lines=lines) if found else ""
        return said if not required or self._answered(found) else ""

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date; None where nothing is answered."""
        found = self.line(key)
        return found.day("answer") if found and (not required or self._answered(found)) else None

    def yes(self, key: str, *, required: bool = False) -> bool | None:
        """Yes or no; None where nothing is answered."""
        found = self.line(key)
        answered = found is not None and (not required or self._answered(found))
        word = found.choice("answer", ("yes", "no")) if found and answered else None
        return None if word is None else word == "yes"

    def fault(self, key: str, text: str) -> None:
        """Note what the caller found wrong with an answer."""
        if found := self.line(key):
            found.fault("answer", text)

    def _answered(self, line: Row | None) -> bool:
        """Whether a line has an answer; a fault where it has none."""
        cell = self.sheet.cell(line.number, line.columns["answer"]) if line else None
        if line and (cell is None or (cell.kind == "text" and not cell.value.strip())):
            line.fault("answer", f"is empty; {line.text('asked', lines=False).rstrip(' *')!r} needs an answer")
            return False
        return line is not None

    def line(self, key: str) -> Row | None:
        """The line of that key; a fault, once, where somebody took it out."""
        if key not in self.lines:
            text = f"the line {key!r} is missing"
            place = self.sheet.place(1).rpartition("!")[0]
            if f"{place}: {text}" not in self.faults.lines:
                self.faults.add(place, text)
            return None
        return self.lines[key]

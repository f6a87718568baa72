"""Reads a filled checklist workbook: results, notes, evidence and findings, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from certbody.deliverables.checklist import FORM, grades_of, words_of
from certbody.deliverables.reading import Faults, Row, Workbook, read_workbook, table
from certbody.deliverables.returned import HIDDEN, identity
from certbody.domain.evidence import Result
from certbody.domain.findings import Grade
from certbody.errors import BadData

_ROWS = {"id": "Row", "result": "Result", "note": "Note", "seen": "Evidence seen"}
_FINDINGS = {
    "number": "Number",
    "row": "Checklist row",
    "grade": "Grade",
    "requirement": "Requirement",
    "statement": "Statement",
    "evidence": "Objective evidence",
    "process": "Process",
    "reason": "Reason for the grade",
    "found_on": "Found on",
}


@attrs.frozen(kw_only=True)
class FilledRow:
    """One row as it came back; `result` is None where nothing was chosen. `place` is the cell of the result."""

    row: str
    result: Result | None = None
    note: str = ""
    seen: str = ""
    place: str = ""


@attrs.frozen(kw_only=True)
class FilledFinding:
    """One finding as it came back; `number` is empty where it is new. `place` is the cell of its checklist row."""

    number: str = ""
    row: str
    grade: Grade
    requirement: str = ""
    statement: str
    evidence: str = ""
    process: str = ""
    reason: str = ""
    found_on: date | None = None
    place: str = ""


@attrs.frozen(kw_only=True)
class FilledChecklist:
    """A checklist as it came back.

    Attributes:
        audit, version, stage, client: what the file says of itself; numbers, as printed.
        rows: in the order of the sheet, those without a result included.
        findings: in the order of the sheet.
        missing: ids of rows that were sent out and did not come back.
    """

    audit: str
    version: int
    stage: int
    client: str = ""
    rows: tuple[FilledRow, ...] = ()
    findings: tuple[FilledFinding, ...] = ()
    missing: tuple[str, ...] = ()


def read_checklist(
    data: bytes, name: str, *, audit: str = "", version: int = 0, faults: Faults | None = None
) -> FilledChecklist:
    """The checklist that a workbook from outside holds; `name` is the file's name, for messages.

    Args:
        audit, version: number of the audit and version of its checklist that are wanted, where they are known.
        faults: where given, what is wrong is noted there and the good rows are handed back; otherwise one bad
            cell refuses the whole.

    Raises:
        BadData: the file cannot be read, is another form, of another audit or of another version; or cells are wrong,
            all of them named at once.
    """
    return checklist_in(read_workbook(data, name), audit=audit, version=version, faults=faults)


def checklist_in(book: Workbook, *, audit: str = "", version: int = 0, faults: Faults | None = None) -> FilledChecklist:
    """The checklist that a workbook holds which was read already. Arguments and errors as `read_checklist`."""
    said = identity(book, FORM, needs=("audit", "version", "stage"))
    if not (said["version"].isdecimal() and said["stage"] in ("0", "1", "2")):
        raise BadData(f"{book.file} does not say its version and stage as numbers; ask for the checklist anew.")
    head = FilledChecklist(
        audit=said["audit"], version=int(said["version"]), stage=int(said["stage"]), client=said.get("client", "")
    )
    _wanted(head, book.file, audit, version)
    found = faults if faults is not None else Faults()
    known = _known(book)
    rows = tuple(_rows(book, head.stage, known, found))
    findings = tuple(_findings(book, head.stage, known, found))
    if faults is None:
        found.raise_if_any(f"{book.file} cannot be taken over; nothing was recorded.", next="correct these cells")
    there = {row.row for row in rows}
    missing = tuple(each for each in known if each not in there)
    return attrs.evolve(head, rows=rows, findings=findings, missing=missing)


def _wanted(head: FilledChecklist, file: str, audit: str, version: int) -> None:
    """Raise BadData where the file is of another audit or version than is wanted."""
    if audit and head.audit != audit:
        raise BadData(f"{file} is the checklist of audit {head.audit}, not of {audit}.")
    if version and head.version != version:
        age = "an older" if head.version < version else "an unknown"
        raise BadData(
            f"{file} is {age} version ({head.version}) of the checklist of audit {head.audit}; the one in force is "
            f"{version}.",
            next="copy the entries into the checklist in force, and record that",
        )


def _known(book: Workbook) -> tuple[str, ...]:
    """The ids of the rows that were sent out, from the hidden list."""
    sheet = book.sheets[HIDDEN]
    area = book.names.get("checklist_rows", "")
    ends = [int("".join(filter(str.isdecimal, end)) or 0) for end in area.rpartition("!")[2].split(":")]
    numbers = [number for number in sorted(sheet.rows) if all(ends) and ends[0] <= number <= ends[-1]]
    found = tuple(text for number in numbers if (text := sheet.text(number, "A", lines=False)))
    if not found:
        raise BadData(f"{book.file} does not say which rows it was sent out with; ask for the checklist anew.")
    return found


def _rows(book: Workbook, stage: int, known: tuple[str, ...], faults: Faults) -> Iterator[FilledRow]:
    words, sent = words_of(stage), frozenset(known)
    places: dict[str, str] = {}
    for line in table(book.sheet("Checklist"), _ROWS, faults):
        before = len(faults.lines)
        key = line.text("id", lines=False, numbers=False)
        word = line.choice("result", words)
        note, seen = line.text("note"), line.text("seen")
        if len(faults.lines) == before:
            _identified(line, key, sent, places, faults)
        if len(faults.lines) == before:
            yield FilledRow(
                row=key, result=Result(word) if word else None, note=note, seen=seen, place=line.place("result")
            )


def _identified(line: Row, key: str, sent: frozenset[str], places: dict[str, str], faults: Faults) -> None:
    """Note a fault where a row has no id, an unknown one, or one that stood there already."""
    place = line.place("id")
    if not key:
        line.fault("id", "is empty: this row was not part of the checklist; rows cannot be added")
    elif key not in sent:
        line.fault("id", f"{key!r} is no row of this checklist")
    elif key in places:
        line.fault("id", f"{key!r} stands in {places[key].rpartition('!')[2]} already; each row may stand there once")
    else:
        places[key] = place


def _findings(book: Workbook, stage: int, known: tuple[str, ...], faults: Faults) -> Iterator[FilledFinding]:
    grades = grades_of(stage)
    places: dict[str, str] = {}
    for line in table(book.sheet("Findings"), _FINDINGS, faults):
        if _empty(line):
            continue
        before = len(faults.lines)
        number = line.text("number", lines=False, numbers=False)
        if number in places:
            line.fault("number", f"{number!r} stands in {places[number]} already; leave a new finding unnumbered")
        elif number:
            places[number] = f"{line.columns['number']}{line.number}"
        row = line.choice("row", known, required=True)
        grade = line.choice("grade", grades, required=True)
        requirement = line.text("requirement", lines=False, numbers=False).strip()
        statement = line.text("statement", required=True)
        evidence, reason = line.text("evidence"), line.text("reason")
        process, found_on = line.text("process", lines=False), line.day("found_on")
        if len(faults.lines) == before and row and grade:
            yield FilledFinding(
                number=number,
                row=row,
                grade=Grade(grade),
                requirement=requirement,
                statement=statement,
                evidence=evidence,
                process=process,
                reason=reason,
                found_on=found_on,
                place=line.place("row"),
            )


def _empty(line: Row) -> bool:
    """Whether a line holds nothing but spaces."""
    cells = (line.sheet.cell(line.number, column) for column in line.columns.values())
    return not any(cell and (cell.kind != "text" or cell.value.strip()) for cell in cells)

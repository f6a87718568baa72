"""Reads a filled self-assessment: who answered, and the answer to each point, those left open included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from certbody.deliverables.reading import Faults, Row, Workbook, read_workbook, table
from certbody.deliverables.returned import Answers, identity
from certbody.deliverables.self_assessment import FORM
from certbody.domain.self_assessment import Answer, Point, Reply, SelfAssessment, Statement
from certbody.errors import BadData

LONGEST = {"name": 90, "about": 160, "by": 60}
"""Letters that the one page of the result has room for."""
_HEADINGS = {"key": "Line", "answer": "Answer", "remark": "Where it is, or why it does not apply"}
_NEEDS = ("standard", "edition", "questions")


def read_self_assessment(data: bytes, name: str, assessment: SelfAssessment, *, standard: str, on: date) -> Statement:
    """The statement that a workbook from outside holds; `name` is the file's name, for messages.

    Args:
        assessment, standard: the scheme's, and the code of its standard. on: the day on which it is read.

    Raises:
        BadData: the file cannot be read, is another form, or of another scheme or edition; or cells are wrong, all of
            them named at once. What was left open is no fault.
    """
    return self_assessment_in(read_workbook(data, name), assessment, standard=standard, on=on)


def scheme_of(book: Workbook) -> str:
    """The code of the standard whose self-assessment a workbook says it is.

    Raises:
        BadData: it is another form, or none of ours.
    """
    return identity(book, FORM, needs=_NEEDS)["standard"]


def self_assessment_in(book: Workbook, assessment: SelfAssessment, *, standard: str, on: date) -> Statement:
    """The statement in a workbook that was read already. Arguments and errors as `read_self_assessment`."""
    said = identity(book, FORM, needs=_NEEDS)
    if said["standard"] != standard:
        raise BadData(f"{book.file} is the self-assessment for {said['standard']}, not for {standard}.")
    _same_questions(book.file, said, assessment, standard)
    faults = Faults()
    answers = Answers(book.sheet("Organization"), faults)
    texts = {key: _text(answers, key) for key in LONGEST}
    day = answers.day("on", required=True)
    if day and day > on + timedelta(days=1):  # where it was filled in, it may be tomorrow already
        answers.fault("on", f"{day} lies after {on}, the day on which it is read")
    replies = dict(_replies(book, assessment, faults))
    faults.raise_if_any(f"{book.file} cannot be taken over; nothing was written.", next="correct these cells")
    if not any(reply.answer for reply in replies.values()):
        raise BadData(f"{book.file} answers nothing: every point of the sheet Self-assessment is open.")
    assert day is not None
    return Statement(organization=texts["name"], about=texts["about"], by=texts["by"], on=day, replies=replies)


def _same_questions(file: str, said: Mapping[str, str], assessment: SelfAssessment, standard: str) -> None:
    if said["questions"] == assessment.fingerprint:
        return
    there, here = said["edition"], assessment.edition
    told = (
        f"edition {there}; edition {here} is in use" if there != here else f"edition {there}, which has changed since"
    )
    raise BadData(
        f"{file} holds the questions of {told}. Answers belong to the questions they were given to.",
        next=f"certbody standard self-assessment {standard}, and fill in that one",
    )


def _text(answers: Answers, key: str) -> str:
    said = answers.text(key, required=key != "about", lines=key == "about").strip()
    if len(said) > LONGEST[key]:
        answers.fault(key, f"has {len(said):,} characters; {LONGEST[key]} fit the result")
    return said


def _replies(book: Workbook, assessment: SelfAssessment, faults: Faults) -> Iterable[tuple[str, Reply]]:
    sheet = book.sheet("Self-assessment")
    known = {point.id: point for point in assessment.points}
    places: dict[str, str] = {}
    for line in table(sheet, _HEADINGS, faults):
        key = line.text("key", lines=False)
        if key not in known:
            line.fault("answer", "stands in a line that is no point of this self-assessment")
        elif key in places:
            line.fault("answer", f"answers {key!r}, which {places[key]} answers already")
        else:
            places[key] = line.place("answer")
            yield key, _reply(line, known[key])
    place = sheet.place(1).rpartition("!")[0]
    for key in known:
        if key not in places:
            faults.add(place, f"the line {key!r} is missing; take the workbook as it was sent")


def _reply(line: Row, point: Point) -> Reply:
    """The reply of a line, with faults noted for what cannot be read."""
    typed, remark = line.text("answer", lines=False), line.text("remark")
    answer = next((each for each in Answer if each.casefold() == " ".join(typed.split()).casefold()), None)
    if typed and answer is None:
        line.fault("answer", f"{typed!r} is none of {', '.join(repr(str(each)) for each in point.answers)}")
    elif answer and answer not in point.answers:
        line.fault("answer", f"says {str(answer)!r}, and {point.title!r} is a core point, which always applies")
    elif answer is Answer.NOT_APPLICABLE and not remark.strip():
        line.fault("remark", f"is empty; say why {point.title!r} does not apply")
    return Reply(answer=answer, remark=remark)

"""Grades and results as a document shows them: the word, and a colour beside it that never stands alone."""

from __future__ import annotations

from certbody.domain.evidence import Result
from certbody.domain.findings import Finding, Grade

_BAD, _WARN, _NOTE, _GOOD, _QUIET, _NONE = "FADCDC", "FCE8C8", "DDEAF8", "E2F1E4", "E9EBEE", "auto"

GRADES = {
    Grade.MAJOR: ("Major nonconformity", "Major nonconformities", _BAD),
    Grade.MINOR: ("Minor nonconformity", "Minor nonconformities", _WARN),
    Grade.OPPORTUNITY: ("Opportunity for improvement", "Opportunities for improvement", _NOTE),
    Grade.STRENGTH: ("Strength", "Strengths", _GOOD),
    Grade.CONCERN: ("Area of concern", "Areas of concern", _WARN),
}
"""One and many in words, and the fill of the cell; the same fills as in workbooks."""

_RESULTS = {
    Result.CONCERN: _WARN,
    Result.FINDING: _WARN,
    Result.STRENGTH: _GOOD,
    Result.NOT_REVIEWED: _QUIET,
    Result.NOT_COVERED: _QUIET,
    Result.COME_BACK: _QUIET,
    Result.NOT_APPLICABLE: _QUIET,
}


def grade_word(grade: Grade) -> str:
    """`Major nonconformity`."""
    return GRADES[grade][0]


def grade_fill(grade: Grade) -> str:
    """The fill of a cell with that grade, in six hexadecimal digits."""
    return GRADES[grade][2]


def result_fill(result: Result | None, found: list[Finding]) -> str:
    """The fill of a result: that of the gravest finding on its row, else its own; `auto` for none."""
    grades = [grade for grade in Grade if any(each.grade is grade for each in found)]
    return grade_fill(grades[0]) if grades else _RESULTS.get(result, _NONE) if result else _QUIET

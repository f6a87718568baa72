"""The result of a self-assessment on one page: what can be shown, what is missing; never how to get there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.self_assessment import assessment_of, criteria, named
from certbody.deliverables.spelled import counted, long_day
from certbody.domain.self_assessment import (
    RULE,
    STEP_RULE,
    Outcome,
    Point,
    Readiness,
    Statement,
    StepOutcome,
    StepState,
    outcome,
)
from certbody.errors import BadData

TITLE = "Readiness self-assessment: result"
MARKS = {StepState.READY: "●●", StepState.NEARLY: "●○", StepState.NOT_YET: "○○"}
"""Marks beside the words, so that neither colour nor mark alone says it."""
NOT_ON_RECORD = "none, not on record"


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the page may name; `showing.extra` holds `assessment`, `statement`, and `workbook`, which tells the file."""
    statement, found = statement_of(showing), outcome_of(showing)
    shown = common(showing, TITLE, number(showing))
    return {
        "document": {**shown["document"], "head": NOT_ON_RECORD},
        "body": named(showing, shown["body"]),
        "applicant": {
            "name": statement.organization,
            "about": statement.about,
            "by": statement.by,
            "on": long_day(statement.on),
            "read": long_day(showing.on),
        },
        "scheme": {
            "criteria": criteria(showing),
            "edition": assessment_of(showing).edition,
        },
        "result": {
            "ready": found.readiness is Readiness.READY,
            "asked": found.readiness is Readiness.ASKED,
            "said": _capital(found.readiness),
            "counted": _counted(found),
        },
        "steps": [_step(place, each) for place, each in enumerate(found.steps, 1)],
        "rule": {"step": STEP_RULE, "all": RULE},
    }


def number(showing: Showing) -> str:
    """The scheme and the first digits of the workbook's SHA-256: which file this page repeats."""
    code = showing.standard.code if showing.standard else ""
    return f"{code} {showing.extra.get('workbook', '')}".strip()


def statement_of(showing: Showing) -> Statement:
    """The statement that is shown.

    Raises:
        BadData: none was handed over.
    """
    said = showing.extra.get("statement")
    if not isinstance(said, Statement):
        raise BadData("The result of a self-assessment is made from one that was filled in, and none was named.")
    return said


def outcome_of(showing: Showing) -> Outcome:
    """What the statement comes to."""
    return outcome(assessment_of(showing), statement_of(showing).replies)


def _counted(found: Outcome) -> str:
    """`4 of 6 steps are ready. 24 of the 30 points that apply can be shown; 2 were left open and count as missing.`"""
    ready = sum(each.state is StepState.READY for each in found.steps)
    shown = sum(len(each.shown) for each in found.steps)
    applying = shown + sum(len(each.lacking) for each in found.steps)
    left = len(found.left_open)
    opened = f"; {left} {'was' if left == 1 else 'were'} left open and count{'s' if left == 1 else ''} as missing"
    return (
        f"{ready} of {counted(len(found.steps), 'step')} {'is' if ready == 1 else 'are'} ready. {shown} of "
        f"{counted(applying, 'point')} that {'applies' if applying == 1 else 'apply'} can be shown"
        f"{opened if left else ''}."
    )


def _step(place: int, each: StepOutcome) -> dict[str, Any]:
    return {
        "number": place,
        "title": each.step.title,
        "mark": MARKS[each.state],
        "state": str(each.state),
        "shown": _titles(each.shown),
        "lacking": [
            {
                "answer": "In part" if point in each.partly else "Missing",
                "mark": "*" if point.core else "",
                "title": point.title,
                "show": point.show,
            }
            for point in each.lacking
            if point not in each.left_open
        ],
        "open": _titles(each.left_open),
        "apart": _titles(each.not_applicable),
    }


def _titles(points: Iterable[Point]) -> str:
    return "; ".join(f"{'*' if point.core else ''}{point.title}" for point in points)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


DELIVERABLE = Deliverable(
    kind="self-assessment-result",
    title=TITLE,
    template="self-assessment-result.docx",
    fields=fields,
    number=number,
)

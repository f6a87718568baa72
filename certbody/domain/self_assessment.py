"""A readiness self-assessment: steps and points of a scheme, what an organization says of itself, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from hashlib import sha256

import attrs

from certbody.domain import text
from certbody.domain.claims import conformity_claims
from certbody.domain.standard import Standard

MOST_STEPS, MOST_POINTS, LONGEST_TITLE, LONGEST_SHOW = 8, 32, 34, 95
"""Steps and points of an assessment, letters of a title and of what shows a point: more would not fit one page."""


class Answer(StrEnum):
    """What an organization says to one point; the first alone counts as shown."""

    SHOWN = "yes, and it can be shown"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "does not apply"


class StepState(StrEnum):
    """How far a step has come; `STEP_RULE` says when."""

    READY = "ready"
    NEARLY = "nearly"
    NOT_YET = "not yet"


class Readiness(StrEnum):
    """What follows from all steps; `RULE` says when."""

    READY = "ready to apply"
    ASKED = "can apply; these points will be asked at stage 1"
    NOT_YET = "not yet"


STEP_RULE = (
    "A step is ready when everything in it that applies can be shown; not yet when a core point is missing or left "
    "open, or when less than half of what applies can be shown; otherwise nearly, also when nothing in it applies."
)
RULE = (
    "All steps ready: ready to apply. One step not yet: not yet. Otherwise: can apply, and what is missing will be "
    "asked at stage 1. A point left open counts as missing."
)


@attrs.frozen(kw_only=True)
class Point:
    """One question of a step, in our own words.

    Attributes:
        id: unique in the assessment, such as `P-1`.
        title: a few words, as the result names it.
        ask: the question, and nothing but a question.
        show: what would show it; never how to get there, which would be consultancy (ISO/IEC 17021-1:2015, 5.2.5).
        core: needed for stage 1, such as records of three months; a core point always applies.
        clauses, requirements: numbers of the standard that it belongs to, at least one of them.
    """

    id: str = text.number()
    title: str = text.name()
    ask: str = text.prose(required=True)
    show: str = text.prose(required=True)
    core: bool = False
    clauses: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers that it takes."""
        return tuple(each for each in Answer if not (self.core and each is Answer.NOT_APPLICABLE))


@attrs.frozen(kw_only=True)
class Step:
    """A step on the way to an application, with the points that belong to it."""

    title: str = text.name()
    points: tuple[Point, ...]


@attrs.frozen(kw_only=True)
class SelfAssessment:
    """What an organization may ask itself before it applies; `edition` is printed, and changes with the points."""

    edition: str = text.number()
    steps: tuple[Step, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All points, in the order of the steps."""
        return tuple(point for step in self.steps for point in step.points)

    @property
    def fingerprint(self) -> str:
        """Twelve digits that change when points, questions or what is core change: answers belong to these alone."""
        asked = ("\x1e".join(f"{each.id}\x1f{each.ask}\x1f{each.core}" for each in step.points) for step in self.steps)
        return sha256("\x1d".join(asked).encode()).hexdigest()[:12]


@attrs.frozen(kw_only=True)
class Reply:
    """What was answered to a point; `answer` is None where it was left open."""

    answer: Answer | None = None
    remark: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class Statement:
    """What an organization says of itself: its own word, examined by nobody, and on no record.

    Attributes:
        about: the part of the organization that the answers are about; empty where it is all of it.
        by: who answered. on: the day.
        replies: by the id of the point.
    """

    organization: str = text.name()
    about: str = text.prose(default="")
    by: str = text.name()
    on: date
    replies: Mapping[str, Reply]


@attrs.frozen(kw_only=True)
class StepOutcome:
    """What a statement comes to in one step: each of its points stands in exactly one of the five."""

    step: Step
    shown: tuple[Point, ...] = ()
    partly: tuple[Point, ...] = ()
    missing: tuple[Point, ...] = ()
    left_open: tuple[Point, ...] = ()
    not_applicable: tuple[Point, ...] = ()

    @property
    def lacking(self) -> tuple[Point, ...]:
        """What cannot be shown, or not wholly, or was left open, in the order of the step."""
        short = {*self.partly, *self.missing, *self.left_open}
        return tuple(point for point in self.step.points if point in short)

    @property
    def state(self) -> StepState:
        """By `STEP_RULE`; a step in which nothing applies is nearly ready at best: that will be asked about."""
        applying = len(self.shown) + len(self.lacking)
        if any(point.core for point in (*self.missing, *self.left_open)) or 2 * len(self.shown) < applying:
            return StepState.NOT_YET
        return StepState.READY if self.shown and not self.lacking else StepState.NEARLY


@attrs.frozen(kw_only=True)
class Outcome:
    """What a statement comes to."""

    steps: tuple[StepOutcome, ...]

    @property
    def readiness(self) -> Readiness:
        """By `RULE`."""
        states = {each.state for each in self.steps}
        if StepState.NOT_YET in states:
            return Readiness.NOT_YET
        return Readiness.READY if states == {StepState.READY} else Readiness.ASKED

    @property
    def left_open(self) -> tuple[Point, ...]:
        """The points that were left open; they count as missing and hide nothing else."""
        return tuple(point for each in self.steps for point in each.left_open)


def outcome(assessment: SelfAssessment, replies: Mapping[str, Reply]) -> Outcome:
    """What the replies come to; a point without a reply is open."""

    def having(step: Step, answer: Answer | None) -> tuple[Point, ...]:
        return tuple(point for point in step.points if replies.get(point.id, Reply()).answer is answer)

    return Outcome(
        steps=tuple(
            StepOutcome(
                step=step,
                shown=having(step, Answer.SHOWN),
                partly=having(step, Answer.PARTLY),
                missing=having(step, Answer.NO),
                left_open=having(step, None),
                not_applicable=having(step, Answer.NOT_APPLICABLE),
            )
            for step in assessment.steps
        )
    )


_ADVICE = re.compile(
    r"\b(?:you|your \w+|we|they|one|it|there|the \w+) (?:should|ought to|needs? to|had better)\b"
    r"|\b(?:recommend\w*|suggest\w*|advis\w*|consultan\w*|best practice|consider (?:\w+ing|a|an|the)\b)"
    r"|(?:^|[.;:!?]\s+)(?:buy|purchase|implement|install|introduce|hire|appoint|adopt|use|set up|establish|write|create"
    r"|draw up|make sure|ensure|define|develop|train|start|begin)\b",
    re.IGNORECASE,
)


def advice(words: str) -> str:
    """What in a text reads as advice, or "": a body that says how to build what it certifies is its consultant.

    A net with meshes (ISO/IEC 17021-1:2015, 5.2.5): a person reads the points too.
    """
    from certbody.domain.findings import suggested  # here, since reading a standard needs no findings otherwise

    found = _ADVICE.search(words)
    return suggested(words) or (found[0].strip(" .;:!?") if found else "")


def faults(assessment: SelfAssessment, standard: Standard, names: Sequence[str] = ()) -> Iterator[str]:
    """What is wrong with an assessment for a standard, each with its place; `names`: see `conformity_claims`."""
    yield from (f"steps: {title!r} stands twice" for title in _twice(step.title for step in assessment.steps))
    yield from (f"points: {key} stands twice" for key in _twice(point.id for point in assessment.points))
    if not 1 <= len(assessment.steps) <= MOST_STEPS:
        yield f"steps: {len(assessment.steps)} of them; 1 to {MOST_STEPS} fit the page of the result"
    if len(assessment.points) > MOST_POINTS:
        yield f"points: {len(assessment.points)} of them; {MOST_POINTS} fit the page of the result"
    yield from (f"step {step.title!r}: has no point" for step in assessment.steps if not step.points)
    for step in assessment.steps:
        yield from _too_long("step", step.title, LONGEST_TITLE)
    for point in assessment.points:
        yield from _faults(point, standard, names)


def _faults(point: Point, standard: Standard, names: Sequence[str]) -> Iterator[str]:
    at = f"point {point.id}"
    yield from (f"{at}: there is no clause {each}" for each in point.clauses if not standard.clause(each))
    yield from (
        f"{at}: there is no requirement {each}" for each in point.requirements if not standard.requirement(each)
    )
    if not (point.clauses or point.requirements):
        yield f"{at}: belongs to no clause and no requirement"
    if not point.ask.endswith("?"):
        yield f"{at}: ask is no question; end it with a question mark"
    yield from _too_long(f"{at}: title", point.title, LONGEST_TITLE)
    yield from _too_long(f"{at}: show", point.show, LONGEST_SHOW)
    for field in ("title", "ask", "show"):
        said = getattr(point, field)
        if found := advice(said):
            yield f"{at}: {field} reads as advice ({found!r}); say what is asked and shown, never how to get there"
        if names and (claim := next((each for each in conformity_claims(said, names) if each.certain), None)):
            yield f"{at}: {field} claims conformity to guidance ({claim.said!r})"


def _too_long(at: str, said: str, most: int) -> Iterator[str]:
    if len(said) > most:
        yield f"{at} {said[:24]!r}… has {len(said)} letters; {most} fit the page of the result"


def _twice(keys: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [key for key in keys if key in seen or seen.add(key)]  # type: ignore[func-returns-value]

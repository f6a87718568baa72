"""A readiness self-assessment: what a statement comes to, and what its points may not say."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.domain.self_assessment import (
    MOST_POINTS,
    Answer,
    Outcome,
    Point,
    Readiness,
    Reply,
    SelfAssessment,
    Step,
    StepState,
    advice,
    faults,
    outcome,
)
from certbody.domain.standard import Clause, Edition, Nature, Requirement, Standard

YES, PARTLY, NO, NOT_APPLICABLE, OPEN = (*Answer, None)

STANDARD = Standard(
    code="tea",
    title="TH 100:2025",
    name="Tea houses",
    nature=Nature.MANAGEMENT_SYSTEM,
    edition=Edition(label="2025"),
    criteria="TH 100:2025",
    clauses=(Clause(number="1", title="Water"),),
    requirements=(Requirement(number="TH-1.1", title="Heat", text="The tea house shall measure it.", clauses=("1",)),),
)


def point(key: str, **more: Any) -> Point:
    """A point of which nothing but its id is of interest."""
    given: dict[str, Any] = {"title": f"Point {key}", "ask": "Is it so?", "show": "the record", "clauses": ("1",)}
    return Point(id=key, **(given | more))


def assessment(*steps: str) -> SelfAssessment:
    """Steps as words of letters; a capital is a core point: `aBc`."""
    made = tuple(
        Step(title=f"Step {n}", points=tuple(point(f"{letter}{n}", core=letter.isupper()) for letter in letters))
        for n, letters in enumerate(steps, 1)
    )
    return SelfAssessment(edition="1", steps=made)


def said(asked: SelfAssessment, *answers: Answer | None) -> Outcome:
    """The outcome of answers in the order of the points."""
    replies = {each.id: Reply(answer=answer) for each, answer in zip(asked.points, answers, strict=True)}
    return outcome(asked, replies)


def state(letters: str, *answers: Answer | None) -> StepState:
    return said(assessment(letters), *answers).steps[0].state


class TestAStep:
    """STEP_RULE, as it is printed on the result."""

    def test_ready_when_everything_that_applies_can_be_shown(self) -> None:
        assert state("abC", YES, YES, YES) is StepState.READY
        assert state("abC", YES, NOT_APPLICABLE, YES) is StepState.READY

    @pytest.mark.parametrize("answer", [PARTLY, NO, OPEN])
    def test_nearly_when_one_point_of_several_cannot_be_shown(self, answer: Answer | None) -> None:
        assert state("abC", YES, answer, YES) is StepState.NEARLY

    @pytest.mark.parametrize("answer", [NO, OPEN])
    def test_not_yet_when_a_core_point_is_missing_or_open_however_much_else_can_be_shown(
        self, answer: Answer | None
    ) -> None:
        assert state("abcdE", YES, YES, YES, YES, answer) is StepState.NOT_YET

    def test_a_core_point_that_is_there_in_part_is_nearly_and_will_be_asked(self) -> None:
        assert state("abC", YES, YES, PARTLY) is StepState.NEARLY

    def test_not_yet_when_less_than_half_of_what_applies_can_be_shown(self) -> None:
        assert state("abcd", YES, PARTLY, PARTLY, PARTLY) is StepState.NOT_YET
        assert state("abcd", YES, YES, PARTLY, PARTLY) is StepState.NEARLY
        assert state("abcd", YES, PARTLY, NOT_APPLICABLE, NOT_APPLICABLE) is StepState.NEARLY

    def test_where_nothing_applies_it_is_not_ready_for_that_will_be_asked(self) -> None:
        assert state("ab", NOT_APPLICABLE, NOT_APPLICABLE) is StepState.NEARLY

    def test_each_point_stands_in_its_place_and_what_lacks_in_the_order_of_the_step(self) -> None:
        [only] = said(assessment("abcde"), OPEN, YES, NO, NOT_APPLICABLE, PARTLY).steps
        assert [each.id for each in only.lacking] == ["a1", "c1", "e1"]
        assert [each.id for each in (*only.shown, *only.not_applicable)] == ["b1", "d1"]


class TestTheWhole:
    """RULE, as it is printed on the result."""

    def test_ready_to_apply_when_every_step_is(self) -> None:
        assert said(assessment("a", "b"), YES, YES).readiness is Readiness.READY

    def test_can_apply_when_a_step_is_nearly_ready(self) -> None:
        assert said(assessment("a", "bc"), YES, YES, NO).readiness is Readiness.ASKED

    def test_not_yet_when_one_step_is_not_yet(self) -> None:
        assert said(assessment("ab", "C"), YES, YES, NO).readiness is Readiness.NOT_YET

    def test_open_points_are_named_and_hide_no_other(self) -> None:
        found = said(assessment("ab", "cd"), YES, OPEN, YES, YES)
        assert [each.id for each in found.left_open] == ["b1"]
        assert [each.state for each in found.steps] == [StepState.NEARLY, StepState.READY]

    def test_a_point_without_a_reply_is_open(self) -> None:
        assert len(outcome(assessment("ab"), {}).left_open) == 2


LETTERS = st.lists(st.text("aB", min_size=1, max_size=6), min_size=1, max_size=6)
ANSWERS = st.sampled_from([*Answer, None])


@st.composite
def statements(draw: st.DrawFn) -> tuple[SelfAssessment, dict[str, Reply]]:
    """An assessment with ids of its own, and some reply to some of its points."""
    words = draw(LETTERS)
    steps = tuple(
        Step(title=f"{n}", points=tuple(point(f"{n}-{m}", core=letter == "B") for m, letter in enumerate(word)))
        for n, word in enumerate(words)
    )
    asked = SelfAssessment(edition="1", steps=steps)
    return asked, {each.id: Reply(answer=draw(ANSWERS)) for each in asked.points if draw(st.booleans())}


class TestLaws:
    """What holds for every statement."""

    @given(statements())
    def test_each_point_stands_in_exactly_one_place(self, given: tuple[SelfAssessment, dict[str, Reply]]) -> None:
        asked, replies = given
        for each in outcome(asked, replies).steps:
            found = [*each.shown, *each.partly, *each.missing, *each.left_open, *each.not_applicable]
            assert sorted(found, key=lambda one: one.id) == sorted(each.step.points, key=lambda one: one.id)

    @given(statements(), st.data())
    def test_a_better_answer_never_makes_anything_worse(
        self, given: tuple[SelfAssessment, dict[str, Reply]], data: st.DataObject
    ) -> None:
        asked, replies = given
        order = [None, NO, PARTLY, YES]
        worse = [each for each in asked.points if replies.get(each.id, Reply()).answer in order[:3]]
        if not worse:
            return
        changed = data.draw(st.sampled_from(worse))
        at = order.index(replies.get(changed.id, Reply()).answer)
        after = {**replies, changed.id: Reply(answer=data.draw(st.sampled_from(order[at + 1 :])))}
        states, results = list(reversed(StepState)), list(reversed(Readiness))
        before, later = outcome(asked, replies), outcome(asked, after)
        for one, other in zip(before.steps, later.steps, strict=True):
            assert states.index(other.state) >= states.index(one.state)
        assert results.index(later.readiness) >= results.index(before.readiness)


class TestFingerprint:
    """Answers belong to the questions they were given to."""

    def test_another_question_or_another_core_gives_another(self) -> None:
        one = assessment("ab")
        for change in ({"ask": "Is it otherwise?"}, {"core": True}, {"id": "x"}):
            first, second = one.steps[0].points
            other = attrs.evolve(
                one, steps=(attrs.evolve(one.steps[0], points=(attrs.evolve(first, **change), second)),)
            )
            assert other.fingerprint != one.fingerprint, change

    def test_a_better_word_on_what_would_show_it_leaves_it(self) -> None:
        one = assessment("a")
        [only] = one.points
        step = attrs.evolve(one.steps[0], points=(attrs.evolve(only, show="the register"),))
        assert attrs.evolve(one, steps=(step,)).fingerprint == one.fingerprint


class TestFaults:
    """What a file of points is refused for, each with its place."""

    def found(self, **more: Any) -> list[str]:
        made = SelfAssessment(edition="1", steps=(Step(title="Water", points=(point("W-1", **more),)),))
        return list(faults(made, STANDARD))

    def test_a_sound_one_has_none(self) -> None:
        assert self.found(clauses=("1",), requirements=("TH-1.1",)) == []

    @pytest.mark.parametrize(
        ("more", "fault"),
        [
            ({"clauses": ("9",)}, "point W-1: there is no clause 9"),
            ({"requirements": ("TH-9",)}, "point W-1: there is no requirement TH-9"),
            ({"clauses": ()}, "point W-1: belongs to no clause and no requirement"),
            ({"ask": "Say what you do."}, "point W-1: ask is no question; end it with a question mark"),
            ({"title": "x" * 35}, f"point W-1: title '{'x' * 24}'… has 35 letters; 34 fit the page of the result"),
            ({"show": "x" * 96}, f"point W-1: show '{'x' * 24}'… has 96 letters; 95 fit the page of the result"),
        ],
    )
    def test_each_is_a_sentence(self, more: dict[str, Any], fault: str) -> None:
        assert self.found(**more) == [fault]

    def test_two_points_of_one_id_two_steps_of_one_title_and_an_empty_step(self) -> None:
        step = Step(title="Water", points=(point("W-1"),))
        made = SelfAssessment(edition="1", steps=(step, step, Step(title="Leaves", points=())))
        assert list(faults(made, STANDARD)) == [
            "steps: 'Water' stands twice",
            "points: W-1 stands twice",
            "step 'Leaves': has no point",
        ]

    def test_more_than_fits_the_page(self) -> None:
        many = tuple(point(f"W-{n}") for n in range(MOST_POINTS + 1))
        made = SelfAssessment(edition="1", steps=(Step(title="Water", points=many),))
        assert list(faults(made, STANDARD)) == [
            f"points: {MOST_POINTS + 1} of them; {MOST_POINTS} fit the page of the result"
        ]
        none = SelfAssessment(edition="1", steps=())
        assert list(faults(none, STANDARD)) == ["steps: 0 of them; 1 to 8 fit the page of the result"]

    def test_a_claim_to_conform_to_guidance(self) -> None:
        step = Step(title="Water", points=(point("W-1", ask="Are you certified to ISO 10002?"),))
        made = SelfAssessment(edition="1", steps=(step,))
        [fault] = faults(made, STANDARD, ("ISO 10002:2018",))
        assert fault.startswith("point W-1: ask claims conformity to guidance")
        assert list(faults(made, STANDARD)) == []


class TestAdvice:
    """ISO/IEC 17021-1:2015, 5.2.5: who says how to build it may not certify it."""

    @pytest.mark.parametrize(
        "words",
        [
            "You should introduce a register.",
            "Set up a hotline.",
            "a policy. Buy a tool for it",
            "The organization needs to appoint a representative.",
            "We recommend a monthly report.",
            "There should be a log.",
            "Consider a survey.",
            "Is it best practice?",
            "Implement ISO 10004.",
        ],
    )
    def test_it_is_seen(self, words: str) -> None:
        assert advice(words)
        [fault] = TestFaults().found(show=words)
        assert fault.startswith("point W-1: show reads as advice (")

    @pytest.mark.parametrize(
        "words",
        [
            "Is there a register, and who keeps it?",
            "the policy, with its date and the name of who laid it down",
            "Are customers told how to complain?",
            "Was the process set up with other processes in mind?",
            "records of training; the words of the person who joined last",
        ],
    )
    def test_a_question_and_what_shows_it_are_none(self, words: str) -> None:
        assert advice(words) == ""

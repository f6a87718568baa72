"""self-assessment.toml: a file that a scheme may have, read strictly; and the one that ships for ISO 10002."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from certbody import resources
from certbody.domain.self_assessment import SelfAssessment, advice
from certbody.domain.standard import Standard
from certbody.errors import BadData, NotFound
from tests.test_resources import folder

POINTS = """
    edition = "1"
    [[steps]]
    title = "Doing"
    [[steps.points]]
    id = "D-1"
    title = "Done"
    ask = "Is it done?"
    show = "the record of it"
    core = true
    clauses = ["1.1"]
"""
NAME = "self-assessment"


def made(tmp_path: Path, content: str | None = POINTS) -> Path:
    """A standard's folder with that file, or without one."""
    return folder(tmp_path, **({} if content is None else {NAME: content}))


def faults(tmp_path: Path, content: str) -> list[str]:
    with pytest.raises(BadData) as caught:
        resources.self_assessment(made(tmp_path, content))
    return list(caught.value.particulars)


class TestTheFile:
    def test_a_sound_one_loads(self, tmp_path: Path) -> None:
        found = resources.self_assessment(made(tmp_path))
        assert (found.edition, [point.id for point in found.points], found.points[0].core) == ("1", ["D-1"], True)

    def test_a_scheme_without_one_says_so_and_what_there_is_instead(self, tmp_path: Path) -> None:
        with pytest.raises(NotFound) as caught:
            resources.self_assessment(made(tmp_path, None))
        assert caught.value.headline == (
            "The scheme acme1 has no self-assessment: there is no acme1/self-assessment.toml."
        ).replace("acme1/", f"{tmp_path.name}/acme1/")
        assert "certbody application form acme1" in caught.value.next

    def test_every_fault_is_named_with_its_place(self, tmp_path: Path) -> None:
        wrong = dedent(POINTS).replace('show = "the record of it"\n', 'shown = "the record of it"\n')
        wrong = wrong.replace('clauses = ["1.1"]', "clauses = [1.1]")
        found = faults(tmp_path, wrong)
        assert len(found) == 3
        place = f"{tmp_path.name}/acme1/self-assessment.toml: "
        assert f"{place}required field missing @ steps[0].points[0].show" in found
        assert f"{place}unknown field shown @ steps[0].points[0]" in found
        assert f"{place}1.1 is float, where str belongs @ steps[0].points[0].clauses[0]" in found

    def test_what_belongs_to_nothing_of_the_standard_is_named(self, tmp_path: Path) -> None:
        [fault] = faults(tmp_path, POINTS.replace('["1.1"]', '["7.7"]'))
        assert fault.endswith("acme1/self-assessment.toml: point D-1: there is no clause 7.7")

    def test_advice_is_refused_in_any_schemes_file(self, tmp_path: Path) -> None:
        [fault] = faults(tmp_path, POINTS.replace("the record of it", "Set up a log."))
        assert "point D-1: show reads as advice ('Set up')" in fault

    def test_a_file_that_is_no_toml_is_one_sentence(self, tmp_path: Path) -> None:
        [fault] = faults(tmp_path, "edition = \n")
        assert "self-assessment.toml: no TOML: " in fault


@pytest.fixture(scope="module")
def standard() -> Standard:
    return resources.standard(resources.shipped("iso10002"))


@pytest.fixture(scope="module")
def shipped() -> SelfAssessment:
    return resources.self_assessment(resources.shipped("iso10002"))


class TestWhatShipsForComplaintsHandling:
    """Six steps; each point asks one thing, and none says how to get there."""

    def test_the_six_steps_with_four_to_six_points_each(self, shipped: SelfAssessment) -> None:
        assert [(step.title, len(step.points)) for step in shipped.steps] == [
            ("Policy", 6),
            ("Accessible process", 5),
            ("Training", 5),
            ("Tracking and resolution", 6),
            ("Feedback analysis", 4),
            ("Improvement from insights", 5),
        ]

    def test_records_of_three_months_one_audit_and_one_review_are_core(
        self, shipped: SelfAssessment, standard: Standard
    ) -> None:
        core = {number for point in shipped.points if point.core for number in point.requirements}
        readiness = {each.number for each in standard.requirements if each.title.startswith("Readiness: ")}
        assert readiness == {"S8.1.3", "S8.5.3", "S8.6.3"}
        assert readiness <= core

    def test_each_point_names_a_requirement_that_grew_from_its_clause(
        self, shipped: SelfAssessment, standard: Standard
    ) -> None:
        for point in shipped.points:
            grown = {clause for n in point.requirements if (r := standard.requirement(n)) for clause in r.clauses}
            assert point.requirements, point.id
            assert set(point.clauses) <= grown, point.id

    def test_no_word_of_it_advises(self, shipped: SelfAssessment) -> None:
        for point in shipped.points:
            for said in (point.title, point.ask, point.show):
                assert advice(said) == "", point.id
                assert not re.search(r"\b(?:should|must|shall|best|recommend|software|tool|template)\w*\b", said), (
                    point.id
                )

    def test_the_questions_are_not_those_of_the_audit(self, shipped: SelfAssessment, standard: Standard) -> None:
        asked = {item.ask for item in standard.all_items()}
        assert not asked & {point.ask for point in shipped.points}

"""The result of a self-assessment: one page that says what is missing, and nothing of how to get there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables import self_assessment_result
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.filled_self_assessment import LONGEST
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.body import Body
from certbody.domain.claims import conformity_claims
from certbody.domain.self_assessment import RULE, STEP_RULE, Answer, Reply, SelfAssessment, Statement, advice
from certbody.errors import BadData
from tests.deliverables import assessed
from tests.deliverables.assessed import NO, NOT_APPLICABLE, PARTLY, YES, statement
from tests.deliverables.workbooks import HOSTILE, needs_libreoffice

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
FOUND = self_assessment_result.DELIVERABLE


def page(said: Statement, **more: Any) -> str:
    view = attrs.evolve(assessed.showing(statement=said, workbook="4f3a9c21"), **more)
    return document_text(document(view))


def document(view: Showing) -> bytes:
    return fill_document(resources.template(FOUND.template), FOUND.fields(view), at=AT)


MIXED = statement(YES, PARTLY, YES, None, NOT_APPLICABLE, YES)


class TestThePage:
    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("self-assessment-result", page(statement(YES, PARTLY, YES, None, NOT_APPLICABLE, NO)))

    def test_template_and_fields_agree(self) -> None:
        asked = placeholders(resources.template(FOUND.template))
        unknown, unused = unknown_and_unused(asked, FOUND.fields(assessed.showing(statement=MIXED)))
        assert unknown == set()
        assert {path for path in unused if not path.startswith(("document.", "body."))} == set()

    def test_it_names_organization_person_day_criteria_and_workbook(self) -> None:
        said = page(MIXED)
        assert "Nordwind Telecom Ltd" in said
        assert "Answered by Greta Holm on 29\u00a0June\u00a02026" in said
        assert "under S-10002, issue 1 of 2026-01-05 (based on ISO 10002:2018); questions edition 1" in said
        assert "iso10002 4f3a9c21" in said

    def test_each_step_has_a_mark_and_a_word(self) -> None:
        said = page(statement(YES, YES, YES, NO, YES, NO))
        assert "1  Policy\n●●  ready | Can be shown: Leadership; Somebody in charge." in said
        assert "2  Tracking\n●○  nearly | Can be shown: *Three months of records; At weekends, too." in said
        assert "3  Insights\n○○  not yet | Missing: *One internal audit (the report)." in said

    def test_what_is_there_in_part_left_open_or_said_not_to_apply_is_told_apart(self) -> None:
        said = page(MIXED)
        assert "In part: Somebody in charge (the appointment)." in said
        assert "Not answered: Acknowledged." in said
        assert "Said not to apply: At weekends, too." in said
        assert "Missing: " not in said

    def test_open_points_are_counted_and_hide_nothing(self) -> None:
        assert "1 of 3 steps is ready. 3 of 5 points that apply can be shown; 1 was left open" in page(MIXED)
        assert "left open and count" not in page(statement(YES, YES, YES, YES, YES, YES))

    def test_the_rule_stands_on_it(self) -> None:
        assert STEP_RULE in page(MIXED)
        assert RULE in page(MIXED)

    @pytest.mark.parametrize(
        ("answers", "result", "after"),
        [
            ((YES,) * 6, "Ready to apply. 3 of 3", "comes to its own view."),
            (
                (YES, PARTLY, YES, YES, YES, YES),
                "Can apply; these points will be asked at stage 1.",
                "asks for what is",
            ),
            ((YES, YES, NO, YES, YES, YES), "Not yet. 2 of 3", "You may apply at any time all the same"),
        ],
    )
    def test_it_says_the_result_and_what_happens_next(self, answers: Any, result: str, after: str) -> None:
        said = page(statement(*answers))
        assert result in said
        assert after in said
        assert said.count("What happens next") == 1

    def test_it_says_that_it_is_their_own_word_promises_nothing_and_is_not_on_record(self) -> None:
        said = page(MIXED)
        assert "repeats what the organization says of itself. It is no audit result" in said
        assert "promises nothing about an audit or a decision, and nothing of it is on record" in said
        assert "record head none, not on record" in said
        assert "5.2.5" in said

    def test_it_gives_no_advice_and_claims_no_conformity(self) -> None:
        said = page(statement(*(NO,) * 6))
        points, _, _ = said.partition("What happens next")
        assert points.count("Missing: ") == 6
        assert [line for line in points.splitlines() if advice(line)] == []
        assert conformity_claims(said, ("ISO 10002:2018", "ISO 10002")) == []

    def test_remarks_do_not_stand_on_it(self) -> None:
        replies = {**MIXED.replies, "P-1": Reply(answer=YES, remark="In the safe of Mr Nobody")}
        assert "Nobody" not in page(attrs.evolve(MIXED, replies=replies))

    def test_part_of_an_organization_is_named_where_it_is_one(self) -> None:
        assert "About: The contact centre. Answered by" in page(attrs.evolve(MIXED, about="The contact centre"))
        assert "About: " not in page(MIXED)

    def test_without_an_office_it_names_no_body(self) -> None:
        said = page(MIXED, body=Body(journal="body"), head="")
        assert "(no certification body named)" in said
        assert "under S-10002 (based on ISO 10002:2018)" in said

    def test_a_hostile_name_is_printed_as_it_is(self) -> None:
        assert HOSTILE in page(attrs.evolve(MIXED, organization=HOSTILE))

    def test_of_nothing_there_is_none(self) -> None:
        with pytest.raises(BadData, match="made from one that was filled in"):
            FOUND.fields(assessed.showing())


def shipped() -> SelfAssessment:
    return resources.self_assessment(resources.shipped("iso10002"))


def long_statement(answer: Answer | None) -> Statement:
    """Every point answered alike, and every line about the organization as long as the form takes it."""
    words = {key: ("Wholesale " * 20)[:most].strip() for key, most in LONGEST.items()}
    return Statement(
        organization=words["name"],
        about=words["about"],
        by=words["by"],
        on=date(2026, 6, 29),
        replies={point.id: Reply(answer=answer) for point in shipped().points},
    )


@needs_libreoffice
@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo is not installed")
def test_it_is_one_page_on_a4_and_on_letter_whatever_was_answered(tmp_path: Path) -> None:
    from certbody.deliverables.dressing import Look, dressed

    template, standard = resources.template(FOUND.template), resources.standard(resources.shipped("iso10002"))
    letter = dressed(template, Look(paper="Letter"))
    for answer in (YES, PARTLY, NO, None):
        view = assessed.showing(assessment=shipped(), statement=long_statement(answer), workbook="4f3a9c21")
        fields = FOUND.fields(attrs.evolve(view, standard=standard))
        for paper, data in (("a4", template), ("letter", letter)):
            (tmp_path / f"{paper}-{answer}.docx").write_bytes(fill_document(data, fields, at=AT))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = sorted(tmp_path.glob("*.docx"))
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, made)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = {
        each.stem: subprocess.run(["pdfinfo", str(each)], capture_output=True, text=True, check=True).stdout
        for each in tmp_path.glob("*.pdf")
    }
    assert len(pages) == 8
    assert {name for name, said in pages.items() if "Pages:           1\n" not in said} == set()
    assert all(("letter" in said) is name.startswith("letter") for name, said in pages.items())

"""The readiness self-assessment: filled in as a person would, read back; and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from openpyxl import load_workbook

from certbody.deliverables import application_form, checklist, response
from certbody.deliverables.filled_application import application_in
from certbody.deliverables.filled_self_assessment import read_self_assessment, scheme_of, self_assessment_in
from certbody.deliverables.reading import read_cells
from certbody.domain.dossier import Dossier
from certbody.domain.self_assessment import Reply, Statement
from certbody.errors import BadData
from tests.deliverables import example
from tests.deliverables.assessed import ASSESSMENT, NO, NOT_APPLICABLE, PARTLY, YES, blank
from tests.deliverables.workbooks import (
    HOSTILE,
    answer,
    changed,
    enter,
    libreoffice,
    made,
    moved,
    needs_libreoffice,
    put,
    reordered,
    without,
)

Step = Callable[[Any], None]
ON = date(2026, 6, 30)
REMARK = "where_it_is_or_why_it_does_not_apply"
POINTS = "Self-assessment"


def said(row: int, answered: Any, remark: Any = None) -> Step:
    """Answer the point of a row, counted from 1."""
    return enter(POINTS, row, answer=answered, **{REMARK: remark})


def read(data: bytes, name: str = "self.xlsx", on: date = ON) -> Statement:
    """As `read_self_assessment` reads it, but in this process: the reading itself has its own tests."""
    return self_assessment_in(read_cells(data, name), ASSESSMENT, standard="iso10002", on=on)


def filled(*more: Step) -> bytes:
    """Five of the six points answered."""
    return changed(
        blank(),
        answer(
            "Organization",
            name="Nordwind Telecom Ltd",
            about="The contact centre,\nwithout the shops",
            by="Greta Holm",
            on=date(2026, 6, 29),
        ),
        said(1, "yes, and it can be shown", "Minutes, folder 4"),
        said(2, "Partly ", HOSTILE),
        said(3, "YES, and it  can be shown"),
        said(5, "does not apply", "Nobody calls at weekends."),
        said(6, "no"),
        *more,
    )


class TestRoundTrip:
    def test_what_was_typed_comes_back_and_what_was_left_open_is_open(self) -> None:
        assert read(filled()) == Statement(
            organization="Nordwind Telecom Ltd",
            about="The contact centre,\nwithout the shops",
            by="Greta Holm",
            on=date(2026, 6, 29),
            replies={
                "P-1": Reply(answer=YES, remark="Minutes, folder 4"),
                "P-2": Reply(answer=PARTLY, remark=HOSTILE),
                "T-1": Reply(answer=YES),
                "T-2": Reply(),
                "T-3": Reply(answer=NOT_APPLICABLE, remark="Nobody calls at weekends."),
                "I-1": Reply(answer=NO),
            },
        )

    def test_through_gate_and_child_it_reads_the_same(self) -> None:
        assert read_self_assessment(filled(), "self.xlsx", ASSESSMENT, standard="iso10002", on=ON) == read(filled())

    def test_sorting_and_moving_columns_changes_nothing(self) -> None:
        steps = (
            reordered(POINTS, lambda row: str(row[0])[::-1]),
            moved(POINTS, lambda columns: columns[::-1]),
        )
        assert read(filled(*steps)) == read(filled())

    def test_filled_in_where_it_is_tomorrow_already_it_is_read(self) -> None:
        assert read(filled(), on=date(2026, 6, 28)).on == date(2026, 6, 29)

    @needs_libreoffice
    def test_libreoffice_opens_it_saves_it_and_it_reads_the_same(self, tmp_path: Path) -> None:
        with libreoffice(tmp_path) as convert:
            again = convert(filled(), "xlsx")
        assert read_self_assessment(again, "self.xlsx", ASSESSMENT, standard="iso10002", on=ON) == read(filled())

    @needs_libreoffice
    def test_it_counts_what_is_answered_and_which_core_points_are_open(self, tmp_path: Path) -> None:
        with libreoffice(tmp_path) as convert:
            for data, counts in ((blank(), ("0 of 6", 2)), (filled(), ("5 of 6", 0))):
                sheet = load_workbook(io.BytesIO(convert(data, "xlsx")), data_only=True)[POINTS]
                assert (sheet["I2"].value, sheet["I3"].value) == counts


FAULTS: list[tuple[str, Step, str]] = [
    (
        "half a word",
        said(4, "Ye"),
        "'Self-assessment'!H8: 'Ye' is none of 'yes, and it can be shown', 'partly', 'no', 'does not apply'",
    ),
    (
        "a bare yes, which does not say that it can be shown",
        said(4, "yes"),
        "'Self-assessment'!H8: 'yes' is none of 'yes, and it can be shown', 'partly', 'no', 'does not apply'",
    ),
    (
        "another word for a core point",
        said(3, "Ye"),
        "'Self-assessment'!H7: 'Ye' is none of 'yes, and it can be shown', 'partly', 'no'",
    ),
    (
        "a core point that is said not to apply",
        said(3, "does not apply", "We are small."),
        "'Self-assessment'!H7: says 'does not apply', and 'Three months of records' is a core point, which always",
    ),
    (
        "not applicable without a reason",
        said(5, "does not apply", "  "),
        "'Self-assessment'!I9: is empty; say why 'At weekends, too' does not apply",
    ),
    ("a formula for an answer", put(POINTS, "H8", '="no"'), "'Self-assessment'!H8: holds a formula; type the text"),
    ("a formula for a remark", put(POINTS, "I8", "=1+1"), "'Self-assessment'!I8: holds a formula; type the text"),
    ("a date for an answer", put(POINTS, "H8", date(2026, 1, 1)), "'Self-assessment'!H8: holds the date 2026-01-01"),
    (
        "a remark that no cell should hold",
        put(POINTS, "I8", "x" * 32_001),
        "'Self-assessment'!I8: has 32,001 characters; at most 32,000 fit a field",
    ),
    (
        "a line that was taken out",
        without(POINTS, 8),
        "'Self-assessment': the line 'T-2' is missing; take the workbook as it was sent",
    ),
    (
        "a line twice",
        put(POINTS, "A8", "T-1"),
        "'Self-assessment'!H8: answers 'T-1', which self.xlsx, 'Self-assessment'!H7 answers already",
    ),
    (
        "a line that is no point",
        put(POINTS, "H20", "yes, and it can be shown"),
        "'Self-assessment'!H20: stands in a line that is no point of this self-assessment",
    ),
    ("no name", answer("Organization", name=None), "Organization!C5: is empty; 'Name of the organization' needs an"),
    (
        "a name that fits no page",
        answer("Organization", name="N" * 91),
        "Organization!C5: has 91 characters; 90 fit the result",
    ),
    (
        "a day to come",
        answer("Organization", on=date(2026, 7, 2)),
        "Organization!C8: 2026-07-02 lies after 2026-06-30, the day on which it is read",
    ),
    (
        "a day in words",
        answer("Organization", on="last week"),
        "Organization!C8: 'last week' is text, not a date; format the cell as a date and type it again",
    ),
]


class TestFaults:
    """One clear sentence each with file, sheet and cell, all at once."""

    @pytest.mark.parametrize(("step", "fault"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
    def test_each_is_one_sentence_with_its_cell(self, step: Step, fault: str) -> None:
        with pytest.raises(BadData) as refused:
            read(filled(step))
        assert refused.value.headline == "self.xlsx cannot be taken over; nothing was written."
        assert [line for line in refused.value.particulars if line.startswith(f"self.xlsx, {fault}")]
        assert len(refused.value.particulars) <= 2

    def test_several_are_told_at_once(self) -> None:
        with pytest.raises(BadData) as refused:
            read(filled(said(1, "Ye"), said(6, "maybe"), answer("Organization", by=None)))
        assert len(refused.value.particulars) == 3

    def test_a_workbook_that_answers_nothing(self) -> None:
        typed = answer("Organization", name="Nordwind", by="Greta Holm", on=date(2026, 6, 29))
        with pytest.raises(
            BadData, match=r"^self.xlsx answers nothing: every point of the sheet Self-assessment is open"
        ):
            read(changed(blank(), typed))

    def test_the_one_of_another_scheme(self) -> None:
        with pytest.raises(BadData, match=r"^self.xlsx is the self-assessment for iso10002, not for teahouse\.$"):
            self_assessment_in(read_cells(filled(), "self.xlsx"), ASSESSMENT, standard="teahouse", on=ON)

    def test_an_older_edition_of_the_questions(self) -> None:
        [policy, *rest] = ASSESSMENT.steps
        fewer = attrs.evolve(ASSESSMENT, edition="2", steps=(attrs.evolve(policy, points=policy.points[:1]), *rest))
        with pytest.raises(BadData) as refused:
            self_assessment_in(read_cells(filled(), "self.xlsx"), fewer, standard="iso10002", on=ON)
        assert refused.value.headline.startswith(
            "self.xlsx holds the questions of edition 1; edition 2 is in use. Answers belong to the questions"
        )
        assert refused.value.next == "certbody standard self-assessment iso10002, and fill in that one"

    def test_questions_that_were_changed_without_a_new_edition_are_told_too(self) -> None:
        other = attrs.evolve(ASSESSMENT, steps=ASSESSMENT.steps[:2])
        with pytest.raises(BadData, match=r"holds the questions of edition 1, which has changed since\."):
            self_assessment_in(read_cells(filled(), "self.xlsx"), other, standard="iso10002", on=ON)

    def test_an_edition_without_other_questions_is_read(self) -> None:
        later = attrs.evolve(ASSESSMENT, edition="1.1")
        assert self_assessment_in(read_cells(filled()), later, standard="iso10002", on=ON) == read(filled())

    def test_other_forms_in_its_place(self) -> None:
        form = made(application_form.APPLICATION_FORM, example.showing(dossier=Dossier()))
        list_ = made(checklist.CHECKLIST, example.showing(example.STAGE_2))
        answers = made(response.RESPONSE, example.showing("finding-AK-1"))
        for data, called in ((form, "an application form"), (list_, "a checklist"), (answers, "a response form")):
            with pytest.raises(BadData, match=rf"^x.xlsx is {called}, where a self-assessment belongs\.$"):
                scheme_of(read_cells(data, "x.xlsx"))

    def test_it_in_the_place_of_an_application_form(self) -> None:
        with pytest.raises(BadData, match=r"^x.xlsx is a self-assessment, where an application form belongs\.$"):
            application_in(read_cells(filled(), "x.xlsx"))

    def test_a_workbook_whose_hidden_sheet_was_changed_contradicts_itself(self) -> None:
        with pytest.raises(BadData, match="contradicts itself: its properties say standard 'iso10002'"):
            read(filled(put("certbody", "B2", "teahouse")))


class TestTheCells:
    def test_a_core_point_offers_no_way_out(self) -> None:
        sheet = load_workbook(io.BytesIO(blank()))[POINTS]
        offered = {sheet.cell(row, 1).value: sheet.cell(row, 10).value for row in range(5, 11)}
        assert offered == {"P-1": 4, "P-2": 4, "T-1": 3, "T-2": 4, "T-3": 4, "I-1": 3}
        [check] = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
        assert check.formula1 == "OFFSET(answers,0,0,$J5,1)"
        assert str(check.sqref) == "H5:H10"

    def test_without_requirements_a_point_names_its_clause(self) -> None:
        sheet = load_workbook(io.BytesIO(blank()))[POINTS]
        assert [sheet.cell(row, 6).value for row in (5, 6)] == ["S5.2.1", "5.2"]

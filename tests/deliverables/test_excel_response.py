"""The response form of a nonconformity: filled in as a person would, read back; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from certbody.deliverables import checklist, response
from certbody.deliverables.reading import read_cells
from certbody.deliverables.response import ResponseForm, read_response, response_in
from certbody.domain.nonconformity import ResponseReview
from certbody.errors import BadData
from tests.deliverables import example
from tests.deliverables.workbooks import (
    HOSTILE,
    answer,
    changed,
    libreoffice,
    made,
    moved,
    needs_libreoffice,
    put,
    reordered,
)

Step = Callable[[Any], None]
SAID = ResponseForm(
    number="2026-014/BF-1",
    by="Ines Okoro",
    extent="Two further shops,\nboth outside of the scope.",
    correction=HOSTILE,
    correction_done_on=date(2026, 4, 20),
    cause="Fitting out of shops has no step for notices.",
    corrective_action="- a step in the list for fitting out",
    owner="Henrik Lund",
    due_on=date(2026, 6, 5),
    evidence="x" * 32_000,
)


def blank(finding: str = "finding-BF-1", **more: Any) -> bytes:
    """The form as it goes out, before there is any answer."""
    dossier = example.without(example.dossier(), responses=(), response_reviews=())
    return made(response.RESPONSE, example.showing(finding, **{"dossier": dossier, **more}))


def read(data: bytes, name: str = "response.xlsx") -> ResponseForm:
    """As `read_response` reads it, but in this process: the reading itself has its own tests."""
    return response_in(read_cells(data, name))


def filled(*more: Step) -> bytes:
    """The form with all of `SAID`."""
    typed = {key: value for key, value in attrs.asdict(SAID).items() if key != "number" and value}
    return changed(blank(), answer("Response", **typed), *more)


class TestRoundTrip:
    """ISO/IEC 17021-1:2015, 9.4.9."""

    def test_what_was_typed_comes_back(self) -> None:
        assert read(filled()) == SAID

    def test_through_gate_and_child_it_reads_the_same(self) -> None:
        assert read_response(filled(), "response.xlsx") == SAID

    def test_sorting_and_moving_columns_changes_nothing(self) -> None:
        steps = (
            reordered("Response", lambda row: str(row[0])[::-1]),
            moved("Response", lambda columns: columns[::-1]),
        )
        assert read(filled(*steps)) == SAID

    def test_an_answer_that_was_sent_back_stands_in_it_with_the_reason(self) -> None:
        rejected = ResponseReview(
            id="sent-back",
            finding="finding-BF-1",
            response="response-BF-1",
            reviewed_on=date(2026, 5, 20),
            by="P-01",
            accepted=False,
            reason="The cause is not yet the cause.",
        )
        dossier = example.dossier().having({"response_reviews": [rejected]})
        data = blank(dossier=dossier)
        shown = read_cells(data).sheets["Response"]
        assert "The cause is not yet the cause." in {cell.value for row in shown.rows.values() for cell in row.values()}
        before = dossier.responses["response-BF-1"]
        assert (read(data).cause, read(data).by, read(data).due_on) == (before.cause, before.by, before.due_on)

    def test_the_nonconformity_stands_above(self) -> None:
        nonconformity = response.fields(example.showing("finding-AK-1"))["nonconformity"]
        assert nonconformity["number"] == "2026-014/AK-1"
        assert nonconformity["requirement"].startswith("S7.4.1 of S-10002, issue 1 of 2026-01-05: Receipt shall be")
        assert nonconformity["due_on"] == date(2026, 5, 16)
        assert nonconformity["sent_back"] == ""

    @needs_libreoffice
    def test_libreoffice_opens_it_saves_it_and_it_reads_the_same(self, tmp_path: Path) -> None:
        with libreoffice(tmp_path) as convert:
            assert read_response(convert(filled(), "xlsx"), "response.xlsx") == SAID


class TestFaults:
    """Issue, Bad input: one clear sentence each with file, sheet and cell."""

    @pytest.mark.parametrize(
        ("step", "said"),
        [
            (
                answer("Response", correction_done_on="20/4/2026"),
                ": '20/4/2026' is text, not a date; format the cell as a date and type it again",
            ),
            (answer("Response", due_on=True), ": holds the bool TRUE, where a date belongs"),
            (answer("Response", by=None), ": is empty; 'Answered by' needs an answer"),
            (answer("Response", owner="Henrik\nLund"), ": has a line break or tab at position 7, where one line"),
            (answer("Response", cause="x" * 32_001), ": has 32,001 characters; at most 32,000 fit a field"),
        ],
    )
    def test_each_is_one_sentence_with_its_cell(self, step: Step, said: str) -> None:
        with pytest.raises(BadData) as refused:
            read(filled(step))
        assert refused.value.headline == "response.xlsx cannot be taken over; nothing was recorded."
        [only] = refused.value.particulars
        assert only.startswith("response.xlsx, Response!C")
        assert said in only

    def test_a_formula_where_text_belongs(self) -> None:
        cell = next(number for number, row in read_cells(filled()).sheets["Response"].rows.items() if _is(row, "cause"))
        with pytest.raises(BadData) as refused:
            read(filled(put("Response", f"C{cell}", "=SUM(1,2)")))
        assert refused.value.particulars == (f"response.xlsx, Response!C{cell}: holds a formula; type the text itself",)

    def test_a_form_that_answers_nothing(self) -> None:
        with pytest.raises(BadData, match=r"^response.xlsx answers nothing: extent, correction"):
            read(changed(blank(), answer("Response", by="Ines Okoro")))

    def test_what_is_not_yet_answered_is_for_the_rules_to_say(self) -> None:
        form = read(changed(blank(), answer("Response", by="Ines Okoro", extent="None.")))
        assert (form.extent, form.cause, form.due_on) == ("None.", "", None)

    def test_another_form(self) -> None:
        data = made(checklist.CHECKLIST, example.showing(example.STAGE_2))
        with pytest.raises(BadData, match=r"^x.xlsx is a checklist, where a response form belongs\.$"):
            read(data, "x.xlsx")

    @pytest.mark.parametrize("finding", ["finding-AK-3", "finding-AK-4", "concern-1"])
    def test_there_is_none_for_what_needs_no_answer(self, finding: str) -> None:
        with pytest.raises(BadData, match="it needs no response"):
            blank(finding)


def _is(row: Any, key: str) -> bool:
    return "A" in row and row["A"].value == key

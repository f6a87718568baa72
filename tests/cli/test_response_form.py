"""The response form and the register: written by the office, filled in by a client, read back whole or not at all."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.nordwind import MAJOR, MINOR, Case, at_closing

ANSWER = {
    "extent": "All cases of March looked at; the shop has none.\nTwo other sites have no weekend desk.",
    "correction": "The complainants were written to <by hand> & called.",
    "correction_done_on": "2026-05-04",
    "cause": "The rota was made for letters, and nobody reviewed it when chat was added.",
    "corrective_action": "=a weekend rota with two handlers",
    "owner": "Henrik Lund",
    "due_on": "2026-06-05",
    "evidence": "Rota, letters",
    "by": "Ines Okoro",
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def form(case: Case, number: str, **answers: str) -> Path:
    """The form of a nonconformity as the client sends it back."""
    made = case.data("nc", "form", number, "--out", str(case.papers), by="AK", on="2026-04-16")
    path = Path(made["file"])
    book = openpyxl.load_workbook(path)
    sheet = book["Response"]
    lines = {row[0].value: row[2] for row in sheet.iter_rows() if row[0].value}
    for key, said in {**ANSWER, **answers}.items():
        if key.endswith("_on") and said[:1].isdigit():
            lines[key].value = date.fromisoformat(said)
        else:
            lines[key].value, lines[key].data_type = said, "s"
    book.save(path)
    return path


def respond(number: str, path: Path) -> tuple[str, ...]:
    return ("nc", "respond", number, str(path))


class TestForm:
    """ISO/IEC 17021-1:2015, 9.4.9."""

    def test_the_form_that_goes_out_is_kept_as_issued(self, case: Case) -> None:
        made = case.data("nc", "form", MAJOR, "--out", str(case.papers), by="AK", on="2026-04-16")
        path = Path(made["file"])
        assert path.name == "response-2026-014-AK-1.xlsx"
        [document] = [each for each in case.office.dossier("C-0001").documents.values() if each.kind == "response"]
        assert document.sha256 == sha256(path.read_bytes()).hexdigest()

    def test_the_answer_comes_back_as_it_was_written_and_the_form_is_kept(self, case: Case) -> None:
        path = form(case, MAJOR)
        made: dict[str, Any] = case.data(*respond(MAJOR, path), by="AK", on="2026-05-11")
        assert {key: made[key] for key in ANSWER} == ANSWER
        assert made["form"] == sha256(path.read_bytes()).hexdigest()
        assert case.office.store.open_file(made["form"]) == path.read_bytes()
        assert case.data("nc", "show", MAJOR, on="2026-05-11")["stage"] == "response to be reviewed"

    def test_the_form_of_another_nonconformity_is_refused(self, case: Case) -> None:
        path = form(case, MINOR)
        said = case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11", code=1)
        assert f"{path.name} is the response form of {MINOR}, not of {MAJOR}." in said
        case.done(*respond(MINOR, path), by="AK", on="2026-05-11")

    def test_an_incomplete_answer_is_refused_and_keeps_nothing(self, case: Case) -> None:
        path = form(case, MAJOR, cause="", owner="")
        assert "lacks cause, owner" in case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11")

    def test_a_date_in_words_names_its_cell(self, case: Case) -> None:
        path = form(case, MAJOR, due_on="soon")
        said = case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11", code=1)
        assert f"{path.name}, Response!C24" in said

    @pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 cut off", b"%PDF-1.4"])
    def test_what_is_no_workbook_changes_nothing(self, case: Case, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "answer.xlsx"
        path.write_bytes(data)
        assert "answer.xlsx" in case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11", code=1)

    def test_a_foreign_workbook_is_no_form_of_ours(self, case: Case, tmp_path: Path) -> None:
        path = tmp_path / "answer.xlsx"
        openpyxl.Workbook().save(path)
        said = case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11", code=1)
        assert "is no response form made by certbody" in said


class TestRegister:
    def test_it_holds_every_nonconformity_of_a_client_with_its_stage(self, case: Case) -> None:
        case.verified()
        words = ("register", "nonconformities", "C-0001", "--out", str(case.papers))
        path = Path(case.data(*words, on="2026-06-30")["file"])
        assert path.name == "register-C-0001.xlsx"
        assert self._stages(path) == {
            "2026-014/AK-1": "implementation verified",
            "2026-014/AK-2": "response accepted",
            "2026-014/BF-1": "response accepted",
        }

    def test_without_a_client_it_is_of_the_whole_office_as_it_stood_that_day(self, case: Case) -> None:
        path = Path(case.data("register", "nonconformities", "--out", str(case.papers), on="2026-05-01")["file"])
        assert path.name == "register-all.xlsx"
        assert set(self._stages(path).values()) == {"response awaited"}

    def test_a_client_that_nobody_knows_has_none(self, case: Case) -> None:
        assert "There is no client C-0404" in case.refused("register", "nonconformities", "C-0404", code=1)

    @staticmethod
    def _stages(path: Path) -> dict[str, str]:
        cells = [[cell.value for cell in row] for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows()]
        stages = ("response awaited", "response accepted", "implementation verified")
        found = {}
        for row in cells:
            number = next((each for each in row if isinstance(each, str) and each.startswith("2026-014/")), "")
            stage = next((each for each in row if each in stages), "")
            if number and stage:
                found[number] = str(stage)
        return found


class TestLetters:
    """Documents that leave the house are kept by their hash (ISO/IEC 17021-1:2015, 9.9)."""

    def test_the_review_record_and_the_decision_letter_are_issued(self, case: Case) -> None:
        case.granted()
        out = ("--out", str(case.papers))
        review = case.data("review", "report", "A-2026-001", *out, by="DP", on="2026-06-24")
        letter = case.data("decide", "letter", "D-2026-001", *out, by="DP", on="2026-06-24")
        assert Path(review["file"]).name.startswith("review-")
        assert Path(letter["file"]).name == "decision-D-2026-001.docx"
        kinds = [each.kind for each in case.office.dossier("C-0001").documents.values()]
        assert sorted(kinds) == ["decision", "review"]

    def test_there_is_no_review_record_before_a_review(self, case: Case) -> None:
        assert "has not been reviewed" in case.refused("review", "report", "A-2026-001", by="DP", code=1)

"""The response form in Word at the command line: issued, filled in, read back whole or not at all."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.nordwind import MAJOR, MINOR, Case, at_closing
from tests.deliverables.documents import changed, write

TYPED = {
    "A": "All cases of March looked at; the shop has none.\nTwo other sites have no weekend desk.",
    "B": "The complainants were written to <by hand> & called.",
    "C": "2026-05-04",
    "D": "The rota was made for letters, and nobody reviewed it when chat was added.",
    "E": "=a weekend rota with two handlers",
    "F": "Henrik Lund",
    "G": "2026-06-05",
    "I": "Rota, letters",
    "J": "Ines Okoro",
}
ANSWER = {
    "extent": TYPED["A"],
    "correction": TYPED["B"],
    "correction_done_on": "2026-05-04",
    "cause": TYPED["D"],
    "corrective_action": TYPED["E"],
    "owner": "Henrik Lund",
    "due_on": "2026-06-05",
    "done_on": None,
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


def form(case: Case, number: str, **typed: str) -> Path:
    """The form of a nonconformity as the client sends it back."""
    words = ("nc", "form", number, "--format", "docx", "--out", str(case.papers))
    path = Path(case.data(*words, by="AK", on="2026-04-16")["file"])
    path.write_bytes(changed(path.read_bytes(), write(**{**TYPED, **typed})))
    return path


def respond(number: str, path: Path) -> tuple[str, ...]:
    return ("nc", "respond", number, str(path))


class TestTheFormInWord:
    """ISO/IEC 17021-1:2015, 9.4.9."""

    def test_it_is_kept_as_issued(self, case: Case) -> None:
        words = ("nc", "form", MAJOR, "--format", "docx", "--out", str(case.papers))
        path = Path(case.data(*words, by="AK", on="2026-04-16")["file"])
        assert path.name == "response-2026-014-AK-1.docx"
        [document] = [each for each in case.office.dossier("C-0001").documents.values() if each.kind == "response"]
        assert (document.sha256, document.template) == (sha256(path.read_bytes()).hexdigest(), "T-21 r1")

    def test_the_answer_comes_back_as_it_was_written_and_the_form_is_kept(self, case: Case) -> None:
        path = form(case, MAJOR)
        made = case.data(*respond(MAJOR, path), by="AK", on="2026-05-11")
        assert {key: made.get(key) for key in ANSWER} == ANSWER
        assert case.office.store.open_file(made["form"]) == path.read_bytes()
        assert case.data("nc", "show", MAJOR, on="2026-05-11")["stage"] == "response to be reviewed"

    def test_a_name_in_capitals_is_a_word_document_too(self, case: Case) -> None:
        path = form(case, MAJOR)
        shouted = path.rename(path.with_name("ANSWER.DOCX"))
        assert case.data(*respond(MAJOR, shouted), by="AK", on="2026-05-11")["cause"] == TYPED["D"]

    def test_the_form_of_another_nonconformity_is_refused(self, case: Case) -> None:
        path = form(case, MINOR)
        said = case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11", code=1)
        assert f"{path.name} is the response form of {MINOR}, not of {MAJOR}." in said
        case.done(*respond(MINOR, path), by="AK", on="2026-05-11")

    def test_an_incomplete_answer_is_refused_by_rule_and_keeps_nothing(self, case: Case) -> None:
        path = form(case, MAJOR, D="", F="")
        assert "lacks cause, owner" in case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11")

    def test_all_wrong_lines_are_named_at_once(self, case: Case) -> None:
        path = form(case, MAJOR, C="May", G="soon", J="")
        said = case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11", code=1)
        assert f"{path.name} cannot be taken over; nothing was recorded." in said
        assert said.count(f"{path.name}, line ") == 3

    @pytest.mark.parametrize("data", [b"", b"not a document", b"PK\x03\x04 cut off", b"%PDF-1.4"])
    def test_what_is_no_document_changes_nothing(self, case: Case, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "answer.docx"
        path.write_bytes(data)
        case.refused(*respond(MAJOR, path), by="AK", on="2026-05-11", code=1)

    def test_a_document_under_the_name_of_a_workbook_is_named_for_what_it_is(self, case: Case) -> None:
        path = form(case, MAJOR)
        said = case.refused(*respond(MAJOR, path.rename(path.with_suffix(".xlsx"))), by="AK", code=1)
        assert "is no Excel workbook (.xlsx) but a Word document (.docx)" in said

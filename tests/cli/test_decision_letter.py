"""`certbody decide letter`: every decision is told to the client, in the languages that the body chose."""

from __future__ import annotations

from pathlib import Path

import pytest

from certbody.deliverables.readable import document_text
from tests.cli.nordwind import APPLICATION, Case, at_closing

NUMBER = "FC-2026-0001"
MISUSE = (
    "--ground",
    "misuse",
    "--reason",
    "The certificate stands on the boxes of telephones.",
    "--until",
    "2027-03-01",
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which a certificate was issued and then suspended."""
    folder = tmp_path_factory.mktemp("ready")
    at_closing(folder / "closing")
    case = Case.copied(folder / "closing", folder).confirmed()
    case.done("certificate", "issue", APPLICATION, "--out", str(case.papers), by="DP", on="2026-06-26")
    case.done("decide", "suspend", NUMBER, *MISUSE, by="DP", on="2026-09-01")
    return case.folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def letter(case: Case, *words: str, on: str = "2026-09-02") -> str:
    """The text of a letter that the command writes."""
    told = case.data("decide", "letter", *words, "--out", str(case.papers), by="DP", on=on)
    return document_text(Path(told["file"]).read_bytes()).replace("\u00a0", " ")


def test_in_english_where_the_body_chose_no_second_language(case: Case) -> None:
    said = letter(case, "D-2026-002")
    assert "with effect from 1 September 2026" in said
    assert "Cause to be removed by | 1 March 2027" in said
    assert "Aussetzung" not in said


def test_in_two_languages_where_the_profile_names_one_and_in_english_alone_on_request(case: Case) -> None:
    case.done("office", "profile", "second_language=de", by="CM")
    assert "Zertifizierung nach S-10002, Ausgabe 1 vom 5. Januar 2026: ausgesetzt" in letter(case, "D-2026-002")
    assert "ausgesetzt" not in letter(case, "D-2026-002", "--language", "en")


@pytest.mark.parametrize(("language", "said"), [
    ("de", "ist die Zertifizierung vorübergehend ungültig"), ("es", "queda temporalmente sin validez"),
    ("fr", "la certification est temporairement invalide"),
])  # fmt: skip
def test_in_any_language_that_ships(case: Case, language: str, said: str) -> None:
    assert said in letter(case, "D-2026-002", "--language", language)


def test_in_a_language_that_nobody_wrote_it_is_refused_and_nothing_changes(case: Case) -> None:
    said = case.refused("decide", "letter", "D-2026-002", "--language", "eo", by="DP", code=1)
    assert "no language 'eo'" in said


def test_the_bodys_own_words_take_the_place_of_those_that_ship(case: Case) -> None:
    case.done("language", "new", "de")
    file = case.folder / "templates" / "terms" / "de.toml"
    words = file.read_text(encoding="utf-8").replace("Mit freundlichen Grüßen", "Mit freundlichem Gruß aus Dublin")
    file.write_text(words, encoding="utf-8")
    assert "Mit freundlichem Gruß aus Dublin" in letter(case, "D-2026-002", "--language", "de")


def test_a_sentence_that_lost_a_gap_is_told_with_file_and_key_and_no_letter_is_issued(case: Case) -> None:
    case.done("language", "new", "de")
    file = case.folder / "templates" / "terms" / "de.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("an {email} oder", "oder"), encoding="utf-8")
    said = case.refused("decide", "letter", "D-2026-002", "--language", "de", by="DP", code=1)
    assert "templates/terms/de.toml: letter.appeal.where: {email} is left out" in said


def test_a_decision_that_was_annulled_is_told_by_the_letter_on_the_annulment_alone(case: Case) -> None:
    case.done("decide", "annul", "D-2026-002", "--reason", "Another client was meant.", by="GA", on="2026-09-04")
    answer = case.refused("decide", "letter", "D-2026-002", by="DP", on="2026-09-05", code=1)
    assert "D-2026-002 was annulled on 2026-09-04." in answer
    assert "certbody decide letter D-2026-002 --annulment" in answer
    said = letter(case, "D-2026-002", "--annulment", on="2026-09-05")
    assert "annulled decision D-2026-002 of 1 September 2026" in said
    assert "Another client was meant." in said
    assert "Gil Amsel" in said


def test_there_is_no_letter_on_an_annulment_of_what_stands(case: Case) -> None:
    assert "D-2026-002 is not annulled." in case.refused(
        "decide", "letter", "D-2026-002", "--annulment", by="DP", code=1
    )


def test_what_was_issued_is_kept_as_a_document_of_its_kind(case: Case) -> None:
    letter(case, "D-2026-002", "--language", "de")
    issued = [each for each in case.office.dossier("C-0001").documents.values() if each.number == "D-2026-002"]
    assert [(each.kind, each.template) for each in issued] == [("decision", "T-22 r1")]
    assert case.office.store.open_file(issued[0].sha256) == (case.papers / issued[0].name).read_bytes()


def test_an_objection_that_stands_blocks_it_in_two_languages_as_in_one(case: Case) -> None:
    tie = ("person", "interest", "DP", "--client", "C-0001", "--kind", "consultancy", "--until", "2026-03-01")
    case.done(*tie, "--source", "told by the client", by="CM")
    for words in ((), ("--language", "de")):
        said = case.refused("decide", "letter", "D-2026-002", *words, by="CM")
        assert "Not issued" in said

"""Languages of documents: listed, begun from English, translated, checked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.nordwind import APPLICATION, Case, at_closing


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def terms(case: Case, code: str = "it") -> Path:
    return case.folder / "templates" / "terms" / f"{code}.toml"


def sentences(case: Case, code: str = "it") -> Path:
    return case.folder / "standards" / "iso10002" / f"wording.{code}.toml"


def change(path: Path, old: str, new: str) -> None:
    said = path.read_text(encoding="utf-8")
    assert old in said
    path.write_text(said.replace(old, new, 1), encoding="utf-8")


class TestList:
    def test_those_that_ship_are_there_with_their_schemes(self, case: Case) -> None:
        found = {each["code"]: each for each in case.data("language", "list")}
        assert {code: each["name"] for code, each in found.items()} == {
            "de": "Deutsch", "en": "English", "es": "Español", "fr": "Français",
        }  # fmt: skip
        assert "iso10002" in found["de"]["schemes"]
        assert not any(each["faults"] or each["own"] for each in found.values())

    def test_one_of_the_bodys_own_is_there_with_its_faults(self, case: Case) -> None:
        case.done("language", "new", "it")
        assert re.search(r"it +- +your own words +1 faults: certbody language check it", case.done("language", "list"))


class TestNew:
    def test_files_in_english_are_written_that_wait_for_a_name_and_a_translation(self, case: Case) -> None:
        said = case.done("language", "new", "it", "--standard", "iso10002")
        assert str(terms(case)) in said
        assert str(sentences(case)) in said
        answer = case.refused("language", "check", "it", code=1)
        assert "templates/terms/it.toml: name is empty: what the language calls itself" in answer
        change(terms(case), 'name = ""', 'name = "Italiano"')
        assert case.done("language", "check", "it") == "it: sound\n"

    def test_a_certificate_is_made_in_it_once_it_is_translated(self, case: Case) -> None:
        case.granted()
        case.done("language", "new", "it", "--standard", "iso10002")
        change(terms(case), 'name = ""', 'name = "Italiano"')
        change(terms(case), '"Valid from"', '"Valido dal"')
        words = ("certificate", "draft", APPLICATION, "--language", "it", "--out", str(case.papers))
        assert "certificate-A-2026-001-it-DRAFT.docx" in case.done(*words, on="2026-06-25")

    def test_of_a_language_that_ships_ones_own_words_begin_with_those(self, case: Case) -> None:
        case.done("language", "new", "de")
        assert "Gültig ab" in terms(case, "de").read_text(encoding="utf-8")
        assert case.done("language", "check", "de") == "de: sound\n"

    def test_with_a_scheme_the_terms_that_are_there_stay_as_they_are(self, case: Case) -> None:
        case.done("language", "new", "de", "--standard", "iso10002")
        assert not terms(case, "de").exists()
        assert sentences(case, "de").is_file()

    def test_what_is_there_is_never_written_over(self, case: Case) -> None:
        case.done("language", "new", "it", "--standard", "iso10002")
        change(terms(case), '"Valid from"', '"Valido dal"')
        before = terms(case).read_bytes()
        for words in (("language", "new", "it"), ("language", "new", "it", "--standard", "iso10002")):
            assert "Nothing is written" in case.refused(*words, code=1)
        assert terms(case).read_bytes() == before

    def test_english_is_begun_to_be_changed_but_is_no_second_language_of_a_scheme(self, case: Case) -> None:
        answer = case.refused("language", "new", "en", "--standard", "iso10002", code=1)
        assert "is no code of a second language" in answer
        case.done("language", "new", "en")
        change(terms(case, "en"), "Yours sincerely", "With kind regards")
        assert case.done("language", "check", "en") == "en: sound\n"

    @pytest.mark.parametrize("code", ["", "IT", "../it", "it.toml", "i", "x" * 9_000, "it\n"])
    def test_what_is_no_code_of_a_second_language_is_refused(self, case: Case, code: str) -> None:
        assert "is no code of a second language" in case.refused("language", "new", code, code=1)

    def test_a_scheme_that_nobody_supplies_is_not_found_and_nothing_is_written(self, case: Case) -> None:
        case.refused("language", "new", "it", "--standard", "iso99999", code=1)
        assert not terms(case).exists()


class TestCheck:
    def test_all_are_checked_where_none_is_named(self, case: Case) -> None:
        assert case.done("language", "check").splitlines() == ["de: sound", "en: sound", "es: sound", "fr: sound"]

    def test_every_fault_of_both_files_is_told_at_once(self, case: Case) -> None:
        case.done("language", "new", "it", "--standard", "iso10002")
        change(terms(case), "valid_until =", "valid_til =")
        change(sentences(case), "{issued}", "{emesso}")
        said = case.refused("language", "check", "it", code=1)
        for part in ("name is empty", "certificate.valid_until is missing", "did you mean certificate.valid_until?",
                     "nothing fills {emesso}", "{issued} is left out"):  # fmt: skip
            assert part in said, part

    def test_a_claim_of_conformity_to_guidance_is_told(self, case: Case) -> None:
        case.done("language", "new", "it", "--standard", "iso10002")
        change(terms(case), 'name = ""', 'name = "Italiano"')
        change(terms(case), '"Valid from"', '"Certified to ISO 10002 from"')
        assert "claims conformity to guidance" in case.refused("language", "check", "it", code=1)

    @pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"PK\x03\x04", b"#" * 300_000])
    def test_a_file_that_is_none_of_terms_is_told_and_hides_no_other(self, case: Case, data: bytes) -> None:
        terms(case).parent.mkdir(parents=True)
        terms(case).write_bytes(data)
        result = case.run("language", "check")
        assert result.exit_code == 1
        assert "templates/terms/it.toml: " in result.stderr
        assert "de: sound" in result.stdout

    def test_an_own_english_is_held_to_the_one_that_ships(self, case: Case) -> None:
        terms(case, "en").parent.mkdir(parents=True)
        shipped = Path(__file__).parents[2] / "templates" / "terms" / "en.toml"
        shutil.copy(shipped, terms(case, "en"))
        assert "en: sound" in case.done("language", "check", "en")
        change(terms(case, "en"), "scope =", "field =")
        assert "certificate.scope is missing" in case.refused("language", "check", "en", code=1)

    def test_a_language_that_nobody_wrote_is_not_found(self, case: Case) -> None:
        assert "There is no language 'it'" in case.refused("language", "check", "it", code=1)

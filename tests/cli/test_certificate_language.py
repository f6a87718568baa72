"""A certificate in a second language: chosen when it is drafted, confirmed by the client, and on record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from certbody import resources
from certbody.deliverables.readable import document_text
from tests.cli.nordwind import APPLICATION, Case, at_closing

NUMBER = "FC-2026-0001"
GERMAN = "Behandlung von Reklamationen über Mobilfunk, Festnetz und Internet, vom Eingang bis zum Abschluss"
DRAFT = ("certificate", "draft", APPLICATION)
CONFIRM = ("certificate", "confirm", APPLICATION, "--by", "Greta Holm")
ISSUE = ("certificate", "issue", APPLICATION)
IN_GERMAN = ("--language", "de")
SCOPED = (*IN_GERMAN, "--scope-in-language", GERMAN)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    closing = tmp_path_factory.mktemp("closing") / "office"
    at_closing(closing)
    return Case.copied(closing, tmp_path_factory.mktemp("granted")).granted().folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def confirmed(case: Case, *more: str, on: str = "2026-06-25") -> Any:
    return case.data(*CONFIRM, *more, by="DP", on=on)


def issued(case: Case, *more: str, on: str = "2026-06-26") -> Any:
    return case.data(*ISSUE, *more, "--out", str(case.papers), by="DP", on=on)


def text(made: Any) -> str:
    return document_text(Path(made["file"]).read_bytes())


def own_terms(case: Case, code: str, *changes: tuple[str, str]) -> Path:
    """The German terms and sentences as the office's own of another code, each text changed for another."""
    said = (resources.place("templates") / "terms" / "de.toml").read_text(encoding="utf-8")
    said = said.replace('language = "de"', f'language = "{code}"')
    for old, new in changes:
        assert old in said
        said = said.replace(old, new, 1)
    path = case.folder / "templates" / "terms" / f"{code}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(said, encoding="utf-8")
    sentences = case.folder / "standards" / "iso10002" / f"wording.{code}.toml"
    sentences.parent.mkdir(parents=True, exist_ok=True)
    sentences.write_bytes((resources.shipped("iso10002") / "wording.de.toml").read_bytes())
    return path


class TestTheChoice:
    """Asked for, else as confirmed or issued last, else the profile's."""

    def test_a_draft_in_two_languages_is_written_for_the_client_and_says_what_to_confirm(self, case: Case) -> None:
        said = case.done(*DRAFT, *SCOPED, "--out", str(case.papers), on="2026-06-25")
        assert "certificate-A-2026-001-de-DRAFT.docx" in said
        assert f"confirm {APPLICATION} --by NAME --language de --scope-in-language TEXT" in said
        shown = document_text((case.papers / "certificate-A-2026-001-de-DRAFT.docx").read_bytes())
        assert GERMAN in shown
        assert "DRAFT" in shown

    def test_it_is_issued_as_it_was_confirmed_without_being_asked_again(self, case: Case) -> None:
        assert confirmed(case, *SCOPED)["scope_translated"] == GERMAN
        made = issued(case)
        assert (made["language"], made["scope_translated"], made["revision"]) == ("de", GERMAN, 1)
        assert Path(made["file"]).name == "certificate-FC-2026-0001-r1-de.docx"
        assert GERMAN in text(made)
        assert "Gültig ab" in text(made)

    def test_without_a_word_of_a_language_it_is_in_english_alone(self, case: Case) -> None:
        confirmed(case)
        made = issued(case)
        assert "language" not in made
        assert "Gültig" not in text(made)

    def test_the_bodys_second_language_is_that_of_its_certificates(self, case: Case) -> None:
        case.done("office", "profile", "second_language=fr", by="CM")
        assert confirmed(case)["language"] == "fr"
        made = issued(case)
        assert made["language"] == "fr"
        assert "Le périmètre est certifié dans sa rédaction anglaise." in text(made)

    def test_english_alone_may_be_asked_for_all_the_same(self, case: Case) -> None:
        case.done("office", "profile", "second_language=fr", by="CM")
        assert "language" not in confirmed(case, "--language", "en")
        assert "language" not in issued(case)

    def test_issued_twice_it_is_the_same_file(self, case: Case, tmp_path: Path) -> None:
        confirmed(case, *SCOPED)
        first = issued(case)
        again = case.data(*ISSUE, "--out", str(tmp_path / "again"), by="DP", on="2026-07-01")
        assert again["issued"] is False
        assert Path(again["file"]).read_bytes() == Path(first["file"]).read_bytes()

    def test_a_confirmation_of_the_same_scope_keeps_its_translation_and_one_of_another_does_not(
        self, case: Case
    ) -> None:
        confirmed(case, *SCOPED)
        assert confirmed(case)["scope_translated"] == GERMAN
        assert "scope_translated" not in confirmed(case, "--scope", "Complaints by letter")


class TestWhatIsRefused:
    """ISO/IEC 17021-1:2015, 8.2.2 f; rules 26, 28, 29."""

    def test_a_language_that_the_client_did_not_confirm(self, case: Case) -> None:
        confirmed(case)
        before = case.bytes()
        said = case.refused(*ISSUE, *IN_GERMAN, by="DP", on="2026-06-26")
        assert "The client has confirmed no draft that is in English and in 'de'." in said
        assert f"certbody certificate confirm {APPLICATION} --language de" in said
        assert case.bytes() == before

    def test_a_scope_in_other_words_than_those_confirmed(self, case: Case) -> None:
        confirmed(case, *SCOPED)
        said = case.refused(*ISSUE, *IN_GERMAN, "--scope-in-language", "Alles", by="DP", on="2026-06-26")
        assert "The scope in 'de' is not the one that Greta Holm confirmed on 2026-06-25" in said

    def test_a_claim_of_conformity_in_the_translated_scope(self, case: Case) -> None:
        claim = (*IN_GERMAN, "--scope-in-language", "Reklamationsbehandlung, zertifiziert nach ISO 10002")
        said = case.refused(*CONFIRM, *claim, by="DP", on="2026-06-25")
        assert "The scope translated claims conformity to guidance: ‘zertifiziert nach ISO 10002’" in said

    def test_a_translated_scope_that_sounds_like_a_certified_product_asks_why(self, case: Case) -> None:
        words = (*IN_GERMAN, "--scope-in-language", "Reklamationen zu zertifizierten Produkten")
        confirmed(case, *words)
        assert "‘zertifizierten Produkten’" in case.refused(*ISSUE, by="DP", on="2026-06-26")
        assert issued(case, "--why", "The client sells tested helmets.")["revision"] == 1

    def test_a_translated_scope_in_no_language(self, case: Case) -> None:
        said = case.refused(*CONFIRM, "--scope-in-language", GERMAN, by="DP", on="2026-06-25", code=1)
        assert "In which language is the scope translated?" in said

    @pytest.mark.parametrize("code", ["it", "DE", "german", "../de", "de/../de", "d\u00e9", "x" * 5_000])
    def test_a_language_that_nobody_wrote(self, case: Case, code: str) -> None:
        before = case.bytes()
        said = case.refused(*DRAFT, "--language", code, on="2026-06-25", code=1)
        assert "There is no language" in said
        assert "there are: de, en, es, fr" in said
        assert "Next: certbody language new " in said
        assert case.bytes() == before

    @pytest.mark.parametrize("scope", ["x" * 100_000, "Reklamationen\u0000", "\u0007"])
    def test_a_scope_that_cannot_go_on_record(self, case: Case, scope: str) -> None:
        said = case.refused(*CONFIRM, *IN_GERMAN, "--scope-in-language", scope, by="DP", on="2026-06-25", code=1)
        assert "scope_translated has" in said

    @pytest.mark.parametrize(
        "scope", ['=HYPERLINK("x")', "{{ body.name }} {% if %}", "{client}", "Übergrößen & <Maße>"]
    )
    def test_a_scope_that_looks_like_code_is_printed_as_it_is(self, case: Case, scope: str) -> None:
        confirmed(case, *IN_GERMAN, "--scope-in-language", scope)
        assert scope in text(issued(case))


class TestALaterLanguage:
    """ISO/IEC 17021-1:2015, 8.2.2 i, 8.5.3: another text is another revision, and has its reason."""

    RECEIVE = ("change", "receive", NUMBER, "--kind", "form", "--by", "Greta Holm", "--what", "In German, too, please.")
    REVIEW = ("change", "review", "CH-2026-001", "--action", "reissue", "--reason", "The words alone; scope as it was.")

    def test_it_is_the_next_revision_once_the_wish_was_reviewed(self, case: Case) -> None:
        confirmed(case)
        issued(case)
        confirmed(case, *SCOPED, on="2026-07-02")
        assert "neither a decision nor a reviewed change" in case.refused(*ISSUE, by="DP", on="2026-07-03")
        case.done(*self.RECEIVE, by="CM", on="2026-07-01")
        case.done(*self.REVIEW, by="CM", on="2026-07-02")
        made = issued(case, on="2026-07-03")
        assert (made["revision"], made["language"], made["number"]) == (2, "de", NUMBER)
        assert "Ersetzt Revision 1 vom 26.\u00a0Juni\u00a02026" in text(made)

    def test_what_was_issued_in_english_stays_so_until_somebody_asks(self, case: Case) -> None:
        confirmed(case)
        first = issued(case)
        case.done("office", "profile", "second_language=de", by="CM")
        again = issued(case, on="2026-07-01")
        assert (again["issued"], again["token"]) == (False, first["token"])


class TestALanguageOfTheBodysOwn:
    """OFFICE/templates/terms/CODE.toml and OFFICE/standards/CODE/wording.CODE.toml."""

    def test_it_is_spoken_like_one_that_ships(self, case: Case) -> None:
        own_terms(case, "nds", ("Gültig ab", "Gellt vun"))
        confirmed(case, "--language", "nds")
        assert "Gellt vun" in text(issued(case))

    def test_own_words_stand_before_those_that_ship(self, case: Case) -> None:
        own_terms(case, "de", ("Gültig ab", "In Kraft ab"))
        confirmed(case, *SCOPED)
        assert "In Kraft ab" in text(issued(case))

    def test_every_fault_in_it_is_told_at_once_before_anything_is_recorded(self, case: Case) -> None:
        own_terms(case, "nds", ("valid_from =", "valid_form ="), ("Nr. {number}", "Nr. {nummer}"))
        before = case.bytes()
        said = case.refused(*CONFIRM, "--language", "nds", by="DP", on="2026-06-25", code=1)
        for part in (
            "certificate.valid_from is missing",
            "did you mean certificate.valid_from?",
            "nothing fills {nummer}",
        ):
            assert part in said
        assert case.bytes() == before

    def test_a_claim_of_conformity_to_guidance_in_it_is_refused(self, case: Case) -> None:
        own_terms(case, "nds", ("Gültig ab", "Zertifiziert nach ISO 10002 ab"))
        said = case.refused(*DRAFT, "--language", "nds", on="2026-06-25", code=1)
        assert "certificate.valid_from: 'Zertifiziert nach ISO 10002' claims conformity to guidance" in said

    def test_a_scheme_without_sentences_in_it_says_what_to_write(self, case: Case) -> None:
        own_terms(case, "nds")
        (case.folder / "standards" / "iso10002" / "wording.nds.toml").unlink()
        said = case.refused(*DRAFT, "--language", "nds", on="2026-06-25", code=1)
        assert "The scheme iso10002 has no wording in 'nds'." in said
        assert "certbody language new nds --standard iso10002 writes standards/iso10002/wording.nds.toml" in said

    @pytest.mark.parametrize(("old", "new", "told"), [
        ("{issued}", "{ausgestellt}", "certificate_statement: nothing fills {ausgestellt}"),
        ("{client} {sites}", "{client}", "certificate_statement: {sites} is left out"),
        ('"Zertifikat", ', "", "certificate_titles has 3 titles; in English there are 4"),
        ("certificate_titles", "titles", "certificate_titles"),
        ('"Nicht unter Akkreditierung ausgestellt."', '""', "accreditation_note is empty"),
        ("keine Konformität", "die Konformität", "attests_not: 'Konformität mit ISO 10002' claims conformity"),
        ("certificate_titles = [", "certificate_titles = [[", "no TOML"),
    ])  # fmt: skip
    def test_a_fault_in_its_sentences_is_told_with_file_and_key(
        self, case: Case, old: str, new: str, told: str
    ) -> None:
        own_terms(case, "nds")
        path = case.folder / "standards" / "iso10002" / "wording.nds.toml"
        said = path.read_text(encoding="utf-8")
        assert old in said
        path.write_text(said.replace(old, new, 1), encoding="utf-8")
        answer = case.refused(*DRAFT, "--language", "nds", on="2026-06-25", code=1)
        assert "standards/iso10002/wording.nds.toml" in answer
        assert told in answer

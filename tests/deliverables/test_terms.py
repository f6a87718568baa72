"""Terms: the words of documents in one language, read strictly; every language has what English has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certbody import resources
from certbody.deliverables.terms import MOST_BYTES, Terms, is_code, read, refuse_claims
from certbody.errors import BadData

SHIPPED = ("de", "en", "es", "fr")
NAMES = ("ISO 10002:2018", "ISO 10002")


def raw(code: str) -> bytes:
    return (resources.place("templates") / "terms" / f"{code}.toml").read_bytes()


def terms(code: str) -> Terms:
    return read(raw(code), f"templates/terms/{code}.toml", raw("en"))


def faults(*changes: tuple[str, str], code: str = "de") -> tuple[str, ...]:
    """What is told of a shipped file in which each text is changed for another."""
    said = raw(code).decode()
    for old, new in changes:
        assert old in said
        said = said.replace(old, new, 1)
    with pytest.raises(BadData) as told:
        read(said.encode(), f"templates/terms/{code}.toml", raw("en"))
    return told.value.particulars


class TestTheLanguagesThatShip:
    """A key that one language lacks would be a hole in a certificate."""

    def test_they_are_these_four(self) -> None:
        folder = resources.place("templates") / "terms"
        assert sorted(file.name for file in folder.iterdir()) == [f"{code}.toml" for code in SHIPPED]

    @pytest.mark.parametrize("code", SHIPPED)
    def test_each_has_every_term_of_english_with_its_gaps(self, code: str) -> None:
        assert terms(code).words.keys() == terms("en").words.keys()
        assert terms(code).language == code

    @pytest.mark.parametrize("code", SHIPPED)
    def test_none_claims_conformity_to_guidance(self, code: str) -> None:
        refuse_claims(terms(code), code, NAMES)

    @pytest.mark.parametrize("code", ["de", "es", "fr"])
    def test_what_is_a_sentence_in_english_is_translated(self, code: str) -> None:
        same = {key for key, said in terms(code).words.items() if said == terms("en").words[key] and " " in said}
        assert same == set()


class TestDays:
    @pytest.mark.parametrize(("code", "eighth", "first"), [
        ("en", "8 June 2026", "1 March 2027"), ("de", "8. Juni 2026", "1. März 2027"),
        ("es", "8 de junio de 2026", "1 de marzo de 2027"), ("fr", "8 juin 2026", "1er mars 2027"),
    ])  # fmt: skip
    def test_a_day_is_written_as_the_language_writes_it(self, code: str, eighth: str, first: str) -> None:
        written = [terms(code).day(day).replace("\u00a0", " ") for day in (date(2026, 6, 8), date(2027, 3, 1))]
        assert written == [eighth, first]

    def test_only_the_first_is_counted_otherwise_in_french(self) -> None:
        assert [terms("fr").day(date(2026, 1, day))[:3] for day in (2, 11, 21, 31)] == [
            "2\u00a0j",
            "11\u00a0",
            "21\u00a0",
            "31\u00a0",
        ]

    def test_no_day_is_nothing(self) -> None:
        assert terms("de").day(None) == ""

    def test_english_days_are_those_of_the_documents_in_english_alone(self) -> None:
        from certbody.deliverables.spelled import long_day

        days = [date(2026, month, 1) for month in range(1, 13)]
        assert [terms("en").day(day) for day in days] == [long_day(day) for day in days]


class TestSaying:
    def test_gaps_are_filled_by_name(self) -> None:
        assert terms("de").say("certificate.number", number="FC-2026-0001") == "Nr. FC-2026-0001"

    def test_what_is_filled_in_is_not_read_for_gaps(self) -> None:
        assert terms("en").say("letter.dear", name="{name} {number}") == "Dear {name} {number},"

    def test_one_is_told_from_many(self) -> None:
        said = [terms("de").count(number, "certificate.sites_in_annex") for number in (1, 2)]
        assert said == ["1 Standort, siehe Anlage", "2 Standorte, siehe Anlage"]

    def test_a_gap_that_nothing_fills_is_an_error(self) -> None:
        with pytest.raises(ValueError, match=r"nothing fills \{number\}"):
            terms("en").say("certificate.number")

    def test_a_key_that_no_language_has_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            terms("en").say("certificate.nonsense")

    def test_a_table_holds_the_labels_alone(self) -> None:
        labels = terms("es").table("certificate")
        assert labels["scope"] == "Alcance"
        assert "number" not in labels


class TestStrictness:
    """All faults at once, each with file and key."""

    def test_a_missing_an_unknown_and_a_misspelt_one_are_told_together(self) -> None:
        told = faults(("valid_from =", "valid_form ="), ("Nr. {number}", "Nr. {nummer}"), ('scope = "', 'skope = "'))
        assert told == (
            "templates/terms/de.toml: certificate.valid_from is missing; in English: 'Valid from'",
            "templates/terms/de.toml: certificate.scope is missing; in English: 'Scope'",
            "templates/terms/de.toml: certificate.number: nothing fills {nummer}; its gaps are: {number}",
            "templates/terms/de.toml: certificate.number: {number} is left out",
            "templates/terms/de.toml: certificate.valid_form is no term; did you mean certificate.valid_from?",
            "templates/terms/de.toml: certificate.skope is no term; did you mean certificate.scope?",
        )

    def test_the_single_form_need_not_say_one(self) -> None:
        said = raw("de").decode().replace('one = "{n} Standort', 'one = "ein Standort', 1)
        assert read(said.encode(), "de.toml", raw("en")).count(1, "certificate.sites_in_annex").startswith("ein")

    @pytest.mark.parametrize(("changes", "part"), [
        ([('language = "de"', 'language = "fr"')], "language is 'fr'; of a file of this name it is 'de'"),
        ([('language = "de"', "language = 5")], "language is 5"),
        ([('name = "Deutsch"', 'name = ""')], "name is empty"),
        ([('"Januar", ', "")], "days.months has 11 names, not 12"),
        ([('"Januar"', '""')], "days.months, 1. is empty"),
        ([('"Januar"', "1")], "days.months, 1. is int, not text"),
        ([("[days]", "[tage]")], "days is missing: a table with months, date and first"),
        ([("\\u00a0{month}", "{monat}")], "days.date: nothing fills {monat}"),
        ([('first = "1"', "first = 1")], "days.first is no text"),
        ([('first = "1"', 'erster = "1"')], "days.first is missing"),
        ([('first = "1"', 'first = "1"\nlast = "31"')], "days.last is no term"),
        ([('"Gültig ab"', '""')], "certificate.valid_from is empty"),
        ([('"Gültig ab"', '["Gültig", "ab"]')], "certificate.valid_from is list, not text"),
        ([('"Gültig ab"', '"Gültig\\nab"')], "certificate.valid_from has a line break or tab at position 7"),
        ([('"Gültig ab"', '"Gültig\\u202eab"')], "certificate.valid_from has an invisible character (U+202E)"),
        ([('"Gültig ab"', '"' + "x" * 100_000 + '"')], "certificate.valid_from has 100,000 characters"),
        ([('"Gültig ab"', '"Gültig {ab"')], "certificate.valid_from: a brace stands alone"),
        ([('"Gültig ab"', '"{{ body.name }}"')], "certificate.valid_from: a brace stands alone"),
        ([("[letter]", "[letter.more.and.more]")], "letter.dear is missing"),
    ])  # fmt: skip
    def test_each_fault_is_named(self, changes: list[tuple[str, str]], part: str) -> None:
        assert any(part in fault for fault in faults(*changes)), faults(*changes)

    @pytest.mark.parametrize(("data", "part"), [
        (b"", "language is 'missing'"), (b"[certificate", "no TOML"), (b"name = '\xff'", "not UTF-8 text (byte 9)"),
        (b"PK\x03\x04", "no TOML"), (b"#" * (MOST_BYTES + 1), "larger than 262,144 bytes"),
        (b"a = " + b"[" * 10_000, "no TOML"), ('language = "de"'.encode("utf-16"), "not UTF-8"),
    ])  # fmt: skip
    def test_what_is_no_file_of_terms_is_told_as_such(self, data: bytes, part: str) -> None:
        with pytest.raises(BadData, match="in templates/terms/de") as told:
            read(data, "templates/terms/de.toml", raw("en"))
        assert any(part in fault for fault in told.value.particulars), told.value.particulars

    def test_a_mark_at_the_head_of_the_file_as_windows_writes_it_does_no_harm(self) -> None:
        assert read(b"\xef\xbb\xbf" + raw("de"), "de.toml", raw("en")) == terms("de")

    def test_a_claim_of_conformity_to_guidance_is_refused_and_its_denial_is_not(self) -> None:
        def changed(said: str) -> Terms:
            return read(raw("de").replace("Gültig ab".encode(), said.encode(), 1), "de.toml", raw("en"))

        refuse_claims(changed("Keine Konformität mit ISO 10002"), "de.toml", NAMES)
        with pytest.raises(BadData, match="cannot be used") as told:
            refuse_claims(changed("Zertifiziert nach ISO 10002 ab"), "de.toml", NAMES)
        assert told.value.particulars[0].startswith("de.toml: certificate.valid_from: 'Zertifiziert nach ISO 10002'")


@pytest.mark.parametrize(("said", "code"), [
    ("de", True), ("pt-BR", True), ("zh-Hant-TW", True), ("gsw", True), ("DE", False), ("", False), ("d", False),
    ("../de", False), ("de/..", False), ("de\0", False), ("dé", False), ("german", False),
])  # fmt: skip
def test_a_code_of_a_language_is_a_plain_file_name(said: str, code: bool) -> None:
    assert is_code(said) is code


def test_the_example_of_a_language_of_ones_own_is_read() -> None:
    own: Any = raw("de").decode().replace('language = "de"', 'language = "nds"').replace("Deutsch", "Plattdüütsch")
    assert read(own.encode(), "templates/terms/nds.toml", raw("en")).name == "Plattdüütsch"

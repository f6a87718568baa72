"""Fields that refuse bad text: what is let in unchanged, what gets one spelling, and what is refused with its place."""

from __future__ import annotations

import unicodedata

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certbody.domain import text
from certbody.domain.text import MOST_CHARACTERS, BadText, fault, normal


@attrs.frozen(kw_only=True)
class Paper:
    """One field of each kind."""

    number: str = text.number()
    name: str = text.name()
    note: str = text.prose(default="")
    reason: str = text.prose(required=True)
    remark: str = text.name(default="")


def paper(**said: str) -> Paper:
    return Paper(**({"number": "2026-014/AK-1", "name": "Ada Kaya", "reason": "seen"} | said))


class TestWhatIsLetIn:
    """Nothing is dropped and nothing is changed but line ends and the composition of letters."""

    @pytest.mark.parametrize(
        "said", ["<b> & \"quotes\" 'n' {{ braces }}", "=1+1", "Ünïcödé — ‘quotes’ …", "日本語 עברית", "a\tb", "🙂"]
    )
    def test_signs_of_other_programs_are_just_text(self, said: str) -> None:
        assert paper(note=said).note == said

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\n"])
    def test_every_line_end_becomes_one(self, end: str) -> None:
        assert paper(note=f"one{end}two").note == "one\ntwo"

    def test_a_letter_and_its_accent_become_one_sign(self) -> None:
        assert paper(name="Mu\u0308ller").name == "Müller"

    def test_as_long_as_it_may_be(self) -> None:
        assert len(paper(note="x" * MOST_CHARACTERS).note) == 32_000

    @given(st.text())
    @example("e\u0301\r\n\x0b")
    def test_one_spelling_is_the_last(self, said: str) -> None:
        once = normal(said)
        assert normal(once) == once
        assert "\r" not in once
        assert "\x0b" not in once

    @given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))))
    def test_printable_text_is_kept_or_composed_and_never_refused_as_prose(self, said: str) -> None:
        assert normal(said) == unicodedata.normalize("NFC", said)
        assert fault(normal(said)) is None

    @given(st.text(max_size=40))
    def test_what_stands_on_record_may_be_read_again(self, said: str) -> None:
        try:
            first = paper(note=said)
        except BadText:
            return
        assert paper(note=first.note) == first


class TestWhatIsRefused:
    """In one sentence with field, place and fault; never stripped."""

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("ab\x00", "note has a control character (U+0000) at position 3"),
            ("\x07", "note has a control character (U+0007) at position 1"),
            ("a\x0c", "note has a control character (U+000C) at position 2"),
            ("a\x1f", "(U+001F)"),
            ("a\x7f", "(U+007F)"),
            ("a\x85", "(U+0085)"),
            ("a\ud800", "note has a control character (U+D800) at position 2"),
            ("a\ufffe", "(U+FFFE)"),
            ("x" * (MOST_CHARACTERS + 1), "note has 32,001 characters; at most 32,000 fit a field"),
        ],
    )
    def test_prose(self, said: str, words: str) -> None:
        with pytest.raises(BadText) as refused:
            paper(note=said)
        assert words in str(refused.value)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("Ada\nKaya", "name has a line break or tab at position 4, where one line belongs"),
            ("Ada\tKaya", "name has a line break or tab at position 4"),
            ("Ada\u202eayaK", "name has an invisible character (U+202E) at position 4"),
            ("Ada\u200bKaya", "(U+200B)"),
            ("", "name is empty"),
            (" \u00a0", "name is empty"),
        ],
    )
    def test_a_name(self, said: str, words: str) -> None:
        with pytest.raises(BadText) as refused:
            paper(name=said)
        assert words in str(refused.value)

    def test_a_name_with_a_default_may_be_empty_and_holds_one_line_all_the_same(self) -> None:
        assert paper(remark="").remark == ""
        with pytest.raises(BadText, match="remark has a line break"):
            paper(remark="a\nb")

    @pytest.mark.parametrize("said", ["", " ", "\n\t"])
    def test_prose_that_is_required(self, said: str) -> None:
        with pytest.raises(BadText, match="reason is empty"):
            paper(reason=said)

    @pytest.mark.parametrize("said", [None, 5, 1.5, b"text", ["a"]])
    def test_what_is_no_text(self, said: object) -> None:
        with pytest.raises(BadText, match=f"note is {type(said).__name__}, not text"):
            paper(note=said)  # type: ignore[arg-type]

    def test_an_old_value_cannot_be_evolved_into_a_bad_one(self) -> None:
        with pytest.raises(BadText, match="note has a control character"):
            attrs.evolve(paper(), note="\x01")


class TestNumbers:
    """ASCII alone, so that no two look alike."""

    @pytest.mark.parametrize("said", ["2026-014/AK-1", "C-0001", "7.4-1@HQ", "a:b", "S 10002", "x", "", "C++"])
    def test_what_identifies_passes(self, said: str) -> None:
        assert paper(number=said).number == said

    @pytest.mark.parametrize(
        "said", ["С-0001", "２０２６", "a\n", "a ", " a", "-a", "a-", "a%b", "../x", "a\u200b", "é", "a;b"]
    )
    def test_what_looks_like_something_else_is_refused(self, said: str) -> None:
        with pytest.raises(BadText, match="is no number"):
            paper(number=said)

    @given(st.text(max_size=20))
    def test_what_passes_is_plain_ascii_without_edges(self, said: str) -> None:
        try:
            number = paper(number=said).number
        except BadText:
            return
        assert number == said == said.strip()
        assert number.isascii()
        assert number.isprintable()

"""Acts: what may go on record, its one spelling, its id and its place in the chain."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.errors import BadData
from certbody.journal import Head, chain, draft, instant
from certbody.journal.canonical import canonical, parse
from certbody.journal.entry import read_line
from tests.journal.acts import HOW, finding, put

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(text.filter(bool), st.dictionaries(text, plain, max_size=4), min_size=1, max_size=4)


class TestCanonical:
    @given(plain)
    def test_what_is_spelt_is_read_back_equal(self, data: Any) -> None:
        assert parse(canonical(data)) == data

    @given(plain)
    def test_the_spelling_is_that_of_what_was_read(self, data: Any) -> None:
        assert canonical(parse(canonical(data))) == canonical(data)

    def test_keys_are_sorted_and_nothing_is_blank_or_escaped_without_need(self) -> None:
        assert canonical({"b": [1, True, None], "a": "é ✓\n"}) == '{"a":"é ✓\\n","b":[1,true,null]}'.encode()

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"fees": {"days": [1, 2.5]}}, "fees.days[1]: 2.5 is float"),
            (float("nan"), "the whole: nan is float"),
            ({"a": (1, 2)}, "a: (1, 2) is tuple"),
            ({"a": {1: "x"}}, "a: the key 1 is int"),
            ({"a": 2**53}, "a: a whole number beyond"),
            ({"a": "\ud800"}, "lone surrogate (U+D800)"),
            ({"a": b"x"}, "a: b'x' is bytes"),
        ],
    )
    def test_what_json_would_change_in_silence_is_refused_with_its_path(self, data: Any, said: str) -> None:
        with pytest.raises(BadData) as caught:
            canonical(data)
        assert said in str(caught.value)

    def test_nesting_without_end_is_refused(self) -> None:
        data: list[Any] = []
        data.append(data)
        with pytest.raises(BadData, match="nested more than 64 deep"):
            canonical(data)

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"1.5", "1.5 is no whole number"),
            (b"NaN", "NaN is no whole number"),
            (b"1e400", "1e400 is no whole number"),
            (b"9" * 5_000, "beyond 2^53"),
            (b"[" * 100_000, "nested more than 64 deep"),
            (b"[" * 100 + b"]" * 100, "nested more than 64 deep"),
            (b"\xef\xbb\xbf{}", "no JSON"),
            (b"\xff", "byte 1 is no UTF-8"),
            (b"{", "no JSON"),
            (b'"' + b"x" * 2**22 + b'"', "4,194,306 bytes"),
        ],
    )
    def test_what_nobody_spelt_is_refused(self, raw: bytes, said: str) -> None:
        with pytest.raises(ValueError) as caught:
            parse(raw)
        assert said in str(caught.value)


class TestDraft:
    def test_the_id_is_the_hash_of_the_content_without_what_is_empty(self) -> None:
        act = put({"F-1": {"grade": "major"}})
        content = {
            "at": "2027-03-02T12:00:00Z", "by": "P-1", "entered": HOW, "act": "finding recorded",
            "put": {"findings": {"F-1": {"grade": "major"}}},
        }  # fmt: skip
        assert act.id == sha256(canonical(content)).hexdigest()

    def test_the_giver_may_go_on_writing_in_what_was_given(self) -> None:
        given_record = {"grade": "major", "sites": ["A"]}
        act = put({"F-1": given_record})
        given_record["sites"].append("B")  # type: ignore[attr-defined]
        assert act.put["findings"]["F-1"] == {"grade": "major", "sites": ["A"]}

    def test_over_is_sorted_so_that_its_order_makes_no_other_act(self) -> None:
        assert (
            put({"F-1": {}}, over=["b" * 64, "a" * 64, "b" * 64]).id == put({"F-1": {}}, over=["a" * 64, "b" * 64]).id
        )

    def test_a_moment_is_told_in_utc(self) -> None:
        assert instant(datetime(2027, 3, 2, 14, 0, tzinfo=timezone(timedelta(hours=2)))) == "2027-03-02T12:00:00Z"
        assert instant(datetime(2027, 3, 2, 12, 0, 0, 5, tzinfo=UTC)) == "2027-03-02T12:00:00.000005Z"
        with pytest.raises(BadData, match="no time zone"):
            instant(datetime(2027, 3, 2))  # noqa: DTZ001

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"at": "2027-03-02"}, "at: '2027-03-02' is no UTC instant"),
            ({"at": "2027-02-30T12:00:00Z"}, "is no UTC instant"),
            ({"at": "2027-03-02T12:00:00+00:00"}, "is no UTC instant"),
            ({"by": " "}, "by: is empty"),
            ({"act": ""}, "act: is empty"),
            ({"entered": {"by": "P-1"}}, "entered: says by whom"),
            ({"entered": {"by": "P-1", "how": "pin", "x": "y"}}, "entered: says by whom"),
            ({"entered": {"by": "", "how": "pin"}}, "entered.by: is empty"),
            ({"entered": {"by": "P-1", "how": "guess"}}, "entered.how: 'guess' is none of pin, key"),
            ({"entered": {"by": "P-1", "how": "signed form"}}, "entered.form"),
            ({"entered": {"by": "P-1", "how": "pin", "form": "a" * 64}}, "entered.form"),
            ({"put": {"findings": {"F-1": "x"}}}, "put.findings.F-1: is no record"),
            ({"put": {"findings": {"F-1": {"days": 2.5}}}}, "put.findings.F-1.days: 2.5 is float"),
            ({"put": {"": {"F-1": {}}}}, "a table or an id is empty"),
            ({"strike": {"findings": {"F-2": " "}}}, "strike.findings.F-2: is no reason"),
            ({"strike": {"findings": {"F-1": "twice"}}}, "is put and struck out by one act"),
            ({"over": ["x"]}, "over: names what is no id"),
            ({"why": None}, "why: is no text"),
        ],
    )
    def test_what_cannot_go_on_record_is_named(self, change: dict[str, Any], said: str) -> None:
        good: dict[str, Any] = {
            "at": "2027-03-02T12:00:00Z", "by": "P-1", "entered": HOW, "act": "finding recorded",
            "put": {"findings": {"F-1": {}}},
        }  # fmt: skip
        draft(**good)
        with pytest.raises(BadData) as caught:
            draft(**good | change)
        assert said in str(caught.value)

    def test_a_signed_form_names_its_scan(self) -> None:
        entered = {"by": "P-2", "how": "signed form", "form": "a" * 64}
        assert draft(at="2027-03-02T12:00:00Z", by="P-1", entered=entered, act="x").entered == entered

    def test_more_than_four_mebibytes_are_refused(self) -> None:
        with pytest.raises(BadData, match="at most 4,193,280 belong to one act"):
            put({"F-1": {"text": "x" * 2**22}})


class TestLine:
    @given(records, text)
    def test_a_line_is_read_back_equal(self, rows: dict[str, Any], why: str) -> None:
        act = draft(at="2027-03-02T12:00:00Z", by="P-1", entered=HOW, act="x", put={"t": rows}, why=why)
        entry = chain(act, Head.first("C-1"))
        assert read_line(entry.line) == entry

    def test_a_line_is_canonical_json_of_all_that_is_not_empty(self) -> None:
        entry = chain(finding(1), Head.first("C-1"))
        data = json.loads(entry.line)
        assert canonical(data) + b"\n" == entry.line
        assert list(data) == ["act", "at", "by", "entered", "hash", "id", "no", "prev", "put"]
        assert data["prev"] == sha256(b"C-1").hexdigest()

    def test_the_id_is_the_same_in_every_copy_and_the_hash_is_not(self) -> None:
        act = finding(1)
        here, there = chain(act, Head.first("C-1")), chain(act, Head.first("C-2"))
        assert here.id == there.id == act.id
        assert here.hash != there.hash

    def test_each_changed_byte_of_a_line_is_found(self) -> None:
        line = chain(put({"F-1": {"text": "é\n", "n": 10}}, over=["a" * 64]), Head.first("C-1")).line
        for place in range(len(line)):
            for bit in (1, 32, 128):
                changed = bytearray(line)
                changed[place] ^= bit
                with pytest.raises(ValueError):
                    read_line(bytes(changed))

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda line: line.replace(b'"by":', b'"by": ', 1),
            lambda line: line.replace(b'{"act":', b'{"act":"x","act":', 1),
            lambda line: line.replace(b'"put":', b'"extra":1,"put":', 1),
            lambda line: line.replace(b'"no":1', b'"no":1.0', 1),
            lambda line: line.replace(b'"no":1', b'"no":true', 1),
            lambda line: line.replace(b'"grade"', b'"\\u0067rade"', 1),
            lambda line: line[:-1],
            lambda line: line[:-1] + b"\r\n",
            lambda line: b" " + line,
            lambda line: b"[]\n",
            lambda line: b"\n",
        ],
    )
    def test_another_spelling_is_no_act(self, spoil: Any) -> None:
        line = chain(finding(1), Head.first("C-1")).line
        assert spoil(line) != line
        with pytest.raises(ValueError):
            read_line(spoil(line))

    def test_a_head_is_told_by_number_and_twelve_digits(self) -> None:
        assert str(Head(17, "3fa9c0d1e2b4" + "0" * 52)) == "17·3fa9c0d1e2b4"

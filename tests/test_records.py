"""The strict converter: each leniency of the libraries under it is refused here, with its path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certbody.domain import text
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.findings import Finding, Grade
from certbody.errors import BadData
from certbody.records import dump, load
from tests.given import body, dossier, the


class Mood(StrEnum):
    CALM = "calm"
    LOUD = "loud and clear"


@attrs.frozen(kw_only=True)
class Part:
    name: str = text.name()
    days: Decimal = Decimal(0)


@attrs.frozen(kw_only=True)
class Whole:
    id: str = text.number()
    note: str = text.prose(default="")
    count: int = 0
    yes: bool = False
    mood: Mood = Mood.CALM
    amount: Decimal | None = None
    on: date | None = None
    at: datetime | None = None
    starts: time | None = None
    tags: tuple[str, ...] = ()
    pairs: tuple[tuple[str, ...], ...] = ()
    moods: tuple[Mood, ...] = ()
    parts: tuple[Part, ...] = ()


def faults(**said: Any) -> list[str]:
    """What is wrong with a record of these fields."""
    with pytest.raises(BadData) as bad:
        load({"id": "W-1", **said}, Whole, where="a record")
    assert bad.value.headline == "a record cannot be used."
    return [each.removeprefix("a record: ") for each in bad.value.particulars]


class TestFirstPitfall:
    """Text is text, a list is a list: nothing is turned into what it is not."""

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"note": 555}, "555 is int, where str belongs @ $.note"),
            ({"note": None}, "None is NoneType, where str belongs @ $.note"),
            ({"note": ["a"]}, "['a'] is list, where str belongs @ $.note"),
            ({"tags": "abc"}, "'abc' is str, where a list belongs @ $.tags"),
            ({"tags": [None]}, "None is NoneType, where str belongs @ $.tags[0]"),
            ({"tags": {"a": 1}}, "{'a': 1} is dict, where a list belongs @ $.tags"),
            ({"pairs": [["a", "b"], "cd"]}, "'cd' is str, where a list belongs @ $.pairs[1]"),
            ({"count": "5"}, "'5' is str, where int belongs @ $.count"),
            ({"count": 5.0}, "5.0 is float, where int belongs @ $.count"),
            ({"count": True}, "True is bool, where int belongs @ $.count"),
            ({"yes": 1}, "1 is int, where bool belongs @ $.yes"),
            ({"yes": "true"}, "'true' is str, where bool belongs @ $.yes"),
        ],
    )
    def test_it_is_refused(self, said: Mapping[str, Any], words: str) -> None:
        assert faults(**said) == [words]

    def test_what_fits_passes(self) -> None:
        said = {"id": "W-1", "note": "555", "tags": ["a", "b"], "count": 5, "yes": True, "pairs": [["a"], []]}
        made = load(said, Whole, where="a record")
        assert (made.tags, made.count, made.yes, made.pairs) == (("a", "b"), 5, True, (("a",), ()))


class TestSecondPitfall:
    """An enumeration takes its own values alone, although each of its members is a text too."""

    @pytest.mark.parametrize("said", ["AAA", "CALM", "Calm", "calm ", "", "loud"])
    def test_an_unknown_word_is_refused(self, said: str) -> None:
        assert faults(mood=said) == [f"{said!r} is none of calm, loud and clear @ $.mood"]

    @pytest.mark.parametrize("said", [1, None, True, ["calm"]])
    def test_what_is_no_word_is_refused(self, said: Any) -> None:
        assert "@ $.mood" in faults(mood=said)[0]

    def test_each_of_a_list_is_looked_at(self) -> None:
        assert faults(moods=["calm", "AAA"]) == ["'AAA' is none of calm, loud and clear @ $.moods[1]"]

    def test_a_word_of_its_own_passes_and_is_a_member(self) -> None:
        made = load({"id": "W-1", "mood": "loud and clear", "moods": ["calm"]}, Whole, where="a record")
        assert made.mood is Mood.LOUD
        assert type(made.moods[0]) is Mood

    def test_so_it_is_with_the_grade_of_a_finding(self) -> None:
        said = dump(the("findings", "finding-AK-1")) | {"grade": "critical"}
        with pytest.raises(BadData, match="'critical' is none of major, minor"):
            load(said, Finding, where="finding-AK-1")
        assert load(said | {"grade": "major"}, Finding, where="finding-AK-1").grade is Grade.MAJOR


class TestThirdPitfall:
    """A list or nothing where an object belongs is bad data and no crash."""

    @pytest.mark.parametrize("said", [[], None, "text", 5, [["id", "W-1"]]])
    def test_a_record_is_an_object(self, said: Any) -> None:
        with pytest.raises(BadData) as bad:
            load(said, Whole, where="a record")
        assert f"{said!r} is {type(said).__name__}, where Whole belongs" in str(bad.value)

    @pytest.mark.parametrize("said", [[], None, "text"])
    def test_a_part_is_an_object(self, said: Any) -> None:
        assert faults(parts=[{"name": "one"}, said]) == [
            f"{said!r} is {type(said).__name__}, where Part belongs @ $.parts[1]"
        ]

    def test_an_object_passes(self) -> None:
        assert load({"id": "W-1", "parts": [{"name": "one"}]}, Whole, where="a record").parts == (Part(name="one"),)


class TestFourthPitfall:
    """Dates, times and decimals have one spelling each."""

    @pytest.mark.parametrize(
        "said", ["20261101", "2026-W01-1", "2026-1-1", "2026-02-30", "2026-11-23T00:00:00", "٢٠٢٦-١١-٢٣", "", 20261123]
    )
    def test_a_date_in_another_spelling_is_refused(self, said: Any) -> None:
        assert "@ $.on" in faults(on=said)[0]

    @pytest.mark.parametrize(
        "said", ["1e5", "NaN", "Infinity", "1_000", " 1", "1,5", ".5", "5.", "+1", "٥", "", 1, 1.5]
    )
    def test_a_decimal_in_another_spelling_is_refused(self, said: Any) -> None:
        assert faults(amount=said) == [f"{said!r} is no decimal: write it as text, such as '2.5' @ $.amount"]

    @pytest.mark.parametrize("said", ["2026-11-23", "2026-11-23 09:30:00Z", "2026-11-23T09:30:00", "2026-11-23T09:30Z"])
    def test_an_instant_without_its_zone_or_seconds_is_refused(self, said: str) -> None:
        assert "write it as 2026-11-23T09:30:00Z @ $.at" in faults(at=said)[0]

    @pytest.mark.parametrize("said", ["9:30", "09:30:00", "24:00", "0930", "09:60"])
    def test_a_time_in_another_spelling_is_refused(self, said: str) -> None:
        assert "@ $.starts" in faults(starts=said)[0]

    def test_the_one_spelling_passes(self) -> None:
        said = {"id": "W-1", "on": "2028-02-29", "amount": "-2.50", "at": "2026-11-23T09:30:00Z", "starts": "09:30"}
        made = load(said, Whole, where="a record")
        assert (made.on, made.amount, made.starts) == (date(2028, 2, 29), Decimal("-2.50"), time(9, 30))
        assert made.at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class TestFifthPitfall:
    """An unknown field, a missing one and a bad text each have a sentence; all faults come at once."""

    def test_an_unknown_field_is_named(self) -> None:
        assert faults(notes="x", ton=1) == ["unknown field notes, ton @ $"]
        assert faults(parts=[{"name": "one", "dais": "1"}]) == ["unknown field dais @ $.parts[0]"]

    def test_a_missing_field_is_named(self) -> None:
        with pytest.raises(BadData) as bad:
            load({"parts": [{}]}, Whole, where="file.json")
        assert bad.value.particulars == (
            "file.json: required field missing: id @ $.id",
            "file.json: required field missing: name @ $.parts[0].name",
        )

    def test_bad_text_is_refused_by_its_own_rule(self) -> None:
        assert any("note has a control character (U+0007) at position 2" in each for each in faults(note="a\x07"))

    def test_all_faults_come_at_once(self) -> None:
        assert len(faults(note=5, count="5", mood="AAA", on="x", tags=[1, "a", 2])) == 6


class TestThereAndBack:
    """What is on record is read as it was written."""

    @pytest.mark.parametrize("state", [dossier(), body()], ids=["dossier", "body"])
    def test_every_record_of_the_example_comes_back_through_json(self, state: Dossier | Body) -> None:
        for table, kind in type(state).TABLES.items():
            for key, record in getattr(state, table).items():
                written = json.loads(json.dumps(dump(record)))
                assert load(written, kind, where=f"{table} {key}") == record

    def test_what_is_empty_is_left_out_and_every_other_default_is_written(self) -> None:
        assert dump(Whole(id="W-1")) == {"id": "W-1", "count": 0, "yes": False, "mood": "calm"}

    @settings(max_examples=150, deadline=None)
    @given(
        st.builds(
            Whole,
            id=st.from_regex(r"\A[A-Z][A-Z0-9-]{0,6}[A-Z0-9]\Z"),
            note=st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=30),
            count=st.integers(-(10**12), 10**12),
            yes=st.booleans(),
            mood=st.sampled_from(Mood),
            amount=st.none() | st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False),
            on=st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31)),
            at=st.none() | st.datetimes(timezones=st.just(UTC)).filter(lambda each: each.year >= 1000),
            starts=st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0)),
            tags=st.lists(st.text("abc ü", max_size=5), max_size=4).map(tuple),
            moods=st.lists(st.sampled_from(Mood), max_size=3).map(tuple),
            parts=st.lists(st.builds(Part, name=st.sampled_from(["one", "two"])), max_size=3).map(tuple),
        )
    )
    def test_any_value_comes_back_through_json(self, whole: Whole) -> None:
        assert load(json.loads(json.dumps(dump(whole))), Whole, where="a record") == whole

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=8,
        ),
        st.sampled_from([each.name for each in attrs.fields(Whole)]),
    )
    def test_whatever_stands_in_a_field_is_taken_whole_or_refused_in_words(self, said: Any, field: str) -> None:
        try:
            made = load({"id": "W-1", field: said}, Whole, where="a record")
        except BadData as bad:
            words = bad.particulars
        else:
            words = ("a record: taken whole, as it was written",)
            assert load(dump(made), Whole, where="a record") == made
        assert words
        assert all(each.startswith("a record: ") and len(each) > 20 for each in words)

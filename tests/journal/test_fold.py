"""The fold: what stands, whatever the order in which the acts come."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.errors import BadData
from certbody.journal import Act, Fold
from tests.journal.acts import put, strike

KEYS = ["F-1", "F-2", "F-3"]


@st.composite
def some_acts(draw: st.DrawFn) -> list[Act]:
    """Acts over three records; each replaces some of those before it, as copies on several sites would."""
    acts: list[Act] = []
    for number in range(draw(st.integers(1, 12))):
        over = [act.id for act in acts if draw(st.booleans())]
        keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))
        if draw(st.integers(0, 3)) == 0:
            acts.append(strike(keys[0], at=draw(st.integers(0, 5)), over=over))
        else:
            acts.append(put({key: {"n": number} for key in keys}, at=draw(st.integers(0, 5)), over=over))
    return acts


def state(fold: Fold) -> Any:
    """All that a fold tells."""
    return (
        {table: dict(rows) for table, rows in fold.tables.items()},
        {key: [act.id for act in acts] for key, acts in fold.conflicts.items()},
        {key: fold.holders("findings", key) for key in KEYS},
        {key: [act.id for act in fold.history("findings", key)] for key in KEYS},
        set(fold.acts),
    )


class TestOneHead:
    def test_a_record_that_was_put_stands(self) -> None:
        act = put({"F-1": {"grade": "minor"}})
        fold = Fold([act])
        assert fold.tables == {"findings": {"F-1": {"grade": "minor"}}}
        assert fold.holders("findings", "F-1") == (act.id,)

    def test_an_act_over_it_replaces_it_and_the_history_keeps_both(self) -> None:
        first = put({"F-1": {"grade": "minor"}, "F-2": {"grade": "minor"}})
        second = put({"F-1": {"grade": "major"}}, at=1, over=[first.id])
        fold = Fold([first, second])
        assert fold.tables["findings"] == {"F-1": {"grade": "major"}, "F-2": {"grade": "minor"}}
        assert fold.holders("findings", "F-1") == (second.id,)
        assert fold.holders("findings", "F-2") == (first.id,)
        assert fold.history("findings", "F-1") == (first, second)
        assert not fold.conflicts

    def test_a_record_struck_out_stands_no_more_and_is_still_held(self) -> None:
        first = put({"F-1": {}})
        second = strike("F-1", at=1, over=[first.id])
        fold = Fold([first, second])
        assert fold.tables == {}
        assert fold.holders("findings", "F-1") == (second.id,)

    def test_a_record_struck_out_may_be_put_again(self) -> None:
        first = put({"F-1": {"n": 1}})
        second = strike("F-1", at=1, over=[first.id])
        third = put({"F-1": {"n": 3}}, at=2, over=[second.id])
        assert Fold([first, second, third]).tables["findings"] == {"F-1": {"n": 3}}


class TestConflict:
    def test_two_acts_over_the_same_one_are_both_kept_and_one_is_shown(self) -> None:
        first = put({"F-1": {"grade": "minor"}})
        here = put({"F-1": {"grade": "major"}}, at=1, over=[first.id])
        there = put({"F-1": {"grade": "opportunity"}}, at=2, over=[first.id])
        fold = Fold([first, here, there])
        assert fold.conflicts == {("findings", "F-1"): (here, there)}
        assert set(fold.holders("findings", "F-1")) == {here.id, there.id}
        assert fold.tables["findings"]["F-1"] == {"grade": "opportunity"}

    def test_an_act_over_both_settles_it(self) -> None:
        first = put({"F-1": {"n": 1}})
        here, there = put({"F-1": {"n": 2}}, over=[first.id]), put({"F-1": {"n": 3}}, over=[first.id])
        settled = put({"F-1": {"n": 2}}, at=9, over=[here.id, there.id])
        fold = Fold([first, here, there, settled])
        assert not fold.conflicts
        assert fold.holders("findings", "F-1") == (settled.id,)

    def test_a_record_changed_here_and_struck_out_there_is_shown(self) -> None:
        first = put({"F-1": {"n": 1}})
        here = put({"F-1": {"n": 2}}, at=1, over=[first.id])
        there = strike("F-1", at=2, over=[first.id])
        fold = Fold([first, here, there])
        assert fold.tables["findings"]["F-1"] == {"n": 2}
        assert ("findings", "F-1") in fold.conflicts


class TestLaws:
    @given(some_acts(), st.data())
    def test_any_order_yields_the_same_state(self, acts: list[Act], data: st.DataObject) -> None:
        assert state(Fold(data.draw(st.permutations(acts)))) == state(Fold(acts))

    @given(some_acts())
    def test_what_is_known_changes_nothing(self, acts: list[Act]) -> None:
        fold = Fold(acts)
        before = state(fold)
        assert not any(fold.add(act) for act in acts)
        assert state(fold) == before

    @given(some_acts(), st.integers(0, 11))
    def test_a_trial_leaves_no_trace(self, acts: list[Act], place: int) -> None:
        tried = acts[place % len(acts)]
        fold = Fold(act for act in acts if act is not tried)
        before = state(fold)
        with fold.trying(tried):
            assert state(fold) == state(Fold(acts))
        assert state(fold) == before

    @given(some_acts())
    def test_every_head_is_an_act_that_no_act_on_the_same_record_replaces(self, acts: list[Act]) -> None:
        fold = Fold(acts)
        for key in KEYS:
            touching = {act.id: act for act in fold.history("findings", key)}
            replaced = {each for act in touching.values() for each in act.over}
            assert set(fold.holders("findings", key)) == touching.keys() - replaced


class TestUse:
    def test_a_trial_that_fails_leaves_no_trace(self) -> None:
        fold = Fold([put({"F-1": {"n": 1}})])
        with pytest.raises(BadData), fold.trying(put({"F-2": {"n": 2}})):
            put({"F-2": {"n": 2.5}})
        assert fold.tables == {"findings": {"F-1": {"n": 1}}}

    def test_the_tables_cannot_be_written_to(self) -> None:
        tables: Any = Fold([put({"F-1": {}})]).tables
        with pytest.raises(TypeError):
            tables["findings"]["F-2"] = {}
        with pytest.raises(TypeError):
            del tables["findings"]

    def test_a_table_taken_earlier_shows_what_came_later(self) -> None:
        fold = Fold([put({"F-1": {"n": 1}})])
        findings = fold.tables["findings"]
        fold.add(put({"F-2": {"n": 2}}))
        assert set(findings) == {"F-1", "F-2"}

    def test_the_cost_of_an_act_does_not_grow_with_the_records(self) -> None:
        fold = Fold(put({f"F-{number}": {"n": number}}) for number in range(1_000))
        rows = fold.tables["findings"]
        fold.add(put({"G-1": {"n": 1}}))
        assert fold.tables["findings"] is rows  # the table is the same object, added to

"""Merging: the union of acts, in which nothing is lost and nothing is told twice."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from certbody.journal import Act, FileStore, Fold, unknown
from certbody.journal.merge import merge
from certbody.journal.verify import verify
from tests.journal.acts import finding, put, record
from tests.journal.test_fold import some_acts, state


def mix(acts: list[Act], chosen: list[bool]) -> list[Act]:
    return [act for act, take in zip(acts, chosen, strict=False) if take]


choices = st.lists(st.booleans(), min_size=12, max_size=12)


class TestUnknown:
    @given(some_acts(), choices)
    def test_it_is_what_is_not_known_each_once(self, acts: list[Act], chosen: list[bool]) -> None:
        known = {act.id for act in mix(acts, chosen)}
        assert {act.id for act in unknown(acts + acts, known)} == {act.id for act in acts} - known
        assert len(unknown(acts + acts, known)) == len({act.id for act in acts} - known)

    @given(some_acts(), st.randoms(use_true_random=False))
    def test_none_comes_before_an_act_that_it_replaces(self, acts: list[Act], chance: object) -> None:
        chance.shuffle(acts)  # type: ignore[attr-defined]
        seen: set[str] = set()
        ids = {act.id for act in acts}
        for act in unknown(acts, ()):
            assert set(act.over) & ids <= seen
            seen.add(act.id)
        assert seen == ids


class TestMerge:
    @settings(max_examples=40)
    @given(some_acts(), choices, choices)
    def test_it_commutes_repeats_without_effect_and_loses_nothing(
        self, acts: list[Act], here: list[bool], there: list[bool]
    ) -> None:
        ours, theirs = mix(acts, here), mix(acts, there)
        with TemporaryDirectory() as folder:
            one, other = (FileStore.found(Path(folder, name)) for name in ("one", "other"))
            for store, first, second in ((one, ours, theirs), (other, theirs, ours)):
                merge(store, "C-1", first)
                merge(store, "C-1", second)
                assert merge(store, "C-1", second) == []
                assert verify(store) == []
            folds = [Fold(store.read("C-1")) for store in (one, other)]
        assert state(folds[0]) == state(folds[1]) == state(Fold(ours + theirs))

    def test_what_was_recorded_on_site_comes_home(self, store: FileStore, tmp_path: Path) -> None:
        base = record(store, "C-1", [finding(1), finding(2)])
        pack = FileStore.found(tmp_path / "pack")
        merge(pack, "C-1", base)
        assert pack.head("C-1") == store.head("C-1")
        on_site = record(pack, "C-1", [put({"F-1": {"grade": "major"}}, at=60, over=[base[0].id])])
        at_home = record(store, "C-1", [finding(3)])
        came = merge(store, "C-1", pack.read("C-1"))
        assert [entry.id for entry in came] == [on_site[0].id]
        assert came[0].prev == at_home[0].hash
        fold = Fold(store.read("C-1"))
        assert fold.tables["findings"]["F-1"] == {"grade": "major"}
        assert set(fold.tables["findings"]) == {"F-1", "F-2", "F-3"}

"""What every store must do, as tests: inherit from `StoreContract` and supply a fixture `store` that is empty."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from certbody.journal import Act, Fold, Head, Store, draft


def _act(number: int, **more: Any) -> Act:
    return draft(
        at=f"2027-03-02T12:00:{number:02}Z",
        by="P-1",
        entered={"by": "P-1", "how": "pin"},
        act="finding recorded",
        put={
            "findings": {f"F-{number}": {"text": "Größe ✓ 漢字", "count": number, "done": False, "parts": [None, {}]}}
        },
        **more,
    )


class StoreContract:
    """The tests. `store` is a new, empty store for each of them."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError("a subclass supplies the store")

    def test_it_has_all_that_a_store_has(self, store: Store) -> None:
        assert isinstance(store, Store)

    def test_a_new_store_is_empty(self, store: Store) -> None:
        assert (store.names(), dict(store.stamps()), store.files()) == ([], {}, [])

    def test_a_journal_that_is_not_there_stands_before_its_first_line(self, store: Store) -> None:
        assert store.head("C-1") == Head.first("C-1")
        assert store.read("C-1") == []
        assert store.names() == []

    def test_what_is_appended_is_read_back_equal(self, store: Store) -> None:
        acts = [_act(1), _act(2, why="told by telephone")]
        appended = store.append("C-1", acts, {"C-1": Head.first("C-1")})
        assert [entry.id for entry in appended] == [act.id for act in acts]
        assert store.read("C-1") == appended
        assert store.read("C-1")[1].put == acts[1].put
        assert store.names() == ["C-1"]

    def test_entries_are_numbered_and_chained_from_the_name(self, store: Store) -> None:
        first = store.append("C-1", [_act(1)], {"C-1": Head.first("C-1")})[0]
        second = store.append("C-1", [_act(2)], {"C-1": first.head})[0]
        assert (first.no, first.prev) == (1, Head.first("C-1").hash)
        assert (second.no, second.prev) == (2, first.hash)
        assert store.head("C-1") == second.head

    def test_reading_goes_on_after_any_line(self, store: Store) -> None:
        entries = store.append("C-1", [_act(number) for number in range(5)], {"C-1": Head.first("C-1")})
        for after in range(6):
            assert store.read("C-1", after) == entries[after:]

    def test_reading_after_a_line_that_is_not_there_is_damage(self, store: Store) -> None:
        store.append("C-1", [_act(1)], {"C-1": Head.first("C-1")})
        with pytest.raises(Exception, match="C-1") as caught:
            store.read("C-1", 2)
        assert getattr(caught.value, "exit_code", None) == 5

    def test_an_append_at_a_head_that_moved_is_refused_and_changes_nothing(self, store: Store) -> None:
        entries = store.append("C-1", [_act(1)], {"C-1": Head.first("C-1")})
        with pytest.raises(Exception, match="meanwhile") as caught:
            store.append("C-1", [_act(2)], {"C-1": Head.first("C-1")})
        assert getattr(caught.value, "exit_code", None) == 4
        assert store.read("C-1") == entries

    def test_an_append_rests_on_the_heads_of_other_journals_too(self, store: Store) -> None:
        body = store.append("body", [_act(1)], {"body": Head.first("body")})[0].head
        client = store.append("C-1", [_act(2)], {"C-1": Head.first("C-1"), "body": body})[0].head
        store.append("body", [_act(3)], {"body": body})
        with pytest.raises(Exception, match="meanwhile"):
            store.append("C-1", [_act(4)], {"C-1": client, "body": body})
        assert store.head("C-1") == client

    def test_a_journal_that_was_not_there_must_still_not_be_there(self, store: Store) -> None:
        absent = Head.first("body")
        client = store.append("C-1", [_act(1)], {"C-1": Head.first("C-1"), "body": absent})[0].head
        store.append("body", [_act(2)], {"body": absent})
        with pytest.raises(Exception, match="meanwhile"):
            store.append("C-1", [_act(3)], {"C-1": client, "body": absent})

    def test_an_append_without_the_head_it_rests_on_is_refused(self, store: Store) -> None:
        with pytest.raises(Exception, match="cannot go on record"):
            store.append("C-1", [_act(1)], {})

    def test_no_acts_make_no_journal(self, store: Store) -> None:
        assert store.append("C-1", [], {"C-1": Head.first("C-1")}) == []
        assert store.names() == []

    @pytest.mark.parametrize("name", ["", "../x", "a/b", "-x", "x" * 65, "é", "a b", "a.b", "x\n"])
    def test_a_name_that_is_none_is_refused(self, store: Store, name: str) -> None:
        with pytest.raises(Exception, match="names no journal"):
            store.append(name, [_act(1)], {name: Head.first(name)})
        assert store.names() == []

    def test_names_are_sorted(self, store: Store) -> None:
        for name in ("C-10", "body", "C-9", "x" * 64):
            store.append(name, [_act(1)], {name: Head.first(name)})
        assert store.names() == ["C-10", "C-9", "body", "x" * 64]

    def test_a_stamp_moves_with_its_journal_and_with_no_other(self, store: Store) -> None:
        head = store.append("C-1", [_act(1)], {"C-1": Head.first("C-1")})[0].head
        store.append("C-2", [_act(1)], {"C-2": Head.first("C-2")})
        before = dict(store.stamps())
        assert dict(store.stamps()) == before
        store.append("C-1", [_act(2)], {"C-1": head})
        after = dict(store.stamps())
        assert after["C-1"] != before["C-1"]
        assert after["C-2"] == before["C-2"]

    def test_inside_holding_one_reads_judges_and_appends(self, store: Store) -> None:
        with store.holding("C-1", "body"):
            first = store.append("C-1", [_act(1)], {"C-1": store.head("C-1"), "body": store.head("body")})
            second = store.append("C-1", [_act(2)], {"C-1": store.head("C-1"), "body": store.head("body")})
        assert store.read("C-1") == first + second

    def test_an_act_of_nearly_four_mebibytes_fits(self, store: Store) -> None:
        large = draft(
            at="2027-03-02T12:00:00Z",
            by="P-1",
            entered={"by": "P-1", "how": "said"},
            act="workbook read",
            put={"findings": {f"F-{number}": {"text": "x" * 32_000} for number in range(130)}},
        )
        store.append("C-1", [large], {"C-1": Head.first("C-1")})
        assert Fold(store.read("C-1")).tables["findings"]["F-129"]["text"] == "x" * 32_000

    @pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 5_000])
    def test_a_file_is_kept_under_its_hash(self, store: Store, data: bytes) -> None:
        digest = store.put_file(data)
        assert digest == sha256(data).hexdigest()
        assert store.open_file(digest) == data
        assert store.put_file(data) == digest
        assert store.files() == [digest]

    @pytest.mark.parametrize("digest", ["0" * 64, "", "../../x", "A" * 64])
    def test_a_file_that_is_not_there_is_not_found(self, store: Store, digest: str) -> None:
        with pytest.raises(Exception, match="evidence") as caught:
            store.open_file(digest)
        assert getattr(caught.value, "exit_code", None) == 1

"""The index: quick answers, and never another one than the journals give."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from certbody.errors import Damaged
from certbody.journal import FileStore, Index
from tests.journal.acts import put, record, strike


def certificates(key: str, row: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    return row["number"], row["holder"], row["expires"]


COLUMNS = {"certificates": certificates, "findings": lambda key, row: (key, None, None)}


def certificate(number: int, *, holder: str = "Nordlicht Telekom", expires: str = "2030-01-31", **more: Any) -> Any:
    row = {"number": f"Z-{number}", "holder": holder, "expires": expires}
    return put({f"id-{number}": row}, table="certificates", **more)


@pytest.fixture
def index(store: FileStore) -> Index:
    record(store, "C-1", [certificate(1), certificate(2, expires="2027-06-30")])
    record(store, "C-2", [certificate(3, holder="Ærø Fiber", expires="2027-03-01")])
    return again(store)


def again(store: FileStore, **more: Any) -> Index:
    return Index(store, store.folder / "index.sqlite", COLUMNS, **more)


def numbers(index: Index, **conditions: Any) -> list[str]:
    return [row["number"] for _, _, row in index.find("certificates", **conditions)]


class TestFind:
    def test_all_of_a_table_by_journal_and_id(self, index: Index) -> None:
        assert [found[:2] for found in index.find("certificates")] == [
            ("C-1", "id-1"),
            ("C-1", "id-2"),
            ("C-2", "id-3"),
        ]
        assert index.find("findings") == []

    @pytest.mark.parametrize(
        ("conditions", "found"),
        [
            ({"number": "Z-2"}, ["Z-2"]),
            ({"number": "z-2"}, []),
            ({"journal": "C-1"}, ["Z-1", "Z-2"]),
            ({"name": "TELE"}, ["Z-1", "Z-2"]),
            ({"name": "ærø"}, ["Z-3"]),
            ({"name": "%"}, []),
            ({"day_from": "2027-03-01", "day_to": "2027-06-30"}, ["Z-2", "Z-3"]),
            ({"day_from": "2027-03-02", "journal": "C-2"}, []),
        ],
    )
    def test_by_conditions(self, index: Index, conditions: dict[str, str], found: list[str]) -> None:
        assert numbers(index, **conditions) == found

    def test_a_table_that_is_not_indexed_is_no_empty_one(self, index: Index) -> None:
        with pytest.raises(KeyError):
            index.find("clients")


class TestFresh:
    def test_what_was_touched_and_appended_is_found(self, index: Index, store: FileStore) -> None:
        numbers(index)
        index.touch("C-1")
        record(store, "C-1", [certificate(4)])
        assert numbers(index, journal="C-1") == ["Z-1", "Z-2", "Z-4"]

    def test_what_was_appended_without_a_touch_is_found(self, index: Index, store: FileStore) -> None:
        numbers(index)
        record(FileStore(store.folder), "C-2", [certificate(5)])
        assert numbers(index, journal="C-2") == ["Z-3", "Z-5"]

    def test_what_was_replaced_or_struck_out_is_not(self, index: Index, store: FileStore) -> None:
        entries = store.read("C-1")
        numbers(index)
        changed = certificate(1, expires="2031-01-31", at=9, over=[entries[0].id])
        record(store, "C-1", [changed, strike("id-2", table="certificates", over=[entries[1].id])])
        assert [(row["number"], row["expires"]) for _, _, row in index.find("certificates", journal="C-1")] == [
            ("Z-1", "2031-01-31")
        ]

    def test_a_journal_that_is_gone_is_found_no_more(self, index: Index, store: FileStore) -> None:
        numbers(index)
        (store.journals / "C-1.jsonl").unlink()
        assert numbers(index) == ["Z-3"]

    def test_a_touch_is_written_once_until_the_next_query(self, index: Index) -> None:
        numbers(index)
        index.touch("C-1")
        statements: list[str] = []
        assert index._connection is not None
        index._connection.set_trace_callback(statements.append)
        for _ in range(100):
            index.touch("C-1")
        assert statements == []
        numbers(index)
        index.touch("C-1")
        assert any("INSERT" in statement for statement in statements)

    def test_a_journal_that_cannot_be_read_is_not_left_out_in_silence(self, index: Index, store: FileStore) -> None:
        numbers(index)
        path = store.journals / "C-2.jsonl"
        path.write_bytes(path.read_bytes().replace(b"Fiber", b"Tiber"))
        with pytest.raises(Damaged, match="C-2"):
            index.find("certificates")

    def test_two_indexes_on_one_file_agree(self, index: Index, store: FileStore) -> None:
        other = again(store)
        assert numbers(other) == numbers(index)
        other.touch("C-1")
        record(store, "C-1", [certificate(6)])
        assert numbers(index) == numbers(other) == ["Z-1", "Z-2", "Z-6", "Z-3"]

    def test_threads_of_one_process_ask_and_append_at_once(self, index: Index, store: FileStore) -> None:
        found: list[int] = []

        def work(number: int) -> None:
            index.touch("C-2")
            with store.holding("C-2"):
                record(store, "C-2", [certificate(number)])
            found.append(len(numbers(index, number=f"Z-{number}")))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(10, 18)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [1] * 8


class TestDerived:
    def test_it_is_for_its_owner_alone(self, index: Index, store: FileStore) -> None:
        numbers(index)
        index.touch("C-1")
        for path in store.folder.glob("index.sqlite*"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_deleted_it_is_built_anew(self, index: Index, store: FileStore) -> None:
        before = index.find("certificates")
        index.close()
        for path in store.folder.glob("index.sqlite*"):
            path.unlink()
        assert again(store).find("certificates") == before

    @pytest.mark.parametrize("spoilt", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4_000])
    def test_overwritten_it_is_built_anew(self, index: Index, store: FileStore, spoilt: bytes) -> None:
        before = index.find("certificates")
        index.close()
        (store.folder / "index.sqlite").write_bytes(spoilt)
        assert again(store).find("certificates") == before

    def test_changed_anywhere_it_gives_no_other_answer(self, index: Index, store: FileStore) -> None:
        before = index.find("certificates", day_from="2027-03-01")
        index.close()
        path = store.folder / "index.sqlite"
        raw = path.read_bytes()
        for place in range(0, len(raw), 97):
            changed = bytearray(raw)
            changed[place] ^= 4
            path.write_bytes(changed)
            other = again(store)
            assert other.find("certificates", day_from="2027-03-01") == before, place
            other.close()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE rows SET day = '1999-01-01' WHERE id = 'id-1'",
            "UPDATE rows SET record = '{}' WHERE id = 'id-1'",
            "DELETE FROM rows WHERE id = 'id-1'",
            "UPDATE journals SET stamp = ''",
            "DELETE FROM journals",
            "DROP TABLE touched",
            "DROP TABLE rows",
            "UPDATE meta SET layout = '0'",
        ],
    )
    def test_written_to_by_another_hand_it_gives_no_other_answer(
        self, index: Index, store: FileStore, statement: str
    ) -> None:
        before = index.find("certificates", day_from="2027-03-01")
        index.close()
        connection = sqlite3.connect(store.folder / "index.sqlite", isolation_level=None)
        connection.execute(statement)
        connection.close()
        assert again(store).find("certificates", day_from="2027-03-01") == before

    def test_a_new_edition_of_the_columns_makes_it_anew(self, index: Index, store: FileStore) -> None:
        numbers(index)
        index.close()
        other = Index(store, index.path, {**COLUMNS, "certificates": lambda key, row: ("x", None, None)}, edition="2")
        assert numbers(other, number="x") == ["Z-1", "Z-2", "Z-3"]

    def test_where_no_file_can_be_made_it_answers_from_memory(self, store: FileStore, tmp_path: Path) -> None:
        record(store, "C-1", [certificate(1)])
        index = Index(store, tmp_path / "no such folder" / "index.sqlite", COLUMNS)
        index.touch("C-1")
        assert numbers(index) == ["Z-1"]

    def test_while_another_holds_it_for_long_it_answers_from_memory(
        self, index: Index, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        numbers(index)
        connection = sqlite3.connect(index.path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        record(store, "C-1", [certificate(7)])
        assert index._connection is not None
        index._connection.execute("PRAGMA busy_timeout = 1")
        monkeypatch.setattr("certbody.journal.index.WAIT", 0.001)
        assert numbers(index, journal="C-1") == ["Z-1", "Z-2", "Z-7"]
        connection.execute("ROLLBACK")
        assert connection.execute("SELECT count(*) FROM rows").fetchone() == (3,)
        connection.close()
        assert os.path.exists(index.path)

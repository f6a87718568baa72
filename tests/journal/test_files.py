"""The embedded store on its disk: rights, links, heads, and what it reads twice."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from certbody.errors import BadData, Changed, Damaged, NotFound
from certbody.journal import DiskFailed, FileStore, Head
from tests.journal.acts import filled, finding, record


def journal(store: FileStore, name: str = "C-1") -> Path:
    return store.journals / f"{name}.jsonl"


class TestRights:
    def test_files_and_folders_are_for_their_owner_alone(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            store = FileStore.found(tmp_path / "office")
            filled(store)
            store.put_file(b"photograph")
        finally:
            os.umask(before)
        for path in [tmp_path / "office", *(tmp_path / "office").rglob("*")]:
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path

    def test_a_folder_that_is_no_office_is_not_found(self, tmp_path: Path) -> None:
        with pytest.raises(NotFound, match="is no office"):
            FileStore(tmp_path)

    def test_founding_twice_changes_nothing(self, store: FileStore) -> None:
        head = filled(store)
        assert FileStore.found(store.folder).head("C-1") == head


class TestStrangers:
    def test_a_link_in_the_place_of_a_journal_is_refused_and_its_target_left_alone(
        self, store: FileStore, tmp_path: Path
    ) -> None:
        target = tmp_path / "target"
        target.write_bytes(b"")
        journal(store).symlink_to(target)
        with pytest.raises(Damaged, match=r"C-1\.jsonl cannot be read"):
            record(store, "C-1", [finding(1)])
        with pytest.raises(Damaged):
            store.append("C-1", [finding(1)], {"C-1": Head.first("C-1")})
        assert target.read_bytes() == b""

    def test_a_pipe_in_the_place_of_a_journal_does_not_hold_us(self, store: FileStore) -> None:
        os.mkfifo(journal(store))
        with pytest.raises(Damaged, match="cannot be read"):
            store.head("C-1")

    def test_a_link_in_the_place_of_evidence_is_refused_and_healed(self, store: FileStore, tmp_path: Path) -> None:
        digest = store.put_file(b"photograph")
        path = store.evidence.path(digest)
        (tmp_path / "other").write_bytes(b"photograph")
        path.unlink()
        path.symlink_to(tmp_path / "other")
        with pytest.raises(Damaged):
            store.open_file(digest)
        store.put_file(b"photograph")
        assert store.open_file(digest) == b"photograph"
        assert not path.is_symlink()

    def test_other_files_are_no_journals(self, store: FileStore) -> None:
        filled(store)
        for name in ("notes.txt", "C-1 (conflicted copy).jsonl", ".jsonl", "C-1.torn-1"):
            (store.journals / name).write_bytes(b"x")
        assert store.names() == ["C-1"]


class TestEvidence:
    def test_a_changed_file_is_damaged(self, store: FileStore) -> None:
        digest = store.put_file(b"photograph")
        store.evidence.path(digest).write_bytes(b"Photograph")
        with pytest.raises(Damaged, match="not what was put there"):
            store.open_file(digest)

    def test_putting_it_again_heals_it(self, store: FileStore) -> None:
        digest = store.put_file(b"photograph")
        store.evidence.path(digest).write_bytes(b"")
        store.put_file(b"photograph")
        assert store.open_file(digest) == b"photograph"

    def test_its_name_is_its_hash(self, store: FileStore) -> None:
        digest = store.put_file(b"photograph")
        assert (store.folder / "evidence" / digest[:2] / digest[2:]).read_bytes() == b"photograph"

    def test_what_was_left_unfinished_is_swept_away(self, store: FileStore) -> None:
        digest = store.put_file(b"photograph")
        left = store.evidence.path(digest).with_suffix(".1-aa.part")
        left.write_bytes(b"photo")
        (store.journals / "C-9.jsonl.part").write_bytes(b"{")
        assert store.sweep() == [str(left.relative_to(store.folder)), "journals/C-9.jsonl.part"]
        assert (store.sweep(), store.files()) == ([], [digest])


class TestTwoStores:
    """Two stores on one folder stand for two processes: their locks are those of their own open files."""

    def test_what_one_appends_the_other_reads(self, store: FileStore) -> None:
        other = FileStore(store.folder)
        head = filled(store, count=2)
        assert other.head("C-1") == head
        moved = record(other, "C-1", [finding(7)])
        assert store.read("C-1", 2) == moved

    def test_a_head_that_moved_elsewhere_is_noticed(self, store: FileStore) -> None:
        other = FileStore(store.folder)
        head = filled(store)
        record(other, "C-1", [finding(7)])
        with pytest.raises(Changed) as caught:
            store.append("C-1", [finding(8)], {"C-1": head})
        assert f"C-1: stood at {head}, stands at 4·" in str(caught.value)

    def test_a_journal_put_in_place_of_another_is_noticed(self, store: FileStore, tmp_path: Path) -> None:
        head = filled(store, count=2)
        (tmp_path / "backup").write_bytes(journal(store).read_bytes())
        later = record(store, "C-1", [finding(7)])[0].head
        os.replace(tmp_path / "backup", journal(store))
        with pytest.raises(Changed):
            store.append("C-1", [finding(8)], {"C-1": later})
        assert store.head("C-1") == head
        assert record(store, "C-1", [finding(9)])[0].no == 3

    def test_a_journal_copied_over_another_is_noticed(self, store: FileStore) -> None:
        head = filled(store, count=2)
        backup = journal(store).read_bytes()
        record(store, "C-1", [finding(7)])
        journal(store).write_bytes(backup)
        assert store.head("C-1") == head
        assert len(store.read("C-1")) == 2

    def test_a_journal_taken_away_is_not_written_to(self, store: FileStore, tmp_path: Path) -> None:
        head = filled(store)
        os.rename(journal(store), tmp_path / "away")
        before = (tmp_path / "away").read_bytes()
        with pytest.raises(Changed):
            store.append("C-1", [finding(8)], {"C-1": head})
        assert (tmp_path / "away").read_bytes() == before

    def test_whoever_waits_too_long_is_told(self, store: FileStore) -> None:
        head = filled(store)
        other = FileStore(store.folder, wait=0.05)
        with store.holding("C-1"):
            with pytest.raises(Exception, match="C-1 is held by another process") as caught:
                other.append("C-1", [finding(8)], {"C-1": head})
            assert getattr(caught.value, "exit_code", None) == 4
            assert other.head("C-1") == head  # reading waits for nobody
        assert record(other, "C-1", [finding(8)])[0].no == 4

    def test_whoever_waits_for_a_new_journal_too_long_is_told(self, store: FileStore) -> None:
        other = FileStore(store.folder, wait=0.05)
        with store.holding("C-1"), pytest.raises(Exception, match="held by another process"):
            record(other, "C-2", [finding(8)])
        assert record(other, "C-2", [finding(8)])[0].no == 1

    def test_journals_that_an_act_rests_on_are_shared(self, store: FileStore) -> None:
        filled(store, "body")
        other = FileStore(store.folder, wait=0.05)
        for name in ("C-1", "C-2"):
            filled(store, name)
        with store.holding("C-1", "body"):
            heads = {"C-2": other.head("C-2"), "body": other.head("body")}
            other.append("C-2", [finding(8)], heads)
            with pytest.raises(Exception, match="body is held"):
                record(other, "body", [finding(8)])


class TestHolding:
    def test_nobody_appends_between_reading_and_appending(self, store: FileStore) -> None:
        filled(store)
        other = FileStore(store.folder, wait=0.05)
        with store.holding("C-1"):
            head = store.head("C-1")
            head = store.append("C-1", [finding(8)], {"C-1": head})[0].head
            with pytest.raises(Exception, match="held by another process"):
                record(other, "C-1", [finding(9)])
            store.append("C-1", [finding(10)], {"C-1": head})
        assert len(other.read("C-1")) == 5

    def test_after_a_failure_inside_it_is_free(self, store: FileStore) -> None:
        filled(store)
        with pytest.raises(RuntimeError), store.holding("C-1"):
            raise RuntimeError
        assert record(FileStore(store.folder, wait=0.05), "C-1", [finding(9)])[0].no == 4

    def test_holding_within_holding_is_refused(self, store: FileStore) -> None:
        with store.holding("C-1"), pytest.raises(BadData, match="held already"), store.holding("C-2"):
            pass


class TestCounts:
    """Counts of calls do not depend on the machine: a warm append is one write and one sync, and reads nothing."""

    @pytest.fixture
    def calls(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
        counted: dict[str, int] = {}

        def counting(name: str, real: Any) -> Any:
            def count(*given: Any, **more: Any) -> Any:
                counted[name] = counted.get(name, 0) + 1
                return real(*given, **more)

            return count

        for name in ("write", "fdatasync", "fsync", "pread", "open", "ftruncate"):
            monkeypatch.setattr(os, name, counting(name, getattr(os, name)))
        return counted

    def test_a_warm_append_is_one_write_and_one_sync(self, store: FileStore, calls: dict[str, int]) -> None:
        filled(store, count=100)
        head = store.head("C-1")
        calls.clear()
        store.append("C-1", [finding(8), finding(9)], {"C-1": head})
        assert calls == {"write": 1, "fdatasync": 1}

    def test_a_new_journal_is_synced_with_its_folder(self, store: FileStore, calls: dict[str, int]) -> None:
        calls.clear()
        filled(store)
        assert calls["fdatasync"] == 1
        assert calls["fsync"] == 1

    def test_a_file_of_evidence_is_synced_with_both_folders(self, store: FileStore, calls: dict[str, int]) -> None:
        calls.clear()
        store.put_file(b"photograph")
        assert (calls["fdatasync"], calls["fsync"]) == (1, 2)

    def test_more_journals_than_may_be_open_are_read(self, store: FileStore) -> None:
        for number in range(100):
            filled(store, f"C-{number}", count=1)
        assert all(store.head(name).no == 1 for name in store.names())
        assert len(store._open._open) <= 64


class TestReadOnly:
    def test_a_journal_that_may_not_be_written_is_read(self, store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
        head = filled(store)
        real = os.open

        def refuse(path: Any, flags: int, *more: Any, **others: Any) -> int:
            if flags & os.O_RDWR and str(path).endswith("C-1.jsonl"):
                raise PermissionError(13, "Permission denied")
            return real(path, flags, *more, **others)

        monkeypatch.setattr(os, "open", refuse)
        other = FileStore(store.folder)
        assert other.head("C-1") == head
        with pytest.raises(BadData, match="may be read here, not written"):
            record(other, "C-1", [finding(9)])

    def test_a_journal_that_may_not_be_read_is_told(self, store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
        filled(store)

        def refuse(path: Any, flags: int, *more: Any, **others: Any) -> int:
            raise PermissionError(13, "Permission denied")

        other = FileStore(store.folder)
        monkeypatch.setattr(os, "open", refuse)
        with pytest.raises(DiskFailed, match="could not be read"):
            other.head("C-1")

"""What stays when a writer is killed, a disk fails or fills, and a line is torn: all that was acknowledged."""

from __future__ import annotations

import errno
import os
import random
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from certbody.errors import Damaged
from certbody.journal import DiskFailed, FileStore, Fold, Head
from certbody.journal.verify import verify
from tests.journal.acts import filled, finding, record

WRITER = Path(__file__).with_name("writer.py")
KILLS = 1_000 if os.environ.get("CERTBODY_LONG") else 40


def start(store: FileStore, first: int, count: int, kind: str = "held", **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(store.folder), "C-1", str(first), str(count), kind]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)


class TestKill:
    def test_of_many_writers_killed_at_any_moment_no_acknowledged_act_is_lost(self, store: FileStore) -> None:
        chance = random.Random(2027)
        acknowledged: set[str] = set()
        for kill in range(KILLS):
            process = start(store, kill * 10_000, 10_000, chance.choice(["held", "checked", "evidence"]))
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 12)):  # killed after so many acts, somewhere in the next one
                acknowledged.add(f"F-{process.stdout.readline().strip()}")
            for _ in range(chance.randrange(3_000)):
                pass
            process.kill()
            acknowledged |= {f"F-{line.strip()}" for line in process.stdout if line.endswith("\n")}
            process.wait()
            process.stdout.close()
        record(store, "C-1", [finding(-1)])  # sets a torn tail aside
        findings = Fold(store.read("C-1")).tables["findings"]
        assert acknowledged <= findings.keys()
        store.sweep()
        assert [fault for fault in verify(store) if fault.kind != "aside"] == []


class TestProcesses:
    @pytest.mark.parametrize(("processes", "each", "kind"), [(2, 60, "checked"), (8, 25, "held"), (4, 15, "evidence")])
    def test_all_that_was_acknowledged_is_stored_once(
        self, store: FileStore, processes: int, each: int, kind: str
    ) -> None:
        writers = [start(store, number * 1_000, each, kind) for number in range(processes)]
        said = [writer.communicate()[0].split() for writer in writers]
        assert [len(lines) for lines in said] == [each] * processes
        entries = store.read("C-1")
        assert len(entries) == processes * each
        assert {f"F-{number}" for lines in said for number in lines} == Fold(entries).tables["findings"].keys()
        assert verify(store) == []

    def test_threads_of_one_process_take_turns(self, store: FileStore) -> None:
        def work(first: int) -> None:
            for number in range(first, first + 20):
                with store.holding("C-1"):
                    record(store, "C-1", [finding(number)])

        threads = [threading.Thread(target=work, args=(first,)) for first in range(0, 400, 100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.read("C-1")) == 80

    def test_a_process_forked_from_us_has_locks_of_its_own(self, store: FileStore) -> None:
        filled(store)
        child = os.fork()
        if child == 0:
            try:
                for number in range(100, 140):
                    with store.holding("C-1"):
                        record(store, "C-1", [finding(number)])
                os._exit(0)
            finally:
                os._exit(1)
        for number in range(200, 240):
            with store.holding("C-1"):
                record(store, "C-1", [finding(number)])
        assert os.waitpid(child, 0)[1] == 0
        assert len(store.read("C-1")) == 3 + 40 + 40


class TestFailingDisk:
    @pytest.mark.parametrize("fails", ["fdatasync", "write"])
    def test_an_act_that_was_not_synced_is_not_acknowledged(
        self, store: FileStore, monkeypatch: pytest.MonkeyPatch, fails: str
    ) -> None:
        head = filled(store)
        before = (store.journals / "C-1.jsonl").read_bytes()
        real = getattr(os, fails)
        with monkeypatch.context() as broken:
            broken.setattr(os, fails, raising(errno.EIO))
            with pytest.raises(DiskFailed) as caught:
                store.append("C-1", [finding(9)], {"C-1": head})
        assert "C-1: Input/output error" in str(caught.value)
        assert getattr(os, fails) is real
        assert (store.journals / "C-1.jsonl").read_bytes() == before
        assert store.head("C-1") == head
        assert store.append("C-1", [finding(10)], {"C-1": head})[0].no == 4
        assert verify(store) == []

    def test_when_nothing_can_be_taken_back_it_says_that_nothing_is_certain(
        self, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        head = filled(store)
        with monkeypatch.context() as broken:
            broken.setattr(os, "fdatasync", raising(errno.EIO))
            broken.setattr(os, "ftruncate", raising(errno.EIO))
            with pytest.raises(DiskFailed, match="not certain"):
                store.append("C-1", [finding(9)], {"C-1": head})
        assert store.head("C-1").no == 4  # what is there is read again, not remembered

    def test_a_part_of_a_line_is_taken_back(self, store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
        head = filled(store)
        real = os.write

        def fill(fd: int, data: bytes) -> int:
            if len(data) < 100:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(fd, data[: len(data) - 50])

        with monkeypatch.context() as broken:
            broken.setattr(os, "write", fill)
            with pytest.raises(DiskFailed, match="Nothing was put on record") as caught:
                store.append("C-1", [finding(9)], {"C-1": head})
        assert "No space left" in str(caught.value)
        assert verify(store) == []
        assert store.head("C-1") == head

    @pytest.mark.parametrize("fails", ["fdatasync", "fsync", "replace", "write"])
    def test_a_journal_that_could_not_be_begun_is_not_there(
        self, store: FileStore, monkeypatch: pytest.MonkeyPatch, fails: str
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(os, fails, raising(errno.ENOSPC))
            with pytest.raises(DiskFailed, match="Nothing was put on record"):
                filled(store)
        assert list(store.journals.iterdir()) == []
        assert filled(store).no == 3

    @pytest.mark.parametrize("fails", ["fdatasync", "fsync", "replace", "write"])
    def test_a_file_that_could_not_be_kept_leaves_nothing(
        self, store: FileStore, monkeypatch: pytest.MonkeyPatch, fails: str
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(os, fails, raising(errno.ENOSPC))
            with pytest.raises(DiskFailed, match="The file was not kept"):
                store.put_file(b"photograph")
        assert verify(store) == []
        assert store.open_file(store.put_file(b"photograph")) == b"photograph"

    def test_an_act_that_was_stopped_by_hand_is_read_again(
        self, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        head = filled(store)

        def interrupt(fd: int) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr(os, "fdatasync", interrupt)
            with pytest.raises(KeyboardInterrupt):
                store.append("C-1", [finding(9)], {"C-1": head})
        assert store.head("C-1") == FileStore(store.folder).head("C-1")
        assert record(FileStore(store.folder, wait=0.05), "C-1", [finding(10)])[0].no == 5

    def test_a_full_disk_leaves_what_was_acknowledged(self, store: FileStore) -> None:
        limit = 20_000

        def full() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        process = start(store, 0, 1_000, preexec_fn=full, stderr=subprocess.PIPE)
        said, problem = process.communicate()
        assert "File too large" in problem
        entries = store.read("C-1")
        assert [f"F-{number}" for number in said.split()] == list(Fold(entries).tables["findings"])
        assert len(entries) > 10
        assert verify(store) == []


class TestTornTail:
    @pytest.mark.parametrize("tail", [b"{", b'{"act":"x"', b"\0" * 100, b"\xff"])
    def test_it_is_left_alone_by_readers_and_set_aside_by_the_next_writer(self, store: FileStore, tail: bytes) -> None:
        head = filled(store)
        path = store.journals / "C-1.jsonl"
        path.write_bytes(path.read_bytes() + tail)
        assert (store.head("C-1"), len(store.read("C-1"))) == (head, 3)
        assert path.read_bytes().endswith(tail)
        assert store.append("C-1", [finding(9)], {"C-1": head})[0].no == 4
        assert (store.journals / "C-1.torn-1").read_bytes() == tail
        assert [fault.kind for fault in verify(store)] == ["aside"]

    def test_a_second_one_does_not_overwrite_the_first(self, store: FileStore) -> None:
        filled(store)
        path = store.journals / "C-1.jsonl"
        for tail in (b"one", b"two"):
            path.write_bytes(path.read_bytes() + tail)
            record(FileStore(store.folder), "C-1", [finding(ord(tail[:1]))])
        assert [(store.journals / f"C-1.torn-{n}").read_bytes() for n in (1, 2)] == [b"one", b"two"]

    def test_every_cut_of_the_last_line_leaves_the_lines_before(self, store: FileStore) -> None:
        filled(store, count=2)
        path = store.journals / "C-1.jsonl"
        raw = path.read_bytes()
        first = raw.index(b"\n") + 1
        for size in range(first, len(raw)):
            path.write_bytes(raw[:size])
            assert len(FileStore(store.folder).read("C-1")) == 1

    def test_a_terminated_line_that_is_wrong_is_damage_and_stays(self, store: FileStore) -> None:
        head = filled(store)
        path = store.journals / "C-1.jsonl"
        path.write_bytes(path.read_bytes() + b'{"act":"x"}\n')
        before = path.read_bytes()
        for attempt in (store, FileStore(store.folder)):
            with pytest.raises(Damaged) as caught:
                attempt.append("C-1", [finding(9)], {"C-1": head})
            assert f"{path}:4: it has not the fields of an act" in str(caught.value)
        assert path.read_bytes() == before

    def test_a_journal_under_another_name_is_damage(self, store: FileStore) -> None:
        filled(store)
        os.rename(store.journals / "C-1.jsonl", store.journals / "C-2.jsonl")
        with pytest.raises(Damaged, match="line 1 is not what was put on record"):
            store.head("C-2")
        assert store.head("C-1") == Head.first("C-1")


def raising(number: int) -> Any:
    """A system call that fails, each time it is called."""

    def fail(*given: object, **more: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail

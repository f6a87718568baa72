"""Verification: whatever was changed is found and named, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from certbody.errors import BadData
from certbody.journal import FileStore, Head, draft
from certbody.journal.verify import against, verify
from tests.journal.acts import filled, finding, put, record


def told(store: FileStore) -> list[tuple[str, str]]:
    return [(fault.kind, fault.where) for fault in verify(store)]


class TestWell:
    def test_nothing_is_found_in_a_store_as_it_was_left(self, store: FileStore) -> None:
        assert verify(store) == []
        filled(store, "C-1", count=5)
        digest = store.put_file(b"photograph")
        record(store, "body", [put({"E-1": {"file": {"sha256": digest}, "form": "F-12"}}, table="evidence")])
        assert verify(store) == []

    def test_evidence_that_no_record_names_is_no_fault(self, store: FileStore) -> None:
        store.put_file(b"photograph")
        assert verify(store) == []


class TestChangedBytes:
    def test_each_changed_byte_of_a_journal_is_found_in_its_line(self, store: FileStore) -> None:
        filled(store, count=4)
        path = store.journals / "C-1.jsonl"
        raw = path.read_bytes()
        for place in range(len(raw)):
            changed = bytearray(raw)
            changed[place] ^= 1 << place % 8
            path.write_bytes(changed)
            line = raw[:place].count(b"\n") + 1
            places = {where for _, where in told(store)}
            assert f"journals/C-1.jsonl:{line}" in places, place
            # A line end that is lost joins two lines, one that is made parts one; no other line is accused.
            assert places <= {f"journals/C-1.jsonl:{each}" for each in (line, line + 1)}, place
            with pytest.raises(Exception, match="C-1") if line < 4 or place < len(raw) - 1 else _Nothing():
                FileStore(store.folder).read("C-1")

    def test_each_changed_byte_of_evidence_is_found(self, store: FileStore) -> None:
        digest = store.put_file(b"a small photograph")
        path = store.evidence.path(digest)
        for place in range(18):
            changed = bytearray(b"a small photograph")
            changed[place] ^= 1
            path.write_bytes(changed)
            assert told(store) == [("damaged", f"evidence/{digest[:2]}/{digest[2:]}")]


class TestLines:
    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (lambda lines: [*lines[:1], *lines[2:]], 2),
            (lambda lines: [lines[0], lines[2], lines[1], lines[3]], 2),
            (lambda lines: [*lines[:2], lines[1], *lines[2:]], 3),
            (lambda lines: lines[1:], 1),
        ],
    )
    def test_a_line_that_is_missing_moved_or_doubled_is_found(
        self, store: FileStore, change: object, place: int
    ) -> None:
        filled(store, count=4)
        path = store.journals / "C-1.jsonl"
        path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))  # type: ignore[operator]
        assert ("damaged", f"journals/C-1.jsonl:{place}") in told(store)

    def test_a_torn_tail_is_told_as_what_it_is(self, store: FileStore) -> None:
        filled(store, count=2)
        path = store.journals / "C-1.jsonl"
        path.write_bytes(path.read_bytes() + b'{"act"')
        fault = verify(store)[0]
        assert (fault.kind, fault.where) == ("torn", "journals/C-1.jsonl:3")
        assert "nobody was told that it is on record" in fault.text
        assert not fault.harmless

    def test_a_journal_that_bears_the_name_of_another_is_found(self, store: FileStore) -> None:
        filled(store)
        shutil.copy(store.journals / "C-1.jsonl", store.journals / "C-2.jsonl")
        fault = verify(store)[0]
        assert str(fault) == "journals/C-2.jsonl:1: it does not begin a journal of this name"

    def test_an_emptied_journal_is_found(self, store: FileStore) -> None:
        filled(store)
        (store.journals / "C-1.jsonl").write_bytes(b"")
        assert told(store) == [("damaged", "journals/C-1.jsonl")]

    def test_a_link_in_the_place_of_a_journal_is_found(self, store: FileStore, tmp_path: Path) -> None:
        (store.journals / "C-1.jsonl").symlink_to(tmp_path)
        assert [str(fault) for fault in verify(store)] == ["journals/C-1.jsonl: is a link"]


class TestFiles:
    @pytest.mark.parametrize("record_", [{"sha256": "a" * 64}, {"files": [{"form": "a" * 64}]}])
    def test_a_file_that_a_record_names_and_that_is_not_there_is_told_with_the_line(
        self, store: FileStore, record_: dict[str, object]
    ) -> None:
        record(store, "C-1", [finding(1), put({"E-1": record_})])
        fault = verify(store)[0]
        assert (fault.kind, fault.where) == ("missing", f"evidence/aa/{'a' * 62}")
        assert fault.text.startswith("journals/C-1.jsonl:2 names this file")

    def test_the_scan_of_a_signed_form_must_be_there(self, store: FileStore) -> None:
        form = store.put_file(b"scan")
        entered = {"by": "P-2", "how": "signed form", "form": form}
        record(store, "C-1", [draft(at="2027-03-02T12:00:00Z", by="P-1", entered=entered, act="decided")])
        assert verify(store) == []
        store.evidence.path(form).unlink()
        assert told(store) == [("missing", f"evidence/{form[:2]}/{form[2:]}")]

    def test_files_that_do_not_belong_there_are_named(self, store: FileStore) -> None:
        filled(store)
        for name in ("journals/C-1 (conflicted copy).jsonl", "evidence/notes.txt", "evidence/ab/cd"):
            path = store.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"x")
        (store.folder / "evidence/old").mkdir()
        assert told(store) == [
            ("foreign", "journals/C-1 (conflicted copy).jsonl"),
            ("foreign", "evidence/ab/cd"),
            ("foreign", "evidence/notes.txt"),
            ("foreign", "evidence/old"),
        ]

    def test_traces_of_interrupted_writers_are_named_and_harmless(self, store: FileStore) -> None:
        (store.journals / "C-1.torn-1").write_bytes(b"x")
        (store.journals / "C-1.jsonl.part").write_bytes(b"x")
        faults = verify(store)
        assert [(fault.kind, fault.harmless) for fault in faults] == [("leftover", True), ("aside", True)]


class TestOutsideHead:
    def test_a_printed_head_agrees_with_the_journal_it_was_printed_from(self, store: FileStore) -> None:
        head = filled(store)
        record(store, "C-1", [finding(9)])
        assert against(store, "C-1", head.no, head.short) is True

    def test_a_tail_cut_off_and_a_chain_rewritten_contradict_it(self, store: FileStore, tmp_path: Path) -> None:
        head = filled(store)
        path = store.journals / "C-1.jsonl"
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
        assert verify(store) == []
        assert against(store, "C-1", head.no, head.short) is False
        other = FileStore.found(tmp_path / "other")
        record(other, "C-1", [finding(number) for number in (5, 6, 7)])
        assert verify(other) == []
        assert against(other, "C-1", head.no, head.short) is False

    def test_of_a_journal_that_is_not_here_nothing_is_provable(self, store: FileStore) -> None:
        assert against(store, "C-1", 3, "a" * 12) is None

    @pytest.mark.parametrize(("no", "short"), [(0, "a" * 12), (1, "a" * 11), (1, "x" * 12), (1, "A" * 12)])
    def test_what_is_no_head_is_refused(self, store: FileStore, no: int, short: str) -> None:
        with pytest.raises(BadData, match="is no head"):
            against(store, "C-1", no, short)


class _Nothing:
    """A block that raises nothing: the last line end, once changed, leaves a torn tail."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *problem: object) -> None:
        assert problem[0] is None


def test_the_first_head_depends_on_the_name() -> None:
    assert Head.first("C-1") != Head.first("C-2")

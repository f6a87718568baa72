"""The embedded store: journals and evidence as files in one folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from certbody.errors import BadData, Changed, Damaged, NotFound
from certbody.journal import disk
from certbody.journal.entry import Act, Entry, Head
from certbody.journal.evidence import EvidenceFolder
from certbody.journal.lines import Lines, chained, failed
from certbody.journal.opened import OpenJournals, checked, is_name

T = TypeVar("T")


class FileStore:
    """A folder with ``journals/*.jsonl`` and ``evidence/``; used by any number of processes and threads at once.

    Attributes:
        folder: the folder; ``index.sqlite`` and ``secrets.json`` lie in it, too.
        wait: seconds to wait for a journal that another process holds.
    """

    def __init__(self, folder: Path | str, *, wait: float = 30.0) -> None:
        self.folder = Path(folder)
        self.wait = wait
        self.journals = self.folder / "journals"
        self.evidence = EvidenceFolder(self.folder / "evidence", wait=wait)
        for each in (self.journals, self.evidence.folder):
            if not each.is_dir():
                raise NotFound(f"{folder} is no office.", [f"{each}: no such folder"])
        self._open = OpenJournals(self.journals, wait=wait)

    @classmethod
    def found(cls, folder: Path | str, *, wait: float = 30.0) -> FileStore:
        """Make the folders of a new store, or of one that lacks them, for their owner alone."""
        for each in (Path(folder), Path(folder, "journals"), Path(folder, "evidence")):
            if not each.is_dir():
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
                disk.sync_folder(each.parent)
        return cls(folder, wait=wait)

    def names(self) -> list[str]:
        """The names of all journals, sorted."""
        return sorted(self.stamps())

    def stamps(self) -> dict[str, str]:
        """For each journal a text that is another one as soon as the journal has changed; cheap to ask for."""
        found = {}
        with os.scandir(self.journals) as files:
            for file in files:
                name = file.name.removesuffix(".jsonl")
                if file.name.endswith(".jsonl") and is_name(name):
                    seen = file.stat(follow_symlinks=False)
                    found[name] = f"{seen.st_size}-{seen.st_mtime_ns}-{seen.st_ino}"
        return found

    def head(self, name: str) -> Head:
        """Where a journal ends; for one that is not there, the head before its first line."""

        def end(lines: Lines) -> Head:
            lines.catch_up()
            return lines.head

        return self._reading(name, end, absent=Head.first(checked(name)))

    def read(self, name: str, after: int = 0) -> list[Entry]:
        """The entries after line `after`, each verified as it is read from the disk.

        Whoever goes on from an earlier reading compares the first entry's `prev` with the hash it knows.

        Raises:
            Damaged: a line is not what was put there (file and line are named), or there are fewer than `after`.
        """

        def rest(lines: Lines) -> list[Entry]:
            if after:
                lines.catch_up()
            return lines.read(after)

        return self._reading(name, rest, absent=[])

    @contextmanager
    def holding(self, name: str, *others: str) -> Iterator[None]:
        """Keep journals as they are until the block ends: to read, to judge, and to append to `name` alone.

        What is appended inside at the heads that were read inside is never told that they have moved.

        Raises:
            Busy: another process held one of them for longer than `wait`.
        """
        with self._open as journals, journals.keeping(name, {name, *others}):
            yield

    def append(self, name: str, acts: Sequence[Act], heads: Mapping[str, Head]) -> list[Entry]:
        """Put acts on record at the end of a journal; when this returns, they are on the disk.

        Each act is whole or absent. Those of one call are written at once; if the machine stops in the middle,
        the first ones may stand without the later ones.

        Args:
            heads: the heads that the acts rest on: of this journal, and of every other one they were checked
                against. They are compared under lock.

        Raises:
            Changed: one of the heads has moved: read, check, and append anew.
            Busy: a journal was held by another process for longer than `wait`.
            DiskFailed: the disk did not confirm; nothing is acknowledged.
        """
        if name not in heads:
            raise BadData("The act cannot go on record.", [f"the head of {name}, on which it rests, is not given"])
        with self._open as journals:
            if len(heads) == 1 and acts and (lines := journals.lock_at_once(name)) is not None:
                try:
                    if lines.head == heads[name]:
                        return lines.write(acts)
                finally:
                    journals.let_go(lines)
            held = journals.lock(name, heads)
            try:
                _compare(held, heads)
                if not acts:
                    return []
                return self._begin(name, acts) if (there := held[name]) is None else there.write(acts)
            finally:
                journals.unlock(held)

    def put_file(self, data: bytes) -> str:
        """Keep a file of evidence and return its SHA-256; on the disk when this returns."""
        return self.evidence.put(data)

    def open_file(self, digest: str) -> bytes:
        """The content of a file of evidence, compared with its hash: NotFound or Damaged otherwise."""
        return self.evidence.open(digest)

    def files(self) -> list[str]:
        """The SHA-256 of every file of evidence, sorted."""
        return self.evidence.digests()

    def sweep(self) -> list[str]:
        """Remove what writers that died left unfinished; nobody is writing while this runs. The names removed."""
        removed = []
        until = disk.deadline(self.wait)
        with disk.locked_folder(self.journals, until=until), disk.locked_folder(self.evidence.folder, until=until):
            for part in [*self.journals.glob("*.part"), *self.evidence.parts()]:
                part.unlink(missing_ok=True)
                removed.append(str(part.relative_to(self.folder)))
        return sorted(removed)

    def close(self) -> None:
        """Let go of all files; the store can be used on."""
        with self._open as journals:
            journals.close()

    def _begin(self, name: str, acts: Sequence[Act]) -> list[Entry]:
        """Make a journal with its first lines, so that it appears whole or not at all. The folder is locked."""
        path = self.journals / f"{name}.jsonl"
        part = self.journals / f"{name}.jsonl.part"
        part.unlink(missing_ok=True)  # of a writer that died: the folder is ours
        entries, lines = chained(acts, Head.first(name))
        try:
            fd = disk.new_file(part, b"".join(lines))
        except OSError as problem:
            raise failed(name, "Nothing was put on record.", problem) from problem
        try:
            # Held until the folder is synced, so that nobody acknowledges a line in a file that may yet vanish.
            disk.lock(fd, name, until=disk.deadline(self.wait))
            os.replace(part, path)
            disk.sync_folder(self.journals)
        except OSError as problem:
            part.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            raise failed(name, "Nothing was put on record.", problem) from problem
        finally:
            os.close(fd)
        return entries

    def _reading(self, name: str, read: Callable[[Lines], T], *, absent: T) -> T:
        with self._open as journals:
            lines = journals.get(name)
            if lines is None:
                return absent
            try:
                return read(lines)
            except Damaged:
                # A tail that is set aside while we read looks the same: once more, with nobody writing.
                lines.forget()
            held = journals.lock("", [name])
            try:
                return absent if (again := held[name]) is None else read(again)
            finally:
                journals.unlock(held)


def _compare(held: Mapping[str, Lines | None], heads: Mapping[str, Head]) -> None:
    moved = []
    for name, head in heads.items():
        lines = held[name]
        now = Head.first(name) if lines is None else lines.head
        if now != head:
            moved.append(f"{name}: stood at {head}, stands at {now}")
    if moved:
        raise Changed("Somebody else put something on record meanwhile.", moved, next="look again, then decide")

"""The journals that a process has open, and the locks on them."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final

from certbody.errors import BadData
from certbody.journal import disk
from certbody.journal.lines import Lines, failed

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
_MOST_OPEN: Final = 64  # more would run into the limit on open files


class OpenJournals:
    """The open journals of one folder, for one thread at a time: ``with`` it, everything else inside."""

    def __init__(self, folder: Path, *, wait: float) -> None:
        self.folder = folder
        self.wait = wait
        self._open: dict[str, Lines] = {}
        self._mutex = threading.RLock()
        self._pid = os.getpid()
        self._folder = -1
        self._kept: frozenset[str] = frozenset()

    def __enter__(self) -> OpenJournals:
        if self._pid != os.getpid():  # locks belong to the open file, which a fork shares: open anew
            self._mutex, self._pid, self._kept = threading.RLock(), os.getpid(), frozenset()
            self.close()
            if self._folder >= 0:
                os.close(self._folder)
                self._folder = -1
        if not self._mutex.acquire(timeout=self.wait):
            raise disk.Busy("The office is held by another thread, and did not become free in time.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        while len(self._open) > _MOST_OPEN and not self._kept:
            self._drop(next(iter(self._open)))
        self._mutex.release()
        if isinstance(problem, OSError):
            raise failed("journals", "The disk could not be read or written.", problem) from problem

    def get(self, name: str) -> Lines | None:
        """The open journal of that name, its size looked up; None where there is none."""
        lines = self._open.get(name)
        try:
            if lines is not None:
                if lines.is_current():
                    return lines
                self._drop(name)
            self._open[name] = lines = Lines(self.folder / f"{checked(name)}.jsonl")
        except FileNotFoundError:
            if name in self._open:
                self._drop(name)
            return None
        return lines

    def lock_at_once(self, name: str) -> Lines | None:
        """The journal, held for writing, if it is open and nothing was added: the common case, without ceremony."""
        lines = self._open.get(name)
        if lines is None or not disk.lock_at_once(lines.fd):
            return None
        try:
            if lines.is_current() and lines.file_size == lines.size:
                return lines
        except OSError:
            self._drop(name)
            raise
        self.let_go(lines)
        return None

    def lock(self, target: str, names: Collection[str]) -> Mapping[str, Lines | None]:
        """Hold journals, `target` for writing and the others against change, all read up to their end.

        Always in the same order, the folder first where a journal is not there: so no two wait for each other.
        """
        until = disk.deadline(self.wait)
        order = sorted(names)
        for _ in range(100):
            held: dict[str, Lines | None] = {}
            try:
                for name in order:
                    held[name] = self._open.get(name) or self.get(name)
                if self._take(held, target, until):
                    return held
            except BaseException:  # a thread of `disk.lock` may yet get the lock for a file that is open here
                self.abandon(held)
                raise
            self.unlock(held)
        raise disk.Busy("The journals are being replaced all the time.", next="see who restores files here")

    def _take(self, held: Mapping[str, Lines | None], target: str, until: float) -> bool:
        """Lock and read up what is there. False where a name leads elsewhere by now: begin anew."""
        if None in held.values() and self._folder < 0:
            self._folder = disk.open_folder(self.folder)
            new = target in held and held[target] is None
            disk.lock(self._folder, "The folder of the journals", until=until, shared=not new)
        for name, lines in held.items():
            if lines is not None and name not in self._kept:
                disk.lock(lines.fd, name, until=until, shared=name != target)
            if self.get(name) is not lines:
                return False
            if lines is not None and lines.file_size != lines.size:
                lines.catch_up()
        return True

    def let_go(self, lines: Lines) -> None:
        """Unlock one journal, unless it is kept."""
        if lines.fd >= 0 and lines.name not in self._kept:
            disk.unlock(lines.fd)

    def unlock(self, held: Mapping[str, Lines | None]) -> None:
        """Let go of what `lock` held, and is not kept."""
        for lines in held.values():
            if lines is not None:
                self.let_go(lines)
        if self._folder >= 0 and not self._kept:
            os.close(self._folder)
            self._folder = -1

    @contextmanager
    def keeping(self, target: str, names: Collection[str]) -> Iterator[None]:
        """Hold journals as `lock` does until the block ends, whatever is locked and unlocked inside."""
        if self._kept:
            raise BadData("Journals are held already.", ["what is held together is named together, in one order"])
        self.lock(target, names)
        self._kept = frozenset(names)
        try:
            yield
        finally:
            self._kept = frozenset()
            self.unlock({name: self._open.get(name) for name in names})

    def abandon(self, held: Mapping[str, Lines | None]) -> None:
        """Close what `lock` held, and with it let go; what was known of it is read again."""
        for name, lines in held.items():
            if lines is not None and self._open.get(name) is lines:
                self._drop(name)
        self.unlock(held)

    def close(self) -> None:
        """Close all journals."""
        for name in list(self._open):
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._open.pop(name).close()


def is_name(name: object) -> bool:
    """Whether that is the name of a journal, which is also part of a file's name."""
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def checked(name: str) -> str:
    """`name`, if it is the name of a journal; BadData for any other."""
    if not is_name(name):
        raise BadData(f"{name!r} names no journal.", ["a name has letters A-Z, digits and hyphens, at most 64"])
    return name

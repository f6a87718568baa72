"""One journal on disk: its lines, read so that each is known to follow the one before."""

from __future__ import annotations

import errno
import os
import weakref
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from certbody.errors import BadData, Damaged
from certbody.journal import disk
from certbody.journal.entry import Act, Entry, Head, chain, read_line


class Lines:
    """An open journal: what is known of it, so that a warm append reads nothing twice.

    The lock is taken on the journal itself, not on a file beside it: a journal is never replaced under its name
    (a torn tail is cut off in place), and whoever gets the lock compares the name with the descriptor anyway.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name.removesuffix(".jsonl")
        self.writable = True
        try:
            self.fd = disk.open_file(path, write=True)
        except OSError as problem:
            if problem.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            self.writable = False
            self.fd = disk.open_file(path)
        self._close = weakref.finalize(self, os.close, self.fd)
        seen = os.fstat(self.fd)
        self.file_size = seen.st_size
        self._where = os.fspath(path)
        self._inode = seen.st_ino, seen.st_dev
        self._ends = array("Q")
        self._hashes: list[str] = []
        self.size = 0
        """Bytes of the lines known so far; what follows them is new, or torn."""
        self.head = self._first = Head.first(self.name)
        """The head after the lines known so far."""

    def is_current(self) -> bool:
        """Whether the name still leads to the open file; takes note of the file's size."""
        try:
            there = os.stat(self._where, follow_symlinks=False)
        except FileNotFoundError:
            return False
        self.file_size = there.st_size
        return self._inode == (there.st_ino, there.st_dev)

    def catch_up(self) -> None:
        """Read what is new.

        Raises:
            Damaged: a terminated line is not what was put there.
        """
        if self.file_size == self.size:
            return
        if self.file_size > self.size:
            try:
                self.read(len(self._hashes))
                return
            except Damaged:
                pass  # another file may have been copied over this one: begin again
        self.forget()
        self.read(0)

    def forget(self) -> None:
        """Hold nothing as known: what was read before may no longer be there."""
        self._cut(0)

    def _cut(self, lines: int) -> None:
        del self._ends[lines:], self._hashes[lines:]
        self.size = self._ends[-1] if lines else 0
        self.head = Head(lines, self._hashes[-1]) if lines else self._first

    def _know(self, entry: Entry, size: int) -> None:
        self.size += size
        self.head = entry.head
        self._ends.append(self.size)
        self._hashes.append(entry.hash)

    def read(self, after: int) -> list[Entry]:
        """The entries after line `after`, read from the disk and verified; an unterminated tail is left alone.

        Raises:
            Damaged: naming the line.
        """
        if after > len(self._hashes):
            raise Damaged(
                f"{self.name} is shorter than it was.",
                [f"{self.path}: has {len(self._hashes)} lines, and line {after} was read before"],
                next="certbody verify; then restore the file from a backup",
            )
        self._cut(after)
        entries = []
        raw = disk.read_at(self.fd, self.file_size - self.size, self.size)
        for part in raw.split(b"\n")[:-1]:
            line = part + b"\n"
            try:
                entry = following(line, self.head)
            except ValueError as fault:
                raise Damaged(
                    f"{self.name} cannot be read: line {self.head.no + 1} is not what was put on record.",
                    [f"{self.path}:{self.head.no + 1}: {fault}"],
                    next="certbody verify; then restore the file from a backup",
                ) from None
            self._know(entry, len(line))
            entries.append(entry)
        return entries

    def write(self, acts: Iterable[Act]) -> list[Entry]:
        """Append acts, under the lock: one write, one sync. What is returned is on record.

        Raises:
            DiskFailed: nothing is acknowledged; what had been written was taken back as far as the disk let us.
        """
        if not self.writable:
            raise BadData(f"{self.name} may be read here, not written.", [f"{self.path}: no right to write"])
        if self.file_size > self.size:
            self._set_aside()
        before = self.size
        entries, lines = chained(acts, self.head)
        raw = b"".join(lines)
        try:
            # Known before it is sure, and forgotten where it fails: after the sync the caches of the processor are
            # cold, and each step costs several times as much.
            for entry, line in zip(entries, lines, strict=True):
                self._know(entry, len(line))
            self.file_size = self.size
            disk.write(self.fd, raw)
            disk.sync(self.fd)
        except OSError as problem:
            self._take_back(before, problem)
        except BaseException:  # stopped in the middle: what is known may not be what is there
            self.forget()
            raise
        return entries

    def _set_aside(self) -> None:
        """Move an unterminated last line, which nobody acknowledged, into a file of its own."""
        torn = disk.read_at(self.fd, self.file_size - self.size, self.size)
        number = 1
        while (path := self.path.with_name(f"{self.name}.torn-{number}")).exists():
            number += 1
        try:
            os.close(disk.new_file(path, torn))
            disk.sync_folder(path.parent)
            os.ftruncate(self.fd, self.size)
            disk.sync(self.fd)
        except OSError as problem:
            raise failed(self.name, "Nothing was put on record.", problem) from problem

    def _take_back(self, size: int, problem: OSError) -> NoReturn:
        """After a failed write or sync: cut the file back to `size` bytes, hold nothing as known, say what is certain.

        Leaving it would let a later act be acknowledged on top of a line that may not be on the disk.
        """
        self.forget()
        try:
            os.ftruncate(self.fd, size)
            disk.sync(self.fd)
        except OSError:
            said = "It is not certain what the disk holds; no act was acknowledged."
        else:
            said = "Nothing was put on record."
        raise failed(self.name, said, problem) from problem

    def close(self) -> None:
        """Close the file, and with it let go of its lock; done of itself where nobody holds it any more."""
        self._close()
        self.fd = -1


def failed(name: str, said: str, problem: OSError) -> disk.DiskFailed:
    """The sentence for a disk that failed while `name` was written."""
    return disk.DiskFailed(
        said, [f"{name}: {problem.strerror or problem}"], next="look after the disk, then: certbody verify"
    )


def chained(acts: Iterable[Act], head: Head) -> tuple[list[Entry], list[bytes]]:
    """The acts as entries after `head`, and their lines."""
    entries = []
    for act in acts:
        entry = chain(act, head)
        entries.append(entry)
        head = entry.head
    return entries, [entry.line for entry in entries]


def following(line: bytes, head: Head) -> Entry:
    """The entry of a terminated line that must follow `head`.

    Raises:
        ValueError: with what is wrong with the line.
    """
    entry = read_line(line)
    if entry.no != head.no + 1:
        raise ValueError(f"it is numbered {entry.no}, where {head.no + 1} belongs")
    if entry.prev != head.hash:
        raise ValueError("it does not follow the line before it" if head.no else "it does not begin this journal")
    return entry

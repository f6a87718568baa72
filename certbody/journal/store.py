"""What every store can do, the embedded one and those that plugins bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from certbody.journal.entry import Act, Entry, Head


@runtime_checkable
class Store(Protocol):
    """A place that keeps journals and files of evidence; the tests of `StoreContract` say what is expected."""

    def names(self) -> list[str]:
        """The names of all journals, sorted."""
        ...

    def stamps(self) -> Mapping[str, str]:
        """For each journal a text that is another one as soon as the journal has changed; cheap to ask for."""
        ...

    def head(self, name: str) -> Head:
        """Where a journal ends; for one that is not there, `Head.first` of its name."""
        ...

    def read(self, name: str, after: int = 0) -> list[Entry]:
        """The entries after line `after`, verified; none of a journal that is not there.

        Raises:
            Damaged: a line is not what was put there, or there are fewer than `after`.
        """
        ...

    def holding(self, name: str, *others: str) -> AbstractContextManager[None]:
        """Keep journals as they are until the block ends: to read, to judge, and to append to `name` alone.

        What is appended inside at the heads that were read inside is never told that they have moved.
        """
        ...

    def append(self, name: str, acts: Sequence[Act], heads: Mapping[str, Head]) -> list[Entry]:
        """Put acts on record, durably, at the end of the journal `name`, which begins with its first act.

        Args:
            heads: the heads of `name` and of every journal that the acts were checked against.

        Raises:
            Changed: one of the heads has moved; nothing was put on record.
        """
        ...

    def put_file(self, data: bytes) -> str:
        """Keep a file of evidence, durably, and return its SHA-256."""
        ...

    def open_file(self, digest: str) -> bytes:
        """The content of a file of evidence: NotFound where there is none, Damaged where it is another."""
        ...

    def files(self) -> list[str]:
        """The SHA-256 of every file of evidence, sorted."""
        ...

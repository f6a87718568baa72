"""The query face of a fold: TinyDB to read with, and nothing to write with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from certbody.errors import BadData
from certbody.journal.canonical import plain
from certbody.journal.fold import Fold


def view(fold: Fold) -> TinyDB:
    """A database of the records that stand, live: ``view(fold).table("findings").search(where("grade") == "major")``.

    Records are found by their id with ``table.get(doc_id="…")`` and know it as ``doc_id``. They are copies.
    Whatever would write raises BadData.
    """
    return _View(fold)


class FoldStorage(Storage):
    """The tables of a fold, for TinyDB to read."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold

    def read(self) -> dict[str, dict[str, Any]]:
        """The tables as they stand."""
        return dict(self._fold.tables)  # type: ignore[arg-type]

    def write(self, data: object) -> NoReturn:
        """Refuse."""
        raise _read_only()


class _Copy(Document):
    """A record handed out: a copy to its last list."""

    def __init__(self, value: Mapping[str, Any], doc_id: Any) -> None:
        super().__init__(plain(dict(value)), doc_id)


class _Table(Table):
    document_class = _Copy
    document_id_class = str  # type: ignore[assignment]

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size=0)  # a cache would answer with what stood before

    def _get_next_id(self) -> NoReturn:
        raise _read_only()

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> NoReturn:
        # Every change goes through here; TinyDB would let the updater at our records before it writes.
        raise _read_only()


class _View(TinyDB):
    table_class = _Table

    def __init__(self, fold: Fold) -> None:
        super().__init__(fold, storage=FoldStorage)

    def drop_tables(self) -> NoReturn:
        raise _read_only()

    def drop_table(self, name: str) -> NoReturn:
        raise _read_only()


def _read_only() -> BadData:
    return BadData(
        "This view of the record cannot be written to.",
        ["acts enter through Office.record alone, with the person whose act it is"],
    )

"""What the office asks across journals: a derived SQLite file, which may be deleted at any time."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from certbody.journal.canonical import encode
from certbody.journal.fold import Fold
from certbody.journal.store import Store

T = TypeVar("T")
Record = dict[str, Any]
Columns = Callable[[str, Record], tuple[str | None, str | None, str | None]]
Found = list[tuple[str, str, Record]]

WAIT = 10.0
"""Seconds to wait while another process writes the index, before answering from memory."""

_LAYOUT: Final = "1"
_ROWS_CHECKED: Final = 20_000  # beyond it, only what is handed out is: a whole check would take longer than the rest
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_TABLES: Final = """
CREATE TABLE meta (layout TEXT NOT NULL);
CREATE TABLE journals (journal TEXT PRIMARY KEY, stamp TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE touched (journal TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE rows (
  tbl TEXT NOT NULL, journal TEXT NOT NULL, id TEXT NOT NULL,
  number TEXT, name TEXT, day TEXT, record TEXT NOT NULL, sum INTEGER NOT NULL,
  PRIMARY KEY (tbl, journal, id)) WITHOUT ROWID;
CREATE INDEX by_journal ON rows (journal);
CREATE INDEX by_number ON rows (tbl, number) WHERE number IS NOT NULL;
CREATE INDEX by_day ON rows (tbl, day) WHERE day IS NOT NULL;
"""


class _Wrong(Exception):
    """The index contradicts itself."""


class Index:
    """Rows of chosen tables of all journals, found by number, name or day.

    It is never the only place where a fact stands. Each query first re-reads the journals that were touched or whose
    stamp has moved; an index that is missing, damaged or of another making is built anew, and where none can be
    written it is built in memory.

    Args:
        columns: for each table that is indexed a function of id and record: its number, name and day, or None each.
        edition: a text that changes with what `columns` make of a record.
    """

    def __init__(self, store: Store, path: Path | str, columns: Mapping[str, Columns], *, edition: str = "") -> None:
        self.store = store
        self.path = Path(path)
        self.columns = dict(columns)
        self._layout = "\n".join([_LAYOUT, edition, *sorted(columns)])
        self._connection: sqlite3.Connection | None = None
        self._marked: set[str] = set()
        self._mutex = threading.RLock()
        self._pid = os.getpid()

    def find(
        self,
        table: str,
        *,
        journal: str | None = None,
        number: str | None = None,
        name: str | None = None,
        day_from: str | None = None,
        day_to: str | None = None,
    ) -> Found:
        """The records of a table that meet all conditions, as ``(journal, id, record)``, sorted by both.

        Args:
            number: exactly this one.
            name: a part of the name, in capitals or not.
            day_from, day_to: ISO dates, both included.

        Raises:
            Damaged: a journal cannot be read: an answer without it would be none.
            KeyError: the table is not indexed.
        """
        if table not in self.columns:
            raise KeyError(table)
        conditions = {
            "journal = ?": journal,
            "number = ?": number,
            "instr(name, ?)": None if name is None else name.casefold(),
            "day >= ?": day_from,
            "day <= ?": day_to,
        }
        chosen = {text: value for text, value in conditions.items() if value is not None}
        where = " AND ".join(["tbl = ?", *chosen])

        def ask(connection: sqlite3.Connection) -> Found:
            self._refresh(connection)
            rows = connection.execute(
                f"SELECT * FROM rows WHERE {where} ORDER BY journal, id", [table, *chosen.values()]
            )
            return [(row[1], row[2], json.loads(_checked(row)[6])) for row in rows]

        return self._safely(ask)

    def touch(self, journal: str) -> None:
        """Note that a journal is about to change. Costs next to nothing until the next query takes it up."""
        if journal in self._marked and self._pid == os.getpid():
            return

        def mark(connection: sqlite3.Connection) -> None:
            with connection:
                connection.execute("INSERT OR IGNORE INTO touched VALUES (?)", [journal])

        self._safely(mark)
        self._marked.add(journal)

    def close(self) -> None:
        """Let go of the file; the index can be used on."""
        if self._connection is not None and self._pid == os.getpid():
            self._connection.close()
        self._connection = None
        self._marked.clear()

    def _refresh(self, connection: sqlite3.Connection) -> None:
        """Take up every journal that is touched, new, changed or gone."""
        stamps = self.store.stamps()
        known = dict(connection.execute("SELECT journal, stamp FROM journals"))
        touched = {journal for (journal,) in connection.execute("SELECT journal FROM touched")}
        changed = {journal for journal, stamp in stamps.items() if known.get(journal) != stamp} | touched
        if changed or known.keys() - stamps.keys():
            with _writing(connection):
                for journal in sorted(changed | (known.keys() - stamps.keys())):
                    self._take_up(connection, journal, stamps.get(journal))
        self._marked.clear()

    def _take_up(self, connection: sqlite3.Connection, journal: str, stamp: str | None) -> None:
        for table in ("rows", "journals", "touched"):
            connection.execute(f"DELETE FROM {table} WHERE journal = ?", [journal])
        if stamp is None:
            return
        # The stamp was taken before the reading: what is added meanwhile moves it, and is read again.
        fold = Fold(self.store.read(journal))
        rows = [
            _row(table, journal, key, columns(key, record), record)
            for table, columns in self.columns.items()
            for key, record in fold.tables.get(table, {}).items()
        ]
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("INSERT INTO journals VALUES (?, ?, ?)", [journal, stamp, len(rows)])

    def _safely(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do it, one thread at a time; where the file fails, on a new file; where that fails, too, in memory."""
        if self._pid != os.getpid():  # a connection must not be used on either side of a fork
            self._mutex, self._connection = threading.RLock(), None
        with self._mutex:
            return self._tried(work)

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T:
        for attempt in ("as it is", "anew", "in memory"):
            try:
                if attempt == "anew":
                    self._remove()
                return work(self._open(":memory:" if attempt == "in memory" else self.path))
            except (sqlite3.Error, _Wrong, OSError, ValueError) as problem:
                if attempt == "in memory":
                    raise
                self.close()
                if getattr(problem, "sqlite_errorcode", None) in _BUSY:
                    return work(self._open(":memory:"))  # others hold it: it is theirs, and no worse for that
        raise AssertionError("the last attempt returns or raises")

    def _open(self, path: Path | str) -> sqlite3.Connection:
        if self._connection is not None and self._pid == os.getpid():
            return self._connection
        self._pid = os.getpid()
        self._marked.clear()
        if isinstance(path, Path):  # SQLite would make it readable to all; its side files take after it
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            with _writing(connection):
                if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                    for statement in _TABLES.strip().split(";")[:-1]:
                        connection.execute(statement)
                    connection.execute("INSERT INTO meta VALUES (?)", [self._layout])
            _check(connection, self._layout)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        weakref.finalize(self, _let_go, connection, self._pid)
        return connection

    def _remove(self) -> None:
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.unlink(f"{self.path}{end}")


def _let_go(connection: sqlite3.Connection, pid: int) -> None:
    """Close what an index left open that nobody holds any more; never another process's."""
    if pid == os.getpid():
        connection.close()


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, alone from the first statement on."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _row(
    table: str, journal: str, key: str, columns: tuple[str | None, str | None, str | None], record: Record
) -> tuple[Any, ...]:
    number, name, day = columns
    row = (table, journal, key, number, None if name is None else name.casefold(), day, encode(record).decode())
    return (*row, _sum(row))


def _sum(row: tuple[Any, ...]) -> int:
    return zlib.crc32(encode(row[:7]))


def _checked(row: tuple[Any, ...]) -> tuple[Any, ...]:
    if _sum(row) != row[7]:
        raise _Wrong
    return row


def _check(connection: sqlite3.Connection, layout: str) -> None:
    """Refuse an index of another making, or one whose rows are not those that were written."""
    if connection.execute("SELECT layout FROM meta").fetchall() != [(layout,)]:
        raise _Wrong
    counts = dict(connection.execute("SELECT journal, count FROM journals"))
    if sum(counts.values()) > _ROWS_CHECKED:
        return
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise _Wrong
    for row in connection.execute("SELECT * FROM rows"):
        counts[_checked(row)[1]] = counts.get(row[1], 0) - 1
    if any(counts.values()):
        raise _Wrong

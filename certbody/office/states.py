"""States held in memory: journals folded into the values that the domain judges, brought up to date by what is new."""

from __future__ import annotations

from typing import Any

import attrs

from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.state import State
from certbody.errors import BadData
from certbody.journal import Entry, Fold, Head, Store
from certbody.records import load

BODY = "body"
"""Name of the body's own journal."""


@attrs.define
class Held:
    """A journal as it was last seen: its fold, the state that the domain sees, and its head."""

    fold: Fold
    state: State
    head: Head


class States:
    """The states of an office's journals, each loaded when first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loaded: dict[str, Held] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._loaded

    def load(self, name: str) -> Held:
        """A journal's state as it stands now; only what is new since the last look is read."""
        head = self._store.head(name)
        loaded = self._loaded.get(name)
        if loaded is not None and loaded.head == head:
            return loaded
        if loaded is not None and head.no > loaded.head.no:
            entries = self._store.read(name, loaded.head.no)
            if entries and entries[0].prev == loaded.head.hash:
                take(loaded, entries)
                return loaded
        state: State = Body(journal=name) if name == BODY else Dossier(journal=name)
        loaded = self._loaded[name] = Held(Fold(), state, Head.first(name))
        take(loaded, self._store.read(name))
        return loaded


def take(loaded: Held, entries: list[Entry]) -> None:
    """Bring a loaded state up to date with further entries, structuring only what they touch."""
    touched: dict[str, set[str]] = {}
    for entry in entries:
        loaded.fold.add(entry)
        for rows in (entry.put, entry.strike):
            for table in rows:
                touched.setdefault(table, set()).update(rows[table])
        loaded.head = entry.head
    kinds, tables = type(loaded.state).TABLES, loaded.fold.tables
    put: dict[str, list[Any]] = {}
    gone: dict[str, list[str]] = {}
    for table, keys in touched.items():
        if table not in kinds:
            raise BadData(
                f"{loaded.state.journal} was written by a newer certbody.",
                [f"journal {loaded.state.journal}: there is no table {table}"],
                next="update certbody",
            )
        for key in sorted(keys):
            if key in tables.get(table, {}):
                where = f"{loaded.state.journal}, {table} {key}"
                put.setdefault(table, []).append(load(tables[table][key], kinds[table], where=where))
            else:
                gone.setdefault(table, []).append(key)
    loaded.state = loaded.state.having(put, gone).changed({"conflicts": tuple(loaded.fold.conflicts)})

"""The dossiers of the whole office at once, from the index: for registers, which look at little of very many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from certbody.domain.dossier import Dossier
from certbody.office.office import Office
from certbody.office.states import States
from certbody.records import load


def dossiers(office: Office, tables: Iterable[str]) -> Iterator[Dossier]:
    """The dossier of every client, by number, with those tables at hand that a register looks at.

    The index knows them without reading a journal, which for ten thousand clients is what takes the time. Any other
    table is there, too: its journal is read when somebody asks for it. A journal that moves meanwhile is read whole,
    so that no dossier is half of before and half of after an act.

    Args:
        tables: names of tables that are indexed.
    """
    before = office.store.stamps()
    rows: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for table in tables:
        kind = Dossier.TABLES[table]
        for journal, key, record in office.index.find(table):
            rows[journal][table][key] = load(record, kind, where=f"{journal}, {table} {key}")
    after = office.store.stamps()
    for name in office.clients():
        if before.get(name) != after.get(name):
            yield office.dossier(name)
        else:
            yield _dossier(office, name, {table: rows[name].get(table, {}) for table in tables})
        rows.pop(name, None)


def _dossier(office: Office, name: str, known: Mapping[str, Mapping[str, Any]]) -> Dossier:
    whole = _Journal(office, name)
    tables: dict[str, Any] = {
        table: known[table] if table in known else _Later(whole, table) for table in Dossier.TABLES
    }
    return Dossier(journal=name, **tables)


class _Journal:
    """A dossier that is read when first asked for, and kept by nobody else."""

    def __init__(self, office: Office, name: str) -> None:
        self._office, self._name = office, name

    @cached_property
    def dossier(self) -> Dossier:
        return cast(Dossier, States(self._office.store).load(self._name).state)


class _Later(Mapping[str, Any]):
    """A table of a journal that has not been read yet."""

    def __init__(self, whole: _Journal, table: str) -> None:
        self._whole, self._table = whole, table

    def __getitem__(self, key: str) -> Any:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def _rows(self) -> Mapping[str, Any]:
        return cast(Mapping[str, Any], getattr(self._whole.dossier, self._table))

"""From acts to the records that stand: the same whatever the order in which the acts come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from certbody.journal.entry import Act, Record

Key = tuple[str, str]


class Fold:
    """The state that a set of acts yields, kept up to date act by act, at the cost of the act alone.

    For each record (table and id) the acts that put it or strike it out are candidates. One that another
    candidate names in its `over` is replaced. What remains are the heads: one head is the record, or its striking
    out; two or more are a conflict, of which every version is kept and one is shown until a person settles it.
    """

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self._acts: dict[str, Act] = {}
        self._history: dict[Key, list[Act]] = {}
        self._heads: dict[Key, tuple[Act, ...]] = {}
        self._replacing: dict[str, list[Act]] = {}
        self._rows: dict[str, dict[str, Record]] = {}
        self._tables: dict[str, Mapping[str, Record]] = {}
        self._conflicts: set[Key] = set()
        for act in acts:
            self.add(act)

    @property
    def tables(self) -> Mapping[str, Mapping[str, Record]]:
        """``{table: {id: record}}`` of what stands: a live view, to be read and not changed."""
        return MappingProxyType(self._tables)

    @property
    def acts(self) -> Mapping[str, Act]:
        """The acts folded so far, by id."""
        return MappingProxyType(self._acts)

    @property
    def conflicts(self) -> Mapping[Key, tuple[Act, ...]]:
        """``{(table, id): acts}`` for each record with more than one head, oldest act first.

        The record of one version is ``act.put[table][id]``; an act without it there struck the record out.
        """
        return MappingProxyType({key: self._heads[key] for key in sorted(self._conflicts)})

    def holders(self, table: str, key: str) -> tuple[str, ...]:
        """Ids of the acts that hold a record now: what a new act on it names in its `over`."""
        return tuple(sorted(act.id for act in self._heads.get((table, key), ())))

    def history(self, table: str, key: str) -> tuple[Act, ...]:
        """All acts that put a record or struck it out, oldest first."""
        return tuple(sorted(self._history.get((table, key), ()), key=_age))

    def add(self, act: Act) -> bool:
        """Fold in one act. False if it is known already."""
        if act.id in self._acts:
            return False
        self._acts[act.id] = act
        for replaced in act.over:
            self._replacing.setdefault(replaced, []).append(act)
        over = frozenset(act.over)
        for key in _keys(act):
            self._history.setdefault(key, []).append(act)
            stay = [head for head in self._heads.get(key, ()) if head.id not in over]
            if not any(_touches(other, key) for other in self._replacing.get(act.id, ())):
                stay.append(act)
            self._settle(key, tuple(sorted(stay, key=_age) if len(stay) > 1 else stay))
        return True

    @contextmanager
    def trying(self, act: Act) -> Iterator[None]:
        """The state as it would be with `act`, for as long as the block runs: for rules to judge."""
        before = {key: self._heads.get(key, ()) for key in _keys(act)}
        new = self.add(act)
        try:
            yield
        finally:
            if new:
                self._take_back(act, before)

    def _take_back(self, act: Act, before: Mapping[Key, tuple[Act, ...]]) -> None:
        del self._acts[act.id]
        for replaced in act.over:
            self._replacing[replaced].remove(act)
        for key, heads in before.items():
            self._history[key].remove(act)
            self._settle(key, heads)

    def _settle(self, key: Key, heads: tuple[Act, ...]) -> None:
        """Let `heads` be the heads of a record, and show it accordingly."""
        table, name = key
        if heads:
            self._heads[key] = heads
        else:  # only after a trial: an act without a head left was replaced by one that has
            self._heads.pop(key, None)
        if len(heads) > 1:
            self._conflicts.add(key)
        else:
            self._conflicts.discard(key)
        # A conflict hides nothing: the youngest record that was put is shown before any striking out.
        shown = next((head.put[table][name] for head in reversed(heads) if name in head.put.get(table, ())), None)
        if shown is not None:
            if table not in self._rows:
                self._rows[table] = {}
            self._rows[table][name] = shown
            self._tables.setdefault(table, MappingProxyType(self._rows[table]))
        elif rows := self._rows.get(table):
            rows.pop(name, None)
            if not rows:
                self._tables.pop(table, None)


def _keys(act: Act) -> Iterator[Key]:
    for tables in (act.put, act.strike):
        for table, rows in tables.items():
            for key in rows:
                yield table, key


def _touches(act: Act, key: Key) -> bool:
    table, name = key
    return name in act.put.get(table, ()) or name in act.strike.get(table, ())


def _age(act: Act) -> tuple[str, str]:
    # Without the Z, so that a whole second comes before its fractions.
    return act.at[:-1], act.id

"""State: facts in tables, as one act after another left them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

import attrs


@attrs.frozen(kw_only=True, slots=False)
class State:
    """Frozen tables of records; what a `Dossier` and the `Body` have in common.

    Attributes:
        journal: the name of its journal.
        conflicts: tables and ids of records that two acts changed without knowing of each other.
    """

    journal: str = ""
    conflicts: tuple[tuple[str, str], ...] = ()

    TABLES: ClassVar[Mapping[str, type[Any]]] = {}

    def record(self, table: str, key: str) -> Any:
        """The record of that id.

        Raises:
            KeyError: where there is none.
        """
        return getattr(self, table)[key]

    def having(self, put: Mapping[str, Iterable[Any]], strike: Mapping[str, Iterable[str]] | None = None) -> Self:
        """This state with records put on record and others struck out."""
        changed: dict[str, Any] = {}
        for table, records in put.items():
            rows = changed[table] = dict(getattr(self, table))
            for record in records:
                rows[record.id] = record
        for table, keys in (strike or {}).items():
            rows = changed.setdefault(table, dict(getattr(self, table)))
            for key in keys:
                rows.pop(key, None)
        return self.changed(changed)

    def changed(self, fields: Mapping[str, Any]) -> Self:
        """This state with other values in some fields: `attrs.evolve`, without its cost for forty tables an act."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, **fields)
        return made


def tables_of(kind: type[State]) -> dict[str, type[Any]]:
    """The tables of a state and the class of their records, read from its fields."""
    hints = get_type_hints(kind)
    return {
        field.name: get_args(hints[field.name])[1]
        for field in attrs.fields(kind)
        if get_origin(hints[field.name]) is not None and get_origin(hints[field.name]).__name__ == "Mapping"
    }

"""Acts for the tests of the journal: short to write, plain to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from certbody.journal import Act, Entry, FileStore, Head, draft

HOW = {"by": "P-1", "how": "pin"}


def put(records: dict[str, Any], *, at: int = 0, over: Iterable[str] = (), table: str = "findings") -> Act:
    """An act that puts records into one table, recorded `at` seconds after noon."""
    return draft(at=noon(at), by="P-1", entered=HOW, act="finding recorded", put={table: records}, over=over)


def strike(key: str, *, at: int = 0, over: Iterable[str] = (), table: str = "findings") -> Act:
    """An act that strikes one record out."""
    strike = {table: {key: "recorded twice"}}
    return draft(at=noon(at), by="P-1", entered=HOW, act="finding struck out", strike=strike, over=over)


def noon(seconds: int) -> str:
    """A moment after noon of 2 March 2027."""
    return f"2027-03-02T{12 + seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"


def finding(number: int) -> Act:
    """The finding of that number: an act like any other."""
    return put({f"F-{number}": {"grade": "minor", "text": f"Complaint {number} – answered late"}}, at=number)


def record(store: FileStore, name: str, acts: Sequence[Act]) -> list[Entry]:
    """Append at the head that stands."""
    return store.append(name, acts, {name: store.head(name)})


def filled(store: FileStore, name: str = "C-1", count: int = 3) -> Head:
    """A journal with so many findings; its head."""
    return record(store, name, [finding(number) for number in range(count)])[-1].head

"""Office: store, registry and clock together; loads states, judges acts, and puts them on record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection
from certbody.domain.rules import standing_objections
from certbody.domain.scheme import Scheme
from certbody.domain.standard import Standard
from certbody.domain.state import State
from certbody.errors import BadData, NotFound
from certbody.journal import Entry, FileStore, Head, Index, Secrets, draft, instant
from certbody.office import numbers
from certbody.office.clock import now, uuid7
from certbody.office.hand import Hand
from certbody.office.indexed import COLUMNS, EDITION
from certbody.office.judging import act_of, day_of, entered_out, judged, over, unchanged
from certbody.office.states import BODY, States
from certbody.records import dump
from certbody.registry import Registry


class Office:
    """One certification body's office on a store.

    Args:
        folder: where the store is, for messages and for the office's own templates.
        clock: gives the moment of recording; `make_id` gives ids of new records.
    """

    def __init__(
        self,
        store: FileStore,
        *,
        registry: Registry | None = None,
        clock: Callable[[], datetime] = now,
        make_id: Callable[[], str] = uuid7,
    ) -> None:
        self.store = store
        self.clock = clock
        self.make_id = make_id
        self.secrets = Secrets(store.folder / "secrets.json")
        self.index = Index(store, store.folder / "index.sqlite", COLUMNS, edition=EDITION)
        self._registry = registry
        self.states = States(store)
        self._proven: set[tuple[str, bytes]] = set()

    @classmethod
    def open(cls, folder: Path | str, **arguments: Any) -> Office:
        """The office in a folder.

        Raises:
            NotFound: there is none.
        """
        where = Path(folder)
        if not (where / "journals" / f"{BODY}.jsonl").is_file():
            raise NotFound(
                f"{where} is no office.",
                [f"{where / 'journals' / f'{BODY}.jsonl'}: no such file"],
                next="certbody office new DIR, or name the office with --office or CERTBODY_OFFICE",
            )
        return cls(FileStore(where), **arguments)

    @property
    def folder(self) -> Path:
        """The folder of the office."""
        return self.store.folder

    @property
    def registry(self) -> Registry:
        """What the plugins supply; gathered when first asked for."""
        if self._registry is None:
            self._registry = Registry.gathered()
        return self._registry

    # What stands on record

    @property
    def body(self) -> Body:
        """The body as it stands now."""
        state = self.states.load(BODY).state
        assert isinstance(state, Body)
        return state

    def dossier(self, name: str) -> Dossier:
        """The dossier of a client as it stands now.

        Raises:
            NotFound: there is no client of that number.
        """
        if name == BODY or (name not in self.states and name not in self.store.names()):
            raise NotFound(f"There is no client {name}.", next="certbody client list")
        state = self.states.load(name).state
        assert isinstance(state, Dossier)
        return state

    def clients(self) -> list[str]:
        """The numbers of all clients, sorted."""
        return [name for name in self.store.names() if name.startswith("C-")]

    def head(self, name: str) -> Head:
        """The head of a journal, as printed on what leaves the house."""
        return self.states.load(name).head

    def view(self, name: str) -> Any:
        """A TinyDB over a journal's records, for scripts and plugins; it refuses to write."""
        from certbody.journal.view import view

        return view(self.states.load(name).fold)

    def recorded(self, name: str, table: str, key: str) -> Entry | None:
        """The act of a journal that put a record as it stands: who, entered by whom and how, and when."""
        held = self.states.load(name).fold.history(table, key)
        return next((act for act in reversed(held) if isinstance(act, Entry) and key in act.put.get(table, ())), None)

    def find(self, table: str, number: str) -> tuple[str, str]:
        """Journal and id of the record of a table that bears a number, anywhere in the office.

        Raises:
            NotFound: there is none.
        """
        rows = self.index.find(table, number=number) or (
            self.index.find(table, number=number.upper()) if number != number.upper() else []
        )
        if not rows:
            what = {"findings": "finding"}.get(table, table.rstrip("s").replace("_", " "))
            raise NotFound(f"There is no {what} {number}.", next=f"certbody {_LISTS.get(table, 'client list')}")
        return rows[0][0], rows[0][1]

    def today(self) -> date:
        """The day it is where the body is."""
        return day_of(self.clock(), self.body)

    def person(self, said: str) -> str:
        """The id of a person named by id, initials or whole name.

        Raises:
            NotFound: nobody, or more than one, is called so.
        """
        people = self.body.people
        found = [
            each.id
            for each in people.values()
            if said == each.id or said.casefold() in (each.initials.casefold(), each.name.casefold())
        ]
        if len(found) != 1:
            known = ", ".join(sorted(f"{each.initials} ({each.name})" for each in people.values()))
            raise NotFound(
                f"{said!r} is {'nobody' if not found else 'more than one person'} here.", [f"known: {known}"]
            )
        return found[0]

    def scheme(self, code: str) -> Scheme:
        """The scheme of that code."""
        return self.registry.scheme(code)

    def standard(self, code: str) -> Standard:
        """The standard of that code, with its checklist."""
        from certbody import resources

        return resources.standard(self.scheme(code).standard)

    # Putting on record

    def record(
        self,
        journal: str,
        what: str,
        put: Mapping[str, Iterable[Any]],
        *,
        hand: Hand,
        strike: Mapping[str, Mapping[str, str]] | None = None,
        why: str = "",
        on: date | None = None,
        seen: State | None = None,
    ) -> Entry:
        """Put an act on record, or refuse it with every objection at once.

        Args:
            what: what was done, in the past tense.
            on: the day of recording, from which later facts are refused; the body's today if not given.
            seen: the state on which the act was prepared: where a record that the act replaces is another by
                now, the act is not taken.

        Raises:
            Refused: a rule forbids it, or it draws a warning and does not say why.
            Changed: the record moved.
            BadData: a PIN is wrong, or the act cannot be written.
        """
        act = act_of(self, what, put, hand, strike, why)
        others = () if journal == BODY else (BODY,)
        if others:
            self.registry.check()  # plugins load before the lock is taken, not under it
        with self.store.holding(journal, *others):
            loaded = self.states.load(journal)
            body = self.states.load(BODY)
            heads = {journal: loaded.head, BODY: body.head}
            if seen is not None:
                unchanged(act, seen, loaded.state)
            after = judged(self, act, loaded.state, body.state, on)
            if hand.form:
                self.keep(hand.form)
            written = draft(
                at=self.clock(),
                by=act.by,
                entered=entered_out(act),
                act=act.act,
                put={table: {record.id: dump(record) for record in records} for table, records in act.put.items()},
                strike=act.strike,
                over=over(act, loaded.fold),
                why=act.why,
            )
            self.index.touch(journal)
            [entry] = self.store.append(journal, [written], heads)
            loaded.fold.add(entry)
            loaded.state = after.changed({"conflicts": tuple(loaded.fold.conflicts)})
            loaded.head = entry.head
            return entry

    def check(
        self,
        journal: str,
        what: str,
        put: Mapping[str, Iterable[Any]],
        *,
        hand: Hand,
        strike: Mapping[str, Mapping[str, str]] | None = None,
        why: str = "",
        on: date | None = None,
    ) -> None:
        """Refuse an act as `record` would, and put nothing on record: before files are kept or numbers given."""
        known = journal in self.states or journal in self.store.names()
        state = self.states.load(journal).state if known else Dossier(journal=journal)
        judged(self, act_of(self, what, put, hand, strike, why), state, self.body, on)

    def keep(self, data: bytes) -> str:
        """Keep a file as evidence; its SHA-256. It is on the disk before any act names it."""
        return self.store.put_file(data)

    def number(self, kind: str, journal: str, record: str, *, hand: Hand, on: date) -> str:
        """A new number for people, given once in the whole office and recorded in the body's journal."""
        return numbers.give(self, kind, journal, record, hand=hand, on=on)

    def new_client(self) -> str:
        """The next client number; it is the client's once a first act stands in its journal."""
        taken = [int(name[2:]) for name in self.clients() if name[2:].isdigit()]
        return f"C-{max(taken, default=0) + 1:04}"

    def authenticate(self, person: str, pin: str) -> None:
        """Check a person's PIN.

        Raises:
            BadData: it is wrong, or the person has none.
        """
        proof = (person, hashlib.sha256(pin.encode()).digest())
        if proof in self._proven:
            return
        if not self.secrets.check(person, pin):
            name = self.body.name(person)
            known = self.secrets.has(person)
            raise BadData(
                f"The PIN is not {name}'s." if known else f"{name} has no PIN yet.",
                next=f"certbody person pin {name!r}" if not known else "try again",
            )
        self._proven.add(proof)

    def standing(self, journal: str, on: date) -> list[Objection]:
        """Objections that stand unsettled in a dossier."""
        return standing_objections(self.dossier(journal), self.body, on)


_LISTS = {"audits": "audit list", "findings": "nc list", "certificates": "certificate list"}

__all__ = ["BODY", "Hand", "Office", "instant"]

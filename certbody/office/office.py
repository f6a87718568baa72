"""Office: store, registry and clock together; loads states, judges acts, and puts them on record."""

from __future__ import annotations

import hashlib
import secrets as randomness
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import attrs

from certbody.domain.act import Act, Door, Entered
from certbody.domain.body import Body, NumberGiven
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection
from certbody.domain.rules import against, standing_objections
from certbody.domain.scheme import Scheme
from certbody.domain.standard import Standard
from certbody.domain.state import State
from certbody.errors import BadData, Changed, NotFound, Refused
from certbody.journal import Entry, FileStore, Fold, Head, Index, Secrets, draft, instant
from certbody.office.hand import Hand
from certbody.office.indexed import COLUMNS, EDITION
from certbody.records import dump, load
from certbody.registry import Registry

BODY = "body"
"""Name of the body's own journal."""
ATTEMPTS = 20
"""How often a number is looked for anew because somebody else took it meanwhile."""


def now() -> datetime:
    """The clock of an office that was given no other."""
    return datetime.now(UTC)


_last_made = 0


def uuid7() -> str:
    """A new record id: time first, to a quarter of a microsecond, so that ids sort by their making (RFC 9562)."""
    global _last_made
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    moment = (milliseconds << 12) | (rest * 4096 // 1_000_000)
    _last_made = moment = max(moment, _last_made + 1)
    milliseconds, fraction = moment >> 12, moment & 0xFFF
    value = (milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0x2 << 62) | randomness.randbits(62)
    return str(UUID(int=value))


@attrs.define
class _Loaded:
    fold: Fold
    state: State
    head: Head


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
        self._loaded: dict[str, _Loaded] = {}
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
        state = self._load(BODY).state
        assert isinstance(state, Body)
        return state

    def dossier(self, name: str) -> Dossier:
        """The dossier of a client as it stands now.

        Raises:
            NotFound: there is no client of that number.
        """
        if name == BODY or (name not in self._loaded and name not in self.store.names()):
            raise NotFound(f"There is no client {name}.", next="certbody client list")
        state = self._load(name).state
        assert isinstance(state, Dossier)
        return state

    def clients(self) -> list[str]:
        """The numbers of all clients, sorted."""
        return [name for name in self.store.names() if name.startswith("C-")]

    def head(self, name: str) -> Head:
        """The head of a journal, as printed on what leaves the house."""
        return self._load(name).head

    def view(self, name: str) -> Any:
        """A TinyDB over a journal's records, for scripts and plugins; it refuses to write."""
        from certbody.journal.view import view

        return view(self._load(name).fold)

    def recorded(self, name: str, table: str, key: str) -> Entry | None:
        """The act of a journal that put a record as it stands: who, entered by whom and how, and when."""
        held = self._load(name).fold.history(table, key)
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
        return _day(self.clock(), self.body)

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
        act = self._act(what, put, hand, strike, why)
        others = () if journal == BODY else (BODY,)
        if others:
            self.registry.check()  # plugins load before the lock is taken, not under it
        with self.store.holding(journal, *others):
            loaded = self._load(journal)
            body = self._load(BODY)
            heads = {journal: loaded.head, BODY: body.head}
            if seen is not None:
                _same(act, seen, loaded.state)
            after = self._judge(act, loaded.state, body.state, on)
            if hand.form:
                self.keep(hand.form)
            written = draft(
                at=self.clock(),
                by=act.by,
                entered=_entered_out(act),
                act=act.act,
                put={table: {record.id: dump(record) for record in records} for table, records in act.put.items()},
                strike=act.strike,
                over=self._over(act, loaded.fold),
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
        known = journal in self._loaded or journal in self.store.names()
        state = self._load(journal).state if known else Dossier(journal=journal)
        self._judge(self._act(what, put, hand, strike, why), state, self.body, on)

    def keep(self, data: bytes) -> str:
        """Keep a file as evidence; its SHA-256. It is on the disk before any act names it."""
        return self.store.put_file(data)

    def number(self, kind: str, journal: str, record: str, *, hand: Hand, on: date) -> str:
        """A new number for people, given once in the whole office and recorded in the body's journal."""
        prefix, width = _NUMBERS[kind]
        profile = self.body.profile
        if kind == "certificate" and profile:
            prefix = f"{profile.number_prefix}-"
        for _ in range(ATTEMPTS):
            start = f"{prefix}{on.year}-"
            taken = [int(given.id[len(start) :]) for given in self.body.numbers.values() if _counts(given, kind, start)]
            made = f"{start}{max(taken, default=0) + 1:0{width}}"
            given = NumberGiven(id=made, kind=kind, journal=journal, record=record)
            try:
                self.record(BODY, "number given", {"numbers": [given]}, hand=attrs.evolve(hand, form=b""))
            except Refused:
                continue  # somebody else took it between our look and our act
            return made
        raise Changed(f"No number for a {kind} could be given.", next="try again")

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

    # How it is done

    def _act(
        self,
        what: str,
        put: Mapping[str, Iterable[Any]],
        hand: Hand,
        strike: Mapping[str, Mapping[str, str]] | None,
        why: str,
    ) -> Act:
        return Act(
            act=what,
            by=hand.by,
            entered=self._entered(hand),
            put={table: found for table, records in put.items() if (found := tuple(records))},
            strike=strike or {},
            why=why,
        )

    def _entered(self, hand: Hand) -> Entered:
        if hand.form:
            return Entered(by=hand.entered_by, how=Door.SIGNED_FORM, form=hashlib.sha256(hand.form).hexdigest())
        if hand.pin:
            self.authenticate(hand.by, hand.pin)
            return Entered(by=hand.entered_by, how=Door.PIN)
        return Entered(by=hand.entered_by, how=Door.SAID)

    def _judge(self, act: Act, before: State, body: State, on: date | None) -> State:
        """The state that an act leads to; refused with every objection at once where a rule forbids it."""
        after = before.having(act.put, {table: rows.keys() for table, rows in act.strike.items()})
        if isinstance(after, Body):
            body = after
        assert isinstance(body, Body)
        day = on or _day(self.clock(), body)
        found = against(act, before, after, body, day)
        if isinstance(after, Dossier):
            found += self._basis(act)
            found += self.registry.objections(after, body, act, day)
        if any(each.level != "W" for each in found) or (found and not act.why.strip()):
            count = len(_once(found))
            headline = f"Not recorded ({act.act}): {count} objection{'s' if count > 1 else ''}."
            if all(each.level == "W" for each in found):
                headline = f"Not recorded yet ({act.act}): say why with --why REASON, or change it."
            raise Refused(headline, _once(found))
        return after

    def _basis(self, act: Act) -> Iterable[Objection]:
        """Whether an application names its standard as the standard is: nobody makes guidance a requirement."""
        for application in act.put.get("applications", ()):
            standard = self.standard(application.standard)
            if (application.basis.nature, application.basis.title) != (standard.nature, standard.title):
                yield Objection(
                    rule=28,
                    text=f"{standard.code} is {standard.title}, {standard.nature}; the application says otherwise.",
                    clause="ISO/IEC 17021-1:2015, 8.1.3",
                    about=("applications", application.id),
                )

    @staticmethod
    def _over(act: Act, fold: Fold) -> set[str]:
        keys = [(table, record.id) for table, record in act.records()]
        keys += [(table, key) for table, rows in act.strike.items() for key in rows]
        return {holder for table, key in keys for holder in fold.holders(table, key)}

    def _load(self, name: str) -> _Loaded:
        head = self.store.head(name)
        loaded = self._loaded.get(name)
        if loaded is not None and loaded.head == head:
            return loaded
        if loaded is not None and head.no > loaded.head.no:
            entries = self.store.read(name, loaded.head.no)
            if entries and entries[0].prev == loaded.head.hash:
                self._take(loaded, entries)
                return loaded
        state: State = Body(journal=name) if name == BODY else Dossier(journal=name)
        loaded = self._loaded[name] = _Loaded(Fold(), state, Head.first(name))
        self._take(loaded, self.store.read(name))
        return loaded

    @staticmethod
    def _take(loaded: _Loaded, entries: list[Entry]) -> None:
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


def _day(moment: datetime, body: Body) -> date:
    """The day that a moment falls on where the body is."""
    return moment.astimezone(ZoneInfo(body.profile.time_zone if body.profile else "UTC")).date()


def _same(act: Act, seen: State, now: State) -> None:
    for table, record in act.records():
        if getattr(seen, table).get(record.id) != getattr(now, table).get(record.id):
            raise Changed(
                f"Not recorded ({act.act}): somebody changed it meanwhile.",
                [f"{table} {record.id}"],
                next="look at it again, then decide again",
            )


def _entered_out(act: Act) -> dict[str, str]:
    out = {"by": act.entered.by or act.by, "how": str(act.entered.how)}
    return {**out, "form": act.entered.form} if act.entered.form else out


def _once(objections: Iterable[Objection]) -> list[Objection]:
    return list({(each.text, each.clause): each for each in objections}.values())


def _counts(given: NumberGiven, kind: str, start: str) -> bool:
    return given.kind == kind and given.id.startswith(start) and given.id[len(start) :].isdigit()


_NUMBERS = {
    "application": ("A-", 3),
    "quotation": ("Q-", 3),
    "agreement": ("G-", 3),
    "audit": ("", 3),
    "decision": ("D-", 3),
    "certificate": ("", 4),
}
_LISTS = {"audits": "audit list", "findings": "nc list", "certificates": "certificate list"}

__all__ = ["BODY", "Hand", "Office", "instant"]

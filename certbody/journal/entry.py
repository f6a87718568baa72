"""One act on record: what it says, its id, and its place in the chain of a journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

import attrs

from certbody.errors import BadData
from certbody.journal.canonical import MOST_BYTES, NotPlain, encode, parse, plain

Record = dict[str, Any]

WAYS: Final = ("pin", "key", "signed form", "said")
"""How the person whose act it is was known to be that person."""

_ROOM: Final = 1_024  # for number, id and hashes, which a line holds besides its content
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_CONTENT: Final = ("act", "at", "by", "entered", "over", "put", "strike", "why")
_ALWAYS: Final = {"act", "at", "by", "entered", "hash", "id", "no", "prev"}
_KEYS: Final = _ALWAYS | set(_CONTENT)


class _Parts(NamedTuple):
    """The content in canonical bytes, cut where the fields of the chain stand in the sorted line."""

    head: bytes  # act, at, by, entered
    over: bytes
    rest: bytes  # put, strike, why


@attrs.frozen
class Head:
    """Where a journal ends: the number and hash of its last line; 0 and the hash of its name before the first."""

    no: int
    hash: str

    @classmethod
    def first(cls, name: str) -> Head:
        """The head of a journal of that name before its first line."""
        return cls(0, sha256(name.encode()).hexdigest())

    @property
    def short(self) -> str:
        """The first 12 hex digits, as printed on what leaves the house."""
        return self.hash[:12]

    def __str__(self) -> str:
        return f"{self.no}·{self.short}"


@attrs.frozen(kw_only=True, slots=False)
class Act:
    """What was done, before it has a place in a journal; made by `draft`.

    Attributes:
        at: UTC instant of recording, as text that ends in Z.
        by: id of the person whose act it is.
        entered: ``{"by": person who entered it, "how": one of WAYS}``, and ``"form"``, the SHA-256 of the
            scan, with a signed form.
        act: what was done, in the past tense.
        put: ``{table: {id: record}}``, the facts put on record.
        strike: ``{table: {id: reason}}``, the facts struck out.
        over: ids of the acts whose records this act replaces, sorted.
        why: the justification where a rule asked for one.
        id: SHA-256 of the content above, the same in every copy.
    """

    at: str
    by: str
    entered: Mapping[str, str]
    act: str
    put: Mapping[str, Mapping[str, Record]] = attrs.field(factory=dict)
    strike: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    over: tuple[str, ...] = ()
    why: str = ""
    id: str = attrs.field(init=False)
    _parts: _Parts = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if faults := list(_faults(self)):
            raise BadData("The act cannot go on record.", faults)
        parts = _encoded(self)
        self.__dict__["_parts"] = parts
        self.__dict__["id"] = sha256(b"{%b%b%b}" % parts).hexdigest()


@attrs.frozen(kw_only=True, slots=False)
class Entry(Act):
    """An act at its place in a journal.

    Attributes:
        no: 1, 2, 3 … within the journal.
        prev: hash of the line before; before the first line, of the journal's name.
        hash: SHA-256 over `prev`, `no` and `id`.
    """

    no: int
    prev: str
    hash: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self.__dict__["hash"] = _hash(self.prev, self.no, self.id)

    @property
    def head(self) -> Head:
        """The head of a journal that ends with this entry."""
        return Head(self.no, self.hash)

    @property
    def line(self) -> bytes:
        """The line of the journal, with its line end: canonical JSON of all fields that are not empty."""
        head, over, rest = self._parts
        chain = f',"hash":"{self.hash}","id":"{self.id}","no":{self.no}'
        return b'{%b%b%b,"prev":"%b"%b}\n' % (head, chain.encode(), over, self.prev.encode(), rest)


def draft(
    *,
    at: datetime | str,
    by: str,
    entered: Mapping[str, str],
    act: str,
    put: Mapping[str, Mapping[str, Record]] | None = None,
    strike: Mapping[str, Mapping[str, str]] | None = None,
    over: Iterable[str] = (),
    why: str = "",
) -> Act:
    """An act that is not yet on record, from plain JSON data, which is copied. Empty tables are left out.

    Raises:
        BadData: with every field that cannot go on record, by its path; also for more than 4 MiB.
    """
    try:
        copy = plain({"entered": _open(entered), "put": _open(put), "strike": _open(strike)})
        return Act(
            at=instant(at) if isinstance(at, datetime) else at,
            by=by,
            entered=copy["entered"],
            act=act,
            put=copy["put"],
            strike=copy["strike"],
            over=tuple(sorted(set(over))),
            why=why,
        )
    except NotPlain as fault:
        raise BadData(f"The act {act!r} cannot go on record.", [str(fault)]) from None


def _open(given: Mapping[str, Any] | None) -> dict[str, Any]:
    """A mapping of mappings as the dictionaries that JSON has, without those that are empty."""
    return {
        key: dict(value) if isinstance(value, Mapping) else value for key, value in (given or {}).items() if value != {}
    }


def chain(act: Act, head: Head) -> Entry:
    """`act` as the line that follows `head`."""
    no = head.no + 1
    entry = object.__new__(Entry)  # the content has been judged, spelt and hashed when the act was made
    entry.__dict__.update(act.__dict__, no=no, prev=head.hash, hash=_hash(head.hash, no, act.id))
    return entry


def _hash(prev: str, no: int, id: str) -> str:
    return sha256(f"{prev} {no} {id}".encode()).hexdigest()


def instant(moment: datetime) -> str:
    """An aware moment as the text of `at`: UTC, ending in Z."""
    if moment.tzinfo is None:
        raise BadData("The act cannot go on record.", [f"at: {moment.isoformat()} has no time zone"])
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_line(raw: bytes) -> Entry:
    """The entry that a line, with its line end, holds: its spelling, id and hash are right.

    Whether it follows the line before it is for the reader of the journal to compare.

    Raises:
        ValueError: with what is wrong with the line.
    """
    data = parse(raw.removesuffix(b"\n"))
    if type(data) is not dict or not data.keys() >= _ALWAYS or not data.keys() <= _KEYS:
        raise ValueError("it has not the fields of an act")
    if type(data["no"]) is not int or type(data["prev"]) is not str or not _HASH.fullmatch(data["prev"]):
        raise ValueError("its number or its hash of the line before is none")
    fields = {key: data[key] for key in _CONTENT if key in data}
    if "over" in fields:
        if type(fields["over"]) is not list:
            raise ValueError("its field over is no list")
        fields["over"] = tuple(fields["over"])
    try:
        entry = Entry(no=data["no"], prev=data["prev"], **fields)
    except BadData as fault:
        raise ValueError("; ".join(fault.particulars)) from None
    if entry.id != data["id"]:
        raise ValueError("its content does not match its id")
    if entry.hash != data["hash"]:
        raise ValueError("its hash does not match its number, its id and the line before")
    if entry.line != raw:
        raise ValueError("it is not spelt as canonical JSON")
    return entry


def _encoded(act: Act) -> _Parts:
    """The canonical bytes of the content. What is empty is left out, always, so that an id can be made again."""
    rest = {key: value for key in ("put", "strike", "why") if (value := getattr(act, key))}
    try:
        parts = _Parts(
            encode({"act": act.act, "at": act.at, "by": act.by, "entered": act.entered})[1:-1],
            b',"over":' + encode(act.over) if act.over else b"",
            b"," + encode(rest)[1:-1] if rest else b"",
        )
    except NotPlain as fault:
        raise BadData("The act cannot go on record.", [str(fault)]) from None
    if (size := sum(map(len, parts))) > MOST_BYTES - _ROOM:
        raise BadData(
            "The act cannot go on record.",
            [f"it has {size:,} bytes; at most {MOST_BYTES - _ROOM:,} belong to one act"],
            next="put long texts and pictures into files of evidence",
        )
    return parts


def _faults(act: Act) -> Iterable[str]:
    """What is wrong with the shape of an act; the records inside are `plain` already."""
    if type(act.at) is not str or not _INSTANT.fullmatch(act.at) or not _on_calendar(act.at):
        yield f"at: {act.at!r} is no UTC instant such as 2026-11-23T09:30:00Z"
    for field in ("by", "act"):
        if type(getattr(act, field)) is not str or not getattr(act, field).strip():
            yield f"{field}: is empty or no text"
    if type(act.why) is not str:
        yield "why: is no text"
    yield from _faults_of_entered(act.entered)
    for name, kind in (("put", dict), ("strike", str)):
        tables = getattr(act, name)
        if type(tables) is not dict or not all(type(rows) is dict and rows for rows in tables.values()):
            yield f"{name}: is not of the shape table, id, {'record' if kind is dict else 'reason'}"
            continue
        for table, rows in tables.items():
            if type(table) is not str or not table or not all(type(k) is str and k for k in rows):
                yield f"{name}: a table or an id is empty or no text"
            for key, value in rows.items():
                if type(value) is not kind or (type(value) is str and not value.strip()):
                    yield f"{name}.{table}.{key}: is no {'record' if kind is dict else 'reason'}"
                if kind is str and type(act.put) is dict and key in act.put.get(table, ()):
                    yield f"{name}.{table}.{key}: is put and struck out by one act"
    if not all(type(each) is str and _HASH.fullmatch(each) for each in act.over):
        yield "over: names what is no id of an act"
    elif list(act.over) != sorted(set(act.over)):
        yield "over: is not sorted, or names an act twice"


def _faults_of_entered(entered: object) -> Iterable[str]:
    if type(entered) is not dict or not entered.keys() >= {"by", "how"} or not entered.keys() <= {"by", "how", "form"}:
        yield "entered: says by whom and how, and names the form where one was signed; nothing else"
        return
    if type(entered["by"]) is not str or not entered["by"].strip():
        yield "entered.by: is empty or no text"
    if entered["how"] not in WAYS:
        yield f"entered.how: {entered['how']!r} is none of {', '.join(WAYS)}"
    form = entered.get("form")
    if (entered["how"] == "signed form") != (type(form) is str and bool(_HASH.fullmatch(form))):
        yield "entered.form: a signed form, and nothing else, is named by the SHA-256 of its scan"


def _on_calendar(at: str) -> bool:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True

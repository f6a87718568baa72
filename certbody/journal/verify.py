"""Whether everything is what was put on record: every line, every file, every reference."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

import attrs

from certbody.errors import BadData, Damaged
from certbody.journal import disk
from certbody.journal.entry import Entry, Head, read_line
from certbody.journal.files import FileStore

_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_JOURNAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}\.jsonl", re.ASCII)
_CHUNK: Final = 1024 * 1024


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is not as it should be.

    Attributes:
        kind: ``damaged``: not what was put there; ``torn``: an unterminated last line, which nobody acknowledged;
            ``missing``: a record names a file that is not there; ``foreign``: a file that does not belong there;
            ``aside``: a torn line that was set aside; ``leftover``: what a writer that died left unfinished.
        where: file, and line where there is one: ``journals/C-1.jsonl:17``.
        text: what is wrong, as a sentence without its beginning: "its hash does not match …".
    """

    kind: Literal["damaged", "torn", "missing", "foreign", "aside", "leftover"]
    where: str
    text: str

    @property
    def harmless(self) -> bool:
        """Whether it is a trace of an interruption that touches nothing on record."""
        return self.kind in ("aside", "leftover")

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def verify(store: FileStore) -> list[Fault]:
    """Everything in the store that is not as it should be, by file and line; nothing where all is well.

    A tail cut off at the end of a line, and a journal rewritten from its beginning, agree with themselves: only a
    head printed on a document that left the house shows them (`against`).
    """
    faults: list[Fault] = []
    named: dict[str, str] = {}
    for path in sorted(store.journals.iterdir()):
        where = f"journals/{path.name}"
        if _JOURNAL.fullmatch(path.name):
            faults += _verify_journal(path, where, named)
        else:
            faults.append(_stranger(path, where))
    faults += _verify_evidence(store, named)
    return faults


def against(store: FileStore, name: str, no: int, short: str) -> bool | None:
    """Whether a head that was printed on a document agrees with the journal.

    Args:
        short: the hash as printed, at least 12 hex digits.

    Returns:
        True where line `no` has that hash; False where it has another or is not there; None where the journal is
        not here at all, so that nothing can be said.

    Raises:
        Damaged: the journal cannot be read.
    """
    if no < 1 or not 12 <= len(short) <= 64 or not set(short) <= set("0123456789abcdef"):
        raise BadData(f"{no}·{short} is no head.", ["a head has a number and 12 digits 0-9 and a-f, as printed"])
    if name not in store.names():
        return None
    entries = store.read(name)
    return no <= len(entries) and entries[no - 1].hash.startswith(short)


def _verify_journal(path: Path, where: str, named: dict[str, str]) -> Iterator[Fault]:
    """The faults of one journal, each line judged by itself and by the line before it, so that one changed byte
    names one line. Adds to `named` each evidence file that a record names, with the place."""
    try:
        fd = disk.open_file(path)
    except (OSError, Damaged) as problem:
        yield Fault(kind="damaged", where=where, text=_reason(problem))
        return
    try:
        raw = disk.read_at(fd, os.fstat(fd).st_size, 0)
    except OSError as problem:
        yield Fault(kind="damaged", where=where, text=_reason(problem))
        return
    finally:
        os.close(fd)
    *lines, torn = raw.split(b"\n")
    if not raw:
        yield Fault(kind="damaged", where=where, text="it is empty; a journal begins with its first line")
    before: Head | None = Head.first(path.name.removesuffix(".jsonl"))
    for count, line in enumerate(lines, start=1):
        try:
            entry = read_line(line + b"\n")
        except ValueError as fault:
            yield Fault(kind="damaged", where=f"{where}:{count}", text=str(fault))
            before = None  # the next line is judged by itself: one fault, one line
            continue
        if before is not None and entry.no != before.no + 1:
            yield Fault(
                kind="damaged",
                where=f"{where}:{count}",
                text=f"it is numbered {entry.no}, where {before.no + 1} belongs: lines are missing or were moved",
            )
        elif before is not None and entry.prev != before.hash:
            said = "it does not follow the line before it" if count > 1 else "it does not begin a journal of this name"
            yield Fault(kind="damaged", where=f"{where}:{count}", text=said)
        before = entry.head
        for digest in _named(entry):
            named.setdefault(digest, f"{where}:{count}")
    if torn:
        yield Fault(
            kind="torn",
            where=f"{where}:{len(lines) + 1}",
            text=f"its last line is torn after {len(torn)} bytes: a writer was interrupted, and nobody was told that "
            "it is on record; the next act sets it aside",
        )


def _named(entry: Entry) -> Iterator[str]:
    """Every evidence file that an entry names: under the keys sha256 and form."""
    yield from _digests(entry.entered)
    yield from _digests(entry.put)


def _digests(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("sha256", "form") and isinstance(value, str) and _HASH.fullmatch(value):
                yield value
            else:
                yield from _digests(value)
    elif isinstance(data, list):
        for value in data:
            yield from _digests(value)


def _verify_evidence(store: FileStore, named: dict[str, str]) -> Iterator[Fault]:
    root = store.evidence.folder
    seen = set()
    for path in sorted(root.rglob("*")):
        where = path.relative_to(store.folder).as_posix()
        digest = "".join(path.relative_to(root).parts)
        if path.is_dir() and not path.is_symlink():
            if path.parent != root or not re.fullmatch("[0-9a-f]{2}", path.name):
                yield Fault(kind="foreign", where=where, text="this folder does not belong here")
        elif path.parent.parent == root and _HASH.fullmatch(digest):
            seen.add(digest)
            try:
                if _digest_of(path) != digest:
                    yield Fault(kind="damaged", where=where, text="its content does not match its name")
            except (OSError, Damaged) as problem:
                yield Fault(kind="damaged", where=where, text=_reason(problem))
        else:
            yield _stranger(path, where)
    for digest, place in sorted(named.items()):
        if digest not in seen:
            yield Fault(
                kind="missing",
                where=store.evidence.path(digest).relative_to(store.folder).as_posix(),
                text=f"{place} names this file, and it is not there",
            )


def _digest_of(path: Path) -> str:
    fd = disk.open_file(path)
    try:
        sum_, offset = sha256(), 0
        while part := disk.read_at(fd, _CHUNK, offset):
            sum_.update(part)
            offset += len(part)
        return sum_.hexdigest()
    finally:
        os.close(fd)


def _stranger(path: Path, where: str) -> Fault:
    if path.name.endswith(".part"):
        return Fault(kind="leftover", where=where, text="a writer that was interrupted left it unfinished")
    if re.fullmatch(r"[A-Za-z0-9-]+\.torn-\d+", path.name):
        return Fault(kind="aside", where=where, text="a torn line that was set aside; nobody was told it is on record")
    return Fault(kind="foreign", where=where, text="this file does not belong here")


def _reason(problem: OSError | Damaged) -> str:
    if isinstance(problem, Damaged):
        return problem.particulars[0].rpartition(": ")[2]
    return f"it cannot be read: {problem.strerror}"

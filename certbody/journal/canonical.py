"""Canonical JSON: one spelling, byte for byte, of what goes on record."""

from __future__ import annotations

import json
from typing import Any, Final

from certbody.errors import BadData

MOST_BYTES: Final = 4 * 1024 * 1024
"""Longest line of a journal, its line end included."""

MOST_DEPTH: Final = 64
"""Deepest nesting of lists and objects in one act."""

MOST_INTEGER: Final = 2**53 - 1
"""Largest whole number that every reader of JSON keeps exactly."""

_ENCODER: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
)


class NotPlain(ValueError):
    """A value that JSON cannot hold without loss, with the path to it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.path: list[str] = []

    def __str__(self) -> str:
        return f"{''.join(self.path).lstrip('.') or 'the whole'}: {self.args[0]}"


def canonical(data: Any) -> bytes:
    """The canonical bytes of plain JSON data: keys sorted by code point, no blanks, UTF-8.

    Raises:
        BadData: for what JSON would change in silence: a float, a tuple, a key that is no text, a whole number
            beyond 2**53, a lone surrogate; with the path to it.
    """
    try:
        return encode(plain(data))
    except NotPlain as fault:
        raise BadData("This cannot go on record.", [str(fault)]) from None


def plain(value: Any, depth: int = MOST_DEPTH) -> Any:
    """A deep copy of plain JSON data, which the giver's later changes do not reach.

    Raises:
        NotPlain: with the path to what is no plain JSON.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        if -MOST_INTEGER <= value <= MOST_INTEGER:
            return value
        raise NotPlain("a whole number beyond 2^53 does not survive every reader of JSON")
    if kind is not dict and kind is not list:
        hint = "; write numbers with a fraction as text, such as '2.5'" if kind is float else ""
        raise NotPlain(f"{value!r} is {kind.__name__}, which has no place in a record{hint}")
    if depth == 0:
        raise NotPlain(f"nested more than {MOST_DEPTH} deep")
    copy: Any = {} if kind is dict else []
    for key, item in value.items() if kind is dict else enumerate(value):
        if kind is dict and type(key) is not str:
            raise NotPlain(f"the key {key!r} is {type(key).__name__}, not text")
        try:
            made = plain(item, depth - 1)
        except NotPlain as fault:
            fault.path.insert(0, f".{key}" if kind is dict else f"[{key}]")
            raise
        if kind is dict:
            copy[key] = made
        else:
            copy.append(made)
    return copy


def encode(data: Any) -> bytes:
    """The canonical bytes of data that is known to be plain.

    Raises:
        NotPlain: for a lone surrogate, which has no UTF-8.
    """
    try:
        return _ENCODER.encode(data).encode()
    except UnicodeEncodeError as fault:
        raise NotPlain(f"a text holds a lone surrogate (U+{ord(fault.object[fault.start]):04X})") from None


def parse(raw: bytes) -> Any:
    """The data that `raw` spells. Duplicate keys are left to the caller, who compares the spelling.

    Raises:
        ValueError: with what is wrong: not UTF-8, no JSON, a fraction, NaN, too long, too deep.
    """
    if len(raw) > MOST_BYTES:
        raise ValueError(f"{len(raw):,} bytes; at most {MOST_BYTES:,} belong to one act")
    try:
        data = _DECODER.decode(raw.decode())
    except UnicodeDecodeError as fault:
        raise ValueError(f"byte {fault.start + 1} is no UTF-8") from None
    except json.JSONDecodeError as fault:
        raise ValueError(f"no JSON: {fault.msg} at character {fault.pos + 1}") from None
    except RecursionError:
        raise ValueError(f"nested more than {MOST_DEPTH} deep") from None
    # Brackets inside texts only overcount, so most lines are spared the walk.
    if raw.count(b"{") + raw.count(b"[") > MOST_DEPTH:
        plain(data)
    return data


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is no whole number; fractions stand as text")


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MOST_INTEGER:
        raise ValueError("a whole number beyond 2^53")
    return int(text)


_DECODER: Final = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse, parse_int=_integer)

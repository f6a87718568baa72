"""The fields that fill a template: plain data, and the paths by which templates ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from certbody.domain.text import fault
from certbody.errors import BadData

LISTED = "[]"
"""Stands in a path for each element of a list: ``items[].ask``."""
OF_EVERY_DOCUMENT = frozenset({"pictures.logo"})
"""What no deliverable supplies, since every document gets it: the body's logo, where `body.logo` says so."""


def plain(value: Any, *, path: str = "", texts: bool = True) -> Any:
    """A copy of `value` made of dict, list, str, int, bool, None, Decimal and date, and of nothing else.

    A template can call a method of an object it is given, and a float prints digits nobody meant; so objects,
    enumerations, moments and floats are refused: the projection that makes the fields turns them into these.
    Tuples become lists. With `texts`, each text must pass the text rule of the house.

    Raises:
        BadData: names the field by its path, such as ``audit.findings[3].text``.
    """
    if value is None or type(value) in (int, bool, Decimal, date):
        if type(value) is Decimal and not value.is_finite():
            raise BadData(f"The field {path} is {value}, which is no amount.")
        return value
    if type(value) is str:
        if texts and (found := fault(value)):
            raise BadData(f"The field {path} {found}.")
        return value
    if isinstance(value, Mapping):
        for key in value:
            if type(key) is not str or not key:
                raise BadData(f"The field {path or 'at the top'} has the name {key!r}, which is none.")
        return {key: plain(each, path=f"{path}.{key}" if path else key, texts=texts) for key, each in value.items()}
    if type(value) in (list, tuple):
        return [plain(each, path=f"{path}[{number}]", texts=texts) for number, each in enumerate(value, 1)]
    raise BadData(f"The field {path or 'at the top'} is {type(value).__name__}, not plain data.")


def printed(value: str | int | bool | Decimal | date | None) -> str:
    """The one way in which a value becomes text inside other text.

    Dates as 2027-03-02, decimals with the digits they have, truth as yes or no, nothing as nothing. What should look
    otherwise (``2 March 2027``) comes from the projection as text.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def printable(value: Any) -> Any:
    """Plain data in which dates and decimals are text already (see `printed`), so that it is JSON."""
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [printable(each) for each in value]
    return printed(value) if isinstance(value, Decimal | date) else value


_TYPED = ""  # no field has an empty name, so this key marks what JSON does not know


def packed(value: Any) -> Any:
    """Plain data as JSON that keeps dates and decimals apart from text; `unpacked` is the way back."""
    if isinstance(value, dict):
        return {key: packed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [packed(each) for each in value]
    if isinstance(value, Decimal):
        return {_TYPED: ["decimal", str(value)]}
    return {_TYPED: ["date", value.isoformat()]} if isinstance(value, date) else value


def unpacked(value: Any) -> Any:
    """What `packed` packed."""
    if isinstance(value, list):
        return [unpacked(each) for each in value]
    if not isinstance(value, dict):
        return value
    if _TYPED in value:
        kind, text = value[_TYPED]
        return Decimal(text) if kind == "decimal" else date.fromisoformat(text)
    return {key: unpacked(each) for key, each in value.items()}


def paths(fields: Mapping[str, Any]) -> set[str]:
    """The path of every value in `fields`: ``audit.number``, ``items[].ask``; of an empty list ``items[]``."""
    found: set[str] = set()
    for key, value in fields.items():
        found |= _paths(value, key)
    return found


def _paths(value: Any, path: str) -> set[str]:
    if isinstance(value, Mapping) and value:
        return set().union(*(_paths(each, f"{path}.{key}") for key, each in value.items()))
    if isinstance(value, list | tuple):
        return set().union(*(_paths(each, path + LISTED) for each in value)) if value else {path + LISTED}
    return {path}


def unknown_and_unused(asked: set[str], fields: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """What a template asks for (see ``placeholders`` of `word` and `excel`) and is not in `fields`, and the reverse.

    Both sets are empty when template and fields agree. A list that is empty in `fields` cannot say
    what its elements have.
    """
    given = paths(fields)
    asked = asked - OF_EVERY_DOCUMENT
    open_ended = tuple(path for path in given if path.endswith(LISTED))
    known = {prefix for path in given for prefix in prefixes(path)}
    unknown = {path for path in asked - known if not path.startswith(open_ended)} if open_ended else asked - known
    used = {prefix for path in asked for prefix in prefixes(path)}
    return unknown, given - used


def prefixes(path: str) -> set[str]:
    """``items[].ask`` and all that leads to it: ``items``, ``items[]``."""
    found = {path}
    for index, letter in enumerate(path):
        if letter == "." or path.startswith(LISTED, index):
            found.add(path[:index])
        if path[:index].endswith(LISTED):
            found.add(path[:index])
    return found


def longest(asked: set[str]) -> set[str]:
    """Without those paths that only lead to others."""
    return {path for path in asked if not any(path != other and path in prefixes(other) for other in asked)}


def given(fields: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path.

    Raises:
        KeyError: there is none.
    """
    value: Any = fields
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            raise KeyError(path)
        value = value[name]
    return value

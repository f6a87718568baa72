"""The strict converter between attrs values and JSON, once.

Libraries' defaults are lenient where a record must not be: unknown keys, numbers for text, text for a list,
`1e5` for a decimal and `20261101` for a date are all refused here, each with its path.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.v import format_exception, transform_error

from certbody.errors import BadData

T = TypeVar("T")

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")
_TIME = re.compile(r"\d\d:\d\d")
_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")


def _date(value: Any, _: Any) -> date:
    if type(value) is not str or not _DATE.fullmatch(value) or not value.isascii():
        raise ValueError(f"{value!r} is no date: write it as 2026-11-23")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is no day of the calendar") from None


def _instant(value: Any, _: Any) -> datetime:
    if type(value) is not str or not _INSTANT.fullmatch(value) or not value.isascii():
        raise ValueError(f"{value!r} is no instant: write it as 2026-11-23T09:30:00Z")
    return datetime.fromisoformat(value)


def _time(value: Any, _: Any) -> time:
    if type(value) is not str or not _TIME.fullmatch(value) or not value.isascii():
        raise ValueError(f"{value!r} is no time of day: write it as 09:30")
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is no time of day") from None


def _decimal(value: Any, _: Any) -> Decimal:
    if type(value) is not str or not _DECIMAL.fullmatch(value) or not value.isascii():
        raise ValueError(f"{value!r} is no decimal: write it as text, such as '2.5'")
    return Decimal(value)


def _exactly(kind: type) -> Any:
    """A hook that takes values of `kind` alone, and members of an enumeration by their exact value.

    cattrs dispatches `str` to every StrEnum as well, so the enumeration is asked here.
    """

    def structure(value: Any, target: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is {type(value).__name__}, where {kind.__name__} belongs")
        if isinstance(target, type) and issubclass(target, Enum):
            return _member(value, target)
        return value

    return structure


def _member(value: Any, target: type[Enum]) -> Enum:
    for member in target:
        if member.value == value and type(value) is type(member.value):
            return member
    words = ", ".join(str(member.value) for member in target)
    raise ValueError(f"{value!r} is none of {words}")


def _optional(kind: Any) -> Any:
    """X | None: None as it is, anything else by the rules of X."""

    def structure(value: Any, _: Any) -> Any:
        return None if value is None else converter().structure(value, kind)

    return structure


def _is_optional(kind: Any) -> bool:
    arguments = get_args(kind)
    return get_origin(kind) in (Union, UnionType) and len(arguments) == 2 and type(None) in arguments


def _is_row(kind: Any) -> bool:
    return bool(get_origin(kind) is tuple)


def _row(item: Any) -> Any:
    """A tuple of items from a JSON list, and from nothing else: text is no list of letters."""

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise ValueError(f"{value!r} is {type(value).__name__}, where a list belongs")
        faults: list[Exception] = []
        done = []
        for index, each in enumerate(value):
            try:
                done.append(converter().structure(each, item))
            except Exception as problem:
                note = cattrs.IterableValidationNote(f"Structuring item @ index {index}", index, item)
                problem.__notes__ = [*getattr(problem, "__notes__", []), note]
                faults.append(problem)
        if faults:
            raise cattrs.IterableValidationError("while structuring a list", faults, tuple)
        return tuple(done)

    return structure


@cache
def converter() -> cattrs.Converter:
    """The one converter; built at first use, since most commands need it and `--help` does not."""
    made = cattrs.Converter(forbid_extra_keys=True, prefer_attrib_converters=False)
    for kind in (str, int, bool):
        made.register_structure_hook(kind, _exactly(kind))
    made.register_structure_hook(date, _date)
    made.register_structure_hook(datetime, _instant)
    made.register_structure_hook(time, _time)
    made.register_structure_hook(Decimal, _decimal)
    made.register_structure_hook(Enum, lambda value, kind: _member(value, kind))
    made.register_structure_hook_factory(
        lambda kind: _is_row(kind) and get_args(kind)[1:] == (Ellipsis,),
        lambda kind: _row(get_args(kind)[0]),
    )
    made.register_structure_hook_factory(_is_optional, lambda kind: _optional(_other(kind)))
    made.register_structure_hook_factory(attrs.has, _structure_values)
    made.register_unstructure_hook(StrEnum, lambda member: member.value)  # by itself it would pass for text
    made.register_unstructure_hook(Decimal, lambda value: format(value, "f"))
    made.register_unstructure_hook(date, lambda value: value.isoformat())
    made.register_unstructure_hook(datetime, lambda value: value.isoformat())
    made.register_unstructure_hook(time, lambda value: value.isoformat("minutes"))
    made.register_unstructure_hook_factory(attrs.has, _unstructure_values)
    made.register_unstructure_hook_factory(_is_row, lambda kind: lambda value: [made.unstructure(v) for v in value])
    return made


def _other(kind: Any) -> Any:
    return next(each for each in get_args(kind) if each is not type(None))


def _structure_values(kind: Any) -> Any:
    fields = make_dict_structure_fn(kind, converter(), _cattrs_forbid_extra_keys=True)

    def structure(value: Any, target: Any) -> Any:
        if type(value) is not dict:
            raise ValueError(f"{value!r} is {type(value).__name__}, where {kind.__name__} belongs")
        return fields(value, target)

    return structure


def _unstructure_values(kind: Any) -> Any:
    """Fields that are empty, and empty by default, are left out; all others are written, since a default
    may change with the program and a fact on record must not."""
    attrs.resolve_types(kind)
    empty: dict[str, Any] = {
        field.name: override(omit_if_default=True)
        for field in attrs.fields(kind)
        if field.default in (None, "", ()) and field.default is not attrs.NOTHING
    }
    return make_dict_unstructure_fn(kind, converter(), **empty)


def load(data: Any, kind: type[T], *, where: str) -> T:
    """The value of `kind` that JSON (or TOML) `data` describes.

    Raises:
        BadData: with every fault at once, each with its path inside `where` (a file or a record).
    """
    try:
        return converter().structure(data, kind)
    except Exception as problem:
        faults = transform_error(problem, path="$", format_exception=_sentence)
        raise BadData(f"{where} cannot be used.", [f"{where}: {fault}" for fault in faults]) from problem


def dates_as_text(data: Any) -> Any:
    """Data from TOML with its own dates and times as text, which is what `load` takes."""
    if isinstance(data, dict):
        return {key: dates_as_text(each) for key, each in data.items()}
    if isinstance(data, list):
        return [dates_as_text(each) for each in data]
    return data.isoformat() if isinstance(data, date | time) else data


def dump(value: Any) -> Any:
    """Plain JSON data for a value: decimals and dates as text; what is empty is left out."""
    return converter().unstructure(value)


def _sentence(problem: BaseException, kind: type | None) -> str:
    if isinstance(problem, KeyError):
        return f"required field missing: {problem.args[0]}"
    if isinstance(problem, cattrs.ForbiddenExtraKeysError):
        unknown = ", ".join(sorted(problem.extra_fields))
        return f"unknown field {unknown}"
    if isinstance(problem, ValueError | TypeError) and problem.args:
        return str(problem.args[0])
    return str(format_exception(problem, kind))

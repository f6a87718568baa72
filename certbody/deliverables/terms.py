"""Terms: the words of a document in one language, from a small file that a body may write for a language of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import attrs

from certbody.domain import text
from certbody.domain.claims import conformity_claims
from certbody.domain.wording import fill
from certbody.errors import BadData

MOST_BYTES = 256 * 1024
"""Largest file of terms that is read; a shipped one has about fifteen kilobytes."""

_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_GAP = re.compile(r"\{(\w*)\}")
_HEAD = ("language", "name", "days")
_DAYS = {"months": list, "date": str, "first": str}


@attrs.frozen(kw_only=True)
class Terms:
    """What documents say in one language.

    Attributes:
        language: its code after BCP 47, such as `de`; name: what it calls itself, `Deutsch`.
        words: sentences by table and key, `certificate.scope`; a counted one has two, `certificate.sites.one` and
            `certificate.sites.other`. Names in braces are gaps.
        months: the twelve names. dated: how a day is written, with the gaps {day}, {month} and {year}; first: how
            the first of a month is counted, `1er` in French.
    """

    language: str
    name: str
    words: Mapping[str, str] = attrs.field(eq=False)
    months: tuple[str, ...]
    dated: str
    first: str

    def say(self, key: str, **gaps: object) -> str:
        """A term with its gaps filled, once: what is filled in is never read for gaps.

        Raises:
            KeyError: there is no such term in any language.
            ValueError: it has a gap that nothing fills.
        """
        return fill(self.words[key], {name: str(value) for name, value in gaps.items()})

    def count(self, number: int, key: str, **gaps: object) -> str:
        """A counted term, its gap {n} filled with the number: `1 site`, `3 sites`."""
        return self.say(f"{key}.{'one' if number == 1 else 'other'}", n=number, **gaps)

    def day(self, day: date | None) -> str:
        """A day as a letter writes it: `8. Juni 2026`, `8 de junio de 2026`, `1er juin 2026`; nothing for no day."""
        if day is None:
            return ""
        counted = self.first if day.day == 1 else str(day.day)
        return fill(self.dated, {"day": counted, "month": self.months[day.month - 1], "year": str(day.year)})

    def table(self, name: str) -> dict[str, str]:
        """The terms of a table that have no gaps, by key: labels, for a template to name."""
        start = f"{name}."
        return {key.removeprefix(start): said for key, said in self.words.items()
                if key.startswith(start) and not _GAP.search(said)}  # fmt: skip


def is_code(said: str) -> bool:
    """Whether a text may be the code of a language: `de`, `pt-BR`. It then is a plain file name, too."""
    return bool(_CODE.fullmatch(said))


@lru_cache(maxsize=32)
def read(raw: bytes, where: str, english: bytes | None = None) -> Terms:
    """The terms in a file, held to those in English key by key and gap by gap.

    Args:
        where: how the file is named to people; its last part says which language it is of.
        english: the file in English that it must match; None where it is that one.

    Raises:
        BadData: with every fault at once, each with file and key.
    """
    data = parsed(raw, where)
    model = _words(parsed(english, "en.toml")) if english is not None else None
    faults = list(_faults(data, where, model))
    if faults:
        raise BadData(
            f"The terms in {where} cannot be used.",
            [f"{where}: {fault}" for fault in faults],
            next="write every key of templates/terms/en.toml, each with the same names in braces",
        )
    days = data["days"]
    return Terms(
        language=data["language"],
        name=data["name"],
        words=_words(data),
        months=tuple(days["months"]),
        dated=days["date"],
        first=days["first"],
    )


def refuse_claims(terms: Terms, where: str, names: Sequence[str]) -> None:
    """Refuse terms that claim conformity to guidance, where a document about guidance is made in them.

    Raises:
        BadData: with every claim and the key that makes it.
    """
    faults = [
        f"{where}: {key}: {claim.said!r} claims conformity to guidance"
        for key, said in terms.words.items()
        for claim in conformity_claims(said, names)
        if claim.certain
    ]
    if faults:
        raise BadData(f"The terms in {where} cannot be used.", faults, next="name the body's own scheme instead")


def parsed(raw: bytes, where: str) -> dict[str, Any]:
    """The TOML of a small file of words.

    Raises:
        BadData: it is too large, no text, or no TOML (with line and column).
    """
    fault = f"larger than {MOST_BYTES:,} bytes" if len(raw) > MOST_BYTES else ""
    try:
        if not fault:
            return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        fault = f"not UTF-8 text (byte {problem.start + 1})"
    except tomllib.TOMLDecodeError as problem:
        fault = f"no TOML: {problem}"
    except RecursionError:
        fault = "no TOML: nested too deeply"
    raise BadData(f"The words in {where} cannot be used.", [f"{where}: {fault}"], next="save it as TOML, in UTF-8")


def _words(data: Mapping[str, Any]) -> dict[str, str]:
    """Every term by table and key; what is no text is left out here and told among the faults."""
    return {key: said for key, said in _flat(data) if isinstance(said, str)}


def _flat(data: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if not start and key in _HEAD:
            continue
        if isinstance(value, dict) and start.count(".") < 2:
            yield from _flat(value, f"{start}{key}.")
        else:
            yield f"{start}{key}", value


def _faults(data: dict[str, Any], where: str, model: Mapping[str, str] | None) -> Iterator[str]:
    yield from _head_faults(data, where)
    found = dict(_flat(data))
    for key, said in found.items():
        if wrong := text.fault(said, lines=False, empty=False):
            yield f"{key} {wrong}"
    if model is None:
        return
    for key in model:
        if key not in found:
            yield f"{key} is missing; in English: {model[key]!r}"
    for key, said in found.items():
        if key not in model:
            near = get_close_matches(key, model.keys() - found.keys(), 1)
            yield f"{key} is no term" + (f"; did you mean {near[0]}?" if near else "")
        elif isinstance(said, str):
            yield from _gap_faults(key, said, model[key])


def _gap_faults(key: str, said: str, english: str) -> Iterator[str]:
    there, asked = set(_GAP.findall(said)), set(_GAP.findall(english))
    free = {"n"} if key.endswith(".one") else set()  # "a single site" need not say 1
    for gap in sorted(there - asked - free):
        known = ", ".join(f"{{{each}}}" for each in sorted(asked)) or "it has none"
        yield f"{key}: nothing fills {{{gap}}}; its gaps are: {known}"
    for gap in sorted(asked - there - free):
        yield f"{key}: {{{gap}}} is left out"
    if re.sub(_GAP, "", said).count("{") or re.sub(_GAP, "", said).count("}"):
        yield f"{key}: a brace stands alone"


def _head_faults(data: dict[str, Any], where: str) -> Iterator[str]:
    code = re.sub(r"\.toml$", "", where.rpartition("/")[2])
    if data.get("language") != code:
        yield f"language is {data.get('language', 'missing')!r}; of a file of this name it is {code!r}"
    if wrong := text.fault(data.get("name", ""), lines=False, empty=False):
        yield f"name {wrong}: what the language calls itself"
    days = data.get("days")
    if not isinstance(days, dict):
        yield "days is missing: a table with months, date and first"
        return
    for key in days.keys() - _DAYS.keys():
        yield f"days.{key} is no term"
    for key, kind in _DAYS.items():
        if not isinstance(days.get(key), kind):
            yield f"days.{key} is {'missing' if key not in days else 'no ' + ('list' if kind is list else 'text')}"
    months = days.get("months")
    if isinstance(months, list):
        if len(months) != 12:
            yield f"days.months has {len(months)} names, not 12"
        for number, month in enumerate(months, 1):
            if wrong := text.fault(month, lines=False, empty=False):
                yield f"days.months, {number}. {wrong}"
    if isinstance(days.get("date"), str):
        yield from _gap_faults("days.date", days["date"], "{day} {month} {year}")
    if isinstance(days.get("first"), str) and (wrong := text.fault(days["first"], lines=False, empty=False)):
        yield f"days.first {wrong}"

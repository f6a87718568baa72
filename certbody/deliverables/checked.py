"""What is wrong with a template that a body changed: faults with their places, worded for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import attrs

from certbody.deliverables.fields import LISTED, prefixes
from certbody.deliverables.offered import Offer

SIZE, INNER, INMOST = 200, 20, 5
"""Elements that a list, a list in a list, and one in that may have on the day of issue: to count a loop's turns."""
MOST_TURNS = 1_000_000
"""Turns of loops inside loops; nothing that is printed needs so many."""


@attrs.frozen(kw_only=True)
class Fault:
    """One objection to a template.

    Attributes:
        place: where, as people find it: `body, table 2, row 3, cell 1`, `Checklist!B5`.
        said: what is wrong, as a sentence without its end; empty where `unknown` says it.
        unknown: the path of a field that the document does not have.
        words: other names that stand at that place, for the nearest one.
        text: the paragraph or the cell's text.
    """

    place: str
    said: str = ""
    unknown: str = ""
    words: tuple[str, ...] = ()
    text: str = ""


def plain_faults(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults as JSON."""
    return [attrs.asdict(each) for each in dict.fromkeys(faults)]


def faults_of(said: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """What `plain_faults` made."""
    return [Fault(**{**each, "words": tuple(each["words"])}) for each in said]


def turns(path: str | None) -> int:
    """How many turns a loop over that list may take."""
    return 1 if path is None else (SIZE, INNER, INMOST)[min(path.count(LISTED), 2)]


def sentence(fault: Fault, offer: Offer, elsewhere: Mapping[str, list[str]]) -> str:
    """A fault as a line for people.

    Args:
        elsewhere: the fields of all other documents, each with the titles of those that have it.
    """
    said = fault.said or _unknown(fault, offer, elsewhere)
    where = f"{fault.place}: " if fault.place else ""
    text = " ".join(fault.text.split())
    shown = f" — in {text[:120]!r}" if text else ""
    return f"{where}{said}{shown}"


def _unknown(fault: Fault, offer: Offer, elsewhere: Mapping[str, list[str]]) -> str:
    path = fault.unknown
    said = f"there is no field {path}"
    if titles := elsewhere.get(path):
        more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
        return f"{said} in this document; it belongs to: {', '.join(titles[:3])}{more}"
    near = nearest(path, offer, fault.words)
    return f"{said}; did you mean {near}?" if near else said


def nearest(path: str, offer: Offer, words: Iterable[str] = ()) -> str:
    """The name that was most likely meant: of a loop at that place, beside it in the same group, or anywhere."""
    root = path.split(".")[0].split(LISTED)[0]
    known = offer.known()
    roots = {*words, *(each for each in known if "." not in each and not each.endswith(LISTED))}
    if root not in known and (near := get_close_matches(root, sorted(roots), 1, 0.7)):
        meant = path.replace(root, near[0], 1)
        if near[0] in words or meant in known:
            return meant
    group, _, last = path.rpartition(".")
    beside = sorted(each for each in known if each.rpartition(".")[0] == group and not each.endswith(LISTED))
    if near := get_close_matches(last, [each.rpartition(".")[2] for each in beside], 1, 0.6):
        return f"{group}.{near[0]}" if group else near[0]
    return next(iter(get_close_matches(path, sorted(offer.paths), 1, 0.7)), "")


def unused(asked: Iterable[str], offer: Offer) -> list[str]:
    """Fields that the shipped template prints and this one leaves out: a remark, no fault."""
    reached = {each for path in asked for each in prefixes(path)}
    return sorted(path for path in offer.used if path not in reached and not path.startswith("pictures"))

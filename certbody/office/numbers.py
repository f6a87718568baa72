"""Numbers for people: given once in the whole office, and recorded in the body's journal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from certbody.domain.body import NumberGiven
from certbody.errors import Changed, Refused

if TYPE_CHECKING:
    from certbody.office.hand import Hand
    from certbody.office.office import Office

ATTEMPTS = 20
"""How often a number is looked for anew because somebody else took it meanwhile."""

_NUMBERS = {
    "application": ("A-", 3),
    "quotation": ("Q-", 3),
    "agreement": ("G-", 3),
    "audit": ("", 3),
    "decision": ("D-", 3),
    "change": ("CH-", 3),
    "certificate": ("", 4),
}
"""What each kind of number begins with, before the year, and how many digits its count has."""


def give(office: Office, kind: str, journal: str, record: str, *, hand: Hand, on: date) -> str:
    """A new number of a kind for a record of a journal, such as `2026-014` for an audit.

    It is given before the act that uses it; where that act then fails, the number stays unused, never used twice.

    Raises:
        Changed: others kept taking the numbers that were tried.
    """
    prefix, width = _NUMBERS[kind]
    profile = office.body.profile
    if kind == "certificate" and profile:
        prefix = f"{profile.number_prefix}-"
    start = f"{prefix}{on.year}-"
    for _ in range(ATTEMPTS):
        taken = [int(given.id[len(start) :]) for given in office.body.numbers.values() if _counts(given, kind, start)]
        made = NumberGiven(id=f"{start}{max(taken, default=0) + 1:0{width}}", kind=kind, journal=journal, record=record)
        try:
            office.record("body", "number given", {"numbers": [made]}, hand=attrs.evolve(hand, form=b""))
        except Refused:
            continue  # somebody else took it between our look and our act
        return made.id
    raise Changed(f"No number for a {kind} could be given.", next="try again")


def _counts(given: NumberGiven, kind: str, start: str) -> bool:
    return given.kind == kind and given.id.startswith(start) and given.id[len(start) :].isdigit()

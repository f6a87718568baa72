"""Records that bear a number: judged before the number is given, so that what is refused uses up none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from certbody.domain.body import NumberGiven
from certbody.office.hand import Hand
from certbody.office.judging import act_of, judged
from certbody.office.office import Office

T = TypeVar("T")


def record_numbered(
    office: Office,
    journal: str,
    what: str,
    kind: str,
    table: str,
    make: Callable[[str, str], T],
    *,
    hand: Hand,
    on: date,
    why: str = "",
) -> T:
    """Put a record that bears a number on record.

    A number that was given to this journal and is borne by no record, since its act never came to be, is used
    before a new one is given.

    Args:
        make: the record of an id and a number.

    Raises:
        Refused: as for `Office.record`; then no number was given.
    """
    given = _unborne(office, journal, kind, table, on)
    trial = given or NumberGiven(id="to be numbered", kind=kind, journal=journal, record=office.make_id())
    with_number = office.body.having({"numbers": [trial]})
    act = act_of(office, what, {table: [make(trial.record, trial.id)]}, hand, None, why)
    judged(office, act, office.dossier(journal), with_number, None)
    number = given.id if given else office.number(kind, journal, trial.record, hand=hand, on=on)
    made = make(trial.record, number)
    office.record(journal, what, {table: [made]}, hand=hand, why=why)
    return made


def _unborne(office: Office, journal: str, kind: str, table: str, on: date) -> NumberGiven | None:
    borne = getattr(office.dossier(journal), table)
    numbers = {each.number for each in borne.values()}
    free = [
        each
        for each in office.body.numbers.values()
        if (each.kind, each.journal) == (kind, journal)
        and each.id not in numbers
        and each.record > max(borne, default="")  # ids tell rules which of two came first
        and f"{on.year}-" in each.id
    ]
    return min(free, key=lambda each: each.id, default=None)

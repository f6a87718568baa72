"""Objection: what a rule has against a record, the clause it rests on, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import attrs

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.state import State

Level = Literal["A", "B", "W"]
"""A is never set aside; B only where the rule says so; W, a warning, asks for a reason to go on."""


@attrs.frozen(kw_only=True)
class Objection:
    """One thing a rule has against one record.

    Attributes:
        rule: its row in the table of rules (docs/rules.md); 0 for an objection of a plugin or of the form.
        level: A, B or W.
        text: what is wrong, as a sentence that names persons, records and dates.
        clause: the clause it rests on, with edition; empty where it rests on the body's own policy.
        next: the next step, as a sentence or a command.
        about: table and id of the record that is objected to.
    """

    rule: int = 0
    level: Level = "B"
    text: str
    clause: str = ""
    next: str = ""
    about: tuple[str, str] = ("", "")


Said = tuple[str, str] | tuple[str, str, Level]
"""What a rule's function yields: a sentence with its next step; where it differs, a level other than the rule's."""

Check = Callable[[Any, Any, "Body", date], Iterable[Said]]


@attrs.frozen(kw_only=True)
class Rule:
    """A rule of the standard, as a function over one record and the state around it.

    A rule judges each record of one table. When an act puts a record there, that record is judged; when
    an act touches one of the tables in `reads`, every record of the table is judged anew. An objection about
    a record of the act refuses the act; one about an older record stands beside it until a person settles it:
    so an act against the record is refused, and a true fact that arrives late is always recorded.
    """

    number: int
    level: Level
    clause: str
    of: str
    reads: frozenset[str]
    check: Check

    @property
    def says(self) -> str:
        """What the rule holds, in one sentence: the first line of its docstring."""
        return (self.check.__doc__ or "").strip().split("\n")[0]

    def objections(self, key: str, state: State, body: Body, on: date) -> list[Objection]:
        """What this rule has, on a day, against the record `key` of its table in `state`, a dossier or the body."""
        record = state.record(self.of, key)
        return [self._objection(said, key) for said in self.check(record, state, body, on)]

    def _objection(self, said: Said, key: str) -> Objection:
        text, step, level = (*said, "")[:3]
        return Objection(
            rule=self.number,
            level=level or self.level,
            text=text,
            clause=self.clause,
            next=step,
            about=(self.of, key),
        )


def rule(number: int, level: Level, clause: str, *, of: str, reads: str = "") -> Callable[[Check], Rule]:
    """Make a function ``(record, dossier, body, on)`` that yields what it has to say into a `Rule`.

    `of` is the table whose records it judges; `reads` names, separated by spaces, the other tables it looks at.
    The function's docstring opens with what the rule holds and names its clause.
    """

    def make(check: Check) -> Rule:
        return Rule(number=number, level=level, clause=clause, of=of, reads=frozenset(reads.split()), check=check)

    return make

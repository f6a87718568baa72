"""An act: what somebody puts on record, and what forbids it whatever it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import attrs

from certbody.domain.application import Outcome
from certbody.domain.audit import CARRYING_OUT
from certbody.domain.body import Body
from certbody.domain.objection import Objection
from certbody.domain.state import State


class Door(StrEnum):
    """How an act was authenticated (rule 47)."""

    SAID = "said"
    PIN = "pin"
    KEY = "key"
    SIGNED_FORM = "signed form"


@attrs.frozen(kw_only=True)
class Entered:
    """Who entered an act, if another than the one whose act it is, and by which door it came."""

    by: str = ""
    how: Door = Door.SAID
    form: str = ""


@attrs.frozen(kw_only=True)
class Act:
    """What somebody does, in the past tense: records put on record, ids struck out, and why."""

    act: str
    by: str
    entered: Entered = Entered()
    put: Mapping[str, tuple[Any, ...]] = attrs.field(factory=dict)
    strike: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    why: str = ""

    @property
    def tables(self) -> frozenset[str]:
        """Every table that the act touches."""
        return frozenset(self.put) | frozenset(self.strike)

    def records(self) -> Iterator[tuple[str, Any]]:
        """Every record put, with its table."""
        return ((table, record) for table, records in self.put.items() for record in records)


PERSONAL = frozenset(
    {
        "declarations",
        "regradings",
        "extensions",
        "verifications",
        "effectiveness",
        "reviews",
        "decisions",
        "annulments",
        "change_reviews",
        "monitorings",
        "settlements",
    }
)
"""Tables whose acts only the person can take: with an own PIN or key, or by a signed form."""

AMENDABLE = frozenset(
    {
        "profiles",
        "policies",
        "people",
        "engagements",
        "competences",
        "interests",
        "accreditation_scopes",
        "clients",
        "sites",
        "applications",
        "audits",
        "assignments",
        "team_objections",
        "plans",
        "results",
        "findings",
        "evidence",
    }
)
"""Tables whose records a later act may replace; all others are final once on record."""

STRIKABLE = frozenset({"assignments", "findings", "evidence", "results"})
"""Tables from which a record may be struck out, with a reason; what was decided, signed or issued may not."""


def objections_to(act: Act, before: State, body: Body, on: date) -> Iterator[Objection]:
    """What forbids an act whatever its records say: form, date, person, and the record's own permanence.

    Rules 37 (ISO/IEC 17021-1:2015, 9.9: nothing on record is rewritten) and 47 (9.5.1, 9.9: who acted), and facts
    that would lie in the future.
    """
    for table, record in act.records():
        about = (table, record.id)
        yield from _in_the_future(record, about, on)
        existing = getattr(before, table).get(record.id)
        if existing is not None and existing != record and table not in AMENDABLE:
            said = f"{table} {record.id} is on record and final; it is not rewritten."
            yield _final(*about, said, "record what is true now as a further fact")
        yield from _published(record, existing, before, about)
        yield from _moved(record, existing, before, about)
        yield from _reassigned(record, existing, before, about)
    for table, keys in act.strike.items():
        for key, reason in keys.items():
            yield from _struck(table, key, reason, before)
    yield from _authentication(act, body)
    for person in sorted({act.by, act.entered.by or act.by} - body.people.keys() if body.people else ()):
        yield Objection(
            rule=47,
            text=f"There is no person {person} in this office.",
            clause="ISO/IEC 17021-1:2015, 9.9",
            next="certbody person add",
        )


@cache
def facts_of(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a record that may hold the day of a fact, not of a plan."""
    dated = [field for field in attrs.fields(kind) if not field.metadata.get("planned")]
    return tuple(field.name for field in dated if re.search(r"\bdate\b", str(field.type)))


def _in_the_future(record: Any, about: tuple[str, str], on: date) -> Iterator[Objection]:
    for name in facts_of(type(record)):  # type: ignore[arg-type]
        value = getattr(record, name)
        if isinstance(value, date) and value > on:
            said = f"{name.replace('_', ' ')} {value} lies after {on}, the day of recording."
            yield _final(*about, said, "record it when it has happened")


def _published(record: Any, existing: Any, before: State, about: tuple[str, str]) -> Iterator[Objection]:
    """What an issued report shows is not amended behind it; a further fact is recorded instead."""
    if about[0] not in ("results", "findings", "evidence", "assignments", "audits") or existing == record:
        return
    reports = getattr(before, "reports", {}).values()
    audit = record.id if about[0] == "audits" else (existing or record).audit
    if any(report.audit == audit for report in reports):
        yield Objection(
            rule=37,
            text=f"The report of this audit is issued; its {about[0]} are not changed behind it.",
            clause="ISO/IEC 17021-1:2015, 9.4.8, 9.9",
            next="put it before the reviewer as a query, or raise it at a further audit",
            about=about,
        )


def _moved(record: Any, existing: Any, before: State, about: tuple[str, str]) -> Iterator[Objection]:
    """Nothing is amended into another matter: a record stays with its audit and its author, a begun audit with its
    application, an accepted application with what it was accepted for and who consulted the client, a tie with its
    person. It would take them from under a decision (9.5)."""
    if existing is None:
        return
    table, held = about[0], getattr(before, "meetings", {}).values()
    fixed: tuple[str, ...] = ()
    if table in ("findings", "evidence"):
        fixed = ("audit", "by")
    elif table == "results":  # from the opening on the team stays on record, whoever has the last word on a row
        fixed = ("audit",) if any(each.audit == existing.audit for each in held) else ("audit", "by")
    elif table == "assignments":
        fixed = ("audit",)
    elif table == "audits" and any(each.audit == existing.id for each in held):
        fixed = ("application", "number", "kind", "stage", "standard")
    elif table == "applications" and _accepted(existing.id, before):
        fixed = ("number", "standard", "received_on")
        if not set(existing.consultancies) <= set(record.consultancies):  # one more may come to light (5.2.7)
            fixed += ("consultancies",)
    elif table == "interests":  # a tie may end, and its client may get a number; it is not taken back (5.2.13)
        fixed = ("person", "kind", "disclosed_on", *(name for name in _TIE if getattr(existing, name)))
    changed = [name for name in fixed if getattr(record, name) != getattr(existing, name)]
    if changed:
        yield Objection(
            rule=37,
            text=f"{table} {record.id} is on record; its {' and '.join(changed).replace('_', ' ')} no longer changes.",
            clause="ISO/IEC 17021-1:2015, 9.5, 9.9",
            next="strike it out with a reason, or record another beside it",
            about=about,
        )


_TIE = ("client", "organisation", "began_on", "ended_on")
"""What may become known of a tie after it was disclosed."""


def _accepted(application: str, before: State) -> bool:
    reviews = getattr(before, "application_reviews", {}).values()
    return any(each.application == application and each.outcome is Outcome.ACCEPTED for each in reviews)


def _reassigned(record: Any, existing: Any, before: State, about: tuple[str, str]) -> Iterator[Objection]:
    """Once an audit has begun, nobody who carries it out is made a bystander: that would let them decide (9.5.1.1)."""
    if about[0] != "assignments" or existing is None or existing.role not in CARRYING_OUT:
        return
    begun = any(each.audit == existing.audit for each in getattr(before, "meetings", {}).values())
    if begun and (record.person != existing.person or record.role not in CARRYING_OUT):
        yield Objection(
            rule=37,
            text="The audit has begun; who carries it out stays on record.",
            clause="ISO/IEC 17021-1:2015, 9.5.1.1, 9.9",
            next="assign whoever joins beside the others",
            about=about,
        )


def _struck(table: str, key: str, reason: str, before: State) -> Iterator[Objection]:
    record = getattr(before, table).get(key)
    if record is None:
        yield _final(table, key, f"There is no {key} in {table} to strike out.", "name a record that is there")
        return
    if table not in STRIKABLE:
        step = "record what is true now as a further fact"
        yield _final(table, key, f"{table} {key} is final and is not struck out.", step)
    if not reason.strip():
        yield _final(table, key, f"{key} is struck out without a reason.", "give --why")
    if table == "assignments" and any(each.audit == record.audit for each in getattr(before, "meetings", {}).values()):
        said = "The audit has begun; who was assigned to it stays on record."
        yield _final(table, key, said, "assign whoever joins beside the others")
    yield from _published(record, None, before, (table, key))


def _final(table: str, key: str, said: str, step: str) -> Objection:
    clause = "ISO/IEC 17021-1:2015, 9.9"
    return Objection(rule=37, text=said, clause=clause, next=step, about=(table, key))


def _authentication(act: Act, body: Body) -> Iterator[Objection]:
    entered = act.entered
    if not act.tables & PERSONAL:
        return
    what = ", ".join(sorted(act.tables & PERSONAL)).replace("_", " ")
    clause, about = "ISO/IEC 17021-1:2015, 9.5.1, 9.9", ("", "")
    name = body.name(act.by)
    for table, record in act.records():
        author = str(getattr(record, "person", None) or getattr(record, "by", act.by))
        if table in PERSONAL and author != act.by:
            about = (table, record.id)
            yield Objection(
                rule=47,
                text=f"The record names {body.name(author)}; the act is {name}'s.",
                clause=clause,
                next="enter it as the act of the person it names",
                about=about,
            )
        others = [body.name(each) for each in getattr(record, "deciders", ()) if each != act.by]
        if others and entered.how is not Door.SIGNED_FORM:
            yield Objection(
                rule=47,
                text=f"{', '.join(others)} voted too; one member's PIN does not stand for the others.",
                clause=clause,
                next="attach the minutes that all members signed, with --signed-form and --entered-by",
                about=(table, record.id),
            )
    if entered.how is Door.SIGNED_FORM:
        if not entered.form:
            yield Objection(
                rule=47, text="No signed form is attached.", clause=clause, next="give --signed-form FILE", about=about
            )
        if entered.by in ("", act.by):
            yield Objection(
                rule=47,
                text="A signed form is entered by somebody else than the person who signed it.",
                clause=clause,
                next="give --entered-by PERSON",
                about=about,
            )
    elif entered.how not in (Door.PIN, Door.KEY) or entered.by not in ("", act.by):
        yield Objection(
            rule=47,
            text=f"This act ({what}) is {name}'s own and is not authenticated by {name}.",
            clause=clause,
            next="enter it with the person's own PIN, or attach a scanned signed form with --signed-form",
            about=about,
        )

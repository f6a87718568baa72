"""Every rule, in one list, and how an act is judged by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from certbody.domain import (
    application,
    audit,
    body,
    certificate,
    decision,
    evidence,
    findings,
    impartiality,
    nonconformity,
    quotation_rules,
    report,
    sampling_rules,
    time_rules,
)
from certbody.domain.act import Act, objections_to
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection, Rule
from certbody.domain.state import State

_ROOMS = (
    body,
    application,
    time_rules,
    sampling_rules,
    quotation_rules,
    audit,
    evidence,
    findings,
    nonconformity,
    report,
    decision,
    impartiality,
    certificate,
)

RULES: tuple[Rule, ...] = (
    *(value for room in _ROOMS for value in vars(room).values() if isinstance(value, Rule)),
    *impartiality.NOBODY_WITH_AN_INTEREST,
)
"""Every rule over records, found in the modules of their nouns."""


def objections(state: State, body: Body, on: date) -> list[Objection]:
    """What every rule has against a dossier (or the body) as it stands."""
    return [
        objection
        for rule in _rules_of(state)
        for key in getattr(state, rule.of)
        for objection in rule.objections(key, state, body, on)
    ]


def judge(act: Act, before: State, after: State, body: Body, on: date) -> tuple[list[Objection], list[Objection]]:
    """What speaks against an act, and what it brings to light about earlier acts.

    Returns:
        The objections to the act itself, which refuse it (a warning unless the act says why); and those that it
        newly opens against older records, which stand until a person settles them.
    """
    against = list(objections_to(act, before, body, on))
    opened: list[Objection] = []
    put = {table: {record.id for record in records} for table, records in act.put.items()}
    for rule in _rules_of(after):
        own = put.get(rule.of, set())
        for key in own:
            against += rule.objections(key, after, body, on)
        if rule.reads & act.tables:
            others = [key for key in getattr(after, rule.of) if key not in own]
            opened += _new(rule, others, before, after, body, on)
    return against, opened


def _new(rule: Rule, keys: list[str], before: State, after: State, body: Body, on: date) -> Iterator[Objection]:
    for key in keys:
        found = rule.objections(key, after, body, on)
        if found:
            known = rule.objections(key, before, body, on) if key in getattr(before, rule.of) else []
            yield from (each for each in found if each not in known and each.level != "W")


_OF = {kind: tuple(rule for rule in RULES if rule.of in kind.TABLES) for kind in (Dossier, Body)}


def _rules_of(state: State) -> tuple[Rule, ...]:
    """The rules over the tables of a dossier, or of the body."""
    return _OF[type(state)]  # type: ignore[index]


def standing_objections(dossier: Dossier, body: Body, on: date) -> list[Objection]:
    """Objections that stand unsettled: what late facts brought to light, or what was put there past the rules.

    Warnings are left out: each was answered with a reason when its act was recorded.
    """
    settled = {(each.table, each.record, each.rule) for each in dossier.settlements.values()}
    return [
        each for each in objections(dossier, body, on) if each.level != "W" and (*each.about, each.rule) not in settled
    ]

"""Every rule, in one list, and how an act is judged by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from certbody.domain import (
    application,
    audit_rules,
    body,
    certificate_rules,
    change_rules,
    claim_rules,
    continuing_rules,
    decision_rules,
    document,
    evidence,
    extension_rules,
    findings,
    impartiality,
    nonconformity_rules,
    quotation_rules,
    regrading_rules,
    report,
    report_revisions,
    review_rules,
    sampling_rules,
    surveillance_rules,
    team_rules,
    time_rules,
    translation_rules,
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
    audit_rules,
    evidence,
    findings,
    nonconformity_rules,
    report,
    report_revisions,
    regrading_rules,
    extension_rules,
    review_rules,
    decision_rules,
    continuing_rules,
    impartiality,
    team_rules,
    surveillance_rules,
    certificate_rules,
    change_rules,
    claim_rules,
    translation_rules,
    document,
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
        for table, rules in _OF[type(state)].items()
        for rule in rules
        for key in getattr(state, table)
        for objection in rule.objections(key, state, body, on)
    ]


def judge(act: Act, before: State, after: State, body: Body, on: date) -> tuple[list[Objection], list[Objection]]:
    """What speaks against an act, and what it brings to light about earlier acts.

    Returns:
        The objections to the act itself, which refuse it (a warning unless the act says why); and those that it
        newly opens against older records, which stand until a person settles them.
    """
    return against(act, before, after, body, on), opened(act, before, after, body, on)


def against(act: Act, before: State, after: State, body: Body, on: date) -> list[Objection]:
    """What speaks against an act: its form, and every rule over the records that it puts."""
    found = list(objections_to(act, before, body, on))
    rules = _OF[type(after)]
    for table, records in act.put.items():
        for rule in rules.get(table, ()):
            for record in records:
                found += rule.objections(record.id, after, body, on)
    if isinstance(after, Dossier):
        found += impartiality.entered_by_who_took_part(act, after, body)
        if "certificates" in act.put and isinstance(before, Dossier):
            found += standing_objections(before, body, on)  # no certificate over what nobody has settled
    return found


def opened(act: Act, before: State, after: State, body: Body, on: date) -> list[Objection]:
    """What an act newly brings to light about older records: they stand in what it changed."""
    put = {table: {record.id for record in records} for table, records in act.put.items()}
    touched = act.tables
    return [
        objection
        for table, rules in _OF[type(after)].items()
        for rule in rules
        if rule.reads & touched
        for key in getattr(after, table)
        if key not in put.get(table, ())
        for objection in _new(rule, key, before, after, body, on)
    ]


def _new(rule: Rule, key: str, before: State, after: State, body: Body, on: date) -> Iterator[Objection]:
    if found := rule.objections(key, after, body, on):
        known = rule.objections(key, before, body, on) if key in getattr(before, rule.of) else []
        yield from (each for each in found if each not in known and each.level != "W")


_OF: dict[type[State], dict[str, tuple[Rule, ...]]] = {
    kind: {table: rules for table in kind.TABLES if (rules := tuple(rule for rule in RULES if rule.of == table))}
    for kind in (Dossier, Body)
}
"""The rules by state and table."""


def standing_objections(dossier: Dossier, body: Body, on: date) -> list[Objection]:
    """Objections that stand unsettled: what late facts brought to light, or what was put there past the rules.

    Warnings are left out: each was answered with a reason when its act was recorded.
    """
    settled = {(each.table, each.record, each.rule, each.objection) for each in dossier.settlements.values()}
    return [
        each
        for each in objections(dossier, body, on)
        if each.level != "W" and (*each.about, each.rule, each.text) not in settled
    ]

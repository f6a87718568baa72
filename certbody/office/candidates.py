"""Who of the body may take an act, and who is barred from it and why: by trying the rules, not by a list of names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs

from certbody.domain.certificate import Standing, standing
from certbody.domain.change import Change, asked_for
from certbody.domain.decision import ADVERSE, CertificationDecision, Ground, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection
from certbody.domain.periods import add_months
from certbody.domain.rules import RULES
from certbody.office.office import Office


@attrs.frozen(kw_only=True)
class Candidate:
    """A person of the body, and what bars that person from an act; nothing where the person may take it."""

    person: str
    objections: tuple[Objection, ...]

    @property
    def barred(self) -> bool:
        """Whether more than a warning stands against it."""
        return any(each.level != "W" for each in self.objections)


def tried(
    office: Office, dossier: Dossier, table: str, make: Callable[[str], Any], on: date
) -> tuple[tuple[Candidate, ...], tuple[Objection, ...]]:
    """Everybody with what the rules would have against this person's act, and what they would have whoever took it."""

    def against(person: str) -> list[Objection]:
        record = make(person)
        after = dossier.having({table: [record]})
        rules = (rule for rule in RULES if rule.of == table)
        return [each for rule in rules for each in rule.objections(record.id, after, office.body, on)]

    people = [each.id for each in office.body.people.values() if not (each.left_on and each.left_on <= on)]
    by_person = {person: against(person) for person in people}
    shared = [each for each in against("nobody") if all(each in found for found in by_person.values())]
    candidates = (
        Candidate(person=person, objections=tuple(sorted((each for each in found if each not in shared), key=_grave)))
        for person, found in by_person.items()
    )
    return tuple(candidates), tuple(shared)


def _grave(objection: Objection) -> str:
    """A comes before B before W, as the letters do."""
    return objection.level


LAST = "zzzzzzzz"
"""An id that comes after all others, for a record that is only tried."""


@attrs.frozen(kw_only=True)
class Tabled:
    """A decision about a certificate before it is taken: who may take it, and what is missing whoever took it."""

    journal: str
    standing: Standing
    kind: Kind
    deciders: tuple[Candidate, ...]
    missing: tuple[Objection, ...]


LATER = (Kind.MAINTAIN, Kind.SUSPEND, Kind.RESTORE, Kind.REDUCE, Kind.EXPAND, Kind.WITHDRAW)
"""The decisions that are taken about a certificate."""


def tabled(office: Office, number: str, kind: Kind, on: date) -> Tabled:
    """What a decision of a kind about the certificate of a number would be refused for on a day, and from whom.

    What only the decider can say (ground, scope, conditions) counts as said.
    """
    journal, key = office.find("certificates", number)
    dossier = office.dossier(journal)
    certificate = dossier.certificates[key]
    wider = asked_for(certificate.application, frozenset({Change.WIDER}), dossier, on)
    months = office.body.policy.suspension_months

    def decision(person: str) -> CertificationDecision:
        return CertificationDecision(
            id=LAST,
            number="D",
            application=certificate.application,
            kind=kind,
            decided_on=on,
            by=person,
            reason="as the decision maker will say",
            ground=Ground.AGREEMENT if kind in ADVERSE else None,
            scope="as the decision maker will say" if kind in (Kind.EXPAND, Kind.REDUCE) else "",
            certificate=certificate.number,
            change=wider[-1].id if wider and kind is Kind.EXPAND else "",
            until=add_months(on, months) if kind is Kind.SUSPEND else None,
        )

    deciders, missing = tried(office, dossier, "decisions", decision, on)
    held = standing(certificate.number, dossier, on)
    return Tabled(journal=journal, standing=held, kind=kind, deciders=deciders, missing=missing)

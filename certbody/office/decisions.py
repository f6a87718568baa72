"""Certification decisions: put on record under their numbers, and told to the client."""

from __future__ import annotations

from datetime import date

from certbody.domain.certificate import Certificate
from certbody.domain.decision import CertificationDecision, Kind
from certbody.office.applications import application
from certbody.office.hand import Hand
from certbody.office.numbered import record_numbered
from certbody.office.office import Office
from certbody.office.papers import Paper, issue
from certbody.office.reviews import reviews_of


def decide(
    office: Office,
    number: str,
    kind: Kind,
    *,
    reason: str,
    on: date,
    hand: Hand,
    conditions: str = "",
    scope: str = "",
    members: tuple[str, ...] = (),
    effective_on: date | None = None,
    why: str = "",
) -> CertificationDecision:
    """Grant or refuse an application.

    Args:
        members: ids of the persons who voted, where it is a committee.
        scope: what is granted, where it is less than what was applied for.
    """
    journal, found = application(office, number)
    reviews = [each for each in reviews_of(found, office.dossier(journal)) if each.reviewed_on <= on]

    def make(key: str, given: str) -> CertificationDecision:
        return CertificationDecision(
            id=key,
            number=given,
            application=found.id,
            kind=kind,
            decided_on=on,
            by=hand.by,
            members=_voters(hand.by, members),
            review=reviews[-1].id if reviews else "",
            reason=reason,
            conditions=conditions,
            scope=scope,
            effective_on=effective_on,
        )

    what = {Kind.GRANT: "certification granted", Kind.REFUSE: "certification refused"}[kind]
    return record_numbered(office, journal, what, "decision", "decisions", make, hand=hand, on=on, why=why)


def decide_on(
    office: Office,
    number: str,
    kind: Kind,
    *,
    reason: str,
    on: date,
    hand: Hand,
    conditions: str = "",
    scope: str = "",
    members: tuple[str, ...] = (),
    effective_on: date | None = None,
    why: str = "",
) -> CertificationDecision:
    """Decide on the certificate of a number: maintain, reduce, suspend, restore, withdraw."""
    journal, certificate = certificate_of(office, number)

    def make(key: str, given: str) -> CertificationDecision:
        return CertificationDecision(
            id=key,
            number=given,
            application=certificate.application,
            kind=kind,
            decided_on=on,
            by=hand.by,
            members=_voters(hand.by, members),
            reason=reason,
            conditions=conditions,
            scope=scope,
            certificate=certificate.number,
            effective_on=effective_on,
        )

    what = f"decided to {kind} a certificate"
    return record_numbered(office, journal, what, "decision", "decisions", make, hand=hand, on=on, why=why)


def certificate_of(office: Office, number: str) -> tuple[str, Certificate]:
    """Journal and newest revision of the certificate of a number."""
    journal, key = office.find("certificates", number)
    dossier = office.dossier(journal)
    known = dossier.certificates[key].number
    revisions = (each for each in dossier.certificates.values() if each.number == known)
    return journal, max(revisions, key=lambda each: each.revision)


def letter(office: Office, number: str, *, hand: Hand, on: date) -> Paper:
    """Issue the letter that tells the client of a decision.

    Raises:
        Refused: an objection stands unsettled in the dossier.
    """
    journal, key = office.find("decisions", number)
    dossier = office.dossier(journal)
    decision = dossier.decisions[key]
    standard = dossier.applications[decision.application].standard
    return issue(office, "decision", journal, decision.id, hand=hand, on=on, standard=standard)


def _voters(by: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """Who voted, the person whose act it is among them; nobody where it is no committee."""
    return tuple(dict.fromkeys((by, *members))) if members else ()

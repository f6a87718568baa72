"""Certification decisions: put on record under their numbers, and told to the client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from certbody.domain.certificate import Certificate
from certbody.domain.decision import Annulment, CertificationDecision, Kind
from certbody.domain.periods import add_months
from certbody.errors import BadData, CertbodyError, NotFound
from certbody.office.applications import application
from certbody.office.changes import find_change
from certbody.office.hand import Hand
from certbody.office.languages import ENGLISH, is_second
from certbody.office.numbered import record_numbered
from certbody.office.office import Office
from certbody.office.papers import Paper, issue
from certbody.office.press import Press
from certbody.office.reviews import reviews_of


def decide(
    office: Office, number: str, kind: Kind, *, reason: str, on: date, hand: Hand, why: str = "", **said: Any
) -> CertificationDecision:
    """Grant or refuse an application.

    Args:
        said: further fields of the decision, such as `members` of a committee, `conditions`, `effective_on`, or
            `scope`: what is granted, where it is less than what was applied for.
    """
    journal, found = application(office, number)
    reviews = [each for each in reviews_of(found, office.dossier(journal)) if each.reviewed_on <= on]
    said |= {"application": found.id, "review": reviews[-1].id if reviews else "", "reason": reason}
    what = {Kind.GRANT: "certification granted", Kind.REFUSE: "certification refused"}[kind]
    return _put(office, journal, what, kind, said, on=on, hand=hand, why=why)


def decide_on(
    office: Office,
    number: str,
    kind: Kind,
    *,
    reason: str,
    on: date,
    hand: Hand,
    change: str = "",
    why: str = "",
    **said: Any,
) -> CertificationDecision:
    """Decide on the certificate of a number: maintain, expand, reduce, suspend, restore, withdraw.

    A suspension ends, unless `until` says otherwise, with the months of the body's policy.

    Args:
        change: number of the change notice that it answers.
        said: further fields of the decision, as in `decide`, and `ground`, `sites`, `until`.
    """
    journal, certificate = certificate_of(office, number)
    dossier = office.dossier(journal)
    reviews = [
        each
        for each in reviews_of(dossier.applications[certificate.application], dossier)
        if each.reviewed_on <= on and each.recommendation is kind
    ]
    if kind is Kind.SUSPEND and not said.get("until"):
        months = office.body.policy.suspension_months
        said["until"] = add_months(said.get("effective_on") or on, months)
    said |= {
        "application": certificate.application,
        "certificate": certificate.number,
        "change": find_change(office, change)[1].id if change else "",
        "review": reviews[-1].id if reviews else "",
        "reason": reason,
    }
    return _put(office, journal, f"decided to {kind} a certificate", kind, said, on=on, hand=hand, why=why)


def _put(
    office: Office, journal: str, what: str, kind: Kind, said: dict[str, Any], *, on: date, hand: Hand, why: str
) -> CertificationDecision:
    said["members"] = _voters(hand.by, said.get("members", ()))

    def make(key: str, given: str) -> CertificationDecision:
        return CertificationDecision(id=key, number=given, kind=kind, decided_on=on, by=hand.by, **said)

    return record_numbered(office, journal, what, "decision", "decisions", make, hand=hand, on=on, why=why)


def annul(office: Office, number: str, *, reason: str, on: date, hand: Hand, why: str = "") -> Annulment:
    """Annul an adverse decision that rested on a clerical error; the certificate then stands as if it had not been."""
    journal, key = office.find("decisions", number)
    made = Annulment(id=office.make_id(), decision=key, annulled_on=on, by=hand.by, reason=reason)
    office.record(journal, "decision annulled", {"annulments": [made]}, hand=hand, why=why)
    return made


def certificate_of(office: Office, number: str) -> tuple[str, Certificate]:
    """Journal and newest revision of the certificate of a number."""
    journal, key = office.find("certificates", number)
    dossier = office.dossier(journal)
    known = dossier.certificates[key].number
    revisions = (each for each in dossier.certificates.values() if each.number == known)
    return journal, max(revisions, key=lambda each: each.revision)


def letter(
    office: Office,
    number: str,
    *,
    hand: Hand,
    on: date,
    language: str = "",
    annulment: bool = False,
    press: Press | None = None,
) -> Paper:
    """Issue the letter that tells the client of a decision, or of its annulment; of many, with one `press` for all.

    Args:
        language: code of the language beside English, `en` for English alone; empty: the profile's second one.

    Raises:
        NotFound: it is not annulled, where the letter on the annulment is asked for.
        BadData: it was annulled, so that no letter tells of it any longer as if it stood.
        Refused: an objection stands unsettled in the dossier.
    """
    journal, key = office.find("decisions", number)
    dossier = office.dossier(journal)
    standard = dossier.applications[dossier.decisions[key].application].standard
    annulled = next((each for each in dossier.annulments.values() if each.decision == key), None)
    if annulment and annulled is None:
        raise NotFound(f"{number} is not annulled.", next=f"certbody decide letter {number}")
    if annulled and not annulment:
        raise BadData(
            f"{number} was annulled on {annulled.annulled_on}.", next=f"certbody decide letter {number} --annulment"
        )
    profile = office.body.profile
    language = language or (profile.second_language if profile else "") or ENGLISH
    name = "annulment" if annulled else "decision"
    kind = f"{name}-two" if is_second(language) else name
    about = annulled.id if annulled else key
    return issue(
        office, kind, journal, about, hand=hand, on=on, standard=standard, name=name, language=language, press=press
    )


def letters(
    office: Office, numbers: Iterable[str], *, hand: Hand, on: date, language: str = "", annulment: bool = False
) -> Iterator[tuple[str, Paper | CertbodyError]]:
    """Issue the letters of many decisions, one after another; of each its number, and the letter or why it is not made.

    One that is refused, or whose template never ends with it, keeps none of the others back.
    """
    with Press() as press:
        for number in dict.fromkeys(numbers):
            try:
                yield (
                    number,
                    letter(office, number, hand=hand, on=on, language=language, annulment=annulment, press=press),
                )
            except CertbodyError as trouble:
                yield number, trouble


def _voters(by: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """Who voted, the person whose act it is among them; nobody where it is no committee."""
    return tuple(dict.fromkeys((by, *members))) if members else ()

"""Applications: received with client and sites in one act, and reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

import attrs

from certbody.domain import inputs as scheme_inputs
from certbody.domain.application import (
    Application,
    ApplicationReview,
    Basis,
    Consultancy,
    Outcome,
)
from certbody.domain.client import Client, Site
from certbody.domain.standard import Nature
from certbody.errors import BadData, NotFound
from certbody.office.hand import Hand
from certbody.office.office import Office

UNNUMBERED = "to be numbered"
"""Stands for a number while the rules are asked whether there will be a record at all."""


def basis(office: Office, code: str, on: date) -> Basis:
    """What an application for a standard rests on, as it stands on a day: the body's scheme where it is guidance."""
    standard = office.standard(code)
    published = office.body.scheme_for(code, on)
    guidance = standard.nature is Nature.GUIDANCE
    return Basis(
        standard=code,
        title=standard.title,
        name=standard.name,
        nature=standard.nature,
        criteria=published.citation if guidance and published else standard.criteria,
        no_new_after=standard.edition.no_new_after,
        transition_end=standard.edition.transition_end,
    )


def receive(
    office: Office,
    *,
    standard: str,
    client: Client,
    sites: Iterable[Site],
    received_on: date,
    hand: Hand,
    scope: str,
    existing: bool = False,
    form: bytes = b"",
    why: str = "",
    inputs: Iterable[tuple[str, str]] = (),
    consultancies: Iterable[Consultancy] = (),
    **said: Any,
) -> Application:
    """Put an application on record, and with it the client and its sites: one act, whole or absent.

    Args:
        existing: the client is known already, under `client.id`; otherwise its number is given now.
        form: the form as received, kept as evidence.

    Raises:
        BadData: the scheme cannot use an answer.
    """
    scheme = office.scheme(standard)
    sites = tuple(sites)
    answers = tuple(tuple(pair) for pair in inputs)
    try:
        scheme_inputs.answers(scheme.inputs, answers)
    except ValueError as fault:
        raise BadData(f"The application for {standard} cannot be used.", str(fault).split("; ")) from None
    number = client.id if existing else office.new_client()
    record = office.make_id()
    application = Application(
        id=record,
        number=UNNUMBERED,
        basis=basis(office, standard, received_on),
        received_on=received_on,
        scope=scope,
        sites=tuple(site.id for site in sites),
        inputs=answers,
        consultancies=tuple(consultancies),
        form=sha256(form).hexdigest() if form else "",
        **said,
    )
    put: dict[str, list[Any]] = {
        "clients": [attrs.evolve(client, id=number)],
        "sites": list(sites),
        "applications": [application],
    }
    office.check(number, "application received", put, hand=hand, why=why)
    if form:
        office.keep(form)
    given = office.number("application", number, record, hand=hand, on=received_on)
    application = attrs.evolve(application, number=given)
    office.record(number, "application received", {**put, "applications": [application]}, hand=hand, why=why)
    return application


def review(
    office: Office, number: str, *, outcome: Outcome, reason: str, reviewed_on: date, hand: Hand, why: str, **said: Any
) -> ApplicationReview:
    """Put the review of an application on record."""
    journal, key = office.find("applications", number)
    made = ApplicationReview(
        id=office.make_id(),
        application=key,
        reviewed_on=reviewed_on,
        by=hand.by,
        outcome=outcome,
        reason=reason,
        told_on=reviewed_on if outcome is Outcome.DECLINED else None,
        **said,
    )
    office.record(journal, f"application {outcome}", {"application_reviews": [made]}, hand=hand, why=why)
    return made


def application(office: Office, number: str) -> tuple[str, Application]:
    """Journal and application of a number.

    Raises:
        NotFound: there is none.
    """
    journal, key = office.find("applications", number)
    found = office.dossier(journal).applications.get(key)
    if found is None:
        raise NotFound(f"There is no application {number}.")
    return journal, found


def carry_transition(office: Office, code: str, *, hand: Hand, why: str = "") -> list[tuple[str, Application]]:
    """Carry the limits of an edition, as the standard's data have them now, into the applications for that edition.

    A transition is announced years after a certificate was issued; from then on the certificate ends with it. The
    applications that were changed, with their journals; those that say it already stay as they are.
    """
    standard = office.standard(code)
    edition, found = standard.edition, []
    for journal in office.clients():
        changed = []
        for each in office.dossier(journal).applications.values():
            now = attrs.evolve(each.basis, no_new_after=edition.no_new_after, transition_end=edition.transition_end)
            if (each.standard, each.basis.title) == (code, standard.title) and now != each.basis:
                changed.append(attrs.evolve(each, basis=now))
        if changed:
            office.record(journal, "transition of edition recorded", {"applications": changed}, hand=hand, why=why)
            found += [(journal, each) for each in changed]
    return found

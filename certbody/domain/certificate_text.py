"""What a certificate would say: drafted from the application, its sites, the decision and the scheme's wording."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.certificate import Certificate, CertifiedSite
from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.periods import last_day_of_validity
from certbody.domain.wording import Wording, fill

if TYPE_CHECKING:
    from certbody.domain.application import Application
    from certbody.domain.body import Body
    from certbody.domain.client import Site
    from certbody.domain.dossier import Dossier

STATED = "the scope stated"
"""What a statement says for its scope, which stands in full beside it: in its own words, and once."""
DRAFT = "DRAFT"
"""Stands for number, token and id until the certificate is issued."""


def certified_sites(application: Application, dossier: Dossier) -> tuple[CertifiedSite, ...]:
    """The sites in scope as a certificate names them (8.2.2 a, f), the central one first, then as applied for."""
    found = [dossier.sites[site] for site in application.sites if site in dossier.sites]
    return tuple(
        CertifiedSite(site=each.id, name=each.name, address=each.where, scope=each.activities, central=each.central)
        for each in sorted(found, key=lambda each: not each.central)
    )


def sites_said(sites: tuple[CertifiedSite, ...] | tuple[Site, ...]) -> str:
    """How a sentence names the sites: the one with its address, several by their number and the annex."""
    if len(sites) == 1:
        site = sites[0]
        return site.address if isinstance(site, CertifiedSite) else site.where
    return f"the {len(sites)} sites named in the annex"


def accreditation(application: Application, body: Body, wording: Wording, on: date, *, accredited: bool) -> str:
    """The sentence on accreditation: by whom, where the scope on record names the standard; else the body's note."""
    by = accredited_by(application, body, on) if accredited else []
    return f"Issued under accreditation by {' and '.join(by)}." if by else wording.accreditation_note


def accredited_by(application: Application, body: Body, on: date) -> list[str]:
    """Who has accredited the body for an application's standard on a day, each with its certificate."""
    scopes = (each for each in body.accreditation_scopes.values() if each.standard == application.standard)
    return [f"{each.accreditation_body} ({each.certificate})".replace(" ()", "") for each in scopes if each.holds(on)]


def statement(
    application: Application,
    dossier: Dossier,
    body: Body,
    wording: Wording,
    on: date,
    *,
    accredited: bool = False,
) -> str:
    """The scheme's statement with its gaps filled, as it stands on a day (8.2.2 a, e, f, g)."""
    scheme = body.scheme_for(application.standard, on)
    client = dossier.client
    said = {
        "body": body.profile.name if body.profile else "",
        "client": client.name if client else "",
        "sites": sites_said(certified_sites(application, dossier)),
        "scope": STATED,
        "criteria": scheme.document if scheme else application.basis.criteria,
        "issue": str(scheme.issue) if scheme else "not yet published",
        "issued": str(scheme.published_on) if scheme else "a date to come",
        "accreditation_note": accreditation(application, body, wording, on, accredited=accredited),
    }
    return fill(wording.certificate_statement, said)


def grant_for(application: str, dossier: Dossier, on: date) -> CertificationDecision | None:
    """The decision by a day that grants an application; None before it, or where it was refused."""
    granted = [
        each
        for each in dossier.decisions.values()
        if each.application == application and each.kind is Kind.GRANT and each.decided_on <= on
    ]
    return max(granted, key=lambda each: (each.decided_on, each.id), default=None)


def drafted(application: Application, dossier: Dossier, body: Body, wording: Wording, on: date) -> Certificate:
    """The first certificate as it would be issued on a day; number, token and signature are given at issue.

    Before the decision its dates are those of a decision on that day. Validity ends with the edition's
    transition, where that comes first (rule 21). `attrs.evolve` makes of it the one that is issued.
    """
    client, decision = dossier.client, grant_for(application.id, dossier, on)
    begins = (decision.effective_on or decision.decided_on) if decision else on
    last = last_day_of_validity(decision.decided_on if decision else on)
    scheme = body.scheme_for(application.standard, on)
    return Certificate(
        id=DRAFT,
        number=DRAFT,
        decision=decision.id if decision else "",
        application=application.id,
        client_name=client.name if client else "",
        client_address=", ".join(part for part in _address(dossier) if part),
        sites=certified_sites(application, dossier),
        original_on=begins,
        effective_on=begins,
        expires_on=min(last, application.basis.transition_end or last),
        issued_on=max(on, begins),
        title=body.profile.certificate_title if body.profile else wording.certificate_titles[0],
        statement=statement(application, dossier, body, wording, on),
        criteria=scheme.citation if scheme else application.basis.criteria,
        scope=application.scope,
        token=DRAFT,
    )


def _address(dossier: Dossier) -> tuple[str, ...]:
    client = dossier.client
    if client is None:
        return ()
    return client.address, f"{client.postcode} {client.city}".strip(), client.country

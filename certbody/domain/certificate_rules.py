"""The rules on certificates: validity, what they state, accreditation, scope in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.certificate import Certificate, grant_of, granted
from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.objection import Said, rule
from certbody.domain.periods import add_years, last_day_of_validity
from certbody.domain.standard import Nature

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@rule(21, "B", "ISO/IEC 17021-1:2015, 8.2.2 b c, 9.1.3.2", of="certificates", reads="decisions applications")
def validity_follows_the_decision(certificate: Certificate, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Validity begins on or after the decision, lasts three years at most, and ends with the edition's transition.

    A renewal lasts three years at most from the end of the cycle before; other revisions end with their cycle.
    """
    decision = grant_of(certificate, dossier)
    if decision is None or decision.kind not in (Kind.GRANT, Kind.RENEW, Kind.RESTORE, Kind.EXPAND, Kind.REDUCE):
        yield ("No decision stands behind this certificate.", "certbody decide grant APPLICATION")
        return
    if decision.application != certificate.application or decision.certificate not in ("", certificate.number):
        yield (
            f"Decision {decision.number} is about another application or certificate.",
            "certbody decide grant APPLICATION",
        )
    begins = decision.effective_on or decision.decided_on
    if certificate.effective_on < begins:
        yield (
            f"{certificate.number} would be effective on {certificate.effective_on}; the decision has effect "
            f"from {begins}.",
            f"let it be effective from {begins}",
        )
    if certificate.issued_on < decision.decided_on:
        yield (
            f"{certificate.number} cannot be issued on {certificate.issued_on}, before it was decided.",
            f"issue it on {decision.decided_on} or later",
        )
    last = last_day_of_validity(decision.decided_on)
    if decision.kind is Kind.GRANT and certificate.expires_on > last:
        yield (
            f"{certificate.number} would expire on {certificate.expires_on}; three years from the decision end on "
            f"{last}.",
            f"let it end on {last}",
        )
    longest = _end_of_cycle(certificate, decision, dossier)
    if longest and certificate.expires_on > longest:
        yield (
            f"{certificate.shown_number} would expire on {certificate.expires_on}; its cycle ends on {longest}.",
            "keep the end of the cycle; only a renewal begins another",
        )
    application = dossier.applications.get(certificate.application)
    end = application.basis.transition_end if application else None
    revised = any(
        each.number == certificate.number and each.revision > certificate.revision
        for each in dossier.certificates.values()
    )
    if end and certificate.expires_on > end and not revised:  # an end that came to be known is mended by a revision
        yield (
            f"{certificate.number} would outlive its edition, whose transition ends on {end}.",
            f"let it end on {end}",
        )


def _end_of_cycle(certificate: Certificate, decision: CertificationDecision, dossier: Dossier) -> date | None:
    """The last day that earlier revisions leave a later one, three years more for a renewal; None for the first."""
    earlier = [
        each
        for each in dossier.certificates.values()
        if each.number == certificate.number and each.revision < certificate.revision
    ]
    if decision.kind is not Kind.RENEW:
        return max((each.expires_on for each in earlier), default=None)
    cycle = max((each.expires_on for each in earlier if each.decision != decision.id), default=None)
    return add_years(cycle, 3) if cycle else None


@rule(
    26,
    "B",
    "ISO/IEC 17021-1:2015, 8.2.2",
    of="certificates",
    reads="certificates applications sites agreements draft_confirmations published_schemes numbers decisions "
    "annulments",
)
def a_certificate_says_all_it_must(certificate: Certificate, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A certificate states 8.2.2 a to i; its number belongs to one client; a revision can be told from the last."""
    application = dossier.applications.get(certificate.application)
    given = body.numbers.get(certificate.number)
    if given is not None and given.journal != dossier.journal:
        yield (
            f"Number {certificate.number} belongs to {given.journal}; a number is never given to another client.",
            "let the office give the next number",
        )
    if given is None and body.numbers:
        yield (
            f"Number {certificate.number} was never given out by this office.",
            "let the office give the next number",
        )
    if any(
        other.id != certificate.id and (other.number, other.revision) == (certificate.number, certificate.revision)
        for other in dossier.certificates.values()
    ):
        yield (
            f"{certificate.shown_number} is issued already; a revised certificate gets the next revision.",
            "give it the next revision",
        )
    if application is None:
        yield (f"There is no application {certificate.application}.", "name an application of this client")
        return
    named = {site.site for site in certificate.sites}
    _, in_scope = granted(application, dossier, max(certificate.issued_on, certificate.effective_on))
    for site in in_scope:
        if site not in named:
            name = dossier.sites[site].name if site in dossier.sites else site
            yield (f"The certificate leaves out site {name}, which is in scope (8.2.2 a).", "name every site in scope")
    scheme = body.scheme_for(application.standard, certificate.issued_on)
    if application.basis.nature is Nature.GUIDANCE and scheme and certificate.criteria != scheme.citation:
        yield (
            f"The certificate cites ‘{certificate.criteria}’; the document audited against is ‘{scheme.citation}’ "
            "(8.2.2 e).",
            f"cite ‘{scheme.citation}’",
        )
    if not body.profile:
        yield ("The body's name and address are not on record (8.2.2 g).", "certbody office profile")
    confirmations = [
        each
        for each in dossier.draft_confirmations.values()
        if each.application == certificate.application and each.confirmed_on <= certificate.issued_on
    ]
    last = max(confirmations, key=lambda each: (each.confirmed_on, each.id), default=None)
    decision = grant_of(certificate, dossier)
    if decision and decision.kind is Kind.REDUCE:
        return  # what is left is the body's to say; the client was told by letter (9.6.5)
    if last is None:
        yield (
            "The client has not confirmed the draft text of its certificate.",
            f"certbody certificate confirm {application.number}",
        )
    elif (last.client_name, last.scope, last.sites) != (certificate.client_name, certificate.scope, certificate.sites):
        yield (
            f"The text differs from the draft that {last.by} confirmed on {last.confirmed_on}.",
            f"certbody certificate draft {application.number}, and have it confirmed",
        )


@rule(
    27,
    "B",
    "ISO/IEC 17021-1:2015, 8.1.3, 8.2.2 g",
    of="certificates",
    reads="decisions accreditation_scopes applications",
)
def accreditation_only_where_it_covers(
    certificate: Certificate, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A certificate claims accreditation only where the scope on record names the standard and codes on that day."""
    application = dossier.applications.get(certificate.application)
    decision = grant_of(certificate, dossier)
    if not certificate.accredited or application is None or decision is None:
        return
    scopes = [
        each
        for each in body.accreditation_scopes.values()
        if each.standard == application.standard and each.holds(decision.decided_on)
    ]
    if not scopes:
        yield (
            f"No accreditation for {application.basis.title} is on record for {decision.decided_on}.",
            "issue it without the accreditation mark",
        )
        return
    covered = {code for each in scopes for code in each.codes}
    for code in application.codes:
        if covered and code not in covered:
            yield (f"The accreditation does not cover code {code}.", "issue it without the accreditation mark")


_PRODUCT = re.compile(
    r"\b(?:certified|approved|conforming) products?\b|\bproduct[- ]certif\w+|\baccredited\b", re.IGNORECASE
)


@rule(29, "W", "ISO/IEC 17021-1:2015, 8.2.2 f, 8.3", of="certificates")
def a_scope_is_plain(certificate: Certificate, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A scope says what is done where, and suggests neither product certification nor accreditation (8.2.2 f)."""
    texts = [("scope", certificate.scope), *((f"scope of {each.name}", each.scope) for each in certificate.sites)]
    for place, said in texts:
        if found := _PRODUCT.search(said):
            yield (
                f"The {place} says ‘{found[0]}’, which may be read as certification of a product or accreditation.",
                "name activities, not certified products",
            )

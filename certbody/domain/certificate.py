"""The certificate, and its status on any day, folded from what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.objection import Said, rule
from certbody.domain.periods import last_day_of_validity
from certbody.domain.standard import Nature

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@attrs.frozen(kw_only=True)
class CertifiedSite:
    """A site on the certificate with what is done there (8.2.2 a, f)."""

    site: str = text.number()
    name: str = text.name()
    address: str = text.name()
    scope: str = text.prose(default="")
    central: bool = False


@attrs.frozen(kw_only=True)
class Certificate:
    """One revision of a certificate, in the order of ISO/IEC 17021-1:2015, 8.2.2.

    Attributes:
        number, revision: a revised one keeps the number and gets the next revision (8.2.2 d, i).
        effective_on, expires_on: first and last day of validity (b, c); original_on: first granted.
        criteria: the normative document with its issue (e).
        token: 80 random bits, in hexadecimal, that let the QR code's bearer ask for this certificate.
    """

    id: str = text.number()
    number: str = text.number()
    revision: int = 1
    decision: str = text.number()
    application: str = text.number()
    client_name: str = text.name()
    client_address: str = text.name()
    sites: tuple[CertifiedSite, ...] = attrs.field(validator=attrs.validators.min_len(1))
    original_on: date = attrs.field(metadata={"planned": True})
    effective_on: date = attrs.field(metadata={"planned": True})
    expires_on: date = attrs.field(metadata={"planned": True})
    issued_on: date
    title: str = text.name(default="Certificate")
    statement: str = text.prose(required=True)
    criteria: str = text.name()
    scope: str = text.prose(required=True)
    accredited: bool = False
    signed_by: str = text.number(default="")
    token: str = text.number()

    @property
    def shown_number(self) -> str:
        """The number with its revision, as printed: `CB-2026-0001 r1`."""
        return f"{self.number} r{self.revision}"


@attrs.frozen(kw_only=True)
class DraftConfirmation:
    """The client's word that the draft text of its certificate is right, as it was shown."""

    id: str = text.number()
    application: str = text.number()
    confirmed_on: date
    by: str = text.name()
    client_name: str = text.name()
    client_address: str = text.name()
    scope: str = text.prose(required=True)
    sites: tuple[CertifiedSite, ...] = ()


class Status(StrEnum):
    """What a certificate is on a day."""

    NOT_YET = "not yet valid"
    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@attrs.frozen(kw_only=True)
class Standing:
    """A certificate's status on a day, with the facts it rests on, oldest first.

    `facts` are pairs of the day from which a fact has effect and the fact in words.
    """

    number: str
    on: date
    status: Status
    since: date | None
    certificate: Certificate | None
    facts: tuple[tuple[date, str], ...]


def standing(number: str, dossier: Dossier, on: date) -> Standing:
    """The status of a certificate on a day (ISO/IEC 17021-1:2015, 9.6.5; effective dates decide).

    Withdrawal is final. Suspension ends with restoration. Past the last day of the revision in force it is
    expired, suspended or not. A gap between two validities shows as expired.
    """
    revisions = [
        each
        for each in dossier.certificates.values()
        if each.number == number and max(each.effective_on, each.issued_on) <= on
    ]
    current = max(revisions, key=lambda each: (each.effective_on, each.revision), default=None)
    facts: list[tuple[date, int, str, str]] = []
    for each in revisions:
        words = f"{each.title} {each.shown_number} valid from {each.effective_on} to {each.expires_on}"
        facts.append((each.effective_on, 2, each.id, words))
    effects = sorted(
        (
            (each.effective_on or each.decided_on, each.decided_on, each.id, each)
            for each in dossier.decisions.values()
            if each.certificate == number and (each.effective_on or each.decided_on) <= on
        ),
        key=lambda row: row[:3],
    )
    status, since = (Status.VALID, current.effective_on) if current else (Status.NOT_YET, None)
    behind = (*(grant_of(each, dossier) for each in revisions), *(row[3] for row in effects))
    for found in {each.id: each for each in behind if each}.values():
        words = f"{found.kind} decided on {found.decided_on} ({found.number})"
        facts.append((found.effective_on or found.decided_on, 1, found.id, words))
    for day, _, _, decision in effects:
        if status is Status.WITHDRAWN or current is None:
            continue
        if decision.kind is Kind.WITHDRAW:
            status, since = Status.WITHDRAWN, day
        elif decision.kind is Kind.SUSPEND:
            status, since = Status.SUSPENDED, day
        elif decision.kind in (Kind.RESTORE, Kind.RENEW) and status is Status.SUSPENDED:
            status, since = Status.VALID, day
    if current and status is not Status.WITHDRAWN and on > current.expires_on:
        status, since = Status.EXPIRED, current.expires_on
        facts.append((current.expires_on, 3, current.id, f"validity ended on {current.expires_on}"))
    ordered = tuple((day, words) for day, _, _, words in sorted(facts, key=lambda fact: fact[:3]))
    return Standing(number=number, on=on, status=status, since=since, certificate=current, facts=ordered)


def grant_of(certificate: Certificate, dossier: Dossier) -> CertificationDecision | None:
    """The decision that a certificate carries out."""
    return dossier.decisions.get(certificate.decision)


@rule(21, "B", "ISO/IEC 17021-1:2015, 8.2.2 b c, 9.1.3.2", of="certificates", reads="decisions applications")
def validity_follows_the_decision(certificate: Certificate, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Validity begins on or after the decision, lasts three years at most, and ends with the edition's transition."""
    decision = grant_of(certificate, dossier)
    if decision is None or decision.kind not in (Kind.GRANT, Kind.RENEW, Kind.RESTORE, Kind.EXPAND, Kind.REDUCE):
        yield ("No decision stands behind this certificate.", "certbody decide grant APPLICATION")
        return
    begins = decision.effective_on or decision.decided_on
    if certificate.effective_on < begins:
        yield (
            f"{certificate.number} would be effective on {certificate.effective_on}; the decision has effect "
            f"from {begins}."
        )
    if certificate.issued_on < decision.decided_on:
        yield f"{certificate.number} cannot be issued on {certificate.issued_on}, before it was decided."
    last = last_day_of_validity(decision.decided_on)
    if decision.kind is Kind.GRANT and certificate.expires_on > last:
        yield (
            f"{certificate.number} would expire on {certificate.expires_on}; three years from the decision end on "
            f"{last}."
        )
    application = dossier.applications.get(certificate.application)
    end = application.basis.transition_end if application else None
    if end and certificate.expires_on > end:
        yield f"{certificate.number} would outlive its edition, whose transition ends on {end}."


@rule(
    26,
    "B",
    "ISO/IEC 17021-1:2015, 8.2.2",
    of="certificates",
    reads="certificates applications sites agreements draft_confirmations published_schemes numbers",
)
def a_certificate_says_all_it_must(certificate: Certificate, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A certificate states 8.2.2 a to i; its number belongs to one client; a revision can be told from the last."""
    application = dossier.applications.get(certificate.application)
    given = body.numbers.get(certificate.number)
    if given is not None and given.journal != dossier.journal:
        yield f"Number {certificate.number} belongs to {given.journal}; a number is never given to another client."
    if given is None and body.numbers:
        yield f"Number {certificate.number} was never given out by this office."
    if any(
        other.id != certificate.id and (other.number, other.revision) == (certificate.number, certificate.revision)
        for other in dossier.certificates.values()
    ):
        yield f"{certificate.shown_number} is issued already; a revised certificate gets the next revision."
    if application is None:
        yield f"There is no application {certificate.application}."
        return
    named = {site.site for site in certificate.sites}
    for site in application.sites:
        if site not in named:
            name = dossier.sites[site].name if site in dossier.sites else site
            yield f"The certificate leaves out site {name}, which is in scope (8.2.2 a)."
    scheme = body.scheme_for(application.standard, certificate.issued_on)
    if application.basis.nature is Nature.GUIDANCE and scheme and certificate.criteria != scheme.citation:
        yield (
            f"The certificate cites ‘{certificate.criteria}’; the document audited against is ‘{scheme.citation}’ "
            "(8.2.2 e)."
        )
    if not body.profile:
        yield ("The body's name and address are not on record (8.2.2 g).", "certbody office profile")
    confirmations = [
        each
        for each in dossier.draft_confirmations.values()
        if each.application == certificate.application and each.confirmed_on <= certificate.issued_on
    ]
    last = max(confirmations, key=lambda each: (each.confirmed_on, each.id), default=None)
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
            yield f"The accreditation does not cover code {code}."


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

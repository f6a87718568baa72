"""The certificate, and its status on any day, folded from what was decided."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.decision import CertificationDecision, Kind, in_force

if TYPE_CHECKING:
    from certbody.domain.application import Application
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
        language: code of the language that it is issued in beside English, such as `de`; empty: English alone.
        scope_translated: the scope in that language, as the client confirmed it; empty: it stands in English alone.
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
    language: str = text.number(default="")
    scope_translated: str = text.prose(default="")

    @property
    def shown_number(self) -> str:
        """The number with its revision, as printed: `CB-2026-0001 r1`."""
        return f"{self.number} r{self.revision}"


@attrs.frozen(kw_only=True)
class DraftConfirmation:
    """The client's word that the draft text of its certificate is right, as it was shown.

    `language` and `scope_translated` are as on the certificate: the words in the second language, confirmed too.
    """

    id: str = text.number()
    application: str = text.number()
    confirmed_on: date
    by: str = text.name()
    client_name: str = text.name()
    client_address: str = text.name()
    scope: str = text.prose(required=True)
    sites: tuple[CertifiedSite, ...] = ()
    language: str = text.number(default="")
    scope_translated: str = text.prose(default="")


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

    Attributes:
        certificate: the revision in force; None before the first.
        scope, sites: what is certified by decision on that day, the sites by their ids; it may be less than a
            certificate says that was not yet revised.
        suspended_until: of what is suspended, the last day by which its cause is to be removed.
        facts: pairs of the day from which a fact has effect and the fact in words.
    """

    number: str
    on: date
    status: Status
    since: date | None
    certificate: Certificate | None
    scope: str = ""
    sites: tuple[str, ...] = ()
    suspended_until: date | None = None
    facts: tuple[tuple[date, str], ...]

    @property
    def marks(self) -> bool:
        """Whether the client may refer to the certification and use the marks (8.3, 9.6.5)."""
        return self.status is Status.VALID

    @property
    def to_be_revised(self) -> bool:
        """Whether the certificate in force says another scope, or other sites, than are certified."""
        held = self.certificate
        return held is not None and (held.scope, {each.site for each in held.sites}) != (self.scope, {*self.sites})


def newest(number: str, dossier: Dossier, on: date) -> Certificate | None:
    """The revision of a certificate that is in force on a day, whatever its status; None before the first."""
    revisions = [each for each in dossier.certificates.values() if each.number == number and _begins(each) <= on]
    return max(revisions, key=lambda each: (each.effective_on, each.revision), default=None)


def standing(number: str, dossier: Dossier, on: date) -> Standing:
    """The status of a certificate on a day (ISO/IEC 17021-1:2015, 9.6.5; effective dates decide).

    A first revision counts from its effective date, a later one from its issue at the earliest, since until then the
    one before it stood. Withdrawal is final. Suspension ends with restoration. Past the last day of the revision in
    force, or of its edition's transition, it is expired, suspended or not. A gap between two validities shows as
    expired. A decision that was annulled counts until the day of its annulment.
    """
    revisions = [each for each in dossier.certificates.values() if each.number == number and _begins(each) <= on]
    current = newest(number, dossier, on)
    facts: list[tuple[date, int, str, str]] = []
    for each in revisions:
        words = f"{each.title} {each.shown_number} valid from {each.effective_on} to {each.expires_on}"
        facts.append((_begins(each), 2, each.id, words))
    effects = [each for each in in_force(dossier, on) if each.certificate == number]
    status, since = (Status.VALID, current.effective_on) if current else (Status.NOT_YET, None)
    until: date | None = None
    for found in {
        each.id: each for each in (*(grant_of(each, dossier) for each in revisions), *effects) if each
    }.values():
        facts.append((found.begins_on, 1, found.id, _told(found)))
    facts += _annulled(number, dossier, on)
    for decision in effects:
        if status is Status.WITHDRAWN or current is None:
            continue
        if decision.kind is Kind.WITHDRAW:
            status, since = Status.WITHDRAWN, decision.begins_on
        elif decision.kind is Kind.SUSPEND:
            status, since, until = Status.SUSPENDED, decision.begins_on, decision.until
        elif decision.kind in (Kind.RESTORE, Kind.RENEW) and status is Status.SUSPENDED:
            status, since = Status.VALID, decision.begins_on
    if current and status is not Status.WITHDRAWN and on > (last := last_day(current, dossier)):
        status, since = Status.EXPIRED, last + timedelta(days=1)
        facts.append((last, 3, current.id, f"validity ended on {last}"))
    scope, sites = certified(current, dossier, on) if current else ("", ())
    return Standing(
        number=number,
        on=on,
        status=status,
        since=since,
        certificate=current,
        scope=scope,
        sites=sites,
        suspended_until=until if status is Status.SUSPENDED else None,
        facts=tuple((day, words) for day, _, _, words in sorted(facts, key=lambda fact: fact[:3])),
    )


def certified(certificate: Certificate, dossier: Dossier, on: date) -> tuple[str, tuple[str, ...]]:
    """Scope and ids of the sites that are certified under a certificate's number on a day, by what was decided."""
    application = dossier.applications.get(certificate.application)
    return granted(application, dossier, on) if application else (certificate.scope, ())


def granted(application: Application, dossier: Dossier, on: date) -> tuple[str, tuple[str, ...]]:
    """Scope and ids of the sites that an application was granted, as expanded and reduced by a day.

    Before any decision they are those applied for.
    """
    scope, sites = application.scope, application.sites
    for decision in in_force(dossier, on):
        if decision.application == application.id and decision.kind in SAYING_THE_SCOPE:
            scope, sites = decision.scope.strip() or scope, decision.sites or sites
    return scope, sites


SAYING_THE_SCOPE = frozenset({Kind.GRANT, Kind.RENEW, Kind.EXPAND, Kind.REDUCE})
"""Decisions after which another scope is certified than before, where they name one."""


def last_day(certificate: Certificate, dossier: Dossier) -> date:
    """The last day of validity: as the certificate says, or the end of its edition's transition, known since then."""
    application = dossier.applications.get(certificate.application)
    ends = application.basis.transition_end if application else None
    return min(certificate.expires_on, ends or certificate.expires_on)


def began_cycle(certificate: Certificate, dossier: Dossier, on: date) -> CertificationDecision | None:
    """The decision that began the cycle which a certificate runs in: the newest grant or renewal by a day."""
    found = [
        each
        for each in in_force(dossier, on)
        if (each.kind is Kind.GRANT and each.application == certificate.application)
        or (each.kind is Kind.RENEW and each.certificate == certificate.number)
    ]
    return found[-1] if found else None


def _told(decision: CertificationDecision) -> str:
    ground = f", {decision.ground}" if decision.ground else ""
    until = f", until {decision.until}" if decision.until else ""
    return f"{decision.kind} decided on {decision.decided_on} ({decision.number}){ground}{until}"


def _annulled(number: str, dossier: Dossier, on: date) -> list[tuple[date, int, str, str]]:
    """The facts of decisions that were annulled by a day: as taken, and as annulled."""
    found = []
    for each in dossier.annulments.values():
        decision = dossier.decisions.get(each.decision)
        if decision is None or decision.certificate != number or max(each.annulled_on, decision.begins_on) > on:
            continue  # what was annulled before it had effect is told from the day of that effect on
        found.append((decision.begins_on, 1, decision.id, _told(decision)))
        words = f"{decision.kind} ({decision.number}) annulled for a clerical error"
        found.append((each.annulled_on, 2, each.id, words))
    return found


def _begins(certificate: Certificate) -> date:
    later = certificate.revision > 1
    return max(certificate.effective_on, certificate.issued_on) if later else certificate.effective_on


def grant_of(certificate: Certificate, dossier: Dossier) -> CertificationDecision | None:
    """The decision that a certificate carries out."""
    return dossier.decisions.get(certificate.decision)

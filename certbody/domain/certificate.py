"""The certificate, and its status on any day, folded from what was decided."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.decision import CertificationDecision, Kind

if TYPE_CHECKING:
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

    A first revision counts from its effective date, a later one from its issue at the earliest, since until then the
    one before it stood. Withdrawal is final. Suspension ends with restoration. Past the last day of the revision in
    force it is expired, suspended or not. A gap between two validities shows as expired.
    """
    revisions = [each for each in dossier.certificates.values() if each.number == number and _begins(each) <= on]
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
        status, since = Status.EXPIRED, current.expires_on + timedelta(days=1)
        facts.append((current.expires_on, 3, current.id, f"validity ended on {current.expires_on}"))
    ordered = tuple((day, words) for day, _, _, words in sorted(facts, key=lambda fact: fact[:3]))
    return Standing(number=number, on=on, status=status, since=since, certificate=current, facts=ordered)


def _begins(certificate: Certificate) -> date:
    later = certificate.revision > 1
    return max(certificate.effective_on, certificate.issued_on) if later else certificate.effective_on


def grant_of(certificate: Certificate, dossier: Dossier) -> CertificationDecision | None:
    """The decision that a certificate carries out."""
    return dossier.decisions.get(certificate.decision)

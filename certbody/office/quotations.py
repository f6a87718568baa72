"""The quotation over the cycle, and the agreement that follows it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

import attrs

from certbody import resources
from certbody.domain.application import Agreement
from certbody.domain.audit_time import time_of
from certbody.domain.quotation import Fees, Quotation, quote
from certbody.errors import BadData
from certbody.office.hand import Hand
from certbody.office.numbered import record_numbered
from certbody.office.office import Office


def fees_of(office: Office, code: str) -> Fees:
    """The body's fees under a scheme: its own file standards/CODE/fees.toml in the office, else those
    shipped with the scheme.

    Raises:
        BadData: the fees are not in the currency of the body's profile; amounts are never converted.
    """
    own = office.folder / "standards" / code
    found = resources.fees(own if (own / "fees.toml").is_file() else office.scheme(code).standard)
    profile = office.body.profile
    if profile and found.currency != profile.currency:
        raise BadData(
            f"The fees for {code} are in {found.currency}; the body quotes in {profile.currency}.",
            next=f"write the body's own fees into {own / 'fees.toml'}, as docs/office.md shows",
        )
    return found


def make_quotation(
    office: Office, number: str, *, quoted_on: date, hand: Hand, notes: str = "", why: str = ""
) -> Quotation:
    """Quote the cycle from the audit time on record and the body's fees.

    Raises:
        BadData: no audit time is on record.
    """
    journal, key = office.find("applications", number)
    dossier, body = office.dossier(journal), office.body
    time = time_of(key, dossier)
    if time is None:
        raise BadData(f"The audit time of {number} is not on record.", next=f"certbody quote time {number}")
    application = dossier.applications[key]
    profile = body.profile
    used = fees_of(office, application.standard)
    made = Quotation(
        id="",
        number="",
        application=key,
        audit_time=time.id,
        quoted_on=quoted_on,
        valid_until=quoted_on + timedelta(days=body.policy.quotation_valid_days),
        currency=used.currency,
        lines=quote(time.lines, used),
        tax_percent=profile.tax_percent if profile else Decimal(0),
        by=hand.by,
        notes=notes,
    )

    def numbered(key: str, number: str) -> Quotation:
        return attrs.evolve(made, id=key, number=number)

    return record_numbered(
        office, journal, "quotation made", "quotation", "quotations", numbered, hand=hand, on=quoted_on, why=why
    )


def sign_agreement(
    office: Office,
    number: str,
    *,
    client_signed_on: date,
    client_signed_by: str,
    body_signed_on: date,
    hand: Hand,
    scan: bytes = b"",
    why: str = "",
) -> Agreement:
    """Put the signed agreement of an application on record, covering all its sites."""
    journal, key = office.find("applications", number)
    dossier = office.dossier(journal)
    quotations = [each for each in dossier.quotations.values() if each.application == key]
    last = max(quotations, key=lambda each: each.id, default=None)
    made = Agreement(
        id="",
        number="",
        application=key,
        quotation=last.id if last else "",
        sites=dossier.applications[key].sites,
        client_signed_on=client_signed_on,
        client_signed_by=client_signed_by,
        body_signed_on=body_signed_on,
        body_signed_by=hand.by,
        form=sha256(scan).hexdigest() if scan else "",
    )
    office.check(
        journal, "agreement signed", {"agreements": [attrs.evolve(made, id="1", number="1")]}, hand=hand, why=why
    )
    if scan:
        office.keep(scan)

    def numbered(key: str, number: str) -> Agreement:
        return attrs.evolve(made, id=key, number=number)

    return record_numbered(
        office, journal, "agreement signed", "agreement", "agreements", numbered, hand=hand, on=body_signed_on, why=why
    )

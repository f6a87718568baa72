"""The certificate, or statement: one page and an annex of sites, with all that ISO/IEC 17021-1:2015, 8.2.2 asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.pictures import Picture, qr
from certbody.deliverables.spelled import counted, long_day
from certbody.domain.certificate import Certificate
from certbody.domain.certificate_text import DRAFT, accreditation, drafted, grant_for
from certbody.domain.wording import Wording
from certbody.errors import NotFound

if TYPE_CHECKING:
    from certbody.domain.body import Body

QR_MM = 25
"""Width of the QR code on paper: a telephone reads a version 6 symbol of that width at arm's length."""
_LATER = "(given at issue)"


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the certificate's template may name.

    `showing.about` is the certificate's id, or the application's: then the draft text is shown, as the client confirms
    it. A certificate that is not on record yet comes as ``extra["certificate"]``.
    """
    certificate, body = shown(showing), showing.body
    title = certificate.title
    signatory = body.people.get(certificate.signed_by)
    undecided, drafted_text = is_undecided(certificate, showing), certificate.number == DRAFT
    address = "" if showing.draft else verification_address(certificate, body)
    application = showing.dossier.applications.get(certificate.application)
    note = ""
    if application and showing.wording:
        note = accreditation(
            application, body, showing.wording, certificate.effective_on, accredited=certificate.accredited
        )
    if note in certificate.statement:
        note = ""  # said already
    several = len(certificate.sites) > 1
    return {
        **common(showing, title, number(showing)),
        "certificate": {
            "title": title,
            "number": _LATER if drafted_text else certificate.number,
            "revision": certificate.revision,
            "revised": _revised(certificate, showing),
            "client_name": certificate.client_name,
            "client_address": certificate.client_address,
            "statement": certificate.statement,
            "criteria": certificate.criteria,
            "scope": certificate.scope,
            "sites": f"{counted(len(certificate.sites), 'site')}, named in the annex"
            if several
            else f"{certificate.sites[0].name}, {certificate.sites[0].address}",
            "annex": several,
            "granted": "day of the decision" if undecided else long_day(certificate.original_on),
            "effective": "day of the decision" if undecided else long_day(certificate.effective_on),
            "expires": "3 years later at most" if undecided else long_day(certificate.expires_on),
            "issued": _LATER if drafted_text else long_day(certificate.issued_on),
            "accreditation": note,
            "attests_not": showing.wording.attests_not if showing.wording else "",
            "signatory": signatory.name if signatory else "",
            "signatory_title": (signatory.title if signatory else "") or "For the certification body",
            "verify": shown_address(certificate, body),
            "has_code": bool(address),
        },
        "sites": [
            {
                "number": count,
                "name": site.name,
                "kind": "central function" if site.central else "",
                "address": site.address,
                "scope": site.scope or "the whole scope",
            }
            for count, site in enumerate(certificate.sites, 1)
        ],
    }


def is_undecided(certificate: Certificate, showing: Showing) -> bool:
    """Whether it is the draft of a certificate that nobody has granted yet, so that its days are not known."""
    return certificate.number == DRAFT and grant_for(certificate.application, showing.dossier, showing.on) is None


def number(showing: Showing) -> str:
    """`CB-2027-0001 r1`; of a draft, the number of the application."""
    certificate = shown(showing)
    if certificate.number != DRAFT:
        return certificate.shown_number
    application = showing.dossier.applications.get(certificate.application)
    return application.number if application else ""


def pictures(showing: Showing) -> Mapping[str, Picture]:
    """The QR code of an issued certificate. A draft has none, so that no copy of it can be verified."""
    certificate = shown(showing)
    address = "" if showing.draft else verification_address(certificate, showing.body)
    if not address:
        return {}
    return {"qr": Picture(data=qr(address), width_mm=QR_MM, alt=f"QR code that leads to {address}")}


def verification_address(certificate: Certificate, body: Body) -> str:
    """What the QR code holds: the address of the certificate's page with the token that only its bearer knows.

    Empty where the body has no public address on record, or the certificate is no more than a draft.
    """
    base = _base(body)
    if not base or certificate.number == DRAFT:
        return ""
    return f"{base}/{quote(certificate.number, safe='')}?t={quote(certificate.token, safe='')}"


def shown_address(certificate: Certificate, body: Body) -> str:
    """What stands beside the code for those who type: the same page, where the number alone asks for the status."""
    base, profile = _base(body), body.profile
    if base:
        return base if certificate.number == DRAFT else f"{base}/{quote(certificate.number, safe='')}"
    return (profile.email or profile.website or profile.name) if profile else ""


def _base(body: Body) -> str:
    return body.profile.verify_url.rstrip("/") if body.profile else ""


def _revised(certificate: Certificate, showing: Showing) -> str:
    """How this revision is told from the one before (8.2.2 i); empty for the first."""
    last = replaced(certificate, showing)
    if last is None:
        return ""
    return f"Replaces revision {last.revision} of {long_day(last.issued_on)}, which is no longer valid."


def replaced(certificate: Certificate, showing: Showing) -> Certificate | None:
    """The revision that a certificate replaces; None for the first."""
    earlier = [
        each
        for each in showing.dossier.certificates.values()
        if each.number == certificate.number and each.revision < certificate.revision
    ]
    return max(earlier, key=lambda each: each.revision, default=None)


def shown(showing: Showing) -> Certificate:
    """The certificate that a document shows: one that a command brings, one on record, or an application's draft.

    Raises:
        NotFound: there is none.
    """
    given = showing.extra.get("certificate")
    if isinstance(given, Certificate):
        return given
    if found := showing.dossier.certificates.get(showing.about):
        return found
    application = showing.dossier.applications.get(showing.about)
    if application is None or not isinstance(showing.wording, Wording):
        raise NotFound(
            f"There is no certificate or application {showing.about or 'named'} to show.",
            next="certbody certificate list",
        )
    return drafted(application, showing.dossier, showing.body, showing.wording, showing.on)


DELIVERABLE = Deliverable(
    kind="certificate",
    title="Certificate",
    template="certificate.docx",
    fields=fields,
    number=number,
    pictures=pictures,
)

"""The rules on a certificate's second language: what it says there is what the client confirmed, and as plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.certificate import Certificate, DraftConfirmation
from certbody.domain.objection import Said, rule

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@rule(26, "B", "ISO/IEC 17021-1:2015, 8.2.2 f", of="certificates", reads="draft_confirmations applications")
def a_second_language_is_confirmed_too(
    certificate: Certificate, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A certificate speaks a second language only as the client confirmed it: the language, and the scope in it."""
    language, application = certificate.language, dossier.applications.get(certificate.application)
    number = application.number if application else "APPLICATION"
    if not language:
        if certificate.scope_translated:
            yield (
                "The certificate has a translated scope, but names no language that it is in.",
                f"certbody certificate issue {number} --language CODE",
            )
        return
    last = confirmed_in(language, certificate.application, dossier, certificate.issued_on)
    if last is None:
        yield (
            f"The client has confirmed no draft that is in English and in {language!r}.",
            f"certbody certificate draft {number} --language {language}, have it confirmed, and enter it with "
            f"certbody certificate confirm {number} --language {language}; or issue it with --language en",
        )
    elif (last.scope, last.scope_translated) != (certificate.scope, certificate.scope_translated):
        yield (
            f"The scope in {language!r} is not the one that {last.by} confirmed on {last.confirmed_on} beside the "
            "English one.",
            f"certbody certificate draft {number} --language {language} --scope-in-language TEXT, and have it "
            "confirmed",
        )


def confirmed_in(language: str, application: str, dossier: Dossier, on: date) -> DraftConfirmation | None:
    """The client's last word, by a day, on a draft in English and that language; None where it gave none."""
    found = (
        each
        for each in dossier.draft_confirmations.values()
        if (each.application, each.language) == (application, language) and each.confirmed_on <= on
    )
    return max(found, key=lambda each: (each.confirmed_on, each.id), default=None)


_PRODUCT = re.compile(
    r"\b(?:zertifizierte[nrsm]?|geprüfte[nrsm]?) produkt\w*|\bprodukt\w*zertifi\w+|\b(?:un)?akkreditiert\w*"
    r"|\bproductos? (?:certificad|homologad)\w+|\bcertificación de productos?\b|\bacreditad[oa]s?\b"
    r"|\bproduits? (?:certifié|homologué)\w*|\bcertification de produits?\b|\baccrédité\w*",
    re.IGNORECASE,
)


@rule(29, "W", "ISO/IEC 17021-1:2015, 8.2.2 f, 8.3", of="certificates")
def a_translated_scope_is_plain(certificate: Certificate, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A translated scope suggests no product certification and no accreditation, as the English does not (8.2.2 f)."""
    if found := _PRODUCT.search(certificate.scope_translated):
        yield (
            f"The scope in {certificate.language!r} says ‘{found[0]}’, which may be read as certification of a "
            "product or accreditation.",
            "name activities, not certified products",
        )

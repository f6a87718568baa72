"""The second language of a certificate: as asked for, else as it was confirmed or issued last, else the body's own."""

from __future__ import annotations

from datetime import date

import attrs

from certbody.domain.application import Application
from certbody.domain.certificate import Certificate
from certbody.domain.dossier import Dossier
from certbody.domain.translation_rules import confirmed_in
from certbody.errors import BadData
from certbody.office import languages
from certbody.office.office import Office


def in_language(
    office: Office,
    found: Application,
    dossier: Dossier,
    text: Certificate,
    on: date,
    *,
    language: str | None = None,
    scope: str = "",
) -> Certificate:
    """A certificate's text in English and the language chosen, with the scope in it as far as it is known.

    Args:
        language: its code; `en` for English alone; None for the one of the newest draft confirmed or certificate
            issued, and for the first draft the one of the body's profile.
        scope: the scope in that language. Where none is given, the one that the client confirmed last beside the
            same English scope stands; where it confirmed none, the scope stands in English alone.

    Raises:
        NotFound: there are no terms, or no sentences of the scheme, in that language.
        BadData: they cannot be used; or there is a translated scope, but no language.
    """
    chosen = _usual(office, found, dossier, on) if language is None else language
    if not languages.is_second(chosen):
        if scope.strip():
            raise BadData("In which language is the scope translated?", next="say so with --language, such as de")
        return attrs.evolve(text, language="", scope_translated="")
    languages.spoken(office, chosen, found.standard)
    languages.translation(office, found.standard, chosen)
    last = confirmed_in(chosen, found.id, dossier, on)
    known = last.scope_translated if last and last.scope == text.scope else ""
    return attrs.evolve(text, language=chosen, scope_translated=scope.strip() or known)


def _usual(office: Office, found: Application, dossier: Dossier, on: date) -> str:
    said = [
        *(
            (each.confirmed_on, each.id, each.language)
            for each in dossier.draft_confirmations.values()
            if each.application == found.id and each.confirmed_on <= on
        ),
        *(
            (each.issued_on, each.id, each.language)
            for each in dossier.certificates.values()
            if each.application == found.id and each.issued_on <= on
        ),
    ]
    profile = office.body.profile
    return max(said)[2] if said else (profile.second_language if profile else "")

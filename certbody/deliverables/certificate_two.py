"""The certificate in two languages: one record, English at the left and the body's second language at the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from certbody.deliverables import certificate as in_english
from certbody.deliverables.certificate import is_undecided, replaced, shown
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.terms import Terms
from certbody.domain.certificate import Certificate
from certbody.domain.certificate_text import DRAFT, accreditation, accredited_by
from certbody.domain.translation import Translation
from certbody.domain.wording import Wording, fill
from certbody.errors import BadData


@attrs.frozen(kw_only=True)
class _Side:
    """What one column says beyond its terms: the title, the scheme's sentences, and the scope in its language."""

    terms: Terms
    title: str
    statement: str
    note: str
    attests_not: str
    cited: str
    scope: str


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name: `english` and `second` with the same keys, and what has no language.

    `showing.about` and ``extra["certificate"]`` are as for the certificate in English.

    Raises:
        BadData: it is made without the terms of two languages or without the scheme's sentences in the second.
    """
    made = shown(showing)
    if len(showing.terms) != 2 or showing.translation is None or showing.wording is None:
        raise BadData("A certificate in two languages needs the words of both.", next="name the second with --language")
    english, second = showing.terms
    left = _english(made, showing, showing.wording, english)
    right = _second(made, showing, showing.wording, showing.translation, second)
    body, signatory = showing.body, showing.body.people.get(made.signed_by)
    return {
        **common(showing, " / ".join(filter(None, (left.title, right.title))), number(showing)),
        "certificate": {
            "client_name": made.client_name,
            "client_address": made.client_address,
            "translated": bool(made.scope_translated),
            "scope_english": made.scope,
            "scope_in_english": second.say("certificate.scope_in_english"),
            "revised": replaced(made, showing) is not None,
            "annex": len(made.sites) > 1,
            "activities_in_english": second.say("certificate.activities_in_english")
            if any(each.scope for each in made.sites)
            else "",
            "signatory": signatory.name if signatory else "",
            "signatory_title": (signatory.title if signatory else "") or _pair(showing.terms, "signatory"),
            "verify": in_english.shown_address(made, body),
            "has_code": bool(pictures(showing)),
        },
        "pair": {key: _pair(showing.terms, key) for key in ("scope", "site_number", "site", "activities")},
        "english": _column(made, showing, left),
        "second": _column(made, showing, right),
        "sites": [
            {
                "number": count,
                "name": site.name,
                "kind": _pair(showing.terms, "central") if site.central else "",
                "address": site.address,
                "scope": site.scope or _pair(showing.terms, "whole_scope"),
            }
            for count, site in enumerate(made.sites, 1)
        ],
    }


number, pictures = in_english.number, in_english.pictures


def _english(made: Certificate, showing: Showing, wording: Wording, terms: Terms) -> _Side:
    application = showing.dossier.applications.get(made.application)
    note = ""
    if application:
        note = accreditation(application, showing.body, wording, made.effective_on, accredited=made.accredited)
    return _Side(
        terms=terms,
        title=made.title,
        statement=made.statement,
        note=note,
        attests_not=wording.attests_not,
        cited=made.criteria,
        scope=made.scope,
    )


def _second(made: Certificate, showing: Showing, wording: Wording, translation: Translation, terms: Terms) -> _Side:
    """The same, said in the second language of what the record holds."""
    application, body = showing.dossier.applications.get(made.application), showing.body
    scheme = body.scheme_for(application.standard, made.issued_on) if application else None
    by = accredited_by(application, body, made.effective_on) if application and made.accredited else []
    note = terms.say("certificate.accredited_by", by=", ".join(by)) if by else translation.accreditation_note
    gaps = {
        "body": body.profile.name if body.profile else "",
        "client": made.client_name,
        "sites": terms.say("certificate.site_stated", address=made.sites[0].address)
        if len(made.sites) == 1
        else terms.count(len(made.sites), "certificate.sites_stated"),
        "scope": terms.say("certificate.scope_stated"),
        "criteria": scheme.document if scheme else made.criteria,
        "issue": str(scheme.issue) if scheme else "–",
        "issued": terms.day(scheme.published_on) if scheme else "–",
        "accreditation_note": note,
    }
    cited = made.criteria
    if scheme and made.criteria == scheme.citation:
        published = terms.day(scheme.published_on)
        cited = terms.say("certificate.citation", document=scheme.document, issue=scheme.issue, published=published)
    return _Side(
        terms=terms,
        title=translation.title(made.title, wording),
        statement=fill(translation.certificate_statement, gaps),
        note=note,
        attests_not=translation.attests_not,
        cited=cited,
        scope=made.scope_translated,
    )


def _column(made: Certificate, showing: Showing, side: _Side) -> dict[str, str]:
    """What stands in a column: the same keys in both languages."""
    terms, drafted = side.terms, made.number == DRAFT
    undecided, last = is_undecided(made, showing), replaced(made, showing)
    body = showing.body.profile.name if showing.body.profile else ""

    def said(key: str, **gaps: object) -> str:
        return terms.say(f"certificate.{key}", **gaps)

    given = said("number_later") if drafted else made.number
    small = (
        "" if side.note in side.statement else side.note,
        side.attests_not,
        said("valid_while", body=body),
        said("prevails"),
    )
    labels = ("valid_from", "valid_until", "first_granted", "issued", "criteria", "sites", "scope")
    return {
        **{key: said(key) for key in labels},
        "title": side.title,
        "number": f"{said('number', number=given)}  ·  {said('revision', revision=made.revision)}",
        "statement": side.statement,
        "from": said("undecided_from") if undecided else terms.day(made.effective_on),
        "until": said("undecided_until") if undecided else terms.day(made.expires_on),
        "granted": said("undecided_from") if undecided else terms.day(made.original_on),
        "issued_on": said("number_later") if drafted else terms.day(made.issued_on),
        "cited": side.cited,
        "where": terms.count(len(made.sites), "certificate.sites_in_annex")
        if len(made.sites) > 1
        else f"{made.sites[0].name}, {made.sites[0].address}",
        "certified": side.scope,
        "small": " ".join(part for part in small if part),
        "replaces": said("replaces", revision=last.revision, day=terms.day(last.issued_on)) if last else "",
        "ask_here": said("code_later" if showing.draft else "ask_here"),
        "annex": said("annex"),
        "belongs": said(
            "annex_belongs",
            title=side.title or made.title,
            number=given,
            revision=made.revision,
            client=made.client_name,
        ),
    }


def _pair(terms: tuple[Terms, ...], key: str) -> str:
    """A term in both languages, `Site / Standort`; once where they have the same word."""
    return " / ".join(dict.fromkeys(each.say(f"certificate.{key}") for each in terms))


DELIVERABLE = Deliverable(
    kind="certificate-two",
    title="Certificate in two languages",
    template="certificate-two.docx",
    fields=fields,
    number=number,
    pictures=pictures,
)

"""Certificates: drafted, confirmed by the client, issued, and looked up on any day."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

import attrs

from certbody import resources
from certbody.domain import certificate_text
from certbody.domain.application import Application
from certbody.domain.certificate import Certificate, DraftConfirmation, Standing, granted, standing
from certbody.domain.certificate_text import drafted, grant_for
from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.document import IssuedDocument
from certbody.domain.dossier import Dossier
from certbody.errors import Refused
from certbody.office.across import dossiers
from certbody.office.applications import application
from certbody.office.certificate_language import in_language
from certbody.office.decisions import certificate_of
from certbody.office.hand import Hand
from certbody.office.numbered import record_numbered
from certbody.office.office import Office
from certbody.office.papers import Paper, issue, make


def new_token() -> str:
    """80 random bits, in hexadecimal, for the QR code of a certificate."""
    return secrets.token_hex(10)


def draft_text(
    office: Office,
    number: str,
    on: date,
    *,
    accredited: bool = False,
    language: str | None = None,
    scope_in_language: str = "",
) -> tuple[str, Application, Certificate]:
    """Journal, application, and the certificate as it would be issued on a day, without number and token."""
    journal, found = application(office, number)
    dossier = office.dossier(journal)
    text = _text(office, dossier, found, on, accredited=accredited)
    return journal, found, in_language(office, found, dossier, text, on, language=language, scope=scope_in_language)


def draft_paper(
    office: Office, number: str, on: date, *, language: str | None = None, scope_in_language: str = ""
) -> Paper:
    """The draft of the certificate, marked DRAFT, for the client to confirm."""
    journal, found, text = draft_text(office, number, on, language=language, scope_in_language=scope_in_language)
    return make(
        office,
        _kind(text),
        journal,
        found.id,
        on=on,
        standard=found.standard,
        extra={"certificate": text},
        name=file_word(text),
        language=text.language or None,
    )


def confirm(
    office: Office,
    number: str,
    *,
    by: str,
    on: date,
    hand: Hand,
    scope: str = "",
    language: str | None = None,
    scope_in_language: str = "",
    why: str = "",
) -> tuple[DraftConfirmation, bool]:
    """Put the client's word on record that the draft is right; and whether it is the draft as it stands.

    Args:
        scope: the scope in the words that the client confirmed, where they are not those of the draft. A
            certificate is issued in the words that were decided and confirmed alike, and in no others.
        language, scope_in_language: the second language of the draft, and the scope in it as confirmed.
    """
    journal, found, drafted_text = draft_text(office, number, on, language="en")
    text = in_language(
        office,
        found,
        office.dossier(journal),
        attrs.evolve(drafted_text, scope=scope or drafted_text.scope),
        on,
        language=language,
        scope=scope_in_language,
    )
    made = DraftConfirmation(
        id=office.make_id(),
        application=found.id,
        confirmed_on=on,
        by=by,
        client_name=text.client_name,
        client_address=text.client_address,
        scope=text.scope,
        sites=text.sites,
        language=text.language,
        scope_translated=text.scope_translated,
    )
    put = {"draft_confirmations": [made]}
    office.record(journal, "draft of certificate confirmed by client", put, hand=hand, why=why)
    return made, made.scope == drafted_text.scope


def issue_certificate(
    office: Office,
    number: str,
    *,
    on: date,
    hand: Hand,
    accredited: bool = False,
    language: str | None = None,
    scope_in_language: str = "",
    make_token: Callable[[], str] = new_token,
    why: str = "",
) -> tuple[Certificate, Paper, bool]:
    """Issue the certificate of an application: put it on record, and its document with it.

    Where a certificate is there and its text has changed since, the next revision is issued under the same number.
    A second language changes the text, too. Where nothing has changed, the document is the one that was issued, bit
    by bit.

    Returns:
        The certificate, its document, and whether it was issued now.

    Raises:
        Refused: a rule forbids it, or an objection stands unsettled in the dossier.
    """
    journal, found = application(office, number)
    if objections := office.standing(journal, on):
        count = f"{len(objections)} objection{'s stand' if len(objections) > 1 else ' stands'}"
        raise Refused(f"Not issued: {count} in {journal}.", objections)
    dossier = office.dossier(journal)
    text = _text(office, dossier, found, on, accredited=accredited)
    text = in_language(office, found, dossier, text, on, language=language, scope=scope_in_language)
    text = attrs.evolve(text, issued_on=on, signed_by=hand.by)
    before = _newest(found, dossier)
    if before is not None and _says(before) == _says(text):
        certificate, now = before, False
    else:
        certificate, now = _record(office, journal, text, before, make_token(), hand, on, why), True
    document = _document(certificate, office.dossier(journal))
    if document is not None:
        return certificate, _copy(office, document), False
    paper = issue(
        office,
        _kind(certificate),
        journal,
        certificate.id,
        hand=hand,
        on=on,
        standard=found.standard,
        name=file_word(certificate),
        language=certificate.language or None,
    )
    return certificate, paper, now


def status(office: Office, number: str, on: date) -> tuple[str, Standing]:
    """Journal of a certificate, and its status on a day with the facts that it rests on."""
    journal, certificate = certificate_of(office, number)
    return journal, standing(certificate.number, office.dossier(journal), on)


def listed(office: Office, on: date) -> list[tuple[str, Standing]]:
    """Every certificate of the office with its status on a day, by number."""
    found = [
        (number, dossier.journal, standing(number, dossier, on))
        for dossier in dossiers(office, READ_FOR_STATUS)
        for number in sorted({each.number for each in dossier.certificates.values()})
    ]
    return [(journal, held) for _, journal, held in sorted(found, key=lambda row: row[:2])]


READ_FOR_STATUS = ("certificates", "decisions", "annulments", "applications")
"""The tables that say what a certificate is on a day."""


def file_word(certificate: Certificate) -> str:
    """The word with which its file name begins: what it calls itself."""
    return "statement" if certificate.title.casefold().startswith("statement") else "certificate"


def _kind(certificate: Certificate) -> str:
    """The deliverable that shows it: in English alone, or in two languages."""
    return "certificate-two" if certificate.language else "certificate"


def _text(office: Office, dossier: Dossier, found: Application, on: date, *, accredited: bool) -> Certificate:
    """The draft by decision and record: in the scope that was granted, or what is left of it."""
    wording = resources.wording(office.scheme(found.standard).standard)
    decision = _governing(found, dossier, on)
    scope, sites = granted(found, dossier, max(on, decision.begins_on) if decision else on)
    certified = attrs.evolve(found, scope=scope, sites=sites)
    text = drafted(certified, dossier, office.body, wording, on)
    if accredited:
        said = certificate_text.statement(certified, dossier, office.body, wording, on, accredited=True)
        text = attrs.evolve(text, accredited=True, statement=said)
    if decision and decision.kind is not Kind.GRANT:
        text = attrs.evolve(text, decision=decision.id, effective_on=decision.begins_on)
    return text


def _governing(found: Application, dossier: Dossier, on: date) -> CertificationDecision | None:
    """The decision that says what the certificate certifies: the grant, or the newest that changed its scope."""
    annulled = {each.decision for each in dossier.annulments.values() if each.annulled_on <= on}
    changed = [
        each
        for each in dossier.decisions.values()
        if each.application == found.id
        and each.kind in (Kind.EXPAND, Kind.REDUCE)
        and each.decided_on <= on
        and each.id not in annulled
    ]
    return max(changed, key=lambda each: (each.decided_on, each.id), default=grant_for(found.id, dossier, on))


def _newest(found: Application, dossier: Dossier) -> Certificate | None:
    issued = (each for each in dossier.certificates.values() if each.application == found.id)
    return max(issued, key=lambda each: each.revision, default=None)


_MADE_AT_ISSUE = frozenset({"id", "number", "revision", "issued_on", "original_on", "signed_by", "token"})


def _says(certificate: Certificate) -> tuple[object, ...]:
    """All that a certificate says, without what is new in every revision."""
    names = (field.name for field in attrs.fields(Certificate) if field.name not in _MADE_AT_ISSUE)
    return tuple(getattr(certificate, name) for name in names)


def _record(
    office: Office,
    journal: str,
    text: Certificate,
    before: Certificate | None,
    token: str,
    hand: Hand,
    on: date,
    why: str,
) -> Certificate:
    if before is not None:
        made = attrs.evolve(
            text,
            id=office.make_id(),
            number=before.number,
            revision=before.revision + 1,
            original_on=before.original_on,
            token=token,
        )
        office.record(journal, "certificate revised", {"certificates": [made]}, hand=hand, why=why)
        return made

    def first(key: str, number: str) -> Certificate:
        return attrs.evolve(text, id=key, number=number, token=token)

    what = "certificate put on record"
    return record_numbered(office, journal, what, "certificate", "certificates", first, hand=hand, on=on, why=why)


def _document(certificate: Certificate, dossier: Dossier) -> IssuedDocument | None:
    found = (
        each
        for each in dossier.documents.values()
        if each.about == certificate.id and each.kind in ("certificate", "statement")
    )
    return min(found, key=lambda each: each.id, default=None)


def _copy(office: Office, document: IssuedDocument) -> Paper:
    return Paper(
        kind=document.kind,
        name=document.name,
        number=document.number,
        data=office.store.open_file(document.sha256),
        template=document.template,
        head=document.head,
        about=document.about,
    )

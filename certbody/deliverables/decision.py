"""Decision letter: tells the client what was decided, why, what comes next, and what it can do against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.matter import Matter, matter
from certbody.deliverables.settled import standing_on
from certbody.deliverables.spelled import counted, long_day
from certbody.domain.certificate import Certificate
from certbody.domain.certificate_text import accreditation, certified_sites
from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.periods import first_surveillance_by, last_day_of_validity
from certbody.domain.standard import AuditType
from certbody.domain.wording import fill
from certbody.errors import BadData, NotFound

DONE = {Kind.GRANT: "granted", Kind.REFUSE: "refused"}
"""The decisions that a letter is for, and how it says them."""


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the letter's template may name. `showing.about` is the decision, or its application.

    Raises:
        NotFound: nothing is decided yet.
    """
    about, decision = _decided(showing)
    application, client = about.application, showing.dossier.client
    certificate = _certificate(showing, decision)
    sites = certificate.sites if certificate else certified_sites(application, showing.dossier)
    subject = f"Certification under {application.basis.criteria}: {DONE[decision.kind]}"
    left = standing_on(showing, application.id, decision.decided_on)
    return {
        **common(showing, "Certification decision", decision.number),
        "letter": {
            "date": long_day(showing.on),
            "subject": subject,
            "salutation": f"Dear {client.representative}," if client and client.representative else "Dear client,",
            "to": _to(showing),
        },
        "decision": {
            "number": decision.number,
            "application": application.number,
            "granted": decision.kind is Kind.GRANT,
            "refused": decision.kind is Kind.REFUSE,
            "on": long_day(decision.decided_on),
            "effective": long_day(decision.effective_on or decision.decided_on),
            "reason": decision.reason,
            "conditions": decision.conditions,
            "scope": (certificate.scope if certificate else "") or decision.scope or application.scope,
            "criteria": certificate.criteria if certificate else _criteria(showing, about),
        },
        "certificate": _valid(showing, about, decision, certificate),
        "sites": [{"name": each.name, "address": each.address} for each in sites],
        "surveillance": _surveillance(showing, about, decision),
        "watched": [
            {key: row[key] for key in ("number", "grade", "state")}
            for row in left
            if row["enough"] and row["state"] != "effectiveness confirmed"
        ],
        "unsettled": [
            {key: row[key] for key in ("number", "grade", "statement", "state", "needed")}
            for row in left
            if not row["enough"]
        ],
        "use": _use(showing, about),
        "appeals": {
            "process": showing.body.policy.appeals_process,
            "to": _reached(showing),
        },
        "signatory": _signatory(showing, decision, certificate),
    }


def number(showing: Showing) -> str:
    """The decision's number."""
    return _decided(showing)[1].number


def _decided(showing: Showing) -> tuple[Matter, CertificationDecision]:
    about = matter(showing)
    if about.decision is None:
        raise NotFound(
            f"Application {about.application.number} has not been decided on.",
            next=f"certbody decide grant {about.application.number}, or certbody decide refuse",
        )
    if about.decision.kind not in DONE:
        raise BadData(
            f"There is no letter for a decision to {about.decision.kind}.", next="write to the client yourself"
        )
    return about, about.decision


def _certificate(showing: Showing, decision: CertificationDecision) -> Certificate | None:
    """The certificate that carries the decision out, its newest revision; None before it is issued."""
    issued = [each for each in showing.dossier.certificates.values() if each.decision == decision.id]
    return max(issued, key=lambda each: each.revision, default=None)


def _criteria(showing: Showing, about: Matter) -> str:
    scheme = showing.body.scheme_for(about.application.standard, about.day)
    return scheme.citation if scheme else about.application.basis.criteria


def _to(showing: Showing) -> list[str]:
    client = showing.dossier.client
    if client is None:
        return []
    person = ", ".join(part for part in (client.representative, client.representative_title) if part)
    town = f"{client.postcode} {client.city}".strip()
    return [part for part in (client.name, person, client.address, town, client.country) if part]


def _valid(
    showing: Showing, about: Matter, decision: CertificationDecision, certificate: Certificate | None
) -> dict[str, Any]:
    """Validity as issued, or, before the certificate is issued, as the decision gives it."""
    if certificate:
        number, issued, first, last = (
            f"{certificate.number}, revision {certificate.revision}",
            True,
            certificate.effective_on,
            certificate.expires_on,
        )
    else:
        number, issued, first = "", False, decision.effective_on or decision.decided_on
        last = last_day_of_validity(decision.decided_on)
        last = min(last, about.application.basis.transition_end or last)
    note = ""
    if showing.wording:
        accredited = bool(certificate and certificate.accredited)
        note = accreditation(about.application, showing.body, showing.wording, first, accredited=accredited)
    return {
        "number": number,
        "issued": issued,
        "title": certificate.title if certificate else _title(showing),
        "from": long_day(first),
        "until": long_day(last),
        "accreditation": note,
    }


def _title(showing: Showing) -> str:
    return showing.body.profile.certificate_title if showing.body.profile else "Certificate"


def _surveillance(showing: Showing, about: Matter, decision: CertificationDecision) -> dict[str, Any]:
    """By when the first surveillance audit takes place (9.1.3.3), and for when the programme has planned it."""
    programmes = [each for each in showing.dossier.programmes.values() if each.application == about.application.id]
    newest = max(programmes, key=lambda each: (each.made_on, each.id), default=None)
    first = next((each for each in newest.planned if each.kind is AuditType.SURVEILLANCE), None) if newest else None
    return {
        "by": long_day(first_surveillance_by(decision.decided_on)),
        "planned": long_day(first.planned_for) if first else "",
    }


def _use(showing: Showing, about: Matter) -> dict[str, Any]:
    """The sentence that the client may use (8.3), and where the rules for it are."""
    wording, client, body = showing.wording, showing.dossier.client, showing.body
    scheme = body.scheme_for(about.application.standard, about.day)
    said = {
        "body": body.profile.name if body.profile else "",
        "client": client.name if client else "",
        "sites": counted(len(about.application.sites), "site"),
        "scope": about.application.scope,
        "criteria": scheme.document if scheme else about.application.basis.criteria,
        "issue": str(scheme.issue) if scheme else "",
        "issued": str(scheme.published_on) if scheme else "",
        "accreditation_note": wording.accreditation_note if wording else "",
    }
    return {
        "sentence": fill(wording.client_sentence, said) if wording else "",
        "rules": body.policy.marks_rules,
        "scheme": scheme.place if scheme else "",
    }


def _reached(showing: Showing) -> str:
    """Where an appeal is written to, beside the postal address of the letterhead."""
    return showing.body.profile.email if showing.body.profile else ""


def _signatory(showing: Showing, decision: CertificationDecision, certificate: Certificate | None) -> dict[str, str]:
    key = (certificate.signed_by if certificate else "") or decision.by
    person = showing.body.people.get(key)
    return {"name": person.name if person else key, "title": person.title if person else ""}


DELIVERABLE = Deliverable(
    kind="decision", title="Decision letter", template="decision.docx", fields=fields, number=number
)

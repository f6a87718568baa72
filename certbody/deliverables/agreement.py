"""Certification agreement: the enforceable terms for all sites in scope, with audit time and fees annexed (5.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.gaps import said
from certbody.deliverables.quotation import amount, phases, sites_visited, time_justified
from certbody.deliverables.spelled import long_day
from certbody.domain.application import Agreement, Application
from certbody.domain.audit_time import AuditTime, time_of
from certbody.domain.quotation import Quotation
from certbody.domain.standard import Nature
from certbody.errors import NotFound

TITLE = "Certification agreement"


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name. `showing.about` is an application, or the agreement once it is signed.

    Raises:
        NotFound: there is no such application, or its audit time or quotation is not on record.
    """
    application, agreement = _matter(showing)
    quotation, time = _rests_on(showing, application, agreement)
    profile, policy, wording = showing.body.profile, showing.body.policy, showing.wording
    basis = application.basis
    return {
        **common(showing, TITLE, number(showing)),
        "agreement": {
            "number": agreement.number if agreement else "",
            "application": application.number,
            "scope": application.scope,
            "criteria": basis.criteria,
            "guidance": basis.title if basis.nature is Nature.GUIDANCE else "",
            "attests_not": said(showing, application, wording.attests_not) if wording else "",
            "language": application.language,
            "country": profile.country if profile else "",
            "city": profile.city if profile else "",
        },
        "signed": _signed(showing, agreement),
        "sites": sites_visited(showing, application, time),
        "time": time_justified(time),
        "quotation": {
            "number": quotation.number,
            "date": long_day(quotation.quoted_on),
            "currency": quotation.currency,
            "taxed": bool(quotation.tax_percent),
            "tax_percent": f"{quotation.tax_percent.normalize():f}",
            "cycle": amount(quotation.cycle),
            "total": amount(quotation.total),
        },
        "phases": [{key: each[key] for key in ("title", "net")} for each in phases(quotation)],
        "policy": {
            "response_days": str(policy.response_days),
            "notice_days": str(policy.team_notice_days),
            "impartiality": policy.impartiality_policy,
            "appeals": policy.appeals_process,
            "marks": policy.marks_rules,
        },
        "use": said(showing, application, wording.client_sentence) if wording else "",
    }


def number(showing: Showing) -> str:
    """The agreement's number; before it is signed, that of the application."""
    application, agreement = _matter(showing)
    return agreement.number if agreement else application.number


def _matter(showing: Showing) -> tuple[Application, Agreement | None]:
    dossier, about = showing.dossier, showing.about
    agreement = dossier.agreements.get(about)
    application = dossier.applications.get(agreement.application if agreement else about)
    if application is None:
        raise NotFound(f"There is no application or agreement {about or 'named'} to show.", next="certbody client show")
    if agreement is None:
        signed = [each for each in dossier.agreements.values() if each.application == application.id]
        agreement = max(signed, key=lambda each: (each.in_force_on, each.id), default=None)
    return application, agreement


def _rests_on(showing: Showing, application: Application, agreement: Agreement | None) -> tuple[Quotation, AuditTime]:
    """The quotation that was accepted, or else the newest, and the audit time it bills."""
    dossier = showing.dossier
    quoted = [each for each in dossier.quotations.values() if each.application == application.id]
    quotation = dossier.quotations.get(agreement.quotation) if agreement else None
    quotation = quotation or max(quoted, key=lambda each: (each.quoted_on, each.id), default=None)
    if quotation is None:
        raise NotFound(
            f"Application {application.number} has no quotation, so an agreement could name no fees.",
            next=f"certbody quote make {application.number}",
        )
    time = dossier.audit_times.get(quotation.audit_time) or time_of(application.id, dossier)
    if time is None:
        raise NotFound(f"Application {application.number} has no audit time.", next="certbody quote time")
    return quotation, time


def _signed(showing: Showing, agreement: Agreement | None) -> dict[str, str]:
    """Who signed when; empty texts before both sides have."""
    if agreement is None:
        return {"client_by": "", "client_on": "", "body_by": "", "body_on": "", "since": ""}
    return {
        "client_by": agreement.client_signed_by,
        "client_on": long_day(agreement.client_signed_on),
        "body_by": showing.body.name(agreement.body_signed_by),
        "body_on": long_day(agreement.body_signed_on),
        "since": long_day(agreement.in_force_on),
    }


DELIVERABLE = Deliverable(kind="agreement", title=TITLE, template="agreement.docx", fields=fields, number=number)

"""Quotation: audit time with its reasons, fees over the three-year cycle, and what they do and do not cover."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.gaps import said
from certbody.deliverables.spelled import counted, long_day
from certbody.domain.application import Application
from certbody.domain.audit_time import AuditTime, Phase, signed
from certbody.domain.quotation import Quotation
from certbody.domain.standard import Nature
from certbody.errors import NotFound

TITLE = "Quotation"
_PHASES = {
    Phase.INITIAL: "Initial certification: application, stage 1, stage 2, decision",
    Phase.SURVEILLANCE: "Surveillance in the first and second year after the decision",
    Phase.ANNUAL: "Yearly fees",
    Phase.TRAVEL: "Travel",
}


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name. `showing.about` is the quotation.

    Raises:
        NotFound: there is no such quotation, or what it rests on is not on record.
    """
    quotation = _quotation(showing)
    application = showing.dossier.applications.get(quotation.application)
    time = showing.dossier.audit_times.get(quotation.audit_time)
    if application is None or time is None:
        raise NotFound(f"What quotation {quotation.number} rests on is not on record.", next="certbody quote make")
    wording = showing.wording
    return {
        **common(showing, TITLE, quotation.number),
        "to": _to(showing),
        "quotation": {
            "number": quotation.number,
            "date": long_day(quotation.quoted_on),
            "valid_until": long_day(quotation.valid_until),
            "currency": quotation.currency,
            "by": showing.body.name(quotation.by),
            "by_title": _title(showing, quotation.by),
            "notes": quotation.notes,
            "note": said(showing, application, wording.quotation_note) if wording else "",
        },
        "application": {
            "number": application.number,
            "received": long_day(application.received_on),
            "scope": application.scope,
            "criteria": application.basis.criteria,
            "guidance": application.basis.title if application.basis.nature is Nature.GUIDANCE else "",
            "language": application.language,
        },
        "sites": sites_visited(showing, application, time),
        "time": time_justified(time),
        "phases": phases(quotation),
        "sum": {
            "cycle": amount(quotation.cycle),
            "taxed": bool(quotation.tax_percent),
            "tax_percent": f"{quotation.tax_percent.normalize():f}",
            "tax": amount(quotation.tax),
            "total": amount(quotation.total),
            "initial": amount(quotation.net(Phase.INITIAL)),
        },
        "outlook": _outlook(quotation),
        "rate": _rate(quotation),
    }


def number(showing: Showing) -> str:
    """The quotation's number."""
    return _quotation(showing).number


def amount(value: Decimal) -> str:
    """`14,500.00`."""
    return f"{value:,.2f}"


def days(value: Decimal) -> str:
    """`4.0`; nothing for no days."""
    return f"{value:.1f}" if value == value.quantize(Decimal("0.1")) else f"{value.normalize():f}"


def _quotation(showing: Showing) -> Quotation:
    found = showing.dossier.quotations.get(showing.about)
    if found is None:
        raise NotFound(f"There is no quotation {showing.about or 'named'} to show.", next="certbody quote make")
    return found


def _to(showing: Showing) -> str:
    client = showing.dossier.client
    if client is None:
        return ""
    person = ", ".join(part for part in (client.representative, client.representative_title) if part)
    town = f"{client.postcode} {client.city}".strip()
    return "\n".join(part for part in (client.name, person, client.address, town, client.country) if part)


def _title(showing: Showing, person: str) -> str:
    known = showing.body.people.get(person)
    return known.title if known else ""


def sites_visited(showing: Showing, application: Application, time: AuditTime) -> list[dict[str, str]]:
    """Every site in scope; whether the initial audit goes there is said of each."""
    loads = {load.site: load.personnel for load in time.loads}
    visited = {site.site for site in time.sites} | set(time.sampled_sites)
    found = [showing.dossier.sites[each] for each in application.sites if each in showing.dossier.sites]
    return [
        {
            "name": site.name,
            "where": site.where,
            "activities": site.activities,
            "personnel": str(loads.get(site.id, site.personnel)),
            "audited": "central site" if site.central else "visited" if site.id in visited else "not in this sample",
        }
        for site in sorted(found, key=lambda site: not site.central)
    ]


def time_justified(time: AuditTime) -> dict[str, Any]:
    """The audit time with the reason for each line, as client and accreditation body are shown it (IAF MD 5, 4.4)."""
    return {
        "personnel": str(time.personnel),
        "method": time.method,
        "table": time.table,
        "onsite": f"{time.onsite_share.normalize():f}",
        "sampling": time.sampling_reason,
        "determined": long_day(time.determined_on),
        "factors": [{"percent": signed(each.percent), "reason": each.reason} for each in time.factors],
        "lines": [{"item": line.item.capitalize(), "days": days(line.days), "why": line.why} for line in time.lines],
    }


def phases(quotation: Quotation) -> list[dict[str, Any]]:
    """The parts of the cycle that cost something, with their lines; the recertification outlook is none of them."""
    return [_phase(quotation, phase) for phase in _PHASES if quotation.net(phase)]


def _phase(quotation: Quotation, phase: Phase) -> dict[str, Any]:
    lines = [line for line in quotation.lines if line.phase is phase]
    worked = sum((line.days for line in lines), Decimal(0))
    return {
        "title": _PHASES[phase],
        "net": amount(quotation.net(phase)),
        "days": counted_days(worked) if phase is not Phase.TRAVEL and worked else "",
        "lines": [
            {
                "item": line.item.capitalize(),
                "why": line.why,
                "days": days(line.days) if line.days else "",
                "rate": amount(line.rate) if line.rate else "",
                "amount": amount(line.amount),
            }
            for line in lines
        ],
    }


def counted_days(value: Decimal) -> str:
    """`1 day`, `5.5 days`."""
    return counted(1, "day") if value == 1 else f"{days(value)} days"


def _outlook(quotation: Quotation) -> list[dict[str, str]]:
    """The recertification, were it done now: the next cycle's, and in no sum."""
    return [
        {"days": days(line.days), "amount": amount(line.amount), "why": line.why}
        for line in quotation.lines
        if line.phase is Phase.RECERTIFICATION
    ]


def _rate(quotation: Quotation) -> str:
    """The rate at which further days would be billed; empty where the lines have several."""
    rates = {line.rate for line in quotation.lines if line.days and line.phase is Phase.INITIAL}
    return amount(next(iter(rates))) if len(rates) == 1 else ""


DELIVERABLE = Deliverable(kind="quotation", title=TITLE, template="quotation.docx", fields=fields, number=number)

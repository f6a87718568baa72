"""What certification costs and why, as the information sheet shows it: one example in full, and further sizes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from certbody.deliverables.quotation import amount, days
from certbody.deliverables.spelled import counted
from certbody.domain.audit_time import Phase
from certbody.domain.body import Profile
from certbody.domain.quotation import Fees, QuoteLine, net
from certbody.domain.sheet import Costs, Priced

CYCLE = (Phase.INITIAL, Phase.SURVEILLANCE, Phase.ANNUAL)
"""What the price of three years is made of; travel stands beside it, since it depends on where the client is."""

_TRAVEL = {True: "an estimate, billed at cost", False: "a flat sum"}


def priced(costs: Costs | None, profile: Profile | None) -> dict[str, Any]:
    """The fields `fees`, `rates`, `worked` (the first example, line by line) and `sizes`; empty without costs."""
    fees = costs.fees if costs else None
    examples = costs.priced if costs else ()
    first = examples[0] if examples else None
    lines = first.estimate.lines if first else ()
    return {
        "fees": {
            "known": fees is not None,
            "currency": fees.currency if fees else "",
            "verified": bool(fees and fees.verified),
            "tax": f"{profile.tax_percent.normalize():f}" if profile and profile.tax_percent else "",
            "method": costs.method if costs else "",
            "table": costs.table if costs else "",
            "example": _size(first) if first else "",
            "initial": amount(net(lines, Phase.INITIAL)),
            "whole": amount(_whole(first)) if first else "",
            "day_rate": amount(fees.day_rate) if fees else "",
            "travel_rate": amount(fees.travel_per_day) if fees and fees.travel_per_day else "",
            "travel_how": _TRAVEL[bool(fees and fees.travel_at_cost)],
        },
        "rates": _rates(fees) if fees and not first else [],
        "worked": [_line(line) for line in lines if line.phase in CYCLE],
        "sizes": [_compared(each) for each in examples[1:]],
    }


def _rates(fees: Fees) -> list[dict[str, str]]:
    """Every fee that is not nothing, with what it is for; shown where no example says so."""
    years = f"in each of {fees.annual_years} years after the first" if fees.annual_years > 1 else "in one year"
    rates = (
        ("Auditor-day", fees.day_rate, "planning, audit and report together, whoever the auditor is"),
        ("Application", fees.application, "once: registration and review of the application"),
        ("Decision and certificate", fees.certificate_issue, "once: review, decision and its document, also a refusal"),
        ("Yearly fee", fees.annual if fees.annual_years else Decimal(0), years),
        ("Travel", fees.travel_per_day, f"for each auditor-day: {_TRAVEL[fees.travel_at_cost]}"),
    )
    return [{"item": item, "amount": amount(value), "why": why} for item, value, why in rates if value]


def _line(line: QuoteLine) -> dict[str, str]:
    return {
        "item": line.item.capitalize(),
        "why": line.why,
        "days": days(line.days) if line.days else "",
        "amount": amount(line.amount),
    }


def _size(example: Priced) -> str:
    """`25 people, 1 site`."""
    people = counted(example.example.personnel, "person", "people")
    return f"{people}, {counted(example.example.sites, 'site')}"


def _initial_days(example: Priced) -> Decimal:
    return sum((line.days for line in example.estimate.lines if line.phase is Phase.INITIAL), Decimal(0))


def _whole(example: Priced) -> Decimal:
    return sum((net(example.estimate.lines, phase) for phase in CYCLE), Decimal(0))


def _compared(example: Priced) -> dict[str, str]:
    found = example.estimate
    return {
        "about": example.example.about,
        "size": _size(example),
        "days": days(_initial_days(example)),
        "likely": amount(found.likely),
        "range": f"{amount(found.minimum)} to {amount(found.maximum)}",
        "whole": amount(_whole(example)),
    }

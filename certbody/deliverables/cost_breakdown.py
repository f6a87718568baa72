"""The cost breakdown of a quotation: the three-year cycle, phase by phase, as a workbook that calculates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.workbook_fields import heading
from certbody.domain.audit_time import Phase
from certbody.domain.quotation import Quotation, QuoteLine, money


def fields(showing: Showing) -> Mapping[str, Any]:
    """The quotation that is shown. Days, rates and fixed amounts are given; the template's formulas do the rest."""
    quoted = _quotation(showing)
    application = showing.dossier.applications[quoted.application]
    return {
        **heading(showing, "Cost breakdown", number(showing)),
        "quotation": {
            "number": quoted.number,
            "quoted_on": quoted.quoted_on,
            "valid_until": quoted.valid_until,
            "currency": quoted.currency,
            "criteria": application.basis.criteria,
            "tax_percent": quoted.tax_percent,
            "total": quoted.total,
            "notes": quoted.notes,
        },
        **{phase.value: _lines(quoted, phase) for phase in Phase},
    }


def number(showing: Showing) -> str:
    """The quotation's."""
    return _quotation(showing).number


def _quotation(showing: Showing) -> Quotation:
    return showing.dossier.quotations[showing.about]


def _lines(quoted: Quotation, phase: Phase) -> list[dict[str, Any]]:
    """The lines of one phase; one that says so where there are none, so that its sum still has a row."""
    lines = [_line(line) for line in quoted.lines if line.phase is phase]
    return lines or [{"item": "none", "days": "", "rate": "", "fixed": Decimal(0), "why": ""}]


def _line(line: QuoteLine) -> dict[str, Any]:
    """Days and rate where they make the amount; otherwise the amount as a fixed one."""
    billed = bool(line.days) and money(line.days * line.rate) == line.amount
    return {
        "item": line.item,
        "days": line.days if line.days else "",
        "rate": line.rate if billed else "",
        "fixed": "" if billed else line.amount,
        "why": line.why,
    }


COST_BREAKDOWN = Deliverable(
    kind="quotation-breakdown",
    title="Cost breakdown",
    template="cost-breakdown.xlsx",
    fields=fields,
    number=number,
)

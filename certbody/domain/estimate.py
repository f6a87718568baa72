"""A quick estimate without a client: what certification is likely to cost, from personnel and sites alone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs

from certbody.domain.audit_time import Factor, Phase, SiteLoad
from certbody.domain.quotation import Fees, QuoteLine, net, quote
from certbody.domain.sampling import ceil_root
from certbody.domain.table import Table, Undetermined
from certbody.domain.time_method import Adjust, Determination

Method = Callable[[Any, tuple[SiteLoad, ...], Callable[[str], Table], Adjust], Determination]
"""A scheme's audit-time method: its inputs, the audited sites, the look-up of tables, the adjustments."""

_CASES = {"minimum": ("-30", "-50"), "likely": ("0", "-30"), "maximum": ("20", "0")}
"""Per cent by case: of a single site, and of each sampled one of several."""


@attrs.frozen(kw_only=True)
class Estimate:
    """A range and what the likely case consists of.

    `minimum`, `likely` and `maximum` are the initial phase without travel and tax: what applicants compare.
    `lines` are those of the whole cycle in the likely case, each with days, rate, amount and reason.
    """

    currency: str
    minimum: Decimal
    likely: Decimal
    maximum: Decimal
    lines: tuple[QuoteLine, ...]


def estimate(
    method: Method,
    inputs: Any,
    *,
    personnel: int,
    sites: int,
    tables: Callable[[str], Table],
    fees: Fees,
    adjust: Adjust | None = None,
) -> Estimate:
    """The estimate for so many effective persons, spread evenly over so many sites, the central one included.

    The scheme's own method gives the days for the central site and ⌈√(sites − 1)⌉ sampled ones; a person more makes
    no site smaller, so persons per site are rounded up.

    Args:
        adjust: the body's settings for rounding and surveillance; factors are those of the three cases.

    Raises:
        Undetermined: nobody, no site, or more persons a site than the method has a number for.
    """
    if personnel < 1 or sites < 1:
        raise Undetermined(f"An estimate needs at least 1 person and 1 site, not {personnel} and {sites}.")
    loads = spread(personnel, sites)
    quoted = {}
    for case, (single, sampled) in _CASES.items():
        factors = _factors(single, "quick estimate for a single site") if sites == 1 else ()
        reduced = _factors(sampled, "quick estimate: work done centrally, similar processes") if sites > 1 else ()
        adjusted = attrs.evolve(adjust or Adjust(), factors=factors, sampled=reduced)
        quoted[case] = quote(method(inputs, loads, tables, adjusted).lines, fees)
    totals = {case: net(lines, Phase.INITIAL) for case, lines in quoted.items()}
    return Estimate(currency=fees.currency, lines=quoted["likely"], **totals)


def spread(personnel: int, sites: int) -> tuple[SiteLoad, ...]:
    """The audited sites, the central one first, each with an even share of the personnel, rounded up."""
    share = -(-personnel // sites)
    central = SiteLoad(site="central", name="Central site" if sites > 1 else "Site", central=True, personnel=share)
    sampled = (
        SiteLoad(site=f"sample-{count}", name=f"Sampled site {count}", personnel=share)
        for count in range(1, ceil_root(sites - 1) + 1)
    )
    return (central, *sampled)


def _factors(percent: str, reason: str) -> tuple[Factor, ...]:
    value = Decimal(percent)
    return (Factor(percent=value, reason=reason),) if value else ()

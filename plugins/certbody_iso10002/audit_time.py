"""Audit time under the scheme for ISO 10002: the body's own method, on the quality table of IAF MD 5."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import attrs

from certbody import Adjust, Determination, SiteLoad, Table, ask, by_table

MINIMUM = Decimal("2.0")
"""Days of stage 1 and stage 2 together, before further contact centres."""

EACH_CENTRE = Decimal("0.5")
"""Days for each further contact centre."""

SECTORS = ("finance", "government", "healthcare", "hospitality", "retail", "telecom")
"""Codes of the sector supplements, in the order of their files; a test holds both equal."""

METHOD = (
    "Effective personnel are the people who receive, handle, decide or monitor complaints at all sites, an outsourced "
    "contact centre included. Each audited site has the days of the quality table of IAF MD 5 for its people; stage 1 "
    "and stage 2 together take at least 2.0 days; half a day is added for each further contact centre. Surveillance "
    "takes one third a year, recertification two thirds. MD 5 is not for ISO 10002: this is a rule of the scheme."
)


@attrs.frozen(kw_only=True)
class Inputs:
    """What the method asks beyond sites and their personnel."""

    contact_centres: int = ask(0, "Contact centres beyond the first, outsourced ones included.")
    sector: str = ask(
        "", "Sector, for further questions in the checklist; if several fit, the main one.", choices=("", *SECTORS)
    )
    months_of_records: int = ask(0, "Months of complaint records there will be at stage 1; at least 3 are needed.")


def audit_time(
    inputs: Inputs, sites: tuple[SiteLoad, ...], tables: Callable[[str], Table], adjust: Adjust
) -> Determination:
    """The days of the cycle for the central site and the sampled ones."""
    count = inputs.contact_centres
    centres = f"for {count} further contact centre{'s' if count > 1 else ''}, {EACH_CENTRE} each"
    return by_table(
        method=METHOD,
        table=tables("md5"),
        column="QMS",
        loads=sites,
        adjust=adjust,
        minimum=MINIMUM,
        further=[(EACH_CENTRE * count, centres)] if count else [],
    )

"""TH 100, the invented standard for tea houses: a whole plugin in three short modules and a folder of data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from importlib.resources import files

import attrs

from certbody import Adjust, Deliverable, Determination, Scheme, SiteLoad, Table, Undetermined, ask, hookimpl
from certbody.domain.audit_time import SiteTime
from certbody.domain.time_method import cycle, total
from certbody_teahouse.kettle_list import KETTLE_LIST


@attrs.frozen(kw_only=True)
class Inputs:
    """What the method asks beyond sites and people."""

    kettles: int = ask(1, "Kettles in use at all sites.")


def audit_time(
    inputs: Inputs, sites: tuple[SiteLoad, ...], tables: Callable[[str], Table], adjust: Adjust
) -> Determination:
    """A day a site, half a day for each ten people, a quarter for each kettle beyond the third; then the factors."""
    if not sites or sum(site.personnel for site in sites) < 1:
        raise Undetermined("Nobody makes tea: audit time needs at least one person in scope.")
    percent = total(adjust.factors)
    times = []
    for site in sites:
        base = Decimal(1) + Decimal("0.5") * (site.personnel // 10)
        times.append(SiteTime(site=site.site, base=base, percent=percent, days=base * (100 + percent) / 100))
    days = sum((each.days for each in times), Decimal(0)) + Decimal("0.25") * max(inputs.kettles - 3, 0)
    halves = max(-(-days * 2 // 1) / 2, Decimal("1.5"))
    why = f"{len(sites)} sites, {inputs.kettles} kettles, rounded up to half days, at least 1.5"
    return Determination(
        method="A day for each site, half a day for each full ten people, a quarter for each kettle beyond the third.",
        table="TH 100 rules of audit time, issue 1 (invented)",
        sites=tuple(times),
        lines=cycle(halves, why, adjust),
    )


@hookimpl
def certbody_schemes() -> Iterable[Scheme]:
    """The scheme for tea houses."""
    yield Scheme(
        code="teahouse",
        standard=files("certbody_teahouse") / "standard",
        inputs=Inputs,
        audit_time=audit_time,
    )


@hookimpl
def certbody_deliverables() -> Iterable[Deliverable]:
    """The kettle list."""
    return (KETTLE_LIST,)

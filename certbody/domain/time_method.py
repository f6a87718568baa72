"""How a table becomes audit time: factors, rounding, surveillance and recertification (IAF MD 5:2023)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from certbody.domain import text
from certbody.domain.audit_time import (
    LEAST_FACTORS,
    LEAST_SAMPLED,
    RECERTIFICATION,
    STAGE_1,
    STAGE_2,
    SURVEILLANCE_1,
    SURVEILLANCE_2,
    Factor,
    Phase,
    Rounding,
    SiteLoad,
    SiteTime,
    TimeLine,
    half_up,
    next_half,
    signed,
)
from certbody.domain.table import Table, Undetermined


@attrs.frozen(kw_only=True)
class Adjust:
    """What a person, or the body's policy, may adjust.

    Attributes:
        factors: for every site; together not below -30 %.
        sampled: further ones for sampled sites alone; with `factors` not below -50 %.
        rounding, surveillance_up, surveillance_minimum: the body's policy, in days; put on record with the result.
    """

    factors: tuple[Factor, ...] = ()
    sampled: tuple[Factor, ...] = ()
    rounding: Rounding = Rounding.GUARDED
    surveillance_up: bool = False
    surveillance_minimum: Decimal = Decimal("1.0")


@attrs.frozen(kw_only=True)
class Determination:
    """What a scheme's method answers: the lines of the cycle and what they rest on."""

    method: str = text.prose(required=True)
    table: str = text.name(default="")
    sites: tuple[SiteTime, ...] = ()
    lines: tuple[TimeLine, ...]

    @property
    def initial(self) -> Decimal:
        """Days of stage 1 and stage 2 together."""
        return sum((line.days for line in self.lines if line.phase is Phase.INITIAL), Decimal(0))


def total(factors: Sequence[Factor], *, least: Decimal = LEAST_FACTORS) -> Decimal:
    """The sum of factors in per cent; they are added up, never multiplied.

    Raises:
        Undetermined: the sum is below `least`. It is refused, not clipped, so that somebody sees it.
    """
    percent = sum((factor.percent for factor in factors), Decimal(0))
    if percent < least:
        raise Undetermined(f"The factors come to {signed(percent)}; at most {signed(least)} is allowed.")
    return percent


def site_time(load: SiteLoad, base: Decimal, adjust: Adjust, *, sampled: bool) -> SiteTime:
    """The time of one site before rounding, from the table's days.

    Raises:
        Undetermined: the reductions exceed what MD 5, or MD 1 for a sampled site, allows.
    """
    percent = total(adjust.factors)
    if sampled:
        percent = total([*adjust.factors, *adjust.sampled], least=LEAST_SAMPLED)
    return SiteTime(site=load.site, base=base, percent=percent, days=base * (100 + percent) / 100)


def rounded(days: Decimal, floor: Decimal, rounding: Rounding) -> Decimal:
    """Half days, by the body's setting; `floor` is the least that table and caps allow."""
    nearest = half_up(days)
    return next_half(floor) if rounding is Rounding.GUARDED and nearest < floor else nearest


def floor_of(times: Sequence[SiteTime], central: str) -> Decimal:
    """The least days that the caps leave of the table: 70 % of a central or single site, 50 % of a sampled one."""
    share = {True: 100 + LEAST_FACTORS, False: 100 + LEAST_SAMPLED}
    return sum((each.base * share[each.site == central or len(times) == 1] for each in times), Decimal(0)) / 100


def stages(initial: Decimal) -> tuple[Decimal, Decimal]:
    """Stage 1 and stage 2: about 30 and 70 % in half days, each at least half a day."""
    first = max(half_up(initial * 3 / 10), Decimal("0.5"))
    return first, max(initial - first, Decimal("0.5"))


def surveillance(initial: Decimal, *, minimum: Decimal = Decimal("1.0"), up: bool = False) -> Decimal:
    """Days a year: about one third of the initial time, at least the body's minimum (IAF MD 5:2023, 5)."""
    third = Fraction(initial) / 3
    return max(next_half(third) if up else half_up(third), minimum)


def recertification(initial_today: Decimal) -> Decimal:
    """About two thirds of what an initial audit would take if it were done today (IAF MD 5:2023, 6)."""
    return max(half_up(Fraction(initial_today) * 2 / 3), Decimal("0.5"))


def by_table(
    *,
    method: str,
    table: Table,
    column: str,
    loads: Sequence[SiteLoad],
    adjust: Adjust,
    minimum: Decimal = Decimal("0.5"),
    further: Sequence[tuple[Decimal, str]] = (),
) -> Determination:
    """Audit time of the central (or only) site and the sampled sites, each by the table, summed, then rounded once.

    A site is never merged with another: each has its own look-up (IAF MD 1). The order is table, factors, sum,
    rounding, `minimum`, then `further`: days on top, each with its reason.

    Args:
        loads: the sites that are audited; the central one is not reduced as a sampled site.

    Raises:
        Undetermined: no site, a site outside the table, or a reduction beyond the caps.
    """
    if not loads:
        raise Undetermined("Audit time needs at least one site.")
    several = len(loads) > 1
    times = [
        site_time(load, table.days(column, load.personnel), adjust, sampled=several and not load.central)
        for load in loads
    ]
    summed = sum((each.days for each in times), Decimal(0))
    central = next((load.site for load in loads if load.central), "")
    days = rounded(summed, floor_of(times, central), adjust.rounding)
    why = "; ".join(_site_whys(loads, times))
    said = f"{table.cite(column)}: {why}; {summed.normalize():f} in sum, {days:f} in half days"
    if days < minimum:
        days, said = minimum, f"{said}; raised to the minimum of {minimum:f}"
    for extra, reason in further:
        days, said = days + extra, f"{said}; +{extra:f} {reason}"
    if reasons := [f"{signed(each.percent)} {each.reason}" for each in (*adjust.factors, *adjust.sampled)]:
        said += f". Factors: {'; '.join(reasons)}"
    return Determination(method=method, table=table.cite(column), sites=tuple(times), lines=cycle(days, said, adjust))


def cycle(initial: Decimal, why: str, adjust: Adjust) -> tuple[TimeLine, ...]:
    """The lines of a three-year cycle that follow from the initial days and how these came about."""
    first, second = stages(initial)
    yearly = surveillance(initial, minimum=adjust.surveillance_minimum, up=adjust.surveillance_up)
    how = "next half day up" if adjust.surveillance_up else "nearest half day"
    third = f"one third of {initial:f} days, {how}, at least {adjust.surveillance_minimum:f}"
    return (
        TimeLine(
            item=STAGE_1,
            phase=Phase.INITIAL,
            days=first,
            why=f"about 30 % of {initial:f} days for readiness and planning. {why}",
        ),
        TimeLine(
            item=STAGE_2, phase=Phase.INITIAL, days=second, why=f"the rest of {initial:f} days, at the audited sites"
        ),
        TimeLine(item=SURVEILLANCE_1, phase=Phase.SURVEILLANCE, days=yearly, why=third),
        TimeLine(item=SURVEILLANCE_2, phase=Phase.SURVEILLANCE, days=yearly, why=third),
        TimeLine(
            item=RECERTIFICATION,
            phase=Phase.RECERTIFICATION,
            days=recertification(initial),
            why=f"two thirds of {initial:f} days, were it done today; determined anew when it is due",
        ),
    )


def _site_whys(loads: Sequence[SiteLoad], times: Sequence[SiteTime]) -> Iterator[str]:
    """A clause for each site, sites that are alike taken together."""
    alike: dict[tuple[int, Decimal, Decimal], list[SiteLoad]] = {}
    for load, each in zip(loads, times, strict=True):
        alike.setdefault((load.personnel, each.base, each.percent), []).append(load)
    for (personnel, base, percent), group in alike.items():
        names = ", ".join(load.name for load in group[:4]) + (f" and {len(group) - 4} more" if len(group) > 4 else "")
        persons = "1 person" if personnel == 1 else f"{personnel} persons"
        alone = "each " if len(group) > 1 else ""
        adjusted = f" {signed(percent)} = {(base * (100 + percent) / 100).normalize():f}" if percent else ""
        yield f"{names}: {alone}{persons}, {base:f}{adjusted}"

"""Audit time in auditor days, as it stands on record: lines that each say why (ISO/IEC 17021-1:2015, 9.1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.dossier import Dossier

STAGE_1 = "stage 1"
STAGE_2 = "stage 2"
SURVEILLANCE_1 = "surveillance 1"
SURVEILLANCE_2 = "surveillance 2"
RECERTIFICATION = "recertification"

LEAST_FACTORS = Decimal(-30)
"""Per cent: factors together go no lower (IAF MD 5:2023, 3.9)."""
LEAST_SAMPLED = Decimal(-50)
"""Per cent: all reductions of a sampled site together go no lower (IAF MD 1:2023)."""
LEAST_ON_SITE = Decimal(80)
"""Per cent of the audit time that is spent between opening and closing meeting (IAF MD 5:2023)."""


class Phase(StrEnum):
    """The parts of a three-year cycle, for days and for money."""

    INITIAL = "initial"
    SURVEILLANCE = "surveillance"
    RECERTIFICATION = "recertification"
    ANNUAL = "annual"
    TRAVEL = "travel"


class Rounding(StrEnum):
    """How the initial audit time becomes half days.

    `nearest` is MD 5's own rule (2.2.3). `guarded`, the safer default, never goes below the least that the table
    and its caps allow: where the nearest half day would, the next one up is taken.
    """

    NEAREST = "nearest"
    GUARDED = "guarded"


def half_up(days: Decimal | Fraction) -> Decimal:
    """The nearest half day; a tie goes up (5.25 becomes 5.5)."""
    return _halves((Fraction(days) * 2 + Fraction(1, 2)) // 1)


def next_half(days: Decimal | Fraction) -> Decimal:
    """The next half day up; a whole half stays."""
    return _halves(-(-Fraction(days) * 2 // 1))


def _halves(count: int) -> Decimal:
    return Decimal(count * 5).scaleb(-1)


def signed(percent: Decimal) -> str:
    """A percentage with its sign, for a sentence: `+20 %`, `−30 %`, `0 %`."""
    return f"{percent.normalize():+f} %".replace("-", "−") if percent else "0 %"


@attrs.frozen(kw_only=True)
class Factor:
    """An adjustment of the table's time, in per cent, and why; who and when are those of the record."""

    percent: Decimal
    reason: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class TimeLine:
    """Auditor days of one item of the cycle, and how they came about. `site` where the line is of one site alone."""

    item: str = text.name()
    phase: Phase
    days: Decimal
    why: str = text.prose(required=True)
    site: str = text.number(default="")


@attrs.frozen(kw_only=True)
class SiteLoad:
    """A site as audit time sees it: how many persons in scope work there, and whether it is the central one."""

    site: str = text.number()
    name: str = text.name()
    central: bool = False
    personnel: int = attrs.field(validator=attrs.validators.ge(0))


@attrs.frozen(kw_only=True)
class SiteTime:
    """The time of one audited site before rounding: the table's days, the sum of its factors, what that gives."""

    site: str = text.number()
    base: Decimal
    percent: Decimal = Decimal(0)
    days: Decimal


@attrs.frozen(kw_only=True)
class Input:
    """What a scheme's method was told: name and value, as text."""

    name: str = text.number()
    value: str = text.name(default="")


@attrs.frozen(kw_only=True)
class AuditTime:
    """The audit time of an application, determined and justified (ISO/IEC 17021-1:2015, 9.1.4, 9.9.2).

    Attributes:
        by: id of the person who determined it.
        personnel: effective number in scope at all sites.
        factors, sampled_factors: for every site; and further ones for the sampled sites alone.
        loads: all sites in scope, sampled or not.
        sites: the time of each audited site: the central one and the sampled ones.
        sampled_sites: ids of the sites that are sampled at the initial audit; the central one is none of them.
        sampled_random: those of them that were drawn at random from `sampling_seed`.
        table: name, edition, column and whether it was verified; `by hand` where no table holds a number.
        onsite_share: per cent of the audit time between opening and closing meeting.
        surveillance_up: whether surveillance was rounded up rather than to the nearest half day.
    """

    id: str = text.number()
    application: str = text.number()
    determined_on: date
    by: str = text.number()
    method: str = text.prose(required=True)
    personnel: int = attrs.field(validator=attrs.validators.ge(0))
    factors: tuple[Factor, ...] = ()
    sampled_factors: tuple[Factor, ...] = ()
    lines: tuple[TimeLine, ...]
    loads: tuple[SiteLoad, ...] = ()
    sites: tuple[SiteTime, ...] = ()
    sampled_sites: tuple[str, ...] = ()
    sampled_random: tuple[str, ...] = ()
    sampling_seed: str = text.name(default="")
    sampling_reason: str = text.prose(default="")
    rounding: Rounding = Rounding.GUARDED
    surveillance_up: bool = False
    table: str = text.name(default="")
    onsite_share: Decimal = LEAST_ON_SITE
    inputs: tuple[Input, ...] = ()

    @property
    def initial(self) -> Decimal:
        """Days of stage 1 and stage 2 together."""
        return _sum(line.days for line in self.lines if line.phase is Phase.INITIAL)

    @property
    def stage1(self) -> Decimal:
        """Days of stage 1."""
        return self.days(STAGE_1)

    @property
    def stage2(self) -> Decimal:
        """Days of stage 2."""
        return self.days(STAGE_2)

    @property
    def surveillance(self) -> Decimal:
        """Days of the first surveillance; each year has about as many."""
        return self.days(SURVEILLANCE_1)

    @property
    def recertification(self) -> Decimal:
        """Days of a recertification, were it done now."""
        return self.days(RECERTIFICATION)

    @property
    def central(self) -> str:
        """Id of the central site, or empty."""
        return next((load.site for load in self.loads if load.central), "")

    def days(self, item: str) -> Decimal:
        """Days of the lines of one item; 0 where it has none."""
        return _sum(line.days for line in self.lines if line.item == item)

    def days_for(self, audit: AuditType, stage: int = 0) -> Decimal:
        """The days that an audit takes at least: 0 for a special audit, whose time is its own."""
        match audit:
            case AuditType.INITIAL:
                return self.stage1 if stage == 1 else self.stage2
            case AuditType.SURVEILLANCE:
                return self.surveillance
            case AuditType.RECERTIFICATION:
                return self.recertification
            case AuditType.SPECIAL:
                return Decimal(0)


def time_of(application: str, dossier: Dossier) -> AuditTime | None:
    """The audit time in force for an application: the last that was determined, or None."""
    found = [each for each in dossier.audit_times.values() if each.application == application]
    return max(found, key=lambda each: (each.determined_on, each.id), default=None)


def _sum(days: Iterable[Decimal]) -> Decimal:
    return sum(days, Decimal(0))

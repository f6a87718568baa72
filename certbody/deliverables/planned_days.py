"""How the days of an audit fall into months, on site and remote: exactly as many as are planned, none lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal

import attrs

from certbody.domain.audit import Audit, plan_of
from certbody.domain.dossier import Dossier
from certbody.domain.periods import add_months

_CENT = Decimal("0.01")


@attrs.frozen(kw_only=True)
class Window:
    """Some whole months: `begin` is the first day of the first, `months` how many there are."""

    begin: date
    months: int

    @property
    def end(self) -> date:
        """The last day of the last month."""
        return add_months(self.begin, self.months) - timedelta(days=1)

    @property
    def firsts(self) -> list[date]:
        """The first day of each month."""
        return [add_months(self.begin, number) for number in range(self.months)]

    @property
    def name(self) -> str:
        """As it stands in a file name: `2027-01-to-2027-12`, or `2027-01` for a single month."""
        return f"{self.begin:%Y-%m}" if self.months == 1 else f"{self.begin:%Y-%m}-to-{self.end:%Y-%m}"

    def meets(self, first: date, last: date) -> bool:
        """Whether any day of a period lies in it."""
        return first <= self.end and last >= self.begin


@attrs.frozen
class Part:
    """A part of somebody's days on an audit: the first day of its month, and whether it is remote."""

    month: date
    remote: bool


def month(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def parted(days: Decimal, audit: Audit, dossier: Dossier, person: str = "") -> dict[Part, Decimal]:
    """The days of a person on an audit, or days that nobody has yet, by month, on site and remote.

    The plan says it, by the person's hours, where the person is in one. Otherwise days fall evenly on the weekdays
    of the audit, and everybody is remote for the same share as the audit is.
    """
    if not audit.remote_days and month(audit.starts_on) == month(audit.ends_on):
        return {Part(month(audit.starts_on), False): days}
    plan = plan_of(audit.id, dossier)
    weights: dict[Part, Decimal] = defaultdict(Decimal)
    for slot in plan.slots if plan else ():
        if person in slot.people:
            lasted = datetime.combine(slot.day, slot.ends) - datetime.combine(slot.day, slot.starts)
            weights[Part(month(slot.day), slot.remote)] += max(int(lasted.total_seconds()), 0)
    return spread(days, weights if any(weights.values()) else _even(audit))


def _even(audit: Audit) -> dict[Part, Decimal]:
    every = [audit.starts_on + timedelta(days=ahead) for ahead in range((audit.ends_on - audit.starts_on).days + 1)]
    weights: dict[Part, Decimal] = defaultdict(Decimal)
    whole = audit.days or Decimal(1)
    remote = min(audit.remote_days, whole)
    for day in [day for day in every if day.weekday() < 5] or every or [audit.starts_on]:
        weights[Part(month(day), True)] += remote
        weights[Part(month(day), False)] += whole - remote
    return weights


def spread(days: Decimal, weights: Mapping[Part, Decimal]) -> dict[Part, Decimal]:
    """Days in proportion to weights, in hundredths; the greatest part takes what is left, so that nothing is lost."""
    whole = sum(weights.values())
    made = {part: (days * weight / whole).quantize(_CENT, ROUND_DOWN) for part, weight in weights.items() if weight}
    greatest = max(made, key=lambda part: (weights[part], part.month, part.remote))
    made[greatest] += days - sum(made.values())
    return {part: share for part, share in made.items() if share}

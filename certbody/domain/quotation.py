"""The quotation: audit time × fees over the three-year cycle; the fee is the same whatever the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import attrs

from certbody.domain import text
from certbody.domain.audit_time import RECERTIFICATION, Phase, TimeLine

APPLICATION = "application"
CERTIFICATE_ISSUE = "certificate issue"
RECERTIFICATION_OUTLOOK = "recertification outlook"
ANNUAL_FEE = "annual fee"
TRAVEL = "travel"

_AUDITS = (Phase.INITIAL, Phase.SURVEILLANCE, Phase.RECERTIFICATION)


def money(amount: Decimal) -> Decimal:
    """An amount in hundredths, a tie away from zero: the one place where money is rounded.

    Each line is rounded; sums add rounded lines; tax is taken once, from the sum.
    """
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _amount(*, default: Decimal | None = None) -> Decimal:
    """A field for a fee: not negative."""
    known = attrs.NOTHING if default is None else default
    return attrs.field(default=known, validator=attrs.validators.ge(0))  # type: ignore[no-any-return]


@attrs.frozen(kw_only=True)
class Fees:
    """The body's published fees for one standard, all in one currency, without tax.

    Attributes:
        day_rate: per auditor day, whoever the auditor is and however the audit ends.
        application, certificate_issue: fixed, once in the initial phase.
        annual: fixed, in each of `annual_years` years of the cycle.
        travel_per_day: an estimate per auditor day; billed at cost where `travel_at_cost`.
    """

    currency: str = text.number()
    day_rate: Decimal = _amount()
    application: Decimal = _amount(default=Decimal(0))
    certificate_issue: Decimal = _amount(default=Decimal(0))
    annual: Decimal = _amount(default=Decimal(0))
    annual_years: int = attrs.field(default=2, validator=attrs.validators.ge(0))
    travel_per_day: Decimal = _amount(default=Decimal(0))
    travel_at_cost: bool = True
    source: str = text.prose(default="")
    verified: bool = False
    note: str = text.prose(default="")

    @property
    def fixed(self) -> Decimal:
        """The fixed fees of the initial phase together."""
        return self.application + self.certificate_issue


@attrs.frozen(kw_only=True)
class QuoteLine:
    """One line: days × rate, or a fixed amount where there are no days; `why` says what it is for."""

    item: str = text.name()
    phase: Phase
    days: Decimal = Decimal(0)
    rate: Decimal = Decimal(0)
    amount: Decimal
    why: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class Quotation:
    """What certification costs over the cycle, before any agreement (ISO/IEC 17021-1:2015, 5.1.2, 8.1.2).

    Attributes:
        audit_time: id of the time record that its days come from.
        tax_percent: on top of every line.
    """

    id: str = text.number()
    number: str = text.number()
    application: str = text.number()
    audit_time: str = text.number()
    quoted_on: date
    valid_until: date = attrs.field(metadata={"planned": True})
    currency: str = text.number()
    lines: tuple[QuoteLine, ...] = attrs.field(validator=attrs.validators.min_len(1))
    tax_percent: Decimal = Decimal(0)
    by: str = text.number()
    notes: str = text.prose(default="")

    @property
    def cycle(self) -> Decimal:
        """The three-year cycle without tax: all lines but the recertification outlook, which is the next cycle's."""
        return sum((self.net(phase) for phase in Phase if phase is not Phase.RECERTIFICATION), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """Tax on the three-year cycle."""
        return money(self.cycle * self.tax_percent / 100)

    @property
    def total(self) -> Decimal:
        """The three-year cycle with tax."""
        return self.cycle + self.tax

    def net(self, phase: Phase) -> Decimal:
        """The lines of one phase, without tax."""
        return net(self.lines, phase)

    def days(self, phase: Phase) -> Decimal:
        """Auditor days that the lines of one phase bill."""
        return sum((line.days for line in self.lines if line.phase is phase), Decimal(0))


def net(lines: Iterable[QuoteLine], phase: Phase) -> Decimal:
    """The amounts of one phase together, without tax."""
    return sum((line.amount for line in lines if line.phase is phase), Decimal("0.00"))


def quote(times: Iterable[TimeLine], fees: Fees) -> tuple[QuoteLine, ...]:
    """The lines of a three-year cycle: every item of the audit time at the day rate, the fixed fees, and travel.

    Days are those of the time record and nothing else; lines of one item (a line a site) are billed as one.
    """
    billed = list(_by_item(times))
    return (
        *_fixed(APPLICATION, fees.application, "registration and review of the application"),
        *(_day_line(line, fees) for line in billed if line.phase is Phase.INITIAL),
        *_fixed(CERTIFICATE_ISSUE, fees.certificate_issue, "review, decision and its document, whatever the decision"),
        *(_day_line(line, fees) for line in billed if line.phase is not Phase.INITIAL),
        *_yearly(fees),
        *_travel(billed, fees),
    )


def _by_item(times: Iterable[TimeLine]) -> Iterator[TimeLine]:
    items: dict[tuple[Phase, str], list[TimeLine]] = {}
    for line in times:
        if line.phase in _AUDITS:
            items.setdefault((line.phase, line.item), []).append(line)
    for lines in items.values():
        days = sum((line.days for line in lines), Decimal(0))
        yield attrs.evolve(lines[0], days=days, why="; ".join(dict.fromkeys(line.why for line in lines)), site="")


def _day_line(line: TimeLine, fees: Fees) -> QuoteLine:
    return QuoteLine(
        item=RECERTIFICATION_OUTLOOK if line.item == RECERTIFICATION else line.item,
        phase=line.phase,
        days=line.days,
        rate=fees.day_rate,
        amount=money(line.days * fees.day_rate),
        why=line.why,
    )


def _fixed(item: str, amount: Decimal, why: str) -> Iterator[QuoteLine]:
    if amount:
        yield QuoteLine(item=item, phase=Phase.INITIAL, amount=money(amount), why=f"fixed fee: {why}")


def _yearly(fees: Fees) -> Iterator[QuoteLine]:
    if amount := fees.annual * fees.annual_years:
        why = f"fixed fee: {fees.annual_years} × {money(fees.annual)} for upkeep, one a year after the first"
        yield QuoteLine(item=ANNUAL_FEE, phase=Phase.ANNUAL, amount=money(amount), why=why)


def _travel(billed: Iterable[TimeLine], fees: Fees) -> Iterator[QuoteLine]:
    days = sum((line.days for line in billed if line.phase is not Phase.RECERTIFICATION), Decimal(0))
    if fees.travel_per_day and days:
        how = "an estimate, billed at cost" if fees.travel_at_cost else "a flat sum"
        yield QuoteLine(
            item=TRAVEL,
            phase=Phase.TRAVEL,
            days=days,
            rate=fees.travel_per_day,
            amount=money(days * fees.travel_per_day),
            why=f"{how}: {days:f} auditor days of stage 1, stage 2 and both surveillances; travel is no audit time",
        )

"""Months, years and the certification cycle: each convention written once.

Months are always added to the *original* date and clamp to the end of the month (2024-02-29 + 3 years =
2027-02-28); adding step by step would drift.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (or earlier), clamped to the end of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day, `years` later; 29 February becomes 28 February where there is none."""
    return add_months(day, 12 * years)


def last_day_of_validity(granted_on: date, years: int = 3) -> date:
    """The expiry of a first cycle: decision + 3 years - 1 day, the body's convention."""
    return add_years(granted_on, years) - timedelta(days=1)


def first_surveillance_by(decided_on: date) -> date:
    """Not more than 12 months after the decision (ISO/IEC 17021-1:2015, 9.1.3.3)."""
    return add_months(decided_on, 12)


def two_years_after(ended_on: date) -> date:
    """The first day on which a consultancy that ended on a day no longer bars (5.2.6, 5.2.7, 5.2.10)."""
    return add_months(ended_on, 24)


def implementation_limit(last_stage2_day: date) -> date:
    """The last day on which a major's implementation may be verified without a new stage 2 (9.5.3.2)."""
    return add_months(last_stage2_day, 6)

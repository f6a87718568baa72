"""Months, years and the certification cycle: the vectors, and the laws behind them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.domain.periods import (
    add_months,
    add_years,
    first_surveillance_by,
    implementation_limit,
    last_day_of_validity,
    two_years_after,
)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
months = st.integers(-600, 600)


class TestMonths:
    """Added to the original date, clamped to the end of the month."""

    @pytest.mark.parametrize(
        ("day", "count", "then"),
        [
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2027, 8, 31), 6, date(2028, 2, 29)),
            (date(2028, 2, 29), 12, date(2029, 2, 28)),
            (date(2028, 2, 29), 48, date(2032, 2, 29)),
            (date(2026, 12, 31), 2, date(2027, 2, 28)),
            (date(2026, 12, 31), 0, date(2026, 12, 31)),
            (date(2027, 1, 15), -1, date(2026, 12, 15)),
            (date(2027, 3, 31), -1, date(2027, 2, 28)),
        ],
    )
    def test_a_vector_holds(self, day: date, count: int, then: date) -> None:
        assert add_months(day, count) == then

    @given(days, months)
    def test_the_month_is_the_one_asked_for_and_the_day_never_grows(self, day: date, count: int) -> None:
        then = add_months(day, count)
        assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == count
        assert then.day <= day.day
        assert then.day == day.day or (then + timedelta(days=1)).month != then.month

    @given(days, months, st.integers(1, 24))
    def test_more_months_never_come_earlier(self, day: date, count: int, more: int) -> None:
        assert add_months(day, count) < add_months(day, count + more)

    @given(days, days, st.integers(0, 120))
    def test_a_later_day_never_comes_earlier(self, one: date, other: date, count: int) -> None:
        first, second = sorted((one, other))
        assert add_months(first, count) <= add_months(second, count)

    def test_step_by_step_would_drift(self) -> None:
        assert add_months(add_months(date(2026, 12, 31), 2), 1) != add_months(date(2026, 12, 31), 3)

    @given(days, st.integers(0, 30))
    def test_years_are_twelve_months(self, day: date, count: int) -> None:
        assert add_years(day, count) == add_months(day, 12 * count)


class TestTheCycle:
    """ISO/IEC 17021-1:2015, 9.1.3.2, 9.1.3.3: expiry is decision + 3 years - 1 day, the body's convention."""

    @pytest.mark.parametrize(
        ("decided", "expires", "surveillance"),
        [
            pytest.param(date(2026, 11, 23), date(2029, 11, 22), date(2027, 11, 23), id="C1"),
            pytest.param(date(2026, 12, 20), date(2029, 12, 19), date(2027, 12, 20), id="C7"),
            pytest.param(date(2027, 6, 1), date(2030, 5, 31), date(2028, 6, 1), id="C9, before its cap"),
            pytest.param(date(2026, 12, 31), date(2029, 12, 30), date(2027, 12, 31), id="31 December"),
            pytest.param(date(2028, 2, 29), date(2031, 2, 27), date(2029, 2, 28), id="29 February"),
            pytest.param(date(2027, 3, 1), date(2030, 2, 28), date(2028, 3, 1), id="1 March"),
        ],
    )
    def test_a_vector_holds(self, decided: date, expires: date, surveillance: date) -> None:
        assert last_day_of_validity(decided) == expires
        assert first_surveillance_by(decided) == surveillance

    @given(days)
    def test_it_never_lasts_longer_than_three_years(self, decided: date) -> None:
        last = last_day_of_validity(decided)
        assert decided < first_surveillance_by(decided) < last < add_years(decided, 3)
        assert (last - decided).days in (1093, 1094, 1095)


class TestLimits:
    """Six months for a major (9.5.3.2), 24 for consultancy (5.2.6, 5.2.7, 5.2.10)."""

    @pytest.mark.parametrize(
        ("last_day", "limit"),
        [
            (date(2026, 4, 16), date(2026, 10, 16)),
            (date(2026, 8, 31), date(2027, 2, 28)),
            (date(2027, 1, 2), date(2027, 7, 2)),
        ],
    )
    def test_six_calendar_months(self, last_day: date, limit: date) -> None:
        assert implementation_limit(last_day) == limit

    @pytest.mark.parametrize(
        ("ended", "free"),
        [(date(2024, 6, 24), date(2026, 6, 24)), (date(2024, 2, 29), date(2026, 2, 28))],
    )
    def test_twenty_four_months(self, ended: date, free: date) -> None:
        assert two_years_after(ended) == free

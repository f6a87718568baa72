"""Values as letters and certificates spell them out, where a form would print them bare."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # not strftime, which follows the machine's language


def long_day(day: date | None) -> str:
    """`2 March 2027`, with spaces that do not break; nothing for no date."""
    return f"{day.day}\u00a0{_MONTHS[day.month - 1]}\u00a0{day.year}" if day else ""


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    parts = [word for word in words if word]
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def period(first: date, last: date) -> str:
    """`2027-01-11`, or `2027-01-11 to 2027-01-13`."""
    return str(first) if first == last else f"{first} to {last}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 site`, `3 sites`."""
    return f"{number} {one if number == 1 else many or one + 's'}"

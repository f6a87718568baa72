"""What the office asks for across journals: the tables that are indexed, by number, name and day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Columns = tuple[str | None, str | None, str | None]

EDITION = "3"
"""Changes with what COLUMNS make of a record, so that an older index is built anew."""


def _by(number: str | None = None, name: str | None = None, day: str | None = None) -> Callable[..., Columns]:
    def columns(key: str, record: dict[str, Any]) -> Columns:
        return (
            record.get(number) if number else key,
            record.get(name) if name else None,
            record.get(day) if day else None,
        )

    return columns


COLUMNS: Mapping[str, Callable[[str, dict[str, Any]], Columns]] = {
    "clients": _by(name="name"),
    "applications": _by("number", day="received_on"),
    "application_reviews": _by(day="reviewed_on"),
    "quotations": _by("number", day="quoted_on"),
    "agreements": _by("number", day="client_signed_on"),
    "programmes": _by(day="made_on"),
    "audits": _by("number", day="starts_on"),
    "assignments": _by(day="assigned_on"),
    "meetings": _by(day="held_on"),
    "findings": _by("number", day="recorded_on"),
    "reports": _by("number", day="issued_on"),
    "decisions": _by("number", day="decided_on"),
    "annulments": _by(day="annulled_on"),
    "change_notices": _by("number", day="received_on"),
    "certificates": _by("number", "client_name", "expires_on"),
    "documents": _by("number", "kind", "issued_on"),
}

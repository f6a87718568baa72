"""The clock and the maker of ids of an office that was given no others."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from uuid import UUID


def now() -> datetime:
    """The clock of an office that was given no other."""
    return datetime.now(UTC)


_last_made = 0


def uuid7() -> str:
    """A new record id: time first, to a quarter of a microsecond, so that ids sort by their making (RFC 9562)."""
    global _last_made
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    moment = (milliseconds << 12) | (rest * 4096 // 1_000_000)
    _last_made = moment = max(moment, _last_made + 1)
    milliseconds, fraction = moment >> 12, moment & 0xFFF
    value = (milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0x2 << 62) | secrets.randbits(62)
    return str(UUID(int=value))

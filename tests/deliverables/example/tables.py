"""What the parts of the example share: days, ids, and tables by id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

ON = date(2026, 6, 30)
"""The day of the documents: everything below has happened."""
STAGE_1, STAGE_2 = "audit-1", "audit-2"
SCOPE = (
    "Handling of complaints of private and business customers about mobile, fixed-line and internet services, "
    "from receipt by telephone, web form, letter or shop to closing."
)
CRITERIA = "S-10002, issue 1 of 2026-01-05"


def by_id(records: Any) -> Mapping[str, Any]:
    return {each.id: each for each in records}

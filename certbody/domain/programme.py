"""The audit programme over the cycle, and what falls due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from certbody.domain import text
from certbody.domain.standard import AuditType


@attrs.frozen(kw_only=True)
class PlannedAudit:
    """One audit of the programme: when, how long, where, and what it has to look at.

    `year` counts from the decision: 0 is the initial audit, 1 and 2 the surveillance years, 3 recertification.
    `not_after` is empty until the decision is known.
    """

    kind: AuditType
    stage: int = 0
    year: int = 0
    days: Decimal
    sites: tuple[str, ...] = ()
    planned_for: date | None = attrs.field(default=None, metadata={"planned": True})
    not_after: date | None = attrs.field(default=None, metadata={"planned": True})
    focus: str = text.prose(default="")

    @property
    def title(self) -> str:
        """How people call it: `stage 1`, `surveillance 2`, `recertification`."""
        if self.kind is AuditType.INITIAL:
            return f"stage {self.stage}"
        return f"surveillance {self.year}" if self.kind is AuditType.SURVEILLANCE else str(self.kind)


@attrs.frozen(kw_only=True)
class AuditProgramme:
    """The programme for a full cycle (ISO/IEC 17021-1:2015, 9.1.3): a newer one replaces an older."""

    id: str = text.number()
    application: str = text.number()
    audit_time: str = text.number()
    made_on: date
    by: str = text.number()
    planned: tuple[PlannedAudit, ...]
    sampling: str = text.prose(default="")
    considered: str = text.prose(default="")

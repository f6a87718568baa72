"""The example after its report: more time for one nonconformity, and another that was none after all."""

from __future__ import annotations

from datetime import date
from functools import cache

from certbody.domain.dossier import Dossier
from certbody.domain.extension import Extension
from certbody.domain.findings import Grade
from certbody.domain.regrading import Regrading, RegradingNotice
from tests.given import CARLA, DUNJA, dossier

EXTENDED = Extension(
    id="extension-1",
    finding="finding-AK-1",
    extended_on=date(2026, 4, 28),
    until=date(2026, 5, 30),
    by=CARLA,
    reason="The client's rota is agreed with its works council, which meets on 26 May.",
)
REGRADED = Regrading(
    id="regrading-1",
    finding="finding-BF-1",
    regraded_on=date(2026, 5, 20),
    by=DUNJA,
    grade=Grade.OPPORTUNITY,
    reason="The order of 2026-04-02 shows that the notices were on their way before the audit.",
)
TOLD = RegradingNotice(
    id="regrading-notice-1",
    regrading="regrading-1",
    told_on=date(2026, 5, 21),
    by=DUNJA,
    told_to="Greta Holm",
)


@cache
def reconsidered() -> Dossier:
    """Nordwind Telecom with more time for 2026-014/AK-1, and 2026-014/BF-1 regraded and told."""
    made: Dossier = dossier().having({"extensions": [EXTENDED], "regradings": [REGRADED], "regrading_notices": [TOLD]})
    return made

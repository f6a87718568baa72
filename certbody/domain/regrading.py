"""Regrading: another grade for a nonconformity after its report, as a dated fact that the client is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.findings import Grade

if TYPE_CHECKING:
    from certbody.domain.dossier import Dossier

REGRADED_TO = (Grade.MAJOR, Grade.MINOR, Grade.OPPORTUNITY)
"""What a nonconformity may become; an opportunity says that it was none after all, and asks for no answer."""


@attrs.frozen(kw_only=True)
class Regrading:
    """Another grade for a nonconformity that a report shows (ISO/IEC 17021-1:2015, 9.4.5, 9.4.10, 9.5.2).

    The finding stays as it was recorded; its grade on a day is read from these (`findings.graded`).

    Attributes:
        grade: the new one.
        reason: why; the client reads it.
    """

    id: str = text.number()
    finding: str = text.number()
    regraded_on: date
    by: str = text.number()
    grade: Grade
    reason: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class RegradingNotice:
    """That the client was told of a regrading: by whom, to whom, when. A fact of its own, for it may come later."""

    id: str = text.number()
    regrading: str = text.number()
    told_on: date
    by: str = text.number()
    told_to: str = text.name(default="")


def regradings_of(finding: str, dossier: Dossier, on: date = date.max) -> list[Regrading]:
    """The regradings of a finding by a day, oldest first."""
    found = (each for each in dossier.regradings.values() if each.finding == finding and each.regraded_on <= on)
    return sorted(found, key=lambda each: (each.regraded_on, each.id))


def told(regrading: Regrading, dossier: Dossier, on: date = date.max) -> RegradingNotice | None:
    """How the client first was told of a regrading by a day; None where it was not."""
    found = [each for each in dossier.regrading_notices.values() if each.regrading == regrading.id]
    return min((each for each in found if each.told_on <= on), key=lambda each: (each.told_on, each.id), default=None)


def grade_before(regrading: Regrading, dossier: Dossier) -> Grade | None:
    """The grade that a regrading replaces; None where there is no such finding."""
    finding = dossier.findings.get(regrading.finding)
    place = (regrading.regraded_on, regrading.id)
    earlier = [each for each in regradings_of(regrading.finding, dossier) if (each.regraded_on, each.id) < place]
    return earlier[-1].grade if earlier else finding.grade if finding else None

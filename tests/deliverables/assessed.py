"""A self-assessment of three steps under the example's standard, and statements made on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.deliverables import self_assessment
from certbody.deliverables.deliverable import Showing
from certbody.domain.dossier import Dossier
from certbody.domain.self_assessment import Answer, Point, Reply, SelfAssessment, Statement, Step
from tests.deliverables import example
from tests.deliverables.workbooks import made

YES, PARTLY, NO, NOT_APPLICABLE = Answer

ASSESSMENT = SelfAssessment(
    edition="1",
    steps=(
        Step(
            title="Policy",
            points=(
                Point(
                    id="P-1",
                    title="Leadership",
                    ask="Does top management decide what complaints call for?",
                    show="minutes with dates",
                    requirements=("S5.2.1",),
                ),
                Point(
                    id="P-2",
                    title="Somebody in charge",
                    ask="Is there a representative for complaints?",
                    show="the appointment",
                    clauses=("5.2",),
                ),
            ),
        ),
        Step(
            title="Tracking",
            points=(
                Point(
                    id="T-1",
                    title="Three months of records",
                    ask="Are there records of three months?",
                    show="the list of cases",
                    core=True,
                    requirements=("S7.2.1",),
                ),
                Point(
                    id="T-2",
                    title="Acknowledged",
                    ask="Is receipt acknowledged at once?",
                    show="five cases",
                    requirements=("S7.4.1",),
                ),
                Point(
                    id="T-3",
                    title="At weekends, too",
                    ask="Is somebody there at weekends?",
                    show="the rota",
                    requirements=("S7.4.1",),
                ),
            ),
        ),
        Step(
            title="Insights",
            points=(
                Point(
                    id="I-1",
                    title="One internal audit",
                    ask="Has the process been audited?",
                    show="the report",
                    core=True,
                    requirements=("S8.5.1",),
                ),
            ),
        ),
    ),
)


def showing(**extra: Any) -> Showing:
    """What the two documents get to see: no client, and nothing on record."""
    return example.showing(dossier=Dossier(), draft=False, extra={"assessment": ASSESSMENT, **extra})


def blank(assessment: SelfAssessment = ASSESSMENT) -> bytes:
    """The workbook as it goes out."""
    return made(self_assessment.SELF_ASSESSMENT, showing(assessment=assessment))


def statement(*answers: Answer | None, **more: Any) -> Statement:
    """What Nordwind Telecom says of itself, in the order of the points."""
    replies = {point.id: Reply(answer=answer) for point, answer in zip(ASSESSMENT.points, answers, strict=True)}
    given: dict[str, Any] = {"organization": "Nordwind Telecom Ltd", "by": "Greta Holm", "on": date(2026, 6, 29)}
    return Statement(replies=replies, **(given | more))

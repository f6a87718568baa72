"""The readiness self-assessment: a workbook that an organization fills in before it applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.workbook_fields import standing
from certbody.domain.self_assessment import RULE, STEP_RULE, Point, SelfAssessment
from certbody.errors import BadData

FORM = "self-assessment"
NAMELESS = "(no certification body named)"
NONE = "—"


def fields(showing: Showing) -> Mapping[str, Any]:
    """The points of the scheme; `showing.extra["assessment"]` is the `SelfAssessment`."""
    assessment = assessment_of(showing)
    shown = standing(showing, "Readiness self-assessment", number(showing))
    return {
        **shown,
        "document": {**shown["document"], "head": shown["document"]["head"] or NONE},
        "body": named(showing, {key: value or NONE for key, value in shown["body"].items()}),
        "scheme": {
            "code": number(showing),
            "criteria": criteria(showing),
            "edition": assessment.edition,
            "questions": assessment.fingerprint,
        },
        "points": [
            _point(point, f"{place} {step.title}")
            for place, step in enumerate(assessment.steps, 1)
            for point in step.points
        ],
        "rule": {"step": STEP_RULE, "all": RULE},
    }


def number(showing: Showing) -> str:
    """The code of the scheme's standard: the workbook is the same for everybody."""
    return showing.standard.code if showing.standard else ""


def properties(showing: Showing) -> Mapping[str, str]:
    """What the file carries unseen: for which scheme, and which questions they were."""
    assessment = assessment_of(showing)
    return {
        "certbody form": FORM,
        "certbody standard": number(showing),
        "certbody edition": assessment.edition,
        "certbody questions": assessment.fingerprint,
    }


def assessment_of(showing: Showing) -> SelfAssessment:
    """The assessment that is shown.

    Raises:
        BadData: none was handed over.
    """
    found = showing.extra.get("assessment")
    if not isinstance(found, SelfAssessment):
        raise BadData("A self-assessment is shown of a scheme that has one, and none was named.")
    return found


def criteria(showing: Showing) -> str:
    """What is audited against: the body's published scheme where it has one, and the guidance that it is based on."""
    standard = showing.standard
    if standard is None:
        return ""
    published = showing.body.scheme_for(standard.code, showing.on)
    cited = published.citation if published else standard.criteria
    return cited if standard.criteria == standard.title else f"{cited} (based on {standard.title})"


def named(showing: Showing, body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `body`, its name told apart from an empty one where there is no office whose it could be."""
    return dict(body) if showing.body.profile else {**body, "name": NAMELESS}


def _point(point: Point, step: str) -> dict[str, Any]:
    return {
        "key": point.id,
        "step": step,
        "title": point.title,
        "ask": point.ask,
        "show": point.show,
        "of": ", ".join(point.requirements or point.clauses),
        "core": "core" if point.core else "",
        "answers": len(point.answers),
    }


SELF_ASSESSMENT = Deliverable(
    kind=FORM,
    title="Readiness self-assessment",
    template="self-assessment.xlsx",
    fields=fields,
    number=number,
    properties=properties,
)

"""Nonconformities as they stood on a day: each step with its date and person, and whether it bears a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.domain.decision import nonconformities
from certbody.domain.findings import Grade
from certbody.domain.nonconformity import Progress, progress


def standing_on(showing: Showing, application: str, day: date) -> list[dict[str, Any]]:
    """A row for each nonconformity of an application, gravest first, with its steps by a day (9.5.2)."""
    dossier, found = showing.dossier, []
    for finding in nonconformities(application, dossier):
        if finding.recorded_on > day:
            continue
        steps = progress(finding, dossier, showing.body, day)
        site = dossier.sites.get(finding.site)
        enough = steps.implemented if finding.grade is Grade.MAJOR else steps.accepted
        found.append(
            {
                "number": finding.number,
                "grade": str(finding.grade),
                "requirement": finding.requirement,
                "site": site.name if site else "",
                "statement": finding.statement,
                "steps": _steps(showing, steps),
                "state": steps.stage,
                "enough": enough,
                "needed": "implementation verified" if finding.grade is Grade.MAJOR else "response accepted",
            }
        )
    return found


def _steps(showing: Showing, steps: Progress) -> list[str]:
    """What was done by the day, oldest first, each with date, person and the reason or evidence given."""
    name, said = showing.body.name, []
    raised = steps.finding
    said.append(f"{raised.recorded_on}: raised by {name(raised.by)}")
    if steps.disputed:
        said.append("Disputed by the client")
    if answer := steps.response:
        said.append(f"{answer.received_on}: response received from {answer.by}")
    if review := steps.review:
        word = "accepted" if review.accepted else "sent back"
        said.append(f"{review.reviewed_on}: response {word} by {name(review.by)}: {review.reason}")
    if check := steps.verification:
        word = "verified" if check.implemented else "not found implemented"
        said.append(f"{check.verified_on}: implementation {word} by {name(check.by)} ({check.means}): {check.evidence}")
    if effect := steps.effectiveness:
        word = "confirmed" if effect.effective else "not confirmed"
        said.append(f"{effect.confirmed_on}: effectiveness {word} by {name(effect.by)}: {effect.evidence}")
    return said

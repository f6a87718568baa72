"""Nonconformities as they stood on a day: each step with its date and person, and whether it bears a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.domain.decision import nonconformities
from certbody.domain.dossier import Dossier
from certbody.domain.extension import extensions_of
from certbody.domain.findings import Finding, Grade, findings_of
from certbody.domain.nonconformity import Progress, progress
from certbody.domain.regrading import regradings_of, told


def standing_on(showing: Showing, application: str, day: date, *, none_after_all: bool = False) -> list[dict[str, Any]]:
    """A row for each nonconformity of an application, gravest first, with its steps by a day (9.5.2).

    `none_after_all` adds, at the end, what was one and was regraded to an opportunity by that day.
    """
    dossier, found = showing.dossier, []
    left = _none_after_all(application, dossier, day) if none_after_all else []
    for finding in (*nonconformities(application, dossier, day), *left):
        if finding.recorded_on > day:
            continue
        steps = progress(finding, dossier, showing.body, day)
        site = dossier.sites.get(finding.site)
        enough = steps.implemented if finding.grade is Grade.MAJOR else steps.accepted or finding in left
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


def _none_after_all(application: str, dossier: Dossier, day: date) -> list[Finding]:
    """What was recorded as a nonconformity and is none any more on a day."""
    audits = [each for each in dossier.audits.values() if each.application == application]
    every = (finding for audit in audits for finding in findings_of(audit.id, dossier, day))
    return [each for each in every if not each.nonconformity and dossier.findings[each.id].nonconformity]


def regraded(showing: Showing, finding: Finding, day: date, *, to_client: bool = False) -> list[str]:
    """How a nonconformity came to its grade after the report, by a day: when, by whom, why, when the client knew.

    `to_client`: for what the client reads, which does not tell it when it was told.
    """
    said, before = [], showing.dossier.findings[finding.id].grade
    for each in regradings_of(finding.id, showing.dossier, day):
        notice = told(each, showing.dossier, day)
        to = f"told to {notice.told_to}" if notice and notice.told_to else "client told"
        known = f"{to} on {notice.told_on}" if notice else "the client is not told yet"
        by = showing.body.name(each.by)
        words = f"{each.regraded_on}: regraded from {before} to {each.grade} by {by}: {each.reason}"
        said.append(words if to_client else f"{words} ({known})")
        before = each.grade
    return said


def extended(showing: Showing, finding: Finding, day: date) -> list[str]:
    """How the time to answer was extended by a day: when, until when, by whom, why."""
    return [
        f"{each.extended_on}: time to answer extended to {each.until} by {showing.body.name(each.by)}: {each.reason}"
        for each in extensions_of(finding.id, showing.dossier, day)
    ]


def _steps(showing: Showing, steps: Progress) -> list[str]:
    """What was done by the day, each with date, person and the reason or evidence given; the newest of each kind."""
    name, said = showing.body.name, []
    raised = steps.finding
    said.append(f"{raised.recorded_on}: raised by {name(raised.by)}")
    said += regraded(showing, raised, steps.on)
    said += extended(showing, raised, steps.on)
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

"""The rules on surveillance: when certification goes on without a new decision, and who has looked at that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.audit import closed_on
from certbody.domain.certificate import Status, standing
from certbody.domain.findings import Grade, findings_of
from certbody.domain.impartiality import took_part
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function
from certbody.domain.report import Recommendation, conclusion_of, report_of
from certbody.domain.standard import AuditType
from certbody.domain.surveillance import Monitoring

if TYPE_CHECKING:
    from certbody.domain.audit import Audit
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@rule(45, "B", "ISO/IEC 17021-1:2015, 9.6.1", of="monitorings", reads="audits reports meetings assignments results")
def a_surveillance_is_monitored_by_another(
    monitoring: Monitoring, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A reported surveillance is monitored by a competent person who took no part in it (9.6.1)."""
    audit = dossier.audits.get(monitoring.audit)
    if audit is None or audit.kind not in (AuditType.SURVEILLANCE, AuditType.SPECIAL):
        yield (
            f"{audit.number if audit else monitoring.audit} is no surveillance or special audit.",
            "an initial audit or a recertification is decided",
        )
        return
    day, name = monitoring.monitored_on, body.name(monitoring.by)
    if report_of(audit.id, dossier, day) is None:
        yield (
            f"The report of {audit.title} {audit.number} is not issued on {day}.",
            f"certbody audit report {audit.number}",
        )
    if said := took_part(audit, dossier).get(monitoring.by):
        yield (f"{name} {said}.", "have it monitored by somebody who was not there", "A")
    functions = (Function.REVIEW, Function.DECISION)
    if not any(body.competent(monitoring.by, audit.standard, each, day) for each in functions):
        yield (
            f"{name} holds no competence for review or decision under {audit.standard} on {day}.",
            "name a competent person",
        )


@rule(
    45, "B", "ISO/IEC 17021-1:2015, 9.6.1", of="monitorings", reads="audits conclusions findings regradings decisions"
)
def what_needs_a_decision_is_decided(monitoring: Monitoring, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """With a major, a conclusion that is not positive, or a certificate not valid, people who did not audit decide."""
    audit = dossier.audits.get(monitoring.audit)
    if audit is None or monitoring.decision_needed:
        return
    for said in needs_a_decision(audit, dossier, monitoring.monitored_on):
        yield (said, "monitor it with --decision-needed; somebody who was on no audit decides")


def needs_a_decision(audit: Audit, dossier: Dossier, on: date) -> Iterator[str]:
    """Why certification does not go on by itself after a surveillance (9.6.1); nothing where it does (rule 45)."""
    for finding in findings_of(audit.id, dossier, on):
        if finding.grade is Grade.MAJOR:
            yield f"Major nonconformity {finding.number} was raised."
    conclusion = conclusion_of(audit.id, dossier)
    if conclusion is None:
        yield f"{audit.number} has no conclusion."
    elif conclusion.recommendation is not Recommendation.MAINTAIN:
        yield f"The team recommended '{conclusion.recommendation}', not '{Recommendation.MAINTAIN}'."
    numbers = {each.number for each in dossier.certificates.values() if each.application == audit.application}
    for number in sorted(numbers):
        held = standing(number, dossier, closed_on(audit.id, dossier) or on)
        if held.status is Status.SUSPENDED:
            yield f"{number} was suspended on {held.since}."


def maintained_by(audit: Audit, dossier: Dossier, on: date) -> Monitoring | None:
    """The monitoring by which certification goes on after a surveillance, without a decision; None where none does."""
    found = [
        each
        for each in dossier.monitorings.values()
        if each.audit == audit.id and each.monitored_on <= on and not each.decision_needed
    ]
    return max(found, key=lambda each: (each.monitored_on, each.id), default=None)

"""The rules on more time to answer: with a reason, by an approver who was not on the audit, within the hard limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.extension import Extension, due_on, limit
from certbody.domain.findings import graded
from certbody.domain.impartiality import took_part
from certbody.domain.nonconformity import progress
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@rule(
    19,
    "B",
    "ISO/IEC 17021-1:2015, 9.4.9, 9.5.3.2, 9.6.3.2",
    of="extensions",
    reads="findings regradings audits meetings responses response_reviews certificates decisions",
)
def an_extension_keeps_to_its_limits(extension: Extension, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """More time goes beyond the day given, never past six months after stage 2 for a major, nor past the certificate.

    The six months are those of 9.5.3.2; that the certificate in force ends first is 9.6.3.2.
    """
    finding = dossier.findings.get(extension.finding)
    day = extension.extended_on
    if finding is None or not graded(finding, dossier, day).nonconformity:
        yield (
            f"{finding.number if finding else extension.finding} is no nonconformity; nothing is to be answered.",
            "name a nonconformity: certbody nc list",
        )
        return
    place = (day, extension.id)
    earlier = {key: each for key, each in dossier.extensions.items() if (each.extended_on, key) < place}
    before = dossier.changed({"extensions": earlier})
    due, steps = due_on(finding, before, body, day), progress(finding, before, body, day)
    if due is None:
        yield (
            f"{finding.number} has no day yet by which it is answered; the closing meeting gives it.",
            "hold the closing meeting first",
        )
    elif extension.until <= due:
        yield (
            f"{finding.number} is to be answered by {due}; {extension.until} gives no more time.",
            f"name a day after {due}",
        )
    elif steps.accepted:
        yield (f"The answer to {finding.number} is accepted; nothing is awaited.", steps.next_step)
    elif day > due:
        yield (f"{finding.number} was to be answered by {due}, before this extension.", "say why it comes late", "W")
    limited = limit(finding, dossier, day)
    if limited and extension.until > limited[0]:
        yield (
            f"{finding.number}: {extension.until} lies past {limited[0]}, the last day possible: {limited[1]}.",
            f"name a day not after {limited[0]}",
        )


@rule(
    19,
    "B",
    "ISO/IEC 17021-1:2015, 7.1.2, 9.4.9",
    of="extensions",
    reads="findings audits assignments meetings results evidence conclusions stage1_conclusions verifications",
)
def who_extends_was_not_on_the_audit(extension: Extension, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """More time is approved by a competent person of the body who took no part in the audit (9.4.9)."""
    finding = dossier.findings.get(extension.finding)
    audit = dossier.audits.get(finding.audit) if finding else None
    if finding is None or audit is None:
        return
    name, day = body.name(extension.by), extension.extended_on
    functions = (Function.APPLICATION_REVIEW, Function.REVIEW, Function.DECISION)
    if not any(body.competent(extension.by, audit.standard, each, day) for each in functions):
        yield (
            f"{name} holds no competence for application review, review or decision under {audit.standard} on {day}.",
            "have it approved by a competent person",
        )
    if part := took_part(audit, dossier, day).get(extension.by):
        yield (f"{name} {part}.", "have it approved by somebody who was not on the audit")

"""The rules on regrading: what is regraded to what, by whom, and that the client knows before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.decision import ADVERSE, CertificationDecision
from certbody.domain.findings import Grade
from certbody.domain.impartiality import took_part
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function
from certbody.domain.regrading import REGRADED_TO, Regrading, RegradingNotice, grade_before, regradings_of, told
from certbody.domain.report import report_of

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@rule(17, "B", "ISO/IEC 17021-1:2015, 9.4.5, 9.4.8.1", of="regradings", reads="findings audits reports")
def a_regrading_moves_a_reported_nonconformity(
    regrading: Regrading, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """What is regraded is a nonconformity that a report shows, to another grade, or to none after all (9.4.5)."""
    finding = dossier.findings.get(regrading.finding)
    if finding is None:
        yield (f"There is no finding {regrading.finding}.", "name a nonconformity of this client: certbody nc list")
        return
    if not finding.nonconformity:
        yield (
            f"{finding.number} was recorded as '{finding.grade}'; only a nonconformity is regraded.",
            "raise it with requirement and evidence at a further audit",
        )
        return
    if regrading.grade not in REGRADED_TO:
        yield (
            f"{finding.number} cannot become '{regrading.grade}'.",
            f"regrade it to {', '.join(REGRADED_TO[:-1])} or {REGRADED_TO[-1]}",
        )
    elif regrading.grade is grade_before(regrading, dossier):
        yield (
            f"{finding.number} is graded '{regrading.grade}' on {regrading.regraded_on} already.",
            f"certbody nc show {finding.number}",
        )
    if regrading.regraded_on < finding.recorded_on:
        yield (
            f"{finding.number} was recorded on {finding.recorded_on}; it cannot have been regraded on "
            f"{regrading.regraded_on}.",
            "give the day on which it was regraded with --on",
        )
    elif report_of(finding.audit, dossier, regrading.regraded_on) is None:
        yield (
            f"No report showed {finding.number} by {regrading.regraded_on}; until then its author amends the grade.",
            f"certbody audit amend {finding.number}",
        )


@rule(
    17,
    "B",
    "ISO/IEC 17021-1:2015, 7.1.2, 9.4.10, 9.5.2",
    of="regradings",
    reads="findings audits assignments meetings results evidence conclusions stage1_conclusions verifications",
)
def who_regrades_may_judge(regrading: Regrading, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Who regrades is competent for review or decision; a team does not lower its own finding after the report."""
    finding = dossier.findings.get(regrading.finding)
    audit = dossier.audits.get(finding.audit) if finding else None
    if finding is None or audit is None:
        return
    name, day = body.name(regrading.by), regrading.regraded_on
    if not any(body.competent(regrading.by, audit.standard, each, day) for each in _JUDGING):
        yield (
            f"{name} holds no competence for review or decision under {audit.standard} on {day}.",
            "have it regraded by a competent person",
        )
    before, order = grade_before(regrading, dossier), list(Grade)
    part = took_part(audit, dossier, day).get(regrading.by)
    if before and part and order.index(regrading.grade) > order.index(before):
        yield (
            f"{name} {part}, and would lower a grade of it from '{before}' to '{regrading.grade}' after the report.",
            "have it lowered by somebody who was not on the audit",
        )


_JUDGING = (Function.REVIEW, Function.DECISION)


@rule(17, "B", "ISO/IEC 17021-1:2015, 9.4.7, 9.4.10", of="regrading_notices", reads="regradings")
def a_notice_follows_its_regrading(notice: RegradingNotice, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """The client is told of a regrading that is on record, on its day or later (9.4.10)."""
    regrading = dossier.regradings.get(notice.regrading)
    if regrading is None:
        yield (f"There is no regrading {notice.regrading}.", "certbody nc regrade NUMBER")
    elif notice.told_on < regrading.regraded_on:
        yield (
            f"It was regraded on {regrading.regraded_on}; the client cannot have been told on {notice.told_on}.",
            "give the day on which the client was told",
        )


@rule(
    19,
    "B",
    "ISO/IEC 17021-1:2015, 9.4.10, 9.5.2",
    of="decisions",
    reads="regradings regrading_notices findings audits reviews",
)
def a_regrading_is_told_before_the_decision(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Nothing is decided on a grade that the client was not told, or, without a reason, that no review saw (9.5.2).

    To suspend, reduce or withdraw may be urgent and waits for no letter.
    """
    if decision.kind in ADVERSE:
        return
    day = decision.decided_on
    reviewed = [
        each.reviewed_on
        for each in dossier.reviews.values()
        if each.application == decision.application and each.reviewed_on <= day
    ]
    for finding in dossier.findings.values():
        audit = dossier.audits.get(finding.audit)
        if audit is None or audit.application != decision.application:
            continue
        for last in regradings_of(finding.id, dossier, day)[-1:]:
            if told(last, dossier, day) is None:
                yield (
                    f"The client was not told by {day} that {finding.number} was regraded to '{last.grade}' on "
                    f"{last.regraded_on}.",
                    f"certbody nc told {finding.number}",
                )
            if reviewed and last.regraded_on > max(reviewed):
                yield (
                    f"{finding.number} was regraded to '{last.grade}' on {last.regraded_on}, after the review of "
                    f"{max(reviewed)}.",
                    "review it anew, or give the reason",
                    "W",
                )

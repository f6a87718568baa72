"""The rules on decisions after the first: what a suspension, reduction, expansion or restoration has to rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.audit import MeetingKind, meeting_of
from certbody.domain.certificate import Status
from certbody.domain.change import Action, Change, asked_for, review_of
from certbody.domain.decision import (
    ADVERSE,
    Annulment,
    CertificationDecision,
    Ground,
    Kind,
    nonconformities,
    rests_on,
)
from certbody.domain.decision_rules import standing_before
from certbody.domain.findings import Grade
from certbody.domain.impartiality import took_part
from certbody.domain.nonconformity import progress
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function
from certbody.domain.periods import add_months
from certbody.domain.report import report_of
from certbody.domain.surveillance import overdue

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

LONGEST_SUSPENSION = 6
"""Months after which somebody says why a suspension still lasts (9.6.5.4 calls it usual, not a limit)."""


@rule(
    25,
    "B",
    "ISO/IEC 17021-1:2015, 9.5.1.1, 9.6.5",
    of="decisions",
    reads="findings regradings verifications meetings audits change_notices certificates",
)
def an_adverse_decision_has_its_ground(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A suspension, reduction or withdrawal names its ground, and the facts of that ground are on record (9.6.5)."""
    if decision.kind not in ADVERSE:
        if decision.ground is not None:
            yield (f"A decision to {decision.kind} has no ground.", "leave the ground out")
        return
    number, day = decision.certificate, decision.decided_on
    ground = decision.ground
    if ground is None:
        yield (f"The decision to {decision.kind} {number} names no ground.", "give --ground")
    elif ground is Ground.AUDIT and not overdue(number, dossier, day):
        yield (
            f"No surveillance of {number} is overdue on {day}.",
            "say how the client made the audit impossible before its last day",
            "W",
        )
    elif ground is Ground.FAILURE and not _failing(decision, dossier, body):
        yield (
            f"No nonconformity of {number} is open on {day}.",
            "say what shows the failure, or raise the nonconformity at an audit",
            "W",
        )
    elif ground is Ground.REQUEST and not asked_for(decision.application, _ASKS[decision.kind], dossier, day):
        yield (
            f"No request of the client to {decision.kind} {number} is on record on {day}.",
            f"certbody change receive {number}",
        )
    elif ground is Ground.UNRESOLVED and standing_before(decision, dossier).status is not Status.SUSPENDED:
        yield (f"{number} is not suspended on {decision.begins_on}.", "name the ground that the decision rests on")


_ASKS = {
    Kind.SUSPEND: frozenset({Change.PAUSE}),
    Kind.REDUCE: frozenset({Change.NARROWER}),
    Kind.WITHDRAW: frozenset({Change.END}),
}
"""What a client has to have asked for, where a decision rests on its request."""


def _failing(decision: CertificationDecision, dossier: Dossier, body: Body) -> list[str]:
    """Numbers of the nonconformities that are not dealt with on the day of a decision."""
    day = decision.decided_on
    found = []
    for finding in nonconformities(decision.application, dossier, day):
        steps = progress(finding, dossier, body, day)
        dealt = steps.implemented if finding.grade is Grade.MAJOR else steps.accepted
        if not dealt:
            found.append(finding.number)
    return found


@rule(24, "B", "ISO/IEC 17021-1:2015, 9.6.5", of="decisions", reads="certificates")
def a_suspension_has_an_end(decision: CertificationDecision, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A suspension says until when its cause is to be removed, usually within six months; then somebody decides."""
    if decision.kind is not Kind.SUSPEND:
        if decision.until is not None:
            yield (f"A decision to {decision.kind} has no last day of its own.", "leave --until out")
        before = standing_before(decision, dossier) if decision.kind in (Kind.RESTORE, Kind.REDUCE) else None
        if before and before.status is Status.SUSPENDED and before.since:
            limit = add_months(before.since, LONGEST_SUSPENSION)
            if decision.begins_on > (last := min(before.suspended_until or limit, limit)):
                yield (
                    f"{decision.certificate} has been suspended since {before.since}; its cause was to be removed by "
                    f"{last}.",
                    "say why it is not withdrawn",
                    "W",
                )
        return
    if decision.until is None:
        yield ("The suspension has no last day by which its cause is to be removed.", "give --until")
    elif decision.until < decision.begins_on:
        yield (
            f"The suspension would end on {decision.until}, before it begins on {decision.begins_on}.",
            "give a day after it begins",
        )
    elif decision.until > (limit := add_months(decision.begins_on, LONGEST_SUSPENSION)):
        yield (
            f"The suspension would last until {decision.until}, more than {LONGEST_SUSPENSION} months ({limit}).",
            "say why so long",
            "W",
        )


@rule(
    23,
    "B",
    "ISO/IEC 17021-1:2015, 9.1.3.3, 9.6.5",
    of="decisions",
    reads="certificates meetings audits reports",
)
def the_overdue_surveillance_comes_before_the_restoration(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Nothing is restored, renewed or expanded while a surveillance is overdue: it takes place first (9.6.5)."""
    if decision.kind not in (Kind.RESTORE, Kind.RENEW, Kind.EXPAND):
        return
    for due in overdue(decision.certificate, dossier, decision.decided_on):
        yield (
            f"The surveillance due by {due.not_after} has not taken place on {decision.decided_on}.",
            "certbody audit new --kind surveillance",
        )


@rule(
    19,
    "B",
    "ISO/IEC 17021-1:2015, 9.6.4.1",
    of="decisions",
    reads="change_notices change_reviews meetings audits reports sites certificates",
)
def an_expansion_was_asked_for_and_looked_at(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A scope is widened after the client asked, the body reviewed it, and the audit called for was held (9.6.4.1)."""
    if decision.kind is not Kind.EXPAND:
        return
    number, day = decision.certificate, decision.decided_on
    notice = dossier.change_notices.get(decision.change)
    if notice is None or notice.kind is not Change.WIDER or notice.application != decision.application:
        yield (
            f"No request of the client to widen {number} stands behind the decision.",
            f"certbody change receive {number}, and name it with --change",
        )
        return
    for other in dossier.decisions.values():
        if other.change == notice.id and other.id < decision.id:
            yield (
                f"{notice.number} was answered by {other.number}; it bears no other decision.",
                "receive a new request",
            )
    unasked = set(decision.sites) - set(standing_before(decision, dossier).sites) - set(notice.sites)
    if unasked:
        yield (f"{notice.number} does not ask for {', '.join(sorted(unasked))}.", "receive the request with --site")
    review = review_of(notice, dossier, day)
    if review is None or review.action not in (Action.AUDIT, Action.DECISION):
        yield (
            f"{notice.number} has not been reviewed with a decision to follow by {day}.",
            f"certbody change review {notice.number}",
        )
    elif review.action is Action.AUDIT and not _audited_since(decision, review.reviewed_on, dossier):
        yield (
            f"The review of {notice.number} asked for an audit; none has been held and reported since "
            f"{review.reviewed_on}.",
            "certbody audit new --kind special",
        )


def _audited_since(decision: CertificationDecision, since: date, dossier: Dossier) -> bool:
    for audit in dossier.audits.values():
        opened = meeting_of(audit.id, MeetingKind.OPENING, dossier)
        held = audit.application == decision.application and opened is not None and opened.held_on >= since
        if held and report_of(audit.id, dossier, decision.decided_on):
            return True
    return False


@rule(19, "B", "ISO/IEC 17021-1:2015, 9.6.4.1, 9.6.5", of="decisions", reads="certificates sites")
def scope_and_sites_follow_the_decision(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """An expansion adds and a reduction takes away: each says what is certified from then on (9.6.4.1, 9.6.5)."""
    if decision.kind not in (Kind.EXPAND, Kind.REDUCE):
        if decision.sites and decision.kind not in (Kind.GRANT, Kind.RENEW):
            yield (f"A decision to {decision.kind} does not change the sites.", "expand or reduce")
        return
    if not decision.scope.strip() and not decision.sites:
        yield (
            f"The decision to {decision.kind} says neither scope nor sites.",
            "give --scope, or --site for each site",
        )
        return
    before, named = set(standing_before(decision, dossier).sites), set(decision.sites)
    for site in decision.sites:
        if site not in dossier.sites:
            yield (f"There is no site {site} of this client.", "put the site on record first")
    if named and decision.kind is Kind.EXPAND and (lost := before - named):
        yield (f"The expansion would drop {', '.join(sorted(lost))}.", "name every site that is certified from then on")
    if named and decision.kind is Kind.REDUCE and (more := named - before):
        yield (f"The reduction would add {', '.join(sorted(more))}.", "name the sites that are left")


@rule(
    19, "W", "ISO/IEC 17021-1:2015, 9.6.1, 9.6.2", of="decisions", reads="findings regradings responses verifications"
)
def maintaining_over_an_open_major(
    decision: CertificationDecision, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """To maintain certification while a major is not found implemented draws a warning (9.6.1)."""
    if decision.kind is not Kind.MAINTAIN:
        return
    for finding in nonconformities(decision.application, dossier, decision.decided_on):
        steps = progress(finding, dossier, body, decision.decided_on)
        if finding.grade is Grade.MAJOR and not steps.implemented:
            yield (
                f"Major nonconformity {finding.number}: implementation is not verified.",
                "say by when it is verified and why certification goes on, or suspend",
            )


@rule(46, "B", "ISO/IEC 17021-1:2015, 9.6.5, 9.9", of="annulments", reads="decisions")
def a_clerical_error_is_annulled_by_another(
    annulment: Annulment, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """An adverse decision taken in clerical error is annulled once, by a competent second person, with the reason."""
    decision = dossier.decisions.get(annulment.decision)
    if decision is None or decision.kind not in ADVERSE:
        yield (
            f"{decision.number if decision else annulment.decision} is no suspension, reduction or withdrawal.",
            "only these are annulled; others are followed by a new decision",
        )
        return
    if annulment.annulled_on < decision.decided_on:
        yield (
            f"{decision.number} was decided on {decision.decided_on}; it cannot be annulled on "
            f"{annulment.annulled_on}.",
            "give the day on which it was annulled",
        )
    if annulment.by in decision.deciders:
        yield (
            f"{body.name(annulment.by)} took {decision.number}.",
            "have it annulled by a second person, competent to decide",
        )
    for audit in rests_on(decision, dossier):
        if said := took_part(audit, dossier, annulment.annulled_on).get(annulment.by):
            yield (f"{body.name(annulment.by)} {said}.", "have it annulled by somebody who was on no audit of it", "A")
    application = dossier.applications.get(decision.application)
    if application and not body.competent(annulment.by, application.standard, Function.DECISION, annulment.annulled_on):
        yield (
            f"{body.name(annulment.by)} holds no competence for decision under {application.standard} on "
            f"{annulment.annulled_on}.",
            "name a competent person",
        )
    if any(each.decision == annulment.decision and each.id < annulment.id for each in dossier.annulments.values()):
        yield (f"{decision.number} is annulled already.", "nothing is left to annul")

"""Who may not audit, review or decide (rules 1, 2, 5, 6), and who may although it looks as if not (41, 42)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.audit import Assignment, MeetingKind, Role
from certbody.domain.body import Policies
from certbody.domain.decision import Kind
from certbody.domain.document import Settlement
from certbody.domain.dossier import Dossier
from certbody.domain.impartiality import (
    NOBODY_WITH_AN_INTEREST,
    deciders_are_competent_and_bound,
    no_audit_opens_with_a_known_interest,
    two_years_after_related_consultancy,
    who_audited_does_not_decide,
    who_audited_does_not_review,
)
from certbody.domain.nonconformity import Means
from certbody.domain.objection import Rule
from certbody.domain.people import InterestKind
from certbody.domain.standard import AuditType
from tests.given import (
    ADA,
    BRUNO,
    CARLA,
    DUNJA,
    EMIL,
    FANNY,
    GIL,
    ON,
    STAGE_1,
    STAGE_2,
    body,
    changed,
    dossier,
    passes,
    refused,
    the,
    tie,
    without,
)


def joined(person: str, role: Role, audit: str = STAGE_2) -> Dossier:
    """The dossier with a further person on an audit."""
    place = Assignment(id="as-more", audit=audit, person=person, role=role, assigned_on=date(2026, 2, 10))
    return dossier().having({"assignments": [place]})


@pytest.mark.rule(1)
class TestWhoAuditedDoesNotDecide:
    """ISO/IEC 17021-1:2015, 9.5.1.1."""

    covers = (who_audited_does_not_decide,)

    def test_the_leader_of_both_stages_is_refused(self) -> None:
        refused(
            who_audited_does_not_decide,
            the("decisions", by=ADA),
            "Ada Kaya audited this client on 2026-03-10 as leader",
            level="A",
        )

    @pytest.mark.parametrize("person", [BRUNO, EMIL], ids=["auditor", "technical expert"])
    def test_whoever_carried_out_stage_2_is_refused(self, person: str) -> None:
        refused(who_audited_does_not_decide, the("decisions", by=person), "on 2026-04-14", level="A")

    def test_a_trainee_is_refused(self) -> None:
        refused(
            who_audited_does_not_decide,
            the("decisions", by=FANNY),
            "Fanny Roth audited this client on 2026-04-14 as trainee",
            level="A",
            found=joined(FANNY, Role.TRAINEE),
        )

    @pytest.mark.parametrize("role", [Role.INTERPRETER, Role.OBSERVER, Role.GUIDE])
    def test_an_interpreter_is_no_auditor_and_may_decide(self, role: Role) -> None:
        passes(who_audited_does_not_decide, the("decisions", by=FANNY), found=joined(FANNY, role))

    def test_an_interpreter_who_recorded_a_finding_is_refused(self) -> None:
        found = changed(joined(FANNY, Role.INTERPRETER), "findings", "finding-AK-2", by=FANNY)
        refused(
            who_audited_does_not_decide,
            the("decisions", by=FANNY),
            "Fanny Roth recorded findings at audit 2026-014",
            level="A",
            found=found,
        )

    def test_who_led_a_meeting_is_refused_whoever_was_assigned(self) -> None:
        found = changed(dossier(), "meetings", "m-3", led_by=FANNY)
        said = "Fanny Roth led the opening meeting of audit 2026-014"
        refused(who_audited_does_not_decide, the("decisions", by=FANNY), said, level="A", found=found)

    def test_who_concluded_stage_1_is_refused(self) -> None:
        found = changed(dossier(), "stage1_conclusions", by=FANNY)
        said = "Fanny Roth concluded audit 2026-007"
        refused(who_audited_does_not_decide, the("decisions", by=FANNY), said, level="A", found=found)

    def test_who_decided_nothing_but_made_the_follow_up_visit_is_refused(self) -> None:
        found = changed(dossier(), "verifications", by=DUNJA, means=Means.ON_SITE)
        said = "Dunja Petrov verified 2026-014/AK-1 on site on 2026-06-09"
        refused(who_audited_does_not_decide, the("decisions", by=DUNJA), said, level="A", found=found)

    def test_who_verified_by_documents_alone_may_decide(self) -> None:
        found = changed(dossier(), "verifications", by=DUNJA, means=Means.DOCUMENT)
        passes(who_audited_does_not_decide, the("decisions", by=DUNJA), found=found)

    def test_a_visit_on_the_day_of_the_decision_bears_it(self) -> None:
        found = changed(dossier(), "verifications", by=CARLA, means=Means.ON_SITE, verified_on=date(2026, 6, 24))
        said = "Carla Monti verified 2026-014/AK-1 on site on 2026-06-24"
        refused(who_audited_does_not_decide, the("decisions", by=CARLA), said, level="A", found=found)

    def test_a_visit_after_the_decision_did_not_bear_it(self) -> None:
        later = the(
            "verifications", id="verification-2", by=CARLA, finding="finding-AK-2", verified_on=date(2026, 6, 29)
        )
        passes(who_audited_does_not_decide, the("decisions"), found=dossier().having({"verifications": [later]}))

    def test_of_a_committee_of_three_the_one_who_audited_is_named(self) -> None:
        committee = the("decisions", by=DUNJA, members=(DUNJA, BRUNO, GIL))
        found = refused(
            who_audited_does_not_decide, committee, "Bruno Feld audited this client on 2026-04-14 as auditor", level="A"
        )
        assert "Dunja" not in found.text
        assert "Gil" not in found.text

    def test_the_committee_decides_where_she_who_is_barred_abstains(self) -> None:
        passes(who_audited_does_not_decide, the("decisions", by=DUNJA, members=(DUNJA, GIL)))

    @pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.RENEW])
    def test_it_holds_for_whatever_is_decided(self, kind: Kind) -> None:
        decision = the("decisions", by=ADA, kind=kind, certificate="FC-2026-0001")
        refused(who_audited_does_not_decide, decision, "Ada Kaya", level="A")

    def test_who_audits_one_client_decides_on_another(self) -> None:
        other = attrs.evolve(without(dossier(), assignments="*", verifications="*"), journal="C-0002")
        others = [attrs.evolve(each, by=GIL) for table in _BY_AUDITORS for each in getattr(other, table).values()]
        tables: dict[str, list[Any]] = {}
        for each in others:
            tables.setdefault(_TABLE[type(each)], []).append(each)
        led = [attrs.evolve(each, led_by=GIL) for each in other.meetings.values()]
        passes(
            who_audited_does_not_decide,
            the("decisions", by=ADA, kind=Kind.REFUSE),
            found=other.having(tables | {"meetings": led}),
        )

    def test_an_audit_that_was_put_off_on_paper_counts_from_its_opening(self) -> None:
        late = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 2)}
        found = changed(dossier(), "audits", STAGE_2, **late)
        refused(
            who_audited_does_not_decide, the("decisions", by=BRUNO, kind=Kind.REFUSE), "Bruno", level="A", found=found
        )

    def test_on_the_first_day_of_an_audit_it_has_begun(self) -> None:
        day = {"decided_on": date(2026, 4, 14), "effective_on": None, "kind": Kind.REFUSE}
        for found in (without(dossier(), meetings="*"), changed(dossier(), "audits", STAGE_2, starts_on=ON)):
            refused(who_audited_does_not_decide, the("decisions", by=BRUNO, **day), "Bruno", level="A", found=found)

    def test_an_audit_that_is_still_to_come_bars_nobody(self) -> None:
        plan = the(
            "audits",
            STAGE_2,
            id="audit-3",
            number="2026-030",
            kind=AuditType.SURVEILLANCE,
            stage=0,
            starts_on=date(2027, 5, 3),
            ends_on=date(2027, 5, 4),
        )
        place = Assignment(
            id="as-3", audit="audit-3", person=DUNJA, role=Role.LEADER, assigned_on=date(2026, 6, 1), days=plan.days
        )
        found = dossier().having({"audits": [plan], "assignments": [place]})
        passes(who_audited_does_not_decide, the("decisions", by=DUNJA), found=found)

    def test_a_renewal_rests_on_its_own_audit_and_not_on_earlier_surveillance(self) -> None:
        renewal, found = _renewal()
        passes(who_audited_does_not_decide, attrs.evolve(renewal, by=BRUNO), found=found, on=_LATER, alone=True)
        refused(
            who_audited_does_not_decide,
            attrs.evolve(renewal, by=GIL),
            "Gil Amsel audited this client on 2029-03-05 as leader",
            level="A",
            found=found,
            on=_LATER,
        )

    def test_a_recertification_audit_that_was_never_opened_frees_nobody(self) -> None:
        renewal, found = _renewal(opened=False)
        said = "Bruno Feld audited this client on 2026-04-14"
        own = attrs.evolve(renewal, by=BRUNO)
        refused(who_audited_does_not_decide, own, said, level="A", found=found, on=_LATER)


_LATER = date(2029, 4, 30)
_OPENING = next(
    each for each in dossier().meetings.values() if (each.audit, each.kind) == (STAGE_2, MeetingKind.OPENING)
)
_TABLE = {type(next(iter(getattr(dossier(), name).values()))): name for name in ("results", "findings", "evidence")}
_TABLE |= {type(next(iter(getattr(dossier(), n).values()))): n for n in ("conclusions", "stage1_conclusions")}
_BY_AUDITORS = tuple(_TABLE.values())


def _renewal(*, opened: bool = True) -> tuple[Any, Dossier]:
    """A renewal in 2029 after a recertification audit that Gil led alone, or that is only planned."""
    audit = the(
        "audits",
        STAGE_2,
        id="audit-9",
        number="2029-004",
        kind=AuditType.RECERTIFICATION,
        stage=0,
        starts_on=date(2029, 3, 5),
        ends_on=date(2029, 3, 6),
    )
    place = Assignment(id="as-9", audit="audit-9", person=GIL, role=Role.LEADER, assigned_on=date(2029, 2, 1))
    opening = attrs.evolve(_OPENING, id="opening-9", audit="audit-9", held_on=audit.starts_on, led_by=GIL)
    put: dict[str, list[Any]] = {"audits": [audit], "assignments": [place], "meetings": [opening] if opened else []}
    found = dossier().having(put)
    decision = the(
        "decisions",
        id="decision-9",
        number="D-2029-001",
        kind=Kind.RENEW,
        certificate="FC-2026-0001",
        decided_on=_LATER,
        effective_on=_LATER,
    )
    return decision, found


@pytest.mark.rule(1)
class TestWhoAuditedDoesNotReview:
    """ISO/IEC 17021-1:2015, 9.5.2, 7.2.8."""

    covers = (who_audited_does_not_review,)

    def test_the_auditor_is_refused(self) -> None:
        said = "Ada Kaya audited this client on 2026-03-10 as leader"
        refused(who_audited_does_not_review, the("reviews", by=ADA), said, level="A")

    def test_who_was_on_no_audit_of_it_may(self) -> None:
        passes(who_audited_does_not_review, the("reviews", by=CARLA))


@pytest.mark.rule(41)
class TestTheSamePeopleInBothStages:
    """ISO/IEC 17021-1:2015, 9.3.1: who was on stage 1 may be on stage 2; who was on either does not decide."""

    covers = (who_audited_does_not_decide,)

    def test_the_leader_of_stage_1_leads_stage_2(self) -> None:
        places = [each for each in dossier().assignments.values() if each.person == ADA]
        assert {each.audit for each in places} == {STAGE_1, STAGE_2}
        for rule in NOBODY_WITH_AN_INTEREST:
            if rule.of == "assignments":
                passes(rule, places[1])

    def test_deciding_after_both_is_refused(self) -> None:
        refused(who_audited_does_not_decide, the("decisions", by=ADA), "Ada Kaya", level="A")


@pytest.mark.rule(42)
class TestTheReviewerMayDecide:
    """ISO/IEC 17021-1:2015, 9.5: one person reviews and decides, where that person was on no audit."""

    covers = (who_audited_does_not_decide, who_audited_does_not_review)

    def test_she_who_reviewed_decides(self) -> None:
        passes(who_audited_does_not_decide, the("decisions", by=DUNJA))
        assert the("reviews").by == DUNJA

    def test_an_auditor_who_reviewed_is_refused(self) -> None:
        refused(who_audited_does_not_review, the("reviews", by=BRUNO), "Bruno Feld", level="A")


@pytest.mark.rule(2)
class TestWhoDecidesIsCompetentAndBound:
    """ISO/IEC 17021-1:2015, 7.2.8, 9.5.1.2."""

    covers = (deciders_are_competent_and_bound,)

    def test_without_competence_it_is_refused(self) -> None:
        said = "Carla Monti holds no competence for decision under iso10002 on 2026-06-24"
        weaker = without(body(), competences="P-03-DECISION")
        refused(deciders_are_competent_and_bound, the("decisions", by=CARLA), said, by=weaker)

    def test_competence_that_ended_the_day_before_is_refused_and_on_its_last_day_passes(self) -> None:
        for last, rule in ((date(2026, 6, 23), refused), (date(2026, 6, 24), passes)):
            judges = changed(body(), "competences", "P-03-DECISION", valid_until=last)
            rule(deciders_are_competent_and_bound, the("decisions", by=CARLA), by=judges)

    @pytest.mark.parametrize(("left", "free"), [(date(2026, 6, 23), False), (date(2026, 6, 24), True)])
    def test_who_has_left_is_refused_and_on_the_last_day_decides(self, left: date, free: bool) -> None:
        decision = the("decisions", decided_on=date(2026, 6, 24))
        judges = changed(body(), "people", CARLA, left_on=left)
        if free:
            passes(deciders_are_competent_and_bound, decision, by=judges)
        else:
            refused(deciders_are_competent_and_bound, decision, "under no standing agreement", by=judges)

    def test_without_an_agreement_it_is_refused(self) -> None:
        judges = changed(body(), "engagements", "E-P-03", ends_on=date(2026, 5, 31))
        said = "Carla Monti is under no standing agreement with the body on 2026-06-24"
        refused(deciders_are_competent_and_bound, the("decisions", by=CARLA), said, by=judges)

    def test_a_member_without_competence_is_refused_too(self) -> None:
        weaker = without(body(), competences="P-07-DECISION")
        committee = the("decisions", by=DUNJA, members=(DUNJA, GIL, FANNY))
        refused(deciders_are_competent_and_bound, committee, "Gil Amsel holds no competence", by=weaker)

    def test_three_of_three_and_two_of_three_are_a_quorum_of_two(self) -> None:
        for members in ((DUNJA, FANNY, GIL), (DUNJA, GIL)):
            passes(deciders_are_competent_and_bound, the("decisions", by=DUNJA, members=members))

    def test_fewer_than_the_quorum_of_the_body_is_refused(self) -> None:
        judges = body().having({"policies": [Policies(committee_quorum=3)]})
        committee = the("decisions", by=DUNJA, members=(DUNJA, GIL))
        refused(
            deciders_are_competent_and_bound, committee, "2 of the committee took part; 3 are its quorum", by=judges
        )

    def test_a_committee_of_one_is_none(self) -> None:
        refused(deciders_are_competent_and_bound, the("decisions", by=DUNJA, members=(DUNJA,)), "its quorum")

    def test_an_application_that_is_not_there_is_refused(self) -> None:
        refused(deciders_are_competent_and_bound, the("decisions", application="none"), "There is no application none")


_OWN = {
    "application_reviews": ("by", "reviewed_on"),
    "assignments": ("person", "assigned_on"),
    "conclusions": ("by", "concluded_on"),
    "stage1_conclusions": ("by", "concluded_on"),
    "regradings": ("by", "regraded_on"),
    "extensions": ("by", "extended_on"),
    "response_reviews": ("by", "reviewed_on"),
    "verifications": ("by", "verified_on"),
    "effectiveness": ("by", "confirmed_on"),
    "reviews": ("by", "reviewed_on"),
    "decisions": ("by", "decided_on"),
    "annulments": ("by", "annulled_on"),
    "change_reviews": ("by", "reviewed_on"),
    "monitorings": ("by", "monitored_on"),
    "settlements": ("by", "settled_on"),
}
"""For each table whose acts an interest bars: who acts, and on which day."""


_SETTLED = Settlement(
    id="settlement-1",
    table="decisions",
    record="decision-1",
    rule=5,
    objection="A tie came to light.",
    settled_on=date(2026, 6, 27),
    by=DUNJA,
    how="Decided anew.",
)


@pytest.mark.rule(5)
@pytest.mark.parametrize("rule", NOBODY_WITH_AN_INTEREST, ids=lambda rule: rule.of)
class TestNobodyWithAnInterestTakesPart:
    """ISO/IEC 17021-1:2015, 5.2.6, 5.2.7, 5.2.10."""

    covers = NOBODY_WITH_AN_INTEREST

    def own(self, rule: Rule) -> tuple[Any, str, date]:
        record = _SETTLED if rule.of == "settlements" else the(rule.of)
        who, when = _OWN[rule.of]
        day = dossier().audits[record.audit].starts_on if rule.of == "assignments" else getattr(record, when)
        return record, getattr(record, who), day

    def test_consultancy_that_ended_within_24_months_is_refused(self, rule: Rule) -> None:
        record, person, day = self.own(rule)
        ended = day.replace(year=day.year - 1)
        judges = body().having({"interests": [tie(person, ended)]})
        name = body().name(person)
        refused(rule, record, name, f"ended on {ended}; 24 months are over on {ended.replace(year=day.year + 1)}",
                level="A", by=judges)  # fmt: skip

    def test_24_months_to_the_day_draw_a_warning_alone(self, rule: Rule) -> None:
        record, person, day = self.own(rule)
        judges = body().having({"interests": [tie(person, day.replace(year=day.year - 2))]})
        refused(rule, record, body().name(person), "more than 24 months before", level="W", by=judges)

    def test_a_day_less_is_refused(self, rule: Rule) -> None:
        record, person, day = self.own(rule)
        judges = body().having({"interests": [tie(person, day.replace(year=day.year - 2, day=day.day + 1))]})
        refused(rule, record, level="A", by=judges)

    @pytest.mark.parametrize("kind", list(InterestKind))
    def test_a_tie_that_lasts_is_refused_whatever_it_is(self, rule: Rule, kind: InterestKind) -> None:
        record, person, day = self.own(rule)
        judges = body().having({"interests": [tie(person, kind=kind)]})
        refused(rule, record, f"has an interest in this client ({kind}), not ended on {day}", level="A", by=judges)

    def test_a_tie_to_another_client_and_one_of_somebody_else_pass(self, rule: Rule) -> None:
        record, person, _ = self.own(rule)
        other = next(each for each in (GIL, FANNY) if each != person)
        judges = body().having({"interests": [tie(person, client="C-0099"), tie(other)]})
        passes(rule, record, by=judges)

    def test_a_tie_that_began_later_passes(self, rule: Rule) -> None:
        record, person, day = self.own(rule)
        judges = body().having({"interests": [tie(person, began_on=date.fromordinal(day.toordinal() + 1))]})
        passes(rule, record, by=judges)

    def test_a_tie_that_began_or_ended_on_the_day_is_refused(self, rule: Rule) -> None:
        record, person, day = self.own(rule)
        for one in (tie(person, began_on=day), tie(person, day)):
            judges = body().having({"interests": [one]})
            refused(rule, record, f"not ended on {day}", level="A", by=judges)


@pytest.mark.rule(5)
class TestNoAuditOpensWithAKnownInterest:
    """ISO/IEC 17021-1:2015, 5.2.6, 5.2.10: a tie came to light, or the days moved, after somebody was assigned."""

    covers = (no_audit_opens_with_a_known_interest,)

    def known(self, on: date, ended: date | None = date(2025, 6, 30)) -> Any:
        return body().having({"interests": [tie(BRUNO, ended, disclosed_on=on)]})

    def test_a_tie_that_is_known_by_the_opening_is_refused(self) -> None:
        said = "Bruno Feld's consultancy for this client ended on 2025-06-30"
        judges = self.known(_OPENING.held_on)
        refused(no_audit_opens_with_a_known_interest, _OPENING, said, level="A", by=judges)

    def test_one_that_comes_to_light_later_stands_against_the_assignment_alone(self) -> None:
        judges = self.known(date.fromordinal(_OPENING.held_on.toordinal() + 1))
        passes(no_audit_opens_with_a_known_interest, _OPENING, by=judges)

    def test_a_tie_more_than_24_months_old_passes(self) -> None:
        passes(no_audit_opens_with_a_known_interest, _OPENING, by=self.known(_OPENING.held_on, date(2022, 1, 31)))

    def test_the_closing_meeting_is_held_whatever_is_known(self) -> None:
        closing = next(each for each in dossier().meetings.values() if each.kind is MeetingKind.CLOSING)
        passes(no_audit_opens_with_a_known_interest, closing, by=self.known(_OPENING.held_on))


@pytest.mark.rule(5)
class TestATieThatWasDisclosedByName:
    """ISO/IEC 17021-1:2015, 5.2.13: a tie is disclosed before there is a client of that name."""

    covers = tuple(rule for rule in NOBODY_WITH_AN_INTEREST if rule.of == "decisions")

    @pytest.mark.parametrize("name", ["Nordwind Telecom Ltd", "nordwind telecom ltd "])
    def test_it_is_refused_by_the_clients_name(self, name: str) -> None:
        judges = body().having({"interests": [tie(DUNJA, client="", organisation=name.strip())]})
        refused(self.covers[0], the("decisions", by=DUNJA), "Dunja Petrov", level="A", by=judges)

    def test_another_name_passes(self) -> None:
        judges = body().having({"interests": [tie(DUNJA, client="", organisation="Südwind Telecom Ltd")]})
        passes(self.covers[0], the("decisions", by=DUNJA), by=judges)

    def test_of_a_committee_the_member_with_the_tie_is_named(self) -> None:
        judges = body().having({"interests": [tie(GIL, date(2025, 12, 31))]})
        committee = the("decisions", by=DUNJA, members=(DUNJA, FANNY, GIL))
        refused(self.covers[0], committee, "Gil Amsel's consultancy", level="A", by=judges)


@pytest.mark.rule(6)
class TestAClientOfARelatedConsultancyWaits:
    """ISO/IEC 17021-1:2015, 5.2.7."""

    covers = (two_years_after_related_consultancy,)
    consultant = "Klarweg Advisers (invented)"

    def related(self, **change: Any) -> Dossier:
        found = changed(dossier(), "application_reviews", related_consultants=(self.consultant,))
        consultancy = attrs.evolve(the("applications").consultancies[0], **change)
        return changed(found, "applications", consultancies=(consultancy,))

    def test_within_24_months_it_is_not_certified(self) -> None:
        found = self.related(ended_on=date(2024, 12, 31))
        refused(
            two_years_after_related_consultancy,
            the("decisions"),
            "Klarweg Advisers (invented), related to the body",
            "24 months are over on 2026-12-31",
            level="A",
            found=found,
        )

    def test_the_edge_is_the_day_24_months_later(self) -> None:
        passes(two_years_after_related_consultancy, the("decisions"), found=self.related(ended_on=date(2024, 6, 24)))
        late = self.related(ended_on=date(2024, 6, 25))
        refused(two_years_after_related_consultancy, the("decisions"), "2026-06-25", level="A", found=late)

    def test_from_29_february_24_months_are_over_on_28_february(self) -> None:
        found = self.related(ended_on=date(2024, 2, 29))
        day = {"decided_on": date(2026, 2, 28), "effective_on": date(2026, 2, 28)}
        passes(two_years_after_related_consultancy, the("decisions", **day), found=found, alone=True)

    def test_consultancy_that_has_not_ended_is_refused(self) -> None:
        found = self.related(ended_on=None)
        refused(two_years_after_related_consultancy, the("decisions"), "it has not ended", level="A", found=found)

    def test_a_related_body_of_the_profile_counts_however_it_is_spelled(self) -> None:
        profile = attrs.evolve(the("profiles"), related_bodies=("KLARWEG advisers (invented)",))
        found = changed(dossier(), "applications", consultancies=(
            attrs.evolve(the("applications").consultancies[0], ended_on=date(2025, 1, 1)),))  # fmt: skip
        judges = body().having({"profiles": [profile]})
        refused(two_years_after_related_consultancy, the("decisions"), level="A", found=found, by=judges)

    def test_a_consultant_who_is_not_related_bars_nothing(self) -> None:
        passes(two_years_after_related_consultancy, the("decisions"))

    def test_the_application_may_be_received_and_may_be_refused(self) -> None:
        found = self.related(ended_on=date(2026, 1, 1))
        passes(two_years_after_related_consultancy, the("decisions", kind=Kind.REFUSE), found=found)

"""A nonconformity gets another grade after its report: what, by whom, told to the client, and what follows (17, 19)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certbody.domain.act import Act, Door, Entered
from certbody.domain.decision import Kind, nonconformities
from certbody.domain.decision_rules import nothing_is_granted_over_open_nonconformities
from certbody.domain.dossier import Dossier
from certbody.domain.findings import Grade, findings_of, findings_recorded, graded
from certbody.domain.nonconformity import progress
from certbody.domain.nonconformity_rules import a_response_is_complete, verification_follows_acceptance
from certbody.domain.regrading import REGRADED_TO, Regrading, RegradingNotice, told
from certbody.domain.regrading_rules import (
    a_notice_follows_its_regrading,
    a_regrading_is_told_before_the_decision,
    a_regrading_moves_a_reported_nonconformity,
    who_regrades_may_judge,
)
from certbody.domain.report import Recommendation, the_conclusion_follows_the_findings
from certbody.domain.rules import judge, standing_objections
from certbody.domain.text import BadText
from tests.given import ADA, CARLA, DUNJA, EMIL, FANNY, ON, STAGE_2, body, dossier, passes, refused, the, without
from tests.reconsidered import REGRADED, TOLD, reconsidered

MAJOR, MINOR, OPPORTUNITY, STRENGTH = (f"finding-AK-{number}" for number in range(1, 5))
DECIDED = date(2026, 6, 24)


def regraded(finding: str = MINOR, to: Grade = Grade.MAJOR, on: date = date(2026, 5, 20), **more: Any) -> Regrading:
    """A regrading of the example by somebody who was not on the audit."""
    said = {"by": DUNJA, "reason": "More channels are concerned than the sample showed.", "id": "regrading-9"} | more
    return Regrading(finding=finding, grade=to, regraded_on=on, **said)


def known(*regradings: Regrading, tell: bool = True) -> Dossier:
    """The example with regradings, and the client told on their days."""
    notices = [
        RegradingNotice(id=f"told-{each.id}", regrading=each.id, told_on=each.regraded_on, by=DUNJA)
        for each in regradings
        if tell
    ]
    made: Dossier = dossier().having({"regradings": regradings, "regrading_notices": notices})
    return made


@pytest.mark.rule(17)
class TestWhatIsRegraded:
    """ISO/IEC 17021-1:2015, 9.4.5, 9.4.8.1: a nonconformity that a report shows."""

    covers = (a_regrading_moves_a_reported_nonconformity,)

    @pytest.mark.parametrize(
        ("finding", "to"),
        [
            (MINOR, Grade.MAJOR),
            (MAJOR, Grade.MINOR),
            (MINOR, Grade.OPPORTUNITY),
            (MAJOR, Grade.OPPORTUNITY),
        ],
    )
    def test_up_and_down_and_to_no_nonconformity_after_all_pass(self, finding: str, to: Grade) -> None:
        passes(a_regrading_moves_a_reported_nonconformity, regraded(finding, to))

    def test_the_same_grade_is_refused(self) -> None:
        said = "2026-014/AK-1 is graded 'major' on 2026-05-20 already"
        refused(a_regrading_moves_a_reported_nonconformity, regraded(MAJOR), said)

    def test_the_grade_of_the_regrading_before_is_refused_and_the_first_one_again_passes(self) -> None:
        before = known(regraded(MINOR, Grade.MAJOR, date(2026, 5, 2), id="regrading-1"))
        said = "2026-014/AK-2 is graded 'major' on 2026-05-20 already"
        refused(a_regrading_moves_a_reported_nonconformity, regraded(MINOR, Grade.MAJOR), said, found=before)
        passes(a_regrading_moves_a_reported_nonconformity, regraded(MINOR, Grade.MINOR), found=before)

    @pytest.mark.parametrize("to", [Grade.STRENGTH, Grade.CONCERN])
    def test_to_a_strength_or_an_area_of_concern_is_refused(self, to: Grade) -> None:
        refused(a_regrading_moves_a_reported_nonconformity, regraded(to=to), f"cannot become '{to}'")

    @pytest.mark.parametrize(("finding", "grade"), [(OPPORTUNITY, "opportunity"), (STRENGTH, "strength")])
    def test_what_was_no_nonconformity_is_refused(self, finding: str, grade: str) -> None:
        said = f"was recorded as '{grade}'; only a nonconformity is regraded"
        refused(a_regrading_moves_a_reported_nonconformity, regraded(finding), said)

    def test_of_a_finding_that_does_not_exist_it_is_refused(self) -> None:
        refused(a_regrading_moves_a_reported_nonconformity, regraded("finding-9"), "There is no finding finding-9")

    def test_before_the_finding_was_recorded_it_is_refused(self) -> None:
        early = regraded(on=date(2026, 4, 14))
        refused(a_regrading_moves_a_reported_nonconformity, early, "cannot have been regraded on 2026-04-14")

    def test_before_the_report_its_author_amends_it_and_from_the_day_of_the_report_on_it_is_regraded(self) -> None:
        said = "No report showed 2026-014/AK-2 by 2026-04-21; until then its author amends the grade"
        refused(a_regrading_moves_a_reported_nonconformity, regraded(on=date(2026, 4, 21)), said)
        passes(a_regrading_moves_a_reported_nonconformity, regraded(on=date(2026, 4, 22)))

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_without_a_reason_there_is_no_regrading(self, reason: str) -> None:
        with pytest.raises(BadText, match="reason is empty"):
            regraded(reason=reason)
        assert REGRADED.reason


@pytest.mark.rule(17)
class TestWhoRegrades:
    """ISO/IEC 17021-1:2015, 7.1.2, 9.5.2: competent for review or decision; no team lowers its own finding."""

    covers = (who_regrades_may_judge,)

    def test_without_competence_it_is_refused(self) -> None:
        said = "Dunja Petrov holds no competence for review or decision under iso10002 on 2026-05-20"
        less = without(body(), competences=f"{DUNJA}-REVIEW {DUNJA}-DECISION")
        refused(who_regrades_may_judge, regraded(), said, by=less)

    @pytest.mark.parametrize("gone", ["REVIEW", "DECISION"])
    def test_competence_for_either_is_enough(self, gone: str) -> None:
        passes(who_regrades_may_judge, regraded(), by=without(body(), competences=f"{DUNJA}-{gone}"))

    @pytest.mark.parametrize("person", [ADA, EMIL], ids=["leader", "technical expert"])
    @pytest.mark.parametrize("to", [Grade.MINOR, Grade.OPPORTUNITY])
    def test_who_was_on_the_audit_does_not_lower(self, person: str, to: Grade) -> None:
        said = f"would lower a grade of it from 'major' to '{to}' after the report"
        refused(who_regrades_may_judge, regraded(MAJOR, to, by=person), body().name(person), said)

    def test_who_was_on_the_audit_may_raise(self) -> None:
        passes(who_regrades_may_judge, regraded(MINOR, Grade.MAJOR, by=ADA))

    @pytest.mark.parametrize("person", [CARLA, DUNJA, FANNY])
    def test_somebody_who_was_not_on_the_audit_lowers(self, person: str) -> None:
        passes(who_regrades_may_judge, regraded(MAJOR, Grade.MINOR, by=person))

    def test_who_verified_on_site_was_there_too(self) -> None:
        visit = the("verifications", id="verification-8", by=CARLA, verified_on=date(2026, 5, 18))
        found = dossier().having({"verifications": [visit]})
        refused(
            who_regrades_may_judge,
            regraded(MAJOR, Grade.MINOR, by=CARLA),
            "Carla Monti verified 2026-014/AK-1 on site on 2026-05-18",
            found=found,
        )

    def test_who_was_on_the_audit_does_not_enter_it_for_somebody_else(self) -> None:
        record = regraded(MAJOR, Grade.MINOR)
        for clerk, refused_ in ((ADA, True), (CARLA, False)):
            entered = Entered(by=clerk, how=Door.SIGNED_FORM, form="ab" * 32)
            act = Act(act="regraded", by=DUNJA, entered=entered, put={"regradings": (record,)})
            against, _ = judge(act, dossier(), dossier().having({"regradings": [record]}), body(), ON)
            assert any("Ada Kaya, who enters this" in each.text for each in against) is refused_


@pytest.mark.rule(17)
class TestTheNotice:
    """ISO/IEC 17021-1:2015, 9.4.10: the client is told."""

    covers = (a_notice_follows_its_regrading,)

    def test_before_the_regrading_it_is_refused_and_on_its_day_it_passes(self) -> None:
        early = attrs.evolve(TOLD, told_on=date(2026, 5, 19))
        said = "It was regraded on 2026-05-20; the client cannot have been told on 2026-05-19"
        refused(a_notice_follows_its_regrading, early, said)
        passes(a_notice_follows_its_regrading, attrs.evolve(TOLD, told_on=date(2026, 5, 20)))

    def test_of_no_regrading_it_is_refused(self) -> None:
        refused(a_notice_follows_its_regrading, attrs.evolve(TOLD, regrading="none"), "There is no regrading none")

    def test_the_first_notice_counts(self) -> None:
        again = attrs.evolve(TOLD, id="regrading-notice-2", told_on=date(2026, 5, 25))
        found = reconsidered().having({"regrading_notices": [again]})
        assert told(REGRADED, found) == TOLD
        assert told(REGRADED, found, date(2026, 5, 20)) is None


@pytest.mark.rule(19)
class TestTheClientKnowsBeforeTheDecision:
    """ISO/IEC 17021-1:2015, 9.4.10, 9.5.2."""

    covers = (a_regrading_is_told_before_the_decision,)
    rule = a_regrading_is_told_before_the_decision

    def test_a_decision_on_a_grade_that_nobody_told_is_refused(self) -> None:
        found = known(regraded(MAJOR, Grade.MINOR), tell=False)
        said = "The client was not told by 2026-06-24 that 2026-014/AK-1 was regraded to 'minor' on 2026-05-20"
        against = refused(self.rule, the("decisions"), said, found=found)
        assert against.next == "certbody nc told 2026-014/AK-1"

    def test_a_refusal_waits_for_it_too_and_a_suspension_does_not(self) -> None:
        found = known(regraded(MAJOR, Grade.MINOR), tell=False)
        refused(self.rule, the("decisions", kind=Kind.REFUSE), "was not told", found=found)
        urgent = the("decisions", id="decision-9", kind=Kind.SUSPEND, certificate="FC-2026-0001")
        assert self.rule.objections(urgent.id, found.having({"decisions": [urgent]}), body(), ON) == []

    def test_told_before_it_passes_and_told_after_it_is_refused(self) -> None:
        record = regraded(MAJOR, Grade.MINOR)
        passes(self.rule, the("decisions"), found=known(record))
        late = attrs.evolve(TOLD, regrading=record.id, told_on=date(2026, 6, 25))
        found = known(record, tell=False).having({"regrading_notices": [late]})
        refused(self.rule, the("decisions"), "was not told by 2026-06-24", found=found)

    def test_the_last_of_several_is_enough(self) -> None:
        first = regraded(MAJOR, Grade.MINOR, date(2026, 5, 2), id="regrading-1")
        last = regraded(MAJOR, Grade.MAJOR, date(2026, 5, 20))
        found = known(first, last, tell=False).having(
            {"regrading_notices": [attrs.evolve(TOLD, regrading=last.id, told_on=date(2026, 5, 22))]}
        )
        passes(self.rule, the("decisions"), found=found)

    def test_a_regrading_after_the_review_asks_for_a_reason(self) -> None:
        found = known(regraded(MAJOR, Grade.MINOR, date(2026, 6, 19)))
        said = "2026-014/AK-1 was regraded to 'minor' on 2026-06-19, after the review of 2026-06-18"
        refused(self.rule, the("decisions"), said, level="W", found=found)
        passes(self.rule, the("decisions"), found=known(regraded(MAJOR, Grade.MINOR, date(2026, 6, 18))))

    def test_a_regrading_after_the_decision_is_no_matter_of_it(self) -> None:
        passes(self.rule, the("decisions"), found=known(regraded(on=date(2026, 6, 25)), tell=False))


class TestTheGradeOfTheDay:
    """ISO/IEC 17021-1:2015, 9.5.2: a decision is judged by the grades of its day."""

    rule = nothing_is_granted_over_open_nonconformities

    def test_a_minor_that_became_a_major_is_verified_before_a_grant(self) -> None:
        found = known(regraded(MINOR, Grade.MAJOR))
        refused(self.rule, the("decisions"), "Major nonconformity 2026-014/AK-2: implementation is not", found=found)
        seen = the("verifications", id="verification-2", finding=MINOR)
        passes(self.rule, the("decisions"), found=found.having({"verifications": [seen]}))

    def test_a_major_that_became_a_minor_needs_its_plan_alone(self) -> None:
        found = known(regraded(MAJOR, Grade.MINOR))
        passes(self.rule, the("decisions"), found=without(found, verifications="*", effectiveness="*"))

    def test_what_was_none_after_all_needs_no_answer(self) -> None:
        bare = without(dossier(), responses="response-BF-1", response_reviews="response-review-BF-1")
        said = "Minor nonconformity 2026-014/BF-1: no response is accepted"
        refused(self.rule, the("decisions"), said, found=bare)
        found = bare.having({"regradings": [REGRADED], "regrading_notices": [TOLD]})
        passes(self.rule, the("decisions"), found=found)

    def test_raised_after_the_decision_it_does_not_undo_it_but_shows(self) -> None:
        record = regraded(MINOR, Grade.MAJOR, date(2026, 6, 25))
        act = Act(act="regraded", by=DUNJA, entered=Entered(how=Door.PIN), put={"regradings": (record,)})
        after = dossier().having({"regradings": [record]})
        assert judge(act, dossier(), after, body(), ON) == ([], [])
        assert standing_objections(after, body(), ON) == []
        found = progress(after.findings[MINOR], after, body(), ON)
        assert (found.finding.grade, found.regradings) == (Grade.MAJOR, (record,))
        on_the_day = nonconformities("application-1", after, DECIDED)
        assert {each.id: each.grade for each in on_the_day}[MINOR] is Grade.MINOR

    def test_dated_before_the_decision_it_is_recorded_late_and_stands_against_it(self) -> None:
        record = regraded(MINOR, Grade.MAJOR)
        act = Act(act="regraded", by=DUNJA, entered=Entered(how=Door.PIN), put={"regradings": (record,)})
        against, opened = judge(act, dossier(), dossier().having({"regradings": [record]}), body(), ON)
        assert against == []
        assert {(each.rule, each.about) for each in opened} == {(19, ("decisions", "decision-1"))}
        assert [each.text for each in opened if each.clause.endswith("9.5.2") and "Major" in each.text] == [
            "Major nonconformity 2026-014/AK-2: implementation is not verified."
        ]

    def test_a_conclusion_is_judged_by_the_grades_of_its_day(self) -> None:
        down = [
            regraded(each, Grade.OPPORTUNITY, date(2026, 5, 20), id=f"regrading-{each}")
            for each in (MAJOR, MINOR, "finding-BF-1")
        ]
        grant = the("conclusions", recommendation=Recommendation.GRANT)
        refused(the_conclusion_follows_the_findings, grant, "stand; the recommendation cannot be", found=known(*down))

    def test_an_answer_that_came_before_stays_and_one_after_is_not_asked_for(self) -> None:
        passes(a_response_is_complete, the("responses", "response-BF-1"), found=reconsidered())
        later = the("responses", "response-BF-1", id="response-9", received_on=date(2026, 5, 20))
        refused(a_response_is_complete, later, "2026-014/BF-1 is no nonconformity", found=reconsidered())

    def test_nothing_is_verified_that_was_none(self) -> None:
        check = the("verifications", id="verification-9", finding="finding-BF-1", verified_on=date(2026, 5, 20))
        refused(verification_follows_acceptance, check, "2026-014/BF-1 is no nonconformity", found=reconsidered())

    def test_it_says_that_it_was_none_and_nothing_is_left_to_do(self) -> None:
        steps = progress(dossier().findings["finding-BF-1"], reconsidered(), body(), ON)
        assert (steps.stage, steps.next_step) == ("no nonconformity after all", "")
        before = progress(dossier().findings["finding-BF-1"], reconsidered(), body(), date(2026, 5, 19))
        assert before.stage == "response accepted"

    def test_the_gravest_stands_first_and_what_was_recorded_stays_as_it_was(self) -> None:
        found = known(regraded(MAJOR, Grade.OPPORTUNITY), regraded(MINOR, Grade.MAJOR, id="regrading-8"))
        assert [each.id for each in findings_of(STAGE_2, found)][:2] == [MINOR, "finding-BF-1"]
        assert [each.id for each in findings_of(STAGE_2, found, date(2026, 5, 19))][:2] == [MAJOR, MINOR]
        assert findings_recorded(STAGE_2, found) == findings_recorded(STAGE_2, dossier())


FIRST = date(2026, 4, 22)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(REGRADED_TO)), max_size=8), st.integers(-5, 70))
@settings(max_examples=60, deadline=None)
def test_on_each_day_a_finding_has_the_grade_of_its_last_regrading(history: list[tuple[int, Grade]], day: int) -> None:
    """A second model: walk through the history in order of days, then of recording, and stop at the day."""
    records = [
        regraded(MAJOR, grade, FIRST + timedelta(days), id=f"regrading-{number:02}")
        for number, (days, grade) in enumerate(history)
    ]
    expected = Grade.MAJOR
    for days, _, grade in sorted((days, number, grade) for number, (days, grade) in enumerate(history)):
        expected = grade if days <= day else expected
    found = dossier().having({"regradings": records})
    on = FIRST + timedelta(day)
    assert graded(found.findings[MAJOR], found, on) is expected
    [shown] = [each for each in findings_of(STAGE_2, found, on) if each.id == MAJOR]
    assert shown == attrs.evolve(dossier().findings[MAJOR], grade=expected)

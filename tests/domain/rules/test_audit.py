"""An audit: after a stage 1 that is ready (11), by a plan that can be carried out, put on record by its team (9)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import attrs
import pytest

from certbody.domain.audit import Assignment, Role
from certbody.domain.audit_rules import (
    EVIDENCE_COMES_FROM_THE_TEAM,
    FINDINGS_COME_FROM_THE_TEAM,
    RESULTS_COME_FROM_THE_TEAM,
    a_finding_has_a_number_of_its_own,
    a_plan_can_be_carried_out,
    no_stage_2_before_stage_1_is_ready,
)
from certbody.domain.body import Policies
from certbody.domain.objection import Rule
from certbody.domain.report import stage_1_is_concluded_by_its_team
from tests.given import (
    ADA,
    BRUNO,
    DUNJA,
    EMIL,
    FANNY,
    STAGE_1,
    STAGE_2,
    body,
    changed,
    dossier,
    passes,
    refused,
    the,
    without,
)


@pytest.mark.rule(11)
class TestNoStage2BeforeStage1IsReady:
    """ISO/IEC 17021-1:2015, 9.3.1.2."""

    covers = (no_stage_2_before_stage_1_is_ready,)
    opening = the("meetings", "m-3")

    def test_without_a_conclusion_of_stage_1_it_is_refused(self) -> None:
        found = without(dossier(), stage1_conclusions="*")
        refused(no_stage_2_before_stage_1_is_ready, self.opening, "Stage 1 has no conclusion yet", found=found)

    def test_not_ready_is_refused_with_number_and_day(self) -> None:
        found = changed(dossier(), "stage1_conclusions", ready=False)
        said = "Stage 1 (2026-007) concluded on 2026-03-11 that the client is not ready"
        refused(no_stage_2_before_stage_1_is_ready, self.opening, said, found=found)

    def test_a_repeated_stage_1_that_is_ready_passes(self) -> None:
        found = changed(dossier(), "stage1_conclusions", ready=False)
        again = the("stage1_conclusions", id="stage1-conclusion-2", concluded_on=date(2026, 4, 13))
        found = found.having({"stage1_conclusions": [again]})
        passes(no_stage_2_before_stage_1_is_ready, self.opening, found=found)

    def test_ready_on_the_same_day_passes_and_a_day_later_is_refused(self) -> None:
        for day, said in ((date(2026, 4, 14), passes), (date(2026, 4, 15), refused)):
            found = changed(dossier(), "stage1_conclusions", concluded_on=day)
            said(no_stage_2_before_stage_1_is_ready, self.opening, found=found)

    def test_six_months_to_the_day_pass_and_a_day_more_draws_a_warning(self) -> None:
        found = changed(dossier(), "stage1_conclusions", concluded_on=date(2025, 10, 14))
        passes(no_stage_2_before_stage_1_is_ready, self.opening, found=found)
        found = changed(dossier(), "stage1_conclusions", concluded_on=date(2025, 10, 13))
        said = "Stage 1 was concluded on 2025-10-13, more than 6 months before 2026-04-14"
        refused(no_stage_2_before_stage_1_is_ready, self.opening, said, level="W", found=found)

    def test_the_interval_is_the_bodys(self) -> None:
        judges = body().having({"policies": [Policies(stage1_valid_months=1)]})
        refused(no_stage_2_before_stage_1_is_ready, self.opening, "more than 1 months", level="W", by=judges)

    def test_stage_1_itself_waits_for_nothing(self) -> None:
        found = without(dossier(), stage1_conclusions="*")
        passes(no_stage_2_before_stage_1_is_ready, the("meetings", "m-1"), found=found)


@pytest.mark.rule(11)
class TestStage1IsConcludedByItsTeam:
    """ISO/IEC 17021-1:2015, 9.3.1.2."""

    covers = (stage_1_is_concluded_by_its_team,)

    def test_somebody_else_is_refused(self) -> None:
        conclusion = the("stage1_conclusions", by=DUNJA)
        said = "Dunja Petrov is no auditor of 2026-007 and cannot conclude it"
        refused(stage_1_is_concluded_by_its_team, conclusion, said)

    def test_before_it_began_it_is_refused_and_on_its_first_day_passes(self) -> None:
        for day, said in ((date(2026, 3, 9), refused), (date(2026, 3, 10), passes)):
            said(stage_1_is_concluded_by_its_team, the("stage1_conclusions", concluded_on=day))

    def test_a_stage_2_has_no_conclusion_of_stage_1(self) -> None:
        conclusion = the("stage1_conclusions", audit=STAGE_2)
        refused(stage_1_is_concluded_by_its_team, conclusion, "There is no stage 1 audit audit-2")


@pytest.mark.rule(9)
@pytest.mark.parametrize(
    "rule", [RESULTS_COME_FROM_THE_TEAM, EVIDENCE_COMES_FROM_THE_TEAM, FINDINGS_COME_FROM_THE_TEAM], ids=lambda r: r.of
)
class TestTheTeamPutsItOnRecord:
    """ISO/IEC 17021-1:2015, 9.2.2, 9.4.4."""

    covers = (RESULTS_COME_FROM_THE_TEAM, EVIDENCE_COMES_FROM_THE_TEAM, FINDINGS_COME_FROM_THE_TEAM)

    def test_who_is_on_no_team_is_refused(self, rule: Rule) -> None:
        said = "Dunja Petrov is not on the team that carries out audit"
        refused(rule, the(rule.of, by=DUNJA), said)

    @pytest.mark.parametrize("role", [Role.INTERPRETER, Role.OBSERVER, Role.GUIDE])
    def test_who_is_only_there_is_refused(self, rule: Rule, role: Role) -> None:
        record = the(rule.of, by=FANNY)
        place = Assignment(id="as-more", audit=record.audit, person=FANNY, role=role, assigned_on=date(2026, 3, 1))
        refused(rule, record, "Fanny Roth is not on the team", found=dossier().having({"assignments": [place]}))

    @pytest.mark.parametrize("person", [ADA, BRUNO, EMIL])
    def test_leader_auditor_and_expert_of_stage_2_pass(self, rule: Rule, person: str) -> None:
        record = next(each for each in getattr(dossier(), rule.of).values() if each.audit == STAGE_2)
        passes(rule, attrs.evolve(record, by=person))


@pytest.mark.rule(37)
class TestAFindingHasANumberOfItsOwn:
    """ISO/IEC 17021-1:2015, 9.9."""

    covers = (a_finding_has_a_number_of_its_own,)

    def test_a_number_that_is_given_is_refused(self) -> None:
        said = "2026-014/AK-1 is the number of another finding already"
        refused(a_finding_has_a_number_of_its_own, the("findings", "finding-AK-2", number="2026-014/AK-1"), said)

    def test_the_same_finding_amended_before_the_report_passes(self) -> None:
        amended = the("findings", "finding-AK-2", statement="Chat complaints are not in the register.")
        passes(a_finding_has_a_number_of_its_own, amended)


@pytest.mark.rule(0)
class TestAPlanCanBeCarriedOut:
    """ISO/IEC 17021-1:2015, 9.2.3."""

    covers = (a_plan_can_be_carried_out,)
    open = without(dossier(), meetings="m-3 m-4")

    def plan(self, **changes: Any) -> Any:
        """The plan of stage 2 with its first slot changed."""
        slots = the("plans", "plan-2").slots
        return the("plans", "plan-2", slots=(attrs.evolve(slots[0], **changes), *slots[1:]))

    def test_that_of_the_example_passes(self) -> None:
        passes(a_plan_can_be_carried_out, the("plans", "plan-2"), found=self.open)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"ends": time(8, 0)}, "2026-04-14 09:00: the slot would end at 08:00, before it starts"),
            ({"ends": time(9, 0)}, "2026-04-14 09:00: the slot would end at 09:00"),
            ({"day": date(2026, 4, 17)}, "2026-04-17 09:00: the audit is from 2026-04-14 to 2026-04-16"),
            ({"site": "X1"}, "audit 2026-014 does not visit site X1"),
            ({"people": ()}, "nobody is planned for 'Opening meeting'"),
            ({"people": (DUNJA,)}, "Dunja Petrov is not assigned to audit 2026-014"),
            ({"items": ("9.9-1",)}, "the checklist of audit 2026-014 has no item 9.9-1"),
            ({"site": "CC", "ends": time(10, 0)}, "Ada Kaya would be at CC and at HQ on 2026-04-14 at 09:30"),
        ],
    )
    def test_what_cannot_be_is_refused(self, changes: dict[str, Any], said: str) -> None:
        refused(a_plan_can_be_carried_out, self.plan(**changes), said, found=self.open)

    def test_two_slots_at_one_site_may_overlap(self) -> None:
        passes(a_plan_can_be_carried_out, self.plan(ends=time(10, 0)), found=self.open)

    def test_an_empty_plan_is_refused(self) -> None:
        refused(a_plan_can_be_carried_out, the("plans", "plan-2", slots=()), "has no slots", found=self.open)

    def test_a_plan_of_no_audit_is_refused(self) -> None:
        refused(a_plan_can_be_carried_out, the("plans", "plan-2", audit="none"), "There is no audit none")

    def test_once_the_audit_was_held_a_deviation_is_reported_and_the_plan_stays(self) -> None:
        passes(a_plan_can_be_carried_out, self.plan(day=date(2026, 4, 17)))

    def test_the_plan_of_stage_1_is_judged_by_its_own_days(self) -> None:
        found = without(dossier(), meetings="*")
        passes(a_plan_can_be_carried_out, the("plans", "plan-1"), found=found)
        assert dossier().plans["plan-1"].audit == STAGE_1

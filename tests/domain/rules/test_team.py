"""The team of an audit: bound and free of conflicts (8), competent and complete (9), known to the client (16)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import attrs
import pytest

from certbody.domain.audit import Assignment, Declaration, Role, TeamObjection
from certbody.domain.body import Body
from certbody.domain.people import Competence, Function
from certbody.domain.team_rules import (
    everybody_declared_before_the_audit,
    only_auditors_bring_audit_days,
    the_client_knew_the_team,
    the_team_is_competent,
)
from certbody.domain.time_rules import only_auditors_bring_audit_days as a_plan_has_the_days_on_record
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

OPENING = the("meetings", "m-3")
MORNING = date(2026, 4, 14)


def place(person: str, role: Role, days: str = "0", **more: Any) -> Assignment:
    """A further place on stage 2."""
    said = {"assigned_on": date(2026, 3, 1)} | more
    return Assignment(id="as-more", audit=STAGE_2, person=person, role=role, days=Decimal(days), **said)


@pytest.mark.rule(8)
class TestEverybodyDeclared:
    """ISO/IEC 17021-1:2015, 5.2.13, 8.4.6: answered for this audit, at the latest on its morning."""

    covers = (everybody_declared_before_the_audit,)

    def test_who_has_not_answered_is_named(self) -> None:
        found = without(dossier(), declarations="de-audit-2-P-02")
        said = "Bruno Feld has not answered the conflict question for audit 2026-014"
        refused(everybody_declared_before_the_audit, OPENING, said, found=found)

    def test_the_answer_for_stage_1_is_none_for_stage_2(self) -> None:
        found = without(dossier(), declarations="de-audit-2-P-01")
        refused(everybody_declared_before_the_audit, OPENING, "Ada Kaya has not answered", found=found)

    def test_an_answer_on_the_morning_of_the_audit_passes_and_a_day_later_is_refused(self) -> None:
        for day, said in ((MORNING, passes), (date(2026, 4, 15), refused)):
            found = changed(dossier(), "declarations", "de-audit-2-P-02", declared_on=day)
            said(everybody_declared_before_the_audit, OPENING, found=found)

    def test_a_declared_conflict_is_refused_with_its_words(self) -> None:
        found = changed(dossier(), "declarations", "de-audit-2-P-02", conflict=True, statement="My sister works there.")
        said = "Bruno Feld declared a conflict for audit 2026-014: My sister works there."
        refused(everybody_declared_before_the_audit, OPENING, said, found=found)

    def test_a_conflict_without_words_is_refused(self) -> None:
        found = changed(dossier(), "declarations", "de-audit-2-P-02", conflict=True)
        refused(everybody_declared_before_the_audit, OPENING, "said nothing about it", found=found)

    def test_the_last_answer_counts(self) -> None:
        answer = Declaration(id="de-z", audit=STAGE_2, person=BRUNO, declared_on=date(2026, 4, 1), conflict=False)
        found = changed(dossier(), "declarations", "de-audit-2-P-02", conflict=True, statement="Not sure.")
        passes(everybody_declared_before_the_audit, OPENING, found=found.having({"declarations": [answer]}))

    def test_without_a_standing_agreement_it_is_refused(self) -> None:
        said = "Emil Sand is under no agreement on confidentiality and impartiality on 2026-04-14"
        judges = without(body(), engagements="E-P-05")
        refused(everybody_declared_before_the_audit, OPENING, said, by=judges)

    def test_an_interpreter_answers_as_well(self) -> None:
        found = dossier().having({"assignments": [place(FANNY, Role.INTERPRETER)]})
        refused(everybody_declared_before_the_audit, OPENING, "Fanny Roth has not answered", found=found)

    @pytest.mark.parametrize("role", [Role.OBSERVER, Role.GUIDE])
    def test_an_observer_and_the_clients_guide_need_not(self, role: Role) -> None:
        found = dossier().having({"assignments": [place(FANNY, role)]})
        passes(everybody_declared_before_the_audit, OPENING, found=found)

    def test_who_joins_on_the_second_day_answers_on_that_day(self) -> None:
        second = date(2026, 4, 15)
        late = place(FANNY, Role.TRAINEE, assigned_on=second)
        answer = Declaration(id="de-f", audit=STAGE_2, person=FANNY, declared_on=second, conflict=False)
        found = dossier().having({"assignments": [late], "declarations": [answer]})
        passes(everybody_declared_before_the_audit, OPENING, found=found)
        after = changed(found, "declarations", "de-f", declared_on=date(2026, 4, 16))
        refused(everybody_declared_before_the_audit, OPENING, "Fanny Roth has not answered", found=after)

    def test_the_closing_meeting_asks_nothing_more(self) -> None:
        found = without(dossier(), declarations="*")
        passes(everybody_declared_before_the_audit, the("meetings", "m-4"), found=found)


@pytest.mark.rule(9)
class TestTheTeamIsCompetent:
    """ISO/IEC 17021-1:2015, 7.1, 9.2.2."""

    covers = (the_team_is_competent,)

    def test_the_team_of_the_example_passes(self) -> None:
        passes(the_team_is_competent, OPENING)

    @pytest.mark.parametrize(
        ("person", "function", "name"),
        [
            (ADA, Function.LEADING, "Ada Kaya"),
            (BRUNO, Function.AUDITING, "Bruno Feld"),
            (EMIL, Function.TECHNICAL_EXPERTISE, "Emil Sand"),
        ],
    )
    def test_a_role_without_its_competence_is_refused(self, person: str, function: Function, name: str) -> None:
        judges = without(body(), competences=f"{person}-{function.name}")
        said = f"{name} holds no competence for {function} under iso10002 on 2026-04-14"
        refused(the_team_is_competent, OPENING, said, by=judges)

    def test_competence_under_another_standard_is_none(self) -> None:
        judges = changed(body(), "competences", f"{BRUNO}-AUDITING", standard="iso9001")
        refused(the_team_is_competent, OPENING, "Bruno Feld", by=judges)

    def test_competence_that_ends_on_the_morning_holds_and_a_day_before_it_does_not(self) -> None:
        for last, said in ((MORNING, passes), (date(2026, 4, 13), refused)):
            judges = changed(body(), "competences", f"{BRUNO}-AUDITING", valid_until=last)
            said(the_team_is_competent, OPENING, by=judges)

    def test_a_trainee_needs_none(self) -> None:
        passes(the_team_is_competent, OPENING, found=dossier().having({"assignments": [place(FANNY, Role.TRAINEE)]}),
               alone=True)  # fmt: skip

    def test_no_leader_and_two_leaders_are_refused(self) -> None:
        nobody = without(dossier(), assignments="as-audit-2-P-01")
        refused(the_team_is_competent, OPENING, "Audit 2026-014 has no team leaders; it needs one", found=nobody)
        both = changed(dossier(), "assignments", "as-audit-2-P-02", role=Role.LEADER)
        refused(the_team_is_competent, OPENING, "2 team leaders", found=both)


@pytest.mark.rule(9)
class TestTheTeamCoversTheTechnicalCodes:
    """ISO/IEC 17021-1:2015, 7.1.2, 9.2.2.1: together, with the technical expert."""

    covers = (the_team_is_competent,)

    def areas(self, **areas: str) -> Body:
        """The body with competences that are for certain technical areas alone."""
        of = {"ada": ADA, "bruno": BRUNO, "emil": EMIL}
        narrowed = [
            attrs.evolve(each, technical_area=area)
            for name, area in areas.items()
            for each in body().competences.values()
            if each.person == of[name]
        ]
        return body().having({"competences": narrowed})

    def test_a_code_that_nobody_covers_is_refused(self) -> None:
        judges = self.areas(ada="IAF 35", bruno="IAF 35, IAF 33", emil="IAF 39")
        said = "Nobody on the team of audit 2026-014 covers technical code IAF 31"
        refused(the_team_is_competent, OPENING, said, by=judges)

    def test_the_expert_brings_the_code(self) -> None:
        passes(the_team_is_competent, OPENING, by=self.areas(ada="IAF 35", bruno="IAF 35", emil="iaf 31"))

    def test_a_competence_without_an_area_is_for_all(self) -> None:
        passes(the_team_is_competent, OPENING, by=self.areas(bruno="IAF 35", emil="IAF 39"))

    def test_who_is_not_on_the_team_brings_nothing(self) -> None:
        judges = self.areas(ada="IAF 35", bruno="IAF 35", emil="IAF 39")
        more = Competence(id="c-d", person=DUNJA, standard="iso10002", function=Function.AUDITING,
                          technical_area="IAF 31", granted_on=date(2025, 1, 1))  # fmt: skip
        refused(the_team_is_competent, OPENING, "IAF 31", by=judges.having({"competences": [more]}))


@pytest.mark.rule(9)
class TestOnlyAuditorsBringAuditDays:
    """ISO/IEC 17021-1:2015, 9.1.4.4."""

    covers = (only_auditors_bring_audit_days,)

    @pytest.mark.parametrize("role", [Role.TECHNICAL_EXPERT, Role.TRAINEE, Role.INTERPRETER, Role.OBSERVER, Role.GUIDE])
    def test_days_of_anybody_else_are_refused(self, role: Role) -> None:
        said = f"Fanny Roth is {role}; that brings no audit days, 1 were given"
        refused(only_auditors_bring_audit_days, place(FANNY, role, "1"), said)

    @pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
    def test_days_of_leader_and_auditors_pass(self, role: Role) -> None:
        passes(only_auditors_bring_audit_days, place(DUNJA, role, "1"))

    def test_an_interpreter_without_days_passes(self) -> None:
        passes(only_auditors_bring_audit_days, place(FANNY, Role.INTERPRETER))

    def test_nobody_and_nowhere_are_refused(self) -> None:
        refused(only_auditors_bring_audit_days, place("P-99", Role.AUDITOR), "There is no person P-99")
        nowhere = attrs.evolve(place(FANNY, Role.OBSERVER), audit="audit-9")
        refused(only_auditors_bring_audit_days, nowhere, "There is no audit audit-9")


@pytest.mark.rule(9)
class TestAPlanHasTheDaysOnRecord:
    """ISO/IEC 17021-1:2015, 9.1.4.4: what experts bring does not fill the audit time."""

    covers = (a_plan_has_the_days_on_record,)
    plan = the("plans", "plan-2")

    def test_the_days_of_leader_and_auditors_reach_the_record(self) -> None:
        passes(a_plan_has_the_days_on_record, self.plan)

    def test_an_experts_day_in_place_of_an_auditors_is_refused(self) -> None:
        found = changed(dossier(), "assignments", "as-audit-2-P-02", days=Decimal("0.5"))
        found = changed(found, "assignments", "as-audit-2-P-05", days=Decimal(1))
        needed = the("audit_times").stage2
        said = f"of {needed:f} days on record. The days of Emil Sand (technical expert) do not count"
        refused(a_plan_has_the_days_on_record, self.plan, said, found=found)


@pytest.mark.rule(16)
class TestTheClientKnewTheTeam:
    """ISO/IEC 17021-1:2015, 9.2.3.5."""

    covers = (the_client_knew_the_team,)

    def objection(self, **said: Any) -> TeamObjection:
        words = "He worked for our competitor."
        return TeamObjection(id="o-1", audit=STAGE_2, person=BRUNO, received_on=date(2026, 3, 25), reason=words, **said)

    def test_names_never_sent_draw_a_warning(self) -> None:
        found = without(dossier(), team_notices="notice-2")
        refused(the_client_knew_the_team, OPENING, "was not sent the team's names", level="W", found=found)

    def test_names_sent_after_the_audit_draw_a_warning(self) -> None:
        found = changed(dossier(), "team_notices", "notice-2", sent_on=date(2026, 4, 15))
        refused(the_client_knew_the_team, OPENING, "was not sent the team's names", level="W", found=found)

    def test_a_name_left_out_draws_a_warning(self) -> None:
        found = changed(dossier(), "team_notices", "notice-2", people=(ADA, BRUNO))
        refused(the_client_knew_the_team, OPENING, "The client was not told of Emil Sand", level="W", found=found)

    def test_an_objection_that_nobody_answered_draws_a_warning(self) -> None:
        found = dossier().having({"team_objections": [self.objection()]})
        said = "The client's objection to Bruno Feld of 2026-03-25 is not answered"
        refused(the_client_knew_the_team, OPENING, said, level="W", found=found)

    def test_a_valid_objection_that_changed_nothing_draws_a_warning(self) -> None:
        answered = self.objection(answered_on=date(2026, 3, 27), valid=True, answer="You are right.")
        found = dossier().having({"team_objections": [answered]})
        said = "The client's objection to Bruno Feld was found valid; the team is the same"
        refused(the_client_knew_the_team, OPENING, said, level="W", found=found)

    def test_names_sent_and_objections_answered_pass(self) -> None:
        answered = self.objection(answered_on=date(2026, 3, 27), answer="That was in 2011.")
        passes(the_client_knew_the_team, OPENING, found=dossier().having({"team_objections": [answered]}))

    def test_told_objected_and_answered_on_the_morning_pass(self) -> None:
        found = changed(dossier(), "team_notices", "notice-2", sent_on=MORNING)
        answered = self.objection(answered_on=MORNING, answer="That was in 2011.")
        same_day = attrs.evolve(answered, received_on=MORNING)
        passes(the_client_knew_the_team, OPENING, found=found.having({"team_objections": [same_day]}))

    def test_an_objection_on_the_morning_is_answered_before_the_meeting(self) -> None:
        found = dossier().having({"team_objections": [attrs.evolve(self.objection(), received_on=MORNING)]})
        refused(the_client_knew_the_team, OPENING, "of 2026-04-14 is not answered", level="W", found=found)

    def test_an_objection_to_another_audit_or_a_later_one_is_not_for_this_meeting(self) -> None:
        for change in ({"audit": STAGE_1}, {"received_on": date(2026, 4, 15)}):
            found = dossier().having({"team_objections": [attrs.evolve(self.objection(), **change)]})
            passes(the_client_knew_the_team, OPENING, found=found)

    def test_the_hour_of_the_meeting_does_not_matter(self) -> None:
        passes(the_client_knew_the_team, attrs.evolve(OPENING, starts=time(6, 0)))

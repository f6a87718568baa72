"""The rules on audit time, sampling and plans (9, 12, 13, 14): each refusal beside its innocent neighbour."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal as D
from typing import Any

import attrs
import pytest

import certbody
from certbody.domain.application import Application, Basis
from certbody.domain.audit import Assignment, Audit, AuditPlan, Role, Slot
from certbody.domain.audit_time import AuditTime, Factor, Rounding, SiteLoad
from certbody.domain.body import Body, Policies
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection, Rule
from certbody.domain.people import Person
from certbody.domain.sampling import draw
from certbody.domain.sampling_rules import a_sample_is_large_enough_and_partly_drawn, an_audit_visits_its_sample
from certbody.domain.standard import AuditType, Nature
from certbody.domain.time_method import Adjust, by_table
from certbody.domain.time_rules import (
    a_time_record_is_justified,
    days_are_not_stretched,
    only_auditors_bring_audit_days,
    planned_days_reach_the_record,
)

TODAY = date(2026, 11, 23)
BODY = Body(
    people={key: Person(id=key, name=name, initials=key) for key, name in {"AK": "Ada Kaya", "TX": "Tom Xu"}.items()}
)


def application(*sites: str) -> Application:
    basis = Basis(standard="iso10002", title="ISO 10002:2018", nature=Nature.GUIDANCE, criteria="S-10002")
    return Application(
        id="A1", number="A-1", basis=basis, received_on=date(2026, 1, 5), scope="Complaints", sites=sites or ("HQ",)
    )


def record(personnel: int = 60, shops: int = 0, **changes: Any) -> AuditTime:
    """A sound time record for a head office and so many shops, of so many persons each."""
    sampled = draw([f"S{each}" for each in range(1, shops + 1)], {0: 0, 1: 1, 4: 2, 9: 3}[shops], "seed-1")
    loads = [SiteLoad(site="HQ", name="Head office", central=True, personnel=personnel)]
    loads += [SiteLoad(site=f"S{each}", name=f"Shop {each}", personnel=personnel) for each in range(1, shops + 1)]
    audited = [load for load in loads if load.central or load.site in sampled.sites]
    adjust = changes.pop("adjust", Adjust())
    found = by_table(method="MD 5", table=certbody.table("md5"), column="QMS", loads=audited, adjust=adjust)
    made = AuditTime(
        id="T1",
        application="A1",
        determined_on=date(2026, 2, 1),
        by="AK",
        method=found.method,
        personnel=personnel * len(loads),
        factors=adjust.factors,
        lines=found.lines,
        loads=tuple(loads),
        sites=found.sites,
        sampled_sites=sampled.sites,
        sampled_random=sampled.drawn,
        sampling_seed=sampled.seed,
        sampling_reason="alike shops, one register of complaints",
        table=found.table,
    )
    return attrs.evolve(made, **changes)


def audit(days: str = "3.5", stage: int = 2, **changes: Any) -> Audit:
    made = Audit(
        id="AU2",
        number="2026-002",
        application="A1",
        kind=AuditType.INITIAL,
        stage=stage,
        standard="iso10002",
        criteria="S-10002",
        objectives="Stage 2",
        scope="Complaints",
        starts_on=date(2026, 5, 4),
        ends_on=date(2026, 5, 7),
        days=D(days),
        sites=("HQ",),
    )
    return attrs.evolve(made, **changes)


def dossier(*records: Any) -> Dossier:
    tables = {Application: "applications", AuditTime: "audit_times", Audit: "audits", Assignment: "assignments"}
    made = Dossier()
    for each in records:
        made = made.having({tables.get(type(each), "plans"): [each]})
    return made


def against(rule: Rule, key: str, *records: Any, body: Body = BODY) -> list[Objection]:
    return rule.objections(key, dossier(*records), body, TODAY)


def said(found: list[Objection]) -> list[str]:
    return [f"{each.level}: {each.text}" for each in found]


class TestATimeRecord:
    """Rule 12; ISO/IEC 17021-1:2015, 9.1.4; IAF MD 5."""

    def test_a_sound_one_passes(self) -> None:
        assert against(a_time_record_is_justified, "T1", application(), record()) == []

    def test_a_factor_without_a_reason_does_not_even_form(self) -> None:
        with pytest.raises(ValueError, match="reason is empty"):
            Factor(percent=D(-10), reason=" ")

    def test_thirty_per_cent_passes(self) -> None:
        factors = (Factor(percent=D(-30), reason="mature system"),)
        assert against(a_time_record_is_justified, "T1", application(), record(adjust=Adjust(factors=factors))) == []

    def test_a_tenth_more_is_refused(self) -> None:
        factors = (Factor(percent=D("-30.1"), reason="mature system"),)
        found = against(a_time_record_is_justified, "T1", application(), record(factors=factors))
        assert said(found) == ["B: The factors come to −30.1 %; at most −30 % is allowed."]
        assert (found[0].rule, found[0].next) == (12, "take factors back until the sum holds")

    def test_sampled_sites_have_factors_of_their_own_down_to_fifty_per_cent_together(self) -> None:
        def found(sampled: str) -> list[str]:
            changes = {
                "factors": (Factor(percent=D(-30), reason="mature system"),),
                "sampled_factors": (Factor(percent=D(sampled), reason="work done centrally"),),
            }
            return said(against(a_time_record_is_justified, "T1", application(), record(**changes)))

        assert found("-20") == []
        assert found("-20.1") == ["B: All factors of sampled sites come to −50.1 %; at most −50 % is allowed."]

    def test_days_below_the_floor_are_refused_whatever_the_factors_say(self) -> None:
        made = record()
        lines = tuple(attrs.evolve(line, days=D("1.0")) for line in made.lines)
        found = against(a_time_record_is_justified, "T1", application(), attrs.evolve(made, lines=lines))
        assert said(found) == ["B: 2.0 days for stage 1 and stage 2 are below 3.5, the least the table allows."]

    def test_plain_rounding_may_go_a_little_below_where_the_record_says_that_it_was_used(self) -> None:
        factors = (Factor(percent=D(-30), reason="mature system"),)
        adjust = Adjust(factors=factors, rounding=Rounding.NEAREST)
        plain = record(130, adjust=adjust, rounding=Rounding.NEAREST)
        assert plain.initial == D("5.5")
        assert against(a_time_record_is_justified, "T1", application(), plain) == []
        guarded = attrs.evolve(plain, rounding=Rounding.GUARDED)
        assert len(against(a_time_record_is_justified, "T1", application(), guarded)) == 1

    def test_personnel_and_table_are_named(self) -> None:
        found = against(a_time_record_is_justified, "T1", application(), attrs.evolve(record(), table="", personnel=0))
        assert [each.text for each in found] == [
            "The audit time names no persons in scope.",
            "The audit time names no table.",
        ]

    def test_personnel_is_that_of_the_sites(self) -> None:
        found = against(a_time_record_is_justified, "T1", application(), attrs.evolve(record(), personnel=59))
        assert said(found) == ["B: The audit time is for 59 persons; its sites have 60."]

    def test_less_than_eighty_per_cent_on_site_is_a_warning(self) -> None:
        assert against(a_time_record_is_justified, "T1", application(), record(onsite_share=D(80))) == []
        found = against(a_time_record_is_justified, "T1", application(), record(onsite_share=D("79.9")))
        assert [each.level for each in found] == ["W"]

    def test_the_bodys_minimum_for_surveillance_holds(self) -> None:
        body = attrs.evolve(BODY, policies={"policies": Policies(minimum_surveillance_days=D("2.0"))})
        found = against(a_time_record_is_justified, "T1", application(), record(), body=body)
        assert said(found) == ["B: 1.5 days a surveillance are below the body's minimum of 2.0."]


class TestPlannedDays:
    """Rule 12: no audit is planned below its time record; remote time counts as audit time."""

    def test_the_days_on_record_pass(self) -> None:
        assert record().stage2 == D("3.5")
        assert against(planned_days_reach_the_record, "AU2", application(), record(), audit("3.5")) == []

    def test_half_a_day_less_is_refused(self) -> None:
        found = against(planned_days_reach_the_record, "AU2", application(), record(), audit("3.0"))
        assert said(found) == ["B: Audit 2026-002 is planned with 3.0 days; the audit time on record is 3.5."]

    def test_the_newest_record_counts(self) -> None:
        newer = attrs.evolve(record(125), id="T2", determined_on=date(2026, 3, 1))
        assert against(planned_days_reach_the_record, "AU2", application(), record(), newer, audit("3.5")) != []

    def test_a_stage_in_two_parts_adds_up(self) -> None:
        parts = audit("2.0"), attrs.evolve(audit("1.5"), id="AU3", number="2026-003")
        assert against(planned_days_reach_the_record, "AU2", application(), record(), *parts) == []

    def test_without_a_record_no_audit_is_planned(self) -> None:
        found = against(planned_days_reach_the_record, "AU2", application(), audit())
        assert said(found) == ["B: Audit 2026-002 is planned before its audit time is on record."]

    def test_remote_days_count_but_more_than_a_fifth_draws_a_warning(self) -> None:
        assert against(planned_days_reach_the_record, "AU2", application(), record(), audit(remote_days=D("0.7"))) == []
        found = against(planned_days_reach_the_record, "AU2", application(), record(), audit(remote_days=D(1)))
        assert said(found) == ["W: Audit 2026-002 is on site for 2.5 of 3.5 days, below 80 %."]

    @pytest.mark.parametrize(
        ("kind", "days", "count"),
        [("surveillance", "1.5", 0), ("surveillance", "1.0", 1), ("recertification", "3.5", 0), ("special", "0.5", 0)],
    )
    def test_later_audits_have_their_own_time(self, kind: str, days: str, count: int) -> None:
        later = audit(days, 0, kind=AuditType(kind))
        assert len(against(planned_days_reach_the_record, "AU2", application(), record(), later)) == count


def assigned(person: str, role: Role, days: str) -> Assignment:
    return Assignment(
        id=f"AS-{person}", audit="AU2", person=person, role=role, days=D(days), assigned_on=date(2026, 4, 1)
    )


def slot(starts: str, ends: str, *people: str, day: int = 4) -> Slot:
    return Slot(
        day=date(2026, 5, day),
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        site="HQ",
        what="Interviews",
        people=people,
    )


def plan(*slots: Slot) -> AuditPlan:
    return AuditPlan(id="P1", audit="AU2", made_on=date(2026, 4, 1), by="AK", slots=slots)


class TestWhoseDaysCount:
    """Rule 9; ISO/IEC 17021-1:2015, 9.1.4.4: experts, trainees, interpreters and observers add no audit days."""

    def test_leader_and_auditor_together_reach_the_record(self) -> None:
        team = assigned("AK", Role.LEADER, "2.0"), assigned("TX", Role.AUDITOR, "1.5")
        made = against(only_auditors_bring_audit_days, "P1", application(), record(), audit(), plan(), *team)
        assert made == []

    @pytest.mark.parametrize("role", [Role.TECHNICAL_EXPERT, Role.TRAINEE, Role.INTERPRETER, Role.OBSERVER, Role.GUIDE])
    def test_anybody_else_adds_nothing(self, role: Role) -> None:
        team = assigned("AK", Role.LEADER, "2.0"), assigned("TX", role, "1.5")
        found = against(only_auditors_bring_audit_days, "P1", application(), record(), audit(), plan(), *team)
        assert said(found) == [
            "B: Leader and auditors of audit 2026-002 bring 2.0 of 3.5 days on record. "
            f"The days of Tom Xu ({role}) do not count."
        ]

    def test_an_expert_beside_enough_auditors_is_welcome(self) -> None:
        team = assigned("AK", Role.LEADER, "3.5"), assigned("TX", Role.TECHNICAL_EXPERT, "1.0")
        assert against(only_auditors_bring_audit_days, "P1", application(), record(), audit(), plan(), *team) == []


class TestLongDays:
    """Rule 13; IAF MD 5, 2.2.2: the number of days is not cut by planning longer ones."""

    def warned(self, *slots: Slot) -> list[str]:
        team = assigned("AK", Role.LEADER, "3.5"), assigned("TX", Role.INTERPRETER, "0")
        return said(against(days_are_not_stretched, "P1", application(), record(), audit(), plan(*slots), *team))

    def test_eight_hours_pass(self) -> None:
        assert self.warned(slot("08:30", "12:30", "AK"), slot("13:30", "17:30", "AK")) == []

    def test_a_minute_more_draws_a_warning(self) -> None:
        assert self.warned(slot("08:30", "12:30", "AK"), slot("13:30", "17:31", "AK")) == [
            "W: Ada Kaya is planned for 8:01 hours on 2026-05-04; longer days do not save days."
        ]

    def test_what_overlaps_counts_once(self) -> None:
        assert self.warned(slot("08:30", "16:30", "AK"), slot("09:00", "12:00", "AK")) == []

    def test_two_days_are_two_days(self) -> None:
        assert self.warned(slot("08:30", "16:30", "AK"), slot("08:30", "16:30", "AK", day=5)) == []

    def test_an_interpreter_may_stay_longer(self) -> None:
        assert self.warned(slot("08:00", "18:00", "TX")) == []


class TestASample:
    """Rule 14; IAF MD 1."""

    SITES = ("HQ", *(f"S{each}" for each in range(1, 10)))

    def found(self, **changes: Any) -> list[str]:
        made = attrs.evolve(record(20, 9), **changes)
        return said(against(a_sample_is_large_enough_and_partly_drawn, "T1", application(*self.SITES), made))

    def test_three_of_nine_shops_with_the_centre_pass(self) -> None:
        assert len(record(20, 9).sampled_sites) == 3
        assert self.found() == []

    def test_two_are_too_few(self) -> None:
        kept = record(20, 9).sampled_sites[:2]
        assert self.found(sampled_sites=kept) == ["B: 2 of 9 sites are sampled; at least 3 are needed."]

    def test_a_sample_without_chance_is_refused(self) -> None:
        found = self.found(sampled_random=())
        assert found == ["B: 0 of 3 sampled sites are drawn at random, not 1 as needed."]

    def test_a_draw_without_a_seed_is_refused(self) -> None:
        found = self.found(sampling_seed="")
        assert found == ["B: The random draw has no seed on record, so nobody can repeat it."]

    def test_a_draw_that_the_seed_does_not_give_is_refused(self) -> None:
        wrong = record(20, 9).sampled_sites[-1:]
        found = self.found(sampled_random=wrong)
        assert len(found) == 1
        assert "The seed on record draws" in found[0]

    def test_the_reason_is_stored(self) -> None:
        assert self.found(sampling_reason=" ") == ["B: The reason for this sample is not stored."]

    def test_the_central_function_is_never_left_out(self) -> None:
        kept = tuple(each for each in record(20, 9).sites if each.site != "HQ")
        assert self.found(sites=kept) == [
            "B: The central function is audited every time; the audit time leaves it out."
        ]

    def test_a_sampled_site_needs_time(self) -> None:
        kept = tuple(each for each in record(20, 9).sites if each.site != record(20, 9).sampled_sites[0])
        assert [each.split(":")[1] for each in self.found(sites=kept)] == [" Sampled without any audit time"]

    def test_merging_sites_away_is_refused(self) -> None:
        kept = record(20, 9).loads[:9]
        found = self.found(loads=kept)
        assert "B: The audit time leaves out S9: every site in scope counts, none is merged away." in found

    def test_half_the_time_of_a_sampled_site_passes_and_less_is_refused(self) -> None:
        half = Adjust(
            factors=(Factor(percent=D(-30), reason="mature"),), sampled=(Factor(percent=D(-20), reason="central work"),)
        )
        made = record(20, 9, adjust=half)
        rule, applied = a_sample_is_large_enough_and_partly_drawn, application(*self.SITES)
        assert against(rule, "T1", applied, made) == []
        less = tuple(
            each if each.site == "HQ" else attrs.evolve(each, percent=D("-50.1"), days=each.base * D("0.499"))
            for each in made.sites
        )
        found = against(rule, "T1", applied, attrs.evolve(made, sites=less))
        assert len(found) == 3
        assert "goes to −50 % at most" in found[0].text

    def test_a_single_further_site_is_audited_and_needs_no_draw(self) -> None:
        made = record(20, 1, sampling_reason="", sampling_seed="", sampled_random=())
        assert against(a_sample_is_large_enough_and_partly_drawn, "T1", application("HQ", "S1"), made) == []

    def test_a_client_of_one_site_needs_no_sample(self) -> None:
        assert against(a_sample_is_large_enough_and_partly_drawn, "T1", application(), record()) == []


class TestAnAuditOfSeveralSites:
    """Rule 14: what was sampled is visited."""

    def found(self, *sites: str, **changes: Any) -> list[str]:
        made = audit("9.0", sites=sites, **changes)
        return said(against(an_audit_visits_its_sample, "AU2", application(*TestASample.SITES), record(20, 9), made))

    def test_the_centre_and_the_sample_pass(self) -> None:
        assert self.found("HQ", *record(20, 9).sampled_sites) == []

    def test_another_shop_instead_of_a_sampled_one_is_refused(self) -> None:
        kept = record(20, 9).sampled_sites
        other = next(each for each in TestASample.SITES[1:] if each not in kept)
        assert self.found("HQ", *kept[:2], other) == [
            f"B: Audit 2026-002 leaves out {kept[2]} of the sample on record."
        ]

    def test_the_centre_is_visited_every_time(self) -> None:
        surveillance = {"kind": AuditType.SURVEILLANCE, "stage": 0}
        assert self.found("HQ", "S1", "S2", **surveillance) == []
        assert self.found("S1", "S2", **surveillance) == ["B: Audit 2026-002 leaves out the central function (HQ)."]

    def test_surveillance_takes_six_tenths_of_the_root(self) -> None:
        found = self.found("HQ", "S1", kind=AuditType.SURVEILLANCE, stage=0)
        assert found == ["B: Audit 2026-002 visits 1 of 9 further sites; at least 2 are needed."]

    def test_stage_1_goes_where_it_needs_to(self) -> None:
        assert self.found("HQ", stage=1) == []

    def test_a_recertification_with_fewer_asks_for_the_reason(self) -> None:
        shops = tuple(f"S{each}" for each in range(1, 27))  # 26: the root asks for 6, eight tenths of it for 5
        loads = (
            SiteLoad(site="HQ", name="Head office", central=True, personnel=20),
            *(SiteLoad(site=each, name=each, personnel=20) for each in shops),
        )
        made = attrs.evolve(record(20, 9), loads=loads)

        def found(count: int) -> list[str]:
            visit = audit("9.0", 0, kind=AuditType.RECERTIFICATION, sites=("HQ", *shops[:count]))
            return said(against(an_audit_visits_its_sample, "AU2", application("HQ", *shops), made, visit))

        assert found(6) == []
        assert found(5) == ["W: Audit 2026-002 visits 5 further sites, not 6: for a system that proved effective."]
        assert found(4) == ["B: Audit 2026-002 visits 4 of 26 further sites; at least 5 are needed."]

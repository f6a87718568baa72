"""The record itself: nothing is rewritten or in the future (37), and each act is its person's own (47)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.act import AMENDABLE, PERSONAL, STRIKABLE, Act, Door, Entered
from certbody.domain.application import Consultancy, Outcome
from certbody.domain.audit import Assignment, Role
from certbody.domain.body import Body, a_person_is_on_record_once, initials_tell_people_apart
from certbody.domain.document import Settlement, nobody_settles_an_own_matter
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection
from certbody.domain.people import Interest, Person
from certbody.domain.rules import judge
from certbody.domain.standard import AuditType
from tests.given import (
    ADA,
    BRUNO,
    CARLA,
    DUNJA,
    FANNY,
    GIL,
    ON,
    STAGE_1,
    STAGE_2,
    body,
    changed,
    dossier,
    passes,
    refusals,
    refused,
    the,
    tie,
    whole,
    without,
)

OPEN = without(dossier(), reports="*")
"""The dossier before its reports: what the auditors recorded may still be amended."""


def against(
    table: str, record: Any, *, found: Dossier | None = None, on: date = ON, act: Act | None = None
) -> list[Objection]:
    """What speaks against putting a record into the dossier as it is, in place of one of the same id."""
    before = found or whole(table)
    made = act or Act(act="recorded", by=CARLA, entered=Entered(how=Door.PIN), put={table: (record,)})
    return [each for each in judge(made, before, before.having({table: [record]}), body(), on)[0] if each.level != "W"]


def striking(table: str, key: str, reason: str = "recorded twice", *, found: Dossier | None = None) -> list[str]:
    """What speaks against striking a record out."""
    before = found or dossier()
    act = Act(act="struck out", by=CARLA, entered=Entered(how=Door.PIN), strike={table: {key: reason}})
    after = before.having({}, {table: [key]})
    return [each.text for each in judge(act, before, after, body(), ON)[0] if each.rule == 37]


def said(found: list[Objection], rule: int = 37) -> str:
    """The sentences of one rule."""
    assert all(each.next and each.clause for each in found if each.rule == rule)
    return " ".join(each.text for each in found if each.rule == rule)


@pytest.mark.rule(37)
class TestNothingOnRecordIsRewritten:
    """ISO/IEC 17021-1:2015, 9.9."""

    covers = ()

    @pytest.mark.parametrize("table", sorted(set(Dossier.TABLES) - AMENDABLE))
    def test_what_was_decided_signed_or_issued_is_final(self, table: str) -> None:
        rows = list(getattr(whole(table), table).values())
        if not rows:  # documents and settlements: none in the example
            assert table in ("documents", "settlements")
            return
        record = rows[0]
        day = next(f.name for f in attrs.fields(type(record)) if re.search(r"\bdate\b", str(f.type)) and not f.metadata)
        other = attrs.evolve(record, **{day: date(2026, 1, 1)})
        assert f"{table} {record.id} is on record and final; it is not rewritten" in said(against(table, other))

    def test_the_same_record_again_changes_nothing_and_passes(self) -> None:
        act = Act(act="said again", by=CARLA, entered=Entered(how=Door.PIN), put={"reports": (the("reports"),)})
        assert against("reports", the("reports"), act=act) == []

    def test_a_client_may_move_and_a_finding_be_amended_before_the_report(self) -> None:
        assert against("clients", the("clients", address="2 Harbour Street")) == []
        finding = the("findings", "finding-AK-2", statement="Chat complaints are not in the register.")
        act = Act(act="amended", by=ADA, entered=Entered(how=Door.PIN), put={"findings": (finding,)})
        assert against("findings", finding, found=OPEN, act=act) == []

    @pytest.mark.parametrize("table", ["results", "findings", "evidence", "assignments"])
    def test_behind_an_issued_report_nothing_is_changed(self, table: str) -> None:
        record = next(each for each in getattr(dossier(), table).values() if each.audit == STAGE_2)
        field = {"results": "note", "findings": "statement", "evidence": "note"}.get(table, "days")
        other = attrs.evolve(record, **{field: 1 if field == "days" else "Another text."})
        assert f"The report of this audit is issued; its {table} are not changed" in said(against(table, other))
        assert said(against(table, attrs.evolve(record), found=dossier())) == ""

    def test_behind_an_issued_report_nothing_is_added_or_struck_out(self) -> None:
        more = the("findings", "finding-AK-2", id="finding-z", number="2026-014/AK-9")
        assert "The report of this audit is issued" in said(against("findings", more))
        assert "The report of this audit is issued; its findings are not changed behind it." in striking(
            "findings", "finding-AK-2"
        )

    @pytest.mark.parametrize("table", sorted(STRIKABLE - {"assignments"}))
    def test_before_the_report_it_is_struck_out_with_a_reason(self, table: str) -> None:
        key = next(iter(getattr(OPEN, table)))
        assert striking(table, key, found=OPEN) == []
        assert striking(table, key, " ", found=OPEN) == [f"{key} is struck out without a reason."]

    @pytest.mark.parametrize("table", ["decisions", "reports", "declarations", "certificates", "clients", "meetings"])
    def test_what_is_final_is_not_struck_out(self, table: str) -> None:
        key = next(iter(getattr(dossier(), table)))
        assert f"{table} {key} is final and is not struck out." in striking(table, key)

    def test_what_is_not_there_is_not_struck_out(self) -> None:
        assert striking("findings", "none") == ["There is no none in findings to strike out."]


@pytest.mark.rule(37)
class TestNobodyIsMovedOutOfTheWay:
    """ISO/IEC 17021-1:2015, 9.5.1.1, 9.9: who carried out an audit stays on record, and the audit with its client."""

    covers = ()
    place = the("assignments", "as-audit-2-P-02")
    begun = "The audit has begun; who"

    @pytest.mark.parametrize("change", [{"person": GIL}, {"role": Role.OBSERVER}, {"role": Role.INTERPRETER}])
    def test_an_auditor_is_not_made_a_bystander_once_the_audit_has_begun(self, change: dict[str, Any]) -> None:
        assert self.begun in said(against("assignments", attrs.evolve(self.place, **change), found=OPEN))

    def test_an_auditor_is_not_struck_out_once_the_audit_has_begun(self) -> None:
        assert any(self.begun in each for each in striking("assignments", self.place.id, found=OPEN))

    def test_an_auditor_is_not_moved_to_another_audit(self) -> None:
        moved = attrs.evolve(self.place, audit=STAGE_1)
        assert "its audit no longer changes" in said(against("assignments", moved, found=OPEN))

    def test_before_it_begins_the_team_may_change(self) -> None:
        early = without(OPEN, meetings="*", results="*", findings="*", evidence="*")
        assert said(against("assignments", attrs.evolve(self.place, person=DUNJA), found=early)) == ""
        assert striking("assignments", self.place.id, found=early) == []

    def test_an_auditor_may_become_leader_on_the_way(self) -> None:
        assert said(against("assignments", attrs.evolve(self.place, role=Role.LEADER), found=OPEN)) == ""

    @pytest.mark.parametrize("table", ["results", "findings", "evidence"])
    def test_what_was_found_is_not_moved_to_another_audit(self, table: str) -> None:
        record = next(each for each in getattr(OPEN, table).values() if each.audit == STAGE_2)
        moved = attrs.evolve(record, audit=STAGE_1)
        assert f"{table} {record.id} is on record; its audit no longer changes" in said(
            against(table, moved, found=OPEN)
        )

    @pytest.mark.parametrize("change", [{"application": "application-2"}, {"kind": AuditType.SPECIAL}, {"stage": 1}])
    def test_a_begun_audit_is_not_moved_from_under_the_decision(self, change: dict[str, Any]) -> None:
        moved = the("audits", STAGE_2, **change)
        assert f"its {next(iter(change))} no longer changes" in said(against("audits", moved, found=OPEN))
        early = without(OPEN, meetings="*")
        assert said(against("audits", moved, found=early)) == ""

    def test_an_accepted_application_keeps_its_standard(self) -> None:
        basis = attrs.evolve(the("applications").basis, standard="iso9001")
        other = the("applications", basis=basis)
        assert "its standard no longer changes" in said(against("applications", other))
        assert said(against("applications", other, found=without(dossier(), application_reviews="*"))) == ""

    def test_an_accepted_application_keeps_who_consulted_the_client(self) -> None:
        """Otherwise the 24 months of 5.2.7 would end with a correction; one more may come to light."""
        none = the("applications", consultancies=())
        assert "its consultancies no longer changes" in said(against("applications", none))
        more = Consultancy(consultant="Rat & Weg (invented)", ended_on=date(2025, 1, 31))
        both = the("applications", consultancies=(*the("applications").consultancies, more))
        assert said(against("applications", both)) == ""

    @pytest.mark.parametrize("change", [{"person": GIL}, {"ended_on": date(2020, 1, 31)}, {"client": "C-0099"}])
    def test_a_disclosed_tie_is_not_taken_back(self, change: dict[str, Any]) -> None:
        assert f"its {next(iter(change)).replace('_', ' ')} no longer changes" in self.amended(
            tie(CARLA, date(2025, 12, 31)), change
        )

    @pytest.mark.parametrize("change", [{"ended_on": date(2026, 5, 31)}, {"source": "told by the client"}])
    def test_a_tie_may_end_and_more_become_known_of_it(self, change: dict[str, Any]) -> None:
        assert self.amended(tie(CARLA), change) == ""

    def amended(self, held: Interest, change: dict[str, Any]) -> str:
        before, made = body().having({"interests": [held]}), attrs.evolve(held, **change)
        act = Act(act="tie amended", by=CARLA, put={"interests": (made,)})
        after = before.having(act.put)
        return said(judge(act, before, after, after, ON)[0])

    @pytest.mark.parametrize("table", ["findings", "evidence"])
    def test_what_somebody_recorded_is_not_put_down_to_another(self, table: str) -> None:
        record = next(each for each in getattr(OPEN, table).values() if each.by == BRUNO)
        assert "its by no longer changes" in said(against(table, attrs.evolve(record, by=ADA), found=OPEN))

    def test_a_result_is_anothers_only_once_the_team_stays_on_record(self) -> None:
        """Before the opening somebody could record, be overwritten, be taken off, and then decide."""
        record = next(each for each in OPEN.results.values() if each.by == BRUNO)
        early = without(OPEN, meetings="*")
        assert "its by no longer changes" in said(against("results", attrs.evolve(record, by=ADA), found=early))
        assert said(against("results", attrs.evolve(record, by=ADA), found=OPEN)) == ""

    def test_one_that_was_declined_may_be_for_another(self) -> None:
        other = the("applications", basis=attrs.evolve(the("applications").basis, standard="iso9001"))
        declined = changed(dossier(), "application_reviews", outcome=Outcome.DECLINED)
        assert said(against("applications", other, found=declined)) == ""

    def test_the_end_of_a_transition_may_become_known_later(self) -> None:
        basis = attrs.evolve(the("applications").basis, transition_end=date(2029, 9, 30))
        assert said(against("applications", the("applications", basis=basis))) == ""

    def test_to_decide_first_and_join_the_audit_later_opens_an_objection_to_the_decision(self) -> None:
        """The place is recorded, for it is true; the decision that it spoils does not stand unnoticed."""
        found = without(dossier(), reports="report-2")
        place = Assignment(id="as-z", audit=STAGE_2, person=CARLA, role=Role.AUDITOR, assigned_on=ON)
        act = Act(act="person assigned", by=DUNJA, put={"assignments": (place,)})
        against_it, opened = judge(act, found, found.having({"assignments": [place]}), body(), ON)
        assert [each for each in against_it if each.level != "W"] == []
        assert [(each.rule, each.level, each.about) for each in opened if each.rule == 1] == [
            (1, "A", ("decisions", "decision-1"))
        ]


@pytest.mark.rule(37)
class TestAFactDoesNotLieInTheFuture:
    """ISO/IEC 17021-1:2015, 9.9: what is to happen is a plan; what is on record has happened."""

    covers = ()

    def test_the_day_of_recording_passes_and_the_next_day_is_refused(self) -> None:
        record = the("findings", "finding-AK-2")
        for day, text in ((date(2026, 4, 15), ""), (date(2026, 4, 14), "recorded on 2026-04-15 lies after 2026-04-14")):
            assert text in said(against("findings", record, found=OPEN, on=day))
            assert bool(text) == bool(said(against("findings", record, found=OPEN, on=day)))

    def test_plans_and_due_dates_may(self) -> None:
        day = date(2026, 2, 3)
        for table, key in (("audits", STAGE_2), ("programmes", "programme-1"), ("quotations", "quotation-1")):
            assert said(refusals(dossier(), body(), table, the(table, key), day)) == ""

    def test_an_effective_date_may_lie_ahead_and_the_decision_may_not(self) -> None:
        decision = the("decisions", effective_on=date(2026, 9, 1))
        assert said(refusals(dossier(), body(), "decisions", decision, date(2026, 6, 24))) == ""
        early = refusals(dossier(), body(), "decisions", decision, date(2026, 6, 23))
        assert "decided on 2026-06-24 lies after 2026-06-23, the day of recording" in said(early)

    @pytest.mark.parametrize("table", sorted({*Dossier.TABLES, *Body.TABLES}))
    def test_it_holds_in_every_table_that_has_days(self, table: str) -> None:
        rows = list(getattr(body() if table in Body.TABLES else dossier(), table).values())
        kind = {**Dossier.TABLES, **Body.TABLES}[table]
        dated = [field for field in attrs.fields(kind) if re.search(r"\bdate\b", str(field.type))]
        facts = [field.name for field in dated if not field.metadata.get("planned")]
        for name in facts if rows else ():
            late = attrs.evolve(rows[0], **{name: date(2099, 1, 1)})
            found = refusals(dossier(), body(), table, late)
            assert f"{name.replace('_', ' ')} 2099-01-01 lies after 2026-06-30" in said(found)


@pytest.mark.rule(37)
class TestInitialsTellPeopleApart:
    """ISO/IEC 17021-1:2015, 9.9: numbers made on site hold the auditor's initials."""

    covers = (initials_tell_people_apart,)

    def test_initials_that_somebody_has_are_refused(self) -> None:
        twin = Person(id="P-08", name="Anton Keller", initials="ak")
        refused(initials_tell_people_apart, twin, "Ada Kaya has the initials AK already")

    @pytest.mark.parametrize("initials", ["A/../K", "A.K", "A@1", ""])
    def test_initials_that_would_blur_a_number_or_a_path_are_refused(self, initials: str) -> None:
        odd = Person(id="P-08", name="Anton Keller", initials=initials)
        refused(initials_tell_people_apart, odd, "are not letters A-Z and digits alone")

    def test_others_pass(self) -> None:
        passes(initials_tell_people_apart, Person(id="P-08", name="Anton Keller", initials="AKE"))


@pytest.mark.rule(37)
class TestAPersonIsOnRecordOnce:
    """ISO/IEC 17021-1:2015, 9.5.1.1, 9.9: or Ada audits as AK and decides as AX."""

    covers = (a_person_is_on_record_once,)

    @pytest.mark.parametrize("name", ["Ada Kaya", "ada  KAYA"])
    def test_a_name_that_recurs_draws_a_warning(self, name: str) -> None:
        twin = Person(id="P-08", name=name, initials="AX")
        refused(a_person_is_on_record_once, twin, "Ada Kaya (AK) is on record already", level="W")

    def test_another_name_and_the_same_record_amended_pass(self) -> None:
        passes(a_person_is_on_record_once, Person(id="P-08", name="Ada Kayalar", initials="AX"))
        passes(a_person_is_on_record_once, the("people", ADA, title="Lead auditor"))


@pytest.mark.rule(37)
class TestNobodySettlesAnOwnMatter:
    """ISO/IEC 17021-1:2015, 5.2.3, 9.9."""

    covers = (nobody_settles_an_own_matter,)

    def settlement(self, by: str, **changes: Any) -> Settlement:
        made = Settlement(id="s-1", table="decisions", record="decision-1", rule=5, settled_on=ON, by=by,
                          objection="A tie came to light.",
                          how="Decided anew by Dunja Petrov.")  # fmt: skip
        return attrs.evolve(made, **changes)

    def test_who_decided_is_refused(self) -> None:
        said = "The objection is about an act of Carla Monti, who cannot settle it"
        refused(nobody_settles_an_own_matter, self.settlement(CARLA), said)

    def test_a_member_of_the_committee_is_refused(self) -> None:
        found = changed(dossier(), "decisions", members=(CARLA, GIL))
        refused(nobody_settles_an_own_matter, self.settlement(GIL), "Gil Amsel", found=found)

    def test_who_led_the_meeting_is_refused(self) -> None:
        meeting = the("meetings")
        own = self.settlement(meeting.led_by, table="meetings", record=meeting.id, rule=8)
        refused(nobody_settles_an_own_matter, own, "who cannot settle it")

    def test_who_was_assigned_is_refused(self) -> None:
        own = self.settlement(BRUNO, table="assignments", record="as-audit-2-P-02")
        refused(nobody_settles_an_own_matter, own, "Bruno Feld")

    def test_somebody_else_passes(self) -> None:
        passes(nobody_settles_an_own_matter, self.settlement(FANNY))

    def test_what_is_not_there_is_not_settled(self) -> None:
        nothing = self.settlement(FANNY, record="none")
        refused(nobody_settles_an_own_matter, nothing, "There is no none in decisions to settle")
        nowhere = self.settlement(FANNY, table="secrets")
        refused(nobody_settles_an_own_matter, nowhere, "There is no decision-1 in secrets to settle")


@pytest.mark.rule(47)
class TestAnActIsItsPersonsOwn:
    """ISO/IEC 17021-1:2015, 9.5.1, 9.9: by own PIN or key, or a signed form that another enters."""

    covers = ()

    def acts(self, table: str, entered: Entered, by: str = "") -> list[Objection]:
        """What rule 47 has against putting a record of that table on record so."""
        record = the(table) if table != "settlements" else TestNobodySettlesAnOwnMatter().settlement(FANNY)
        author = getattr(record, "person", "") or record.by
        act = Act(act="recorded", by=by or author, entered=entered, put={table: (record,)})
        before = without(whole(table), **{table: "*"}) if table != "settlements" else dossier()
        found = judge(act, before, before.having({table: [record]}), body(), ON)[0]
        return [each for each in found if each.rule == 47]

    @pytest.mark.parametrize("table", sorted(PERSONAL))
    def test_a_personal_act_that_is_only_said_is_refused(self, table: str) -> None:
        [objection] = self.acts(table, Entered(how=Door.SAID))
        assert f"This act ({table.replace('_', ' ')}) is " in objection.text
        assert "own PIN" in objection.next

    @pytest.mark.parametrize("table", sorted(PERSONAL))
    @pytest.mark.parametrize("how", [Door.PIN, Door.KEY])
    def test_with_the_persons_own_pin_or_key_it_passes(self, table: str, how: Door) -> None:
        assert self.acts(table, Entered(how=how)) == []

    def committee(self, entered: Entered) -> list[Objection]:
        decision = the("decisions", by=DUNJA, members=(DUNJA, GIL))
        act = Act(act="decided", by=DUNJA, entered=entered, put={"decisions": (decision,)})
        before = without(dossier(), decisions="*", certificates="*")
        found = judge(act, before, before.having({"decisions": [decision]}), body(), ON)[0]
        return [each for each in found if each.rule == 47]

    def test_one_members_pin_does_not_stand_for_a_committee(self) -> None:
        [objection] = self.committee(Entered(how=Door.PIN))
        assert "Gil Amsel voted too; one member's PIN does not stand for the others" in objection.text
        assert "minutes" in objection.next

    def test_minutes_that_all_signed_and_another_enters_pass(self) -> None:
        assert self.committee(Entered(how=Door.SIGNED_FORM, by=CARLA, form="ab" * 32)) == []

    def test_with_the_pin_of_another_it_is_refused(self) -> None:
        [objection] = self.acts("decisions", Entered(how=Door.PIN, by=GIL))
        assert "is not authenticated by Carla Monti" in objection.text

    def test_a_signed_form_that_another_enters_passes(self) -> None:
        assert self.acts("decisions", Entered(how=Door.SIGNED_FORM, by=GIL, form="ab" * 32)) == []

    @pytest.mark.parametrize(
        ("entered", "words"),
        [
            (Entered(how=Door.SIGNED_FORM, by=GIL), "No signed form is attached"),
            (Entered(how=Door.SIGNED_FORM, form="ab" * 32), "entered by somebody else than the person who signed it"),
            (Entered(how=Door.SIGNED_FORM, by=CARLA, form="ab" * 32), "entered by somebody else"),
        ],
    )
    def test_a_form_that_shows_nothing_is_refused(self, entered: Entered, words: str) -> None:
        assert words in said(self.acts("decisions", entered), 47)

    @pytest.mark.parametrize("table", ["decisions", "declarations", "verifications"])
    def test_a_record_that_names_another_is_refused(self, table: str) -> None:
        found = self.acts(table, Entered(how=Door.PIN), by=GIL)
        assert "the act is Gil Amsel's" in said(found, 47)

    def test_who_is_nobody_here_acts_not(self) -> None:
        client = the("clients")
        act = Act(act="recorded", by="P-99", put={"clients": (client,)})
        assert "There is no person P-99 in this office" in said(against("clients", client, act=act), 47)

    def test_who_is_nobody_here_enters_no_signed_form(self) -> None:
        ghost = Entered(how=Door.SIGNED_FORM, by="P-99", form="ab" * 32)
        assert "There is no person P-99 in this office" in said(self.acts("decisions", ghost), 47)

    def test_what_is_not_personal_may_be_entered_for_another(self) -> None:
        client = the("clients", phone="+49 40 555 0101")
        act = Act(act="client changed", by=CARLA, entered=Entered(by=GIL), put={"clients": (client,)})
        assert against("clients", client, act=act) == []

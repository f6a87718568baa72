"""Audits at the command line, before they begin: set up, staffed, told to the client, planned, opened in order."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import date, time
from itertools import pairwise
from pathlib import Path

import pytest

from certbody.domain.audit import Slot
from certbody.journal.verify import verify
from certbody.office.plans import read_plan, written
from tests.cli.fieldwork import APPLICATION, CLIENT, READY, Field, before_the_audits

STAGE_2 = ("--stage", "2", "--from", "2026-04-13", "--to", "2026-04-17")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    before_the_audits(folder)
    return folder


@pytest.fixture
def field(ready: Path, tmp_path: Path) -> Field:
    return Field.copied(ready, tmp_path)


class TestNew:
    """ISO/IEC 17021-1:2015, 9.1.3, 9.1.4, 9.2.1."""

    def test_what_is_not_said_comes_from_the_record(self, field: Field) -> None:
        made = field.data("audit", "new", APPLICATION, *STAGE_2, by="CM", on="2026-02-02")
        [time_record] = field.dossier.audit_times.values()
        assert made["number"] == "2026-001"
        assert made["sites"] == ["K", "K2", "K3"]
        assert made["days"] == format(time_record.stage2, "f")
        assert made["scope"] == "Complaints handling for mobile and fixed-line telephony"
        assert "conforms to the audit criteria" in made["objectives"]

    def test_guidance_is_audited_against_the_published_scheme_and_never_by_its_own_name(self, field: Field) -> None:
        made = field.data("audit", "new", APPLICATION, *STAGE_2, by="CM", on="2026-02-02")
        assert made["criteria"] == "S-10002, issue 1 of 2026-01-05"

    def test_stage_1_goes_to_the_central_site(self, field: Field) -> None:
        made = field.data(
            *("audit", "new", APPLICATION, "--stage", "1", "--from", "2026-03-02", "--to", "2026-03-02"),
            by="CM",
            on="2026-02-02",
        )
        assert made["sites"] == ["K"]
        assert "ready for stage 2" in made["objectives"]

    def test_fewer_days_than_the_record_are_refused_and_use_up_no_number(self, field: Field) -> None:
        said = field.refused("audit", "new", APPLICATION, *STAGE_2, "--days", "1", by="CM", on="2026-02-02")
        assert "the audit time on record is" in said
        assert field.data("audit", "new", APPLICATION, *STAGE_2, by="CM", on="2026-02-02")["number"] == "2026-001"

    def test_a_last_day_before_the_first_is_refused(self, field: Field) -> None:
        days = ("--stage", "1", "--from", "2026-03-02", "--to", "2026-03-01")
        assert "before it starts" in field.refused("audit", "new", APPLICATION, *days, by="CM", on="2026-02-02")

    def test_an_unknown_application_and_an_unknown_person_are_not_found(self, field: Field) -> None:
        assert "A-2026-009" in field.refused("audit", "new", "A-2026-009", *STAGE_2, by="CM", code=1)
        assert "nobody" in field.refused("audit", "new", APPLICATION, *STAGE_2, by="ZZ", code=1)

    def test_bad_text_is_one_sentence_and_changes_nothing(self, field: Field) -> None:
        said = field.refused("audit", "new", APPLICATION, *STAGE_2, "--scope", "a\x07b", by="CM", code=1)
        assert said == "Not recorded: scope has a control character (U+0007) at position 2.\n"

    def test_dates_move_as_long_as_they_may_and_the_journal_keeps_what_they_were(self, field: Field) -> None:
        number = field.planned(1)
        days = ("--from", "2026-03-09", "--to", "2026-03-09", "--why", "the client asked")
        made = field.data("audit", "change", number, *days, by="CM")
        assert made["starts_on"] == made["ends_on"] == "2026-03-09"
        assert len([e for e in field.office.store.read(CLIENT) if "audits" in e.put]) == 2


class TestTeam:
    """ISO/IEC 17021-1:2015, 5.2.13, 9.1.4.4, 9.2.2, 9.2.3.5."""

    def test_leader_and_auditors_share_the_days_unless_told_otherwise(self, field: Field) -> None:
        number = str(field.data("audit", "new", APPLICATION, *STAGE_2, by="CM", on="2026-02-02")["number"])
        leader = field.data("audit", "assign", number, "AK", "--role", "leader", "--days", "2", by="CM")
        auditor = field.data("audit", "assign", number, "BF", "--role", "auditor", by="CM")
        assert (leader["days"], auditor["days"]) == ("2", "3.0")

    def test_an_expert_brings_no_audit_days(self, field: Field) -> None:
        number = field.planned(1)
        words = ("audit", "assign", number, "TO", "--role", "technical-expert")
        assert "brings no audit days" in field.refused(*words, "--days", "1", by="CM")
        assert field.data(*words, by="CM")["days"] == "0"

    def test_assigning_again_changes_the_place_and_adds_none(self, field: Field) -> None:
        number = field.planned(1)
        field.done("audit", "assign", number, "BF", "--role", "observer", by="CM")
        team = field.data("audit", "show", number)["team"]
        assert [(each["name"], each["role"]) for each in team] == [("Ada Kaya", "leader"), ("Ben Ferro", "observer")]

    def test_nobody_leaves_a_team_without_a_reason(self, field: Field) -> None:
        number = field.planned(1)
        assert "without a reason" in field.refused("audit", "unassign", number, "BF", by="CM")
        field.done("audit", "unassign", number, "BF", "--why", "illness", by="CM")
        assert len(field.data("audit", "show", number)["team"]) == 1

    def test_once_the_audit_has_begun_nobody_who_carries_it_out_is_made_a_bystander(self, field: Field) -> None:
        number = field.opened(1)
        assert "stays on record" in field.refused("audit", "unassign", number, "BF", "--why", "late", by="CM")
        said = field.refused("audit", "assign", number, "BF", "--role", "observer", "--days", "0", by="CM")
        assert "who carries it out stays on record" in said
        field.done("audit", "assign", number, "TO", "--role", "technical-expert", by="CM")

    def test_the_conflict_question_is_answered_by_the_person_alone(self, field: Field) -> None:
        number = field.planned(1)
        field.pins.write_text("AK kaya-4711\nCM monti-8150\n")
        words = ("audit", "declare", number, "--no-conflict")
        assert "not authenticated" in field.refused(*words, by="BF")
        field.pins.write_text("BF kaya-4711\n")
        assert "not Ben Ferro's" in field.refused(*words, by="BF", code=1)

    def test_a_signed_form_stands_for_the_pin_when_another_enters_it(self, field: Field, tmp_path: Path) -> None:
        number = field.planned(1)
        (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 signed")
        form = ("--signed-form", str(tmp_path / "scan.pdf"))
        words = ("audit", "declare", number, "--no-conflict", *form)
        assert "entered by somebody else" in field.refused(*words, by="BF")
        field.done(*words, "--entered-by", "CM", by="BF")
        last = field.office.store.read(CLIENT)[-1]
        assert last.entered["how"] == "signed form"
        assert last.entered["by"] == field.office.person("CM")

    def test_a_declaration_says_yes_or_no(self, field: Field) -> None:
        number = field.planned(1)
        field.refused("audit", "declare", number, by="AK", code=1)
        field.refused("audit", "declare", number, "--no-conflict", "--conflict", "a brother", by="AK", code=1)

    def test_a_declared_conflict_stops_the_audit_and_says_whose(self, field: Field) -> None:
        number = field.planned(1)
        field.done("audit", "declare", number, "--conflict", "my brother works there", by="BF", on="2026-02-20")
        said = field.refused("audit", "open", number, "--attendee", "AK", by="AK", on="2026-03-02")
        assert "Ben Ferro declared a conflict" in said
        assert "my brother works there" in said

    def test_an_objection_is_answered_before_the_audit(self, field: Field) -> None:
        number = field.planned(1)
        field.done("audit", "object", number, "BF", "--reason", "a former rival", by="CM", on="2026-02-10")
        opening = ("audit", "open", number, "--attendee", "AK")
        assert "is not answered" in field.refused(*opening, by="AK", on="2026-03-02")
        answer = ("audit", "answer-objection", number, "BF", "--not-valid", "--answer", "ten years ago")
        field.done(*answer, by="CM", on="2026-02-12")
        field.done(*opening, by="AK", on="2026-03-02")
        assert "No objection" in field.refused(*answer, by="CM", on="2026-02-12", code=1)


class TestOrder:
    """ISO/IEC 17021-1:2015, 9.1.2, 9.3.1, 9.4.2, 9.4.7."""

    def test_an_audit_is_not_closed_before_it_is_opened(self, field: Field) -> None:
        number = field.planned(1)
        closing = ("audit", "close", number, "--attendee", "AK")
        assert "no opening meeting" in field.refused(*closing, by="AK", on="2026-03-02")
        field.done("audit", "open", number, "--attendee", "AK", by="AK", on="2026-03-02")
        assert "no opening meeting" in field.refused(*closing, by="AK", on="2026-03-01")
        field.done(*closing, by="AK", on="2026-03-02")

    def test_stage_2_waits_for_a_stage_1_that_found_the_client_ready(self, field: Field) -> None:
        first = field.opened(1)
        second = field.planned(2)
        opening = ("audit", "open", second, "--attendee", "AK")
        assert "Stage 1 has no conclusion yet" in field.refused(*opening, by="AK", on="2026-04-13")
        field.done("audit", "conclude", first, "--not-ready", "--summary", "No audit yet.", by="AK", on="2026-03-02")
        assert "not ready" in field.refused(*opening, by="AK", on="2026-04-13")
        field.done("audit", "conclude", first, *READY, by="AK", on="2026-03-20")
        field.done(*opening, by="AK", on="2026-04-13")

    def test_a_meeting_that_has_not_happened_is_not_recorded(self, field: Field) -> None:
        number = field.planned(1)
        said = field.refused("audit", "open", number, "--attendee", "AK", by="AK", on="2026-06-02")
        assert "lies after 2026-06-01" in said

    def test_the_opening_says_everything_that_is_missing_at_once(self, field: Field) -> None:
        made = field.data("audit", "new", APPLICATION, *STAGE_2, by="CM", on="2026-02-02")
        number = str(made["number"])
        field.done("audit", "assign", number, "BF", "--role", "leader", by="CM", on="2026-02-02")
        said = field.refused("audit", "open", number, "--attendee", "BF", by="BF", on="2026-04-13")
        for part in ("Stage 1 has no conclusion", "no competence for leading", "conflict question", "team's names"):
            assert part in said

    def test_our_own_people_are_named_by_their_initials_and_others_in_full(self, field: Field) -> None:
        number = field.planned(1)
        words = ("--attendee", "AK", "--attendee", "Greta Holm; head of service; Seven Bridges", "--starts", "09:00")
        made = field.data("audit", "open", number, *words, by="AK", on="2026-03-02")
        ours, theirs = made["attendance"]
        assert ours == {"name": "Ada Kaya", "function": "leader", "organisation": "Quayside Certification Ltd"}
        assert theirs["organisation"] == "Seven Bridges"
        assert (made["place"], made["starts"]) == ("Head office", "09:00")

    def test_show_names_what_is_missing_with_its_next_step_and_list_how_far_each_has_come(self, field: Field) -> None:
        number = field.planned(1)
        missing = field.data("audit", "show", number)["missing"]
        assert {"what": "there is no plan", "next": f"certbody audit plan {number} --propose"} in missing
        assert [row["state"] for row in field.data("audit", "list")] == ["planned"]
        field.done("audit", "open", number, "--attendee", "AK", by="AK", on="2026-03-02")
        assert [row["state"] for row in field.data("audit", "list", on="2026-03-01")] == ["planned"]
        assert [row["state"] for row in field.data("audit", "list")] == ["under way"]


class TestPlan:
    """ISO/IEC 17021-1:2015, 9.2.3."""

    def test_a_proposal_covers_the_checklist_in_days_of_eight_hours_with_a_break(self, field: Field) -> None:
        number = field.planned(2)
        field.issued(number)
        field.done("audit", "plan", number, "--propose", by="AK", on="2026-02-20")
        [plan] = field.dossier.plans.values()
        [checklist] = field.dossier.checklists.values()
        assert {item for slot in plan.slots for item in slot.items} == {row.item for row in checklist.rows}
        for site in ("K", "K2", "K3"):
            asked = {row.item for row in checklist.rows if row.site == site}
            assert asked == {item for slot in plan.slots if slot.site == site for item in slot.items}
        for (_, person), slots in _by_day(plan.slots).items():
            assert sum(_minutes(slot) for slot in slots) <= 8 * 60
            assert not any(slot.starts < time(13, 0) and slot.ends > time(12, 45) for slot in slots), person
            for one, other in pairwise(slots):
                assert one.ends <= other.starts

    def test_a_proposal_begins_with_the_opening_and_ends_with_the_closing(self, field: Field) -> None:
        number = field.planned(2)
        field.done("audit", "plan", number, "--propose", by="AK", on="2026-02-20")
        [plan] = field.dossier.plans.values()
        assert plan.slots[0].what == "Opening meeting"
        assert plan.slots[-1].what == "Closing meeting"
        assert any("agrees on its conclusions" in slot.what for slot in plan.slots)

    def test_half_a_day_of_one_auditor_is_planned_as_well(self, field: Field) -> None:
        number = field.planned(1)
        field.done("audit", "unassign", number, "BF", "--why", "one is enough", by="CM")
        field.done("audit", "assign", number, "AK", "--role", "leader", "--days", "0.5", by="CM")
        slots = _proposed(field, number)
        assert (slots[0].starts, slots[-1].ends) == (time(8, 30), time(12, 30))
        assert slots[-2].what == "The auditor prepares findings and conclusions"

    def test_more_days_than_the_calendar_has_are_not_planned(self, field: Field) -> None:
        number = field.planned(1)
        field.done("audit", "assign", number, "AK", "--role", "leader", "--days", "3", by="CM")
        said = field.refused("audit", "plan", number, "--propose", by="AK", code=1)
        assert "3 days do not fit" in said

    def test_a_plan_is_written_changed_and_read_again(self, field: Field, tmp_path: Path) -> None:
        number, path = field.planned(2), tmp_path / "plan.csv"
        field.done("audit", "plan", number, "--propose", "--write", str(path), by="AK")
        assert not field.dossier.plans
        slots = read_plan(field.office, path.read_bytes(), path.name)
        assert written(field.office, slots) == path.read_text()
        path.write_text(path.read_text().replace("Opening meeting", "Opening meeting; safety briefing"))
        words = ("audit", "plan", number, "--from-file", str(path), "--agreed-by", "Greta Holm")
        made = field.data(*words, by="AK", on="2026-02-25")
        assert made["slots"][0]["what"] == "Opening meeting; safety briefing"
        assert (made["agreed_by"], made["agreed_on"]) == ("Greta Holm", "2026-02-25")

    def test_a_plan_may_be_toml(self, field: Field, tmp_path: Path) -> None:
        number, path = field.planned(1), tmp_path / "plan.toml"
        path.write_text(
            '[[slots]]\nday = 2026-03-02\nstarts = 09:00:00\nends = "10:00"\nsite = "K"\nwhat = "Opening"\n'
            'people = ["AK", "BF"]\n'
        )
        assert tomllib.loads(path.read_text())
        assert len(field.data("audit", "plan", number, "--from-file", str(path), by="AK")["slots"]) == 1

    def test_every_fault_of_a_file_is_named_with_its_line(self, field: Field, tmp_path: Path) -> None:
        number, path = field.planned(1), tmp_path / "plan.csv"
        path.write_text(
            "day,starts,ends,site,what,people,items\n"
            "2026-03-02,09:00,10:00,K,Opening,AK,\n"
            "02.03.2026,09:00,10:00,K,Talk,AK,\n"
            "2026-03-02,9:00,10:00,K,Talk,ZZ,\n"
        )
        said = field.refused("audit", "plan", number, "--from-file", str(path), by="AK", code=1)
        assert "plan.csv, line 3: '02.03.2026' is no date" in said
        assert "plan.csv, line 4: '9:00' is no time of day" in said
        assert "plan.csv, line 4: 'ZZ' is nobody here" in said

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"", "column day is missing"),
            (b"\xff\xfe\x00", "no text in UTF-8"),
            (b"day,starts,ends,site,what,people\n", "there are no slots"),
            (b"day,starts,ends,site,what,who\n", "'who' is none of the columns"),
            (b"day,starts,ends,site,what,people\n2026-03-02,09:00\n", "has not 6 columns"),
        ],
    )
    def test_what_is_no_plan_is_told_in_a_sentence(
        self, field: Field, tmp_path: Path, content: bytes, fault: str
    ) -> None:
        number, path = field.planned(1), tmp_path / "plan.csv"
        path.write_bytes(content)
        assert fault in field.refused("audit", "plan", number, "--from-file", str(path), by="AK", code=1)

    @pytest.mark.parametrize(
        ("line", "objection"),
        [
            ("2026-03-03,09:00,10:00,K,Talk,AK", "the audit is from 2026-03-02"),
            ("2026-03-02,09:00,10:00,K2,Talk,AK", "does not visit site K2"),
            ("2026-03-02,10:00,09:00,K,Talk,AK", "before it starts"),
            ("2026-03-02,09:00,10:00,K,Talk,CM", "Clara Monti is not assigned"),
            ("2026-03-02,09:00,10:00,K,Talk,", "nobody is planned"),
            ("2026-03-02,08:00,17:00,K,Talk,AK", "longer days do not save days"),
        ],
    )
    def test_what_cannot_be_carried_out_is_no_plan(
        self, field: Field, tmp_path: Path, line: str, objection: str
    ) -> None:
        number, path = field.planned(1), tmp_path / "plan.csv"
        path.write_text(f"day,starts,ends,site,what,people\n{line}\n")
        assert objection in field.refused("audit", "plan", number, "--from-file", str(path), by="AK")

    def test_nobody_is_at_two_places_at_once_and_two_persons_may_be(self, field: Field, tmp_path: Path) -> None:
        number, path = field.planned(2), tmp_path / "plan.csv"
        head = "day,starts,ends,site,what,people\n2026-04-13,09:00,11:00,K,Talk,AK\n"
        path.write_text(head + "2026-04-13,10:00,11:00,K2,Talk,AK\n")
        said = field.refused("audit", "plan", number, "--from-file", str(path), by="AK")
        assert "Ada Kaya would be at K and at K2 on 2026-04-13 at 10:00" in said
        path.write_text(head + "2026-04-13,10:00,11:00,K2,Talk,BF\n2026-04-13,11:00,12:00,K2,Talk,AK\n")
        field.done("audit", "plan", number, "--from-file", str(path), by="AK")

    def test_a_further_plan_is_the_next_revision(self, field: Field) -> None:
        number = field.planned(1)
        field.done("audit", "plan", number, "--propose", by="AK")
        assert field.data("audit", "plan", number, "--propose", by="AK")["revision"] == 2
        assert field.data("audit", "plan", number, "--agreed-by", "Greta Holm", by="AK")["revision"] == 2
        assert verify(field.office.store) == []


def _proposed(field: Field, number: str) -> list[Slot]:
    from certbody.office.planning import propose

    return list(propose(field.office, number))


def _by_day(slots: tuple[Slot, ...]) -> dict[tuple[date, str], list[Slot]]:
    days: dict[tuple[date, str], list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.day, slot.starts)):
        for person in slot.people:
            days[slot.day, person].append(slot)
    return days


def _minutes(slot: Slot) -> int:
    return (slot.ends.hour - slot.starts.hour) * 60 + slot.ends.minute - slot.starts.minute

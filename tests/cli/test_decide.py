"""Decisions: by the right persons, on a complete file, under a number that is used once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from certbody.cli.desk import Desk
from certbody.cli.root import certbody
from certbody.office import BODY, Hand
from tests.cli.nordwind import APPLICATION, MAJOR, MINOR, OTHER_MINOR, REVIEW, VERIFIED, Case, at_closing

GRANT = ("decide", "grant", APPLICATION, "--reason", "All is fulfilled.")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "signed.pdf"
    path.write_bytes(b"%PDF-1.4 signed by hand")
    return str(path)


class TestWhoDecides:
    """Rules 1, 2, 5, 42 and 47; ISO/IEC 17021-1:2015, 9.5.1."""

    def test_the_reviewer_may_decide(self, case: Case) -> None:
        case.reviewed()
        made = case.data(*GRANT, by="DP", on="2026-06-24")
        assert (made["number"], made["kind"], made["decided_on"]) == ("D-2026-001", "grant", "2026-06-24")
        assert made["review"]

    def test_who_audited_does_not_decide_and_no_number_is_used_up(self, case: Case) -> None:
        case.reviewed()
        said = case.refused(*GRANT, by="AK", on="2026-06-24")
        assert "Ada Kaya audited this client on 2026-03-10 as leader. (ISO/IEC 17021-1:2015, 9.5.1.1)" in said
        assert "Next: name a decision maker who was on no audit of this decision" in said
        assert case.data(*GRANT, by="DP", on="2026-06-24")["number"] == "D-2026-001"

    def test_a_committee_decides_without_those_who_audited(self, case: Case) -> None:
        case.reviewed()
        said = case.refused(*GRANT, "--member", "GA", "--member", "AK", by="DP", on="2026-06-24")
        assert "Ada Kaya audited this client" in said
        alone = case.refused(*GRANT, "--member", "GA", by="DP", on="2026-06-24")
        assert "Gil Amsel voted too; one member's PIN does not stand for the others" in alone
        minutes = case.pins.with_name("minutes.pdf")
        minutes.write_bytes(b"%PDF-1.4 minutes, signed by all")
        signed = ("--signed-form", str(minutes), "--entered-by", "CM")
        made = case.data(*GRANT, "--member", "GA", *signed, by="DP", on="2026-06-24")
        assert made["members"] == ["P-04", "P-07"]

    def test_a_member_who_was_the_clients_consultant_bars_the_decision(self, case: Case) -> None:
        case.reviewed()
        said = case.refused(*GRANT, "--member", "FR", by="DP", on="2026-06-24")
        assert "24 months are over on 2027-09-30" in said

    def test_who_is_not_competent_does_not_decide(self, case: Case) -> None:
        case.reviewed()
        assert "holds no competence for decision" in case.refused(*GRANT, by="CM", on="2026-06-24")

    def test_a_wrong_pin_is_refused_before_anything_is_on_record(self, case: Case) -> None:
        case.reviewed()
        case.pins.write_text("DP petrov-0000\n")
        assert "The PIN is not Dunja Petrov's" in case.refused(*GRANT, by="DP", on="2026-06-24", code=1)

    def test_without_a_pin_it_is_nobodys_decision(self, case: Case) -> None:
        case.reviewed()
        case.pins.write_text("")
        assert "not authenticated by Dunja Petrov" in case.refused(*GRANT, by="DP", on="2026-06-24")

    def test_a_file_of_pins_that_is_not_there_is_named_with_the_way_on(self, case: Case) -> None:
        case.reviewed()
        case.pins.unlink()
        said = case.refused(*GRANT, by="DP", on="2026-06-24", code=1)
        assert f"The file of PINs {case.pins} cannot be read: No such file or directory." in said
        assert "Next: name another in CERTBODY_PIN_FILE" in said

    def test_where_nobody_can_type_a_pin_the_next_step_is_named(self, case: Case) -> None:
        environment = {"CERTBODY_PIN_FILE": None, "CERTBODY_OFFICE": None}
        desk = Desk(folder=str(case.folder))
        result = CliRunner().invoke(certbody, ["person", "pin", "DP"], obj=desk, env=environment)
        assert result.exit_code == 1
        assert "this is no terminal" in result.stderr
        assert "CERTBODY_PIN_FILE" in result.stderr

    def test_a_pin_does_not_let_another_enter_it(self, case: Case) -> None:
        case.reviewed()
        assert "not authenticated" in case.refused(*GRANT, "--entered-by", "CM", by="DP", on="2026-06-24")

    def test_a_signed_form_is_entered_by_another(self, case: Case, scan: str) -> None:
        case.reviewed()
        words = (*GRANT, "--signed-form", scan)
        assert "entered by somebody else" in case.refused(*words, by="GA", on="2026-06-24")
        assert "entered by somebody else" in case.refused(*words, "--entered-by", "GA", by="GA", on="2026-06-24")
        case.done(*words, "--entered-by", "CM", by="GA", on="2026-06-24")
        last = case.office.store.read("C-0001")[-1]
        assert (last.by, last.entered["by"], last.entered["how"]) == ("P-07", "P-03", "signed form")


class TestWhatStandsBehindIt:
    """Rules 18, 19, 20, 21 and 43."""

    def test_an_unverified_major_blocks_and_names_the_next_step(self, case: Case) -> None:
        case.answered()
        case.done("review", "record", APPLICATION, *REVIEW, by="DP", on="2026-06-18")
        said = case.refused(*GRANT, by="DP", on="2026-06-24")
        assert f"Major nonconformity {MAJOR}: implementation is not verified." in said
        assert f"Next: certbody nc verify {MAJOR}" in said

    def test_a_minor_needs_its_accepted_plan_and_no_verification(self, case: Case) -> None:
        case.reviewed()
        assert case.data("nc", "show", MINOR, on="2026-06-24")["verification"] is None
        case.done(*GRANT, by="DP", on="2026-06-24")

    def test_a_minor_without_an_accepted_plan_blocks(self, case: Case) -> None:
        case.answered(MAJOR, MINOR)
        case.done("nc", "verify", MAJOR, *VERIFIED, by="AK", on="2026-06-09")
        case.done("review", "record", APPLICATION, *REVIEW, by="DP", on="2026-06-18")
        said = case.refused(*GRANT, by="DP", on="2026-06-24")
        assert f"Minor nonconformity {OTHER_MINOR}: no response is accepted" in said
        assert MAJOR not in said

    def test_a_major_verified_six_months_after_stage_2_is_in_time(self, case: Case) -> None:
        self._verified_on(case, "2026-10-16")
        case.done(*GRANT, by="DP", on="2026-10-20")

    def test_a_major_verified_a_day_later_asks_for_another_stage_2(self, case: Case) -> None:
        self._verified_on(case, "2026-10-17")
        said = case.refused(*GRANT, by="DP", on="2026-10-20")
        assert "was not verified by 2026-10-16, six months after the last day of stage 2 (2026-04-16)" in said
        assert "plan another stage 2" in said

    @staticmethod
    def _verified_on(case: Case, day: str) -> None:
        case.answered()
        case.done("nc", "verify", MAJOR, *VERIFIED, by="AK", on=day)
        case.done("review", "record", APPLICATION, *REVIEW, by="DP", on="2026-10-18")

    def test_a_grant_without_a_review_is_refused(self, case: Case) -> None:
        case.verified()
        assert "has not been reviewed before the decision" in case.refused(*GRANT, by="DP", on="2026-06-24")

    def test_a_refusal_needs_its_reason_alone(self, case: Case) -> None:
        words = ("decide", "refuse", APPLICATION, "--reason", "The major stays open.")
        assert case.data(*words, by="DP", on="2026-06-24")["kind"] == "refuse"
        assert "was decided on 2026-06-24 already" in case.refused(*GRANT, by="DP", on="2026-06-25")

    def test_a_decision_has_no_effect_before_it_was_taken(self, case: Case) -> None:
        case.reviewed()
        said = case.refused(*GRANT, "--effective", "2026-06-23", by="DP", on="2026-06-24")
        assert "cannot be effective on 2026-06-23" in said
        made = case.data(*GRANT, "--effective", "2026-07-01", by="DP", on="2026-06-24")
        assert made["effective_on"] == "2026-07-01"

    def test_a_decision_against_the_recommendation_says_why(self, case: Case) -> None:
        case.verified()
        words = [each if each != "grant" else "refuse" for each in REVIEW]
        case.done("review", "record", APPLICATION, *words, by="DP", on="2026-06-18")
        said = case.refused(*GRANT, by="DP", on="2026-06-24")
        assert "recommended 'refuse'; the decision is 'grant'" in said
        case.done(*GRANT, "--why", "the reviewer had not seen the last evidence", by="DP", on="2026-06-24")

    def test_nothing_is_decided_in_the_future(self, case: Case) -> None:
        case.reviewed()
        assert "lies after 2027-02-01" in case.refused(*GRANT, by="DP", on="2027-02-02")


class TestNumbers:
    def test_a_number_whose_act_never_came_to_be_is_used_before_a_new_one(self, case: Case) -> None:
        case.reviewed()
        office = case.office
        lost = office.number("decision", "C-0001", office.make_id(), hand=Hand(by="P-04"), on=office.today())
        made = case.data(*GRANT, by="DP", on="2027-01-15")
        assert made["number"] == lost == "D-2027-001"
        assert list(case.office.body.numbers) == [lost]

    def test_a_number_of_another_client_is_left_alone(self, case: Case) -> None:
        case.reviewed()
        office = case.office
        theirs = office.number("decision", "C-0002", office.make_id(), hand=Hand(by="P-04"), on=office.today())
        assert case.data(*GRANT, by="DP", on="2027-01-15")["number"] == "D-2027-002"
        assert case.office.body.numbers[theirs].journal == "C-0002"

    def test_an_application_that_nobody_knows_has_no_decision(self, case: Case) -> None:
        words = ("decide", "grant", "A-2026-777", "--reason", "x")
        assert "There is no application A-2026-777" in case.refused(*words, by="DP", code=1)
        assert BODY not in case.office.clients()

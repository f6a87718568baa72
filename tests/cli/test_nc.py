"""Nonconformities at the command line: each step a fact, in its order, by its own hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.nordwind import ANSWER, MAJOR, MINOR, OTHER_MINOR, VERIFIED, Case, at_closing

OPPORTUNITY = "2026-014/AK-3"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


class TestListing:
    def test_the_list_names_each_nonconformity_gravest_first_and_no_other_finding(self, case: Case) -> None:
        rows = case.data("nc", "list", on="2026-05-01")
        assert [(row["number"], row["grade"]) for row in rows] == [
            (MAJOR, "major"),
            (MINOR, "minor"),
            (OTHER_MINOR, "minor"),
        ]
        assert {row["stage"] for row in rows} == {"response awaited"}
        assert rows[0]["next"] == f"certbody nc respond {MAJOR}"

    def test_an_answer_is_overdue_on_the_day_after_it_was_due(self, case: Case) -> None:
        assert case.data("nc", "show", MAJOR, on="2026-05-16")["stage"] == "response awaited"
        assert case.data("nc", "show", MAJOR, on="2026-05-17")["stage"] == "response overdue"

    def test_a_list_of_a_day_before_the_audit_is_empty(self, case: Case) -> None:
        assert case.data("nc", "list", on="2026-04-01") == []

    def test_the_list_of_open_ones_leaves_out_what_is_confirmed(self, case: Case) -> None:
        case.verified()
        case.done("nc", "confirm", MAJOR, "--evidence", "118 of 118 cases.", by="AK", on="2026-06-29")
        assert [row["number"] for row in case.data("nc", "list", "--open")] == [MINOR, OTHER_MINOR]
        assert len(case.data("nc", "list", "C-0001")) == 3

    def test_an_opportunity_is_no_nonconformity(self, case: Case) -> None:
        assert "its grade is 'opportunity'" in case.refused("nc", "show", OPPORTUNITY, code=1)

    def test_a_number_that_nobody_knows_says_so(self, case: Case) -> None:
        assert "There is no finding 2026-014/XX-9" in case.refused("nc", "show", "2026-014/XX-9", code=1)

    def test_a_number_in_small_letters_is_found(self, case: Case) -> None:
        assert case.data("nc", "show", MAJOR.lower())["number"] == MAJOR


class TestTheFolderToWriteTo:
    @pytest.mark.parametrize("below", ["file", "file/below"])
    def test_what_cannot_be_written_is_not_issued(self, case: Case, tmp_path: Path, below: str) -> None:
        (tmp_path / "file").write_text("mine")
        said = case.refused("nc", "report", MAJOR, "--out", str(tmp_path / below), by="AK", code=2)
        assert "is no folder" in said
        assert (tmp_path / "file").read_text() == "mine"

    def test_a_disk_that_does_not_take_it_is_told_with_what_stands(self, case: Case, tmp_path: Path) -> None:
        (tmp_path / f"nonconformity-{MAJOR.replace('/', '-')}.docx").mkdir()
        result = case.run("nc", "report", MAJOR, "--out", str(tmp_path), by="AK")
        assert result.exit_code == 1
        assert "What this command put on record stands" in result.stderr
        assert "--out to another folder" in result.stderr

    def test_a_folder_that_is_not_there_is_made(self, case: Case, tmp_path: Path) -> None:
        case.done("nc", "report", MAJOR, "--out", str(tmp_path / "new" / "below"), by="AK")
        assert list((tmp_path / "new" / "below").iterdir())


class TestAnswer:
    """ISO/IEC 17021-1:2015, 9.4.9."""

    def test_a_complete_answer_is_on_record_with_the_day_it_came(self, case: Case) -> None:
        made = case.data("nc", "respond", MAJOR, *ANSWER, by="AK", on="2026-05-11")
        assert (made["received_on"], made["by"], made["due_on"]) == ("2026-05-11", "Greta Holm", "2026-06-05")
        assert case.data("nc", "show", MAJOR, on="2026-05-11")["stage"] == "response to be reviewed"
        assert case.data("nc", "show", MAJOR, on="2026-05-10")["response"] is None

    def test_an_answer_without_extent_and_cause_is_refused_with_both(self, case: Case) -> None:
        said = case.refused("nc", "respond", MAJOR, "--correction", "Mended.", by="AK", on="2026-05-11")
        assert "lacks extent, cause, corrective action, owner, a date by which" in said

    def test_human_error_as_the_cause_asks_for_a_reason_to_go_on(self, case: Case) -> None:
        words = [each if not each.startswith("The rota") else "Human error." for each in ANSWER]
        assert "say why with --why" in case.refused("nc", "respond", MAJOR, *words, by="AK", on="2026-05-11")
        case.done("nc", "respond", MAJOR, *words, "--why", "the form says more", by="AK", on="2026-05-11")

    def test_an_answer_that_is_to_come_is_refused(self, case: Case) -> None:
        assert "lies after" in case.refused("nc", "respond", MAJOR, *ANSWER, by="AK", on="2027-03-01")

    def test_evidence_that_came_with_the_answer_is_kept(self, case: Case, tmp_path: Path) -> None:
        letter = tmp_path / "letter.pdf"
        letter.write_bytes(b"%PDF-1.4 an invented letter")
        made = case.data("nc", "respond", MAJOR, *ANSWER, "--file", str(letter), by="AK", on="2026-05-11")
        [kept] = made["files"]
        assert (kept["name"], kept["media"]) == ("letter.pdf", "application/pdf")
        assert case.office.store.open_file(kept["sha256"]) == letter.read_bytes()

    def test_a_refused_answer_keeps_no_file(self, case: Case, tmp_path: Path) -> None:
        letter = tmp_path / "letter.pdf"
        letter.write_bytes(b"%PDF-1.4 an invented letter")
        case.refused("nc", "respond", MAJOR, "--extent", "x", "--file", str(letter), by="AK", on="2026-05-11")

    def test_a_form_and_words_together_are_a_misuse(self, case: Case, tmp_path: Path) -> None:
        form = tmp_path / "form.xlsx"
        form.write_bytes(b"PK")
        assert "not both" in case.refused("nc", "respond", MAJOR, str(form), "--cause", "x", by="AK", code=2)

    def test_neither_form_nor_words_is_a_misuse(self, case: Case) -> None:
        assert "Give the response form" in case.refused("nc", "respond", MAJOR, by="AK", code=2)


class TestReviewOfAnswer:
    """ISO/IEC 17021-1:2015, 9.4.10."""

    def test_there_is_nothing_to_review_before_an_answer(self, case: Case) -> None:
        said = case.refused("nc", "review", MAJOR, "--accept", "--reason", "x", by="AK", on="2026-05-14", code=1)
        assert "has not answered" in said

    def test_a_rejected_answer_waits_for_another_one(self, case: Case) -> None:
        case.done("nc", "respond", MAJOR, *ANSWER, by="AK", on="2026-05-11")
        case.done("nc", "review", MAJOR, "--reject", "--reason", "No cause.", by="AK", on="2026-05-14")
        assert case.data("nc", "show", MAJOR)["stage"] == "response rejected"
        case.done("nc", "respond", MAJOR, *ANSWER, by="AK", on="2026-05-20")
        assert case.data("nc", "show", MAJOR)["stage"] == "response to be reviewed"

    def test_an_outcome_has_to_be_named(self, case: Case) -> None:
        assert "Give --accept or --reject" in case.refused("nc", "review", MAJOR, "--reason", "x", by="AK", code=2)

    def test_a_reason_is_needed_and_an_empty_one_is_none(self, case: Case) -> None:
        case.done("nc", "respond", MAJOR, *ANSWER, by="AK", on="2026-05-11")
        said = case.refused("nc", "review", MAJOR, "--accept", "--reason", " ", by="AK", on="2026-05-14", code=1)
        assert "reason is empty" in said


class TestVerification:
    """ISO/IEC 17021-1:2015, 9.5.2; rule 47: by the person's own PIN, or a form that the person signed."""

    def test_it_follows_an_accepted_answer(self, case: Case) -> None:
        case.done("nc", "respond", MAJOR, *ANSWER, by="AK", on="2026-05-11")
        assert "no response is accepted" in case.refused("nc", "verify", MAJOR, *VERIFIED, by="AK", on="2026-06-09")
        case.done("nc", "review", MAJOR, "--accept", "--reason", "Fits.", by="AK", on="2026-05-14")
        made = case.data("nc", "verify", MAJOR, *VERIFIED, by="AK", on="2026-06-09")
        assert (made["means"], made["implemented"]) == ("on site", True)

    def test_a_wrong_pin_changes_nothing(self, case: Case, tmp_path: Path) -> None:
        case.answered(MAJOR)
        case.pins.write_text("AK kaya-4712\n")
        said = case.refused("nc", "verify", MAJOR, *VERIFIED, by="AK", on="2026-06-09", code=1)
        assert "The PIN is not Ada Kaya's" in said

    def test_no_pin_is_refused_by_rule(self, case: Case) -> None:
        case.answered(MAJOR)
        case.pins.write_text("")
        said = case.refused("nc", "verify", MAJOR, *VERIFIED, by="AK", on="2026-06-09")
        assert "is not authenticated by" in said

    def test_a_form_that_the_person_signed_is_entered_by_another(self, case: Case, tmp_path: Path) -> None:
        case.answered(MAJOR)
        scan = tmp_path / "signed.pdf"
        scan.write_bytes(b"%PDF-1.4 signed by hand")
        words = ("nc", "verify", MAJOR, *VERIFIED, "--signed-form", str(scan))
        assert "entered by somebody else" in case.refused(*words, by="BF", on="2026-06-09")
        case.done(*words, "--entered-by", "CM", by="BF", on="2026-06-09")
        assert case.data("nc", "show", MAJOR)["verification"]["by"] == "P-02"

    def test_what_is_not_implemented_stays_open(self, case: Case) -> None:
        case.answered(MAJOR)
        case.done("nc", "verify", MAJOR, *VERIFIED, "--not-implemented", by="AK", on="2026-06-09")
        shown = case.data("nc", "show", MAJOR)
        assert (shown["stage"], shown["verification"]["implemented"]) == ("response accepted", False)

    def test_who_has_an_interest_in_the_client_does_not_verify(self, case: Case, tmp_path: Path) -> None:
        case.answered(MAJOR)
        scan = tmp_path / "signed.pdf"
        scan.write_bytes(b"%PDF-1.4 signed by hand")
        words = ("nc", "verify", MAJOR, *VERIFIED, "--signed-form", str(scan), "--entered-by", "CM")
        assert "24 months are over on 2027-09-30" in case.refused(*words, by="FR", on="2026-06-09")


class TestEffectiveness:
    """ISO/IEC 17021-1:2015, 9.4.10."""

    def test_it_follows_verified_implementation(self, case: Case) -> None:
        case.answered(MAJOR)
        words = ("nc", "confirm", MAJOR, "--evidence", "118 of 118 cases.")
        assert "implementation is not verified" in case.refused(*words, by="AK", on="2026-06-29")
        case.done("nc", "verify", MAJOR, *VERIFIED, by="AK", on="2026-06-09")
        case.done(*words, "--audit", "2026-014", by="AK", on="2026-06-29")
        assert case.data("nc", "show", MAJOR)["stage"] == "effectiveness confirmed"
        assert case.data("nc", "show", MAJOR, on="2026-06-28")["stage"] == "implementation verified"

    def test_an_audit_that_nobody_knows_is_no_place_to_have_seen_it(self, case: Case) -> None:
        case.verified()
        words = ("nc", "confirm", MAJOR, "--evidence", "seen", "--audit", "2031-001")
        assert "There is no audit 2031-001" in case.refused(*words, by="AK", code=1)

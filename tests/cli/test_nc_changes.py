"""What changes after the report, at the command line: a grade, the client's knowing of it, the day to answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.nordwind import ANSWER, APPLICATION, MAJOR, MINOR, OTHER_MINOR, REVIEW, Case, at_closing

REASON = "Two of sixty cases, and both were found and mended the same day."
LATER = "The works council meets on 26 May."


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def regrade(number: str, to: str, *more: str) -> tuple[str, ...]:
    return ("nc", "regrade", number, "--to", to, "--reason", REASON, *more)


def extend(number: str, until: str, *more: str) -> tuple[str, ...]:
    return ("nc", "extend", number, "--until", until, "--reason", LATER, *more)


class TestRegrading:
    """ISO/IEC 17021-1:2015, 9.4.5, 9.4.10, 9.5.2."""

    def test_from_its_day_on_it_has_the_new_grade_and_before_it_the_old_one(self, case: Case) -> None:
        made = case.data(*regrade(MAJOR, "minor"), by="DP", on="2026-05-04")
        assert (made["grade"], made["by"], made["notice"]) == ("minor", "P-04", None)
        assert case.data("nc", "show", MAJOR, on="2026-05-03")["grade"] == "major"
        shown = case.data("nc", "show", MAJOR, on="2026-05-04")
        assert (shown["grade"], shown["regraded"], shown["regradings"][0]["reason"]) == ("minor", True, REASON)
        assert case.office.dossier("C-0001").findings["finding-AK-1"].grade == "major"

    def test_it_says_how_to_tell_the_client(self, case: Case) -> None:
        said = case.done(*regrade(MAJOR, "minor"), by="DP", on="2026-05-04")
        assert f"Next: certbody nc regrade-notice {MAJOR} --out DIR, and when it is sent certbody nc told" in said
        assert f"Regraded to minor on 2026-05-04 by Dunja Petrov: {REASON}" in case.done("nc", "show", MAJOR)
        assert "regraded" in case.done("nc", "list")

    def test_an_auditor_does_not_lower_what_the_team_found(self, case: Case) -> None:
        said = case.refused(*regrade(MAJOR, "minor"), by="AK", on="2026-05-04")
        assert "Ada Kaya audited this client on 2026-04-14 as leader, and would lower a grade of it" in said
        case.done(*regrade(MINOR, "major"), by="AK", on="2026-05-04")

    def test_who_has_no_competence_for_it_is_refused(self, case: Case, tmp_path: Path) -> None:
        scan = tmp_path / "signed.pdf"
        scan.write_bytes(b"%PDF-1.4 signed by hand")
        words = (*regrade(MINOR, "major"), "--signed-form", str(scan), "--entered-by", "CM")
        assert "holds no competence for review or decision" in case.refused(*words, by="BF", on="2026-05-04")

    def test_it_needs_the_persons_own_pin(self, case: Case) -> None:
        case.pins.write_text("")
        assert "is not authenticated by" in case.refused(*regrade(MAJOR, "minor"), by="DP", on="2026-05-04")

    @pytest.mark.parametrize("reason", ["", " ", "\n"])
    def test_a_reason_that_says_nothing_is_none(self, case: Case, reason: str) -> None:
        words = ("nc", "regrade", MAJOR, "--to", "minor", "--reason", reason)
        assert "reason is empty" in case.refused(*words, by="DP", on="2026-05-04", code=1)

    def test_without_the_option_it_is_a_misuse(self, case: Case) -> None:
        assert "--reason" in case.refused("nc", "regrade", MAJOR, "--to", "minor", by="DP", code=2)
        assert "'strength' is not one of" in case.refused(*regrade(MAJOR, "strength"), by="DP", code=2)

    def test_what_does_not_exist_is_not_regraded(self, case: Case) -> None:
        said = case.refused(*regrade("2026-014/XX-9", "minor"), by="DP", on="2026-05-04", code=1)
        assert "There is no finding 2026-014/XX-9" in said
        assert "only a nonconformity is regraded" in case.refused(
            *regrade("2026-014/AK-3", "major"), by="DP", on="2026-05-04"
        )

    def test_a_day_that_is_to_come_is_refused(self, case: Case) -> None:
        assert "lies after" in case.refused(*regrade(MAJOR, "minor"), by="DP", on="2027-03-01")

    def test_what_was_none_after_all_leaves_the_list_of_open_ones_and_is_not_answered(self, case: Case) -> None:
        case.done(*regrade(OTHER_MINOR, "opportunity"), by="DP", on="2026-05-04")
        rows = {row["number"]: row for row in case.data("nc", "list", on="2026-05-05")}
        assert rows[OTHER_MINOR]["stage"] == "no nonconformity after all"
        assert list(rows) == [MAJOR, MINOR, OTHER_MINOR]
        assert [row["number"] for row in case.data("nc", "list", "--open", on="2026-05-05")] == [MAJOR, MINOR]
        assert "nothing is to be answered" in case.refused(
            "nc", "respond", OTHER_MINOR, *ANSWER, by="AK", on="2026-05-11"
        )
        said = case.refused("nc", "form", OTHER_MINOR, "--out", str(case.papers), by="AK", on="2026-05-11", code=1)
        assert "it needs no response" in said

    def test_a_hundred_thousand_characters_are_refused_and_what_looks_like_a_formula_is_text(self, case: Case) -> None:
        words = ("nc", "regrade", MAJOR, "--to", "minor", "--reason")
        assert "at most 32,000" in case.refused(*words, "x" * 100_000, by="DP", on="2026-05-04", code=1)
        assert case.data(*words, "=cmd|' /C calc'!A0", by="DP", on="2026-05-04")["reason"] == "=cmd|' /C calc'!A0"


class TestTellingTheClient:
    """ISO/IEC 17021-1:2015, 9.4.10: nothing is decided on a grade that the client was not told."""

    def test_told_in_one_act_with_the_regrading(self, case: Case) -> None:
        made = case.data(*regrade(MAJOR, "minor", "--told-on", "2026-05-05"), by="DP", on="2026-05-04")
        assert (made["notice"]["told_on"], made["notice"]["told_to"]) == ("2026-05-05", "Greta Holm")

    def test_told_later_is_a_fact_of_its_own_and_is_told_once(self, case: Case) -> None:
        case.done(*regrade(MAJOR, "minor"), by="DP", on="2026-05-04")
        made = case.data("nc", "told", MAJOR, "--to", "Ines Okoro", by="CM", on="2026-05-06")
        assert (made["told_on"], made["told_to"], made["by"]) == ("2026-05-06", "Ines Okoro", "P-03")
        said = case.refused("nc", "told", MAJOR, by="CM", on="2026-05-07", code=1)
        assert "The client was told on 2026-05-06" in said

    def test_of_what_was_not_regraded_nobody_is_told(self, case: Case) -> None:
        assert f"{MAJOR} was not regraded" in case.refused("nc", "told", MAJOR, by="CM", code=1)
        said = case.refused("nc", "regrade-notice", MAJOR, "--out", str(case.papers), by="CM", code=1)
        assert f"certbody nc regrade {MAJOR}" in said

    def test_before_the_regrading_nobody_can_have_been_told(self, case: Case) -> None:
        said = case.refused(*regrade(MAJOR, "minor", "--told-on", "2026-05-03"), by="DP", on="2026-05-04")
        assert "the client cannot have been told on 2026-05-03" in said

    def test_whom_without_when_is_a_misuse(self, case: Case) -> None:
        assert "Give --told-on" in case.refused(*regrade(MAJOR, "minor", "--told-to", "X"), by="DP", code=2)

    def test_a_grant_waits_until_the_client_knows(self, case: Case) -> None:
        case.answered()
        case.done(*regrade(MAJOR, "minor"), by="DP", on="2026-05-20")
        case.done("review", "record", APPLICATION, *REVIEW, by="DP", on="2026-06-18")
        grant = ("decide", "grant", APPLICATION, "--reason", "All is fulfilled.")
        said = case.refused(*grant, by="DP", on="2026-06-24")
        assert f"The client was not told by 2026-06-24 that {MAJOR} was regraded to 'minor'" in said
        assert f"Next: certbody nc told {MAJOR}" in said
        case.done("nc", "told", MAJOR, by="CM", on="2026-05-21")
        case.done(*grant, by="DP", on="2026-06-24")  # a minor needs no verification

    def test_the_letter_is_kept_as_issued_and_names_it_all(self, case: Case) -> None:
        from certbody.deliverables.readable import document_text

        case.done(*regrade(MAJOR, "minor"), by="DP", on="2026-05-04")
        words = ("nc", "regrade-notice", MAJOR, "--out", str(case.papers))
        made = case.data(*words, by="DP", on="2026-05-04")
        path = Path(made["file"])
        assert path.name == "regrading-2026-014-AK-1.docx"
        [document] = [each for each in case.office.dossier("C-0001").documents.values() if each.kind == "regrading"]
        assert case.office.store.open_file(document.sha256) == path.read_bytes()
        text = document_text(path.read_bytes())
        assert REASON in text
        assert "We need your answer by 16\u00a0May\u00a02026." in text


class TestMoreTime:
    """ISO/IEC 17021-1:2015, 9.4.9, 9.5.3.2."""

    def test_the_day_to_answer_follows_it_from_its_day_on(self, case: Case) -> None:
        made = case.data(*extend(MAJOR, "2026-05-30"), by="DP", on="2026-05-10")
        assert (made["until"], made["by"], made["reason"]) == ("2026-05-30", "P-04", LATER)
        assert case.data("nc", "show", MAJOR, on="2026-05-09")["due_on"] == "2026-05-16"
        shown = case.data("nc", "show", MAJOR, on="2026-05-30")
        assert (shown["due_on"], shown["extended"], shown["stage"]) == ("2026-05-30", True, "response awaited")
        assert case.data("nc", "show", MAJOR, on="2026-05-31")["stage"] == "response overdue"
        assert "due 2026-05-30 (extended)" in case.done("nc", "list", on="2026-05-20")
        assert f"To be answered by 2026-05-30, said Dunja Petrov on 2026-05-10: {LATER}" in case.done(
            "nc", "show", MAJOR, on="2026-05-20"
        )

    def test_six_months_after_stage_2_are_the_end_for_a_major(self, case: Case) -> None:
        said = case.refused(*extend(MAJOR, "2026-10-17"), by="DP", on="2026-05-10")
        assert "2026-10-17 lies past 2026-10-16" in said
        case.done(*extend(MAJOR, "2026-10-16"), by="DP", on="2026-05-10")
        case.done(*extend(MINOR, "2026-10-17"), by="DP", on="2026-05-10")

    def test_who_audited_does_not_approve_it(self, case: Case) -> None:
        assert "Ada Kaya audited this client" in case.refused(*extend(MAJOR, "2026-05-30"), by="AK", on="2026-05-10")

    def test_after_the_day_it_asks_for_a_reason_to_go_on(self, case: Case) -> None:
        words = extend(MAJOR, "2026-05-30")
        assert "say why with --why" in case.refused(*words, by="DP", on="2026-05-17")
        case.done(*words, "--why", "the letter lay in the post room", by="DP", on="2026-05-17")

    def test_less_time_and_no_reason_are_refused(self, case: Case) -> None:
        assert "gives no more time" in case.refused(*extend(MAJOR, "2026-05-10"), by="DP", on="2026-05-08")
        words = ("nc", "extend", MAJOR, "--until", "2026-05-30", "--reason", " ")
        assert "reason is empty" in case.refused(*words, by="DP", on="2026-05-10", code=1)

    def test_it_needs_the_approvers_own_pin(self, case: Case) -> None:
        case.pins.write_text("")
        assert "is not authenticated by" in case.refused(*extend(MAJOR, "2026-05-30"), by="DP", on="2026-05-10")

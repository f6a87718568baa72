"""Results, findings and conclusions at the command line: by the team, in their order, under numbers of their own."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.cli.fieldwork import APPLICATION, CLIENT, READY, Field, before_the_audits

ROW = "7.4-1@K"
MINOR = (
    *("--grade", "minor", "--requirement", "S7.4.1", "--statement", "Letters are acknowledged late."),
    *("--evidence", "5 of 12 letters of March: nine days and more."),
)
STAGE_2_DAY = "2026-04-14"


@pytest.fixture(scope="module")
def stage_2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office with stage 2 (2026-002) under way."""
    folder = tmp_path_factory.mktemp("ready")
    before_the_audits(folder / "before")
    field = Field.copied(folder / "before", folder)
    assert field.opened(2) == "2026-002"
    return field.folder


@pytest.fixture
def field(stage_2: Path, tmp_path: Path) -> Field:
    return Field.copied(stage_2, tmp_path)


def found(field: Field, *more: str, by: str = "AK") -> str:
    return str(field.data("audit", "finding", "2026-002", "--row", ROW, *MINOR, *more, by=by, on=STAGE_2_DAY)["number"])


class TestResults:
    """ISO/IEC 17021-1:2015, 9.4.4."""

    def test_a_result_replaces_an_earlier_one(self, field: Field) -> None:
        field.done("audit", "result", "2026-002", ROW, "come-back", by="AK", on=STAGE_2_DAY)
        field.done("audit", "result", "2026-002", ROW, "conformity", by="BF", on=STAGE_2_DAY)
        [result] = field.dossier.results.values()
        assert (result.result, result.by) == ("conformity", field.office.person("BF"))

    def test_what_was_left_out_needs_a_reason(self, field: Field) -> None:
        words = ("audit", "result", "2026-002", ROW, "not-covered")
        assert "needs a reason" in field.refused(*words, by="AK", on=STAGE_2_DAY)
        field.done(*words, "--note", "no case in the sample", by="AK", on=STAGE_2_DAY)

    def test_a_row_that_is_not_asked_and_a_word_of_the_other_stage_are_refused(self, field: Field) -> None:
        words = ("audit", "result", "2026-002")
        assert "no checklist row" in field.refused(*words, "9.9-1@K", "conformity", by="AK", on=STAGE_2_DAY)
        assert "is none of" in field.refused(*words, ROW, "satisfactory", by="AK", on=STAGE_2_DAY)

    def test_only_the_team_records_results_and_others_may_enter_them_for_it(self, field: Field) -> None:
        words = ("audit", "result", "2026-002", ROW, "conformity")
        assert "Clara Monti is not on the team" in field.refused(*words, by="CM", on=STAGE_2_DAY)
        field.done(*words, "--entered-by", "CM", by="AK", on=STAGE_2_DAY)
        last = field.office.store.read(CLIENT)[-1]
        assert (last.by, last.entered["by"]) == (field.office.person("AK"), field.office.person("CM"))

    def test_an_observer_records_nothing_and_an_expert_may(self, field: Field) -> None:
        field.done("audit", "assign", "2026-002", "TO", "--role", "observer", by="CM")
        words = ("audit", "result", "2026-002", ROW, "conformity")
        assert "not on the team" in field.refused(*words, by="TO", on=STAGE_2_DAY)
        field.done("audit", "assign", "2026-002", "TO", "--role", "technical-expert", by="CM")
        field.done(*words, by="TO", on=STAGE_2_DAY)


class TestFindings:
    """ISO/IEC 17021-1:2015, 9.4.5."""

    def test_numbers_count_up_for_each_auditor(self, field: Field) -> None:
        assert [found(field), found(field), found(field, by="BF")] == [
            "2026-002/AK-1",
            "2026-002/AK-2",
            "2026-002/BF-1",
        ]

    def test_the_number_of_a_finding_that_was_struck_out_is_not_given_again(self, field: Field) -> None:
        number = found(field)
        assert "without a reason" in field.refused("audit", "strike", number, by="AK")
        field.done("audit", "strike", number, "--why", "recorded twice", by="AK")
        assert found(field) == "2026-002/AK-2"

    def test_site_and_clause_come_from_the_row(self, field: Field) -> None:
        found(field)
        [finding] = field.dossier.findings.values()
        assert (finding.site, finding.clause) == ("K", "7.4")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--grade", "minor", "--evidence", "seen"), "names no requirement"),
            (("--grade", "minor", "--requirement", "S7.4.1"), "has no objective evidence"),
            (("--grade", "concern"), "stage 2 records findings, not areas of concern"),
            (("--grade", "major", "--requirement", "S7.4.1", "--evidence", "seen", "--row", "1@K"), "no checklist row"),
        ],
    )
    def test_a_nonconformity_is_complete_or_refused(self, field: Field, words: tuple[str, ...], said: str) -> None:
        call = ("audit", "finding", "2026-002", "--statement", "Letters wait.", *words)
        assert said in field.refused(*call, by="AK", on=STAGE_2_DAY)

    def test_a_requirement_is_one_of_the_scheme_and_never_a_clause_of_the_guidance(self, field: Field) -> None:
        words = ("--grade", "minor", "--statement", "Late.", "--evidence", "seen")
        for wrong in ("7.4", "S7.4.99"):
            call = ("audit", "finding", "2026-002", *words, "--requirement", wrong)
            said = field.refused(*call, by="AK", on=STAGE_2_DAY, code=1)
            assert f"{wrong!r} is no requirement of S-10002" in said

    def test_a_solution_draws_a_warning_that_a_reason_answers(self, field: Field) -> None:
        words = ("--grade", "opportunity", "--statement", "The company should buy a ticket system.")
        call = ("audit", "finding", "2026-002", "--row", ROW, *words)
        assert "suggests a solution" in field.refused(*call, by="AK", on=STAGE_2_DAY)
        field.done(*call, "--why", "the client's own words", by="AK", on=STAGE_2_DAY)

    def test_a_finding_is_amended_by_its_author_and_the_journal_keeps_what_it_was(self, field: Field) -> None:
        number = found(field)
        words = ("audit", "amend", number, "--grade", "major", "--reason", "12 of 12")
        assert "Ada Kaya's finding" in field.refused(*words, by="BF", code=1)
        made = field.data(*words, by="AK")
        assert (made["number"], made["grade"]) == (number, "major")
        assert made["statement"] == "Letters are acknowledged late."
        put = [entry.put["findings"] for entry in field.office.store.read(CLIENT) if "findings" in entry.put]
        assert [next(iter(each.values()))["grade"] for each in put] == ["minor", "major"]

    def test_none_is_added_after_the_closing_meeting(self, field: Field) -> None:
        field.done("audit", "close", "2026-002", "--attendee", "AK", by="AK", on="2026-04-17")
        call = ("audit", "finding", "2026-002", "--row", ROW, *MINOR)
        assert "the closing meeting was on 2026-04-17" in field.refused(*call, by="AK", on="2026-04-18")
        field.done(*call, by="AK", on="2026-04-17")

    def test_the_client_acknowledges_or_disputes_and_a_dispute_says_what(self, field: Field) -> None:
        number = found(field)
        words = ("audit", "acknowledge", number, "--by", "Greta Holm")
        field.refused(*words, by="AK", on="2026-04-13", code=1)
        field.done(*words, by="AK", on="2026-04-17")
        field.refused(*words, "--disputed", by="AK", on="2026-04-17", code=1)
        field.done(*words, "--disputed", "--remark", "another reading", by="AK", on="2026-04-17")
        assert field.data("nc", "show", number)["disputed"] is True

    def test_two_auditors_with_one_pen_at_one_moment_get_two_numbers(self, field: Field) -> None:
        from datetime import date

        from certbody.domain.findings import Grade
        from certbody.office import Hand
        from certbody.office.findings import Said, record_finding

        said = Said(grade=Grade.OPPORTUNITY, row=ROW, statement="Letters could be scanned.")
        offices = [field.office for _ in range(4)]
        for office in offices:
            office.dossier(CLIENT)  # each has looked before any writes
        hand, gate = Hand(by=offices[0].person("AK")), threading.Barrier(len(offices))
        numbers: list[str] = []

        def work(office: object) -> None:
            gate.wait()
            numbers.append(record_finding(office, "2026-002", said, hand=hand, on=date(2026, 4, 14)).number)  # type: ignore[arg-type]

        threads = [threading.Thread(target=work, args=[office]) for office in offices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(numbers) == [f"2026-002/AK-{count}" for count in range(1, 5)]


class TestConclusions:
    """ISO/IEC 17021-1:2015, 9.3.1.2, 9.4.6, 9.4.8."""

    def test_stage_1_is_concluded_by_its_team_with_readiness_and_a_summary(self, field: Field) -> None:
        words = ("audit", "conclude", "2026-001")
        assert "--summary" in field.refused(*words, "--ready", by="AK", on="2026-03-02", code=1)
        assert "no auditor" in field.refused(*words, *READY, by="CM", on="2026-03-02")
        made = field.data(*words, *READY, "--resources", "Two auditors.", by="BF", on="2026-03-02")
        assert (made["ready"], made["resources_and_focus"]) == (True, "Two auditors.")

    def test_what_belongs_to_the_other_stage_is_not_dropped_without_a_word(self, field: Field) -> None:
        said = field.refused("audit", "conclude", "2026-001", "--recommend", "grant", by="AK", code=1)
        assert "--recommend" in said
        said = field.refused("audit", "conclude", "2026-002", "--summary", "x", "--ready", by="AK", code=1)
        assert "--summary" in said
        assert "--ready" in said

    def test_scope_and_objectives_are_in_order_unless_a_reason_says_otherwise(self, field: Field) -> None:
        words = ("audit", "conclude", "2026-002", "--recommend", "refuse")
        made = field.data(*words, by="AK", on="2026-04-17")
        assert made["scope_appropriate"] is made["objectives_fulfilled"] is True
        made = field.data(*words, "--scope-not-appropriate", "no shop", by="AK", on="2026-04-17")
        assert (made["scope_appropriate"], made["scope_remark"]) == (False, "no shop")

    def test_nothing_is_granted_at_once_over_a_nonconformity(self, field: Field) -> None:
        number = found(field)
        words = ("audit", "conclude", "2026-002", "--recommend")
        assert f"{number} stand" in field.refused(*words, "grant", by="AK", on="2026-04-17")
        field.done(*words, "grant-after-correction", by="AK", on="2026-04-17")

    def test_long_texts_come_from_a_file_and_options_win(self, field: Field, tmp_path: Path) -> None:
        path = tmp_path / "conclusion.toml"
        path.write_text('recommendation = "refuse"\ncapability = """Long.\nLonger."""\nscope_appropriate = false\n')
        words = ("audit", "conclude", "2026-002", "--from-file", str(path), "--conformity", "Partly.")
        made = field.data(*words, "--recommend", "grant-after-correction", by="AK", on="2026-04-17")
        assert made["capability"] == "Long.\nLonger."
        assert made["conformity_and_effectiveness"] == "Partly."
        assert made["recommendation"] == "grant once nonconformities are dealt with"
        assert made["scope_appropriate"] is False

    def test_every_fault_of_the_file_is_named(self, field: Field, tmp_path: Path) -> None:
        path = tmp_path / "conclusion.toml"
        path.write_text('recomendation = "grant"\nscope_appropriate = "yes"\nrecommendation = "certify"\n')
        said = field.refused("audit", "conclude", "2026-002", "--from-file", str(path), by="AK", code=1)
        for part in (
            "'recomendation' is none of",
            "str where bool belongs @ scope_appropriate",
            "'certify' is none of",
        ):
            assert part in said
        path.write_text("no toml")
        assert "is no TOML" in field.refused("audit", "conclude", "2026-002", "--from-file", str(path), by="AK", code=1)

    def test_an_incomplete_report_is_refused_with_every_missing_part(self, field: Field) -> None:
        said = field.refused("audit", "report", "2026-002", "--out", str(field.papers), by="AK", on="2026-04-20")
        for part in ("there is no plan", "the closing meeting is not on record", "have no result", "no conclusion"):
            assert part in said
        assert not any(field.papers.iterdir())

    def test_show_and_list_tell_how_far_an_audit_has_come(self, field: Field) -> None:
        field.done("audit", "conclude", "2026-002", "--recommend", "refuse", by="AK", on="2026-04-17")
        states = {row["number"]: row["state"] for row in field.data("audit", "list", "--client", CLIENT)}
        assert states == {"2026-001": "concluded", "2026-002": "concluded"}
        assert f"{APPLICATION}" not in field.done("audit", "show", "2026-002", "--rows")

"""The review before the decision: queries, what lies on the table, and the review itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.nordwind import APPLICATION, REVIEW, Case, at_closing


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def ask(case: Case, question: str, on: str = "2026-06-15") -> Any:
    words = ("review", "query", APPLICATION, "--to", "Ada Kaya", "--question", question)
    return case.data(*words, by="DP", on=on)


ANSWER = ("--by", "Ada Kaya", "--answer", "At work, on 2026-06-06.")


class TestQueries:
    """ISO/IEC 17021-1:2015, 9.5.1.4: additional information sought is on record."""

    def test_queries_are_numbered_in_the_order_in_which_they_came(self, case: Case) -> None:
        assert ask(case, "Seen at work?")["number"] == "A-2026-001/Q-1"
        assert ask(case, "Which weekend?", on="2026-06-14")["number"] == "A-2026-001/Q-2"

    def test_a_review_waits_for_the_answer(self, case: Case) -> None:
        case.verified()
        ask(case, "Seen at work?")
        words = ("review", "record", APPLICATION, *REVIEW)
        assert "The query of 2026-06-15 to Ada Kaya is not answered" in case.refused(*words, by="DP", on="2026-06-18")
        case.done("review", "answer", APPLICATION, *ANSWER, by="AK", on="2026-06-16")
        case.done(*words, by="DP", on="2026-06-18")

    def test_of_two_open_queries_one_has_to_be_named(self, case: Case) -> None:
        ask(case, "Seen at work?")
        ask(case, "Which weekend?")
        said = case.refused("review", "answer", APPLICATION, *ANSWER, by="AK", on="2026-06-16", code=1)
        assert "A-2026-001/Q-2 to Ada Kaya: Which weekend?" in said
        made = case.data("review", "answer", "A-2026-001/Q-2", *ANSWER, by="AK", on="2026-06-16")
        assert [each["answer"] for each in made["answers"]] == ["At work, on 2026-06-06."]
        queries = case.data("review", "show", APPLICATION)["queries"]
        assert [len(each["answers"]) for each in queries] == [0, 1]

    def test_the_client_may_be_asked_and_answers(self, case: Case) -> None:
        words = ("review", "query", APPLICATION, "--to", "Greta Holm", "--question", "Since when?")
        number = case.data(*words, by="DP", on="2026-06-15")["number"]
        given = ("--by", "Greta Holm", "--answer", "Since 2026-06-06.\nThe rota is enclosed.")
        made = case.data("review", "answer", number, *given, by="DP", on="2026-06-17")
        assert [(each["by"], each["answer"]) for each in made["answers"]] == [(given[1], given[3])]

    def test_the_table_of_a_day_shows_the_queries_of_that_day(self, case: Case) -> None:
        ask(case, "Seen at work?", on="2026-06-15")
        case.done("review", "answer", APPLICATION, *ANSWER, by="AK", on="2026-06-17")

        def shown(on: str) -> list[tuple[str, int]]:
            found = case.data("review", "show", APPLICATION, on=on)["queries"]
            return [(each["number"], len(each["answers"])) for each in found]

        assert shown("2026-06-14") == []
        assert shown("2026-06-16") == [("A-2026-001/Q-1", 0)]
        assert shown("2026-06-17") == [("A-2026-001/Q-1", 1)]

    def test_queries_and_answers_stand_on_the_review_record_with_their_numbers(self, case: Case) -> None:
        from certbody.deliverables.readable import document_text

        case.verified()
        for number, question in enumerate(("Seen at work?", "Which weekend?"), start=1):
            ask(case, question)
            case.done("review", "answer", f"{APPLICATION}/Q-{number}", *ANSWER, by="AK", on="2026-06-16")
        case.done("review", "record", APPLICATION, *REVIEW, by="DP", on="2026-06-18")
        words = ("review", "report", APPLICATION, "--out", str(case.papers))
        text = document_text(Path(case.data(*words, by="DP", on="2026-06-18")["file"]).read_bytes())
        assert "A-2026-001/Q-2, 2026-06-15: Dunja Petrov to Ada Kaya\nWhich weekend?" in text
        assert text.count("Answered 2026-06-16 by Ada Kaya: At work, on 2026-06-06.") == 2

    def test_a_query_after_the_review_is_answered_before_the_decision(self, case: Case) -> None:
        case.reviewed()
        ask(case, "Which weekend?", on="2026-06-20")
        grant = ("decide", "grant", APPLICATION, "--reason", "All is fulfilled.")
        said = case.refused(*grant, by="DP", on="2026-06-24")
        assert "The query of 2026-06-20 to Ada Kaya is not answered by 2026-06-24" in said
        case.done("review", "answer", APPLICATION, *ANSWER, by="AK", on="2026-06-22")
        case.done(*grant, by="DP", on="2026-06-24")

    def test_a_query_that_nobody_put_has_no_answer(self, case: Case) -> None:
        said = case.refused("review", "answer", "A-2026-001/Q-7", *ANSWER, by="AK", code=1)
        assert "There is no query A-2026-001/Q-7" in said
        assert "waits for an answer" in case.refused("review", "answer", APPLICATION, *ANSWER, by="AK", code=1)

    def test_an_answer_is_never_earlier_than_its_query(self, case: Case) -> None:
        ask(case, "Seen at work?")
        said = case.refused("review", "answer", APPLICATION, *ANSWER, by="AK", on="2026-06-14")
        assert "cannot be answered on 2026-06-14" in said
        case.done("review", "answer", APPLICATION, *ANSWER, by="AK", on="2026-06-15")


class TestReview:
    """ISO/IEC 17021-1:2015, 9.5.2, 9.5.3.1; rules 1, 2, 18, 47."""

    def test_a_competent_person_who_was_on_no_audit_reviews(self, case: Case) -> None:
        case.verified()
        made = case.data("review", "record", APPLICATION, *REVIEW, by="DP", on="2026-06-18")
        assert (made["recommendation"], made["by"]) == ("grant", "P-04")

    def test_who_audited_does_not_review(self, case: Case) -> None:
        case.verified()
        said = case.refused("review", "record", APPLICATION, *REVIEW, by="AK", on="2026-06-18")
        assert "Ada Kaya audited this client on 2026-03-10 as leader." in said
        assert "(ISO/IEC 17021-1:2015, 9.5.2, 7.2.8)" in said

    def test_a_recommendation_to_grant_says_what_it_rests_on(self, case: Case) -> None:
        case.verified()
        words = ("review", "record", APPLICATION, "--recommend", "grant", "--information", "Sufficient.")
        said = case.refused(*words, by="DP", on="2026-06-18")
        for option in ("--application-confirmed", "--objectives", "--nonconformities"):
            assert f"give {option}" in said

    def test_a_recommendation_to_refuse_needs_its_information_alone(self, case: Case) -> None:
        words = ("review", "record", APPLICATION, "--recommend", "refuse", "--information", "The major stays open.")
        case.done(*words, by="DP", on="2026-06-18")

    def test_a_wrong_pin_and_no_pin_are_both_refused(self, case: Case) -> None:
        case.verified()
        words = ("review", "record", APPLICATION, *REVIEW)
        case.pins.write_text("DP petrov-0816\n")
        assert "The PIN is not Dunja Petrov's" in case.refused(*words, by="DP", on="2026-06-18", code=1)
        case.pins.write_text("AK kaya-4711\n")
        assert "not authenticated" in case.refused(*words, by="DP", on="2026-06-18")


class TestTable:
    def test_it_says_who_is_barred_and_why(self, case: Case) -> None:
        shown = case.data("review", "show", APPLICATION, on="2026-06-18")
        assert [each["name"] for each in shown["may_review"]] == ["Carla Monti", "Dunja Petrov"]
        assert [each["name"] for each in shown["may_decide"]] == ["Dunja Petrov", "Gil Amsel"]
        barred = {each["name"]: each["reasons"][0] for each in shown["barred_from_decision"]}
        assert barred["Ada Kaya"]["text"] == "Ada Kaya audited this client on 2026-03-10 as leader."
        assert barred["Fanny Roth"]["rule"] == 5
        assert "no competence for decision" in barred["Carla Monti"]["text"]

    def test_it_says_what_is_missing_with_the_next_step(self, case: Case) -> None:
        missing = case.data("review", "show", APPLICATION, on="2026-06-18")["missing_for_grant"]
        steps = [each["next"] for each in missing]
        assert "certbody nc respond 2026-014/AK-1" in steps
        assert "certbody review record A-2026-001 --recommend grant" in steps

    def test_nothing_is_missing_once_all_is_done(self, case: Case) -> None:
        case.reviewed()
        shown = case.data("review", "show", APPLICATION, on="2026-06-24")
        assert (shown["missing_for_review"], shown["missing_for_grant"], shown["standing"]) == ([], [], [])
        assert "Next: certbody decide grant A-2026-001" in case.done("review", "show", APPLICATION, on="2026-06-24")

    def test_showing_it_puts_nothing_on_record(self, case: Case) -> None:
        before = case.bytes()
        case.done("review", "show", APPLICATION)
        assert case.bytes() == before

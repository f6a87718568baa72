"""Certificates: in the words that were decided and confirmed, and what they are on any day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from certbody.cli.change import ACTIONS
from certbody.cli.change import KINDS as CHANGES
from certbody.cli.decide import GROUNDS
from certbody.cli.deciding import LATER as DECIDED_LATER
from certbody.cli.review import KINDS as RECOMMENDED
from certbody.domain.certificate_text import DRAFT
from certbody.domain.change import Action, Change
from certbody.domain.decision import Ground, Kind
from certbody.errors import Refused
from certbody.office import Hand
from certbody.office.candidates import LATER
from certbody.office.certificates import draft_text, issue_certificate
from tests.cli.nordwind import APPLICATION, Case, at_closing

NUMBER = "FC-2026-0001"
ISSUE = ("certificate", "issue", APPLICATION)
NARROWER = "Handling of complaints about mobile services, from receipt to closing."


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def issued(case: Case, on: str = "2026-06-26") -> Any:
    return case.data(*ISSUE, "--out", str(case.papers), by="DP", on=on)


class TestIssue:
    """ISO/IEC 17021-1:2015, 8.2.2; rules 21, 26, 27, 28."""

    def test_it_says_what_was_decided_and_confirmed(self, case: Case) -> None:
        made = issued(case.confirmed())
        assert (made["number"], made["revision"], made["title"]) == (NUMBER, 1, "Certificate")
        assert (made["effective_on"], made["expires_on"]) == ("2026-06-24", "2029-06-23")
        assert made["criteria"] == "S-10002, issue 1 of 2026-01-05"
        assert [site["site"] for site in made["sites"]] == ["HQ", "CC", "FS"]
        assert len(made["token"]) == 20
        assert Path(made["file"]).name == "certificate-FC-2026-0001-r1.docx"

    def test_an_unconfirmed_draft_is_not_issued_and_uses_up_no_number(self, case: Case) -> None:
        case.granted()
        said = case.refused(*ISSUE, by="DP", on="2026-06-26")
        assert "The client has not confirmed the draft text of its certificate." in said
        assert f"Next: certbody certificate confirm {APPLICATION}" in said

    def test_a_text_that_is_not_the_confirmed_one_is_not_issued(self, case: Case) -> None:
        case.granted()
        words = ("certificate", "confirm", APPLICATION, "--by", "Greta Holm", "--scope", NARROWER)
        assert case.data(*words, by="DP", on="2026-06-25")["as_drafted"] is False
        assert "The text differs from the draft that Greta Holm confirmed" in case.refused(
            *ISSUE, by="DP", on="2026-06-26"
        )
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-06-26")
        issued(case)

    def test_without_a_grant_there_is_no_certificate(self, case: Case) -> None:
        case.reviewed()
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-06-19")
        assert "No decision stands behind this certificate." in case.refused(*ISSUE, by="DP", on="2026-06-26")

    def test_after_a_refusal_there_is_no_certificate(self, case: Case) -> None:
        case.verified()
        case.done("decide", "refuse", APPLICATION, "--reason", "No.", by="DP", on="2026-06-24")
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-06-25")
        assert "No decision stands behind" in case.refused(*ISSUE, by="DP", on="2026-06-26")

    def test_it_is_valid_no_earlier_than_the_decision_has_effect(self, case: Case) -> None:
        case.reviewed()
        words = ("decide", "grant", APPLICATION, "--reason", "Fulfilled.", "--effective", "2026-07-01")
        case.done(*words, by="DP", on="2026-06-24")
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-06-25")
        made = issued(case)
        assert (made["effective_on"], made["expires_on"]) == ("2026-07-01", "2029-06-23")
        assert case.data("certificate", "show", NUMBER, on="2026-06-30")["status"] == "not yet valid"

    def test_it_does_not_outlive_the_transition_of_its_edition(self, case: Case) -> None:
        office = case.office
        application = office.dossier("C-0001").applications["application-1"]
        ends = attrs.evolve(application.basis, transition_end=attrs.evolve(application).received_on.replace(year=2028))
        amended = attrs.evolve(application, basis=ends)
        office.record("C-0001", "application amended", {"applications": [amended]}, hand=Hand(by="P-03"))
        assert issued(case.confirmed())["expires_on"] == "2028-01-12"

    def test_accreditation_is_claimed_only_where_it_is_on_record(self, case: Case) -> None:
        case.confirmed()
        said = case.refused(*ISSUE, "--accredited", by="DP", on="2026-06-26")
        assert "No accreditation for ISO 10002:2018 is on record" in said
        assert issued(case)["accredited"] is False

    def test_issuing_it_twice_gives_the_same_file_and_no_second_number(self, case: Case, tmp_path: Path) -> None:
        first = issued(case.confirmed())
        before = case.bytes()
        again = case.data(*ISSUE, "--out", str(tmp_path / "again"), by="DP", on="2026-07-01")
        assert (again["issued"], again["number"], again["token"]) == (False, NUMBER, first["token"])
        assert Path(again["file"]).read_bytes() == Path(first["file"]).read_bytes()
        assert case.bytes() == before

    def test_what_was_cut_short_after_the_record_is_finished_the_next_time(self, case: Case) -> None:
        case.confirmed()
        template = case.folder / "templates" / "certificate.docx"
        template.parent.mkdir(exist_ok=True)
        template.write_bytes(b"no template at all")
        assert case.run(*ISSUE, "--out", str(case.papers), by="DP", on="2026-06-26").exit_code == 1
        template.unlink()
        made = issued(case)
        assert (made["number"], made["revision"]) == (NUMBER, 1)
        assert len(case.office.dossier("C-0001").certificates) == 1

    def test_the_token_is_the_offices_own_and_comes_from_outside(self, case: Case) -> None:
        case.confirmed()
        office = case.office
        made, _, now = issue_certificate(
            office, APPLICATION, on=office.today(), hand=Hand(by="P-04"), make_token=lambda: "00ff" * 5
        )
        assert (made.token, now) == ("00ff" * 5, True)

    def test_a_statement_calls_its_file_a_statement(self, case: Case) -> None:
        case.done("office", "profile", "certificate_title=Statement on the complaints-handling process", by="CM")
        made = issued(case.confirmed())
        assert Path(made["file"]).name == "statement-FC-2026-0001-r1.docx"
        kinds = {each.kind for each in case.office.dossier("C-0001").documents.values()}
        assert kinds == {"statement"}

    def test_a_late_interest_of_the_decider_blocks_it_until_others_decided_anew(self, case: Case) -> None:
        case.confirmed()
        late = ("person", "interest", "DP", "--client", "C-0001", "--kind", "employment", "--until", "2026-03-31")
        case.done(*late, by="DP")
        said = case.refused(*ISSUE, by="DP", on="2026-06-26")
        assert "Dunja Petrov's employment for this client ended on 2026-03-31" in said
        assert said.startswith("Not issued")
        settle = ("client", "settle", "C-0001", "--rule", "5", "--how", "decided anew by G. Amsel", "--table")
        assert "no new decision is on record" in case.refused(*settle, "decisions", by="CM")
        case.done("decide", "grant", APPLICATION, "--reason", "All fulfilled.", by="GA", on="2026-06-26")
        for table in ("reviews", "decisions"):
            case.done(*settle, table, by="CM")
        assert issued(case)["number"] == NUMBER


class TestDraft:
    def test_a_draft_has_neither_number_nor_token(self, case: Case) -> None:
        office = case.granted().office
        _, _, text = draft_text(office, APPLICATION, office.today())
        assert (text.number, text.token) == (DRAFT, DRAFT)

    def test_it_is_written_for_the_client_and_puts_nothing_on_record(self, case: Case) -> None:
        case.granted()
        before = case.bytes()
        words = ("certificate", "draft", APPLICATION, "--out", str(case.papers))
        made = case.data(*words, on="2026-06-25")
        assert Path(made["file"]).name == "certificate-A-2026-001-DRAFT.docx"
        assert case.bytes() == before


SUSPEND = ("decide", "suspend", NUMBER, "--ground", "misuse", "--reason", "The mark was printed on a product.")
WITHDRAW = ("decide", "withdraw", NUMBER, "--ground", "agreement", "--reason", "The fees of two years are unpaid.")
REDUCE = ("decide", "reduce", NUMBER, "--ground", "agreement", "--reason", "Fixed lines are sold.")
WIDER = "Handling of complaints about mobile, fixed-line, internet and television services."


class TestStatus:
    """`status(on)` follows effective dates; ISO/IEC 17021-1:2015, 9.6.5."""

    @staticmethod
    def on(case: Case, day: str) -> str:
        return str(case.data("certificate", "show", NUMBER, on=day)["status"])

    def test_it_is_valid_from_its_effective_date_to_its_last_day(self, case: Case) -> None:
        issued(case.confirmed())
        days = ("2026-06-23", "2026-06-24", "2029-06-23", "2029-06-24")
        assert [self.on(case, day) for day in days] == ["not yet valid", "valid", "valid", "expired"]

    def test_it_names_the_facts_it_rests_on(self, case: Case) -> None:
        issued(case.confirmed())
        shown = case.data("certificate", "show", NUMBER, on="2029-07-01")
        assert set(shown) == {
            "number", "on", "status", "since", "marks", "scope", "sites", "suspended_until", "to_be_revised", "facts",
            "certificate",
        }  # fmt: skip
        assert (shown["marks"], shown["sites"], shown["to_be_revised"]) == (False, ["HQ", "CC", "FS"], False)
        assert (shown["on"], shown["since"]) == ("2029-07-01", "2029-06-24")
        assert shown["facts"] == [
            {"day": "2026-06-24", "fact": "grant decided on 2026-06-24 (D-2026-001)"},
            {"day": "2026-06-24", "fact": "Certificate FC-2026-0001 r1 valid from 2026-06-24 to 2029-06-23"},
            {"day": "2029-06-23", "fact": "validity ended on 2029-06-23"},
        ]
        assert shown["certificate"]["number"] == NUMBER

    def test_the_client_shows_the_same_on_that_day(self, case: Case) -> None:
        issued(case.confirmed())
        for day, status in (("2026-06-27", "valid"), ("2029-06-24", "expired")):
            [said] = case.data("client", "show", "C-0001", "--on", day)["statuses"]
            assert said == case.data("certificate", "show", NUMBER, "--on", day)
            assert said["status"] == status

    def test_before_it_has_effect_there_is_nothing_to_show_but_the_number(self, case: Case) -> None:
        issued(case.confirmed())
        shown = case.data("certificate", "show", NUMBER, on="2026-06-23")
        assert (shown["since"], shown["facts"], shown["certificate"]) == (None, [], None)

    def test_a_suspension_has_effect_from_its_day_until_it_is_restored(self, case: Case) -> None:
        issued(case.confirmed())
        case.done(*SUSPEND, "--effective", "2026-09-10", by="DP", on="2026-09-01")
        days = ("2026-09-01", "2026-09-09", "2026-09-10", "2029-06-24")
        assert [self.on(case, day) for day in days] == ["valid", "valid", "suspended", "expired"]
        shown = case.data("certificate", "show", NUMBER, on="2026-09-10")
        assert (shown["marks"], shown["suspended_until"]) == (False, "2027-03-10")
        restore = ("decide", "restore", NUMBER, "--reason", "Prints destroyed, seen on 2026-10-30.")
        said = case.refused(*restore, by="DP", on="2026-11-02")
        assert "Nothing has been reviewed for a decision to restore since that of 2026-09-01" in said
        assert "review record A-2026-001 --recommend restore" in said
        case.done("review", "record", APPLICATION, "--recommend", "restore", "--information", "Photographs seen.",
                  by="DP", on="2026-11-01")  # fmt: skip
        case.done(*restore, by="DP", on="2026-11-02")
        assert [self.on(case, day) for day in ("2026-11-01", "2026-11-02")] == ["suspended", "valid"]

    def test_what_is_withdrawn_stays_withdrawn(self, case: Case) -> None:
        issued(case.confirmed())
        case.done(*WITHDRAW, by="DP", on="2026-12-01")
        assert [self.on(case, day) for day in ("2026-11-30", "2026-12-01", "2031-01-01")] == [
            "valid",
            "withdrawn",
            "withdrawn",
        ]
        said = case.refused("decide", "restore", NUMBER, "--reason", "x", by="DP", on="2026-12-02")
        assert "was withdrawn on 2026-12-01; that is final" in said

    def test_a_withdrawal_in_clerical_error_is_annulled_by_a_second_person(self, case: Case) -> None:
        """Rule 46: the days between stay withdrawn, for so the register stood."""
        issued(case.confirmed())
        case.done(*WITHDRAW, by="DP", on="2026-12-01")
        annul = ("decide", "annul", "D-2026-002", "--reason", "FC-2026-0010 was meant; its number was mistyped.")
        assert "Dunja Petrov took D-2026-002" in case.refused(*annul, by="DP", on="2026-12-03")
        assert "own PIN" in case.refused(*annul, by="FR", on="2026-12-03")
        case.done(*annul, by="GA", on="2026-12-03")
        days = ("2026-11-30", "2026-12-02", "2026-12-03", "2027-02-01")
        assert [self.on(case, day) for day in days] == ["valid", "withdrawn", "valid", "valid"]
        shown = case.data("certificate", "show", NUMBER, on="2026-12-03")
        assert {"day": "2026-12-03", "fact": "withdraw (D-2026-002) annulled for a clerical error"} in shown["facts"]

    def test_only_the_suspended_is_restored_and_only_the_valid_suspended(self, case: Case) -> None:
        issued(case.confirmed())
        said = case.refused("decide", "restore", NUMBER, "--reason", "x", by="DP", on="2026-07-01")
        assert "only what is suspended is restored" in said
        case.done(*SUSPEND, by="DP", on="2026-07-01")
        assert "only what is valid is suspended" in case.refused(*SUSPEND, by="DP", on="2026-07-02")

    def test_a_suspension_dated_before_its_decision_is_refused(self, case: Case) -> None:
        issued(case.confirmed())
        before = case.bytes()
        said = case.refused(*SUSPEND, "--effective", "2026-08-31", by="DP", on="2026-09-01")
        assert "The decision of 2026-09-01 cannot be effective on 2026-08-31" in said
        assert case.bytes() == before

    def test_who_audited_does_not_suspend(self, case: Case) -> None:
        """Rule 25."""
        issued(case.confirmed())
        assert "Ada Kaya audited this client" in case.refused(*SUSPEND, by="AK", on="2026-07-01")

    def test_a_suspension_for_an_audit_that_is_not_overdue_asks_why(self, case: Case) -> None:
        """Rule 23: the first surveillance is due by 2027-06-24."""
        issued(case.confirmed())
        early = ("decide", "suspend", NUMBER, "--ground", "audit", "--reason", "The client refuses the audit.")
        assert "No surveillance of FC-2026-0001 is overdue on 2027-01-05" in case.refused(
            *early, by="DP", on="2027-01-05"
        )
        case.done(*early, "--why", "letter of 2027-01-04", by="DP", on="2027-01-05")

    def test_what_falls_due_is_told_from_the_first_reminder_on(self, case: Case) -> None:
        issued(case.confirmed())
        assert case.data("programme", "due", on="2027-03-25") == []
        [row] = case.data("programme", "due", on="2027-03-26")
        assert (row["certificate"], row["not_after"]) == (NUMBER, "2027-06-24")
        assert row["what"] == "surveillance due by 2027-06-24 (in 90 days), reminder 1, not planned"
        [row] = case.data("programme", "due", on="2027-06-25")
        assert row["next"] == f"certbody decide suspend {NUMBER} --ground audit"
        assert row["what"] == "surveillance was due by 2027-06-24 (1 day ago), not planned"
        assert len(case.data("programme", "due", "--all", on="2026-07-01")) == 3

    def test_a_certificate_that_nobody_issued_is_not_found(self, case: Case) -> None:
        assert "There is no certificate FC-2026-0009" in case.refused("certificate", "show", "FC-2026-0009", code=1)
        assert case.data("certificate", "list") == []


class TestRevision:
    """ISO/IEC 17021-1:2015, 8.2.2 i; 9.6.5.5."""

    def test_a_reduced_scope_is_issued_as_the_next_revision_and_holds_before(self, case: Case) -> None:
        issued(case.confirmed())
        case.done(*REDUCE, "--scope", NARROWER, by="DP", on="2026-10-01")
        between = case.data("certificate", "show", NUMBER, on="2026-10-04")
        assert (between["scope"], between["to_be_revised"]) == (NARROWER, True)
        made = issued(case, on="2026-10-05")
        assert (made["number"], made["revision"], made["scope"]) == (NUMBER, 2, NARROWER)
        assert (made["original_on"], made["expires_on"]) == ("2026-06-24", "2029-06-23")
        shown = [case.data("certificate", "show", NUMBER, on=day) for day in ("2026-10-04", "2026-10-05")]
        assert [each["certificate"]["revision"] for each in shown] == [1, 2]
        assert not shown[1]["to_be_revised"]

    def test_a_reduction_to_some_of_the_sites(self, case: Case) -> None:
        issued(case.confirmed())
        more = case.refused(*REDUCE, "--site", "HQ", "--site", "NO", by="DP", on="2026-10-01")
        assert "There is no site NO of this client" in more
        case.done(*REDUCE, "--site", "HQ", "--site", "CC", by="DP", on="2026-10-01")
        assert [each["site"] for each in issued(case, on="2026-10-05")["sites"]] == ["HQ", "CC"]

    def test_a_reduction_that_says_nothing_is_refused(self, case: Case) -> None:
        issued(case.confirmed())
        assert "says neither scope nor sites" in case.refused(*REDUCE, by="DP", on="2026-10-01")

    def test_a_change_of_name_is_reissued_after_review_and_without_an_audit(self, case: Case) -> None:
        """ISO/IEC 17021-1:2015, 8.5.3: the number, the dates and the scope stay."""
        issued(case.confirmed())
        case.done("client", "change", "C-0001", "name=Nordwind Networks Ltd", by="CM")
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-12-02")
        said = case.refused(*ISSUE, by="DP", on="2026-12-03")
        assert "neither a decision nor a reviewed change asks for that" in said
        receive = ("change", "receive", NUMBER, "--kind", "name", "--by", "Greta Holm", "--what", "Our new name.")
        assert case.data(*receive, by="CM", on="2026-12-01")["number"] == "CH-2026-001"
        assert case.data("change", "list", on="2026-12-02")[0]["review"] is None
        review = (
            "change",
            "review",
            "CH-2026-001",
            "--action",
            "reissue",
            "--reason",
            "The name alone; register seen.",
        )
        assert case.data(*review, by="CM", on="2026-12-02")["by"] == "P-03"
        made = issued(case, on="2026-12-03")
        assert (made["number"], made["revision"], made["client_name"]) == (NUMBER, 2, "Nordwind Networks Ltd")
        assert (made["original_on"], made["effective_on"], made["expires_on"]) == (
            "2026-06-24", "2026-06-24", "2029-06-23",
        )  # fmt: skip

    def test_one_review_bears_one_reissue(self, case: Case) -> None:
        self.test_a_change_of_name_is_reissued_after_review_and_without_an_audit(case)
        case.done("client", "change", "C-0001", "name=Nordwind Group Ltd", by="CM")
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-12-09")
        said = case.refused(*ISSUE, by="DP", on="2026-12-10")
        assert "FC-2026-0001 r3 differs from revision 2, and neither a decision nor a reviewed change" in said

    def test_a_wider_scope_is_not_reissued_but_decided(self, case: Case) -> None:
        issued(case.confirmed())
        wider = ("change", "receive", NUMBER, "--kind", "wider", "--by", "Greta Holm", "--what", "Television, too.")
        case.done(*wider, by="CM", on="2026-12-01")
        review = ("change", "review", "CH-2026-001", "--reason", "x")
        said = case.refused(*review, "--action", "reissue", by="CM", on="2026-12-02")
        assert "changes what is certified; a reissue does not carry that out" in said
        expand = ("decide", "expand", NUMBER, "--change", "CH-2026-001", "--scope", WIDER, "--reason", "Audited.")
        said = case.refused(*expand, by="DP", on="2026-12-05")
        assert "CH-2026-001 has not been reviewed with a decision to follow" in said
        case.done(*review, "--action", "audit", by="CM", on="2026-12-02")
        said = case.refused(*expand, by="DP", on="2026-12-05")
        assert "asked for an audit; none has been held and reported since 2026-12-02" in said

    def test_a_wider_scope_that_what_is_on_record_covers(self, case: Case) -> None:
        issued(case.confirmed())
        wider = ("change", "receive", NUMBER, "--kind", "wider", "--by", "Greta Holm", "--what", "Television, too.")
        case.done(*wider, by="CM", on="2026-12-01")
        review = ("change", "review", "CH-2026-001", "--action", "decision", "--reason", "Seen at stage 2 already.")
        assert "would widen the scope without an audit" in case.refused(*review, by="CM", on="2026-12-02")
        case.done(*review, "--why", "television cases were in the sample", by="CM", on="2026-12-02")
        case.done("review", "record", APPLICATION, "--recommend", "expand", "--information", "Sample of stage 2.",
                  by="DP", on="2026-12-03")  # fmt: skip
        expand = ("decide", "expand", NUMBER, "--change", "CH-2026-001", "--scope", WIDER, "--reason", "Audited.")
        case.done(*expand, by="DP", on="2026-12-05")
        assert "The text differs from the draft" in case.refused(*ISSUE, by="DP", on="2026-12-07")
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-12-06")
        made = issued(case, on="2026-12-07")
        assert (made["revision"], made["scope"], made["effective_on"]) == (2, WIDER, "2026-12-05")
        assert made["expires_on"] == "2029-06-23"

    def test_no_revision_follows_a_withdrawal(self, case: Case) -> None:
        issued(case.confirmed())
        case.done(*WITHDRAW, by="DP", on="2026-12-01")
        office = case.office
        client = attrs.evolve(office.dossier("C-0001").client, name="Nordwind Networks Ltd")
        office.record("C-0001", "client renamed", {"clients": [client]}, hand=Hand(by="P-03"))
        case.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-12-02")
        with pytest.raises(Refused, match="that is final"):
            issue_certificate(case.office, APPLICATION, on=office.today(), hand=Hand(by="P-04"))

    def test_the_list_shows_each_number_once_with_its_status(self, case: Case) -> None:
        issued(case.confirmed())
        [row] = case.data("certificate", "list", on="2027-01-01")
        assert (row["number"], row["status"], row["client"]) == (NUMBER, "valid", "C-0001")


class TestTableOfADecision:
    """Who may take each decision about a certificate, and what has to lie on the table."""

    def shown(self, case: Case, kind: str, on: str) -> dict[str, Any]:
        [row] = case.data("decide", "show", NUMBER, "--kind", kind, on=on)
        return dict(row)

    def test_who_audited_is_barred_and_others_may(self, case: Case) -> None:
        issued(case.confirmed())
        row = self.shown(case, "suspend", "2026-09-01")
        assert {"P-04", "P-07"} <= {each["person"] for each in row["may_decide"]}
        barred = {each["person"]: each["reasons"][0]["text"] for each in row["barred"]}
        assert "Ada Kaya audited this client" in barred["P-01"]
        assert row["missing"] == []

    def test_it_names_what_is_missing_with_the_next_step(self, case: Case) -> None:
        issued(case.confirmed())
        missing = self.shown(case, "restore", "2026-09-01")["missing"]
        assert any("only what is suspended is restored" in each["text"] for each in missing)
        case.done(*SUSPEND, by="DP", on="2026-09-01")
        [review] = self.shown(case, "restore", "2026-09-02")["missing"]
        assert review["next"] == "certbody review record A-2026-001 --recommend restore"

    def test_without_a_kind_it_shows_all_six(self, case: Case) -> None:
        issued(case.confirmed())
        assert [row["kind"] for row in case.data("decide", "show", NUMBER, on="2026-09-01")] == [
            "maintain", "suspend", "restore", "reduce", "expand", "withdraw",
        ]  # fmt: skip


class TestTransition:
    """ISO/IEC 17021-1:2015, 8.2.2 c: an edition whose transition ends takes its certificates with it."""

    def test_an_end_that_is_announced_later_ends_the_certificate_and_is_mended_by_a_revision(self, case: Case) -> None:
        issued(case.confirmed())
        office = case.office
        asked = office.dossier("C-0001").applications["application-1"]
        ends = attrs.evolve(asked.basis, transition_end=date(2028, 3, 31))
        told = attrs.evolve(asked, basis=ends)
        office.record("C-0001", "transition recorded", {"applications": [told]}, hand=Hand(by="P-03"))
        days = ("2028-03-31", "2028-04-01")
        assert [case.data("certificate", "show", NUMBER, on=day)["status"] for day in days] == ["valid", "expired"]
        [objection] = case.office.standing("C-0001", date(2027, 1, 4))
        assert "would outlive its edition, whose transition ends on 2028-03-31" in objection.text

    def test_what_the_data_say_is_carried_to_every_application_of_the_edition(self, case: Case) -> None:
        issued(case.confirmed())
        office = case.office
        asked = office.dossier("C-0001").applications["application-1"]
        wrong = attrs.evolve(asked, basis=attrs.evolve(asked.basis, transition_end=date(2028, 3, 31)))
        office.record("C-0001", "transition recorded", {"applications": [wrong]}, hand=Hand(by="P-03"))
        said = case.data("standard", "transition", "iso10002", by="CM")
        assert (said["transition_end"], [row["application"] for row in said["changed"]]) == (None, [APPLICATION])
        assert case.data("certificate", "show", NUMBER, on="2028-04-01")["status"] == "valid"
        assert case.data("standard", "transition", "iso10002", by="CM")["changed"] == []


class TestWordsOfTheCommandLine:
    """The choices are written out, so that help needs no domain; they are the domain's all the same."""

    def test_they_are_those_of_the_domain(self) -> None:
        assert [each.name.lower() for each in Ground] == list(GROUNDS)
        assert [each.name.lower() for each in Change] == list(CHANGES)
        assert [each.name.lower() for each in Action] == list(ACTIONS)
        assert {str(each) for each in Kind} == set(RECOMMENDED)
        assert [str(each) for each in LATER] == list(DECIDED_LATER)

"""Registers at the desk: shown, written, and told apart for whom they are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.nordwind import APPLICATION, Case, at_closing

NUMBER = "FC-2026-0001"
HOSTILE = '=HYPERLINK("http://evil.example","Nordwind")'


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case with its certificate issued on 2026-06-26."""
    folder = tmp_path_factory.mktemp("ready")
    at_closing(folder / "ready")
    case = Case.copied(folder / "ready", folder).confirmed()
    case.done("certificate", "issue", APPLICATION, "--out", str(case.papers), by="DP", on="2026-06-26")
    return case.folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


def table(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel takes it for another encoding"
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


class TestCertificates:
    """ISO/IEC 17021-1:2015, 8.1.2."""

    def test_shown_on_a_day(self, case: Case) -> None:
        said = case.done("register", "certificates", on="2027-01-01")
        assert "Register of certificates, Fernhill Certification Ltd, on 2027-01-01" in said
        assert f"{NUMBER}  Nordwind Telecom Ltd  Musterhafen  Germany  S-10002, issue 1 of 2026-01-05  valid" in said

    def test_before_there_was_one_it_says_so_and_still_has_heads(self, case: Case) -> None:
        assert "No certificates on 2026-01-01." in case.done("register", "certificates", on="2026-01-01")
        said = case.done("register", "certificates", "--out", str(case.papers), on="2026-01-01")
        assert "No certificates on 2026-01-01." in said
        sheet = load_workbook(case.papers / "certificate-register-2026-01-01.xlsx").active
        assert (sheet["A4"].value, sheet["A5"].value) == ("Certificate", "No certificates on 2026-01-01.")

    def test_the_public_one_and_the_internal_one_have_other_columns_and_other_names(self, case: Case) -> None:
        out = ("--out", str(case.papers), "--format", "csv")
        case.done("register", "certificates", *out, on="2027-01-01")
        case.done("register", "certificates", "--internal", *out, on="2027-01-01")
        [public] = table(case.papers / "certificate-register-2027-01-01.csv")
        assert list(public) == ["number", "revision", "client", "city", "country", "criteria", "scope", "status"]
        [internal] = table(case.papers / "certificate-register-internal-2027-01-01-certificates.csv")
        assert (internal["client_number"], internal["expires_on"], internal["marks"]) == ("C-0001", "2029-06-23", "yes")
        sites = table(case.papers / "certificate-register-internal-2027-01-01-sites.csv")
        assert [each["site"] for each in sites] == ["HQ", "CC", "FS"]

    def test_json_is_the_same_on_the_screen_and_in_the_file(self, case: Case) -> None:
        shown = case.data("register", "certificates", "--internal", on="2027-01-01")
        case.done(
            "register", "certificates", "--internal", "--format", "json", "--out", str(case.papers), on="2027-01-01"
        )
        file = json.loads((case.papers / "certificate-register-internal-2027-01-01.json").read_text("utf-8"))
        assert shown == file
        assert (shown["on"], shown["public"], shown["certificates"][0]["since"]) == ("2027-01-01", False, "2026-06-24")
        assert shown["head"] == str(case.office.head("body"))

    def test_json_names_the_files_that_were_written(self, case: Case) -> None:
        said = case.data("register", "certificates", "--out", str(case.papers), on="2027-01-01")
        assert said["files"] == [str(case.papers / "certificate-register-2027-01-01.xlsx")]
        assert said["certificates"][0]["number"] == NUMBER

    def test_a_suspension_shows_from_its_day_on(self, case: Case) -> None:
        words = ("decide", "suspend", NUMBER, "--ground", "agreement", "--reason", "Fees of a year are open.")
        case.done(*words, "--effective", "2026-09-15", by="DP", on="2026-09-10")
        days = [case.data("register", "certificates", on=day) for day in ("2026-09-14", "2026-09-15")]
        assert [day["certificates"][0]["status"] for day in days] == ["valid", "suspended"]

    def test_nothing_goes_on_record(self, case: Case) -> None:
        before = case.bytes()
        case.done("register", "certificates", "--out", str(case.papers))
        case.done("register", "planning", "--out", str(case.papers))
        assert case.bytes() == before


class TestClients:
    def test_a_row_with_what_is_due(self, case: Case) -> None:
        [row] = case.data("register", "clients", on="2027-01-01")["clients"]
        assert (row["application"], row["state"], row["certificate"]) == (APPLICATION, "granted", NUMBER)
        assert (row["next_audit"], row["due_by"], row["status"]) == ("surveillance", "2027-06-24", "valid")

    def test_a_name_like_a_formula_is_a_name_in_every_form(self, case: Case) -> None:
        case.done("client", "change", "C-0001", f"name={HOSTILE}", by="CM")
        for form in ("xlsx", "csv", "json"):
            case.done("register", "clients", "--format", form, "--out", str(case.papers), on="2027-01-01")
        cell = load_workbook(case.papers / "client-register-2027-01-01.xlsx").active["B5"]
        assert (cell.value, cell.data_type) == (HOSTILE, "s")
        assert table(case.papers / "client-register-2027-01-01.csv")[0]["client"] == f"'{HOSTILE}"
        file = json.loads((case.papers / "client-register-2027-01-01.json").read_text("utf-8"))
        assert file["clients"][0]["client"] == HOSTILE


class TestPlanning:
    def test_what_is_due_and_not_planned_is_shown(self, case: Case) -> None:
        said = case.data("register", "planning", "--from", "2027-01", "--months", "12", on="2027-01-10")
        assert said["months"][0] == "2027-01"
        assert said["months"][-1] == "2027-12"
        [due] = said["due"]
        assert (due["what"], due["not_after"], due["gap"]) == ("surveillance 1", "2027-06-24", "not planned")
        assert {"auditor", "initials", "2027-01", "2027-12", "total"} <= said["days"][0].keys()

    def test_the_workbook_has_its_four_sheets(self, case: Case) -> None:
        case.done("register", "planning", "--from", "2026-03", "--months", "2", "--out", str(case.papers))
        book = load_workbook(case.papers / "planning-2026-03-to-2026-04.xlsx")
        assert book.sheetnames == ["Days by month", "Audits", "By auditor", "Due, not planned"]
        assert [cell.value for cell in book["Days by month"][5]][:5] == ["Ada Kaya", "AK", 1.5, 2.5, 4]
        assert book["Audits"]["D5"].value == "2026-007"

    def test_without_a_month_it_begins_with_this_one(self, case: Case) -> None:
        assert case.data("register", "planning", on="2026-11-23")["months"][0] == "2026-11"

    @pytest.mark.parametrize(
        "month", ["2027-13", "2027-00", "2027-1", "2027-01-01", "0000-01", "9999-12", "May", "٢٠٢٧-٠١"]
    )
    def test_what_is_no_month_is_told(self, case: Case, month: str) -> None:
        assert f"{month!r} is no month of the calendar; write it as 2027-01." in case.refused(
            "register", "planning", "--from", month, code=2
        )

    @pytest.mark.parametrize("months", ["0", "37", "twelve"])
    def test_so_many_months_are_not_shown(self, case: Case, months: str) -> None:
        case.refused("register", "planning", "--months", months, code=2)


class TestBadInput:
    def test_an_unknown_form_is_told_with_those_that_exist(self, case: Case) -> None:
        said = case.refused("register", "clients", "--format", "pdf", code=2)
        assert "'pdf' is not one of 'xlsx', 'csv', 'json'" in said

    def test_a_file_is_no_folder(self, case: Case) -> None:
        case.pins.write_text("x")
        assert "is no folder" in case.refused("register", "clients", "--out", str(case.pins), code=2)

    def test_a_folder_that_is_not_there_is_made(self, case: Case) -> None:
        case.done("register", "clients", "--out", str(case.papers / "deep" / "down"), on="2027-01-01")
        assert (case.papers / "deep" / "down" / "client-register-2027-01-01.xlsx").is_file()

    def test_what_the_disk_does_not_take_leaves_nothing_behind(self, case: Case) -> None:
        (case.papers / "client-register-2027-01-01.xlsx").mkdir(parents=True)
        said = case.refused("register", "clients", "--out", str(case.papers), on="2027-01-01", code=1)
        assert "client-register-2027-01-01.xlsx is not written: Is a directory." in said
        assert [path.name for path in case.papers.iterdir()] == ["client-register-2027-01-01.xlsx"]

    def test_a_day_that_is_none_is_told(self, case: Case) -> None:
        assert "no day of the calendar" in case.refused("register", "clients", on="2027-02-29", code=2)

"""`certbody standard self-assessment` and its result: with an office or without, read whole or not at all."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from certbody.cli.desk import Desk
from certbody.cli.root import certbody
from certbody.deliverables.readable import document_text, workbook_text
from tests.cli.nordwind import Case, at_closing

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
RESULT = ("standard", "self-assessment-result")
YES = "yes, and it can be shown"
ANSWER, REMARK = 8, 9


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No office is near."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CERTBODY_OFFICE", raising=False)


def run(*words: str) -> Result:
    desk = Desk(clock=lambda: NOW)
    return CliRunner().invoke(certbody, list(words), obj=desk, prog_name="certbody")


def said(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output + repr(done.exception)
    return done.stdout


def refused(*words: str) -> str:
    """What the command says that has to fail with bad data, and that nothing was written."""
    before = sorted(Path.cwd().rglob("*"))
    done = run(*words)
    assert done.exit_code == 1, done.output + repr(done.exception)
    assert "Traceback" not in done.output
    assert sorted(Path.cwd().rglob("*")) == before
    return done.stderr


def blank() -> Path:
    return Path(json.loads(said("standard", "self-assessment", "iso10002", "--json"))["file"])


def filled(path: Path | None = None, **answers: Any) -> Path:
    """The workbook as an organization sends it back: all shown but what `answers` say, by the point's id (`P_1`)."""
    path = path or blank()
    book = openpyxl.load_workbook(path)
    lines = {row[0].value: row[2] for row in book["Organization"].iter_rows(min_row=5)}
    for key, typed in {"name": "Nordwind Telecom Ltd", "by": "Greta Holm", "on": date(2026, 6, 29)}.items():
        lines[key].value = typed
    sheet: Any = book["Self-assessment"]
    for row in range(5, sheet.max_row + 1):
        key = sheet.cell(row, 1).value
        sheet.cell(row, ANSWER).value = answers.get(key.replace("-", "_"), YES)
        if sheet.cell(row, ANSWER).value == "does not apply":
            sheet.cell(row, REMARK).value = "We have none."
    book.save(path)
    return path


class TestWithoutAnOffice:
    def test_the_workbook_is_written_and_nothing_goes_on_record(self, tmp_path: Path) -> None:
        told = said("standard", "self-assessment", "iso10002", "--out", "papers")
        assert told.startswith("Wrote papers/self-assessment-iso10002.xlsx. Nothing goes on record")
        assert "Next: certbody standard self-assessment-result FILE" in told
        shown = workbook_text((tmp_path / "papers" / "self-assessment-iso10002.xlsx").read_bytes())
        assert "(no certification body named)" in shown
        assert "T-17 r1 · journal head —" in shown
        assert "{{" not in shown

    def test_its_result_is_one_page_of_what_is_ready_and_what_is_missing(self, tmp_path: Path) -> None:
        told = said(*RESULT, str(filled(I_3="no", I_4="partly", A_4="does not apply")), "--out", "papers")
        assert told.splitlines()[0] == (
            "Nordwind Telecom Ltd on 2026-06-29: can apply; these points will be asked at stage 1."
        )
        assert "  Policy: ready\n" in told
        assert "  Improvement from insights: nearly, 2 of 5 cannot be shown\n" in told
        assert "Nothing is on record" in told
        assert "Next: certbody application form iso10002" in told
        [page] = (tmp_path / "papers").glob("self-assessment-result-iso10002-*.docx")
        shown = document_text(page.read_bytes())
        assert "Missing: Causes removed (one cause, what was changed, and the figures before and after)." in shown
        assert "read on 30\u00a0June\u00a02026" in shown

    def test_points_left_open_are_listed_and_counted_and_hide_nothing(self) -> None:
        path = filled(P_4=None, F_4=None)
        told = said(*RESULT, str(path))
        assert "Left open, and counted as missing: P-4, F-4." in told
        assert told.startswith("Nordwind Telecom Ltd on 2026-06-29: not yet.")
        assert "  Training: ready\n" in told

    def test_json_has_every_point_with_answer_and_remark(self) -> None:
        made = json.loads(said(*RESULT, str(filled(P_4=None, A_4="does not apply")), "--json"))
        assert {key: made[key] for key in ("scheme", "edition", "organization", "by", "on", "open", "on_record")} == {
            "scheme": "iso10002",
            "edition": "1",
            "organization": "Nordwind Telecom Ltd",
            "by": "Greta Holm",
            "on": "2026-06-29",
            "open": ["P-4"],
            "on_record": False,
        }
        assert made["result"] == "can apply; these points will be asked at stage 1"
        assert [step["state"] for step in made["steps"]] == ["nearly", "ready", "ready", "ready", "ready", "ready"]
        points = {point["id"]: point for step in made["steps"] for point in step["points"]}
        assert points["P-4"]["answer"] == ""
        assert (points["A-4"]["answer"], points["A-4"]["remark"]) == ("does not apply", "We have none.")
        assert points["R-6"]["core"] is True
        assert Path(made["file"]).is_file()

    def test_the_same_workbook_gives_the_same_page(self) -> None:
        path = filled()
        first, second = (Path(json.loads(said(*RESULT, str(path), "--out", out, "--json"))["file"]) for out in "ab")
        assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "office"
    at_closing(folder)
    return folder


class TestInAnOffice:
    def test_both_bear_the_bodys_name_and_not_one_byte_goes_on_record(self, ready: Path, tmp_path: Path) -> None:
        case = Case.copied(ready, tmp_path)
        before = case.bytes()
        path = Path(case.data("standard", "self-assessment", "iso10002", "--out", str(case.papers))["file"])
        assert "Fernhill Certification Ltd" in workbook_text(path.read_bytes())
        made = case.data(*RESULT, str(filled(path)), "--out", str(case.papers))
        assert made["result"] == "ready to apply"
        shown = document_text(Path(made["file"]).read_bytes())
        assert "Fernhill Certification Ltd" in shown
        assert "record head none, not on record" in shown
        assert case.bytes() == before

    def test_an_office_that_is_named_and_is_none_is_refused(self) -> None:
        told = refused("--office", "elsewhere", "standard", "self-assessment", "iso10002")
        assert told.startswith("elsewhere is no office.")


def with_macro(path: Path) -> Path:
    """The same workbook with a part of macros."""
    made = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    path.write_bytes(made.getvalue())
    return path


class TestBadInput:
    """Exit 1, a clear sentence, nothing written."""

    def test_a_word_that_is_no_answer_with_sheet_and_cell(self) -> None:
        told = refused(*RESULT, str(filled(P_1="Ye")))
        assert told.startswith("self-assessment-iso10002.xlsx cannot be taken over; nothing was written.")
        assert "self-assessment-iso10002.xlsx, 'Self-assessment'!H5: 'Ye' is none of 'yes, and it can be shown'" in told

    def test_a_formula_in_an_answer(self) -> None:
        assert "'Self-assessment'!H5: holds a formula; type the text itself" in refused(
            *RESULT, str(filled(P_1='="no"'))
        )

    def test_a_hundred_thousand_characters(self) -> None:
        path = filled()
        book = openpyxl.load_workbook(path)
        cell = book["Self-assessment"].cell(5, REMARK)
        cell._value, cell.data_type = "x" * 100_000, "s"  # past what Excel, or openpyxl, would let anybody type
        book.save(path)
        told = refused(*RESULT, str(path))
        assert "'Self-assessment'!I5" in told
        assert "characters" in told

    def test_the_one_of_another_scheme(self) -> None:
        path = filled()
        assert refused(*RESULT, str(path), "--scheme", "teahouse").startswith("There is no scheme 'teahouse'.")
        book = openpyxl.load_workbook(path)
        book["certbody"]["B2"].value = "teahouse"
        for each in book.custom_doc_props.props:
            if each.name == "certbody standard":
                each.value = "teahouse"
        book.save(path)
        told = refused(*RESULT, str(path))
        assert told.startswith(
            "self-assessment-iso10002.xlsx is the self-assessment for teahouse, a scheme that is not installed here."
        )
        assert "schemes installed here: iso10002" in told
        expected = refused(*RESULT, str(path), "--scheme", "iso10002")
        assert expected.startswith(
            "self-assessment-iso10002.xlsx is the self-assessment for teahouse, not for iso10002."
        )

    def test_an_older_edition(self) -> None:
        path = filled()
        book = openpyxl.load_workbook(path)
        for row in book["certbody"].iter_rows(max_row=4):
            row[1].value = {"edition": "0", "questions": "0123456789ab"}.get(str(row[0].value), row[1].value)
        for each in book.custom_doc_props.props:
            each.value = {"certbody edition": "0", "certbody questions": "0123456789ab"}.get(each.name, each.value)
        book.save(path)
        told = refused(*RESULT, str(path))
        assert "holds the questions of edition 0; edition 1 is in use." in told
        assert "Next: certbody standard self-assessment iso10002" in told

    def test_an_application_form_instead(self, ready: Path, tmp_path: Path) -> None:
        case = Case.copied(ready, tmp_path)
        path = Path(case.data("application", "form", "iso10002", "--out", str(case.papers))["file"])
        assert refused(*RESULT, str(path)) == (
            "application-form-iso10002.xlsx is an application form, where a self-assessment belongs.\n"
        )

    def test_it_instead_of_an_application_form(self, ready: Path, tmp_path: Path) -> None:
        case = Case.copied(ready, tmp_path)
        told = case.refused("application", "receive", str(filled()), by="CM", on="2026-06-30", code=1)
        assert told == "self-assessment-iso10002.xlsx is a self-assessment, where an application form belongs.\n"

    def test_a_damaged_file(self) -> None:
        path = filled()
        path.write_bytes(path.read_bytes()[:3000])
        assert "is damaged or cut short" in refused(*RESULT, str(path))

    def test_a_macro(self) -> None:
        assert "holds macros; save it as" in refused(*RESULT, str(with_macro(filled())))

    def test_no_workbook_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "answers.xlsx").write_text("yes, and it can be shown")
        assert refused(*RESULT, "answers.xlsx").startswith("answers.xlsx is no")

    def test_a_file_that_is_not_there(self) -> None:
        assert refused(*RESULT, "missing.xlsx").startswith("There is no file 'missing.xlsx'.")

    def test_nothing_answered(self) -> None:
        path = blank()
        book = openpyxl.load_workbook(path)
        sheet: Any = book["Organization"]
        for row, typed in ((5, "Nordwind"), (7, "Greta Holm"), (8, date(2026, 6, 29))):
            sheet.cell(row, 3).value = typed
        book.save(path)
        assert "answers nothing: every point of the sheet Self-assessment is open." in refused(*RESULT, str(path))

    def test_a_scheme_that_is_not_installed(self) -> None:
        told = refused("standard", "self-assessment", "iso1002")
        assert told.startswith("There is no scheme 'iso1002'.")
        assert "did you mean iso10002?" in told

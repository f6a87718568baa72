"""`certbody standard sheet`: the information sheet of a body, from its office."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from certbody.cli.root import certbody
from certbody.deliverables.readable import document_text

FEES = 'currency = "USD"\nday_rate = "1000"\napplication = "500"\nverified = true\nsource = "Fee list of 2026-01-05"\n'


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(certbody, ["--office", str(folder / "office"), *words], prog_name="certbody")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheet")
    settings = CliRunner().invoke(certbody, ["office", "settings"]).stdout
    (folder / "office.toml").write_text(settings, encoding="utf-8")
    made = run(folder, "office", "new", str(folder / "office"), "--settings", str(folder / "office.toml"))
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def here(founded: Path, tmp_path: Path) -> Path:
    """A copy of the office, in a test's own folder."""
    shutil.copytree(founded / "office", tmp_path / "office")
    return tmp_path


def sheet(here: Path, *more: str) -> Result:
    return run(here, "standard", "sheet", "iso10002", "--out", str(here / "papers"), *more)


def text(here: Path) -> str:
    [made] = (here / "papers").iterdir()
    return document_text(made.read_bytes())


def own(here: Path, name: str, content: str) -> Path:
    folder = here / "office" / "standards" / "iso10002"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def journals(here: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (here / "office" / "journals").iterdir()}


def test_it_writes_a_word_document_and_says_the_next_step(here: Path) -> None:
    done = sheet(here, "--on", "2026-06-30")
    assert done.exit_code == 0, done.output
    assert (here / "papers" / "information-sheet-S-10002-issue-1.docx").is_file()
    assert "Next: certbody application form iso10002" in done.stdout
    assert "Example Certification Ltd certifies that the complaints-handling process of [your org" in text(here)
    assert "DRAFT" not in text(here)


def test_it_puts_nothing_on_record(here: Path) -> None:
    before = journals(here)
    sheet(here, "--as", "DE")
    assert journals(here) == before


def test_json_names_the_file_and_what_is_still_open(here: Path) -> None:
    found = json.loads(sheet(here, "--json").stdout)
    assert (Path(found["file"]).name, found["draft"], found["fees_verified"]) == (
        "information-sheet-S-10002-issue-1.docx",
        False,
        False,
    )


def test_before_the_scheme_was_published_it_is_a_draft(here: Path) -> None:
    done = sheet(here, "--on", "2025-12-31")
    assert "A draft: the scheme is not published." in done.stdout
    assert (here / "papers" / "information-sheet-S-10002-DRAFT.docx").is_file()
    assert "DRAFT" in text(here)


def test_fees_that_nobody_confirmed_are_told_to_office_and_applicant_and_the_bodys_own_are_not(here: Path) -> None:
    assert "its amounts are an example" in sheet(here).stdout
    assert "The amounts on this sheet are an example" in text(here)
    own(here, "fees.toml", FEES)
    assert "example" not in sheet(here).stdout
    said = text(here)
    assert "The amounts on this sheet are an example" not in said
    assert "at 1,000.00 USD" in said


def test_the_example_on_it_is_what_the_estimate_says(here: Path) -> None:
    sheet(here)
    found = json.loads(run(here, "estimate", "iso10002", "--personnel", "25", "--json").stdout)
    assert f"Initial certification | {float(found['likely']):,.2f}" in text(here)


def test_fees_in_another_currency_are_refused_and_nothing_is_written(here: Path) -> None:
    own(here, "fees.toml", FEES.replace("USD", "EUR"))
    done = sheet(here)
    assert (done.exit_code, "are in EUR; the body quotes in USD" in done.output) == (1, True)
    assert not (here / "papers").exists()


def test_a_body_has_a_sheet_of_its_own_words(here: Path) -> None:
    own(here, "sheet.toml", 'title = "Complaints, handled well"\nlead = "{body} says it in its own way."\n')
    assert sheet(here).exit_code == 0
    said = text(here)
    assert "Complaints, handled well" in said
    assert "Example Certification Ltd says it in its own way." in said
    assert "Who it is for" not in said


def test_what_is_wrong_in_it_is_named_all_at_once_with_file_and_place(here: Path) -> None:
    own(here, "sheet.toml", 'title = "ISO 10002 certification"\nlead = "40 % fewer {complaints}."\n')
    done = sheet(here)
    assert done.exit_code == 1
    for said in ("iso10002/sheet.toml: title: ", "lead: nothing fills {complaints}", "lead: a figure that is promised"):
        assert said in done.output
    assert "Traceback" not in done.output
    assert not (here / "papers").exists()


@pytest.mark.parametrize(("word", "replaced"), [("sheet", "title = 3"), ("fees", "day_rate = 3")])
def test_data_of_the_wrong_kind_is_one_sentence(here: Path, word: str, replaced: str) -> None:
    own(here, f"{word}.toml", replaced)
    done = sheet(here)
    assert done.exit_code == 1
    assert f"iso10002/{word}.toml" in done.output
    assert "Traceback" not in done.output


def test_the_bodys_own_template_is_used_and_marked_and_one_that_asks_for_strange_fields_is_refused(here: Path) -> None:
    from docx import Document

    templates = here / "office" / "templates"
    templates.mkdir(exist_ok=True)
    document = Document()
    document.add_paragraph("{{ sheet.title }} by {{ body.name }}: {{ document.template }}")
    document.save(str(templates / "information-sheet.docx"))
    assert sheet(here).exit_code == 0
    assert text(here).strip() == "Certification of complaints handling by Example Certification Ltd: T-16 r1 (own)"
    document.add_paragraph("{{ certificate.number }}")
    document.save(str(templates / "information-sheet.docx"))
    done = sheet(here)
    assert (done.exit_code, "certificate.number" in done.output) == (1, True)


def test_a_scheme_that_there_is_not_is_said(here: Path) -> None:
    done = run(here, "standard", "sheet", "iso1002")
    assert (done.exit_code, "iso10002" in done.output) == (1, True)


def test_without_an_office_it_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "standard", "sheet", "iso10002")
    assert (done.exit_code, "is no office" in done.output) == (1, True)


def test_checking_a_standard_reads_its_sheet(here: Path) -> None:
    assert run(here, "standard", "check", "iso10002").exit_code == 0

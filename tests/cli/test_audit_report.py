"""Documents of an audit at the command line: checklist, plan, attendance and report, each issued on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from certbody.deliverables.catalogue import DELIVERABLES
from certbody.deliverables.readable import document_text
from certbody.journal.verify import verify
from tests.cli.fieldwork import CLIENT, READY, Field, before_the_audits, fill

KINDS = {each.kind for each in DELIVERABLES}


@pytest.fixture(scope="module")
def concluded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office with stage 1 (2026-001) closed and concluded, and its checklist answered."""
    folder = tmp_path_factory.mktemp("ready")
    before_the_audits(folder / "before")
    field = Field.copied(folder / "before", folder)
    number = field.opened(1)
    field.done("audit", "plan", number, "--propose", "--agreed-by", "Greta Holm", by="AK", on="2026-02-20")
    book = fill(field.workbook(number), "satisfactory")
    field.done("audit", "record", number, str(book), by="AK", on="2026-03-02")
    field.done("audit", "close", number, "--attendee", "AK", by="AK", on="2026-03-02")
    field.done("audit", "conclude", number, *READY, by="AK", on="2026-03-02")
    return field.folder


@pytest.fixture
def field(concluded: Path, tmp_path: Path) -> Field:
    return Field.copied(concluded, tmp_path)


def out(field: Field) -> tuple[str, str]:
    return ("--out", str(field.papers))


class TestChecklist:
    def test_the_workbook_is_issued_and_printing_it_again_makes_no_new_version(self, field: Field) -> None:
        first = field.data("audit", "checklist", "2026-001", *out(field), by="AK", on="2026-02-11")
        again = field.data("audit", "checklist", "2026-001", *out(field), by="AK", on="2026-02-12")
        assert (first["version"], again["version"], again["new"]) == (1, 1, False)
        assert Path(first["file"]).name.startswith("checklist-2026-001")
        assert [each.kind for each in field.dossier.documents.values()] == ["checklist", "checklist"]

    def test_a_folder_that_cannot_be_written_is_told_before_anything_is_recorded(self, field: Field) -> None:
        field.papers.write_text("a file in the way")
        said = field.refused("audit", "checklist", "2026-001", "--out", str(field.papers / "x"), by="AK", code=2)
        assert "papers" in said


@pytest.mark.skipif("audit-plan" not in KINDS, reason="no template for audit plans yet")
class TestPlan:
    def test_the_plan_is_issued_in_word(self, field: Field) -> None:
        made = field.data("audit", "plan", "2026-001", *out(field), by="AK", on="2026-02-21")
        assert Path(made["file"]).name.startswith("audit-plan-2026-001")
        assert Path(made["file"]).read_bytes().startswith(b"PK")


@pytest.mark.skipif("attendance" not in KINDS, reason="no template for attendance yet")
class TestAttendance:
    def test_attendance_is_issued_in_word(self, field: Field) -> None:
        made = field.data("audit", "attendance", "2026-001", *out(field), by="AK", on="2026-03-02")
        assert Path(made["file"]).name.startswith("attendance-2026-001")


REVISION = ("audit", "report", "2026-001", "--revision", "--reason", "A name was misspelt.")


@pytest.mark.skipif("audit-report" not in KINDS, reason="no template for reports yet")
class TestReport:
    """ISO/IEC 17021-1:2015, 9.4.8."""

    def test_a_draft_says_so_and_puts_nothing_on_record(self, field: Field) -> None:
        before = field.bytes()
        made = field.data("audit", "report", "2026-001", "--draft", *out(field), by="AK", on="2026-03-05")
        assert "DRAFT" in Path(made["file"]).name
        assert field.bytes() == before

    def test_a_report_is_issued_once_and_then_handed_out_as_it_was_kept(self, field: Field) -> None:
        first = field.data("audit", "report", "2026-001", *out(field), by="AK", on="2026-03-05")
        data, before = Path(first["file"]).read_bytes(), field.bytes()
        Path(first["file"]).unlink()
        again = field.data("audit", "report", "2026-001", *out(field), by="AK", on="2026-03-06")
        assert (first["number"], first["new"], again["new"]) == ("2026-001/R1", True, False)
        assert Path(again["file"]).read_bytes() == data
        assert field.bytes() == before

    def test_a_revision_is_a_report_of_its_own_with_its_reason(self, field: Field) -> None:
        first = field.data("audit", "report", "2026-001", *out(field), by="AK", on="2026-03-05")
        made = field.data(*REVISION, "--why", "a name", *out(field), by="AK", on="2026-03-09")
        assert (made["number"], made["revision"]) == ("2026-001/R2", 2)
        assert [each.reason for each in field.dossier.reports.values()] == ["", "A name was misspelt."]
        text = document_text(Path(made["file"]).read_bytes())
        assert "Replaces | 2026-001/R1 of 2026-03-05, which stays on record" in text
        assert "A name was misspelt." in text
        kept = [each for each in field.dossier.documents.values() if each.number == "2026-001/R1"]
        assert field.office.store.open_file(kept[0].sha256) == Path(first["file"]).read_bytes()

    def test_a_revision_without_a_reason_is_refused(self, field: Field) -> None:
        field.done("audit", "report", "2026-001", *out(field), by="AK", on="2026-03-05")
        words = ("audit", "report", "2026-001", "--revision", "--why", "a name", *out(field))
        said = field.refused(*words, by="AK", on="2026-03-09")
        assert "Report 2026-001/R2 does not say why it replaces revision 1 of 2026-03-05." in said

    def test_a_revision_of_what_has_not_changed_on_record_says_what_is_different(self, field: Field) -> None:
        field.done("audit", "report", "2026-001", *out(field), by="AK", on="2026-03-05")
        said = field.refused(*REVISION, *out(field), by="AK", on="2026-03-09")
        assert "Since revision 1 of 2026-03-05 no grade, conclusion, plan, deadline or word" in said
        assert "--why" in said

    def test_a_revision_of_nothing_is_no_revision(self, field: Field) -> None:
        said = field.refused(*REVISION, *out(field), by="AK", on="2026-03-09", code=1)
        assert "No report of 2026-001 is issued yet" in said

    def test_a_reason_alone_is_a_misuse(self, field: Field) -> None:
        words = ("audit", "report", "2026-001", "--reason", "A name.", *out(field))
        assert "give --revision" in field.refused(*words, by="AK", on="2026-03-09", code=2)

    def test_an_issue_that_was_interrupted_is_completed(self, field: Field) -> None:
        from datetime import date

        from certbody.domain.report import Report
        from certbody.office import Hand

        office = field.office
        audit = next(iter(office.dossier(CLIENT).audits.values()))
        by = office.person("AK")
        report = Report(id="r", number="2026-001/R1", audit=audit.id, issued_on=date(2026, 3, 5), by=by)
        office.record(CLIENT, "audit report issued", {"reports": [report]}, hand=Hand(by=by))
        made = field.data("audit", "report", "2026-001", *out(field), by="AK", on="2026-03-06")
        assert (made["number"], made["new"]) == ("2026-001/R1", True)
        assert [each.kind for each in field.dossier.documents.values()] == ["audit-report"]
        assert verify(field.office.store) == []

"""A filled checklist read back by `certbody audit record`: in one act or not at all, and never twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from certbody.domain.evidence import results_of
from certbody.journal.verify import verify
from tests.cli.fieldwork import CLIENT, Field, before_the_audits, fill

STAGE_1_DAY, DAY = "2026-03-02", "2026-04-14"
ROW, OTHER = "7.4-1@K", "7.4-2@K"
MINOR = {
    "Checklist row": ROW,
    "Grade": "minor",
    "Requirement": "S7.4.1",
    "Statement": "Letters are acknowledged late.",
    "Objective evidence": "5 of 12 letters of March.",
}


@pytest.fixture(scope="module")
def stage_2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office with stage 2 (2026-002) under way, and both checklists as they were sent out beside it."""
    folder = tmp_path_factory.mktemp("ready")
    before_the_audits(folder / "before")
    field = Field.copied(folder / "before", folder)
    field.opened(2)
    field.workbook("2026-001", "one.xlsx")
    field.workbook("2026-002", "two.xlsx")
    return field.folder


@pytest.fixture
def field(stage_2: Path, tmp_path: Path) -> Field:
    return Field.copied(stage_2, tmp_path)


@pytest.fixture
def one(stage_2: Path, tmp_path: Path) -> Path:
    return _copy(stage_2.parent / "one.xlsx", tmp_path / "one.xlsx")


@pytest.fixture
def two(stage_2: Path, tmp_path: Path) -> Path:
    return _copy(stage_2.parent / "two.xlsx", tmp_path / "two.xlsx")


def _copy(here: Path, there: Path) -> Path:
    there.write_bytes(here.read_bytes())
    return there


def record(field: Field, file: Path, *more: str, by: str = "AK", on: str = DAY, audit: str = "2026-002") -> Any:
    return field.data("audit", "record", audit, str(file), *more, by=by, on=on)


def refused(field: Field, file: Path, *more: str, by: str = "AK", code: int = 1, audit: str = "2026-002") -> str:
    return field.refused("audit", "record", audit, str(file), *more, by=by, on=DAY, code=code)


class TestTaking:
    def test_results_notes_evidence_and_findings_are_one_act(self, field: Field, two: Path) -> None:
        before = field.office.head(CLIENT).no
        said = {"Result": "finding", "Note": "see AK-1", "Evidence seen": "Twelve letters of March."}
        fill(two, {ROW: said, OTHER: {"Result": "Conformity "}}, [MINOR])
        taken = record(field, two)
        assert field.office.head(CLIENT).no == before + 1
        dossier = field.dossier
        assert {row: str(each.result) for row, each in results_of(_audit(field), dossier).items()} == {
            ROW: "finding",
            OTHER: "conformity",
        }
        [finding] = dossier.findings.values()
        assert (finding.number, finding.site, finding.clause) == ("2026-002/AK-1", "K", "7.4")
        assert [(each.rows, each.note) for each in dossier.evidence.values() if each.rows] == [
            ((ROW,), "Twelve letters of March.")
        ]
        assert [each["number"] for each in taken["findings"]] == ["2026-002/AK-1"]

    def test_a_row_marked_finding_that_no_finding_names_is_told_with_the_next_step(
        self, field: Field, two: Path
    ) -> None:
        fill(two, {ROW: {"Result": "finding"}, OTHER: {"Result": "conformity"}})
        said = field.done("audit", "record", "2026-002", str(two), by="AK", on=DAY)
        assert f"no finding names {ROW} yet" in said
        assert f"certbody audit finding 2026-002 --row {ROW}" in said

    def test_the_file_itself_is_kept(self, field: Field, two: Path) -> None:
        fill(two, {ROW: {"Result": "conformity"}})
        record(field, two)
        [source] = [each for each in field.dossier.evidence.values() if each.files]
        assert field.office.store.open_file(source.files[0].sha256) == two.read_bytes()
        assert verify(field.office.store) == []

    def test_the_same_file_a_second_time_does_nothing_and_says_so(self, field: Field, two: Path) -> None:
        fill(two, {ROW: {"Result": "finding", "Evidence seen": "Twelve letters."}}, [MINOR])
        record(field, two)
        before = field.bytes()
        assert "was taken before; nothing was recorded" in field.done(
            "audit", "record", "2026-002", str(two), by="AK", on=DAY
        )
        assert field.bytes() == before

    def test_the_same_entries_in_a_file_saved_anew_do_nothing_either(self, field: Field, two: Path) -> None:
        entries = {ROW: {"Result": "finding", "Note": "late", "Evidence seen": "Twelve letters."}}
        record(field, fill(two, entries, [MINOR]))
        taken, before = two.read_bytes(), field.bytes()
        _saved_anew(two)
        assert two.read_bytes() != taken
        assert "Nothing in two.xlsx is new" in field.done("audit", "record", "2026-002", str(two), by="AK", on=DAY)
        assert field.bytes() == before

    def test_a_file_that_comes_back_from_a_copy_sent_out_later_adds_only_what_is_new(
        self, field: Field, two: Path
    ) -> None:
        record(field, fill(two, {ROW: {"Result": "finding", "Evidence seen": "Twelve letters."}}, [MINOR]))
        later = field.workbook("2026-002", "later.xlsx")
        fill(later, {OTHER: {"Result": "conformity"}, ROW: {"Evidence seen": "Twelve letters.\nAnd two calls."}})
        taken = record(field, later)
        assert [each["row"] for each in taken["results"]] == [OTHER]
        assert [each["note"] for each in taken["evidence"]] == ["And two calls."]
        assert (taken["findings"], len(field.dossier.findings)) == ([], 1)
        assert record(field, later)["again"]

    def test_evidence_that_only_begins_like_what_is_on_record_is_taken_whole(self, field: Field, two: Path) -> None:
        field.done("evidence", "add", "2026-002", "--row", ROW, "--note", "Letters", by="BF", on=DAY)
        taken = record(field, fill(two, {ROW: {"Evidence seen": "Letters of March and of April."}}))
        assert [each["note"] for each in taken["evidence"]] == ["Letters of March and of April."]

    def test_a_changed_result_replaces_the_earlier_one_and_is_named(self, field: Field, two: Path) -> None:
        record(field, fill(two, {ROW: {"Result": "come back"}}))
        taken = record(field, fill(two, {ROW: {"Result": "conformity"}}))
        assert taken["replaced"] == [{"row": ROW, "before": "come back", "after": "conformity"}]
        [result] = results_of(_audit(field), field.dossier).values()
        assert str(result.result) == "conformity"

    def test_a_finding_that_comes_back_changed_keeps_its_number(self, field: Field, two: Path) -> None:
        record(field, fill(two, {ROW: {"Result": "finding"}}, [MINOR]))
        later = field.workbook("2026-002", "later.xlsx")
        fill(later, {}, [{**MINOR, "Number": "2026-002/AK-1", "Grade": "major"}])
        taken = record(field, later)
        assert taken["amended"] == ["2026-002/AK-1"]
        assert [str(each.grade) for each in field.dossier.findings.values()] == ["major"]

    def test_the_finding_of_another_auditor_is_not_changed(self, field: Field, two: Path) -> None:
        record(field, fill(two, {ROW: {"Result": "finding"}}, [MINOR]))
        later = field.workbook("2026-002", "later.xlsx")
        fill(later, {}, [{**MINOR, "Number": "2026-002/AK-1", "Grade": "major"}])
        assert "is Ada Kaya's finding" in refused(field, later, by="BF")

    def test_two_auditors_bring_their_parts_one_after_the_other(self, field: Field, two: Path, tmp_path: Path) -> None:
        other = _copy(two, tmp_path / "bf.xlsx")
        record(field, fill(two, {ROW: {"Result": "finding"}}, [MINOR]))
        changed = {**MINOR, "Checklist row": OTHER, "Statement": "Calls are not counted."}
        record(field, fill(other, {OTHER: {"Result": "finding"}}, [changed]), by="BF")
        assert {each.number for each in field.dossier.findings.values()} == {"2026-002/AK-1", "2026-002/BF-1"}

    def test_stage_1_has_words_of_its_own(self, field: Field, one: Path) -> None:
        taken = record(field, fill(one, "satisfactory"), on=STAGE_1_DAY, audit="2026-001")
        assert len(taken["results"]) == 29
        assert field.data("audit", "show", "2026-001")["checklist"] == {"version": 1, "rows": 29, "answered": 29}


class TestRefusing:
    """Not one byte of the office changes."""

    def test_every_fault_is_named_at_once_with_file_sheet_and_cell(self, field: Field, two: Path) -> None:
        rows = {ROW: {"Result": "Ye"}, OTHER: {"Result": "not covered"}, "7.4-1@K2": {"Note": "but no result"}}
        fill(two, rows, [{**MINOR, "Requirement": "S7.4.99"}, {**MINOR, "Objective evidence": ""}])
        said = refused(field, two)
        assert "'Ye' is none of conformity, finding" in said
        assert "'not covered' needs a reason" in said
        assert "has a note; choose a result" in said
        assert "'S7.4.99' is no requirement of S-10002" in said
        assert "has no objective evidence" in said
        assert said.count("two.xlsx, Checklist!") == 3
        assert said.count("two.xlsx, Findings!") == 2

    def test_what_a_rule_forbids_is_refused_as_such_with_its_place(self, field: Field, two: Path) -> None:
        said = refused(field, fill(two, {ROW: {"Result": "not covered"}}), code=3)
        assert "two.xlsx, Checklist!" in said
        assert "needs a reason. (ISO/IEC 17021-1:2015, 9.4.4, 9.4.5)" in said

    def test_the_good_rows_alone_are_taken_when_that_is_asked_for(self, field: Field, two: Path) -> None:
        rows = {ROW: {"Result": "Ye"}, OTHER: {"Result": "not covered"}, "7.4-1@K2": {"Result": "conformity"}}
        fill(two, rows, [MINOR, {**MINOR, "Checklist row": OTHER, "Objective evidence": ""}])
        taken = record(field, two, "--good-rows")
        assert [each["row"] for each in taken["results"]] == ["7.4-1@K2"]
        assert [each["number"] for each in taken["findings"]] == ["2026-002/AK-1"]
        assert len(taken["left"]) == 3
        again = record(field, two, "--good-rows")
        assert (again["results"], again["findings"], len(again["left"])) == ([], [], 3)

    def test_a_warning_asks_for_a_reason_and_then_lets_pass(self, field: Field, two: Path) -> None:
        warned = {"Checklist row": ROW, "Grade": "opportunity", "Statement": "They should buy a ticket system."}
        fill(two, {ROW: {"Result": "conformity"}}, [warned])
        assert "suggests a solution" in refused(field, two, code=3)
        assert len(record(field, two, "--why", "the client's words")["findings"]) == 1

    def test_the_checklist_of_another_audit_is_refused(self, field: Field, one: Path) -> None:
        assert "is the checklist of audit 2026-001, not of 2026-002" in refused(field, fill(one, "satisfactory"))

    def test_an_older_checklist_is_refused_and_an_unchanged_one_stays_in_force(self, field: Field, two: Path) -> None:
        fill(two, {ROW: {"Result": "conformity"}})
        field.issued("2026-002")
        assert field.data("audit", "show", "2026-002")["checklist"]["version"] == 1
        _one_item_less(field)
        assert "is an older version (1)" in refused(field, two)

    def test_an_audit_without_checklist_says_how_to_get_one(self, field: Field, two: Path) -> None:
        days = ("--stage", "1", "--from", "2026-05-04", "--to", "2026-05-04", "--why", "repeated in part")
        field.done("audit", "new", "A-2026-001", *days, by="CM")
        assert "has no checklist" in refused(field, two, audit="2026-003")

    def test_the_wrong_person_is_refused(self, field: Field, two: Path) -> None:
        said = refused(field, fill(two, {ROW: {"Result": "conformity"}}), by="CM", code=3)
        assert "Clara Monti is not on the team" in said

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" + bytes(600)])
    def test_what_is_no_workbook_is_told_in_a_sentence(self, field: Field, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "x.xlsx").write_bytes(content)
        assert "x.xlsx" in refused(field, tmp_path / "x.xlsx")

    def test_a_truncated_workbook_and_a_strange_one_are_told(self, field: Field, two: Path, tmp_path: Path) -> None:
        from openpyxl import Workbook

        (tmp_path / "x.xlsx").write_bytes(two.read_bytes()[:5000])
        assert "x.xlsx" in refused(field, tmp_path / "x.xlsx")
        Workbook().save(tmp_path / "y.xlsx")
        assert "no checklist made by certbody" in refused(field, tmp_path / "y.xlsx")

    def test_results_behind_an_issued_report_are_refused(self, field: Field, two: Path) -> None:
        from certbody.domain.report import Report
        from certbody.office import Hand

        _complete(field, two)
        office = field.office
        report = Report(
            id="r",
            number="2026-002/R1",
            audit=_audit(field),
            issued_on=_day("2026-04-20"),
            by=office.person("AK"),
        )
        office.record(CLIENT, "audit report issued", {"reports": [report]}, hand=Hand(by=report.by))
        later = field.workbook("2026-002", "later.xlsx")
        said = refused(field, fill(later, {ROW: {"Result": "finding"}}), code=3)
        assert "The report of this audit is issued" in said


class TestAtOnce:
    def test_two_processes_that_bring_one_file_record_it_once(self, field: Field, two: Path) -> None:
        fill(two, {ROW: {"Result": "finding"}}, [MINOR])
        before = field.office.head(CLIENT).no
        started = [_process(field, two, "AK") for _ in range(2)]
        assert [each.wait(120) for each in started] == [0, 0]
        assert field.office.head(CLIENT).no == before + 1
        assert [each.number for each in field.dossier.findings.values()] == ["2026-002/AK-1"]
        assert verify(field.office.store) == []

    def test_two_processes_that_bring_two_files_lose_nothing(self, field: Field, two: Path, tmp_path: Path) -> None:
        other = _copy(two, tmp_path / "other.xlsx")
        fill(two, {ROW: {"Result": "finding"}}, [MINOR])
        fill(other, {OTHER: {"Result": "finding"}}, [{**MINOR, "Checklist row": OTHER}])
        started = [_process(field, path, "AK") for path in (two, other)]
        assert [each.wait(120) for each in started] == [0, 0]
        numbers = sorted(each.number for each in field.dossier.findings.values())
        assert numbers == ["2026-002/AK-1", "2026-002/AK-2"]
        assert set(results_of(_audit(field), field.dossier)) == {ROW, OTHER}

    def test_killed_at_whatever_step_it_is_on_record_whole_or_not_at_all(self, field: Field, two: Path) -> None:
        fill(two, {ROW: {"Result": "finding", "Evidence seen": "Twelve letters."}}, [MINOR])
        outcomes = []
        for step in range(1, 200):
            code = _killed_at(field, two, step)
            dossier = field.dossier
            found = (len(results_of(_audit(field), dossier)), len(dossier.findings))
            assert found in ((0, 0), (1, 1))
            outcomes.append(found)
            assert all(fault.harmless for fault in verify(field.office.store))
            if code == 0:
                break
        assert code == 0
        assert outcomes[0] == (0, 0)
        assert outcomes[-1] == (1, 1)
        assert outcomes.count((0, 0)) > 5


_PROGRAM = """
import sys
from datetime import UTC, datetime
from certbody.cli.desk import Desk
from certbody.cli.root import certbody
desk = Desk(folder=sys.argv[1], clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC))
certbody.main(["audit", "record", "2026-002", sys.argv[2], "--as", sys.argv[3], "--on", "2026-04-14"], obj=desk)
"""


def _process(field: Field, file: Path, by: str) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(each for each in sys.path if each)
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(field.folder), str(file), by],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
    )


def _killed_at(field: Field, file: Path, step: int) -> int:
    """Record a file in a process that is killed at its `step`-th touch of evidence or of the client's journal."""
    child = os.fork()
    if child == 0:
        seen = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal seen
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "fcntl.flock"):
                about = str(arguments[:2])
                if "evidence" in about or CLIENT in about or event == "fcntl.flock":
                    seen += 1
                    if seen == step:
                        os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        code = 70
        try:
            code = field.run("audit", "record", "2026-002", str(file), by="AK", on=DAY).exit_code
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _saved_anew(path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.properties.title = "saved anew"
    book.save(path)


def _audit(field: Field) -> str:
    return next(each.id for each in field.dossier.audits.values() if each.number == "2026-002")


def _day(said: str) -> Any:
    from datetime import date

    return date.fromisoformat(said)


def _one_item_less(field: Field) -> None:
    """The standard asks one question less by now, so that the checklist is issued anew."""
    import attrs

    from certbody.domain.evidence import checklist_of
    from certbody.office import Hand

    office = field.office
    held = checklist_of(_audit(field), office.dossier(CLIENT))
    assert held is not None
    newer = attrs.evolve(held, id=f"{_audit(field)}-v2", version=2, rows=held.rows[1:])
    office.record(CLIENT, "checklist issued", {"checklists": [newer]}, hand=Hand(by=office.person("AK")))


def _complete(field: Field, two: Path) -> None:
    """Everything that a report on stage 2 needs."""
    record(field, fill(two, "conformity"))
    field.done("audit", "plan", "2026-002", "--propose", by="AK", on="2026-02-20")
    field.done("audit", "close", "2026-002", "--attendee", "AK", by="AK", on="2026-04-15")
    texts = ("--conformity", "Yes.", "--capability", "Yes.", "--internal-audit", "Yes.")
    field.done("audit", "conclude", "2026-002", "--recommend", "grant", *texts, by="AK", on="2026-04-15")

"""`certbody demo`: a whole certification by the commands that people type, in a new folder."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from certbody.cli.desk import Desk
from certbody.cli.root import certbody

KINDS = {
    "application-form": 1,
    "quotation": 2,
    "agreement": 1,
    "audit-programme": 1,
    "audit-plan": 3,
    "checklist": 3,
    "attendance": 3,
    "nonconformity": 4,
    "response": 4,
    "audit-report": 3,
    "review": 2,
    "decision": 3,  # one of them in two languages
    "certificate": 2,  # the draft and the one that was issued
    "certificate-register": 2,
    "client-register": 1,
    "scheme": 1,
    "register": 1,
}
"""How many files of each kind the demo leaves; a file's name begins with its kind."""
FILES = Path(str(files("certbody_iso10002") / "demo"))
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def run(*words: str) -> Result:
    """One command as a person would type it."""
    return CliRunner().invoke(certbody, words, obj=Desk(), env={"CERTBODY_OFFICE": None, "CERTBODY_AS": None})


@dataclass(frozen=True)
class Demo:
    """The folder of a finished demo, and what the command said."""

    folder: Path
    said: str

    @property
    def office(self) -> Path:
        return self.folder / "office"

    @property
    def documents(self) -> list[Path]:
        return sorted((self.folder / "deliverables").iterdir())

    def data(self, *words: str) -> dict:
        """What a command says in JSON about the office."""
        result = run("--office", str(self.office), *words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One run, which every test of this file looks at and none changes."""
    folder = tmp_path_factory.mktemp("demo") / "shown"
    result = run("demo", str(folder))
    assert result.exit_code == 0, result.output + repr(result.exception)
    return Demo(folder, result.stdout)


@pytest.fixture
def copied(demo: Demo, tmp_path: Path) -> Demo:
    """A copy that a test may damage."""
    shutil.copytree(demo.folder, tmp_path / "copy")
    return Demo(tmp_path / "copy", demo.said)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, but for the index, which is rebuilt when it is asked."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("index.sqlite"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_every_kind_of_document_comes_out_and_nothing_else(demo: Demo) -> None:
    names = [path.name for path in demo.documents]
    found = {kind: sum(bool(re.match(rf"{kind}-(?!form|register)", f"{name}-")) for name in names) for kind in KINDS}
    assert found == KINDS
    assert len(names) == sum(KINDS.values())


def test_it_tells_the_story_then_the_files_then_how_to_go_on(demo: Demo) -> None:
    assert "publishes its own scheme" in demo.said
    assert all(path.name in demo.said for path in demo.documents)
    assert f"certbody --office {demo.office} verify" in demo.said


def test_it_shows_the_status_on_four_days_as_the_command_says_it(demo: Demo) -> None:
    shown = re.findall(r"^  \$ certbody (certificate show .*)$", demo.said, re.MULTILINE)
    assert [line.split()[-1] for line in shown] == ["2026-06-14", "2026-06-15", "2026-09-28", "2028-06-09"]
    for line in shown:
        said = run("--office", str(demo.office), *line.split()).stdout.splitlines()
        assert "\n".join(f"    {each}" for each in said) in demo.said
    words = ("valid, since 2025-06-09", "suspended, since 2026-06-15", "valid, since 2026-09-28", "expired, since")
    assert all(word in demo.said for word in words)


def test_it_names_the_surveillance_when_it_nears_and_when_it_is_overdue(demo: Demo) -> None:
    assert "due by 2026-06-09 (in 90 days), reminder 1, not planned" in demo.said
    assert "was due by 2026-06-09 (1 day ago), planned as 2026-001" in demo.said
    assert "decide suspend QC-2025-0001 --ground audit" in demo.said


def test_the_record_that_it_leaves_is_sound(demo: Demo) -> None:
    said = demo.data("verify")
    assert said["sound"]
    assert (said["faults"], said["objections"]) == ([], [])


def test_a_changed_byte_in_a_journal_is_named(copied: Demo) -> None:
    journal = copied.office / "journals" / "C-0001.jsonl"
    data = journal.read_bytes()
    place = data.index(b"small matters")
    journal.write_bytes(data[:place] + b"S" + data[place + 1 :])
    result = run("--office", str(copied.office), "verify")
    assert result.exit_code == 5
    assert "C-0001" in result.stdout


def test_a_changed_byte_in_an_evidence_file_is_named(copied: Demo) -> None:
    kept = next(path for path in sorted((copied.office / "evidence").rglob("*")) if path.is_file())
    data = kept.read_bytes()
    kept.chmod(0o600)
    kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    result = run("--office", str(copied.office), "verify")
    assert result.exit_code == 5
    assert kept.name[:12] in result.stdout.replace("/", "")


def test_an_office_that_the_environment_names_is_left_alone(copied: Demo, tmp_path: Path) -> None:
    before = everything(copied.office)
    environment = {"CERTBODY_OFFICE": str(copied.office), "CERTBODY_AS": "ZZ", "CERTBODY_PIN_FILE": "nowhere"}
    result = CliRunner().invoke(certbody, ["demo", str(tmp_path / "new")], obj=Desk(), env=environment)
    assert result.exit_code == 0, result.output
    assert everything(copied.office) == before
    assert run("--office", str(tmp_path / "new" / "office"), "verify").exit_code == 0


class TestRunAgain:
    def test_a_second_run_says_so_and_changes_nothing(self, demo: Demo) -> None:
        before = everything(demo.folder)
        result = run("demo", str(demo.folder))
        assert result.exit_code == 0
        assert "finished demo" in result.stdout
        assert everything(demo.folder) == before

    def test_a_folder_with_other_files_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("mine")
        result = run("demo", str(tmp_path))
        assert result.exit_code == 1
        assert "is not empty" in result.stderr
        assert everything(tmp_path) == {"mine.txt": b"mine"}

    def test_an_empty_folder_is_no_hindrance_and_a_file_is(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        assert run("demo", str(tmp_path / "file")).exit_code == 1
        assert (tmp_path / "file").read_text() == "mine"

    def test_one_that_was_killed_half_way_is_named_as_such(self, tmp_path: Path) -> None:
        folder = tmp_path / "cut"
        command = [sys.executable, "-m", "certbody", "demo", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(3):  # the story has begun, and so has the office
                assert process.stdout.readline()
            process.kill()
        before = everything(folder)
        assert any(name.startswith("office/journals") for name in before)
        result = run("demo", str(folder))
        assert result.exit_code == 1
        assert "did not come to its end" in result.stderr
        assert f"remove {folder}" in result.stderr
        assert everything(folder) == before

    def test_of_two_that_are_begun_at_once_one_goes_on(self, tmp_path: Path) -> None:
        folder = tmp_path / "shared"
        command = [sys.executable, "-m", "certbody", "demo", str(folder)]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        said = {process.returncode: err for process in both for _, err in [process.communicate()]}
        assert sorted(said) in ([0], [0, 1])  # the second may come when the first is done
        assert 1 not in said or f"A demo was begun in {folder}" in said[1] or "is not empty" in said[1]
        assert run("--office", str(folder / "office"), "verify").exit_code == 0


class TestWhatIsOnRecord:
    def test_the_findings_are_one_major_three_minor_two_opportunities_and_strengths(self, demo: Demo) -> None:
        grades = [each["grade"] for each in demo.data("client", "show", "C-0001")["findings"]]
        assert {grade: grades.count(grade) for grade in sorted(set(grades))} == {
            "area of concern": 3,
            "major": 1,
            "minor": 3,
            "opportunity": 2,
            "strength": 3,
        }

    def test_every_row_of_the_three_checklists_has_a_result_and_says_something(self, demo: Demo) -> None:
        said = demo.data("client", "show", "C-0001")
        noted = {row for each in said["evidence"] for row in each.get("rows", ()) if each.get("note")}
        assert len(said["results"]) == 29 + 205 + 96
        assert all(each.get("note") or each["row"] in noted for each in said["results"])

    def test_two_auditors_brought_their_checklists_back(self, demo: Demo) -> None:
        by = {each["by"] for each in demo.data("client", "show", "C-0001")["results"]}
        assert len(by) == 2

    def test_the_first_answer_to_the_major_was_sent_back(self, demo: Demo) -> None:
        said = demo.data("client", "show", "C-0001")
        reviews = [each for each in said["response_reviews"] if not each["accepted"]]
        assert [each["finding"] for each in reviews] == [
            each["id"] for each in said["findings"] if each["grade"] == "major"
        ]

    def test_who_decided_was_on_no_audit(self, demo: Demo) -> None:
        said = demo.data("client", "show", "C-0001")
        on_audits = {each["person"] for each in said["assignments"]}
        assert {each["by"] for each in said["decisions"]}.isdisjoint(on_audits)

    @pytest.mark.parametrize(
        ("on", "status"),
        [
            ("2025-06-08", "not yet valid"),
            ("2026-06-14", "valid"),
            ("2026-06-15", "suspended"),
            ("2026-09-27", "suspended"),
            ("2026-09-28", "valid"),
            ("2028-06-08", "valid"),
            ("2028-06-09", "expired"),
        ],
    )
    def test_the_certificate_has_a_status_on_every_day(self, demo: Demo, on: str, status: str) -> None:
        said = demo.data("certificate", "show", "QC-2025-0001", "--on", on)
        assert said["status"] == status
        assert bool(said["facts"]) == (status != "not yet valid")


class TestTheDocuments:
    def test_each_is_a_whole_package_of_xml_without_a_placeholder_left(self, demo: Demo) -> None:
        for path in demo.documents:
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None
                for name in package.namelist():
                    part = package.read(name)
                    if name.endswith((".xml", ".rels")):
                        ElementTree.fromstring(part)
                        assert not {b"{{", b"{%", b"{body}", b"{client}"} & set(_marks(part)), f"{path.name}: {name}"

    def test_only_the_draft_calls_itself_one(self, demo: Demo) -> None:
        for path in demo.documents:
            if path.suffix == ".docx":
                with zipfile.ZipFile(path) as package:
                    parts = [name for name in package.namelist() if re.fullmatch(r"word/[a-z]+\d*\.xml", name)]
                    shown = any("DRAFT" in _text(package.read(name)) for name in parts)
                assert shown == ("DRAFT" in path.name), path.name

    @pytest.mark.slow
    @pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here")
    def test_libreoffice_prints_every_one_and_what_came_back_without_a_repair(self, demo: Demo, tmp_path: Path) -> None:
        """What has to be repaired is asked about, and without anybody to answer it is not printed."""
        from pypdf import PdfReader

        assert OFFICE is not None
        came_back = [path for path in sorted(FILES.iterdir()) if path.suffix in (".docx", ".xlsx")]
        papers = [*demo.documents, *came_back]
        words = [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
        done = subprocess.run(
            [*words, "--outdir", str(tmp_path), *map(str, papers)], check=True, capture_output=True, text=True
        )
        assert not re.search(r"(?i)error|repair|corrupt", done.stdout + done.stderr)
        for path in papers:
            assert len(PdfReader(tmp_path / f"{path.stem}.pdf").pages) > 0, path.name
        [report] = tmp_path.glob("audit-report-2026-001-*.pdf")
        assert len(PdfReader(report).pages) <= 25, "more than anybody reads"


def _marks(part: bytes) -> Iterator[bytes]:
    return (mark for mark in (b"{{", b"{%", b"{body}", b"{client}") if mark in part)


def _text(part: bytes) -> str:
    return "".join(each.text or "" for each in ElementTree.fromstring(part).iter() if each.tag.endswith("}t"))

"""Evidence at the command line: notes and files, in one act, kept by what is in them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from certbody.journal.verify import verify
from tests.cli.fieldwork import CLIENT, Field, before_the_audits

ROW, DAY = "7.4-1@K", "2026-04-14"
ADD = ("evidence", "add", "2026-002")


@pytest.fixture(scope="module")
def stage_2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready")
    before_the_audits(folder / "before")
    field = Field.copied(folder / "before", folder)
    assert field.opened(2) == "2026-002"
    return field.folder


@pytest.fixture
def field(stage_2: Path, tmp_path: Path) -> Field:
    return Field.copied(stage_2, tmp_path)


class TestAdd:
    """ISO/IEC 17021-1:2015, 9.4.4."""

    def test_a_note_needs_no_file_and_a_file_no_note_but_nothing_is_no_evidence(
        self, field: Field, tmp_path: Path
    ) -> None:
        (tmp_path / "letter.txt").write_text("We are sorry.")
        field.done(*ADD, "--row", ROW, "--note", "seen", by="AK", on=DAY)
        field.done(*ADD, str(tmp_path / "letter.txt"), by="AK", on=DAY)
        assert "needs a note or a file" in field.refused(*ADD, "--row", ROW, by="AK", on=DAY)

    def test_several_files_are_one_act_each_kept_by_its_hash_with_the_kind_that_its_content_has(
        self, field: Field, tmp_path: Path
    ) -> None:
        before = field.office.head(CLIENT).no
        (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture")
        (tmp_path / "letter.jpg").write_bytes(b"%PDF-1.7 no picture")
        files = (str(tmp_path / "photo.jpg"), str(tmp_path / "letter.jpg"))
        words = ("--method", "record-sample", "--sample", "5 of 214 cases")
        made = field.data(*ADD, *files, "--row", ROW, *words, by="AK", on=DAY)
        assert [each["media"] for each in made["files"]] == ["image/jpeg", "application/pdf"]
        assert made["files"][0]["sha256"] == sha256(b"\xff\xd8\xff\xe0 a picture").hexdigest()
        assert (made["method"], made["sample"]) == ("record sample", "5 of 214 cases")
        assert field.office.head(CLIENT).no == before + 1
        assert verify(field.office.store) == []

    def test_an_item_means_all_its_rows_or_those_of_one_site(self, field: Field) -> None:
        words = ("--item", "7.4-1", "--note", "seen")
        assert field.data(*ADD, *words, by="AK", on=DAY)["rows"] == ["7.4-1@K", "7.4-1@K2", "7.4-1@K3"]
        assert field.data(*ADD, *words, "--site", "K2", by="AK", on=DAY)["rows"] == ["7.4-1@K2"]

    def test_rows_and_items_that_are_not_asked_are_all_named_with_what_is_near(self, field: Field) -> None:
        words = ("--row", "7.4-1@X", "--item", "77.4-1", "--note", "seen")
        said = field.refused(*ADD, *words, by="AK", on=DAY, code=1)
        assert "there is no row 7.4-1@X; near it are 7.4-1@K" in said
        assert "there is no item 77.4-1; near it are 7.4-1" in said

    def test_what_is_refused_keeps_no_file(self, field: Field, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("We are sorry.")
        call = (*ADD, str(tmp_path / "letter.txt"), "--row", ROW)
        assert "not on the team" in field.refused(*call, by="CM", on=DAY)
        assert "lies after" in field.refused(*call, by="AK", on="2026-06-02")

    def test_a_folder_a_missing_file_and_a_name_with_a_line_break_are_told(self, field: Field, tmp_path: Path) -> None:
        assert "no regular file" in field.refused(*ADD, str(tmp_path), by="AK", on=DAY, code=1)
        assert "no file" in field.refused(*ADD, str(tmp_path / "none"), by="AK", on=DAY, code=1)
        strange = tmp_path / "two\nlines.txt"
        strange.write_text("x")
        assert "name has a line break" in field.refused(*ADD, str(strange), by="AK", on=DAY, code=1)

    def test_more_than_64_mib_is_not_read(self, field: Field, tmp_path: Path) -> None:
        with (tmp_path / "film.mp4").open("wb") as film:
            film.truncate(64 * 2**20 + 1)
        said = field.refused(*ADD, str(tmp_path / "film.mp4"), by="AK", on=DAY, code=1)
        assert "at most 67,108,864 are read" in said

    def test_the_same_file_twice_is_kept_once_and_named_twice(self, field: Field, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("We are sorry.")
        for row in (ROW, "7.4-2@K"):
            field.done(*ADD, str(tmp_path / "letter.txt"), "--row", row, by="AK", on=DAY)
        assert len(field.office.store.files()) == 1
        assert len(field.data("evidence", "list", "2026-002")) == 2
        assert len(field.data("evidence", "list", "2026-002", "--row", ROW)) == 1


class TestGet:
    def test_a_file_comes_back_as_it_was_under_its_own_name(self, field: Field, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("We are sorry.")
        made = field.data(*ADD, str(tmp_path / "letter.txt"), by="AK", on=DAY)
        field.papers.mkdir()
        field.done("evidence", "get", made["files"][0]["sha256"][:8], "--out", str(field.papers))
        assert (field.papers / "letter.txt").read_text() == "We are sorry."
        said = field.refused("evidence", "get", made["files"][0]["sha256"], "--out", str(field.papers), code=1)
        assert "is there already" in said

    def test_what_no_evidence_names_is_not_found_and_a_few_characters_name_nothing(self, field: Field) -> None:
        assert "names no file" in field.refused("evidence", "get", "0" * 64, "--out", "x", code=1)
        assert "names no file" in field.refused("evidence", "get", "0", "--out", "x", code=1)

    def test_a_file_that_is_not_what_was_kept_is_not_handed_out(self, field: Field, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("We are sorry.")
        digest = field.data(*ADD, str(tmp_path / "letter.txt"), by="AK", on=DAY)["files"][0]["sha256"]
        kept = field.folder / "evidence" / digest[:2] / digest[2:]
        kept.chmod(0o600)
        kept.write_text("We are very sorry.")
        assert "not what was put there" in field.refused(
            "evidence", "get", digest, "--out", str(tmp_path / "x"), code=5
        )
        assert not (tmp_path / "x").exists()

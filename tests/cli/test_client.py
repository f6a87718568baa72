"""`certbody client`, `log` and files that are not there, by the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import nordwind
from tests.cli.nordwind import Case


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("client") / "office"
    nordwind.at_closing(folder)
    return folder


@pytest.fixture
def case(ready: Path, tmp_path: Path) -> Case:
    return Case.copied(ready, tmp_path)


class TestChange:
    """What a client or a site is may be amended, as a further act; what it was stays on record (9.9)."""

    def test_a_field_of_the_client_is_changed(self, case: Case) -> None:
        case.done("client", "change", "C-0001", "phone=+49 40 000", by="CM")
        assert case.data("client", "show", "C-0001")["client"]["phone"] == "+49 40 000"

    def test_a_sites_personnel_is_changed(self, case: Case) -> None:
        case.done("client", "site", "C-0001", "FS", "personnel=7", by="CM")
        assert case.office.dossier("C-0001").sites["FS"].personnel == 7

    def test_a_field_that_there_is_not_changes_nothing(self, case: Case) -> None:
        assert "unknown field colour" in case.refused("client", "site", "C-0001", "FS", "colour=red", by="CM", code=1)

    def test_a_site_that_there_is_not_is_said(self, case: Case) -> None:
        assert "C-0001 has no site X9" in case.refused("client", "site", "C-0001", "X9", "personnel=1", by="CM", code=1)


class TestFiles:
    """A file that cannot be read is bad data (exit 1), not misuse."""

    def test_one_that_is_not_there(self, case: Case) -> None:
        said = case.refused("audit", "record", "2026-014", "nowhere.xlsx", by="AK", code=1)
        assert "There is no file 'nowhere.xlsx'" in said

    def test_a_folder(self, case: Case, tmp_path: Path) -> None:
        said = case.refused("audit", "record", "2026-014", str(tmp_path), by="AK", code=1)
        assert "is no regular file" in said


class TestLog:
    """ISO/IEC 17021-1:2015, 9.9: whose act, who entered it, when it happened, when it was recorded."""

    def test_four_facts_are_shown(self, case: Case) -> None:
        case.done("nc", "respond", nordwind.MAJOR, *nordwind.ANSWER, by="AK", on="2026-05-11")
        last = case.data("log", "C-0001")[-1]
        assert (last["by"], last["entered_by"], last["authenticated"]) == ("Ada Kaya", "Ada Kaya", "said")
        assert last["at"].startswith("2027-02-01")
        assert "2026-05-11" in last["happened"]

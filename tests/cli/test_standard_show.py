"""`certbody standard show`: the questions of a sector, and its law to look up, which says of itself what it is not."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from certbody.cli.desk import Desk
from certbody.cli.root import certbody
from certbody_iso10002.audit_time import SECTORS


def shown(*words: str) -> Result:
    """The command as a person would type it, with no office."""
    line = ["standard", "show", "iso10002", *words]
    return CliRunner().invoke(certbody, line, obj=Desk(), env={"CERTBODY_OFFICE": None})


class TestSector:
    @pytest.mark.parametrize("sector", SECTORS)
    def test_each_sector_adds_its_questions_among_the_clauses_and_its_law_at_the_end(self, sector: str) -> None:
        said = json.loads(shown("--sector", sector, "--json").stdout)
        plain = json.loads(shown("--json").stdout)
        ids = [item["id"] for clause in said["clauses"] for item in clause["items"]]
        without = [item["id"] for clause in plain["clauses"] for item in clause["items"]]
        assert len(ids) - len(without) == 18
        assert (said["sector"], plain["sector"], plain["law"]) == (sector, "", [])
        assert {line["verify"] for line in said["law"]} == {"per country"}
        assert {item for line in said["law"] for item in line["items"]} <= set(ids)

    def test_a_person_reads_that_law_is_no_requirement_and_unverified_on_each_line(self) -> None:
        lines = shown("--sector", "finance").stdout.splitlines()
        start = next(place for place, line in enumerate(lines) if line.startswith("Sector Banking and finance: "))
        assert "No audit requirement" in lines[start + 1]
        topics = [line for line in lines[start + 2 :] if line.startswith("    ") and not line.startswith("     ")]
        assert len(topics) == 13
        assert all("to be checked per country)" in line for line in topics)

    def test_a_question_to_be_checked_locally_is_marked_and_its_neighbour_is_not(self) -> None:
        lines = shown("--sector", "finance").stdout.splitlines()
        [marked] = [line for line in lines if " F-7.9-1 " in line]
        [plain] = [line for line in lines if " F-8.2-1 " in line]
        assert (marked[4:6], plain[4:6]) == ("*°", "* ")
        assert any(line.startswith("* core question   ° check locally") for line in lines)

    def test_without_one_the_sectors_are_named(self) -> None:
        said = shown().stdout
        assert "--sector retail: Retail and e-commerce, 18 questions" in said
        assert "R-7.2-1" not in said

    def test_a_sector_that_there_is_not_is_refused_with_those_there_are(self) -> None:
        done = shown("--sector", "banking")
        assert done.exit_code == 1
        assert "has no supplement for a sector banking" in done.stderr
        assert "finance, government, healthcare, hospitality, retail, telecom" in done.stderr
        assert "Traceback" not in done.output

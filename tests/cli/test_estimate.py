"""`certbody estimate`: no office is needed, the scheme's questions are its options, and JSON keeps its shape."""

from __future__ import annotations

import json
from decimal import Decimal as D
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from certbody.cli.root import certbody


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No office is near."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CERTBODY_OFFICE", raising=False)


def run(line: str) -> Result:
    return CliRunner().invoke(certbody, line.split(), prog_name="certbody")


class TestTheEstimate:
    """certbody estimate CODE --personnel N --sites N."""

    def test_json_has_the_agreed_shape(self) -> None:
        found = json.loads(run("estimate iso10002 --personnel 25 --sites 1 --json").stdout)
        assert {"currency", "minimum", "likely", "maximum", "lines"} == set(found)
        assert (found["currency"], found["minimum"], found["likely"], found["maximum"]) == (
            "USD",
            "3575.00",
            "4150.00",
            "4725.00",
        )
        for line in found["lines"]:
            assert {"item", "phase", "days", "amount", "why"} <= set(line)
            assert all(isinstance(value, str) for value in line.values())
            assert line["phase"] in ("initial", "surveillance", "recertification", "annual", "travel")

    def test_likely_is_the_sum_of_the_initial_lines(self) -> None:
        found = json.loads(run("estimate iso10002 --personnel 250 --sites 4 --json").stdout)
        assert sum(D(line["amount"]) for line in found["lines"] if line["phase"] == "initial") == D(found["likely"])
        assert found["likely"] == "14500.00"

    def test_people_get_a_table_and_are_told_that_it_is_no_quotation(self) -> None:
        said = run("estimate iso10002 --personnel 25").stdout
        assert said.startswith("Initial phase, without travel and tax: 4,150.00 USD (from 3,575.00 to 4,725.00).")
        assert "recertification outlook" in said
        assert "An estimate, not a quotation" in said

    def test_the_schemes_questions_are_options(self) -> None:
        more = json.loads(run("estimate iso10002 --personnel 25 --contact-centres 2 --json").stdout)
        assert more["likely"] == "5300.00"
        assert "--contact-centres" in run("estimate iso10002 --help").stdout

    def test_help_begins_with_an_example(self) -> None:
        said = run("estimate --help").stdout
        assert said.index("certbody estimate iso10002 --personnel 25") < said.index("Options")
        assert "iso10002" in said.split("Commands:")[1]

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("estimate iso1002 --personnel 5", 1, "did you mean iso10002?"),
            ("estimate iso10002 --personnel 10701", 1, "IAF MD 5 has no number above 10,700 persons"),
            ("estimate iso10002", 2, "Missing option '--personnel'"),
            ("estimate iso10002 --personnel 0", 2, "0 is not in the range x>=1"),
            ("estimate iso10002 --personnel 5 --sites 0", 2, "0 is not in the range"),
            ("estimate iso10002 --personnel 5 --sector fishing", 2, "'fishing' is not one of"),
            ("estimate iso10002 --personnel 5.5", 2, "not a valid integer range"),
        ],
    )
    def test_what_cannot_be_estimated_is_one_clear_sentence(self, line: str, code: int, said: str) -> None:
        done = run(line)
        assert (done.exit_code, said in done.output) == (code, True)
        assert "Traceback" not in done.output


class TestInAnOffice:
    """The body's own fees and currency, where there is an office."""

    @pytest.fixture
    def office(self, tmp_path: Path) -> Path:
        settings = run("office settings").stdout.replace('currency = "USD"', 'currency = "EUR"')
        (tmp_path / "office.toml").write_text(settings, encoding="utf-8")
        assert run("office new here --settings office.toml").exit_code == 0
        return tmp_path / "here"

    def test_the_bodys_own_fees_are_taken(self, office: Path) -> None:
        own = office / "standards" / "iso10002"
        own.mkdir(parents=True)
        (own / "fees.toml").write_text('currency = "EUR"\nday_rate = "1000"\napplication = "500"\n', encoding="utf-8")
        found = json.loads(run("--office here estimate iso10002 --personnel 10 --json").stdout)
        assert (found["currency"], found["likely"]) == ("EUR", "2500.00")

    def test_amounts_are_never_given_another_currency(self, office: Path) -> None:
        done = run("--office here estimate iso10002 --personnel 10")
        assert (done.exit_code, "The fees for iso10002 are in USD" in done.output) == (1, True)


class TestPlugins:
    """certbody plugins always works."""

    def test_it_lists_what_is_loaded_from_where_and_what_it_supplies(self) -> None:
        found = json.loads(run("plugins --json").stdout)["plugins"]
        shipped = next(each for each in found if each["name"] == "iso10002")
        assert (shipped["state"], shipped["schemes"], shipped["distribution"]) == ("loaded", ["iso10002"], "certbody")

    def test_a_blocked_plugin_is_listed_and_its_scheme_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CERTBODY_BLOCK", "iso10002")
        assert "iso10002: blocked" in run("plugins").stdout
        assert run("estimate iso10002 --personnel 5").exit_code == 1

    def test_a_plugin_at_fault_stops_the_estimate_but_not_the_list(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        info = tmp_path / "broken-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text("[certbody]\nbroken = no_such_module_at_all\n", encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        listed = run("plugins")
        assert listed.exit_code == 0
        assert "broken: faulty, from broken 1" in listed.stdout
        assert "Next: correct the plugin, or go on without it: CERTBODY_BLOCK=broken" in listed.stdout
        stopped = run("estimate iso10002 --personnel 5")
        assert stopped.exit_code == 1
        assert "Plugin broken (no_such_module_at_all) cannot be imported" in stopped.output
        monkeypatch.setenv("CERTBODY_BLOCK", "broken")
        assert run("estimate iso10002 --personnel 5").exit_code == 0

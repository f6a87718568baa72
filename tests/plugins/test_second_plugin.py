"""A standard nobody here has heard of, built as a distribution of its own and installed beside certbody."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from certbody.deliverables.readable import document_text
from certbody.testing import SchemeContract

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the second plugin was installed from its own wheel, without any network."""
    work = tmp_path_factory.mktemp("second")
    source, installed = work / "source", work / "installed"
    shutil.copytree(HERE / "second", source, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "wheel", "-q", *offline, "-w", str(work), str(source)], check=True, capture_output=True)
    [wheel] = work.glob("certbody_teahouse-*.whl")
    subprocess.run(
        [*pip, "install", "-q", "--no-index", "--no-deps", "--target", str(installed), str(wheel)], check=True
    )
    return installed


def run(beside: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python with certbody, and the second plugin beside it."""
    paths = os.pathsep.join([str(beside), str(ROOT), str(ROOT / "plugins")])
    environment = {**os.environ, "PYTHONPATH": paths, **more}
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)


def test_it_is_found_beside_the_first(beside: Path) -> None:
    """`certbody plugins` lists both, with what each supplies."""
    found = run(beside, "-m", "certbody", "plugins")
    assert found.returncode == 0, found.stderr
    assert "teahouse: loaded, from certbody-teahouse 1.0" in found.stdout
    assert "schemes: teahouse" in found.stdout
    assert "iso10002: loaded" in found.stdout


def test_blocked_it_is_named_and_left_out(beside: Path) -> None:
    """CERTBODY_BLOCK is the way on without a plugin."""
    found = run(beside, "-m", "certbody", "standard", "list", CERTBODY_BLOCK="teahouse")
    assert found.returncode == 0
    assert "teahouse" not in found.stdout


def test_its_estimate_takes_its_own_inputs(beside: Path) -> None:
    """The inputs of its scheme are options of the command."""
    words = ("-m", "certbody", "estimate", "teahouse", "--personnel", "16", "--sites", "2", "--kettles", "7", "--json")
    found = run(beside, *words)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["currency"] == "USD"


def test_its_information_sheet_is_made_of_what_it_has(beside: Path, tmp_path: Path) -> None:
    """It has no sheet.toml: parts without data are left out, and the generic text stands."""
    settings = tmp_path / "office.toml"
    settings.write_text(run(beside, "-m", "certbody", "office", "settings").stdout, encoding="utf-8")
    office, papers = str(tmp_path / "office"), tmp_path / "papers"
    for words in (("office", "new", office, "--settings", str(settings)), ("standard", "check", "teahouse")):
        assert run(beside, "-m", "certbody", *words).returncode == 0
    found = run(beside, "-m", "certbody", "--office", office, "standard", "sheet", "teahouse", "--out", str(papers))
    assert found.returncode == 0, found.stderr
    said = document_text((papers / "information-sheet-TH-100-2025.docx").read_bytes())
    assert "Certification under TH 100:2025" in said
    assert "A day for each site, half a day for each full ten people" in said
    assert "An example: 25 people, 1 site" in said
    for part in ("Who it is for", "The principles", "self-assessment", "complaints-handling", "DRAFT"):
        assert part not in said


def test_it_passes_its_contract(beside: Path, tmp_path: Path) -> None:
    """Its author adopts SchemeContract in four lines."""
    contract = tmp_path / "test_contract.py"
    contract.write_text(
        "import pytest\n"
        "from certbody.testing import SchemeContract\n"
        "from certbody_teahouse import certbody_schemes\n\n\n"
        "class TestTeahouse(SchemeContract):\n"
        "    @pytest.fixture\n"
        "    def scheme(self):\n"
        "        return next(iter(certbody_schemes()))\n",
        encoding="utf-8",
    )
    found = run(beside, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(contract))
    assert found.returncode == 0, found.stdout
    methods = [name for name in vars(SchemeContract) if name.startswith("test_")]
    assert f"{len(methods)} passed" in found.stdout


def test_the_whole_journey_runs_under_it(beside: Path, tmp_path: Path) -> None:
    """From application to certificate: nothing in the core knows ISO 10002."""
    pins = tmp_path / "pins.txt"
    pins.write_text("AB 111111\nDS 222222\n", encoding="utf-8")
    found = run(beside, str(HERE / "journey.py"), str(tmp_path), CERTBODY_PIN_FILE=str(pins), CERTBODY_BLOCK="iso10002")
    assert found.returncode == 0, found.stderr
    said = json.loads(found.stdout)
    assert said["status"] == "valid"
    assert said["certificate"]["criteria"] == "TH 100:2025"
    kinds = {path.name.split("-2")[0].split(".")[0] for path in (tmp_path / "out").iterdir()}
    for kind in ("quotation", "audit-plan", "audit-report", "checklist", "nonconformity", "response", "certificate"):
        assert any(name.startswith(kind) for name in kinds), kind

"""What the house promises of itself: layers, sizes, the wheel, and that the core knows no standard."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest

from certbody.cli.root import certbody

ROOT = Path(__file__).parent.parent.parent
CODE = sorted([*(ROOT / "certbody").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")])
MOST_LINES = 300


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built as it is shipped."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-q", "--no-deps", "--no-index"]
    subprocess.run([*build, "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True, capture_output=True)
    [made] = folder.glob("certbody-*.whl")
    return zipfile.ZipFile(made)


class TestTheWheel:
    """What is not in the wheel is missing on every machine but ours."""

    @pytest.mark.parametrize("folder", ["standards", "templates"])
    def test_it_holds_every_standard_and_template(self, wheel: zipfile.ZipFile, folder: str) -> None:
        """Each file of standards/ and templates/ is inside the package."""
        ours = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and "make" not in path.parts
        }
        held = {name.removeprefix("certbody/") for name in wheel.namelist() if name.startswith(f"certbody/{folder}/")}
        assert held == ours

    def test_it_holds_every_module_and_the_plugins_data(self, wheel: zipfile.ZipFile) -> None:
        """Modules, settings, py.typed, and what the plugins bring."""
        held = set(wheel.namelist())
        for path in CODE:
            name = path.relative_to(ROOT).as_posix().removeprefix("plugins/")
            assert name in held
        assert {"certbody/py.typed", "certbody/office/settings.toml"} <= held
        data = [path for path in (ROOT / "plugins").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
        assert {path.relative_to(ROOT / "plugins").as_posix() for path in data} <= held

    def test_it_holds_nothing_of_the_workshop(self, wheel: zipfile.ZipFile) -> None:
        """No tests, no scripts that make templates."""
        assert not [name for name in wheel.namelist() if "/make/" in name or name.startswith("tests")]


def test_each_folder_of_plugins_is_an_entry_point_and_each_entry_point_a_folder() -> None:
    """A plugin that nobody can find is none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = set(project["project"]["entry-points"]["certbody"].values())
    folders = {path.name for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").is_file()}
    assert folders == named
    assert named <= {entry.value for entry in entry_points(group="certbody")}


def test_the_rooms_import_only_from_the_rooms_below() -> None:
    """import-linter holds the layers that pyproject.toml draws."""
    lint = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_no_room_grows_past_three_hundred_lines() -> None:
    """A module that needs more is two nouns."""
    long = {path.relative_to(ROOT).as_posix(): count for path in CODE if (count := _lines(path)) > MOST_LINES}
    assert not long


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    """The docstring's first paragraph is a sentence."""
    for path in CODE:
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        first = said.split("\n\n")[0]
        assert (first.endswith((".", "`")) and first[0].isalnum()) or first.startswith("`"), path


def test_no_room_is_named_for_nothing() -> None:
    """There is no utils, helpers, common, constants, services, managers."""
    nothing = {"utils", "util", "helpers", "helper", "common", "constants", "services", "managers", "misc"}
    assert not [path for path in CODE if path.stem in nothing or nothing & set(path.relative_to(ROOT).parts)]


def test_the_core_names_no_standard() -> None:
    """No code of a standard stands in the core but in examples of help texts and settings."""
    for path in (ROOT / "certbody").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare | ast.Match):
                for part in ast.walk(node):
                    said = part.value if isinstance(part, ast.Constant) else ""
                    assert not (isinstance(said, str) and re.fullmatch(r"(?i)iso[ _/-]?\d{4,5}.*", said)), path


def test_the_domain_reads_no_clock_no_file_and_no_setting() -> None:
    """Dates are an argument called `on`; the domain imports attrs and the standard library's plain values alone."""
    allowed = {
        "__future__", "attrs", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions",
        "functools", "hashlib", "importlib", "itertools", "math", "re", "typing", "unicodedata", "certbody",
    }  # fmt: skip
    for path in (ROOT / "certbody" / "domain").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                assert {name.name.split(".")[0] for name in node.names} <= allowed, path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in allowed, path
        assert not re.search(r"\.today\(\)|\.now\(|\bopen\(|os\.environ", text), path


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_every_command_shows_examples_and_speaks_json() -> None:
    """Examples come first in each help; what shows or writes has --json, so that scripts need no screen-scraping."""
    exempt = {"office settings", "completion"}  # what they print is itself a file
    for path, command in _commands():
        assert getattr(command, "examples", ()), path
        options = {option for parameter in command.params for option in parameter.opts}
        assert "--json" in options or path in exempt, path
        assert command.help, path


def _commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(certbody)

    def below(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
        if not isinstance(command, click.Group):
            yield path.strip(), command
            return
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from below(found, f"{path} {name}")

    yield from below(certbody, "")

"""The documentation is held to what certbody does: what is made is up to date, what is shown can be typed."""

from __future__ import annotations

import inspect
import re
import shlex
import textwrap
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import attrs
import click
import pytest

from certbody import hookspecs
from tests.house import make_docs, shell

ROOT = make_docs.ROOT
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))


COMMANDS = {typed: command for typed, command, _ in make_docs.walk()}
"""Every command as it is typed."""

made_parts = cache(make_docs.parts)


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", list(made_parts()), ids=lambda path: path.name)
def test_what_is_made_from_the_code_is_up_to_date(path: Path) -> None:
    """Otherwise: python -m tests.house.make_docs"""
    made = made_parts()[path]
    assert path.read_text(encoding="utf-8") == made, "run python -m tests.house.make_docs"


class TestShell:
    def test_the_first_steps_lead_from_nothing_to_a_certificate(self, first_steps: shell.Shell) -> None:
        """Every marked block of the README, in order: a real certification with the README alone."""
        said = first_steps.said
        assert len(said) > 50
        assert "EC-2026-0001 on 2026-06-03: valid" in said["certbody certificate show EC-2026-0001"]
        assert "expired" in said["certbody certificate show EC-2026-0001 --on 2029-07-01"]
        assert "Sound: 2 journals" in said["certbody verify"]

    @pytest.mark.parametrize(
        "path",
        [path for path in PAGES[1:] if "```sh test" in path.read_text(encoding="utf-8")],
        ids=lambda path: path.name,
    )
    def test_marked_blocks_of_the_docs_run_after_the_first_steps(self, path: Path, finished: shell.Shell) -> None:
        """Each page on its own copy of the office that the README leaves."""
        assert finished.run(path.read_text(encoding="utf-8")) > 0

    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_every_command_that_is_shown_exists_with_its_options(self, path: Path) -> None:
        """Whatever stands in a shell block, marked or not."""
        for block in shell.blocks(path.read_text(encoding="utf-8")):
            for line in shell.commands(block):
                for words in _calls(line):
                    _parsed(words)

    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_commands_inside_sentences_exist(self, path: Path) -> None:
        """`certbody noun verb` in code marks."""
        known = COMMANDS.keys()
        for said in re.findall(r"`certbody ([a-z][a-z -]*[a-z])(?![\w-])", path.read_text(encoding="utf-8")):
            words = said.split()
            assert f"certbody {words[0]}" in known, said
            nouns = any(each.startswith(f"certbody {words[0]} ") for each in known)
            if len(words) > 1 and nouns and words[0] != "estimate":
                assert " ".join(["certbody", *words[:2]]) in known, said


def _calls(line: str) -> Iterator[list[str]]:
    """The calls of certbody in a line of shell; what other programs do is not ours."""
    words = shlex.split(line, comments=True)
    for index, word in enumerate(words):
        if word.rsplit("/")[-1] == "certbody" and (index == 0 or "=" in words[index - 1] or words[index - 1] == "&&"):
            rest = words[index + 1 :]
            ends = [place for place, each in enumerate(rest) if each in (">", "|", "&&", ";")]
            yield rest[: ends[0]] if ends else rest


def _parsed(words: list[str]) -> None:
    """Go on only where the options exist, what is required is there, and choices and dates are ones."""
    from certbody.cli.root import certbody

    command: click.Command = certbody
    ctx = click.Context(certbody, info_name="certbody")
    while True:
        opts, rest, _ = command.make_parser(ctx).parse_args(list(words))
        said = "certbody " + " ".join(words)
        for param in command.params:
            value = opts.get(param.name or "")
            if isinstance(command, click.Group):
                continue
            assert not (param.required and value in (None, (), [])), f"{said}: {param.name} is missing"
            if isinstance(param.type, click.Choice) and isinstance(value, str) and value.islower():
                param.type.convert(value, param, ctx)
        if not isinstance(command, click.Group):
            return
        if not rest:
            return
        found = command.get_command(ctx, rest[0])
        assert found is not None, f"{said}: there is no {rest[0]}"
        ctx = click.Context(found, info_name=rest[0], parent=ctx)
        command, words = found, rest[1:]


@pytest.mark.parametrize("typed", [typed for typed, command in COMMANDS.items() if hasattr(command, "examples")])
def test_every_command_has_examples_and_they_can_be_typed(typed: str) -> None:
    """Examples stand first in each help."""
    command = COMMANDS[typed]
    examples = "\n".join(make_docs._joined(command.examples))  # type: ignore[attr-defined]
    assert examples, f"{typed} has no example"
    count = 0
    for line in shell.commands(examples):
        for words in _calls(line):
            _parsed(words)
            count += 1
    assert count, f"no example of {typed} calls certbody"


class TestHooks:
    NAMES = tuple(name for name, _ in inspect.getmembers(hookspecs, inspect.isfunction) if name.startswith("certbody_"))

    @pytest.mark.parametrize("name", NAMES)
    def test_each_hook_is_documented(self, name: str) -> None:
        """In the page for plugin authors."""
        assert f"`{name}(" in page("docs/plugin-authors.md")

    @pytest.mark.parametrize("name", NAMES)
    def test_each_hook_has_a_test(self, name: str) -> None:
        """Some test implements it."""
        tests = (path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "house")
        assert any(f"def {name}" in path.read_text(encoding="utf-8") for path in tests)


class TestFields:
    """Every field of a file that people write by hand is explained."""

    @pytest.mark.parametrize(
        ("where", "kind", "but"),
        [
            ("docs/office.md", "body.Profile", {"id"}),
            ("docs/office.md", "body.Policies", {"id"}),
            ("docs/office.md", "quotation.Fees", set()),
            ("docs/plugin-authors.md", "standard.Standard", {"items", "requirements", "supplements"}),
            ("docs/plugin-authors.md", "standard.Edition", set()),
            ("docs/plugin-authors.md", "standard.Clause", set()),
            ("docs/plugin-authors.md", "standard.ChecklistItem", set()),
            ("docs/plugin-authors.md", "standard.Requirement", set()),
            ("docs/plugin-authors.md", "standard.Supplement", set()),
            ("docs/plugin-authors.md", "standard.SectorLaw", set()),
            ("docs/plugin-authors.md", "self_assessment.SelfAssessment", set()),
            ("docs/plugin-authors.md", "self_assessment.Step", set()),
            ("docs/plugin-authors.md", "self_assessment.Point", set()),
            ("docs/plugin-authors.md", "wording.Wording", set()),
            ("docs/plugin-authors.md", "sheet.Sheet", set()),
            ("docs/plugin-authors.md", "sheet.Sector", set()),
            ("docs/plugin-authors.md", "sheet.Benefit", set()),
            ("docs/plugin-authors.md", "sheet.Principle", set()),
            ("docs/plugin-authors.md", "sheet.ReadinessStep", set()),
            ("docs/plugin-authors.md", "sheet.PlanDoCheckAct", set()),
            ("docs/plugin-authors.md", "sheet.SizeExample", set()),
            ("docs/plugin-authors.md", "quotation.Fees", set()),
            ("docs/plugin-authors.md", "scheme.Scheme", set()),
            ("docs/plugin-authors.md", "table.Table", set()),
            ("docs/plugin-authors.md", "deliverables.Deliverable", set()),
        ],
    )
    def test_it_stands_on_its_page(self, where: str, kind: str, but: set[str]) -> None:
        """As code, so that one can search for it."""
        from importlib import import_module

        module, _, name = kind.partition(".")
        home = "certbody.deliverables.deliverable" if module == "deliverables" else f"certbody.domain.{module}"
        found: ModuleType = import_module(home)
        text = page(where)
        fields = [field.name for field in attrs.fields(getattr(found, name)) if field.name not in but]
        assert [field for field in fields if f"`{field}`" not in text] == []

    def test_every_environment_variable_is_explained(self) -> None:
        """Those that certbody reads, for administrators."""
        text = page("docs/administrators.md")
        code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "certbody").rglob("*.py"))
        names = set(re.findall(r"[\"'](CERTBODY_[A-Z_]+)[\"']", code)) - {"CERTBODY_COMPLETE", "CERTBODY_"}
        assert names
        assert {name for name in names if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_blocks_of_python_and_toml_can_be_read(path: Path) -> None:
    """Nobody copies what does not even parse."""
    for language, block in re.findall(r"^ *```(python|toml)[^\n]*\n(.*?)^ *```", page_text(path), flags=re.M | re.S):
        if language == "python":
            compile(textwrap.dedent(block), str(path), "exec")
        else:
            tomllib.loads(block)


def page_text(path: Path) -> str:
    """The text of a page by its path."""
    return path.read_text(encoding="utf-8")


class TestLinks:
    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_every_link_within_the_repository_leads_somewhere(self, path: Path) -> None:
        """Files, pictures and headings."""
        text = _without_code(path.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            there = (path.parent / name).resolve() if name else path
            assert there.exists(), f"{path.name}: {target}"
            if anchor:
                assert anchor in _anchors(there), f"{path.name}: {target}"

    def test_pictures_are_small(self) -> None:
        """A clone is quick, and so is a page."""
        sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
        assert sizes
        assert [name for name, size in sizes.items() if size >= 200 * 1024] == []


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


def _anchors(path: Path) -> set[str]:
    """How headings are called in a link."""
    headings = re.findall(r"^#+ (.*)$", _without_code(path.read_text(encoding="utf-8")), flags=re.M)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {each.strip().replace(" ", "-") for each in plain}


def test_the_second_command_of_the_readme_is_the_one_that_ci_runs() -> None:
    """One way to set up, and it is the one that is tested."""
    lines = [line for block in shell.blocks(page("README.md")) for line in shell.commands(block)]
    assert lines[0] == "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/certbody demo"
    assert lines[1] in page(".ci/run").splitlines()
    assert page("README.md").index(lines[0]) < 400


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_names_a_machine_or_where_packages_come_from(path: Path) -> None:
    """What is true of one machine is true of no other."""
    text = path.read_text(encoding="utf-8")
    found = re.search(
        r"/(?:root|home|work|Users)/|/tmp/v\b|index-url|pypi\.|pythonhosted|artifactory|localhost|\b127\.0\.0\.1|"
        r"\b10\.\d+\.\d+\.\d+",
        text,
    )
    assert found is None, found

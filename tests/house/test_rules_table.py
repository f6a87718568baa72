"""The table of rules in docs/rules.md: made of rules.toml, the rules of the domain and the marks of their tests.

`pytest tests/house/test_rules_table.py --update-golden` writes the table anew.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import pytest

from certbody.domain.objection import Rule
from certbody.domain.rules import RULES
from certbody.records import load

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "rules.md"
REFUSAL = re.compile(r"\brefused\b|\bin said\(|\bin striking\(|\bobjection\.text\b")
"""What a test does that shows a refusal."""
INNOCENT = re.compile(r'\bpasses\b|== \[\]|== ""')
"""What a test does that shows the innocent neighbour passing."""

HEAD = """\
# The rules

What experts would test a certification body's software for, in our own words; the clauses are those of
ISO/IEC 17021-1:2015 and of IAF's mandatory documents. Whoever wants to know what a clause says reads the clause.

**Level**: **A** is never set aside. **B** refuses; of the rules here none can be set aside. **W** warns: who goes on
says why, and the reason is on record. **allowed** is what looks forbidden and is not.

**State**: *held* by code and shown by tests; *partly*, with what is missing; *not yet*; *left to people*.

A rule judges each record of one table, whichever door it comes through: command line, read-back workbook, or what
comes home from an audit. An objection names persons, records and days, the clause, and the next step. A true fact that
arrives late is always recorded; what it spoils stands as an objection until a person who is not involved settles it.

*Made of the code by `pytest tests/house/test_rules_table.py --update-golden`.* Code is in `certbody/domain/`.

| | rule | level | clause | state | code | tests |
|---|---|---|---|---|---|---|
"""


@attrs.frozen(kw_only=True)
class Row:
    """A row of rules.toml."""

    number: int
    holds: str
    level: str
    clause: str
    state: str
    note: str = ""
    code: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


@cache
def rows() -> tuple[Row, ...]:
    """The rows by number."""
    said = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
    return tuple(load(each, Row, where="rules.toml") for each in said["rule"])


@cache
def marked() -> tuple[tuple[int, type], ...]:
    """Every test class of the rules with the number it is marked with."""
    found = []
    for path in sorted((ROOT / "tests" / "domain" / "rules").glob("test_*.py")):
        module = import_module(f"tests.domain.rules.{path.stem}")
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == module.__name__:
                marks = [mark for mark in getattr(value, "pytestmark", ()) if mark.name == "rule"]
                found += [(mark.args[0], value) for mark in marks]
    return tuple(found)


def name(rule: Rule) -> str:
    """Where a rule stands: its module and its function."""
    return f"{rule.check.__module__.rpartition('.')[2]}.{rule.check.__name__}"


def code_of(row: Row) -> list[str]:
    """Modules and functions that hold a rule, without repetition."""
    named = [".".join(each.split(".")[-2:]) for each in row.code]
    return list(dict.fromkeys([*(name(rule) for rule in RULES if rule.number == row.number), *named]))


def shown_by(row: Row) -> list[tuple[str, str]]:
    """Class and file of the tests that show a rule."""
    found = [(each.__name__, Path(inspect.getfile(each))) for number, each in marked() if number == row.number]
    more = [(each.partition("::")[2], ROOT / each.partition("::")[0]) for each in row.tests]
    return list(dict.fromkeys((kind, path.relative_to(ROOT).as_posix()) for kind, path in [*found, *more]))


def table() -> str:
    """The whole of docs/rules.md."""
    lines = []
    for row in rows():
        state = f"*{row.state}*" + (f": {row.note}" if row.note else "")
        code = "<br>".join(f"`{each}`" for each in code_of(row))
        tests = "<br>".join(f"[{kind}](../{path})" for kind, path in shown_by(row))
        lines.append(f"| {row.number} | {row.holds} | {row.level} | {row.clause} | {state} | {code} | {tests} |")
    beside = [each for number, each in marked() if number == 0]
    names = sorted({name(rule) for rule in RULES if rule.number == 0})
    shown = ", ".join(f"[{each.__name__}](../{Path(inspect.getfile(each)).relative_to(ROOT)})" for each in beside)
    last = (
        f"\nBeside these rows: {', '.join(f'`{each}`' for each in names)} (ISO/IEC 17021-1, 9.2.3), shown by {shown}.\n"
    )
    return HEAD + "\n".join(lines) + "\n" + last


def methods(kind: type) -> Iterator[tuple[str, str]]:
    """The tests of a class, each with its source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(tree, ast.ClassDef)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name, ast.unparse(node).replace("'", '"')


class TestTheTable:
    """docs/rules.md says what the code does."""

    def test_it_is_what_code_and_tests_make_it(self, request: pytest.FixtureRequest) -> None:
        if request.config.getoption("--update-golden"):
            TABLE.write_text(table(), encoding="utf-8")
        assert TABLE.read_text(encoding="utf-8") == table(), "docs/rules.md is old: run with --update-golden"

    def test_it_has_each_of_the_47_rows_once(self) -> None:
        assert [row.number for row in rows()] == list(range(1, 48))

    @pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.number))
    def test_a_state_is_what_it_says(self, row: Row) -> None:
        assert row.state in ("held", "partly", "not yet", "left to people")
        has = bool(code_of(row)), bool(shown_by(row))
        assert has == ((True, True) if row.state in ("held", "partly") else (False, False))
        assert row.note or row.state != "partly"
        levels = set(row.level.replace("allowed", "A, B, W").split(", "))
        assert {rule.level for rule in RULES if rule.number == row.number} <= levels

    @pytest.mark.parametrize("said", [each for row in rows() for each in row.code])
    def test_code_that_is_named_is_there(self, said: str) -> None:
        module, _, attribute = said.rpartition(".")
        assert hasattr(import_module(module), attribute)

    @pytest.mark.parametrize("said", [each for row in rows() for each in row.tests])
    def test_tests_that_are_named_are_there(self, said: str) -> None:
        path, _, kind = said.partition("::")
        assert re.search(rf"^class {kind}\b", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


class TestEachRuleIsShown:
    """The refusal, and the innocent neighbour passing."""

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.number}-{name(rule)}-{rule.of}")
    def test_a_class_marked_with_its_number_covers_it(self, rule: Rule) -> None:
        assert [kind for number, kind in marked() if number == rule.number and rule in _covers(kind)]

    @pytest.mark.parametrize(("number", "kind"), marked(), ids=lambda each: getattr(each, "__name__", str(each)))
    def test_a_class_shows_refusal_and_innocent_neighbour_and_names_its_clause(self, number: int, kind: type) -> None:
        said = [source for _, source in methods(kind)]
        assert any(REFUSAL.search(each) for each in said)
        assert any(INNOCENT.search(each) for each in said)
        assert re.search(r"\d\.\d|MD \d", kind.__doc__ or ""), f"{kind.__name__} names no clause"

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.number}-{name(rule)}-{rule.of}")
    def test_a_rule_says_in_its_first_line_what_it_holds_and_names_its_clause(self, rule: Rule) -> None:
        assert rule.says.endswith(".") or ":" in rule.says
        assert re.search(r"\d\.\d|MD \d|rules \d", rule.clause)


def _covers(kind: type) -> tuple[Any, ...]:
    return getattr(kind, "covers", ())

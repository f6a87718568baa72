"""The field's own words: what is never said names no class, table, command or option."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from importlib import import_module
from pkgutil import walk_packages
from typing import ClassVar

import pytest

import certbody
from tests.house import make_docs

COMMANDS = {typed: command for typed, command, _ in make_docs.walk()}


class TestWords:
    """A word has one spelling, and a thing one word."""

    NEVER: ClassVar = {
        *("customer", "company", "tenant", "framework", "module", "control", "attachment", "ticket", "score", "fix"),
        *("capa", "resolved", "schedule", "effort", "approval", "approve", "activate", "revoke", "certifier", "case"),
    }
    """`rule`, `answer` and `issue` are missing here: they are said of other things than what they are forbidden for,
    namely of the rules that certbody holds, of the answer to a query, and of issuing a document."""

    @pytest.mark.parametrize("typed", list(COMMANDS))
    def test_no_command_and_no_option_is_named_so(self, typed: str) -> None:
        """What people type."""
        command = COMMANDS[typed]
        names = [*typed.split(), *(opt.lstrip("-") for param in command.params for opt in param.opts)]
        self._free_of(names)

    def test_no_class_is_named_so(self) -> None:
        """What people read who program."""
        for info in walk_packages(certbody.__path__, "certbody."):
            if info.name == "certbody.__main__":
                continue
            for name, value in vars(import_module(info.name)).items():
                if inspect.isclass(value) and value.__module__.startswith("certbody"):
                    self._free_of([name])

    def test_no_table_is_named_so(self) -> None:
        """What stands on record for years."""
        from certbody.domain.body import Body
        from certbody.domain.dossier import Dossier

        self._free_of([*Body.TABLES, *Dossier.TABLES])

    def _free_of(self, names: Iterable[str]) -> None:
        for name in names:
            words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
            for word in re.split(r"[^a-z0-9]+", words):
                singular = word.removesuffix("s")
                assert not ({word, singular} & self.NEVER), name

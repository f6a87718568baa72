"""A reader who has taken the first steps of the README."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.house import make_docs, shell


@pytest.fixture(scope="session")
def first_steps(tmp_path_factory: pytest.TempPathFactory) -> shell.Shell:
    """A reader who has typed every marked block of the README."""
    reader = shell.Shell(tmp_path_factory.mktemp("first-steps"))
    reader.run((make_docs.ROOT / "README.md").read_text(encoding="utf-8"))
    return reader


@pytest.fixture
def finished(first_steps: shell.Shell, tmp_path: Path) -> shell.Shell:
    """A copy of what that reader has, to go on with."""
    shutil.copytree(first_steps.folder, tmp_path, dirs_exist_ok=True)
    clock = shell.Clock(datetime(2026, 6, 8, 9, tzinfo=UTC))
    return shell.Shell(tmp_path, {"CERTBODY_OFFICE": str(tmp_path / "office")}, clock)

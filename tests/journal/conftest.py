"""A store of its own for each test of the journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from certbody.journal import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore.found(tmp_path / "office")

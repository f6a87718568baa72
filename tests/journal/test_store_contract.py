"""The embedded store keeps the contract of every store."""

from __future__ import annotations

from pathlib import Path

import pytest

from certbody.journal import FileStore
from tests.journal.store_contract import StoreContract


class TestFileStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> FileStore:
        return FileStore.found(tmp_path / "office")

"""The program in docs/journal.md reads a journal that certbody wrote, with Python alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from certbody import Office
from tests.house import make_docs, shell


class TestTheRecordIsReadByOthers:
    """The program in docs/journal.md checks a journal with Python alone."""

    def test_it_finds_a_journal_sound_and_agrees_on_its_head(self, first_steps: shell.Shell, tmp_path: Path) -> None:
        """The same head as certbody prints."""
        office = first_steps.folder / "office"
        done = self._checked(office / "journals" / "C-0001.jsonl", tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"its head is {Office.open(office).head('C-0001')}" in done.stdout
        assert done.stdout.count("ok ") > 10

    @pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
    def test_it_finds_a_changed_letter(self, finished: shell.Shell, tmp_path: Path, place: float) -> None:
        """Wherever it stands."""
        journal = finished.folder / "office" / "journals" / "C-0001.jsonl"
        raw = bytearray(journal.read_bytes())
        at = next(i for i in range(int(len(raw) * place), len(raw)) if chr(raw[i]).isalpha())
        raw[at] ^= 1
        journal.write_bytes(raw)
        assert self._checked(journal, tmp_path).returncode == 1

    def _checked(self, journal: Path, folder: Path) -> subprocess.CompletedProcess[str]:
        [program] = re.findall(
            r"^```python test\n(.*?)^```",
            (make_docs.DOCS / "journal.md").read_text(encoding="utf-8"),
            flags=re.M | re.S,
        )
        (folder / "check.py").write_text(program, encoding="utf-8")
        words = [sys.executable, "-I", "-X", "utf8", str(folder / "check.py"), str(journal)]
        return subprocess.run(words, capture_output=True, encoding="utf-8", check=False)

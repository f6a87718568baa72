"""PINs: set, checked, and kept from others."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from certbody.errors import BadData, Damaged
from certbody.journal import Secrets


@pytest.fixture
def secrets(tmp_path: Path) -> Secrets:
    return Secrets(tmp_path / "secrets.json")


class TestPin:
    def test_the_right_one_is_known_and_no_other(self, secrets: Secrets) -> None:
        secrets.set_pin("P-1", "orange boat 7")
        assert secrets.check("P-1", "orange boat 7")
        assert not secrets.check("P-1", "orange boat 8")
        assert not secrets.check("P-1", "")
        assert not secrets.check("P-2", "orange boat 7")

    def test_it_is_known_who_has_one(self, secrets: Secrets) -> None:
        assert not secrets.has("P-1")
        secrets.set_pin("P-1", "123456")
        assert secrets.has("P-1")
        assert not secrets.has("P-2")

    def test_a_new_one_replaces_the_old_one_and_leaves_others(self, secrets: Secrets) -> None:
        secrets.set_pin("P-1", "123456")
        secrets.set_pin("P-2", "654321")
        secrets.set_pin("P-1", "abcdef")
        assert [secrets.check("P-1", "123456"), secrets.check("P-1", "abcdef"), secrets.check("P-2", "654321")] == [
            False, True, True,
        ]  # fmt: skip

    def test_however_its_letters_are_composed_it_is_the_same(self, secrets: Secrets) -> None:
        secrets.set_pin("P-1", "cafe\u0301-12")
        assert secrets.check("P-1", "caf\u00e9-12")

    @pytest.mark.parametrize(
        ("pin", "said"),
        [
            ("12345", "has 5 characters; 6 to 128"),
            ("", "is empty"),
            ("x" * 129, "has 129 characters"),
            ("123\n456", "line break"),
            ("123\x00456", "control character"),
            ("123\u202e456", "invisible character"),
            ("123456 ", "begins or ends with a blank"),
        ],
    )
    def test_one_that_cannot_be_typed_again_with_certainty_is_refused(
        self, secrets: Secrets, pin: str, said: str
    ) -> None:
        with pytest.raises(BadData) as caught:
            secrets.set_pin("P-1", pin)
        assert said in str(caught.value)
        assert not pin or pin not in str(caught.value)
        assert not secrets.has("P-1")


class TestFile:
    def test_it_is_for_its_owner_alone_and_holds_no_pin(self, secrets: Secrets) -> None:
        secrets.set_pin("P-1", "orange boat 7")
        secrets.set_pin("P-2", "orange boat 7")
        assert stat.S_IMODE(secrets.path.stat().st_mode) == 0o600
        kept = json.loads(secrets.path.read_text())
        assert "orange" not in str(kept)
        assert kept["P-1"]["hash"] != kept["P-2"]["hash"]
        assert [path.name for path in secrets.path.parent.iterdir()] == ["secrets.json"]

    def test_one_that_others_may_read_is_refused(self, secrets: Secrets) -> None:
        secrets.set_pin("P-1", "123456")
        secrets.path.chmod(0o640)
        with pytest.raises(BadData, match="PINs cannot be used") as caught:
            secrets.check("P-1", "123456")
        assert "others than its owner may read or write it" in str(caught.value)
        assert "chmod 600" in str(caught.value)

    @pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"P-1": 1}', b'{"P-1": {"n": 2}}', b"\xff"])
    def test_one_that_is_damaged_is_told(self, secrets: Secrets, raw: bytes) -> None:
        secrets.set_pin("P-1", "123456")
        secrets.path.write_bytes(raw)
        with pytest.raises(Damaged, match="PINs cannot be used"):
            secrets.check("P-1", "123456")

    def test_a_link_is_refused(self, secrets: Secrets, tmp_path: Path) -> None:
        secrets.path.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(Damaged, match="cannot be read"):
            secrets.has("P-1")

    def test_what_a_writer_that_died_left_is_no_hindrance(self, secrets: Secrets) -> None:
        secrets.path.with_name("secrets.json.part").write_bytes(b"{")
        secrets.set_pin("P-1", "123456")
        assert secrets.check("P-1", "123456")

"""PINs: kept as salted scrypt, in a file for its owner alone, and never in a journal or a pack."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import stat
from pathlib import Path
from typing import Any, Final

from certbody.domain.text import fault, normal
from certbody.errors import BadData, Damaged
from certbody.journal import disk

FEWEST_CHARACTERS: Final = 6
_MOST_CHARACTERS: Final = 128
_COST: Final = {"n": 2**14, "r": 8, "p": 1}
"""About 50 ms and 16 MiB for each guess; each PIN keeps the cost it was made with, so that this may be raised."""


class Secrets:
    """The PINs of the people of one office, in the file at `path`, which need not be there yet."""

    def __init__(self, path: Path | str, *, wait: float = 30.0) -> None:
        self.path = Path(path)
        self.wait = wait

    def has(self, person: str) -> bool:
        """Whether a PIN is set for that person id."""
        return person in self._read()

    def set_pin(self, person: str, pin: str) -> None:
        """Set or replace a person's PIN.

        Raises:
            BadData: fewer than six characters, or characters that cannot be typed again with certainty.
        """
        pin = normal(pin)
        wrong = fault(pin, lines=False, empty=False)
        if wrong is None and not FEWEST_CHARACTERS <= len(pin) <= _MOST_CHARACTERS:
            wrong = f"has {len(pin)} characters; {FEWEST_CHARACTERS} to {_MOST_CHARACTERS} are taken"
        if wrong is None and pin != pin.strip():
            wrong = "begins or ends with a blank"
        if wrong:
            raise BadData("The PIN was not set.", [f"the PIN {wrong}"], next="choose another one")
        salt = os.urandom(16)
        made = {**_COST, "salt": salt.hex(), "hash": _scrypt(pin, salt, _COST).hex()}
        with disk.locked_folder(self.path.parent, until=disk.deadline(self.wait)):
            self._write({**self._read(), person: made})

    def check(self, person: str, pin: str) -> bool:
        """Whether `pin` is that person's. As slow for a person without a PIN as for a wrong one."""
        kept = self._read().get(person) or {**_COST, "salt": "00" * 16, "hash": ""}
        found = _scrypt(normal(pin), bytes.fromhex(kept["salt"]), kept)
        return hmac.compare_digest(found, bytes.fromhex(kept["hash"]))

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            fd = disk.open_file(self.path)
        except FileNotFoundError:
            return {}
        try:
            seen = os.fstat(fd)
            if os.name != "nt" and stat.S_IMODE(seen.st_mode) & 0o077:
                raise BadData(
                    "PINs cannot be used.",
                    [f"{self.path}: others than its owner may read or write it"],
                    next=f"chmod 600 {self.path}; and let everybody choose a new PIN if others were on this machine",
                )
            kept = json.loads(disk.read_at(fd, seen.st_size, 0))
            if type(kept) is not dict or not all(map(_is_kept, kept.values())):
                raise ValueError
        except ValueError:
            raise Damaged(
                "PINs cannot be used.", [f"{self.path}: is not what was put there"], next="restore it from a backup"
            ) from None
        finally:
            os.close(fd)
        return kept

    def _write(self, kept: dict[str, dict[str, Any]]) -> None:
        part = self.path.with_name(f"{self.path.name}.part")
        part.unlink(missing_ok=True)  # of a writer that died: the folder is ours
        try:
            os.close(disk.new_file(part, json.dumps(kept, sort_keys=True, indent=1).encode()))
            os.replace(part, self.path)
            disk.sync_folder(self.path.parent)
        except OSError as problem:
            raise disk.DiskFailed("The PIN was not set.", [f"{self.path.name}: {problem.strerror}"]) from problem


def _is_kept(value: Any) -> bool:
    if type(value) is not dict or value.keys() != {"n", "r", "p", "salt", "hash"}:
        return False
    if not all(type(value[key]) is int and 1 <= value[key] <= 2**16 for key in ("n", "r", "p")):
        return False
    try:
        return len(bytes.fromhex(value["salt"])) >= 16 and len(bytes.fromhex(value["hash"])) == 32
    except (TypeError, ValueError):
        return False


def _scrypt(pin: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    try:
        return hashlib.scrypt(
            pin.encode("utf-8", "replace"), salt=salt, n=cost["n"], r=cost["r"], p=cost["p"], dklen=32, maxmem=2**27
        )
    except ValueError as problem:
        raise Damaged("PINs cannot be used.", ["secrets.json: its cost is none that scrypt takes"]) from problem

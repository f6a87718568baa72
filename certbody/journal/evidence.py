"""Evidence files, each kept under the SHA-256 of what is in it."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from certbody.errors import Damaged, NotFound
from certbody.journal import disk

_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


class EvidenceFolder:
    """The folder ``evidence``: the file of hash ``abcdef…`` is ``ab/cdef…``."""

    def __init__(self, folder: Path, *, wait: float) -> None:
        self.folder = folder
        self.wait = wait

    def path(self, digest: str) -> Path:
        """Where the file of that hash lies, or would.

        Raises:
            NotFound: `digest` is no hash.
        """
        if not isinstance(digest, str) or not _HASH.fullmatch(digest):
            raise NotFound("No such file of evidence.", [f"{digest!r} is no SHA-256"])
        return self.folder / digest[:2] / digest[2:]

    def put(self, data: bytes) -> str:
        """Keep a file and return its hash; on the disk when this returns. Putting it twice changes nothing.

        Raises:
            DiskFailed: the disk did not take it; nothing of it stays.
        """
        digest = sha256(data).hexdigest()
        path = self.path(digest)
        part = path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
        try:
            with disk.locked_folder(self.folder, until=disk.deadline(self.wait), shared=True):
                path.parent.mkdir(mode=0o700, exist_ok=True)
                if not self._holds(path, data):
                    os.close(disk.new_file(part, data))
                    os.replace(part, path)
                # Also where the file was there: who put it may have died before it was synced.
                disk.sync_folder(path.parent)
                disk.sync_folder(self.folder)
        except OSError as problem:
            part.unlink(missing_ok=True)
            raise disk.DiskFailed(
                "The file was not kept.", [f"evidence: {problem.strerror or problem}"], next="look after the disk"
            ) from problem
        return digest

    def _holds(self, path: Path, data: bytes) -> bool:
        try:
            fd = disk.open_file(path)
        except FileNotFoundError:
            return False
        except Damaged:
            return False  # a link in its place: the file itself replaces it
        try:
            if os.fstat(fd).st_size != len(data) or disk.read_at(fd, len(data), 0) != data:
                return False
            disk.sync(fd)
            return True
        finally:
            os.close(fd)

    def open(self, digest: str) -> bytes:
        """The content of the file of that hash.

        Raises:
            NotFound: there is none.
            Damaged: it is not what was put there.
        """
        path = self.path(digest)
        try:
            fd = disk.open_file(path)
        except FileNotFoundError:
            raise NotFound(
                "A file of evidence is missing.", [f"{path}: is not there"], next="restore it from a backup"
            ) from None
        try:
            data = disk.read_at(fd, os.fstat(fd).st_size, 0)
        finally:
            os.close(fd)
        if sha256(data).hexdigest() != digest:
            raise Damaged(
                "A file of evidence is not what was put there.",
                [f"{path}: its content does not match its name"],
                next="restore it from a backup",
            )
        return data

    def digests(self) -> list[str]:
        """The hashes of all files, sorted."""
        found = []
        for folder in sorted(self.folder.iterdir()):
            if len(folder.name) == 2 and folder.is_dir():
                found += [
                    name for name in (folder.name + each.name for each in folder.iterdir()) if _HASH.fullmatch(name)
                ]
        return sorted(found)

    def parts(self) -> list[Path]:
        """What writers that died have left unfinished, and writers at work have not yet finished."""
        return sorted(self.folder.glob("??/*.part"))

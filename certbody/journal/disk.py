"""What the store asks of the operating system: locks, syncs and safe opening, in one place.

Made and tested for Linux. macOS takes the same calls, and a fuller sync of its own. Windows has neither `flock` nor
a sync of folders: what stands for them here is said so beside each, and is untested.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from certbody.errors import CertbodyError, Damaged

try:
    import fcntl
except ImportError:  # Windows, untested
    fcntl = None  # type: ignore[assignment]

_SAFE: Final = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe in a journal's place must not hold us
    | getattr(os, "O_BINARY", 0)
)


class Busy(CertbodyError):
    """Somebody else held a file for longer than we were told to wait: nothing was changed."""

    exit_code = 4


class DiskFailed(CertbodyError):
    """The disk did not take what was to be kept, or did not confirm it: nothing is acknowledged."""


def open_file(path: Path, *, write: bool = False) -> int:
    """A descriptor on an existing regular file, never through a link; to append, too, where `write` is set.

    Raises:
        FileNotFoundError: there is none.
        Damaged: in its place is a link, a folder or a device.
    """
    try:
        fd = os.open(path, _SAFE | (os.O_RDWR | os.O_APPEND if write else os.O_RDONLY))
    except FileNotFoundError:
        raise
    except OSError as problem:
        if path.is_symlink() or not path.is_file():
            raise _no_file(path) from problem
        raise
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise _no_file(path)
    return fd


def _no_file(path: Path) -> Damaged:
    what = "a link" if path.is_symlink() else "no regular file"
    return Damaged(
        f"{path.name} cannot be read.", [f"{path}: is {what}"], next="put the file itself there, from a backup"
    )


def new_file(path: Path, data: bytes) -> int:
    """Write a file that was not there, readable by its owner alone, and sync it; the open descriptor."""
    fd = os.open(path, _SAFE | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        write(fd, data)
        sync(fd)
    except BaseException:
        os.close(fd)
        path.unlink(missing_ok=True)
        raise
    return fd


def read_at(fd: int, size: int, offset: int) -> bytes:
    """Up to `size` bytes from `offset`; fewer only where the file ends."""
    parts = []
    while size > 0:
        if hasattr(os, "pread"):
            part = os.pread(fd, size, offset)
        else:  # Windows, untested
            os.lseek(fd, offset, os.SEEK_SET)
            part = os.read(fd, size)
        if not part:
            break
        parts.append(part)
        size -= len(part)
        offset += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def write(fd: int, data: bytes) -> None:
    """Write all of it, in one call; only where the system takes a part, the rest after it, to learn the reason."""
    done = os.write(fd, data)
    while done < len(data):
        done += os.write(fd, data[done:])


def sync(fd: int) -> None:
    """Return when the data of a file, and the size to find them, are on the disk."""
    if fcntl is not None and hasattr(fcntl, "F_FULLFSYNC"):  # macOS, untested: fsync stops at the drive's cache
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(fd)
    else:  # Windows, untested
        os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk. Windows has no such call: there it does nothing."""
    if os.name == "nt":
        return
    fd = open_folder(folder)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def deadline(wait: float) -> float:
    """The moment, on the clock of `lock`, that lies `wait` seconds ahead."""
    return time.monotonic() + wait


def lock_at_once(fd: int) -> bool:
    """`lock` for one's own if that can be had without waiting; to lock again what one holds changes nothing."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def lock(fd: int, what: str, *, until: float, shared: bool = False) -> None:
    """Lock an open file until `unlock` or its closing; the system lets go when a process dies.

    Those who wait queue in the system, which serves them in turn; asking again and again would starve some.

    Args:
        what: the name for the sentence when it takes too long.
        until: a `deadline`.

    Raises:
        Busy: it was held past the deadline.
    """
    if fcntl is None:
        _lock_by_asking(fd, what, until)
        return
    how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(fd, how | fcntl.LOCK_NB)
    except BlockingIOError:
        _queue(fd, how, what, until)


def _queue(fd: int, how: int, what: str, until: float) -> None:
    """Wait for a lock in a thread, since `flock` knows no time limit.

    The thread has a copy of the descriptor: when we stop waiting and close ours, it closes its own as soon as it
    is served, and so gives the lock back.
    """
    turn = threading.Lock()
    served = threading.Event()
    given_up = False
    copy = os.dup(fd)

    def wait() -> None:
        try:
            fcntl.flock(copy, how)
        finally:
            with turn:
                if given_up:
                    fcntl.flock(copy, fcntl.LOCK_UN)
                served.set()
            os.close(copy)

    threading.Thread(target=wait, daemon=True).start()
    try:
        served.wait(max(0.0, until - time.monotonic()))
    finally:
        with turn:
            given_up = not served.is_set()
    if given_up:
        raise _busy(what)


def _lock_by_asking(fd: int, what: str, until: float) -> None:  # Windows, untested
    import msvcrt

    while True:
        try:
            os.lseek(fd, 2**31 - 2, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            return
        except OSError:
            if time.monotonic() > until:
                raise _busy(what) from None
            time.sleep(0.01)


def _busy(what: str) -> Busy:
    return Busy(
        f"{what} is held by another process, and did not become free in time; nothing was changed.",
        next="try again; if it stays so, look for a certbody that hangs",
    )


def unlock(fd: int) -> None:
    """Let go of a lock."""
    if fcntl is not None:
        fcntl.flock(fd, fcntl.LOCK_UN)
        return
    import msvcrt  # Windows, untested

    os.lseek(fd, 2**31 - 2, os.SEEK_SET)
    msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]


def open_folder(folder: Path) -> int:
    """A descriptor to `lock` a folder by. Windows cannot open one: a file ``.lock`` in it stands for it, untested."""
    if os.name == "nt":
        return os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


@contextmanager
def locked_folder(folder: Path, *, until: float, shared: bool = False) -> Iterator[None]:
    """Hold a folder: alone to make or sweep files in it, shared to rely on what is not there."""
    fd = open_folder(folder)
    try:
        lock(fd, f"The folder {folder.name}", until=until, shared=shared)
        yield
    finally:
        os.close(fd)

"""Runs a library on a file from outside in a child process with limits, so that a bomb harms only the child."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs

from certbody.errors import BadData

SECONDS = 5
MEMORY = 768 * 2**20
LARGEST = 20 * 2**20
"""Limits for a template that a body changed: processor time, memory in bytes, and the largest file."""
_START = "import sys; sys.path[:] = {path!r}; from {module} import main; main()"


def run_limited(
    module: str,
    given: bytes,
    *,
    file: str,
    does: str,
    seconds: int = SECONDS,
    memory: int = MEMORY,
    largest_file: int = LARGEST,
) -> dict[str, Any]:
    """What ``main()`` of `module` answers, in a process of its own, to `given` on its standard input.

    `seconds` bounds its processor time, `memory` its address space in bytes, `largest_file` each file that it
    writes. `file` and `does` (``"be read"``) make the sentence for a child that met a limit. The child
    is given no environment variables of certbody, and sees the same modules as this process.

    Raises:
        BadData: what the child found wrong, or the limit that it met.
    """
    limits = _Limits(file=file, does=does, seconds=seconds, memory=memory, largest_file=largest_file)
    try:
        done = subprocess.run(
            _command(module, limits), input=given, capture_output=True, timeout=limits.patience, env=_environment()
        )
    except subprocess.TimeoutExpired:
        raise limits.too_slow() from None
    return limits.told(done.stdout, done.returncode)


class LimitedChild:
    """A limited process that stays, to answer one request after another: a template is opened once for all.

    Each request has `seconds` of processor time for itself. The process that meets a limit ends, and the next request
    starts another, so that a bad one takes no other with it; after three such ends no more is tried.

    Args:
        module: where its ``main()`` lives, which calls `answer_each`.
        given: what it gets once, before the requests; as each request, one line.
    """

    MOST_ENDS = 3

    def __init__(
        self,
        module: str,
        given: bytes,
        *,
        file: str,
        does: str,
        seconds: int = SECONDS,
        memory: int = MEMORY,
        largest_file: int = LARGEST,
    ) -> None:
        self._module, self._given = module, given
        self._limits = _Limits(file=file, does=does, seconds=seconds, memory=memory, largest_file=largest_file)
        self._process: subprocess.Popen[bytes] | None = None
        self._ends = 0

    def __enter__(self) -> LimitedChild:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, request: bytes) -> dict[str, Any]:
        """What the child answers to a request of one line.

        Raises:
            BadData: what the child found wrong, or the limit that it met.
        """
        if self._ends >= self.MOST_ENDS:
            raise BadData(f"{self._limits.cannot} it met its limits {self._ends} times, and is tried no more.")
        line = b""
        process = self._running()
        assert process.stdin
        assert process.stdout
        watch = threading.Timer(self._limits.patience, process.kill)
        watch.start()
        try:
            process.stdin.write(request + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:  # it has ended while it was asked
            pass
        finally:
            watch.cancel()
        if line.endswith(b"\n"):
            return self._limits.told(line, 0)
        self._ends += 1
        return self._limits.told(line, self.close())

    def close(self) -> int:
        """End the process, if there is one; what it ended with."""
        process, self._process = self._process, None
        if process is None:
            return 0
        with suppress(OSError):
            process.communicate(timeout=1)
        if process.poll() is None:
            process.kill()
        return process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                _command(self._module, self._limits),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            assert self._process.stdin
            with suppress(OSError):
                self._process.stdin.write(self._given + b"\n")
        return self._process


@attrs.frozen(kw_only=True)
class _Limits:
    """What a child may use, and the sentences for one that met a limit."""

    file: str
    does: str
    seconds: int
    memory: int
    largest_file: int

    @property
    def cannot(self) -> str:
        return f"{self.file} cannot {self.does}:"

    @property
    def patience(self) -> int:
        """Seconds on the clock after which a child is ended, whatever its processor time."""
        return 3 * self.seconds + 30

    def too_slow(self) -> BadData:
        return BadData(f"{self.cannot} it takes longer than {self.seconds} s.")

    def told(self, said: bytes, code: int) -> dict[str, Any]:
        """The child's answer; BadData for what it refused, and for the limit that it met."""
        if -code in (getattr(signal, "SIGXCPU", 0), getattr(signal, "SIGKILL", 0)) and code:
            raise self.too_slow()
        try:
            answer = json.loads(said)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise BadData(f"{self.cannot} it is damaged, or needs more than {self.memory // 2**20} MiB of memory.")
        if "refused" in answer:
            headline, particulars, step = answer["refused"]
            raise BadData(headline, particulars, next=step)
        return answer


def _command(module: str, limits: _Limits) -> list[str]:
    root = str(Path(__file__).resolve().parents[2])
    path = [root, *(os.path.abspath(each) for each in sys.path if each and each != root)]
    start = _START.format(path=path, module=module)
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", start, json.dumps(attrs.asdict(limits))]


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CERTBODY", "PYTHON"))}
    # Number libraries that are installed beside us reserve memory for every processor.
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def answer_each(begin: Callable[[bytes], Callable[[bytes], dict[str, Any]]]) -> None:
    """The side of a child that stays: what `begin` makes of the first line answers each line after it."""
    limits = _begun()
    _restrict(limits, stays=True)
    given = sys.stdin.buffer.readline()
    work: list[Callable[[bytes], dict[str, Any]]] = []

    def answered(request: bytes) -> dict[str, Any]:
        if not work:
            work.append(begin(given))
        return work[0](request)

    for request in sys.stdin.buffer:
        _allow(limits.seconds)
        said = _outcome(limits, answered, request)
        sys.stdout.buffer.write(json.dumps(said, allow_nan=False).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()
    os._exit(0)


def answer(work: Callable[[bytes], dict[str, Any]]) -> None:
    """The child's side: take the limits, read standard input, write what `work` makes of it as one JSON value."""
    limits = _begun()
    _restrict(limits)
    said = _outcome(limits, work, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(said, allow_nan=False).encode("ascii"))
    sys.stdout.buffer.flush()
    os._exit(0)  # no exit handlers of libraries: the answer is out


def _begun() -> _Limits:
    import warnings

    warnings.simplefilter("ignore")
    return _Limits(**json.loads(sys.argv[1]))


def _outcome(limits: _Limits, work: Callable[[bytes], dict[str, Any]], given: bytes) -> dict[str, Any]:
    """What came of it; whatever goes wrong inside a library becomes one sentence, since a traceback is for nobody."""
    try:
        return work(given)
    except BadData as problem:
        return {"refused": [problem.headline, list(problem.particulars), problem.next]}
    except MemoryError:
        return {"refused": [f"{limits.cannot} it needs more than {limits.memory // 2**20} MiB of memory.", [], ""]}
    except Exception as problem:
        return {"refused": [f"{limits.cannot} it is damaged ({type(problem).__name__}).", [], ""]}


def _restrict(limits: _Limits, *, stays: bool = False) -> None:
    """Lower this process's limits for good; where the system knows none (Windows), the parent limits the time.

    A child that `stays` is given its processor time anew for each request.
    """
    try:
        import resource
    except ImportError:
        return
    last = resource.RLIM_INFINITY if stays else limits.seconds + 1
    wanted = {
        "RLIMIT_CPU": (limits.seconds, last),
        "RLIMIT_AS": (limits.memory, limits.memory),
        "RLIMIT_FSIZE": (limits.largest_file, limits.largest_file),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_NPROC": (0, 0),  # no child of the child; the system does not apply it to root
    }
    for name, limit in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), limit)
        except (AttributeError, ValueError, OSError):  # macOS has no limit of address space
            continue


def _allow(seconds: int) -> None:
    """So many more seconds of processor time from now on."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, resource.RLIM_INFINITY))

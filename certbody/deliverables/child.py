"""Runs a library on a file from outside in a child process with limits, so that a bomb harms only the child."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    root = str(Path(__file__).resolve().parents[2])
    path = [root, *(os.path.abspath(each) for each in sys.path if each and each != root)]
    limits = {"seconds": seconds, "memory": memory, "largest_file": largest_file, "file": file, "does": does}
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CERTBODY", "PYTHON"))}
    # Number libraries that are installed beside us reserve memory for every processor.
    environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [
        sys.executable,
        "-I",
        "-B",
        "-X",
        "utf8",
        "-c",
        _START.format(path=path, module=module),
        json.dumps(limits),
    ]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=3 * seconds + 30, env=environment)
    except subprocess.TimeoutExpired:
        raise BadData(f"{file} cannot {does}: it takes longer than {seconds} s.") from None
    if -done.returncode in (getattr(signal, "SIGXCPU", 0), getattr(signal, "SIGKILL", 0)) and done.returncode:
        raise BadData(f"{file} cannot {does}: it takes longer than {seconds} s.")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise BadData(f"{file} cannot {does}: it is damaged, or needs more than {memory // 2**20} MiB of memory.")
    if "refused" in answer:
        headline, particulars, step = answer["refused"]
        raise BadData(headline, particulars, next=step)
    return answer


def answer(work: Callable[[bytes], dict[str, Any]]) -> None:
    """The child's side: take the limits, read standard input, write what `work` makes of it as one JSON value.

    Whatever goes wrong inside a library becomes one sentence; a traceback is for nobody here.
    """
    import warnings

    limits = json.loads(sys.argv[1])
    cannot = f"{limits.pop('file')} cannot {limits.pop('does')}:"
    _restrict(**limits)
    warnings.simplefilter("ignore")
    given = sys.stdin.buffer.read()
    try:
        said = work(given)
    except BadData as problem:
        said = {"refused": [problem.headline, list(problem.particulars), problem.next]}
    except MemoryError:
        given = b""
        said = {"refused": [f"{cannot} it needs more than {limits['memory'] // 2**20} MiB of memory.", [], ""]}
    except Exception as problem:
        said = {"refused": [f"{cannot} it is damaged ({type(problem).__name__}).", [], ""]}
    sys.stdout.buffer.write(json.dumps(said, allow_nan=False).encode("ascii"))
    sys.stdout.buffer.flush()
    os._exit(0)  # no exit handlers of libraries: the answer is out


def _restrict(*, seconds: int, memory: int, largest_file: int) -> None:
    """Lower this process's limits for good; where the system knows none (Windows), the parent limits the time."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        "RLIMIT_CPU": (seconds, seconds + 1),
        "RLIMIT_AS": (memory, memory),
        "RLIMIT_FSIZE": (largest_file, largest_file),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_NPROC": (0, 0),  # no child of the child; the system does not apply it to root
    }
    for name, limit in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), limit)
        except (AttributeError, ValueError, OSError):  # macOS has no limit of address space
            continue

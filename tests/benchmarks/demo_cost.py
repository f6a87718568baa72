"""Seconds and peak memory of the whole demo, in a process of its own.

Run: python -m tests.benchmarks.demo_cost
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Print wall and processor seconds, and the most memory that the process, or a child of it, held."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        command = [sys.executable, "-m", "certbody", "demo", str(Path(folder) / "demo")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"certbody demo: {wall:.1f} s, processor {used.ru_utime + used.ru_stime:.1f} s, ", end="")
    print(f"peak memory {used.ru_maxrss / 1024:.0f} MiB")  # Linux counts KiB


if __name__ == "__main__":
    main()

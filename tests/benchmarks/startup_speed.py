"""`certbody --help`, whole process, against the imports it cannot do without.

Run: python -m tests.benchmarks.startup_speed
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

PEER = "import click, pluggy, attrs, importlib.metadata as m; list(m.entry_points(group='certbody'))"
VARIANTS = {
    "python -c (click, pluggy, attrs, entry points)": [sys.executable, "-c", PEER],
    "certbody --help": [sys.executable, "-m", "certbody", "--help"],
}


def main(rounds: int = 30) -> None:
    """Print median, p10 and the ratio of medians; the two are run in turn, so that neither has the warmer machine."""
    taken: dict[str, list[float]] = {name: [] for name in VARIANTS}
    for _ in range(rounds):
        for name, command in VARIANTS.items():
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - began)
    base = 0.0
    for name, times in taken.items():
        median = statistics.median(times)
        base = base or median
        p10 = statistics.quantiles(times, n=10)[0]
        print(f"{name:50} median {median * 1000:7.1f} ms  p10 {p10 * 1000:7.1f} ms  n {rounds}  x {median / base:.2f}")


if __name__ == "__main__":
    main()

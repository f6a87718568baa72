"""How fast an act goes on record, against the bare write: ``python tests/benchmarks/journal_speed.py``.

One entry is appended, acknowledged and synced, into a warm journal of 1,000 records, and the same bytes are
appended and synced bare, in blocks of 5 that alternate, each after a sync of the whole system. Then eight
processes append 200 entries each to one journal, against as many that lock, write and sync alone.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from certbody.journal import Act, FileStore, Head, draft

BLOCK, PROCESSES, EACH = 5, 8, 200


def act(number: int, over: tuple[str, ...] = ()) -> Act:
    """A finding put on record, about 700 bytes."""
    record = {
        "audit": "2027-014",
        "clause": "8.3",
        "grade": "minor",
        "criterion": "CS-10002 8.3",
        "statement": f"Complaint {number} was acknowledged after six days; the procedure says two. " * 4,
        "sites": ["central", "north"],
        "auditor": "P-004",
    }
    return draft(
        at="2027-03-02T09:30:00Z",
        by="P-004",
        entered={"by": "P-004", "how": "pin"},
        act="finding recorded",
        put={"findings": {f"01-{number:08}": record}},
        over=over,
    )


def one_act(folder: Path, rounds: int) -> None:
    """Print the time of one act beside that of the bare write; before each of them, an act is made ready."""
    store = FileStore.found(folder / "office")
    head = store.append("C-1", [act(number) for number in range(1_000)], {"C-1": Head.first("C-1")})[-1].head
    size = len(store.append("C-1", [act(1_000)], {"C-1": head})[0].line)
    head = store.head("C-1")
    acts = (act(number) for number in range(2_000, 10**6))
    made = act(1_999)
    bare = os.open(folder / "bare", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    (folder / "bare").write_bytes((folder / "office/journals/C-1.jsonl").read_bytes())
    line = b"x" * (size - 1) + b"\n"

    def ours() -> None:
        nonlocal head
        head = store.append("C-1", [made], {"C-1": head})[-1].head

    def limit() -> None:
        os.write(bare, line)
        os.fdatasync(bare)

    def drafted() -> None:
        nonlocal head
        head = store.append("C-1", [next(acts)], {"C-1": head})[-1].head

    def prepare() -> None:
        nonlocal made
        made = next(acts)

    times: dict[str, list[float]] = {"bare append + fdatasync": [], "append": [], "draft + append": []}
    for _ in range(rounds):
        for name, do in zip(times, (limit, ours, drafted), strict=True):
            os.sync()
            do()  # the first after a sync of all is not counted
            for _ in range(BLOCK):
                prepare()
                times[name].append(timed(do))
    least = statistics.median(times["bare append + fdatasync"])
    print(f"one entry of {size} bytes into a journal of 1,000 records, acknowledged and synced")
    for name, all_ in times.items():
        median, p10 = statistics.median(all_), statistics.quantiles(all_, n=10)[0]
        print(f"  {name:24} median {median:.3f} ms  p10 {p10:.3f}  n {len(all_)}  ratio {median / least:.2f}")


def timed(do: Callable[[], None]) -> float:
    """Milliseconds that `do` takes."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1_000


def writer(folder: Path, number: int) -> None:
    """Append `EACH` entries, each checked against the head."""
    store = FileStore(folder / "office")
    for count in range(EACH):
        made = act(number * 1_000_000 + count)
        with store.holding("C-1"):
            store.append("C-1", [made], {"C-1": store.head("C-1")})


def bare_writer(folder: Path, number: int) -> None:
    """Lock, write and sync as many lines of the same size."""
    fd = os.open(folder / "bare", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    line = b"x" * 900 + b"\n"
    for _ in range(EACH):
        fcntl.flock(fd, fcntl.LOCK_EX)
        os.write(fd, line)
        os.fdatasync(fd)
        fcntl.flock(fd, fcntl.LOCK_UN)


def many_processes(folder: Path) -> None:
    """Print what eight processes reach together."""
    print(f"{PROCESSES} processes x {EACH} entries into one journal")
    rates = []
    context = get_context("fork")
    for name, work in (("bare flock + append", bare_writer), ("append", writer)):
        os.sync()
        start = time.perf_counter()
        workers = [context.Process(target=work, args=(folder, number)) for number in range(PROCESSES)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        rates.append(PROCESSES * EACH / (time.perf_counter() - start))
        print(f"  {name:24} {rates[-1]:7.0f} per second  ratio {rates[-1] / rates[0]:.2f}")
    stored = len(FileStore(folder / "office").read("C-1"))
    print(f"  stored {stored} of {PROCESSES * EACH}")


def main() -> None:
    """Run both, in a folder of their own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--folder", help="where to write; the disk that is measured")
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {os.cpu_count()} cores")
    for work in (lambda folder: one_act(folder, chosen.rounds), many_processes):
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            FileStore.found(Path(folder) / "office")
            work(Path(folder))


if __name__ == "__main__":
    main()

"""The register of 10,000 certificates, written and gathered: ``python -m tests.benchmarks.register_speed``.

Written: the register as it ships (styles, widths, filter, heights, real dates) against the same rows written by
openpyxl write-only by hand, without any of that; processor time, in turn, in one process. Then CSV and JSON.

Gathered: an office of as many clients, each with a whole dossier in a journal of its own. The register of
certificates, from the opening of the office to its rows, the first time, when the index is built, and again; the
register of clients and the planning view of twelve months; then, of 200 clients, the certificates' statuses by
reading every journal.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs

from certbody.deliverables.certificate_register import listings
from certbody.deliverables.rows import Marked, Register, comma_separated, plain
from certbody.deliverables.streamed import write_workbook
from certbody.domain.certificate import standing
from certbody.journal import FileStore, Head, draft
from certbody.journal.entry import chain
from certbody.office import BODY, Office
from certbody.office.registers import certificates, clients, planning
from certbody.records import dump
from tests.deliverables import example

ON = date(2027, 1, 1)
NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
JOURNALS_READ = 200


def register(count: int) -> Register:
    """A register of so many certificates, every column, as `certbody register certificates --internal` has it."""
    listing = listings([example.dossier()], ON, internal=True)[0]
    [one] = listing.rows
    rows = [
        (f"FC-2026-{number:05}", one[1], f"C-{number:05}", f"Client {number} Ltd", *one[4:])
        for number in range(1, count + 1)
    ]
    return Register(
        kind="certificate-register",
        title="Register of certificates",
        period=ON.isoformat(),
        on=ON,
        body="Fernhill Certification Ltd",
        head="12·0123456789ab",
        listings=(attrs.evolve(listing, rows=rows),),
    )


def by_hand(made: Register) -> bytes:
    """The same headings and rows, as openpyxl writes them write-only, with nothing else."""
    from openpyxl import Workbook

    [listing] = made.listings
    book = Workbook(write_only=True)
    sheet = book.create_sheet(listing.title)
    sheet.append([column.heading for column in listing.columns])
    for row in listing.rows:
        sheet.append([cell.value if isinstance(cell, Marked) else cell for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def shipped(made: Register) -> bytes:
    """The workbook as it ships."""
    out = BytesIO()
    write_workbook(made, out)
    return out.getvalue()


def writing(made: Register, rounds: int) -> None:
    """Print what each way of writing takes, in turn."""
    import json

    ways: dict[str, Callable[[], object]] = {
        "openpyxl write-only by hand": lambda: by_hand(made),
        "the register as it ships": lambda: shipped(made),
        "the same as CSV": lambda: "".join(comma_separated(made.listings[0])),
        "the same as JSON": lambda: json.dumps(plain(made), ensure_ascii=False, indent=2),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.process_time()
            way()
            taken[name].append(time.process_time() - began)
    base = 0.0
    for name, times in taken.items():
        median = statistics.median(times)
        base = base or median
        least = min(times)
        print(f"{name:44} median {median:7.3f} s  least {least:7.3f} s  n {len(times)}  x {median / base:.2f}")


def office(folder: Path, count: int) -> Path:
    """An office with so many clients, laid out past every rule: each has the example's whole dossier."""
    FileStore.found(folder)
    rows = {name: _rows(example.dossier(), name) for name in type(example.dossier()).TABLES}
    body = {name: _rows(example.body(), name) for name in type(example.body()).TABLES}
    _lay(folder, BODY, body)
    [client], [certificate] = rows["clients"].values(), rows["certificates"].values()
    for number in range(1, count + 1):
        name = f"C-{number:05}"
        said = {**certificate, "number": f"FC-2026-{number:05}", "client_name": f"Client {number} Ltd"}
        own = {"clients": {name: {**client, "id": name, "name": f"Client {number} Ltd"}}}
        _lay(folder, name, {**rows, **own, "certificates": {said["id"]: said}})
    return folder


def _rows(state: Any, table: str) -> dict[str, Any]:
    return {each.id: dump(each) for each in getattr(state, table).values()}


def _lay(folder: Path, journal: str, put: dict[str, Any]) -> None:
    whole = {table: rows for table, rows in put.items() if rows}
    act = draft(at=NOW, by="P-01", entered={"by": "P-01", "how": "said"}, act="laid out", put=whole)
    (folder / "journals" / f"{journal}.jsonl").write_bytes(chain(act, Head.first(journal)).line)


def gathering(folder: Path, count: int) -> None:
    """Print what it takes to gather each register of the whole office, its workbook not counted."""

    def timed(name: str, work: Callable[[], object]) -> float:
        began = time.perf_counter()
        work()
        took = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts KiB
        print(f"{name:44} {took:7.2f} s   peak memory so far {peak:.0f} MiB")
        return took

    timed(
        f"certificates of {count:,} journals, first time", lambda: certificates(Office.open(folder), ON, internal=True)
    )
    warm = timed("the same again", lambda: certificates(Office.open(folder), ON, internal=True))
    timed("clients", lambda: clients(Office.open(folder), ON))
    timed("planning of twelve months", lambda: planning(Office.open(folder), date(2027, 1, 1), 12, ON))
    few = min(JOURNALS_READ, count)

    def read_whole() -> None:
        opened = Office.open(folder)
        for name in opened.clients()[:few]:
            dossier = opened.dossier(name)
            for number in {each.number for each in dossier.certificates.values()}:
                standing(number, dossier, ON)

    slow = timed(f"statuses of {few} by reading their journals", read_whole) * count / few
    print(f"{'':44} so {slow:.0f} s for {count:,}: from the index they take {warm / slow:.4f} x")


def main() -> None:
    """Print both parts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--certificates", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--written-only", action="store_true", help="leave out the office of many journals")
    chosen = options.parse_args()
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}")
    print(f"{chosen.certificates:,} certificates")
    writing(register(chosen.certificates), chosen.rounds)
    if not chosen.written_only:
        with tempfile.TemporaryDirectory() as folder:
            gathering(office(Path(folder) / "office", chosen.certificates), chosen.certificates)


if __name__ == "__main__":
    main()

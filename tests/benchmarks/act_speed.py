"""The whole act of recording a finding (hand, lock, rules, index, sync) in a dossier of 1,000 records, warm.

It is measured against append + fdatasync of the same bytes. Run: python -m tests.benchmarks.act_speed
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import attrs

from certbody.domain.evidence import ItemResult, Result
from certbody.domain.findings import Finding, Grade
from certbody.journal import FileStore, draft
from certbody.office import BODY, Hand, Office
from certbody.records import dump
from tests.deliverables import example

ROUNDS, BLOCK = 20, 5
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
DONE_LATER = ("reports", "conclusions", "decisions", "certificates", "reviews", "documents")


def main() -> None:
    """Print median, p10 and ratio of medians, both variants in turn in blocks of five."""
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder) / "office")
        office.dossier("C-0001")
        entry = _record(office, 0)
        line = entry.line
        bare = os.open(Path(folder) / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        taken: dict[str, list[float]] = {"append + fdatasync of the same bytes": [], "Office.record of a finding": []}
        count = 1
        for _ in range(ROUNDS):
            os.sync()
            for _ in range(BLOCK):
                began = time.perf_counter()
                os.write(bare, line)
                os.fdatasync(bare)
                taken["append + fdatasync of the same bytes"].append(time.perf_counter() - began)
            os.sync()
            for _ in range(BLOCK):
                count += 1
                made = _finding(office, count)
                began = time.perf_counter()
                _put(office, made)
                taken["Office.record of a finding"].append(time.perf_counter() - began)
        base = 0.0
        for name, times in taken.items():
            median = statistics.median(times)
            base = base or median
            p10 = statistics.quantiles(times, n=10)[0]
            said = f"median {median * 1000:6.3f} ms  p10 {p10 * 1000:6.3f} ms  n {len(times)}  x {median / base:.2f}"
            print(f"{name:40} {said}  ({len(line)} bytes)")


def _office(folder: Path) -> Office:
    """An office with the example's body, and its dossier padded to about 1,000 records, an audit still going on."""
    store = FileStore.found(folder)
    dossier = example.dossier()
    tables = {name: list(getattr(dossier, name).values()) for name in type(dossier).TABLES if name not in DONE_LATER}
    tables["meetings"] = [
        each for each in tables["meetings"] if each.kind != "closing" or each.audit != example.STAGE_2
    ]
    total = sum(len(rows) for rows in tables.values())
    tables["results"] += [
        ItemResult(
            id=f"pad-{number}",
            audit=example.STAGE_1,
            row=f"pad-{number}",
            result=Result.SATISFACTORY,
            note="Seen in the register and confirmed in the interview.",
            by="P-01",
            recorded_on=date(2026, 5, 5),
        )
        for number in range(1_000 - total)
    ]
    for name, put in ((BODY, _rows(example.body())), ("C-0001", tables)):
        whole = {table: {each.id: dump(each) for each in rows} for table, rows in put.items() if rows}
        act = draft(at=NOW, by="P-01", entered={"by": "P-01", "how": "said"}, act="laid out", put=whole)
        store.append(name, [act], {name: store.head(name)})
    return Office(store, clock=lambda: NOW)


def _rows(state: object) -> dict[str, list[object]]:
    tables: dict[str, object] = type(state).TABLES  # type: ignore[attr-defined]
    return {name: list(getattr(state, name).values()) for name in tables}


def _finding(office: Office, count: int) -> Finding:
    return Finding(
        id=office.make_id(),
        number=f"2026-999/AK-{count}",
        audit=example.STAGE_2,
        grade=Grade.MINOR,
        requirement="S7.4.1",
        clause="7.4",
        statement="Four of the twelve complaints sampled were acknowledged later than the target of two days.",
        evidence="Register 2026, cases 114, 120, 131 and 140; acknowledgements sent after 4, 5, 5 and 9 days.",
        by="P-01",
        recorded_on=min(each.starts_on for each in office.dossier("C-0001").audits.values() if each.stage == 2),
    )


def _put(office: Office, finding: Finding) -> object:
    return office.record("C-0001", "finding recorded", {"findings": [finding]}, hand=Hand(by="P-01"))


def _record(office: Office, count: int):  # type: ignore[no-untyped-def]
    return _put(office, attrs.evolve(_finding(office, count)))


if __name__ == "__main__":
    main()

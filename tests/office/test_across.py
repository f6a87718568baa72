"""The dossiers of the whole office from the index: the same as from the journals, and read only where they must be."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import attrs
import pytest

from certbody.domain.certificate import standing
from certbody.domain.dossier import Dossier
from certbody.domain.surveillance import due_of
from certbody.errors import Damaged
from certbody.journal import FileStore, draft
from certbody.office import Office
from certbody.office.across import dossiers
from certbody.office.indexed import COLUMNS
from certbody.records import dump
from tests.cli.nordwind import NOW
from tests.deliverables import example

TABLES = ("clients", "applications", "audits", "meetings", "decisions", "annulments", "certificates")


def put(store: FileStore, journal: str, dossier: Dossier) -> None:
    """Lay a dossier out in a journal, past every rule."""
    rows = {name: {each.id: dump(each) for each in getattr(dossier, name).values()} for name in Dossier.TABLES}
    act = draft(at=NOW, by="P-03", entered={"by": "P-03", "how": "said"}, act="laid out", put=rows)
    store.append(journal, [act], {journal: store.head(journal)})


@pytest.fixture
def office(tmp_path: Path) -> Office:
    store = FileStore.found(tmp_path)
    for number in ("C-0001", "C-0002"):
        put(store, number, example.dossier())
    return Office(store, clock=lambda: NOW)


def test_each_dossier_says_what_its_journal_says(office: Office) -> None:
    found = {each.journal: each for each in dossiers(office, TABLES)}
    assert list(found) == ["C-0001", "C-0002"]
    for name, each in found.items():
        whole = office.dossier(name)
        for table in Dossier.TABLES:
            assert dict(getattr(each, table)) == dict(getattr(whole, table)), table


def test_status_and_due_audits_come_without_reading_a_journal(office: Office) -> None:
    office.index.find("clients")
    path = office.folder / "journals" / "C-0001.jsonl"
    stamp = path.stat()
    path.write_bytes(b"x" * (stamp.st_size - 1) + b"\n")  # damaged, though no stamp tells: whoever reads it is told
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    first = next(iter(dossiers(office, TABLES)))
    assert standing("FC-2026-0001", first, date(2027, 1, 1)).status == "valid"
    assert due_of("FC-2026-0001", first, date(2027, 1, 1))
    with pytest.raises(Damaged, match="C-0001 cannot be read"):
        len(first.findings)


def test_what_a_register_looks_at_is_indexed() -> None:
    assert set(TABLES) <= COLUMNS.keys()


def test_an_act_that_came_before_is_seen(office: Office) -> None:
    client = next(iter(example.dossier().clients.values()))
    list(dossiers(office, TABLES))
    moved = attrs.evolve(client, name="Nordwind Telecom and Sons Ltd")
    put(office.store, "C-0003", Dossier(clients={client.id: moved}))
    assert [each.journal for each in dossiers(office, TABLES)] == ["C-0001", "C-0002", "C-0003"]

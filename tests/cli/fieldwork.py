"""An invented client, Seven Bridges Telecom, in a real office: accepted, timed and under agreement, not yet audited.

Everything after that is done by the commands under test. One central site (K) and two others (K2, K3); Ada Kaya may
lead, Ben Ferro may audit, Tia Oduya is an expert, Clara Monti decides and runs the office.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner, Result

from certbody.cli.desk import Desk
from certbody.cli.root import certbody
from certbody.domain.application import Outcome
from certbody.domain.client import Client, Site
from certbody.domain.dossier import Dossier
from certbody.office import Hand, Office
from certbody.office.applications import receive, review
from certbody.office.founding import found, read
from certbody.office.quotations import sign_agreement
from certbody.office.times import determine_time

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CLIENT, APPLICATION = "C-0001", "A-2026-001"
PINS = {"AK": "kaya-4711", "BF": "ferro-2222", "TO": "oduya-3333", "CM": "monti-8150"}
READY = ("--ready", "--summary", "Ready.", "--internal-audit", "Audit of 2026-01-20, review of 2026-02-03.")
SETTINGS = """
[body]
name = "Quayside Certification Ltd"
address = "2 Harbour Road"
city = "Sampletown"
country = "Nowhereland"
number_prefix = "QC"

[[people]]
name = "Clara Monti"
initials = "CM"
signed_on = 2026-01-05
standards = ["iso10002"]
functions = ["application review", "review", "decision"]

[[people]]
name = "Ada Kaya"
initials = "AK"
signed_on = 2026-01-05
standards = ["iso10002"]
functions = ["auditing", "leading"]

[[people]]
name = "Ben Ferro"
initials = "BF"
signed_on = 2026-01-05
standards = ["iso10002"]
functions = ["auditing"]

[[people]]
name = "Tia Oduya"
initials = "TO"
signed_on = 2026-01-05
standards = ["iso10002"]
functions = ["technical expertise"]

[[schemes]]
standard = "iso10002"
document = "S-10002"
published_on = 2026-01-05
"""


def before_the_audits(folder: Path) -> None:
    """Found the office in a folder, and bring the client as far as the signed agreement."""
    office = found(folder, read(SETTINGS.encode(), "office.toml"), clock=lambda: NOW)
    for initials, pin in PINS.items():
        office.secrets.set_pin(office.person(initials), pin)
    hand = Hand(by=office.person("CM"))
    received = receive(
        office,
        standard="iso10002",
        client=Client(
            id="C-0",
            name="Seven Bridges Telecom",
            address="7 Bridge Lane",
            city="Sampletown",
            country="Nowhereland",
            representative="Greta Holm",
        ),
        sites=[_site("K", "Head office", 16, central=True), _site("K2", "Call centre", 12), _site("K3", "Shop", 4)],
        received_on=date(2026, 1, 12),
        scope="Complaints handling for mobile and fixed-line telephony",
        sector="telecom",
        inputs=(("sector", "telecom"), ("months_of_records", "14")),
        hand=hand,
    )
    review(
        office,
        received.number,
        outcome=Outcome.ACCEPTED,
        reason="Within our competence.",
        reviewed_on=date(2026, 1, 19),
        hand=hand,
        why="",
        information="Sufficient.",
        ability="Competent and able.",
        impartiality="No threat found.",
    )
    determine_time(office, received.number, determined_on=date(2026, 1, 20), hand=hand, all_sites=True)
    sign_agreement(
        office,
        received.number,
        client_signed_on=date(2026, 1, 29),
        client_signed_by="Greta Holm",
        body_signed_on=date(2026, 1, 30),
        hand=hand,
    )


def _site(key: str, name: str, personnel: int, *, central: bool = False) -> Site:
    return Site(
        id=key,
        name=name,
        address="7 Bridge Lane",
        city="Sampletown",
        country="Nowhereland",
        central=central,
        personnel=personnel,
    )


@attrs.frozen
class Field:
    """A copy of that office, and the commands in it."""

    folder: Path
    papers: Path
    pins: Path

    @classmethod
    def copied(cls, ready: Path, folder: Path) -> Field:
        """A copy of a ready office in a test's own folder."""
        shutil.copytree(ready, folder / "office")
        pins = folder / "pins"
        pins.write_text("".join(f"{initials} {pin}\n" for initials, pin in PINS.items()))
        return cls(folder / "office", folder / "papers", pins)

    @property
    def office(self) -> Office:
        """The office, opened anew."""
        return Office.open(self.folder, clock=lambda: NOW)

    @property
    def dossier(self) -> Dossier:
        """The client's dossier as it stands now."""
        return self.office.dossier(CLIENT)

    def run(self, *words: str, by: str = "", on: str = "") -> Result:
        """Run a command as a person would, and hand over what came of it."""
        arguments = [*words, *(["--as", by] if by else []), *(["--on", on] if on else [])]
        environment = {"CERTBODY_PIN_FILE": str(self.pins), "CERTBODY_OFFICE": None, "CERTBODY_AS": None}
        desk = Desk(folder=str(self.folder), clock=lambda: NOW)
        return CliRunner().invoke(certbody, arguments, obj=desk, env=environment)

    def done(self, *words: str, by: str = "", on: str = "") -> str:
        """What a command says that has to succeed."""
        result = self.run(*words, by=by, on=on)
        assert result.exit_code == 0, result.output + repr(result.exception)
        return result.stdout

    def data(self, *words: str, by: str = "", on: str = "") -> Any:
        """What a command says in JSON that has to succeed."""
        return json.loads(self.done(*words, "--json", by=by, on=on))

    def refused(self, *words: str, by: str = "", on: str = "", code: int = 3) -> str:
        """Why a command did not do it; and not one byte of journals and evidence has changed."""
        before = self.bytes()
        result = self.run(*words, by=by, on=on)
        assert result.exit_code == code, result.output + repr(result.exception)
        assert "Traceback" not in result.output
        assert self.bytes() == before
        return result.stderr

    def bytes(self) -> dict[str, bytes]:
        """Every journal and evidence file of the office, by name."""
        files = (path for part in ("journals", "evidence") for path in (self.folder / part).rglob("*"))
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files if path.is_file()}

    # How far the audits have come

    def planned(self, stage: int = 1) -> str:
        """An audit with its team, told to the client and free of conflict; its number."""
        first, last = (("2026-03-02", "2026-03-02"), ("2026-04-13", "2026-04-17"))[stage - 1]
        made = self.data(
            *("audit", "new", APPLICATION, "--stage", str(stage), "--from", first, "--to", last),
            by="CM",
            on="2026-02-02",
        )
        number = str(made["number"])
        days = Decimal(made["days"])
        self.done(
            "audit", "assign", number, "AK", "--role", "leader", "--days", f"{days / 2:f}", by="CM", on="2026-02-02"
        )
        self.done("audit", "assign", number, "BF", "--role", "auditor", by="CM", on="2026-02-02")
        self.done("audit", "notify", number, by="CM", on="2026-02-03")
        for initials in ("AK", "BF"):
            self.done("audit", "declare", number, "--no-conflict", by=initials, on="2026-02-04")
        return number

    def opened(self, stage: int = 1) -> str:
        """The same, with a checklist on record, and opened; stage 2 follows a stage 1 that found the client ready."""
        if stage == 2:
            first = self.opened(1)
            self.done("audit", "conclude", first, *READY, by="AK", on="2026-03-02")
        number = self.planned(stage)
        self.issued(number)
        on = ("2026-03-02", "2026-04-13")[stage - 1]
        self.done("audit", "open", number, "--attendee", "AK", "--attendee", "Greta Holm; head", by="AK", on=on)
        return number

    def issued(self, number: str) -> None:
        """The checklist of an audit is on record."""
        from certbody.office.checklists import issue_checklist

        office = self.office
        issue_checklist(office, number, hand=Hand(by=office.person("AK")), on=date(2026, 2, 10))

    def workbook(self, number: str, name: str = "checklist.xlsx") -> Path:
        """The checklist workbook of an audit, as it is sent out."""
        from certbody.office.audits import find_audit
        from certbody.office.papers import make

        office = self.office
        journal, audit = find_audit(office, number)
        paper = make(office, "checklist", journal, audit.id, on=date(2026, 2, 10), standard=audit.standard)
        path = self.folder.parent / name
        path.write_bytes(paper.data)
        return path


def fill(path: Path, rows: dict[str, dict[str, Any]] | str, findings: list[dict[str, Any]] | None = None) -> Path:
    """Type into a checklist workbook as an auditor does: entries by row id and heading, or one result for all rows."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book["Checklist"]
    columns, first = _headings(sheet, "Row")
    for number in range(first + 1, sheet.max_row + 1):
        key = sheet.cell(number, columns["Row"]).value
        said = {"Result": rows} if isinstance(rows, str) else rows.get(str(key), {})
        for heading, value in said.items() if key else ():
            sheet.cell(number, columns[heading]).value = value
    sheet = book["Findings"]
    columns, first = _headings(sheet, "Checklist row")
    number = first
    for finding in findings or ():
        number += 1
        while sheet.cell(number, columns["Checklist row"]).value and "Number" not in finding:
            number += 1
        for heading, value in finding.items():
            sheet.cell(number, columns[heading]).value = value
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path


def _headings(sheet: Any, one: str) -> tuple[dict[str, int], int]:
    for row in sheet.iter_rows(max_row=30):
        names = {str(cell.value): cell.column for cell in row if cell.value}
        if one in names and len(names) > 3:
            return names, row[0].row
    raise AssertionError(f"no heading {one!r}")

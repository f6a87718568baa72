"""The invented case of Nordwind Telecom in a real office, as it stands after the closing meeting of stage 2.

One major and two minor nonconformities (2026-014/AK-1, AK-2, BF-1) wait for the client's answer. Everything after
that is done by the commands under test.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner, Result

from certbody.cli.desk import Desk
from certbody.cli.root import certbody
from certbody.domain.audit_time import SiteTime
from certbody.domain.people import Competence, Engagement, Function, Interest, InterestKind, Person
from certbody.journal import FileStore
from certbody.office import BODY, Hand, Office
from tests.deliverables import example

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
MAJOR, MINOR, OTHER_MINOR = "2026-014/AK-1", "2026-014/AK-2", "2026-014/BF-1"
APPLICATION = "A-2026-001"
PINS = {
    "P-01": ("AK", "kaya-4711"),
    "P-03": ("CM", "monti-8150"),
    "P-04": ("DP", "petrov-0815"),
    "P-07": ("GA", "amsel-2718"),
}
FORMER = Person(id="P-06", name="Fanny Roth", initials="FR", title="Committee member")
"""Competent to decide, and a consultant of the client until a year before."""
COMMITTEE = Person(id="P-07", name="Gil Amsel", initials="GA", title="Committee member")
COMPETENT = {
    "P-01": (Function.AUDITING, Function.LEADING, Function.DECISION),
    "P-02": (Function.AUDITING,),
    "P-03": (Function.APPLICATION_REVIEW, Function.REVIEW),
    "P-04": (Function.REVIEW, Function.DECISION),
    "P-05": (Function.TECHNICAL_EXPERTISE,),
    "P-06": (Function.DECISION,),
    "P-07": (Function.DECISION,),
}
"""For what each person is competent: Ada Kaya audits and could decide elsewhere; Carla Monti does not decide."""

_BEFORE = (
    ("clients", "sites", "applications", "application_reviews", "audit_times", "quotations", "agreements"),
    ("audits", "assignments", "team_notices", "plans", "checklists"),
    ("meetings", "results", "evidence", "findings", "acknowledgements", "stage1_conclusions", "conclusions"),
    ("reports",),
)

_TIMES = tuple(
    SiteTime(site=site, base=Decimal(days), days=Decimal(days)) for site, days in (("HQ", 3), ("CC", 2), ("FS", "0.5"))
)
"""An audit time for each site of the sample, as the rules ask."""


def at_closing(folder: Path) -> None:
    """Found the office of the example in a folder and put the client's dossier on record up to its reports."""
    office = Office(FileStore.found(folder), clock=lambda: NOW)
    body, dossier = example.body(), example.dossier()
    tables: dict[str, list[Any]] = {name: list(getattr(body, name).values()) for name in type(body).TABLES}
    tables["people"] += [FORMER, COMMITTEE]
    for person in (FORMER, COMMITTEE):
        tables["engagements"] += [Engagement(id=f"E-{person.id}", person=person.id, signed_on=example.date(2024, 1, 8))]
    tables["competences"] = [
        Competence(
            id=f"{person}-{index}",
            person=person,
            standard="iso10002",
            function=function,
            granted_on=example.date(2024, 2, 1),
        )
        for person, functions in COMPETENT.items()
        for index, function in enumerate(functions)
    ]
    tables["interests"] = [
        Interest(
            id="interest-1",
            person=FORMER.id,
            client="C-0001",
            kind=InterestKind.CONSULTANCY,
            ended_on=example.date(2025, 9, 30),
            disclosed_on=example.date(2026, 1, 5),
        )
    ]
    office.record(BODY, "office founded", tables, hand=Hand(by="P-03"))
    for person, (_, pin) in PINS.items():
        office.secrets.set_pin(person, pin)
    for data in example.files().values():
        office.keep(data)
    for names in _BEFORE:
        put = {name: list(getattr(dossier, name).values()) for name in names}
        if "audit_times" in put:
            put["audit_times"] = [attrs.evolve(each, sites=_TIMES) for each in put["audit_times"]]
        office.record("C-0001", "brought over", put, hand=Hand(by="P-03"), why="brought over from paper")
        if "audits" in names:
            for declaration in dossier.declarations.values():
                hand = Hand(by=declaration.person, form=b"signed on paper", entered_by="P-03")
                office.record("C-0001", "conflict question answered", {"declarations": [declaration]}, hand=hand)


@attrs.frozen
class Case:
    """A copy of that office, and the commands in it."""

    folder: Path
    papers: Path
    pins: Path

    @classmethod
    def copied(cls, ready: Path, folder: Path) -> Case:
        """A copy of a ready office in a test's own folder."""
        shutil.copytree(ready, folder / "office")
        pins = folder / "pins"
        pins.write_text("".join(f"{initials} {pin}\n" for initials, pin in PINS.values()))
        return cls(folder / "office", folder / "papers", pins)

    @property
    def office(self) -> Office:
        """The office, opened anew."""
        return Office.open(self.folder, clock=lambda: NOW)

    def run(self, *words: str, by: str = "", on: str = "", pins: Path | None = None) -> Result:
        """Run a command as a person would, and hand over what came of it."""
        arguments = [*words, *(["--as", by] if by else []), *(["--on", on] if on else [])]
        desk = Desk(folder=str(self.folder), clock=lambda: NOW)
        environment = {"CERTBODY_PIN_FILE": str(pins or self.pins), "CERTBODY_OFFICE": None, "CERTBODY_AS": None}
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
        """Why a command did not do it; and not one byte of the journals has changed."""
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

    # How far the case has come

    def answered(self, *numbers: str) -> Case:
        """The client has answered the nonconformities, and the answers are accepted."""
        for number in numbers or (MAJOR, MINOR, OTHER_MINOR):
            self.done("nc", "respond", number, *ANSWER, by="AK", on="2026-05-11")
            self.done("nc", "review", number, "--accept", "--reason", "Cause and action fit.", by="AK", on="2026-05-14")
        return self

    def verified(self) -> Case:
        """The major's implementation is verified, too."""
        self.answered()
        self.done("nc", "verify", MAJOR, *VERIFIED, by="AK", on="2026-06-09")
        return self

    def reviewed(self) -> Case:
        """The review recommends a grant."""
        self.verified()
        self.done("review", "record", APPLICATION, *REVIEW, by="DP", on="2026-06-18")
        return self

    def granted(self) -> Case:
        """Certification is granted on 2026-06-24."""
        self.reviewed()
        self.done("decide", "grant", APPLICATION, "--reason", "All is fulfilled.", by="DP", on="2026-06-24")
        return self

    def confirmed(self) -> Case:
        """The client has confirmed the draft."""
        self.granted()
        self.done("certificate", "confirm", APPLICATION, "--by", "Greta Holm", by="DP", on="2026-06-25")
        return self


ANSWER = (
    *("--extent", "All cases of March looked at; the shop has none."),
    *("--correction", "The complainants were written to."),
    *("--cause", "The rota was made for letters, and nobody reviewed it when chat was added."),
    *("--action", "A weekend rota with two handlers."),
    *("--owner", "Henrik Lund", "--due", "2026-06-05"),
)
VERIFIED = ("--means", "on-site", "--evidence", "The rota worked on 2026-06-06; 22 of 22 cases acknowledged.")
REVIEW = (
    *("--recommend", "grant", "--information", "Sufficient for requirements and scope."),
    *("--nonconformities", "The major is verified; both plans are accepted."),
    *("--application-confirmed", "As applied for.", "--objectives", "Achieved."),
)

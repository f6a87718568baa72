"""A filled checklist taken back: every result, note, piece of evidence and finding in one act, or nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import attrs

from certbody.deliverables.cells import Faults
from certbody.deliverables.filled_checklist import FilledChecklist, FilledFinding, FilledRow
from certbody.domain.audit import Audit
from certbody.domain.dossier import Dossier
from certbody.domain.evidence import AuditEvidence, ItemResult, checklist_of, results_of
from certbody.domain.findings import Finding, findings_recorded
from certbody.domain.objection import Objection
from certbody.errors import BadData, Refused
from certbody.office.audits import find_audit
from certbody.office.checklists import result_id
from certbody.office.evidence import described
from certbody.office.findings import Said, content_of, in_turn, numbered, numbers_used, unknown_requirement
from certbody.office.hand import Hand
from certbody.office.office import Office

_WHAT = "checklist read back"
_NEXT = "correct the file; or take the rows without fault alone, with --good-rows"
_MANY = re.compile(r"\d+ pieces of evidence are on record\.", re.ASCII)
"""What a workbook says where the evidence of a row is longer than a cell; it is nobody's note."""


@attrs.frozen(kw_only=True)
class Taken:
    """What came of reading a filled checklist.

    Attributes:
        results, findings, evidence: what is on record now that was not; a changed finding keeps its number.
        replaced: for each result that replaced another: row, what stood there, what stands there now.
        amended: numbers of the findings that were changed.
        same: rows and findings of the file that the record held already.
        left: what was not taken, each with its place and fault; empty unless the good rows alone were asked for.
        missing: rows that were sent out and did not come back.
        again: whether this very file was taken before.
    """

    results: tuple[ItemResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    evidence: tuple[AuditEvidence, ...] = ()
    replaced: tuple[tuple[str, str, str], ...] = ()
    amended: tuple[str, ...] = ()
    same: int = 0
    left: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    again: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything was put on record."""
        return bool(self.results or self.findings or self.evidence)


def record_workbook(
    office: Office, number: str, data: bytes, name: str, *, hand: Hand, on: date, good_rows: bool = False, why: str = ""
) -> Taken:
    """Read a filled checklist back, in one act; what the record holds already is left as it is.

    Args:
        good_rows: take what has no fault and leave the rest, instead of nothing at all.

    Raises:
        BadData: the file cannot be read, is another audit's or an older checklist's, or has faults: all at once.
        Refused: a rule forbids a row; every objection with its place in the file.
    """
    from certbody.deliverables.filled_checklist import read_checklist

    journal, audit = find_audit(office, number)
    checklist = checklist_of(audit.id, office.dossier(journal))
    if checklist is None:
        raise BadData(f"Audit {audit.number} has no checklist.", next=f"certbody audit checklist {audit.number}")
    faults = Faults()
    filled = read_checklist(data, name, audit=audit.number, version=checklist.version, faults=faults)
    file = described(name, data)
    key = f"{audit.id}-{file.sha256[:32]}"

    def attempt() -> Taken:
        if key in office.dossier(journal).evidence:
            return Taken(same=len(filled.rows) + len(filled.findings), again=True)
        reading = _Reading(office, journal, audit, filled, hand, on, [*faults.lines])
        reading.compare()
        reading.judge(good_rows=good_rows, name=name, why=why)
        if not reading.anything:
            return reading.taken()
        office.keep(data)
        source = AuditEvidence(
            id=office.make_id() if reading.left else key,  # only what was taken whole counts as taken
            audit=audit.id,
            note=f"Filled checklist, version {filled.version}, as read back.",
            collected_on=on,
            by=hand.by,
            files=(file,),
        )
        put = reading.put()
        put["evidence"] = [*put["evidence"], source]
        office.record(journal, _WHAT, put, hand=hand, why=why, seen=reading.seen)
        return reading.taken()

    return in_turn(attempt, lambda: office.head(journal))


@attrs.define
class _Reading:
    """One file against one state of the record."""

    office: Office
    journal: str
    audit: Audit
    filled: FilledChecklist
    hand: Hand
    on: date
    left: list[str]
    results: list[ItemResult] = attrs.field(factory=list)
    amended: list[Finding] = attrs.field(factory=list)
    said: list[tuple[Said, date, str]] = attrs.field(factory=list)
    new: list[Finding] = attrs.field(factory=list)
    evidence: list[AuditEvidence] = attrs.field(factory=list)
    places: dict[str, str] = attrs.field(factory=dict)
    same: int = 0
    seen: Dossier = attrs.field(init=False)
    held: dict[str, ItemResult] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.seen = self.office.dossier(self.journal)
        self.held = results_of(self.audit.id, self.seen)

    @property
    def anything(self) -> bool:
        return bool(self.results or self.amended or self.new or self.evidence)

    def compare(self) -> None:
        """Sort the file into what is new, what changes the record, what it holds already, and what has a fault."""
        notes = self._notes()
        for row in self.filled.rows:
            self._row(row)
            self._seen(row, notes.get(row.row, set()))
        on_record = {each.number: each for each in findings_recorded(self.audit.id, self.seen)}
        contents = {content_of(each) for each in on_record.values()}
        for finding in self.filled.findings:
            self._finding(finding, on_record, contents)

    def _row(self, row: FilledRow) -> None:
        known = self.held.get(row.row)
        if row.result is None:
            if row.note.strip() and not (known and known.note.strip() == row.note.strip()):
                self.left.append(f"{row.place}: is empty, yet the row has a note; choose a result")
        elif known and (known.result, known.note.strip()) == (row.result, row.note.strip()):
            self.same += 1
        else:
            made = ItemResult(
                id=result_id(self.audit.id, row.row),
                audit=self.audit.id,
                row=row.row,
                result=row.result,
                note=row.note,
                by=self.hand.by,
                recorded_on=self.on,
            )
            self.results.append(made)
            self.places[made.id] = row.place

    def _notes(self) -> dict[str, set[str]]:
        """Row id to the lines of evidence that the record holds for it."""
        notes: dict[str, set[str]] = {}
        for each in self.seen.evidence.values():
            if each.audit == self.audit.id:
                for row in each.rows:
                    notes.setdefault(row, set()).update(line.strip() for line in each.note.split("\n"))
        return notes

    def _seen(self, row: FilledRow, known: set[str]) -> None:
        """What the row says was seen, as evidence: the lines that the record does not hold already."""
        lines = [
            line for line in row.seen.split("\n") if line.strip() not in known and not _MANY.fullmatch(line.strip())
        ]
        added = "\n".join(lines)
        if not added.strip():
            return
        made = AuditEvidence(
            id=self.office.make_id(),
            audit=self.audit.id,
            rows=(row.row,),
            note=added.strip(),
            collected_on=self.on,
            by=self.hand.by,
        )
        self.evidence.append(made)
        self.places[made.id] = row.place

    def _finding(self, each: FilledFinding, on_record: dict[str, Finding], contents: set[tuple[str, ...]]) -> None:
        said = Said(
            grade=each.grade,
            row=each.row,
            requirement=each.requirement,
            statement=each.statement.strip(),
            evidence=each.evidence.strip(),
            process=each.process.strip(),
            reason=each.reason.strip(),
        )
        known = on_record.get(each.number)
        if each.number and known is None:
            self.left.append(
                f"{each.place}: {self.audit.number} has no finding {each.number}; leave new ones unnumbered"
            )
        elif wrong := unknown_requirement(self.office, self.audit, said.requirement):
            self.left.append(f"{each.place}: {wrong}")
        elif known and said.content == content_of(known) and each.found_on in (None, known.recorded_on):
            self.same += 1
        elif known and known.by != self.hand.by:
            author = self.office.body.name(known.by)
            self.left.append(f"{each.place}: {known.number} is {author}'s finding; its author changes it")
        elif known:
            changes = {name: getattr(said, name) for name in _CHANGEABLE}
            row = next((row for row in self._rows() if row.id == said.row), None)
            where = {"site": row.site, "clause": row.clause} if row and said.row != known.row else {}
            self.amended.append(attrs.evolve(known, **changes, **where, recorded_on=each.found_on or known.recorded_on))
            self.places[known.id] = each.place
        elif said.content in contents:
            self.same += 1
        else:
            contents.add(said.content)
            self.said.append((said, each.found_on or self.on, each.place))

    def _rows(self) -> tuple[Any, ...]:
        checklist = checklist_of(self.audit.id, self.seen)
        return checklist.rows if checklist else ()

    def judge(self, *, good_rows: bool, name: str, why: str) -> None:
        """Number the new findings and ask the rules; with `good_rows`, until what is left has nothing against it."""
        while True:
            self._number()
            against = self._against(why)
            if against is None and (good_rows or not self.left):
                return
            if against is None or (self.left and not good_rows):
                more = [each.text for each in against.objections if each.level != "W"] if against else []
                raise BadData(f"{name} is not taken; nothing was recorded.", [*self.left, *more], next=_NEXT)
            bad = {each.about[1] for each in against.objections} & self.places.keys()
            if not good_rows or not bad:
                raise against
            self.left += [each.text for each in against.objections if each.about[1] in bad]
            self.results = [each for each in self.results if each.id not in bad]
            self.amended = [each for each in self.amended if each.id not in bad]
            self.evidence = [each for each in self.evidence if each.id not in bad]
            kept = [said for said, made in zip(self.said, self.new, strict=True) if made.id not in bad]
            self.said = kept

    def _number(self) -> None:
        used = numbers_used(self.office, self.journal, self.audit)
        said = [each for each, _, _ in self.said]
        made = numbered(self.office, self.audit, said, used, self.seen, by=self.hand.by, on=self.on)
        self.new = [attrs.evolve(each, recorded_on=day) for each, (_, day, _) in zip(made, self.said, strict=True)]
        self.places |= {each.id: place for each, (_, _, place) in zip(made, self.said, strict=True)}

    def _against(self, why: str) -> Refused | None:
        """What the rules have against it, each objection with its place in the file."""
        if not self.anything:
            return None
        try:
            self.office.check(self.journal, _WHAT, self.put(), hand=self.hand, why=why)
        except Refused as refusal:
            return Refused(refusal.headline, [self._placed(each) for each in refusal.objections])
        return None

    def _placed(self, objection: Objection) -> Objection:
        place = self.places.get(objection.about[1])
        return attrs.evolve(objection, text=f"{place}: {objection.text}") if place else objection

    def put(self) -> dict[str, list[Any]]:
        """The records of the act."""
        return {"results": self.results, "findings": [*self.amended, *self.new], "evidence": list(self.evidence)}

    def taken(self) -> Taken:
        """What came of it."""
        return Taken(
            results=tuple(self.results),
            findings=(*self.amended, *self.new),
            evidence=tuple(self.evidence),
            replaced=tuple(
                (each.row, str(self.held[each.row].result), str(each.result))
                for each in self.results
                if each.row in self.held and self.held[each.row].result != each.result
            ),
            amended=tuple(each.number for each in self.amended),
            same=self.same,
            left=tuple(self.left),
            missing=self.filled.missing,
        )


_CHANGEABLE = ("row", "grade", "requirement", "statement", "evidence", "process", "reason")

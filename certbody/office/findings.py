"""Findings in the office: numbered by auditor and count, amended until the report, acknowledged by the client."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import attrs

from certbody.domain.audit import Audit
from certbody.domain.dossier import Dossier
from certbody.domain.evidence import checklist_of
from certbody.domain.findings import Finding, Grade
from certbody.domain.nonconformity import Acknowledgement
from certbody.domain.standard import Nature
from certbody.errors import BadData, Changed, Refused
from certbody.office.audits import find_audit
from certbody.office.hand import Hand
from certbody.office.office import Office

T = TypeVar("T")

ATTEMPTS = 20
"""How often findings are numbered anew because somebody recorded others meanwhile."""


@attrs.frozen(kw_only=True)
class Said:
    """A finding as an auditor writes it, before it has a number."""

    grade: Grade
    row: str = ""
    site: str = ""
    requirement: str = ""
    statement: str = ""
    evidence: str = ""
    process: str = ""
    reason: str = ""
    evidence_ids: tuple[str, ...] = ()

    @property
    def content(self) -> tuple[str, ...]:
        """What makes two findings the same one: everything the auditor wrote."""
        return (self.row, str(self.grade), self.requirement, *_plain(self))


def content_of(finding: Finding) -> tuple[str, ...]:
    """The same of a finding on record."""
    return (finding.row, str(finding.grade), finding.requirement, *_plain(finding))


def _plain(said: Any) -> tuple[str, ...]:
    """The texts without the spaces around them, which a workbook does not keep."""
    return tuple(text.strip() for text in (said.statement, said.evidence, said.process, said.reason))


def find_finding(office: Office, number: str) -> tuple[str, Finding]:
    """Journal and record of the finding of a number.

    Raises:
        NotFound: there is none.
    """
    journal, key = office.find("findings", number)
    return journal, office.dossier(journal).findings[key]


def numbers_used(office: Office, journal: str, audit: Audit) -> set[str]:
    """Every number that a finding of an audit bears or bore: one that was struck out is not given again."""
    used = {each.number for each in office.dossier(journal).findings.values()}
    for entry in office.store.read(journal):
        used |= {str(record["number"]) for record in entry.put.get("findings", {}).values()}
    return {number for number in used if number.startswith(f"{audit.number}/")}


def numbered(
    office: Office, audit: Audit, said: Iterable[Said], used: Collection[str], dossier: Dossier, *, by: str, on: date
) -> list[Finding]:
    """Findings of one auditor, numbered on from the auditor's own count: `2026-014/AK-3`."""
    person = office.body.people.get(by)
    start = f"{audit.number}/{person.initials if person else by}-"
    counts = [int(number[len(start) :]) for number in used if re.fullmatch(re.escape(start) + r"\d+", number)]
    last = max(counts, default=0)
    checklist = checklist_of(audit.id, dossier)
    rows = {row.id: row for row in checklist.rows} if checklist else {}
    made = []
    for count, each in enumerate(said, last + 1):
        row = rows.get(each.row)
        made.append(
            Finding(
                id=office.make_id(),
                number=f"{start}{count}",
                audit=audit.id,
                row=each.row,
                site=each.site or (row.site if row else ""),
                grade=each.grade,
                requirement=each.requirement,
                clause=row.clause if row else _clause(office, audit, each.requirement),
                statement=each.statement,
                evidence=each.evidence,
                evidence_ids=each.evidence_ids,
                process=each.process,
                reason=each.reason,
                by=by,
                recorded_on=on,
            )
        )
    return made


def _clause(office: Office, audit: Audit, requirement: str) -> str:
    standard = office.standard(audit.standard)
    if found := standard.requirement(requirement):
        return found.clauses[0] if found.clauses else ""
    return requirement if standard.clause(requirement) else ""


def unknown_requirement(office: Office, audit: Audit, requirement: str) -> str:
    """What is wrong with a requirement that a finding cites; empty where it is one of the audit criteria.

    Guidance has no requirements: there, a finding cites the body's scheme by its numbers, never a clause.
    """
    standard = office.standard(audit.standard)
    if not requirement or standard.requirement(requirement):
        return ""
    if standard.nature is not Nature.GUIDANCE and standard.clause(requirement):
        return ""
    numbers = [each.number for each in standard.requirements] or [each.number for each in standard.clauses]
    import difflib

    close = difflib.get_close_matches(requirement, numbers, n=3)
    hint = f"; near it are {', '.join(close)}" if close else ""
    return f"{requirement!r} is no requirement of {audit.criteria}{hint}"


def in_turn(attempt: Callable[[], T], moved: Callable[[], object]) -> T:
    """What `attempt` gives; tried anew where it failed and what `moved` shows is not what it was before.

    Two auditors who record at the same moment take turns, and neither has to know of it.
    """
    for _ in range(ATTEMPTS):
        before = moved()
        try:
            return attempt()
        except (Changed, Refused):
            if moved() == before:
                raise
    raise Changed("The record kept changing while this was recorded.", next="try again")


def record_finding(office: Office, number: str, said: Said, *, hand: Hand, on: date, why: str = "") -> Finding:
    """Put one finding on record, under the auditor's next number."""
    journal, audit = find_audit(office, number)
    if wrong := unknown_requirement(office, audit, said.requirement):
        raise BadData(f"Not recorded: {wrong}.", next=f"certbody standard show {audit.standard}")

    def attempt() -> Finding:
        dossier = office.dossier(journal)
        used = numbers_used(office, journal, audit)
        [made] = numbered(office, audit, [said], used, dossier, by=hand.by, on=on)
        office.record(journal, "finding recorded", {"findings": [made]}, hand=hand, why=why)
        return made

    return in_turn(attempt, lambda: {each.number for each in office.dossier(journal).findings.values()})


def amend_finding(office: Office, number: str, changes: Mapping[str, Any], *, hand: Hand, why: str = "") -> Finding:
    """Amend a finding until the report is issued; it keeps number, date and author, and the journal keeps what it was.

    Raises:
        BadData: another auditor raised it.
    """
    journal, held = find_finding(office, number)
    seen = office.dossier(journal)
    audit = seen.audits[held.audit]
    if held.by != hand.by:
        raise BadData(
            f"{held.number} is {office.body.name(held.by)}'s finding.", next="let its author amend it, with --as"
        )
    changed = attrs.evolve(held, **{name: value for name, value in changes.items() if value not in (None, "")})
    if wrong := unknown_requirement(office, audit, changed.requirement):
        raise BadData(f"Not recorded: {wrong}.", next=f"certbody standard show {audit.standard}")
    office.record(journal, "finding amended", {"findings": [changed]}, hand=hand, why=why, seen=seen)
    return changed


def strike_finding(office: Office, number: str, *, hand: Hand, why: str) -> Finding:
    """Strike a finding out, with the reason; its number is not given again."""
    journal, held = find_finding(office, number)
    strike = {"findings": {held.id: why}}
    office.record(journal, "finding struck out", {}, strike=strike, hand=hand, why=why)
    return held


def acknowledge(
    office: Office, number: str, *, by: str, disputed: bool, remark: str, hand: Hand, on: date, why: str = ""
) -> tuple[Finding, Acknowledgement]:
    """Put on record that the client took note of a finding, or disputes it (9.4.5, 9.4.7).

    Raises:
        BadData: the day lies before the finding's, or a dispute says nothing.
    """
    journal, finding = find_finding(office, number)
    if on < finding.recorded_on:
        raise BadData(f"{finding.number} was recorded on {finding.recorded_on}; nobody acknowledged it on {on}.")
    if disputed and not remark.strip():
        raise BadData(f"What does the client dispute about {finding.number}?", next="give --remark TEXT")
    made = Acknowledgement(id=office.make_id(), finding=finding.id, on=on, by=by, disputed=disputed, remark=remark)
    what = "finding disputed by client" if disputed else "finding acknowledged by client"
    office.record(journal, what, {"acknowledgements": [made]}, hand=hand, why=why)
    return finding, made

"""Regradings in the office: put on record by the person's own act, told to the client, and written in a letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.domain.findings import Finding, Grade
from certbody.domain.regrading import Regrading, RegradingNotice, regradings_of, told
from certbody.errors import NotFound
from certbody.office.findings import find_finding
from certbody.office.hand import Hand
from certbody.office.office import Office
from certbody.office.papers import Paper, issue


def regrade(
    office: Office,
    number: str,
    *,
    to: Grade,
    reason: str,
    on: date,
    hand: Hand,
    told_on: date | None = None,
    told_to: str = "",
    why: str = "",
) -> tuple[Finding, Regrading, RegradingNotice | None]:
    """Give a reported nonconformity another grade; with `told_on`, also that the client was told, and whom."""
    journal, finding = find_finding(office, number)
    made = Regrading(id=office.make_id(), finding=finding.id, regraded_on=on, by=hand.by, grade=to, reason=reason)
    notice = _notice(office, journal, made, told_on, told_to, hand) if told_on else None
    put: dict[str, list[Any]] = {"regradings": [made], "regrading_notices": [notice] if notice else []}
    put = {table: records for table, records in put.items() if records}
    office.record(journal, "nonconformity regraded", put, hand=hand, why=why)
    return finding, made, notice


def tell(
    office: Office, number: str, *, on: date, hand: Hand, told_to: str = "", why: str = ""
) -> tuple[Finding, Regrading, RegradingNotice]:
    """Put on record that the client was told of the newest regrading of a nonconformity.

    Raises:
        NotFound: there is none, or the client was told already.
    """
    journal, finding, last = _last(office, number)
    if known := told(last, office.dossier(journal)):
        raise NotFound(
            f"The client was told on {known.told_on} that {finding.number} was regraded to '{last.grade}'.",
            next=f"certbody nc show {finding.number}",
        )
    made = _notice(office, journal, last, on, told_to, hand)
    office.record(journal, "client told of regrading", {"regrading_notices": [made]}, hand=hand, why=why)
    return finding, last, made


def regrading_paper(office: Office, number: str, *, hand: Hand, on: date) -> Paper:
    """Issue the letter on the newest regrading of a nonconformity.

    Raises:
        NotFound: it was not regraded.
    """
    journal, finding, last = _last(office, number)
    standard = office.dossier(journal).audits[finding.audit].standard
    return issue(office, "regrading", journal, last.id, hand=hand, on=on, standard=standard)


def _last(office: Office, number: str) -> tuple[str, Finding, Regrading]:
    journal, finding = find_finding(office, number)
    found = regradings_of(finding.id, office.dossier(journal))
    if not found:
        raise NotFound(f"{finding.number} was not regraded.", next=f"certbody nc regrade {finding.number}")
    return journal, finding, found[-1]


def _notice(office: Office, journal: str, regrading: Regrading, on: date, told_to: str, hand: Hand) -> RegradingNotice:
    client = office.dossier(journal).client
    to = told_to or (client.representative if client else "")
    return RegradingNotice(id=office.make_id(), regrading=regrading.id, told_on=on, by=hand.by, told_to=to)

"""More time to answer a nonconformity, in the office."""

from __future__ import annotations

from datetime import date

from certbody.domain.extension import Extension
from certbody.domain.findings import Finding
from certbody.office.findings import find_finding
from certbody.office.hand import Hand
from certbody.office.office import Office


def extend(
    office: Office, number: str, *, until: date, reason: str, on: date, hand: Hand, why: str = ""
) -> tuple[Finding, Extension]:
    """Give the client more time to answer a nonconformity, approved by the person whose act it is."""
    journal, finding = find_finding(office, number)
    made = Extension(id=office.make_id(), finding=finding.id, extended_on=on, until=until, by=hand.by, reason=reason)
    office.record(journal, "time to answer extended", {"extensions": [made]}, hand=hand, why=why)
    return finding, made

"""The register of nonconformities: of one client, or of the whole office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.workbook_fields import site_name, standing
from certbody.domain.dossier import Dossier
from certbody.domain.findings import Finding
from certbody.domain.nonconformity import progress

OFFICE = "all"
"""The register's number where it is of the whole office."""


def fields(showing: Showing) -> Mapping[str, Any]:
    """Every nonconformity recorded by the day, oldest audit first.

    `showing.extra["dossiers"]`, a mapping of journal names to dossiers, makes it the register of the whole office.
    """
    client = showing.dossier.client
    return {
        **standing(showing, "Register of nonconformities", number(showing)),
        "register": {"of": client.name if client and number(showing) != OFFICE else "all clients"},
        "nonconformities": [
            _row(finding, dossier, showing) for dossier in _dossiers(showing) for finding in _raised(dossier, showing)
        ],
    }


def number(showing: Showing) -> str:
    """The client's, or `all`."""
    client = showing.dossier.client
    return client.id if client and "dossiers" not in showing.extra else OFFICE


def _dossiers(showing: Showing) -> list[Dossier]:
    several: Mapping[str, Dossier] | None = showing.extra.get("dossiers")
    return [showing.dossier] if several is None else [several[name] for name in sorted(several)]


def _raised(dossier: Dossier, showing: Showing) -> Iterator[Finding]:
    found = (each for each in dossier.findings.values() if each.nonconformity and each.recorded_on <= showing.on)
    return iter(sorted(found, key=lambda each: _natural(each.number)))


def _natural(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", number)]


def _row(finding: Finding, dossier: Dossier, showing: Showing) -> dict[str, Any]:
    stands = progress(finding, dossier, showing.body, showing.on)
    audit = dossier.audits.get(finding.audit)
    response, review = stands.response, stands.review
    verified, effective = stands.verification, stands.effectiveness
    last = stands.regradings[-1] if stands.regradings else None
    return {
        "number": finding.number,
        "client": dossier.client.name if dossier.client else dossier.journal,
        "audit": f"{audit.number}, {audit.title}" if audit else finding.audit,
        "grade": str(stands.finding.grade),
        "regraded": f"from {finding.grade}, {last.regraded_on}" if last else "",
        "requirement": finding.requirement,
        "site": site_name(finding.site, dossier) if finding.site else "",
        "statement": finding.statement,
        "raised_on": finding.recorded_on,
        "due_on": stands.due_on,
        "extended_on": stands.extensions[-1].extended_on if stands.extensions else None,
        "stage": stands.stage,
        "disputed": "disputed" if stands.disputed else "",
        "responded_on": response.received_on if response else None,
        "accepted_on": review.reviewed_on if review and review.accepted else None,
        "verified_on": verified.verified_on if verified and verified.implemented else None,
        "effective_on": effective.confirmed_on if effective and effective.effective else None,
    }


REGISTER = Deliverable(
    kind="register", title="Register of nonconformities", template="register.xlsx", fields=fields, number=number
)

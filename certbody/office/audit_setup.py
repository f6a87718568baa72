"""Setting up an audit: what it is for, when, how long, at which sites, against what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

from certbody.domain.application import Application
from certbody.domain.audit import Audit
from certbody.domain.audit_time import time_of
from certbody.domain.certificate import granted
from certbody.domain.dossier import Dossier
from certbody.domain.standard import AuditType, Nature
from certbody.office.hand import Hand
from certbody.office.numbered import record_numbered
from certbody.office.office import Office

OBJECTIVES = {
    "stage 1": "See whether the client is ready for stage 2: its documented information, its sites and how they "
    "differ, its own understanding of what is required and of its key results, and the scope with its legal "
    "obligations. See that internal audits and management review are planned and carried out. "
    "Agree what stage 2 needs, and where it has to look closely.",
    "stage 2": "Determine how far the client's management system conforms to the audit criteria, whether it makes the "
    "client able to keep its legal, regulatory and contractual obligations (which this audit does not examine one by "
    "one), whether it is effective for the client's own objectives, and where it could be improved.",
    AuditType.SURVEILLANCE: "See whether the certified system goes on fulfilling the audit criteria between the full "
    "audits: internal audits and management review, what was done about earlier nonconformities, complaints, "
    "effectiveness for the client's objectives, planned improvement, operational control, changes, and the use of the "
    "certificate and the marks.",
    AuditType.RECERTIFICATION: "Determine over the whole cycle whether the whole system conforms and is effective, "
    "whether it still fits the scope, and whether the client's commitment to keep it up and improve it is shown.",
    AuditType.SPECIAL: "Look at what gave reason for this audit, and determine whether the audit criteria are "
    "fulfilled in what it touches.",
}
"""What an audit is for, unless the office says otherwise (ISO/IEC 17021-1:2015, 9.2.1, 9.3.1, 9.6.2, 9.6.3, 9.6.4)."""


def new_audit(
    office: Office,
    application: str,
    *,
    kind: AuditType = AuditType.INITIAL,
    stage: int = 0,
    starts_on: date,
    ends_on: date,
    hand: Hand,
    on: date,
    days: Decimal | None = None,
    remote_days: Decimal = Decimal(0),
    sites: tuple[str, ...] = (),
    objectives: str = "",
    scope: str = "",
    criteria: str = "",
    why: str = "",
) -> tuple[str, Audit]:
    """Set up an audit of an application, by its number; its journal and its record.

    What is not given comes from the record: criteria from the published scheme (guidance) or the standard, scope
    from the application, or from what was decided since, days from the audit time, sites from the audit time or, for a
    surveillance, from the programme.

    Args:
        stage: of an initial audit, 1 or 2; 0 for any other.
    """
    journal, key = office.find("applications", application)
    dossier = office.dossier(journal)
    asked = dossier.applications[key]
    record = time_of(key, dossier)
    planned = record.days_for(kind, stage) if record else Decimal(0)
    certified, places = granted(asked, dossier, on)

    def made(record_id: str, number: str) -> Audit:
        return Audit(
            id=record_id,
            number=number,
            application=key,
            kind=kind,
            stage=stage,
            standard=asked.standard,
            criteria=criteria or _criteria(office, asked, on),
            objectives=objectives or OBJECTIVES[f"stage {stage}" if stage else kind],
            scope=scope or certified,
            starts_on=starts_on,
            ends_on=ends_on,
            days=planned if days is None else days,
            remote_days=remote_days,
            sites=sites or _sites(attrs.evolve(asked, sites=places), kind, stage, dossier, on),
            language=asked.language,
        )

    return journal, record_numbered(
        office, journal, "audit planned", "audit", "audits", made, hand=hand, on=on, why=why
    )


def _criteria(office: Office, asked: Application, on: date) -> str:
    published = office.body.scheme_for(asked.standard, on)
    return published.citation if asked.basis.nature is Nature.GUIDANCE and published else asked.basis.criteria


def _sites(asked: Application, kind: AuditType, stage: int, dossier: Dossier, on: date) -> tuple[str, ...]:
    """The central site; from stage 2 on the sampled ones as well, or all where nothing was sampled.

    A surveillance goes where the programme sends the next one that is due.
    """
    central = tuple(site for site in asked.sites if site in dossier.sites and dossier.sites[site].central)
    if stage == 1 and central:
        return central
    if kind is AuditType.SURVEILLANCE and (turn := _next_surveillance(asked.id, dossier)):
        return tuple(site for site in turn if site in asked.sites) or asked.sites
    record = time_of(asked.id, dossier)
    sampled = set(record.sampled_sites) if record and len(record.loads) > 1 else set(asked.sites)
    return tuple(site for site in asked.sites if site in sampled or site in central) or asked.sites


def _next_surveillance(application: str, dossier: Dossier) -> tuple[str, ...]:
    """The sites of the programme's surveillance that comes next, by how many were set up before; empty for none."""
    programmes = [each for each in dossier.programmes.values() if each.application == application]
    newest = max(programmes, key=lambda each: (each.made_on, each.id), default=None)
    turns = [each for each in newest.planned if each.kind is AuditType.SURVEILLANCE] if newest else []
    before = [
        each
        for each in dossier.audits.values()
        if each.application == application and each.kind is AuditType.SURVEILLANCE
    ]
    return turns[len(before) % len(turns)].sites if turns else ()

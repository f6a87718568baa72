"""Audit time of an application: determined by its scheme's method, with the sample of sites, on record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from certbody import resources
from certbody.domain import inputs as scheme_inputs
from certbody.domain.application import Application
from certbody.domain.audit_time import AuditTime, Factor, Input, Rounding, SiteLoad
from certbody.domain.dossier import Dossier
from certbody.domain.sampling import draw, sample_size
from certbody.domain.standard import AuditType
from certbody.domain.time_method import Adjust
from certbody.errors import BadData
from certbody.office.hand import Hand
from certbody.office.office import Office


def loads(application: Application, dossier: Dossier) -> tuple[SiteLoad, ...]:
    """All sites in scope, as audit time sees them, the central one first."""
    sites = [dossier.sites[key] for key in application.sites if key in dossier.sites]
    return tuple(
        SiteLoad(site=site.id, name=site.name, central=site.central, personnel=site.personnel)
        for site in sorted(sites, key=lambda site: not site.central)
    )


def determine_time(
    office: Office,
    number: str,
    *,
    determined_on: date,
    hand: Hand,
    factors: tuple[Factor, ...] = (),
    sampled_factors: tuple[Factor, ...] = (),
    chosen: tuple[str, ...] = (),
    all_sites: bool = False,
    sampling_reason: str = "",
    seed: str = "",
    onsite_share: Decimal = Decimal(80),
    why: str = "",
) -> AuditTime:
    """Determine the audit time of an application by its scheme's method, with the sample of sites, on record.

    Args:
        chosen: sites chosen by judgement, after the random share is drawn from `seed`.
        all_sites: audit every site, where sampling is not appropriate.
    """
    journal, key = office.find("applications", number)
    dossier, body = office.dossier(journal), office.body
    application = dossier.applications[key]
    scheme = office.scheme(application.standard)
    everywhere = loads(application, dossier)
    others = [load.site for load in everywhere if not load.central]
    size = len(others) if all_sites else sample_size(len(others), AuditType.INITIAL)
    seed = seed or f"{application.number} {determined_on}"
    try:
        sample = draw(others, size, seed, chosen=chosen) if others else None
    except ValueError as fault:
        raise BadData(f"The sites of {number} are not sampled.", [str(fault)]) from None
    audited = set(sample.sites) if sample else set()
    policy = body.policy
    adjust = Adjust(
        factors=factors,
        sampled=sampled_factors,
        rounding=Rounding(policy.rounding),
        surveillance_minimum=policy.minimum_surveillance_days,
    )
    try:
        answers = scheme_inputs.answers(scheme.inputs, application.inputs)
        found = scheme.determine(
            answers, [load for load in everywhere if load.central or load.site in audited], resources.table, adjust
        )
    except ValueError as trouble:  # an answer that the scheme cannot use, or no number in the table
        raise BadData(f"The audit time of {number} is not determined.", [str(trouble)]) from None
    made = AuditTime(
        id=office.make_id(),
        application=key,
        determined_on=determined_on,
        by=hand.by,
        method=found.method,
        personnel=sum(load.personnel for load in everywhere),
        factors=factors,
        sampled_factors=sampled_factors if audited else (),
        lines=found.lines,
        loads=everywhere,
        sites=found.sites,
        sampled_sites=sample.sites if sample else (),
        sampled_random=sample.drawn if sample else (),
        sampling_seed=seed if sample else "",
        sampling_reason=sampling_reason or (_sampling(len(others), size) if sample else ""),
        rounding=Rounding(policy.rounding),
        table=found.table,
        onsite_share=onsite_share,
        inputs=tuple(Input(name=name, value=value) for name, value in scheme_inputs.as_text(answers)),
    )
    office.record(journal, "audit time determined", {"audit_times": [made]}, hand=hand, why=why)
    return made


def _sampling(others: int, size: int) -> str:
    if size == others:
        return f"All {others} sites besides the central one are audited."
    return (
        f"{size} of {others} sites besides the central one, the square root rounded up (IAF MD 1:2023); "
        "at least a quarter drawn at random, the central function audited as well."
    )

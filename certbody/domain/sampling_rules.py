"""The rules on sampling of sites (rule 14): enough of them, partly by chance, the central one always."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.audit import Audit
from certbody.domain.audit_time import LEAST_FACTORS, LEAST_SAMPLED, AuditTime, signed, time_of
from certbody.domain.objection import Said, rule
from certbody.domain.sampling import random_share, ranked, sample_size
from certbody.domain.standard import AuditType

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

_MD1 = "IAF MD 1:2023; ISO/IEC 17021-1:2015, 9.1.5"


@rule(14, "B", _MD1, of="audit_times", reads="applications")
def a_sample_is_large_enough_and_partly_drawn(
    record: AuditTime, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A sample of sites reaches the formula, is partly drawn at random, and its reason is stored (MD 1)."""
    loads = {load.site for load in record.loads}
    application = dossier.applications.get(record.application)
    if application and (missing := [site for site in application.sites if site not in loads]):
        yield (
            f"The audit time leaves out {', '.join(missing)}: every site in scope counts, none is merged away.",
            "count every site of the application",
        )
    yield from _reductions(record)
    if len(loads) < 2:
        return
    central = [load.site for load in record.loads if load.central]
    timed = {each.site for each in record.sites}
    if len(central) != 1:
        yield ("Of several sites, one is the central function.", "mark one site as central")
    elif central[0] not in timed:
        yield (
            "The central function is audited every time; the audit time leaves it out.",
            "give the central function its time",
        )
    others, sampled = loads - set(central), set(record.sampled_sites)
    if strange := sorted(sampled - others):
        yield (
            f"{', '.join(strange)} cannot be sampled: no further site of this application.",
            "name further sites of the application",
        )
    if untimed := sorted(sampled & others - timed):
        yield (f"Sampled without any audit time: {', '.join(untimed)}.", "give each sampled site its time")
    least = sample_size(len(others), AuditType.INITIAL)
    if len(sampled & others) < least:
        yield (
            f"{len(sampled & others)} of {len(others)} sites are sampled; at least {least} are needed.",
            "sample more sites",
        )
    if sampled >= others:
        return
    yield from _chance(record, others, sampled)
    if not record.sampling_reason.strip():
        yield ("The reason for this sample is not stored.", "say why these sites and why sampling is appropriate")


@rule(14, "B", _MD1, of="audits", reads="audit_times")
def an_audit_visits_its_sample(audit: Audit, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An audit of several sites visits the central function and as many others as the formula asks (MD 1)."""
    record = time_of(audit.application, dossier)
    if record is None or len(record.loads) < 2 or audit.kind is AuditType.SPECIAL or audit.stage == 1:
        return
    visited = set(audit.sites)
    if audit.kind is AuditType.INITIAL:
        visited |= {
            site
            for each in dossier.audits.values()
            if (each.application, each.kind, each.stage) == (audit.application, audit.kind, audit.stage)
            for site in each.sites
        }
        if left := [site for site in record.sampled_sites if site not in visited]:
            yield (
                f"Audit {audit.number} leaves out {', '.join(left)} of the sample on record.",
                "visit the sample, or draw another with the reason",
            )
    if record.central and record.central not in visited:
        yield (f"Audit {audit.number} leaves out the central function ({record.central}).", "add the central function")
    others = {load.site for load in record.loads if not load.central}
    least = sample_size(len(others), audit.kind, effective=True)
    if (count := len(visited & others)) < least:
        yield (
            f"Audit {audit.number} visits {count} of {len(others)} further sites; at least {least} are needed.",
            "visit more sites",
        )
    elif count < (usual := sample_size(len(others), audit.kind)):
        yield (
            f"Audit {audit.number} visits {count} further sites, not {usual}: for a system that proved effective.",
            "say what shows that it did",
            "W",
        )


def _reductions(record: AuditTime) -> Iterator[Said]:
    for each in record.sites:
        alone = each.site == record.central or len(record.sites) == 1
        least = LEAST_FACTORS if alone else LEAST_SAMPLED
        if each.percent < least or each.days * 100 < each.base * (100 + least):
            yield (
                f"Site {each.site} has {each.days:f} days of {each.base:f} ({signed(each.percent)}); "
                f"a reduction goes to {signed(least)} at most.",
                "take factors back until it holds",
            )


def _chance(record: AuditTime, others: set[str], sampled: set[str]) -> Iterator[Said]:
    drawn, share = set(record.sampled_random), random_share(len(sampled))
    if len(drawn & sampled) < share:
        yield (
            f"{len(drawn & sampled)} of {len(sampled)} sampled sites are drawn at random, not {share} as needed.",
            "draw the sample again",
        )
    elif not record.sampling_seed:
        yield ("The random draw has no seed on record, so nobody can repeat it.", "draw the sample again")
    elif early := [site for site in ranked(others, record.sampling_seed)[:share] if site not in drawn]:
        yield (f"The seed on record draws {', '.join(early)}, which the sample leaves out.", "draw the sample again")

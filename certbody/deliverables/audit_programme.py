"""The audit programme: the audits of the cycle, which site is visited when and why, and the audit time behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.workbook_fields import heading, site_name
from certbody.domain.application import Application
from certbody.domain.audit_time import AuditTime, signed
from certbody.domain.dossier import Dossier
from certbody.domain.programme import AuditProgramme, PlannedAudit

COLUMNS = ("stage 1", "stage 2", "surveillance 1", "surveillance 2", "recertification")
"""The audits that have a column in the table of sites; others stand in the list of audits alone."""
CENTRAL, DRAWN, CHOSEN, VISITED, NOT_VISITED = "central", "drawn", "chosen", "visited", "–"


def fields(showing: Showing) -> Mapping[str, Any]:
    """The programme that is shown, with its sites and its audit time."""
    made, dossier = _programme(showing), showing.dossier
    application = dossier.applications[made.application]
    time = dossier.audit_times.get(made.audit_time)
    return {
        **heading(showing, "Audit programme", number(showing)),
        "programme": {
            "application": application.number,
            "criteria": application.basis.criteria,
            "scope": application.scope,
            "made_on": made.made_on,
            "by": showing.body.name(made.by),
            "sampling": made.sampling,
            "considered": made.considered,
        },
        "audits": [_audit(each, dossier) for each in made.planned],
        "sites": [_site(site, made, time, dossier) for site in application.sites],
        "time": _time(time, showing),
        "lines": list(_lines(time, dossier)),
        "factors": list(_factors(time)),
        "site_times": list(_site_times(time, dossier)),
    }


def number(showing: Showing) -> str:
    """The application's."""
    return _application(showing).number


def _programme(showing: Showing) -> AuditProgramme:
    return showing.dossier.programmes[showing.about]


def _application(showing: Showing) -> Application:
    return showing.dossier.applications[_programme(showing).application]


def _audit(planned: PlannedAudit, dossier: Dossier) -> dict[str, Any]:
    sites = ", ".join(site_name(site, dossier) for site in planned.sites)
    return {
        "audit": planned.title,
        "year": planned.year,
        "days": planned.days,
        "sites": sites or "to be sampled",
        "planned_for": planned.planned_for,
        "not_after": planned.not_after,
        "focus": planned.focus,
    }


def _site(site: str, made: AuditProgramme, time: AuditTime | None, dossier: Dossier) -> dict[str, Any]:
    """A row of the table of sites: one word for each audit."""
    known = dossier.sites.get(site)
    central = known is not None and known.central
    marks = {_key(title): _mark(site, central, title, made, time) for title in COLUMNS}
    return {
        "site": site_name(site, dossier),
        "where": known.where if known else "",
        "personnel": known.personnel if known else None,
        **marks,
        "reason": _reason(site, central, time),
    }


def _key(title: str) -> str:
    return title.replace(" ", "_")


def _mark(site: str, central: bool, title: str, made: AuditProgramme, time: AuditTime | None) -> str:
    planned = next((each for each in made.planned if each.title == title), None)
    if planned is None:
        return NOT_VISITED
    if not planned.sites:
        return CENTRAL if central else "to be sampled"
    if site not in planned.sites:
        return NOT_VISITED
    if central:
        return CENTRAL
    if title == "stage 2" and time and site in time.sampled_sites and len(time.loads) - 1 > len(time.sampled_sites):
        return DRAWN if site in time.sampled_random else CHOSEN
    return VISITED


def _reason(site: str, central: bool, time: AuditTime | None) -> str:
    """Why the site is in the sample of the initial audit, or not."""
    if central:
        return "Central function: visited at every audit."
    if time is None:
        return ""
    if site not in time.sampled_sites:
        return "Not in the sample of the initial audit."
    if len(time.sampled_sites) >= len(time.loads) - 1:
        return "All sites are visited at the initial audit."
    if site in time.sampled_random:
        return f"Drawn at random (seed {time.sampling_seed})." if time.sampling_seed else "Drawn at random."
    return "Chosen by judgement."


def _time(time: AuditTime | None, showing: Showing) -> dict[str, Any]:
    if time is None:
        keys = ("determined_on", "by", "method", "table", "rounding", "onsite_share", "sampling", "inputs")
        return {**dict.fromkeys(keys, ""), "personnel": None}
    return {
        "determined_on": time.determined_on,
        "by": showing.body.name(time.by),
        "method": time.method,
        "table": time.table,
        "personnel": time.personnel,
        "rounding": f"half days, {time.rounding}",
        "onsite_share": f"{time.onsite_share:f} % of the audit time between opening and closing meeting, at least",
        "sampling": time.sampling_reason,
        "inputs": "\n".join(f"{each.name.replace('_', ' ')}: {each.value or '–'}" for each in time.inputs),
    }


def _lines(time: AuditTime | None, dossier: Dossier) -> Iterator[dict[str, Any]]:
    for line in time.lines if time else ():
        site = site_name(line.site, dossier) if line.site else ""
        yield {"item": line.item, "phase": str(line.phase), "site": site, "days": line.days, "why": line.why}


def _factors(time: AuditTime | None) -> Iterator[dict[str, Any]]:
    every = [("all sites", each) for each in time.factors] if time else []
    sampled = [("sampled sites", each) for each in time.sampled_factors] if time else []
    for where, factor in (*every, *sampled):
        yield {"where": where, "percent": signed(factor.percent), "reason": factor.reason}
    if not every and not sampled:
        yield {"where": "all sites", "percent": signed(Decimal(0)), "reason": "No factors."}


def _site_times(time: AuditTime | None, dossier: Dossier) -> Iterator[dict[str, Any]]:
    people = {load.site: load.personnel for load in time.loads} if time else {}
    for each in time.sites if time else ():
        yield {
            "site": site_name(each.site, dossier) if each.site in dossier.sites else each.site,
            "personnel": people.get(each.site),
            "base": each.base,
            "percent": signed(each.percent),
            "days": each.days,
        }


AUDIT_PROGRAMME = Deliverable(
    kind="audit-programme",
    title="Audit programme",
    template="audit-programme.xlsx",
    fields=fields,
    number=number,
)

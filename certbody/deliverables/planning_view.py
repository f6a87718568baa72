"""The planning view: audits by month and auditor, the days of each, and what is due and not planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from certbody.deliverables.planned_days import Window, month, parted
from certbody.deliverables.planning_gaps import Gap, gaps
from certbody.deliverables.planning_totals import Seen, totals
from certbody.deliverables.rows import Cell, Column, Form, Listing, Marked, Tone
from certbody.domain.audit import Assignment, Audit, MeetingKind, assignments_of, closed_on, meeting_of
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier

KIND, TITLE = "planning", "Planning of audits"
READS = (
    *("clients", "applications", "programmes", "audits", "assignments", "meetings"),
    *("decisions", "annulments", "certificates"),
)
"""The tables that the view looks at; a plan is read where an audit is partly remote or runs over two months."""
_STATES = {"held": Tone.GOOD, "under way": Tone.NOTE, "planned": Tone.QUIET, "not opened": Tone.BAD}

_AUDITS = (
    Column(key="month", heading="Month", width=9, bold=True, spoken=True),
    Column(key="starts_on", heading="From", width=10.5, form=Form.DATE, spoken=True),
    Column(key="ends_on", heading="To", width=10.5, form=Form.DATE, spoken=True),
    Column(key="audit", heading="Audit", width=10.5, bold=True, spoken=True),
    Column(key="what", heading="What", width=21, spoken=True),
    Column(key="client_number", heading="Client no.", width=9),
    Column(key="client", heading="Client", width=25, spoken=True),
    Column(key="standard", heading="Standard", width=14),
    Column(key="sites", heading="Sites", width=7, form=Form.WHOLE),
    Column(key="team", heading="Team", width=38, spoken=True),
    Column(key="days", heading="Auditor-days", width=9.5, form=Form.DAYS, spoken=True),
    Column(key="onsite_days", heading="on site", width=8, form=Form.DAYS),
    Column(key="remote_days", heading="remote", width=8.5, form=Form.DAYS),
    Column(key="unassigned_days", heading="of nobody yet", width=9, form=Form.DAYS),
    Column(key="state", heading="State", width=12, bold=True, spoken=True),
)
_BY_AUDITOR = (
    Column(key="month", heading="Month", width=9, bold=True, spoken=True),
    Column(key="auditor", heading="Auditor", width=24, bold=True, spoken=True),
    Column(key="initials", heading="Initials", width=8.5),
    Column(key="role", heading="Role", width=13),
    Column(key="audit", heading="Audit", width=11, spoken=True),
    Column(key="what", heading="What", width=22),
    Column(key="client_number", heading="Client no.", width=9),
    Column(key="client", heading="Client", width=30, spoken=True),
    Column(key="starts_on", heading="From", width=10.5, form=Form.DATE, spoken=True),
    Column(key="ends_on", heading="To", width=10.5, form=Form.DATE, spoken=True),
    Column(key="onsite_days", heading="On site", width=9, form=Form.DAYS),
    Column(key="remote_days", heading="Remote", width=9, form=Form.DAYS),
    Column(key="days", heading="Days", width=8, form=Form.DAYS, spoken=True),
)
_DUE = (
    Column(key="not_after", heading="Due by", width=11, form=Form.DATE, bold=True, spoken=True),
    Column(key="days_left", heading="Days left", width=8, form=Form.WHOLE),
    Column(key="what", heading="What", width=17, bold=True, spoken=True),
    Column(key="client_number", heading="Client no.", width=9),
    Column(key="client", heading="Client", width=26, spoken=True),
    Column(key="certificate", heading="Certificate", width=16, spoken=True),
    Column(key="application", heading="Application", width=13),
    Column(key="standard", heading="Standard", width=15),
    Column(key="sites", heading="Sites", width=7, form=Form.WHOLE),
    Column(key="days", heading="Auditor-days", width=9.5, form=Form.DAYS, spoken=True),
    Column(key="in_programme", heading="In the programme for", width=12, form=Form.DATE),
    Column(key="gap", heading="Gap", width=42, bold=True, spoken=True),
)


def listings(dossiers: Iterable[Dossier], body: Body, window: Window, on: date) -> tuple[Listing, ...]:
    """Four lists: days by auditor and month, the audits, the same by auditor, and what is due and not planned.

    Args:
        on: the day on which it is looked at: it decides what was held and what is overdue.
    """
    seen: list[Seen] = []
    missing: list[Gap] = []
    for dossier in dossiers:
        for audit in dossier.audits.values():
            if window.meets(audit.starts_on, audit.ends_on):
                seen.append(Seen(audit=audit, dossier=dossier, team=assignments_of(audit.id, dossier)))
        missing += gaps(dossier, window, on)
    seen.sort(key=lambda each: (each.audit.starts_on, each.audit.number))
    missing.sort(key=lambda each: (each.not_after, each.client, each.what))
    span = f"{window.begin:%Y-%m} to {window.end:%Y-%m}"
    none = f"No audits from {span}."
    return (
        totals(seen, missing, body, window, on),
        Listing(
            key="audits",
            title="Audits",
            hint="Every audit with a day in these months. Coloured: auditor-days that nobody has, audits not opened.",
            columns=_AUDITS,
            rows=[_audit(each, body, on) for each in seen],
            empty=none,
            frozen=4,
        ),
        Listing(
            key="by_auditor",
            title="By auditor",
            hint="The same by month and person. Days within these months, by the plan where it tells them apart.",
            columns=_BY_AUDITOR,
            rows=sorted(_by_auditor(seen, body, window), key=lambda row: tuple(map(str, (row[0], row[1], row[8])))),
            empty=none,
            frozen=2,
        ),
        Listing(
            key="due",
            title="Due, not planned",
            hint="What cycle and programme ask for until the last of these months, not planned or planned too late. "
            "A recertification is decided by its last day: audit earlier.",
            columns=_DUE,
            rows=[_due(each, on) for each in missing],
            empty=f"Everything that is due until {window.end} is planned.",
        ),
    )


def _audit(seen: Seen, body: Body, on: date) -> tuple[Cell, ...]:
    audit, dossier = seen.audit, seen.dossier
    client, application = dossier.client, dossier.applications.get(audit.application)
    state = _state(audit, dossier, on)
    return (
        f"{audit.starts_on:%Y-%m}",
        audit.starts_on,
        audit.ends_on,
        audit.number,
        audit.title,
        dossier.journal,
        client.name if client else "",
        application.basis.title if application else audit.standard,
        len(audit.sites),
        _team(seen.team, body) or Marked("nobody", Tone.WARN),
        audit.days,
        audit.days - audit.remote_days,
        audit.remote_days,
        Marked(seen.open_days, Tone.WARN) if seen.open_days else None,
        Marked(state, _STATES[state]),
    )


def _state(audit: Audit, dossier: Dossier, on: date) -> str:
    if (closed := closed_on(audit.id, dossier)) and closed <= on:
        return "held"
    opened = meeting_of(audit.id, MeetingKind.OPENING, dossier)
    if opened and opened.held_on <= on:
        return "under way"
    return "not opened" if audit.starts_on < on else "planned"


def _team(team: Iterable[Assignment], body: Body) -> str:
    """The team in a line: `Ada Kaya (leader) 2.5; Bruno Feld (auditor) 1.5`."""
    return "; ".join(f"{body.name(each.person)} ({each.role}) {each.days or ''}".rstrip() for each in team)


def _by_auditor(seen: Iterable[Seen], body: Body, window: Window) -> Iterator[tuple[Cell, ...]]:
    for each in seen:
        for place in each.team:
            by_month: dict[date, dict[bool, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
            parts = parted(place.days, each.audit, each.dossier, place.person) if place.days else {}
            for part, days in parts.items():
                by_month[part.month][part.remote] += days
            for first, days_in in (by_month or {month(each.audit.starts_on): {}}).items():
                if window.begin <= first <= window.end:
                    yield _place(each, place, body, first, days_in)


def _place(seen: Seen, place: Assignment, body: Body, first: date, days: Mapping[bool, Decimal]) -> tuple[Cell, ...]:
    person, client = body.people.get(place.person), seen.dossier.client
    onsite, remote = days.get(False, Decimal(0)), days.get(True, Decimal(0))
    return (
        f"{first:%Y-%m}",
        body.name(place.person),
        person.initials if person else None,
        str(place.role),
        seen.audit.number,
        seen.audit.title,
        seen.dossier.journal,
        client.name if client else "",
        seen.audit.starts_on,
        seen.audit.ends_on,
        onsite,
        remote,
        onsite + remote,
    )


def _due(gap: Gap, on: date) -> tuple[Cell, ...]:
    late = gap.overdue(on)
    said = f"{gap.planned} begins on {gap.planned_for}: too late" if gap.planned else "not planned"
    return (
        Marked(gap.not_after, Tone.BAD) if late else gap.not_after,
        (gap.not_after - on).days,
        gap.what,
        gap.client,
        gap.name,
        gap.certificate or None,
        gap.application,
        gap.standard,
        gap.sites,
        gap.days,
        gap.in_programme,
        Marked(f"overdue; {said}" if late else said, Tone.BAD if late or gap.planned else Tone.WARN),
    )

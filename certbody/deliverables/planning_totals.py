"""Each auditor's days in each month with their sums, and the days that nobody has: where planning begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import attrs

from certbody.deliverables.planned_days import Part, Window, month, parted
from certbody.deliverables.planning_gaps import Gap
from certbody.deliverables.rows import Cell, Column, Form, Listing, Marked, Tone
from certbody.domain.audit import AUDITING, Assignment, Audit
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.people import Function


@attrs.frozen(kw_only=True)
class Seen:
    """An audit of the window, with its dossier and its team."""

    audit: Audit
    dossier: Dossier
    team: list[Assignment]

    @property
    def open_days(self) -> Decimal:
        """Auditor-days that no leader or auditor has yet."""
        taken = sum((each.days for each in self.team if each.role in AUDITING), Decimal(0))
        return max(self.audit.days - taken, Decimal(0))


def totals(seen: Sequence[Seen], missing: Iterable[Gap], body: Body, window: Window, on: date) -> Listing:
    """Days of each leader and auditor in each month, with their sums, and the days that nobody has."""
    own: dict[str, dict[Part, Decimal]] = {person: {} for person in _auditors(body, window)}
    nobody: dict[Part, Decimal] = {}
    due: dict[Part, Decimal] = {}
    overdue: dict[Part, Decimal] = {}
    for each in seen:
        for place in each.team:
            if place.role in AUDITING and place.days:
                parts = parted(place.days, each.audit, each.dossier, place.person)
                _add(own.setdefault(place.person, {}), parts)
        if each.open_days:
            _add(nobody, parted(each.open_days, each.audit, each.dossier))
    for gap in missing:
        if gap.days and not gap.planned:
            first = max(month(gap.not_after), window.begin)  # what is overdue can be held no earlier
            _add(overdue if gap.overdue(on) else due, {Part(first, False): gap.days})
    names = sorted(own, key=lambda person: (body.name(person).casefold(), person))
    every: dict[Part, Decimal] = {}
    for person in names:
        _add(every, own[person])
    whole = dict(every)
    for parts in (nobody, due, overdue):
        _add(whole, parts)
    rows = [_row(body.name(person), _initials(person, body), own[person], window) for person in names]
    rows.append(_row("All auditors", None, every, window, Tone.QUIET))
    rows.append(_row("No auditor named", None, nobody, window, Tone.WARN))
    rows.append(_row("Due, not planned", None, due, window, Tone.WARN, split=False))
    rows.append(_row("Overdue, not planned", None, overdue, window, Tone.BAD, split=False))
    rows.append(_row("All together", None, whole, window, Tone.QUIET, split=False))
    months = (
        Column(key=f"{first:%Y-%m}", heading=f"{first:%Y-%m}", width=8.6, form=Form.DAYS) for first in window.firsts
    )
    return Listing(
        key="days",
        title="Days by month",
        hint="Auditor-days of leaders and auditors. Coloured: days that nobody has. What is overdue stands in the "
        "month that was its last, or in the first of these.",
        columns=(
            Column(key="auditor", heading="Auditor", width=24, bold=True, spoken=True),
            Column(key="initials", heading="Initials", width=8.5),
            *months,
            Column(key="total", heading="Days", width=9, form=Form.DAYS, bold=True, spoken=True),
            Column(key="onsite_days", heading="on site", width=9, form=Form.DAYS),
            Column(key="remote_days", heading="remote", width=9, form=Form.DAYS),
        ),
        rows=rows,
        empty="",
        frozen=2,
    )


def _auditors(body: Body, window: Window) -> set[str]:
    """Everybody who may audit in these months: what they have no days in is seen, too."""
    found = set()
    for each in body.competences.values():
        able = each.function in (Function.AUDITING, Function.LEADING) and each.granted_on <= window.end
        person = body.people.get(each.person)
        here = person is not None and (person.left_on is None or person.left_on >= window.begin)
        if able and here and (each.valid_until is None or each.valid_until >= window.begin):
            found.add(each.person)
    return found


def _initials(person: str, body: Body) -> str | None:
    known = body.people.get(person)
    return known.initials if known else None


def _add(to: dict[Part, Decimal], parts: Mapping[Part, Decimal]) -> None:
    for part, days in parts.items():
        to[part] = to.get(part, Decimal(0)) + days


def _row(
    name: str,
    initials: str | None,
    parts: Mapping[Part, Decimal],
    window: Window,
    tone: Tone | None = None,
    *,
    split: bool = True,
) -> tuple[Cell, ...]:
    """A row of the days by month; a month without any is empty, and a tone colours what is not.

    `split` says whether it is known what of it is on site and what remote.
    """
    within = {part: days for part, days in parts.items() if window.begin <= part.month <= window.end}
    months = [
        sum((days for part, days in within.items() if part.month == first), Decimal(0)) for first in window.firsts
    ]
    onsite = sum((days for part, days in within.items() if not part.remote), Decimal(0))
    remote = sum((days for part, days in within.items() if part.remote), Decimal(0))

    def cell(days: Decimal) -> Cell:
        return None if not days else Marked(days, tone) if tone else days

    return (
        Marked(name, tone) if tone else name,
        initials,
        *(cell(days) for days in months),
        cell(onsite + remote) or Decimal(0),
        cell(onsite) if split else None,
        cell(remote) if split else None,
    )

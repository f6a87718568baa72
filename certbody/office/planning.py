"""Proposes the slots of an audit plan: who looks at which clauses, where and when, within days of eight hours."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

import attrs

from certbody.domain.audit import AUDITING, Assignment, Audit, Slot, assignments_of
from certbody.domain.dossier import Dossier
from certbody.domain.evidence import ChecklistRow, checklist_of, rows_for
from certbody.domain.standard import Standard
from certbody.errors import BadData
from certbody.office.audits import find_audit
from certbody.office.office import Office

_HALVES = ((8 * 60 + 30, 12 * 60 + 30), (13 * 60 + 15, 17 * 60 + 15))
"""Minutes of the day; two halves of four hours with a break between make an audit day of eight (IAF MD 5, 2.2)."""
_MEETING = 30
_LEAST = 15
_GRID = 5


@attrs.frozen
class _Block:
    """Half a day of one auditor: the `half`-th of the audit, counted from 0."""

    person: str
    half: int
    day: date

    @property
    def starts(self) -> int:
        return _HALVES[self.half % 2][0]

    @property
    def ends(self) -> int:
        return _HALVES[self.half % 2][1]


def propose(office: Office, number: str) -> tuple[Slot, ...]:
    """Slots for an audit: opening, the checklist's clauses site by site, a meeting at the end of each day, closing.

    Each auditor works the assigned days, half a day at one site at least where the days allow it; each site gets
    half days by its share of checklist rows. Who brings no audit days goes with the leader. It is a draft: a person
    looks at it and changes it.

    Raises:
        BadData: nobody is assigned with days, or the working days between first and last are too few.
    """
    journal, audit = find_audit(office, number)
    dossier, standard = office.dossier(journal), office.standard(audit.standard)
    team = assignments_of(audit.id, dossier)
    auditors = [each for each in team if each.role in AUDITING and each.days > 0]
    if not auditors:
        step = f"certbody audit assign {number} PERSON --role leader --days {audit.days:f}"
        raise BadData(f"Nobody brings audit days to audit {number}.", next=step)
    rows = _rows(audit, dossier, standard)
    blocks = _blocks(auditors, audit)
    sites = _sites(blocks, rows)
    last = max(block.half for block in blocks)
    lead = auditors[0].person
    others = tuple(each.person for each in team if each.person not in {auditor.person for auditor in auditors})
    slots: list[Slot] = []
    for kind in ("opening", "evening", "closing"):
        slots += _meetings(kind, blocks, sites, last, next(iter(rows)))
    for block, site, chunk in _shared(blocks, sites, rows):
        slots += _work(block, site, chunk, _window(block, site, sites[block], last), standard)
    slots = [attrs.evolve(each, people=each.people + others) if lead in each.people else each for each in slots]
    return tuple(sorted(slots, key=lambda slot: (slot.day, slot.starts, slot.site, slot.people)))


def _rows(audit: Audit, dossier: Dossier, standard: Standard) -> dict[str, list[ChecklistRow]]:
    """Site id to its checklist rows, the central site first: as issued, or as they would be."""
    sites = tuple(dossier.sites[site] for site in audit.sites if site in dossier.sites)
    checklist = checklist_of(audit.id, dossier)
    asked = dossier.applications[audit.application]
    items = standard.items_for(audit.kind, stage=audit.stage, sector=asked.sector)
    rows = checklist.rows if checklist else rows_for(items, sites)
    ordered = sorted(sites, key=lambda site: not site.central)
    place = {clause.number: at for at, clause in enumerate(standard.clauses)}
    rows = tuple(sorted(rows, key=lambda row: place.get(row.clause, len(place))))  # supplements among their clauses
    return {site.id: [row for row in rows if row.site == site.id] for site in ordered}


def _blocks(auditors: Sequence[Assignment], audit: Audit) -> list[_Block]:
    """Every auditor's half days, leader first; whoever has fewer than others keeps the last one for the closing."""
    span = (audit.ends_on - audit.starts_on).days + 1
    days = [audit.starts_on + timedelta(days=count) for count in range(span)]
    days = [day for day in days if day.weekday() < 5] or days
    counts = {each.person: math.ceil(each.days * 2) for each in auditors}
    most = max(counts.values())
    if most > 2 * len(days):
        raise BadData(
            f"{most / 2:g} days do not fit into the {len(days)} working days of {audit.starts_on} to {audit.ends_on}.",
            next=f"certbody audit change {audit.number} --to DATE, or assign the days to more auditors",
        )
    blocks = []
    for person, count in counts.items():
        halves = [*range(count - 1), most - 1] if count > 1 else [0]
        blocks += [_Block(person, half, days[half // 2]) for half in halves]
    return blocks


def _sites(blocks: Sequence[_Block], rows: dict[str, list[ChecklistRow]]) -> dict[_Block, list[str]]:
    """The site, or sites, of each block: one block a site at least, the others by the share of rows."""
    names = list(rows)
    if len(blocks) < len(names):
        cut = [count * len(names) // len(blocks) for count in range(len(blocks) + 1)]
        return {block: names[cut[at] : cut[at + 1]] for at, block in enumerate(blocks)}
    total = sum(len(each) for each in rows.values()) or len(names)
    counts = dict.fromkeys(names, 1)
    for _ in range(len(blocks) - len(names)):
        short = max(names, key=lambda name: (len(rows[name]) or 1) / total / counts[name])
        counts[short] += 1
    order = [name for name in names for _ in range(counts[name])]
    return {block: [order[at]] for at, block in enumerate(blocks)}


def _window(block: _Block, site: str, sites: Sequence[str], last: int) -> tuple[int, int]:
    """The minutes of a block that meetings, and its other sites, leave for auditing at one site."""
    starts = block.starts + (_MEETING if block.half == 0 else 0)
    ends = block.ends - (2 * _MEETING if block.half == last else _MEETING if block.half % 2 else 0)
    at, part = sites.index(site), (ends - starts) / len(sites)
    return starts + int(at * part / _GRID) * _GRID, starts + int((at + 1) * part / _GRID) * _GRID


def _meetings(
    kind: str, blocks: Sequence[_Block], sites: dict[_Block, list[str]], last: int, main: str
) -> Iterator[Slot]:
    """Opening, closing with the team's meeting before it, or the meeting that ends every other day.

    Held at the main site; who is elsewhere takes part from there.
    """
    for half in sorted({block.half for block in blocks}):
        there = [block for block in blocks if block.half == half]
        planned: list[tuple[int, str]] = []
        if kind == "opening" and half == 0:
            planned = [(there[0].starts, "Opening meeting")]
        elif kind == "evening" and half % 2 and half != last:
            planned = [(there[0].ends - _MEETING, "Team meeting, then a word with the client on how far we are")]
        elif kind == "closing" and half == last:
            alone = len(there) == 1
            conclude = (
                "The auditor prepares findings and conclusions" if alone else "The team agrees on its conclusions"
            )
            planned = [(there[0].ends - 2 * _MEETING, conclude), (there[0].ends - _MEETING, "Closing meeting")]
        for starts, what in planned:
            at: dict[str, list[str]] = defaultdict(list)
            for block in there:
                place = main if main in sites[block] else sites[block][0 if kind == "opening" else -1]
                at[place].append(block.person)
            for site, people in at.items():
                yield _slot(there[0].day, starts, starts + _MEETING, site, what, people, remote=site != main)


def _shared(
    blocks: Sequence[_Block], sites: dict[_Block, list[str]], rows: dict[str, list[ChecklistRow]]
) -> Iterator[tuple[_Block, str, list[ChecklistRow]]]:
    """Each block with its site and its part of that site's rows."""
    for site, asked in rows.items():
        own = [block for block in blocks if site in sites[block]]
        cut = [count * len(asked) // len(own) for count in range(len(own) + 1)]
        for at, block in enumerate(own):
            yield block, site, asked[cut[at] : cut[at + 1]]


def _work(
    block: _Block, site: str, rows: list[ChecklistRow], window: tuple[int, int], standard: Standard
) -> Iterator[Slot]:
    """The slots of one block at one site, one for each main clause, by the share of its rows."""
    starts, ends = window
    groups: list[list[ChecklistRow]] = []
    for row in rows:
        if groups and groups[-1][0].clause.split(".")[0] == row.clause.split(".")[0]:
            groups[-1].append(row)
        else:
            groups.append([row])
    while len(groups) > 1 and len(groups) > (ends - starts) // _LEAST:
        groups[-2:] = [groups[-2] + groups[-1]]
    if not groups:
        yield _slot(block.day, starts, ends, site, "Activities at the site", [block.person])
        return
    share = (ends - starts - _LEAST * len(groups)) / len(rows)
    at: float = starts
    for group in groups:
        until = at + _LEAST + share * len(group)
        edges = [int(edge / _GRID + 0.5) * _GRID for edge in (at, until)]
        items = tuple(dict.fromkeys(row.item for row in group))
        yield _slot(block.day, edges[0], edges[1], site, _title(group, standard), [block.person], items)
        at = until


def _title(rows: list[ChecklistRow], standard: Standard) -> str:
    """What a slot is about: its main clauses with their titles, and from which sub-clause to which."""
    mains = dict.fromkeys(row.clause.split(".")[0] for row in rows)
    named = [f"{main} {found.title}" if (found := standard.clause(main)) else main for main in mains]
    first, last = rows[0].clause, rows[-1].clause
    span = f" ({first} to {last})" if first != last else f" ({first})"
    return "Clause " + "; ".join(named) + span


def _slot(
    day: date,
    starts: int,
    ends: int,
    site: str,
    what: str,
    people: Sequence[str],
    items: tuple[str, ...] = (),
    remote: bool = False,
) -> Slot:
    return Slot(
        day=day,
        starts=time(starts // 60, starts % 60),
        ends=time(ends // 60, ends % 60),
        site=site,
        what=what,
        people=tuple(people),
        items=items,
        remote=remote,
    )

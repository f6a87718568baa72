"""Audit plans in the office: read from a file, or proposed from team, sites and checklist; agreed with the client."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

import attrs

from certbody.domain.audit import Audit, AuditPlan, Slot, plan_of
from certbody.errors import BadData
from certbody.office.audits import find_audit
from certbody.office.hand import Hand
from certbody.office.office import Office
from certbody.records import dump, load

COLUMNS = ("day", "starts", "ends", "site", "what", "people", "items", "remote")
"""Columns of a plan as CSV, and keys of a slot as TOML; `people` are initials, `items` item numbers."""
MOST_BYTES = 2**20
_NEEDED = COLUMNS[:6]
_LISTS = ("people", "items")


def read_plan(office: Office, data: bytes, name: str) -> tuple[Slot, ...]:
    """The slots in a plan as CSV (one line a slot) or TOML (a table `[[slots]]` a slot).

    Raises:
        BadData: with every fault and its line or slot.
    """
    if len(data) > MOST_BYTES:
        raise BadData(f"{name} has {len(data):,} bytes; a plan has at most {MOST_BYTES:,}.")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise BadData(f"{name} is no text in UTF-8.", [f"{name}: byte {trouble.start + 1}"]) from None
    rows = _from_toml(content, name) if name.lower().endswith(".toml") else _from_csv(content, name)
    faults: list[str] = []
    slots = [slot for where, row in rows if (slot := _slot(office, where, row, faults))]
    if not rows:
        faults.append(f"{name}: there are no slots")
    if faults:
        raise BadData(f"{name} cannot be used as a plan.", faults, next="correct the file; nothing was recorded")
    return tuple(slots)


def _from_csv(content: str, name: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        reader = csv.DictReader(io.StringIO(content, newline=""), strict=True, delimiter=_delimiter(content))
        headings = [(each or "").strip().lower() for each in reader.fieldnames or ()]
        missing = [column for column in _NEEDED if column not in headings]
        strange = [heading for heading in headings if heading not in COLUMNS]
        if missing or strange:
            faults = [f"{name}, line 1: the column {column} is missing" for column in missing]
            faults += [
                f"{name}, line 1: {heading!r} is none of the columns {', '.join(COLUMNS)}" for heading in strange
            ]
            raise BadData(f"{name} cannot be used as a plan.", faults)
        reader.fieldnames = headings
        rows = []
        for row in reader:
            where = f"{name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise BadData(f"{name} cannot be used as a plan.", [f"{where}: has not {len(headings)} columns"])
            if any(str(value).strip() for value in row.values()):
                rows.append((where, {key: _cell(key, value) for key, value in row.items()}))
        return rows
    except csv.Error as trouble:
        raise BadData(f"{name} is no CSV.", [f"{name}: {trouble}"]) from None


def _delimiter(content: str) -> str:
    first = content.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _cell(key: str, value: str) -> Any:
    value = value.strip()
    if key in _LISTS:
        return [part for part in value.replace(",", " ").replace(";", " ").split() if part]
    if key == "remote":
        return {"": False, "no": False, "false": False, "yes": True, "true": True}.get(value.lower(), value)
    return value


def _from_toml(content: str, name: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        said = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise BadData(f"{name} is no TOML.", [f"{name}: {trouble}"]) from None
    slots = said.get("slots", [])
    if set(said) - {"slots"} or not isinstance(slots, list) or not all(isinstance(each, dict) for each in slots):
        raise BadData(f"{name} cannot be used as a plan.", [f"{name}: holds nothing but tables [[slots]]"])
    return [(f"{name}, slot {count}", dict(each)) for count, each in enumerate(slots, 1)]


def _slot(office: Office, where: str, row: dict[str, Any], faults: list[str]) -> Slot | None:
    people = []
    for said in row.get("people") or ():
        known = office.body.person(said) if isinstance(said, str) else None
        if known is None:
            faults.append(f"{where}: {said!r} is nobody here @ people")
        else:
            people.append(known.id)
    plain = {**row, "people": people} if isinstance(row.get("people"), list) else row
    plain = {key: _as_text(value) for key, value in plain.items()}
    try:
        return load(plain, Slot, where=where)
    except BadData as trouble:
        faults += [line.replace(" @ $.", " @ ") for line in trouble.particulars]
        return None


def _as_text(value: Any) -> Any:
    """TOML's own dates and times as the texts that the strict converter takes."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value


def written(office: Office, slots: Iterable[Slot]) -> str:
    """Slots as CSV, to be changed and read again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    people = office.body.people
    for slot in slots:
        said: Mapping[str, Any] = dump(slot)
        initials = " ".join(people[each].initials for each in slot.people if each in people)
        row = [said["day"], said["starts"], said["ends"], slot.site, slot.what, initials]
        writer.writerow([*row, " ".join(slot.items), "yes" if slot.remote else "no"])
    return out.getvalue()


def put_plan(
    office: Office, number: str, slots: tuple[Slot, ...], *, hand: Hand, on: date, agreed_by: str = "", why: str = ""
) -> AuditPlan:
    """Put a plan on record, as the next revision; with `agreed_by`, as agreed with the client on that day."""
    journal, audit = find_audit(office, number)
    seen = office.dossier(journal)
    last = plan_of(audit.id, seen)
    revision = last.revision + 1 if last else 1
    made = AuditPlan(
        id=f"{audit.id}-plan-{revision}",
        audit=audit.id,
        revision=revision,
        made_on=on,
        by=hand.by,
        slots=tuple(sorted(slots, key=lambda slot: (slot.day, slot.starts, slot.site))),
        agreed_on=on if agreed_by else None,
        agreed_by=agreed_by,
    )
    office.record(journal, "audit plan made", {"plans": [made]}, hand=hand, why=why, seen=seen)
    return made


def agree_plan(office: Office, number: str, agreed_by: str, *, hand: Hand, on: date, why: str = "") -> AuditPlan:
    """Put on record that the client agreed to the plan in force (9.2.3)."""
    journal, audit = find_audit(office, number)
    seen = office.dossier(journal)
    last = plan_in_force(office, audit, journal)
    if on < last.made_on:
        raise BadData(f"The plan was made on {last.made_on}; it was not agreed on {on}.")
    made = attrs.evolve(last, agreed_on=on, agreed_by=agreed_by)
    office.record(journal, "audit plan agreed", {"plans": [made]}, hand=hand, why=why, seen=seen)
    return made


def plan_in_force(office: Office, audit: Audit, journal: str) -> AuditPlan:
    """The newest revision of an audit's plan.

    Raises:
        BadData: there is none yet.
    """
    found = plan_of(audit.id, office.dossier(journal))
    if found is None:
        raise BadData(f"Audit {audit.number} has no plan.", next=f"certbody audit plan {audit.number} --propose")
    return found

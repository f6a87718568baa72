"""What the team concludes, and the report that carries it, in the office."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from certbody.domain.audit import Audit
from certbody.domain.dossier import Dossier
from certbody.domain.report import AuditConclusion, Recommendation, Report, Stage1Conclusion, report_of
from certbody.errors import BadData
from certbody.office.audits import find_audit
from certbody.office.hand import Hand
from certbody.office.office import Office
from certbody.office.papers import Paper, issue, make
from certbody.records import load

KIND = "audit-report"
"""The kind of document that a report is issued as."""
MOST_BYTES = 2**20
_OWN = ("id", "audit", "concluded_on", "by")


def read_conclusion(data: bytes, name: str, stage: int) -> dict[str, Any]:
    """What a TOML file says for a conclusion: fields of `Stage1Conclusion` or `AuditConclusion` by their names.

    Raises:
        BadData: with every fault at once.
    """
    if len(data) > MOST_BYTES:
        raise BadData(f"{name} has {len(data):,} bytes; a conclusion has at most {MOST_BYTES:,}.")
    try:
        said = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise BadData(f"{name} is no TOML.", [f"{name}: {trouble}"]) from None
    kind: type[Any] = Stage1Conclusion if stage == 1 else AuditConclusion
    known = {field.name: field for field in attrs.fields(kind) if field.name not in _OWN}
    faults = []
    for key, value in said.items():
        if key not in known:
            faults.append(f"{name}: {key!r} is none of {', '.join(known)}")
        elif (want := _kind(key)) is not type(value):
            faults.append(f"{name}: {type(value).__name__} where {want.__name__} belongs @ {key}")
        elif key == "recommendation" and value not in (words := [str(each) for each in Recommendation]):
            faults.append(f"{name}: {value!r} is none of {', '.join(words)} @ {key}")
    if faults:
        raise BadData(f"{name} cannot be used as a conclusion.", faults, next="correct the file; nothing was recorded")
    return said


def _kind(key: str) -> type:
    return bool if key in ("ready", "scope_appropriate", "objectives_fulfilled") else str


def conclude(
    office: Office, number: str, said: Mapping[str, Any], *, hand: Hand, on: date, why: str = ""
) -> Stage1Conclusion | AuditConclusion:
    """Put the team's conclusion on record; a later one stands beside an earlier and replaces it.

    Raises:
        BadData: what the conclusion needs is not said: readiness and a summary, or a recommendation.
    """
    journal, audit = find_audit(office, number)
    own = {"id": office.make_id(), "audit": audit.id, "concluded_on": on.isoformat(), "by": hand.by}
    kind: type[Any] = Stage1Conclusion if audit.stage == 1 else AuditConclusion
    needed = ("ready", "summary") if audit.stage == 1 else ("recommendation",)
    options = {"ready": "--ready or --not-ready", "summary": "--summary", "recommendation": "--recommend"}
    if missing := [options[name] for name in needed if said.get(name) in (None, "")]:
        raise BadData(f"Audit {number} is not concluded.", next=f"give {' and '.join(missing)}")
    made: Stage1Conclusion | AuditConclusion = load({**said, **own}, kind, where=f"conclusion of {number}")
    if isinstance(made, Stage1Conclusion):
        what = "stage 1 concluded"
        office.record(journal, what, {"stage1_conclusions": [made]}, hand=hand, why=why)
    else:
        office.record(journal, "audit concluded", {"conclusions": [made]}, hand=hand, why=why)
    return made


def draft_report(office: Office, number: str, *, on: date) -> Paper:
    """The report as it would be now, marked DRAFT; nothing goes on record."""
    journal, audit = find_audit(office, number)
    return make(office, KIND, journal, audit.id, on=on, standard=audit.standard, draft=True)


def issue_report(
    office: Office, number: str, *, hand: Hand, on: date, revision: bool = False, reason: str = "", why: str = ""
) -> tuple[Report, Paper, bool]:
    """The report of an audit, its document, and whether it was issued now.

    A report that is issued already is handed out again as it was kept, unless a revision is asked for, with the
    reason; the one it replaces stays on record. One that is on record without its document, since its issue was
    interrupted, is completed.

    Raises:
        BadData: a revision is asked for, and there is nothing to replace.
    """
    journal, audit = find_audit(office, number)
    dossier = office.dossier(journal)
    last = report_of(audit.id, dossier)
    if last is None and revision:
        raise BadData(
            f"No report of {audit.number} is issued yet that a revision could replace.",
            next=f"certbody audit report {audit.number}",
        )
    if last is not None and not revision:
        kept = _document(office, last, audit, dossier)
        return (last, kept, False) if kept else (last, _issue(office, journal, audit, hand, last.issued_on), True)
    count = last.revision + 1 if last else 1
    made = Report(
        id=f"{audit.id}-report-{count}",
        number=f"{audit.number}/R{count}",
        audit=audit.id,
        revision=count,
        issued_on=on,
        by=hand.by,
        reason=reason,
    )
    what = "audit report revised" if last else "audit report issued"
    office.record(journal, what, {"reports": [made]}, hand=hand, why=why, seen=dossier)
    return made, _issue(office, journal, audit, hand, on), True


def _issue(office: Office, journal: str, audit: Audit, hand: Hand, on: date) -> Paper:
    return issue(office, KIND, journal, audit.id, hand=hand, on=on, standard=audit.standard)


def _document(office: Office, report: Report, audit: Audit, dossier: Dossier) -> Paper | None:
    """The document of a report as it was kept; None where there is none yet.

    Documents name their audit; the newest one since the report was put on record is this revision's.
    """
    put = office.recorded(dossier.journal, "reports", report.id)
    found = []
    for each in dossier.documents.values():
        act = office.recorded(dossier.journal, "documents", each.id)
        if each.kind == KIND and each.about == audit.id and put and act and act.no > put.no:
            found.append((act.no, each))
    if not found:
        return None
    kept = max(found, key=lambda pair: pair[0])[1]
    return Paper(
        kind=KIND,
        name=kept.name,
        number=kept.number,
        data=office.store.open_file(kept.sha256),
        template=kept.template,
        head=kept.head,
        about=audit.id,
    )

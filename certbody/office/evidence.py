"""Audit evidence in the office: notes and files, kept by their hash, put on record in one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from certbody.domain.audit import Audit
from certbody.domain.evidence import AuditEvidence, EvidenceFile, checklist_of
from certbody.domain.standard import Method
from certbody.errors import BadData, NotFound
from certbody.office.audits import find_audit
from certbody.office.hand import Hand
from certbody.office.office import Office


def rows_of(
    office: Office, number: str, *, rows: Iterable[str], items: Iterable[str], site: str = ""
) -> tuple[str, ...]:
    """The checklist rows that evidence belongs to: those named, and those of each item at all sites, or at one.

    Raises:
        BadData: the audit has no checklist, or it has no such row; the nearest ones are named.
    """
    rows, items = tuple(rows), tuple(items)
    journal, audit = find_audit(office, number)
    checklist = checklist_of(audit.id, office.dossier(journal))
    if checklist is None and (rows or items):
        raise BadData(f"Audit {number} has no checklist.", next=f"certbody audit checklist {number}")
    known = {row.id: row for row in checklist.rows} if checklist else {}
    chosen = list(rows)
    faults = [f"there is no row {row}{_near(row, known)}" for row in rows if row not in known]
    for item in items:
        found = [row.id for row in known.values() if row.item == item and site in ("", row.site)]
        chosen += found
        if not found:
            at = f" at site {site}" if site else ""
            faults.append(f"there is no item {item}{at}{_near(item, [row.item for row in known.values()])}")
    if faults:
        raise BadData(f"Not recorded: {number} does not ask that.", faults, next=f"certbody audit show {number} --rows")
    return tuple(dict.fromkeys(chosen))


def _near(said: str, known: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(said, dict.fromkeys(known), n=3, cutoff=0.5)
    return f"; near it are {', '.join(close)}" if close else ""


def described(name: str, data: bytes) -> EvidenceFile:
    """A file as evidence names it: by the hash under which it will be kept, its name, kind and size."""
    from certbody.deliverables.pictures import sniff

    return EvidenceFile(sha256=sha256(data).hexdigest(), name=name, media=sniff(data), size=len(data))


def add_evidence(
    office: Office,
    number: str,
    files: Iterable[Path],
    *,
    rows: tuple[str, ...],
    note: str,
    hand: Hand,
    on: date,
    method: Method | None = None,
    sample: str = "",
    why: str = "",
) -> AuditEvidence:
    """Put evidence on record: what was seen or heard, and files, whole or not at all.

    The files are kept only once the act is known to be allowed, and before it names them.
    """
    journal, audit = find_audit(office, number)
    contents = [(path.name, path.read_bytes()) for path in files]
    made = AuditEvidence(
        id=office.make_id(),
        audit=audit.id,
        rows=rows,
        note=note,
        sample=sample,
        method=method,
        collected_on=on,
        by=hand.by,
        files=tuple(described(name, data) for name, data in contents),
    )
    put = {"evidence": [made]}
    office.check(journal, "evidence recorded", put, hand=hand, why=why)
    for _, data in contents:
        office.keep(data)
    office.record(journal, "evidence recorded", put, hand=hand, why=why)
    return made


def evidence_of(office: Office, number: str) -> tuple[Audit, list[AuditEvidence]]:
    """The evidence of an audit, oldest first."""
    journal, audit = find_audit(office, number)
    found = [each for each in office.dossier(journal).evidence.values() if each.audit == audit.id]
    return audit, sorted(found, key=lambda each: (each.collected_on, each.id))


def find_file(office: Office, said: str) -> EvidenceFile:
    """The kept file of a SHA-256, evidence or issued document, or of its beginning of eight characters or more.

    Raises:
        NotFound: no evidence holds such a file, or more than one does.
    """
    wanted = said.lower()
    found = {file.sha256: file for file in _kept(office) if file.sha256.startswith(wanted)}
    if len(wanted) < 8 or len(found) != 1:
        fault = "names no file of evidence" if not found else "names more than one file"
        raise NotFound(f"{said!r} {fault}.", next="certbody evidence list AUDIT; give eight characters or more")
    return next(iter(found.values()))


def _kept(office: Office) -> Iterator[EvidenceFile]:
    """Every file that a dossier names: evidence, what came with answers, and documents as they were issued."""
    for journal in office.clients():
        dossier = office.dossier(journal)
        for files in (
            *(each.files for each in dossier.evidence.values()),
            *(each.files for each in dossier.responses.values()),
            *(each.files for each in dossier.verifications.values()),
        ):
            yield from files
        for document in dossier.documents.values():
            yield EvidenceFile(sha256=document.sha256, name=document.name, media=document.kind)


def safe_name(file: EvidenceFile) -> str:
    """The file's own name without any folder, so that a name from elsewhere writes nowhere else."""
    bare = file.name.replace("\\", "/").rsplit("/", 1)[-1]
    return bare if bare.strip(". ") else file.sha256[:12]

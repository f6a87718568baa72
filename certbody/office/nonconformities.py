"""Nonconformities in the office: found by number, answered, reviewed, verified, confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import attrs

from certbody.deliverables.pictures import sniff
from certbody.domain.evidence import EvidenceFile
from certbody.domain.findings import Finding, findings_of
from certbody.domain.nonconformity import (
    Effectiveness,
    Means,
    Progress,
    Response,
    ResponseReview,
    Verification,
    progress,
)
from certbody.errors import BadData
from certbody.office.hand import Hand
from certbody.office.office import BODY, Office
from certbody.office.papers import Paper, issue, make

ANSWERED = (
    "extent",
    "correction",
    "correction_done_on",
    "cause",
    "corrective_action",
    "owner",
    "due_on",
    "done_on",
    "evidence",
)
"""What a client's answer says, by the names of `Response`."""

Files = tuple[tuple[str, bytes], ...]
"""Files from outside: name and content."""


def named(office: Office, number: str) -> tuple[str, Finding]:
    """Journal and finding of a nonconformity's number, as recorded; what was none after all keeps its history.

    Raises:
        NotFound: there is no finding of that number.
        BadData: the finding is no nonconformity.
    """
    journal, key = office.find("findings", number)
    finding = office.dossier(journal).findings[key]
    if not finding.nonconformity:
        raise BadData(
            f"{finding.number} is no nonconformity; its grade is '{finding.grade}'.", next=f"certbody nc list {journal}"
        )
    return journal, finding


def steps(office: Office, number: str, on: date) -> tuple[str, Progress]:
    """Journal of a nonconformity, and how far it has come on a day."""
    journal, finding = named(office, number)
    return journal, progress(finding, office.dossier(journal), office.body, on)


def listed(office: Office, client: str, on: date, *, open_only: bool = False) -> list[tuple[str, Progress]]:
    """Every nonconformity raised by a day, of one client or (`client` empty) of all, with how far it has come.

    They come audit by audit, gravest first, then what was regraded to an opportunity. `open_only` leaves out those on
    which no step is still to come.
    """
    found = []
    for journal in [client] if client else office.clients():
        dossier = office.dossier(journal)
        for audit in sorted(dossier.audits.values(), key=lambda each: (each.starts_on, each.number)):
            for finding in findings_of(audit.id, dossier, on):
                if dossier.findings[finding.id].nonconformity and finding.recorded_on <= on:
                    found.append((journal, progress(finding, dossier, office.body, on)))
    return [(journal, each) for journal, each in found if not open_only or each.next_step]


def respond(
    office: Office,
    number: str,
    said: Mapping[str, Any],
    *,
    on: date,
    hand: Hand,
    by: str = "",
    form: bytes = b"",
    files: Files = (),
    why: str = "",
) -> Response:
    """Put the client's answer on record as it was received; a later one replaces an earlier.

    Args:
        said: the fields of `ANSWERED`.
        on: the day it came.
        by: who answered for the client; its representative if not given.
        form: the response form as received, kept as evidence; `files` came with it.
    """
    journal, finding = named(office, number)
    client = office.dossier(journal).client
    response = Response(
        id=office.make_id(),
        finding=finding.id,
        received_on=on,
        by=by or (client.representative if client else ""),
        files=tuple(_described(*each) for each in files),
        form=sha256(form).hexdigest() if form else "",
        **{name: said[name] for name in ANSWERED if said.get(name) is not None},
    )
    office.check(journal, "response received", {"responses": [response]}, hand=hand, why=why)
    for data in (form, *(data for _, data in files)):
        if data:
            office.keep(data)
    office.record(journal, "response received", {"responses": [response]}, hand=hand, why=why)
    return response


def respond_by_form(
    office: Office,
    number: str,
    name: str,
    form: bytes,
    *,
    on: date,
    hand: Hand,
    by: str = "",
    files: Files = (),
    why: str = "",
) -> Response:
    """Put on record what the client wrote into its response form: a Word document where the name says so (.docx).

    Raises:
        BadData: it is no response form, has faults, or is the form of another nonconformity.
    """
    from certbody.deliverables.response import read_response
    from certbody.deliverables.response_document import read_response_document

    _, finding = named(office, number)
    read = (read_response_document if name.lower().endswith(".docx") else read_response)(form, name)
    if read.number != finding.number:
        raise BadData(
            f"{name} is the response form of {read.number}, not of {finding.number}.",
            next=f"certbody nc respond {read.number} {name}",
        )
    said = {field.name: getattr(read, field.name) for field in attrs.fields(type(read)) if field.name in ANSWERED}
    who = by or str(getattr(read, "by", "") or "")
    return respond(office, number, said, on=on, hand=hand, by=who, form=form, files=files, why=why)


def review_response(
    office: Office, number: str, *, accepted: bool, reason: str, on: date, hand: Hand, why: str = ""
) -> ResponseReview:
    """Accept the newest answer, or send it back with the reason (9.4.10).

    Raises:
        BadData: the client has not answered yet.
    """
    journal, found = steps(office, number, on)
    finding = found.finding
    if found.response is None:
        raise BadData(
            f"The client has not answered {finding.number} by {on}.", next=f"certbody nc respond {finding.number}"
        )
    review = ResponseReview(
        id=office.make_id(),
        finding=finding.id,
        response=found.response.id,
        reviewed_on=on,
        by=hand.by,
        accepted=accepted,
        reason=reason,
    )
    what = f"response {'accepted' if accepted else 'rejected'}"
    office.record(journal, what, {"response_reviews": [review]}, hand=hand, why=why)
    return review


def verify_implementation(
    office: Office,
    number: str,
    *,
    means: Means,
    evidence: str,
    implemented: bool,
    on: date,
    hand: Hand,
    files: Files = (),
    why: str = "",
) -> Verification:
    """Put on record whether correction and corrective action were found implemented (9.5.2)."""
    journal, finding = named(office, number)
    check = Verification(
        id=office.make_id(),
        finding=finding.id,
        verified_on=on,
        by=hand.by,
        means=means,
        implemented=implemented,
        evidence=evidence,
        files=tuple(_described(*each) for each in files),
    )
    what = "implementation verified" if implemented else "implementation found wanting"
    office.check(journal, what, {"verifications": [check]}, hand=hand, why=why)
    for _, data in files:
        office.keep(data)
    office.record(journal, what, {"verifications": [check]}, hand=hand, why=why)
    return check


def confirm_effectiveness(
    office: Office,
    number: str,
    *,
    evidence: str,
    effective: bool,
    on: date,
    hand: Hand,
    audit: str = "",
    why: str = "",
) -> Effectiveness:
    """Put on record whether the corrective action removed the cause; `audit` is the number of where it was seen."""
    journal, finding = named(office, number)
    seen_at = office.find("audits", audit) if audit else ("", "")
    if audit and seen_at[0] != journal:
        raise BadData(f"Audit {audit} is not one of {journal}, to whom {finding.number} belongs.")
    check = Effectiveness(
        id=office.make_id(),
        finding=finding.id,
        confirmed_on=on,
        by=hand.by,
        audit=seen_at[1],
        effective=effective,
        evidence=evidence,
    )
    what = "effectiveness confirmed" if effective else "effectiveness not confirmed"
    office.record(journal, what, {"effectiveness": [check]}, hand=hand, why=why)
    return check


def nonconformity_paper(office: Office, kind: str, number: str, *, hand: Hand, on: date) -> Paper:
    """Issue the report of a nonconformity (`nonconformity`) or its response form (`response`, `response-docx`)."""
    journal, finding = named(office, number)
    standard = office.dossier(journal).audits[finding.audit].standard
    name = kind.removesuffix("-docx")
    return issue(office, kind, journal, finding.id, hand=hand, on=on, standard=standard, name=name)


def register_paper(office: Office, client: str, on: date) -> Paper:
    """The register of nonconformities as it stood on a day: of one client, or of the whole office."""
    if client:
        return make(office, "register", client, on=on, draft=False)
    dossiers = {name: office.dossier(name) for name in office.clients()}
    return make(office, "register", BODY, on=on, draft=False, extra={"dossiers": dossiers})


def _described(name: str, data: bytes) -> EvidenceFile:
    """A file as records name it: by the hash under which it will be kept, its name, its kind and its size."""
    return EvidenceFile(sha256=sha256(data).hexdigest(), name=name, media=sniff(data), size=len(data))

"""The response form for one nonconformity, which the client fills in, and how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.reading import Faults, Workbook, read_workbook
from certbody.deliverables.returned import Answers, identity
from certbody.deliverables.workbook_fields import heading, site_name
from certbody.domain.findings import Finding
from certbody.domain.nonconformity import progress
from certbody.errors import BadData

FORM = "response"
_TEXTS = ("extent", "correction", "cause", "corrective_action", "evidence")
_DAYS = ("correction_done_on", "due_on", "done_on")


def fields(showing: Showing) -> Mapping[str, Any]:
    """The form for the nonconformity that is shown; an answer that was sent back stands in it, with the reason."""
    finding = _finding(showing)
    dossier, audit = showing.dossier, showing.dossier.audits[finding.audit]
    standing = progress(finding, dossier, showing.body, showing.on)
    requirement = showing.standard.requirement(finding.requirement) if showing.standard else None
    response, review = standing.response, standing.review
    return {
        **heading(showing, "Response to a nonconformity", number(showing)),
        "nonconformity": {
            "number": finding.number,
            "grade": str(finding.grade),
            "audit": f"{audit.number}, {audit.title}",
            "site": site_name(finding.site, dossier) if finding.site else "",
            "process": finding.process,
            "requirement": f"{finding.requirement} of {audit.criteria}"
            + (f": {requirement.text}" if requirement else ""),
            "statement": finding.statement,
            "evidence": finding.evidence,
            "due_on": standing.due_on,
            "sent_back": review.reason if review and not review.accepted else "",
        },
        "answer": {
            **{name: getattr(response, name) if response else "" for name in (*_TEXTS, *_DAYS, "owner", "by")},
        },
    }


def number(showing: Showing) -> str:
    """The nonconformity's."""
    return _finding(showing).number


def properties(showing: Showing) -> Mapping[str, str]:
    """What the file carries unseen."""
    return {"certbody form": FORM, "certbody number": number(showing)}


def _finding(showing: Showing) -> Finding:
    found = showing.dossier.findings[showing.about]
    if not found.nonconformity:
        raise BadData(f"{found.number} is graded {found.grade}: it needs no response.")
    return found


@attrs.frozen(kw_only=True)
class ResponseForm:
    """A response form as it came back; the fields are those of `Response`. `number` is the nonconformity's."""

    number: str
    by: str
    extent: str = ""
    correction: str = ""
    correction_done_on: date | None = None
    cause: str = ""
    corrective_action: str = ""
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    evidence: str = ""


def read_response(data: bytes, name: str) -> ResponseForm:
    """The answer that a workbook from outside holds; `name` is the file's name, for messages.

    Whether it is complete is for the rules to say; here only what cannot be read is a fault.

    Raises:
        BadData: the file cannot be read or is another form; or cells are wrong, all of them named at once.
    """
    return response_in(read_workbook(data, name))


def response_in(book: Workbook) -> ResponseForm:
    """The answer that a workbook holds which was read already. Errors as `read_response`."""
    said = identity(book, FORM, needs=("number",))
    faults = Faults()
    answers = Answers(book.sheet("Response"), faults)
    texts = {name: answers.text(name) for name in _TEXTS}
    days = {name: answers.day(name) for name in _DAYS}
    form = ResponseForm(
        number=said["number"],
        by=answers.text("by", required=True, lines=False),
        owner=answers.text("owner", lines=False),
        **texts,  # type: ignore[arg-type]
        **days,  # type: ignore[arg-type]
    )
    if not faults and not any(texts.values()):
        raise BadData(
            f"{book.file} answers nothing: extent, correction, cause, corrective action and evidence are empty."
        )
    faults.raise_if_any(f"{book.file} cannot be taken over; nothing was recorded.", next="correct these cells")
    return form


RESPONSE = Deliverable(
    kind=FORM,
    title="Response form",
    template="response.xlsx",
    fields=fields,
    number=number,
    properties=properties,
)

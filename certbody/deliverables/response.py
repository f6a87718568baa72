"""The response form for one nonconformity, which the client fills in, and how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.reading import Faults, Workbook, read_workbook
from certbody.deliverables.returned import Answers, identity
from certbody.deliverables.settled import extended, regraded
from certbody.deliverables.workbook_fields import heading, site_name
from certbody.domain.findings import Finding, as_graded
from certbody.domain.nonconformity import progress
from certbody.errors import BadData

FORM = "response"
TEXTS = ("extent", "correction", "cause", "corrective_action", "evidence")
DAYS = ("correction_done_on", "due_on", "done_on")


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
            "changed": _changed(showing, finding),
            "sent_back": review.reason if review and not review.accepted else "",
        },
        "answer": {
            **{name: getattr(response, name) if response else "" for name in (*TEXTS, *DAYS, "owner", "by")},
        },
    }


def _changed(showing: Showing, finding: Finding) -> str:
    """What has changed since the report, of the grade and of the day to answer, a line each."""
    grades = regraded(showing, finding, showing.on, to_client=True)
    return "\n".join([*grades, *extended(showing, finding, showing.on)])


def number(showing: Showing) -> str:
    """The nonconformity's."""
    return _finding(showing).number


def properties(showing: Showing) -> Mapping[str, str]:
    """What the file carries unseen."""
    return {"certbody form": FORM, "certbody number": number(showing)}


def _finding(showing: Showing) -> Finding:
    found = as_graded(showing.dossier.findings[showing.about], showing.dossier, showing.on)
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
    texts = {name: answers.text(name) for name in TEXTS}
    days = {name: answers.day(name) for name in DAYS}
    form = ResponseForm(
        number=said["number"],
        by=answers.text("by", required=True, lines=False),
        owner=answers.text("owner", lines=False),
        **texts,  # type: ignore[arg-type]
        **days,  # type: ignore[arg-type]
    )
    if not faults:
        refuse_empty(form, book.file)
    faults.raise_if_any(f"{book.file} cannot be taken over; nothing was recorded.", next="correct these cells")
    return form


def refuse_empty(form: ResponseForm, file: str) -> None:
    """Refuse a form on which nothing is answered.

    Raises:
        BadData: none of its texts says anything.
    """
    if not any(getattr(form, name) for name in TEXTS):
        raise BadData(f"{file} answers nothing: extent, correction, cause, corrective action and evidence are empty.")


RESPONSE = Deliverable(
    kind=FORM,
    title="Response form",
    template="response.xlsx",
    fields=fields,
    number=number,
    properties=properties,
)

"""Template of the nonconformity report."""

from __future__ import annotations

from typing import Any

from templates.make.audit_report_annex import evidence
from templates.make.audit_report_findings import block
from templates.make.lettered import lettered_facts
from templates.make.style import (
    Column,
    each,
    facts,
    finished,
    heading,
    new_document,
    paragraph,
    rows,
    signatures,
    title,
    when,
)

FILE = "nonconformity.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Nonconformity report")
    title(document, "{{ document.title }}", "{{ document.number }}, {{ client.name }}")
    facts(
        document,
        [
            ("Client", "{{ client.name }}, {{ client.address }} ({{ client.number }})"),
            ("Audit", "{{ audit.number }}, {{ audit.title }}, application {{ audit.application }}"),
            ("Audit criteria", "{{ audit.criteria }}"),
            (
                "State on {{ state.on }}",
                "{{ state.word }}{% if state.disputed %}; disputed by the client{% endif %}",
            ),
        ],
    )
    heading(document, "1  What was found")
    block(document, "found")
    with when(document, "evidence"):
        heading(document, "Evidence kept", 2)
        evidence(document)
    _answers(document)
    _checks(document)
    _signatures(document)
    _history(document)
    return finished(document)


def _answers(document: Any) -> None:
    heading(document, "2  The client's answer and its review")
    with each(document, "answer in answers"):
        heading(document, "{{ answer.heading }}", 2)
        with when(document, "answer.replaced"):
            paragraph(document, "Replaced by a later answer.", "Note", keep=True)
        lettered_facts(
            document,
            [
                ("Received", "{{ answer.received }}", ""),
                ("Extent: where else", "{{ answer.extent }}", ""),
                (
                    "Correction of this case",
                    (
                        "{{ answer.correction }}",
                        "{%p if answer.corrected_on %}",
                        ("Table Small", "done on {{ answer.corrected_on }}"),
                        "{%p endif %}",
                    ),
                    "",
                ),
                ("Cause", "{{ answer.cause }}", ""),
                ("Corrective action", "{{ answer.action }}", ""),
                ("Who sees to it", "{{ answer.owner }}", ""),
                ("To be done by", "{{ answer.due }}", "", "answer.due"),
                ("Done on", "{{ answer.done }}", "", "answer.done"),
                (
                    "Evidence",
                    (
                        "{%p if answer.evidence %}",
                        "{{ answer.evidence }}",
                        "{%p endif %}",
                        "{%p for file in answer.files %}",
                        "{{ file.name }}",
                        ("Table Small", "SHA-256 {{ file.sha256 }}…"),
                        "{%p endfor %}",
                    ),
                    "",
                    "answer.evidence or answer.files",
                ),
                (
                    "Review by {{ body.name }}",
                    (
                        "{%p for review in answer.reviews %}",
                        "{{ review.word }}",
                        ("Table Small", "{{ review.reason }}"),
                        "{%p endfor %}",
                        "{%p if not answer.reviews %}",
                        "not reviewed yet",
                        "{%p endif %}",
                    ),
                    "",
                ),
            ],
        )
    with when(document, "not answers"):
        paragraph(
            document,
            "No answer is on record.{% if found.asked %}{% if found.due %} It is due on {{ found.due }}.{% endif %} "
            "Please give it in the response form: extent, correction, cause, corrective action with owner and date. "
            "Cause and action are for you to find; an auditor may not suggest them."
            "{% else %} None is asked for.{% endif %}",
        )


def _checks(document: Any) -> None:
    for number, name, field, mean, nothing in (
        ("3", "Verification of implementation", "verifications", "check.means", "Not verified yet."),
        (
            "4",
            "Effectiveness",
            "confirmations",
            "check.audit",
            "Not confirmed yet: whether the action removed the cause is seen when it has been at work for a while, "
            "often at the next audit.",
        ),
    ):
        heading(document, f"{number}  {name}")
        files = (
            "{%p for file in check.files %}",
            "{{ file.name }}",
            ("Table Small", "SHA-256 {{ file.sha256 }}…"),
            "{%p endfor %}",
        )
        with when(document, field):
            rows(
                document,
                f"check in {field}",
                [
                    Column("Result", 32, "{{ check.word }}", fill="check.fill"),
                    Column(
                        "When and by whom",
                        46,
                        (
                            "{{ check.on }}",
                            ("Table Small", "{{ check.by }}"),
                            f"{{%p if {mean} %}}",
                            ("Table Small", ("audit " if field == "confirmations" else "") + f"{{{{ {mean} }}}}"),
                            "{%p endif %}",
                        ),
                    ),
                    Column("Evidence", 0, ("{{ check.evidence }}", *(files if field == "verifications" else ()))),
                ],
            )
        with when(document, f"not {field}"):
            paragraph(document, nothing)


def _history(document: Any) -> None:
    heading(document, "6  History")
    rows(
        document,
        "step in history",
        [
            Column("Happened", 21, "{{ step.happened }}"),
            Column("Step", 0, "{{ step.what }}"),
            Column("Whose act", 30, "{{ step.by }}"),
            Column("Entered", 30, "{{ step.entered }}"),
            Column("Recorded", 36, "{{ step.recorded }}"),
        ],
    )


def _signatures(document: Any) -> None:
    heading(document, "5  Confirmation")
    paragraph(
        document,
        "The client confirms having taken note of the nonconformity, not that it agrees with it; a dispute is recorded "
        "in part 1. Not needed where the acknowledgement is on record above.",
        "Note",
        keep=True,
    )
    signatures(
        document,
        [
            ("For the client", "{{ client.representative }}", "{{ client.representative_title }}"),
            ("For the audit team", "{{ auditor.name }}", "{{ auditor.title }}"),
        ],
    )

"""Template of the review and decision record."""

from __future__ import annotations

from typing import Any

from templates.make.review_parts import annexes, decision, impartiality, signed
from templates.make.style import (
    Column,
    each,
    facts,
    finished,
    heading,
    new_document,
    paragraph,
    rows,
    title,
    when,
)

FILE = "review.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Review and decision record")
    title(document, "{{ document.title }}", "{{ client.name }}")
    facts(
        document,
        [
            ("Application", "{{ application.number }}, received {{ application.received }}"),
            ("Client", "{{ client.name }}, {{ client.address }} ({{ client.number }})"),
            ("Audited against", "{{ application.criteria }}"),
            ("Based on", "{{ application.standard }}", "application.standard != application.criteria"),
            ("Scope", "{{ application.scope }}"),
            ("Sites", "{{ application.sites }}"),
            ("Technical codes", "{{ application.codes }}", "application.codes"),
            ("Certificate before it", "{{ before }}", "before"),
            ("Review", "{{ review.on }} by {{ review.by }}: recommends to {{ review.recommendation }}", "review.made"),
            ("Review", "not made yet", "not review.made"),
            ("Decision", "{{ decision.kind | upper }}, {{ decision.number }} of {{ decision.on }}", "decision.taken"),
            ("Decision", "not taken yet", "not decision.taken"),
        ],
        whole=False,
    )
    _basis(document)
    _nonconformities(document)
    _queries(document)
    _review(document)
    impartiality(document)
    decision(document)
    signed(document)
    annexes(document)
    return finished(document)


def _basis(document: Any) -> None:
    heading(document, "1  Information of the application review, confirmed")
    paragraph(document, "ISO/IEC 17021-1:2015, 9.1.2 and 9.5.3.1", "Note", keep=True)
    facts(
        document,
        [
            (
                "Application review",
                "{{ confirmation.outcome }} on {{ confirmation.on }} by {{ confirmation.by }}",
                "confirmation.by",
            ),
            ("Application review", "{{ confirmation.outcome }}", "not confirmation.by"),
            (
                "What it considered",
                (
                    "{%p for point in confirmation.points %}",
                    "{{ point.about }}: {{ point.said }}",
                    "{%p endfor %}",
                    "{%p if not confirmation.points %}",
                    "Nothing recorded.",
                    "{%p endif %}",
                ),
            ),
            ("The reviewer confirms", "{{ confirmation.said }}"),
        ],
        whole=False,
    )
    heading(document, "2  Audits that this rests on")
    with when(document, "audits"):
        rows(
            document,
            "audit in audits",
            [
                Column("Audit", 34, ("{{ audit.number }}", ("Table Small", "{{ audit.title }}"))),
                Column(
                    "Held, and by whom",
                    0,
                    (
                        "{{ audit.days }}{% if audit.closed %}; closed {{ audit.closed }}{% endif %}",
                        ("Table Small", "{{ audit.sites }}"),
                        "{{ audit.team }}",
                    ),
                ),
                Column(
                    "Result",
                    56,
                    (
                        "{{ audit.conclusion }}",
                        ("Table Small", "{{ audit.findings }}"),
                        "{%p if audit.conditions %}",
                        ("Table Small", "Conditions: {{ audit.conditions }}"),
                        "{%p endif %}",
                        ("Table Small", "Report: {{ audit.report }}"),
                    ),
                ),
            ],
        )
    with when(document, "not audits"):
        paragraph(document, "No audit is on record.")


def _nonconformities(document: Any) -> None:
    heading(document, "3  Nonconformities, as they stood on {{ day }}")
    paragraph(
        document,
        "Before certification is granted, renewed, expanded or restored, of each major nonconformity the "
        "implementation of correction and corrective action is verified, and of each minor one the response is "
        "accepted (ISO/IEC 17021-1:2015, 9.5.2).",
        "Note",
        keep=True,
    )
    with when(document, "nonconformities"):
        rows(
            document,
            "row in nonconformities",
            [
                Column(
                    "Nonconformity",
                    38,
                    (
                        "{{ row.number }}",
                        ("Table Small", "{{ row.grade }} · {{ row.requirement }}"),
                        "{%p if row.site %}",
                        ("Table Small", "{{ row.site }}"),
                        "{%p endif %}",
                    ),
                ),
                Column(
                    "Statement and steps",
                    0,
                    (
                        "{{ row.statement }}",
                        "{%p for step in row.steps %}",
                        ("Table Small", "{{ step }}"),
                        "{%p endfor %}",
                    ),
                ),
                Column(
                    "State",
                    34,
                    (
                        "{{ row.state }}",
                        (
                            "Table Small",
                            "{% if row.enough %}enough for {{ wanted }}{% else %}NOT ENOUGH for {{ wanted }}: "
                            "{{ row.needed }} is missing{% endif %}",
                        ),
                    ),
                ),
            ],
            whole=False,
        )
        with when(document, "open"):
            paragraph(document, "Not enough for {{ wanted }}: {{ open }}.")
        with when(document, "not open"):
            paragraph(document, "None of them stands against {{ wanted }}.")
    with when(document, "not nonconformities"):
        paragraph(document, "None were raised.")


def _queries(document: Any) -> None:
    heading(document, "4  Further information sought, and answers")
    with each(document, "query in queries"):
        paragraph(document, "{{ query.number }}, {{ query.on }}: {{ query.by }} to {{ query.to }}", "Heading 3")
        paragraph(document, "{{ query.question }}")
        with each(document, "answer in query.answers"):
            paragraph(document, "Answered {{ answer.on }} by {{ answer.by }}: {{ answer.said }}")
        with when(document, "not query.answers"):
            paragraph(document, "Not answered.")
    with when(document, "not queries"):
        paragraph(document, "None is on record.")


def _review(document: Any) -> None:
    heading(document, "5  Review")
    paragraph(document, "ISO/IEC 17021-1:2015, 9.5.2", "Note", keep=True)
    with when(document, "review.made"):
        facts(
            document,
            [
                ("Reviewed", "{{ review.on }} by {{ review.by }}"),
                ("Information", "{{ review.information }}"),
                ("Nonconformities", "{{ review.nonconformities }}"),
                ("Audit objectives", "{{ review.objectives }}"),
                ("Technical advice", "{{ review.advice }}"),
                ("Recommendation", "to {{ review.recommendation }}"),
                ("Conditions", "{{ review.conditions }}"),
            ],
            whole=False,
        )
    with when(document, "not review.made"):
        paragraph(document, "No review is on record.")

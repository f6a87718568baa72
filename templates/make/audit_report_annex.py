"""The annexes of the audit report's template: every checklist item with its result, and the evidence with pictures."""

from __future__ import annotations

from typing import Any

from templates.make.lettered import lettered_heading
from templates.make.style import Column, each, groups, heading, paragraph, rows, when


def annexes(document: Any) -> None:
    """Annex A and annex B."""
    lettered_heading(document, "Annex A  Checklist with results", "k").paragraph_format.page_break_before = True
    paragraph(
        document,
        "Every item as it was asked, by site and clause. E1, E2 and so on are the evidence of annex B. An item marked "
        "core is one at which a gap weighs more.",
        "Note",
        keep=True,
    )
    with each(document, "place in checked"):
        heading(document, "{{ place.site }}", 2)
        groups(
            document,
            "clause in place.clauses",
            "{{ clause.name }}",
            "row in clause.rows",
            [
                Column(
                    "Item",
                    22,
                    ("{{ row.item }}", "{%p if row.core %}", ("Table Small", "core"), "{%p endif %}"),
                ),
                Column(
                    "Question",
                    58,
                    (
                        "{{ row.ask }}",
                        "{%p if row.requirements %}",
                        ("Table Small", "{{ row.requirements }}"),
                        "{%p endif %}",
                    ),
                ),
                Column(
                    "Result",
                    30,
                    (
                        "{{ row.result }}",
                        "{%p if row.findings %}",
                        ("Table Small", "{{ row.findings }}"),
                        "{%p endif %}",
                    ),
                    fill="row.fill",
                ),
                Column(
                    "Note",
                    0,
                    (
                        "{{ row.note }}",
                        "{%p if row.by %}",
                        (
                            "Table Small",
                            "{% if row.evidence %}{{ row.evidence }} · {% endif %}{{ row.by }}",
                        ),
                        "{%p endif %}",
                    ),
                ),
            ],
        )
    with when(document, "not checked"):
        paragraph(document, "No checklist is on record.")
    lettered_heading(document, "Annex B  Evidence", "k")
    with when(document, "evidence"):
        paragraph(
            document,
            "Pictures are reduced copies. The files themselves are kept unchanged under their SHA-256, the first 16 "
            "digits of which stand here.",
            "Note",
            keep=True,
        )
        evidence(document)
    with when(document, "not evidence"):
        paragraph(document, "No evidence was kept beside the notes in annex A.")


def evidence(document: Any) -> None:
    """The table of evidence, photographs at the right."""
    rows(
        document,
        "item in evidence",
        [
            Column("No.", 14, "{{ item.number }}"),
            Column(
                "Evidence",
                0,
                (
                    "{%p if item.note %}",
                    "{{ item.note }}",
                    "{%p endif %}",
                    "{%p if item.sample %}",
                    ("Table Small", "Sample: {{ item.sample }}"),
                    "{%p endif %}",
                    (
                        "Table Small",
                        "{{ item.collected }}, {{ item.by }}{% if item.method %}, {{ item.method }}{% endif %}",
                    ),
                    "{%p if item.items %}",
                    ("Table Small", "Items: {{ item.items }}"),
                    "{%p endif %}",
                ),
            ),
            Column(
                "Files and photographs",
                74,
                (
                    "{%p for photograph in item.photographs %}",
                    "{{ pictures[photograph.key] }}",
                    "{%p endfor %}",
                    "{%p for file in item.files %}",
                    "{{ file.name }}",
                    ("Table Small", "SHA-256 {{ file.sha256 }}…"),
                    "{%p endfor %}",
                ),
            ),
        ],
    )

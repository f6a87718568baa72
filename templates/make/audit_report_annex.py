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
        "Every item as it was asked, by site and clause, with what was seen, heard or read there. Evidence with files, "
        "with a sample, or for several items stands in annex B under its number. An item marked core is one at which a "
        "gap weighs more.",
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
                    17,
                    ("{{ row.item }}", "{%p if row.core %}", ("Table Small", "core"), "{%p endif %}"),
                ),
                Column(
                    "Question",
                    62,
                    (
                        "{{ row.ask }}",
                        "{%p if row.requirements %}",
                        ("Table Small", "{{ row.requirements }}"),
                        "{%p endif %}",
                    ),
                ),
                Column(
                    "Result",
                    24,
                    (
                        "{{ row.result }}",
                        "{%p if row.findings %}",
                        ("Table Small", "{{ row.findings }}"),
                        "{%p endif %}",
                    ),
                    fill="row.fill",
                ),
                Column(
                    "What was found",
                    0,
                    (
                        "{%p if row.note %}",
                        "{{ row.note }}",
                        "{%p endif %}",
                        "{%p for seen in row.seen %}",
                        "{{ seen.note }}",
                        ("Table Small", "{{ seen.about }}"),
                        "{%p endfor %}",
                        "{%p if row.signed %}",
                        ("Table Small", "{{ row.signed }}"),
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
        paragraph(document, "No evidence was kept beside what annex A says.")


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

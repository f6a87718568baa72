"""The findings of the audit report's template: counts, nonconformities in full, the others in tables."""

from __future__ import annotations

from typing import Any

from templates.make.lettered import lettered_heading
from templates.make.style import Column, each, heading, paragraph, rows, when
from templates.make.tables import add_row, closed, grid, tag_row

_NUMBER = 34


def findings(document: Any) -> None:
    """Part 4: what was found (9.4.8.2 k)."""
    lettered_heading(document, "4  Findings", "k")
    rows(
        document,
        "line in findings.counts",
        [
            Column("Grade", 70, "{{ line.grade }}", fill="line.fill"),
            Column("Number", 24, "{{ line.count }}", align="center"),
        ],
        together=True,
    )
    with when(document, "findings.nonconformities"):
        heading(document, "Nonconformities", 2)
        with each(document, "found in findings.nonconformities"):
            block(document, "found")
    with when(document, "not audit.stage1 and not findings.nonconformities"):
        paragraph(document, "No nonconformity was found in what was sampled.")
    for field, name in (
        ("concerns", "Areas of concern"),
        ("opportunities", "Opportunities for improvement"),
        ("strengths", "Strengths"),
    ):
        with when(document, f"findings.{field}"):
            heading(document, name, 2)
            _remarks(document, f"findings.{field}")
    with when(document, "audit.stage1 and not findings.concerns"):
        paragraph(document, "No area of concern was found.")


def block(document: Any, name: str) -> None:
    """A nonconformity as a table of its own; `name` is what the template calls it."""
    table = grid(document, (Column("", 44), Column("", 0)), "Certbody Facts", first_row=False)

    def put(
        label: str, value: Any, condition: str = "", fill: str = "", keep: bool = False, bold: bool = False
    ) -> None:
        if condition:
            tag_row(table, f"{{%tr if {condition} %}}")
        left = Column("", 0, label, style="Table Total" if bold else "Table Label")
        add_row(table, (left, Column("", 0, value, fill=fill)), keep=keep)
        if condition:
            tag_row(table, "{%tr endif %}")

    grade = (("Table Group", f"{{{{ {name}.grade }}}}"),)
    put(f"{{{{ {name}.number }}}}", grade, fill=f"{name}.fill", keep=True, bold=True)
    put(
        "Requirement",
        (
            f"{{{{ {name}.requirement }}}}",
            f"{{%p if {name}.requires %}}",
            f"{{{{ {name}.requires }}}}",
            "{%p endif %}",
        ),
        keep=True,
    )
    put(
        "Where",
        f"{{{{ {name}.site }}}}{{% if {name}.process %}}, {{{{ {name}.process }}}}{{% endif %}}"
        f"{{% if {name}.item %}} (item {{{{ {name}.item }}}}){{% endif %}}",
        f"{name}.site or {name}.process or {name}.item",
        keep=True,
    )
    put("Clause of the checklist", f"{{{{ {name}.clause }}}}", f"{name}.clause", keep=True)
    put("Statement", f"{{{{ {name}.statement }}}}")
    put(
        "Objective evidence",
        (
            f"{{{{ {name}.evidence }}}}",
            f"{{%p if {name}.shown_by %}}",
            ("Table Small", f"Kept as {{{{ {name}.shown_by }}}}, see the list of evidence"),
            "{%p endif %}",
        ),
    )
    put("Why this grade", f"{{{{ {name}.reason }}}}", f"{name}.reason")
    put("Raised", f"{{{{ {name}.raised }}}}")
    put("Regraded", (f"{{%p for line in {name}.regraded %}}", "{{ line }}", "{%p endfor %}"), f"{name}.regraded")
    put("The client's word", (f"{{%p for word in {name}.word %}}", "{{ word }}", "{%p endfor %}"))
    put(
        "Answer due",
        (
            f"{{% if {name}.due %}}{{{{ {name}.due }}}}{{% else %}}set when the closing meeting is held{{% endif %}}",
            f"{{%p for line in {name}.extended %}}",
            ("Table Small", "{{ line }}"),
            "{%p endfor %}",
        ),
        f"{name}.asked",
    )
    closed(document, table)


def _remarks(document: Any, loop: str) -> None:
    rows(
        document,
        f"found in {loop}",
        [
            Column(
                "Finding",
                _NUMBER,
                (
                    "{{ found.number }}",
                    "{%p if found.clause %}",
                    ("Table Small", "clause {{ found.clause }}"),
                    "{%p endif %}",
                    "{%p if found.requirement %}",
                    ("Table Small", "{{ found.requirement }}"),
                    "{%p endif %}",
                    "{%p if found.site %}",
                    ("Table Small", "{{ found.site }}"),
                    "{%p endif %}",
                ),
            ),
            Column(
                "Statement",
                0,
                (
                    "{{ found.statement }}",
                    "{%p if found.evidence %}",
                    ("Table Small", "{{ found.evidence }}"),
                    "{%p endif %}",
                    "{%p if found.shown_by %}",
                    ("Table Small", "Evidence: {{ found.shown_by }}"),
                    "{%p endif %}",
                    "{%p for line in found.regraded %}",
                    ("Table Small", "{{ line }}"),
                    "{%p endfor %}",
                ),
            ),
        ],
    )


def concerns_before(document: Any) -> None:
    """The areas of concern of stage 1, and what this audit found on them."""
    heading(document, "Areas of concern of stage 1", 2)
    rows(
        document,
        "concern in concerns_before",
        [
            Column(
                "Concern",
                _NUMBER,
                (
                    "{{ concern.number }}",
                    "{%p if concern.clause %}",
                    ("Table Small", "clause {{ concern.clause }}"),
                    "{%p endif %}",
                ),
            ),
            Column("What stage 1 found", 0, "{{ concern.statement }}"),
            Column(
                "What this audit found",
                58,
                (
                    "{{ concern.result }}",
                    "{%p if concern.note %}",
                    ("Table Small", "{{ concern.note }}"),
                    "{%p endif %}",
                    "{%p if concern.raised %}",
                    ("Table Small", "Findings: {{ concern.raised }}"),
                    "{%p endif %}",
                ),
            ),
        ],
    )


def followed_up(document: Any) -> None:
    """Nonconformities of earlier audits, with the steps taken and whether they took effect."""
    heading(document, "Nonconformities of earlier audits", 2)
    rows(
        document,
        "row in followed_up",
        [
            Column(
                "Nonconformity",
                38,
                (
                    "{{ row.number }}",
                    ("Table Small", "{{ row.audit }}"),
                    ("Table Small", "{{ row.grade }} · {{ row.requirement }}"),
                    ("Table Small", "{{ row.site }}"),
                ),
                fill="row.fill",
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
            Column("State", 32, "{{ row.state }}"),
        ],
    )

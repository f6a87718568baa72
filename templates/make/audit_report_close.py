"""The end of the audit report's template: conclusions, unresolved matters, what follows, sign-off."""

from __future__ import annotations

from typing import Any

from templates.make.lettered import lettered_facts, lettered_heading
from templates.make.style import Column, bullet, each, heading, paragraph, rows, when


def conclusions(document: Any) -> None:
    """Part 6: on readiness after stage 1; later on the system, scope and objectives (9.4.8.3)."""
    heading(document, "6  Conclusions")
    with when(document, "audit.stage1"):
        lettered_facts(
            document,
            [
                ("Readiness for stage 2", "{{ result.word }}", "9.3.1.2"),
                ("Summary", "{{ stage1.summary }}", "9.3.1.2"),
                *(
                    (name, f"{{{{ stage1.{field} }}}}", "9.3.1.2", f"stage1.{field}")
                    for name, field in (
                        ("Documented information", "documented_information"),
                        ("Scope and sites", "scope_and_sites"),
                        ("Internal audit and management review", "internal_audit_and_review"),
                        ("Resources and focus of stage 2", "resources_and_focus"),
                    )
                ),
            ],
        )
    with when(document, "not audit.stage1"):
        lettered_facts(
            document,
            [
                (name, f"{{% if {field} %}}{{{{ {field} }}}}{{% else %}}Not concluded yet.{{% endif %}}", letter)
                for name, field, letter in (
                    ("Conformity and effectiveness", "conclusion.conformity_and_effectiveness", "9.4.8.3 a"),
                    ("Capability to meet requirements and expected outcomes", "conclusion.capability", "9.4.8.3 a"),
                    (
                        "Internal audit and management review",
                        "conclusion.internal_audit_and_review",
                        "9.4.8.3 a",
                    ),
                )
            ]
            + [
                (
                    name,
                    (
                        f"{{% if result.made %}}{{% if {field} %}}{yes}{{% else %}}{no}{{% endif %}}"
                        "{% else %}Not concluded yet.{% endif %}",
                        f"{{%p if {remark} %}}",
                        f"{{{{ {remark} }}}}",
                        "{%p endif %}",
                    ),
                    letter,
                )
                for name, field, remark, yes, no, letter in (
                    (
                        "Scope of certification",
                        "conclusion.scope_appropriate",
                        "conclusion.scope_remark",
                        "The scope is appropriate.",
                        "The scope is not appropriate as it stands.",
                        "9.4.8.3 b",
                    ),
                    (
                        "Audit objectives",
                        "conclusion.objectives_fulfilled",
                        "conclusion.objectives_remark",
                        "The objectives of the audit were fulfilled.",
                        "The objectives of the audit were not all fulfilled.",
                        "9.4.8.3 c",
                    ),
                )
            ]
            + [
                ("Recommendation", "{{ result.word }}", "p"),
                ("Conditions", "{% if result.conditions %}{{ result.conditions }}{% else %}None.{% endif %}", "p"),
            ],
        )


def unresolved(document: Any) -> None:
    """Parts 7 and 8: what stayed open (9.4.8.2 m), and that an audit rests on samples (9.4.8.2 o)."""
    lettered_heading(document, "7  Unresolved matters", "m")
    with each(document, "matter in unresolved"):
        bullet(document, "{{ matter }}")
    with when(document, "not unresolved"):
        paragraph(document, "None.")
    lettered_heading(document, "8  What this report rests on", "o")
    paragraph(document, "{{ disclaimer }}")


def close(document: Any) -> None:
    """Part 9, and whom the report goes to, its revisions and its sign-off."""
    heading(document, "9  What follows")
    with when(document, "findings.nonconformities"):
        bullet(
            document,
            "To each nonconformity please answer by the day named with it: extent, correction, cause and corrective "
            "action. {{ body.name }} reviews the answer and tells you the result, and whether documents, a limited "
            "or a full further audit are needed to verify it.",
        )
    with when(document, "findings.concerns"):
        bullet(
            document,
            "Areas of concern can become nonconformities at stage 2. They call for no answer now; stage 2 looks at "
            "them first.",
        )
    bullet(
        document,
        "You may comment on this report, complain about the audit, or appeal against a decision, in writing to "
        "{{ body.name }}{% if body.email %} ({{ body.email }}){% endif %}.",
    )
    heading(document, "Distribution", 2)
    rows(
        document,
        "line in distribution",
        [
            Column("To", 60, "{{ line.to }}"),
            Column("Person", 0, "{{ line.person }}"),
            Column("For", 50, "{{ line.purpose }}"),
        ],
        together=True,
    )
    paragraph(
        document,
        "Confidential. Nobody else receives it without the client's consent, unless law or accreditation asks for it.",
        "Note",
    )
    heading(document, "Revisions of this report", 2)
    rows(
        document,
        "line in revisions",
        [
            Column("Report", 36, ("{{ line.number }}", ("Table Small", "revision {{ line.revision }}"))),
            Column(
                "Issued",
                36,
                (
                    "{{ line.issued }}",
                    "{%p if line.by %}",
                    ("Table Small", "{{ line.by }}"),
                    "{%p endif %}",
                ),
            ),
            Column(
                "Why, and what has changed",
                0,
                (
                    "{{ line.reason }}",
                    "{%p for change in line.changes %}",
                    ("Table Small", "{{ change }}"),
                    "{%p endfor %}",
                ),
            ),
        ],
        together=True,
    )
    heading(document, "Sign-off", 2)
    rows(
        document,
        "",
        [
            Column("Team leader", 46, ("{{ report.leader }}", ("Table Small", "{{ report.leader_title }}"))),
            Column(
                "Issued", 0, "{% if report.how %}{{ report.issued }}: {{ report.how }}{% else %}not issued{% endif %}"
            ),
            Column("Signature, where by hand", 56, ("", ("Table Signature", ""))),
        ],
    )

"""Template of the audit report: stage 1, stage 2 and every later audit."""

from __future__ import annotations

from typing import Any

from templates.make.audit_report_annex import annexes
from templates.make.audit_report_close import close, conclusions, unresolved
from templates.make.audit_report_findings import concerns_before, findings, followed_up
from templates.make.lettered import lettered_facts, lettered_heading
from templates.make.style import Column, each, finished, heading, new_document, paragraph, rows, title, when

FILE = "audit-report.docx"
STAGE_1 = "audit.stage1"
LATER = "not audit.stage1"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Audit report")
    title(document, "{{ document.title }}", "{{ audit.title }} of {{ client.name }}, {{ audit.dates }}")
    _result(document)
    _audit(document)
    _team(document)
    _course(document)
    findings(document)
    _follow_up(document)
    conclusions(document)
    unresolved(document)
    close(document)
    annexes(document)
    return finished(document)


def _result(document: Any) -> None:
    lettered_facts(
        document,
        [
            ("Recommendation", (("Table Result", "{{ result.word }}"),), "p", LATER),
            ("Conclusion of stage 1", (("Table Result", "{{ result.word }}"),), "", STAGE_1),
            ("Conditions", "{{ result.conditions }}", "p", "result.conditions"),
            ("Findings", "{{ result.findings }}", "k"),
            ("Concluded", "{{ result.on }} by {{ result.by }}", "", "result.made"),
            (
                "Report",
                "{{ document.number }}, revision {{ report.revision }}{% if report.issued %}, issued {{ report.issued "
                "}} by {{ report.by }}{% else %}, draft of {{ report.day }}, not issued{% endif %}",
                "",
            ),
            (
                "Replaces",
                (
                    "{{ report.replaces }}, which stays on record; what has changed stands under ‘Revisions of this "
                    "report’",
                    "{%p if report.reason %}",
                    "Reason: {{ report.reason }}",
                    "{%p endif %}",
                ),
                "",
                "report.replaces",
            ),
        ],
        tint=True,
    )
    paragraph(
        document,
        "Small letters at the right name the parts of a report as ISO/IEC 17021-1:2015 lists them in 9.4.8.2, or give "
        "the clause. {% if audit.stage1 %}Stage 1 looks at documented information and readiness; it recommends nothing "
        "on certification. {% endif %}The report belongs to {{ body.name }}. The audit team recommends; the decision "
        "is made by people who took no part in the audit.",
        "Note",
    )


def _audit(document: Any) -> None:
    heading(document, "1  What was audited")
    lettered_facts(
        document,
        [
            ("Certification body", ("{{ body.name }}", ("Table Small", "{{ body.address }}")), "a"),
            (
                "Client",
                ("{{ client.name }} ({{ client.number }})", ("Table Small", "{{ client.address }}")),
                "b",
            ),
            (
                "Client's representative",
                "{{ client.representative }}{% if client.representative_title %}, "
                "{{ client.representative_title }}{% endif %}",
                "b",
            ),
            ("Type of audit", "{{ audit.title }}; number {{ audit.number }}, application {{ audit.application }}", "c"),
            ("Audit criteria", "{{ audit.criteria }}", "d"),
            (
                "Basis of the criteria",
                "{{ audit.guidance }}, guidance that sets no requirements and is no criterion itself",
                "d",
                "audit.guidance",
            ),
            ("Objectives", "{{ audit.objectives }}", "e"),
            ("Scope", "{{ audit.scope }}", "f"),
            (
                "Sites",
                "{{ plan.visited }} of {{ plan.all_sites }} in the scope of certification, see part 2",
                "f",
                "plan.all_sites",
            ),
            (
                "Units and processes",
                ("{%p for process in plan.processes %}", "{{ process }}", "{%p endfor %}"),
                "f",
                "plan.processes",
            ),
            (
                "Audit time",
                "{{ audit.days }} auditor days{% if audit.remote_days %}, {{ audit.remote_days }} of them "
                "remote{% endif %}; {{ audit.dates }}",
                "f",
            ),
            ("Language", "{{ audit.language }}", ""),
            ("Together with", "{{ audit.together }}", "n", "audit.together"),
            ("Together with", "no other audit: neither combined nor joint nor integrated", "n", "not audit.together"),
        ],
    )


def _team(document: Any) -> None:
    lettered_heading(document, "2  Team, dates and places, meetings", "i, j")
    with when(document, "team"):
        rows(
            document,
            "person in team",
            [
                Column(
                    "Name",
                    54,
                    (
                        "{{ person.name }}",
                        "{%p if person.title %}",
                        ("Table Small", "{{ person.title }}"),
                        "{%p endif %}",
                    ),
                ),
                Column("Role", 34, "{{ person.role }}"),
                Column(
                    "Auditor days", 26, "{% if person.days %}{{ person.days }}{% else %}{{ person.counts }}{% endif %}"
                ),
                Column(
                    "Own declaration of interests",
                    0,
                    (
                        "{{ person.declared }}",
                        "{%p if person.statement %}",
                        ("Table Small", "{{ person.statement }}"),
                        "{%p endif %}",
                    ),
                ),
            ],
        )
    with when(document, "not team"):
        paragraph(document, "Nobody is assigned yet.")
    rows(
        document,
        "site in sites",
        [
            Column("Site", 0, ("{{ site.name }}", ("Table Small", "{{ site.where }}"))),
            Column("Kind", 34, "{{ site.kind }}"),
            Column("On site", 28, "{% if site.on_site %}{{ site.on_site }}{% else %}–{% endif %}"),
            Column("Remote", 28, "{% if site.remote %}{{ site.remote }}{% else %}–{% endif %}"),
        ],
        together=True,
    )
    with when(document, "plan.revision"):
        paragraph(
            document,
            "Days of plan revision {{ plan.revision }} of {{ plan.made_on }}{% if plan.agreed %}, {{ plan.agreed "
            "}}{% endif %}; for deviations from it see part 3.",
            "Note",
        )
    with each(document, "meeting in meetings"):
        heading(document, "{{ meeting.kind }}, {{ meeting.when }}", 2)
        paragraph(
            document,
            "{% if meeting.place %}Place: {{ meeting.place }}. {% endif %}Led by {{ meeting.led_by }}.",
            keep=True,
        )
        rows(
            document,
            "attendee in meeting.attendance",
            [
                Column("Present", 54, "{{ attendee.name }}"),
                Column("Function", 0, "{{ attendee.function }}"),
                Column("Organisation", 54, "{{ attendee.organisation }}"),
            ],
            together=True,
        )
        with when(document, "meeting.points"):
            paragraph(
                document,
                "Explained and agreed: {% for point in meeting.points %}{{ point }}{% if not loop.last %}; {% endif %}"
                "{% endfor %}.",
            )
        with when(document, "meeting.disagreements"):
            paragraph(document, "Disagreement that stayed: {{ meeting.disagreements }}")
    with when(document, "not meetings"):
        paragraph(document, "No meeting is on record yet.")


def _course(document: Any) -> None:
    heading(document, "3  Course of the audit")
    lettered_facts(
        document,
        [
            (name, f"{{% if {field} %}}{{{{ {field} }}}}{{% else %}}{nothing}{{% endif %}}", letter, LATER)
            for name, field, letter, nothing in (
                ("Deviations from the plan", "conclusion.deviations", "g", "None on record."),
                ("Matters for the programme", "conclusion.significant_matters", "h", "None on record."),
                ("Changes since the last audit", "conclusion.changes", "l", "None on record."),
                ("Use of certificate and marks", "conclusion.marks", "q", "Not applicable: nothing on record."),
                ("Remote parts", "conclusion.remote", "MD 4", "None on record."),
            )
        ]
        + [
            (
                "Checklist",
                "version {{ coverage.version }}, {{ coverage.items }} items{% for line in coverage.counts %}; "
                "{{ line.result }}: {{ line.count }}{% endfor %}. Every item with its result stands in annex A.",
                "k",
                "coverage.items",
            ),
        ],
    )
    with when(document, "coverage.left_out"):
        lettered_heading(document, "Left out, with the reason", "g", level=2)
        rows(
            document,
            "line in coverage.left_out",
            [
                Column("Item", 20, "{{ line.item }}"),
                Column("Site", 42, "{{ line.site }}"),
                Column("Result", 28, "{{ line.result }}"),
                Column("Reason", 0, "{{ line.reason }}"),
            ],
        )


def _follow_up(document: Any) -> None:
    lettered_heading(document, "5  Follow-up of earlier findings", "r")
    with when(document, "concerns_before"):
        concerns_before(document)
    with when(document, "followed_up"):
        followed_up(document)
    with when(document, "not followed_up"):
        paragraph(document, "No nonconformity of an earlier audit was open.")

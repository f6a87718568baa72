"""Template of the audit plan."""

from __future__ import annotations

from typing import Any

from templates.make.style import (
    Column,
    bullet,
    facts,
    finished,
    groups,
    heading,
    new_document,
    paragraph,
    rows,
    title,
    when,
)

FILE = "audit-plan.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Audit plan")
    title(document, "{{ document.title }}", "{{ audit.title }} of {{ client.name }}, {{ audit.dates }}")
    facts(
        document,
        [
            ("Audit", "{{ audit.number }}, application {{ audit.application }}"),
            ("Plan", "revision {{ plan.revision }} of {{ plan.made_on }}, by {{ plan.by }}"),
            ("Agreed with the client", "{{ plan.agreed_on }}, {{ plan.agreed_by }}", "plan.agreed_on"),
            ("Client", "{{ client.name }}, {{ client.address }}"),
            (
                "Representative",
                "{{ client.representative }}{% if client.representative_title %}, "
                "{{ client.representative_title }}{% endif %}",
            ),
        ],
    )
    _frame(document)
    _team(document)
    heading(document, "Timetable")
    groups(
        document,
        "day in days",
        "{{ day.day }}",
        "slot in day.slots",
        [
            Column("Time", 26, "{{ slot.time }}"),
            Column("Site", 36, ("{{ slot.site }}", "{%p if slot.remote %}", ("Table Mark", "remote"), "{%p endif %}")),
            Column(
                "What",
                0,
                ("{{ slot.what }}", "{%p if slot.items %}", ("Table Small", "items {{ slot.items }}"), "{%p endif %}"),
            ),
            Column("Who", 34, "{{ slot.people }}"),
        ],
    )
    paragraph(
        document,
        "Numbers of items are those of the checklist. Times may shift as the audit goes on; the team leader agrees "
        "changes with you. Breaks and travel between sites are no audit time.",
        "Note",
    )
    _rules(document)
    _revisions(document)
    return finished(document)


def _frame(document: Any) -> None:
    heading(document, "Objectives, criteria and scope")
    facts(
        document,
        [
            ("Objectives", "{{ audit.objectives }}"),
            ("Audit criteria", "{{ audit.criteria }}"),
            (
                "Basis of the criteria",
                "{{ audit.guidance }}, guidance that sets no requirements and is no criterion itself",
                "audit.guidance",
            ),
            ("Scope", "{{ audit.scope }}"),
            (
                "Audit time",
                "{{ audit.days }} auditor days{% if audit.remote_days %}, {{ audit.remote_days }} of them "
                "remote{% endif %}",
            ),
            ("Language", "{{ audit.language }}"),
        ],
    )
    rows(
        document,
        "site in sites",
        [
            Column("Site", 70, ("{{ site.name }}", ("Table Small", "{{ site.where }}"))),
            Column("Kind", 32, "{{ site.kind }}"),
            Column("On site", 32, "{% if site.on_site %}{{ site.on_site }}{% else %}–{% endif %}"),
            Column("Remote", 32, "{% if site.remote %}{{ site.remote }}{% else %}–{% endif %}"),
        ],
        together=True,
    )


def _team(document: Any) -> None:
    heading(document, "Audit team")
    rows(
        document,
        "person in team",
        [
            Column(
                "Name",
                52,
                ("{{ person.name }}", "{%p if person.title %}", ("Table Small", "{{ person.title }}"), "{%p endif %}"),
            ),
            Column("Role", 0, "{{ person.role }}"),
            Column("Initials", 24, "{{ person.initials }}", align="center"),
            Column(
                "Auditor days",
                34,
                "{% if person.days %}{{ person.days }}{% else %}{{ person.counts }}{% endif %}",
                align="center",
            ),
        ],
        together=True,
    )
    paragraph(
        document,
        "You may object to any member of the team. Please do so in writing, with your reasons, as soon as you have "
        "read this plan, to {{ body.email }}; where the reasons are valid, we change the team. On request we tell "
        "you what qualifies a member.{% if plan.notified %} The names were first sent to you on {{ plan.notified "
        "}}.{% endif %} Each member has declared to have no interest that conflicts with this audit.",
        mark="ISO/IEC 17021-1:2015, 9.2.3.5",
    )


def _rules(document: Any) -> None:
    heading(document, "What we ask of you, and what you can rely on")
    bullet(
        document,
        "Opening and closing meeting: please see that management, and those responsible for what is audited, take "
        "part.",
    )
    bullet(
        document,
        "For each part of the audit: a guide who knows the place and its safety rules, and access to people, documents "
        "and records. Auditors choose the samples themselves.",
    )
    bullet(
        document,
        "Findings are told to you as the audit goes on and presented at the closing meeting, with their grades. What "
        "cannot be agreed on is recorded and goes to {{ body.name }}.",
    )
    with when(document, "plan.remote"):
        bullet(
            document,
            "Parts marked remote use video and shared screens by a means that both sides have agreed on. Nothing is "
            "recorded without your consent. If the connection does not serve, that part is done on site.",
        )
    bullet(
        document,
        "Confidentiality: everybody named here is bound in writing to keep to themselves what they learn of you. "
        "Please tell the team beforehand of information that may be seen but not noted.",
    )


def _revisions(document: Any) -> None:
    heading(document, "Revisions of this plan")
    rows(
        document,
        "each in revisions",
        [
            Column("Revision", 24, "{{ each.revision }}", align="center"),
            Column("Made on", 32, "{{ each.made_on }}"),
            Column("By", 50, "{{ each.by }}"),
            Column("Agreed with the client", 0, "{{ each.agreed }}"),
        ],
        together=True,
    )

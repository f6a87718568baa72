"""Template of the quotation."""

from __future__ import annotations

from typing import Any

from templates.make.style import (
    Column,
    bullet,
    each,
    facts,
    finished,
    groups,
    heading,
    new_document,
    paragraph,
    rows,
    signatures,
    title,
    when,
)

FILE = "quotation.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Quotation")
    title(document, "{{ document.title }}", "for certification under {{ application.criteria }}")
    facts(
        document,
        [
            ("To", "{{ to }}"),
            ("Number and date", "{{ quotation.number }}, {{ quotation.date }}"),
            ("Valid until", "{{ quotation.valid_until }}"),
            ("Your application", "{{ application.number }}, received {{ application.received }}"),
        ],
    )
    paragraph(
        document,
        "Thank you for your application. On the following pages you find what {{ body.name }} would certify, how many "
        "auditor days that takes and why, and what it costs over the whole three-year cycle: {{ sum.cycle }} "
        "{{ quotation.currency }}{% if sum.taxed %} before tax{% endif %}, of which {{ sum.initial }} "
        "{{ quotation.currency }} fall to the initial certification.",
        "Lead",
    )
    _what(document)
    _time(document)
    _fees(document)
    _conditions(document)
    return finished(document)


def _what(document: Any) -> None:
    heading(document, "What is to be certified")
    facts(
        document,
        [
            ("Scope", "{{ application.scope }}"),
            ("Audit criteria", "{{ application.criteria }}"),
            (
                "Basis of the criteria",
                "{{ application.guidance }}, a guidance document that sets no requirements. What is audited against, "
                "and what a certificate names, is the scheme of {{ body.name }}.",
                "application.guidance",
            ),
            ("Audit language", "{{ application.language }}"),
            ("Personnel in scope", "{{ time.personnel }} (effective number, part-time work counted by its hours)"),
        ],
    )
    rows(
        document,
        "site in sites",
        [
            Column("Site", 62, ("{{ site.name }}", ("Table Small", "{{ site.where }}"))),
            Column("What is done there", 0, "{{ site.activities }}"),
            Column("Personnel", 24, "{{ site.personnel }}", align="center"),
            Column("Initial audit", 27, "{{ site.audited }}"),
        ],
    )
    with when(document, "time.sampling"):
        paragraph(document, "Sites: {{ time.sampling }}", "Note")


def _time(document: Any) -> None:
    heading(document, "Audit time")
    paragraph(
        document,
        "Audit time is counted in auditor days and covers planning, the audit itself, and the report; travel is not "
        "part of it. It was determined on {{ time.determined }} from the facts of your application, by a fixed "
        "method, and each line says why. This justification becomes part of the agreement.",
        mark="IAF MD 5, 4.4",
    )
    facts(
        document,
        [
            ("Method", "{{ time.method }}"),
            ("Table", "{{ time.table }}", "time.table"),
            (
                "Adjustments",
                ("{%p for each in time.factors %}", "{{ each.percent }}: {{ each.reason }}", "{%p endfor %}"),
                "time.factors",
            ),
            ("At your sites", "at least {{ time.onsite }} % of the time, between opening and closing meeting"),
        ],
    )
    rows(
        document,
        "line in time.lines",
        [
            Column("Part of the cycle", 40, "{{ line.item }}"),
            Column("Auditor days", 27, "{{ line.days }}", align="center"),
            Column("Why", 0, "{{ line.why }}"),
        ],
        together=True,
    )


def _fees(document: Any) -> None:
    heading(document, "Fees over the three-year cycle")
    groups(
        document,
        "phase in phases",
        "{{ phase.title }}{% if phase.days %}, {{ phase.days }}{% endif %}",
        "line in phase.lines",
        [
            Column("Item", 0, ("{{ line.item }}", ("Table Small", "{{ line.why }}"))),
            Column("Days", 16, "{{ line.days }}", align="right"),
            Column("Rate", 24, "{{ line.rate }}", align="right"),
            Column("Amount ({{ quotation.currency }})", 32, "{{ line.amount }}", align="right"),
        ],
        total=("Subtotal", "{{ phase.net }}", "phase.lines|length > 1"),
        totals=[
            ("Three-year cycle{% if sum.taxed %} before tax{% endif %}", "{{ sum.cycle }}"),
            ("Tax, {{ sum.tax_percent }} %", "{{ sum.tax }}", "sum.taxed"),
            ("Three-year cycle with tax", "{{ sum.total }}", "sum.taxed"),
        ],
    )
    with each(document, "line in outlook"):
        paragraph(
            document,
            "Outlook, in none of the sums: a recertification before the certificate expires would take {{ line.days }} "
            "auditor days ({{ line.amount }} {{ quotation.currency }}): {{ line.why }}. It begins the next cycle.",
            "Note",
        )
    with when(document, "quotation.notes"):
        paragraph(document, "{{ quotation.notes }}")


def _conditions(document: Any) -> None:
    heading(document, "What the fees do not depend on")
    with when(document, "quotation.note"):
        paragraph(document, "{{ quotation.note }}")
    with when(document, "not quotation.note"):
        paragraph(
            document,
            "The fees are for audit and decision, not for a certificate: they are the same whatever the outcome. The "
            "number of days follows from the recorded audit time and is not open to negotiation.",
        )
    bullet(
        document,
        "{{ body.name }} offers no consultancy, and nobody involved in audit or decision earns by the outcome.",
    )
    bullet(
        document,
        "With whom you have worked, or will work, to prepare makes certification neither easier, faster, nor cheaper.",
    )
    heading(document, "What is not included")
    bullet(
        document,
        "further audits that become necessary: to follow up major nonconformities, at short notice, after a "
        "suspension, or to widen the scope{% if rate %}; each is announced with its days, billed at {{ rate }} "
        "{{ quotation.currency }} a day{% endif %};",
    )
    bullet(
        document,
        "days that have to be added where the facts differ from your application; you are told, with the reason, "
        "before the audit goes on;",
    )
    bullet(document, "interpreters and translations, where the audit needs them;")
    bullet(document, "further copies or language versions of the certificate;")
    bullet(document, "your own costs of preparing for and taking part in the audits.")
    heading(document, "Acceptance")
    paragraph(
        document,
        "To accept, sign and return this page by {{ quotation.valid_until }}. You then receive the certification "
        "agreement for signature; no audit begins before both sides have signed it. Accepting the quotation gives no "
        "right to a certificate.",
        keep=True,
    )
    signatures(
        document,
        [
            ("For {{ body.name }}", "{{ quotation.by }}", "{{ quotation.by_title }}"),
            ("For {{ client.name }}: quotation {{ quotation.number }} accepted", "", ""),
        ],
    )

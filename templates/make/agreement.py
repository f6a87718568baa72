"""Template of the certification agreement. Its terms are our own words; a lawyer of the body reads them before use."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from templates.make.agreement_terms import TERMS
from templates.make.style import (
    Column,
    facts,
    finished,
    heading,
    new_document,
    new_page,
    paragraph,
    rows,
    signatures,
    title,
    when,
)

FILE = "agreement.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Certification agreement")
    _clause_styles(document)
    title(
        document,
        "{{ document.title }}",
        "{% if agreement.number %}No. {{ agreement.number }}, {% endif %}application {{ agreement.application }}",
    )
    paragraph(document, "between", "Note", keep=True)
    facts(
        document,
        [
            (
                "the certification body",
                ("{{ body.name }}", ("Table Small", "{{ body.legal_form }}"), *_registered("body")),
            ),
            ("the client", ("{{ client.name }}", ("Table Small", "{{ client.legal_form }}"), *_registered("client"))),
            (
                "represented by",
                "{{ client.representative }}{% if client.representative_title %}, {{ client.representative_title "
                "}}{% endif %}",
            ),
        ],
    )
    paragraph(document, "on certification under", "Note", keep=True)
    facts(
        document,
        [
            ("Audit criteria", "{{ agreement.criteria }}"),
            ("Scope", "{{ agreement.scope }}"),
            ("Sites", "all {{ sites|length }} named in Annex A"),
            ("Quotation", "{{ quotation.number }} of {{ quotation.date }}"),
        ],
    )
    for number, (name, clauses) in enumerate(TERMS, 1):
        heading(document, f"{number}  {name}")
        for place, clause in enumerate(clauses, 1):
            _clause(document, f"{number}.{place}", clause)
    _annexes(document)
    _signatures(document)
    return finished(document)


def _registered(of: str) -> tuple[Any, ...]:
    return (
        ("Table Small", f"{{{{ {of}.address }}}}"),
        f"{{%p if {of}.registration %}}",
        ("Table Small", f"{{{{ {of}.registration }}}}"),
        "{%p endif %}",
    )


def _clause_styles(document: Any) -> None:
    for name, left, hanging in (("Term", 11, 11), ("Term Point", 17, 5)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        shape = style.paragraph_format
        shape.left_indent, shape.first_line_indent = Mm(left), Mm(-hanging)
        shape.space_after = Pt(5 if name == "Term" else 2.5)
        shape.tab_stops.add_tab_stop(Mm(left))


def _clause(document: Any, number: str, clause: str | tuple[str, ...]) -> None:
    """A numbered clause, and its points where it has some."""
    first, *points = (clause,) if isinstance(clause, str) else clause
    paragraph(document, f"{number}\t{first}", "Term", keep=bool(points))
    for letter, point in zip("abcdefghijklmnop", points, strict=False):
        made = paragraph(document, f"{letter})\t{point}", "Term Point")
    if points:
        made.paragraph_format.space_after = Pt(5)


def _signatures(document: Any) -> None:
    heading(document, "Signatures")
    with when(document, "signed.since"):
        rows(
            document,
            "",
            [
                Column("Signed for", 66, ("{{ body.name }}", "{{ client.name }}")),
                Column("by", 0, ("{{ signed.body_by }}", "{{ signed.client_by }}")),
                Column("on", 36, ("{{ signed.body_on }}", "{{ signed.client_on }}")),
            ],
        )
        paragraph(
            document, "In force since {{ signed.since }}. The signed copy is kept with the body's records.", "Note"
        )
    with when(document, "not signed.since"):
        paragraph(
            document,
            "Annexes A to C are part of this agreement. It comes into force when both sides have signed.",
            keep=True,
        )
        signatures(
            document,
            [("For {{ body.name }}", "", ""), ("For {{ client.name }}", "", "")],
        )


def _annexes(document: Any) -> None:
    new_page(document)
    heading(document, "Annex A  Scope and sites")
    paragraph(document, "{{ agreement.scope }}")
    rows(
        document,
        "site in sites",
        [
            Column("Site", 66, ("{{ site.name }}", ("Table Small", "{{ site.where }}"))),
            Column("What is done there", 0, "{{ site.activities }}"),
            Column("Personnel", 24, "{{ site.personnel }}", align="center"),
            Column("Initial audit", 27, "{{ site.audited }}"),
        ],
    )
    heading(document, "Annex B  Audit time and its justification")
    facts(
        document,
        [
            ("Determined on", "{{ time.determined }}, for {{ time.personnel }} persons in scope (effective number)"),
            ("Method", "{{ time.method }}"),
            ("Table", "{{ time.table }}", "time.table"),
            ("At the client's sites", "at least {{ time.onsite }} % of the time, between opening and closing meeting"),
            ("Sites", "{{ time.sampling }}", "time.sampling"),
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
    with when(document, "time.factors"):
        rows(
            document,
            "each in time.factors",
            [Column("Adjustment", 40, "{{ each.percent }}"), Column("Reason", 0, "{{ each.reason }}")],
            together=True,
        )
    heading(document, "Annex C  Fees over the three-year cycle")
    rows(
        document,
        "phase in phases",
        [
            Column("Part of the cycle", 0, "{{ phase.title }}"),
            Column("Amount ({{ quotation.currency }})", 36, "{{ phase.net }}", align="right"),
        ],
        totals=[
            ("Three-year cycle{% if quotation.taxed %} before tax{% endif %}", "{{ quotation.cycle }}"),
            ("Three-year cycle with {{ quotation.tax_percent }} % tax", "{{ quotation.total }}", "quotation.taxed"),
        ],
        together=True,
    )
    paragraph(
        document,
        "Every line, with days and rates, stands in quotation {{ quotation.number }} of {{ quotation.date }}.",
        "Note",
    )

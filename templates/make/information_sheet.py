"""Template of the information sheet for applicants; what holds for every scheme stands here, the rest is data."""

from __future__ import annotations

from typing import Any

import attrs

from templates.make.information_sheet_cost import cost
from templates.make.information_sheet_parts import (
    agreed,
    columns_of_points,
    cycle,
    figure,
    impartial,
    ready,
    sheet_styles,
)
from templates.make.quoted import quoted
from templates.make.style import (
    Column,
    bullet,
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

FILE = "information-sheet.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Information sheet")
    sheet_styles(document)
    title(document, "{{ sheet.title }}", "Information for applicants and for everybody who asks")
    with when(document, "sheet.lead"):
        paragraph(document, "{{ sheet.lead }}", "Lead")
    with when(document, "not sheet.lead"):
        paragraph(
            document,
            "This sheet is for organizations that think of having their {{ sheet.subject }} certified by {{ body.name "
            "}}. It says what is certified, how that works, what it costs, and what you may expect of us and we of "
            "you.",
            "Lead",
        )
    _glance(document)
    _standard(document)
    _for_whom(document)
    _looked_at(document)
    ready(document)
    figure(document)
    cycle(document)
    impartial(document)
    agreed(document)
    cost(document)
    _next(document)
    return finished(document)


def _glance(document: Any) -> None:
    facts(
        document,
        [
            ("What is certified", "your {{ sheet.subject }}, for the scope and sites named on the certificate"),
            (
                "Audited against",
                "{{ scheme.citation }}{% if standard.guidance %}, the scheme of {{ body.name }}{% endif %}",
            ),
            (
                "Based on the guidance of",
                ("{{ standard.title }}", ("Table Small", "{{ standard.name }}")),
                "standard.guidance",
            ),
            ("The standard's name", "{{ standard.name }}", "not standard.guidance"),
            ("Owner's recognition", "{{ scheme.recognition }}", "scheme.recognition"),
            ("Edition", "{{ standard.edition }}", "standard.edition"),
            ("Validity", "three years at most, with an audit in every year"),
            (
                "Accreditation",
                "{{ scheme.accreditation }}{% if not scheme.accredited %} No accreditation body watches over this "
                "certification.{% endif %}",
            ),
        ],
    )


def _standard(document: Any) -> None:
    heading(
        document,
        "{% if sheet.what_it_is or sheet.what_it_is_not %}What {{ standard.title }} is, and what it is not{% else "
        "%}About {{ standard.title }}{% endif %}",
    )
    with when(document, "standard.summary"):
        paragraph(document, "{{ standard.summary }}")
    with when(document, "sheet.what_it_is or sheet.what_it_is_not"):
        columns_of_points(document, [("It is", "sheet.what_it_is"), ("It is not", "sheet.what_it_is_not")])
    with when(document, "standard.guidance"):
        paragraph(
            document,
            "Because {{ standard.title }} is guidance and sets no requirements, no organization can truthfully say "
            "that it conforms to that document, and no certificate can say so either. What {{ body.name }} audits and "
            "certifies is that the requirements of {{ scheme.criteria }}, its own published scheme, are fulfilled.{% "
            "if scheme.place %} You can read the scheme before you apply: {{ scheme.place }}.{% else %} Ask us for "
            "the scheme before you apply: {{ ask }}.{% endif %}",
        )
    with when(document, "not standard.guidance"):
        paragraph(
            document,
            "The audit asks whether the requirements of {{ scheme.citation }} are fulfilled. The document belongs to "
            "its publisher and is not repeated here; you need a copy of your own.",
        )
    with when(document, "certificate.statement"):
        paragraph(document, "The certificate will say:", keep=True)
        quoted(document, "“{{ certificate.statement }}”")
    with when(document, "certificate.attests_not"):
        paragraph(document, "And it will say what it does not attest: “{{ certificate.attests_not }}”")


def _for_whom(document: Any) -> None:
    with when(document, "sectors"):
        heading(document, "Who it is for")
        rows(
            document,
            "each in sectors",
            [
                Column("Sector", 44, "{{ each.sector }}", style="Table Name"),
                Column("What typically brings organizations to us", 0, "{{ each.brings }}"),
            ],
        )
    with when(document, "benefits"):
        heading(document, "What it brings, and what it does not", 2)
        with each(document, "each in benefits"):
            bullet(document, "{{ each.says }}{% if each.source %} (Source: {{ each.source }}){% endif %}")
    heading(document, "Voluntary or mandatory", 2)
    with each(document, "text in sheet.voluntary"):
        paragraph(document, "{{ text }}")
    with when(document, "not sheet.voluntary"):
        paragraph(
            document,
            "Certification under {{ scheme.criteria }} is voluntary as far as that document goes. A law, a licence, a "
            "contract or a tender may nevertheless ask for it. What holds for you has to be looked up for each country "
            "and sector; we do not advise on law.",
        )


def _looked_at(document: Any) -> None:
    with when(document, "principles"):
        heading(document, "The principles")
        rows(
            document,
            "each in principles",
            [
                Column("Principle", 52, "{{ each.clause }}  {{ each.title }}", style="Table Name"),
                Column("What it comes to, in our words", 0, "{{ each.says }}"),
            ],
        )
    heading(document, "What the audit looks at")
    with each(document, "text in sheet.looks_at"):
        paragraph(document, "{{ text }}")
    named = Column("Part", 50, "{{ each.number }}  {{ each.title }}", style="Table Name")
    questions = Column("Questions", 19, "{{ each.questions }}", align="right")
    with when(document, "audit.parts"):
        rows(document, "each in chapters", [named, Column("What belongs to it", 0, "{{ each.parts }}"), questions])
    with when(document, "not audit.parts"):
        rows(document, "each in chapters", [attrs.evolve(named, width=0), questions])
    paragraph(
        document,
        "The auditors work through a checklist of {{ audit.questions }} of ours, by {{ audit.methods }}. {% if "
        "supplements %}There are further questions for these sectors: {{ supplements }}. {% endif %}An audit is a "
        "sample: where it found nothing, it does not follow that there is nothing.",
    )


def _next(document: Any) -> None:
    heading(document, "The next step")
    paragraph(
        document,
        "Ask us for the application form{% if sheet.self_assessment %}, or first for the self-assessment workbook{% "
        "endif %}: {{ ask }}. Asking binds you to nothing. You get a quotation for your own organization, with the "
        "reason for each auditor-day, after we have reviewed your application.",
    )
    paragraph(
        document,
        "{{ body.name }}{% if body.legal_form %}, {{ body.legal_form }}{% endif %}{% if body.registration %}, {{ "
        "body.registration }}{% endif %}. {{ body.address }}.{% if body.website %} {{ body.website }}.{% endif %} "
        "Whether a certificate is valid, and for what, anyone may ask: {% if verify %}{{ verify }}{% else %}{{ ask "
        "}}{% endif %}. This sheet is as of {{ day }}.",
        "Note",
    )


__all__ = ["FILE", "made"]

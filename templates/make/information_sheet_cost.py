"""The part of the information sheet on what certification costs, and why."""

from __future__ import annotations

from typing import Any

from templates.make.style import Column, heading, paragraph, rows, when


def cost(document: Any) -> None:
    """What it costs, and why: one example in full, further sizes; the fees alone where no example has a number."""
    heading(document, "What it costs, and why").paragraph_format.page_break_before = True
    paragraph(
        document,
        "The fee is for the audit and the decision, not for a certificate: it is the same whether certification is "
        "granted or refused. It is made up of auditor-days{% if fees.day_rate %} at {{ fees.day_rate }} {{ "
        "fees.currency }}, whoever the auditor is,{% endif %} and fixed fees. The days follow from a fixed method and "
        "are written down with their reasons; they are not open to negotiation.",
    )
    with when(document, "not fees.known"):
        paragraph(document, "Ask us for our fees: {{ ask }}.")
    with when(document, "fees.known and not fees.verified"):
        paragraph(
            document,
            "The amounts on this sheet are an example; {{ body.name }} has not confirmed them as its fees. Ask us for "
            "those that hold today: {{ ask }}.",
            "Caution",
        )
    with when(document, "fees.method"):
        paragraph(document, "{{ fees.method }}")
    with when(document, "rates"):
        rows(
            document,
            "each in rates",
            [
                Column("Fee", 48, "{{ each.item }}", style="Table Name"),
                Column("What it is for", 0, "{{ each.why }}"),
                Column("{{ fees.currency }}", 26, "{{ each.amount }}", align="right"),
            ],
            together=True,
        )
    with when(document, "worked"):
        heading(document, "An example: {{ fees.example }}", 2)
        rows(
            document,
            "each in worked",
            [
                Column("Part of three years", 34, "{{ each.item }}", style="Table Name"),
                Column("Why", 0, "{{ each.why }}"),
                Column("Days", 12, "{{ each.days }}", align="right"),
                Column("{{ fees.currency }}", 20, "{{ each.amount }}", align="right"),
            ],
            totals=[
                ("Initial certification", "{{ fees.initial }}"),
                ("Three years, without tax and travel", "{{ fees.whole }}"),
            ],
            together=True,
        )
    with when(document, "sizes"):
        heading(document, "Other sizes", 2)
        rows(
            document,
            "each in sizes",
            [
                Column(
                    "Effective personnel and sites",
                    0,
                    "{{ each.size }}{% if each.about %}: {{ each.about }}{% endif %}",
                ),
                Column("Days", 14, "{{ each.days }}", align="right"),
                Column("Initial, likely", 24, "{{ each.likely }}", align="right"),
                Column("from – to", 38, "{{ each.range }}", align="right"),
                Column("Three years", 24, "{{ each.whole }}", align="right"),
            ],
            together=True,
        )
    paragraph(
        document,
        "{% if fees.currency %}In {{ fees.currency }}{% if fees.tax %}, plus {{ fees.tax }} % tax{% endif %}{% if "
        "fees.travel_rate %}; travel is {{ fees.travel_rate }} for each auditor-day, {{ fees.travel_how }}{% endif "
        "%}. {% endif %}{% if fees.table %}Days rest on {{ fees.table }}. {% endif %}{% if worked %}Personnel is "
        "spread evenly over the sites, and several sites are sampled. {% endif %}An estimate is not a quotation: "
        "yours rests on your application, and on the audit time that a competent person puts on record. Further "
        "audits that become necessary are announced with their days, at the same rate.",
        "Note",
    )

"""Template of the scheme document that the ISO 10002 plugin brings."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from templates.make.quoted import quoted
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
    title,
)

FILE = "../plugins/certbody_iso10002/templates/scheme.docx"

_FIRST = (
    "Purpose",
    "Scope",
    "What a certificate attests, and what not",
    "{{ basis.title }}",
    "Terms",
    "Requirements",
    "Grading of findings",
)
"""The chapters before those of scheme.toml's sections."""
_LAST = ("The sentence that a client may use", "What has not been verified")


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Scheme document")
    title(document, "{{ document.title }}", "Scheme {{ scheme.number }}")
    facts(
        document,
        [
            ("Scheme", "{{ scheme.number }}"),
            ("Issue", "{{ scheme.issue }} of {{ scheme.issued }}", "scheme.issue"),
            ("Issue", "not yet published", "not scheme.issue"),
            ("Published by", "{{ body.name }}, {{ body.address }}"),
            ("Published at", "{{ scheme.place }}", "scheme.place"),
            ("Based on the guidance of", ("{{ scheme.standard }}", ("Table Small", "{{ scheme.standard_name }}"))),
            (
                "Holds",
                "{{ requirement_count }} numbered requirements, served by {{ item_count }} checklist items"
                "{% for extra in supplements %}{% if loop.first %}; and, where the sector is in scope, by those for "
                "{% endif %}{{ extra.title }} ({{ extra.count }}){% if not loop.last %}; {% endif %}{% endfor %}",
            ),
        ],
    )
    _contents(document)
    heading(document, f"1  {_FIRST[0]}").paragraph_format.page_break_before = True
    paragraph(document, "{{ scheme.purpose }}")
    heading(document, f"2  {_FIRST[1]}")
    paragraph(document, "{{ scheme.scope }}")
    heading(document, f"3  {_FIRST[2]}")
    paragraph(document, "{{ scheme.attests }}")
    paragraph(document, "{{ scheme.attests_not }}")
    heading(document, f"4  {_FIRST[3]}")
    with each(document, "text in basis.paragraphs"):
        paragraph(document, "{{ text }}")
    heading(document, f"5  {_FIRST[4]}")
    rows(document, "term in terms", [Column("Term", 44, "{{ term.term }}"), Column("Meaning", 0, "{{ term.meaning }}")])
    _requirements(document)
    heading(document, f"7  {_FIRST[6]}")
    rows(
        document,
        "grade in grades",
        [
            Column("Grade", 34, "{{ grade.grade }}"),
            Column("Meaning", 0, "{{ grade.meaning }}"),
            Column("Consequence", 58, "{{ grade.consequence }}"),
        ],
    )
    with each(document, "section in sections"):
        heading(document, f"{{{{ loop.index + {len(_FIRST)} }}}}  {{{{ section.title }}}}")
        with each(document, "text in section.paragraphs"):
            paragraph(document, "{{ text }}")
    heading(document, f"{{{{ sections | length + {len(_FIRST) + 1} }}}}  {_LAST[0]}")
    paragraph(document, "While its certificate is valid, a client may say, unchanged and with its own name:", keep=True)
    quoted(document, "“{{ scheme.sentence }}”")
    heading(document, f"{{{{ sections | length + {len(_FIRST) + 2} }}}}  {_LAST[1]}")
    paragraph(document, "Whoever publishes this scheme looks at the following first.", keep=True)
    with each(document, "note in unverified"):
        bullet(document, "{{ note }}")
    return finished(document)


def _requirements(document: Any) -> None:
    heading(document, f"6  {_FIRST[5]}")
    paragraph(
        document,
        "Each requirement stands in the words of {{ body.name }} and is what nonconformities, reports and certificates "
        "cite. Beside it stand the clauses of {{ scheme.standard }} that it has grown from, and the items of the "
        "checklist that ask for it.",
    )
    with each(document, "chapter in chapters"):
        heading(document, "6.{{ loop.index }}  {{ chapter.title }} (clause {{ chapter.number }})", 2)
        columns = (
            Column("Number", 18, "{{ each.number }}"),
            Column("Requirement", 0, (("Table Strong", "{{ each.title }}"), "{{ each.text }}")),
            Column("Clause", 17, "{{ each.clauses }}"),
            Column("Checklist items", 34, "{{ each.items }}"),
        )
        inner = "each in group.requirements"
        groups(document, "group in chapter.groups", "{{ group.number }}  {{ group.title }}", inner, columns)


def _contents(document: Any) -> None:
    """A table of contents that shows its entries as made, and its page numbers once Word has worked it out (F9)."""
    strong = document.styles.add_style("Table Strong", WD_STYLE_TYPE.PARAGRAPH)
    strong.base_style, strong.font.bold = document.styles["Table Text"], True
    entry = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    entry.base_style = document.styles["Normal"]
    entry.paragraph_format.space_after = Pt(2)
    entry.paragraph_format.tab_stops.add_tab_stop(Mm(9))
    heading(document, "Contents", 2)
    first = paragraph(document, f"1\t{_FIRST[0]}", "toc 1")
    run = first.runs[0]._r
    for kind, text in (("begin", ""), ("", ' TOC \\o "1-1" \\h \\z '), ("separate", "")):
        run.addprevious(_mark(kind, text))
    for number, text in enumerate(_FIRST[1:], 2):
        paragraph(document, f"{number}\t{text}", "toc 1")
    with each(document, "section in sections"):
        paragraph(document, f"{{{{ loop.index + {len(_FIRST)} }}}}\t{{{{ section.title }}}}", "toc 1")
    for number, text in enumerate(_LAST, len(_FIRST) + 1):
        last = paragraph(document, f"{{{{ sections | length + {number} }}}}\t{text}", "toc 1")
    last._p.append(_mark("end", ""))


def _mark(kind: str, text: str) -> Any:
    run = OxmlElement("w:r")
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
    else:
        mark = OxmlElement("w:instrText")
        mark.set(qn("xml:space"), "preserve")
        mark.text = text
    run.append(mark)
    return run


__all__ = ["FILE", "made"]

"""Template of the result of a self-assessment: one page, on A4 and on US Letter."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from templates.make.style import Column, finished, new_document, paragraph, rows, title, when

FILE = "self-assessment-result.docx"
_SIZES = {"Title": 19, "Subtitle": 11.5, "Normal": 9.5, "Note": 8.5, "Table Text": 8.5, "Lead": 10.5}
_POINTS = (
    "{%p if step.shown %}",
    "Can be shown: {{ step.shown }}.",
    "{%p endif %}",
    "{%p for point in step.lacking %}",
    "{{ point.answer }}: {{ point.mark }}{{ point.title }} ({{ point.show }}).",
    "{%p endfor %}",
    "{%p if step.open %}",
    "Not answered: {{ step.open }}.",
    "{%p endif %}",
    "{%p if step.apart %}",
    "Said not to apply: {{ step.apart }}.",
    "{%p endif %}",
)


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Result of a readiness self-assessment")
    _tight(document)
    title(document, "Readiness self-assessment: result", "{{ applicant.name }}")
    paragraph(
        document,
        "{% if applicant.about %}About: {{ applicant.about }}. {% endif %}Answered by {{ applicant.by }} on "
        "{{ applicant.on }}, before an application for certification under {{ scheme.criteria }}; "
        "questions edition {{ scheme.edition }}; read on {{ applicant.read }}.",
        "Note",
    )
    said = paragraph(document, "", "Lead")
    said.add_run("{{ result.said }}.").bold = True
    said.add_run(" {{ result.counted }}")
    labelled(
        rows(
            document,
            "step in steps",
            [
                Column(
                    "Step",
                    38,
                    ("{{ step.number }}  {{ step.title }}", ("Table Mark", "{{ step.mark }}  {{ step.state }}")),
                ),
                Column("What can be shown, and what is missing (with what would show it)", 0, _POINTS),
            ],
        )
    )
    _next(document)
    paragraph(
        document,
        "●● ready   ●○ nearly   ○○ not yet   * core point, needed for stage 1. {{ rule.step }} {{ rule.all }}",
        "Note",
    )
    paragraph(
        document,
        "This page repeats what the organization says of itself. It is no audit result: nobody has examined it. It "
        "promises nothing about an audit or a decision, and nothing of it is on record. The certification body says "
        "what is missing, never how to get there: who advises may not certify (ISO/IEC 17021-1:2015, 5.2.5).",
        "Note",
    )
    return finished(document)


def _next(document: Any) -> None:
    """What happens now, in a sentence or two."""
    for condition, text in (
        (
            "result.ready",
            "What happens next: you may ask for the application form. Your application is reviewed; stage 1 then looks "
            "at documents, records and places, and comes to its own view.",
        ),
        (
            "result.asked",
            "What happens next: you may ask for the application form. Your application is reviewed; stage 1 then comes "
            "to its own view, and asks for what is named as missing above.",
        ),
        (
            "not result.ready and not result.asked",
            "What happens next is yours to decide. By your own answers, stage 1 would not find you ready today. You "
            "may apply at any time all the same: no application depends on this page.",
        ),
    ):
        with when(document, condition):
            paragraph(document, text)


def labelled(table: Any) -> None:
    """Set what stands before the colon of a paragraph apart, so that the page can be read in passing."""
    for cell in (cell for row in table.rows for cell in row.cells):
        for said in cell.paragraphs:
            label, colon, rest = said.text.partition(": ")
            if colon and not said.text.startswith("{%"):
                said.runs[0].text = label + ":"
                said.runs[0].bold = True
                said.add_run(" " + rest)


def _tight(document: Any) -> None:
    """Smaller sizes and spaces than elsewhere, so that the page stays one."""
    for name, size in _SIZES.items():
        document.styles[name].font.size = Pt(size)
    for name, before, after in (
        ("Title", 2, 0),
        ("Subtitle", 0, 3),
        ("Normal", 0, 3),
        ("Note", 0, 3),
        ("Lead", 3, 5),
        ("Table Text", 0.5, 0.5),
        ("Table Mark", 0, 1),
    ):
        shape = document.styles[name].paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.line_spacing = 1.0

"""Template of the letter on a decision, or on its annulment, in one language."""

from __future__ import annotations

from docx.shared import Pt

from templates.make.decision_parts import facts, points, signed, window, words
from templates.make.quoted import quoted
from templates.make.style import bullet, each, finished, heading, new_document, paragraph, when

FILE = "decision.docx"


def made() -> bytes:
    """The template's bytes. What the letter says, and in which order, comes from the terms (templates/terms)."""
    document = new_document("Decision letter")
    window(document)
    heading(document, "{{ letter.subject }}")
    paragraph(document, "{{ letter.salutation }}")
    with each(document, "text in opening"):
        paragraph(document, "{{ text }}")
    facts(document)
    words(document, "reason")
    words(document, "conditions")
    points(document)
    with each(document, "block in blocks"):
        heading(document, "{{ block.heading }}", 2)
        with each(document, "line in block.lines"):
            with when(document, 'line.shape == "bullet"'):
                bullet(document, "{{ line.text }}")
            with when(document, 'line.shape == "lead"'):
                paragraph(document, "{{ line.text }}", keep=True)
            with when(document, 'line.shape == "quote"'):
                quoted(document, "{{ line.text }}")
            with when(document, 'line.shape == "text"'):
                paragraph(document, "{{ line.text }}")
    closing = paragraph(document, "{{ letter.closing }}", keep=True)
    closing.paragraph_format.space_before = Pt(12)
    signed(document)
    return finished(document)

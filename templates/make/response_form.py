"""Template of the response form in Word: the nonconformity, and a table of lettered lines for the client's answer."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from templates.make.style import bullet, facts, finished, heading, new_document, title
from templates.make.tables import Column, add_row, closed, grid, upright

FILE = "response-form.docx"
ENTRY = "FFF6D6"
"""The tint of a cell to write in; the same as in workbooks."""
LINES = (
    ("A", "extent", "Extent", "Where else does the same hold: other cases, sites, services, times?", 24),
    ("B", "correction", "Correction", "What was done about this case and the others found?", 24),
    ("C", "correction_done_on", "Correction done on", "A date; leave it empty while it is not done.", 9),
    ("D", "cause", "Cause", "Why could it happen? Why did nobody notice?", 30),
    ("E", "corrective_action", "Corrective action", "What takes the cause away?", 30),
    ("F", "owner", "Responsible for it", "Name or function.", 9),
    ("G", "due_on", "To be done by", "A date.", 9),
    ("H", "done_on", "Done on", "A date; leave it empty while it is not done.", 9),
    ("I", "evidence", "Evidence of implementation", "What shows it? Send it along.", 24),
    ("J", "by", "Answered by", "Your name.", 9),
)
"""Letter, field, question, what is meant, and the least height of the line in mm."""


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Response form")
    title(document, "Response to nonconformity {{ nonconformity.number }}", "{{ client.name }}, to {{ body.name }}")
    facts(
        document,
        [
            ("Number", "{{ nonconformity.number }}"),
            ("Grade", "{{ nonconformity.grade }}"),
            ("Answer needed by", "{{ nonconformity.due_on }}", "nonconformity.due_on"),
            ("Audit", "{{ nonconformity.audit }}"),
            (
                "Where",
                "{{ nonconformity.site }}{% if nonconformity.site and nonconformity.process %}, {% endif %}"
                "{{ nonconformity.process }}",
                "nonconformity.site or nonconformity.process",
            ),
            ("Requirement", "{{ nonconformity.requirement }}"),
            ("What is not fulfilled", "{{ nonconformity.statement }}"),
            ("Objective evidence", "{{ nonconformity.evidence }}"),
            ("Changed since the report", "{{ nonconformity.changed }}", "nonconformity.changed"),
            ("Earlier answer sent back because", "{{ nonconformity.sent_back }}", "nonconformity.sent_back"),
        ],
        whole=False,
    )
    heading(document, "How to fill it in", 2)
    for text in (
        "Write into the tinted cells only, as much as you need; they grow. Leave the lines, their letters and the "
        "questions where they are. Dates as 2027-03-02. Text only: send pictures and documents along as files.",
        "A correction mends this case. A corrective action takes its cause away, so that it does not come back. A "
        "person’s mistake is rarely the whole cause.",
        "Return this document as .docx (not as a PDF) to the address above by the day named.{% if "
        "nonconformity.sent_back %} Your earlier answer stands in the cells: change it.{% endif %} If you dispute the "
        "nonconformity, say so in writing; that is your right, and it does not change the day.",
    ):
        bullet(document, text)
    heading(document, "Your answer", 2).paragraph_format.page_break_before = True
    _answers(document)
    return finished(document)


def _answers(document: Any) -> None:
    table = grid(document, (Column("", 10), Column("", 48), Column("", 0)), "Certbody List", first_row=True)
    upright(table)
    heads = [Column("", 0, text, style="Table Heading") for text in ("Line", "Question", "Answer")]
    add_row(table, heads, head=True)
    for letter, key, asked, meant, height in LINES:
        row = add_row(
            table,
            (
                Column("", 0, letter, style="Table Total"),
                Column("", 0, (("Table Text", asked), ("Table Small", meant))),
                Column("", 0, f"{{{{ answer.{key} }}}}"),
            ),
            whole=False,
        )
        tint = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ENTRY}"/>')
        row.cells[2]._tc.tcPr.append(tint)
        row.height = Mm(height)
    closed(document, table)

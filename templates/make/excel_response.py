"""Makes templates/response.xlsx: what a client fills in for one nonconformity."""

from __future__ import annotations

from templates.make.excel_house import (
    BAD,
    WARN,
    coloured,
    coloured_if,
    data,
    fact,
    finish,
    hidden_sheet,
    new_book,
    question,
    questions,
    read_me,
    section,
    titled,
)

FILE = "response.xlsx"
READ_ME = [
    (
        "What this is",
        [
            "The form on which you answer one nonconformity. The auditor says what is not fulfilled; how to mend it is "
            "for you to find. What you write is reviewed by the certification body, which accepts it or tells you what "
            "is missing."
        ],
    ),
    (
        "Four words that are often mixed up",
        [
            "Extent | How far the same holds: other cases, sites, services, times. Look before you answer.",
            "Correction | What you did about this case, and about the others that you found. It mends; the cause is "
            "still there.",
            "Cause | Why it could happen, and why nobody noticed. Ask why until you come to something that you can "
            "change; a person's mistake is rarely the whole cause.",
            "Corrective action | What takes the cause away, so that it does not come back. Example: writing to the 14 "
            "complainants who got no answer is a correction; a rota for weekends is a corrective action.",
        ],
    ),
    (
        "How to fill it in",
        [
            "Only the tinted cells are yours. Type texts and dates, no formulas; dates as 2027-03-02.",
            "For the corrective action, say who is responsible and by when it is done; or, if it is done, since when.",
            "Under Evidence, name what shows that it was done (records, pictures, new documents) and send it along. "
            "For a major nonconformity, implementation is verified before certification.",
            "An answer that was sent back stands in the cells, with the reason above: change it and return it again.",
        ],
    ),
    (
        "How to return it",
        [
            "Save it as an Excel workbook (.xlsx) and send it to the address above by the date on the form. If you "
            "dispute the nonconformity, say so in writing; that is your right, and it does not change the date.",
        ],
    ),
]


def made() -> bytes:
    """The template."""
    book = new_book()
    read_me(book, READ_ME)
    sheet = book.create_sheet("Response")
    titled(
        sheet,
        "Response to nonconformity {{ nonconformity.number }}",
        "{{ client.name }}, to {{ body.name }}",
        "Answer in the tinted cells.",
    )
    row = section(sheet, 4, "The nonconformity")
    for label, value, form in (
        ("Number", "{{ nonconformity.number }}", "general"),
        ("Grade", "{{ nonconformity.grade }}", "general"),
        ("Answer needed by", "{{ nonconformity.due_on }}", "date"),
        ("Audit", "{{ nonconformity.audit }}", "general"),
        ("Site", "{{ nonconformity.site }}", "general"),
        ("Process", "{{ nonconformity.process }}", "general"),
        ("Requirement", "{{ nonconformity.requirement }}", "general"),
        ("What is not fulfilled", "{{ nonconformity.statement }}", "general"),
        ("Objective evidence", "{{ nonconformity.evidence }}", "general"),
        ("Changed since the report", "{{ nonconformity.changed }}", "general"),
        ("Earlier answer sent back because", "{{ nonconformity.sent_back }}", "general"),
    ):
        row = fact(sheet, row, label, value, form)
    coloured(sheet, "C6:C6", {"major": BAD, "minor": WARN})
    coloured_if(sheet, f"B{row - 1}:C{row - 1}", f'$C${row - 1}<>""', WARN)
    row = heads = questions(sheet, row + 1)
    for key, asked, meant, form, lines in (
        ("extent", "Extent", "Where else does the same hold: other cases, sites, services, times?", "text", 3),
        ("correction", "Correction", "What was done about this case and the others found?", "text", 3),
        ("correction_done_on", "Correction done on", "Leave empty while it is not done.", "date", 1),
        ("cause", "Cause", "Why could it happen? Why did nobody notice?", "text", 4),
        ("corrective_action", "Corrective action", "What takes the cause away?", "text", 4),
        ("owner", "Responsible for it", "Name or function.", "text", 1),
        ("due_on", "To be done by", "", "date", 1),
        ("done_on", "Done on", "Leave empty while it is not done.", "date", 1),
        ("evidence", "Evidence of implementation", "What shows it? Send it along.", "text", 3),
        ("by", "Answered by *", "Your name.", "text", 1),
    ):
        value = f"{{{{ answer.{key} }}}}"
        row = question(sheet, row, key, asked, meant, value=value, form=form, lines=lines)
    sheet.freeze_panes = "C4"
    sheet.print_title_rows = f"{heads - 1}:{heads - 1}"
    finish(sheet, rows=f"A1:D{row - 1}")
    hidden_sheet(book, {"form": "response", "number": "{{ nonconformity.number }}"})
    return data(book)

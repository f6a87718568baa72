"""Makes templates/register.xlsx: all nonconformities and how far each has come."""

from __future__ import annotations

from templates.make.excel_house import (
    BAD,
    GOOD,
    NOTE,
    QUIET,
    WARN,
    Column,
    coloured,
    data,
    new_book,
    put,
    read_me,
    table,
    titled,
)

FILE = "register.xlsx"
STAGES = {
    "response overdue": BAD,
    "response rejected": BAD,
    "response awaited": WARN,
    "response to be reviewed": WARN,
    "response accepted": NOTE,
    "implementation verified": GOOD,
    "effectiveness confirmed": GOOD,
    "no nonconformity after all": QUIET,
}
READ_ME = [
    (
        "What this is",
        [
            "Every nonconformity on record by the date above, and how far each has come. It is made from the record; "
            "what is changed here changes nothing there."
        ],
    ),
    (
        "The stages",
        [
            "response awaited | the client has not answered, and still has time",
            "response overdue | the client has not answered in time",
            "response to be reviewed | the client has answered; the body has to accept the answer or send it back",
            "response rejected | it was sent back with a reason",
            "response accepted | extent, correction, cause and corrective action are accepted; to be verified",
            "implementation verified | correction and corrective action were found implemented",
            "effectiveness confirmed | the cause is gone; often seen only at the next audit",
            "no nonconformity after all | it was regraded to an opportunity; nothing is awaited",
        ],
    ),
    ("How to use it", ["Filter and sort it, copy from it, print it. There is nothing to return."]),
]


def made() -> bytes:
    """The template."""
    book = new_book()
    read_me(book, READ_ME, draft=False, client=False)
    sheet = book.create_sheet("Nonconformities")
    titled(
        sheet,
        "Nonconformities: {{ register.of }}",
        "{{ body.name }}, as on {{ document.date }}",
        "Colours repeat what the words say.",
        column="A",
    )
    columns = [
        Column("Number", 15, "{{ row.number }}", bold=True),
        Column("Client", 17, "{{ row.client }}"),
        Column("Audit", 14, "{{ row.audit }}"),
        Column("Grade", 11, "{{ row.grade }}"),
        Column("Regraded", 13, "{{ row.regraded }}"),
        Column("Requirement", 12, "{{ row.requirement }}"),
        Column("Site", 13, "{{ row.site }}"),
        Column("Statement", 35, "{{ row.statement }}"),
        Column("Raised on", 10.5, "{{ row.raised_on }}", form="date"),
        Column("Answer due on", 10.5, "{{ row.due_on }}", form="date"),
        Column("Extended on", 10.5, "{{ row.extended_on }}", form="date"),
        Column("Stage", 16, "{{ row.stage }}", bold=True),
        Column("Disputed", 9, "{{ row.disputed }}"),
        Column("Answered on", 10.5, "{{ row.responded_on }}", form="date"),
        Column("Accepted on", 10.5, "{{ row.accepted_on }}", form="date"),
        Column("Verified on", 10.5, "{{ row.verified_on }}", form="date"),
        Column("Effective on", 10.5, "{{ row.effective_on }}", form="date"),
    ]
    line = table(book, sheet, columns, "nonconformities", frozen=1, draft=False)
    coloured(sheet, f"L{line}:L{line}", STAGES)
    coloured(sheet, f"D{line}:D{line}", {"major": BAD, "minor": WARN})
    coloured(sheet, f"M{line}:M{line}", {"disputed": QUIET})
    late = f'COUNTIF(L{line}:L{line},"response overdue")'
    none = "no nonconformity after all"
    every = f'COUNTIFS(A{line}:A{line},"?*",L{line}:L{line},"<>{none}")'
    unverified = f'COUNTIFS(A{line}:A{line},"?*",P{line}:P{line},"",L{line}:L{line},"<>{none}")'
    counted = f'{unverified}&" of "&{every}'
    put(sheet, "H2", f'={counted}&" not yet verified, "&{late}&" overdue"', bold=True)
    return data(book)

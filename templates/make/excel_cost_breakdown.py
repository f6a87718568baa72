"""Makes templates/cost-breakdown.xlsx: what certification costs over the cycle, with formulas that calculate."""

from __future__ import annotations

from templates.make.excel_house import (
    BAD,
    GOOD,
    GREY,
    PALE,
    Column,
    coloured,
    coloured_if,
    data,
    finish,
    headings,
    new_book,
    put,
    read_me,
    repeat,
    section,
    table_row,
    titled,
)

FILE = "cost-breakdown.xlsx"
READ_ME = [
    (
        "What this is",
        [
            "The quotation, line by line over the three-year cycle: what each audit takes in auditor days, at which "
            "rate, what is fixed, and why. It belongs to the quotation of the same number, which alone is binding."
        ],
    ),
    (
        "How to read it",
        [
            "Days come from the audit time that was determined for your application; they are not negotiated.",
            "The fee is for the audit and the decision: it is the same whether certification is granted or refused.",
            "Amounts, sums, tax and total are formulas; the check at the end compares them with the quotation.",
            "The recertification is an outlook on the next cycle. It is no part of the total, and is determined anew.",
            "Travel is an estimate where its line says so; it is no audit time.",
        ],
    ),
    (
        "How to return it",
        ["There is nothing to fill in. Questions on it go to the address above; to accept, sign the quotation."],
    ),
]
PHASES = (
    ("initial", "Initial certification"),
    ("surveillance", "Surveillance, years 1 and 2"),
    ("annual", "Annual fees"),
    ("travel", "Travel"),
)


def made() -> bytes:
    """The template."""
    book = new_book()
    read_me(book, READ_ME)
    sheet = book.create_sheet("Costs")
    titled(
        sheet,
        "Cost breakdown of quotation {{ quotation.number }}",
        "{{ client.name }}, certification under {{ quotation.criteria }}; quoted on {{ quotation.quoted_on }}, valid "
        "until {{ quotation.valid_until }}",
        "All amounts in {{ quotation.currency }}, without tax unless said otherwise.",
        column="A",
    )
    columns = [
        Column("Item", 27, "{{ row.item }}", bold=True),
        Column("Days", 8, "{{ row.days }}", form="days"),
        Column("Day rate", 12, "{{ row.rate }}", form="money"),
        Column("Fixed amount", 13, "{{ row.fixed }}", form="money"),
        Column("Amount", 14, "", form="money"),
        Column("Why", 84, "{{ row.why }}"),
    ]
    headings(sheet, 4, columns)
    row, sums = 5, []
    for phase, title in (*PHASES, ("recertification", "Outlook: recertification, year 3 (next cycle)")):
        row = _phase(book, sheet, columns, row, phase, title)
        sums.append(row - 1)
    initial, surveillance, annual, travel, _ = sums
    row = section(sheet, row + 1, "The three-year cycle", "ABCDEF")
    totals = [
        (
            "Cycle without tax",
            f"=E{initial}+E{surveillance}+E{annual}+E{travel}",
            "All phases but the outlook.",
            "money",
        ),
        ("Tax in per cent", "{{ quotation.tax_percent }}", "", "days"),
        ("Tax", f"=ROUND(E{row}*E{row + 1}/100,2)", "Taken once, from the sum.", "money"),
        ("Cycle with tax", f"=E{row}+E{row + 2}", "", "money"),
        ("As quoted", "{{ quotation.total }}", "What the quotation says.", "money"),
        (
            "Check",
            f'=IF(ROUND(E{row + 3}-E{row + 4},2)=0,"agrees","differs")',
            "Formulas against quotation.",
            "general",
        ),
    ]
    check = row + len(totals) - 1
    for label, value, why, form in totals:
        bold = label == "Cycle with tax"
        for letter in "BCD":
            put(sheet, f"{letter}{row}", None, border=True)
        put(sheet, f"A{row}", label, bold=True, border=True)
        put(sheet, f"E{row}", value, border=True, form=form, right=True, bold=bold, fill=PALE if bold else "")
        put(sheet, f"F{row}", why or None, border=True, colour=GREY)
        row += 1
    coloured(sheet, f"E{check}:E{check}", {"agrees": GOOD, "differs": BAD})
    sheet.merge_cells(f"A{row + 1}:F{row + 1}")
    put(sheet, f"A{row + 1}", "{{ quotation.notes }}", colour=GREY, italic=True, wrap=True)
    coloured_if(sheet, f"E{check - 2}:E{check - 2}", f'$E${check}="differs"', BAD)
    sheet.freeze_panes = "B5"
    sheet.print_title_rows = "4:4"
    finish(sheet, rows=f"A1:F{row + 1}", one_page=True)
    return data(book)


def _phase(book: object, sheet: object, columns: list[Column], row: int, phase: str, title: str) -> int:
    """A section line, the repeated row, and the sum; the next free row."""
    row = section(sheet, row, title, "ABCDEF")
    line = row
    table_row(sheet, line, columns)
    sheet[f"E{line}"] = f'=IF(D{line}="",ROUND(B{line}*C{line},2),D{line})'
    repeat(book, sheet, phase, line)
    last = line + 1
    for letter, value in (
        ("A", "Sum"),
        ("B", f"=SUM(B{line}:B{line})"),
        ("C", None),
        ("D", None),
        ("E", f"=SUM(E{line}:E{line})"),
        ("F", None),
    ):
        form = {"B": "days", "E": "money"}.get(letter, "general")
        put(sheet, f"{letter}{last}", value, bold=True, border=True, form=form, right=letter in "BE")
    return last + 1

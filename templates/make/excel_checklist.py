"""Makes templates/checklist.xlsx: the workbook that an auditor fills in on site, with or without a network."""

from __future__ import annotations

from openpyxl.styles import Alignment

from templates.make.excel_house import (
    BAD,
    GOOD,
    GREY,
    NOTE,
    QUIET,
    WARN,
    Column,
    coloured,
    data,
    grown,
    hidden_sheet,
    new_book,
    put,
    read_me,
    table,
    titled,
)

RESULTS = {
    "satisfactory": GOOD,
    "conformity": GOOD,
    "strength": NOTE,
    "area of concern": WARN,
    "finding": BAD,
    "come back": WARN,
    "not reviewed": QUIET,
    "not covered": QUIET,
    "not applicable": QUIET,
}
GRADES = {"major": BAD, "minor": WARN, "opportunity": NOTE, "strength": GOOD, "area of concern": WARN}

FILE = "checklist.xlsx"
READ_ME = [
    (
        "What this is",
        [
            "The checklist of one audit at the sites it visits: one row for each question at each site where it is "
            "asked. The questions are the certification body's own. The sheet Findings takes one row for each "
            "finding; one question may yield several."
        ],
    ),
    (
        "How to fill it in",
        [
            "Only the tinted cells are yours. Everything works without a network.",
            "On the sheet Checklist, choose a result for each row. Say in Note what was left out and why: results "
            "such as not covered or not applicable stand only with a reason.",
            "Under Evidence seen, say what you saw, heard or read, so that somebody else could find it again: "
            "number, date, place, function; never the name of a complainant.",
            "Before the audit, read the sheet Law to look up, if your client's sector has one. It only says what is "
            "commonly asked somewhere: find out what holds in the country. Nothing on it is an audit requirement.",
            "On the sheet Findings, choose the row of the checklist, the grade and the requirement; then the "
            "statement (what is not fulfilled) and the objective evidence. Name the gap, not the solution.",
            "What is on record already stands in the cells; an empty result means that nothing is on record yet.",
            "You may filter as it is. To sort or to move columns, first choose Review, Unprotect Sheet (there is no "
            "password). Leave the hidden first column and the headings as they are: they tell the rows apart.",
            "Type texts and dates, no formulas; dates as 2027-03-02.",
        ],
    ),
    (
        "The words",
        [
            "Stage 1 | satisfactory; area of concern (could become a nonconformity at stage 2); not reviewed; not "
            "applicable",
            "All other audits | conformity; finding (at least one row on the sheet Findings); strength; not covered; "
            "come back (still to be looked at in this audit); not applicable",
            "major | a nonconformity that affects the ability to achieve the intended results",
            "minor | a nonconformity that does not",
            "opportunity | no nonconformity, and never a place to hide one",
        ],
    ),
    (
        "How to return it",
        [
            "Save it as an Excel workbook (.xlsx) and give it to the office, or read it in yourself: certbody audit "
            "record, followed by the number of the audit and the file. The checklist of another audit, or an older "
            "version of this one, is refused; nothing is recorded until every cell can be read.",
            "Several auditors may each fill in a copy: an empty result changes nothing on record.",
        ],
    ),
]


def made() -> bytes:
    """The template."""
    book = new_book()
    read_me(book, READ_ME)
    sheet = book.create_sheet("Checklist")
    titled(
        sheet,
        "Checklist {{ audit.number }}, version {{ audit.version }}",
        "{{ client.name }}: {{ audit.title }}, {{ audit.starts_on }} to {{ audit.ends_on }}. "
        "Criteria: {{ audit.criteria }}",
        "Fill in the tinted cells. A result that leaves something out needs a reason in Note.",
    )
    columns = [
        Column("Row", 12, "{{ row.id }}", hidden=True),
        Column("Clause", 15.5, "{{ row.clause }}", bold=True),
        Column("Item", 8, "{{ row.item }}"),
        Column("Site", 12, "{{ row.site }}"),
        Column("Core", 5.5, "{{ row.core }}", centre=True, bold=True),
        Column("Question", 37, "{{ row.ask }}"),
        Column("Evidence to look for", 37, "{{ row.look_for }}"),
        Column("Methods", 11.5, "{{ row.methods }}"),
        Column("Requirements", 12.5, "{{ row.requirements }}"),
        Column("Result", 13.5, "{{ row.result }}", entry=True, words="results"),
        Column("Note", 23, "{{ row.note }}", entry=True),
        Column("Evidence seen", 23, "{{ row.seen }}", entry=True),
    ]
    line = table(book, sheet, columns, "rows", frozen=4)
    coloured(sheet, f"J{line}:J{line}", RESULTS)

    findings = book.create_sheet("Findings")
    titled(
        findings,
        "Findings of audit {{ audit.number }}",
        "{{ client.name }}: {{ audit.title }}",
        "One row for each finding. Rows with a number are on record already. Where a row of the checklist has several "
        "findings, name it several times.",
        column="A",
    )
    put(findings, "F2", "Rows of the checklist with a result:", colour=GREY, right=True)
    put(
        findings,
        "G2",
        f'=COUNTA(Checklist!$J${line}:$J${line})&" of "&COUNTA(Checklist!$A${line}:$A${line})',
        bold=True,
    )
    columns = [
        Column("Number", 15, "{{ row.number }}", bold=True),
        Column("Checklist row", 13, "{{ row.row }}", entry=True, words="checklist_rows"),
        Column(
            "What was asked",
            32,
            f'=IF(B5="","",IFERROR(INDEX(Checklist!$F${line}:$F${line},MATCH(B5,Checklist!$A${line}:$A${line},0)),"?"))',
            form="general",
        ),
        Column("Grade", 12, "{{ row.grade }}", entry=True, words="grades"),
        Column("Requirement", 13, "{{ row.requirement }}", entry=True, words="requirements"),
        Column("Statement", 36, "{{ row.statement }}", entry=True),
        Column("Objective evidence", 36, "{{ row.evidence }}", entry=True),
        Column("Process", 16, "{{ row.process }}", entry=True),
        Column("Reason for the grade", 26, "{{ row.reason }}", entry=True),
        Column("Found on", 11.5, "{{ row.found_on }}", form="date", entry=True),
    ]
    line = table(book, findings, columns, "findings", frozen=2)
    findings.row_dimensions[line].height = 30
    coloured(findings, f"D{line}:D{line}", GRADES)

    law = book.create_sheet("Law to look up")
    titled(
        law,
        "Law to look up: {{ sector.title }}",
        "{{ sector.note }}",
        "What law, supervisors and ombudsmen of this sector commonly ask, in the certification body's own words; not "
        "verified for any country. No audit requirement: no finding cites it. Say under Evidence seen, at the "
        "questions named, what you found to hold.",
        column="A",
    )
    for row, height in ((2, 58), (3, 30)):
        law.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        law[f"A{row}"].alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        law.row_dimensions[row].height = height
    columns = [
        Column("Topic", 28, "{{ row.topic }}", bold=True),
        Column("What is commonly asked", 88, "{{ row.asks }}"),
        Column("Questions", 14, "{{ row.items }}"),
        Column("Standing", 22, "{{ row.verify }}"),
    ]
    table(book, law, columns, "law")

    lists = hidden_sheet(
        book,
        {
            "form": "checklist",
            "audit": "{{ audit.number }}",
            "version": "{{ audit.version }}",
            "stage": "{{ audit.stage }}",
            "client": "{{ client.number }}",
        },
    )
    free = 7
    free = grown(book, lists, "results", free, "results")
    free = grown(book, lists, "grades", free, "grades")
    free = grown(book, lists, "requirements", free, "requirements")
    grown(book, lists, "checklist_rows", free, "rows", "{{ row.id }}")
    return data(book)

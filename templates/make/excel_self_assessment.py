"""Makes templates/self-assessment.xlsx: what an organization asks itself before it applies."""

from __future__ import annotations

from templates.make.excel_house import (
    BAD,
    GOOD,
    GREY,
    QUIET,
    TINT,
    WARN,
    Column,
    choose,
    coloured,
    coloured_if,
    data,
    finish,
    hidden_sheet,
    listed,
    new_book,
    put,
    question,
    questions,
    read_me,
    table,
    titled,
)

FILE = "self-assessment.xlsx"
ANSWERS = {"yes, and it can be shown": GOOD, "partly": WARN, "no": BAD, "does not apply": QUIET}
READ_ME = [
    (
        "What this is",
        [
            "Questions to ask yourselves before you apply for certification under {{ scheme.criteria }}. Nobody has to "
            "fill it in; whether you may apply does not depend on it.",
            "It is your own statement. Nobody examines it, it is no audit, and it promises nothing about a later audit "
            "or decision. Nothing of it goes on record at the certification body.",
            "It says what an audit will ask for. It does not say how to get there, and the certification body does not "
            "either: who advises you may not certify you.",
        ],
    ),
    (
        "How to fill it in",
        [
            "Only the tinted cells are yours. Type texts and dates, no formulas; dates as 2027-03-02.",
            "Organization: who you are, and who answers.",
            "Self-assessment: choose one answer for each point, from the list in the cell.",
            "Core points are needed for stage 1, the first part of the audit; they always apply.",
            "What you leave open counts as missing, and the result says so.",
        ],
    ),
    (
        "The answers",
        [
            "yes, and it can be shown | It is so, and you could put before an auditor what the column What would show "
            "it names, or something as good. In Where it is, note where.",
            "partly | It is so in part, at some sites, or only since lately; or it is so, and could not be shown.",
            "no | It is not so.",
            "does not apply | There is nothing in your organization that the question could be about. Say why; it will "
            "be asked at stage 1.",
        ],
    ),
    (
        "What comes of it",
        ["Step | {{ rule.step }}", "All steps | {{ rule.all }}"],
    ),
    (
        "How to return it",
        [
            "Save it as an Excel workbook (.xlsx) and send it to the address above, or keep it for yourselves. From "
            "it, the certification body makes one page: where you are ready, and what is missing. What you noted on "
            "where things are does not stand on that page.",
        ],
    ),
]


def made() -> bytes:
    """The template."""
    book = new_book()
    read_me(book, READ_ME, draft=False, client=False)
    sheet = book.create_sheet("Organization")
    titled(
        sheet,
        "Readiness self-assessment",
        "{{ scheme.criteria }}, questions edition {{ scheme.edition }}",
        "Answer in the tinted cells; those marked with * are needed.",
    )
    row = questions(sheet, 4)
    for key, asked, meant, form, lines in (
        ("name", "Name of the organization *", "As it should stand on the result.", "text", 1),
        (
            "about",
            "What the answers are about",
            "If not the whole organization: the part, sites or services; two lines at most.",
            "text",
            2,
        ),
        ("by", "Answered by *", "Name of the person, or of the one who speaks for several.", "text", 1),
        ("on", "Date *", "As 2027-03-02.", "date", 1),
    ):
        row = question(sheet, row, key, asked, meant, form=form, lines=lines)
    sheet.freeze_panes = "C5"
    sheet.print_title_rows = "4:4"
    finish(sheet, rows=f"A1:D{row - 1}", draft=False)

    points = book.create_sheet("Self-assessment")
    titled(
        points,
        "Readiness self-assessment",
        "{{ scheme.criteria }}, questions edition {{ scheme.edition }}",
        "Choose an answer in each line. Where something does not apply, say why in the last column.",
    )
    columns = [
        Column("Line", 8, "{{ row.key }}", hidden=True),
        Column("Step", 17, "{{ row.step }}", bold=True),
        Column("Point", 19, "{{ row.title }}", bold=True),
        Column("Question", 46, "{{ row.ask }}"),
        Column("What would show it", 36, "{{ row.show }}"),
        Column("Requirement", 12, "{{ row.of }}"),
        Column("Core", 6, "{{ row.core }}", centre=True, bold=True),
        Column("Answer", 17, entry=True),
        Column("Where it is, or why it does not apply", 32, entry=True),
        Column("Answers", 8, "{{ row.answers }}", form="whole", hidden=True),
    ]
    line = table(book, points, columns, "points", frozen=3, draft=False)
    choose(points, f"H{line}", f"OFFSET(answers,0,0,$J{line},1)")
    coloured(points, f"H{line}:H{line}", ANSWERS)
    coloured_if(points, f"I{line}:I{line}", f'AND($H{line}="does not apply",TRIM($I{line})="")', WARN)
    coloured_if(points, f"B{line}:B{line}", f"$B{line}=$B{line - 1}", ("FFFFFF", "9AA4AE"))
    put(points, "H2", "Points answered:", colour=GREY, right=True)
    put(points, "I2", f'=COUNTA($H${line}:$H${line})&" of "&COUNTA($A${line}:$A${line})', bold=True)
    put(points, "H3", "Core points still open:", colour=GREY, right=True)
    put(
        points,
        "I3",
        f'=COUNTIFS($G${line}:$G${line},"core",$H${line}:$H${line},"")',
        bold=True,
        form="general",
    )

    for each in (sheet, points):
        each.sheet_properties.tabColor = TINT
    lists = hidden_sheet(
        book,
        {
            "form": "self-assessment",
            "standard": "{{ scheme.code }}",
            "edition": "{{ scheme.edition }}",
            "questions": "{{ scheme.questions }}",
        },
    )
    listed(book, lists, "answers", 6, tuple(ANSWERS))
    return data(book)

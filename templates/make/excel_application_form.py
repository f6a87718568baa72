"""Makes templates/application-form.xlsx: what an applicant fills in."""

from __future__ import annotations

from templates.make.excel_house import (
    TINT,
    Column,
    choose,
    counted,
    data,
    finish,
    hidden_sheet,
    listed,
    new_book,
    question,
    questions,
    read_me,
    repeat,
    section,
    table,
    titled,
)

FILE = "application-form.xlsx"
READ_ME = [
    (
        "What this is",
        [
            "The application for certification. What you write here is what the certification body reviews, plans the "
            "audit from and quotes for; a wrong number of people or a forgotten site makes the quotation wrong. It "
            "does not bind you to a contract."
        ],
    ),
    (
        "How to fill it in",
        [
            "Only the tinted cells are yours. Lines marked with * need an answer.",
            "Application: about your organization, what is to be certified, and the questions of the scheme.",
            "Sites: one row for each place where work in the scope is done, the head office included; a virtual site "
            "counts too. Mark the one that directs the others as central.",
            "Effective personnel: everybody who works in the scope at that site, part-timers by their hours, shift "
            "workers all counted, contractors included.",
            "Consultancy: who advised you on what is to be certified, and until when. It is asked for impartiality: "
            "the people who judge must not be those who advised. Having had advice is no disadvantage.",
            "Type texts and dates, no formulas; dates as 2027-03-02.",
        ],
    ),
    (
        "How to return it",
        [
            "Let somebody who may bind the organization enter name and date under Signature.",
            "Save it as an Excel workbook (.xlsx) and send it to the address above. What cannot be read is named to "
            "you cell by cell; you will be told whether the application is accepted, and if not, why.",
        ],
    ),
]
CHOICES = 8
"""Hidden columns beside a question of the scheme, for the answers to choose from."""


def made() -> bytes:
    """The template."""
    book = new_book()
    read_me(book, READ_ME, draft=False, client=False)
    sheet = book.create_sheet("Application")
    titled(
        sheet,
        "Application for certification",
        "{{ scheme.criteria }} ({{ scheme.title }}), to {{ body.name }}",
        "Answer in the tinted cells; those marked with * are needed.",
    )
    row = questions(sheet, 4)
    row = section(sheet, row, "Your organization")
    for key, asked, meant, words in (
        ("name", "Legal name *", "As in the public register; it will stand on the certificate.", ""),
        ("trading_name", "Trading name", "If it is another.", ""),
        ("legal_form", "Legal form", "Such as limited company, association, public authority.", ""),
        ("registration", "Register and number", "Commercial register, charity number or the like.", ""),
        ("address", "Street and number *", "Of the registered or head office.", ""),
        ("postcode", "Postcode", "", ""),
        ("city", "City *", "", ""),
        ("country", "Country *", "", ""),
        ("website", "Website", "", ""),
        ("representative", "Authorized representative *", "Who speaks for the organization in the certification.", ""),
        ("representative_title", "Function of the representative", "", ""),
        ("email", "E-mail *", "For everything that has to do with the certification.", ""),
        ("phone", "Telephone", "", ""),
        (
            "certification_body",
            "Is the organization itself a certification body? *",
            "A certification body for management systems cannot be certified by another for what it certifies.",
            "yes_no",
        ),
    ):
        row = question(sheet, row, f"client.{key}", asked, meant, value=f"{{{{ applicant.{key} }}}}", words=words)
    row = section(sheet, row, "What is to be certified")
    for key, asked, meant, lines in (
        (
            "scope",
            "Scope *",
            "Processes, products and services in one or two sentences, as they should stand on the certificate.",
            4,
        ),
        ("language", "Language of the audit *", "Of interviews and documents.", 1),
        (
            "legal_obligations",
            "Legal obligations",
            "Laws, permits and codes that apply to what is to be certified, such as time limits for answers.",
            3,
        ),
        (
            "outsourced",
            "Outsourced processes",
            "What others do for you in the scope, and who; such as a contact centre.",
            3,
        ),
        ("resources", "People and technical means", "Teams, functions, software and equipment in the scope.", 3),
        (
            "relationships",
            "Relations to a larger organization",
            "Parent company, group, functions that are provided by it.",
            2,
        ),
        ("other_certificates", "Other certificates", "Standard, body, valid until; those applied for too.", 2),
    ):
        value = f"{{{{ application.{key} }}}}" if key == "language" else ""
        row = question(sheet, row, f"application.{key}", asked, meant, value=value, lines=lines)
    row = section(sheet, row, "Impartiality")
    row = question(
        sheet,
        row,
        "application.consultancy",
        "Did anybody advise you on what is to be certified? *",
        "Consultancy, internal audits by others, in-house training. If yes, fill in the sheet Consultancy.",
        words="yes_no",
    )
    row = section(sheet, row, "Questions of the scheme")
    question(sheet, row, "{{ row.key }}", "{{ row.asked }}", "{{ row.meant }}")
    repeat(book, sheet, "questions", row)
    sheet[f"E{row}"] = "{{ row.count }}"
    for number in range(1, CHOICES + 1):
        sheet.cell(row, 5 + number).value = f"{{{{ row.choice_{number} }}}}"
    choose(sheet, f"C{row}", f"OFFSET($F{row},0,0,1,MAX(1,$E{row}))", strict=False)
    for number in range(5, 6 + CHOICES):
        sheet.column_dimensions[chr(64 + number)].hidden = True
    row = section(sheet, row + 1, "Signature")
    row = question(
        sheet,
        row,
        "application.signed_by",
        "Name *",
        "Of a person who may bind the organization. With name and date, the organization says that these answers are "
        "right and complete, and that it will meet the requirements of certification and give the information that "
        "is needed to judge it.",
    )
    row = question(sheet, row, "application.signed_on", "Date *", "As 2027-03-02.", form="date")
    sheet.freeze_panes = "C5"
    sheet.print_title_rows = "4:4"
    finish(sheet, rows=f"A1:D{row - 1}", draft=False)

    sites = book.create_sheet("Sites")
    titled(
        sites,
        "Sites",
        "Every place in the scope, the head office included",
        "One row for each site; leave the others empty. Name, street, city, country and personnel are needed.",
        column="A",
    )
    columns = [
        Column("Id", 6, "{{ row.id }}", bold=True),
        Column("Name", 24, "{{ row.name }}", entry=True),
        Column("Street and number", 26, "{{ row.address }}", entry=True),
        Column("Postcode", 10, "{{ row.postcode }}", entry=True),
        Column("City", 16, "{{ row.city }}", entry=True),
        Column("Country", 14, "{{ row.country }}", entry=True),
        Column("Type", 12, "{{ row.type }}", entry=True, words="site_types"),
        Column("Central", 9, "{{ row.central }}", entry=True, words="yes_no"),
        Column("Effective personnel", 11, "{{ row.personnel }}", entry=True, form="whole"),
        Column("Activities", 36, "{{ row.activities }}", entry=True),
        Column("Shifts", 18, "{{ row.shifts }}", entry=True),
    ]
    line = table(book, sites, columns, "sites", frozen=2, draft=False)
    counted(sites, f"I{line}:I{line}")
    sites.row_dimensions[line].height = 23

    advice = book.create_sheet("Consultancy")
    titled(
        advice,
        "Consultancy received",
        "Advice, internal audits by others, in-house training on what is to be certified",
        "Leave the date empty while it goes on. Leave the sheet empty where there was none.",
        column="A",
    )
    columns = [
        Column("Who gave it", 46, "{{ row }}", entry=True),
        Column("On what", 80, entry=True),
        Column("Until when", 16, form="date", entry=True),
    ]
    line = table(book, advice, columns, "consultancies", draft=False)
    advice.row_dimensions[line].height = 28

    for each in (sheet, sites, advice):
        each.sheet_properties.tabColor = TINT
    lists = hidden_sheet(book, {"form": "application-form", "standard": "{{ scheme.code }}"})
    free = listed(book, lists, "yes_no", 4, ("yes", "no"))
    listed(book, lists, "site_types", free, ("permanent", "temporary", "virtual"))
    return data(book)

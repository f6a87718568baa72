"""Makes the demo's documents of the client: a policy in Word, minutes and an instruction as PDF, lists in Excel."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from certbody.deliverables.package import repacked

_WHEN = datetime(2025, 3, 1, 12, tzinfo=UTC)
_POLICY = (
    "Fernloop wants to hear when a customer is not satisfied. Whoever tells us helps us and is welcome.",
    "Everybody may complain: in the shop, by telephone, on the web, by e-mail or letter, on our profiles, through a "
    "dealer or a technician, and through somebody else whom they trust.",
    "Each complaint gets a number at once and is acknowledged within 24 hours. The answer comes within ten working "
    "days; where that cannot be done, we say so beforehand, and why.",
    "Complaining costs nothing, at any stage.",
    "A complaint is looked into by somebody whom it does not concern. Like cases are decided alike.",
    "Who does not agree gets a second look by somebody who was not involved before, and the address of the "
    "Communications Ombudsman of Estmark.",
    "What complainants tell us about themselves is used for their complaint and for nothing else.",
    "We say what we changed. The managing director reads ten complaints every week.",
)
_MINUTES = """\
MANAGEMENT REVIEW OF COMPLAINTS HANDLING
2025-01-22, 09:00 to 11:40, Lantern Quay

Present: N. Vant (managing director, chair), P. Rowan (customer relations),
finance director, director of networks, director of sales; I. Calloway
(internal audit) for items 4 and 5. Minutes: office of the managing director.

1. Follow-up of 2024-07-17. Nine actions, nine done; the porting desk has
   shortened the average from 9.4 to 4.6 days.
2. Changes. Consumer Code guidance on porting expected; price rise in March;
   copper switch-off in two districts.
3. Figures October to December 2024. 2,590 complaints. Acknowledged in 24 hours
   97.2 % (target 98), answered in ten working days 91.0 % (90), solved at first
   contact 52.1 % (55: missed), repeated within 90 days 7.4 % (8 at most),
   satisfaction of complainants 3.9 of 5 (3.8).
   By channel: telephone 62 %, web form 22 %, e-mail 9 %, letter 3 %, others 4 %.
4. Internal audit IA-2024-04. Four findings, three closed, one due 2025-04-30.
5. Outside cases. 31 in 2024, nine decided against us; lessons list accepted.
6. Resources. Two handlers started on 2025-01-08. Outage map wanted.

Decisions
 1  Remedies up to EMK 40 without asking      P. Rowan        2025-02-10
 2  Price letter tried on customers first      Sales           2025-02-14
 3  Training records complete                  L. Ostrow       2025-04-30
 4  Outage map on handlers' screens            Networks        2025-06-30
 5  Lines for alarm customers listed           Networks        2025-02-28
 6  Letters in plain words, A1 to A6           P. Rowan        2025-03-14
 7  Launch checklist for tariffs               Sales           2025-02-21

Next review: 2025-07-16.                                      signed N. Vant
"""
_INSTRUCTION = """\
FERNLOOP TELECOM                                     WI-07, issue 1, 2025-04-25
INSTRUCTION: EVERY COMPLAINT, WHEREVER IT IS MADE

1. What it is for. A complaint made on our profiles or in the shop is worth as
   much as one made by telephone: it gets a number, a due date, an answer and,
   if need be, a second look.
2. What is entered. Whatever fits CH-01, 3.1: somebody is dissatisfied and
   expects an answer. Nobody judges whether it is small.
3. When. At first contact, before it is settled. Settled on the spot is entered
   as well, and closed at once.
4. Social media desk. By the link 'new complaint' in the tool; the post is kept
   with the case; the number is sent by private message.
5. Shop. On the tablet at each counter; the number is printed on a receipt. The
   counter notebook is withdrawn on 2025-04-28 and goes to customer relations.
6. Targets. Desk and shop are measured by complaints entered at first contact,
   no longer by open cases (target sheets of 2025-04-25).
7. Check. The analyst reconciles one day a week for each channel, contacts
   beside register, and reports gaps to the managing director by Friday.

Valid from 2025-04-28.       P. Rowan, representative for complaints
"""

_LETTER = """\
FERNLOOP TELECOM LTD
14 Lantern Quay, 1102 Aldermouth

Quillmark Certification Ltd                                          2026-04-22
9 Weighhouse Lane, 1104 Aldermouth

CONTACT CENTRE: ANOTHER FLOOR AND OTHER TELEPHONES;  SURVEILLANCE 2026-001

Dear Ms Whitlock,

our contact centre moves from the first to the third floor of the Old Spinning
Mill, and gets other telephones with a voice assistant (change CR-402). Address,
people and procedure stay as they are. The move is planned for 18 to 29 May.

While it lasts, our handlers at Lantern Quay take the calls of Millbrook in turns.
On 11 and 12 May we could give your auditors nobody's time. We ask you to come in
the first days of June.

Kind regards
Piet Rowan, head of customer relations, representative for complaints
"""


def made() -> dict[str, bytes]:
    """The documents by file name."""
    return {
        "complaints-policy.docx": _policy(),
        "management-review.pdf": _pdf(_MINUTES, "Management review of complaints handling"),
        "instruction-WI-07.pdf": _pdf(_INSTRUCTION, "Instruction WI-07"),
        "letter-contact-centre.pdf": _pdf(_LETTER, "Contact centre: another floor and other telephones"),
        "register-sample.xlsx": _list(
            "Sample of 2025-03-31",
            ("Number", "Received", "Channel", "About", "Class", "Due", "Acknowledged", "Answered", "Closed", "Outcome"),
            _SAMPLE,
        ),
        "reconciliation-may.xlsx": _list(
            "2025-05-20",
            ("Channel", "Contacts", "Complaints by CH-01, 3.1", "In the register", "Gap", "Looked at by"),
            _RECONCILED,
        ),
        "open-cases-millbrook.xlsx": _list(
            "2026-09-07",
            ("Number", "Received", "About", "Status", "Due", "Last news to the complainant", "Working days since"),
            _OPEN,
        ),
    }


def _day(month: int, day: int) -> date:
    return date(2025, month, day)


_SAMPLE = tuple(
    (number, _day(*received), channel, about, rated, _day(*due), _day(*known), _day(*answered), _day(*closed), outcome)
    for number, received, channel, about, rated, due, known, answered, closed, outcome in (
        (
            "FT-25-00954",
            (2, 4),
            "telephone (relay)",
            "bill not readable",
            "B",
            (2, 18),
            (2, 4),
            (2, 5),
            (2, 7),
            "upheld",
        ),
        ("FT-25-00987", (2, 5), "web form", "credit not paid", "B", (2, 19), (2, 5), (2, 19), (2, 21), "upheld"),
        ("FT-25-01032", (2, 6), "telephone", "number lost in porting", "A", (2, 20), (2, 6), (2, 7), (2, 14), "upheld"),
        (
            "FT-25-01119",
            (2, 10),
            "web form",
            "conduct of a handler",
            "B",
            (2, 24),
            (2, 10),
            (2, 17),
            (2, 21),
            "upheld in part",
        ),
        ("FT-25-01190", (2, 12), "letter", "reminder fee", "C", (2, 26), (2, 13), (2, 18), (2, 25), "upheld"),
        ("FT-25-01244", (2, 14), "telephone", "conduct of an agent", "B", (2, 28), (2, 14), (2, 24), (2, 27), "upheld"),
        (
            "FT-25-01290",
            (2, 16),
            "e-mail",
            "television out of order",
            "C",
            (2, 28),
            (2, 19),
            (2, 20),
            (2, 28),
            "upheld",
        ),
        ("FT-25-01301", (2, 17), "letter", "end of contract", "B", (3, 3), (2, 18), (3, 5), (3, 10), "refused"),
        ("FT-25-01388", (2, 20), "web form", "speed", "B", (3, 6), (2, 20), (2, 27), (3, 13), "refused"),
        ("FT-25-01402", (2, 21), "telephone", "late activation", "C", (3, 7), (2, 21), (2, 21), (2, 21), "upheld"),
        ("FT-25-01455", (2, 23), "web form", "router drops out", "B", (3, 7), (2, 23), (3, 6), (3, 14), "upheld"),
        ("FT-25-01533", (2, 25), "telephone", "roaming bill", "A", (3, 11), (2, 25), (2, 28), (3, 7), "upheld in part"),
    )
)
_RECONCILED = (
    ("telephone", 412, 18, 18, 0, "analyst and A. Hollin"),
    ("web form", 61, 7, 7, 0, "analyst"),
    ("e-mail", 88, 4, 4, 0, "analyst"),
    ("letter", 9, 2, 2, 0, "analyst"),
    ("social media", 47, 16, 16, 0, "analyst and A. Hollin"),
    ("shop", 93, 5, 5, 0, "analyst and A. Hollin"),
    ("dealers", 38, 2, 2, 0, "analyst"),
)
_WAITING = "waiting for outside party"
_OPEN = tuple(
    (number, date(2026, 8, received), about, status, date(2026, *due), date(2026, *news), since)
    for number, received, about, status, due, news, since in (
        ("FT-26-07911", 11, "no line after a move", _WAITING, (8, 25), (8, 19), 13),
        ("FT-26-08022", 14, "television out of order", _WAITING, (8, 28), (8, 24), 10),
        ("FT-26-08104", 17, "appointment missed", _WAITING, (8, 31), (8, 25), 9),
        ("FT-26-08153", 18, "router drops out", _WAITING, (9, 1), (8, 26), 8),
        ("FT-26-08297", 21, "echo on calls", "being looked into", (9, 4), (9, 2), 3),
        ("FT-26-08388", 25, "credit not paid", "waiting for payment", (9, 8), (9, 1), 4),
        ("FT-26-08441", 26, "bill after a change", "being looked into", (9, 9), (9, 2), 3),
        ("FT-26-08512", 28, "number lost in porting", "with the other operator", (9, 11), (9, 4), 1),
        ("FT-26-08540", 28, "speed", "measurement", (9, 11), (9, 3), 2),
        ("FT-26-08577", 31, "conduct of an agent", "being looked into", (9, 14), (9, 4), 1),
    )
)


def _policy() -> bytes:
    from docx import Document
    from docx.shared import Pt

    paper = Document()
    paper.styles["Normal"].font.name = "Calibri"
    paper.styles["Normal"].font.size = Pt(11)
    paper.add_heading("Complaints policy", 0)
    paper.add_paragraph("Fernloop Telecom Ltd  ·  CP-01, issue 3 of 2024-09-16  ·  extract")
    for sentence in _POLICY:
        paper.add_paragraph(sentence, style="List Number")
    paper.add_paragraph("Aldermouth, 2024-09-16")
    paper.add_paragraph("Nora Vant, managing director")
    core = paper.core_properties
    core.author, core.last_modified_by, core.title = "Fernloop Telecom Ltd", "", "Complaints policy"
    core.created = core.modified = _WHEN.replace(tzinfo=None)
    made = BytesIO()
    paper.save(made)
    return repacked(made.getvalue())


def _list(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    lines = [tuple(row) for row in rows]
    sheet.append(tuple(headings))
    for row in lines:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", start_color="184A7A")
    for place, heading in enumerate(headings):
        longest = max(len(str(row[place])) for row in [tuple(headings), *lines])
        sheet.column_dimensions[get_column_letter(place + 1)].width = max(longest, len(heading)) + 3
    sheet.freeze_panes = "A2"
    return saved(book)


def saved(book: object) -> bytes:
    """A workbook's bytes, the same whenever it is made."""
    made = BytesIO()
    book.save(made)  # type: ignore[attr-defined]
    return _undated(repacked(made.getvalue()))


def _undated(data: bytes) -> bytes:
    """The package with the moment of its making, which openpyxl takes from the machine, set to that of the story."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "docProps/core.xml":
                stamp = f"{_WHEN:%Y-%m-%dT%H:%M:%SZ}".encode()
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, part)
            target.writestr(entry, part)
    return out.getvalue()


def _pdf(text: str, title: str) -> bytes:
    """A PDF of one page in a typewriter face, as an office prints it."""
    lines = [line for each in text.splitlines() for line in (textwrap.wrap(each, 84, subsequent_indent="   ") or [""])]
    shown = "\n".join(f"({_escaped(line)}) '" for line in lines)
    page = f"BT /F1 10 Tf 13.2 TL 50 792 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) /Author (Fernloop Telecom Ltd) >>" % _escaped(title).encode("latin-1"),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    return (
        made
        + end
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            len(made),
        )
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")

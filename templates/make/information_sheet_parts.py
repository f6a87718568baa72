"""Parts of the information sheet: readiness, the three steps, the cycle, rights and duties, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from templates.make.information_sheet_terms import CYCLE, DUTIES, PDCA, RIGHTS, STEPS, WAYS
from templates.make.look import ACCENT, MUTED, TEXT_WIDTH, TINT
from templates.make.quoted import quoted
from templates.make.style import Column, bullet, heading, paragraph, rows, when
from templates.make.tables import add_row, borderless, closed, grid, upright

_ARROW = 8
_DENSER = (
    ("Normal", 10, 0, 5),
    ("List Bullet", 10, 0, 2),
    ("Heading 1", 15, 13, 4),
    ("Heading 2", 11.5, 9, 3),
    ("Note", 8.5, 0, 4),
)
"""Style, size, space before and after, in points: a sheet to hand over is a little denser than a report."""


def sheet_styles(document: Any) -> None:
    """The styles that this sheet has beyond the house's."""
    styles = document.styles
    for name, size, before, after in _DENSER:
        styles[name].font.size = Pt(size)
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(after)
        styles[name].paragraph_format.line_spacing = 1.08

    def style(name: str, base: str, size: float, *, bold: bool = False, color: str = "") -> Any:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.font.size, made.font.bold = styles[base], Pt(size), bold
        if color:
            made.font.color.rgb = RGBColor.from_string(color)
        return made

    style("Table Name", "Table Text", 9.5, bold=True)
    point = style("Table Point", "List Bullet", 9.5)
    shape = point.paragraph_format
    shape.left_indent, shape.first_line_indent = Mm(4.5), Mm(-4)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(1), Pt(2), 1.05
    name = style("Step Name", "Table Text", 13, bold=True, color=ACCENT)
    name.paragraph_format.space_before, name.paragraph_format.space_after = Pt(4), Pt(5)
    caution = style("Caution", "Normal", 10, bold=True, color=ACCENT)
    caution.paragraph_format.space_after = Pt(5)
    style("Step Arrow", "Table Text", 20, color=MUTED)


def columns_of_points(document: Any, said: Sequence[tuple[str, str]]) -> None:
    """A table of lists side by side: heading, and the field that holds the points, or the points themselves."""
    columns = []
    for name, points in said:
        loop = ("{%p for point in " + points + " %}", ("Table Point", "{{ point }}"), "{%p endfor %}")
        columns.append(Column(name, TEXT_WIDTH / len(said), loop))
    rows(document, "", columns, whole=False)


def _fixed_points(document: Any, said: Sequence[tuple[str, Sequence[str]]]) -> None:
    columns = [
        Column(name, TEXT_WIDTH / len(said), tuple(("Table Point", point) for point in points)) for name, points in said
    ]
    rows(document, "", columns)


def ready(document: Any) -> None:
    """The readiness checklist, and what has to be there before stage 2."""
    heading(document, "Are you ready?")
    with when(document, "readiness"):
        paragraph(
            document,
            "Tick what is there today. Where much is missing, an application would come too early; the audit would "
            "only tell you what you know already.",
            keep=True,
        )
        table = rows(
            document,
            "each in readiness",
            [
                Column("Step", 36, "{{ loop.index }}  {{ each.step }}", style="Table Name"),
                Column("It is there when", 0, "{{ each.says }}"),
                Column("yes", 10, ""),
                Column("not yet", 15, ""),
            ],
            together=True,
        )
        upright(table)
    with when(document, "sheet.before_stage_2"):
        paragraph(document, "Before stage 2 there have to be {{ sheet.before_stage_2 }}.")
    with when(document, "not sheet.before_stage_2"):
        paragraph(
            document,
            "Before stage 2 your {{ sheet.subject }} has been in use long enough to leave records, and you have "
            "carried out an internal audit of the whole scope and a management review.",
        )
    paragraph(
        document,
        "{% if sheet.self_assessment %}For a closer look, ask us for the self-assessment workbook; its result says "
        "what is missing. {% endif %}We can explain a requirement. How you fulfil it is for you to find, alone or "
        "with an adviser of your choice: whoever advises may not certify, and with whom you prepare makes "
        "certification neither easier, nor faster, nor cheaper.",
    )


def figure(document: Any) -> None:
    """The three steps side by side, with arrows between them."""
    heading(document, "How certification works: three steps")
    width = (TEXT_WIDTH - _ARROW * 2) / 3
    columns: list[Column] = []
    for number, name, points in STEPS:
        if columns:
            columns.append(Column("", _ARROW, "›", style="Step Arrow", align="center"))
        said = (("Step Name", f"{number}   {name}"), *(("Table Point", each) for each in points))
        columns.append(Column("", width, said))
    table = grid(document, columns, "Certbody Facts", first_row=False)
    borderless(table)
    for place, cell in enumerate(add_row(table, columns).cells):
        if place % 2:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        else:
            tint = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{TINT}"/>')
            cell._tc.tcPr.append(tint)
    closed(document, table)


def cycle(document: Any) -> None:
    """The audits of three years, and who does what in plan, do, check and act."""
    heading(document, "The three-year cycle", 2)
    table = grid(document, _cycle_columns(), "Certbody List", first_row=True)
    heads = [Column("", 0, each.heading, style="Table Heading") for each in _cycle_columns()]
    add_row(table, heads, head=True)
    for number, (name, when_, looks, outcome) in enumerate(CYCLE, 1):
        said = (("Table Name", name), ("Table Small", when_))
        cells = (Column("", 0, said), Column("", 0, looks), Column("", 0, outcome))
        add_row(table, cells, keep=number < len(CYCLE))
    closed(document, table)
    heading(document, "Plan, do, check, act", 2)
    heads = [Column("", 0, each, style="Table Heading") for each in ("", "What you do", "What we do")]
    columns = [Column("", 32), Column("", 0), Column("", 0)]
    table = grid(document, columns, "Certbody List", first_row=True)
    add_row(table, heads, head=True)
    for number, (name, key, yours, ours) in enumerate(PDCA, 1):
        where = (f"{{%p if cycle.{key} %}}", ("Table Small", f"{{{{ cycle.{key} }}}}"), "{%p endif %}")
        cells = (Column("", 0, (("Table Name", name), *where)), Column("", 0, yours), Column("", 0, ours))
        add_row(table, cells, keep=number < len(PDCA))
    closed(document, table)


def _cycle_columns() -> list[Column]:
    return [Column("Audit", 46), Column("What it looks at", 0), Column("What comes of it", 39)]


def agreed(document: Any) -> None:
    """Rights and duties, marks, appeals and complaints (8.1, 8.3, 8.5.1, 9.7, 9.8)."""
    heading(document, "Rights and duties")
    paragraph(document, "The agreement says both in full, and you may ask for its text before you apply.", keep=True)
    _fixed_points(document, [("You have the right", RIGHTS), ("You undertake", DUTIES)])
    heading(document, "Use of certificate and mark")
    paragraph(
        document,
        "While the certificate is valid, and for its scope and sites, you may use our mark in the form supplied{% if "
        "certificate.client_sentence %}, and say:{% else %}, and refer to the certification with its criteria and "
        "our name.{% endif %}",
        keep=True,
    )
    with when(document, "certificate.client_sentence"):
        quoted(document, "“{{ certificate.client_sentence }}”")
    bullet(
        document,
        "Never on products, their packaging, or reports of testing, calibration or inspection: no product is "
        "certified. On packaging that can be removed a statement in words may be possible; ask first.",
    )
    bullet(
        document,
        "{% if standard.guidance %}Never with a claim to conform to {{ standard.title }}, or to be certified to it or "
        "by its publisher; never{% else %}Never{% endif %} for what lies outside the scope{% if not scheme.accredited "
        "%}, and never with the symbol of an accreditation body{% endif %}.",
    )
    bullet(
        document,
        "Not while suspended (as a rule {{ audit.suspension_months }} months at most), and never after withdrawal or "
        "expiry. When the scope is reduced, amend what you have published.",
    )
    paragraph(
        document,
        "{% if policy.marks %}The rules in full: {{ policy.marks }}{% else %}The rules in full are yours on request: "
        "{{ ask }}{% endif %}. On misuse we ask for correction, and may suspend, withdraw, publish, or go to court.",
    )
    heading(document, "If you do not agree, or are not content")
    columns = [Column("", 21), Column("", 45), Column("", 0)]
    table = grid(document, columns, "Certbody List", first_row=True)
    add_row(table, [Column("", 0, each, style="Table Heading") for each in ("", "About", "How")], head=True)
    for number, (name, about, how) in enumerate(WAYS, 1):
        cells = (Column("", 0, name, style="Table Name"), Column("", 0, about), Column("", 0, how))
        add_row(table, cells, keep=number < len(WAYS))
    closed(document, table)
    paragraph(
        document,
        "We acknowledge receipt, tell you of progress and result, and nobody suffers a disadvantage for having come to "
        "us. {% if policy.appeals %}The process in full: {{ policy.appeals }}{% else %}We send you the process in full "
        "on request: {{ ask }}{% endif %}.",
    )


def impartial(document: Any) -> None:
    """Impartiality, and what is made public (5.2, 8.1.2, 8.4)."""
    heading(document, "Impartiality and confidentiality")
    paragraph(
        document,
        "Neither we nor anybody under our control advise on management systems, or carry out internal audits for "
        "those we certify. Whoever advised you, worked for you or audited you internally takes no part in your "
        "certification for two years at least. Everybody involved declares interests each time. Nobody who was on an "
        "audit decides, and nobody earns by the outcome.{% if related %} Bodies related to us: {{ related }}; we do "
        "not certify whom they have advised within the last two years.{% endif %} {% if policy.impartiality %}Our "
        "policy: {{ policy.impartiality }}.{% else %}Our policy on impartiality is yours on request: {{ ask }}.{% "
        "endif %}",
    )
    paragraph(
        document,
        "Of a certified client we make public, on request at least: name, criteria, scope, place, and whether the "
        "certificate is valid. The rest stays confidential.",
    )

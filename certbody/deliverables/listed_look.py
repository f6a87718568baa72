"""How a register looks as a workbook: house colours or the body's, headings that stay, pages that fit their paper."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from certbody.deliverables.heights import height_of
from certbody.deliverables.rows import Form, Listing, Register, Tone

FONT, SIZE = "Calibri", 9.0
INK, LINE, HOUSE, GREY, WHITE = "1F2A44", "BFC7D1", "24476B", "5C6675", "FFFFFF"
HEADING = 4
"""The row of the headings; above it stand title, body and hint."""
COLOURS = {
    Tone.GOOD: ("E2F1E4", "1E5E2C"),
    Tone.BAD: ("FADCDC", "8F1D1D"),
    Tone.WARN: ("FCE8C8", "7A4A00"),
    Tone.NOTE: ("DDEAF8", "1D4C86"),
    Tone.QUIET: ("E9EBEE", "4A5360"),
}
"""Fill and ink of a marked cell."""
FORMATS = {Form.TEXT: "@", Form.DATE: "yyyy-mm-dd", Form.WHOLE: "0_)", Form.DAYS: "0.0#_)"}
_HEX = re.compile(r"[0-9A-Fa-f]{6}")


@cache
def letter(column: int) -> str:
    """The letter of a column, counted from 1."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


class Looks:
    """A workbook with the headings of a register's lists, and the styles of its cells by their number in the file."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.colour = register.colour if _HEX.fullmatch(register.colour) else HOUSE
        self.book = _new_book()
        self.book._named_styles["Normal"].font = self._font()
        self.sentence = self._registered(font=self._font(10, italic=True), number_format=FORMATS[Form.TEXT])
        """Number of the style of a sentence that runs over its cell's edge."""
        self.styles = {
            (form, tone, bold): self._style(form, tone, bold)
            for form in Form
            for tone in ("", *Tone)
            for bold in (False, True)
        }
        """Numbers of the styles of cells. All are in the file: its rows are written after its styles."""

    def add_sheet(self, listing: Listing) -> None:
        """Add the sheet of a list, with everything but its rows."""
        from openpyxl.worksheet.properties import PageSetupProperties

        first = self.book.worksheets[0]
        sheet = first if first.title == "Sheet" else self.book.create_sheet()
        sheet.title = listing.title
        count = len(listing.columns)
        last = f"{letter(count)}{HEADING + max(1, len(listing.rows))}"
        self._heads(sheet, listing)
        sheet.freeze_panes = f"{letter(listing.frozen + 1)}{HEADING + 1}"
        sheet.auto_filter.ref = f"A{HEADING}:{last}"
        sheet.print_title_rows = f"{HEADING}:{HEADING}"
        sheet.print_area = f"A1:{last}"
        sheet.page_setup.orientation = "landscape"
        letterpaper = self.register.paper.casefold() == "letter"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER if letterpaper else sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        sheet.oddFooter.left.text = (
            f"{self.register.title}, {self.register.period.replace('-to-', ' to ')} · head {self.register.head}"
        )
        sheet.oddFooter.right.text = "Page &P of &N"
        sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
        sheet.sheet_view.showGridLines = False

    def _heads(self, sheet: Any, listing: Listing) -> None:
        from openpyxl.styles import Alignment

        register = self.register
        named = f": {listing.title}" if len(register.listings) > 1 else ""
        said = (
            (
                f"{register.title}{named}",
                self._font(15, bold=True, colour=self.colour if _dark(self.colour) else INK),
                24,
            ),
            (f"{register.body}, as on {register.on}. Head of the body's journal: {register.head}", self._font(), 15),
            (listing.hint, self._font(colour=GREY, italic=True), 18),
        )
        for row, (text, font, height) in enumerate(said, 1):
            cell = _texted(sheet, row, 1, text)
            cell.font, cell.alignment = font, Alignment(vertical="top", horizontal="left")
            sheet.row_dimensions[row].height = height
        for number, column in enumerate(listing.columns, 1):
            cell = _texted(sheet, HEADING, number, column.heading)
            cell.font = self._font(bold=True, colour=WHITE if _dark(self.colour) else INK)
            cell.fill, cell.border = _fill(self.colour), _thin()
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=_side(column.form))
            sheet.column_dimensions[letter(number)].width = column.width
        # the arrow of the filter takes its room
        heads = [(column.heading, column.width - 2, SIZE, True) for column in listing.columns]
        sheet.row_dimensions[HEADING].height = height_of(heads, 18) + 4

    def _style(self, form: Form, tone: str, bold: bool) -> int:
        from openpyxl.styles import Alignment

        fill, ink = COLOURS[Tone(tone)] if tone else ("", INK)
        looks: dict[str, Any] = {"fill": _fill(fill)} if fill else {}
        return self._registered(
            font=self._font(bold=bold or bool(tone), colour=ink),
            border=_thin(),
            alignment=Alignment(wrap_text=form is Form.TEXT, vertical="top", horizontal=_side(form)),
            number_format=FORMATS[form],
            **looks,
        )

    def _registered(self, **looks: Any) -> int:
        """The number of a style in the file, taken from a cell that stands on no sheet."""
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(self.book.worksheets[0])
        for name, value in looks.items():
            setattr(cell, name, value)
        return int(cell.style_id)

    def _font(self, size: float = SIZE, *, bold: bool = False, colour: str = INK, italic: bool = False) -> Any:
        from openpyxl.styles import Font

        return Font(name=FONT, size=size, bold=bold, color=colour, italic=italic)


def _new_book() -> Any:
    from openpyxl import Workbook

    return Workbook()


def _side(form: Form) -> str:
    return "left" if form is Form.TEXT else "center" if form is Form.DATE else "right"


def _texted(sheet: Any, row: int, column: int, text: str) -> Any:
    """A cell with a text that stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell._value, cell.data_type = text, "s"
    return cell


def _fill(colour: str) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=colour, end_color=colour)


def _thin() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color=LINE)
    return Border(left=side, right=side, top=side, bottom=side)


def _dark(colour: str) -> bool:
    """Whether white can be read on a colour, and the colour on white."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 150

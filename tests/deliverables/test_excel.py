"""Filling Excel templates: types kept, rows repeated, everything below moved, and no text that becomes a formula."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from certbody.deliverables.excel import fill_untrusted, fill_workbook, placeholders
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import workbook_text
from certbody.deliverables.reading import read_cells
from certbody.errors import BadData

AT = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


def saved(book: Book) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def template(*rows: tuple[object, ...], each: str = "", change: Callable[[Any, Any], None] | None = None) -> bytes:
    """A template of those rows on a sheet "Checklist"; `each` is ``items:8`` or ``items:8-9``."""
    book = Book()
    sheet: Any = book.active
    sheet.title = "Checklist"
    for row in rows:
        sheet.append(row)
    if each:
        path, _, lines = each.partition(":")
        top, _, end = lines.partition("-")
        name = f"each_{path}"
        book.defined_names[name] = DefinedName(name, attr_text=f"Checklist!$A${top}:$L${end or top}")
    if change:
        change(book, sheet)
    return saved(book)


def filled(data: bytes, **fields: Any) -> Any:
    """The sheet "Checklist" of the filled template, as openpyxl reads it."""
    made = fill_workbook(data, fields, at=AT)
    admit(made, "filled.xlsx", kind="xlsx")
    return load_workbook(io.BytesIO(made), rich_text=True)["Checklist"]


def column(sheet: Any, letter: str) -> list[Any]:
    return [cell.value for cell in sheet[letter]]


def refusal(data: bytes, **fields: Any) -> list[str]:
    with pytest.raises(BadData) as caught:
        fill_workbook(data, fields, at=AT, name="checklist.xlsx")
    return [caught.value.headline, *caught.value.particulars]


class TestCells:
    def test_a_cell_that_is_one_placeholder_keeps_the_type(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet["A1"].number_format = "dd.mm.yyyy"
            sheet["C1"].number_format = "#,##0.00"

        data = template(
            ("{{ on }}", "{{ audit.days }}", "{{ fee }}", "{{ note }}", "{{ none }}", "{{on}}"), change=change
        )
        sheet = filled(data, on=date(2027, 3, 2), audit={"days": 3}, fee=Decimal("1150.50"), note="8.10", none=None)
        assert [cell.value for cell in sheet[1]] == [
            datetime.fromisoformat("2027-03-02"),
            3,
            1150.5,
            "8.10",
            None,
            datetime.fromisoformat("2027-03-02"),
        ]
        assert [sheet[place].number_format for place in ("A1", "C1", "F1")] == ["dd.mm.yyyy", "#,##0.00", "yyyy-mm-dd"]
        assert sheet["D1"].data_type == "s"

    def test_inside_text_values_are_printed_by_one_rule(self) -> None:
        sheet = filled(
            template(("Audit {{ on }}, {{ days }} days, {{ yes }}",)),
            on=date(2027, 3, 2),
            days=Decimal("2.50"),
            yes=True,
        )
        assert sheet["A1"].value == "Audit 2027-03-02, 2.50 days, yes"

    @pytest.mark.parametrize(
        "text", ["=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "TRUE", "12", "8.10"]
    )
    def test_text_never_becomes_anything_else(self, text: str) -> None:
        sheet = filled(template(("{{ a }}", "{{ a }}!")), a=text)
        assert (sheet["A1"].value, sheet["A1"].data_type) == (text, "s")
        assert (sheet["B1"].value, sheet["B1"].data_type) == (text + "!", "s")
        assert sheet["A1"].quotePrefix == text.startswith(("=", "+", "-", "@"))

    def test_text_that_looks_like_a_placeholder_or_an_escape_stays_what_it_is(self) -> None:
        text = "{{ secret }} {% x %} _x0041_ _x005F_x0041_ & < > ]]>"
        made = fill_workbook(template(("{{ a }}",)), {"a": text, "secret": "s"}, at=AT)
        assert read_cells(made).sheet("Checklist").text(1, "A") == text

    def test_a_text_of_several_formats_keeps_them(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet["A1"] = CellRichText("for ", TextBlock(InlineFont(b=True), "{{ client }}"), " in {{ town }}")

        value = filled(template(("x",), change=change), client="Acme", town="Lyss")["A1"].value
        assert str(value) == "for Acme in Lyss"
        assert value[1].font.b

    def test_a_line_break_wraps(self) -> None:
        sheet = filled(template(("{{ a }}", "{{ b }}")), a="one\ntwo", b="one")
        assert sheet["A1"].alignment.wrap_text
        assert not sheet["B1"].alignment.wrap_text

    def test_rows_grow_with_wrapped_text_and_never_shrink(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            for row in (1, 2, 3):
                sheet.cell(row, 1).alignment = Alignment(wrap_text=True)
            sheet.column_dimensions["A"].width = 30
            sheet.row_dimensions[2].height = 60

        sheet = filled(
            template(("{{ long }}",), ("{{ short }}",), ("{{ short }}",), change=change),
            long="word " * 60,
            short="word",
        )
        assert 150 < sheet.row_dimensions[1].height < 250
        assert sheet.row_dimensions[2].height == 60
        assert sheet.row_dimensions[3].height is None

    def test_headers_and_footers_double_the_ampersand(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet.oddHeader.left.text = "{{ client }}"
            sheet.oddFooter.right.text = "{{ number }}, page &P of &N"

        sheet = filled(template(("x",), change=change), client="Smith & Sons", number="2027-014")
        assert sheet.oddHeader.left.text == "Smith && Sons"
        assert sheet.oddFooter.right.text == "2027-014, page &P of &N"


class TestRows:
    ROWS = (
        ("Question", "Days", "Rate", "Amount", "Share"),
        ("{{ row.ask }}", "{{ row.days }}", "{{ row.rate }}", "=B2*C2", "=D2/SUM(D$2:D$2)"),
        ("Total", "=SUM(B2:B2)", None, "=SUM(D2:D2)"),
        ("for {{ client }}",),
    )

    @staticmethod
    def items(count: int) -> list[dict[str, Any]]:
        return [{"ask": f"question {number}", "days": number, "rate": Decimal(1150)} for number in range(1, count + 1)]

    def test_rows_repeat_and_formulas_follow(self) -> None:
        sheet = filled(template(*self.ROWS, each="items:2"), items=self.items(3), client="Acme")
        assert column(sheet, "A") == ["Question", "question 1", "question 2", "question 3", "Total", "for Acme"]
        assert column(sheet, "B")[1:5] == [1, 2, 3, "=SUM(B2:B4)"]
        assert column(sheet, "D") == ["Amount", "=B2*C2", "=B3*C3", "=B4*C4", "=SUM(D2:D4)", None]
        assert column(sheet, "E")[1:4] == [f"=D{row}/SUM(D$2:D$4)" for row in (2, 3, 4)]

    def test_one_element_changes_nothing_and_none_leaves_an_empty_row(self) -> None:
        one = filled(template(*self.ROWS, each="items:2"), items=self.items(1), client="Acme")
        assert column(one, "D") == ["Amount", "=B2*C2", "=SUM(D2:D2)", None]
        none = filled(template(*self.ROWS, each="items:2"), items=[], client="Acme")
        assert column(none, "A") == ["Question", None, "Total", "for Acme"]
        assert column(none, "D") == ["Amount", None, "=SUM(D2:D2)", None]

    def test_everything_below_moves_along(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet.merge_cells("A4:C4")
            sheet.merge_cells("F2:G2")
            sheet["A2"].fill = PatternFill("solid", fgColor="FFFF00")
            sheet["B2"].protection = Protection(locked=False)
            sheet["A2"].comment = Comment("look twice", "office")
            sheet["A4"].hyperlink = "https://certifier.example/"
            sheet.row_dimensions[2].height = 40
            sheet.row_dimensions[4].hidden = True
            words = DataValidation(type="list", formula1='"yes,no"')
            words.add("B2")
            words.add("C4")
            below = DataValidation(type="custom", formula1="$D2>0")
            below.add("D2")
            sheet.add_data_validation(words)
            sheet.add_data_validation(below)
            sheet.conditional_formatting.add("A2:D2", FormulaRule(formula=["$B2>5"], fill=PatternFill("solid")))
            sheet.conditional_formatting.add("A4", FormulaRule(formula=["$D$3>5"], font=Font(bold=True)))
            sheet.auto_filter.ref = "A1:E2"
            sheet.print_area = "A1:E4"
            sheet.print_title_rows = "1:1"
            sheet.freeze_panes = "B2"
            sheet.protection.sheet = True
            sheet.row_breaks.append(Break(id=3))
            chart = BarChart()
            chart.add_data(Reference(sheet, min_col=4, min_row=2, max_row=2))
            sheet.add_chart(chart, "A6")
            book.defined_names["total"] = DefinedName("total", attr_text="Checklist!$D$3")
            other = book.create_sheet("Summary")
            other["A1"], other["A2"] = "=Checklist!D3", "=SUM(Checklist!D2:D2)"
            hidden = book.create_sheet("Lists")
            hidden.sheet_state = "veryHidden"

        made = fill_workbook(
            template(*self.ROWS, each="items:2", change=change), {"items": self.items(3), "client": "Acme"}, at=AT
        )
        book: Any = load_workbook(io.BytesIO(made))
        sheet = book["Checklist"]
        assert {area.coord for area in sheet.merged_cells.ranges} == {"A6:C6", "F2:G2", "F3:G3", "F4:G4"}
        assert [sheet.cell(row, 1).fill.fgColor.rgb for row in (1, 2, 3, 4, 5)] == [
            "00000000",
            *3 * ["00FFFF00"],
            "00000000",
        ]
        assert [sheet.cell(row, 2).protection.locked for row in (2, 3, 4, 5)] == [False, False, False, True]
        assert [sheet.cell(row, 1).comment is not None for row in (2, 3, 4, 5)] == [True, True, True, False]
        assert sheet["A6"].hyperlink.ref == "A6"
        assert [sheet.row_dimensions[row].height for row in (2, 3, 4, 5)] == [40, 40, 40, None]
        assert sheet.row_dimensions[6].hidden
        validations = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
        assert validations == {"B2:B4 C6": '"yes,no"', "D2:D4": "$D2>0"}
        formats = {str(each.sqref): each.rules[0].formula for each in sheet.conditional_formatting}
        assert formats == {"A2:D4": ["$B2>5"], "A6": ["$D$5>5"]}
        assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.print_title_rows) == ("A1:E4", "B2", "$1:$1")
        assert sheet.print_area == "'Checklist'!$A$1:$E$6"
        assert sheet.row_breaks.brk[0].id == 5
        assert sheet.protection.sheet
        assert sheet._charts[0].series[0].val.numRef.f == "'Checklist'!$D$2:$D$4"
        assert sheet._charts[0].anchor._from.row == 7
        assert book.defined_names["total"].value == "Checklist!$D$5"
        assert "each_items" not in book.defined_names
        assert (book["Summary"]["A1"].value, book["Summary"]["A2"].value) == ("=Checklist!D5", "=SUM(Checklist!D2:D4)")
        assert book["Lists"].sheet_state == "veryHidden"

    def test_a_table_of_excel_grows(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet.add_table(Table(displayName="Items", ref="A1:E2"))

        made = fill_workbook(
            template(*self.ROWS, each="items:2", change=change), {"items": self.items(3), "client": ""}, at=AT
        )
        table = load_workbook(io.BytesIO(made))["Checklist"].tables["Items"]
        assert (table.ref, table.autoFilter.ref if table.autoFilter else table.ref) == ("A1:E4", "A1:E4")

    def test_a_block_of_several_rows(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            grades = DataValidation(type="list", formula1='"major,minor"')
            grades.add("B2")
            sheet.add_data_validation(grades)

        rows = (("Findings",), ("{{ row.number }}", "{{ row.grade }}"), ("{{ row.text }}", "=B2"), ("end",))
        data = template(*rows, each="findings:2-3", change=change)
        found = [{"number": f"AK-{n}", "grade": "minor", "text": f"text {n}"} for n in (1, 2)]
        sheet = filled(data, findings=found)
        assert column(sheet, "A") == ["Findings", "AK-1", "text 1", "AK-2", "text 2", "end"]
        assert [sheet["B3"].value, sheet["B5"].value] == ["=B2", "=B4"]
        assert str(sheet.data_validations.dataValidation[0].sqref) == "B2 B4"

    def test_two_lists_on_one_sheet_and_a_list_of_texts(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            name = "each_audit.notes"
            book.defined_names[name] = DefinedName(name, attr_text="Checklist!$3:$3")

        data = template(
            ("{{ row.ask }}",), ("=COUNTA(A1:A1)",), ("{{ row }}",), ("=COUNTA(A3:A3)",), each="items:1", change=change
        )
        sheet = filled(data, items=self.items(2), audit={"notes": ["a", "b", "c"]})
        assert column(sheet, "A") == ["question 1", "question 2", "=COUNTA(A1:A2)", "a", "b", "c", "=COUNTA(A4:A6)"]


class TestRefused:
    def test_every_unknown_field_is_named_with_its_cell(self) -> None:
        said = refusal(template(("{{ audit.numbr }}", "for {{ clint }}")), audit={"number": "1"}, client="")
        assert said == [
            "checklist.xlsx cannot be filled.",
            "checklist.xlsx, Checklist!A1: the template asks for 'audit.numbr', which is not among its fields",
            "checklist.xlsx, Checklist!B1: the template asks for 'clint', which is not among its fields",
        ]

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ("x" * 32_001, "has 32,001 characters; at most 32,000 fit a field"),
            ("\U0001f600" * 20_000, "has 40,000 characters as Excel counts them; at most 32,767 fit a cell"),
            ("bell \x07", "has a control character (U+0007) at position 6"),
            ("half \ud83d", "has a control character (U+D83D) at position 6"),
            (10**16, "has 17 digits; Excel keeps 15"),
            (date(1899, 1, 1), "is a date before 1901"),
            ({"a": 1}, "which is no single value"),
        ],
    )
    def test_what_no_cell_can_hold_is_refused_with_its_cell(self, value: Any, said: str) -> None:
        _, line = refusal(template((), ("", "{{ a }}")), a=value)
        assert line.startswith("checklist.xlsx, Checklist!B2: ")
        assert said in line

    def test_the_longest_text_that_fits_is_whole(self) -> None:
        text = "ä" * 31_999 + "."
        made = fill_workbook(template(("{{ a }}",)), {"a": text}, at=AT)
        assert read_cells(made).sheet("Checklist").text(1, "A") == text

    def test_a_placeholder_in_a_formula(self) -> None:
        assert "has a placeholder in a formula" in refusal(template(('="{{ a }}"',)), a='"&cmd')[1]

    @pytest.mark.parametrize("text", ["{{ a|upper }}", "{{ a", "{% if a %}", "{{ a.__class__() }}", "{{ 1 }}"])
    def test_what_is_no_placeholder(self, text: str) -> None:
        assert "which is no placeholder" in refusal(template((text,)), a="x")[1]

    def test_a_row_field_outside_of_repeated_rows(self) -> None:
        assert "stands outside the rows" in refusal(template(("{{ row.ask }}",)))[1]

    def test_a_list_that_is_not_there(self) -> None:
        assert "repeats rows for 'items', which is no list" in refusal(template(("{{ row.a }}",), each="items:1"))[0]

    def test_a_merged_area_partly_in_repeated_rows(self) -> None:
        data = template(("{{ row }}",), ("x",), each="items:1", change=lambda _, sheet: sheet.merge_cells("A1:A2"))
        assert "Checklist!A1:A2 is a merged area" in refusal(data, items=["a", "b"])[0]

    def test_a_header_that_is_too_long(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet.oddHeader.left.text = "{{ a }}"

        assert "Checklist, header: has 302 characters" in refusal(template(("x",), change=change), a="x" * 300)[1]

    def test_an_object_or_a_float_among_the_fields(self) -> None:
        assert "The field audit.fee is float, not plain data." in refusal(template(("x",)), audit={"fee": 0.1})[0]

    def test_a_template_that_is_none(self) -> None:
        assert "is no Excel workbook that can be filled" in refusal(b"PK nothing")[0]

    def test_what_would_be_dropped_without_a_word(self) -> None:
        with zipfile.ZipFile(io.BytesIO(template(("x",)))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = parts[sheet].replace(b"</worksheet>", b'<legacyDrawingHF r:id="r1" xmlns:r="x"/></worksheet>')
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        assert "a picture in a header or footer; put it into a cell" in refusal(made.getvalue())[0]


class TestUntrusted:
    def test_an_innocent_template_gives_the_same_bytes(self) -> None:
        data = template(("{{ on }}", "{{ fee }}", "{{ row.ask }}", "{{ row.late }}"), each="items:1")
        fields = {"on": date(2027, 3, 2), "fee": Decimal("1150.50"), "items": [{"ask": "=1", "late": True}] * 3}
        properties = {"title": "x", "Audit": "y"}
        made = fill_untrusted(data, fields, at=AT, properties=properties)
        assert made == fill_workbook(data, fields, at=AT, properties=properties)

    def test_its_faults_are_told_in_the_same_words(self) -> None:
        data = template(("{{ clint }}",))
        with pytest.raises(BadData) as caught:
            fill_untrusted(data, {"client": ""}, at=AT, name="checklist.xlsx")
        assert [caught.value.headline, *caught.value.particulars] == refusal(data, client="")

    def test_the_gate_comes_first(self) -> None:
        data = template(("x",), change=lambda _, sheet: sheet.merged_cells.add("A1:IV3000"))
        with pytest.raises(BadData, match=r"^checklist.xlsx, Checklist!A1:IV3000 brings the merged cells beyond"):
            fill_untrusted(data, {}, at=AT, name="checklist.xlsx")


class TestWorkbook:
    def test_the_same_input_gives_the_same_bytes_and_another_moment_others(self) -> None:
        data, fields = template(("{{ a }}",)), {"a": "x"}
        assert fill_workbook(data, fields, at=AT) == fill_workbook(data, copy(fields), at=AT)
        assert fill_workbook(data, fields, at=AT) != fill_workbook(data, fields, at=AT.replace(hour=10))

    def test_properties_are_set_and_the_templates_own_kept(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            book.custom_doc_props.append(StringProperty(name="Template", value="F-12"))

        properties = {"title": "Checklist & more", "creator": "Example Certification", "Audit": "2027-014"}
        made = fill_workbook(template(("x",), change=change), {}, at=AT, properties=properties)
        book = load_workbook(io.BytesIO(made))
        assert (book.properties.title, book.properties.creator) == ("Checklist & more", "Example Certification")
        assert str(book.properties.created) == str(book.properties.modified) == "2027-03-02 09:30:00"
        assert {each.name: each.value for each in book.custom_doc_props.props} == {
            "Template": "F-12",
            "Audit": "2027-014",
        }

    def test_placeholders_are_the_fields_that_belong_to_it(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet.oddFooter.left.text = "{{ body }}"

        data = template(("{{ client }}",), ("{{ row.ask }}", "{{ audit.on }}"), each="items:2", change=change)
        asked = placeholders(data)
        assert asked == {"client", "items[].ask", "audit.on", "body"}
        fields = {"client": "", "items": [{"ask": ""}], "audit": {"on": None}, "body": ""}
        assert unknown_and_unused(asked, fields) == (set(), set())
        assert unknown_and_unused(asked, {**fields, "items": [{"ask": "", "extra": ""}], "audit": {}}) == (
            {"audit.on"},
            {"items[].extra"},
        )

    def test_the_readable_text_has_headers_hidden_sheets_and_formulas(self) -> None:
        def change(book: Any, sheet: Any) -> None:
            sheet.oddHeader.center.text = "{{ a }}"
            book.create_sheet("Lists").sheet_state = "hidden"
            book["Lists"]["B1"] = "=1+1"

        text = workbook_text(fill_workbook(template(("{{ a }}", "", "c"), change=change), {"a": "R&D"}, at=AT))
        assert text == "[Checklist]\n[header]  | R&D | \nR&D |  | c\n[Lists, hidden]\n | =1+1\n"

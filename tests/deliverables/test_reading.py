"""Reading a workbook that came back: exact values, and every fault with file, sheet and cell."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from certbody.deliverables.cells import Cell
from certbody.deliverables.child import run_limited
from certbody.deliverables.reading import Faults, Limits, Sheet, Workbook, address, read_cells, read_workbook, table
from certbody.errors import BadData

WORDS = ("conformity", "finding", "not applicable")


def saved(book: Book) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def made(*rows: tuple[object, ...], title: str = "Checklist") -> Sheet:
    """A sheet of those rows, written and read back."""
    book = Book()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return read_cells(saved(book), "checklist.xlsx").sheet(title)


def with_strings(xml: str, cells: str) -> Workbook:
    """A workbook with a table of texts, as Excel writes it and openpyxl does not."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(io.BytesIO(saved(Book()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{xml}</sst>'.encode()
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return read_workbook(out.getvalue(), "checklist.xlsx")


class TestValues:
    def test_each_kind_of_value_comes_as_exact_text(self) -> None:
        sheet = made(
            ("8.10", 4.0, 0.1 + 0.2, 1150.5, 12345678901, True),
            (date(2027, 3, 2), datetime.fromisoformat("2027-03-02T09:30"), time(9, 30), "#N/A", "=1+1", " a "),
        )
        first, second = sheet.rows[1], sheet.rows[2]
        assert [(cell.kind, cell.value) for cell in first.values()] == [
            ("text", "8.10"),
            ("number", "4"),
            ("number", "0.3"),
            ("number", "1150.5"),
            ("number", "12345678901"),
            ("bool", "TRUE"),
        ]
        assert [(cell.kind, cell.value) for cell in second.values()] == [
            ("date", "2027-03-02"),
            ("date", "2027-03-02T09:30:00"),
            ("time", "09:30:00"),
            ("error", "#N/A"),
            ("formula", ""),
            ("text", " a "),
        ]
        assert (second["E"].formula, second["E"].result) == ("=1+1", "")

    def test_dates_of_the_1904_calendar_are_the_days_that_were_typed(self) -> None:
        book = Book()
        book.epoch = CALENDAR_MAC_1904
        assert book.active is not None
        book.active["A1"] = date(2027, 3, 2)
        assert read_cells(saved(book)).sheet("Sheet").day(1, "A") == date(2027, 3, 2)

    def test_excels_escapes_are_read_as_excel_shows_them(self) -> None:
        """openpyxl drops ``x005F_`` from every text of the table, so that a text changes without a word."""
        read = with_strings(
            "<si><t>_x005F_x0041_ x005F_ _x0041_</t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t>runs</t></r></si>",
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
        )
        assert read.sheet("Sheet").text(1, "A") == "_x0041_ x005F_ A"
        assert read.sheet("Sheet").text(1, "B") == "two runs"

    def test_a_line_break_of_excel_is_a_newline(self) -> None:
        read = with_strings("<si><t>one_x000D_\ntwo</t></si>", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
        assert read.sheet("Sheet").text(1, "A") == "one\ntwo"

    def test_hidden_columns_names_and_properties_come_along(self) -> None:
        from openpyxl.packaging.custom import StringProperty

        book = Book()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet["A1"], sheet["B1"] = "id", "shown"
        sheet.column_dimensions["A"].hidden = True
        book.create_sheet("Lists").sheet_state = "veryHidden"
        book.defined_names["grades"] = DefinedName("grades", attr_text="Lists!$A$1:$A$2")
        book.custom_doc_props.append(StringProperty(name="Audit", value="2027-014"))
        read = read_workbook(saved(book), "checklist.xlsx")
        assert read.sheet("Sheet").text(1, "A") == "id"
        assert read.sheet("Sheet").hidden_columns == {"A"}
        assert read.sheet("Lists").hidden
        assert read.names == {"grades": "Lists!$A$1:$A$2"}
        assert read.properties == {"Audit": "2027-014"}

    def test_the_result_of_a_formula_counts_where_a_number_belongs(self) -> None:
        read = with_strings("", '<row r="1"><c r="A1"><f>1+2</f><v>3</v></c><c r="B1"><f>1+2</f></c></row>')
        sheet = read.sheet("Sheet")
        assert sheet.whole(1, "A") == 3
        with pytest.raises(BadData, match="never calculated"):
            sheet.whole(1, "B")
        with pytest.raises(BadData, match="holds a formula; type the text itself"):
            sheet.text(1, "A")


class TestFaults:
    def test_one_bad_row_never_hides_the_others(self) -> None:
        sheet = made(
            ("Row id", "Result", "Date", "Days", "Note"),
            ("a@HQ", "Ye", "2027-03-02", 1.5, "seen"),
            ("b@HQ", " Conformity ", date(2027, 3, 2), 2, "fine"),
            ("c@HQ", None, datetime.fromisoformat("2027-03-02T09:00"), "two", "=1+1"),
        )
        faults = Faults()
        headings = {"id": "Row id", "result": "Result", "date": "Date", "days": "Days", "note": "Note"}
        taken = [
            (
                row.text("id"),
                row.choice("result", WORDS, required=True),
                row.day("date"),
                row.whole("days"),
                row.text("note"),
            )
            for row in table(sheet, headings, faults)
        ]
        assert taken[1] == ("b@HQ", "conformity", date(2027, 3, 2), 2, "fine")
        assert faults.lines == [
            "checklist.xlsx, Checklist!B2: 'Ye' is none of conformity, finding, not applicable",
            "checklist.xlsx, Checklist!C2: '2027-03-02' is text, not a date;"
            " format the cell as a date and type it again",
            "checklist.xlsx, Checklist!D2: 1.5 is not a whole number",
            "checklist.xlsx, Checklist!B4: is empty, where an entry is needed",
            "checklist.xlsx, Checklist!C4: 2027-03-02T09:00:00 is a date with a time of day; type the day alone",
            "checklist.xlsx, Checklist!D4: 'two' is no number",
            "checklist.xlsx, Checklist!E4: holds a formula; type the text itself",
        ]
        with pytest.raises(BadData) as caught:
            faults.raise_if_any("checklist.xlsx was not recorded.")
        assert len(caught.value.particulars) == 7

    def test_without_a_collector_the_first_fault_is_raised(self) -> None:
        with pytest.raises(BadData, match=r"checklist.xlsx, 'Read me'!A1: 'Ye' is none of"):
            made(("Ye",), title="Read me").choice(1, "A", WORDS)

    def test_no_faults_raise_nothing(self) -> None:
        Faults().raise_if_any("never said")

    def test_a_number_where_a_clause_belongs(self) -> None:
        sheet = made((8.1, 12))
        with pytest.raises(BadData, match=r"holds the number 8\.1; format the cell as text"):
            sheet.text(1, "A", numbers=False)
        assert sheet.text(1, "B") == "12"

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (date(2027, 3, 2), "holds the date 2027-03-02, where text belongs"),
            (time(9, 30), "holds the time 09:30:00, where text belongs"),
            ("#N/A", "holds the error #N/A"),
            ("x" * 32_001, "has 32,001 characters; at most 32,000 fit a field"),
        ],
    )
    def test_what_is_no_text(self, value: object, said: str) -> None:
        with pytest.raises(BadData, match=said):
            made((value,)).text(1, "A")

    def test_an_invisible_character_in_a_line_but_not_in_prose(self) -> None:
        sheet = made(("CB\u200b-1", "a\u200bb"))
        with pytest.raises(BadData, match="invisible character"):
            sheet.text(1, "A", lines=False)
        assert sheet.text(1, "B") == "a\u200bb"

    def test_times_and_amounts(self) -> None:
        sheet = made(("09:30", time(14, 0), "half past", "1,150.00", Decimal("1150.50"), "-3"))
        assert (sheet.time(1, "A"), sheet.time(1, "B")) == (time(9, 30), time(14, 0))
        assert (sheet.amount(1, "E"), sheet.whole(1, "F")) == (Decimal("1150.5"), -3)
        with pytest.raises(BadData, match=r"'half past' is no time of day; type it as 09:30"):
            sheet.time(1, "C")
        with pytest.raises(BadData, match=r"'1,150\.00' is no number"):
            sheet.amount(1, "D")

    def test_an_empty_cell_is_no_fault_unless_it_is_needed(self) -> None:
        sheet = made(("", "  ", "x"))
        assert (sheet.text(1, "A"), sheet.choice(1, "B", WORDS), sheet.day(1, "Z"), sheet.amount(9, "A")) == (
            "",
            None,
            None,
            None,
        )
        with pytest.raises(BadData, match=r"Checklist!B1: is empty, where an entry is needed"):
            sheet.text(1, "B", required=True)

    def test_a_missing_sheet_names_those_there_are(self) -> None:
        with pytest.raises(BadData, match="the sheet 'Findings' is missing; the file has Sheet"):
            read_cells(saved(Book()), "checklist.xlsx").sheet("Findings")

    def test_a_sheet_with_a_quote_in_its_name(self) -> None:
        assert address("a.xlsx", "Auditor's notes", "B2") == "a.xlsx, 'Auditor''s notes'!B2"


HEADINGS = {"id": "Row id", "result": "Result"}


class TestTable:
    def test_moved_columns_other_capitals_and_empty_rows_do_not_matter(self) -> None:
        sheet = made(
            ("Checklist of audit 2027-014",),
            (),
            ("RESULT", "Note", " row  ID "),
            ("conformity", "", "a"),
            (),
            ("", "", "b"),
        )
        rows = list(table(sheet, HEADINGS))
        assert [(row.number, row.text("id"), row.text("result")) for row in rows] == [
            (4, "a", "conformity"),
            (6, "b", ""),
        ]

    def test_a_missing_heading_is_named(self) -> None:
        headings = HEADINGS | {"note": "Note"}
        sheet = made(("Row id", "Result"), ("a", "conformity"))
        with pytest.raises(BadData, match=r"checklist\.xlsx, Checklist: the heading 'Note' is missing in row 1"):
            list(table(sheet, headings))
        assert [row.text("note") for row in table(sheet, headings, optional=["note"])] == [""]

    def test_a_doubled_heading_is_named_with_both_places(self) -> None:
        with pytest.raises(BadData, match="the heading 'Result' stands in both B1 and C1"):
            list(table(made(("Row id", "Result", "result")), HEADINGS))

    def test_a_sheet_without_headings(self) -> None:
        with pytest.raises(BadData, match="no row of headings such as 'Row id', 'Result'"):
            list(table(made(("nothing", "here")), HEADINGS))

    def test_a_fault_that_the_caller_finds(self) -> None:
        faults = Faults()
        (row,) = table(made(("Row id", "Result"), ("a", "x")), HEADINGS, faults)
        row.fault("id", "is of another audit")
        assert faults.lines == ["checklist.xlsx, Checklist!A2: is of another audit"]


class TestChild:
    def test_a_workbook_that_needs_too_much_memory(self) -> None:
        book = Book()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for number in range(3000):
            sheet.append([f"text {number}"] * 20)
        data = saved(book)
        with pytest.raises(BadData, match=r"^big.xlsx cannot be read: it (needs more than|is damaged)"):
            read_workbook(data, "big.xlsx", limits=Limits(memory=70 * 2**20))
        assert read_workbook(data, "big.xlsx").sheet("Sheet").text(3000, "T") == "text 2999"

    def test_a_workbook_that_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.syspath_prepend(Path(__file__).parent / "programs")
        with pytest.raises(BadData, match=r"^slow.xlsx cannot be read: it takes longer than 1 s.$"):
            run_limited("tests_spinning", b"", file="slow.xlsx", does="be read", seconds=1, memory=2**30)

    def test_the_child_sees_no_settings_and_imports_the_same_certbody(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "openpyxl.py").write_text("raise SystemExit('the wrong one')")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("CERTBODY_PIN_FILE", "/secret")
        assert read_workbook(saved(Book()), "a.xlsx").sheets.keys() == {"Sheet"}

    def test_importing_the_modules_loads_no_library(self) -> None:
        heavy = "{'openpyxl', 'docx', 'docxtpl', 'jinja2', 'lxml', 'PIL', 'segno', 'cattrs'}"
        modules = "reading, excel, word, pictures, gate, readable, tables, fields"
        program = f"import sys; from certbody.deliverables import {modules}; print({heavy} & sys.modules.keys())"
        path = os.pathsep.join(each for each in sys.path if each)
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path}
        )
        assert done.stdout.strip() == "set()", done.stderr


class TestAChoiceOfMany:
    """A message names the nearest words, not two hundred of them."""

    def sheet(self, typed: str) -> Sheet:
        return Sheet(file="checklist.xlsx", name="Findings", rows={5: {"B": Cell(kind="text", value=typed)}})

    def test_many_words_are_counted_and_the_nearest_named(self) -> None:
        words = [f"7.{number}-1@S{site}" for number in range(1, 10) for site in range(1, 9)]
        with pytest.raises(BadData, match=r"Findings!B5: '7.4-1@S9' is none of the 72 .*; near are 7.4-1@S"):
            self.sheet("7.4-1@S9").choice(5, "B", words)

    def test_few_words_are_listed(self) -> None:
        with pytest.raises(BadData, match="'majr' is none of major, minor"):
            self.sheet("majr").choice(5, "B", ["major", "minor"])

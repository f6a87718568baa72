"""Lists of rows as workbook, CSV and JSON: real dates, text that stays text, and nothing lost on the way."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from certbody.deliverables.gate import admit
from certbody.deliverables.reading import read_cells
from certbody.deliverables.rows import (
    Column,
    Form,
    Listing,
    Marked,
    Register,
    Tone,
    comma_separated,
    guarded,
    lines,
    plain,
    unguarded,
)
from certbody.deliverables.streamed import write_workbook
from certbody.domain.text import fault
from certbody.errors import BadData

COLUMNS = (
    Column(key="name", heading="Name", width=20, bold=True, spoken=True),
    Column(key="day", heading="Day", width=11, form=Form.DATE, spoken=True),
    Column(key="count", heading="Count", width=8, form=Form.WHOLE),
    Column(key="days", heading="Days", width=8, form=Form.DAYS),
    Column(key="able", heading="Able", width=8),
)
DAY = date(2027, 1, 31)
HOSTILE = '=HYPERLINK("http://evil.example";"click")'
texts = st.text(st.characters(codec="utf-8"), max_size=60).filter(lambda text: fault(text) is None)


def register(*rows: tuple[Any, ...], **more: Any) -> Register:
    """A register of one list with these rows."""
    listing = Listing(
        key="things", title="Things", hint="Invented.", columns=COLUMNS, rows=rows, empty="No things on 2027-02-01."
    )
    given: dict[str, Any] = {"body": "Fernhill Certification Ltd", "listings": (listing,)} | more
    return Register(
        kind="thing-register", title="Register of things", period="2027", on=date(2027, 2, 1), head="3·0123", **given
    )


def row(name: Any = "Nordwind") -> tuple[Any, ...]:
    return (name, DAY, 3, Decimal("2.50"), True)


def workbook(made: Register) -> bytes:
    out = BytesIO()
    write_workbook(made, out)
    return out.getvalue()


def sheet(made: Register) -> Any:
    return load_workbook(BytesIO(workbook(made))).worksheets[0]


def read_back(made: Register) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(comma_separated(made.listings[0])), newline="")))


class TestWorkbook:
    def test_dates_and_numbers_are_real_and_truth_is_a_word(self) -> None:
        name, day, count, days, able = sheet(register(row()))[5]
        assert (name.value, able.value) == ("Nordwind", "yes")
        assert day.is_date
        assert day.value.date() == DAY
        assert (count.value, days.value) == (3, 2.5)
        assert (count.data_type, days.data_type) == ("n", "n")

    @pytest.mark.parametrize(
        "text", [HOSTILE, "+1", "-1", "@SUM(A1)", "'quoted", "a\nb\tc", " blank ", "_x0041_", "<&>"]
    )
    def test_text_stays_text_whatever_it_looks_like(self, text: str) -> None:
        data = workbook(register(row(text), row(Marked(text, Tone.WARN))))
        for cell in (load_workbook(BytesIO(data)).worksheets[0][place] for place in ("A5", "A6")):
            assert cell.data_type == "s"
            assert cell.number_format == "@"
        cells = read_cells(data).sheet("Things")
        assert [cell and (cell.kind, cell.value) for cell in (cells.cell(5, "A"), cells.cell(6, "A"))] == [
            ("text", text),
            ("text", text),
        ]
        assert b"<f>" not in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")

    @settings(max_examples=20, deadline=None)
    @given(st.lists(texts, min_size=1, max_size=30))
    def test_every_text_that_can_be_on_record_comes_back(self, said: list[str]) -> None:
        sheet = read_cells(workbook(register(*map(row, said)))).sheet("Things")
        found = [sheet.cell(number, "A") for number in range(5, 5 + len(said))]
        assert [cell.value if cell else "" for cell in found] == said

    def test_ten_thousand_rows_are_all_there_and_none_is_a_formula(self) -> None:
        data = workbook(register(*(row(f"{HOSTILE} {number}") for number in range(10_000))))
        xml = zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
        assert xml.count(b"=HYPERLINK(") == 10_000
        assert (xml.count(b"<row "), xml.count(b"<f>"), xml.count(b"<f ")) == (10_004, 0, 0)
        assert b'<row r="10004"' in xml

    def test_it_is_fit_to_work_with_and_to_print(self) -> None:
        found = sheet(register(row(), row()))
        assert found.freeze_panes == "B5"
        assert found.auto_filter.ref == "A4:E6"
        assert found.print_title_rows == "$4:$4"
        assert found.page_setup.orientation == "landscape"
        assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
        assert [found[place].value for place in ("A1", "A2", "A3")] == [
            "Register of things",
            "Fernhill Certification Ltd, as on 2027-02-01. Head of the body's journal: 3·0123",
            "Invented.",
        ]

    def test_without_rows_there_are_heads_and_a_sentence(self) -> None:
        found = sheet(register())
        assert [cell.value for cell in found[4]] == ["Name", "Day", "Count", "Days", "Able"]
        assert found["A5"].value == "No things on 2027-02-01."
        assert found.max_row == 5

    def test_the_body_gives_its_colour_and_paper_and_no_formula(self) -> None:
        found = sheet(register(row(), body="=1+1", colour="F2C14E", paper="Letter"))
        assert found["A4"].fill.start_color.rgb == "00F2C14E"
        assert found["A4"].font.color.rgb == "001F2A44"  # dark on a light ground
        assert found.page_setup.paperSize == 1
        assert found["A2"].data_type == "s"

    def test_a_colour_that_is_none_is_the_houses(self) -> None:
        assert sheet(register(row(), colour="javascript"))["A4"].fill.start_color.rgb == "0024476B"

    def test_a_marked_cell_has_its_colour_and_its_neighbour_none(self) -> None:
        found = sheet(register(row(Marked("late", Tone.BAD)), row("on time")))
        assert found["A5"].fill.start_color.rgb == "00FADCDC"
        assert found["A6"].fill.fill_type is None

    def test_a_long_text_makes_its_row_higher_and_a_short_one_does_not(self) -> None:
        found = sheet(register(row("many words " * 20), row()))
        assert found.row_dimensions[5].height > 100
        assert found.row_dimensions[6].height is None

    def test_what_is_too_long_for_a_cell_says_so_and_the_rest_is_there(self) -> None:
        found = sheet(register(row("\U0001f600" * 20_000), row()))
        assert found["A5"].value == "(Too long for a cell of Excel: 40,000 characters. CSV and JSON have it whole.)"
        assert found["A6"].value == "Nordwind"

    def test_what_no_workbook_can_hold_is_named_with_its_cell(self) -> None:
        with pytest.raises(BadData, match=r"Things!A6 has a control character \(U\+0000\) at position 2"):
            workbook(register(row(), row("a\0b")))

    def test_a_day_before_excel_is_text(self) -> None:
        assert sheet(register(("Old", date(1899, 1, 1), 1, Decimal(1), False)))["B5"].value == "1899-01-01"

    def test_the_same_register_gives_the_same_bytes(self) -> None:
        assert workbook(register(row(HOSTILE))) == workbook(register(row(HOSTILE)))

    def test_it_passes_the_gate_for_workbooks_from_outside(self) -> None:
        admit(workbook(register(row(HOSTILE))), "things.xlsx", kind="xlsx")

    def test_each_list_is_a_sheet(self) -> None:
        made = register(row())
        second = attrs.evolve(made.listings[0], key="more", title="More", rows=[row("Second")])
        both = load_workbook(BytesIO(workbook(attrs.evolve(made, listings=(*made.listings, second)))))
        assert both.sheetnames == ["Things", "More"]
        assert [each["A5"].value for each in both.worksheets] == ["Nordwind", "Second"]
        assert both["More"]["A1"].value == "Register of things: More"


class TestCommaSeparated:
    """RFC 4180."""

    def test_headings_are_the_keys_of_json(self) -> None:
        made = register(row())
        [thing] = plain(made)["things"]
        assert read_back(made)[0] == list(thing)

    def test_breaks_quotes_and_commas_stay_in_their_field(self) -> None:
        text = 'Nord, "wind"\nand Sons'
        [_, found] = read_back(register(row(text)))
        assert found == [text, "2027-01-31", "3", "2.5", "yes"]

    def test_each_line_ends_as_the_rfc_says(self) -> None:
        assert "".join(comma_separated(register(row()).listings[0])).count("\r\n") == 2

    @pytest.mark.parametrize("text", [HOSTILE, "+49 30", "-1", "@x", "\tx", "\n=1", "＝1", "'=1", "''"])
    def test_what_a_spreadsheet_would_run_is_guarded(self, text: str) -> None:
        [_, found] = read_back(register(row(text)))
        assert found[0] == "'" + text

    @pytest.mark.parametrize("text", ["Nordwind", "a=b", "1-2", "", "Ümlaut & Co."])
    def test_what_is_harmless_is_left_alone(self, text: str) -> None:
        assert guarded(text) == text

    @given(texts)
    def test_the_guard_can_be_taken_off_again(self, text: str) -> None:
        assert unguarded(guarded(text)) == text

    def test_without_rows_there_are_headings(self) -> None:
        assert read_back(register()) == [["name", "day", "count", "days", "able"]]

    def test_many_rows_come_in_pieces_and_none_is_lost(self) -> None:
        made = register(*(row(f"Client {number}") for number in range(5_000)))
        assert len(list(comma_separated(made.listings[0]))) > 1
        assert [line[0] for line in read_back(made)[1:]] == [f"Client {number}" for number in range(5_000)]


class TestPlain:
    def test_every_key_is_there_and_json_can_say_it(self) -> None:
        said = json.loads(json.dumps(plain(register(row(), (None, None, None, None, None)))))
        assert said["things"] == [
            {"name": "Nordwind", "day": "2027-01-31", "count": 3, "days": "2.5", "able": True},
            {"name": None, "day": None, "count": None, "days": None, "able": None},
        ]
        assert (said["register"], said["on"], said["head"]) == ("thing-register", "2027-02-01", "3·0123")

    def test_a_line_of_the_screen_is_one_line(self) -> None:
        assert list(lines(register(row("Nord\nwind")).listings[0])) == ["Nord wind  2027-01-31"]
        assert list(lines(register().listings[0])) == ["No things on 2027-02-01."]

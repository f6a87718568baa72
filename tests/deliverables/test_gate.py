"""What the gate refuses before any library sees a file, and the innocent neighbour of each refusal."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from certbody.deliverables.gate import admit
from certbody.deliverables.reading import read_workbook
from certbody.errors import BadData

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Checklist"
    for row in (("Row id", "Result"), ("4.2-1@HQ", "conformity"), ("4.2-2@HQ", "finding")):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def document(text: str = "Report") -> bytes:
    made = io.BytesIO()
    written = Document()
    written.add_paragraph(text)
    written.save(made)
    return made.getvalue()


def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The file with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def replaced(part: str, old: str, new: str, data: bytes | None = None) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return changed(data if data is not None else workbook(), change)


def sheet(rows: str, after: str = "", dimension: str = "A1:B3") -> bytes:
    xml = f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{after}</worksheet>'
    return changed(workbook(), lambda parts: parts.update({SHEET: xml.encode()}))


def refusal(data: bytes, kind: str = "xlsx") -> str:
    """The one sentence with which a file is refused."""
    name = f"answers.{kind}"
    with pytest.raises(BadData) as caught:
        admit(data, name, kind=kind)  # type: ignore[arg-type]
    said = caught.value.headline
    assert said.startswith(name)
    assert said.endswith(".")
    assert "\n" not in said
    assert not caught.value.particulars
    return said


def row(number: int, cells: str = "") -> str:
    return f'<row r="{number}">{cells}</row>'


class TestInnocent:
    def test_a_workbook_passes(self) -> None:
        admit(workbook(), "answers.xlsx", kind="xlsx")

    def test_a_document_passes(self) -> None:
        admit(document(), "report.docx", kind="docx")

    @pytest.mark.parametrize("dimension", ["A1:XFD1048576", "A1", "nonsense"])
    def test_a_wrong_dimension_alone_is_read_rightly(self, dimension: str) -> None:
        rows = "".join(row(number, f'<c r="A{number}"><v>{number}</v></c>') for number in range(1, 11))
        read = read_workbook(sheet(rows, dimension=dimension), "answers.xlsx")
        assert [read.sheet("Checklist").rows[number]["A"].value for number in range(1, 11)] == [
            str(number) for number in range(1, 11)
        ]

    def test_a_hyperlink_passes(self) -> None:
        book = Workbook()
        assert book.active is not None
        book.active["A1"] = "our policy"
        book.active["A1"].hyperlink = "https://acme-telecom.example/complaints"
        made = io.BytesIO()
        book.save(made)
        admit(made.getvalue(), "answers.xlsx", kind="xlsx")

    def test_a_document_with_page_numbers_passes(self) -> None:
        field = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
        admit(replaced("word/document.xml", "<w:sectPr", field + "<w:sectPr", document()), "a.docx", kind="docx")


class TestForeignFiles:
    def test_an_empty_file(self) -> None:
        assert refusal(b"") == "answers.xlsx is empty."

    def test_a_csv_file_renamed(self) -> None:
        assert "plain text, such as a CSV file" in refusal("Row id;Result\n4.2-1;conformité\n".encode() * 300)

    def test_a_pdf_renamed(self) -> None:
        assert "a PDF" in refusal(b"%PDF-1.7 ...")

    def test_a_web_page_renamed(self) -> None:
        assert "a web page" in refusal(b"<html><table></table></html>")

    def test_an_old_workbook(self) -> None:
        assert "of the old kind (.xls)" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))

    def test_a_workbook_with_a_password(self) -> None:
        encrypted = (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
        )
        assert "protected by a password" in refusal(encrypted)

    def test_an_opendocument_spreadsheet(self) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        assert ".ods" in refusal(made.getvalue())

    def test_another_archive(self) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("photo.jpg", b"...")
        assert "another archive" in refusal(made.getvalue())

    def test_a_document_for_a_workbook_and_the_reverse(self) -> None:
        assert "a Word document" in refusal(document())
        assert "an Excel workbook" in refusal(workbook(), "docx").replace("a Excel", "an Excel")

    def test_a_file_beyond_16_mib(self) -> None:
        assert "at most 16 MiB" in refusal(b"PK" + bytes(17 * 2**20))

    def test_strict_open_xml(self) -> None:
        data = replaced(
            "_rels/.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
        )
        assert "Strict Open XML" in refusal(data)

    def test_a_template(self) -> None:
        data = replaced("[Content_Types].xml", "spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
        assert "an Excel template (.xltx)" in refusal(data)


class TestDamage:
    def test_every_truncation_is_refused_in_one_sentence(self) -> None:
        whole = workbook()
        for length in [*range(1, 60), *range(60, len(whole), 97), len(whole) - 1]:
            refusal(whole[:length])

    def test_a_sheet_whose_part_is_missing(self) -> None:
        said = refusal(changed(workbook(), lambda parts: parts.pop(SHEET) and None))
        assert "'Checklist' is missing" in said

    def test_a_sheet_that_is_no_sheet(self) -> None:
        assert "answers.xlsx, Checklist" in refusal(changed(workbook(), lambda parts: parts.update({SHEET: b"<a/>"})))

    def test_a_part_that_is_no_xml(self) -> None:
        assert f"part {SHEET} is damaged" in refusal(changed(workbook(), lambda p: p.update({SHEET: b"<worksheet"})))

    def test_a_row_twice(self) -> None:
        said = refusal(sheet(row(1, '<c r="A1"><v>1</v></c>') + row(1, '<c r="A1"><v>2</v></c>')))
        assert said == "answers.xlsx, Checklist!A1 is damaged: the row stands there twice."

    def test_a_cell_twice(self) -> None:
        said = refusal(sheet(row(2, '<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>')))
        assert said == "answers.xlsx, Checklist!B2 is damaged: the cell stands there twice."

    def test_a_cell_in_the_row_of_another(self) -> None:
        assert "Checklist!A9" in refusal(sheet(row(2, '<c r="A9"><v>1</v></c>')))

    @pytest.mark.parametrize("index", ["-1", "99", "1e1", "1.5"])
    def test_a_text_index_out_of_range(self, index: str) -> None:
        said = refusal(sheet(row(1, f'<c r="A1" t="s"><v>{index}</v></c>')))
        assert said.startswith("answers.xlsx, Checklist!A1 is damaged: it refers to text")

    @pytest.mark.parametrize("number", ["NaN", "inf", "1e999", "٣", "1,5", "9" * 500])
    def test_a_number_that_is_none(self, number: str) -> None:
        assert "Checklist!A1" in refusal(sheet(row(1, f'<c r="A1"><v>{number}</v></c>')))

    def test_two_sheets_of_one_name(self) -> None:
        book = Workbook()
        book.create_sheet("Findings")
        made = io.BytesIO()
        book.save(made)
        assert "named 'SHEET'" in refusal(
            replaced("xl/workbook.xml", 'name="Findings"', 'name="SHEET"', made.getvalue())
        )

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(place=st.integers(min_value=0, max_value=10**6), bit=st.integers(min_value=0, max_value=7))
    def test_a_flipped_bit_never_changes_what_is_read(self, place: int, bit: int) -> None:
        whole = bytearray(_ONCE)
        whole[place % len(whole)] ^= 1 << bit
        try:
            admit(bytes(whole), "answers.xlsx", kind="xlsx")
        except BadData:
            return
        with zipfile.ZipFile(io.BytesIO(bytes(whole))) as now, zipfile.ZipFile(io.BytesIO(_ONCE)) as before:
            assert {name: now.read(name) for name in now.namelist()} == {
                name: before.read(name) for name in before.namelist()
            }


_ONCE = workbook()


class TestBombs:
    def test_a_zip_bomb(self) -> None:
        assert "expands to" in refusal(changed(workbook(), lambda parts: parts.update({SHEET: bytes(65 * 2**20)})))

    def test_a_zip_bomb_that_lies_about_its_size(self) -> None:
        data = bytearray(changed(workbook(), lambda parts: parts.update({SHEET: b"<a>" + b" " * 10**6 + b"</a>"})))
        place = data.rfind(SHEET.encode()) - 46  # the central directory states sizes 24 bytes into its entry
        data[place + 24 : place + 28] = struct.pack("<I", 10)
        refusal(bytes(data))

    def test_too_many_parts(self) -> None:
        extra = {f"docProps/x{number}.bin": b"" for number in range(600)}
        assert "parts; at most 500" in refusal(changed(workbook(), lambda parts: parts.update(extra)))

    @pytest.mark.parametrize(
        "prolog",
        [
            '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            "<!DOCTYPE a>",
        ],
    )
    @pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
    def test_a_dtd_in_any_part(self, prolog: str, part: str) -> None:
        def change(parts: dict[str, bytes]) -> None:
            text = parts[part].decode()
            parts[part] = (
                prolog + text[text.index("?>") + 2 :] if text.startswith("<?xml") else prolog + text
            ).encode()

        assert "declares a DTD" in refusal(changed(workbook(), change))

    def test_a_dtd_in_utf_16(self) -> None:
        xml = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><worksheet xmlns="{MAIN}"/>'.encode("utf-16")
        assert "declares a DTD" in refusal(changed(workbook(), lambda parts: parts.update({SHEET: xml})))

    def test_a_document_with_a_dtd(self) -> None:
        data = replaced("word/styles.xml", "<w:styles ", "<!DOCTYPE a><w:styles ", document())
        assert "declares a DTD" in refusal(data, "docx")

    def test_a_cell_at_the_end_of_the_sheet(self) -> None:
        said = refusal(sheet(row(1048576, '<c r="XFD1048576"><v>1</v></c>')))
        assert said == "answers.xlsx, Checklist!A1048576 lies beyond row 20,000, the last that is read."

    def test_a_cell_in_a_far_column(self) -> None:
        said = refusal(sheet(row(1, '<c r="IW1"><v>1</v></c>')))
        assert said == "answers.xlsx, Checklist!IW1 lies beyond column IV, the last that is read."
        admit(sheet(row(20000, '<c r="IV20000"><v>1</v></c>')), "answers.xlsx", kind="xlsx")

    def test_a_merged_bomb(self) -> None:
        said = refusal(sheet("", '<mergeCells><mergeCell ref="A1:IV3000"/></mergeCells>'))
        assert "Checklist!A1:IV3000 brings the merged cells beyond 20,000" in said
        assert "beyond row" in refusal(sheet("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
        admit(sheet("", '<mergeCells><mergeCell ref="A1:D20"/></mergeCells>'), "answers.xlsx", kind="xlsx")

    def test_a_hyperlink_over_the_whole_sheet(self) -> None:
        assert "linked area" in refusal(sheet("", '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'))
        assert "cell; no more" in refusal(sheet("", '<hyperlinks><hyperlink ref="A1:IV20000"/></hyperlinks>'))

    def test_a_million_short_rows(self) -> None:
        assert "beyond row 20,000" in refusal(sheet("<row/>" * 1_000_000))

    def test_too_many_cells(self) -> None:
        cells = "<c/>" * 256
        assert "200,000th cell" in refusal(sheet("".join(f"<row>{cells}</row>" for _ in range(900))))

    def test_xml_nested_without_end(self) -> None:
        assert "nested" in refusal(sheet("<x>" * 5000 + "</x>" * 5000))


class TestWhatRunsOrFetches:
    def test_macros(self) -> None:
        assert "holds macros" in refusal(changed(workbook(), lambda parts: parts.update({"xl/vbaProject.bin": b"x"})))
        for kind, data, part in (
            ("xlsx", workbook(), "spreadsheetml.sheet"),
            ("docx", document(), "wordprocessingml.document"),
        ):
            old = f"application/vnd.openxmlformats-officedocument.{part}.main+xml"
            new = "application/vnd.ms-office.macroEnabled.main+xml"
            assert "holds macros" in refusal(replaced("[Content_Types].xml", old, new, data), kind)

    @pytest.mark.parametrize("what", ["externalLinkPath", "image", "oleObject"])
    def test_a_part_from_elsewhere(self, what: str) -> None:
        relation = (
            f'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{what}"'
            ' Target="http://elsewhere.example/x" TargetMode="External"/></Relationships>'
        )
        refusal(replaced("xl/_rels/workbook.xml.rels", "</Relationships>", relation))
        refusal(replaced("word/_rels/document.xml.rels", "</Relationships>", relation, document()), "docx")

    def test_an_attached_template(self) -> None:
        relation = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
            ' Target="http://elsewhere.example/x.dotm" TargetMode="External"/></Relationships>'
        )
        data = changed(document(), lambda parts: parts.update({"word/_rels/settings.xml.rels": relation.encode()}))
        assert "attached to another template" in refusal(data, "docx")

    def test_a_field_that_fetches_even_when_it_is_cut_in_pieces(self) -> None:
        field = (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r><w:r>'
            '<w:instrText>AUTO c:\\\\x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )
        data = replaced("word/document.xml", "<w:sectPr", field + "<w:sectPr", document())
        assert "field DDEAUTO" in refusal(data, "docx")

    @pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl\\..\\evil.xml", "C:evil.xml"])
    def test_a_part_that_points_outside(self, name: str) -> None:
        assert "points outside" in refusal(changed(workbook(), lambda parts: parts.update({name: b"<a/>"})))

    def test_two_parts_of_one_name(self) -> None:
        twice = changed(workbook(), lambda parts: parts.update({SHEET.upper(): parts[SHEET]}))
        assert "two parts" in refusal(twice)

    def test_a_part_with_a_password(self) -> None:
        data = bytearray(workbook())
        data[data.rfind(b"PK\x01\x02") + 8] |= 1
        assert "protected by a password" in refusal(bytes(data))

    def test_a_document_that_lacks_a_part(self) -> None:
        data = changed(document(), lambda parts: parts.pop("word/styles.xml") and None)
        assert "styles.xml, which is missing" in refusal(data, "docx")

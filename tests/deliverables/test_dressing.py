"""Shipped templates wear the body's colour, paper and logo; what is printed stays the same."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import attrs
import docx
import pytest
from openpyxl import load_workbook
from PIL import Image

from certbody import resources
from certbody.deliverables import attendance, certificate
from certbody.deliverables.catalogue import DELIVERABLES
from certbody.deliverables.dressing import ACCENTS, Look, dressed, logo_picture, tint
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document
from certbody.registry import Registry
from templates.make.excel_house import HEAD, PALE
from templates.make.look import ACCENT, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TINT
from tests.deliverables import example
from tests.deliverables.workbooks import AT

TEMPLATES = sorted({each.template for each in DELIVERABLES})
WORD = [name for name in TEMPLATES if name.endswith(".docx")]
LETTER = Look(paper="Letter", colour="0B6E4F")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def logo(width: int = 900, height: int = 300) -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (width, height), "green").save(made, "PNG")
    return made.getvalue()


def test_the_colours_that_are_replaced_are_those_of_the_house() -> None:
    assert {ACCENT: TINT, HEAD: PALE} == ACCENTS


@pytest.mark.parametrize("name", TEMPLATES)
class TestEveryTemplate:
    def test_the_houses_look_changes_nothing(self, name: str) -> None:
        template = resources.template(name)
        assert dressed(template, Look()) == template

    def test_no_accent_of_the_house_is_left_and_the_bodys_is_there(self, name: str) -> None:
        every = b"".join(parts(dressed(resources.template(name), LETTER)).values())
        for accent, pale in ACCENTS.items():
            assert accent.encode() not in every
            assert f'"{pale}"'.encode() not in every
        assert b"0B6E4F" in every

    def test_the_file_stays_one_that_the_gate_lets_pass_with_the_same_parts(self, name: str) -> None:
        template = resources.template(name)
        made = dressed(template, LETTER)
        admit(made, name, kind="docx" if name.endswith(".docx") else "xlsx")
        assert parts(made).keys() == parts(template).keys()
        assert dressed(template, LETTER) == made

    def test_every_page_is_letter_and_its_margins_are_kept(self, name: str) -> None:
        before, after = resources.template(name), dressed(resources.template(name), LETTER)
        if not name.endswith(".docx"):
            sheets: Any = load_workbook(io.BytesIO(after)).worksheets
            visible = [each for each in sheets if each.sheet_state == "visible"]
            assert {each.page_setup.paperSize for each in visible} == {"1"} or {
                int(each.page_setup.paperSize) for each in visible
            } == {1}
            return
        old, new = docx.Document(io.BytesIO(before)), docx.Document(io.BytesIO(after))
        for was, made in zip(old.sections, new.sections, strict=True):
            assert (round(was.page_width.mm), round(was.page_height.mm)) == (PAGE_WIDTH, PAGE_HEIGHT)
            assert (round(made.page_width.inches, 2), round(made.page_height.inches, 2)) == (8.5, 11)
            for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
                assert getattr(made, side) == getattr(was, side)


@pytest.mark.parametrize("name", WORD)
def test_tables_and_right_hand_stops_reach_the_margin_on_either_paper(name: str) -> None:
    for look, page in ((Look(), PAGE_WIDTH), (LETTER, 215.9)):
        text = (page - 2 * SIDE) * 1440 / 25.4
        document = docx.Document(io.BytesIO(dressed(resources.template(name), look)))
        for table in document.tables:
            wide = sum(int(each.get(docx.oxml.ns.qn("w:w"))) for each in table._tbl.tblGrid)
            assert wide <= text + 15
        stops = [
            stop.position.twips
            for paragraph in document.sections[0].header.paragraphs
            for stop in paragraph.paragraph_format.tab_stops
        ]
        assert all(abs(each - text) < 15 for each in stops)


def test_a_tint_is_pale_and_of_the_colour() -> None:
    assert tint("17405C") == "EAEEF0"
    assert tint("000000") == "E8E8E8"
    assert tint("FFFFFF") == "FFFFFF"


class TestLogo:
    def filled(self, found: Any, about: str, **more: Any) -> bytes:
        body = example.body()
        profile = attrs.evolve(body.profile, logo="a" * 64)
        view = example.showing(about, body=body.having({"profiles": [profile]}), **more)
        pictures = {**found.pictures(view), "logo": logo_picture(logo(), f"Logo of {profile.name}")}
        return fill_document(resources.template(found.template), found.fields(view), at=AT, pictures=pictures)

    def test_the_letterhead_shows_it_with_its_alternative_text_and_the_text_stays(self) -> None:
        made = self.filled(attendance.DELIVERABLE, example.STAGE_2)
        header = next(xml for name, xml in parts(made).items() if b"Logo of Fernhill Certification Ltd" in xml)
        assert b"<w:hdr" in header
        bare = fill_document(
            resources.template("attendance.docx"),
            attendance.DELIVERABLE.fields(example.showing(example.STAGE_2)),
            at=AT,
        )
        assert document_text(made).replace("[header] \n", "") == document_text(bare)

    def test_the_certificate_shows_it_above_the_name(self) -> None:
        assert "pictures.logo" in str(parts(resources.template("certificate.docx"))["word/document.xml"])
        assert certificate.DELIVERABLE.template == "certificate.docx"

    @pytest.mark.parametrize(("width", "height"), [(900, 300), (300, 300), (2000, 200), (100, 900)])
    def test_it_fits_the_letterhead_whatever_its_shape(self, width: int, height: int) -> None:
        picture = logo_picture(logo(width, height), "Logo")
        assert picture.width_mm <= 46
        assert float(picture.width_mm) * height / width <= 14.6

    def test_every_word_template_has_a_place_for_it(self) -> None:
        found = [each for each in (*DELIVERABLES, *Registry.gathered().deliverables) if each.word]
        for each in found:
            data = (each.folder / each.template).read_bytes() if each.folder else resources.template(each.template)
            assert any(b"pictures.logo" in xml for xml in parts(data).values()), each.template

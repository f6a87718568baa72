"""The response form in Word: filled in as a person would, read back to the same answer; and what is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certbody import resources
from certbody.deliverables import document_reader, response, response_document
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.readable import document_text
from certbody.deliverables.response import ResponseForm
from certbody.deliverables.response_document import LINES, RESPONSE_DOCUMENT, read_response_document, response_from
from certbody.deliverables.word import placeholders
from certbody.domain.text import fault
from certbody.errors import BadData
from tests.deliverables import example
from tests.deliverables.documents import Step, changed, inside, made, part, row, through_libreoffice, write
from tests.deliverables.workbooks import HOSTILE, needs_libreoffice
from tests.reconsidered import reconsidered

NAME = "response.docx"
TYPED = {
    "A": "Two further shops,\nboth outside of the scope.",
    "B": HOSTILE,
    "C": "2026-04-20",
    "D": "Fitting out of shops has no step for notices.",
    "E": "- a step in the list for fitting out",
    "F": "Henrik Lund",
    "G": "2026-06-05",
    "I": "x" * 32_000,
    "J": "Ines Okoro",
}
SAID = ResponseForm(
    number="2026-014/BF-1",
    by="Ines Okoro",
    extent=TYPED["A"],
    correction=HOSTILE,
    correction_done_on=date(2026, 4, 20),
    cause=TYPED["D"],
    corrective_action=TYPED["E"],
    owner="Henrik Lund",
    due_on=date(2026, 6, 5),
    evidence=TYPED["I"],
)


def blank(finding: str = "finding-BF-1", **more: Any) -> bytes:
    """The form as it goes out, before there is any answer."""
    dossier = example.without(example.dossier(), responses=(), response_reviews=())
    return made(RESPONSE_DOCUMENT, example.showing(finding, **{"dossier": dossier, **more}))


BLANK = blank()


def filled(*more: Step) -> bytes:
    """The form with all of `SAID`, and whatever else a person did to it."""
    return changed(BLANK, write(**TYPED), *more)


def read(data: bytes) -> ResponseForm:
    """As `read_response_document` reads it, but in this process."""
    return response_from(document_reader.read_plain(data), NAME)


def faults(data: bytes) -> tuple[str, ...]:
    """What is wrong with a form, line by line."""
    with pytest.raises(BadData) as refused:
        read(data)
    assert refused.value.headline == f"{NAME} cannot be taken over; nothing was recorded."
    return tuple(refused.value.particulars)


class TestTheForm:
    """ISO/IEC 17021-1:2015, 9.4.9."""

    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        view = example.showing("finding-AK-1", dossier=reconsidered(), on=date(2026, 5, 12), draft=False)
        golden("response-form", document_text(made(RESPONSE_DOCUMENT, view)))

    def test_template_and_fields_agree(self) -> None:
        view = example.showing("finding-AK-1")
        asked = {
            path
            for path in placeholders(resources.template(RESPONSE_DOCUMENT.template))
            if not path.startswith("pictures")
        }
        unknown, unused = unknown_and_unused(asked, RESPONSE_DOCUMENT.fields(view))
        assert unknown == set()
        assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()

    def test_its_lines_answer_what_the_workbook_asks(self) -> None:
        asked = {field.name for field in attrs.fields(ResponseForm)} - {"number"}
        assert [key for key, _ in LINES.values()] == sorted(asked, key=[key for key, _ in LINES.values()].index)
        text = document_text(BLANK)
        for letter, (_, called) in LINES.items():
            assert f"{letter} | {called}\n" in text

    def test_an_answer_that_was_sent_back_stands_in_it_with_the_reason(self) -> None:
        review = attrs.evolve(
            example.dossier().response_reviews["response-review-BF-1"], accepted=False, reason="Not yet the cause."
        )
        data = blank(dossier=example.dossier().having({"response_reviews": [review]}))
        assert "Earlier answer sent back because | Not yet the cause." in document_text(data)
        assert read(data).cause == example.dossier().responses["response-BF-1"].cause

    def test_more_time_and_a_new_grade_stand_on_both_forms(self) -> None:
        view = example.showing("finding-AK-1", dossier=reconsidered(), on=date(2026, 5, 1))
        for fields in (response.fields(view), response_document.fields(view)):
            assert fields["nonconformity"]["due_on"] == date(2026, 5, 30)
            assert "time to answer extended to 2026-05-30 by Carla Monti" in fields["nonconformity"]["changed"]

    @pytest.mark.parametrize("finding", ["finding-AK-3", "concern-1"])
    def test_there_is_none_for_what_needs_no_answer(self, finding: str) -> None:
        with pytest.raises(BadData, match="it needs no response"):
            blank(finding)

    def test_what_was_none_after_all_needs_none_either(self) -> None:
        with pytest.raises(BadData, match="2026-014/BF-1 is graded opportunity"):
            blank(dossier=reconsidered(), on=date(2026, 5, 20))
        assert blank(dossier=reconsidered(), on=date(2026, 5, 19))


class TestRoundTrip:
    """ISO/IEC 17021-1:2015, 9.4.9: what is written in comes back."""

    def test_what_was_typed_comes_back(self) -> None:
        assert read(filled()) == SAID

    def test_through_gate_and_child_it_reads_the_same(self) -> None:
        assert read_response_document(filled(), NAME) == SAID

    @needs_libreoffice
    def test_libreoffice_opens_it_saves_it_and_it_reads_the_same(self, tmp_path: Path) -> None:
        assert read_response_document(through_libreoffice(filled(), tmp_path), NAME) == SAID

    def test_a_table_cut_in_two_reads_the_same(self) -> None:
        def cut(document: Any) -> None:
            import copy

            table = document.tables[-1]._tbl
            rest = copy.deepcopy(table)
            rows = table.findall(f"{{{_W}}}tr")
            for each in rows[6:]:
                table.remove(each)
            for each in rest.findall(f"{{{_W}}}tr")[:6]:
                rest.remove(each)
            table.addnext(rest)

        assert read(filled(cut)) == SAID

    def test_questions_in_other_words_and_another_order_of_lines_change_nothing(self) -> None:
        def reworded(document: Any) -> None:
            row(document, "A").cells[1].text = "Umfang"
            table = document.tables[-1]._tbl
            table.append(row(document, "B")._tr)

        assert read(filled(reworded)) == SAID

    def test_breaks_and_tabs_inside_a_paragraph_are_kept(self) -> None:
        xml = "<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>"
        assert read(filled(inside("D", xml))).cause == "one\ntwo\tthree"

    def test_tracked_changes_read_as_they_are_seen(self) -> None:
        xml = (
            '<w:r><w:t xml:space="preserve">Nobody </w:t></w:r>'
            '<w:del w:id="1" w:author="a"><w:r><w:delText>ever </w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="a"><w:r><w:t>looked</w:t></w:r></w:ins>'
            '<w:moveFrom w:id="3" w:author="a"><w:r><w:t> gone</w:t></w:r></w:moveFrom>'
            "<w:r><w:t>.</w:t></w:r>"
        )
        assert read(filled(inside("D", xml))).cause == "Nobody looked."

    def test_links_and_fields_read_as_their_words(self) -> None:
        xml = (
            '<w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve">the rota </w:t></w:r></w:hyperlink>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>of May</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        assert read(filled(inside("D", xml))).cause == "the rota of May"

    def test_what_is_not_yet_answered_is_for_the_rules_to_say(self) -> None:
        form = read(changed(BLANK, write(J="Ines Okoro", A="None.")))
        assert (form.extent, form.cause, form.due_on) == ("None.", "", None)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=120).filter(
    lambda text: fault(text) is None
)


@given(_TEXTS, _TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_that_can_go_on_record_comes_back(extent: str, cause: str) -> None:
    """But for spaces and empty lines around it; composed (NFC), with one kind of line end."""
    form = read(changed(BLANK, write(A=extent, D=cause, B="Mended.", J="Ines Okoro")))
    for came, typed in ((form.extent, extent), (form.cause, cause)):
        assert came == unicodedata.normalize("NFC", typed).strip()


class TestFaults:
    """Bad input: one clear sentence each with file and line; all of them at once."""

    @pytest.mark.parametrize(
        ("step", "said"),
        [
            (write(C="20/4/2026"), "line C (Correction done on): '20/4/2026' is no day of the calendar; write it as"),
            (write(G="2026-02-30"), "line G (To be done by): '2026-02-30' is no day of the calendar"),
            (write(G="soon"), "line G (To be done by): 'soon' is no day"),
            (write(J=""), "line J (Answered by): is empty; the form needs your name"),
            (write(F="Henrik\nLund"), "line F (Responsible for it): has a line break or tab at position 7"),
            (write(D="x" * 32_001), "line D (Cause): has 32,001 characters; at most 32,000 fit a field"),
            (
                inside("D", "<w:r><w:drawing/></w:r>"),
                "line D (Cause): holds a picture or drawing; type text, and send the rest along as a file",
            ),
            (inside("D", '<w:r><w:footnoteReference w:id="2"/></w:r>'), "line D (Cause): holds a footnote"),
            (inside("D", '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'), "a character of a symbol font"),
            (inside("D", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), "line D (Cause): holds a formula"),
        ],
    )
    def test_each_is_one_sentence_with_its_line(self, step: Step, said: str) -> None:
        [only] = faults(filled(step))
        assert only.startswith(f"{NAME}, line ")
        assert said in only

    def test_all_are_named_at_once(self) -> None:
        found = faults(filled(write(C="yesterday", G="tomorrow", J=" ")))
        assert [each.partition(":")[0] for each in found] == [
            f"{NAME}, line C (Correction done on)",
            f"{NAME}, line G (To be done by)",
            f"{NAME}, line J (Answered by)",
        ]

    def test_a_table_in_a_cell_is_named(self) -> None:
        def nested(document: Any) -> None:
            row(document, "D").cells[2].add_table(1, 1).rows[0].cells[0].text = "hidden"

        [only] = faults(filled(nested))
        assert "line D (Cause): holds a table" in only

    def test_a_line_that_was_taken_out_is_named(self) -> None:
        def gone(document: Any) -> None:
            for letter in ("B", "H"):
                table_row = row(document, letter)._tr
                table_row.getparent().remove(table_row)

        assert faults(filled(gone)) == (
            f"{NAME}, line B (Correction): the line is missing; leave all lines where they are",
            f"{NAME}, line H (Done on): the line is missing; leave all lines where they are",
        )

    def test_a_line_that_stands_there_twice_is_named(self) -> None:
        def twice(document: Any) -> None:
            import copy

            row(document, "D")._tr.addnext(copy.deepcopy(row(document, "D")._tr))

        [only] = faults(filled(twice))
        assert only == f"{NAME}, line D (Cause): the line stands there twice"

    def test_merged_cells_are_named(self) -> None:
        def merged(document: Any) -> None:
            cells = row(document, "D").cells
            cells[1].merge(cells[2])

        [only] = faults(filled(merged))
        assert "line D (Cause): the line has 2 cells instead of 3; do not merge or split any" in only

    @pytest.mark.parametrize(("letter", "words"), [("", "a row of its own"), ("K", "the form has no line K")])
    def test_a_row_that_somebody_added_is_named(self, letter: str, words: str) -> None:
        def added(document: Any) -> None:
            cells = document.tables[-1].add_row().cells
            cells[0].text, cells[2].text = letter, "And another thing."

        [only] = faults(filled(added))
        assert words in only

    def test_what_stands_below_the_lines_is_named(self) -> None:
        def below(document: Any) -> None:
            document.add_paragraph("We dispute it.")
            document.add_table(1, 1).rows[0].cells[0].text = "For three reasons."

        assert faults(filled(below)) == (
            f"{NAME}, below the lines: 'We dispute it.' stands outside of the answers; write it into a tinted cell",
            f"{NAME}, below the lines: 'For three reasons.' stands outside of the answers; write it into a tinted cell",
        )

    def test_a_form_that_answers_nothing(self) -> None:
        with pytest.raises(BadData, match=r"^response.docx answers nothing: extent, correction"):
            read(changed(BLANK, write(J="Ines Okoro")))


class TestIdentity:
    """A form is known by what it carries unseen and by what it shows; both say the same."""

    def test_a_document_that_is_none_of_ours(self) -> None:
        bare = part(changed(BLANK), "docProps/custom.xml", lambda xml: xml.replace(b"certbody", b"someone"))
        with pytest.raises(BadData, match="is no response form made by certbody"):
            read(bare)

    def test_another_form_of_ours(self) -> None:
        other = part(BLANK, "docProps/custom.xml", lambda xml: xml.replace(b">response<", b">checklist<"))
        with pytest.raises(BadData, match=r"is another form made by certbody \(checklist\)"):
            read(other)

    def test_a_number_that_the_form_does_not_show(self) -> None:
        for number in (b"2026-014/BF-11", b"2026-014/BF-"):
            other = part(
                filled(),
                "docProps/custom.xml",
                lambda xml, number=number: xml.replace(b"2026-014/BF-1<", number + b"<"),  # type: ignore[misc]
            )
            with pytest.raises(BadData, match="contradicts itself"):
                read(other)

    def test_answers_pasted_into_the_form_of_another_are_refused_by_its_number(self) -> None:
        assert read(changed(blank("finding-AK-1"), write(**TYPED))).number == "2026-014/AK-1"


class TestFromOutside:
    """Through the gate, and in a limited child: what is no sound document is one sentence."""

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "is empty"),
            (b"PK\x03\x04 cut off", "is damaged or cut short"),
            (b"%PDF-1.4", "is no Word document (.docx) but a PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "is a Word document of the old kind (.doc)"),
        ],
    )
    def test_what_is_no_document(self, data: bytes, said: str) -> None:
        with pytest.raises(BadData, match=said.replace("(", r"\(").replace(")", r"\)")):
            read_response_document(data, NAME)

    def test_half_a_file_and_a_workbook(self) -> None:
        from tests.deliverables.workbooks import made as workbook

        with pytest.raises(BadData, match="is damaged"):
            read_response_document(filled()[:-2000], NAME)
        book = workbook(response.RESPONSE, example.showing("finding-BF-1"))
        with pytest.raises(BadData, match=r"is no Word document \(.docx\) but an? Excel workbook"):
            read_response_document(book, NAME)

    def test_an_entity_bomb_never_reaches_the_reader(self) -> None:
        bomb = part(
            filled(),
            "word/document.xml",
            lambda xml: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + xml.partition(b"?>")[2],
        )
        with pytest.raises(BadData, match="declares a DTD"):
            read_response_document(bomb, NAME)

    def test_a_field_that_fetches_is_refused(self) -> None:
        step = inside("D", "<w:r><w:instrText> INCLUDETEXT x </w:instrText></w:r>"
                           '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
        with pytest.raises(BadData, match="has a field INCLUDETEXT"):
            read_response_document(filled(step), NAME)

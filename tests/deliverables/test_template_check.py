"""A template that a body changed is checked before the day of issue: every fault at once, each with its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image

from certbody import resources
from certbody.deliverables import word
from certbody.deliverables.catalogue import DELIVERABLES
from certbody.deliverables.checked import sentence, unused
from certbody.deliverables.checking import Checked, check
from certbody.deliverables.child import LimitedChild
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.offered import Offer, invented, offered
from certbody.deliverables.package import packed
from certbody.errors import BadData

OFFER = Offer(
    paths=frozenset(
        {"audit.number", "audit.late", "client.name", "items[].ask", "items[].sites[]", "notes[]", "pictures.logo"}
    ),
    used=frozenset({"audit.number", "client.name", "items[].ask"}),
)
ELSEWHERE = {"certificate.number": ["certificate", "decision letter"]}


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def document(*paragraphs: str) -> bytes:
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    return saved(made)


def book(change: Callable[[Any], object]) -> bytes:
    made = Workbook()
    assert made.active is not None
    made.active.title = "Audit plan"
    change(made)
    return saved(made)


def checked(data: bytes, kind: str = "docx") -> Checked:
    return check(data, f"own.{kind}", OFFER, word=kind == "docx")


def told(data: bytes, kind: str = "docx") -> list[str]:
    """The faults of a template as people read them."""
    return [sentence(each, OFFER, ELSEWHERE) for each in checked(data, kind).faults]


def faults(*paragraphs: str) -> list[str]:
    """The faults of a Word template of these paragraphs; each stands in the body, and shows its paragraph."""
    found = told(document(*paragraphs))
    for line in found:
        assert line.startswith("body: "), line
        assert " — in " in line
    return [line.removeprefix("body: ").split(" — in ")[0] for line in found]


def with_parts(data: bytes, **parts: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()} | parts)


@pytest.mark.parametrize("found", DELIVERABLES, ids=lambda each: each.kind)
def test_every_template_that_ships_is_sound_and_leaves_nothing_out(found: Any) -> None:
    """The innocent neighbour of all that follows."""
    template = resources.template(found.template)
    offer = offered(template, found.template)
    result = check(template, found.template, offer, word=found.word)
    assert result.faults == ()
    assert result.trial
    assert unused(result.asked, offer) == []
    assert unknown_and_unused(set(offer.used) - {"pictures"}, invented(offer) | {"pictures": {"qr": ""}})[0] == set()


class TestFields:
    def test_a_misspelt_field_is_told_with_the_nearest_one_and_its_paragraph(self) -> None:
        assert told(document("first", "Audit {{ audit.numbr }} of")) == [
            "body: there is no field audit.numbr; did you mean audit.number? — in 'Audit {{ audit.numbr }} of'"
        ]

    def test_every_fault_is_told_at_once_in_the_order_of_the_document(self) -> None:
        assert faults(
            "{{ clint.name }}",
            "{%p for item in itms %}",
            "{{ itm.ask }} {{ xyzzy }}",
            "{%p endfor %}",
            "{% if audit.lte %}x{% endif %}",
        ) == [
            "there is no field clint.name; did you mean client.name?",
            "there is no field itms; did you mean items?",
            "there is no field itm.ask; did you mean item.ask?",
            "there is no field xyzzy",
            "there is no field audit.lte; did you mean audit.late?",
        ]

    def test_a_field_of_a_loop_is_named_by_its_path(self) -> None:
        assert faults("{%p for item in items %}", "{{ item.asks }}", "{%p endfor %}") == [
            "there is no field items[].asks; did you mean items[].ask?"
        ]

    def test_a_field_of_another_document_is_told_as_such(self) -> None:
        assert faults("{{ certificate.number }}") == [
            "there is no field certificate.number in this document; it belongs to: certificate, decision letter"
        ]

    def test_what_is_left_out_is_a_remark_and_no_fault(self) -> None:
        result = checked(document("{{ audit.number }}"))
        assert result.faults == ()
        assert unused(result.asked, OFFER) == ["client.name", "items[].ask"]

    def test_names_that_a_loop_or_set_gives_are_known_inside_it_and_not_after_it(self) -> None:
        assert faults("{% set a = client %}{{ a.name }} {% for i in items %}{{ i.ask }}{% endfor %}") == []
        assert faults("{% for i in items %}{% endfor %}{{ i.ask }}") == ["there is no field i.ask"]

    def test_a_loop_over_a_single_value(self) -> None:
        assert faults("{% for each in client.name %}{{ each }}{% endfor %}")[0] == (
            "{% for each in client.name %} goes over client.name, which is no list"
        )

    def test_the_place_names_header_footer_and_cell(self) -> None:
        made = Document()
        section = made.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "{{ a }}"
        section.header.paragraphs[0].text = "{{ b }}"
        section.footer.paragraphs[0].text = "{{ c }}"
        made.add_table(rows=1, cols=1)
        made.add_table(rows=3, cols=2).cell(2, 1).text = "{{ d }}"
        assert sorted(line.split(":")[0] for line in told(saved(made))) == [
            "body, table 2, row 3, cell 2",
            "footer",
            "header",
            "header of the first page",
        ]

    def test_a_tag_that_word_cut_in_pieces_and_its_clever_quotes_are_read(self) -> None:
        made = Document()
        paragraph = made.add_paragraph("{{ cli")
        paragraph.add_run("ent.name").bold = True
        paragraph.add_run(" }}{% if audit.number == “1” %}\u00a0{% endif %}")
        assert told(saved(made)) == []

    def test_a_field_outside_the_text_is_found_too(self) -> None:
        made = Document()
        made.add_paragraph("{{ client.name }}")
        drawing = OxmlElement("w:shd")
        drawing.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fill", "{{ colr }}")
        made.paragraphs[0]._p.get_or_add_pPr().append(drawing)
        assert told(saved(made)) == ["outside the text, such as in an alternative text: there is no field colr"]


class TestTags:
    @pytest.mark.parametrize(
        ("paragraphs", "said"),
        [
            (("{%p for i in items %}", "x"), "{%p for i in items %} is never closed: {% endfor %} is missing"),
            (("{%p if audit.late %}",), "{%p if audit.late %} is never closed: {% endif %} is missing"),
            (("{%p endfor %}",), "{%p endfor %} closes nothing: its {% for … %} is missing"),
            (
                ("{%p for i in items %}", "{%p endif %}"),
                "{%p endif %} stands where {% endfor %} belongs, for {%p for i in items %} of body",
            ),
            (("{% else %}",), "{% else %} stands outside a condition"),
            (("{{ client.name",), "{{ stands alone: a tag begins and ends in the same paragraph"),
            (("client.name }}",), "}} stands alone: a tag begins and ends in the same paragraph"),
            (
                ("{%p if audit.late %}{%p endif %}",),
                "a second tag {%p … %} in one paragraph; each needs a paragraph of its own",
            ),
            (("{%tr for i in items %}{%tr endfor %}",), "a tag {%tr … %} stands outside a table"),
            (("{{ client name }}",), "{{ client name }} cannot be read: expected token 'end of print statement', got"),
            (("{{ client.name|tojson }}",), "{{ client.name|tojson }} cannot be read: No filter named 'tojson'"),
            (("{{ client.name.upper() }}",), "{{ client.name.upper() }} calls a function, which no template may"),
            (("{% include 'x' %}",), "{% include 'x' %} is no tag that a template may use: for, if, set, cellbg"),
        ],
    )
    def test_one_that_does_not_fit(self, paragraphs: tuple[str, ...], said: str) -> None:
        assert faults(*paragraphs)[0].startswith(said)

    def test_the_innocent_neighbour(self) -> None:
        assert (
            faults(
                "{%p for i in items if i.ask %}",
                "{{ loop.index }} {{ i.ask|upper }} {% if i.sites|length > 1 %}{{ i.sites|join(', ') }}{% else %}-"
                "{% endif %}",
                "{%p endfor %}",
                "{%p if not notes %}",
                "none",
                "{%p elif audit.late %}",
                "{{ notes[0] }}",
                "{%p endif %}",
            )
            == []
        )

    def test_a_tag_that_cuts_across_rows_is_found_by_the_trial(self) -> None:
        made = Document()
        made.add_table(rows=1, cols=1).cell(0, 0).text = "{% if audit.late %}"
        made.add_paragraph("{% endif %}")
        [said] = told(saved(made))
        assert said.startswith("a tag of the template cuts across paragraphs, cells or rows in document.xml")


class TestWithoutEnd:
    def test_loops_over_the_same_list_in_each_other_are_told_with_their_place(self) -> None:
        nested = "{% for a in items %}{% for b in items %}{% for c in items %}x{% endfor %}{% endfor %}{% endfor %}"
        assert faults(nested) == [
            "{% for c in items %} stands inside other loops and would take 8,000,000 turns for lists as long as they "
            "may be; at most 1,000,000 are made"
        ]
        assert faults("{% for a in items %}{% for b in a.sites %}{{ b }}{% endfor %}{% endfor %}") == []

    def test_one_that_only_the_trial_shows_takes_no_longer_than_the_limit(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(word, "LimitedChild", partial(LimitedChild, seconds=1))
        monkeypatch.setattr("certbody.deliverables.offered.MANY", 400)
        nested = "{% for a in items %}{% for b in items %}" + "{{ a.ask }}" * 60 + "{% endfor %}{% endfor %}"
        assert told(document(nested))[0].split(":")[0] in (
            "own.docx cannot be filled",
            "it cannot be filled",
        )

    def test_rows_of_a_sheet_without_end(self) -> None:
        def whole_sheet(made: Any) -> None:
            made.active["A1"] = "{{ row.ask }}"
            made.defined_names["each_items"] = DefinedName("each_items", attr_text="'Audit plan'!$1:$1048576")

        assert told(book(whole_sheet), "xlsx") == [
            "the name each_items: it repeats 1,048,576 rows for each element of a list; for 200 elements that is more "
            "than the 20,000 rows that a sheet may have"
        ]


class TestWorkbooks:
    def test_every_cell_is_named(self) -> None:
        def fill(made: Any) -> None:
            sheet = made.active
            sheet["B2"] = "{{ audit.numbr }}"
            sheet["B3"] = "No. {{ audit.number of {{ client.name }}"
            sheet["B4"] = "{{ row.ask }}"
            sheet["B5"] = "{{ row.asks }}"
            sheet["B6"] = "{{ items }}"
            sheet["B7"] = '="{{ client.name }}"'
            sheet.oddHeader.left.text = "{{ clint.name }}"
            made.defined_names["each_items"] = DefinedName("each_items", attr_text="'Audit plan'!$5:$5")
            made.defined_names["each_itms"] = DefinedName("each_itms", attr_text="'Audit plan'!$9:$9")
            made.defined_names["each_client.name"] = DefinedName("each_client.name", attr_text="'Audit plan'!$11:$11")

        said = told(book(fill), "xlsx")
        assert [line.split(" — in ")[0] for line in said] == [
            "the name each_itms: there is no field itms; did you mean items?",
            "the name each_client.name: it repeats rows for client.name, which is no list",
            "'Audit plan'!B2: there is no field audit.numbr; did you mean audit.number?",
            "'Audit plan'!B3: '{{ audit.number of ' is no placeholder such as {{ audit.number }}",
            "'Audit plan'!B4: it asks for a field of a row, but stands outside the rows that a name each_… repeats",
            "'Audit plan'!B5: there is no field items[].asks; did you mean items[].ask?",
            "'Audit plan'!B6: items is no single value",
            "'Audit plan'!B7: it has a placeholder in a formula; put it into a cell and let the formula refer to that",
            "'Audit plan', header or footer: there is no field clint.name; did you mean client.name?",
        ]

    def test_the_innocent_neighbour(self) -> None:
        def fill(made: Any) -> None:
            made.active["B2"] = "{{ audit.number }} of {{ client.name }}"
            made.active["B5"] = "{{ row.ask }}"
            made.defined_names["each_items"] = DefinedName("each_items", attr_text="'Audit plan'!$5:$5")

        result = checked(book(fill), "xlsx")
        assert result.faults == ()
        cells = load_workbook(io.BytesIO(result.trial)).active
        assert cells["B2"].value == "audit.number of client.name"
        assert cells["B5"].value == "items[].ask"


def _picture(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("1", (width, height)).save(made, "PNG")
    return made.getvalue()


def pictured(width: int, height: int) -> bytes:
    """A document with a picture; python-docx reads no more of it than its size."""
    made = Document()
    made.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(_picture(width, height)))
    return saved(made)


class TestFilesFromOutside:
    """What the gate refuses is told in one sentence, and nothing else of the file is looked at."""

    def test_a_picture_of_twenty_thousand_by_twenty_thousand_pixels(self) -> None:
        [said] = told(pictured(20_000, 20_000))
        assert said.startswith("it has in a header a picture of ")
        assert "make the picture smaller" in said
        [said] = told(pictured(9_000, 9_000))
        assert "9,000 x 9,000 pixels (image1.png); at most 50 million are printed" in said
        assert told(pictured(900, 900)) == []

    def test_it_is_refused_on_the_day_of_issue_too(self) -> None:
        with pytest.raises(BadData, match=r"own\.docx has in a header a picture of"):
            word.LimitedFilling(pictured(9_000, 9_000), "own.docx")

    def test_a_macro_a_docm_renamed(self) -> None:
        types = zipfile.ZipFile(io.BytesIO(document("x"))).read("[Content_Types].xml")
        plain, macro = b"officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
        changed = types.replace(b"vnd.openxmlformats-" + plain, b"vnd." + macro)
        assert changed != types
        renamed = with_parts(document("x"), **{"[Content_Types].xml": changed})
        assert told(renamed) == ["it holds macros; save it as Word document (.docx) without them."]
        holding = with_parts(document("x"), **{"word/vbaProject.bin": b"x"})
        assert told(holding) == ["it holds macros; save it as Word document (.docx) without them."]

    def test_an_external_link(self) -> None:
        made = Document()
        made.part.rels.add_relationship(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
            "https://elsewhere.example/logo.png",
            "rId99",
            is_external=True,
        )
        [said] = told(saved(made))
        assert said.startswith("it fetches a part from elsewhere (image: https://elsewhere.example/logo.png)")

    def test_a_zip_bomb(self) -> None:
        [said] = told(with_parts(document("x"), **{"word/media/image1.png": bytes(80 * 2**20)}))
        assert said.startswith("it expands to 81 MiB; at most 64 MiB are unpacked.")

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"])
    def test_another_or_a_damaged_file(self, data: bytes) -> None:
        [said] = told(data)
        assert said.startswith("it is ")
        half = document("{{ client.name }}")
        assert told(half[: len(half) // 2])[0].startswith("it is damaged")

    def test_a_workbook_in_the_place_of_a_document(self) -> None:
        [said] = told(book(lambda made: None))
        assert said.startswith("it is no Word document (.docx) but a")


class TestInvented:
    def test_fields_have_the_shape_that_was_told(self) -> None:
        offer = Offer(
            paths=frozenset({"a.b", "rows[].c", "rows[].fill", "rows[].in[].d", "n", "key", "plain"}),
            used=frozenset(),
            listed=frozenset({"plain"}),
            counted=frozenset({"n"}),
            keys=frozenset({"key"}),
        )
        made = invented(offer)
        assert made["a"] == {"b": "a.b"}
        assert len(made["rows"]) == 50
        assert made["rows"][0] == {"c": "rows[].c", "fill": "EEF2F6", "in": [{"d": "rows[].in[].d"}] * 3}
        assert (made["n"], made["key"], made["plain"][0]) == (3, "logo", "plain[]")
        bare = invented(offer, bare=True)
        assert bare["rows"] == [{"c": "", "fill": "EEF2F6", "in": [{"d": ""}]}]
        assert (bare["n"], bare["a"]) == (0, {"b": ""})

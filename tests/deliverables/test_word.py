"""Filling Word templates: what goes in comes out, and a template is no program."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import docx
import jinja2
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docxtpl import DocxTemplate
from lxml import etree

from certbody.deliverables import word
from certbody.deliverables.child import LimitedChild
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.pictures import Picture, qr
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import Filling, LimitedFilling, fill_document, fill_untrusted, placeholders
from certbody.errors import BadData

AT = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

SSTI = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ lipsum.__globals__['os'].system('id') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ namespace(a=1).a }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ joiner() }}",
    "{{ audit|attr('__class__') }}",
    "{{ audit['__class__'] }}",
    "{{ audit.items() }}",
    "{{ audit.pop('number') }}",
    "{{ audit.update({'number': 'forged'}) }}",
    "{{ client.upper() }}",
    "{{ '%s'|format(client) }}",
    "{{ client.format }}",
    "{{ ''.join(['a']) }}",
    "{{ client|safe }}",
    "{{ items.append(1) }}",
    "{{ items[0:2] }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ 'a' * 1000000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ [1] * 1000000000 }}",
    "{{ loop }}",
    "{{ audit }}",
    "{{ items }}",
    "{{ pictures.qr.rendering.save('/tmp/x') }}",
    "{{ pictures }}",
)


def fields(count: int = 2) -> dict[str, Any]:
    items = [{"id": f"4.{n}", "ask": f"question {n}", "result": "conformity"} for n in range(1, count + 1)]
    return {"client": "Acme & Sons <Telecom>", "audit": {"number": "2027-014", "on": date(2027, 3, 2)}, "items": items}


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def template(*paragraphs: str) -> bytes:
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    return saved(made)


def text_of(*paragraphs: str, **extra: Any) -> str:
    made = fill_document(template(*paragraphs), fields() | extra, at=AT)
    admit(made, "filled.docx", kind="docx")
    return document_text(made).rstrip("\n")


def refusal(*paragraphs: str, **extra: Any) -> str:
    with pytest.raises(BadData) as caught:
        fill_document(template(*paragraphs), fields() | extra, at=AT, name="report.docx")
    assert "\n" not in caught.value.headline
    assert not caught.value.particulars
    return caught.value.headline


class TestWhatGoesInComesOut:
    @pytest.mark.parametrize(
        "text",
        [
            "a < b & c",
            "R&D <b>x</b>",
            "</w:t></w:r></w:p><w:p><w:r><w:t>INJECTED",
            "{{ client }} {% for %} {# x #} {_{ }_} {_% %_} {{{{",
            "  spaces at both ends  ",
            "one\ntwo\n\n\nfive\n",
            "tab\tand\t\ttab",
            "\n",
            "&amp; &lt; &#65;",
            "=cmd|' /C calc'!A0",
            "“quotes” ‘single’ – dash … \u00a0nbsp \u200b \u202eoverride\u202c",
            "报告書 العربية עברית 🧪 é e\u0301",
            "x" * 32_000,
            "]]> <![CDATA[ <?xml ?> <!-- -->",
            "\\a \\f $1 \\1 \\g<0>",
        ],
    )
    def test_a_text_is_printed_as_it_is(self, text: str) -> None:
        made = fill_document(template("before {{ a }} after"), {"a": text}, at=AT)
        assert docx.Document(io.BytesIO(made)).paragraphs[0].text == f"before {text} after"
        assert document_text(made) == f"before {text} after\n"

    def test_one_printing_rule_for_values_that_are_no_text(self) -> None:
        said = text_of(
            "{{ audit.on }} {{ fee }} {{ yes }} {{ no }} [{{ none }}] {{ n }}",
            fee=Decimal("1150.50"),
            yes=True,
            no=False,
            none=None,
            n=3,
        )
        assert said == "2027-03-02 1150.50 yes no [] 3"

    def test_loops_conditions_and_the_few_filters(self) -> None:
        said = text_of(
            "{%p for item in items %}",
            "{{ loop.index }}. {{ item.ask }}{% if not loop.last %},{% endif %}",
            "{%p endfor %}",
            "{%p if items|length > 5 %}",
            "many",
            "{%p else %}",
            "{{ items|length + 1 }} {{ names|join(', ') }} {{ client|upper }} {{ items[0].id }}",
            "{%p endif %}",
            names=["Ada", "Ben"],
        )
        assert said == "1. question 1,\n2. question 2\n3 Ada, Ben ACME & SONS <TELECOM> 4.1"

    def test_rows_of_a_table_repeat(self) -> None:
        made = Document()
        table = made.add_table(rows=4, cols=2)
        for row, texts in enumerate(
            (
                ("No.", "Question"),
                ("{%tr for item in items %}", ""),
                ("{{ item.id }}", "{{ item.ask }}"),
                ("{%tr endfor %}", ""),
            )
        ):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        assert document_text(fill_document(saved(made), fields(3), at=AT)) == (
            "No. | Question\n4.1 | question 1\n4.2 | question 2\n4.3 | question 3\n"
        )

    def test_headers_footers_and_text_boxes_are_filled(self) -> None:
        made = Document()
        made.sections[0].header.paragraphs[0].text = "{{ client }}"
        made.sections[0].footer.paragraphs[0].text = "{{ audit.number }}\t{{ note }}"
        made.add_paragraph("body")
        said = document_text(fill_document(saved(made), fields() | {"note": "one\ntwo"}, at=AT))
        assert said == "[header] Acme & Sons <Telecom>\nbody\n[footer] 2027-014\tone\ntwo\n"

    def test_a_tag_that_word_cut_in_pieces_is_read(self) -> None:
        made = Document()
        paragraph = made.add_paragraph("{{ cli")
        paragraph.add_run("ent").bold = True
        paragraph.add_run(" }}")
        assert document_text(fill_document(saved(made), fields(), at=AT)) == "Acme & Sons <Telecom>\n"

    def test_a_colour_of_a_cell_may_come_from_a_field(self) -> None:
        made = Document()
        made.add_table(rows=1, cols=1).cell(0, 0).text = "{% cellbg colour %}{{ client }}"
        filled = fill_document(saved(made), fields() | {"colour": "FFC7CE"}, at=AT)
        assert b'w:fill="FFC7CE"' in zipfile.ZipFile(io.BytesIO(filled)).read("word/document.xml")

    def test_a_picture_is_placed_by_name_with_its_alternative_text(self) -> None:
        made = Document()
        made.sections[0].header.paragraphs[0].text = "{{ pictures.qr }}"
        made.add_paragraph("{{ pictures.qr }}{{ pictures[which] }}")
        picture = Picture(data=qr("https://certifier.example/C-1"), width_mm=25, alt='QR code "C-1" <verify>')
        filled = fill_document(saved(made), {"which": "qr"}, at=AT, pictures={"qr": picture})
        drawings = []
        with zipfile.ZipFile(io.BytesIO(filled)) as archive:
            for name in archive.namelist():
                if name.startswith("word/") and name.endswith(".xml"):
                    drawings += list(etree.fromstring(archive.read(name)).iter(DRAWING))
        assert len(drawings) == 3
        assert {each.get("descr") for each in drawings} == {picture.alt}
        assert len({each.get("id") for each in drawings}) == 3
        assert docx.Document(io.BytesIO(filled)).inline_shapes[0].width.mm == pytest.approx(25, abs=0.1)

    def test_a_loop_over_columns_makes_columns(self) -> None:
        made = Document()
        row = made.add_table(rows=1, cols=3).rows[0].cells
        row[0].text, row[1].text, row[2].text = "{%tc for s in sites %}", "{{ s }}", "{%tc endfor %}"
        filled = fill_document(saved(made), {"sites": ["A", "B", "C", "D"]}, at=AT)
        assert document_text(filled) == "A | B | C | D\n"

    def test_a_value_that_would_not_be_seen_stops_the_document(self) -> None:
        assert "lost in the document: 'Acme" in refusal("{{r client }}")
        made = Document()
        run = made.add_paragraph().add_run()
        instruction = OxmlElement("w:instrText")
        instruction.text = "HYPERLINK {{ client }}"
        run._r.append(instruction)
        with pytest.raises(BadData, match="lost in the document"):
            fill_document(saved(made), fields(), at=AT)


class TestATemplateIsNoProgram:
    def test_a_default_environment_would_run_it(self) -> None:
        """The positive control: what the strict environment stops does run elsewhere."""
        attack = "{{ cycler.__init__.__globals__.os.getpid() }}"
        made = DocxTemplate(io.BytesIO(template(attack)))
        made.render({})
        assert made.docx.paragraphs[0].text == str(os.getpid())
        assert "Popen" in jinja2.Environment().from_string(SSTI[1]).render()
        assert str(os.getpid()) not in refusal(attack)

    def test_a_sandbox_of_jinja_alone_would_call_methods_of_objects(self) -> None:
        class Decision:
            decided = False

            def approve(self) -> str:
                self.decided = True
                return "approved"

        from jinja2.sandbox import ImmutableSandboxedEnvironment

        decision = Decision()
        ImmutableSandboxedEnvironment().from_string("{{ d.approve() }}").render(d=decision)
        assert decision.decided
        decision.decided = False
        assert "is Decision, not plain data" in refusal("{{ d.approve() }}", d=decision)
        assert not decision.decided

    @pytest.mark.parametrize("attack", SSTI)
    def test_nothing_but_fields_is_reached(self, attack: str) -> None:
        said = refusal("before " + attack)
        assert said.startswith("report.docx: ")
        assert "root" not in said

    def test_escaping_cannot_be_switched_off(self) -> None:
        attack = "{% autoescape false %}{{ client }}{% endautoescape %}"
        assert text_of(attack) == "Acme & Sons <Telecom>"

    def test_text_of_a_field_is_never_a_template(self) -> None:
        made = Document()
        made.sections[0].footer.paragraphs[0].text = "{{ note }}"
        made.add_paragraph("{{ note }}")
        filled = fill_document(
            saved(made), {"note": "{{ secret }}", "secret": "s"}, at=AT, properties={"title": "{{ secret }}"}
        )
        assert document_text(filled) == "{{ secret }}\n[footer] {{ secret }}\n"
        assert docx.Document(io.BytesIO(filled)).core_properties.title == "{{ secret }}"

    def test_a_field_may_be_named_like_a_method(self) -> None:
        assert text_of("{{ row.items }} {{ row.keys }}", row={"items": "a", "keys": "b"}) == "a b"


class TestFaultsOfATemplate:
    def test_an_unknown_field_names_template_field_and_paragraph(self) -> None:
        assert refusal("first", "Audit {{ audit.numbr }} of") == (
            "report.docx: the template asks for 'numbr', which is not among its fields,"
            " in the paragraph 'Audit {{ audit.numbr }} of'."
        )
        assert "'clint'" in refusal("{% if clint %}x{% endif %}")
        assert "'itemz'" in refusal("{%p for item in itemz %}", "{%p endfor %}")
        assert "'qr'" in refusal("{{ pictures.qr }}")

    def test_a_tag_that_cannot_be_read(self) -> None:
        assert "in the paragraph 'Audit {{ audit.number'" in refusal("Audit {{ audit.number")
        assert "endfor" in refusal("{% for item in items %}")
        assert "No filter named 'tojson'" in refusal("{{ client|tojson }}")

    def test_a_tag_that_cuts_across_the_document(self) -> None:
        made = Document()
        made.add_table(rows=1, cols=1).cell(0, 0).text = "{% if late %}"
        made.add_paragraph("{% endif %}")
        with pytest.raises(BadData, match=r"^report.docx: a tag of the template cuts across paragraphs, cells or rows"):
            fill_document(saved(made), {"late": False}, at=AT, name="report.docx")

    def test_what_a_condition_takes_away_leaves_a_document_that_word_opens(self) -> None:
        made = Document()
        made.sections[0].header.paragraphs[0].text = "{%p if late %}"
        made.sections[0].header.add_paragraph("{%p endif %}")
        cell = made.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "{%p if late %}"
        cell.add_paragraph("{%p endif %}")
        table = made.add_table(rows=3, cols=1)
        for row, text in enumerate(("{%tr for item in items %}", "{{ item }}", "{%tr endfor %}")):
            table.cell(row, 0).text = text
        filled = docx.Document(io.BytesIO(fill_document(saved(made), {"late": False, "items": []}, at=AT)))
        assert [len(each.rows) for each in filled.tables] == [1]
        assert filled.tables[0].cell(0, 0).paragraphs[0].text == ""
        assert len(filled.sections[0].header.paragraphs) == 1

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (0.1, "The field a is float, not plain data."),
            ({"x": [1, b""]}, "The field a.x[2] is bytes, not plain data."),
            ("bell \x07", "The field a has a control character (U+0007) at position 6."),
            ("half \ud83d", "The field a has a control character (U+D83D) at position 6."),
            ("x" * 32_001, "The field a has 32,001 characters; at most 32,000 fit a field."),
            (datetime(2027, 3, 2, tzinfo=UTC), "The field a is datetime, not plain data."),
            (Decimal("NaN"), "The field a is NaN, which is no amount."),
        ],
    )
    def test_a_field_that_no_document_can_hold(self, value: Any, said: str) -> None:
        assert refusal("x", a=value) == said

    def test_a_file_that_is_no_document(self) -> None:
        with pytest.raises(BadData, match=r"^report.docx is no Word document that can be filled"):
            fill_document(b"PK nothing", {}, at=AT, name="report.docx")

    def test_a_picture_that_is_none(self) -> None:
        with pytest.raises(BadData, match="the picture 'qr' cannot be placed"):
            fill_document(
                template("{{ pictures.qr }}"), {}, at=AT, pictures={"qr": Picture(data=b"no", width_mm=2, alt="")}
            )

    def test_a_moment_without_a_zone_is_an_error_of_the_program(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            fill_document(template("x"), {}, at=AT.replace(tzinfo=None))


class TestDocument:
    def test_the_same_input_gives_the_same_bytes(self) -> None:
        data = template("{{ client }}")
        assert fill_document(data, fields(), at=AT) == fill_document(data, fields(), at=AT)

    def test_properties(self) -> None:
        properties = {"title": "Report & more", "creator": "Example Certification", "Audit": "2027-014 <x>"}
        filled = fill_document(template("x"), {}, at=AT, properties=properties)
        core = docx.Document(io.BytesIO(filled)).core_properties
        assert (core.title, core.author, core.comments) == ("Report & more", "Example Certification", "")
        assert (str(core.created)[:19], str(core.modified)[:19]) == ("2027-03-02 09:30:00", "2027-03-02 09:30:00")
        custom = zipfile.ZipFile(io.BytesIO(filled)).read("docProps/custom.xml").decode()
        assert 'name="Audit"><vt:lpwstr>2027-014 &lt;x&gt;</vt:lpwstr>' in custom
        again = fill_document(filled, {}, at=AT, properties={"Audit": "2027-015"})
        assert b"2027-015" in zipfile.ZipFile(io.BytesIO(again)).read("docProps/custom.xml")

    def test_a_property_of_two_lines(self) -> None:
        with pytest.raises(BadData, match="the document property 'title' has a line break"):
            fill_document(template("x"), {}, at=AT, properties={"title": "a\nb"})

    def test_placeholders_follow_loops(self) -> None:
        made = Document()
        made.sections[0].header.paragraphs[0].text = "{{ body.name }}"
        for text in (
            "{{ client }} {% if audit.late %}{{ audit['on'] }}{% endif %} {{ pictures.qr }}",
            "{%p for item in items if item.shown %}",
            "{{ loop.index }} {{ item.ask }} {% for site in item.sites %}{{ site }}{% endfor %}",
            "{%p endfor %}",
            "{% set first = items[0] %}{{ first.id }}{{ notes|join(', ') }}",
        ):
            made.add_paragraph(text)
        asked = placeholders(saved(made))
        assert asked == {
            "body.name", "client", "audit.late", "audit.on", "pictures.qr",
            "items[].shown", "items[].ask", "items[].sites[]", "items[].id", "notes",
        }  # fmt: skip
        given = {
            "body": {"name": ""},
            "client": "",
            "audit": {"late": True, "on": None},
            "pictures": {"qr": None},
            "items": [{"shown": True, "ask": "", "sites": ["a"], "id": ""}],
            "notes": ["x"],
        }
        unknown, unused = unknown_and_unused(asked, given)
        assert (unknown, unused) == (set(), {"notes[]"})


class TestUntrusted:
    def test_an_innocent_template_gives_the_same_bytes(self) -> None:
        data = template("{{ client }} {{ audit.on }} {{ pictures.qr }}")
        pictures = {"qr": Picture(data=qr("https://certifier.example/C-1"), width_mm=Decimal("22.5"), alt="QR code")}
        properties = {"title": "x", "Audit": "y"}
        assert fill_untrusted(data, fields(), at=AT, pictures=pictures, properties=properties) == fill_document(
            data, fields(), at=AT, pictures=pictures, properties=properties
        )

    def test_its_faults_are_told_in_the_same_words(self) -> None:
        with pytest.raises(BadData) as caught:
            fill_untrusted(template("{{ clint }}"), fields(), at=AT, name="report.docx")
        assert caught.value.headline == refusal("{{ clint }}")

    def test_a_template_that_never_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word, "LimitedChild", partial(LimitedChild, seconds=1))
        nested = "{% for a in items %}" * 5 + "{% if a.x %}{% endif %}" + "{% endfor %}" * 5
        many = {"items": [{"x": ""}] * 200}
        with pytest.raises(BadData, match=r"^report.docx cannot be filled: it takes longer than 1 s.$"):
            fill_untrusted(template(nested), many, at=AT, name="report.docx")

    def test_a_template_that_needs_too_much_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word, "LimitedChild", partial(LimitedChild, memory=200 * 2**20))
        nested = "{% for a in items %}" * 2 + "{{ text }}" + "{% endfor %}" * 2
        many = {"items": list(range(500)), "text": "x" * 2000}
        with pytest.raises(BadData, match=r"^report.docx cannot be filled: it (needs more than|is damaged)"):
            fill_untrusted(template(nested), many, at=AT, name="report.docx")

    def test_the_gate_comes_first(self) -> None:
        with pytest.raises(BadData, match="is no Word document"):
            fill_untrusted(b"%PDF-1.7", {}, at=AT, name="report.docx")


ENDLESS = "{% for a in items %}" * 5 + "{% if a.x %}{% endif %}" + "{% endfor %}" * 5


class TestManyFromOneTemplate:
    """A template is opened once; each document is the one that it would be alone."""

    def documents(self, filling: Any) -> list[bytes]:
        picture = Picture(data=qr("https://certifier.example/C-1"), width_mm=25, alt="code")
        return [
            filling.fill(fields() | {"late": ""}, at=AT, properties={"title": "One", "Audit": "2027-014"}),
            filling.fill(fields() | {"late": "yes"}, at=AT, pictures={"qr": picture}),
            filling.fill(fields(5) | {"late": ""}, at=AT),
        ]

    def alone(self, data: bytes) -> list[bytes]:
        class Alone:
            def fill(self, given: Any, **rest: Any) -> bytes:
                return fill_document(data, given, **rest)

        return self.documents(Alone())

    def test_nothing_of_one_document_is_left_in_the_next(self) -> None:
        data = template(
            "{{ client }} {% if late %}{{ pictures.qr }}{% endif %}",
            "{%p for i in items %}",
            "{{ i.ask }}",
            "{%p endfor %}",
        )
        expected = self.alone(data)
        assert self.documents(Filling(data)) == expected
        with closing(LimitedFilling(data)) as filling:
            assert self.documents(filling) == expected
        assert len(set(expected)) == 3

    def test_one_that_never_ends_or_is_refused_takes_no_other_with_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word, "LimitedChild", partial(LimitedChild, seconds=1))
        data = template("{{ client }}" + ENDLESS)
        innocent, endless = fields() | {"items": [{"x": ""}]}, fields() | {"items": [{"x": ""}] * 200}
        with closing(LimitedFilling(data, "letter.docx")) as filling:
            first = filling.fill(innocent, at=AT)
            with pytest.raises(BadData, match=r"^letter.docx cannot be filled: it takes longer than 1 s.$"):
                filling.fill(endless, at=AT)
            with pytest.raises(BadData, match="'client', which is not among its fields"):
                filling.fill({"items": []}, at=AT)
            assert filling.fill(innocent, at=AT) == first

    def test_a_template_that_meets_its_limits_again_and_again_is_tried_no_more(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(word, "LimitedChild", partial(LimitedChild, seconds=1))
        endless = fields() | {"items": [{"x": ""}] * 200}
        with closing(LimitedFilling(template(ENDLESS), "letter.docx")) as filling:
            said = []
            for _ in range(4):
                with pytest.raises(BadData) as caught:
                    filling.fill(endless, at=AT)
                said.append(caught.value.headline)
        assert said[2] == "letter.docx cannot be filled: it takes longer than 1 s."
        assert said[3] == "letter.docx cannot be filled: it met its limits 3 times, and is tried no more."

    def test_each_has_the_time_of_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Together they take longer than one may."""
        monkeypatch.setattr(word, "LimitedChild", partial(LimitedChild, seconds=1))
        data = template("{% for a in items %}{% for b in items %}{% if b.ask %}{% endif %}{% endfor %}{% endfor %}")
        with closing(LimitedFilling(data)) as filling:
            made = {filling.fill(fields(1_500), at=AT) for _ in range(9)}
        assert len(made) == 1

    def test_the_gate_comes_first_and_no_process_is_started_for_nothing(self) -> None:
        with pytest.raises(BadData, match="is no Word document"):
            LimitedFilling(b"%PDF-1.7")
        LimitedFilling(template("x")).close()

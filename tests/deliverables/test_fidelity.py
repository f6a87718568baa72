"""T17: random texts through Word and Excel and back; not one changes without a word.

500 texts each in the suite, 10,000 with ``CERTBODY_LONG=1``.
"""

from __future__ import annotations

import io
import os
import unicodedata
from datetime import UTC, datetime
from functools import cache

from docx import Document
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from certbody.deliverables.excel import fill_workbook
from certbody.deliverables.readable import document_text
from certbody.deliverables.reading import Faults, read_cells
from certbody.deliverables.word import fill_document
from certbody.domain.text import fault, normal
from certbody.errors import BadData

AT = datetime(2027, 3, 2, tzinfo=UTC)
BATCH = 25
BATCHES = (10_000 if os.environ.get("CERTBODY_LONG") else 500) // BATCH

NASTY = st.sampled_from(
    ["&", "<", ">", '"', "'", "{{", "}}", "{%", "%}", "{#", "{_{", "}_}", "_x0041_", "_x005F_", "x005F_", "=", "+", "@",
     "\n", "\t", " ", "\r\n", "\x0b", "\r", "</w:t>", "]]>", "&amp;", "&#10;", "\u2028", "\u00a0", "\u200f", "\ufeff",
     "#N/A", "TRUE", "1e5", "2027-03-02", "\U0001f9ea", "e\u0301", "\x07", "\ud800", "\ufffe", "{{ x }}", "\\", "$1"]
)  # fmt: skip
TEXT = st.lists(NASTY | st.text(st.characters(), max_size=12), max_size=12).map("".join)
TEXTS = st.lists(TEXT, min_size=BATCH, max_size=BATCH)
EXACTLY = settings(
    max_examples=BATCHES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@cache
def word_template() -> bytes:
    made = Document()
    table = made.add_table(rows=3, cols=1)
    for row, text in enumerate(("{%tr for row in rows %}", "{{ row }}", "{%tr endfor %}")):
        table.cell(row, 0).text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@cache
def excel_template() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active["A1"], book.active["B1"] = "{{ row }}", "[{{ row }}]"
    book.defined_names["each_rows"] = DefinedName("each_rows", attr_text="Sheet!$1:$1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sound(texts: list[str]) -> list[str]:
    """The texts as the domain's fields take them; those that it refuses are refused by the templates as well."""
    taken = []
    for text in map(normal, texts):
        if fault(text) is None:
            taken.append(text)
            continue
        for template, fill in ((word_template(), fill_document), (excel_template(), fill_workbook)):
            try:
                fill(template, {"rows": [text]}, at=AT)  # type: ignore[operator]
            except BadData:
                continue
            raise AssertionError(f"{text!r} was let through")
    return taken


@EXACTLY
@seed(17)
@given(TEXTS)
def test_texts_through_word_and_back(texts: list[str]) -> None:
    rows = sound(texts)
    made = fill_document(word_template(), {"rows": rows}, at=AT)
    table = Document(io.BytesIO(made)).tables[0] if rows else None
    back = [cell.text for cell in table.columns[0].cells] if table else []
    assert back == rows
    assert document_text(made).startswith("\n".join(rows))


@EXACTLY
@seed(17)
@given(TEXTS)
def test_texts_through_excel_and_back(texts: list[str]) -> None:
    rows = sound(texts)
    sheet = read_cells(fill_workbook(excel_template(), {"rows": rows}, at=AT)).sheet("Sheet")
    faults = Faults()
    for number, text in enumerate(rows, 1):
        cell = sheet.cell(number, "A")
        assert (cell.value if cell else "") == text
        assert cell is None or cell.kind == "text"
        assert sheet.text(number, "B", faults) == unicodedata.normalize("NFC", f"[{text}]")
    assert not faults

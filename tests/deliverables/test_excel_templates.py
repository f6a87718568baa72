"""Our Excel templates: what each has in common, that it names the fields it is given, and what it shows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import attrs
import pytest
from openpyxl import load_workbook

from certbody import resources
from certbody.deliverables import (
    application_form,
    audit_programme,
    checklist,
    cost_breakdown,
    register,
    response,
    self_assessment,
)
from certbody.deliverables.catalogue import DELIVERABLES
from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.excel import placeholders
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import workbook_text
from certbody.deliverables.reading import read_cells
from certbody.domain.dossier import Dossier
from certbody.domain.inputs import ask, questions
from certbody.domain.standard import SectorLaw, Supplement, Verify
from tests.deliverables import example
from tests.deliverables.assessed import ASSESSMENT
from tests.deliverables.workbooks import HOSTILE, made, tinted

PRINTED = HOSTILE + " _x0041_"


@attrs.frozen(kw_only=True)
class Inputs:
    """What an invented scheme asks."""

    contact_centres: int = ask(0, "Contact centres beyond the first.")
    sector: str = ask("", "Sector, for further questions.", choices=("", "retail", "telecom"))


SECTORS = attrs.evolve(
    example.standard(),
    supplements=(
        Supplement(code="retail", title="Retail and e-commerce"),
        Supplement(
            code="telecom",
            title="Telecom and IT",
            note="For operators, and for those who host data.",
            law=(
                SectorLaw(
                    topic="Time to answer",
                    asks="Licence conditions commonly set times to answer.",
                    items=("7.4-1", "7.4-2"),
                    verify=Verify.PER_COUNTRY,
                ),
                SectorLaw(
                    topic="Going outside",
                    asks="An ombudsman can commonly be called on.",
                    items=("7.4-1",),
                    verify=Verify.PER_COUNTRY,
                ),
            ),
        ),
    ),
)
FORM = {"dossier": Dossier(), "extra": {"questions": questions(Inputs)}, "standard": SECTORS}
ALL: list[tuple[str, Deliverable, str, dict[str, Any]]] = [
    (
        "self-assessment",
        self_assessment.SELF_ASSESSMENT,
        "",
        {"dossier": Dossier(), "extra": {"assessment": ASSESSMENT}},
    ),
    ("application-form", application_form.APPLICATION_FORM, "", FORM),
    ("cost-breakdown", cost_breakdown.COST_BREAKDOWN, "quotation-1", {}),
    ("audit-programme", audit_programme.AUDIT_PROGRAMME, "programme-1", {}),
    ("checklist", checklist.CHECKLIST, example.STAGE_2, {"standard": SECTORS}),
    ("response", response.RESPONSE, "finding-AK-1", {}),
    ("register", register.REGISTER, "", {}),
]
NAMES = [each[0] for each in ALL]
each_one = pytest.mark.parametrize(("found", "about", "more"), [each[1:] for each in ALL], ids=NAMES)


def shown(found: Deliverable, about: str, more: dict[str, Any]) -> bytes:
    return made(found, example.showing(about, **more))


def test_every_workbook_of_the_catalogue_is_looked_at_here() -> None:
    assert {each.template for each in DELIVERABLES if not each.word} == {each[1].template for each in ALL}


@each_one
class TestConventions:
    """What office staff, clients and auditors may rely on in every workbook."""

    def test_the_template_asks_for_its_fields_and_for_nothing_else(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        fields = found.fields(example.showing(about, **more))
        assert unknown_and_unused(placeholders(resources.template(found.template)), fields) == (set(), set())

    def test_the_template_is_the_one_that_its_script_makes(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        maker = import_module(f"templates.make.excel_{found.template.removesuffix('.xlsx').replace('-', '_')}")
        assert (found.template, maker.made()) == (maker.FILE, maker.made())
        assert workbook_text(maker.made()) == workbook_text(resources.template(found.template))

    def test_the_text_is_the_golden_one(
        self,
        found: Deliverable,
        about: str,
        more: dict[str, Any],
        golden: Callable[[str, str], None],
    ) -> None:
        golden(found.template.removesuffix(".xlsx"), workbook_text(shown(found, about, more)))

    def test_the_gate_lets_it_pass(self, found: Deliverable, about: str, more: dict[str, Any]) -> None:
        admit(shown(found, about, more), found.template, kind="xlsx")

    def test_no_placeholder_is_left(self, found: Deliverable, about: str, more: dict[str, Any]) -> None:
        assert "{{" not in workbook_text(shown(found, about, more))

    def test_it_opens_on_the_read_me_which_names_template_head_and_way_back(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        cells = read_cells(shown(found, about, more))
        name, sheet = next(iter(cells.sheets.items()))
        words = {cell.value for row in sheet.rows.values() for cell in row.values()}
        assert name == "Read me"
        assert {"T-00 r1", "184 · 9c1f0a3b", "Fernhill Certification Ltd"} <= words
        assert any(word.startswith(("How to return", "How to use")) for word in words)

    def test_structure_and_sheets_are_protected_without_a_password_but_for_the_tinted_cells(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        book: Any = load_workbook(io.BytesIO(shown(found, about, more)))
        assert book.security.lockStructure
        assert not book.security.workbookPassword
        for sheet in book.worksheets:
            assert sheet.protection.sheet, sheet.title
            assert not sheet.protection.password
            if sheet.sheet_state == "visible":
                assert not sheet.protection.autoFilter
                assert not sheet.protection.formatRows
                wrong = [place for place, is_tinted, is_unlocked in tinted(sheet) if is_tinted is not is_unlocked]
                assert wrong == [], sheet.title

    def test_it_prints_landscape_one_page_wide_with_headings_numbers_and_head(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        book: Any = load_workbook(io.BytesIO(shown(found, about, more)))
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert "T-00 r1" in sheet.oddFooter.left.text
            assert "184 · 9c1f0a3b" in sheet.oddFooter.left.text
            assert sheet.oddFooter.right.text == "Page &P of &N"
            assert found.number(example.showing(about, **more)) in sheet.oddHeader.left.text
            if sheet.title != "Read me":
                assert sheet.print_title_rows, sheet.title
                assert sheet.freeze_panes, sheet.title

    def test_lists_come_from_a_hidden_sheet_by_a_defined_name(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        book: Any = load_workbook(io.BytesIO(shown(found, about, more)))
        for sheet in book.worksheets:
            for check in sheet.data_validations.dataValidation:
                if check.type == "list" and not check.formula1.startswith("OFFSET("):
                    assert book.defined_names[check.formula1].value.startswith("certbody!$A$")
                    assert book["certbody"].sheet_state == "veryHidden"

    def test_no_data_is_merged_and_no_sheet_is_without_a_filter_or_a_question(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        book: Any = load_workbook(io.BytesIO(shown(found, about, more)))
        for sheet in book.worksheets:
            if sheet.auto_filter.ref:
                top, end = (int(number) for number in re.findall(r"\d+", sheet.auto_filter.ref))
                assert not [area for area in sheet.merged_cells.ranges if top <= area.min_row <= end]

    def test_what_looks_like_a_formula_or_markup_stays_text(
        self, found: Deliverable, about: str, more: dict[str, Any]
    ) -> None:
        def hostile(value: Any, key: str = "") -> Any:
            if isinstance(value, dict):
                return {name: hostile(each, name) for name, each in value.items()}
            if isinstance(value, list):
                return [hostile(each, key) for each in value]
            return PRINTED if isinstance(value, str) and key not in ("results", "grades") else value

        view = example.showing(about, **more)
        fields = hostile(found.fields(view))
        fields["document"] |= {"title": "T", "number": "1", "template": "T-00 r1", "head": "h", "draft": ""}
        data = made(attrs.evolve(found, fields=lambda _: fields, number=lambda _: "1"), view)
        template = read_cells(resources.template(found.template))
        before = {
            cell.formula for sheet in template.sheets.values() for row in sheet.rows.values() for cell in row.values()
        }
        cells = [
            cell for sheet in read_cells(data).sheets.values() for row in sheet.rows.values() for cell in row.values()
        ]
        assert any(cell.value == PRINTED for cell in cells)
        assert not [cell.formula for cell in cells if "cmd" in cell.formula]
        assert not [cell for cell in cells if cell.kind == "error"]
        assert bool({cell.formula for cell in cells} - {""}) is bool(before - {""})

    def test_the_same_record_gives_the_same_bytes(self, found: Deliverable, about: str, more: dict[str, Any]) -> None:
        assert shown(found, about, more) == shown(found, about, more)


class TestCatalogue:
    def test_file_names_begin_with_the_word_of_their_kind(self) -> None:
        kinds = {each[1].kind for each in ALL}
        assert kinds == {
            "self-assessment",
            "application-form",
            "quotation-breakdown",
            "audit-programme",
            "checklist",
            "response",
            "register",
        }

    def test_each_has_a_template_number(self) -> None:
        import tomllib

        numbers = tomllib.loads(resources.template("templates.toml").decode())
        assert {each[1].template.removesuffix(".xlsx") for each in ALL} <= numbers.keys()

    def test_a_draft_says_so_on_every_page_and_in_the_read_me(self) -> None:
        view: Showing = example.showing("quotation-1", draft=True)
        text = workbook_text(made(cost_breakdown.COST_BREAKDOWN, view))
        assert text.count("DRAFT") == 3
        final = workbook_text(made(cost_breakdown.COST_BREAKDOWN, attrs.evolve(view, draft=False)))
        assert "DRAFT" not in final

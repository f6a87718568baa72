"""Quotation, certification agreement, audit plan and attendance record: what they show, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables import agreement, attendance, audit_plan, quotation
from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.claims import conformity_claims
from certbody.domain.dossier import Dossier
from certbody.domain.standard import Nature
from certbody.errors import NotFound
from tests.deliverables import example

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
CASES = {
    "quotation": (quotation.DELIVERABLE, "quotation-1"),
    "agreement": (agreement.DELIVERABLE, "application-1"),
    "audit-plan": (audit_plan.DELIVERABLE, example.STAGE_2),
    "attendance": (attendance.DELIVERABLE, example.STAGE_2),
}
kinds = pytest.mark.parametrize("kind", CASES)
HOSTILE = "Smith & Sons <b>not bold</b> {{ 7 * 7 }} {% if %} ‘quoted’ ÄÖÜ\nsecond line\twith a tab"


def view(kind: str, state: Dossier | None = None, **more: Any) -> Showing:
    return example.showing(CASES[kind][1], dossier=state or example.dossier(), **more)


def text(kind: str, shown: Showing) -> str:
    found: Deliverable = CASES[kind][0]
    return document_text(fill_document(resources.template(found.template), found.fields(shown), at=AT))


def changed(table: str, key: str, **values: Any) -> Dossier:
    state = example.dossier()
    return state.having({table: [attrs.evolve(getattr(state, table)[key], **values)]})


class TestEach:
    @kinds
    def test_the_text_is_the_golden_one(self, kind: str, golden: Callable[[str, str], None]) -> None:
        golden(kind, text(kind, view(kind)))

    @kinds
    def test_the_template_asks_for_the_fields_supplied_and_for_no_others(self, kind: str) -> None:
        found = CASES[kind][0]
        unknown, unused = unknown_and_unused(placeholders(resources.template(found.template)), found.fields(view(kind)))
        assert unknown == set()
        assert {path for path in unused if not path.startswith(("document.", "body.", "client."))} == set()

    @kinds
    def test_the_template_passes_the_gate_that_a_changed_one_has_to_pass(self, kind: str) -> None:
        admit(resources.template(CASES[kind][0].template), f"{kind}.docx", kind="docx")

    @kinds
    def test_a_draft_says_so_and_an_issued_document_does_not(self, kind: str) -> None:
        assert "DRAFT" in text(kind, view(kind))
        assert "DRAFT" not in text(kind, view(kind, draft=False))

    @kinds
    def test_template_number_and_head_stand_on_every_page(self, kind: str) -> None:
        said = text(kind, view(kind, template="T-99 r7"))
        assert said.count("[footer] T-99 r7") == 2  # that of the first page, and that of the others
        assert "record head 184 · 9c1f0a3b" in said

    @kinds
    def test_no_document_claims_conformity_to_guidance(self, kind: str) -> None:
        claims = conformity_claims(text(kind, view(kind)), ("ISO 10002:2018", "ISO 10002", "ISO"))
        assert [claim.said for claim in claims if claim.certain] == []

    @kinds
    def test_nothing_is_shown_where_there_is_no_such_record(self, kind: str) -> None:
        with pytest.raises(NotFound):
            CASES[kind][0].fields(example.showing("nothing"))

    @pytest.mark.parametrize("said", [HOSTILE, "long " * 6_000])
    @kinds
    def test_whatever_somebody_wrote_comes_out_as_it_was_written(self, kind: str, said: str) -> None:
        state = {
            "quotation": changed("quotations", "quotation-1", notes=said),
            "agreement": changed("applications", "application-1", scope=said),
            "audit-plan": changed("audits", example.STAGE_2, objectives=said),
            "attendance": changed("meetings", "m-4", disagreements=said),
        }[kind]
        assert said.strip() in text(kind, view(kind, state))


class TestQuotation:
    """ISO/IEC 17021-1:2015, 5.2.5, 9.1.4; IAF MD 5:2023, 4.4."""

    def test_the_sums_are_those_of_the_record(self) -> None:
        said = text("quotation", view("quotation"))
        record = example.dossier().quotations["quotation-1"]
        for amount in (record.cycle, record.tax, record.total):
            assert f"{amount:,.2f}" in said
        assert sum(each["amount"] == "1,725.00" for each in quotation.phases(record)[0]["lines"]) == 1

    def test_the_recertification_is_an_outlook_and_in_no_sum(self) -> None:
        shown = quotation.DELIVERABLE.fields(view("quotation"))
        assert [line["amount"] for line in shown["outlook"]] == ["4,025.00"]
        assert "4,025.00" not in {line["amount"] for phase in shown["phases"] for line in phase["lines"]}

    def test_without_tax_there_is_no_line_for_tax(self) -> None:
        said = text("quotation", view("quotation", changed("quotations", "quotation-1", tax_percent=Decimal(0))))
        assert "tax" not in said.split("Fees over the three-year cycle")[1].split("Outlook")[0]

    def test_every_line_of_the_audit_time_gives_its_reason(self) -> None:
        said = text("quotation", view("quotation"))
        assert all(line.why in said for line in example.dossier().audit_times["time-1"].lines)

    def test_it_says_that_the_fee_is_the_same_whatever_the_outcome_with_and_without_a_schemes_wording(self) -> None:
        assert "whatever the outcome" in text("quotation", view("quotation"))
        assert "whatever the outcome" in text("quotation", view("quotation", wording=None))


class TestAgreement:
    """ISO/IEC 17021-1:2015, 5.1.2, 8.3 to 8.5."""

    def test_it_covers_every_site_of_the_application(self) -> None:
        said = text("agreement", view("agreement"))
        assert all(site.where in said for site in example.dossier().sites.values())

    def test_unsigned_it_asks_for_signatures_and_signed_it_names_who_signed(self) -> None:
        unsigned = text("agreement", view("agreement", example.without(example.dossier(), agreements=())))
        assert "Signature:" in unsigned
        assert "In force since" not in unsigned
        signed = text("agreement", view("agreement"))
        assert "In force since 2\u00a0February\u00a02026" in signed
        assert "Signature:" not in signed

    def test_its_number_is_the_applications_until_it_is_signed(self) -> None:
        assert agreement.number(view("agreement", example.without(example.dossier(), agreements=()))) == "A-2026-001"
        assert agreement.number(view("agreement")) == "AG-2026-001"

    def test_the_agreement_itself_may_be_named_too(self) -> None:
        assert agreement.number(example.showing("agreement-1")) == "AG-2026-001"

    def test_law_and_place_are_those_of_the_body(self) -> None:
        assert "The law of Ireland applies" in text("agreement", view("agreement"))

    def test_guidance_is_no_criterion_and_a_management_system_standard_is_one(self) -> None:
        assert "a guidance document that sets no requirements" in text("agreement", view("agreement"))
        basis = attrs.evolve(
            example.dossier().applications["application-1"].basis,
            nature=Nature.MANAGEMENT_SYSTEM,
            title="EX 1:2020",
            criteria="EX 1:2020",
        )
        said = text("agreement", view("agreement", changed("applications", "application-1", basis=basis), wording=None))
        assert "guidance" not in said
        assert "Audit criteria | EX 1:2020" in said

    def test_without_a_quotation_no_agreement_is_drawn_up(self) -> None:
        with pytest.raises(NotFound, match="has no quotation"):
            agreement.DELIVERABLE.fields(view("agreement", example.without(example.dossier(), quotations=())))


class TestPlan:
    """ISO/IEC 17021-1:2015, 9.2.3."""

    def test_slots_stand_in_the_order_of_their_times_day_by_day(self) -> None:
        shown = audit_plan.DELIVERABLE.fields(view("audit-plan"))
        assert [day["day"].replace("\u00a0", " ") for day in shown["days"]] == [
            "Tuesday, 14 April 2026",
            "Wednesday, 15 April 2026",
            "Thursday, 16 April 2026",
        ]
        for day in shown["days"]:
            assert [slot["time"] for slot in day["slots"]] == sorted(slot["time"] for slot in day["slots"])

    def test_remote_parts_are_marked_and_explained_and_where_there_are_none_nothing_is_said(self) -> None:
        assert "Parts marked remote" in text("audit-plan", view("audit-plan"))
        slots = tuple(attrs.evolve(each, remote=False) for each in example.dossier().plans["plan-2"].slots)
        assert "marked remote" not in text("audit-plan", view("audit-plan", changed("plans", "plan-2", slots=slots)))

    def test_the_client_may_object_to_a_member_of_the_team(self) -> None:
        assert "You may object to any member of the team" in text("audit-plan", view("audit-plan"))

    def test_an_audit_without_a_plan_has_none_to_show(self) -> None:
        with pytest.raises(NotFound, match="has no plan yet"):
            audit_plan.DELIVERABLE.fields(view("audit-plan", example.without(example.dossier(), plans=())))


class TestAttendance:
    """ISO/IEC 17021-1:2015, 9.4.2, 9.4.7."""

    def test_before_the_meetings_it_is_a_sheet_to_sign_with_what_is_to_be_said(self) -> None:
        said = text("attendance", view("attendance", example.without(example.dossier(), meetings=())))
        assert "Signature" in said
        assert "2026-04-16, 14:00 (planned)" in said
        assert "how to complain and to appeal" in said

    def test_after_them_it_lists_who_was_there_and_what_stayed_disputed(self) -> None:
        said = text("attendance", view("attendance"))
        assert "4 | Henrik Lund | Head of contact centre | Nordwind Telecom Ltd" in said
        assert "Signature" not in said
        assert "Not agreed on, and referred to Fernhill Certification Ltd" in said

    def test_between_them_the_opening_is_shown_as_held_and_the_closing_as_a_sheet(self) -> None:
        opened = [each for each in example.dossier().meetings.values() if each.id == "m-3"]
        said = text("attendance", view("attendance", example.without(example.dossier(), meetings=opened)))
        assert "1 | Ada Kaya" in said
        assert "Signature" in said


def test_days_and_amounts_have_no_more_digits_than_they_need() -> None:
    assert [quotation.days(Decimal(each)) for each in ("4", "4.50", "0.25")] == ["4.0", "4.5", "0.25"]
    assert quotation.amount(Decimal("14500")) == "14,500.00"


def test_the_same_record_makes_the_same_bytes() -> None:
    template = resources.template("quotation.docx")
    shown = quotation.DELIVERABLE.fields(view("quotation", on=date(2026, 6, 30)))
    assert fill_document(template, shown, at=AT) == fill_document(template, shown, at=AT)

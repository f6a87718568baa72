"""The information sheet: what an applicant is told, by a scheme with much data of its own and by one with none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.information_sheet import DELIVERABLE
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.body import AccreditationScope, Body, Policies, PublishedScheme
from certbody.domain.claims import conformity_claims
from certbody.domain.dossier import Dossier
from certbody.domain.quotation import Fees
from certbody.domain.scheme import Scheme
from certbody.domain.sheet import Benefit, Costs, Sheet, SizeExample, costs
from certbody.domain.standard import Edition, Nature, Supplement
from certbody.domain.time_method import Adjust
from certbody.errors import BadData
from certbody.registry import Registry
from tests.deliverables import example

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
FOLDER = resources.shipped("iso10002")
TEA = Path(__file__).parents[1] / "plugins" / "second" / "certbody_teahouse" / "standard"
HOSTILE = "Smith & Sons <b>not bold</b> {{ 7 * 7 }} {% if %} ‘quoted’ ÄÖÜ\nsecond line\twith a tab"
NOBREAK = "\u00a0"


def iso10002() -> Scheme:
    return Registry.gathered().scheme("iso10002")


def priced(sheet: Sheet, fees: Fees | None = None) -> Costs:
    return costs(sheet, iso10002(), tables=resources.table, fees=fees or resources.fees(FOLDER), adjust=Adjust())


def showing(*, sheet: Sheet | None = None, extra: dict[str, Any] | None = None, **more: Any) -> Showing:
    """The sheet of ISO 10002; supplements are left out, for others add to them."""
    said = resources.sheet(FOLDER) if sheet is None else sheet
    given = {
        "dossier": Dossier(),
        "standard": attrs.evolve(resources.standard(FOLDER), supplements=()),
        "wording": resources.wording(FOLDER),
        "draft": False,
        "template": "T-16 r1",
        "extra": {"sheet": said, "costs": priced(said), "self_assessment": True, **(extra or {})},
        **more,
    }
    return example.showing("", **given)


def tea(**more: Any) -> Showing:
    """The sheet of a scheme that has nothing but what every scheme has."""
    standard, wording = resources.standard(TEA), resources.wording(TEA)
    costs = Costs(fees=resources.fees(TEA))
    return showing(standard=standard, wording=wording, extra={"sheet": Sheet(), "costs": costs, **_WITHOUT}, **more)


_WITHOUT = {"self_assessment": False}


def fields(shown: Showing) -> dict[str, Any]:
    return dict(DELIVERABLE.fields(shown))


def text(shown: Showing) -> str:
    return document_text(fill_document(resources.template(DELIVERABLE.template), fields(shown), at=AT))


def body(**values: Any) -> Body:
    return attrs.evolve(example.body(), **values)


def with_policies(**values: Any) -> Body:
    return body(policies={"policies": Policies(**values)})


def with_profile(**values: Any) -> Body:
    known = example.body().profile
    assert known is not None
    return body(profiles={"profile": attrs.evolve(known, **values)})


class TestTheDocument:
    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("information-sheet", text(showing()))

    def test_the_text_for_a_scheme_without_data_of_its_own_is_the_golden_one(
        self, golden: Callable[[str, str], None]
    ) -> None:
        golden("information-sheet-generic", text(tea(body=with_policies())))

    def test_the_template_asks_for_the_fields_supplied_and_for_no_others(self) -> None:
        found = placeholders(resources.template(DELIVERABLE.template))
        unknown, unused = unknown_and_unused(found, fields(showing()))
        assert unknown == set()
        assert {path for path in unused if not path.startswith(("document.", "body.", "client."))} == set()

    def test_the_template_passes_the_gate_that_a_changed_one_has_to_pass(self) -> None:
        admit(resources.template(DELIVERABLE.template), DELIVERABLE.template, kind="docx")

    def test_a_draft_says_so_and_an_issued_sheet_does_not(self) -> None:
        assert "DRAFT" in text(showing(draft=True))
        assert "DRAFT" not in text(showing())

    def test_template_number_and_head_stand_on_every_page(self) -> None:
        assert text(showing(template="T-99 r7")).count("[footer] T-99 r7") == 2
        assert "record head 184 · 9c1f0a3b" in text(showing())

    def test_no_gap_is_left_open(self) -> None:
        for said in (text(showing()), text(tea())):
            assert "{" not in said
            assert "}" not in said

    def test_the_same_record_makes_the_same_bytes(self) -> None:
        template, shown = resources.template(DELIVERABLE.template), fields(showing())
        assert fill_document(template, shown, at=AT) == fill_document(template, shown, at=AT)

    @pytest.mark.parametrize("said", [HOSTILE, "long " * 6_000])
    def test_whatever_somebody_wrote_comes_out_as_it_was_written(self, said: str) -> None:
        assert said.strip() in text(showing(sheet=attrs.evolve(resources.sheet(FOLDER), looks_at=(said,))))
        line = " ".join(said.split())
        assert line in text(showing(body=with_policies(marks_rules=line)))

    def test_without_a_standard_it_is_not_made(self) -> None:
        with pytest.raises(BadData, match="is about a standard"):
            fields(showing(standard=None))

    @pytest.mark.parametrize("nature", [Nature.LAW, Nature.ACCREDITATION_ONLY, Nature.TESTING, Nature.ATTESTATION])
    def test_what_nobody_certifies_to_has_none(self, nature: Nature) -> None:
        """ISO/IEC 17021-1:2015, 8.1.3."""
        wrong = attrs.evolve(resources.standard(FOLDER), nature=nature)
        with pytest.raises(BadData, match="no certification body certifies to it"):
            fields(showing(standard=wrong))


class TestGuidance:
    """ISO 10002 advises: nobody conforms to it, and what is certified is the body's own scheme."""

    def test_nothing_in_it_claims_conformity(self) -> None:
        claims = conformity_claims(text(showing()), ("ISO 10002:2018", "ISO 10002", "ISO"))
        assert [claim.said for claim in claims if claim.certain] == []

    def test_it_says_that_it_is_guidance_and_names_the_scheme_with_its_issue(self) -> None:
        said = text(showing())
        assert "Because ISO 10002:2018 is guidance and sets no requirements, no organization can truthfully say" in said
        assert "Audited against | S-10002, issue 1 of 2026-01-05, the scheme of Fernhill Certification Ltd" in said

    def test_a_standard_with_requirements_is_not_called_guidance(self) -> None:
        said = text(tea())
        assert "guidance" not in said
        assert "Audited against | TH 100:2025" in said
        assert "Never for what lies outside the scope" in said

    def test_the_published_scheme_can_be_read_where_it_is_published_and_else_asked_for(self) -> None:
        assert "Ask us for the scheme before you apply: office@fernhill.example" in text(showing())
        known = PublishedScheme(
            id="S-1", standard="iso10002", document="S-10002", published_on=date(2026, 1, 5), place="fernhill.example/s"
        )
        assert "You can read the scheme before you apply: fernhill.example/s." in text(
            showing(body=body(published_schemes={"S-1": known}))
        )

    def test_its_number_is_the_issue_that_was_published_by_the_day(self) -> None:
        assert DELIVERABLE.number(showing()) == "S-10002 issue 1"
        assert DELIVERABLE.number(showing(on=date(2026, 1, 4))) == "S-10002"
        assert DELIVERABLE.number(tea()) == "TH 100:2025"


class TestFromTheData:
    @pytest.mark.parametrize("sector", [
        "Retail and e-commerce", "Banking and finance", "Telecom and IT", "Healthcare and insurance",
        "Hospitality and tourism", "Government and public service",
    ])  # fmt: skip
    def test_each_of_the_six_sectors_has_a_row(self, sector: str) -> None:
        assert f"\n{sector} | " in text(showing())

    def test_each_principle_has_a_row_with_its_clause_and_title(self) -> None:
        said, standard = text(showing()), resources.standard(FOLDER)
        for clause in standard.clauses:
            if clause.number.startswith("4.") and clause.assessable:
                assert f"\n{clause.number}  {clause.title} | " in said

    def test_the_readiness_checklist_has_six_steps_to_tick(self) -> None:
        lines = [line for line in text(showing()).splitlines() if line[:3] in {f"{n}  " for n in range(1, 7)}]
        assert [line.split(" | ")[0][3:] for line in lines if line.endswith(" |  | ")] == [
            "Policy", "Accessible process", "Training", "Tracking and resolution", "Feedback analysis",
            "Improvement from insights",
        ]  # fmt: skip

    def test_a_benefit_names_its_source_where_it_has_one(self) -> None:
        sheet = attrs.evolve(resources.sheet(FOLDER), benefits=(Benefit(says="More.", source="Example survey, 2025"),))
        assert "More. (Source: Example survey, 2025)" in text(showing(sheet=sheet))

    def test_chapters_that_hold_others_name_them_and_flat_ones_stand_alone(self) -> None:
        assert "6  Planning, design and development | General; Objectives; Activities; Resources | 11" in text(
            showing()
        )
        assert "1  Water | 1" in text(tea())

    def test_sectors_with_questions_of_their_own_are_named(self) -> None:
        extra = Supplement(code="ferries", title="Ferries")
        standard = attrs.evolve(resources.standard(FOLDER), supplements=(extra,))
        assert "There are further questions for these sectors: Ferries." in text(showing(standard=standard))
        assert "further questions" not in text(showing())

    def test_the_workbook_is_offered_only_where_there_is_one(self) -> None:
        assert "ask us for the self-assessment workbook" in text(showing())
        assert "self-assessment" not in text(showing(extra=_WITHOUT))

    def test_what_there_is_no_data_for_is_left_out_with_its_heading(self) -> None:
        said = text(tea())
        for heading in ("Who it is for", "The principles", "What it brings", "Tick what is there"):
            assert heading not in said
        for heading in ("Voluntary or mandatory", "What the audit looks at", "Are you ready?", "Plan, do, check, act"):
            assert f"\n{heading}\n" in said

    def test_an_edition_that_is_replaced_is_told_with_its_last_days(self) -> None:
        edition = Edition(
            label="2018",
            superseded_by="ISO 10002:2031",
            no_new_after=date(2032, 1, 31),
            transition_end=date(2033, 1, 31),
        )
        said = text(showing(standard=attrs.evolve(resources.standard(FOLDER), edition=edition))).replace(NOBREAK, " ")
        assert "This edition is replaced by ISO 10002:2031. Applications are taken until 31 January 2032." in said
        assert "No certificate lasts beyond 31 January 2033. These dates have not been confirmed." in said
        assert "Edition |" not in text(showing())


class TestFromTheBody:
    """ISO/IEC 17021-1:2015, 8.1.1, 8.1.2: public without request, or told on request, and how to ask."""

    def test_policies_that_are_published_are_named(self) -> None:
        said = text(showing())
        for place in ("impartiality", "appeals", "marks"):
            assert f"https://fernhill.example/{place}" in said

    def test_where_a_policy_is_not_on_record_it_says_how_to_ask_for_it(self) -> None:
        said = text(showing(body=with_policies()))
        ask = "office@fernhill.example or +353 1 555 0100"
        assert f"The rules in full are yours on request: {ask}." in said
        assert f"We send you the process in full on request: {ask}." in said
        assert f"Our policy on impartiality is yours on request: {ask}." in said

    def test_one_asks_by_letter_where_nothing_else_is_known(self) -> None:
        said = text(showing(body=with_profile(email="", phone="")))
        assert "Ask us for the application form, or first for the self-assessment workbook: Fernhill Cert" in said
        assert "Fernhill Certification Ltd, 4 Example Quay, Dublin. Asking binds you to nothing." in said

    def test_time_limits_are_those_of_the_bodys_policies(self) -> None:
        said = text(showing(body=with_policies(response_days=21, quotation_valid_days=45, suspension_months=5)))
        assert "usually within 21 days" in said
        assert "It stands for 45 days." in said
        assert "(as a rule 5 months at most)" in said

    def test_related_bodies_are_named(self) -> None:
        said = text(showing(body=with_profile(related_bodies=("Fernhill Advice Ltd",))))
        assert "Bodies related to us: Fernhill Advice Ltd; we do not certify whom they have advised" in said
        assert "related" not in text(showing())

    def test_without_an_address_to_verify_one_asks_the_body(self) -> None:
        assert "anyone may ask: https://fernhill.example/verify" in text(showing())
        assert "anyone may ask: office@fernhill.example or" in text(showing(body=with_profile(verify_url="")))


class TestAccreditation:
    """None is claimed but where a scope on record names the scheme on that day (rule 27)."""

    def scope(self, **values: Any) -> Body:
        given = {"id": "1", "accreditation_body": "An Accreditation Body", "standard": "iso10002"}
        known = AccreditationScope(**{**given, "valid_from": date(2026, 1, 1), **values})
        return body(accreditation_scopes={"1": known})

    def test_by_default_it_is_not_accredited_and_says_so(self) -> None:
        said = text(showing())
        assert "Not issued under accreditation. No accreditation body watches over this certification." in said
        assert "never with the symbol of an accreditation body" in said

    def test_a_scope_that_names_the_scheme_is_told_with_its_certificate(self) -> None:
        said = text(showing(body=self.scope(certificate="AB-12")))
        assert "Issued under accreditation by An Accreditation Body (AB-12)." in said
        assert "No accreditation body watches" not in said

    @pytest.mark.parametrize(
        "values", [{"standard": "iso9001"}, {"valid_until": date(2026, 6, 29)}, {"valid_from": date(2026, 7, 1)}]
    )
    def test_one_for_another_scheme_or_another_day_is_none(self, values: dict[str, Any]) -> None:
        assert "Not issued under accreditation." in text(showing(body=self.scope(**values)))


class TestCosts:
    """ISO/IEC 17021-1:2015, 8.5.1: fees; and 5.2: none depends on the outcome."""

    def test_the_worked_example_is_the_estimate_line_by_line(self) -> None:
        shown, first = fields(showing()), priced(resources.sheet(FOLDER)).priced[0]
        assert [line["why"] for line in shown["worked"]] == [
            line.why for line in first.estimate.lines if line.phase in ("initial", "surveillance", "annual")
        ]
        assert shown["fees"]["initial"] == "4,150.00"
        assert shown["fees"]["whole"] == "7,050.00"
        assert sum(Decimal(line["amount"].replace(",", "")) for line in shown["worked"]) == Decimal("7050.00")

    def test_other_sizes_stand_beside_it_with_their_range(self) -> None:
        assert "8 people, 1 site: a small organization | 2.0 | 3,000.00 | 3,000.00 to 3,575.00 | 5,900.00" in text(
            showing()
        )

    def test_it_says_that_the_fee_is_the_same_whatever_the_outcome_and_why_it_is_what_it_is(self) -> None:
        for said in (text(showing()), text(tea())):
            assert "it is the same whether certification is granted or refused" in said
            assert "not open to negotiation" in said
            assert "An estimate is not a quotation" in said

    def test_amounts_that_nobody_answers_for_are_called_an_example(self) -> None:
        assert "The amounts on this sheet are an example" in text(showing())
        sheet, fees = resources.sheet(FOLDER), attrs.evolve(resources.fees(FOLDER), verified=True)
        assert "an example;" not in text(showing(extra={"costs": priced(sheet, fees)}))

    def test_tax_is_told_where_there_is_any(self) -> None:
        assert "plus 23 % tax" in text(showing())
        assert "% tax" not in text(showing(body=with_profile(tax_percent=Decimal(0))))

    def test_where_no_example_has_a_number_the_fees_stand_alone(self) -> None:
        sheet = attrs.evolve(resources.sheet(FOLDER), examples=(SizeExample(personnel=99_999),))
        said = text(showing(sheet=sheet))
        assert "Auditor-day | planning, audit and report together, whoever the auditor is | 1,150.00" in said
        assert "An example:" not in said
        assert "Auditor-day |" not in text(showing())

    def test_without_any_fees_one_asks_for_them(self) -> None:
        said = text(showing(extra={"costs": None}))
        assert "Ask us for our fees: office@fernhill.example" in said
        assert "The amounts on this sheet" not in said

    def test_a_fee_that_is_nothing_has_no_row(self) -> None:
        fees = Fees(currency="EUR", day_rate=Decimal(1000))
        rates = fields(showing(extra={"costs": Costs(fees=fees)}))["rates"]
        assert [each["item"] for each in rates] == ["Auditor-day"]

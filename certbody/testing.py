"""Contracts for plugin authors: a scheme that passes its contract works in the core.

Adopt it in four lines:

    class TestAcme(SchemeContract):
        @pytest.fixture
        def scheme(self):
            return ACME
"""

from __future__ import annotations

import re
from decimal import Decimal

import attrs

from certbody import resources
from certbody.domain.audit_time import STAGE_1, STAGE_2, SURVEILLANCE_1, Factor, Phase, SiteLoad
from certbody.domain.claims import conformity_claims
from certbody.domain.estimate import Estimate, estimate
from certbody.domain.scheme import Scheme
from certbody.domain.self_assessment import Answer, Readiness, Reply, outcome
from certbody.domain.sheet import costs
from certbody.domain.standard import AuditType
from certbody.domain.table import Undetermined
from certbody.domain.time_method import Adjust, Determination
from certbody.office.languages import read_translation

PERSONNEL = (1, 2, 5, 6, 10, 11, 15, 16, 25, 26, 45, 46, 65, 66, 85, 86, 125, 126, 175, 176, 250)
SITES = (1, 2, 3, 4, 12)


class SchemeContract:
    """What every scheme must do. Inherit from it and supply a fixture `scheme`."""

    def test_the_standard_and_its_data_load_without_a_fault(self, scheme: Scheme) -> None:
        standard = resources.standard(scheme.standard)
        assert standard.code == scheme.code, "standard.toml and the scheme have two codes"
        assert standard.criteria, "nonconformities and certificates need criteria to cite"

    def test_both_stages_and_every_later_audit_have_questions(self, scheme: Scheme) -> None:
        standard = resources.standard(scheme.standard)
        for stage in (1, 2):
            assert standard.items_for(AuditType.INITIAL, stage=stage), f"stage {stage} has no items"
        for audit in (AuditType.SURVEILLANCE, AuditType.RECERTIFICATION):
            assert standard.items_for(audit), f"{audit} has no items"

    def test_every_input_can_be_asked_for_and_left_empty(self, scheme: Scheme) -> None:
        assert all(question.help for question in scheme.questions), "each input has a sentence that asks for it"
        assert attrs.has(scheme.inputs)
        scheme.inputs()

    def test_each_phase_has_time_and_each_line_says_why(self, scheme: Scheme) -> None:
        found = _determined(scheme, 25)
        items = {line.item for line in found.lines}
        assert {STAGE_1, STAGE_2, SURVEILLANCE_1} <= items, f"stage 1, stage 2 or surveillance 1 is missing: {items}"
        assert {Phase.INITIAL, Phase.SURVEILLANCE, Phase.RECERTIFICATION} <= {line.phase for line in found.lines}
        for line in found.lines:
            assert line.days > 0, f"{line.item} has no days"
            assert line.days % Decimal("0.5") == 0, f"{line.item} has {line.days} days, no half days"
            assert len(line.why.strip()) > 10, f"{line.item} does not say why"
        assert len(found.method.strip()) > 20, "the method is not described"

    def test_more_people_never_take_less_time(self, scheme: Scheme) -> None:
        days = [_determined(scheme, personnel).initial for personnel in PERSONNEL]
        assert days == sorted(days), f"days by personnel fall somewhere: {dict(zip(PERSONNEL, days, strict=True))}"

    def test_nobody_at_all_is_refused(self, scheme: Scheme) -> None:
        try:
            _determined(scheme, 0)
        except Undetermined:
            return
        raise AssertionError("audit time for 0 persons is refused with Undetermined")

    def test_reductions_beyond_thirty_per_cent_are_refused(self, scheme: Scheme) -> None:
        too_much = Adjust(factors=(Factor(percent=Decimal("-30.1"), reason="contract test"),))
        try:
            _determined(scheme, 25, too_much)
        except Undetermined:
            return
        raise AssertionError("a reduction of 30.1 % is refused with Undetermined, not clipped or ignored")

    def test_fees_are_complete(self, scheme: Scheme) -> None:
        fees = resources.fees(scheme.standard)
        assert fees.day_rate > 0, "the day rate is nothing"
        assert len(fees.currency) == 3, f"{fees.currency!r} is no currency code"

    def test_the_wording_claims_no_conformity_to_guidance(self, scheme: Scheme) -> None:
        names = resources.names(resources.standard(scheme.standard))
        for field, sentence in resources.wording(scheme.standard).sentences():
            claims = [claim.said for claim in conformity_claims(sentence, names) if claim.certain] if names else []
            assert not claims, f"{field} claims {claims}"

    def test_its_wording_in_other_languages_says_what_the_english_says(self, scheme: Scheme) -> None:
        for file in scheme.standard.iterdir():  # wording.de.toml, which a scheme may have or not
            if re.fullmatch(r"wording\.[A-Za-z0-9-]+\.toml", file.name):
                read_translation(file, file.name, scheme.standard)

    def test_the_information_sheet_can_be_read_and_its_examples_have_a_price(self, scheme: Scheme) -> None:
        sheet = resources.sheet(scheme.standard)  # of sheet.toml, which a scheme may have or not
        fees = resources.fees(scheme.standard)
        found = costs(sheet, scheme, tables=resources.table, fees=fees, adjust=Adjust())
        priced = {each.example for each in found.priced}
        assert not [each for each in sheet.examples if each not in priced], "an example has no audit time"

    def test_its_self_assessment_if_it_has_one_is_sound_gives_no_advice_and_has_a_way_to_ready(
        self, scheme: Scheme
    ) -> None:
        if not (scheme.standard / "self-assessment.toml").is_file():
            return
        found = resources.self_assessment(scheme.standard)  # refuses what is inconsistent, too long, or advice
        assert any(point.core for point in found.points), "no point is needed for stage 1"
        all_shown = {point.id: Reply(answer=Answer.SHOWN) for point in found.points}
        assert outcome(found, all_shown).readiness is Readiness.READY
        assert outcome(found, {}).readiness is Readiness.NOT_YET

    def test_an_estimate_works_for_few_and_many_people_and_sites(self, scheme: Scheme) -> None:
        for personnel in (1, 250):
            for sites in SITES:
                found = _estimated(scheme, personnel, sites)
                assert 0 < found.minimum <= found.likely <= found.maximum
                assert all(line.why.strip() for line in found.lines)


def _determined(scheme: Scheme, personnel: int, adjust: Adjust | None = None) -> Determination:
    load = SiteLoad(site="S1", name="Site", central=True, personnel=personnel)
    return scheme.determine(scheme.inputs(), (load,), resources.table, adjust)


def _estimated(scheme: Scheme, personnel: int, sites: int) -> Estimate:
    return estimate(
        scheme.audit_time,
        scheme.inputs(),
        personnel=personnel,
        sites=sites,
        tables=resources.table,
        fees=resources.fees(scheme.standard),
    )

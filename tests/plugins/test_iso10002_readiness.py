"""What the scheme S-10002 asks before a client is found ready for stage 2."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from certbody.domain.act import Act
from certbody.domain.dossier import Dossier
from certbody.domain.report import Stage1Conclusion
from certbody_iso10002 import certbody_objections
from tests.deliverables import example


def conclusion(**said: object) -> Stage1Conclusion:
    return Stage1Conclusion(
        id="new", audit=example.STAGE_1, concluded_on=date(2026, 5, 6), by="P-01", ready=True, summary="Ready.", **said
    )


def objections(made: Stage1Conclusion, dossier: Dossier) -> list[str]:
    act = Act(act="stage 1 concluded", by="P-01", put={"stage1_conclusions": (made,)})
    return [each.text for each in certbody_objections(dossier, act)]


def with_months(months: str) -> Dossier:
    dossier = example.dossier()
    [application] = dossier.applications.values()
    return dossier.having({"applications": [attrs.evolve(application, inputs=(("months_of_records", months),))]})


class TestReadiness:
    """S-10002: S8.1.3, S8.5.3, S8.6.3."""

    def test_ready_without_a_word_on_internal_audit_and_review_is_refused(self) -> None:
        [said] = objections(conclusion(), with_months("5"))
        assert "internal audit and the management review" in said

    def test_ready_with_both_described_passes(self) -> None:
        made = conclusion(internal_audit_and_review="Internal audit in March, review in April, both with actions.")
        assert objections(made, with_months("3")) == []

    @pytest.mark.parametrize("months", ["0", "2"])
    def test_less_than_three_months_of_records_draws_a_warning(self, months: str) -> None:
        made = conclusion(internal_audit_and_review="Both held.")
        [said] = objections(made, with_months(months))
        assert f"{months} months" in said

    def test_not_ready_needs_nothing_more(self) -> None:
        assert objections(attrs.evolve(conclusion(), ready=False), with_months("0")) == []

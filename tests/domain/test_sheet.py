"""What the information sheet may say of a scheme: no claim, no figure without a source, and prices by the method."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.domain.audit_time import Phase, SiteLoad
from certbody.domain.quotation import Fees, net
from certbody.domain.scheme import Scheme
from certbody.domain.sheet import (
    EXAMPLES,
    Benefit,
    PlanDoCheckAct,
    Principle,
    ReadinessStep,
    Sector,
    Sheet,
    SizeExample,
    costs,
    faults,
)
from certbody.domain.table import Undetermined
from certbody.domain.time_method import Adjust, Determination, cycle
from tests.deliverables import example

STANDARD = example.standard()
NAMES = (STANDARD.title, STANDARD.name)
SOUND = Sheet(
    title="Certification of complaints handling",
    lead="Under {criteria}, {body} audits how you handle complaints.",
    what_it_is=("Guidance on complaints.",),
    what_it_is_not=("A set of requirements: nobody can be certified to it.",),
    sectors=(Sector(sector="Trade", brings="Returns and refunds."),),
    benefits=(Benefit(says="A judgement from outside."),),
    principles=(Principle(clause="5.2", says="Top management wants to know."),),
    readiness=(ReadinessStep(step="Policy", says="There is one."),),
    cycle=PlanDoCheckAct(plan=("5.2",), do=("7.2", "7.4")),
    examples=(SizeExample(personnel=25),),
)


def found(sheet: Sheet, names: tuple[str, ...] = NAMES) -> list[str]:
    return list(faults(sheet, STANDARD, names))


class TestFaults:
    def test_a_sound_sheet_has_none_and_neither_has_an_empty_one(self) -> None:
        assert found(SOUND) == []
        assert found(Sheet()) == []

    @pytest.mark.parametrize(
        ("wrong", "place"),
        [
            ({"title": "ISO 10002 certification"}, "title"),
            ({"what_it_is": ("Fine.", "We certify you to ISO 10002.")}, "what_it_is[1]"),
            (
                {"sectors": (Sector(sector="Trade", brings="Shops are ISO 10002 certified."),)},
                "sectors[0].brings",
            ),
            ({"benefits": (Benefit(says="You are ISO 10002 certified."),)}, "benefits[0].says"),
            ({"readiness": (ReadinessStep(step="Policy", says="It complies with ISO 10002."),)}, "readiness[0].says"),
            ({"examples": (SizeExample(personnel=5, about="an ISO 10002 certified shop"),)}, "examples[0].about"),
        ],
    )
    def test_a_claim_of_conformity_to_guidance_is_one_wherever_it_stands(
        self, wrong: dict[str, object], place: str
    ) -> None:
        """ISO/IEC 17021-1:2015, 8.1.3."""
        [fault] = found(attrs.evolve(SOUND, **wrong))
        assert fault.startswith(f"{place}: ")
        assert "claims conformity to guidance" in fault

    def test_a_standard_with_requirements_may_be_certified_to(self) -> None:
        assert found(attrs.evolve(SOUND, title="ISO 10002 certification"), names=()) == []

    def test_an_unknown_gap_is_named_with_the_known_ones(self) -> None:
        assert found(attrs.evolve(SOUND, voluntary=("As {klient} likes.",))) == [
            "voluntary[0]: nothing fills {klient}; known are body, criteria, issue, issued, standard"
        ]

    def test_clauses_that_there_are_not_are_named(self) -> None:
        wrong = attrs.evolve(
            SOUND, principles=(Principle(clause="9.9", says="None."),), cycle=PlanDoCheckAct(act=("8.2", "10"))
        )
        assert found(wrong) == ["principles[0].clause: there is no clause 9.9", "cycle.act[1]: there is no clause 10"]

    @pytest.mark.parametrize("said", ["", "  ", "a bell \x07", "x" * 32_001])
    def test_a_sentence_that_no_document_can_hold_is_one_fault(self, said: str) -> None:
        [fault] = found(attrs.evolve(SOUND, looks_at=("Fine.", said)))
        assert fault.startswith("looks_at[1] ")

    def test_all_faults_are_said_at_once(self) -> None:
        wrong = attrs.evolve(
            SOUND, title="{x} ISO 10002 certified", lead="90 % are glad.", principles=(Principle(clause="9", says="-"),)
        )
        assert len(found(wrong)) == 4


class TestFigures:
    """No benefit is claimed with a figure that is not sourced (ISO/IEC 17021-1:2015, 8.1.3)."""

    @pytest.mark.parametrize(
        "says",
        ["Complaints fall by 30 %.", "3 in 4 clients stay.", "Half of the costs go.", "Twice as many."],
    )
    def test_a_benefit_with_a_figure_needs_a_source(self, says: str) -> None:
        [fault] = found(attrs.evolve(SOUND, benefits=(Benefit(says=says),)))
        assert fault.startswith("benefits[0]: a figure without a source")
        assert found(attrs.evolve(SOUND, benefits=(Benefit(says=says, source="Example survey, 2025, p. 4"),))) == []

    @pytest.mark.parametrize(
        "says", ["It goes with ISO 9001:2015.", "A certificate under S-10002.", "Guidance of ISO 10002 is at its root."]
    )
    def test_the_number_of_a_document_is_no_figure(self, says: str) -> None:
        assert found(attrs.evolve(SOUND, benefits=(Benefit(says=says),))) == []

    @pytest.mark.parametrize(
        ("part", "place"),
        [
            ({"lead": "40 % fewer complaints."}, "lead"),
            ({"sectors": (Sector(sector="Trade", brings="Ten per cent of parcels are lost."),)}, "sectors[0].brings"),
        ],
    )
    def test_percentages_do_not_slip_in_elsewhere(self, part: dict[str, object], place: str) -> None:
        assert found(attrs.evolve(SOUND, **part)) == [
            f"{place}: a figure that is promised stands under benefits, with its source"
        ]

    @given(number=st.integers(0, 10**9), unit=st.sampled_from(["%", "percent", "times", "days", ""]))
    def test_no_number_at_all_goes_without_a_source(self, number: int, unit: str) -> None:
        says = f"You gain {number} {unit}."
        assert found(attrs.evolve(SOUND, benefits=(Benefit(says=says),)))
        assert not found(attrs.evolve(SOUND, benefits=(Benefit(says=says, source="Somebody counted."),)))


def half_days(inputs: object, sites: tuple[SiteLoad, ...], tables: object, adjust: Adjust) -> Determination:
    """Half a day for each person, up to 100 persons."""
    people = sum(site.personnel for site in sites)
    if not 0 < people <= 100:
        raise Undetermined("no number")
    days = D(people) / 2
    return Determination(method="Half a day for each person.", table="own", lines=cycle(days, "by head", adjust))


SCHEME = Scheme(code="half", standard=Path("standards/half"), audit_time=half_days)
FEES = Fees(currency="EUR", day_rate=D(100), application=D(50), certificate_issue=D(30))


class TestCosts:
    """What the examples cost is what the estimate says, by the scheme's method and the body's fees (8.5.1)."""

    def of(self, *examples: SizeExample) -> list[tuple[int, D]]:
        known = costs(
            attrs.evolve(SOUND, examples=examples),
            SCHEME,
            tables=lambda name: None,
            fees=FEES,
            adjust=Adjust(),  # type: ignore[arg-type, return-value]
        )
        return [(each.example.personnel, each.estimate.likely) for each in known.priced]

    def test_each_example_has_its_price_in_its_order(self) -> None:
        assert self.of(SizeExample(personnel=20), SizeExample(personnel=10)) == [(20, D("1080.00")), (10, D("580.00"))]

    def test_one_that_the_method_has_no_number_for_is_left_out_and_the_others_stay(self) -> None:
        assert self.of(SizeExample(personnel=101), SizeExample(personnel=4)) == [(4, D("280.00"))]

    def test_where_none_has_a_number_method_and_prices_are_empty_and_the_fees_stand(self) -> None:
        only = attrs.evolve(SOUND, examples=(SizeExample(personnel=999),))
        known = costs(only, SCHEME, tables=lambda name: None, fees=FEES, adjust=Adjust())  # type: ignore[arg-type, return-value]
        assert (known.method, known.table, known.priced, known.fees) == ("", "", (), FEES)

    def test_a_scheme_that_names_no_example_gets_those_of_the_house(self) -> None:
        assert [personnel for personnel, _ in self.of()] == [each.personnel for each in EXAMPLES]

    def test_method_and_table_are_those_of_the_scheme(self) -> None:
        known = costs(SOUND, SCHEME, tables=lambda name: None, fees=FEES, adjust=Adjust())  # type: ignore[arg-type, return-value]
        assert (known.method, known.table) == ("Half a day for each person.", "own")

    @given(personnel=st.integers(1, 50))
    def test_likely_is_the_sum_of_the_initial_lines(self, personnel: int) -> None:
        only = attrs.evolve(SOUND, examples=(SizeExample(personnel=personnel),))
        [priced] = costs(only, SCHEME, tables=lambda name: None, fees=FEES, adjust=Adjust()).priced  # type: ignore[arg-type, return-value]
        assert net(priced.estimate.lines, Phase.INITIAL) == priced.estimate.likely

    @pytest.mark.parametrize(("personnel", "sites"), [(0, 1), (5, 0), (-1, 1)])
    def test_an_example_has_somebody_somewhere(self, personnel: int, sites: int) -> None:
        with pytest.raises(ValueError, match="must be >= 1"):
            SizeExample(personnel=personnel, sites=sites)

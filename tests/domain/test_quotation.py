"""Quotations: days of the record at published fees, nothing else on them, and the same whatever the outcome."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.domain.application import Application, Basis, Consultancy
from certbody.domain.audit_time import AuditTime, Phase
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.quotation import Fees, Quotation, QuoteLine, money, quote
from certbody.domain.quotation_rules import (
    a_quotation_bills_no_consultancy,
    a_quotation_bills_the_days_on_record,
    consultancy,
)
from certbody.domain.standard import Nature
from certbody.domain.time_method import Adjust, cycle

TODAY = date(2026, 11, 23)
FEES = Fees(
    currency="USD",
    day_rate=D(1150),
    application=D(400),
    certificate_issue=D(300),
    annual=D(300),
    travel_per_day=D(150),
)
TIMES = cycle(D("3.0"), "25 persons", Adjust())


def quotation(**changes: Any) -> Quotation:
    made = Quotation(
        id="Q1",
        number="Q-2026-001",
        application="A1",
        audit_time="T1",
        quoted_on=date(2026, 2, 2),
        valid_until=date(2026, 5, 3),
        currency="USD",
        lines=quote(TIMES, FEES),
        tax_percent=D("7.7"),
        by="AK",
    )
    return attrs.evolve(made, **changes)


def dossier(made: Quotation, *consultants: str) -> Dossier:
    applied = Application(
        id="A1",
        number="A-1",
        basis=Basis(standard="iso10002", title="ISO 10002:2018", nature=Nature.GUIDANCE, criteria="S-10002"),
        received_on=date(2026, 1, 5),
        scope="Complaints",
        sites=("HQ",),
        consultancies=tuple(Consultancy(consultant=each) for each in consultants),
    )
    record = AuditTime(
        id="T1", application="A1", determined_on=date(2026, 2, 1), by="AK", method="MD 5", personnel=25, lines=TIMES
    )
    return Dossier().having({"applications": [applied], "audit_times": [record], "quotations": [made]})


class TestTheCycle:
    """Audit time × fees over three years, each line with its reason."""

    def test_every_line_of_the_cycle_is_there(self) -> None:
        assert [(line.item, str(line.days), str(line.amount)) for line in quote(TIMES, FEES)] == [
            ("application", "0", "400.00"),
            ("stage 1", "1.0", "1150.00"),
            ("stage 2", "2.0", "2300.00"),
            ("certificate issue", "0", "300.00"),
            ("surveillance 1", "1.0", "1150.00"),
            ("surveillance 2", "1.0", "1150.00"),
            ("recertification outlook", "2.0", "2300.00"),
            ("annual fee", "0", "600.00"),
            ("travel", "5.0", "750.00"),
        ]
        assert all(line.why for line in quote(TIMES, FEES))

    def test_totals_are_those_of_the_phases(self) -> None:
        made = quotation()
        assert {str(phase): str(made.net(phase)) for phase in Phase} == {
            "initial": "4150.00",
            "surveillance": "2300.00",
            "recertification": "2300.00",
            "annual": "600.00",
            "travel": "750.00",
        }

    def test_the_outlook_is_the_next_cycles_and_not_in_the_sum(self) -> None:
        made = quotation()
        assert (made.cycle, made.tax, made.total) == (D("7800.00"), D("600.60"), D("8400.60"))

    def test_a_fee_of_nothing_is_no_line(self) -> None:
        items = [line.item for line in quote(TIMES, Fees(currency="EUR", day_rate=D(1000)))]
        assert items == ["stage 1", "stage 2", "surveillance 1", "surveillance 2", "recertification outlook"]

    def test_lines_of_several_sites_are_billed_as_one(self) -> None:
        split = tuple(attrs.evolve(TIMES[1], days=D("1.0"), site=site) for site in ("S1", "S2"))
        found = [line for line in quote((TIMES[0], *split), FEES) if line.item == "stage 2"]
        assert [(line.days, line.amount) for line in found] == [(D("2.0"), D("2300.00"))]

    def test_a_negative_fee_does_not_form(self) -> None:
        with pytest.raises(ValueError, match="day_rate"):
            Fees(currency="USD", day_rate=D(-1))

    @pytest.mark.parametrize(("exact", "rounded"), [("0.005", "0.01"), ("2.675", "2.68"), ("2.674", "2.67")])
    def test_money_is_rounded_half_up(self, exact: str, rounded: str) -> None:
        assert str(money(D(exact))) == rounded

    @given(st.integers(1, 60), st.integers(1, 60), st.decimals(0, 3000, places=2))
    def test_more_days_never_cost_less(self, halves: int, more: int, rate: D) -> None:
        fees = attrs.evolve(FEES, day_rate=rate)
        few, many = (quote(cycle(D(each) / 2, "by table", Adjust()), fees) for each in (halves, halves + more))
        for phase in Phase:
            less, greater = (sum(line.amount for line in lines if line.phase is phase) for lines in (few, many))
            assert less <= greater

    @given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=9), st.decimals(0, 30, places=1))
    def test_sums_add_what_the_lines_show(self, amounts: list[D], percent: D) -> None:
        lines = tuple(QuoteLine(item="x", phase=Phase.INITIAL, amount=each, why="fixed") for each in amounts)
        made = quotation(lines=lines, tax_percent=percent)
        assert made.cycle == sum(amounts)
        assert made.total - made.cycle == made.tax == money(sum(amounts) * percent / 100)


def line(item: str, why: str = "fixed fee") -> QuoteLine:
    return QuoteLine(item=item, phase=Phase.INITIAL, amount=D(100), why=why)


class TestConsultancyIsNeverBilled:
    """Rule 7; ISO/IEC 17021-1:2015, 5.2.5, 5.2.9."""

    def found(self, *lines: QuoteLine, consultants: tuple[str, ...] = ()) -> list[str]:
        made = quotation(lines=(*quote(TIMES, FEES), *lines))
        rule = a_quotation_bills_no_consultancy
        return [each.text for each in rule.objections("Q1", dossier(made, *consultants), Body(), TODAY)]

    def test_a_plain_quotation_passes(self) -> None:
        assert self.found() == []

    @pytest.mark.parametrize(
        "item",
        [
            "consultancy",
            "Consulting, two days",
            "Implementation support",
            "gap analysis",
            "support with implementing the procedure",
            "internal audit service",
            "writing of procedures",
            "Beratung",
            "consultoría",
        ],
    )
    def test_consultancy_by_any_name_is_refused(self, item: str) -> None:
        assert len(self.found(line(item))) == 1

    def test_the_applicants_consultant_is_refused_by_name(self) -> None:
        found = self.found(line("Preparation", "by Brightway Partners"), consultants=("Brightway Partners",))
        assert found == [
            "Line 'Preparation' of quotation Q-2026-001 speaks of 'Brightway Partners'; the body bills no consultancy."
        ]

    def test_a_consultant_on_record_who_is_not_billed_passes(self) -> None:
        assert self.found(consultants=("Brightway Partners",)) == []

    @pytest.mark.parametrize("why", ["an audit; no consultancy is part of it", "fixed, without any advice"])
    def test_saying_that_there_is_none_passes(self, why: str) -> None:
        assert self.found(line("special audit", why)) == []

    def test_the_clause_and_the_level_stand_with_it(self) -> None:
        made = quotation(lines=(line("consultancy"),))
        found = a_quotation_bills_no_consultancy.objections("Q1", dossier(made), Body(), TODAY)[0]
        assert (found.rule, found.level, found.clause) == (7, "B", "ISO/IEC 17021-1:2015, 5.2.5, 5.2.9")

    def test_a_word_that_only_looks_like_it_passes(self) -> None:
        assert list(consultancy([line("Follow-up audit"), line("Interpreter"), line("Scope change")])) == []


class TestThePriceRestsOnTheRecord:
    """Rule 12, fees: days come from the time record; a discount is named and cuts no day."""

    def found(self, made: Quotation) -> list[str]:
        rule = a_quotation_bills_the_days_on_record
        return [each.text for each in rule.objections("Q1", dossier(made), Body(), TODAY)]

    def changed(self, item: str, **changes: Any) -> Quotation:
        lines = tuple(attrs.evolve(each, **changes) if each.item == item else each for each in quote(TIMES, FEES))
        return quotation(lines=lines)

    def test_the_days_on_record_pass(self) -> None:
        assert self.found(quotation()) == []

    def test_half_a_day_less_is_refused(self) -> None:
        found = self.found(self.changed("stage 2", days=D("1.5"), amount=D("1725.00")))
        assert found == ["Quotation Q-2026-001 bills 2.5 days in phase initial; the record has 3.0."]

    def test_a_missing_surveillance_is_refused(self) -> None:
        lines = tuple(each for each in quote(TIMES, FEES) if each.item != "surveillance 2")
        assert len(self.found(quotation(lines=lines))) == 1

    def test_a_price_below_days_times_rate_is_refused(self) -> None:
        found = self.found(self.changed("stage 2", amount=D("1999.00")))
        assert found == ["Line 'stage 2' is 1999.00 for 2.0 days at 1150."]

    def test_a_named_discount_passes(self) -> None:
        discount = QuoteLine(item="discount", phase=Phase.INITIAL, amount=D("-200"), why="several sites, one journey")
        assert self.found(quotation(lines=(*quote(TIMES, FEES), discount))) == []

    def test_without_a_time_record_there_is_no_quotation(self) -> None:
        found = self.found(quotation(audit_time="T9"))
        assert found == ["Quotation Q-2026-001 rests on no audit time of its application."]

    def test_it_cannot_end_before_it_begins(self) -> None:
        assert len(self.found(quotation(valid_until=date(2026, 2, 1)))) == 1
        assert self.found(quotation(valid_until=date(2026, 2, 2))) == []

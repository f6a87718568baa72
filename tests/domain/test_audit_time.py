"""Audit time by IAF MD 5: the published test vectors, edges, refusals, and the laws."""

from __future__ import annotations

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import certbody
from certbody.domain.audit_time import Factor, Phase, Rounding, SiteLoad, half_up, next_half, signed
from certbody.domain.table import Column, Row, Table, Undetermined, faults
from certbody.domain.time_method import (
    Adjust,
    Determination,
    by_table,
    floor_of,
    recertification,
    rounded,
    site_time,
    stages,
    surveillance,
    total,
)

MD5 = certbody.table("md5")


def days(column: str, personnel: int, percent: str = "0", *, nearest: bool = False, up: bool = False) -> Determination:
    factors = (Factor(percent=D(percent), reason="mature system"),) if D(percent) else ()
    load = SiteLoad(site="S1", name="Works", central=True, personnel=personnel)
    rounding = Rounding.NEAREST if nearest else Rounding.GUARDED
    adjust = Adjust(factors=factors, rounding=rounding, surveillance_up=up)
    return by_table(method="table", table=MD5, column=column, loads=[load], adjust=adjust)


def by_item(found: Determination) -> dict[str, D]:
    return {line.item: line.days for line in found.lines}


class TestTheVectorsOfMD5:
    """IAF MD 5:2023 as restated: base, adjusted, guarded half day, one third, two thirds."""

    @pytest.mark.parametrize(
        ("column", "personnel", "percent", "base", "adjusted", "guarded", "yearly", "yearly_up", "again"),
        [
            pytest.param("QMS", 48, "0", "5", "5", "5.0", "1.5", "2.0", "3.5", id="T1"),
            pytest.param("QMS", 60, "-30", "5", "3.5", "3.5", "1.0", "1.5", "2.5", id="T3"),
            pytest.param("QMS", 120, "-20", "7", "5.6", "5.5", "2.0", "2.0", "3.5", id="T5"),
            pytest.param("QMS", 200, "-10", "9", "8.1", "8.0", "2.5", "3.0", "5.5", id="T6"),
            pytest.param("EMS high", 40, "-30", "7", "4.9", "5.0", "1.5", "2.0", "3.5", id="T8"),
            pytest.param("OHS medium", 100, "0", "8", "8", "8.0", "2.5", "3.0", "5.5", id="T10"),
        ],
    )
    def test_a_vector_holds(
        self,
        column: str,
        personnel: int,
        percent: str,
        base: str,
        adjusted: str,
        guarded: str,
        yearly: str,
        yearly_up: str,
        again: str,
    ) -> None:
        found = days(column, personnel, percent)
        assert (found.sites[0].base, found.sites[0].days) == (D(base), D(adjusted))
        assert found.initial == D(guarded)
        assert by_item(found)["surveillance 1"] == by_item(found)["surveillance 2"] == D(yearly)
        assert by_item(days(column, personnel, percent, up=True))["surveillance 1"] == D(yearly_up)
        assert by_item(found)["recertification"] == D(again)

    def test_t12_a_reduction_of_35_per_cent_is_refused_and_not_clipped(self) -> None:
        with pytest.raises(Undetermined, match="−35 %; at most −30 %"):
            days("QMS", 60, "-35")

    def test_the_edge_is_thirty_per_cent_exactly(self) -> None:
        assert days("QMS", 60, "-30.0").initial == D("3.5")
        with pytest.raises(Undetermined):
            days("QMS", 60, "-30.1")

    def test_increases_have_no_cap(self) -> None:
        assert days("QMS", 60, "120").initial == D("11.0")

    def test_factors_are_added_and_never_multiplied(self) -> None:
        factors = [Factor(percent=D(each), reason="because") for each in ("-20", "-20", "10")]
        assert total(factors) == -30

    @pytest.mark.parametrize(
        ("column", "below", "above", "edge"),
        [
            ("QMS", "1.5", "2", 5),
            ("QMS", "2", "2.5", 10),
            ("QMS", "2.5", "3", 15),
            ("QMS", "3", "4", 25),
            ("QMS", "4", "5", 45),
            ("QMS", "5", "6", 65),
            ("QMS", "7", "8", 125),
            ("QMS", "13", "14", 1175),
            ("EMS limited", "6", "6.5", 625),
            ("OHS low", "2.5", "3", 5),
        ],
    )
    def test_a_row_ends_where_it_ends(self, column: str, below: str, above: str, edge: int) -> None:
        assert (MD5.days(column, edge), MD5.days(column, edge + 1)) == (D(below), D(above))

    def test_the_table_ends_at_10700_persons(self) -> None:
        assert MD5.days("QMS", 10_700) == 22
        with pytest.raises(Undetermined, match="by hand and put the days on record with the reason"):
            MD5.days("QMS", 10_701)

    @pytest.mark.parametrize("nobody", [0, -1])
    def test_nobody_is_an_error(self, nobody: int) -> None:
        with pytest.raises(Undetermined, match="at least 1 person"):
            MD5.days("QMS", nobody)

    def test_a_column_that_is_not_there_is_named(self) -> None:
        with pytest.raises(Undetermined, match="no column 'EMS special'; it has QMS, EMS high"):
            MD5.days("EMS special", 5)

    def test_every_citation_says_that_the_numbers_were_not_verified(self) -> None:
        assert MD5.cite("QMS") == "IAF MD 5:2023, QMS, not verified against the published text"


class TestRounding:
    """MD 5, 2.2.3: nearest half day; a tie goes up; the guarded setting never goes below the caps."""

    @pytest.mark.parametrize(
        ("exact", "half"), [("5.3", "5.5"), ("5.2", "5.0"), ("5.25", "5.5"), ("5.24", "5.0"), ("0", "0.0")]
    )
    def test_the_nearest_half_day_with_ties_up(self, exact: str, half: str) -> None:
        assert str(half_up(D(exact))) == half

    def test_guarding_lifts_what_plain_rounding_would_take_below_seventy_per_cent(self) -> None:
        assert days("QMS", 130, "-30", nearest=True).initial == D("5.5")  # 8 × 0.7 = 5.6
        assert days("QMS", 130, "-30").initial == D("6.0")

    def test_guarding_leaves_a_rounding_down_alone_that_stays_above_the_floor(self) -> None:
        assert days("QMS", 120, "-20").initial == D("5.5")  # 5.6, and the floor is 4.9

    @given(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3))
    def test_guarded_is_never_below_the_floor_and_never_a_day_above_the_sum(self, exact: D, floor: D) -> None:
        exact = max(exact, floor)
        found = rounded(exact, floor, Rounding.GUARDED)
        assert floor <= found < exact + D("0.5") + D("0.001")
        assert found % D("0.5") == 0

    @given(st.fractions(0, 1000))
    def test_half_days_are_the_nearest(self, exact: Fraction) -> None:
        assert abs(Fraction(half_up(exact)) - exact) <= Fraction(1, 4)
        assert 0 <= Fraction(next_half(exact)) - exact < Fraction(1, 2)

    def test_a_percentage_reads_with_its_sign(self) -> None:
        assert [signed(D(each)) for each in ("-30.0", "20", "0", "-0.5")] == ["−30 %", "+20 %", "0 %", "−0.5 %"]


class TestTheCycle:
    """Stage 1, stage 2, surveillance and recertification follow from the initial time."""

    @pytest.mark.parametrize(
        ("initial", "first", "second"), [("2.0", "0.5", "1.5"), ("12.0", "3.5", "8.5"), ("1.0", "0.5", "0.5")]
    )
    def test_stages_are_about_thirty_and_seventy(self, initial: str, first: str, second: str) -> None:
        assert stages(D(initial)) == (D(first), D(second))

    @given(st.integers(2, 80))
    def test_stages_add_up_and_each_has_half_a_day(self, halves: int) -> None:
        initial = D(halves) / 2
        first, second = stages(initial)
        assert first + second == initial
        assert min(first, second) >= D("0.5")

    def test_surveillance_has_the_bodys_minimum(self) -> None:
        assert surveillance(D("2.0")) == D("1.0")
        assert surveillance(D("2.0"), minimum=D("0.5")) == D("0.5")
        assert surveillance(D("9.0"), minimum=D("4.0")) == D("4.0")

    def test_recertification_is_two_thirds(self) -> None:
        assert recertification(D("8.0")) == D("5.5")

    @given(st.sampled_from([column.code for column in MD5.columns]), st.integers(1, 10_699), st.integers(-30, 60))
    def test_more_people_never_take_less_time(self, column: str, personnel: int, percent: int) -> None:
        fewer, more = days(column, personnel, str(percent)), days(column, personnel + 1, str(percent))
        assert all(by_item(more)[item] >= value for item, value in by_item(fewer).items())

    @given(st.integers(1, 10_700), st.integers(-30, 60))
    def test_a_larger_factor_never_takes_less_time(self, personnel: int, percent: int) -> None:
        assert days("QMS", personnel, str(percent + 1)).initial >= days("QMS", personnel, str(percent)).initial

    @given(st.integers(1, 10_700), st.integers(-30, 60))
    def test_the_initial_time_never_falls_below_seventy_per_cent(self, personnel: int, percent: int) -> None:
        found = days("QMS", personnel, str(percent))
        assert found.initial * 100 >= found.sites[0].base * 70

    def test_every_line_says_why(self) -> None:
        said = days("QMS", 60, "-30").lines[0].why
        assert "Works: 60 persons, 5 −30 % = 3.5" in said
        assert "−30 % mature system" in said
        assert "IAF MD 5:2023, QMS" in said


class TestSeveralSites:
    """MD 1: each site has its own look-up, and a sampled site is reduced by 50 % at most."""

    def loads(self, *personnel: int) -> list[SiteLoad]:
        return [
            SiteLoad(site=f"S{index}", name=f"Site {index}", central=not index, personnel=each)
            for index, each in enumerate(personnel)
        ]

    def times(self, adjust: Adjust, *personnel: int) -> Determination:
        return by_table(method="table", table=MD5, column="QMS", loads=self.loads(*personnel), adjust=adjust)

    def test_time_is_not_computed_as_if_it_were_one_site(self) -> None:
        assert self.times(Adjust(), 60, 60).initial == 10
        assert days("QMS", 120).initial == 7

    def test_a_sampled_site_may_lose_thirty_and_twenty_per_cent(self) -> None:
        adjust = Adjust(
            factors=(Factor(percent=D(-30), reason="mature"),), sampled=(Factor(percent=D(-20), reason="central work"),)
        )
        found = self.times(adjust, 60, 5)
        assert [(each.percent, each.days) for each in found.sites] == [(D(-30), D("3.5")), (D(-50), D("0.75"))]
        assert found.initial == D("4.5")  # 4.25 is a tie

    def test_more_than_fifty_per_cent_is_refused(self) -> None:
        adjust = Adjust(
            factors=(Factor(percent=D(-30), reason="mature"),), sampled=(Factor(percent=D(-21), reason="central work"),)
        )
        with pytest.raises(Undetermined, match="−51 %; at most −50 %"):
            self.times(adjust, 60, 5)

    def test_the_central_site_is_not_reduced_as_a_sampled_one(self) -> None:
        adjust = Adjust(sampled=(Factor(percent=D(-50), reason="central work"),))
        assert [each.days for each in self.times(adjust, 60, 60).sites] == [D(5), D("2.5")]
        assert self.times(adjust, 60).initial == 5

    def test_a_site_of_five_takes_three_quarters_of_a_day_at_fifty_per_cent(self) -> None:
        load = SiteLoad(site="S2", name="Shop", personnel=5)
        adjust = Adjust(sampled=(Factor(percent=D(-50), reason="central work"),))
        assert site_time(load, D("1.5"), adjust, sampled=True).days == D("0.75")

    def test_the_floor_is_seventy_of_the_centre_and_fifty_of_the_others(self) -> None:
        found = self.times(Adjust(), 60, 60, 60)
        assert floor_of(found.sites, "S0") == D("3.5") + D("2.5") + D("2.5")

    def test_sites_alike_are_named_together(self) -> None:
        adjust = Adjust(sampled=(Factor(percent=D(-30), reason="alike"),))
        said = self.times(adjust, 60, *[20] * 7).lines[0].why
        assert "Site 1, Site 2, Site 3, Site 4 and 3 more: each 20 persons, 3 −30 % = 2.1" in said

    def test_no_site_has_no_time(self) -> None:
        with pytest.raises(Undetermined, match="at least one site"):
            by_table(method="table", table=MD5, column="QMS", loads=[], adjust=Adjust())


class TestATableWithFaults:
    """A table is data: what is inconsistent in it is said with its place."""

    def table(self, *rows: tuple[int, tuple[str, ...]]) -> Table:
        return Table(
            name="Own",
            edition="1",
            source="ours",
            columns=(Column(code="A", title="a"), Column(code="B", title="b")),
            rows=tuple(Row(most=most, days=tuple(D(each) for each in cells)) for most, cells in rows),
        )

    def test_a_sound_one_has_none(self) -> None:
        assert list(faults(self.table((5, ("1", "2")), (10, ("1", "2.5"))))) == []

    @pytest.mark.parametrize(
        ("rows", "fault"),
        [
            ([(5, ("1",))], "rows[0].days: 1 numbers for 2 columns"),
            ([(5, ("1", "2")), (5, ("2", "3"))], "rows[1].most: 5 is not above 5"),
            ([(5, ("1", "2")), (9, ("2", "1.5"))], "rows[1].days: more people never take less time"),
            ([(5, ("0", "2"))], "rows[0].days: days are more than nothing"),
        ],
    )
    def test_a_fault_is_named(self, rows: list[tuple[int, tuple[str, ...]]], fault: str) -> None:
        assert fault in list(faults(self.table(*rows)))


def test_phases_are_those_of_the_estimate() -> None:
    assert [str(each) for each in Phase] == ["initial", "surveillance", "recertification", "annual", "travel"]

"""The quick estimate: three cases from personnel and sites alone, and the table of it in the docs."""

from __future__ import annotations

import os
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody import resources
from certbody.domain.audit_time import Phase
from certbody.domain.estimate import Estimate, estimate, spread
from certbody.domain.table import Undetermined
from certbody.registry import Registry

DOCS = Path(__file__).parents[2] / "docs" / "estimates.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
PERSONNEL = (5, 10, 15, 25, 45, 65, 85, 125, 175, 250)
SITES = (1, 2, 3, 4)
SCHEME = Registry.gathered({}).scheme("iso10002")


def estimated(personnel: int, sites: int = 1) -> Estimate:
    return estimate(
        SCHEME.audit_time,
        SCHEME.inputs(),
        personnel=personnel,
        sites=sites,
        tables=resources.table,
        fees=resources.fees(SCHEME.standard),
    )


def initial_days(found: Estimate) -> D:
    return sum((line.days for line in found.lines if line.phase is Phase.INITIAL), D(0))


class TestTheCases:
    """Sampled sites -50, -30, 0 %; a single site -30, 0, +20 %; never under 2.0 days; 1,150 a day and 700 fixed."""

    @pytest.mark.parametrize(
        ("personnel", "sites", "days", "likely"),
        [
            (5, 1, "2.0", "3000.00"),
            (250, 4, "12.0", "14500.00"),
            (25, 1, "3.0", "4150.00"),
            (250, 1, "9.0", "11050.00"),
        ],
    )
    def test_the_likely_case(self, personnel: int, sites: int, days: str, likely: str) -> None:
        found = estimated(personnel, sites)
        assert (initial_days(found), found.likely) == (D(days), D(likely))

    def test_a_single_site_goes_from_thirty_per_cent_less_to_twenty_more(self) -> None:
        found = estimated(60)  # 5 days: 3.5, 5, 6
        assert [(each - 700) / 1150 for each in (found.minimum, found.likely, found.maximum)] == [D("3.5"), 5, 6]

    def test_sampled_sites_are_halved_reduced_by_a_third_or_not_at_all(self) -> None:
        found = estimated(240, 4)  # 60 each: 5 for the centre and twice 2.5, 3.5, 5
        assert [(each - 700) / 1150 for each in (found.minimum, found.likely, found.maximum)] == [10, 12, 15]

    def test_it_is_never_under_two_days(self) -> None:
        found = estimated(1)
        assert found.minimum == found.likely == found.maximum == D("3000.00")

    def test_the_three_sums_are_the_initial_phase_without_travel_and_tax(self) -> None:
        found = estimated(60)
        assert found.likely == sum(line.amount for line in found.lines if line.phase is Phase.INITIAL)

    def test_every_line_of_the_cycle_is_there_with_its_reason(self) -> None:
        found = estimated(25)
        assert [line.item for line in found.lines] == [
            "application",
            "stage 1",
            "stage 2",
            "certificate issue",
            "surveillance 1",
            "surveillance 2",
            "recertification outlook",
            "annual fee",
            "travel",
        ]
        assert all(line.why for line in found.lines)

    @pytest.mark.parametrize(
        ("personnel", "sites", "loads"), [(250, 4, 3), (25, 1, 1), (25, 2, 2), (7, 12, 5), (1, 12, 5)]
    )
    def test_the_central_site_and_a_sample_are_audited(self, personnel: int, sites: int, loads: int) -> None:
        found = spread(personnel, sites)
        assert len(found) == loads
        assert [load.central for load in found] == [True] + [False] * (loads - 1)

    def test_persons_a_site_are_rounded_up(self) -> None:
        assert {load.personnel for load in spread(250, 4)} == {63}

    @given(st.integers(1, 10_699), st.integers(1, 40))
    def test_a_person_more_never_costs_less(self, personnel: int, sites: int) -> None:
        fewer, more = estimated(personnel, sites), estimated(personnel + 1, sites)
        assert fewer.minimum <= more.minimum
        assert fewer.likely <= more.likely
        assert fewer.maximum <= more.maximum
        assert fewer.minimum <= fewer.likely <= fewer.maximum

    @pytest.mark.parametrize(("personnel", "sites"), [(0, 1), (5, 0), (10_701, 1)])
    def test_what_has_no_number_is_refused(self, personnel: int, sites: int) -> None:
        with pytest.raises(Undetermined):
            estimated(personnel, sites)


def table() -> str:
    """The table of the docs, made from what the program says."""
    rows = [
        "| personnel | " + " | ".join(f"{sites} site{'s' if sites > 1 else ''}" for sites in SITES) + " |",
        "|---|" + "---|" * len(SITES),
    ]
    for personnel in PERSONNEL:
        found = [estimated(personnel, sites) for sites in SITES]
        cells = [f"{initial_days(e):f} d: **{e.likely:,.0f}** ({e.minimum:,.0f}–{e.maximum:,.0f})" for e in found]
        rows.append(f"| {personnel} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def test_the_table_in_the_docs_is_what_the_program_says() -> None:
    before, rest = DOCS.read_text(encoding="utf-8").split(BEGIN)
    said, after = rest.split(END)
    if os.environ.get("CERTBODY_WRITE_DOCS"):
        DOCS.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")
    else:
        assert said.strip() == table()


def test_the_likely_initial_phase_lies_between_three_and_fifteen_thousand() -> None:
    for sites in (1, 2, 4):
        assert all(3000 <= estimated(personnel, sites).likely <= 15000 for personnel in range(5, 251))


def test_three_sites_go_beyond_it_from_196_persons_on() -> None:
    assert estimated(195, 3).likely == D("14500.00")
    assert estimated(196, 3).likely == D("17375.00")

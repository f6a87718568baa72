"""Sampling of sites by IAF MD 1: the published table, the laws, and a draw that can be repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.domain.sampling import ceil_root, draw, random_share, ranked, sample_size
from certbody.domain.standard import AuditType

SITES = (2, 3, 4, 5, 9, 10, 16, 17, 25, 26, 36, 50, 100, 101)


class TestTheNumbersOfMD1:
    """IAF MD 1:2023: √x, 0.6 √x and 0.8 √x, rounded up; the central function is audited besides."""

    def test_initial(self) -> None:
        found = tuple(sample_size(x, AuditType.INITIAL) for x in SITES)
        assert found == (2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 8, 10, 11)

    def test_surveillance(self) -> None:
        found = tuple(sample_size(x, AuditType.SURVEILLANCE) for x in SITES)
        assert found == (1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7)

    def test_recertification_of_a_system_that_proved_effective(self) -> None:
        found = tuple(sample_size(x, AuditType.RECERTIFICATION, effective=True) for x in SITES)
        assert found == (2, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 8, 9)

    def test_recertification_otherwise_is_as_initial(self) -> None:
        assert all(sample_size(x, AuditType.RECERTIFICATION) == sample_size(x, AuditType.INITIAL) for x in SITES)

    def test_a_single_further_site_is_not_sampled_but_audited(self) -> None:
        assert [sample_size(1, audit) for audit in AuditType if audit is not AuditType.SPECIAL] == [1, 1, 1]

    def test_no_further_site_has_no_sample(self) -> None:
        assert sample_size(0, AuditType.INITIAL) == 0

    @given(st.integers(0, 10**12), st.sampled_from([6, 8, 10]))
    def test_the_root_is_exact(self, number: int, tenths: int) -> None:
        root = ceil_root(number, tenths=tenths)
        assert (10 * root) ** 2 >= tenths**2 * number
        assert root == 0 or (10 * (root - 1)) ** 2 < tenths**2 * number

    @given(st.integers(0, 10_000), st.sampled_from(list(AuditType)))
    def test_more_sites_never_need_a_smaller_sample(self, sites: int, audit: AuditType) -> None:
        assert sample_size(sites, audit) <= sample_size(sites + 1, audit) <= sites + 1

    @pytest.mark.parametrize(("sampled", "random"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
    def test_a_quarter_is_drawn_at_random_rounded_up(self, sampled: int, random: int) -> None:
        assert random_share(sampled) == random


class TestTheDraw:
    """At least a quarter of the sample is chance, and whoever holds the seed can repeat it."""

    SHOPS = tuple(f"S{count}" for count in range(1, 17))

    def test_the_same_seed_draws_the_same_sites(self) -> None:
        assert draw(self.SHOPS, 4, "2026-014") == draw(reversed(self.SHOPS), 4, "2026-014")

    def test_another_seed_draws_others(self) -> None:
        assert len({draw(self.SHOPS, 4, str(seed)).sites for seed in range(20)}) > 10

    def test_chance_goes_first_and_judgement_fills_the_rest(self) -> None:
        found = draw(self.SHOPS, 4, "seed", chosen=["S1", "S2", "S3"])
        assert found.drawn == (ranked(self.SHOPS, "seed")[0],)
        assert len(found.sites) == len(set(found.sites)) == 4
        assert set(found.sites) - set(found.drawn) <= {"S1", "S2", "S3", *ranked(self.SHOPS, "seed")[:2]}

    def test_judgement_never_pushes_chance_out(self) -> None:
        found = draw(self.SHOPS, 4, "seed", chosen=self.SHOPS)
        assert len(found.drawn) == 1
        assert len(found.sites) == 4

    def test_a_choice_outside_the_sites_is_refused(self) -> None:
        with pytest.raises(ValueError, match="S99: no site of this application"):
            draw(self.SHOPS, 4, "seed", chosen=["S99"])

    def test_more_than_there_are_is_refused(self) -> None:
        with pytest.raises(ValueError, match="17 sites cannot be sampled of 16"):
            draw(self.SHOPS, 17, "seed")

    @given(st.integers(1, 40), st.data())
    def test_a_sample_has_its_size_and_its_random_part(self, sites: int, data: st.DataObject) -> None:
        candidates = [f"S{count}" for count in range(sites)]
        size = data.draw(st.integers(0, sites))
        chosen = data.draw(st.lists(st.sampled_from(candidates), unique=True))
        found = draw(candidates, size, data.draw(st.text("abc", max_size=3)), chosen=chosen)
        assert len(set(found.sites)) == size
        assert set(found.drawn) <= set(found.sites)
        assert len(found.drawn) >= random_share(size)

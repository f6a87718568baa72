"""The scheme for ISO 10002 keeps the contract, and its method follows the scheme's own rules."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

import certbody
from certbody.domain.audit_time import Factor, SiteLoad
from certbody.domain.inputs import answers, as_text
from certbody.domain.scheme import Scheme
from certbody.domain.time_method import Adjust, Determination
from certbody.registry import Registry
from certbody.testing import SchemeContract
from certbody_iso10002.audit_time import Inputs


class TestTheContract(SchemeContract):
    """Four lines, as any plugin's."""

    @pytest.fixture
    def scheme(self) -> Scheme:
        return Registry.gathered({}).scheme("iso10002")


def determined(*personnel: int, centres: int = 0, percent: str = "0", sampled: str = "0") -> Determination:
    """The time for a central site and sampled sites with so many persons."""
    loads = tuple(
        SiteLoad(site=f"S{index}", name=f"Site {index}", central=not index, personnel=each)
        for index, each in enumerate(personnel)
    )
    adjust = Adjust(
        factors=(Factor(percent=D(percent), reason="mature system"),) if D(percent) else (),
        sampled=(Factor(percent=D(sampled), reason="work done centrally"),) if D(sampled) else (),
    )
    scheme = Registry.gathered({}).scheme("iso10002")
    return scheme.determine(Inputs(contact_centres=centres), loads, certbody.table, adjust)


def days(found: Determination) -> dict[str, str]:
    return {line.item: str(line.days) for line in found.lines}


class TestTheMethod:
    """Scheme S-10002: the quality table of MD 5, at least 2.0 days, half a day for each further contact centre."""

    def test_twenty_five_people_take_three_days(self) -> None:
        assert days(determined(25)) == {
            "stage 1": "1.0",
            "stage 2": "2.0",
            "surveillance 1": "1.0",
            "surveillance 2": "1.0",
            "recertification": "2.0",
        }

    @pytest.mark.parametrize(
        ("personnel", "percent"), [(1, "0"), (5, "0"), (10, "0"), (10, "-30"), (15, "-30"), (25, "-30")]
    )
    def test_the_initial_audit_never_takes_less_than_two_days(self, personnel: int, percent: str) -> None:
        assert determined(personnel, percent=percent).initial >= 2
        assert determined(5).initial == 2

    def test_the_minimum_says_that_it_was_used(self) -> None:
        assert "raised to the minimum of 2.0" in determined(5).lines[0].why
        assert "raised" not in determined(25).lines[0].why

    def test_each_further_contact_centre_takes_half_a_day_on_top_of_the_minimum(self) -> None:
        assert [determined(5, centres=count).initial for count in (0, 1, 2)] == [D("2.0"), D("2.5"), D("3.0")]
        assert "+1.0 for 2 further contact centres, 0.5 each" in determined(5, centres=2).lines[0].why

    def test_three_sites_are_each_looked_up(self) -> None:
        assert determined(60, 20, 20, sampled="-50").initial == D("8.0")  # 5 + 1.5 + 1.5

    @given(st.lists(st.integers(1, 10_000), min_size=1, max_size=6), st.integers(0, 5), st.integers(-30, 20))
    def test_a_person_or_a_centre_more_never_takes_less(self, personnel: list[int], centres: int, percent: int) -> None:
        now = determined(*personnel, centres=centres, percent=str(percent)).initial
        more = [personnel[0] + 1, *personnel[1:]]
        assert determined(*more, centres=centres, percent=str(percent)).initial >= now
        assert determined(*personnel, centres=centres + 1, percent=str(percent)).initial == now + D("0.5")

    @given(st.integers(1, 10_700))
    def test_surveillance_has_a_day_and_all_are_half_days(self, personnel: int) -> None:
        found = determined(personnel)
        assert min(line.days for line in found.lines if line.item.startswith("surveillance")) >= 1
        assert all(line.days % D("0.5") == 0 for line in found.lines)

    def test_the_table_is_cited_and_not_called_verified(self) -> None:
        assert determined(25).table == "IAF MD 5:2023, QMS, not verified against the published text"


class TestWhatItAsks:
    """The inputs become options of a command and fields of the application form."""

    def test_questions_have_help_and_defaults(self) -> None:
        found = Registry.gathered({}).scheme("iso10002").questions
        assert [question.name for question in found] == ["contact_centres", "sector", "months_of_records"]
        assert found[1].choices == ("", "finance", "government", "healthcare", "hospitality", "retail", "telecom")

    def test_answers_come_back_as_they_were_given(self) -> None:
        given = Inputs(contact_centres=2, sector="telecom", months_of_records=6)
        assert answers(Inputs, as_text(given)) == given

    def test_what_is_empty_is_the_default(self) -> None:
        assert answers(Inputs, [("contact_centres", " ")]) == Inputs()

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("contact_centres", "two", "contact_centres: 'two' is no whole number"),
            ("contact_centres", "-1", "contact_centres: '-1' is no whole number"),
            ("contact_centres", "٣", "is no whole number"),
            ("sector", "fishing", "sector: 'fishing' is none of (none), finance, government, healthcare, "),
            ("colour", "red", "colour: the scheme asks no such thing; it asks for contact_centres, sector"),
        ],
    )
    def test_a_wrong_answer_is_named(self, name: str, value: str, said: str) -> None:
        with pytest.raises(ValueError) as caught:
            answers(Inputs, [(name, value)])
        assert said in str(caught.value)

    def test_every_wrong_answer_is_named_at_once(self) -> None:
        with pytest.raises(ValueError, match=r"contact_centres.*; sector"):
            answers(Inputs, [("contact_centres", "x"), ("sector", "y")])

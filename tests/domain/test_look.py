"""A colour that can be read on white, and paper that a printer has."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.domain.body import Profile
from certbody.domain.look import contrast_on_white
from certbody.domain.text import BadText

PROFILE = Profile(name="Fernhill Certification Ltd", address="4 Example Quay", city="Dublin", country="Ireland")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("000000", "21"), ("FFFFFF", "1"), ("777777", "4.4"), ("767676", "4.5"), ("0B6E4F", "6.2"), ("FFD700", "1.4")],
)
def test_contrast_is_that_of_wcag(colour: str, ratio: str) -> None:
    """Known pairs: 767676 is the lightest grey that is enough."""
    assert contrast_on_white(colour) == Decimal(ratio)


@given(st.integers(0, 0xFFFFFF))
def test_darker_never_has_less_contrast(colour: int) -> None:
    lighter = f"{colour:06X}"
    darker = "".join(f"{int(lighter[at : at + 2], 16) // 2:02X}" for at in (0, 2, 4))
    assert contrast_on_white(darker) >= contrast_on_white(lighter)


def test_a_colour_that_nobody_can_read_is_refused_with_its_ratio() -> None:
    with pytest.raises(
        BadText, match=r"colour FFD700 has a contrast of 1\.4:1 on white; headings need at least 4\.5:1"
    ):
        attrs.evolve(PROFILE, colour="FFD700")
    assert attrs.evolve(PROFILE, colour="0b6e4f").colour == "0B6E4F"
    assert attrs.evolve(PROFILE, colour="").colour == ""


@pytest.mark.parametrize("colour", ["#0B6E4F", "0B6E4", "0B6E4FF", "green", "０B6E4F", "0B6E4G", " 0B6E4F"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(BadText, match="is no colour: six hexadecimal digits"):
        attrs.evolve(PROFILE, colour=colour)


def test_paper_is_one_of_two() -> None:
    for paper in ("A5", "letter", "a4", ""):
        with pytest.raises(BadText, match="is none of A4, Letter"):
            attrs.evolve(PROFILE, paper=paper)
    assert attrs.evolve(PROFILE, paper="Letter").paper == "Letter"
    assert PROFILE.paper == "A4"


def test_a_logo_is_a_kept_file_and_nothing_else() -> None:
    with pytest.raises(BadText, match="is no SHA-256 of a kept file: use certbody office logo FILE"):
        attrs.evolve(PROFILE, logo="logo.png")
    assert attrs.evolve(PROFILE, logo="a" * 64).logo == "a" * 64

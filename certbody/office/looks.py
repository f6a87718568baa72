"""How the body's documents look: its logo, kept by hash, and the look that shipped templates are dressed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from certbody.deliverables.dressing import Look, logo_picture
from certbody.domain.body import Profile
from certbody.errors import BadData
from certbody.office.hand import Hand
from certbody.office.office import BODY, Office

if TYPE_CHECKING:
    from certbody.deliverables.pictures import Picture

LOGO_PIXELS = 1_200
"""Of the longer side of a logo as it is kept: 46 mm at 600 dots an inch."""
_LEAST_PIXELS, _LONGEST_SHAPE = 60, 12


def look_of(office: Office) -> Look:
    """The look that shipped templates are dressed in; the house's own where the profile says none."""
    profile = office.body.profile
    return Look(colour=profile.colour, paper=profile.paper) if profile else Look()


def logo_of(office: Office) -> Mapping[str, Picture]:
    """The body's logo as the picture `logo` of a document; nothing where there is none.

    Raises:
        NotFound, Damaged: the file is no longer what was kept.
    """
    profile = office.body.profile
    if not profile or not profile.logo:
        return {}
    return {"logo": logo_picture(office.store.open_file(profile.logo), f"Logo of {profile.name}")}


def set_logo(office: Office, data: bytes, name: str, *, hand: Hand, why: str = "") -> Profile:
    """Keep a picture as the body's logo and put it into the profile; the profile as it stands then.

    What is kept is a copy of at most 1,200 pixels without what a camera or a program wrote beside the picture.

    Args:
        name: the file's name, for messages.

    Raises:
        BadData: it is no PNG or JPEG, is damaged, has more than 50 million pixels, or no shape for a letterhead.
    """
    from certbody.deliverables.pictures import reduced

    kept = reduced(data, name, longest=LOGO_PIXELS)
    width, height = _size(kept)
    if max(width, height) < _LEAST_PIXELS:
        raise BadData(
            f"{name} has {width} x {height} pixels; a logo needs at least {_LEAST_PIXELS} on its longer side to be "
            "printed.",
            next="take a larger one",
        )
    if max(width, height) > _LONGEST_SHAPE * min(width, height):
        raise BadData(
            f"{name} has {width} x {height} pixels: it is more than {_LONGEST_SHAPE} times as long as it is wide.",
            next="cut it, or take the form of the logo that is made for letterheads",
        )
    profile = office.body.profile
    assert profile is not None
    changed = attrs.evolve(profile, logo=office.keep(kept))
    office.record(BODY, "logo changed", {"profiles": [changed]}, hand=hand, why=why)
    return changed


def _size(data: bytes) -> tuple[int, int]:
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        return opened.size

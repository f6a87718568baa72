"""What a document offers to its template, told from the template that ships; and invented fields of that shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import attrs

from certbody.deliverables.fields import LISTED, longest, paths, prefixes

MANY, FEW = 50, 3
"""Elements of a list in invented fields, and of a list inside a list."""
_COLOURS = ("fill", "colour", "color")
_TINT = "EEF2F6"


@attrs.frozen(kw_only=True)
class Offer:
    """The fields of one document.

    A shipped template names every field that its document supplies, but for some of those that every document has;
    a test of the house sees to that. So what it asks for is what there is, and how it asks tells what is a list.

    Attributes:
        paths: of all fields, the longest: ``items[].ask``, ``pictures.qr``.
        used: of those, what the shipped template itself asks for.
        listed, counted, keys: as in `sandbox.Asking`.
    """

    paths: frozenset[str]
    used: frozenset[str]
    listed: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    def known(self) -> set[str]:
        """Every path that leads to a field."""
        return {each for path in self.paths for each in prefixes(path)}

    def lists(self) -> set[str]:
        """The paths of all lists."""
        return set(self.listed) | {path.removesuffix(LISTED) for path in self.known() if path.endswith(LISTED)}


@lru_cache(maxsize=64)
def offered(template: bytes, name: str) -> Offer:
    """What the document of a shipped template offers."""
    if not name.endswith(".docx"):
        from certbody.deliverables.excel import placeholders

        asked = frozenset(placeholders(template, name))
        return Offer(paths=asked, used=asked)
    from certbody.deliverables.rendering import Rendering
    from certbody.deliverables.sandbox import Asking, environment

    found = Asking()
    for _, source in Rendering(template, name).stories():
        found.look(environment().parse(source), {"loop": None})
    asked = frozenset(longest(found.paths))
    return Offer(
        paths=asked | _common(),
        used=asked,
        listed=frozenset(found.listed),
        counted=frozenset(found.counted),
        keys=frozenset(found.keys),
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from certbody.deliverables.deliverable import Showing, common
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

    nobody = Showing(dossier=Dossier(), body=Body(), on=date(2000, 1, 1))
    return frozenset(paths(common(nobody, "", ""))) | {"pictures.logo"}


def invented(offer: Offer, *, counted: Iterable[str] = (), bare: bool = False) -> dict[str, Any]:
    """Fields of that shape, each text its own path, each list long; `bare`: every text empty, each list of one.

    Pictures are left out; a field that names one names `logo`.

    Args:
        counted: further paths of fields that a template takes for whole numbers.
    """
    numbers = set(offer.counted) | set(counted)
    tree: dict[str, Any] = {}
    for path in sorted(offer.paths | {each + LISTED for each in offer.lists() if each + LISTED not in offer.known()}):
        if not path.startswith("pictures"):
            branch = tree
            for step in path.replace(LISTED, "." + LISTED).split("."):
                branch = branch.setdefault(step, {})
    made = _grown(tree, "", numbers, offer.keys, bare)
    assert isinstance(made, dict)
    return made


def _grown(branch: Mapping[str, Any], path: str, numbers: set[str], keys: frozenset[str], bare: bool) -> Any:
    if not branch:
        if path in keys:
            return "logo"
        if path in numbers:
            return 0 if bare else 3
        if path.rpartition(".")[2] in _COLOURS:
            return _TINT
        return "" if bare else path
    if LISTED in branch:
        count = 1 if bare else FEW if LISTED in path else MANY
        element = _grown(branch[LISTED], path + LISTED, numbers, keys, bare)
        return [element] * count
    return {
        name: _grown(below, f"{path}.{name}" if path else name, numbers, keys, bare) for name, below in branch.items()
    }

"""A whole invented dossier, from application to certificate, for tests of what documents show.

Everybody and everything in it is invented: the body Fernhill Certification, its client Nordwind Telecom with three
sites, and a short standard of our own questions. Values are made directly, past every rule, so that a test can
change one of them with `attrs.evolve` and `Dossier.having`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import attrs

from certbody.deliverables.deliverable import Showing
from certbody.domain.dossier import Dossier
from tests.deliverables.example.answered import answered
from tests.deliverables.example.audits import audits
from tests.deliverables.example.before import before
from tests.deliverables.example.body import body
from tests.deliverables.example.checklists import checklists
from tests.deliverables.example.decided import decided
from tests.deliverables.example.found import found
from tests.deliverables.example.pictured import files, photograph
from tests.deliverables.example.standard import standard, wording
from tests.deliverables.example.tables import CRITERIA, ON, SCOPE, STAGE_1, STAGE_2, by_id

__all__ = [
    "CRITERIA",
    "ON",
    "SCOPE",
    "STAGE_1",
    "STAGE_2",
    "body",
    "dossier",
    "files",
    "photograph",
    "showing",
    "standard",
    "without",
    "wording",
]


@cache
def dossier() -> Dossier:
    """Everything on record about Nordwind Telecom Ltd by `ON`."""
    tables: dict[str, Any] = {}
    for part in (before, audits, checklists, found, answered, decided):
        tables.update(part())
    return Dossier(journal="C-0001", **{name: by_id(records) for name, records in tables.items()})


def showing(about: str = "", *, on: date = ON, **more: Any) -> Showing:
    """What a projection gets to see of the example; `more` replaces any part of it."""
    given: dict[str, Any] = {
        "dossier": dossier(),
        "body": body(),
        "head": "184 · 9c1f0a3b",
        "draft": True,
        "template": "T-00 r1",
        "standard": standard(),
        "wording": wording(),
        "file": files().__getitem__,
    }
    return Showing(about=about, on=on, **(given | more))


def without(state: Dossier, **tables: Any) -> Dossier:
    """The dossier with whole tables emptied (`reports=()`), or holding only the records given."""
    return attrs.evolve(state, **{name: by_id(records) for name, records in tables.items()})

"""The one document of its own: which questions are asked about kettles."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from certbody import Deliverable, Showing, common

TITLE = "Kettle list"


def number(showing: Showing) -> str:
    """What the document is called: the client's number."""
    return showing.dossier.client.id if showing.dossier.client else "TH"


def fields(showing: Showing) -> Mapping[str, Any]:
    """The common fields, and every question of the standard."""
    items = showing.standard.items if showing.standard else ()
    return {
        **common(showing, TITLE, number(showing)),
        "items": [{"id": item.id, "ask": item.ask, "evidence": item.evidence} for item in items],
    }


KETTLE_LIST = Deliverable(
    kind="kettle-list",
    title=TITLE,
    template="kettle-list.xlsx",
    folder=files("certbody_teahouse") / "templates",
    fields=fields,
    number=number,
)

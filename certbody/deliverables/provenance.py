"""How a fact came on record, as a row: what, when it happened, whose act, who entered it and how, when recorded."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.domain.act import Door

DOORS = {
    Door.SAID: "by name",
    Door.PIN: "own PIN",
    Door.KEY: "own key",
    Door.SIGNED_FORM: "signed form",
}
"""How a person was known to be that person (rule 47), in words for the reader."""
UNKNOWN = "not at hand"


def fact(showing: Showing, what: str, happened: date | None, table: str, key: str) -> dict[str, Any]:
    """One row of the four facts. `happened` is a field of the record; the rest comes from the journal."""
    came = showing.recorded(table, key)
    author = getattr(showing.dossier.record(table, key), "by", "")
    if came is None:
        by, entered, recorded = showing.body.name(author) or UNKNOWN, UNKNOWN, UNKNOWN
    else:
        by = showing.body.name(came.by)
        who = "" if came.entered_by == came.by else f"{showing.body.name(came.entered_by)}, "
        entered = f"{who}{DOORS[Door(came.how)]}"
        recorded = f"{came.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return {"what": what, "happened": happened, "by": by, "entered": entered, "recorded": recorded}


def authenticated(showing: Showing, table: str, key: str) -> str:
    """How the act that put a record was authenticated, in one line: `own PIN, on record since 2027-03-02 09:15 UTC`."""
    came = showing.recorded(table, key)
    if came is None:
        return UNKNOWN
    who = "" if came.entered_by == came.by else f", entered by {showing.body.name(came.entered_by)}"
    return f"{DOORS[Door(came.how)]}{who}, on record since {came.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

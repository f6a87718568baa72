"""The fields that every workbook has: what its read-me sheet, its headers and its footers print."""

from __future__ import annotations

from typing import Any

from certbody.deliverables.deliverable import Showing, common
from certbody.domain.dossier import Dossier


def heading(showing: Showing, title: str, number: str) -> dict[str, Any]:
    """Of the common fields, those that a workbook prints: `document`, `body` and `client`."""
    shown = common(showing, title, number)
    body, client = shown["body"], shown["client"]
    return {
        "document": shown["document"],
        "body": {key: body[key] for key in ("name", "address", "email", "phone", "website")},
        "client": {key: client[key] for key in ("number", "name")},
    }


def site_name(site: str, dossier: Dossier) -> str:
    """A site as it stands in tables: its id and its name; the id where no such site is on record."""
    known = dossier.sites.get(site)
    return f"{site} {known.name}" if known else site

"""The fields that every workbook has: what its read-me sheet, its headers and its footers print."""

from __future__ import annotations

from typing import Any

from certbody.deliverables.deliverable import Showing, common
from certbody.domain.dossier import Dossier


def standing(showing: Showing, title: str, number: str) -> dict[str, Any]:
    """Of the common fields, those that a workbook prints which is of no client alone and has no drafts."""
    shown = common(showing, title, number)
    return {
        "document": {key: value for key, value in shown["document"].items() if key != "draft"},
        "body": {key: shown["body"][key] for key in ("name", "address", "email", "phone", "website")},
    }


def heading(showing: Showing, title: str, number: str) -> dict[str, Any]:
    """Of the common fields, those that a workbook of one client prints: `document`, `body` and `client`."""
    shown = common(showing, title, number)
    client = shown["client"]
    return {
        **standing(showing, title, number),
        "document": shown["document"],
        "client": {key: client[key] for key in ("number", "name")},
    }


def site_name(site: str, dossier: Dossier) -> str:
    """A site as it stands in tables: its id and its name; the id where no such site is on record."""
    known = dossier.sites.get(site)
    return f"{site} {known.name}" if known else site

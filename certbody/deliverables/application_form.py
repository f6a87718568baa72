"""The application form: an empty one for a scheme, with what is known of the client already filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from certbody.deliverables.deliverable import Deliverable, Showing
from certbody.deliverables.workbook_fields import standing
from certbody.domain.client import Site
from certbody.domain.inputs import Question

FORM = "application-form"
SITES = 40
CONSULTANCIES = 8
"""Empty rows of the sheets Sites and Consultancy."""
CHOICES = 8
"""Answers of a question that its drop-down can offer; a longer list is named in words alone."""
APPLICANT = (
    "name",
    "trading_name",
    "legal_form",
    "registration",
    "address",
    "postcode",
    "city",
    "country",
    "website",
    "representative",
    "representative_title",
    "email",
    "phone",
)
"""The lines about the organization, by their fields in `Client`."""


def fields(showing: Showing) -> Mapping[str, Any]:
    """The form for the scheme's standard; `showing.extra["questions"]` holds the `Question`s of the scheme.

    Where the scheme does not ask for the sector itself and the standard has supplements, one line asks for it.
    """
    standard, client = showing.standard, showing.dossier.client
    titles = {each.code: each.title for each in standard.supplements} if standard else {}
    asked: Sequence[Question] = showing.extra.get("questions", ())
    return {
        **standing(showing, "Application form", number(showing)),
        "scheme": {
            "code": standard.code if standard else "",
            "title": standard.title if standard else "",
            "criteria": standard.criteria if standard else "",
        },
        "applicant": {
            **{key: getattr(client, key) if client else "" for key in APPLICANT},
            "certification_body": ("yes" if client.certification_body else "no") if client else "",
        },
        "application": {"language": showing.extra.get("language", "English")},
        "questions": [
            *(_question(each, f"input.{each.name}", titles) for each in asked),
            *_sector(titles, asked),
        ],
        "sites": list(_sites(showing.dossier.sites.values())),
        "consultancies": [""] * CONSULTANCIES,
    }


def number(showing: Showing) -> str:
    """The code of the scheme's standard: the form is the same for every applicant."""
    return showing.standard.code if showing.standard else ""


def properties(showing: Showing) -> Mapping[str, str]:
    """What the file carries unseen."""
    return {"certbody form": FORM, "certbody standard": number(showing)}


def _question(asked: Question, key: str, titles: Mapping[str, str]) -> dict[str, Any]:
    """One line of the form; `titles` says in words which sector a code stands for."""
    choices = [choice for choice in asked.choices if choice] or (["yes", "no"] if asked.kind is bool else [])
    offered = choices if len(choices) <= CHOICES else []
    meant = {int: "A whole number.", Decimal: "A number."}.get(asked.kind, "")
    if choices:
        words = titles if asked.name == "sector" else {}
        meant = f"One of: {', '.join(f'{each} ({words[each]})' if each in words else each for each in choices)}."
    if default := _said(asked.default):
        meant = f"{meant} Empty means {default}.".strip()
    return {
        "key": key,
        "asked": asked.help,
        "meant": meant,
        "count": len(offered),
        **{f"choice_{place}": _at(offered, place) for place in range(1, CHOICES + 1)},
    }


def _sector(titles: Mapping[str, str], asked: Iterable[Question]) -> Iterable[dict[str, Any]]:
    if titles and not any(each.name == "sector" for each in asked):
        help = "Sector, for further questions in the checklist."
        question = Question(name="sector", kind=str, default="", help=help, choices=tuple(titles))
        yield _question(question, "application.sector", titles)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _at(words: list[str], place: int) -> str:
    return words[place - 1] if place <= len(words) else ""


def _sites(known: Iterable[Site]) -> Iterable[dict[str, Any]]:
    """The sites on record, then rows S1, S2, … for further ones."""
    there = list(known)
    for site in there:
        yield {
            **attrs.asdict(site),
            "type": str(site.type),
            "central": "yes" if site.central else "no",
        }
    taken = {site.id for site in there}
    free = (name for count in range(1, SITES + len(there) + 1) if (name := f"S{count}") not in taken)
    for _, name in zip(range(SITES), free, strict=False):
        yield {**dict.fromkeys((field.name for field in attrs.fields(Site)), ""), "id": name}


APPLICATION_FORM = Deliverable(
    kind=FORM,
    title="Application form",
    template="application-form.xlsx",
    fields=fields,
    number=number,
    properties=properties,
)

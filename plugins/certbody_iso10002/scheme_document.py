"""The scheme document S-10002: numbered requirements, what they have grown from, and how the body certifies by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from certbody import BadData, Deliverable, Showing, Standard, common
from certbody.domain.body import PublishedScheme
from certbody.domain.standard import Clause, Requirement
from certbody.domain.wording import fill


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template of the scheme document may name: the words of scheme.toml and the standard's requirements.

    Issue and date are those of the newest scheme that the body had published by the document's day.
    """
    standard, data = _given(showing)
    published = _published(showing, standard)
    said = {
        "body": showing.body.profile.name if showing.body.profile else "",
        "client": "[name of the client]",
        "criteria": data["document"]["number"],
        "issue": str(published.issue) if published else "not yet published",
        "issued": str(published.published_on) if published else "a date to come",
    }
    document = {key: fill(text, said) for key, text in data["document"].items()}
    title = document.pop("title")
    sections = [
        {"title": fill(each["title"], said), "paragraphs": [fill(text, said) for text in each["paragraphs"]]}
        for each in data["sections"]
    ]
    return {
        **common(showing, title, number(showing)),
        "scheme": {
            **document,
            "issue": published.issue if published else None,
            "issued": published.published_on if published else None,
            "place": published.place if published else "",
            "standard": standard.title,
            "standard_name": standard.name,
        },
        "terms": _filled(data["terms"], said),
        "grades": _filled(data["grades"], said),
        "basis": sections[0],
        "sections": sections[1:],
        "chapters": [_chapter(standard, heading) for heading in _headings(standard)],
        "requirement_count": len(standard.requirements),
        "item_count": len(standard.items),
        "supplements": [{"title": each.title, "count": len(each.items)} for each in standard.supplements],
        "unverified": list(standard.unverified),
    }


def number(showing: Showing) -> str:
    """`S-10002 issue 1`; without an issue while the body has not published it."""
    standard, data = _given(showing)
    published = _published(showing, standard)
    return f"{data['document']['number']} issue {published.issue}" if published else str(data["document"]["number"])


def _given(showing: Showing) -> tuple[Standard, Mapping[str, Any]]:
    if showing.standard is None or "scheme" not in showing.data:
        raise BadData("The scheme document needs the standard and its scheme.toml.", next="name the standard iso10002")
    return showing.standard, showing.data["scheme"]


def _published(showing: Showing, standard: Standard) -> PublishedScheme | None:
    named = showing.body.published_schemes.get(showing.about)
    return named or showing.body.scheme_for(standard.code, showing.on)


def _filled(rows: Iterable[Mapping[str, str]], said: Mapping[str, str]) -> list[dict[str, str]]:
    return [{key: fill(text, said) for key, text in row.items()} for row in rows]


def _headings(standard: Standard) -> list[Clause]:
    """The clauses that hold others, such as 7, each a chapter of the requirements."""
    return [clause for clause in standard.clauses if "." not in clause.number]


def _chapter(standard: Standard, heading: Clause) -> dict[str, Any]:
    below = [each for each in standard.clauses if each.number.startswith(f"{heading.number}.")]
    groups = [
        {
            "number": clause.number,
            "title": clause.title,
            "requirements": [
                _row(standard, each) for each in standard.requirements if each.clauses[:1] == (clause.number,)
            ],
        }
        for clause in below
    ]
    return {
        "number": heading.number,
        "title": heading.title,
        "groups": [group for group in groups if group["requirements"]],
    }


def _row(standard: Standard, requirement: Requirement) -> dict[str, str]:
    """A requirement; its items with a new line for each sector, two a line: ids in a narrow column break at hyphens."""
    asked = [", ".join(item.id for item in standard.items if requirement.number in item.requirements)]
    for extra in standard.supplements:
        own = [item.id for item in extra.items if requirement.number in item.requirements]
        asked += [", ".join(own[at : at + 2]) for at in range(0, len(own), 2)]
    return {
        "number": requirement.number,
        "title": requirement.title,
        "text": requirement.text,
        "clauses": ", ".join(requirement.clauses),
        "items": "\n".join(asked),
    }


DELIVERABLE = Deliverable(
    kind="scheme",
    title="Scheme document",
    template="scheme.docx",
    fields=fields,
    number=number,
    folder=files(__package__) / "templates",
)

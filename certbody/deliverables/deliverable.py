"""A deliverable: what a document shows (a pure projection of the record) and the template that it fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import attrs

from certbody.deliverables.terms import Terms
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.standard import Standard
from certbody.domain.translation import Translation
from certbody.domain.wording import Wording

if TYPE_CHECKING:
    from certbody.deliverables.pictures import Picture


@attrs.frozen(kw_only=True)
class Recorded:
    """How a fact came on record: whose act it is, who entered it, by which door, and when it was recorded.

    With the day on which it happened, a field of the fact itself, these are four facts and never one.

    Attributes:
        by, entered_by: ids of persons, the same where somebody entered an own act.
        how: one of the doors of `domain.act.Door`; at: with time zone.
    """

    by: str
    entered_by: str
    how: str
    at: datetime


def _nothing_known(table: str, key: str) -> Recorded | None:
    return None


@attrs.frozen(kw_only=True)
class Showing:
    """What a projection may look at.

    Attributes:
        about: id of the record that the document shows; empty where it shows the dossier or the body.
        on: the document's date. head: the journal's head before this document, as printed.
        draft: whether it must say DRAFT.
        template: number and revision of the template, as printed: `T-07 r1`.
        standard, wording: of the scheme it is about; None where it is about none.
        terms: the words of the languages it is made in, English first; none where its template alone speaks.
        translation: the scheme's sentences in the second language; None where there is none.
        data: further data of the scheme, by file name (`scheme` for scheme.toml).
        file: gives the bytes of a kept file by its SHA-256, for pictures.
        recorded: tells of a record, by table and id, how it came on record; None where the journal is not at hand.
        extra: what a command adds that is not on record, such as an empty form's language.
    """

    dossier: Dossier
    body: Body
    about: str = ""
    on: date
    head: str = ""
    draft: bool = True
    template: str = ""
    standard: Standard | None = None
    wording: Wording | None = None
    terms: tuple[Terms, ...] = ()
    translation: Translation | None = None
    data: Mapping[str, Any] = attrs.field(factory=dict)
    file: Callable[[str], bytes] | None = None
    recorded: Callable[[str, str], Recorded | None] = _nothing_known
    extra: Mapping[str, Any] = attrs.field(factory=dict)


Fields = Callable[[Showing], Mapping[str, Any]]


def _no_pictures(showing: Showing) -> Mapping[str, Picture]:
    return {}


def _no_properties(showing: Showing) -> Mapping[str, str]:
    return {}


@attrs.frozen(kw_only=True)
class Deliverable:
    """One kind of document.

    Attributes:
        kind: the word that its file names begin with: `audit-report`.
        title: how people call it.
        template: its file in templates/, or in `folder` where a plugin brings its own.
        fields: everything that the template may name, and nothing else; plain data only.
        number: what the document is called, printed and in its file name.
        properties: what the file carries unseen, so that a form that comes back is known again.
    """

    kind: str
    title: str
    template: str
    fields: Fields
    number: Callable[[Showing], str]
    pictures: Callable[[Showing], Mapping[str, Picture]] = _no_pictures
    properties: Callable[[Showing], Mapping[str, str]] = _no_properties
    folder: Traversable | None = None

    @property
    def word(self) -> bool:
        """Whether it is a Word document; otherwise it is a workbook."""
        return self.template.endswith(".docx")


def common(showing: Showing, title: str, number: str) -> dict[str, Any]:
    """The fields that every document has: `document`, `body` and `client`.

    `body.logo` is the alternative text of the picture `logo`, which is there for every document; empty without one.
    """
    profile, client = showing.body.profile, showing.dossier.client
    return {
        "document": {
            "title": title,
            "number": number,
            "date": showing.on,
            "template": showing.template,
            "head": showing.head,
            "draft": "DRAFT" if showing.draft else "",
        },
        "body": {
            "name": profile.name if profile else "",
            "legal_form": profile.legal_form if profile else "",
            "registration": profile.registration if profile else "",
            "address": _line(profile.address, profile.postcode, profile.city, profile.country) if profile else "",
            "email": profile.email if profile else "",
            "phone": profile.phone if profile else "",
            "website": profile.website if profile else "",
            "logo": f"Logo of {profile.name}" if profile and profile.logo else "",
        },
        "client": {
            "number": client.id if client else "",
            "name": client.name if client else "",
            "legal_form": client.legal_form if client else "",
            "registration": client.registration if client else "",
            "address": _line(client.address, client.postcode, client.city, client.country) if client else "",
            "representative": client.representative if client else "",
            "representative_title": client.representative_title if client else "",
            "email": client.email if client else "",
            "phone": client.phone if client else "",
        },
    }


def _line(street: str, postcode: str, city: str, country: str) -> str:
    town = f"{postcode} {city}".strip()
    return ", ".join(part for part in (street, town, country) if part)

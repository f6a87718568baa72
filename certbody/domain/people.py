"""Persons who act for the body: who they are, what they may do, and what ties them to a client."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from certbody.domain import text


class Function(StrEnum):
    """What competence is granted for (ISO/IEC 17021-1:2015, 7.1.2 and Annex A)."""

    APPLICATION_REVIEW = "application review"
    AUDITING = "auditing"
    LEADING = "leading"
    TECHNICAL_EXPERTISE = "technical expertise"
    REVIEW = "review"
    DECISION = "decision"


class Tie(StrEnum):
    """How a person is bound to the body (ISO/IEC 17021-1:2015, 7.3, 9.5.1.2)."""

    EMPLOYED = "employed"
    CONTRACTED = "contracted"
    COMMITTEE = "committee"


class InterestKind(StrEnum):
    """What may make a person partial (ISO/IEC 17021-1:2015, 5.2.6, 5.2.10, 5.2.13)."""

    CONSULTANCY = "consultancy"
    EMPLOYMENT = "employment"
    INTERNAL_AUDIT = "internal audit"
    OWNERSHIP = "ownership"
    FAMILY = "family"
    OTHER = "other"


@attrs.frozen(kw_only=True)
class Person:
    """A person known to the body. `initials` stand in the numbers of what the person records on site."""

    id: str = text.number()
    name: str = text.name()
    initials: str = text.number()
    email: str = text.name(default="")
    phone: str = text.name(default="")
    title: str = text.name(default="")
    left_on: date | None = None


@attrs.frozen(kw_only=True)
class Engagement:
    """The standing agreement with a person: confidentiality, impartiality, duty to disclose (5.2.13, 8.4)."""

    id: str = text.number()
    person: str = text.number()
    tie: Tie = Tie.CONTRACTED
    signed_on: date
    ends_on: date | None = attrs.field(default=None, metadata={"planned": True})
    document: str = text.name(default="")

    def holds(self, on: date) -> bool:
        """Whether the agreement is in force on a day."""
        return self.signed_on <= on and (self.ends_on is None or on <= self.ends_on)


@attrs.frozen(kw_only=True)
class Competence:
    """Competence for one function under one standard, granted on evidence (7.1.2, 7.1.3)."""

    id: str = text.number()
    person: str = text.number()
    standard: str = text.number()
    function: Function
    technical_area: str = text.name(default="")
    granted_on: date
    granted_by: str = text.number(default="")
    evidence: str = text.prose(default="")
    valid_until: date | None = attrs.field(default=None, metadata={"planned": True})

    def holds(self, on: date) -> bool:
        """Whether the competence is valid on a day."""
        return self.granted_on <= on and (self.valid_until is None or on <= self.valid_until)


@attrs.frozen(kw_only=True)
class Interest:
    """A past or present tie between a person and a client. `ended_on` is empty while it lasts.

    `client` is the client's number where it has one; a person may disclose a tie before there is a dossier.
    """

    id: str = text.number()
    person: str = text.number()
    client: str = text.number(default="")
    organisation: str = text.name(default="")
    kind: InterestKind
    began_on: date | None = None
    ended_on: date | None = None
    disclosed_on: date
    source: str = text.prose(default="")

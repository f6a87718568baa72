"""What changes at a certified client, as notified, and what the body makes of it (ISO/IEC 17021-1:2015, 8.5.3)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text

if TYPE_CHECKING:
    from certbody.domain.dossier import Dossier


class Change(StrEnum):
    """What has changed, or is asked for."""

    NAME = "name, address or legal form"
    OWNERSHIP = "ownership or legal status"
    MANAGEMENT = "organization or management"
    SYSTEM = "major change of the system or its processes"
    WIDER = "wider scope or a further site"
    NARROWER = "narrower scope or a site less"
    PAUSE = "suspension asked for"
    END = "withdrawal asked for"
    ERROR = "error in the certificate"
    FORM = "another language or form of the certificate"
    OTHER = "something else"


class Action(StrEnum):
    """What the body does about it."""

    NONE = "nothing"
    REISSUE = "reissue of the certificate"
    AUDIT = "audit, then decision"
    DECISION = "decision without an audit"


@attrs.frozen(kw_only=True)
class ChangeNotice:
    """A change that the client told, or that the body noticed.

    Attributes:
        number: for people, `CH-2027-001`. certificate: the number of the certificate it bears on.
        by: who told it, at the client or in the body.
        sites: ids of the sites it is about; a further one is on record as a site of the client before.
        letter: SHA-256 of the client's letter, kept as evidence; empty where there is none.
    """

    id: str = text.number()
    number: str = text.number()
    application: str = text.number()
    certificate: str = text.number(default="")
    received_on: date
    by: str = text.name()
    kind: Change
    what: str = text.prose(required=True)
    sites: tuple[str, ...] = ()
    letter: str = text.number(default="")


@attrs.frozen(kw_only=True)
class ChangeReview:
    """What the body makes of a change, by a named person, with the reason."""

    id: str = text.number()
    notice: str = text.number()
    reviewed_on: date
    by: str = text.number()
    action: Action
    reason: str = text.prose(required=True)


def review_of(notice: ChangeNotice, dossier: Dossier, on: date) -> ChangeReview | None:
    """The newest review of a change by a day; None where nobody has looked at it."""
    found = [each for each in dossier.change_reviews.values() if each.notice == notice.id and each.reviewed_on <= on]
    return max(found, key=lambda each: (each.reviewed_on, each.id), default=None)


def asked_for(application: str, kinds: frozenset[Change], dossier: Dossier, on: date) -> list[ChangeNotice]:
    """The notices of some kinds that had come for an application by a day, oldest first."""
    found = [
        each
        for each in dossier.change_notices.values()
        if each.application == application and each.kind in kinds and each.received_on <= on
    ]
    return sorted(found, key=lambda each: (each.received_on, each.id))

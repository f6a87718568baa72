"""The client and its sites."""

from __future__ import annotations

from enum import StrEnum

import attrs

from certbody.domain import text


class SiteType(StrEnum):
    """Kinds of site (IAF MD 1): a virtual site counts as one."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    VIRTUAL = "virtual"


@attrs.frozen(kw_only=True)
class Client:
    """The organisation that applies, is audited, and is certified; `id` is its number."""

    id: str = text.number()
    name: str = text.name()
    trading_name: str = text.name(default="")
    legal_form: str = text.name(default="")
    registration: str = text.name(default="")
    address: str = text.name()
    postcode: str = text.name(default="")
    city: str = text.name()
    country: str = text.name()
    website: str = text.name(default="")
    representative: str = text.name()
    representative_title: str = text.name(default="")
    email: str = text.name(default="")
    phone: str = text.name(default="")
    certification_body: bool = False


@attrs.frozen(kw_only=True)
class Site:
    """A place, real or virtual, where the client works. `id` is short, as it stands in checklist rows.

    `personnel` is the effective number: everybody in scope, part-timers by their hours (IAF MD 5, 2.3).
    """

    id: str = text.number()
    name: str = text.name()
    address: str = text.name()
    postcode: str = text.name(default="")
    city: str = text.name()
    country: str = text.name()
    type: SiteType = SiteType.PERMANENT
    central: bool = False
    personnel: int = attrs.field(validator=attrs.validators.ge(0))
    activities: str = text.prose(default="")
    shifts: str = text.name(default="")

    @property
    def where(self) -> str:
        """Address in one line, as on a certificate."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.address, town, self.country) if part)

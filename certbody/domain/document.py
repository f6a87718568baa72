"""Documents that left the house: kept by their hash, with the template and the journal head they show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.objection import Said, rule

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


@attrs.frozen(kw_only=True)
class IssuedDocument:
    """A document as issued.

    Attributes:
        kind: `audit-report`, `certificate` and so on; `number` is printed on it.
        about: id of the record that it shows.
        template: number and revision of the template.
        head: the journal's head before this act, as printed.
        sha256, name: the file in the evidence store, and what it is called.
    """

    id: str = text.number()
    kind: str = text.name()
    number: str = text.name(default="")
    about: str = text.number(default="")
    template: str = text.name(default="")
    head: str = text.name(default="")
    sha256: str = text.number()
    name: str = text.name()
    issued_on: date


@attrs.frozen(kw_only=True)
class Settlement:
    """How a person settled an objection that a late fact had opened against an earlier act.

    `table` and `record` name the act's record, `rule` the rule, `objection` what it said: another objection, even
    of the same rule, is not settled with it. Nothing is taken off the record.
    """

    id: str = text.number()
    table: str = text.name()
    record: str = text.number()
    rule: int
    objection: str = text.prose(required=True)
    settled_on: date
    by: str = text.number()
    how: str = text.prose(required=True)


@rule(37, "B", "ISO/IEC 17021-1:2015, 5.2.3, 9.9", of="settlements")
def nobody_settles_an_own_matter(settlement: Settlement, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An objection is settled by a person whose act it is not about, and the act is on record (5.2.3, 9.9)."""
    table = getattr(dossier, settlement.table, {}) if settlement.table in dossier.TABLES else {}
    record = table.get(settlement.record)
    if record is None:
        yield (
            f"There is no {settlement.record} in {settlement.table} to settle an objection about.",
            "name the table and the record of the objection",
        )
        return
    own = {getattr(record, name, "") for name in ("by", "person", "led_by")} | set(getattr(record, "deciders", ()))
    if settlement.by in own:
        yield (
            f"The objection is about an act of {body.name(settlement.by)}, who cannot settle it.",
            "have it settled by somebody who is not involved",
        )

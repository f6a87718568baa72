"""Documents that left the house: kept by their hash, with the template and the journal head they show."""

from __future__ import annotations

from datetime import date

import attrs

from certbody.domain import text


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

    `table` and `record` name the act's record, `rule` the rule; nothing is taken off the record by it.
    """

    id: str = text.number()
    table: str = text.name()
    record: str = text.number()
    rule: int
    settled_on: date
    by: str = text.number()
    how: str = text.prose(required=True)

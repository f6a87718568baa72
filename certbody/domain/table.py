"""A table of audit time as data: days by effective personnel, with its source and edition."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs

from certbody.domain import text


class Undetermined(ValueError):
    """The method gives no number here; the sentence says why and what a person does instead."""


@attrs.frozen(kw_only=True)
class Column:
    """One column of a table: `code` for programs, `title` for people, `note` on how far it was checked."""

    code: str = text.name()
    title: str = text.name()
    note: str = text.prose(default="")
    verified: bool = False


@attrs.frozen(kw_only=True)
class Row:
    """The days for up to `most` persons, from the row before on; one entry a column."""

    most: int = attrs.field(validator=attrs.validators.ge(1))
    days: tuple[Decimal, ...]


@attrs.frozen(kw_only=True)
class Table:
    """Days for the initial audit (stage 1 and stage 2) by effective personnel, as an edition prints them.

    Attributes:
        name, edition: as cited, such as `IAF MD 5` and `2023`.
        source: where the numbers were read.
        verified: whether somebody compared them with the published text; shown wherever the table is cited.
    """

    name: str = text.name()
    edition: str = text.name()
    source: str = text.prose(required=True)
    verified: bool = False
    note: str = text.prose(default="")
    columns: tuple[Column, ...] = attrs.field(validator=attrs.validators.min_len(1))
    rows: tuple[Row, ...] = attrs.field(validator=attrs.validators.min_len(1))

    @property
    def top(self) -> int:
        """The most persons for which the table has a number."""
        return self.rows[-1].most

    def cite(self, column: str) -> str:
        """How a record cites it: name, edition, column, and whether the numbers were checked."""
        checked = self.verified or any(each.code == column and each.verified for each in self.columns)
        mark = "" if checked else ", not verified against the published text"
        return f"{self.name}:{self.edition}, {column}{mark}"

    def days(self, column: str, personnel: int) -> Decimal:
        """Auditor days for a number of persons.

        Raises:
            Undetermined: nobody, an unknown column, or more persons than the last row holds. Beyond it the
                document says to follow the progression: that is a person's judgement, put on record with a reason.
        """
        codes = [each.code for each in self.columns]
        if column not in codes:
            raise Undetermined(f"{self.name} has no column {column!r}; it has {', '.join(codes)}.")
        if personnel < 1:
            raise Undetermined(f"Audit time needs at least 1 person in scope, not {personnel}.")
        for row in self.rows:
            if personnel <= row.most:
                return row.days[codes.index(column)]
        raise Undetermined(
            f"{self.name} has no number above {self.top:,} persons ({personnel:,} given): "
            "follow the progression by hand and put the days on record with the reason."
        )


def faults(table: Table) -> Iterator[str]:
    """What is inconsistent inside a table, each with its place; nothing where it is sound."""
    if len({each.code for each in table.columns}) < len(table.columns):
        yield "columns: a code stands twice"
    for index, row in enumerate(table.rows):
        if len(row.days) != len(table.columns):
            yield f"rows[{index}].days: {len(row.days)} numbers for {len(table.columns)} columns"
        elif any(each <= 0 for each in row.days):
            yield f"rows[{index}].days: days are more than nothing"
        if index and row.most <= table.rows[index - 1].most:
            yield f"rows[{index}].most: {row.most} is not above {table.rows[index - 1].most}"
        elif index and any(now < before for now, before in zip(row.days, table.rows[index - 1].days, strict=False)):
            yield f"rows[{index}].days: more people never take less time"

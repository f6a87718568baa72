"""Where rows go when rows of a template are repeated, and what becomes of the formulas that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

_CELL = re.compile(r"(\$?[A-Za-z]{1,3})(\$?)([1-9]\d{0,6})")
_ROW = re.compile(r"(\$?)([1-9]\d{0,6})")


@attrs.frozen(kw_only=True)
class Block:
    """Rows `top` to `bottom` of a template sheet, repeated for each element of the list at `path`.

    An empty list leaves one copy, with empty cells, so that what sums over the rows goes on to work.
    """

    path: str
    top: int
    bottom: int
    elements: Sequence[object]

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1

    @property
    def copies(self) -> int:
        return max(1, len(self.elements))


@attrs.frozen(kw_only=True)
class Rows:
    """Where the rows of one sheet go."""

    blocks: tuple[Block, ...] = ()

    def block(self, row: int) -> Block | None:
        """The block in which a row of the template lies."""
        return next((each for each in self.blocks if each.top <= row <= each.bottom), None)

    def first(self, row: int) -> int:
        """Where a row goes; a repeated one: where its first copy goes."""
        return row + sum((each.copies - 1) * each.height for each in self.blocks if each.bottom < row)

    def last(self, row: int) -> int:
        """Where the last copy of a row goes."""
        block = self.block(row)
        return self.first(row) + ((block.copies - 1) * block.height if block else 0)

    def all(self, row: int) -> list[int]:
        """Where every copy of a row goes."""
        block = self.block(row)
        if block is None:
            return [self.first(row)]
        return [self.first(row) + copy * block.height for copy in range(block.copies)]

    def areas(self, top: int, bottom: int) -> list[tuple[int, int]]:
        """Where an area of rows goes: one that holds repeated rows grows, one inside a block of several is repeated."""
        block = self.block(top)
        if block and block.height > 1 and bottom <= block.bottom and (top, bottom) != (block.top, block.bottom):
            return [(row, row + bottom - top) for row in self.all(top)]
        return [(self.first(top), self.last(bottom))]


def moved(formula: str, sheet: str, rows: Mapping[str, Rows], *, inside: Block | None = None, copy: int = 0) -> str:
    """A formula of `sheet` after the rows of the template's sheets were repeated.

    Everywhere, a range that holds repeated rows grows: ``SUM(E8:E8)`` becomes ``SUM(E8:E20)``. In a repeated
    row (`inside` its block, in copy number `copy`) it is as if the first copy were filled down: rows without ``$``
    move with the copy, rows with ``$`` stay, and a range with ``$`` at both ends covers all copies.
    """
    from openpyxl.formula.tokenizer import Token, Tokenizer

    step = copy * inside.height if inside else 0
    tokens = Tokenizer(formula).items
    if not tokens or tokens[0].type == Token.LITERAL:
        return formula
    done = []
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            done.append(_reference(token.value, sheet, rows, inside, step))
        else:
            done.append(token.value)
    return "=" + "".join(done)


def _reference(text: str, sheet: str, rows: Mapping[str, Rows], inside: Block | None, step: int) -> str:
    prefix, mark, reference = text.rpartition("!")
    named = prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix
    where = rows.get(named or sheet, Rows())
    ends = reference.split(":")
    if len(ends) > 2:
        return text
    ranged = len(ends) == 2
    fixed = all((found := _parts(end)) and found[1] for end in ends)
    grows = ranged and (inside is None or fixed)
    done = []
    for end, is_last in zip(ends, (False, True), strict=False):
        found = _parts(end)
        if found is None:  # a name, a column, a column of a table
            return text
        column, dollar, row = found
        target = where.last(row) if grows and is_last else where.first(row)
        if inside is not None and not dollar:
            # Filled down: also from row to row of the same copy, as Excel does.
            target += step
        done.append(f"{column}{dollar}{target}")
    return prefix + mark + ":".join(done)


def _parts(end: str) -> tuple[str, str, int] | None:
    """Column (empty in a reference to whole rows), ``$`` or nothing, and row."""
    if found := _CELL.fullmatch(end):
        return found[1], found[2], int(found[3])
    if found := _ROW.fullmatch(end):
        return "", found[1], int(found[2])
    return None

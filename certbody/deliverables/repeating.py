"""Repeats the rows of a template sheet for the elements of a list, and moves everything that lies below them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

import attrs

from certbody.deliverables.cells import address
from certbody.deliverables.references import Block, Rows, moved
from certbody.errors import BadData


@attrs.frozen(kw_only=True)
class Copy:
    """Which copy of which block a row of the filled sheet is."""

    block: Block
    number: int


def repeat(sheet: Any, rows: Mapping[str, Rows], file: str) -> dict[int, Copy]:
    """Spread the sheet's rows as `rows` says for each sheet; tells which of its rows are copies.

    Styles, heights, merged cells, validations, conditional formats, formulas, print area, filter, tables,
    breaks, pictures and charts go along.

    Raises:
        BadData: a merged area lies partly inside repeated rows.
    """
    mine = rows[sheet.title]
    made = {
        row: Copy(block=block, number=number)
        for block in mine.blocks
        for template_row in range(block.top, block.bottom + 1)
        for number, row in enumerate(mine.all(template_row))
    }
    if any(rows[title].blocks for title in rows):
        _formulas_of_rules(sheet, rows)
    if mine.blocks:
        _merged(sheet, mine, file)
        _heights(sheet, mine)
        _areas(sheet, mine)
        _anchors(sheet, mine)
    _cells(sheet, rows)
    return made


def _cells(sheet: Any, rows: Mapping[str, Rows]) -> None:
    from openpyxl.cell import Cell, MergedCell

    mine = rows[sheet.title]
    moves = any(each.blocks for each in rows.values())
    if not moves:
        return
    spread: dict[tuple[int, int], Any] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        block = mine.block(row)
        source = cell._value if cell.data_type == "f" else None
        for number, target in enumerate(mine.all(row)):
            made: Any = cell
            if number == 0:
                made.row = target
            elif isinstance(cell, MergedCell):
                made = MergedCell(sheet, target, column)
                made._style = copy(cell._style)  # type: ignore[attr-defined]
            else:
                made = Cell(sheet, target, column, style_array=cell._style)
                made._value, made.data_type = cell._value, cell.data_type
                if cell._comment is not None:
                    made.comment = copy(cell._comment)
                if cell._hyperlink is not None:
                    made._hyperlink = copy(cell._hyperlink)
            if source is not None:
                made._value = _formula(source, sheet.title, rows, block, number)
            if getattr(made, "_hyperlink", None) is not None:
                made._hyperlink.ref = made.coordinate
            spread[target, column] = made
    sheet._cells = spread


def _formula(value: Any, title: str, rows: Mapping[str, Rows], block: Block | None, number: int) -> Any:
    from openpyxl.worksheet.formula import ArrayFormula

    if block is not None and not block.elements:
        return None  # in the one row of an empty list there is nothing to calculate
    if isinstance(value, str):
        return moved(value, title, rows, inside=block, copy=number)
    if isinstance(value, ArrayFormula):
        ref = moved("=" + value.ref, title, rows, inside=block, copy=number)[1:]
        return ArrayFormula(ref, moved(value.text or "=", title, rows, inside=block, copy=number))
    return value


def _merged(sheet: Any, rows: Rows, file: str) -> None:
    from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

    done = []
    for area in sheet.merged_cells.ranges:
        for each in rows.blocks:
            apart = area.max_row < each.top or each.bottom < area.min_row
            within = each.top <= area.min_row and area.max_row <= each.bottom
            around = area.min_row < each.top and each.bottom <= area.max_row
            if not (apart or within or around):
                raise BadData(
                    f"{address(file, sheet.title, area.coord)} is a merged area that lies partly in repeated rows."
                )
        block = rows.block(area.min_row)
        height = area.max_row - area.min_row
        tops = rows.all(area.min_row)
        ends = [top + height for top in tops] if block else [rows.last(area.max_row)]
        for top, end in zip(tops, ends, strict=True):
            done.append(CellRange(min_col=area.min_col, max_col=area.max_col, min_row=top, max_row=end))
    sheet.merged_cells = MultiCellRange(done)


def _heights(sheet: Any, rows: Rows) -> None:
    from openpyxl.worksheet.dimensions import RowDimension

    before = list(sheet.row_dimensions.items())
    sheet.row_dimensions.clear()
    for row, old in before:
        for target in rows.all(row):
            new: Any = RowDimension(
                sheet,
                index=target,
                ht=old.ht,
                hidden=old.hidden,
                outlineLevel=old.outlineLevel,
                collapsed=old.collapsed,
                thickBot=old.thickBot,
                thickTop=old.thickTop,
            )
            new._style = copy(old._style)
            sheet.row_dimensions[target] = new


def _formulas_of_rules(sheet: Any, rows: Mapping[str, Rows]) -> None:
    """Validations and conditional formats: the areas they are for, and the formulas they hold."""
    from openpyxl.formatting.formatting import ConditionalFormatting, ConditionalFormattingList

    mine = rows[sheet.title]

    def formula(text: str | None, area: Any) -> str | None:
        if not text:
            return text
        block = mine.block(min(each.min_row for each in area.ranges))
        return moved("=" + text, sheet.title, rows, inside=block)[1:]

    for validation in sheet.data_validations.dataValidation:
        if validation.sqref:
            validation.formula1 = formula(validation.formula1, validation.sqref)
            validation.formula2 = formula(validation.formula2, validation.sqref)
            validation.sqref = _spread(validation.sqref, mine)
    formats = ConditionalFormattingList()
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            rule.formula = [formula(text, each.sqref) or "" for text in rule.formula]
            target = ConditionalFormatting(_spread(each.sqref, mine), pivot=each.pivot)
            formats.add(target, rule)
    sheet.conditional_formatting = formats


def _spread(areas: Any, rows: Rows) -> Any:
    from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

    done = [
        CellRange(min_col=each.min_col, max_col=each.max_col, min_row=top, max_row=end)
        for each in areas.ranges
        for top, end in rows.areas(each.min_row, each.max_row)
    ]
    return MultiCellRange(done)


def _areas(sheet: Any, rows: Rows) -> None:
    """Print area, print titles, filter, tables, page breaks."""

    def area(reference: str) -> str:
        return moved("=" + reference, "", {"": rows})[1:]

    if sheet._print_area.ranges:
        sheet.print_area = [area(each.coord) for each in sheet._print_area.sorted()]
    if sheet.print_title_rows:
        sheet.print_title_rows = area(sheet.print_title_rows.replace("$", ""))
    for filtered in (sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values())):
        if filtered is not None and filtered.ref:
            filtered.ref = area(filtered.ref)
            if filtered.sortState is not None:
                filtered.sortState.ref = area(filtered.sortState.ref)
    for table in sheet.tables.values():
        table.ref = area(table.ref)
        if table.sortState is not None:
            table.sortState.ref = area(table.sortState.ref)
    for mark in sheet.row_breaks.brk:
        mark.id = rows.last(mark.id)


def _anchors(sheet: Any, rows: Rows) -> None:
    """Pictures and charts below repeated rows move down."""
    for drawn in [*sheet._images, *sheet._charts]:
        for marker in (getattr(drawn.anchor, "_from", None), getattr(drawn.anchor, "to", None)):
            if marker is not None:
                marker.row = rows.first(marker.row + 1) - 1


def charts_moved(sheet: Any, rows: Mapping[str, Rows]) -> None:
    """Let the charts of a sheet show the repeated rows, and their titles stay with their cells."""
    for chart in sheet._charts:
        for series in chart.series:
            for name in ("tx", "val", "cat", "xVal", "yVal"):
                source = getattr(series, name, None)
                for reference in (getattr(source, "numRef", None), getattr(source, "strRef", None)):
                    if reference is not None and reference.f:
                        reference.f = _charted(reference.f, sheet.title, rows, is_title=name == "tx")


def _charted(reference: str, title: str, rows: Mapping[str, Rows], *, is_title: bool) -> str:
    """A chart over one row names a single cell, which is a range of one."""
    cell = reference.rpartition("!")[2]
    ranged = reference if is_title or ":" in cell else f"{reference}:{cell}"
    return moved("=" + ranged, title, rows)[1:]

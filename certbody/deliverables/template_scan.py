"""Refuses an Excel template with something that openpyxl would drop without a word when the workbook is written."""

from __future__ import annotations

import zipfile
from io import BytesIO

from certbody.deliverables.scan import walk
from certbody.errors import BadData

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing "
_DROPPED = {
    _SHEET + "legacyDrawingHF": "a picture in a header or footer; put it into a cell",
    _SHEET + "picture": "a background picture; remove it",
    _SHEET + "oleObjects": "an embedded object; remove it",
    _SHEET + "controls": "a form control; use a drop-down list instead",
    _SHEET + "protectedRange": "ranges with passwords of their own; unlock the cells instead",
    _SHEET + "customSheetView": "custom views; remove them",
    _SHEET + "dataConsolidate": "a consolidation; remove it",
    _DRAWING + "sp": "a shape or text box; write into a cell instead",
    _DRAWING + "grpSp": "grouped shapes; remove them",
    _DRAWING + "cxnSp": "a connector; remove it",
}
_EXTENSIONS = {
    "{78C0D931-6437-407D-A8EE-F0AAD7539E65}": "a conditional format that refers to another sheet; use a defined name",
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}": "a drop-down list that refers to another sheet; use a defined name",
    "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}": "sparklines; remove them",
    "{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}": "slicers; remove them",
    "{3A4CF648-6AED-40F4-86FF-DC5316D8AED3}": "slicers; remove them",
    "{7E03D99C-DC04-49D9-9315-930204A7B6E9}": "a timeline; remove it",
}


def check_kept(template: bytes, name: str) -> None:
    """Pass a template whose every part comes through.

    Raises:
        BadData: names the part, and what to use instead.
    """
    with zipfile.ZipFile(BytesIO(template)) as archive:
        for part in archive.namelist():
            if not (part.startswith(("xl/worksheets/sheet", "xl/drawings/drawing")) and part.endswith(".xml")):
                continue
            place = f"{name}, part {part}"

            def start(element: str, attributes: dict[str, str], place: str = place) -> None:
                what = _DROPPED.get(element)
                if element == _SHEET + "ext":
                    what = _EXTENSIONS.get(attributes.get("uri", "").upper())
                if what:
                    raise BadData(f"{place} has {what}.")

            with archive.open(part) as stream:
                walk(stream, place, start=start)

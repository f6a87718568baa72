"""Fills Word templates: every value printed is found again in the document, or the document is not made."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from certbody.deliverables.child import LimitedChild, answer_each
from certbody.deliverables.fields import plain, printable
from certbody.deliverables.media_scan import admit_template
from certbody.deliverables.package import wall_clock
from certbody.deliverables.pictures import Picture
from certbody.deliverables.readable import lost
from certbody.errors import BadData

_OWN_NAMES = ("pictures", "loop")


def fill_document(
    template: bytes,
    fields: Mapping[str, Any],
    *,
    at: datetime,
    pictures: Mapping[str, Picture] | None = None,
    properties: Mapping[str, str] | None = None,
    name: str = "template.docx",
) -> bytes:
    """The Word document that a template and its fields make; the same input gives the same bytes.

    In the template, ``{{ audit.number }}`` prints a field, ``{%p for item in items %}`` … ``{%p endfor %}`` repeats
    paragraphs, ``{%tr … %}`` rows, ``{%p if … %}`` chooses, ``{{ pictures.qr }}`` places a picture. There is nothing
    else: no calls, no attributes of objects, and the filters length, join, upper, lower, first, last.

    Args:
        fields: plain data as in `fields.plain`; dates and decimals are printed by `fields.printed`.
        at: the moment, with time zone, that the document names as its making.
        pictures: by name.
        properties: title, subject, creator, keywords, description, category; any other name becomes a
            custom property of the document.
        name: the template's name, for messages.

    Raises:
        BadData: the template asks for a field that is not there, or for more than a template may; a field is no
            plain data or holds text that no document can hold; a value was lost on the way.
    """
    return Filling(template, name).fill(fields, at=at, pictures=pictures, properties=properties)


class Filling:
    """One template, opened and compiled once, for any number of documents; see `fill_document`."""

    def __init__(self, template: bytes, name: str = "template.docx") -> None:
        from certbody.deliverables.rendering import Rendering

        self.name = name
        self._rendering = Rendering(template, name)

    def fill(
        self,
        fields: Mapping[str, Any],
        *,
        at: datetime,
        pictures: Mapping[str, Picture] | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> bytes:
        """A document; the same bytes that `fill_document` makes."""
        given = printable(plain(fields))
        for own in _OWN_NAMES:
            if own in given:
                raise BadData(f"{self.name}: a field cannot be named {own!r}.")
        self._rendering.fill(given, pictures or {})
        self._rendering.set_properties(properties or {}, wall_clock(at))
        made = self._rendering.saved()
        for value in lost(made, self._rendering.printed):
            said = f"lost in the document: {value[:80]!r}; does its tag stand inside ordinary text?"
            raise BadData(f"{self.name}: {said}")
        return made

    def close(self) -> None:
        """Nothing is open."""


class LimitedFilling:
    """The same for a template that a body changed: through the gate once, then in one limited child for all.

    Each document has time and memory for itself: one that never ends takes none of the others with it.
    """

    def __init__(self, template: bytes, name: str = "template.docx") -> None:
        admit_template(template, name, kind="docx")
        begin = {"template": _packed(template), "name": name}
        self._child = LimitedChild(
            "certbody.deliverables.word", json.dumps(begin).encode("ascii"), file=name, does="be filled"
        )

    def fill(
        self,
        fields: Mapping[str, Any],
        *,
        at: datetime,
        pictures: Mapping[str, Picture] | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> bytes:
        """A document; the same bytes that `fill_document` makes."""
        request = {
            "fields": printable(plain(fields)),
            "pictures": {key: _picture_out(picture) for key, picture in (pictures or {}).items()},
            "properties": dict(properties or {}),
            "at": at.astimezone(UTC).isoformat(),
        }
        return base64.b64decode(self._child.ask(json.dumps(request).encode("ascii"))["document"])

    def close(self) -> None:
        """End the child."""
        self._child.close()


def placeholders(template: bytes, name: str = "template.docx") -> set[str]:
    """The paths of all fields that a template asks for: ``audit.number``, ``items[].ask``, ``pictures.qr``."""
    from certbody.deliverables.rendering import Rendering

    return Rendering(template, name).asked()


def fill_untrusted(
    template: bytes,
    fields: Mapping[str, Any],
    *,
    at: datetime,
    pictures: Mapping[str, Picture] | None = None,
    properties: Mapping[str, str] | None = None,
    name: str = "template.docx",
) -> bytes:
    """The same as `fill_document` for a template that a body changed: through the gate, in a limited child process."""
    with closing(LimitedFilling(template, name)) as filling:
        return filling.fill(fields, at=at, pictures=pictures, properties=properties)


def main() -> None:
    """The program of the child process: open the template of the first line, fill it for each line after it."""
    answer_each(_begun)


def _begun(given: bytes) -> Callable[[bytes], dict[str, Any]]:
    said = json.loads(given)
    filling = Filling(base64.b64decode(said["template"]), said["name"])

    def fill(request: bytes) -> dict[str, Any]:
        said = json.loads(request)
        made = filling.fill(
            said["fields"],
            at=datetime.fromisoformat(said["at"]),
            pictures={key: _picture_in(picture) for key, picture in said["pictures"].items()},
            properties=said["properties"],
        )
        return {"document": _packed(made)}

    return fill


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _picture_out(picture: Picture) -> dict[str, str]:
    height = "" if picture.height_mm is None else str(picture.height_mm)
    return {"data": _packed(picture.data), "width": str(picture.width_mm), "height": height, "alt": picture.alt}


def _picture_in(said: dict[str, str]) -> Picture:
    height = Decimal(said["height"]) if said["height"] else None
    data = base64.b64decode(said["data"])
    return Picture(data=data, width_mm=Decimal(said["width"]), alt=said["alt"], height_mm=height)

"""The press: templates as the office uses them, each opened once for any number of documents."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from certbody import resources
from certbody.deliverables.deliverable import Deliverable
from certbody.deliverables.dressing import dressed
from certbody.errors import BadData
from certbody.office.looks import look_of
from certbody.office.office import Office

if TYPE_CHECKING:
    from certbody.deliverables.pictures import Picture
    from certbody.deliverables.word import Filling, LimitedFilling

T = TypeVar("T")

COPIES = "copied.toml"
"""Beside the office's own templates: from which shipped revision each was copied."""


@attrs.frozen(kw_only=True)
class Template:
    """A template as the office uses it.

    Attributes:
        data: what is filled: the office's own file, or the shipped one in the body's look.
        own: whether the body has changed it; then it is filled in a limited process.
        label: number and revision as printed: `T-04 r1`, `T-04 r1 (own)`.
    """

    data: bytes = attrs.field(repr=False)
    own: bool
    label: str


@attrs.frozen(kw_only=True)
class Copied:
    """What is known of a template that was copied from a shipped one.

    Attributes:
        number, revision: of the shipped one.
        shipped, copy: SHA-256 of the shipped file, and of the copy in the body's look.
    """

    number: str
    revision: int
    shipped: str
    copy: str


def template_of(office: Office, found: Deliverable) -> Template:
    """The template of a document: the office's own where it changed one, else the shipped one in its look.

    A copy that nobody has changed counts as the shipped one while that is of the same revision.

    Raises:
        BadData: the office's own file cannot be read.
    """
    shipped, (number, revision) = shipped_template(found), template_number(found)
    data = own_template(office, found)
    if data is None or data == shipped:
        return Template(data=dressed(shipped, look_of(office)), own=False, label=f"{number} r{revision}")
    copied = copies(office.folder).get(found.template)
    if copied and copied.copy == digest(data) and copied.shipped == digest(shipped):
        return Template(data=dressed(shipped, look_of(office)), own=False, label=f"{number} r{revision}")
    base = f"{copied.number} r{copied.revision}" if copied else f"{number} r{revision}"
    return Template(data=data, own=True, label=f"{base} (own)")


def own_template(office: Office, found: Deliverable) -> bytes | None:
    """The bytes of the office's own file of that template; None where there is none."""
    path = office.folder / "templates" / found.template
    if not path.is_file():
        return None
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise BadData(f"templates/{found.template} of the office cannot be read: {trouble.strerror}.") from None


def shipped_template(found: Deliverable) -> bytes:
    """The bytes of the template that certbody, or the plugin that brings the document, ships."""
    if found.folder is not None:
        return bytes((found.folder / found.template).read_bytes())
    return resources.template(found.template)


def template_number(found: Deliverable) -> tuple[str, int]:
    """Number and revision of a shipped template, from the file templates.toml that lies beside it."""
    beside: Traversable = (found.folder or resources.place("templates")) / "templates.toml"
    numbers = beside.read_bytes() if beside.is_file() else b""
    said = tomllib.loads(numbers.decode("utf-8")).get(found.template.rsplit(".", 1)[0])
    return (said["number"], said["revision"]) if said else (f"P-{found.kind}", 1)


def copies(folder: Path) -> dict[str, Copied]:
    """What is known of the templates that an office has copied, by file name.

    Raises:
        BadData: somebody has changed the file in which that stands so that it cannot be read.
    """
    path = folder / "templates" / COPIES
    if not path.is_file():
        return {}
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Copied(**facts) for name, facts in said.items()}
    except (OSError, ValueError, TypeError):
        raise BadData(
            f"templates/{COPIES} of the office cannot be read: it is not as certbody wrote it.",
            next="remove it; certbody template list then no longer tells from which revision a template was copied",
        ) from None


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


class Press:
    """Fills any number of documents; each template is opened and compiled once.

    A template that the body changed has one limited process for all its documents, each with time and memory for
    itself. Use it as a context manager, or close it.
    """

    def __init__(self) -> None:
        self._open: dict[tuple[str, str, bool], Filling | LimitedFilling] = {}
        self._once: dict[tuple[str, ...], Any] = {}

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End what is open."""
        for filling in self._open.values():
            filling.close()
        self._open.clear()

    def once(self, key: tuple[str, ...], work: Callable[[], T]) -> T:
        """What `work` gives, done once for all documents of this press; `key` names it."""
        if key not in self._once:
            self._once[key] = work()
        return cast(T, self._once[key])

    def template(self, office: Office, found: Deliverable) -> Template:
        """The template of a document; see `template_of`."""
        return self.once(("template", found.kind, found.template), lambda: template_of(office, found))

    def filled(
        self,
        found: Deliverable,
        template: Template,
        fields: Mapping[str, Any],
        *,
        pictures: Mapping[str, Picture],
        properties: Mapping[str, str],
        at: datetime,
    ) -> bytes:
        """The document; a workbook's template is opened anew for each."""
        if not found.word:
            from certbody.deliverables import excel

            fill_book = excel.fill_untrusted if template.own else excel.fill_workbook
            return fill_book(template.data, fields, properties=properties, at=at, name=found.template)
        from certbody.deliverables.word import Filling, LimitedFilling

        key = (found.template, digest(template.data), template.own)
        if key not in self._open:
            self._open[key] = (LimitedFilling if template.own else Filling)(template.data, found.template)
        return self._open[key].fill(fields, pictures=pictures, properties=properties, at=at)

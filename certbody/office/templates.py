"""Templates that a body makes its own: which there are, copies to work on, and the check of what became of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

import attrs

from certbody.deliverables.catalogue import DELIVERABLES
from certbody.deliverables.checked import Fault, sentence, unused
from certbody.deliverables.checking import check
from certbody.deliverables.deliverable import Deliverable
from certbody.deliverables.dressing import dressed
from certbody.deliverables.offered import offered
from certbody.errors import BadData, NotFound
from certbody.office.looks import look_of
from certbody.office.office import Office
from certbody.office.press import COPIES, Copied, copies, digest, own_template, shipped_template, template_number

FOLDER = "templates"
_OFFICE_FILES = (".docx", ".xlsx", ".docm", ".xlsm", ".dotx", ".xltx", ".dotm", ".xltm", ".doc", ".xls", ".odt", ".ods")


@attrs.frozen(kw_only=True)
class Listed:
    """A document and where its template comes from.

    Attributes:
        kind, title, file: of the document; number, revision: of the template as it ships.
        own: whether the office has a file of its own; changed: whether that is another than what ships.
        made_from: the revision from which the office's file was copied; 0 where that is not known.
        revised: whether the shipped template has been revised since.
    """

    kind: str
    title: str
    file: str
    number: str
    revision: int
    own: bool = False
    changed: bool = False
    made_from: int = 0
    revised: bool = False

    @property
    def state(self) -> str:
        """In words."""
        if not self.own:
            return "as shipped"
        said = "own, changed" if self.changed else "own, not changed"
        if self.made_from:
            said += f"; made from r{self.made_from}"
        return said + ("; the shipped one has been revised since" if self.revised else "")


@attrs.frozen(kw_only=True)
class Told:
    """What the check of a template came to.

    Attributes:
        file: as people name it; found: the document.
        faults: each with its line for people; left_out: fields that the shipped template prints and this one does not.
        trial: the trial document; empty where there are faults.
    """

    file: str
    found: Deliverable
    faults: tuple[tuple[Fault, str], ...] = ()
    left_out: tuple[str, ...] = ()
    trial: bytes = attrs.field(default=b"", repr=False)


def documents(office: Office) -> tuple[Deliverable, ...]:
    """Every document that has a template: the core's, and those that plugins bring."""
    return (*DELIVERABLES, *office.registry.deliverables)


def document(office: Office, kind: str) -> Deliverable:
    """The document of a kind.

    Raises:
        NotFound: there is none; names the nearest.
    """
    known = {each.kind: each for each in documents(office)}
    if kind in known:
        return known[kind]
    near = get_close_matches(kind, known, 1)
    raise NotFound(
        f"There is no document of kind {kind!r}." + (f" Did you mean {near[0]!r}?" if near else ""),
        next="certbody template list",
    )


def listed(office: Office) -> list[Listed]:
    """Every document with the state of its template, in the order of the process."""
    known = copies(office.folder)
    return [_listed(office, each, known.get(each.template)) for each in documents(office)]


def _listed(office: Office, found: Deliverable, copied: Copied | None) -> Listed:
    number, revision = template_number(found)
    base = Listed(kind=found.kind, title=found.title, file=found.template, number=number, revision=revision)
    data = own_template(office, found)
    if data is None:
        return base
    shipped = shipped_template(found)
    return attrs.evolve(
        base,
        own=True,
        changed=data != shipped and not (copied and copied.copy == digest(data)),
        made_from=copied.revision if copied else 0,
        revised=copied is not None and copied.shipped != digest(shipped),
    )


def copy_template(office: Office, kind: str, *, force: bool = False) -> Path:
    """Copy a shipped template, in the body's look, into the office, to be changed there; where it lies.

    Args:
        force: replace the office's own file even if somebody has changed it.

    Raises:
        BadData: the office has changed its own, or the disk does not take it.
    """
    found = document(office, kind)
    state = _listed(office, found, copies(office.folder).get(found.template))
    path = office.folder / FOLDER / found.template
    if state.changed and not force:
        raise BadData(
            f"{FOLDER}/{found.template} is the office's own, and changed: it is not replaced.",
            next=f"keep it under another name, then: certbody template copy {kind} --force",
        )
    shipped, (number, revision) = shipped_template(found), template_number(found)
    data = dressed(shipped, look_of(office))
    copied = Copied(number=number, revision=revision, shipped=digest(shipped), copy=digest(data))
    try:
        path.parent.mkdir(exist_ok=True)
        _written(path, data)
        _written(path.parent / COPIES, _as_toml(copies(office.folder) | {found.template: copied}))
    except OSError as trouble:
        raise BadData(f"{path} is not written: {trouble.strerror}.", next="look at the folder and its rights") from None
    return path


def _written(path: Path, data: bytes) -> None:
    """The whole file, or the one that was there before."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)


def _as_toml(known: dict[str, Copied]) -> bytes:
    lines = ["# Written by certbody: from which shipped revision each template was copied."]
    for name, copied in sorted(known.items()):
        lines += [f"[{json.dumps(name)}]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in attrs.asdict(copied).items()]
    return "\n".join([*lines, ""]).encode("utf-8")


def check_own(office: Office) -> list[Told]:
    """Check every template in the office's folder; a file there that no document uses is a fault, too."""
    folder = office.folder / FOLDER
    by_file = {each.template: each for each in reversed(documents(office))}
    told = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() not in _OFFICE_FILES or path.name.startswith((".", "~$")):
            continue
        if path.name in by_file:
            told.append(check_file(office, by_file[path.name], path.read_bytes(), f"{FOLDER}/{path.name}"))
        else:
            told.append(_stranger(path, by_file.values()))
    return told


def _stranger(path: Path, known: Iterable[Deliverable]) -> Told:
    by_file = {each.template: each for each in known}
    near = get_close_matches(path.name, by_file, 1, 0.7)
    said = "no document uses a template of this name" + (f"; did you mean {near[0]}?" if near else "")
    found = by_file[near[0]] if near else next(iter(by_file.values()))
    fault = Fault(place="", said=said)
    return Told(file=f"{FOLDER}/{path.name}", found=found, faults=((fault, f"{FOLDER}/{path.name}: {said}"),))


def check_kind(office: Office, kind: str) -> Told:
    """Check the template of a document: the office's own, or the shipped one where there is none."""
    found = document(office, kind)
    data = own_template(office, found)
    if data is not None:
        return check_file(office, found, data, f"{FOLDER}/{found.template}")
    return check_file(office, found, dressed(shipped_template(found), look_of(office)), found.template)


def check_path(office: Office, path: Path, kind: str = "") -> Told:
    """Check a file, wherever it lies, as the template of the document whose name it bears, or of `kind`.

    Raises:
        NotFound: no document has a template of that name, and none was named.
    """
    if kind:
        found: Deliverable | None = document(office, kind)
    else:
        stems = {each.template.rsplit(".", 1)[0]: each for each in reversed(documents(office))}
        found = stems.get(path.stem)
    if found is None:
        raise NotFound(
            f"{path.name} does not bear the name of a template, so that nobody knows what it is for.",
            next=f"certbody template check {path.name} --for KIND; the kinds are those of certbody template list",
        )
    return check_file(office, found, path.read_bytes(), path.name)


def check_file(office: Office, found: Deliverable, data: bytes, name: str) -> Told:
    """Check the bytes of a template of a document; `name` is how people know the file."""
    offer = offered(shipped_template(found), found.template)
    checked = check(data, name, offer, word=found.word)
    elsewhere = _elsewhere(office, found) if any(each.unknown for each in checked.faults) else {}
    return Told(
        file=name,
        found=found,
        faults=tuple((each, _line(name, each.place, sentence(each, offer, elsewhere))) for each in checked.faults),
        left_out=tuple(unused(checked.asked, offer)) if checked.asked else (),
        trial=checked.trial,
    )


def _line(name: str, place: str, said: str) -> str:
    return f"{name}, {said}" if place else f"{name}: {said}"


def _elsewhere(office: Office, found: Deliverable) -> dict[str, list[str]]:
    """The fields of all other documents, each with the titles of those that have it."""
    fields: dict[str, list[str]] = {}
    for each, known in _known(office):
        for path in known:
            titles = fields.setdefault(path, [])
            if each.template != found.template and each.title.lower() not in titles:
                titles.append(each.title.lower())
    return {path: titles for path, titles in fields.items() if titles}


def _known(office: Office) -> Iterator[tuple[Deliverable, set[str]]]:
    for each in documents(office):
        yield each, offered(shipped_template(each), each.template).known()

"""Finds standards/ and templates/, in a wheel or a checkout, and reads a standard's data with every fault at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from certbody.domain import self_assessment as self_assessments
from certbody.domain import sheet as sheets
from certbody.domain import standard as standards
from certbody.domain import table as tables
from certbody.domain import wording as wordings
from certbody.domain.quotation import Fees
from certbody.domain.self_assessment import SelfAssessment
from certbody.domain.sheet import Sheet
from certbody.domain.standard import ChecklistItem, Nature, Requirement, Standard, Supplement
from certbody.domain.table import Table
from certbody.domain.wording import Wording
from certbody.errors import BadData, NotFound
from certbody.records import dates_as_text, load

T = TypeVar("T")

MOST_BYTES = 4 * 1024 * 1024
"""Largest data file that is read; the largest shipped one has a few hundred kilobytes."""


def place(kind: str) -> Traversable:
    """The folder `standards` or `templates`: inside the package in a wheel, beside it in a checkout."""
    package = files("certbody")
    inside = package / kind
    return inside if inside.is_dir() else Path(str(package)).parent / kind


def shipped(code: str) -> Traversable:
    """The folder of a standard that ships with certbody, for the `standard` of a `Scheme`; read when asked for."""
    return _inside("standards", code)


def template(name: str) -> bytes:
    """The bytes of a shipped template.

    Raises:
        NotFound: there is none of that name.
    """
    file = _inside("templates", name)
    if not file.is_file():
        raise NotFound(f"There is no template {name}.", next="see the folder templates/ for those there are")
    return file.read_bytes()


def standard(folder: Traversable) -> Standard:
    """The standard that a folder describes, read once and validated whole.

    Raises:
        BadData: with every fault in every file, each as `standards/iso10002/checklist.toml: … @ $.items[3].ask`.
    """
    return _cached(folder, _read_standard)


def fees(folder: Traversable) -> Fees:
    """The shipped fees of a standard (fees.toml)."""
    return _cached(folder, _read_fees)


def wording(folder: Traversable) -> Wording:
    """The shipped wording of a standard (wording.toml), checked for claims where the standard is guidance."""
    return _cached(folder, _read_wording)


def sheet(folder: Traversable, of: Traversable | None = None) -> Sheet:
    """What the information sheet says of a standard (sheet.toml), checked as the wording is; none there: an empty one.

    Args:
        of: the standard's folder, where the file is a body's own and lies in another.
    """
    if not (folder / "sheet.toml").is_file():
        return Sheet()
    where, about = _where(folder, "sheet.toml"), standard(of or folder)
    found = _file(folder / "sheet.toml", where, Sheet)
    _refuse(where, [f"{where}: {fault}" for fault in sheets.faults(found, about, names(about))])
    return found


def self_assessment(folder: Traversable) -> SelfAssessment:
    """The readiness self-assessment of a standard (self-assessment.toml), a file that a scheme may have or not.

    Raises:
        NotFound: the scheme has none.
        BadData: with every fault in it.
    """
    if not (folder / "self-assessment.toml").is_file():
        about = standard(folder)
        raise NotFound(
            f"The scheme {about.code} has no self-assessment: there is no {_where(folder, 'self-assessment.toml')}.",
            next=f"certbody standard show {about.code} lists the questions of its audits; "
            f"certbody application form {about.code}",
        )
    return _cached(folder, _read_self_assessment)


def table(name: str | Traversable) -> Table:
    """A table of audit time: by name one that is shared by several standards (`md5`), or a plugin's own file.

    Raises:
        NotFound: there is none of that name.
        BadData: with every fault in it.
    """
    if isinstance(name, str):
        file = _inside("standards", f"{name}.toml")
        if not file.is_file():
            raise NotFound(f"There is no table {name}.", next="shared tables are the files standards/*.toml")
        return _cached(file, _read_table)
    return _cached(name, _read_table)


def names(of: Standard) -> tuple[str, ...]:
    """The names under which guidance is not to be claimed; none where a standard can be conformed to."""
    return (of.title, of.name) if of.nature is Nature.GUIDANCE else ()


@attrs.frozen(kw_only=True)
class _Checklist:
    items: tuple[ChecklistItem, ...] = ()


@attrs.frozen(kw_only=True)
class _Requirements:
    requirements: tuple[Requirement, ...] = ()


def _inside(kind: str, name: str) -> Traversable:
    """A file or folder directly inside `standards` or `templates`: a name, never a path."""
    if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
        raise NotFound(f"{name!r} is no name of a file in {kind}/.")
    return place(kind) / name


def _where(folder: Traversable, *below: str) -> str:
    """How a file is named to people: `standards/iso10002/checklist.toml`; a plugin's by its folder alone."""
    parts = [*getattr(folder, "parts", (folder.name,))][-2:]
    return "/".join([*parts, *below])


_READ: dict[tuple[str, object], Any] = {}


def _cached(source: Traversable, read: Callable[[Traversable], T]) -> T:
    """What was read from a file or folder, once a process; read anew when a file in it was changed.

    Faults are not kept, so a corrected file is seen at once.
    """
    key = (f"{read.__name__}:{source}", _stamp(source))
    if key not in _READ:
        _READ[key] = read(source)
    return cast(T, _READ[key])


def _stamp(source: Traversable) -> object:
    """What changes when a file changes; a package in an archive never does."""
    if not isinstance(source, Path):
        return None
    below = [source, *sorted(source.rglob("*.toml"))] if source.is_dir() else [source]
    states = [each.stat() for each in below if each.exists()]
    return tuple((state.st_mtime_ns, state.st_size) for state in states)


def _read_fees(folder: Traversable) -> Fees:
    return _file(folder / "fees.toml", _where(folder, "fees.toml"), Fees)


def _read_wording(folder: Traversable) -> Wording:
    where = _where(folder, "wording.toml")
    found = _file(folder / "wording.toml", where, Wording)
    _refuse(where, [f"{where}: {fault}" for fault in wordings.faults(found, names(standard(folder)))])
    return found


def _read_self_assessment(folder: Traversable) -> SelfAssessment:
    where, about = _where(folder, "self-assessment.toml"), standard(folder)
    found = _file(folder / "self-assessment.toml", where, SelfAssessment)
    _refuse(where, [f"{where}: {fault}" for fault in self_assessments.faults(found, about, names(about))])
    return found


def _read_table(file: Traversable) -> Table:
    where = _where(file)
    found = _file(file, where, Table)
    _refuse(where, [f"{where}: {fault}" for fault in tables.faults(found)])
    return found


def _read_standard(folder: Traversable) -> Standard:
    where = _where(folder)
    if not folder.is_dir():
        raise BadData(f"The standard {where} cannot be used.", [f"{where}: there is no such folder"])
    faults: list[str] = []
    head = _try(faults, folder / "standard.toml", _where(folder, "standard.toml"), Standard)
    asked = head is None or head.nature in (Nature.GUIDANCE, Nature.MANAGEMENT_SYSTEM)
    checklist = _try(faults, folder / "checklist.toml", _where(folder, "checklist.toml"), _Checklist, needed=asked)
    own = _try(faults, folder / "requirements.toml", _where(folder, "requirements.toml"), _Requirements, needed=False)
    extras = [
        _try(faults, file, _where(folder, "supplements", file.name), Supplement)
        for file in _below(folder / "supplements")
    ]
    if head and (strange := [name for name in ("items", "requirements", "supplements") if getattr(head, name)]):
        faults.append(f"{_where(folder, 'standard.toml')}: {', '.join(strange)} belong in files of their own")
    _refuse(where, faults)
    assert head is not None
    whole = attrs.evolve(
        head,
        items=checklist.items if checklist else (),
        requirements=own.requirements if own else (),
        supplements=tuple(each for each in extras if each),
    )
    _refuse(where, [f"{_where(folder, _home(fault))}: {fault}" for fault in standards.faults(whole)])
    return whole


def _home(fault: str) -> str:
    """The file in which a fault between files is most likely mended."""
    homes = {
        "item": "checklist.toml",
        "requirement": "requirements.toml",
        "guidance": "requirements.toml",
        "supplement": "supplements",
    }
    return next((file for start, file in homes.items() if fault.startswith(start)), "standard.toml")


def _below(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)


def _try(faults: list[str], file: Traversable, where: str, kind: type[T], *, needed: bool = True) -> T | None:
    """A file's value; None where it has faults, which are added, or where it is missing and not needed."""
    if not needed and not file.is_file():
        return None
    try:
        return _file(file, where, kind)
    except BadData as problem:
        faults.extend(problem.particulars)
        return None


def _refuse(where: str, faults: Sequence[str]) -> None:
    if faults:
        raise BadData(f"The data in {where} cannot be used.", faults, next="correct the file and try again")


def _file(file: Traversable, where: str, kind: type[T]) -> T:
    """The value that a TOML file describes."""
    try:
        return load(dates_as_text(_parse(file, where)), kind, where=where)
    except BadData as problem:
        raise BadData(problem.headline, [_placed(each) for each in problem.particulars]) from problem


def _placed(fault: str) -> str:
    """A fault as `checklist.toml: required field missing @ items[3].ask`: the place says the rest."""
    return re.sub(r"required field missing: \w+ @", "required field missing @", fault.replace(" @ $.", " @ "))


def _parse(file: Traversable, where: str) -> dict[str, Any]:
    """The TOML of a file.

    Raises:
        BadData: it is missing, no text, too large, or no TOML (with line and column).
    """
    try:
        raw = file.read_bytes()
        if len(raw) <= MOST_BYTES:
            return tomllib.loads(raw.decode("utf-8"))
        fault = f"larger than {MOST_BYTES:,} bytes"
    except OSError as problem:
        fault = "there is no such file" if isinstance(problem, FileNotFoundError) else str(problem.strerror or problem)
    except UnicodeDecodeError as problem:
        fault = f"not UTF-8 text (byte {problem.start + 1})"
    except tomllib.TOMLDecodeError as problem:
        fault = f"no TOML: {problem}"
    except RecursionError:
        fault = "no TOML: nested too deeply"
    raise BadData(f"{where} cannot be used.", [f"{where}: {fault}"])

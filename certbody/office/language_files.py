"""The files of a language of the body's own: begun from the English ones, and every fault in them told."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import attrs

from certbody import resources
from certbody.deliverables.terms import is_code
from certbody.domain.translation import Translation
from certbody.domain.wording import Wording
from certbody.errors import BadData, NotFound
from certbody.office import languages
from certbody.office.office import Office

_HEAD = """\
# The sentences of the scheme {standard} in a second language: translate what stands between the quotation marks, and
# keep the names in braces. The file of terms says what fills {{sites}} (sites_stated) and {{scope}} (scope_stated),
# each with its preposition where the language needs one. Where the standard is guidance, nothing
# claims conformity to it.

"""


@attrs.frozen(kw_only=True)
class Language:
    """A language that documents can be made in beside English.

    Attributes:
        code, name: such as `de` and `Deutsch`; no name where the file cannot be read.
        own: whether the office has terms of its own.
        schemes: codes of the schemes whose sentences are there in this language.
        faults: what is wrong in its files, each with file and key.
    """

    code: str
    name: str = ""
    own: bool = False
    schemes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def listed(office: Office) -> list[Language]:
    """Every language with its state; English, which every document speaks, among them."""
    return [_looked_at(office, code) for code in languages.known(office)]


def begin(office: Office, code: str, standards: Sequence[str] = ()) -> list[Path]:
    """Write the files of a language into the office, to be translated: of one that ships its own words, else English.

    Of English itself, the terms alone: its schemes' sentences stand in wording.toml.

    Args:
        standards: codes of the schemes whose sentences are wanted. Terms are written with them where there are none
            yet; without any scheme, the terms alone.

    Raises:
        BadData: the code is none, or a file is there already; nothing is written then.
        NotFound: there is no such scheme.
    """
    if not is_code(code) or (code == languages.ENGLISH and standards):
        raise BadData(f"{code[:20]!r} is no code of a second language.", next="give it as BCP 47 has it: it, pl, pt-BR")
    needed = not standards or code not in languages.known(office)
    wanted = {office.folder / "templates" / "terms" / f"{code}.toml": _terms(code)} if needed else {}
    for standard in standards:
        path = office.folder / "standards" / standard / f"wording.{code}.toml"
        wanted[path] = _sentences(office, standard, code)
    there = [path for path in wanted if path.exists()]
    if there:
        raise BadData(
            "Nothing is written: the office has these files already.",
            [str(path) for path in there],
            next="change them, and then: certbody language check",
        )
    for path, text in wanted.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as trouble:
            raise BadData(
                f"{path} is not written: {trouble.strerror}.", next="make room, or ask for the right"
            ) from None
    return list(wanted)


def _looked_at(office: Office, code: str) -> Language:
    faults: list[str] = []
    schemes = []
    name = ""
    try:
        name = languages.spoken(office, code)[-1].name
    except BadData as trouble:
        faults += trouble.particulars
    for standard in office.registry.schemes if code != languages.ENGLISH else ():
        try:
            languages.translation(office, standard, code)
        except NotFound:
            continue
        except BadData as trouble:
            faults += trouble.particulars
        schemes.append(standard)
        if name and not faults:
            try:
                languages.spoken(office, code, standard)
            except BadData as trouble:
                faults += trouble.particulars
    own = (office.folder / "templates" / "terms" / f"{code}.toml").is_file()
    return Language(code=code, name=name, own=own, schemes=tuple(schemes), faults=tuple(dict.fromkeys(faults)))


def _terms(code: str) -> str:
    """What ships for a language; else the English terms under its code, without the name, which only a person knows."""
    folder = resources.place("templates") / "terms"
    file = folder / f"{code}.toml"
    if file.is_file():
        return file.read_text(encoding="utf-8")
    said = (folder / f"{languages.ENGLISH}.toml").read_text(encoding="utf-8")
    said = re.sub(r'^language = ".*"$', f'language = "{code}"', said, count=1, flags=re.MULTILINE)
    return re.sub(r'^name = ".*"$', 'name = ""  # what the language calls itself', said, count=1, flags=re.MULTILINE)


def _sentences(office: Office, standard: str, code: str) -> str:
    folder = office.scheme(standard).standard
    file = folder / f"wording.{code}.toml"
    if file.is_file():
        return file.read_text(encoding="utf-8")
    wording = resources.wording(folder)
    lines = [f"{field.name} = {_toml(wording, field.name)}" for field in attrs.fields(Translation)]
    return _HEAD.format(standard=standard) + "\n".join(lines) + "\n"


def _toml(wording: Wording, field: str) -> str:
    """A sentence, or the titles, as TOML writes them; a JSON string is one of TOML."""
    value = getattr(wording, field)
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)

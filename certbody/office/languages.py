"""The languages that documents are made in: English, and one more by a file of terms, the office's own or shipped."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import TypeGuard

from certbody import resources
from certbody.deliverables import terms
from certbody.deliverables.terms import Terms
from certbody.domain import translation as translations
from certbody.domain.translation import Translation
from certbody.errors import BadData, NotFound
from certbody.office.office import Office
from certbody.records import load

ENGLISH = "en"


def is_second(language: str | None) -> TypeGuard[str]:
    """Whether a document is in a second language beside English."""
    return language not in (None, "", ENGLISH)


def spoken(office: Office, language: str, standard: str = "") -> tuple[Terms, ...]:
    """The terms of a document in English and one more language, English first; of English alone, those.

    Args:
        standard: code of the standard that the document is about; terms claim no conformity to guidance.

    Raises:
        NotFound: there is no file of terms in that language.
        BadData: a file of terms cannot be used.
    """
    names = resources.names(office.standard(standard)) if standard else ()
    found = []
    for code in (ENGLISH, language) if is_second(language) else (ENGLISH,):
        said, where = _terms(office, code)
        if names:
            terms.refuse_claims(said, where, names)
        found.append(said)
    return tuple(found)


def translation(office: Office, standard: str, language: str) -> Translation:
    """What a scheme says in a second language: the office's own standards/CODE/wording.de.toml, else the shipped one.

    Raises:
        NotFound: the scheme says nothing in that language.
        BadData: the file cannot be used.
    """
    folder = office.scheme(standard).standard
    own, name = office.folder / "standards" / standard, f"wording.{language}.toml"
    file: Traversable = own / name if (own / name).is_file() else folder / name
    if not terms.is_code(language) or not file.is_file():
        raise NotFound(
            f"The scheme {standard} has no wording in {language!r}.",
            next=f"certbody language new {language} --standard {standard} writes standards/{standard}/{name} into the "
            "office, to be translated; or say --language en",
        )
    return read_translation(file, f"standards/{standard}/{name}", folder)


def read_translation(file: Traversable, where: str, folder: Traversable) -> Translation:
    """A file of a scheme's sentences in a second language, held to the wording in the scheme's folder.

    Raises:
        BadData: with every fault at once.
    """
    found = load(terms.parsed(_read(file, where), where), Translation, where=where)
    about = resources.standard(folder)
    if faults := list(translations.faults(found, resources.wording(folder), resources.names(about))):
        raise BadData(
            f"The data in {where} cannot be used.",
            [f"{where}: {fault}" for fault in faults],
            next="write each sentence of wording.toml, with the same names in braces",
        )
    return found


def known(office: Office) -> list[str]:
    """The codes of the languages that have a file of terms, the office's own among them."""
    places = (office.folder / "templates" / "terms", resources.place("templates") / "terms")
    files = [file.name for place in places if place.is_dir() for file in place.iterdir()]
    codes = {name.removesuffix(".toml") for name in files if name.endswith(".toml")}
    return sorted(code for code in codes if terms.is_code(code))


def _terms(office: Office, code: str) -> tuple[Terms, str]:
    own = office.folder / "templates" / "terms" / f"{code}.toml"
    shipped = resources.place("templates") / "terms"
    file: Traversable = own
    if not terms.is_code(code) or not (own.is_file() or (file := shipped / f"{code}.toml").is_file()):
        raise NotFound(
            f"There is no language {code[:20]!r} to make documents in.",
            [f"there are: {', '.join(known(office))}"],
            next=f"certbody language new {code if terms.is_code(code) else 'CODE'} writes the files of another one, to "
            "be translated",
        )
    where = f"templates/terms/{code}.toml"
    english = None if file.name == f"{ENGLISH}.toml" and file != own else (shipped / f"{ENGLISH}.toml").read_bytes()
    return terms.read(_read(file, where), where, english), where


def _read(file: Traversable, where: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as trouble:
        raise BadData(f"{where} cannot be read.", [f"{where}: {trouble.strerror or trouble}"]) from None

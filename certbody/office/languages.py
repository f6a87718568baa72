"""The languages that documents are made in: English, and one more by a file of terms, the office's own or shipped."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from certbody import resources
from certbody.deliverables import terms
from certbody.deliverables.terms import Terms
from certbody.errors import BadData, NotFound
from certbody.office.office import Office

ENGLISH = "en"


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
    for code in (ENGLISH, language) if language not in ("", ENGLISH) else (ENGLISH,):
        said, where = _terms(office, code)
        if names:
            terms.refuse_claims(said, where, names)
        found.append(said)
    return tuple(found)


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
            f"There is no language {code!r} to make documents in.",
            [f"there are: {', '.join(known(office))}"],
            next="for another, write templates/terms/CODE.toml in the office after the pattern of en.toml "
            "(docs/office.md says how)",
        )
    where = f"templates/terms/{code}.toml"
    english = None if file.name == f"{ENGLISH}.toml" and file != own else (shipped / f"{ENGLISH}.toml").read_bytes()
    try:
        return terms.read(file.read_bytes(), where, english), where
    except OSError as trouble:
        raise BadData(f"{where} cannot be read.", [f"{where}: {trouble.strerror or trouble}"]) from None

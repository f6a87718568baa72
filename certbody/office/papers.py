"""Documents of the office: filled from the record, and kept by their hash when they are issued."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import attrs

from certbody import resources
from certbody.deliverables.deliverable import Deliverable, Recorded, Showing
from certbody.domain.document import IssuedDocument
from certbody.domain.dossier import Dossier
from certbody.errors import BadData, NotFound, Refused
from certbody.office.hand import Hand
from certbody.office.languages import is_second, spoken, translation
from certbody.office.looks import logo_of
from certbody.office.office import BODY, Office
from certbody.office.press import Press

BLOCKED_BY_OBJECTIONS = frozenset({"certificate", "certificate-two", "statement", "decision"})
"""Kinds that do not leave the house while an objection stands unsettled in the dossier."""


@attrs.frozen(kw_only=True)
class Paper:
    """A document made: its file name and content, and what is printed on it."""

    kind: str
    name: str
    number: str
    data: bytes
    template: str
    head: str
    about: str

    def written(self, folder: Path | str) -> Path:
        """Write it into a folder, under its name; where it was written.

        Raises:
            BadData: the disk does not take it. What went on record before stands.
        """
        path = Path(folder) / self.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.data)
        except OSError as trouble:
            raise BadData(
                f"{path} is not written: {trouble.strerror}. What this command put on record stands.",
                next="make room, then issue it again: the same command, or with --out to another folder",
            ) from None
        return path


def deliverable(office: Office, kind: str, standard: str = "") -> Deliverable:
    """The deliverable of a kind: the scheme's own, the core's, or one that a plugin brings.

    Raises:
        NotFound: there is none.
    """
    from certbody.deliverables.catalogue import DELIVERABLES

    own: tuple[Deliverable, ...] = office.scheme(standard).deliverables if standard else ()
    for each in (*own, *DELIVERABLES, *office.registry.deliverables):
        if each.kind == kind:
            return each
    raise NotFound(f"There is no document of kind {kind!r}.")


def make(
    office: Office,
    kind: str,
    journal: str,
    about: str = "",
    *,
    on: date,
    standard: str = "",
    draft: bool = True,
    extra: Mapping[str, Any] | None = None,
    name: str = "",
    language: str | None = None,
    press: Press | None = None,
) -> Paper:
    """Fill the document of a kind from the record as it stands.

    Args:
        journal: the client's, or the body's own for documents about no client.
        standard: code of the standard it is about, where it is about one.
        name: what its file name begins with, if not the kind.
        language: code of the language beside English whose terms it shows; `en` for those in English alone, None for
            a document that needs no terms.
        press: where many documents are made, so that each template is opened once.
    """
    found = deliverable(office, kind, standard)
    shared, press = press is not None, press or Press()
    once, template = press.once, press.template(office, found)
    tongue = language or ""
    dossier = office.dossier(journal) if journal != BODY else Dossier(journal=BODY)
    folder = office.scheme(standard).standard if standard else None
    showing = Showing(
        dossier=dossier,
        body=office.body,
        about=about,
        on=on,
        head=str(office.head(journal)),
        draft=draft,
        template=template.label,
        standard=once(("standard", standard), lambda: office.standard(standard)) if standard else None,
        wording=once(("wording", standard), lambda: resources.wording(folder)) if folder is not None else None,
        terms=once(("terms", tongue, standard), lambda: spoken(office, tongue, standard))
        if language is not None
        else (),
        translation=translation(office, standard, language) if standard and is_second(language) else None,
        data=once(("data", standard), lambda: _data(folder)) if folder is not None else {},
        file=office.store.open_file,
        recorded=lambda table, key: _recorded(office, journal, table, key),
        extra=extra or {},
    )
    called = found.number(showing)
    parts = [name or kind, _file_part(called), tongue if is_second(language) else ""]
    file = "-".join([*filter(None, parts), *(["DRAFT"] if draft and found.word else [])])
    fields = found.fields(showing)
    profile = office.body.profile
    properties = {
        "title": f"{found.title} {called}".strip(),
        "subject": dossier.client.name if dossier.client else "",
        "creator": profile.name if profile else "certbody",
        "keywords": f"{showing.template}; head {showing.head}",
        **found.properties(showing),
    }
    at = datetime.combine(on, time(12), UTC)
    pictures = {**logo_of(office), **found.pictures(showing)} if found.word else {}
    with nullcontext() if shared else press:
        data = press.filled(found, template, fields, pictures=pictures, properties=properties, at=at)
    suffix = ".docx" if found.word else ".xlsx"
    return Paper(
        kind=kind,
        name=file + suffix,
        number=called,
        data=data,
        template=showing.template,
        head=showing.head,
        about=about,
    )


def issue(
    office: Office,
    kind: str,
    journal: str,
    about: str = "",
    *,
    hand: Hand,
    on: date,
    standard: str = "",
    extra: Mapping[str, Any] | None = None,
    name: str = "",
    language: str | None = None,
    press: Press | None = None,
) -> Paper:
    """Make a document that leaves the house, keep it by its hash, and put its issue on record.

    The head it shows is the one before this act, so that its bearer can witness the journal.

    Raises:
        Refused: an objection stands unsettled in the dossier, and the document is one that it blocks.
    """
    blocked = kind.removesuffix("-two") in BLOCKED_BY_OBJECTIONS
    if blocked and journal != BODY and (standing := office.standing(journal, on)):
        count = f"{len(standing)} objection{'s stand' if len(standing) > 1 else ' stands'}"
        raise Refused(f"Not issued: {count} in {journal}.", standing)
    paper = make(
        office,
        kind,
        journal,
        about,
        on=on,
        standard=standard,
        draft=False,
        extra=extra,
        name=name,
        language=language,
        press=press,
    )
    if journal != BODY:
        document = IssuedDocument(
            id=office.make_id(),
            kind=name or kind,
            number=paper.number,
            about=about,
            template=paper.template,
            head=paper.head,
            sha256=office.keep(paper.data),
            name=paper.name,
            issued_on=on,
        )
        office.record(
            journal, f"{name or kind} issued", {"documents": [document]}, hand=hand, on=max(on, office.today())
        )
    return paper


def _recorded(office: Office, journal: str, table: str, key: str) -> Recorded | None:
    act = office.recorded(journal, table, key) if journal != BODY else None
    if act is None:
        return None
    entered = act.entered
    return Recorded(by=act.by, entered_by=entered["by"], how=entered["how"], at=datetime.fromisoformat(act.at))


def _data(folder: Any) -> dict[str, Any]:
    """Further data of a scheme that its documents may show: scheme.toml, where there is one."""
    file = folder / "scheme.toml"
    return {"scheme": tomllib.loads(file.read_text(encoding="utf-8"))} if file.is_file() else {}


def _file_part(number: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", number).strip("-")

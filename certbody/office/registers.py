"""Registers of the whole office: gathered on a day, written as workbook, CSV or JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from certbody.deliverables import certificate_register, client_register, planning_view
from certbody.deliverables.planned_days import Window
from certbody.deliverables.rows import Listing, Register, comma_separated, plain
from certbody.errors import BadData
from certbody.office.across import dossiers
from certbody.office.office import BODY, Office

FORMATS = ("xlsx", "csv", "json")


def certificates(office: Office, on: date, *, internal: bool = False) -> Register:
    """The register of certificates on a day: what anybody may ask for, or, `internal`, all that the office knows."""
    found = certificate_register.listings(dossiers(office, certificate_register.READS), on, internal=internal)
    title = certificate_register.TITLE + (", internal" if internal else "")
    audience = "internal" if internal else ""
    return _register(office, certificate_register.KIND, title, on, found, audience=audience, public=not internal)


def clients(office: Office, on: date) -> Register:
    """The register of clients on a day; internal."""
    found = client_register.listings(dossiers(office, client_register.READS), on)
    return _register(office, client_register.KIND, client_register.TITLE, on, found, public=False)


def planning(office: Office, begin: date, months: int, on: date) -> Register:
    """The audits of some months from the first of a month on: planned, by auditor, and due without being planned."""
    view = Window(begin=begin, months=months)
    found = planning_view.listings(list(dossiers(office, planning_view.READS)), office.body, view, on)
    return _register(
        office,
        planning_view.KIND,
        planning_view.TITLE,
        on,
        found,
        period=view.name,
        public=False,
        months=[f"{each:%Y-%m}" for each in view.firsts],
    )


def written(register: Register, form: str, folder: Path) -> list[Path]:
    """Write a register into a folder; the files, each whole or not there at all.

    CSV has a file for each list, named after it where there are several.

    Raises:
        BadData: the disk does not take it, or the form cannot hold it.
    """
    stem = "-".join(part for part in (register.kind, register.audience, register.period) if part)
    if form != "csv":
        return [_file(register, None, form, folder / f"{stem}.{form}")]
    several = len(register.listings) > 1
    return [
        _file(register, each, form, folder / f"{stem}{'-' + each.key if several else ''}.csv".replace("_", "-"))
        for each in register.listings
    ]


def _file(register: Register, listing: Listing | None, form: str, path: Path) -> Path:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as out:
                if form == "xlsx":
                    from certbody.deliverables.streamed import write_workbook

                    write_workbook(register, out)
                elif listing is not None:
                    out.write(b"\xef\xbb\xbf")
                    out.writelines(lines.encode("utf-8") for lines in comma_separated(listing))
                else:
                    out.write((json.dumps(plain(register), ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as trouble:
        raise BadData(
            f"{path} is not written: {trouble.strerror}.", next="make room, or name another folder with --out"
        ) from None
    return path


def _register(
    office: Office,
    kind: str,
    title: str,
    on: date,
    listings: Iterable[Listing],
    *,
    period: str = "",
    audience: str = "",
    **facts: object,
) -> Register:
    profile = office.body.profile
    return Register(
        kind=kind,
        title=title,
        period=period or on.isoformat(),
        on=on,
        body=profile.name if profile else "",
        head=str(office.head(BODY)),
        listings=tuple(listings),
        audience=audience,
        colour=profile.colour if profile else "",
        paper=profile.paper if profile else "A4",
        facts=facts,
    )

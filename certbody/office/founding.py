"""Founding an office: from a file of settings to the first act in the body's journal."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from certbody.domain import text
from certbody.domain.body import Policies, Profile, PublishedScheme
from certbody.domain.people import Competence, Engagement, Function, Person, Tie
from certbody.errors import BadData
from certbody.journal import FileStore
from certbody.office.hand import Hand
from certbody.office.office import BODY, Office
from certbody.records import dates_as_text, load

MOST_BYTES = 2**20
"""Largest file of settings."""


@attrs.frozen(kw_only=True)
class _PersonSaid:
    name: str = text.name()
    initials: str = text.number()
    email: str = text.name(default="")
    phone: str = text.name(default="")
    title: str = text.name(default="")
    tie: Tie = Tie.CONTRACTED
    signed_on: date | None = None
    standards: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    competent_since: date | None = None
    evidence: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class _SchemeSaid:
    standard: str = text.number()
    document: str = text.name()
    issue: int = 1
    published_on: date
    place: str = text.name(default="")
    recognition: str = text.name(default="")


@attrs.frozen(kw_only=True)
class Settings:
    """What an office is founded with; docs/office.md explains each line."""

    body: Profile
    policies: Policies = Policies()
    people: tuple[_PersonSaid, ...] = attrs.field(validator=attrs.validators.min_len(1))
    schemes: tuple[_SchemeSaid, ...] = ()


def sample() -> str:
    """A commented file of settings to begin with."""
    return (files("certbody.office") / "settings.toml").read_text(encoding="utf-8")


def read(data: bytes, name: str) -> Settings:
    """The settings in a TOML file.

    Raises:
        BadData: with every fault and its place.
    """
    if len(data) > MOST_BYTES:
        raise BadData(f"{name} has {len(data):,} bytes; settings have at most {MOST_BYTES:,}.")
    try:
        said = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise BadData(f"{name} is no TOML.", [f"{name}: {trouble}"]) from None
    settings = load(dates_as_text(said), Settings, where=name)
    zone = settings.body.time_zone
    try:
        from zoneinfo import ZoneInfo

        ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        raise BadData(f"{name} cannot be used.", [f"{name}: {zone!r} is no time zone @ $.body.time_zone"]) from None
    return settings


def found(
    folder: Path,
    settings: Settings,
    *,
    clock: Callable[[], Any] | None = None,
    make_id: Callable[[], str] | None = None,
) -> Office:
    """Found an office in a new or empty folder; its first act puts profile, policies and people on record.

    Raises:
        BadData: there is an office already, or other files are in the way.
    """
    if (folder / "journals" / f"{BODY}.jsonl").exists():
        raise BadData(f"There is an office in {folder} already.", next=f"certbody --office {folder} office show")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadData(f"{folder} is not empty.", next="name a new folder")
    given: dict[str, Any] = {}
    if clock:
        given["clock"] = clock
    if make_id:
        given["make_id"] = make_id
    office = Office(FileStore.found(folder), **given)
    try:
        _first_act(office, settings)
    except BaseException:  # a folder without its first act is no office, and would be in the way of the next try
        office.store.close()
        shutil.rmtree(folder)
        raise
    return office


def _first_act(office: Office, settings: Settings) -> None:
    people, engagements, competences = [], [], []
    first = office.make_id()
    today = office.clock().date()
    for index, said in enumerate(settings.people):
        person = first if index == 0 else office.make_id()
        people.append(
            Person(
                id=person,
                name=said.name,
                initials=said.initials,
                email=said.email,
                phone=said.phone,
                title=said.title,
            )
        )
        if said.signed_on:
            engagements.append(Engagement(id=office.make_id(), person=person, tie=said.tie, signed_on=said.signed_on))
        for standard in said.standards:
            for function in said.functions:
                competences.append(
                    Competence(
                        id=office.make_id(),
                        person=person,
                        standard=standard,
                        function=function,
                        granted_on=said.competent_since or said.signed_on or today,
                        granted_by=first,
                        evidence=said.evidence,
                    )
                )
    schemes = [PublishedScheme(id=office.make_id(), **attrs.asdict(each)) for each in settings.schemes]
    office.record(
        BODY,
        "office founded",
        {
            "profiles": [settings.body],
            "policies": [settings.policies],
            "people": people,
            "engagements": engagements,
            "competences": competences,
            "published_schemes": schemes,
        },
        hand=Hand(by=first),
    )


__all__ = ["Settings", "found", "read", "sample"]

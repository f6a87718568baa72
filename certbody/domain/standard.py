"""A standard as data: its edition, clauses, and the questions we ask of them, in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

import attrs

from certbody.domain import text


class Nature(StrEnum):
    """What a document is for a certification body; it decides whether and how it can be certified."""

    MANAGEMENT_SYSTEM = "management system"
    GUIDANCE = "guidance"
    CLOSED = "closed"
    LAW = "law"
    ACCREDITATION_ONLY = "accreditation only"
    ATTESTATION = "attestation"
    TESTING = "testing"


class Method(StrEnum):
    """How evidence is gathered (ISO/IEC 17021-1:2015, 9.4.4)."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    RECORD_SAMPLE = "record sample"


class SiteKind(StrEnum):
    """Where an item is asked: at the central function, at each other site, or both (two entries)."""

    CENTRAL = "central"
    SITE = "site"


class AuditType(StrEnum):
    """The kinds of audit in a cycle (ISO/IEC 17021-1:2015, 9.1.3)."""

    INITIAL = "initial"
    SURVEILLANCE = "surveillance"
    RECERTIFICATION = "recertification"
    SPECIAL = "special"


@attrs.frozen(kw_only=True)
class Edition:
    """One edition and its dates; `confirmed` is False where a date comes from an unchecked source."""

    label: str = text.name()
    published: date | None = None
    superseded_by: str = text.name(default="")
    no_new_after: date | None = None
    transition_end: date | None = None
    confirmed: bool = False


@attrs.frozen(kw_only=True)
class Clause:
    """A clause: number and short title. `assessable` is False for a heading that holds others."""

    number: str = text.number()
    title: str = text.name()
    assessable: bool = True


@attrs.frozen(kw_only=True)
class ChecklistItem:
    """One question of ours to one clause.

    Attributes:
        id: unique in the standard, such as `7.4-1`.
        ask: the question.
        evidence: what to look for.
        methods: how it is gathered.
        core: a gap here is normally at least a minor nonconformity.
        audits, stages, sites: where the item belongs; `stages` counts for initial audits alone.
        requirements: numbers of the scheme's requirements that it serves.
        sector: the sector supplement it comes from; empty for all sectors.
        check_locally: what it says of law or ombudsman has to be checked for the country.
    """

    id: str = text.number()
    clause: str = text.number()
    ask: str = text.prose(required=True)
    evidence: str = text.prose(required=True)
    methods: tuple[Method, ...] = attrs.field(validator=attrs.validators.min_len(1))
    core: bool = False
    audits: tuple[AuditType, ...] = (AuditType.INITIAL, AuditType.SURVEILLANCE, AuditType.RECERTIFICATION)
    stages: tuple[int, ...] = (2,)
    sites: tuple[SiteKind, ...] = (SiteKind.CENTRAL, SiteKind.SITE)
    requirements: tuple[str, ...] = ()
    sector: str = text.name(default="")
    check_locally: bool = False


@attrs.frozen(kw_only=True)
class Requirement:
    """A numbered requirement of the document that is audited against, in our own words.

    For guidance this is the body's own scheme: a nonconformity needs a requirement, and guidance has none.
    """

    number: str = text.number()
    title: str = text.name()
    text: str = text.prose(required=True)
    clauses: tuple[str, ...] = ()


class Verify(StrEnum):
    """Against what a statement on law has to be checked before anybody relies on it: nothing that ships is verified."""

    PER_COUNTRY = "per country"


@attrs.frozen(kw_only=True)
class SectorLaw:
    """What law, supervisors or ombudsmen of a sector commonly ask: something to look up, never an audit requirement.

    Attributes:
        asks: in our own words, without figures; what holds in a country, and whether anything does, it does not say.
        items: the questions, of the sector or of the standard, at which the answer is needed.
        verify: has no default, so that each line says of itself that nobody has verified it.
    """

    topic: str = text.name()
    asks: str = text.prose(required=True)
    items: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    verify: Verify


@attrs.frozen(kw_only=True)
class Supplement:
    """Questions for one sector, on top of the standard's own, and the law to look up before asking them."""

    code: str = text.number()
    title: str = text.name()
    note: str = text.prose(default="")
    items: tuple[ChecklistItem, ...] = ()
    law: tuple[SectorLaw, ...] = ()


@attrs.frozen(kw_only=True)
class Standard:
    """A standard as this program knows it: numbers, short titles and our own questions, never its text.

    Attributes:
        code: short and unique, such as `iso10002`.
        title: number and edition, as cited: `ISO 10002:2018`.
        name: the published name.
        criteria: what nonconformities, reports and certificates cite: the standard's own title, or the
            scheme document where the standard is guidance.
        unverified: what nobody has checked against the published text; shown to the user.
    """

    code: str = text.number()
    title: str = text.name()
    name: str = text.name()
    nature: Nature
    edition: Edition
    criteria: str = text.name()
    summary: str = text.prose(default="")
    unverified: tuple[str, ...] = ()
    clauses: tuple[Clause, ...]
    items: tuple[ChecklistItem, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    supplements: tuple[Supplement, ...] = ()

    def clause(self, number: str) -> Clause | None:
        """The clause of that number, or None."""
        return next((clause for clause in self.clauses if clause.number == number), None)

    def requirement(self, number: str) -> Requirement | None:
        """The requirement of that number, or None."""
        return next((each for each in self.requirements if each.number == number), None)

    def supplement(self, sector: str) -> Supplement | None:
        """The supplement of that sector, or None."""
        return next((each for each in self.supplements if each.code == sector), None)

    def all_items(self, sector: str = "") -> tuple[ChecklistItem, ...]:
        """Every item of the standard, followed by those of the sector's supplement."""
        extra = (item for supplement in self.supplements if supplement.code == sector for item in supplement.items)
        return (*self.items, *extra)

    def items_for(self, audit: AuditType, *, stage: int = 0, sector: str = "") -> tuple[ChecklistItem, ...]:
        """The items that belong to an audit of a type, and of a stage (1 or 2) where it is initial."""
        return tuple(
            item
            for item in self.all_items(sector)
            if audit in item.audits and (audit is not AuditType.INITIAL or stage in item.stages)
        )


def faults(standard: Standard) -> Iterator[str]:
    """What is inconsistent inside a standard, each with its place; nothing where it is sound."""
    numbers = [clause.number for clause in standard.clauses]
    yield from (f"clauses: {number} stands twice" for number in _twice(numbers))
    known = {requirement.number for requirement in standard.requirements}
    yield from (f"requirements: {number} stands twice" for number in _twice(r.number for r in standard.requirements))
    for requirement in standard.requirements:
        for number in requirement.clauses:
            if number not in numbers:
                yield f"requirement {requirement.number}: there is no clause {number}"
    items = [*standard.items, *(item for extra in standard.supplements for item in extra.items)]
    yield from (f"items: {number} stands twice" for number in _twice(item.id for item in items))
    for item in items:
        clause = standard.clause(item.clause)
        if clause is None:
            yield f"item {item.id}: there is no clause {item.clause}"
        elif not clause.assessable:
            yield f"item {item.id}: clause {item.clause} is a heading; ask under one of its sub-clauses"
        for number in item.requirements:
            if number not in known:
                yield f"item {item.id}: there is no requirement {number}"
        if "@" in item.id:
            yield f"item {item.id}: an id holds no @; that sign joins item and site in a checklist row"
    yield from _faults_of_supplements(standard)
    if standard.nature is Nature.GUIDANCE and not standard.requirements:
        yield "guidance has no requirements of its own: supply those of the body's scheme in requirements.toml"


def _faults_of_supplements(standard: Standard) -> Iterator[str]:
    codes = [extra.code for extra in standard.supplements]
    yield from (f"supplements: {code} stands twice" for code in _twice(codes))
    for extra in standard.supplements:
        place = f"supplement {extra.code}"
        yield from (f"{place}: law on {topic!r} stands twice" for topic in _twice(law.topic for law in extra.law))
        for item in extra.items:
            if item.sector not in ("", extra.code):
                yield f"{place}: item {item.id} is of the sector {item.sector!r}"
        known = {item.id for item in (*standard.items, *extra.items)}
        for law in extra.law:
            yield from (
                f"{place}: law on {law.topic!r} names {each}, which is no question of the standard or this sector"
                for each in law.items
                if each not in known
            )


def _twice(numbers: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [number for number in numbers if number in seen or seen.add(number)]  # type: ignore[func-returns-value]

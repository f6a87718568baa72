"""The certification body: profile, policies, people and what it may certify, folded from its own journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import attrs

from certbody.domain import look, text
from certbody.domain.objection import Said, rule
from certbody.domain.people import Competence, Engagement, Function, Interest, Person
from certbody.domain.state import State, tables_of


@attrs.frozen(kw_only=True)
class Profile:
    """Who the body is, as printed on every document (ISO/IEC 17021-1:2015, 5.1.1, 8.2.2 g).

    Attributes:
        logo: SHA-256 of a picture that is kept as evidence; colour: six hexadecimal digits instead of the house's.
        paper: `A4` or `Letter`.
        second_language: code of the language beside English on certificates and decision letters, such as `de`.
    """

    id: str = text.number(default="profile")
    name: str = text.name()
    legal_form: str = text.name(default="")
    registration: str = text.name(default="")
    address: str = text.name()
    postcode: str = text.name(default="")
    city: str = text.name()
    country: str = text.name()
    email: str = text.name(default="")
    phone: str = text.name(default="")
    website: str = text.name(default="")
    currency: str = text.number(default="USD")
    tax_percent: Decimal = Decimal(0)
    time_zone: str = text.number(default="UTC")
    verify_url: str = text.name(default="")
    number_prefix: str = text.number(default="CB")
    certificate_title: str = text.name(default="Certificate")
    brands: tuple[str, ...] = ()
    related_bodies: tuple[str, ...] = ()
    logo: str = look.picture()
    colour: str = look.colour()
    paper: str = look.paper()
    second_language: str = text.number(default="")


@attrs.frozen(kw_only=True)
class Policies:
    """What the standard leaves to the body, in days and months; see docs/office.md for each.

    `response_days` run from the last audit day; `stage1_valid_months` is when an old stage 1 draws a warning;
    `committee_quorum` is how many members vote at least where a committee decides; `suspension_months` is how long a
    suspension lasts at most unless the decision says less; `surveillance_notice_days` is how many days before the
    last day of a surveillance somebody is reminded of it.
    """

    id: str = text.number(default="policies")
    response_days: int = 30
    stage1_valid_months: int = 6
    quotation_valid_days: int = 90
    minimum_surveillance_days: Decimal = Decimal("1.0")
    rounding: str = text.number(default="guarded")
    impartiality_policy: str = text.name(default="")
    appeals_process: str = text.name(default="")
    marks_rules: str = text.name(default="")
    team_notice_days: int = 5
    committee_quorum: int = 2
    suspension_months: int = 6
    surveillance_notice_days: tuple[int, ...] = (90, 60, 30)


@attrs.frozen(kw_only=True)
class AccreditationScope:
    """What an accreditation body has accredited this body for (rule 27)."""

    id: str = text.number()
    accreditation_body: str = text.name()
    certificate: str = text.name(default="")
    standard: str = text.number()
    codes: tuple[str, ...] = ()
    valid_from: date
    valid_until: date | None = attrs.field(default=None, metadata={"planned": True})

    def holds(self, on: date) -> bool:
        """Whether the accreditation is valid on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@attrs.frozen(kw_only=True)
class PublishedScheme:
    """The body's own scheme for a standard, published (8.1.1 c), or the owner's recognition of the body."""

    id: str = text.number()
    standard: str = text.number()
    document: str = text.name()
    issue: int = 1
    published_on: date
    place: str = text.name(default="")
    recognition: str = text.name(default="")

    @property
    def citation(self) -> str:
        """How certificates, reports and nonconformities cite it: `S-10002, issue 1 of 2026-01-05`."""
        return f"{self.document}, issue {self.issue} of {self.published_on}"


@attrs.frozen(kw_only=True)
class NumberGiven:
    """A number for people, given once in the whole office; `id` is the number itself, `record` what bears it."""

    id: str = text.number()
    kind: str = text.name()
    journal: str = text.number()
    record: str = text.number(default="")


@attrs.frozen(kw_only=True, slots=False)
class Body(State):
    """All that the body has on record about itself."""

    profiles: Mapping[str, Profile] = attrs.field(factory=dict)
    policies: Mapping[str, Policies] = attrs.field(factory=dict)
    people: Mapping[str, Person] = attrs.field(factory=dict)
    engagements: Mapping[str, Engagement] = attrs.field(factory=dict)
    competences: Mapping[str, Competence] = attrs.field(factory=dict)
    interests: Mapping[str, Interest] = attrs.field(factory=dict)
    accreditation_scopes: Mapping[str, AccreditationScope] = attrs.field(factory=dict)
    published_schemes: Mapping[str, PublishedScheme] = attrs.field(factory=dict)
    numbers: Mapping[str, NumberGiven] = attrs.field(factory=dict)

    TABLES: ClassVar[Mapping[str, type[Any]]]

    @property
    def profile(self) -> Profile | None:
        """Who the body is; None until the office is founded."""
        return self.profiles.get("profile")

    @property
    def policy(self) -> Policies:
        """The policies in force."""
        return self.policies.get("policies") or Policies()

    def person(self, key: str) -> Person | None:
        """The person with that id or those initials."""
        return self.people.get(key) or next((each for each in self.people.values() if each.initials == key), None)

    def name(self, person: str) -> str:
        """A person's name, or the id where nobody is on record."""
        known = self.people.get(person)
        return known.name if known else person

    def engaged(self, person: str, on: date) -> bool:
        """Whether a standing agreement binds the person on a day; nobody who has left is bound any longer."""
        known = self.people.get(person)
        if known and known.left_on and known.left_on < on:
            return False
        return any(each.person == person and each.holds(on) for each in self.engagements.values())

    def competent(self, person: str, standard: str, function: Function, on: date) -> bool:
        """Whether the person holds competence for the function under the standard on a day."""
        return any(
            each.person == person and each.standard == standard and each.function is function and each.holds(on)
            for each in self.competences.values()
        )

    def interests_of(self, person: str, client: str, names: Iterable[str] = ()) -> Iterator[Interest]:
        """What ties the person to the client, by its number, or by its name where it had no number yet."""
        known = {name.strip().casefold() for name in names} - {""}
        for each in self.interests.values():
            tied = each.client == client if each.client else each.organisation.strip().casefold() in known
            if each.person == person and tied:
                yield each

    def scheme_for(self, standard: str, on: date) -> PublishedScheme | None:
        """The scheme the body had published for a standard by a day, the newest issue."""
        issues = [
            each for each in self.published_schemes.values() if each.standard == standard and each.published_on <= on
        ]
        return max(issues, key=lambda each: (each.published_on, each.issue), default=None)


Body.TABLES = tables_of(Body)


@rule(37, "B", "ISO/IEC 17021-1:2015, 9.9", of="people", reads="people")
def initials_tell_people_apart(person: Person, dossier: Body, body: Body, on: date) -> Iterator[Said]:
    """Initials stand in numbers that are made on site: letters and digits, and no two persons share them (9.9)."""
    if not re.fullmatch(r"[A-Za-z0-9]+", person.initials):
        yield (f"The initials {person.initials!r} are not letters A-Z and digits alone.", "give other initials")
    for other in body.people.values():
        if other.id != person.id and other.initials.casefold() == person.initials.casefold():
            yield (f"{other.name} has the initials {other.initials} already.", "give other initials")


@rule(37, "W", "ISO/IEC 17021-1:2015, 9.5.1.1, 9.9", of="people")
def a_person_is_on_record_once(person: Person, dossier: Body, body: Body, on: date) -> Iterator[Said]:
    """Somebody who is on record twice could audit as one and decide as the other, so a name that recurs warns (9.9)."""
    name = " ".join(person.name.casefold().split())
    for other in body.people.values():
        if other.id != person.id and " ".join(other.name.casefold().split()) == name:
            yield (
                f"{other.name} ({other.initials}) is on record already.",
                "act under the record that is there; for another person of that name, say so with --why",
            )


@rule(7, "B", "ISO/IEC 17021-1:2015, 5.2.9", of="profiles")
def no_shared_brand_with_a_consultancy(profile: Profile, dossier: Body, body: Body, on: date) -> Iterator[Said]:
    """The body shares no name or brand with a related consultancy (5.2.9)."""
    brands = {each.casefold() for each in (profile.name, *profile.brands)}
    for related in profile.related_bodies:
        if related.casefold() in brands:
            yield (
                f"{related} is a related body and one of the body's own names or brands.",
                "name the brand that is the body's alone (5.2.9)",
            )

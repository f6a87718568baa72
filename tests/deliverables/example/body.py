"""Fernhill Certification, an invented body."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from certbody.domain.body import Body, Policies, Profile, PublishedScheme
from certbody.domain.people import Competence, Engagement, Function, Person
from tests.deliverables.example.tables import by_id


@cache
def body() -> Body:
    """Fernhill Certification, with four persons and a published scheme."""
    people = (
        ("P-01", "Ada Kaya", "AK", "Lead auditor", (Function.AUDITING, Function.LEADING)),
        ("P-02", "Bruno Feld", "BF", "Auditor", (Function.AUDITING,)),
        ("P-03", "Carla Monti", "CM", "Head of certification", (Function.APPLICATION_REVIEW, Function.DECISION)),
        ("P-04", "Dunja Petrov", "DP", "Certification officer", (Function.DECISION, Function.REVIEW)),
        ("P-05", "Emil Sand", "ES", "Telecom engineer", (Function.TECHNICAL_EXPERTISE,)),
    )
    return Body(
        journal="body",
        profiles={
            "profile": Profile(
                name="Fernhill Certification Ltd",
                legal_form="private company limited by shares",
                registration="company register of Dublin, no. 700001 (invented)",
                address="4 Example Quay",
                postcode="D01 X000",
                city="Dublin",
                country="Ireland",
                email="office@fernhill.example",
                phone="+353 1 555 0100",
                website="https://fernhill.example",
                currency="EUR",
                tax_percent=Decimal("23"),
                time_zone="Europe/Dublin",
                verify_url="https://fernhill.example/verify",
                number_prefix="FC",
            )
        },
        policies={
            "policies": Policies(
                impartiality_policy="https://fernhill.example/impartiality",
                appeals_process="https://fernhill.example/appeals",
                marks_rules="https://fernhill.example/marks",
            )
        },
        people=by_id(
            Person(id=key, name=name, initials=initials, title=title) for key, name, initials, title, _ in people
        ),
        engagements=by_id(Engagement(id=f"E-{key}", person=key, signed_on=date(2024, 1, 8)) for key, *_ in people),
        competences=by_id(
            Competence(
                id=f"{key}-{index}", person=key, standard="iso10002", function=function, granted_on=date(2024, 2, 1)
            )
            for key, *_, functions in people
            for index, function in enumerate(functions)
        ),
        published_schemes=by_id(
            [PublishedScheme(id="S-1", standard="iso10002", document="S-10002", issue=1, published_on=date(2026, 1, 5))]
        ),
    )

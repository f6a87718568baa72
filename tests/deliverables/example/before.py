"""What is on record before the first audit: application, audit time, quotation, agreement, programme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from certbody.domain.application import Agreement, Application, ApplicationReview, Basis, Consultancy, Outcome
from certbody.domain.audit_time import AuditTime, Factor, Input, Phase, SiteLoad, SiteTime, TimeLine
from certbody.domain.client import Client, Site
from certbody.domain.programme import AuditProgramme, PlannedAudit
from certbody.domain.quotation import Fees, Quotation, quote
from certbody.domain.standard import (
    AuditType,
    Nature,
)
from tests.deliverables.example.tables import CRITERIA, SCOPE


def sites() -> tuple[Site, ...]:
    return (
        Site(
            id="HQ",
            name="Head office",
            address="1 Harbour Street",
            postcode="20459",
            city="Musterhafen",
            country="Germany",
            central=True,
            personnel=24,
            activities="Direction, complaints team, internal review",
        ),
        Site(
            id="CC",
            name="Contact centre North",
            address="88 Dyke Road",
            postcode="26721",
            city="Neudeich",
            country="Germany",
            personnel=32,
            activities="Complaints by telephone, chat and mail, two shifts",
            shifts="06:00-14:00, 14:00-22:00",
        ),
        Site(
            id="FS",
            name="Flagship shop",
            address="3 Market Square",
            postcode="20095",
            city="Musterhafen",
            country="Germany",
            personnel=6,
            activities="Complaints at the counter",
        ),
    )


def before() -> dict[str, Any]:
    places = sites()
    lines = (
        TimeLine(
            item="stage 1", phase=Phase.INITIAL, days=Decimal("1.5"), why="about 30 % of 5.5 days, at the central site"
        ),
        TimeLine(
            item="stage 2",
            phase=Phase.INITIAL,
            days=Decimal("4.0"),
            why="5.0 days by table for 62 persons; +10 % for two shifts; less stage 1",
        ),
        TimeLine(
            item="surveillance 1",
            phase=Phase.SURVEILLANCE,
            days=Decimal("2.0"),
            why="a third of 5.5 days, in half days",
        ),
        TimeLine(
            item="surveillance 2",
            phase=Phase.SURVEILLANCE,
            days=Decimal("2.0"),
            why="a third of 5.5 days, in half days",
        ),
        TimeLine(
            item="recertification",
            phase=Phase.RECERTIFICATION,
            days=Decimal("3.5"),
            why="two thirds of 5.5 days, were it done now",
        ),
    )
    fees = Fees(
        currency="EUR",
        day_rate=Decimal(1150),
        application=Decimal(400),
        certificate_issue=Decimal(300),
        annual=Decimal(300),
        travel_per_day=Decimal(150),
    )
    return {
        "clients": [
            Client(
                id="C-0001",
                name="Nordwind Telecom Ltd",
                legal_form="limited company",
                registration="HRB 00001 (invented)",
                address="1 Harbour Street",
                postcode="20459",
                city="Musterhafen",
                country="Germany",
                representative="Greta Holm",
                representative_title="Director of Customer Care",
                email="greta.holm@nordwind.example",
                phone="+49 40 555 0100",
            )
        ],
        "sites": places,
        "applications": [
            Application(
                id="application-1",
                number="A-2026-001",
                basis=Basis(standard="iso10002", title="ISO 10002:2018", nature=Nature.GUIDANCE, criteria=CRITERIA),
                received_on=date(2026, 1, 12),
                signed_on=date(2026, 1, 9),
                signed_by="Greta Holm",
                scope=SCOPE,
                sites=("HQ", "CC", "FS"),
                sector="telecom",
                codes=("IAF 31",),
                consultancies=(Consultancy(consultant="Klarweg Advisers (invented)", ended_on=date(2023, 6, 30)),),
            )
        ],
        "application_reviews": [
            ApplicationReview(
                id="application-review-1",
                application="application-1",
                reviewed_on=date(2026, 1, 15),
                by="P-03",
                outcome=Outcome.ACCEPTED,
                reason="Complete, within the body's competence.",
                information="Sufficient for an audit programme.",
                ability="Auditors with telecom knowledge are at hand.",
                impartiality="The consultant is not related to the body.",
            )
        ],
        "audit_times": [
            AuditTime(
                id="time-1",
                application="application-1",
                determined_on=date(2026, 1, 16),
                by="P-03",
                method="IAF MD 5:2023, table QMS 1, by effective personnel, as the scheme says",
                personnel=62,
                factors=(Factor(percent=Decimal(10), reason="two shifts at the contact centre"),),
                lines=lines,
                loads=tuple(
                    SiteLoad(site=each.id, name=each.name, central=each.central, personnel=each.personnel)
                    for each in places
                ),
                sites=(
                    SiteTime(site="HQ", base=Decimal("2.5"), percent=Decimal(10), days=Decimal("2.75")),
                    SiteTime(site="CC", base=Decimal("2.0"), percent=Decimal(10), days=Decimal("2.2")),
                    SiteTime(site="FS", base=Decimal("0.5"), percent=Decimal(10), days=Decimal("0.55")),
                ),
                sampled_sites=("CC", "FS"),
                sampling_reason="Both other sites are visited; they differ too much to stand for each other.",
                table="IAF MD 5:2023, QMS, not verified against the published text",
                inputs=(Input(name="contact_centres", value="1"),),
            )
        ],
        "quotations": [
            Quotation(
                id="quotation-1",
                number="Q-2026-001",
                application="application-1",
                audit_time="time-1",
                quoted_on=date(2026, 1, 19),
                valid_until=date(2026, 4, 19),
                currency="EUR",
                lines=quote(lines, fees),
                tax_percent=Decimal("23"),
                by="P-03",
                notes="Stage 1 and stage 2 are invoiced separately, each after its closing meeting.",
            )
        ],
        "agreements": [
            Agreement(
                id="agreement-1",
                number="AG-2026-001",
                application="application-1",
                quotation="quotation-1",
                sites=("HQ", "CC", "FS"),
                client_signed_on=date(2026, 1, 30),
                client_signed_by="Greta Holm",
                body_signed_on=date(2026, 2, 2),
                body_signed_by="P-03",
            )
        ],
        "programmes": [
            AuditProgramme(
                id="programme-1",
                application="application-1",
                audit_time="time-1",
                made_on=date(2026, 2, 3),
                by="P-03",
                planned=(
                    PlannedAudit(
                        kind=AuditType.INITIAL,
                        stage=1,
                        days=Decimal("1.5"),
                        sites=("HQ",),
                        planned_for=date(2026, 3, 10),
                    ),
                    PlannedAudit(
                        kind=AuditType.INITIAL,
                        stage=2,
                        days=Decimal("4.0"),
                        sites=("HQ", "CC", "FS"),
                        planned_for=date(2026, 4, 14),
                        focus="Weekend cases; complaints that arrive in shops",
                    ),
                    PlannedAudit(
                        kind=AuditType.SURVEILLANCE,
                        year=1,
                        days=Decimal("2.0"),
                        sites=("HQ", "CC"),
                        not_after=date(2027, 6, 24),
                    ),
                    PlannedAudit(
                        kind=AuditType.SURVEILLANCE,
                        year=2,
                        days=Decimal("2.0"),
                        sites=("HQ", "FS"),
                        not_after=date(2028, 12, 31),
                    ),
                    PlannedAudit(
                        kind=AuditType.RECERTIFICATION,
                        year=3,
                        days=Decimal("3.5"),
                        sites=("HQ", "CC", "FS"),
                        not_after=date(2029, 6, 23),
                    ),
                ),
                sampling="The central site each time; all other sites at least once between initial audits.",
                considered="Two shifts; complaints of the regulator's yearly report.",
            )
        ],
    }

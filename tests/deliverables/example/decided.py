"""Review, decision, confirmation of the draft, certificate."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.domain.certificate import Certificate, CertifiedSite, DraftConfirmation
from certbody.domain.decision import CertificationDecision, Kind, QueryAnswer, Review, ReviewQuery
from tests.deliverables.example.before import sites
from tests.deliverables.example.tables import CRITERIA, SCOPE


def decided() -> dict[str, Any]:
    places = tuple(
        CertifiedSite(site=each.id, name=each.name, address=each.where, scope=each.activities, central=each.central)
        for each in sites()
    )
    address = "1 Harbour Street, 20459 Musterhafen, Germany"
    return {
        "review_queries": [
            ReviewQuery(
                id="query-1",
                application="application-1",
                asked_on=date(2026, 6, 15),
                by="P-04",
                to="Ada Kaya",
                question="Was the weekend rota seen at work, or only on paper?",
            )
        ],
        "query_answers": [
            QueryAnswer(
                id="answer-1",
                query="query-1",
                answered_on=date(2026, 6, 16),
                by="Ada Kaya",
                answer="At work, on 2026-06-06.",
            )
        ],
        "reviews": [
            Review(
                id="review-1",
                application="application-1",
                reviewed_on=date(2026, 6, 18),
                by="P-04",
                information="The report and its annex are sufficient for the requirements and the scope.",
                nonconformities="The major is verified on site; both plans for the minors are accepted.",
                application_confirmed="Scope, sites and personnel as applied for.",
                objectives="Fulfilled, as the report says.",
                recommendation=Kind.GRANT,
            )
        ],
        "decisions": [
            CertificationDecision(
                id="decision-1",
                number="D-2026-001",
                application="application-1",
                kind=Kind.GRANT,
                decided_on=date(2026, 6, 24),
                by="P-03",
                review="review-1",
                reason="All requirements of the scheme are fulfilled; the major nonconformity is verified.",
                scope=SCOPE,
                effective_on=date(2026, 6, 24),
            )
        ],
        "draft_confirmations": [
            DraftConfirmation(
                id="confirmation-1",
                application="application-1",
                confirmed_on=date(2026, 6, 25),
                by="Greta Holm",
                client_name="Nordwind Telecom Ltd",
                client_address=address,
                scope=SCOPE,
                sites=places,
            )
        ],
        "certificates": [
            Certificate(
                id="certificate-1",
                number="FC-2026-0001",
                decision="decision-1",
                application="application-1",
                client_name="Nordwind Telecom Ltd",
                client_address=address,
                sites=places,
                original_on=date(2026, 6, 24),
                effective_on=date(2026, 6, 24),
                expires_on=date(2029, 6, 23),
                issued_on=date(2026, 6, 26),
                statement=(
                    "Fernhill Certification Ltd certifies that the complaints-handling process of Nordwind Telecom Ltd "
                    "at Head office, Contact centre North and Flagship shop fulfils the requirements of scheme "
                    "S-10002, issue 1 of 2026-01-05. Not issued under accreditation."
                ),
                criteria=CRITERIA,
                scope=SCOPE,
                signed_by="P-03",
                token="8c1d9e70a5b34f2d6e01",
            )
        ],
    }

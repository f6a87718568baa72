"""The client's answers, their review, verification and effectiveness."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.domain.nonconformity import (
    Effectiveness,
    Means,
    Response,
    ResponseReview,
    Verification,
)


def answered() -> dict[str, Any]:
    texts = {
        "AK-1": (
            "Weekend cases of January to April looked at: 402, of which 291 were not acknowledged; the shop has none.",
            "All 291 complainants were written to by 2026-05-04; the three urgent cases were called on 2026-04-17.",
            "The rota of 2024 was made for letters. Nobody reviewed it when telephone and chat were added, and the "
            "monthly report counts working days only, so that nobody saw it.",
            "Weekend rota with two handlers; acknowledgement sent by the system; report by calendar days.",
        ),
        "AK-2": (
            "Chat logs of March: 88 complaints. No other channel.",
            "The 88 complaints are in the register.",
            "The chat tool had no category for complaints when it was bought.",
            "Category added; weekly comparison of chat log and register.",
        ),
        "BF-1": (
            "The two other shops are franchised and outside the scope.",
            "Notices hang at counter and window since 2026-04-20.",
            "Fitting out of shops has no step for notices.",
            "Step added to the checklist for shop fitting.",
        ),
    }
    responses, reviews, checks = [], [], []
    for key, (extent, correction, cause, action) in texts.items():
        responses.append(
            Response(
                id=f"response-{key}",
                finding=f"finding-{key}",
                received_on=date(2026, 5, 11),
                by="Ines Okoro",
                extent=extent,
                correction=correction,
                correction_done_on=date(2026, 5, 4),
                cause=cause,
                corrective_action=action,
                owner="Henrik Lund",
                due_on=date(2026, 6, 5),
                done_on=date(2026, 6, 3) if key == "AK-1" else None,
                evidence="Rota, screen pictures, letters",
            )
        )
        reviews.append(
            ResponseReview(
                id=f"response-review-{key}",
                finding=f"finding-{key}",
                response=f"response-{key}",
                reviewed_on=date(2026, 5, 14),
                by="P-01",
                accepted=True,
                reason="Extent and cause are plausible; the action removes the cause.",
            )
        )
    checks.append(
        Verification(
            id="verification-1",
            finding="finding-AK-1",
            verified_on=date(2026, 6, 9),
            by="P-01",
            means=Means.ON_SITE,
            implemented=True,
            evidence="Rota worked on 2026-06-06 and 07; 22 of 22 cases acknowledged within the hour.",
        )
    )
    return {
        "responses": responses,
        "response_reviews": reviews,
        "verifications": checks,
        "effectiveness": [
            Effectiveness(
                id="effectiveness-1",
                finding="finding-AK-1",
                confirmed_on=date(2026, 6, 29),
                by="P-01",
                effective=True,
                evidence="Four weekends in June: 118 of 118 cases acknowledged.",
            )
        ],
    }

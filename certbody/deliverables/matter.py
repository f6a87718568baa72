"""The matter of a review, a decision or its letter: which application, review and decision a document is about."""

from __future__ import annotations

from datetime import date

import attrs

from certbody.deliverables.deliverable import Showing
from certbody.domain.application import Application
from certbody.domain.audit import Audit
from certbody.domain.decision import CertificationDecision, Review
from certbody.errors import NotFound


@attrs.frozen(kw_only=True)
class Matter:
    """An application with the review and the decision that a document shows, as far as they stand.

    Attributes:
        day: on which states are shown: that of the decision, else of the review, else of the document.
    """

    application: Application
    review: Review | None
    decision: CertificationDecision | None
    day: date

    def audits(self, showing: Showing) -> list[Audit]:
        """The audits that it rests on, in the order of their days."""
        found = [
            audit
            for audit in showing.dossier.audits.values()
            if audit.application == self.application.id and audit.starts_on <= self.day
        ]
        return sorted(found, key=lambda audit: (audit.starts_on, audit.stage, audit.number))


def matter(showing: Showing) -> Matter:
    """What `showing.about` is about: the id of an application, of a review or of a decision.

    Of an application the newest review and decision are shown; of a review the decision that it bears.

    Raises:
        NotFound: it is none of these.
    """
    dossier, about = showing.dossier, showing.about
    decision, review = dossier.decisions.get(about), dossier.reviews.get(about)
    named = decision or review
    application = dossier.applications.get(named.application if named else about)
    if application is None:
        raise NotFound(
            f"There is no application, review or decision {about or 'named'} to show.", next="certbody client show"
        )
    decisions = [
        each
        for each in dossier.decisions.values()
        if each.application == application.id and each.decided_on <= showing.on
    ]
    if review is not None and decision is None:
        decisions = [each for each in decisions if each.review == review.id]
    if decision is None:
        decision = max(decisions, key=lambda each: (each.decided_on, each.id), default=None)
    until = decision.decided_on if decision else showing.on
    if decision and decision.review in dossier.reviews:
        review = dossier.reviews[decision.review]
    if review is None:
        reviews = [
            each
            for each in dossier.reviews.values()
            if each.application == application.id and each.reviewed_on <= until
        ]
        review = max(reviews, key=lambda each: (each.reviewed_on, each.id), default=None)
    day = decision.decided_on if decision else review.reviewed_on if review else showing.on
    return Matter(application=application, review=review, decision=decision, day=day)

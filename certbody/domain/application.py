"""The application, its review, and the agreement that follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from certbody.domain import text
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function
from certbody.domain.standard import Nature

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


class Outcome(StrEnum):
    """How an application review ends (ISO/IEC 17021-1:2015, 9.1.2.2, 9.1.2.3)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@attrs.frozen(kw_only=True)
class Basis:
    """What is applied for, as it stood on the day of receipt; frozen, since standards and schemes are revised.

    Attributes:
        standard: code of the standard; `title` its number and edition, `name` its published name.
        criteria: what is audited against, as cited: the standard, or the body's scheme where it is guidance.
        no_new_after, transition_end: limits of the edition, where known (rule 21).
    """

    standard: str = text.number()
    title: str = text.name()
    name: str = text.name(default="")
    nature: Nature
    criteria: str = text.name()
    no_new_after: date | None = attrs.field(default=None, metadata={"planned": True})
    transition_end: date | None = attrs.field(default=None, metadata={"planned": True})

    @property
    def names(self) -> tuple[str, ...]:
        """How the document may be called in a claim: by title, and by its published name."""
        return tuple(name for name in (self.title, self.name) if name)


@attrs.frozen(kw_only=True)
class Consultancy:
    """Consultancy that the applicant received: recorded for impartiality (5.2.7, 9.1.1), never billed."""

    consultant: str = text.name()
    subject: str = text.prose(default="")
    ended_on: date | None = None


@attrs.frozen(kw_only=True)
class Application:
    """What a client asks to be certified for (ISO/IEC 17021-1:2015, 9.1.1).

    Attributes:
        basis: the standard applied for.
        sites: ids of all sites in scope, the central one included.
        codes: technical area codes (IAF or sector), as the body uses them.
        inputs: what the scheme's audit-time method asks for, as pairs of name and text.
        form: SHA-256 of the form that was received, kept as evidence.
    """

    id: str = text.number()
    number: str = text.number()
    basis: Basis
    received_on: date
    signed_on: date | None = None
    signed_by: str = text.name(default="")
    scope: str = text.prose(required=True)
    sites: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    sector: str = text.name(default="")
    codes: tuple[str, ...] = ()
    language: str = text.name(default="English")
    resources: str = text.prose(default="")
    legal_obligations: str = text.prose(default="")
    outsourced: str = text.prose(default="")
    relationships: str = text.prose(default="")
    other_certificates: str = text.prose(default="")
    consultancies: tuple[Consultancy, ...] = ()
    inputs: tuple[tuple[str, ...], ...] = ()
    form: str = text.number(default="")

    @property
    def standard(self) -> str:
        """Code of the standard applied for."""
        return self.basis.standard


@attrs.frozen(kw_only=True)
class ApplicationReview:
    """The body's review before it accepts (ISO/IEC 17021-1:2015, 9.1.2).

    `related_consultants` names those of the application's consultants that are related to the body (5.2.7).
    """

    id: str = text.number()
    application: str = text.number()
    reviewed_on: date
    by: str = text.number()
    outcome: Outcome
    reason: str = text.prose(required=True)
    information: str = text.prose(default="")
    ability: str = text.prose(default="")
    impartiality: str = text.prose(default="")
    language_and_safety: str = text.prose(default="")
    team_competence: str = text.prose(default="")
    decision_competence: str = text.prose(default="")
    related_consultants: tuple[str, ...] = ()
    told_on: date | None = None


@attrs.frozen(kw_only=True)
class Agreement:
    """The enforceable agreement, covering all sites in scope (ISO/IEC 17021-1:2015, 5.1.2)."""

    id: str = text.number()
    number: str = text.number()
    application: str = text.number()
    quotation: str = text.number(default="")
    sites: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    client_signed_on: date
    client_signed_by: str = text.name()
    body_signed_on: date
    body_signed_by: str = text.number()
    form: str = text.number(default="")

    @property
    def in_force_on(self) -> date:
        """The day on which both sides had signed."""
        return max(self.client_signed_on, self.body_signed_on)


def accepted_on(application: str, dossier: Dossier) -> date | None:
    """When the application was accepted, or None; a later review replaces an earlier one."""
    reviews = [each for each in dossier.application_reviews.values() if each.application == application]
    last = max(reviews, key=lambda each: (each.reviewed_on, each.id), default=None)
    return last.reviewed_on if last and last.outcome is Outcome.ACCEPTED else None


def agreed_on(application: str, dossier: Dossier) -> date | None:
    """Since when an agreement for the application has been in force, or None."""
    days = [each.in_force_on for each in dossier.agreements.values() if each.application == application]
    return min(days, default=None)


@rule(10, "B", "ISO/IEC 17021-1:2015, 9.1.2", of="application_reviews", reads="applications sites")
def a_review_looks_at_a_complete_application(
    review: ApplicationReview, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """An application is accepted by a competent person, with what the review considered on record (9.1.2)."""
    application = dossier.applications.get(review.application)
    if application is None:
        yield (f"There is no application {review.application}.", "name an application of this client")
        return
    if review.reviewed_on < application.received_on:
        yield (
            f"The review of {review.reviewed_on} is earlier than the receipt of the application on "
            f"{application.received_on}.",
            "give the day on which it was reviewed",
        )
    if review.outcome is Outcome.DECLINED:
        return
    if not body.competent(review.by, application.standard, Function.APPLICATION_REVIEW, review.reviewed_on):
        yield (
            f"{body.name(review.by)} holds no competence for application review under {application.standard} on "
            f"{review.reviewed_on}.",
            "certbody person competence PERSON --for 'application review'",
        )
    for site in application.sites:
        if site not in dossier.sites:
            yield (
                f"Application {application.number} names site {site}, which is not on record.",
                "put the site on record with the application",
            )
    if not any(dossier.sites[site].central for site in application.sites if site in dossier.sites):
        yield (f"Application {application.number} names no central site.", "mark one site as central")
    if sum(dossier.sites[site].personnel for site in application.sites if site in dossier.sites) < 1:
        yield (
            f"The sites of application {application.number} have no personnel in scope.",
            f"certbody client site {dossier.journal} SITE personnel=NUMBER",
        )
    missing = [
        words
        for words, said in (
            ("whether the information is sufficient", review.information),
            ("whether the body is competent and able", review.ability),
            ("threats to impartiality", review.impartiality),
        )
        if not said.strip()
    ]
    if missing:
        yield (
            f"The review says nothing on {', '.join(missing)}.",
            "give --information, --ability and --impartiality",
        )


@rule(10, "B", "ISO/IEC 17021-1:2015, 5.1.2", of="agreements", reads="applications application_reviews quotations")
def an_agreement_covers_all_sites(agreement: Agreement, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """An agreement follows an accepted application and covers every site in its scope (5.1.2)."""
    application = dossier.applications.get(agreement.application)
    if application is None:
        yield (f"There is no application {agreement.application}.", "name an application of this client")
        return
    accepted = accepted_on(application.id, dossier)
    if accepted is None or accepted > agreement.in_force_on:
        yield (
            f"Application {application.number} is not accepted on {agreement.in_force_on}.",
            f"certbody application review {application.number} --accept",
        )
    if missing := [site for site in application.sites if site not in agreement.sites]:
        names = ", ".join(dossier.sites[site].name if site in dossier.sites else site for site in missing)
        yield (
            f"The agreement leaves out {names}, which the application names.",
            "have an agreement signed that names every site",
        )


@rule(28, "B", "ISO/IEC 17021-1:2015, 8.1.3", of="applications")
def only_what_can_be_certified(application: Application, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Law, accreditation-only documents, attestation and testing are never certified; an edition has its last day."""
    basis = application.basis
    if basis.nature not in (Nature.MANAGEMENT_SYSTEM, Nature.GUIDANCE, Nature.CLOSED):
        yield (
            f"{basis.title} is {basis.nature}; no certification body certifies to it.",
            "decline it, and say so to the applicant",
        )
    if basis.no_new_after and application.received_on > basis.no_new_after:
        yield (
            f"{basis.title} takes no new applications after {basis.no_new_after}.",
            "apply for the edition that replaces it",
        )


@rule(28, "B", "ISO/IEC 17021-1:2015, 8.1.3", of="application_reviews", reads="applications published_schemes")
def guidance_only_through_a_published_scheme(
    review: ApplicationReview, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """Guidance is certified only through the body's own published scheme; a closed scheme needs its owner's word."""
    application = dossier.applications.get(review.application)
    if application is None or review.outcome is Outcome.DECLINED:
        return
    basis = application.basis
    scheme = body.scheme_for(basis.standard, review.reviewed_on)
    if basis.nature is Nature.GUIDANCE and scheme is None:
        yield (
            f"{basis.title} is guidance, and the body has published no scheme for it by {review.reviewed_on}.",
            f"certbody standard publish {basis.standard}",
        )
    if basis.nature is Nature.CLOSED and not (scheme and scheme.recognition):
        yield (
            f"{basis.title} is a closed scheme, and its owner's recognition of the body is not on record.",
            f"certbody standard publish {basis.standard} --recognition TEXT",
        )

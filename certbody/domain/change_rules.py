"""The rules on changes at a certified client: told or noticed, reviewed, and what may follow without an audit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.certificate import Certificate
from certbody.domain.change import Action, Change, ChangeNotice, ChangeReview
from certbody.domain.objection import Said, rule
from certbody.domain.people import Function

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

DECIDED = frozenset({Change.WIDER, Change.NARROWER, Change.PAUSE, Change.END})
"""Changes of what is certified, or whether: only a decision carries them out."""


@rule(35, "B", "ISO/IEC 17021-1:2015, 8.5.3", of="change_notices", reads="applications sites certificates")
def a_change_belongs_to_a_client(notice: ChangeNotice, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A notice names an application of the client, its certificate where there is one, and sites on record (8.5.3)."""
    if notice.application not in dossier.applications:
        yield (f"There is no application {notice.application}.", "name an application of this client")
    known = {each.number for each in dossier.certificates.values() if each.application == notice.application}
    if notice.certificate and notice.certificate not in known:
        yield (f"There is no certificate {notice.certificate} of this application.", "certbody certificate list")
    for site in notice.sites:
        if site not in dossier.sites:
            yield (f"There is no site {site} of this client.", "put the site on record first: certbody client site")


@rule(35, "B", "ISO/IEC 17021-1:2015, 8.5.3", of="change_reviews", reads="change_notices applications")
def a_change_is_reviewed(review: ChangeReview, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A change is reviewed after it was told, by a competent person; one of scope is decided, not reissued (8.5.3)."""
    notice = dossier.change_notices.get(review.notice)
    if notice is None:
        yield (f"There is no change notice {review.notice}.", "certbody change receive")
        return
    if review.reviewed_on < notice.received_on:
        yield (
            f"{notice.number} was received on {notice.received_on}; it cannot be reviewed on {review.reviewed_on}.",
            "give the day on which it was reviewed",
        )
    application = dossier.applications.get(notice.application)
    standard = application.standard if application else ""
    if not any(
        body.competent(review.by, standard, function, review.reviewed_on)
        for function in (Function.APPLICATION_REVIEW, Function.REVIEW)
    ):
        yield (
            f"{body.name(review.by)} holds no competence for application review or review under {standard} on "
            f"{review.reviewed_on}.",
            "name a competent reviewer",
        )
    if review.action is Action.REISSUE and notice.kind in DECIDED:
        yield (
            f"{notice.number} ({notice.kind}) changes what is certified; a reissue does not carry that out.",
            f"choose ‘{Action.AUDIT}’ or ‘{Action.DECISION}’",
        )
    if review.action is Action.DECISION and notice.kind is Change.WIDER:
        yield (
            f"{notice.number} would widen the scope without an audit.",
            "say why what is on record suffices, or have it audited",
            "W",
        )
    if review.action is Action.NONE and notice.kind in DECIDED | {Change.SYSTEM, Change.OWNERSHIP}:
        yield (f"Nothing is done about {notice.number} ({notice.kind}).", "say why nothing is needed", "W")


@rule(
    26,
    "B",
    "ISO/IEC 17021-1:2015, 8.2.2 i, 8.5.3",
    of="certificates",
    reads="change_notices change_reviews decisions annulments",
)
def a_revision_has_its_reason(certificate: Certificate, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """A revision carries out a new decision, or a change that was reviewed for a reissue; then scope and sites stay."""
    earlier = [
        each
        for each in dossier.certificates.values()
        if each.number == certificate.number and each.revision < certificate.revision
    ]
    last = max(earlier, key=lambda each: each.revision, default=None)
    if last is None or all(each.decision != certificate.decision for each in earlier):
        return
    if any(each.decision == last.decision for each in dossier.annulments.values()):
        return  # the decision behind the last revision is annulled: the text before it stands again
    reviewed = [
        (review, notice)
        for review in dossier.change_reviews.values()
        if review.action is Action.REISSUE
        and review.reviewed_on <= certificate.issued_on
        and (notice := dossier.change_notices.get(review.notice))
        and notice.application == certificate.application
        and not _used(review, earlier)
    ]
    if not reviewed:
        yield (
            f"{certificate.shown_number} differs from revision {last.revision}, and neither a decision nor a reviewed "
            "change asks for that.",
            f"certbody change receive {certificate.number}, and have it reviewed; what changes the scope is decided",
        )
        return
    if {each.site for each in certificate.sites} != {each.site for each in last.sites}:
        yield (
            f"{certificate.shown_number} would name other sites than revision {last.revision}; a reissue keeps them.",
            f"certbody decide expand {certificate.number}, or reduce",
        )
    if certificate.scope != last.scope:
        if any(notice.kind is Change.ERROR for _, notice in reviewed):
            yield (
                f"{certificate.shown_number} words the scope otherwise than revision {last.revision}.",
                "say that the meaning stays; what widens or narrows it is decided",
                "W",
            )
        else:
            yield (
                f"{certificate.shown_number} would say another scope than revision {last.revision}; a reissue "
                "keeps it.",
                f"certbody decide expand {certificate.number}, or reduce",
            )


def _used(review: ChangeReview, earlier: list[Certificate]) -> bool:
    """Whether a revision was issued since a review: it carried that out, and the review bears no other."""
    return any((each.issued_on, each.id) > (review.reviewed_on, review.id) for each in earlier)

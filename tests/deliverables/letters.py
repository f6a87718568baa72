"""Decisions after the first, for tests of their letters: what became of the example's certificate, a story for each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import attrs

from certbody import resources
from certbody.deliverables import decision
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.readable import document_text
from certbody.deliverables.terms import Terms, read
from certbody.deliverables.word import fill_document
from certbody.domain.audit import Audit, Meeting
from certbody.domain.certificate import Certificate
from certbody.domain.client import Site
from certbody.domain.decision import Annulment, CertificationDecision, Ground, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.standard import AuditType
from certbody.domain.translation import Translation
from certbody.domain.wording import Wording
from certbody.office.languages import read_translation
from tests.deliverables import example

AT = datetime(2027, 7, 6, 12, tzinfo=UTC)
ON = date(2027, 7, 6)
NUMBER = "FC-2026-0001"
NARROWER = "Handling of complaints of private customers about mobile, fixed-line and internet services."
WIDER = f"{example.SCOPE[:-1]}; handling of complaints about devices that were bought in the online shop."

REASONS = {
    Kind.REFUSE: "The corrective action for 2026-014/AK-1 was not implemented within the time agreed.",
    Kind.SUSPEND: "The first surveillance audit was due by 2027-06-24. Two dates were offered, in April and in May; "
    "both were declined because of a move of the contact centre, and no other date was named.",
    Kind.RESTORE: "The surveillance audit took place from 2027-06-14 to 2027-06-15. It found no major nonconformity.",
    Kind.REDUCE: "The flagship shop was closed, and complaints of business customers have been handled by another "
    "organization since 2027-06-01.",
    Kind.EXPAND: "The special audit of 2027-06-14 showed that complaints about devices are handled alike.",
    Kind.WITHDRAW: "The cause of the suspension was not removed within six months.",
    Kind.MAINTAIN: "The surveillance audit found one major nonconformity, whose corrective action has been verified.",
    Kind.RENEW: "The recertification audit found the process effective over the whole cycle.",
}
GROUNDS = {Kind.SUSPEND: Ground.AUDIT, Kind.REDUCE: Ground.REQUEST, Kind.WITHDRAW: Ground.UNRESOLVED}


def terms(*codes: str) -> tuple[Terms, ...]:
    """The shipped words of some languages."""
    folder = resources.place("templates") / "terms"
    english = (folder / "en.toml").read_bytes()
    return tuple(
        read((folder / f"{code}.toml").read_bytes(), f"templates/terms/{code}.toml", english if code != "en" else None)
        for code in codes
    )


@cache
def wording() -> Wording:
    return resources.wording(resources.shipped("iso10002"))


@cache
def translation(code: str) -> Translation:
    folder = resources.shipped("iso10002")
    return read_translation(folder / f"wording.{code}.toml", f"wording.{code}.toml", folder)


def taken(kind: Kind, **changes: Any) -> CertificationDecision:
    """A decision on the example's certificate in July 2027."""
    given: dict[str, Any] = {
        "id": "decision-2",
        "number": "D-2027-002",
        "application": "application-1",
        "kind": kind,
        "decided_on": date(2027, 7, 5),
        "by": "P-03",
        "reason": REASONS[kind],
        "ground": GROUNDS.get(kind),
        "certificate": NUMBER,
        "until": date(2028, 1, 4) if kind is Kind.SUSPEND else None,
    }
    if kind is Kind.REDUCE:
        given |= {"scope": NARROWER, "sites": ("HQ", "CC")}
    if kind is Kind.EXPAND:
        given |= {"scope": WIDER, "sites": ("HQ", "CC", "FS", "OS")}
    return CertificationDecision(**(given | changes))


def earlier(kind: Kind, **changes: Any) -> CertificationDecision:
    """A decision of January 2027, under which the later one is taken."""
    return taken(
        kind,
        **(
            {
                "id": "decision-1b",
                "number": "D-2027-001",
                "decided_on": date(2027, 1, 4),
                "until": date(2027, 7, 3) if kind is Kind.SUSPEND else None,
            }
            | changes
        ),
    )


def dossier(*decisions: CertificationDecision, **tables: tuple[Any, ...]) -> Dossier:
    """The example with further decisions and other records."""
    return example.dossier().having({"decisions": decisions, **tables})


def surveillance(**changes: Any) -> Audit:
    """The first surveillance audit, of June 2027."""
    stage_2 = example.dossier().audits[example.STAGE_2]
    given: dict[str, Any] = {
        "id": "audit-3",
        "number": "2027-021",
        "kind": AuditType.SURVEILLANCE,
        "stage": 0,
        "starts_on": date(2027, 6, 14),
        "ends_on": date(2027, 6, 15),
    }
    return attrs.evolve(stage_2, **(given | changes))


def closing() -> Meeting:
    """Its closing meeting."""
    held = example.dossier().meetings["m-4"]
    return attrs.evolve(held, id="m-5", audit="audit-3", held_on=date(2027, 6, 15), disagreements="")


def online_shop() -> Site:
    """A further site."""
    shop = example.dossier().sites["FS"]
    return attrs.evolve(shop, id="OS", name="Online shop", address="5 Quay Street", activities="Complaints by web form")


def revised(**changes: Any) -> Certificate:
    """The second revision of the certificate, which carries the decision of July 2027 out."""
    first = example.dossier().certificates["certificate-1"]
    return attrs.evolve(
        first,
        **({"id": "certificate-2", "revision": 2, "decision": "decision-2", "issued_on": date(2027, 7, 6)} | changes),
    )


def annulment(**changes: Any) -> Annulment:
    """The decision of July 2027 annulled two days later."""
    given: dict[str, Any] = {
        "id": "annulment-1",
        "decision": "decision-2",
        "annulled_on": date(2027, 7, 7),
        "by": "P-04",
        "reason": "The number of another client's certificate was meant: FC-2026-0010.",
    }
    return Annulment(**(given | changes))


def story(kind: str) -> Dossier:
    """What is on record when the letter of a kind is written."""
    if kind == "annulment":
        return dossier(taken(Kind.SUSPEND), annulments=(annulment(),))
    if kind == "restore":
        return dossier(earlier(Kind.SUSPEND), taken(Kind.RESTORE), audits=(surveillance(),), meetings=(closing(),))
    if kind == "withdraw":
        return dossier(earlier(Kind.SUSPEND), taken(Kind.WITHDRAW))
    if kind == "expand":
        return dossier(taken(Kind.EXPAND), sites=(online_shop(),), audits=(surveillance(),), meetings=(closing(),))
    if kind == "maintain":
        later = surveillance(id="audit-4", number="2028-002", starts_on=date(2028, 6, 5), ends_on=date(2028, 6, 6))
        return dossier(taken(Kind.MAINTAIN), audits=(surveillance(), later), meetings=(closing(),))
    if kind == "grant":
        return example.dossier()
    if kind == "refuse":
        grant = example.dossier().decisions["decision-1"]
        refusal = attrs.evolve(grant, kind=Kind.REFUSE, reason=REASONS[Kind.REFUSE])
        return attrs.evolve(example.dossier(), decisions={refusal.id: refusal}, certificates={}, verifications={})
    return dossier(taken(Kind(kind)))


def showing(kind: str = "suspend", *languages: str, **more: Any) -> Showing:
    """What a letter gets to see, in English and perhaps one language more."""
    about = {"annulment": "annulment-1", "grant": "decision-1", "refuse": "decision-1"}.get(kind, "decision-2")
    given: dict[str, Any] = {
        "on": date(2026, 6, 30) if kind in ("grant", "refuse") else date(2027, 7, 8) if kind == "annulment" else ON,
        "dossier": more.pop("dossier", None) or story(kind),
        "wording": wording(),
        "terms": terms("en", *languages),
        "translation": translation(languages[0]) if languages else None,
        "draft": False,
        "template": "T-22 r1" if languages else "T-13 r1",
    }
    return example.showing(about, **(given | more))


def made(view: Showing) -> bytes:
    """The letter as a file."""
    found = decision.TWO if len(view.terms) == 2 else decision.DELIVERABLE
    return fill_document(resources.template(found.template), found.fields(view), at=AT)


def letter(kind: str = "suspend", *languages: str, **more: Any) -> str:
    """The text of a letter."""
    return document_text(made(showing(kind, *languages, **more)))

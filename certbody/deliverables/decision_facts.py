"""What a letter on a decision knows: the values that fill its sentences, and the nonconformities that stood open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from certbody.deliverables.composed import Value
from certbody.deliverables.decision_blocks import ANNULMENT
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.settled import standing_on
from certbody.deliverables.spelled import counted
from certbody.deliverables.terms import Terms
from certbody.domain.application import Application
from certbody.domain.certificate import Certificate, Status, last_day, newest, standing
from certbody.domain.decision import ADVERSE, Annulment, CertificationDecision, Ground, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.periods import add_months, first_surveillance_by
from certbody.domain.standard import AuditType
from certbody.domain.surveillance import Due, due_of
from certbody.domain.wording import fill

SHOWS_NONCONFORMITIES = frozenset({Ground.FAILURE, Ground.UNRESOLVED})
"""Grounds on which a letter lists the nonconformities that stand open, as a refusal does."""


@attrs.frozen(kw_only=True)
class Told:
    """The decision that a letter tells of, or its annulment."""

    application: Application
    decision: CertificationDecision
    annulment: Annulment | None = None

    @property
    def kind(self) -> str:
        """Which letter it is."""
        return ANNULMENT if self.annulment else self.decision.kind

    @property
    def day(self) -> date:
        """The day on which it was decided, or annulled: states are shown as they stood then."""
        return self.annulment.annulled_on if self.annulment else self.decision.decided_on

    @property
    def begins_on(self) -> date:
        """The day from which it has effect."""
        return self.annulment.annulled_on if self.annulment else self.decision.begins_on


@attrs.frozen(kw_only=True)
class Known:
    """What the record says about a decision.

    Attributes:
        values: by the names that gaps and conditions of terms use.
        open: nonconformities that stood open, as `settled.standing_on` shows them.
        issued: the revision that carries the decision out; None where there is none, or not yet.
        held: that one, or else the revision in force when the decision takes effect.
    """

    values: Mapping[str, Value]
    open: list[dict[str, Any]]
    issued: Certificate | None
    held: Certificate | None


def known(showing: Showing, told: Told) -> Known:
    """All that a letter on a decision may say."""
    dossier, decision, begins = showing.dossier, told.decision, told.begins_on
    issued = None if told.annulment else _carried_out(decision, dossier)
    number = decision.certificate or (issued.number if issued else "")
    held = issued or newest(number, dossier, begins)
    states = standing_on(showing, told.application.id, told.day)
    left = [row for row in states if not row["enough"]] if _lists(told) else []
    values: dict[str, Value] = {
        **_body(showing, told),
        "certificate": number,
        "issued": "yes" if issued else "",
        "revised": "yes" if issued and issued.revision > 1 else "",
        **_times(showing, told, held),
        **_standing(dossier, told, number),
        "cause": _cause(decision, dossier, left),
        "watched": _watched([row for row in states if row["enough"] and row["state"] != "effectiveness confirmed"]),
        **_use(showing, told),
    }
    return Known(values=values, open=left, issued=issued, held=held)


def _carried_out(decision: CertificationDecision, dossier: Dossier) -> Certificate | None:
    """The certificate that carries the decision out, its newest revision; None before it is issued."""
    found = [each for each in dossier.certificates.values() if each.decision == decision.id]
    return max(found, key=lambda each: each.revision, default=None)


def _lists(told: Told) -> bool:
    decision = told.decision
    return not told.annulment and (decision.kind is Kind.REFUSE or decision.ground in SHOWS_NONCONFORMITIES)


def _body(showing: Showing, told: Told) -> dict[str, Value]:
    profile, policy, decision = showing.body.profile, showing.body.policy, told.decision
    client = showing.dossier.client
    return {
        "body": profile.name if profile else "",
        "client": client.name if client else "",
        "number": decision.number,
        "application": told.application.number,
        "criteria": criteria(showing, told),
        "decided": decision.decided_on,
        "decided_kind": str(decision.kind),
        "begins": told.begins_on,
        "annulled": told.annulment.annulled_on if told.annulment else None,
        "adverse": "yes" if not told.annulment and decision.kind in {*ADVERSE, Kind.REFUSE} else "",
        "copy": "yes" if decision.kind in (Kind.WITHDRAW, Kind.REDUCE) else "",
        "email": profile.email if profile else "",
        "verify": profile.verify_url if profile else "",
        "process": policy.appeals_process,
        "rules": policy.marks_rules,
    }


def criteria(showing: Showing, told: Told) -> Value:
    """What is audited against, as cited on the day of the decision: the body's scheme in the words of each language."""
    scheme = showing.body.scheme_for(told.application.standard, told.decision.decided_on)
    if scheme is None:
        return told.application.basis.criteria

    def say(terms: Terms) -> str:
        if is_english(terms):
            return scheme.citation
        published = terms.day(scheme.published_on)
        return terms.say("certificate.citation", document=scheme.document, issue=scheme.issue, published=published)

    return say


def is_english(terms: Terms) -> bool:
    """Whether what is on record in English stands as it is."""
    return terms.language == "en"


def _times(showing: Showing, told: Told, held: Certificate | None) -> dict[str, Value]:
    """The end of validity and of the suspension, and the audits that are due."""
    decision, dossier = told.decision, showing.dossier
    dues = due_of(held.number, dossier, told.day) if held else []
    owed = [each for each in dues if each.kind is AuditType.SURVEILLANCE and each.held_on is None]
    late = next((each.not_after for each in owed if each.overdue(told.day)), None)
    coming = owed[0] if owed else None
    again = next((each.not_after for each in dues if each.kind is AuditType.RECERTIFICATION), None)
    due: date | None = coming.not_after if coming else None
    if decision.kind is Kind.GRANT:
        due = due or first_surveillance_by(decision.decided_on)
    return {
        "expires": last_day(held, dossier) if held else None,
        "until": _until(showing, decision),
        "surveillance": due,
        "overdue": late,
        "planned": _planned(dossier, told, coming),
        "recertification": again if dues and not owed else None,
    }


def _until(showing: Showing, decision: CertificationDecision) -> date | None:
    """The last day by which the cause of a suspension is to be removed; by the body's policy where none is given."""
    if decision.kind is not Kind.SUSPEND:
        return None
    return decision.until or add_months(decision.begins_on, showing.body.policy.suspension_months)


def _planned(dossier: Dossier, told: Told, coming: Due | None) -> date | None:
    """For when the next surveillance is planned: as an audit; after a grant, in the programme at least."""
    if coming and coming.planned_for:
        return coming.planned_for
    if told.decision.kind is not Kind.GRANT:
        return None
    programmes = [each for each in dossier.programmes.values() if each.application == told.application.id]
    last = max(programmes, key=lambda each: (each.made_on, each.id), default=None)
    planned = [each.planned_for for each in last.planned if each.kind is AuditType.SURVEILLANCE] if last else []
    return planned[0] if planned else None


def _standing(dossier: Dossier, told: Told, number: str) -> dict[str, Value]:
    """Since when it is, or was until now, suspended; and whether it is valid once a decision is annulled."""
    if not number:
        return {"suspended": None, "valid_now": ""}
    before = standing(number, dossier if told.annulment else without(told, dossier), told.begins_on)
    return {
        "suspended": before.since if before.status is Status.SUSPENDED else None,
        "valid_now": "yes" if before.status is Status.VALID else "",
    }


def without(told: Told, dossier: Dossier) -> Dossier:
    """The dossier as if the decision had not been taken."""
    rest = {key: each for key, each in dossier.decisions.items() if key != told.decision.id}
    return dossier.changed({"decisions": rest})


def _cause(decision: CertificationDecision, dossier: Dossier, left: list[dict[str, Any]]) -> str:
    """What a suspension asks of the client, by its ground, as far as the record bears it out."""
    ground = decision.ground or Ground.UNRESOLVED
    if ground is Ground.FAILURE and not left:
        return Ground.UNRESOLVED.name.lower()
    dues = due_of(decision.certificate, dossier, decision.decided_on) if ground is Ground.AUDIT else []
    late = any(each.kind is AuditType.SURVEILLANCE and each.overdue(decision.decided_on) for each in dues)
    return "audit_open" if ground is Ground.AUDIT and not late else ground.name.lower()


def _watched(states: list[dict[str, Any]]) -> Value:
    """The nonconformities whose effect is seen at the next audit only, with grade and state."""
    if not states:
        return ""

    def say(terms: Terms) -> str:
        said = []
        for row in states:
            grade, state = terms.say(f"decision.grades.{row['grade']}"), state_said(row["state"], terms)
            said.append(terms.say("decision.watched", number=row["number"], grade=grade, state=state))
        return "; ".join(said)

    return say


def state_said(state: str, terms: Terms) -> str:
    """How far a nonconformity has come, as a language says it."""
    return terms.say(f"decision.states.{state.replace(' ', '_')}")


def _use(showing: Showing, told: Told) -> dict[str, Value]:
    """The sentence that the client may use (8.3), and where the scheme is published."""
    wording, client, body = showing.wording, showing.dossier.client, showing.body
    scheme = body.scheme_for(told.application.standard, told.decision.decided_on)
    said = {
        "body": body.profile.name if body.profile else "",
        "client": client.name if client else "",
        "sites": counted(len(told.application.sites), "site"),
        "scope": told.application.scope,
        "criteria": scheme.document if scheme else told.application.basis.criteria,
        "issue": str(scheme.issue) if scheme else "",
        "issued": str(scheme.published_on) if scheme else "",
        "accreditation_note": wording.accreditation_note if wording else "",
    }

    def sentence(terms: Terms) -> str:
        own = showing.translation if not is_english(terms) else None
        sentence = own.client_sentence if own else wording.client_sentence if wording else ""
        return fill(sentence, said)

    return {"sentence": sentence if wording else "", "scheme": scheme.place if scheme else ""}

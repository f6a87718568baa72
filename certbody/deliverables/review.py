"""Review and decision record: what was reviewed, who may decide, and what was decided (ISO/IEC 17021-1:2015, 9.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.independence import checks, participants
from certbody.deliverables.matter import Matter, matter
from certbody.deliverables.provenance import authenticated
from certbody.deliverables.settled import standing_on
from certbody.deliverables.spelled import counted, listed, period
from certbody.deliverables.traced import facts
from certbody.domain.application import ApplicationReview
from certbody.domain.audit import Audit, assignments_of, closed_on
from certbody.domain.certificate import granted
from certbody.domain.decision import Kind
from certbody.domain.decision_rules import standing_before
from certbody.domain.findings import Grade, findings_of
from certbody.domain.report import conclusion_of, report_of, stage1_conclusion_of

NOTHING = "Nothing recorded."


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template of the review and decision record may name. `showing.about`: see `matter`."""
    about = matter(showing)
    raised = standing_on(showing, about.application.id, about.day, none_after_all=True)
    involved, judges = participants(showing, about), checks(showing, about)
    return {
        **common(showing, "Review and decision record", number(showing)),
        "day": about.day,
        "application": _application(showing, about),
        "confirmation": _confirmation(showing, about),
        "audits": [_audit(showing, about, audit) for audit in about.audits(showing)],
        "nonconformities": raised,
        "open": listed(row["number"] for row in raised if not row["enough"]),
        "wanted": _wanted(about),
        "before": _before(showing, about),
        "queries": _queries(showing, about),
        "review": _review(showing, about),
        "participants": involved,
        "checks": judges,
        "all_clear": bool(judges) and all(row["clear"] == "clear" for row in judges),
        "decision": _decision(showing, about),
        "signed": _signed(showing, about),
        "papers": [
            {"name": each.name, "number": each.number, "issued": each.issued_on, "sha256": each.sha256[:16]}
            for each in sorted(showing.dossier.documents.values(), key=lambda each: (each.issued_on, each.id))
            if each.issued_on <= about.day
        ],
        "facts": facts(showing, about),
    }


def number(showing: Showing) -> str:
    """The decision's number, or the application's while there is no decision."""
    about = matter(showing)
    return about.decision.number if about.decision else about.application.number


def _application(showing: Showing, about: Matter) -> dict[str, Any]:
    application, dossier = about.application, showing.dossier
    sites = [dossier.sites[site] for site in application.sites if site in dossier.sites]
    named = "; ".join(f"{each.name} ({each.city})" for each in sites)
    return {
        "number": application.number,
        "received": application.received_on,
        "criteria": application.basis.criteria,
        "standard": application.basis.title,
        "scope": granted(application, dossier, about.day)[0],
        "sites": f"{counted(len(application.sites), 'site')}: {named}",
        "codes": listed(application.codes),
    }


def _confirmation(showing: Showing, about: Matter) -> dict[str, Any]:
    """The application review as it stood (9.1.2), and what the reviewer confirms of it (9.5.3.1)."""
    reviews: list[ApplicationReview] = [
        each
        for each in showing.dossier.application_reviews.values()
        if each.application == about.application.id and each.reviewed_on <= about.day
    ]
    last = max(reviews, key=lambda each: (each.reviewed_on, each.id), default=None)
    confirmed = (about.review.application_confirmed if about.review else "") or NOTHING
    if last is None:
        return {"on": None, "by": "", "outcome": "no application review is on record", "points": [], "said": confirmed}
    points = (
        ("Information", last.information),
        ("Ability to certify", last.ability),
        ("Impartiality", last.impartiality),
        ("Language and safety", last.language_and_safety),
        ("Competence of the team", last.team_competence),
        ("Competence to decide", last.decision_competence),
        ("Reason", last.reason),
    )
    return {
        "on": last.reviewed_on,
        "by": showing.body.name(last.by),
        "outcome": str(last.outcome),
        "points": [{"about": words, "said": said} for words, said in points if said.strip()],
        "said": confirmed,
    }


def _audit(showing: Showing, about: Matter, audit: Audit) -> dict[str, Any]:
    dossier, body = showing.dossier, showing.body
    report = report_of(audit.id, dossier, about.day)
    found = findings_of(audit.id, dossier, about.day)
    counts = [(grade, sum(each.grade is grade for each in found)) for grade in Grade]
    conclusion, ready = conclusion_of(audit.id, dossier), stage1_conclusion_of(audit.id, dossier)
    said, conditions = "no conclusion is on record", ""
    if conclusion:
        said, conditions = f"recommends to {conclusion.recommendation}", conclusion.conditions
    elif ready:
        said = "ready for stage 2" if ready.ready else "not ready for stage 2"
    return {
        "number": audit.number,
        "title": audit.title,
        "days": period(audit.starts_on, audit.ends_on),
        "closed": closed_on(audit.id, dossier),
        "sites": listed(dossier.sites[site].name for site in audit.sites if site in dossier.sites),
        "team": listed(f"{body.name(each.person)} ({each.role})" for each in assignments_of(audit.id, dossier)),
        "findings": listed(counted(count, *_GRADES[grade]) for grade, count in counts if count) or "no findings",
        "conclusion": said,
        "conditions": conditions,
        "report": f"{report.number}, revision {report.revision}, of {report.issued_on}" if report else "none issued",
    }


_GRADES = {
    Grade.MAJOR: ("major nonconformity", "major nonconformities"),
    Grade.MINOR: ("minor nonconformity", "minor nonconformities"),
    Grade.OPPORTUNITY: ("opportunity for improvement", "opportunities for improvement"),
    Grade.STRENGTH: ("strength", "strengths"),
    Grade.CONCERN: ("area of concern", "areas of concern"),
}


def _queries(showing: Showing, about: Matter) -> list[dict[str, Any]]:
    """Information sought before the decision, and what came back (9.5.1.4); numbered as they were put on record."""
    dossier = showing.dossier
    every = sorted(
        (each for each in dossier.review_queries.values() if each.application == about.application.id),
        key=lambda each: each.id,
    )
    numbers = {each.id: f"{about.application.number}/Q-{count}" for count, each in enumerate(every, start=1)}
    asked = [each for each in every if each.asked_on <= about.day]
    found = []
    for query in sorted(asked, key=lambda each: (each.asked_on, each.id)):
        answers = [
            {"on": each.answered_on, "by": showing.body.name(each.by), "said": each.answer}
            for each in sorted(dossier.query_answers.values(), key=lambda each: (each.answered_on, each.id))
            if each.query == query.id and each.answered_on <= about.day
        ]
        row = {"on": query.asked_on, "by": showing.body.name(query.by), "to": showing.body.name(query.to)}
        found.append({"number": numbers[query.id], **row, "question": query.question, "answers": answers})
    return found


def _review(showing: Showing, about: Matter) -> dict[str, Any]:
    review = about.review
    if review is None:
        blank = dict.fromkeys(("by", "information", "nonconformities", "objectives", "advice", "conditions"), "")
        return {"made": False, "on": None, "recommendation": "", **blank}
    return {
        "made": True,
        "on": review.reviewed_on,
        "by": showing.body.name(review.by),
        "information": review.information,
        "nonconformities": review.nonconformities or NOTHING,
        "objectives": review.objectives or NOTHING,
        "advice": review.technical_advice or "None was needed.",
        "recommendation": str(review.recommendation),
        "conditions": review.conditions or "none",
    }


def _decision(showing: Showing, about: Matter) -> dict[str, Any]:
    decision, name = about.decision, showing.body.name
    if decision is None:
        blank = dict.fromkeys(("number", "kind", "by", "members", "reason", "conditions", "scope"), "")
        return {"taken": False, "on": None, "effective": None, **blank}
    return {
        "taken": True,
        "number": decision.number,
        "kind": str(decision.kind),
        "on": decision.decided_on,
        "effective": decision.effective_on or decision.decided_on,
        "by": name(decision.by),
        "members": listed(name(person) for person in decision.deciders) if decision.members else "",
        "reason": decision.reason,
        "conditions": decision.conditions or "none",
        "scope": decision.scope or granted(about.application, showing.dossier, about.day)[0],
    }


_WANTED = {
    Kind.GRANT: "a grant",
    Kind.REFUSE: "a grant",
    Kind.RENEW: "a renewal",
    Kind.EXPAND: "an expansion",
    Kind.RESTORE: "a restoration",
}


def _wanted(about: Matter) -> str:
    """For what nonconformities are dealt with enough, or not: what is decided, else what the reviewer recommends."""
    named = about.decision.kind if about.decision else about.review.recommendation if about.review else Kind.GRANT
    return _WANTED.get(named, "certification")


def _before(showing: Showing, about: Matter) -> str:
    """The certificate that a decision is about, as it stood before it; empty for the decision on an application."""
    decision = about.decision
    if decision is None or not decision.certificate:
        return ""
    held = standing_before(decision, showing.dossier)
    since = f" since {held.since}" if held.since else ""
    until = f"; cause to be removed by {held.suspended_until}" if held.suspended_until else ""
    return f"{held.number}, {held.status}{since}{until}"


def _signed(showing: Showing, about: Matter) -> list[dict[str, str]]:
    """Whose acts review and decision are, and how each was authenticated; who is named before it is signed by hand."""
    found = []
    if review := about.review:
        how = authenticated(showing, "reviews", review.id)
        found.append({"act": "Review", "name": showing.body.name(review.by), "how": how})
    if decision := about.decision:
        how = authenticated(showing, "decisions", decision.id)
        found.append({"act": "Decision", "name": showing.body.name(decision.by), "how": how})
    return found


DELIVERABLE = Deliverable(
    kind="review", title="Review and decision record", template="review.docx", fields=fields, number=number
)

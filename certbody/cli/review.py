"""`certbody review`: everything before the decision, looked at by somebody who was on no audit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certbody.cli.desk import DAY, FOLDER, Acting, Desk, acting, showing
from certbody.cli.shape import group

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.objection import Objection
    from certbody.office.candidates import Candidate
    from certbody.office.reviews import Query, Table

review = group(
    "review",
    help="Review everything before the decision: queries, what lies on the table, the review itself.",
    examples="""
    certbody review show A-2026-001
    certbody review query A-2026-001 --to 'Ada Example' --question 'Which sites were seen?' --as DE
    certbody review answer A-2026-001/Q-1 --by 'Ada Example' --answer 'All three.' --as AE
    certbody review record A-2026-001 --recommend grant --information … --objectives … --as DE
    """,
)

KINDS = ("grant", "refuse", "maintain", "renew", "expand", "reduce", "suspend", "restore", "withdraw")
"""What a reviewer may recommend (ISO/IEC 17021-1:2015, 9.5.1.1)."""


@review.command("query", examples="certbody review query A-2026-001 --to 'Ada Example' --question '…' --as DE")
@click.argument("application")
@click.option("--to", required=True, metavar="NAME", help="Whom you ask: of the team, or of the client.")
@click.option("--question", required=True)
@acting
def query(desk: Desk, acting: Acting, application: str, to: str, question: str) -> None:
    """Put a question to the team or the client on record; a review waits until it is answered."""
    from certbody.office.reviews import ask

    made = ask(desk.office, application, to=to, question=question, on=acting.on, hand=acting.hand(), why=acting.why)
    desk.say(
        _asked(made),
        f"{made.number} to {to}: {question}",
        f"Next: certbody review answer {made.number} --by NAME --answer TEXT",
    )


@review.command("answer", examples="certbody review answer A-2026-001/Q-1 --by 'Ada Example' --answer '…' --as AE")
@click.argument("query")
@click.option("--by", required=True, metavar="NAME", help="Who answered.")
@click.option("--answer", "said", required=True)
@acting
def answer(desk: Desk, acting: Acting, query: str, by: str, said: str) -> None:
    """Put the answer to a query on record; name the query, or the application where one query is open."""
    from certbody.office.reviews import answer as put

    made = put(desk.office, query, by=by, said=said, on=acting.on, hand=acting.hand(), why=acting.why)
    desk.say(_asked(made), f"{made.number} is answered by {by}: {said}")


def _asked(query: Query) -> dict[str, Any]:
    from certbody.records import dump

    return {"number": query.number, **dump(query.query), "answers": [dump(each) for each in query.answers]}


@review.command(
    "record",
    examples="""
    certbody review record A-2026-001 --recommend grant --information … --nonconformities … \\
      --application-confirmed … --objectives … --as DE
    """,
)
@click.argument("application")
@click.option("--recommend", type=click.Choice(KINDS), required=True, help="What you recommend.")
@click.option("--information", required=True, help="Whether the team's information suffices (9.5.2 a).")
@click.option("--nonconformities", default="", help="On each nonconformity and what was done about it (9.5.3.1 b).")
@click.option("--application-confirmed", default="", help="On the information of the application review (9.5.3.1 c).")
@click.option("--objectives", default="", help="Whether the audit objectives were achieved (9.5.3.1 d).")
@click.option("--technical-advice", default="", help="Advice taken from an independent expert, and whose.")
@click.option("--conditions", default="", help="Conditions of the recommendation.")
@acting
def record(desk: Desk, acting: Acting, application: str, recommend: str, **said: str) -> None:
    """Put your review on record: your own act, with your PIN. Who audited does not review (9.5.2)."""
    from certbody.domain.decision import Kind
    from certbody.office.reviews import review as put
    from certbody.records import dump

    made = put(
        desk.office,
        application,
        recommendation=Kind(recommend),
        on=acting.on,
        hand=acting.hand(personal=True),
        why=acting.why,
        **said,
    )
    desk.say(
        {"number": application, **dump(made)},
        f"{desk.office.body.name(made.by)} reviewed {application} on {made.reviewed_on} and recommends to {recommend}.",
        f"Next: certbody decide {recommend} {_decided(desk, application, recommend)} --reason TEXT",
    )


def _decided(desk: Desk, application: str, recommend: str) -> str:
    """What a decision is about: the application, or the certificate that it was granted."""
    from certbody.office.applications import application as found

    if recommend in ("grant", "refuse"):
        return application
    journal, asked = found(desk.office, application)
    held = [each for each in desk.office.dossier(journal).certificates.values() if each.application == asked.id]
    return held[-1].number if held else "CERTIFICATE"


@review.command("report", examples="certbody review report A-2026-001 --out papers --as DE")
@click.argument("application")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def report(desk: Desk, acting: Acting, application: str, out: Path) -> None:
    """Issue the review and decision record in Word."""
    from certbody.office.reviews import review_paper

    path = review_paper(desk.office, application, hand=acting.hand(), on=acting.on).written(out)
    desk.say({"number": application, "file": str(path)}, f"Wrote {path}.")


@review.command("show", examples="certbody review show A-2026-001 --json")
@click.argument("application")
@click.option("--on", type=DAY, metavar="DATE", help="As it lay on the table on a day (default: today).")
@showing
def show(desk: Desk, application: str, on: date | None) -> None:
    """Show what lies on the table, who is barred from review and decision and why, and what is missing."""
    from certbody.office.reviews import table

    found = table(desk.office, application, on or desk.office.today())
    desk.say(_data(found, desk.office.body), *_lines(found, desk.office.body))


def _data(found: Table, body: Body) -> dict[str, Any]:
    from certbody.cli.steps import row
    from certbody.records import dump

    return {
        "number": found.application.number,
        "client": found.journal,
        "on": found.on.isoformat(),
        "audits": [
            {"number": audit.number, "title": audit.title, "report": dump(report) if report else None}
            for audit, report in found.reports
        ],
        "nonconformities": [row(found.journal, each) for each in found.nonconformities],
        "queries": [_asked(each) for each in found.queries],
        "reviews": [dump(each) for each in found.reviews],
        "decisions": [dump(each) for each in found.decisions],
        "may_review": [person_row(each, body) for each in found.reviewers if not each.barred],
        "may_decide": [person_row(each, body) for each in found.deciders if not each.barred],
        "barred_from_review": [person_row(each, body) for each in found.reviewers if each.barred],
        "barred_from_decision": [person_row(each, body) for each in found.deciders if each.barred],
        "missing_for_review": [objection_row(each) for each in found.before_review],
        "missing_for_grant": [objection_row(each) for each in found.before_decision],
        "standing": [objection_row(each) for each in found.standing],
    }


def person_row(candidate: Candidate, body: Body) -> dict[str, Any]:
    """A person in JSON, with what the rules have against the act."""
    return {
        "person": candidate.person,
        "name": body.name(candidate.person),
        "reasons": [objection_row(each) for each in candidate.objections],
    }


def objection_row(each: Objection) -> dict[str, Any]:
    """An objection in JSON."""
    return {"rule": each.rule, "level": each.level, "text": each.text, "clause": each.clause, "next": each.next}


def _lines(found: Table, body: Body) -> list[str]:
    lines = [f"Application {found.application.number} of {found.journal}, as it lies on the table on {found.on}"]
    lines += [
        f"  {audit.title} {audit.number}: "
        + (f"report {report.number} r{report.revision} of {report.issued_on}" if report else "no report issued")
        for audit, report in found.reports
    ]
    lines += [f"  {each.finding.grade} {each.finding.number}: {each.stage}" for each in found.nonconformities]
    for each in found.queries:
        lines += [f"  {each.number} to {each.query.to}: {each.query.question}"]
        lines += [f"    {given.answered_on} {given.by}: {given.answer}" for given in each.answers]
        lines += [] if each.answers else ["    not answered"]
    lines += [
        f"  reviewed by {body.name(each.by)} on {each.reviewed_on}: recommends to {each.recommendation}"
        for each in found.reviews
    ]
    lines += [f"  decision {each.number} of {each.decided_on}: {each.kind}" for each in found.decisions]
    for act, candidates in (("review", found.reviewers), ("decide", found.deciders)):
        lines += who_may(act, candidates, body)
    if found.decisions:
        return lines
    for what, objections in (
        ("Missing for a review", found.before_review),
        ("Missing for a grant", found.before_decision),
        ("Standing against the record", found.standing),
    ):
        lines += [f"{what}:"] if objections else []
        for objection in objections:
            lines += [f"  {objection.text} ({objection.clause})"]
            lines += [f"    Next: {objection.next}"] if objection.next else []
    if not found.before_review and not found.reviews:
        lines += [f"Next: certbody review record {found.application.number}"]
    elif not found.before_decision:
        lines += [f"Next: certbody decide grant {found.application.number}, or refuse"]
    return lines


def who_may(act: str, candidates: tuple[Candidate, ...], body: Body) -> list[str]:
    """Lines on who may take an act, and what bars the others."""
    free = [body.name(each.person) for each in candidates if not each.barred]
    lines = [f"May {act}: {', '.join(free) or 'nobody'}"]
    for candidate in candidates:
        word = "not" if candidate.barred else "with a reason,"
        grave = [each for each in candidate.objections if each.level != "W" or not candidate.barred]
        lines += [f"  {word} {body.name(candidate.person)}: {each.text}" for each in grave[:1]]
    return lines

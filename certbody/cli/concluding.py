"""The commands of `certbody audit` for what the team concludes, and for the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certbody.cli.desk import FILE, FOLDER, Acting, Desk, acting
from certbody.cli.shape import Command

RECOMMENDATIONS = {
    "grant": "grant",
    "grant-after-correction": "grant once nonconformities are dealt with",
    "refuse": "refuse",
    "maintain": "maintain",
}
_TEXTS = {
    1: {
        "documented": "documented_information",
        "scope": "scope_and_sites",
        "internal_audit": "internal_audit_and_review",
        "resources": "resources_and_focus",
    },
    2: {
        "conditions": "conditions",
        "conformity": "conformity_and_effectiveness",
        "capability": "capability",
        "internal_audit": "internal_audit_and_review",
        "deviations": "deviations",
        "significant": "significant_matters",
        "changes": "changes",
        "unresolved": "unresolved",
        "marks": "marks",
        "remote": "remote",
    },
}
"""Option to field, by stage."""


def _only(given: dict[str, Any], known: set[str], stage: int) -> None:
    """Refuse what belongs to the other stage, rather than drop it without a word."""
    from certbody.errors import BadData

    if strange := [f"--{name.replace('_', '-')}" for name, value in given.items() if value and name not in known]:
        raise BadData(f"{', '.join(strange)} does not belong to a conclusion of stage {stage or 'n/a'}.")


@click.command(
    "conclude",
    cls=Command,
    examples="""
    certbody audit conclude 2026-001 --ready --summary '...' --internal-audit '...' --as AE
    certbody audit conclude 2026-002 --recommend grant-after-correction --conformity '...' --capability '...' \
--internal-audit '...' --as AE
    certbody audit conclude 2026-002 --from-file conclusion.toml --as AE
    """,
)
@click.argument("number")
@click.option("--from-file", "file", type=FILE, help="The conclusion as TOML; options given besides it win.")
@click.option("--ready/--not-ready", default=None, help="Stage 1: whether the client is ready for stage 2.")
@click.option("--summary", default="", help="Stage 1: the conclusion in a few sentences.")
@click.option("--documented", default="", help="Stage 1: on documented information.")
@click.option("--scope", default="", help="Stage 1: on scope, sites and legal obligations.")
@click.option("--resources", default="", help="Stage 1: resources for stage 2, and where it looks closely.")
@click.option("--recommend", type=click.Choice(list(RECOMMENDATIONS)), help="What the team recommends.")
@click.option("--conditions", default="", help="Conditions of the recommendation.")
@click.option("--conformity", default="", help="On conformity and effectiveness, with a summary of the evidence.")
@click.option("--capability", default="", help="On the capability to meet requirements and expected outcomes.")
@click.option("--internal-audit", default="", help="On internal audits and management review.")
@click.option("--scope-not-appropriate", default="", metavar="REASON", help="The scope is not appropriate.")
@click.option("--objectives-not-fulfilled", default="", metavar="REASON", help="The objectives are not fulfilled.")
@click.option("--deviations", default="", help="Deviations from the plan, and why.")
@click.option("--significant", default="", help="Matters that affect the audit programme.")
@click.option("--changes", default="", help="Significant changes at the client.")
@click.option("--unresolved", default="", help="What stayed unresolved.")
@click.option("--marks", default="", help="On the client's use of marks and certification documents.")
@click.option("--remote", default="", help="How far remote methods were used, and how well they worked.")
@acting
def conclude(
    desk: Desk,
    acting: Acting,
    number: str,
    file: Path | None,
    ready: bool | None,
    recommend: str | None,
    scope_not_appropriate: str,
    objectives_not_fulfilled: str,
    **texts: str,
) -> None:
    """Put the team's conclusion on record: readiness after stage 1, recommendation after stage 2."""
    from certbody.office.audits import find_audit
    from certbody.office.conclusions import conclude as put
    from certbody.office.conclusions import read_conclusion
    from certbody.records import dump

    office = desk.office
    _, audit = find_audit(office, number)
    stage = 1 if audit.stage == 1 else 2
    named = _TEXTS[stage] | ({"summary": "summary"} if stage == 1 else {})
    given: dict[str, Any] = {**texts, "recommend": recommend if stage == 1 else None}
    given |= {"scope_not_appropriate": scope_not_appropriate, "objectives_not_fulfilled": objectives_not_fulfilled}
    own = {*named, *(("scope_not_appropriate", "objectives_not_fulfilled") if stage == 2 else ())}
    _only({**given, "ready/--not-ready": ready is not None and stage == 2}, own, audit.stage)
    said = read_conclusion(file.read_bytes(), file.name, audit.stage) if file else {}
    said |= {named[name]: value for name, value in texts.items() if value}
    if stage == 1:
        said |= {} if ready is None else {"ready": ready}
    else:
        said |= {"recommendation": RECOMMENDATIONS[recommend]} if recommend else {}
        for reason, fact, remark in (
            (scope_not_appropriate, "scope_appropriate", "scope_remark"),
            (objectives_not_fulfilled, "objectives_fulfilled", "objectives_remark"),
        ):
            said = {fact: True, **said} | ({fact: False, remark: reason} if reason else {})
    made = put(office, number, said, hand=acting.hand(), on=acting.on, why=acting.why)
    if stage == 1:
        word = "ready" if said["ready"] else "not ready"
        line = f"Stage 1 ({audit.number}) concludes: the client is {word} for stage 2."
    else:
        line = f"Audit {audit.number} concludes; the team recommends: {said['recommendation']}."
    desk.say(dump(made), line, f"Next: certbody audit report {audit.number} --out DIR")


@click.command(
    "report",
    cls=Command,
    examples="""
    certbody audit report 2026-002 --draft --out papers
    certbody audit report 2026-002 --out papers --as AE
    certbody audit report 2026-002 --revision --reason '2026-002/AE-1 was regraded' --out papers --as AE
    """,
)
@click.argument("number")
@click.option("--draft", is_flag=True, help="As it would be now, marked DRAFT; nothing goes on record.")
@click.option("--revision", is_flag=True, help="Issue a further revision, which replaces the one issued already.")
@click.option("--reason", default="", help="Why the revision replaces the one before.")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def report(desk: Desk, acting: Acting, number: str, draft: bool, revision: bool, reason: str, out: Path) -> None:
    """Issue the audit report in Word, once every part of it is there (9.4.8.2, 9.4.8.3).

    A revision says why it replaces the one before, and what has changed; the one before stays on record.
    """
    from certbody.cli.auditing import out_folder
    from certbody.office.conclusions import draft_report, issue_report

    if reason and not revision:
        raise click.UsageError("A reason belongs to a revision: give --revision, too.")
    out_folder(out)
    if draft:
        path = draft_report(desk.office, number, on=acting.on).written(out)
        desk.say({"audit": number, "draft": True, "file": str(path)}, f"Wrote the draft {path}.")
        return
    made, paper, new = issue_report(
        desk.office, number, hand=acting.hand(), on=acting.on, revision=revision, reason=reason, why=acting.why
    )
    path = paper.written(out)
    words = "Issued" if new else f"Issued on {made.issued_on} already, written again:"
    desk.say(
        {
            "audit": number,
            "draft": False,
            "number": made.number,
            "revision": made.revision,
            "new": new,
            "file": str(path),
        },
        f"{words} report {made.number}: {path}.",
    )


AFTERWARDS = (conclude, report)
"""Commands of the group `audit`, in the order of the work."""

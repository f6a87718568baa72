"""How the command line tells the steps of a nonconformity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.nonconformity import Progress


def row(journal: str, step: Progress) -> dict[str, Any]:
    """A nonconformity as a row of a list, for programs."""
    finding = step.finding
    return {
        "number": finding.number,
        "client": journal,
        "grade": str(finding.grade),
        "requirement": finding.requirement,
        "site": finding.site,
        "statement": finding.statement,
        "due_on": step.due_on.isoformat() if step.due_on else None,
        "extended": bool(step.extensions),
        "regraded": bool(step.regradings),
        "disputed": step.disputed,
        "stage": step.stage,
        "next": step.next_step,
    }


def told(step: Progress, journal: str, body: Body) -> list[str]:
    """Everything about a nonconformity by a day, in lines for people."""
    name, finding = body.name, step.finding
    what = f"{finding.grade} nonconformity" if finding.nonconformity else f"{finding.grade}, no nonconformity after all"
    lines = [f"{finding.number}: {what} of {journal}, requirement {finding.requirement}"]
    lines += [f"  {finding.statement}", f"  Evidence: {finding.evidence}"]
    if step.disputed:
        lines += ["  The client disputes it."]
    for each in step.regradings:
        lines += [f"Regraded to {each.grade} on {each.regraded_on} by {name(each.by)}: {each.reason}"]
    for longer in step.extensions:
        lines += [f"To be answered by {longer.until}, said {name(longer.by)} on {longer.extended_on}: {longer.reason}"]
    if said := step.response:
        lines += [f"Answer of {said.received_on} by {said.by}:"]
        lines += [
            f"  {words}: {text}"
            for words, text in (
                ("extent", said.extent),
                ("correction", said.correction),
                ("cause", said.cause),
                ("corrective action", said.corrective_action),
                ("owner", said.owner),
                ("due", said.due_on),
                ("done", said.done_on),
                ("evidence", said.evidence),
                ("files", ", ".join(each.name for each in said.files)),
            )
            if text
        ]
    if review := step.review:
        word = "accepted" if review.accepted else "rejected"
        lines += [f"Answer {word} by {name(review.by)} on {review.reviewed_on}: {review.reason}"]
    if check := step.verification:
        word = "verified" if check.implemented else "found wanting"
        lines += [f"Implementation {word} by {name(check.by)} on {check.verified_on} ({check.means}): {check.evidence}"]
    if last := step.effectiveness:
        word = "confirmed" if last.effective else "not confirmed"
        lines += [f"Effectiveness {word} by {name(last.by)} on {last.confirmed_on}: {last.evidence}"]
    due = f"; an answer is due by {step.due_on}" if not step.response and finding.nonconformity else ""
    lines += [f"On {step.on}: {step.stage}{due}"]
    return lines + ([f"Next: {step.next_step}"] if step.next_step else [])

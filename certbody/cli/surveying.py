"""`certbody audit monitor` and `certbody programme due`: surveillance looked at, and what falls due."""

from __future__ import annotations

from datetime import date

import click

from certbody.cli.desk import DAY, Acting, Desk, acting, showing
from certbody.cli.shape import Command


@click.command(
    "monitor",
    cls=Command,
    examples="certbody audit monitor 2027-003 --remark 'complete; the conclusion is borne by the evidence' --as DE",
)
@click.argument("number")
@click.option("--remark", required=True, help="What was looked at, and what was found.")
@click.option("--decision-needed", is_flag=True, help="People who did not audit have to decide: a major, for example.")
@acting
def monitor(desk: Desk, acting: Acting, number: str, remark: str, decision_needed: bool) -> None:
    """Look at a surveillance's report in the body: without a major, certification goes on without a decision (9.6.1).

    By somebody competent for review or decision who was not on the audit.
    """
    from certbody.office.monitoring import monitor as put
    from certbody.records import dump

    made = put(
        desk.office,
        number,
        remark=remark,
        decision_needed=decision_needed,
        on=acting.on,
        hand=acting.hand(personal=True),
        why=acting.why,
    )
    name = desk.office.body.name(made.by)
    outcome = "people who did not audit decide" if decision_needed else "certification goes on, without a decision"
    step = "certbody review record" if decision_needed else f"certbody audit show {number}"
    desk.say(dump(made), f"{number} monitored on {made.monitored_on} by {name}: {outcome}.", f"Next: {step}")


@click.command(
    "due",
    cls=Command,
    examples="""
    certbody programme due --on 2027-05-01
    certbody programme due --all --json
    """,
)
@click.option("--on", type=DAY, metavar="DATE", help="The day (default: today).")
@click.option("--all", "all_due", is_flag=True, help="Every audit of the cycle that is still to come.")
@showing
def due(desk: Desk, on: date | None, all_due: bool) -> None:
    """Show which surveillances, recertifications and suspensions wait for somebody, the most pressing first."""
    from certbody.office.monitoring import waiting

    rows, lines = [], []
    for each in waiting(desk.office, on or desk.office.today(), all_due=all_due):
        held = each.standing
        rows.append(
            {
                "client": each.client,
                "certificate": held.number,
                "status": str(held.status),
                "kind": str(each.due.kind) if each.due else "suspension",
                "not_after": each.due.not_after.isoformat() if each.due else str(held.suspended_until),
                "planned": each.due.planned if each.due else "",
                "what": each.what,
                "next": each.next,
            }
        )
        lines += [f"{held.number:14} {each.client}  {each.what}", f"  Next: {each.next}"]
    desk.say(rows, *(lines or ["Nothing is due."]))

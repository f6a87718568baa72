"""`certbody audit plan`: who looks at what, where and when."""

from __future__ import annotations

from pathlib import Path

import click

from certbody.cli.auditing import out_folder
from certbody.cli.desk import FILE, FOLDER, Acting, Desk, acting
from certbody.cli.shape import Command


@click.command(
    "plan",
    cls=Command,
    examples="""
    certbody audit plan 2026-001 --propose --write plan.csv --as AE
    certbody audit plan 2026-001 --from-file plan.csv --as AE
    certbody audit plan 2026-001 --agreed-by 'Greta Holm' --out papers --as AE
    """,
)
@click.argument("number")
@click.option(
    "--from-file", "file", type=FILE, help="Slots as CSV or TOML: day, starts, ends, site, what, people, items."
)
@click.option("--propose", "proposed", is_flag=True, help="Derive slots from days, team, sites and checklist.")
@click.option("--write", "target", type=click.Path(path_type=Path, dir_okay=False), help="Only write the slots as CSV.")
@click.option("--agreed-by", default="", metavar="NAME", help="Who agreed for the client, on the day of the act.")
@click.option("--out", type=FOLDER, help="Issue the plan in Word to this folder.")
@acting
def plan(
    desk: Desk,
    acting: Acting,
    number: str,
    file: Path | None,
    proposed: bool,
    target: Path | None,
    agreed_by: str,
    out: Path | None,
) -> None:
    """Plan an audit: who looks at what, where and when; agreed with the client, issued in Word."""
    from certbody.errors import BadData
    from certbody.office.audits import find_audit
    from certbody.office.papers import issue
    from certbody.office.planning import propose
    from certbody.office.plans import agree_plan, plan_in_force, put_plan, read_plan, written
    from certbody.records import dump

    office, hand, on = desk.office, acting.hand(), acting.on
    journal, found = find_audit(office, number)
    if file and proposed:
        raise BadData("From a file, or proposed?", next="give --from-file FILE or --propose")
    slots = read_plan(office, file.read_bytes(), file.name) if file else propose(office, number) if proposed else ()
    if target:
        slots = slots or plan_in_force(office, found, journal).slots
        target.write_text(written(office, slots), encoding="utf-8")
        step = f"Next: certbody audit plan {number} --from-file {target}"
        desk.say({"file": str(target), "slots": len(slots)}, f"Wrote {len(slots)} slots to {target}.", step)
        return
    folder = out_folder(out)
    if slots:
        made = put_plan(office, number, slots, hand=hand, on=on, agreed_by=agreed_by, why=acting.why)
    elif agreed_by:
        made = agree_plan(office, number, agreed_by, hand=hand, on=on, why=acting.why)
    else:
        made = plan_in_force(office, found, journal)
    data, lines = dump(made), [f"Plan of audit {number}, revision {made.revision}: {len(made.slots)} slots."]
    people = office.body.people
    for slot in made.slots:
        initials = "/".join(people[each].initials for each in slot.people if each in people)
        hours = f"{slot.starts:%H:%M}-{slot.ends:%H:%M}"
        lines.append(f"  {slot.day} {hours} {slot.site:6} {initials:8} {slot.what}")
    if made.agreed_by:
        lines.append(f"Agreed by {made.agreed_by} on {made.agreed_on}.")
    if folder:
        paper = issue(office, "audit-plan", journal, found.id, hand=hand, on=on, standard=found.standard)
        data["file"] = str(paper.written(folder))
        lines.append(f"Wrote {data['file']}.")
    desk.say(data, *lines)

"""`certbody standard`: what the schemes hold, and what the body has published of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from certbody.cli.assessing import READINESS
from certbody.cli.desk import DAY, FOLDER, Acting, Desk, acting, showing
from certbody.cli.shape import group
from certbody.cli.transition import transition

standard = group(
    "standard",
    help="Standards and schemes: show clauses and questions, check the data, publish the body's scheme.",
    examples="""
    certbody standard list
    certbody standard show iso10002
    certbody standard publish iso10002 --document S-10002 --issue 1 --as DE
    certbody standard document iso10002 --out papers --as DE
    certbody standard sheet iso10002 --out papers --as DE
    """,
)


@standard.command("list", examples="certbody standard list")
@showing
def list_(desk: Desk) -> None:
    """List the schemes that are installed."""
    from certbody import resources
    from certbody.registry import Registry

    rows = []
    for code, scheme in sorted(Registry.gathered().schemes.items()):
        found = resources.standard(scheme.standard)
        rows.append({"code": code, "title": found.title, "nature": str(found.nature), "items": len(found.items)})
    desk.say(rows, *(f"{row['code']:12} {row['title']} ({row['nature']}), {row['items']} questions" for row in rows))


@standard.command(
    "show",
    examples="""
    certbody standard show iso10002 --sector finance
    certbody standard show iso10002 --json
    """,
)
@click.argument("code")
@click.option("--sector", default="", help="With the questions of a sector, and the law to look up for them.")
@showing
def show(desk: Desk, code: str, sector: str) -> None:
    """Show the clauses of a standard with our questions. No office is needed."""
    from certbody import resources
    from certbody.errors import NotFound
    from certbody.registry import Registry

    found = resources.standard(Registry.gathered().scheme(code).standard)
    extra = found.supplement(sector)
    if sector and extra is None:
        known = ", ".join(each.code for each in found.supplements) or "none"
        raise NotFound(f"{found.title} has no supplement for a sector {sector}.", next=f"choose one of {known}")
    items = found.all_items(sector)
    clauses: list[dict[str, Any]] = [
        {
            "number": clause.number,
            "title": clause.title,
            "items": [
                {
                    "id": item.id,
                    "ask": item.ask,
                    "evidence": item.evidence,
                    "methods": [str(method) for method in item.methods],
                    "core": item.core,
                    "check_locally": item.check_locally,
                }
                for item in items
                if item.clause == clause.number
            ],
        }
        for clause in found.clauses
    ]
    lines = [f"{found.title}: {found.name} ({found.nature})"]
    for clause in clauses:
        lines.append(f"{clause['number']} {clause['title']}")
        lines += [
            f"    {'*' if item['core'] else ' '}{'°' if item['check_locally'] else ' '} {item['id']}  {item['ask']}"
            for item in clause["items"]
        ]
    law = [
        {"topic": each.topic, "asks": each.asks, "items": list(each.items), "verify": str(each.verify)}
        for each in (extra.law if extra else ())
    ]
    if extra:
        lines += [f"Sector {extra.title}: {extra.note}", *_lookup(law)]
    lines += ["* core question   ° check locally: look up what law and ombudsman ask in the country before asking it"]
    if not extra:
        lines += [f"--sector {each.code}: {each.title}, {len(each.items)} questions" for each in found.supplements]
    lines += [f"Not verified: {note}" for note in found.unverified]
    desk.say(
        {
            "code": found.code,
            "title": found.title,
            "edition": found.edition.label,
            "kind": str(found.nature),
            "criteria": found.criteria,
            "unverified": list(found.unverified),
            "sector": sector,
            "sectors": [{"code": each.code, "title": each.title} for each in found.supplements],
            "clauses": clauses,
            "law": law,
        },
        *lines,
    )


def _lookup(law: list[dict[str, Any]]) -> list[str]:
    """The lines on a sector's law; each says that it is unverified, for one may be read without the others."""
    if not law:
        return []
    lines = ["What law, supervisors or ombudsmen commonly ask there. No audit requirement; nothing is cited from it."]
    for each in law:
        lines += [f"    {each['topic']} ({', '.join(each['items'])}; to be checked {each['verify']})"]
        lines += [f"        {each['asks']}"]
    return lines


@standard.command("check", examples="certbody standard check iso10002")
@click.argument("code")
@showing
def check(desk: Desk, code: str) -> None:
    """Check a standard's data whole: clauses, questions, requirements, fees, wording, information sheet."""
    from certbody import resources
    from certbody.registry import Registry

    folder = Registry.gathered().scheme(code).standard
    found, fees = resources.standard(folder), resources.fees(folder)
    resources.wording(folder)
    resources.sheet(folder)
    desk.say(
        {"code": code, "clauses": len(found.clauses), "items": len(found.items), "currency": fees.currency},
        f"{found.title} is sound: {len(found.clauses)} clauses, {len(found.items)} questions, "
        f"{len(found.requirements)} requirements, {len(found.supplements)} supplements.",
    )


@standard.command(
    "publish", examples="certbody standard publish iso10002 --document S-10002 --issue 1 --on 2026-01-05 --as DE"
)
@click.argument("code")
@click.option("--document", default="", help="Number of the scheme document (default: the standard's criteria).")
@click.option("--issue", type=int, default=1)
@click.option("--place", default="", help="Where it is published.")
@click.option("--recognition", default="", help="The owner's recognition of the body, for a closed scheme.")
@acting
def publish(desk: Desk, acting: Acting, code: str, document: str, issue: int, place: str, recognition: str) -> None:
    """Put on record that the body has published its scheme; guidance is certified through such a scheme alone."""
    from certbody.domain.body import PublishedScheme
    from certbody.office import BODY
    from certbody.records import dump

    office = desk.office
    made = PublishedScheme(
        id=office.make_id(),
        standard=code,
        document=document or office.standard(code).criteria,
        issue=issue,
        published_on=acting.on,
        place=place,
        recognition=recognition,
    )
    office.record(BODY, "scheme published", {"published_schemes": [made]}, hand=acting.hand(), why=acting.why)
    desk.say(dump(made), f"Published: {made.citation}.", f"Next: certbody standard document {code}")


@standard.command("document", examples="certbody standard document iso10002 --out papers --as DE")
@click.argument("code")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@click.option("--issued", type=DAY, help="The date printed (default: when it was published).")
@acting
def document(desk: Desk, acting: Acting, code: str, out: Path, issued: date | None) -> None:
    """Write the body's scheme document: numbered requirements, mapped to clauses and questions."""
    from certbody.office import BODY
    from certbody.office.papers import make

    office = desk.office
    published = office.body.scheme_for(code, acting.on)
    paper = make(
        office,
        "scheme",
        BODY,
        published.id if published else "",
        on=issued or (published.published_on if published else acting.on),
        standard=code,
        draft=published is None,
    )
    path = paper.written(out)
    desk.say({"file": str(path)}, f"Wrote {path}." + ("" if published else " A draft: the scheme is not published."))


@standard.command("sheet", examples="certbody standard sheet iso10002 --out papers --as DE")
@click.argument("code")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def sheet(desk: Desk, acting: Acting, code: str, out: Path) -> None:
    """Write the information sheet for applicants: what is certified, how it works, what it costs, and why."""
    from certbody.office.quotations import fees_of
    from certbody.office.sheets import make_sheet

    office = desk.office
    path = make_sheet(office, code, on=acting.on).written(out)
    draft, confirmed = path.stem.endswith("-DRAFT"), fees_of(office, code).verified
    lines = [f"Wrote {path}." + (" A draft: the scheme is not published." if draft else "")]
    if not confirmed:
        lines.append(
            "It says that its amounts are an example: put your own, confirmed, into "
            f"{office.folder / 'standards' / code / 'fees.toml'}."
        )
    notes = len(office.standard(code).unverified)
    if notes:
        lines.append(f"Before you hand it out, read what is not verified ({notes}): certbody standard show {code}")
    lines.append(f"Next: certbody application form {code}")
    desk.say({"file": str(path), "draft": draft, "fees_verified": confirmed}, *lines)


for _command in (*READINESS, transition):
    standard.add_command(_command)

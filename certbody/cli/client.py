"""`certbody client`: who the clients are, and all that is on record about each."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from certbody.cli.amending import change
from certbody.cli.desk import DAY, Acting, Desk, acting, showing
from certbody.cli.shape import group

client = group(
    "client",
    help="Clients and all that is on record about them.",
    examples="""
    certbody client list
    certbody client show C-0001
    certbody client show C-0001 --json
    """,
)


@client.command("list", examples="certbody client list --json")
@showing
def list_(desk: Desk) -> None:
    """List the clients."""
    from certbody.office.across import dossiers

    rows, lines = [], []
    for dossier in dossiers(desk.office, ("clients",)):
        if (found := dossier.client) is not None:
            number = dossier.journal
            rows.append({"number": number, "name": found.name, "city": found.city, "country": found.country})
            lines.append(f"{number}  {found.name}, {found.city}, {found.country}")
    desk.say(rows, *(lines or ["No clients yet. Next: certbody application form SCHEME"]))


@client.command("show", examples="certbody client show C-0001 --on 2027-01-01 --json")
@click.argument("number")
@click.option("--on", type=DAY, metavar="DATE", help="Statuses as they stood on a day (default: today).")
@showing
def show(desk: Desk, number: str, on: date | None) -> None:
    """Show a client: sites, applications, audits, nonconformities, decisions, certificates, documents."""
    from certbody.cli.certificate import told
    from certbody.domain.certificate import standing
    from certbody.domain.change import review_of
    from certbody.domain.decision import nonconformities
    from certbody.domain.dossier import Dossier
    from certbody.domain.nonconformity import progress
    from certbody.records import dump

    office, today = desk.office, on or desk.office.today()
    dossier, body = office.dossier(number), office.body
    found = dossier.client
    assert found is not None
    objections = office.standing(number, today)
    data: dict[str, Any] = {"number": number, "client": dump(found), "head": str(office.head(number))}
    for table in Dossier.TABLES:
        if table not in ("clients", "checklists"):
            data[table] = [dump(each) for each in getattr(dossier, table).values()]
    data["standing"] = [
        {"rule": each.rule, "text": each.text, "table": each.about[0], "record": each.about[1]} for each in objections
    ]
    numbers = sorted({each.number for each in dossier.certificates.values()})
    data["statuses"] = [told(standing(each, dossier, today)) for each in numbers]
    lines = [f"{number}  {found.name}, {found.address}, {found.city}, {found.country}"]
    lines += [f"  {found.representative}, {found.representative_title}".rstrip(", ")]
    lines += ["Sites:"]
    lines += [
        f"  {site.id}  {site.name}, {site.where} ({site.personnel} persons{', central' if site.central else ''})"
        for site in dossier.sites.values()
    ]
    for application in dossier.applications.values():
        lines += [f"Application {application.number} of {application.received_on} for {application.basis.title}"]
        for audit in dossier.audits.values():
            if audit.application == application.id:
                lines += [f"  audit {audit.number}: {audit.title}, {audit.starts_on} to {audit.ends_on}"]
        for finding in nonconformities(application.id, dossier, today):
            said = progress(finding, dossier, body, today)
            lines += [f"  {finding.grade} nonconformity {finding.number}: {said.stage}"]
        for decision in dossier.decisions.values():
            if decision.application == application.id:
                said_too = f", {decision.ground}" if decision.ground else ""
                annulled = [each.annulled_on for each in dossier.annulments.values() if each.decision == decision.id]
                said_too += f"; annulled on {annulled[0]}" if annulled else ""
                lines += [f"  decision {decision.number} of {decision.decided_on}: {decision.kind}{said_too}"]
        for notice in dossier.change_notices.values():
            if notice.application == application.id:
                reviewed = review_of(notice, dossier, today)
                outcome = reviewed.action if reviewed else "not reviewed"
                lines += [f"  change {notice.number} of {notice.received_on}: {notice.kind}; {outcome}"]
    lines += [f"Certificate {each['number']}: {each['status']} on {today}" for each in data["statuses"]]
    lines += [f"Documents issued: {len(dossier.documents)}; record head {office.head(number)}"]
    for objection in objections:
        where = f"{objection.about[0]} {objection.about[1]}, rule {objection.rule}"
        lines += [f"Stands against {where}: {objection.text} ({objection.clause})"]
    desk.say(data, *lines)


@client.command(
    "settle",
    examples="certbody client settle C-0001 --table decisions --rule 5 --how 'decided anew by E. Example' --as DE",
)
@click.argument("number")
@click.option("--table", required=True, help="Table of the act that the objection is about.")
@click.option("--record", "record_id", default="", help="Its id, where the table has several.")
@click.option("--rule", type=int, required=True, help="Number of the rule.")
@click.option("--how", required=True, help="How it was settled: what was found, what was done.")
@acting
def settle(desk: Desk, acting: Acting, number: str, table: str, record_id: str, rule: int, how: str) -> None:
    """Settle an objection that a late fact opened against an earlier act; the fact and the act stay on record."""
    from certbody.domain.document import Settlement
    from certbody.errors import NotFound
    from certbody.records import dump

    office = desk.office
    found = [
        each
        for each in office.standing(number, office.today())
        if each.rule == rule and each.about[0] == table and record_id in ("", each.about[1])
    ]
    if not found:
        raise NotFound(
            f"No objection of rule {rule} stands in {table} of {number}.", next=f"certbody client show {number}"
        )
    hand = acting.hand(personal=True)
    made = [
        Settlement(
            id=office.make_id(),
            table=table,
            record=each.about[1],
            rule=rule,
            objection=each.text,
            settled_on=acting.on,
            by=hand.by,
            how=how,
        )
        for each in found
    ]
    office.record(number, "objection settled", {"settlements": made}, hand=hand, why=acting.why)
    desk.say([dump(each) for each in made], *(f"Settled: {each.text}" for each in found))


@client.command(
    "change", examples="certbody client change C-0001 phone='+00 0000' representative='Nora Example' --as DE"
)
@click.argument("number")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE…")
@acting
def change_client(desk: Desk, acting: Acting, number: str, changes: tuple[str, ...]) -> None:
    """Change fields of a client: name, address, representative. Documents already issued stay as they are."""
    change(desk, acting, number, "clients", "client", desk.office.dossier(number).client, changes)


@client.command("site", examples="certbody client site C-0001 S2 personnel=14 shifts='two' --as DE")
@click.argument("number")
@click.argument("site")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE…")
@acting
def change_site(desk: Desk, acting: Acting, number: str, site: str, changes: tuple[str, ...]) -> None:
    """Change fields of a site: address, personnel, activities. Audit time is determined anew by a person."""
    from certbody.errors import NotFound

    sites = desk.office.dossier(number).sites
    if site not in sites:
        raise NotFound(f"{number} has no site {site}.", next=f"certbody client show {number}")
    change(desk, acting, number, "sites", "site", sites[site], changes)


@client.command(
    "add-site",
    examples="certbody client add-site C-0001 S4 name='North shop' address='4 Quay' city=Northport country=Nowhereland "
    "personnel=3 --as DE",
)
@click.argument("number")
@click.argument("site")
@click.argument("said", nargs=-1, required=True, metavar="NAME=VALUE…")
@acting
def add_site(desk: Desk, acting: Acting, number: str, site: str, said: tuple[str, ...]) -> None:
    """Put a further site on record. It is certified once the client asks for it and that is decided (9.6.4.1)."""
    from certbody.domain.client import Site
    from certbody.errors import BadData
    from certbody.records import dump, load

    office = desk.office
    if site in office.dossier(number).sites:
        raise BadData(f"{number} has a site {site}.", next=f"certbody client site {number} {site} NAME=VALUE")
    data: dict[str, object] = {"id": site}
    for each in said:
        name, sign, value = each.partition("=")
        if not sign:
            raise BadData(f"{each!r} is no field of a site.", next="write it as NAME=VALUE")
        data[name] = int(value) if name == "personnel" and value.isascii() and value.isdigit() else value
    made = load(data, Site, where="site")
    office.record(number, "site recorded", {"sites": [made]}, hand=acting.hand(), why=acting.why)
    desk.say(
        dump(made),
        f"Site {made.id}: {made.name}, {made.where}.",
        f"Next: certbody change receive CERTIFICATE --kind wider --site {made.id}",
    )

"""`certbody certificate`: drafted, confirmed by the client, issued, and looked up on any day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certbody.cli.desk import DAY, FOLDER, Acting, Desk, acting, showing
from certbody.cli.shape import group

if TYPE_CHECKING:
    from certbody.domain.certificate import Standing

certificate = group(
    "certificate",
    help="Draft, confirm, issue and look up certificates.",
    examples="""
    certbody certificate draft A-2026-001 --out papers
    certbody certificate confirm A-2026-001 --by 'Nora Example' --as DE
    certbody certificate issue A-2026-001 --out papers --as DE
    certbody certificate show EC-2026-0001 --on 2027-06-01 --json
    """,
)
_OUT = click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
_LANGUAGE = click.option(
    "--language",
    metavar="CODE",
    help="The language beside English, such as de; en for English alone (default: as last, else the profile's).",
)
_TRANSLATED = click.option(
    "--scope-in-language", default="", metavar="TEXT", help="The scope in that language, as the client confirms it."
)


@certificate.command(
    "draft",
    examples="""
    certbody certificate draft A-2026-001 --out papers
    certbody certificate draft A-2026-001 --language de --scope-in-language 'Behandlung von Reklamationen' --out papers
    """,
)
@click.argument("application")
@_LANGUAGE
@_TRANSLATED
@_OUT
@click.option("--on", type=DAY, metavar="DATE", help="The draft's date (default: today).")
@showing
def draft(
    desk: Desk, application: str, language: str | None, scope_in_language: str, out: Path, on: date | None
) -> None:
    """Write the certificate's draft, marked DRAFT, for the client to confirm its text."""
    from certbody.office.certificates import draft_paper

    day = on or desk.office.today()
    paper = draft_paper(desk.office, application, day, language=language, scope_in_language=scope_in_language)
    path = paper.written(out)
    same = (f" --language {language}" if language else "") + (" --scope-in-language TEXT" if scope_in_language else "")
    desk.say(
        {"application": application, "file": str(path)},
        f"Wrote {path}.",
        f"Next: certbody certificate confirm {application} --by NAME{same}, when the client has confirmed it",
    )


@certificate.command("confirm", examples="certbody certificate confirm A-2026-001 --by 'Nora Example' --as DE")
@click.argument("application")
@click.option("--by", required=True, metavar="NAME", help="Who confirmed it for the client.")
@click.option("--scope", default="", help="The scope as confirmed, where its words are not those of the draft.")
@_LANGUAGE
@_TRANSLATED
@acting
def confirm(
    desk: Desk,
    acting: Acting,
    application: str,
    by: str,
    scope: str,
    language: str | None,
    scope_in_language: str,
) -> None:
    """Put on record that the client confirmed the draft text: its name, scope and sites.

    A certificate is issued only in the words that were decided and confirmed alike.
    """
    from certbody.office.certificates import confirm as put
    from certbody.records import dump

    made, as_drafted = put(
        desk.office,
        application,
        by=by,
        scope=scope,
        language=language,
        scope_in_language=scope_in_language,
        on=acting.on,
        hand=acting.hand(),
        why=acting.why,
    )
    translated = f"  in {made.language}: {made.scope_translated or 'the scope stands in English'}"
    desk.say(
        {**dump(made), "as_drafted": as_drafted},
        f"{made.by} confirmed the draft on {made.confirmed_on}: {made.scope}",
        *([translated] if made.language else ()),
        f"Next: certbody certificate issue {application}"
        if as_drafted
        else "The scope confirmed is not that of the draft; no certificate is issued before the two agree.",
    )


@certificate.command("issue", examples="certbody certificate issue A-2026-001 --out papers --as DE")
@click.argument("application")
@click.option("--accredited", is_flag=True, help="Under accreditation, where the scope on record covers it.")
@_LANGUAGE
@_TRANSLATED
@_OUT
@acting
def issue(
    desk: Desk,
    acting: Acting,
    application: str,
    accredited: bool,
    language: str | None,
    scope_in_language: str,
    out: Path,
) -> None:
    """Issue the certificate: put on record under its number, and written with its QR code.

    Where the text has changed since, the next revision is issued; where nothing has, the same file is written again.
    """
    from certbody.office.certificates import issue_certificate
    from certbody.records import dump

    made, paper, now = issue_certificate(
        desk.office,
        application,
        on=acting.on,
        hand=acting.hand(),
        accredited=accredited,
        language=language,
        scope_in_language=scope_in_language,
        why=acting.why,
    )
    path = paper.written(out)
    told = "is issued" if now else f"was issued on {made.issued_on}; this is the same file"
    desk.say(
        {**dump(made), "issued": now, "file": str(path)},
        f"{made.title} {made.shown_number} {told}: valid from {made.effective_on} to {made.expires_on}.",
        f"Wrote {path}.",
        f"Next: certbody certificate show {made.number}",
    )


@certificate.command(
    "show",
    examples="""
    certbody certificate show EC-2026-0001
    certbody certificate show EC-2026-0001 --on 2029-11-23 --json
    """,
)
@click.argument("number")
@click.option("--on", type=DAY, metavar="DATE", help="The day (default: today).")
@showing
def show(desk: Desk, number: str, on: date | None) -> None:
    """Show a certificate's status on a day, with the facts that it rests on."""
    from certbody.office.certificates import status

    _, found = status(desk.office, number, on or desk.office.today())
    since = f", since {found.since}" if found.since else ""
    lines = [f"{found.number} on {found.on}: {found.status}{since}"]
    if found.certificate:
        lines += [f"  {found.certificate.client_name}, {found.certificate.criteria}", f"  {found.scope}"]
        lines += [f"  marks and references: {'may be used' if found.marks else 'all use stopped'}"]
    if found.suspended_until:
        lines += [f"  cause to be removed by {found.suspended_until}"]
    if found.to_be_revised:
        lines += ["  the certificate says another scope or other sites than are certified: issue the next revision"]
    desk.say(told(found), *lines, *(f"  {day}  {fact}" for day, fact in found.facts))


def told(found: Standing) -> dict[str, Any]:
    """A status in JSON: the day, since when, the facts it rests on, and the certificate in force."""
    from certbody.records import dump

    return {
        "number": found.number,
        "on": found.on.isoformat(),
        "status": str(found.status),
        "since": found.since.isoformat() if found.since else None,
        "marks": found.marks,
        "scope": found.scope,
        "sites": list(found.sites),
        "suspended_until": found.suspended_until.isoformat() if found.suspended_until else None,
        "to_be_revised": found.to_be_revised,
        "facts": [{"day": day.isoformat(), "fact": fact} for day, fact in found.facts],
        "certificate": dump(found.certificate) if found.certificate else None,
    }


@certificate.command("list", examples="certbody certificate list --on 2027-01-01")
@click.option("--on", type=DAY, metavar="DATE", help="The day (default: today).")
@showing
def list_(desk: Desk, on: date | None) -> None:
    """List all certificates with their status on a day."""
    from certbody.office.certificates import listed

    rows, lines = [], []
    for journal, found in listed(desk.office, on or desk.office.today()):
        held = found.certificate
        rows.append({**told(found), "client": journal})
        about = f"{held.client_name}, {held.criteria}, to {held.expires_on}" if held else "not yet issued"
        lines.append(f"{found.number:14} {found.status:13} {journal}  {about}")
    desk.say(rows, *(lines or ["No certificates."]))

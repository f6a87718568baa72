"""`certbody decide`: certification decisions, by people who were on no audit of theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certbody.cli.deciding import show
from certbody.cli.desk import DAY, FOLDER, Acting, Desk, acting
from certbody.cli.shape import group

if TYPE_CHECKING:
    from certbody.domain.decision import CertificationDecision

decide = group(
    "decide",
    help="Certification decisions. Each is the own act of the person named with --as, authenticated by that person's "
    "PIN. A committee names its other members with --member and brings the minutes that all signed as --signed-form.",
    examples="""
    certbody review show A-2026-001
    certbody decide grant A-2026-001 --reason 'all requirements fulfilled' --as DE
    certbody decide letter D-2026-001 --out papers --as DE
    certbody decide suspend EC-2026-0001 --ground audit --reason 'surveillance not made possible' --as DE
    """,
)

decide.add_command(show)


def _deciding(command: Callable[..., Any]) -> Callable[..., Any]:
    command = acting(command)
    for option in (
        click.option("--effective", type=DAY, metavar="DATE", help="From when it has effect (default: the decision)."),
        click.option("--member", "members", multiple=True, metavar="PERSON", help="A member of the committee; repeat."),
        click.option("--conditions", default="", help="Conditions that come with it."),
        click.option("--reason", required=True, help="Why; it is told to the client."),
    ):
        command = option(command)
    return command


def _said(acting: Acting, desk: Desk, members: tuple[str, ...], effective: date | None, **rest: str) -> dict[str, Any]:
    return {
        **rest,
        "members": tuple(desk.office.person(each) for each in members),
        "effective_on": effective,
        "on": acting.on,
        "hand": acting.hand(personal=True),
        "why": acting.why,
    }


def _tell(desk: Desk, made: CertificationDecision, *steps: str) -> None:
    from certbody.records import dump

    names = ", ".join(desk.office.body.name(each) for each in made.deciders)
    from_day = f", with effect from {made.effective_on}" if made.effective_on else ""
    from_day += f", until {made.until} at the longest" if made.until else ""
    about = f" {made.certificate}" if made.certificate else ""
    desk.say(
        dump(made),
        f"Decision {made.number} of {made.decided_on}: {made.kind}{about}, by {names}{from_day}.",
        f"Next: certbody decide letter {made.number}",
        *(f"  {step}" for step in steps),
    )


@decide.command("grant", examples="certbody decide grant A-2026-001 --reason 'all requirements fulfilled' --as DE")
@click.argument("application")
@click.option("--scope", default="", help="What is granted, where it is less than what was applied for.")
@_deciding
def grant(desk: Desk, acting: Acting, application: str, scope: str, **said: Any) -> None:
    """Grant certification: after a review, with every major verified, by somebody who was on no audit (9.5)."""
    from certbody.domain.decision import Kind
    from certbody.office.decisions import decide as put

    made = put(desk.office, application, Kind.GRANT, scope=scope, **_said(acting, desk, **said))
    _tell(desk, made, f"certbody certificate draft {application}")


@decide.command(
    "refuse", examples="certbody decide refuse A-2026-001 --reason 'major 2026-001/AE-1 stays open' --as DE"
)
@click.argument("application")
@_deciding
def refuse(desk: Desk, acting: Acting, application: str, **said: Any) -> None:
    """Refuse certification; the reason is told to the client, who may appeal (9.5.1, 9.7)."""
    from certbody.domain.decision import Kind
    from certbody.office.decisions import decide as put

    _tell(desk, put(desk.office, application, Kind.REFUSE, **_said(acting, desk, **said)))


GROUNDS = ("failure", "audit", "request", "misuse", "change", "agreement", "impartiality", "unresolved")
"""The words for `domain.decision.Ground` on the command line."""
_GROUND = click.option(
    "--ground",
    type=click.Choice(GROUNDS),
    required=True,
    help="What it rests on: persistent or serious failure; audit not made possible in time; the client's request; "
    "misuse of certificate or marks; a change not notified; the agreement not kept; impartiality at risk; or that the "
    "cause of a suspension was not removed.",
)
_SITES = click.option(
    "--site", "sites", multiple=True, metavar="SITE", help="Where the sites change: each that is certified; repeat."
)


def _on_certificate(kind: str, what: str, example: str, *options: Callable[[Any], Any]) -> None:
    """Attach the command for one kind of decision on a certificate that is there."""

    def command(desk: Desk, acting: Acting, certificate: str, **said: Any) -> None:
        from certbody.domain.decision import Ground, Kind
        from certbody.office.decisions import decide_on

        if ground := said.pop("ground", None):
            said["ground"] = Ground[ground.upper()]
        more = {name: said.pop(name) for name in ("ground", "until", "scope", "sites", "change") if name in said}
        made = decide_on(desk.office, certificate, Kind(kind), **more, **_said(acting, desk, **said))
        revised = kind in ("reduce", "expand")
        _tell(desk, made, f"certbody certificate show {certificate}", *(_revise(desk, made) if revised else ()))

    command = _deciding(command)
    for option in reversed(options):
        command = option(command)
    command = click.argument("certificate")(command)
    decide.command(kind, help=what, examples=f"certbody decide {kind} EC-2026-0001 {example}--reason '…' --as DE")(
        command
    )


def _revise(desk: Desk, made: CertificationDecision) -> list[str]:
    journal, _ = desk.office.find("certificates", made.certificate)
    return [f"certbody certificate draft {desk.office.dossier(journal).applications[made.application].number}"]


_on_certificate("maintain", "Maintain a certification, as after a surveillance with a major (9.6.1).", "")
_on_certificate(
    "suspend",
    "Suspend: the certificate is not valid until it is restored (9.6.5).",
    "--ground audit --until 2027-12-31 ",
    _GROUND,
    click.option(
        "--until", type=DAY, metavar="DATE", help="By when its cause is to be removed (default: by the body's policy)."
    ),
)
_on_certificate("restore", "Restore what was suspended, once its cause is removed and reviewed (9.6.5).", "")
_on_certificate(
    "withdraw", "Withdraw: final; whoever comes back applies anew (9.6.5).", "--ground unresolved ", _GROUND
)
_on_certificate(
    "reduce",
    "Reduce the scope to what is left, or to some of the sites; a revised certificate follows (9.6.5.5).",
    "--ground failure --scope '…' ",
    _GROUND,
    click.option("--scope", default="", help="What is left of the scope."),
    _SITES,
)
_on_certificate(
    "expand",
    "Expand the scope, or to further sites, as the client asked for; a revised certificate follows (9.6.4.1).",
    "--change CH-2027-001 --scope '…' ",
    click.option("--change", required=True, metavar="NUMBER", help="The change notice that asked for it."),
    click.option("--scope", default="", help="The scope from then on, whole."),
    _SITES,
)


@decide.command("annul", examples="certbody decide annul D-2027-004 --reason 'another certificate was meant' --as DE")
@click.argument("number")
@click.option("--reason", required=True, help="What the error was; it is told to the client.")
@acting
def annul(desk: Desk, acting: Acting, number: str, reason: str) -> None:
    """Annul a suspension, reduction or withdrawal that rested on a clerical error: by a second person (9.6.5)."""
    from certbody.office.decisions import annul as put
    from certbody.records import dump

    made = put(desk.office, number, reason=reason, on=acting.on, hand=acting.hand(personal=True), why=acting.why)
    desk.say(
        dump(made),
        f"{number} is annulled from {made.annulled_on} by {desk.office.body.name(made.by)}.",
        f"Next: certbody decide letter {number} --annulment",
    )


@decide.command(
    "letter",
    examples="""
    certbody decide letter D-2026-001 --out papers --as DE
    certbody decide letter D-2026-001 --language de --out papers --as DE
    certbody decide letter D-2026-001 D-2026-002 D-2026-003 --out papers --as DE
    """,
)
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER…")
@click.option(
    "--language",
    default="",
    help="The language beside English, such as de; en for English alone (default: the profile's second language).",
)
@click.option("--annulment", is_flag=True, help="The letter that tells of the decision's annulment.")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def letter(desk: Desk, acting: Acting, numbers: tuple[str, ...], language: str, annulment: bool, out: Path) -> None:
    """Issue the letters that tell clients of decisions, each with its reason and the way to appeal."""
    from certbody.errors import BadData, CertbodyError
    from certbody.office.decisions import letters

    made: list[dict[str, str]] = []
    troubles: list[tuple[str, CertbodyError]] = []
    said = letters(desk.office, numbers, hand=acting.hand(), on=acting.on, language=language, annulment=annulment)
    for number, issued in said:
        if isinstance(issued, CertbodyError):
            troubles.append((number, issued))
        else:
            made.append({"number": number, "file": str(issued.written(out))})
    lines = [f"Wrote {each['file']}." for each in made]
    if len(numbers) > 1:
        desk.say({"letters": made}, *lines)
    elif made:
        desk.say(made[0], *lines)
    if troubles and len(numbers) == 1:
        raise troubles[0][1]
    if troubles:
        told = BadData(
            f"{len(troubles)} of {len(numbers)} letters are not issued; the others are.",
            [f"{number}: {line}" if not at else line for number, why in troubles
             for at, line in enumerate(str(why).splitlines())],
        )  # fmt: skip
        told.exit_code = max(why.exit_code for _, why in troubles)
        raise told

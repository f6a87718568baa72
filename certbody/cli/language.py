"""`certbody language`: the languages that documents are made in, and files for one of the body's own."""

from __future__ import annotations

import attrs
import click

from certbody.cli.desk import Desk, showing
from certbody.cli.shape import group

language = group(
    "language",
    help="Languages of certificates and letters beside English: list, begin one of your own, check it.",
    examples="""
    certbody language list
    certbody language new it --standard iso10002
    certbody language check it
    """,
)


@language.command("list", examples="certbody language list --json")
@showing
def list_(desk: Desk) -> None:
    """List the languages: code, name, whose words, for which schemes, and whether the files are sound."""
    from certbody.office.language_files import listed

    found = listed(desk.office)
    rows = []
    for each in found:
        whose = "your own words" if each.own else "as shipped"
        about = f"schemes: {', '.join(each.schemes)}" if each.schemes else ""
        state = f"{len(each.faults)} faults: certbody language check {each.code}" if each.faults else about
        rows.append(f"{each.code:8} {each.name or '-':14} {whose:15} {state}".rstrip())
    desk.say([attrs.asdict(each) for each in found], *rows)


@language.command(
    "new",
    examples="""
    certbody language new it --standard iso10002
    certbody language new de
    """,
)
@click.argument("code")
@click.option("--standard", "standards", multiple=True, metavar="CODE", help="With the sentences of this scheme.")
@showing
def new(desk: Desk, code: str, standards: tuple[str, ...]) -> None:
    """Write the files of a language into the office, to be translated; of one that ships, to be changed."""
    from certbody.office.language_files import begin

    paths = begin(desk.office, code, standards)
    desk.say(
        {"language": code, "files": [str(path) for path in paths]},
        *(f"Wrote {path}." for path in paths),
        "Next: translate what stands between the quotation marks, keep the names in braces, and then: "
        f"certbody language check {code}",
    )


@language.command("check", examples="certbody language check it")
@click.argument("code", default="")
@showing
def check(desk: Desk, code: str) -> None:
    """Check the files of all languages, or of one: every fault with file and key. Nothing is changed."""
    from certbody.errors import BadData, NotFound
    from certbody.office.language_files import listed

    found = [each for each in listed(desk.office) if code in ("", each.code)]
    if not found:
        raise NotFound(f"There is no language {code[:20]!r}.", next="certbody language list")
    faults = [fault for each in found for fault in each.faults]
    desk.say([attrs.asdict(each) for each in found], *(f"{each.code}: sound" for each in found if not each.faults))
    if faults:
        raise BadData(f"{len(faults)} faults.", faults, next="correct the files, and check again")

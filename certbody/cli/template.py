"""`certbody template`: the templates of documents, copied to be changed, and checked before they are used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from certbody.cli.desk import FILE, FOLDER, Desk, showing
from certbody.cli.shape import group

if TYPE_CHECKING:
    from certbody.office import Office
    from certbody.office.templates import Told

template = group(
    "template",
    help="The templates of documents: make one your own in Word or Excel, and have it checked before it is used.",
    examples="""
    certbody template list
    certbody template copy agreement
    certbody template check agreement --out papers
    """,
)


@template.command("list", examples="certbody template list --json")
@showing
def list_(desk: Desk) -> None:
    """List every document with its template: number, revision, file, and whether the office has one of its own."""
    from certbody.office.templates import listed

    found = listed(desk.office)
    wide = max(len(each.kind) for each in found)
    long = max(len(each.file) for each in found)
    desk.say(
        {"templates": [attrs.asdict(each) | {"state": each.state} for each in found]},
        *(
            f"{each.kind:{wide}}  {each.file:{long}}  {each.number} r{each.revision}  {each.state}  ({each.title})"
            for each in found
        ),
    )


@template.command("copy", examples="certbody template copy agreement")
@click.argument("kind")
@click.option("--force", is_flag=True, help="Replace the office's own, though it was changed.")
@showing
def copy(desk: Desk, kind: str, force: bool) -> None:
    """Copy a shipped template, in your colour and paper, into the folder templates of the office, to be changed."""
    from certbody.office.templates import copy_template

    path = copy_template(desk.office, kind, force=force)
    desk.say(
        {"kind": kind, "file": str(path)},
        f"Wrote {path}.",
        "Next: change it in Word or Excel, save it under the same name, and have it checked:",
        f"  certbody template check {kind}",
    )


@template.command(
    "check",
    examples="""
    certbody template check
    certbody template check agreement --out papers
    certbody template check draft-of-ours.docx --for agreement
    """,
)
@click.argument("what", default="", metavar="[KIND|FILE]")
@click.option("--for", "kind", default="", metavar="KIND", help="The document that a file of another name is for.")
@click.option("--out", type=FOLDER, help="Write the trial document here, each field showing its own name.")
@showing
def check(desk: Desk, what: str, kind: str, out: Path | None) -> None:
    """Check the office's own templates, or one: every fault with its place, and a trial with invented fields.

    Names fields that the document does not have, and the nearest one that it has; tags that do not fit together; loops
    without end; macros, links, pictures that are too large. Nothing is changed.
    """
    from certbody.errors import BadData

    told = _told(desk.office, what, kind)
    lines = []
    for each in told:
        if not each.faults:
            lines.append(f"{each.file}: sound ({each.found.title})")
            if each.left_out:
                lines.append(f"  leaves out what the shipped one prints: {', '.join(each.left_out)}")
        if out and each.trial:
            path = out / f"trial-{each.found.template}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(each.trial)
            lines.append(f"  Wrote {path}.")
    desk.say({"templates": [_plain(each) for each in told]}, *(lines or ["The office has no template of its own."] * (
        not told)))  # fmt: skip
    if faults := [line for each in told for _, line in each.faults]:
        wrong = sum(bool(each.faults) for each in told)
        raise BadData(
            f"{wrong} of {len(told)} templates cannot be used: {len(faults)} faults."
            if len(told) > 1
            else f"{told[0].file} cannot be used: {len(faults)} fault{'s' if len(faults) > 1 else ''}.",
            faults,
            next="correct it in Word or Excel, save it, and check again; docs/templates.md lists the fields",
        )


def _told(office: Office, what: str, kind: str) -> list[Told]:
    from certbody.office.templates import check_kind, check_own, check_path, documents

    if not what:
        if kind:
            raise click.UsageError("--for says what a file is for: name the file, too.")
        return check_own(office)
    if not kind and what in {each.kind for each in documents(office)}:
        return [check_kind(office, what)]
    if kind or "." in what or "/" in what:
        return [check_path(office, FILE.convert(what, None, None), kind)]
    return [check_kind(office, what)]


def _plain(told: Told) -> dict[str, Any]:
    faults = [{"place": fault.place, "field": fault.unknown, "text": line} for fault, line in told.faults]
    return {"kind": told.found.kind, "file": told.file, "faults": faults, "left_out": list(told.left_out)}

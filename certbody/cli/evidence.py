"""`certbody evidence`: what was seen, heard and read, with the files that show it."""

from __future__ import annotations

from pathlib import Path

import click

from certbody.cli.desk import FILE, Acting, Desk, acting, showing
from certbody.cli.shape import group

METHODS = ("interview", "observation", "document", "record-sample")

evidence = group(
    "evidence",
    help="Audit evidence: notes and files, kept by their hash.",
    examples="""
    certbody evidence add 2026-002 photo.jpg letter.pdf --item 7.4-1 --note 'acknowledged after 9 days' --as AE
    certbody evidence list 2026-002
    certbody evidence get 3fa9c0d1 --out photo.jpg
    """,
)


@evidence.command(
    "add",
    examples="""
    certbody evidence add 2026-002 --row 7.4-1@K --note 'letters wait for the weekend' --method interview --as AE
    certbody evidence add 2026-002 photo.jpg letter.pdf --item 7.4-1 --site K --sample '5 of 214 cases' --as AE
    """,
)
@click.argument("audit")
@click.argument("files", nargs=-1, type=FILE)
@click.option("--row", "rows", multiple=True, help="A checklist row: item@site.")
@click.option("--item", "items", multiple=True, help="An item, at every site where it is asked.")
@click.option("--site", default="", help="With --item: at this site alone.")
@click.option("--note", default="", help="What was seen, heard or read.")
@click.option("--method", type=click.Choice(METHODS), help="How it was gathered.")
@click.option("--sample", default="", help="What was sampled, of how many.")
@acting
def add(
    desk: Desk,
    acting: Acting,
    audit: str,
    files: tuple[Path, ...],
    rows: tuple[str, ...],
    items: tuple[str, ...],
    site: str,
    note: str,
    method: str | None,
    sample: str,
) -> None:
    """Put a piece of evidence on record, with any number of files, in one act."""
    from certbody.domain.standard import Method
    from certbody.office.evidence import add_evidence, rows_of
    from certbody.records import dump

    office = desk.office
    made = add_evidence(
        office,
        audit,
        files,
        rows=rows_of(office, audit, rows=rows, items=items, site=site),
        note=note,
        method=Method(method.replace("-", " ")) if method else None,
        sample=sample,
        hand=acting.hand(),
        on=acting.on,
        why=acting.why,
    )
    lines = [f"Evidence for audit {audit}" + (f", rows {', '.join(made.rows)}" if made.rows else "") + " is on record."]
    lines += [f"  {each.sha256[:12]}  {each.size:>9,} bytes  {each.media}  {each.name}" for each in made.files]
    desk.say(dump(made), *lines)


@evidence.command("list", examples="certbody evidence list 2026-002 --row 7.4-1@K")
@click.argument("audit")
@click.option("--row", default="", help="Of this checklist row alone.")
@showing
def list_(desk: Desk, audit: str, row: str) -> None:
    """List the evidence of an audit, oldest first."""
    from certbody.office.evidence import evidence_of
    from certbody.records import dump

    office = desk.office
    _, found = evidence_of(office, audit)
    found = [each for each in found if not row or row in each.rows]
    lines = []
    for each in found:
        lines.append(f"{each.collected_on} {office.body.name(each.by)} {', '.join(each.rows)}: {each.note}".strip())
        lines += [f"  {file.sha256[:12]}  {file.size:>9,} bytes  {file.media}  {file.name}" for file in each.files]
    desk.say([dump(each) for each in found], *(lines or [f"No evidence for audit {audit}."]))


@evidence.command("get", examples="certbody evidence get 3fa9c0d1 --out photo.jpg")
@click.argument("sha256")
@click.option(
    "--out", "target", type=click.Path(path_type=Path), required=True, help="A file, or a folder for its own name."
)
@showing
def get(desk: Desk, sha256: str, target: Path) -> None:
    """Write a kept file, once its content is found to be what was kept; an existing file is not overwritten."""
    from certbody.errors import BadData
    from certbody.office.evidence import find_file, safe_name
    from certbody.records import dump

    office = desk.office
    file = find_file(office, sha256)
    data = office.store.open_file(file.sha256)
    path = target / safe_name(file) if target.is_dir() else target
    try:
        with path.open("xb") as out:
            out.write(data)
    except FileExistsError:
        raise BadData(f"{path} is there already; nothing was written.", next="name another file") from None
    desk.say({**dump(file), "file": str(path)}, f"Wrote {path}, {file.size:,} bytes, {file.media}.")

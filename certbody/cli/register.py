"""`certbody register`: registers as workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certbody.cli.desk import DAY, FOLDER, Desk, showing
from certbody.cli.shape import group

register = group(
    "register",
    help="Registers as workbooks.",
    examples="""
    certbody register nonconformities C-0001 --out papers
    certbody register nonconformities --on 2026-06-30
    """,
)


@register.command("nonconformities", examples="certbody register nonconformities C-0001 --out papers")
@click.argument("client", default="")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@click.option("--on", type=DAY, metavar="DATE", help="As they stood on a day (default: today).")
@showing
def nonconformities(desk: Desk, client: str, out: Path, on: date | None) -> None:
    """Write the register of nonconformities: of one client, or of the whole office."""
    from certbody.office.nonconformities import register_paper

    path = register_paper(desk.office, client, on or desk.office.today()).written(out)
    desk.say({"file": str(path)}, f"Wrote {path}.")

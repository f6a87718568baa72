"""`certbody register`: registers as workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from certbody.cli.desk import DAY, Desk, showing
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
@click.option("--out", type=click.Path(path_type=Path), default=".", help="The folder to write to.")
@click.option("--on", type=DAY, metavar="DATE", help="As they stood on a day (default: today).")
@showing
def nonconformities(desk: Desk, client: str, out: Path, on: date | None) -> None:
    """Write the register of nonconformities of a client; without one, a workbook for each client that has any."""
    from certbody.office.nonconformities import registers

    papers = registers(desk.office, client, on or desk.office.today())
    paths = [str(paper.written(out)) for paper in papers]
    desk.say({"files": paths}, *([f"Wrote {path}." for path in paths] or ["No client has a nonconformity."]))

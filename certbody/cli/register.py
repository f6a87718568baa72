"""`certbody register`: registers of the whole office, as workbooks, CSV or JSON, and the view for planning audits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certbody.cli.desk import DAY, FOLDER, Desk, showing
from certbody.cli.shape import group

if TYPE_CHECKING:
    from certbody.deliverables.rows import Register

register = group(
    "register",
    help="Registers, and the view for planning audits: as workbook, CSV or JSON.",
    examples="""
    certbody register certificates --on 2027-01-01 --out papers
    certbody register clients --format csv --out papers
    certbody register planning --from 2027-01 --months 12 --out papers
    certbody register nonconformities C-0001 --out papers
    """,
)


class Month(click.ParamType[Any]):
    """A month as 2027-01, handed over as its first day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", str(value), re.ASCII)
        if found is None or not 1901 <= int(found[1]) <= 9000:
            self.fail(f"{value!r} is no month of the calendar; write it as 2027-01.", param, ctx)
        return date(int(found[1]), int(found[2]), 1)


def _writing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where a register goes: with neither of them, to the screen."""
    for option in (
        click.option("--on", type=DAY, metavar="DATE", help="As it stood on a day (default: today)."),
        click.option(
            "--format", "form", type=click.Choice(["xlsx", "csv", "json"]), help="What to write (default: xlsx)."
        ),
        click.option("--out", type=FOLDER, help="The folder to write to; without it, the register is shown."),
    ):
        command = option(command)
    return command


@register.command(
    "certificates",
    examples="""
    certbody register certificates --on 2027-01-01
    certbody register certificates --on 2027-01-01 --out papers
    certbody register certificates --internal --format json --out papers
    """,
)
@click.option("--internal", is_flag=True, help="With sites, dates, grounds and marks: not for the public.")
@_writing
@showing
def certificates(desk: Desk, internal: bool, out: Path | None, form: str | None, on: date | None) -> None:
    """The register of certificates on a day: without --internal, what anybody may ask for (ISO/IEC 17021-1, 8.1.2)."""
    from certbody.office.registers import certificates

    _say(desk, certificates(desk.office, on or desk.office.today(), internal=internal), form, out)


@register.command("clients", examples="certbody register clients --on 2027-01-01 --format csv --out papers")
@_writing
@showing
def clients(desk: Desk, out: Path | None, form: str | None, on: date | None) -> None:
    """The register of clients on a day: applications, certificates and what is due next. Internal."""
    from certbody.office.registers import clients

    _say(desk, clients(desk.office, on or desk.office.today()), form, out)


@register.command("planning", examples="certbody register planning --from 2027-01 --months 12 --out papers")
@click.option("--from", "begin", type=Month(), metavar="MONTH", help="The first month (default: this one).")
@click.option("--months", type=click.IntRange(1, 36), default=12, show_default=True, help="How many months.")
@_writing
@showing
def planning(desk: Desk, begin: date | None, months: int, out: Path | None, form: str | None, on: date | None) -> None:
    """The audits of some months: days of each auditor, the audits, and what is due and not planned."""
    from certbody.office.registers import planning

    day = on or desk.office.today()
    _say(desk, planning(desk.office, begin or day.replace(day=1), months, day), form, out)


def _say(desk: Desk, made: Register, form: str | None, out: Path | None) -> None:
    """Show a register, or write it and say where."""
    from certbody.deliverables.rows import lines, plain
    from certbody.office.registers import written

    said: dict[str, Any] = plain(made) if desk.as_json else {}
    if out is None and form is None:
        heads = len(made.listings) > 1
        desk.say(
            said,
            f"{made.title}, {made.body}, on {made.on}",
            *(
                line
                for listing in made.listings
                for line in ((f"{listing.title}:",) if heads else ()) + tuple(f"  {row}" for row in lines(listing))
            ),
        )
        return
    paths = written(made, form or "xlsx", out or Path())
    told = [f"Wrote {path}." for path in paths]
    if not made.listings[0].rows:
        told.append(made.listings[0].empty)
    desk.say({**said, "files": [str(path) for path in paths]}, *told)


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

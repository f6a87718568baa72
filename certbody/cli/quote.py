"""`certbody quote`: audit time with its reasons, then the quotation over the cycle."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certbody.cli.desk import FOLDER, Acting, Desk, acting, showing
from certbody.cli.shape import group

if TYPE_CHECKING:
    from certbody.domain.audit_time import AuditTime, Factor

quote = group(
    "quote",
    help="Determine the audit time and quote the three-year cycle.",
    examples="""
    certbody quote time A-2026-001 --factor='-10:mature process, few types of complaint' --as DE
    certbody quote make A-2026-001 --out offers --as DE
    certbody quote show A-2026-001
    """,
)


class _FactorText(click.ParamType[Any]):
    name = "percent:reason"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Decimal, str]:
        percent, sign, reason = str(value).partition(":")
        try:
            number = Decimal(percent.strip().removesuffix("%"))
        except InvalidOperation:
            number = Decimal("NaN")
        if not sign or not reason.strip() or not number.is_finite():
            self.fail(f"{value!r} is no factor; write it as -10:the reason.", param, ctx)
        return number, reason.strip()


def _factors(said: tuple[tuple[Decimal, str], ...]) -> tuple[Factor, ...]:
    from certbody.domain.audit_time import Factor

    return tuple(Factor(percent=percent, reason=reason) for percent, reason in said)


def _lines(time: AuditTime) -> list[str]:
    lines = [f"  {line.item:16} {line.days:>5} days  {line.why}" for line in time.lines]
    if time.sampled_sites:
        lines += [f"  sampled sites: {', '.join(time.sampled_sites)} ({time.sampling_reason})"]
    return lines


@quote.command("time", examples="certbody quote time A-2026-001 --factor='-10:mature process' --as DE")
@click.argument("number")
@click.option("--factor", "factors", type=_FactorText(), multiple=True, help="Per cent and reason, for every site.")
@click.option("--sampled-factor", "sampled", type=_FactorText(), multiple=True, help="The same, for sampled sites.")
@click.option("--site", "chosen", multiple=True, help="A site chosen for the sample, after the random share.")
@click.option("--all-sites", is_flag=True, help="Audit every site: sampling is not appropriate.")
@click.option("--sampling-reason", default="", help="The rationale of the sample.")
@click.option("--onsite-share", type=int, default=80, help="Per cent between opening and closing meeting.")
@acting
def time(
    desk: Desk,
    acting: Acting,
    number: str,
    factors: tuple[tuple[Decimal, str], ...],
    sampled: tuple[tuple[Decimal, str], ...],
    chosen: tuple[str, ...],
    all_sites: bool,
    sampling_reason: str,
    onsite_share: int,
) -> None:
    """Determine the audit time by the scheme's method, with the sample of sites; every line says why (9.1.4)."""
    from certbody.office.times import determine_time
    from certbody.records import dump

    made = determine_time(
        desk.office,
        number,
        determined_on=acting.on,
        hand=acting.hand(),
        factors=_factors(factors),
        sampled_factors=_factors(sampled),
        chosen=chosen,
        all_sites=all_sites,
        sampling_reason=sampling_reason,
        onsite_share=Decimal(onsite_share),
        why=acting.why,
    )
    desk.say(
        dump(made),
        f"Audit time of {number}: {made.initial} days for {made.personnel} persons.",
        *_lines(made),
        f"Next: certbody quote make {number}",
    )


@quote.command("make", examples="certbody quote make A-2026-001 --out offers --as DE")
@click.argument("number")
@click.option("--notes", default="", help="What stands under the quotation, besides the scheme's own note.")
@click.option("--out", type=FOLDER, default=".", help="The folder to write to.")
@acting
def make(desk: Desk, acting: Acting, number: str, notes: str, out: Path) -> None:
    """Quote the cycle from the audit time on record: a Word quotation and its cost breakdown in Excel."""
    from certbody.office.applications import application
    from certbody.office.papers import issue
    from certbody.office.papers import make as fill
    from certbody.office.quotations import make_quotation
    from certbody.records import dump

    office, hand = desk.office, acting.hand()
    made = make_quotation(office, number, quoted_on=acting.on, hand=hand, notes=notes, why=acting.why)
    journal, found = application(office, number)
    on, code = acting.on, found.standard
    paper = issue(office, "quotation", journal, made.id, hand=hand, on=on, standard=code).written(out)
    breakdown = fill(office, "quotation-breakdown", journal, made.id, on=on, standard=code, draft=False).written(out)
    desk.say(
        {**dump(made), "files": [str(paper), str(breakdown)]},
        f"Quotation {made.number}: {made.cycle:,.2f} {made.currency} over three years, "
        f"{made.total:,.2f} with tax, valid until {made.valid_until}.",
        *(f"  {line.item:22} {line.days or '':>5} {line.amount:>12,.2f}  {line.why[:70]}" for line in made.lines),
        f"Wrote {paper} and {breakdown}.",
        f"Next: certbody agreement draft {number}",
    )


@quote.command("show", examples="certbody quote show A-2026-001 --json")
@click.argument("number")
@showing
def show(desk: Desk, number: str) -> None:
    """Show the audit time and the quotations of an application."""
    from certbody.domain.audit_time import time_of
    from certbody.office.applications import application
    from certbody.records import dump

    journal, found = application(desk.office, number)
    dossier = desk.office.dossier(journal)
    known = time_of(found.id, dossier)
    quotations = [each for each in dossier.quotations.values() if each.application == found.id]
    lines = [f"Audit time of {number}: {known.initial} days", *_lines(known)] if known else ["No audit time yet."]
    lines += [f"Quotation {each.number} of {each.quoted_on}: {each.total:,.2f} {each.currency}" for each in quotations]
    desk.say({"audit_time": dump(known) if known else None, "quotations": [dump(each) for each in quotations]}, *lines)

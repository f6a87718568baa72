"""`certbody estimate`: what certification is likely to cost, from personnel and sites, without a client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from certbody.cli.desk import Desk, nearest, showing
from certbody.cli.shape import Command, Group

if TYPE_CHECKING:
    from certbody.domain.estimate import Estimate
    from certbody.domain.inputs import Question
    from certbody.domain.quotation import Fees
    from certbody.domain.scheme import Scheme
    from certbody.domain.time_method import Adjust

EXAMPLES = """
certbody estimate iso10002 --personnel 25
certbody estimate iso10002 --personnel 250 --sites 4 --json
"""

MOST_SITES = 100_000


class Schemes(Group):
    """One command for each scheme, with the scheme's own questions as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        if ctx.resilient_parsing:  # completion reads metadata and imports no plugin
            return []
        from certbody.registry import Registry

        return sorted(Registry.gathered().schemes)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if ctx.resilient_parsing:
            return None
        from certbody.registry import Registry

        return _command(Registry.gathered().scheme(name))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        return click.Group.resolve_command(self, ctx, args)


estimate = Schemes(
    "estimate",
    examples=EXAMPLES,
    help="""Estimate what certification costs, from effective personnel and sites alone; no office is needed.

    Personnel is spread evenly over the sites, and the central site and a sample of the others are audited. A quotation
    for a client (certbody quote) rests on the audit time on record instead.""",
)


def _command(scheme: Scheme) -> click.Command:
    """The command of one scheme."""

    @showing
    def made(desk: Desk, personnel: int, sites: int, **said: Any) -> None:
        from certbody import resources
        from certbody.domain.estimate import estimate as work_out
        from certbody.domain.table import Undetermined
        from certbody.errors import BadData

        adjust, fees = _settings(desk, scheme)
        try:
            found = work_out(
                scheme.audit_time,
                scheme.inputs(**said),
                personnel=personnel,
                sites=sites,
                tables=resources.table,
                fees=fees,
                adjust=adjust,
            )
        except (Undetermined, ValueError) as trouble:
            raise BadData(f"No estimate for {scheme.code}: {trouble}") from None
        desk.say(as_data(found), *lines(found))

    options = [
        click.Option(
            ["--personnel"],
            type=click.IntRange(min=1),
            required=True,
            help="Effective personnel at all sites: everybody in scope, part-timers by their hours.",
        ),
        click.Option(
            ["--sites"],
            type=click.IntRange(1, MOST_SITES),
            default=1,
            show_default=True,
            help="All sites, the central one included.",
        ),
        *(_option(question) for question in scheme.questions),
    ]
    command = Command(scheme.code, callback=made, examples=f"certbody estimate {scheme.code} --personnel 25 --sites 3")
    command.help = f"Estimate what certification under {scheme.code} costs."
    command.params = [*options, *getattr(made, "__click_params__", [])]
    return command


def _settings(desk: Desk, scheme: Scheme) -> tuple[Adjust, Fees]:
    """The body's own rounding, minimum and fees where there is an office; otherwise what is shipped."""
    from pathlib import Path

    from certbody.domain.audit_time import Rounding
    from certbody.domain.time_method import Adjust

    where = Path(desk.folder) if desk.folder else nearest(Path.cwd())
    if not desk.folder and not (where / "journals" / "body.jsonl").is_file():
        from certbody import resources

        return Adjust(), resources.fees(scheme.standard)
    from certbody.office.quotations import fees_of

    policy = desk.office.body.policy
    adjust = Adjust(rounding=Rounding(policy.rounding), surveillance_minimum=policy.minimum_surveillance_days)
    return adjust, fees_of(desk.office, scheme.code)


def _option(question: Question) -> click.Option:
    name = question.name.replace("_", "-")
    kind: Any = {bool: click.BOOL, int: click.IntRange(min=0)}.get(question.kind, click.STRING)
    if question.choices:
        kind = click.Choice(question.choices)
    if question.kind not in (bool, int, str):
        kind = _Read(question)
    return click.Option(
        [f"--{name}"], type=kind, default=question.default, show_default=question.default != "", help=question.help
    )


class _Read(click.ParamType[Any]):
    """A decimal, read as the question reads it."""

    name = "number"

    def __init__(self, question: Question) -> None:
        self._question = question

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._question.read(value)
        except ValueError as trouble:
            self.fail(str(trouble), param, ctx)


def as_data(found: Estimate) -> dict[str, Any]:
    """The estimate as plain data, decimals as text."""
    return {
        "currency": found.currency,
        "minimum": f"{found.minimum:f}",
        "likely": f"{found.likely:f}",
        "maximum": f"{found.maximum:f}",
        "lines": [
            {
                "item": line.item,
                "phase": str(line.phase),
                "days": f"{line.days:f}",
                "rate": f"{line.rate:f}",
                "amount": f"{line.amount:f}",
                "why": line.why,
            }
            for line in found.lines
        ],
    }


def lines(found: Estimate) -> list[str]:
    """The estimate for people."""
    said = [
        f"Initial phase, without travel and tax: {found.likely:,.2f} {found.currency} "
        f"(from {found.minimum:,.2f} to {found.maximum:,.2f}).",
        "",
        f"{'item':<24} {'days':>5} {'rate':>10} {'amount':>12}  why",
    ]
    for line in found.lines:
        days, rate = (f"{line.days:f}", f"{line.rate:,.2f}") if line.days else ("", "")
        said.append(f"{line.item:<24} {days:>5} {rate:>10} {line.amount:>12,.2f}  {line.why}")
    return [*said, "", "An estimate, not a quotation: the quotation rests on the audit time on record."]

"""The `certbody` command: which groups there are, and how foreseen trouble is told."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from certbody.cli.desk import Desk
from certbody.cli.shape import Command, Group

COMMANDS = {
    "office": "Found the office; show who the body is; policies.",
    "person": "People, their competence, ties and PINs.",
    "standard": "Standards and schemes: show, check, publish.",
    "estimate": "A quick estimate of what certification costs.",
    "client": "Clients and all that is on record about them.",
    "application": "Receive and review applications.",
    "quote": "Determine audit time and quote the cycle.",
    "agreement": "Draw up and sign certification agreements.",
    "programme": "The audit programme over the three-year cycle.",
    "audit": "Plan, staff, carry out, conclude and report audits.",
    "evidence": "Keep audit evidence: notes and files.",
    "nc": "Nonconformities from response to confirmed effectiveness.",
    "review": "Review everything before the decision.",
    "decide": "Certification decisions.",
    "certificate": "Draft, confirm, issue and look up certificates.",
    "change": "Changes at certified clients: received and reviewed.",
    "register": "Registers as workbooks.",
    "template": "Templates of documents: list, copy, check.",
    "language": "Languages of documents: list, begin, check.",
    "log": "Who did what when.",
    "verify": "Check every journal, every file and every rule.",
    "plugins": "What is loaded, from where, and what it supplies.",
    "demo": "A whole certification on invented files.",
    "completion": "The script that completes commands in your shell.",
}
"""Command to its line in the help, so that the help need not import the command."""


class Root(Group):
    """Loads a command's module when the command is called; tells foreseen trouble without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *sorted(_foreign())]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in COMMANDS:
            found = getattr(import_module(f"certbody.cli.{name}"), name)
            assert isinstance(found, click.Command)
            return found
        entry = _foreign().get(name)
        return entry.load() if entry else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0] if args else ""
        if name and name not in COMMANDS and name not in _foreign():
            import difflib

            close = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            ctx.fail(f"There is no command {name!r}." + (f" Did you mean {close[0]!r}?" if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [*COMMANDS.items(), *((name, "from a plugin") for name in sorted(_foreign()))]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        from certbody.domain.text import BadText
        from certbody.errors import CertbodyError

        try:
            return super().invoke(ctx)
        except CertbodyError as trouble:
            if ctx.obj.debug:
                raise
            click.echo(str(trouble), err=True)
            ctx.exit(trouble.exit_code)
        except BadText as trouble:
            if ctx.obj.debug:
                raise
            click.echo(f"Not recorded: {trouble}.", err=True)
            ctx.exit(1)
        except RecursionError:
            raise
        except OSError as trouble:
            if ctx.obj.debug or isinstance(trouble, BrokenPipeError):
                raise
            where = f"{trouble.filename}: " if trouble.filename else ""
            click.echo(f"{where}{trouble.strerror or trouble}", err=True)
            ctx.exit(1)


def _foreign() -> dict[str, Any]:
    """Commands that plugins bring, by name, read from metadata without importing them."""
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group="certbody.commands") if entry.name not in COMMANDS}


@click.command(
    cls=Root,
    params=[],
    help="certbody: the open system on which a certification body works, under ISO/IEC 17021-1.",
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": None, "max_content_width": 110},
)
@click.option("--office", "folder", metavar="DIR", envvar="CERTBODY_OFFICE", help="The office's folder.")
@click.option("--debug", is_flag=True, envvar="CERTBODY_DEBUG", help="Show tracebacks.")
@click.version_option(None, "-V", "--version", package_name="certbody", prog_name="certbody")
@click.pass_context
def certbody(ctx: click.Context, folder: str | None, debug: bool) -> None:
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if ctx.obj is None:
        ctx.obj = Desk()
    if folder:
        ctx.obj.folder = folder
    ctx.obj.debug = debug


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit codes are 0 done, 1 bad data or not found, 2 misuse, 3 refused by a rule,
    4 changed meanwhile, 5 verification failed."""
    certbody.main(arguments if arguments is not None else sys.argv[1:], prog_name="certbody")


__all__ = ["COMMANDS", "Command", "certbody", "main"]

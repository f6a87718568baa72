"""The shape of every command: examples first in its help, then what it does, then its options."""

from __future__ import annotations

from typing import Any

import click


class _ExamplesFirst:
    """Mixed into commands and groups: `examples` are lines of shell that can be copied."""

    examples: tuple[str, ...] = ()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_usage(ctx, formatter)  # type: ignore[attr-defined]
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples:
                    formatter.write(f"  {line}\n")
        self.format_help_text(ctx, formatter)  # type: ignore[attr-defined]
        self.format_options(ctx, formatter)  # type: ignore[attr-defined]
        self.format_epilog(ctx, formatter)  # type: ignore[attr-defined]


class Command(_ExamplesFirst, click.Command):
    """A command with examples."""

    def __init__(self, *args: Any, examples: str = "", **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.examples = tuple(line.strip() for line in examples.strip().splitlines())


class Group(_ExamplesFirst, click.Group):
    """A group of commands on one noun; misspelt commands get a suggestion."""

    command_class = Command

    def __init__(self, *args: Any, examples: str = "", **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.examples = tuple(line.strip() for line in examples.strip().splitlines())

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f" Did you mean {close[0]!r}?" if close else f" There are: {', '.join(self.list_commands(ctx))}."
            ctx.fail(f"{self.name} has no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


def group(name: str, *, help: str, examples: str = "") -> Group:
    """The group of a noun; its commands attach themselves with ``@noun.command(...)``."""
    return Group(name, help=help, examples=examples)

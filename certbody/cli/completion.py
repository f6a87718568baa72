"""`certbody completion`: the script that completes commands in a shell."""

from __future__ import annotations

import click

from certbody.cli.shape import Command


@click.command(
    cls=Command,
    examples="""
    certbody completion bash > ~/.local/share/bash-completion/completions/certbody
    certbody completion zsh  > ~/.zfunc/_certbody
    certbody completion fish > ~/.config/fish/completions/certbody.fish
    """,
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell."""
    from click.shell_completion import get_completion_class

    from certbody.cli.root import certbody

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(certbody, {}, "certbody", "_CERTBODY_COMPLETE").source())

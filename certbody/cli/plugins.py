"""`certbody plugins`: what is loaded, from where, and what it supplies; works whatever is wrong with it."""

from __future__ import annotations

import click

from certbody.cli.desk import Desk, showing
from certbody.cli.shape import Command


@click.command(
    cls=Command,
    examples="""
    certbody plugins
    CERTBODY_BLOCK=acme certbody plugins --json
    """,
)
@showing
def plugins(desk: Desk) -> None:
    """Show the plugins installed here, what each supplies, and what is wrong with it.

    A plugin at fault stops the commands that load plugins. CERTBODY_BLOCK=NAME[,NAME...] leaves plugins out.
    """
    from certbody.registry import Registry

    found = Registry.gathered().describe()
    lines = []
    for each in found:
        origin = f"{each['distribution']} {each['version']}".strip() or "no distribution"
        lines.append(f"{each['name']}: {each['state']}, from {origin}, {each['file']}")
        for kind in ("schemes", "deliverables", "hooks"):
            if each[kind]:
                lines.append(f"  {kind}: {', '.join(each[kind])}")
        lines += [f"  Fault: {fault}" for fault in each["faults"]]
        if each["faults"]:
            lines.append(f"  Next: correct the plugin, or go on without it: CERTBODY_BLOCK={each['name']}")
    desk.say({"plugins": found}, *(lines or ["No plugin is installed."]))

"""Every way to extend certbody, on one page.

A plugin is an importable module named by an entry point of the group `certbody`:

    [project.entry-points.certbody]
    acme = "certbody_acme"

It marks the functions that it implements with `certbody.hookimpl`. A hook hands over values; the core looks them up.
No hook can take anything away: what a plugin objects to is added to what the rules of the core hold.
Plugins run in this process, with all its rights: install only those you trust.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

import pluggy

if TYPE_CHECKING:
    from collections.abc import Callable

    from certbody.deliverables.deliverable import Deliverable
    from certbody.domain.act import Act
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier
    from certbody.domain.objection import Objection
    from certbody.domain.scheme import Scheme

    F = TypeVar("F", bound=Callable[..., object])

GROUP = "certbody"
"""The entry-point group of plugins; their own commands stand in `certbody.commands`."""

hookimpl = cast("Callable[[F], F]", pluggy.HookimplMarker(GROUP))
"""Marks a plugin's function as the implementation of the hook of its name."""

hookspec = cast("Callable[[F], F]", pluggy.HookspecMarker(GROUP))


@hookspec
def certbody_schemes() -> Iterable[Scheme]:
    """Called once, when an office or a command first asks for a scheme.

    Returns:
        The schemes that the plugin supplies. A code belongs to one plugin alone. Data of a standard is read
        later, when the standard is needed.
    """
    raise NotImplementedError


@hookspec
def certbody_deliverables() -> Iterable[Deliverable]:
    """Called once, when a document is first made.

    Returns:
        Documents for every scheme, each with the folder of its template. Those of one scheme alone stand in
        `Scheme.deliverables`.
    """
    raise NotImplementedError


@hookspec
def certbody_objections(dossier: Dossier, body: Body, act: Act, on: date) -> Iterable[Objection]:
    """Called before each act is put on record, after the rules of the core, under the journal's lock.

    Args:
        dossier: the client's facts as they would stand with the act.
        body: the certification body's own facts.
        act: what is about to be put on record.
        on: the day of recording.

    Returns:
        What the plugin has against the act. One that raises counts as an objection.
    """
    raise NotImplementedError

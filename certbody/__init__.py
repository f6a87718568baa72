"""The open system on which a certification body works.

What stands in `__all__` is what plugins and scripts import from here, together with `certbody.domain` and
`certbody.testing`; anything deeper may change. Names load when they are asked for, so that importing
certbody costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certbody.deliverables.deliverable import Deliverable, Showing, common
    from certbody.domain.audit_time import Factor, SiteLoad
    from certbody.domain.inputs import ask
    from certbody.domain.objection import Objection
    from certbody.domain.scheme import Scheme
    from certbody.domain.standard import Standard
    from certbody.domain.table import Table, Undetermined
    from certbody.domain.time_method import Adjust, Determination, by_table
    from certbody.errors import BadData, Changed, Damaged, NotFound, Refused
    from certbody.hookspecs import hookimpl
    from certbody.office import Office
    from certbody.registry import Registry
    from certbody.resources import shipped as standard
    from certbody.resources import table

_HOMES = {
    "Adjust": "domain.time_method",
    "BadData": "errors",
    "Changed": "errors",
    "Damaged": "errors",
    "Deliverable": "deliverables.deliverable",
    "Determination": "domain.time_method",
    "Factor": "domain.audit_time",
    "NotFound": "errors",
    "Objection": "domain.objection",
    "Office": "office",
    "Refused": "errors",
    "Registry": "registry",
    "Scheme": "domain.scheme",
    "Showing": "deliverables.deliverable",
    "SiteLoad": "domain.audit_time",
    "Standard": "domain.standard",
    "Table": "domain.table",
    "Undetermined": "domain.table",
    "ask": "domain.inputs",
    "by_table": "domain.time_method",
    "common": "deliverables.deliverable",
    "hookimpl": "hookspecs",
    "standard": "resources:shipped",
    "table": "resources",
}

__all__ = [
    "Adjust",
    "BadData",
    "Changed",
    "Damaged",
    "Deliverable",
    "Determination",
    "Factor",
    "NotFound",
    "Objection",
    "Office",
    "Refused",
    "Registry",
    "Scheme",
    "Showing",
    "SiteLoad",
    "Standard",
    "Table",
    "Undetermined",
    "ask",
    "by_table",
    "common",
    "hookimpl",
    "standard",
    "table",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home, _, inside = _HOMES[name].partition(":")
    found = getattr(import_module(f"{__name__}.{home}"), inside or name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)

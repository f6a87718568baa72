"""Acts on record: entries in a chain, folded into records; stores, views and checks of them.

It knows nothing of certification: its records are plain JSON.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certbody.journal.disk import Busy as Busy
    from certbody.journal.disk import DiskFailed as DiskFailed
    from certbody.journal.entry import Act as Act
    from certbody.journal.entry import Entry as Entry
    from certbody.journal.entry import Head as Head
    from certbody.journal.entry import chain as chain
    from certbody.journal.entry import draft as draft
    from certbody.journal.entry import instant as instant
    from certbody.journal.files import FileStore as FileStore
    from certbody.journal.fold import Fold as Fold
    from certbody.journal.index import Index as Index
    from certbody.journal.merge import unknown as unknown
    from certbody.journal.secrets import Secrets as Secrets
    from certbody.journal.store import Store as Store
    from certbody.journal.verify import Fault as Fault
    from certbody.journal.verify import against as against

# A function of its module's name cannot be had from here, since the module has that name:
# from certbody.journal.verify import verify, and so for canonical, merge and view.
_HOMES = {
    "Act": "entry",
    "Busy": "disk",
    "DiskFailed": "disk",
    "Entry": "entry",
    "Fault": "verify",
    "FileStore": "files",
    "Fold": "fold",
    "Head": "entry",
    "Index": "index",
    "Secrets": "secrets",
    "Store": "store",
    "against": "verify",
    "chain": "entry",
    "draft": "entry",
    "instant": "entry",
    "unknown": "merge",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found

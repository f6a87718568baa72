"""The command line: one group per noun, each command load → decide → record → say."""

from __future__ import annotations

from certbody.cli.root import main

__all__ = ["main"]

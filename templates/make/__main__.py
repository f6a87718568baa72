"""Makes every shipped template anew, or those named: `python -m templates.make [quotation …]`.

Each module of this folder that has `FILE` and `made()` makes one file of `templates/`. The files are committed: they
are what an office copies and changes; this folder only saves drawing them by hand. The same code gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

HERE = Path(__file__).parent


def makers() -> Iterator[tuple[str, bytes]]:
    """File name and content of every template that this folder makes."""
    for found in sorted(iter_modules([str(HERE)]), key=lambda each: each.name):
        if found.name == "__main__":
            continue
        module = import_module(f"templates.make.{found.name}")
        if hasattr(module, "FILE") and hasattr(module, "made"):
            yield module.FILE, module.made()


def main(wanted: list[str]) -> None:
    """Write the templates whose names begin with one of `wanted`, or all."""
    for name, data in makers():
        if not wanted or any(name.rpartition(".")[0] == each for each in wanted):
            (HERE.parent / name).write_bytes(data)
            print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])

"""`python -m certbody` is `certbody`."""

from __future__ import annotations

from certbody.cli import main

if __name__ == "__main__":
    main()

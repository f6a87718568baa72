"""How commands change single fields of a record that may be amended."""

from __future__ import annotations

from typing import Any

from certbody.cli.desk import Acting, Desk


def change(
    desk: Desk, acting: Acting, journal: str, table: str, what: str, record: Any, changes: tuple[str, ...]
) -> None:
    """Change fields of a record as `NAME=VALUE` pairs say; fields that are lists are given with commas."""
    from certbody.errors import BadData
    from certbody.records import dump, load

    data = dump(record)
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign:
            raise BadData(f"{change!r} is no change.", next="write it as NAME=VALUE")
        old = getattr(record, name, None)
        data[name] = _listed(old, value) if isinstance(old, tuple) else value
        if isinstance(old, bool) and value in ("yes", "no"):
            data[name] = value == "yes"
        elif isinstance(old, int) and value.isascii() and value.isdigit():
            data[name] = int(value)
    changed = load(data, type(record), where=what)
    desk.office.record(journal, f"{what} changed", {table: [changed]}, hand=acting.hand(), why=acting.why)
    desk.say(dump(changed), f"Changed the {what}: {', '.join(changes)}.")


def _listed(old: tuple[Any, ...], value: str) -> list[Any]:
    """What stands between the commas; whole numbers where the list held whole numbers."""
    parts = [each.strip() for each in value.split(",") if each.strip()]
    numbers = bool(old) and isinstance(old[0], int) and all(each.isascii() and each.isdigit() for each in parts)
    return [int(each) for each in parts] if numbers else parts

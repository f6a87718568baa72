"""`certbody log`: who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from certbody.cli.desk import Desk, showing
from certbody.cli.shape import Command


@click.command(
    cls=Command,
    examples="""
    certbody log
    certbody log C-0001
    certbody log C-0001 --table findings --json
    """,
)
@click.argument("journal", required=False)
@click.option("--table", default="", help="Only acts that touch this table.")
@showing
def log(desk: Desk, journal: str | None, table: str) -> None:
    """Show who did what when: every act in a journal (`body`, or a client's number), oldest first; all without one.

    Four facts are shown for each act: whose act it is, who entered it and how, when it happened by the days that its
    records name, and when it was recorded.
    """
    from certbody.errors import NotFound

    office = desk.office
    body = office.body
    names = office.store.names()
    if journal and journal not in names:
        raise NotFound(f"There is no journal {journal}.", [f"there are: {', '.join(names)}"])
    rows, lines = [], []
    for name in [journal] if journal else names:
        for entry in office.store.read(name):
            touched = {**{key: len(rows_) for key, rows_ in entry.put.items()}}
            if table and table not in touched and table not in entry.strike:
                continue
            entered = str(entry.entered.get("by", entry.by))
            how = str(entry.entered.get("how", ""))
            happened = _happened(entry.put)
            rows.append(
                {
                    "journal": name,
                    "no": entry.no,
                    "at": entry.at,
                    "happened": happened,
                    "by": body.name(entry.by),
                    "entered_by": body.name(entered),
                    "authenticated": how,
                    "act": entry.act,
                    "put": touched,
                    "struck_out": {key: dict(struck) for key, struck in entry.strike.items()},
                    "why": entry.why,
                    "id": entry.id,
                    "hash": entry.hash,
                }
            )
            by = body.name(entry.by) + (f", entered by {body.name(entered)}" if entered != entry.by else "")
            what = ", ".join(f"{count} {key.replace('_', ' ')}" for key, count in touched.items())
            day = f", happened {' to '.join(happened)}" if happened and happened != [entry.at[:10]] else ""
            lines.append(f"{name} {entry.no:>4}  {entry.at[:19]}Z  {by} ({how}): {entry.act}{day}  [{what}]")
            if entry.why:
                lines.append(f"{'':>{len(name) + 6}} because: {entry.why}")
    desk.say(rows, *lines)


def _happened(put: Mapping[str, Mapping[str, dict[str, Any]]]) -> list[str]:
    """The first and the last day, or the only one, on which what an act records happened, by its records."""
    from certbody.domain.act import facts_of
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

    kinds = {**Body.TABLES, **Dossier.TABLES}
    days = {
        record[field]
        for table, records in put.items()
        for record in records.values()
        for field in (facts_of(kinds[table]) if table in kinds else ())  # type: ignore[arg-type]
        if record.get(field)
    }
    return sorted({min(days), max(days)}) if days else []

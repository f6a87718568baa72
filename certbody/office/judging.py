"""How an act is made of what somebody hands in, and judged before it is put on record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from certbody.domain.act import Act, Door, Entered
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection
from certbody.domain.rules import against
from certbody.domain.state import State
from certbody.errors import Changed, Refused
from certbody.journal import Fold

if TYPE_CHECKING:
    from certbody.office.hand import Hand
    from certbody.office.office import Office


def act_of(
    office: Office,
    what: str,
    put: Mapping[str, Iterable[Any]],
    hand: Hand,
    strike: Mapping[str, Mapping[str, str]] | None,
    why: str,
) -> Act:
    """What somebody hands in as an act of the domain; the hand is known by then, or the act says that it is not.

    Raises:
        BadData: a PIN was given and is not the person's.
    """
    return Act(
        act=what,
        by=hand.by,
        entered=_entered(office, hand),
        put={table: found for table, records in put.items() if (found := tuple(records))},
        strike=strike or {},
        why=why,
    )


def _entered(office: Office, hand: Hand) -> Entered:
    if hand.form:
        return Entered(by=hand.entered_by, how=Door.SIGNED_FORM, form=hashlib.sha256(hand.form).hexdigest())
    if hand.pin:
        office.authenticate(hand.by, hand.pin)
        return Entered(by=hand.entered_by, how=Door.PIN)
    return Entered(by=hand.entered_by, how=Door.SAID)


def judged(office: Office, act: Act, before: State, body: State, on: date | None) -> State:
    """The state that an act leads to; refused with every objection at once where a rule forbids it."""
    after = before.having(act.put, {table: rows.keys() for table, rows in act.strike.items()})
    if isinstance(after, Body):
        body = after
    assert isinstance(body, Body)
    day = on or day_of(office.clock(), body)
    found = against(act, before, after, body, day)
    if isinstance(after, Dossier):
        found += _basis(office, act)
        found += office.registry.objections(after, body, act, day)
    if any(each.level != "W" for each in found) or (found and not act.why.strip()):
        count = len(_once(found))
        headline = f"Not recorded ({act.act}): {count} objection{'s' if count > 1 else ''}."
        if all(each.level == "W" for each in found):
            headline = f"Not recorded yet ({act.act}): say why with --why REASON, or change it."
        raise Refused(headline, _once(found))
    return after


def _basis(office: Office, act: Act) -> Iterable[Objection]:
    """Whether an application names its standard as the standard is: nobody makes guidance a requirement."""
    for application in act.put.get("applications", ()):
        standard = office.standard(application.standard)
        if (application.basis.nature, application.basis.title) != (standard.nature, standard.title):
            yield Objection(
                rule=28,
                text=f"{standard.code} is {standard.title}, {standard.nature}; the application says otherwise.",
                clause="ISO/IEC 17021-1:2015, 8.1.3",
                about=("applications", application.id),
            )


def over(act: Act, fold: Fold) -> set[str]:
    """Ids of the acts that hold the records which this act replaces or strikes out; what its line names in `over`."""
    keys = [(table, record.id) for table, record in act.records()]
    keys += [(table, key) for table, rows in act.strike.items() for key in rows]
    return {holder for table, key in keys for holder in fold.holders(table, key)}


def day_of(moment: datetime, body: Body) -> date:
    """The day that a moment falls on where the body is."""
    return moment.astimezone(ZoneInfo(body.profile.time_zone if body.profile else "UTC")).date()


def unchanged(act: Act, seen: State, now: State) -> None:
    """Go on only where each record that the act replaces is still as it was when the act was prepared.

    Raises:
        Changed: naming the record that is another by now.
    """
    for table, record in act.records():
        if getattr(seen, table).get(record.id) != getattr(now, table).get(record.id):
            raise Changed(
                f"Not recorded ({act.act}): somebody changed it meanwhile.",
                [f"{table} {record.id}"],
                next="look at it again, then decide again",
            )


def entered_out(act: Act) -> dict[str, str]:
    """The field `entered` of a journal's line: by whom, by which door, and the form's SHA-256 where one was signed."""
    out = {"by": act.entered.by or act.by, "how": str(act.entered.how)}
    return {**out, "form": act.entered.form} if act.entered.form else out


def _once(objections: Iterable[Objection]) -> list[Objection]:
    return list({(each.text, each.clause): each for each in objections}.values())

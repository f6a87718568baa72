"""Builders: a whole invented dossier and body that no rule objects to, one change to them, and what is said then.

The records are those of `tests.deliverables.example`. A test changes one, or takes some away, and asks what the
rules have against an act that puts a record there:

    refused(who_audited_does_not_decide, the("decisions", by=ADA), "Ada Kaya audited this client", level="A")
    passes(who_audited_does_not_decide, the("decisions", by=DUNJA))
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import attrs

from certbody.domain.act import Act, Door, Entered
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.objection import Objection, Rule
from certbody.domain.people import Competence, Engagement, Function, Interest, InterestKind, Person, Tie
from certbody.domain.rules import judge
from certbody.domain.state import State
from tests.deliverables import example

ON = date(2026, 6, 30)
"""The day of recording: everything in the example has happened."""
ADA, BRUNO, CARLA, DUNJA, EMIL, FANNY, GIL = (f"P-0{number}" for number in range(1, 8))
"""Lead auditor, auditor, head of certification, officer, technical expert, and two members of the committee."""
STAGE_1, STAGE_2 = example.STAGE_1, example.STAGE_2

_COMPETENT = {
    ADA: (Function.AUDITING, Function.LEADING, Function.REVIEW, Function.DECISION),
    BRUNO: (Function.AUDITING, Function.LEADING, Function.DECISION),
    CARLA: (Function.APPLICATION_REVIEW, Function.REVIEW, Function.DECISION),
    DUNJA: (Function.AUDITING, Function.LEADING, Function.REVIEW, Function.DECISION),
    EMIL: (Function.TECHNICAL_EXPERTISE, Function.DECISION),
    FANNY: (Function.DECISION,),
    GIL: (Function.DECISION,),
}
"""Broad, so that a person is refused for what they did and not for what they cannot do."""


@cache
def body() -> Body:
    """Fernhill Certification with seven persons, all of them competent to decide on somebody."""
    found = example.body()
    members = [
        Person(id=FANNY, name="Fanny Roth", initials="FR", title="Committee member"),
        Person(id=GIL, name="Gil Amsel", initials="GA", title="Committee member"),
    ]
    bound = [Engagement(id=f"E-{each.id}", person=each.id, tie=Tie.COMMITTEE, signed_on=_SINCE) for each in members]
    granted = [
        Competence(
            id=f"{person}-{function.name}", person=person, standard="iso10002", function=function, granted_on=_SINCE
        )
        for person, functions in _COMPETENT.items()
        for function in functions
    ]
    found = attrs.evolve(found, competences={})
    return found.having({"people": members, "engagements": bound, "competences": granted})


_SINCE = date(2024, 1, 8)


@cache
def dossier() -> Dossier:
    """Nordwind Telecom, from application to certificate, and no rule has anything against it."""
    found = example.dossier()
    stage_1 = attrs.evolve(found.audits[STAGE_1], remote_days=Decimal(0))
    return found.having({"audits": [stage_1]})


def whole(table: str) -> Dossier:
    """The example that has records of a table: up to the certificate, a little later, or with grades reconsidered."""
    if getattr(dossier(), table):
        return dossier()
    from tests.later import later
    from tests.reconsidered import reconsidered

    return later() if getattr(later(), table) else reconsidered()


def the(table: str, key: str = "", /, **changes: Any) -> Any:
    """The record of that id in the example, or the first of its table, with changes."""
    rows = getattr(body() if table in Body.TABLES else whole(table), table)
    record = rows[key] if key else next(iter(rows.values()))
    return attrs.evolve(record, **changes)


def changed(state: State, table: str, key: str = "", /, **changes: Any) -> Any:
    """The state with one record changed: the one of that id, or the first of the table."""
    rows = getattr(state, table)
    record = rows[key] if key else next(iter(rows.values()))
    return state.having({table: [attrs.evolve(record, **changes)]})


def without(state: State, /, **tables: str) -> Any:
    """The state without some records (`findings="finding-AK-1"`, ids separated by spaces) or whole tables (`"*"`)."""
    gone = {table: list(getattr(state, table)) if keys == "*" else keys.split() for table, keys in tables.items()}
    return state.having({}, gone)


def tie(person: str, ended_on: date | None = None, **more: Any) -> Interest:
    """A consultancy of a person for the client, disclosed on `ON`."""
    said = {"kind": InterestKind.CONSULTANCY, "client": "C-0001", "disclosed_on": ON} | more
    return Interest(id=f"I-{person}", person=person, ended_on=ended_on, **said)


def refusals(
    found: Dossier, by: Body, table: str, record: Any, on: date = ON, *, how: Door = Door.PIN, person: str = ""
) -> list[Objection]:
    """What speaks against an act of the record's own author that puts the record there, as if for the first time.

    An act on the body's own record is judged in the body; what a report shows, before there is a report.
    """
    before: State = by if table in Body.TABLES else found
    before = without(before, reports="*") if table in _BEFORE_THE_REPORT else before
    before = without(before, **{table: record.id}) if record.id in getattr(before, table) else before
    after = before.having({table: [record]})
    author = person or _author(record, by)
    entered = Entered(how=how)
    if len(getattr(record, "deciders", ())) > 1:  # a committee comes with its minutes
        entered = Entered(how=Door.SIGNED_FORM, by=DUNJA if author == CARLA else CARLA, form="ab" * 32)
    act = Act(act="recorded by a test", by=author, entered=entered, put={table: (record,)})
    return judge(act, before, after, after if isinstance(after, Body) else by, on)[0]


_BEFORE_THE_REPORT = frozenset({"audits", "assignments", "results", "findings", "evidence"})


def _author(record: Any, by: Body) -> str:
    said = getattr(record, "person", "") or getattr(record, "by", "")
    return said if said in by.people else CARLA


def refused(
    rule: Rule,
    record: Any,
    *says: str,
    level: str = "B",
    found: Dossier | None = None,
    by: Body | None = None,
    on: date = ON,
) -> Objection:
    """The rule refuses the record (`level="W"`: warns), in one sentence that says all of this, with a next step."""
    against = refusals(found or _usual(rule), by or body(), rule.of, record, on)
    own = [each for each in against if (each.rule, each.clause) == (rule.number, rule.clause)]
    meant = [each for each in own if each.level == level and all(words in each.text for words in says)]
    assert meant, "\n".join([f"nothing says {says} at level {level}; said is:", *(str(each) for each in against)])
    assert all(each.about == (rule.of, record.id) for each in own)
    assert meant[0].clause
    assert meant[0].next, f"no next step: {meant[0].text}"
    return meant[0]


def _usual(rule: Rule) -> Dossier:
    return dossier() if rule.of in Body.TABLES else whole(rule.of)


def passes(
    rule: Rule, record: Any, *, found: Dossier | None = None, by: Body | None = None, on: date = ON, alone: bool = False
) -> None:
    """The rule has nothing against the record and, unless `alone`, no other rule refuses the act that puts it there."""
    known, judges = found or _usual(rule), by or body()
    against = refusals(known, judges, rule.of, record, on)
    state: State = judges if rule.of in Body.TABLES else known
    after = state.having({rule.of: [record]})
    assert rule.objections(record.id, after, after if isinstance(after, Body) else judges, on) == []
    assert alone or [each for each in against if each.level != "W"] == []

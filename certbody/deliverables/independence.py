"""Who took part in which audit, and that reviewer and deciders are none of them (ISO/IEC 17021-1:2015, 9.5.1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.deliverables.matter import Matter
from certbody.deliverables.spelled import listed
from certbody.domain.impartiality import barred_by_interest, took_part
from certbody.domain.objection import Said
from certbody.domain.people import Function


def participants(showing: Showing, matter: Matter) -> list[dict[str, Any]]:
    """A row for each person and audit: by assignment, or by what the person recorded there."""
    return [
        {"audit": audit.number, "title": audit.title, "name": showing.body.name(person), "part": part}
        for audit in matter.audits(showing)
        for person, part in took_part(audit, showing.dossier).items()
    ]


def checks(showing: Showing, matter: Matter) -> list[dict[str, Any]]:
    """A row for the reviewer and each who decides: part in audits, interests, agreement, competence, and the result."""
    found = []
    for person, function, needed, day in _judges(matter):
        took = (took_part(audit, showing.dossier) for audit in matter.audits(showing))
        parts = [each[person] for each in took if person in each]
        said = [_whole(each) for each in barred_by_interest(person, showing.dossier, showing.body, day)]
        barred = any(level != "W" for _, level in said)
        interests = " ".join(words for words, _ in said)
        bound = showing.body.engaged(person, day)
        competent = showing.body.competent(person, matter.application.standard, needed, day)
        found.append(
            {
                "name": showing.body.name(person),
                "function": function,
                "audits": listed(parts) if parts else "none of them",
                "interests": interests or "none on record",
                "agreement": f"in force on {day}" if bound else f"none on {day}",
                "competence": f"{needed}, on record on {day}" if competent else f"for {needed}: none on {day}",
                "clear": "clear" if bound and competent and not (parts or barred) else "NOT CLEAR",
            }
        )
    return found


def _whole(said: Said) -> tuple[str, str]:
    """The sentence and the level of what a rule says."""
    return said[0], said[2] if len(said) == 3 else "A"


def _judges(matter: Matter) -> Iterator[tuple[str, str, Function, date]]:
    """Person, function in words, the competence it needs, and the day on which it was exercised."""
    if matter.review:
        yield matter.review.by, "Reviewer", Function.REVIEW, matter.review.reviewed_on
    if decision := matter.decision:
        for person in decision.deciders:
            if not decision.members:
                words = "Decision maker"
            else:
                words = "Decision maker, for the committee" if person == decision.by else "Member of the committee"
            yield person, words, Function.DECISION, decision.decided_on

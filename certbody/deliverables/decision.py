"""Decision letter: tells the client what was decided, why, what follows, and what it can do; in one language or two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from certbody.deliverables.composed import Value, composed, said, sentences, spoken
from certbody.deliverables.decision_blocks import ANNULMENT as ANNULLED
from certbody.deliverables.decision_blocks import LETTERS
from certbody.deliverables.decision_facts import Known, Told, known, state_said
from certbody.deliverables.decision_rows import rows
from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.matter import matter
from certbody.deliverables.terms import Terms
from certbody.domain.decision import ADVERSE, Kind
from certbody.errors import BadData, NotFound


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template of a letter in one language may name.

    `showing.about` is the decision, or its application; or an annulment. `showing.terms` is the language.

    Raises:
        NotFound: nothing is decided yet.
    """
    told, facts, sides = _all(showing, 1)
    letter, (terms, words) = LETTERS[told.kind], sides[0]
    return {
        **_head(showing, told, facts, sides),
        "opening": [sentences(part, "letter", words, terms) for part in letter.opening],
        "blocks": composed(letter.blocks, "letter", words, terms),
    }


def fields_two(showing: Showing) -> Mapping[str, Any]:
    """What the template of a letter in two languages may name: as `fields`, its sentences side by side.

    What is on record in words of its own, such as the reason, is shown once.
    """
    told, facts, sides = _all(showing, 2)
    letter = LETTERS[told.kind]
    made = _head(showing, told, facts, sides)
    made["letter"] |= {
        "salutation": _pair(_salutation(showing, terms) for terms, _ in sides),
        "subject": _pair(terms.say(f"letter.subject.{told.kind}", **words) for terms, words in sides),
        "closing": _pair(terms.say("letter.closing") for terms, _ in sides),
        "prevails": _pair(terms.say("letter.prevails") for terms, _ in sides),
    }
    made["reason"]["note"] = _lines(terms.say("letter.as_recorded") for terms, _ in sides)
    return {
        **made,
        "opening": [
            _pair(sentences(part, "letter", words, terms) for terms, words in sides) for part in letter.opening
        ],
        "rows": _side_by_side(*(composed(letter.blocks, "letter", words, terms) for terms, words in sides)),
    }


def number(showing: Showing) -> str:
    """The decision's number."""
    return _told(showing).decision.number


def _told(showing: Showing) -> Told:
    dossier = showing.dossier
    annulment = dossier.annulments.get(showing.about)
    if annulment:
        decision = dossier.decisions[annulment.decision]
        application = dossier.applications[decision.application]
        told = Told(application=application, decision=decision, annulment=annulment)
    else:
        about = matter(showing)
        if about.decision is None:
            raise NotFound(
                f"Application {about.application.number} has not been decided on.",
                next=f"certbody decide grant {about.application.number}, or certbody decide refuse",
            )
        told = Told(application=about.application, decision=about.decision)
    if told.annulment and told.decision.kind not in ADVERSE:
        raise BadData(f"There is no letter for the annulment of a decision to {told.decision.kind}.")
    return told


_Sides = tuple[tuple[Terms, dict[str, str]], ...]
"""The languages of a letter, each with all values as it says them."""


def _all(showing: Showing, count: int) -> tuple[Told, Known, _Sides]:
    """What a letter in so many languages tells of, what is known of it, and the languages."""
    told = _told(showing)
    if len(showing.terms) < count:
        raise BadData("The letter needs to be told in which languages it is written.", next="give a language")
    facts = known(showing, told)
    return told, facts, tuple((terms, said(facts.values, terms)) for terms in showing.terms[:count])


def _head(showing: Showing, told: Told, facts: Known, sides: _Sides) -> dict[str, Any]:
    """What a letter has whatever its languages; where there are several, they stand in several lines."""
    decision, table = told.decision, rows(showing, told, facts)
    terms = tuple(each for each, _ in sides)
    reason = told.annulment.reason if told.annulment else decision.reason
    conditions = "" if told.annulment else decision.conditions
    title = " · ".join(each.say("decision.title") for each in terms)
    return {
        **common(showing, title, decision.number),
        "letter": {
            "date": " · ".join(each.day(showing.on) for each in terms),
            "reference": _lines(each.say("letter.reference", **words) for each, words in sides),
            "to": _to(showing),
            "subject": terms[0].say(f"letter.subject.{told.kind}", **sides[0][1]),
            "salutation": _salutation(showing, terms[0]),
            "closing": terms[0].say("letter.closing"),
        },
        "facts": [
            {
                "label": _lines(each.say(f"decision.{label}") for each in terms),
                "lines": [shown for line in lines if (shown := _each_once(line, terms))],
            }
            for label, lines in (table[name] for name in LETTERS[told.kind].facts.split() if name in table)
        ],
        "reason": {
            "heading": _heading("reason", terms),
            "paragraphs": _paragraphs(reason),
        },
        "conditions": {
            "heading": _heading("note" if decision.kind is Kind.REFUSE else "conditions", terms),
            "paragraphs": _paragraphs(conditions),
        },
        "points": {
            "lead": _lines(each.say("letter.unsettled") for each in terms),
            **{key: _lines(each.say(f"decision.{key}") for each in terms) for key in _COLUMNS},
            "rows": [_point(row, terms) for row in facts.open],
        },
        "signatory": _signatory(showing, told, facts),
    }


_COLUMNS = ("nonconformity", "statement", "missing")


def _point(row: Mapping[str, Any], terms: tuple[Terms, ...]) -> dict[str, str]:
    """A nonconformity that stood open: as on record, with grade and states in each language."""
    return {
        "number": row["number"],
        "statement": row["statement"],
        "grade": _lines(each.say(f"decision.grades.{row['grade']}") for each in terms),
        "needed": _lines(state_said(row["needed"], each) for each in terms),
        "now": _lines(each.say("decision.now", state=state_said(row["state"], each)) for each in terms),
    }


def _side_by_side(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Blocks in two languages as rows, aligned paragraph by paragraph."""
    made = []
    for one, other in zip(first, second, strict=True):
        made.append({"shape": "heading", "first": one["heading"], "second": other["heading"]})
        for left, right in zip(one["lines"], other["lines"], strict=True):
            made.append({"shape": left["shape"], "first": left["text"], "second": right["text"]})
    return made


def _each_once(value: Value, terms: tuple[Terms, ...]) -> str:
    """A value as each language says it; once, where they say the same."""
    return _lines(filter(None, (spoken(value, each) for each in terms)))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(texts))


def _pair(texts: Iterable[str]) -> dict[str, str]:
    first, second = texts
    return {"first": first, "second": second}


def _heading(key: str, terms: tuple[Terms, ...]) -> str:
    return " · ".join(dict.fromkeys(each.say(f"decision.{key}") for each in terms))


def _paragraphs(prose: str) -> list[str]:
    return [line.strip() for line in prose.split("\n") if line.strip()]


def _salutation(showing: Showing, terms: Terms) -> str:
    client = showing.dossier.client
    named = client.representative if client else ""
    return terms.say("letter.dear", name=named) if named else terms.say("letter.dear_client")


def _to(showing: Showing) -> list[str]:
    client = showing.dossier.client
    if client is None:
        return []
    person = ", ".join(part for part in (client.representative, client.representative_title) if part)
    town = f"{client.postcode} {client.city}".strip()
    return [part for part in (client.name, person, client.address, town, client.country) if part]


def _signatory(showing: Showing, told: Told, facts: Known) -> dict[str, str]:
    """Who signs: as on the certificate that carries the decision out, else whose act it is."""
    key = told.annulment.by if told.annulment else told.decision.by
    if facts.issued and facts.issued.signed_by:
        key = facts.issued.signed_by
    person = showing.body.people.get(key)
    return {"name": person.name if person else key, "title": person.title if person else ""}


DELIVERABLE = Deliverable(
    kind="decision", title="Decision letter", template="decision.docx", fields=fields, number=number
)
TWO = Deliverable(
    kind="decision-two",
    title="Decision letter in two languages",
    template="decision-two.docx",
    fields=fields_two,
    number=number,
)
ANNULMENT = Deliverable(
    kind=ANNULLED, title="Letter on an annulment", template="decision.docx", fields=fields, number=number
)
ANNULMENT_TWO = Deliverable(
    kind=f"{ANNULLED}-two",
    title="Letter on an annulment in two languages",
    template="decision-two.docx",
    fields=fields_two,
    number=number,
)

"""Queries before a decision: each is answered before anything is decided, whenever it was put (18)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.decision import Kind, ReviewQuery
from certbody.domain.dossier import Dossier
from certbody.domain.review_rules import a_review_has_its_file, no_decision_over_an_open_query
from tests.given import body, dossier, passes, refused, the


def asked(on: date, **more: Any) -> Dossier:
    """The example with a further query, put to the client."""
    query = ReviewQuery(
        id="query-2",
        application="application-1",
        asked_on=on,
        by="P-03",
        to="Greta Holm",
        question="Who looks after the chat at weekends?",
    )
    made: Dossier = dossier().having({"review_queries": [attrs.evolve(query, **more)]})
    return made


def answered(found: Dossier, on: date) -> Dossier:
    """The same, answered by the client."""
    answer = the("query_answers", id="answer-2", query="query-2", answered_on=on, by="Greta Holm", answer="The rota.")
    made: Dossier = found.having({"query_answers": [answer]})
    return made


@pytest.mark.rule(18)
class TestNoDecisionOverAnOpenQuery:
    """ISO/IEC 17021-1:2015, 9.5.1.4, 9.5.2."""

    covers = (no_decision_over_an_open_query,)
    rule = no_decision_over_an_open_query

    def test_one_that_was_put_after_the_review_is_answered_before_the_decision(self) -> None:
        found = asked(date(2026, 6, 22))
        passes(a_review_has_its_file, the("reviews"), found=found)  # the review was on 2026-06-18
        said = "The query of 2026-06-22 to Greta Holm is not answered by 2026-06-24"
        refused(self.rule, the("decisions"), said, found=found)
        passes(self.rule, the("decisions"), found=answered(found, date(2026, 6, 24)))
        refused(self.rule, the("decisions"), said, found=answered(found, date(2026, 6, 25)))

    def test_of_several_each_is_named(self) -> None:
        found = asked(date(2026, 6, 22)).having(
            {"review_queries": [the("review_queries", id="query-3", asked_on=date(2026, 6, 23))]}
        )
        refused(self.rule, the("decisions"), "The query of 2026-06-22 to Greta Holm", found=found)
        refused(self.rule, the("decisions"), "The query of 2026-06-23 to Ada Kaya", found=found)

    def test_one_put_after_the_decision_and_one_about_another_application_pass(self) -> None:
        passes(self.rule, the("decisions"), found=asked(date(2026, 6, 25)))
        passes(self.rule, the("decisions"), found=asked(date(2026, 6, 22), application="application-2"))

    def test_a_refusal_waits_and_a_suspension_does_not(self) -> None:
        found = asked(date(2026, 6, 22))
        refused(self.rule, the("decisions", kind=Kind.REFUSE), "is not answered", found=found)
        urgent = the("decisions", id="decision-9", kind=Kind.SUSPEND, certificate="FC-2026-0001")
        after = found.having({"decisions": [urgent]})
        assert self.rule.objections(urgent.id, after, body(), date(2026, 6, 30)) == []

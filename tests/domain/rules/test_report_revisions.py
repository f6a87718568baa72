"""A further revision of a report says why it replaces the one before, which stays on record (18)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.act import Act
from certbody.domain.dossier import Dossier
from certbody.domain.report import Report, report_of
from certbody.domain.report_revisions import a_revision_says_why, changed_between, replaced_by
from certbody.domain.review_rules import a_review_has_its_file
from certbody.domain.rules import judge
from tests.given import ADA, ON, STAGE_2, body, dossier, passes, refused, the
from tests.reconsidered import EXTENDED, REGRADED, reconsidered

FIRST: Report = the("reports", "report-2")


def second(**more: Any) -> Report:
    """Revision 2 of the stage 2 report, after 2026-014/BF-1 was regraded."""
    said = {"issued_on": date(2026, 5, 22), "reason": "2026-014/BF-1 was regraded."} | more
    return attrs.evolve(FIRST, id="report-3", number="2026-014/R2", revision=2, **said)


@pytest.mark.rule(18)
class TestARevisionSaysWhy:
    """ISO/IEC 17021-1:2015, 9.4.8.1, 9.9."""

    covers = (a_revision_says_why,)

    @pytest.mark.parametrize("reason", ["", " \n "])
    def test_without_a_reason_it_is_refused(self, reason: str) -> None:
        said = "Report 2026-014/R2 does not say why it replaces revision 1 of 2026-04-22"
        refused(a_revision_says_why, second(reason=reason), said, found=reconsidered())

    def test_after_a_regrading_and_with_a_reason_it_passes(self) -> None:
        passes(a_revision_says_why, second(), found=reconsidered())

    def test_the_first_needs_no_reason(self) -> None:
        passes(a_revision_says_why, FIRST)

    def test_a_gap_is_refused(self) -> None:
        third = attrs.evolve(second(), number="2026-014/R3", revision=3)
        refused(a_revision_says_why, third, "there is no revision 2 that it replaces", found=reconsidered())
        passes(
            a_revision_says_why,
            attrs.evolve(third, id="report-4"),
            found=reconsidered().having({"reports": [second(issued_on=date(2026, 5, 20))]}),
        )

    def test_the_revision_of_another_audits_report_is_no_such(self) -> None:
        found = reconsidered().having({"reports": [attrs.evolve(FIRST, audit="audit-1", revision=2, id="report-9")]})
        third = attrs.evolve(second(), number="2026-014/R3", revision=3)
        refused(a_revision_says_why, third, "there is no revision 2", found=found)

    def test_before_the_one_it_replaces_it_is_refused(self) -> None:
        early = second(issued_on=date(2026, 4, 21))
        refused(a_revision_says_why, early, "Revision 1 was issued on 2026-04-22", found=reconsidered())

    def test_where_nothing_has_changed_on_record_it_asks_what_is_different(self) -> None:
        said = "Since revision 1 of 2026-04-22 no grade, conclusion, plan, deadline or word of the client has changed"
        refused(a_revision_says_why, second(), said, level="W")
        early = second(issued_on=date(2026, 4, 27))
        refused(a_revision_says_why, early, said, level="W", found=reconsidered())  # what changed, changed later


class TestWhatChanged:
    """ISO/IEC 17021-1:2015, 9.4.8.1: the dated facts between two revisions."""

    def test_they_stand_in_the_order_in_which_they_happened(self) -> None:
        found = changed_between(FIRST, date(2026, 5, 22), reconsidered())
        assert [(day, table, each) for day, table, each in found] == [
            (date(2026, 4, 28), "extensions", EXTENDED),
            (date(2026, 5, 20), "regradings", REGRADED),
        ]
        assert changed_between(FIRST, date(2026, 4, 27), reconsidered()) == []

    def test_a_regrading_on_the_day_of_the_report_came_after_it_and_a_conclusion_of_that_day_before(self) -> None:
        first = attrs.evolve(FIRST, issued_on=date(2026, 5, 20))
        assert [table for _, table, _ in changed_between(first, date(2026, 5, 20), reconsidered())] == ["regradings"]
        concluded = attrs.evolve(FIRST, issued_on=date(2026, 4, 16))
        assert changed_between(concluded, date(2026, 4, 22), dossier()) == []

    def test_those_of_another_audit_are_left_out(self) -> None:
        stage_1 = the("reports", "report-1")
        assert [table for _, table, _ in changed_between(stage_1, ON, reconsidered())] == []

    def test_each_knows_the_one_before(self) -> None:
        found = reconsidered().having({"reports": [second()]})
        assert replaced_by(second(), found) == FIRST
        assert replaced_by(FIRST, found) is None


class TestTheEarlierStays:
    """ISO/IEC 17021-1:2015, 9.9: on each day the revision of that day."""

    def issued(self, day: date) -> Dossier:
        made: Dossier = reconsidered().having({"reports": [second(issued_on=day)]})
        return made

    def test_on_each_day_there_is_the_revision_of_that_day(self) -> None:
        found = self.issued(date(2026, 5, 22))
        assert report_of(STAGE_2, found) == second()
        assert report_of(STAGE_2, found, date(2026, 5, 21)) == FIRST
        assert report_of(STAGE_2, found, date(2026, 4, 21)) is None

    def test_one_that_comes_after_the_decision_takes_nothing_from_review_and_decision(self) -> None:
        late = second(issued_on=date(2026, 6, 29))
        act = Act(act="audit report issued", by=ADA, put={"reports": (late,)})
        after = reconsidered().having({"reports": [late]})
        assert judge(act, reconsidered(), after, body(), ON) == ([], [])
        passes(a_review_has_its_file, the("reviews"), found=after)

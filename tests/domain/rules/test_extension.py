"""More time to answer a nonconformity: with a reason, by an approver who was not there, within the limits (19)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certbody.domain.dossier import Dossier
from certbody.domain.extension import Extension, due_on, limit
from certbody.domain.extension_rules import an_extension_keeps_to_its_limits, who_extends_was_not_on_the_audit
from certbody.domain.findings import Grade
from certbody.domain.nonconformity import progress
from certbody.domain.regrading import Regrading
from certbody.domain.text import BadText
from tests.given import ADA, CARLA, DUNJA, EMIL, ON, body, changed, dossier, passes, refused, the, without
from tests.reconsidered import EXTENDED, reconsidered

MAJOR, MINOR, OPPORTUNITY = "finding-AK-1", "finding-AK-2", "finding-AK-3"
DUE = date(2026, 5, 16)
"""Thirty days after the closing meeting of 2026-04-16."""
SIX_MONTHS = date(2026, 10, 16)


def more(until: date = date(2026, 5, 30), **changes: Any) -> Extension:
    """More time for the major of the example, approved before its day."""
    return attrs.evolve(EXTENDED, until=until, **changes)


def uncertified() -> Dossier:
    """The example before its decision."""
    made: Dossier = without(dossier(), decisions="*", certificates="*", documents="*")
    return made


@pytest.mark.rule(19)
class TestItsLimits:
    """ISO/IEC 17021-1:2015, 9.4.9, 9.5.3.2, 9.6.3.2."""

    covers = (an_extension_keeps_to_its_limits,)
    rule = an_extension_keeps_to_its_limits

    def test_a_day_more_passes_and_the_day_given_is_refused(self) -> None:
        passes(self.rule, more(DUE + timedelta(1)))
        refused(self.rule, more(DUE), "2026-014/AK-1 is to be answered by 2026-05-16; 2026-05-16 gives no more time")

    def test_a_second_one_goes_beyond_the_first(self) -> None:
        again = more(date(2026, 5, 30), id="extension-2", extended_on=date(2026, 5, 10))
        said = "is to be answered by 2026-05-30; 2026-05-30 gives no more time"
        refused(self.rule, again, said, found=reconsidered())
        passes(self.rule, attrs.evolve(again, until=date(2026, 5, 31)), found=reconsidered())

    def test_a_major_has_six_months_after_stage_2_and_not_a_day_more(self) -> None:
        passes(self.rule, more(SIX_MONTHS), found=uncertified())
        said = "2026-10-17 lies past 2026-10-16, the last day possible: six months after the last day of stage 2"
        refused(self.rule, more(SIX_MONTHS + timedelta(1)), said, found=uncertified())

    def test_a_minor_has_no_six_months(self) -> None:
        passes(self.rule, more(SIX_MONTHS + timedelta(1), finding=MINOR), found=uncertified())

    def test_a_minor_that_was_regraded_to_a_major_has_them(self) -> None:
        up = Regrading(id="regrading-1", finding=MINOR, regraded_on=date(2026, 4, 27), by=DUNJA, grade=Grade.MAJOR,
                       reason="More channels.")  # fmt: skip
        found = uncertified().having({"regradings": [up]})
        refused(self.rule, more(SIX_MONTHS + timedelta(1), finding=MINOR), "lies past 2026-10-16", found=found)

    def test_a_newer_stage_2_gives_six_months_anew(self) -> None:
        found = changed(uncertified(), "meetings", "m-4", held_on=date(2026, 4, 20))
        passes(self.rule, more(date(2026, 10, 20)), found=found)

    @pytest.mark.parametrize("finding", [MAJOR, MINOR])
    def test_nothing_waits_for_the_end_of_the_certificate_in_force(self, finding: str) -> None:
        """Its last day is 2026-07-20 here."""
        found = changed(dossier(), "certificates", expires_on=date(2026, 7, 20))
        found = without(found, responses="*", response_reviews="*", verifications="*", effectiveness="*")
        late = more(date(2026, 7, 19), finding=finding, extended_on=date(2026, 6, 28))
        assert [each.level for each in self.rule.objections(late.id, found.having({"extensions": [late]}), body(), ON)
                ] == ["W"]  # fmt: skip
        past = attrs.evolve(late, until=date(2026, 7, 20))
        said = "2026-07-20 lies past 2026-07-19, the last day possible: FC-2026-0001 ends on 2026-07-20"
        refused(self.rule, past, said, found=found)

    def test_a_certificate_under_another_standard_is_no_limit(self) -> None:
        found = changed(dossier(), "certificates", expires_on=date(2026, 7, 20))
        assert limit(found.findings[MINOR], found, ON) == (date(2026, 7, 19), "FC-2026-0001 ends on 2026-07-20")
        other = changed(found, "audits", "audit-2", standard="other")
        assert limit(other.findings[MINOR], other, ON) is None

    def test_after_the_day_has_passed_it_asks_for_a_reason(self) -> None:
        silent = without(uncertified(), responses="*", response_reviews="*", verifications="*", effectiveness="*")
        late = more(date(2026, 6, 30), extended_on=date(2026, 5, 17))
        said = "2026-014/AK-1 was to be answered by 2026-05-16, before this extension"
        refused(self.rule, late, said, level="W", found=silent)
        passes(self.rule, attrs.evolve(late, extended_on=DUE), found=silent)

    def test_before_the_closing_meeting_there_is_no_day_to_extend(self) -> None:
        found = without(uncertified(), meetings="m-4")
        refused(self.rule, more(), "has no day yet by which it is answered", found=found)

    def test_once_the_answer_is_accepted_nothing_is_awaited(self) -> None:
        late = more(extended_on=date(2026, 5, 14))
        refused(self.rule, late, "The answer to 2026-014/AK-1 is accepted; nothing is awaited")
        passes(self.rule, more(extended_on=date(2026, 5, 13)))

    @pytest.mark.parametrize("finding", [OPPORTUNITY, "none"])
    def test_of_no_nonconformity_it_is_refused(self, finding: str) -> None:
        refused(self.rule, more(finding=finding), "is no nonconformity; nothing is to be answered")

    def test_without_a_reason_there_is_no_extension(self) -> None:
        with pytest.raises(BadText, match="reason is empty"):
            more(reason=" ")
        assert EXTENDED.reason


@pytest.mark.rule(19)
class TestWhoApproves:
    """ISO/IEC 17021-1:2015, 7.1.2, 9.4.9."""

    covers = (who_extends_was_not_on_the_audit,)
    rule = who_extends_was_not_on_the_audit

    @pytest.mark.parametrize("person", [ADA, EMIL], ids=["leader", "technical expert"])
    def test_who_was_on_the_audit_is_refused(self, person: str) -> None:
        refused(self.rule, more(by=person), f"{body().name(person)} audited this client on 2026-04-14 as")

    @pytest.mark.parametrize("person", [CARLA, DUNJA])
    def test_somebody_else_passes(self, person: str) -> None:
        passes(self.rule, more(by=person))

    def test_without_competence_it_is_refused_and_for_application_review_alone_it_passes(self) -> None:
        less = without(body(), competences=f"{CARLA}-REVIEW {CARLA}-DECISION")
        passes(self.rule, more(by=CARLA), by=less)
        none = without(less, competences=f"{CARLA}-APPLICATION_REVIEW")
        said = "Carla Monti holds no competence for application review, review or decision under iso10002"
        refused(self.rule, more(by=CARLA), said, by=none)


class TestTheDayToAnswer:
    """ISO/IEC 17021-1:2015, 9.4.9: as given at the closing meeting, then as last extended."""

    def due(self, on: date, found: Dossier, finding: str = MAJOR) -> date | None:
        return due_on(found.findings[finding], found, body(), on)

    def test_it_follows_the_newest_extension_from_its_day_on(self) -> None:
        assert self.due(date(2026, 4, 27), reconsidered()) == DUE
        assert self.due(date(2026, 4, 28), reconsidered()) == date(2026, 5, 30)
        assert self.due(date(2026, 4, 28), reconsidered(), MINOR) == DUE

    def test_who_has_more_time_is_not_late(self) -> None:
        silent = without(reconsidered(), responses="*", response_reviews="*", verifications="*", effectiveness="*")
        for on, stage in ((date(2026, 5, 30), "response awaited"), (date(2026, 5, 31), "response overdue")):
            assert progress(silent.findings[MAJOR], silent, body(), on).stage == stage

    def test_a_later_regrading_to_a_major_brings_the_limit_with_it(self) -> None:
        long = attrs.evolve(EXTENDED, finding=MINOR, until=date(2026, 12, 31))
        up = Regrading(id="regrading-1", finding=MINOR, regraded_on=date(2026, 5, 20), by=DUNJA, grade=Grade.MAJOR,
                       reason="More channels.")  # fmt: skip
        found = uncertified().having({"extensions": [long], "regradings": [up]})
        assert self.due(date(2026, 5, 19), found, MINOR) == date(2026, 12, 31)
        assert self.due(date(2026, 5, 20), found, MINOR) == SIX_MONTHS


@given(
    st.lists(st.tuples(st.integers(0, 70), st.integers(1, 400)), max_size=5),
    st.sampled_from([MAJOR, MINOR]),
    st.integers(0, 70),
)
@settings(max_examples=60, deadline=None)
def test_no_day_to_answer_lies_past_its_limit(given_: list[tuple[int, int]], finding: str, day: int) -> None:
    """Whatever was put on record, past the rules too."""
    first = date(2026, 4, 20)
    records = [
        Extension(
            id=f"extension-{number}",
            finding=finding,
            extended_on=first + timedelta(days),
            until=DUE + timedelta(longer),
            by=CARLA,
            reason="Asked for.",
        )
        for number, (days, longer) in enumerate(given_)
    ]
    found = dossier().having({"extensions": records})
    on = first + timedelta(day)
    due, limited = due_on(found.findings[finding], found, body(), on), limit(found.findings[finding], found, on)
    assert due is not None
    assert due >= DUE
    assert limited is None or due <= limited[0]


def test_the_record_of_the_example_is_that_of_the_approver() -> None:
    assert the("extensions") == EXTENDED

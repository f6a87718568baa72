"""Facts that arrive late: always recorded, and what they spoil does not stand unnoticed until somebody settles it."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from certbody.domain.act import Act, Door, Entered
from certbody.domain.body import AccreditationScope
from certbody.domain.decision_rules import a_barred_decision_is_mended_by_a_new_one
from certbody.domain.document import Settlement
from certbody.domain.nonconformity import Means
from certbody.domain.rules import judge, objections, standing_objections
from tests.given import ADA, CARLA, DUNJA, FANNY, ON, body, changed, dossier, passes, refused, the, tie, without

SETTLED = Settlement(
    id="s-1",
    table="decisions",
    record="decision-1",
    rule=5,
    objection="Carla Monti's consultancy for this client ended on 2025-12-31; 24 months are over on 2027-12-31.",
    settled_on=ON,
    by=FANNY,
    how="Decided anew by Dunja Petrov, who has no tie to the client.",
)
ANEW = the("decisions", id="decision-2", number="D-2026-002", by=DUNJA, decided_on=ON, effective_on=ON)
"""The decision taken once more, by somebody who is not barred."""


def test_nothing_stands_against_the_example() -> None:
    assert standing_objections(dossier(), body(), ON) == []
    assert objections(dossier(), body(), ON) == []
    assert objections(body(), body(), ON) == []


class TestAnInterestDisclosedAfterTheDecision:
    """ISO/IEC 17021-1:2015, 5.2.10, 5.2.13."""

    late = tie(CARLA, date(2025, 12, 31))
    known = body().having({"interests": [late]})

    def test_it_is_recorded(self) -> None:
        act = Act(act="interest disclosed", by=CARLA, put={"interests": (self.late,)})
        assert judge(act, body(), self.known, self.known, ON) == ([], [])

    def test_it_opens_an_objection_to_the_decision_and_to_the_review_of_the_application(self) -> None:
        standing = standing_objections(dossier(), self.known, ON)
        assert [(each.rule, each.level, each.about) for each in standing] == [
            (5, "A", ("application_reviews", "application-review-1")),
            (5, "A", ("decisions", "decision-1")),
        ]
        assert "Carla Monti's consultancy for this client ended on 2025-12-31" in standing[1].text

    def test_the_decision_stays_on_record(self) -> None:
        assert dossier().decisions["decision-1"].by == CARLA

    def test_a_settlement_by_somebody_else_after_a_new_decision_ends_it_and_no_other(self) -> None:
        act = Act(act="objection settled", by=FANNY, entered=Entered(how=Door.PIN), put={"settlements": (SETTLED,)})
        before = dossier().having({"decisions": [ANEW]})
        after = before.having({"settlements": [SETTLED]})
        assert judge(act, before, after, self.known, ON) == ([], [])
        assert [each.about[0] for each in standing_objections(after, self.known, ON)] == ["application_reviews"]

    def test_a_settlement_of_another_rule_settles_nothing(self) -> None:
        other = dossier().having({"decisions": [ANEW], "settlements": [attrs.evolve(SETTLED, rule=1)]})
        assert len(standing_objections(other, self.known, ON)) == 2

    def test_a_settlement_of_another_objection_of_the_rule_settles_nothing(self) -> None:
        other = dossier().having(
            {"decisions": [ANEW], "settlements": [attrs.evolve(SETTLED, objection="Another tie.")]}
        )
        assert len(standing_objections(other, self.known, ON)) == 2

    def test_a_tie_that_ended_long_before_opens_nothing(self) -> None:
        old = body().having({"interests": [tie(CARLA, date(2019, 12, 31))]})
        assert standing_objections(dossier(), old, ON) == []


class TestAFactThatShowsAnAuditor:
    """ISO/IEC 17021-1:2015, 9.5.1.1."""

    def test_a_visit_of_the_decider_before_the_decision_is_recorded_and_opens_an_objection(self) -> None:
        visit = the(
            "verifications",
            id="verification-2",
            finding="finding-AK-2",
            by=CARLA,
            means=Means.ON_SITE,
            verified_on=date(2026, 6, 20),
        )
        act = Act(act="verified", by=CARLA, entered=Entered(how=Door.PIN), put={"verifications": (visit,)})
        against, opened = judge(act, dossier(), dossier().having({"verifications": [visit]}), body(), ON)
        assert against == []
        assert [(each.rule, each.level, each.about) for each in opened] == [(1, "A", ("decisions", "decision-1"))]
        assert "Carla Monti verified 2026-014/AK-2 on site on 2026-06-20" in opened[0].text

    def test_a_visit_of_somebody_else_opens_nothing(self) -> None:
        visit = the("verifications", id="verification-2", finding="finding-AK-2", by=ADA, verified_on=ON)
        act = Act(act="verified", by=ADA, entered=Entered(how=Door.PIN), put={"verifications": (visit,)})
        assert judge(act, dossier(), dossier().having({"verifications": [visit]}), body(), ON) == ([], [])


class TestAVerificationTakenBack:
    """ISO/IEC 17021-1:2015, 9.5.2: what was known on the day of the decision decides, whenever it is recorded."""

    def undone(self, day: date) -> tuple[list[tuple[int, tuple[str, str]]], list[int]]:
        check = the("verifications", id="verification-2", implemented=False, verified_on=day)
        act = Act(act="verified", by=ADA, entered=Entered(how=Door.PIN), put={"verifications": (check,)})
        against, opened = judge(act, dossier(), dossier().having({"verifications": [check]}), body(), ON)
        return [(each.rule, each.about) for each in opened], [each.rule for each in against]

    def test_seen_before_the_decision_it_opens_an_objection(self) -> None:
        opened, against = self.undone(date(2026, 6, 20))
        assert (19, ("decisions", "decision-1")) in opened
        assert against == []

    def test_seen_after_the_decision_it_opens_none(self) -> None:
        assert self.undone(ON) == ([], [])


class TestWhatIsKnownAlreadyIsNotOpenedAgain:
    """An act is told what it brings to light, not what stood before."""

    def test_an_objection_that_stands_is_not_new(self) -> None:
        wrong = changed(dossier(), "decisions", by=ADA)
        more = the("declarations", id="de-z", person=DUNJA, audit="audit-2")
        act = Act(act="declared", by=DUNJA, entered=Entered(how=Door.PIN), put={"declarations": (more,)})
        assert judge(act, wrong, wrong.having({"declarations": [more]}), body(), ON)[1] == []
        assert {each.rule for each in standing_objections(wrong, body(), ON)} == {1}

    def test_warnings_do_not_stand_for_they_were_answered_when_recorded(self) -> None:
        quiet = without(dossier(), team_notices="*")
        assert {each.level for each in objections(quiet, body(), ON)} == {"W"}
        assert standing_objections(quiet, body(), ON) == []


def test_an_accreditation_that_never_covered_it_opens_an_objection_to_the_certificate() -> None:
    claimed = changed(dossier(), "certificates", accredited=True)
    scope = AccreditationScope(
        id="acc-1", accreditation_body="Invented Accreditation", standard="iso10002", valid_from=date(2025, 1, 1)
    )
    covered = body().having({"accreditation_scopes": [scope]})
    assert standing_objections(claimed, covered, ON) == []
    ended = changed(covered, "accreditation_scopes", valid_until=date(2026, 6, 1))
    assert [(each.rule, each.about[0]) for each in standing_objections(claimed, ended, ON)] == [(27, "certificates")]


@pytest.mark.rule(1)
class TestABarredDecisionIsMendedByANewOne:
    """ISO/IEC 17021-1:2015, 9.5.1.1: class A is never set aside, by a settlement neither."""

    covers = (a_barred_decision_is_mended_by_a_new_one,)
    known = body().having({"interests": [tie(CARLA, date(2025, 12, 31))]})

    def test_words_alone_are_refused(self) -> None:
        said = "Decision D-2026-001 of 2026-06-24 was taken by somebody who is barred"
        refused(a_barred_decision_is_mended_by_a_new_one, SETTLED, said, level="A", by=self.known)

    def test_a_new_decision_by_the_same_person_is_none(self) -> None:
        again = dossier().having({"decisions": [attrs.evolve(ANEW, by=CARLA)]})
        said = "no new decision is on record"
        refused(a_barred_decision_is_mended_by_a_new_one, SETTLED, said, level="A", by=self.known, found=again)

    def test_after_a_new_decision_by_others_it_passes(self) -> None:
        anew = dossier().having({"decisions": [ANEW]})
        assert (
            a_barred_decision_is_mended_by_a_new_one.objections(
                "s-1", anew.having({"settlements": [SETTLED]}), self.known, ON
            )
            == []
        )

    def test_an_objection_of_another_kind_is_settled_with_words(self) -> None:
        passes(a_barred_decision_is_mended_by_a_new_one, SETTLED)

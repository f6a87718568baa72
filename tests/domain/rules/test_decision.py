"""Review and decision: on a whole file (18), over no open nonconformity (19, 20, 30), in time (21), once (43, 46)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.claim_rules import NO_CLAIM_IN_A_DECISION
from certbody.domain.decision import ADVERSE, Ground, Kind
from certbody.domain.decision_rules import (
    a_decision_fits_its_certificate,
    a_decision_follows_a_review,
    a_major_at_one_site_blocks_all,
    no_effect_before_the_decision,
    nothing_is_granted_over_open_nonconformities,
    one_grant_for_one_application,
    six_months_after_stage_2,
)
from certbody.domain.dossier import Dossier
from certbody.domain.findings import Grade
from certbody.domain.review_rules import (
    a_review_has_its_file,
    a_review_says_what_it_must,
    an_answer_follows_its_query,
)
from tests.given import CARLA, ON, STAGE_2, body, changed, dossier, passes, refusals, refused, the, without

GRANT = the("decisions")
BEFORE = without(dossier(), decisions="*", certificates="*")
"""The dossier as it was before the decision."""
NUMBER = "FC-2026-0001"
LATER = date(2027, 12, 31)


@pytest.mark.rule(18)
class TestAReviewHasItsFile:
    """ISO/IEC 17021-1:2015, 9.5.2, 9.5.3.1."""

    covers = (a_review_has_its_file,)

    def test_that_of_the_example_passes(self) -> None:
        passes(a_review_has_its_file, the("reviews"))

    @pytest.mark.parametrize(("report", "said"), [("report-1", "stage 1 2026-007"), ("report-2", "stage 2 2026-014")])
    def test_without_a_report_it_is_refused(self, report: str, said: str) -> None:
        found = without(dossier(), reports=report)
        refused(a_review_has_its_file, the("reviews"), "The report of initial audit", said, "is not issued",
                found=found)  # fmt: skip

    def test_a_report_issued_on_the_day_passes_and_a_day_later_is_refused(self) -> None:
        for day, said in ((date(2026, 6, 18), passes), (date(2026, 6, 19), refused)):
            said(a_review_has_its_file, the("reviews"), found=changed(dossier(), "reports", "report-2", issued_on=day))

    def test_without_a_stage_1_it_is_refused(self) -> None:
        refused(a_review_has_its_file, the("reviews"), "There is no stage 1 audit",
                found=without(dossier(), audits="audit-1"))  # fmt: skip

    def test_a_query_that_nobody_answered_is_refused(self) -> None:
        found = without(dossier(), query_answers="*")
        refused(a_review_has_its_file, the("reviews"), "The query of 2026-06-15 to Ada Kaya is not answered",
                found=found)  # fmt: skip

    def test_a_query_of_the_same_day_is_answered_on_that_day_at_the_latest(self) -> None:
        found = changed(dossier(), "review_queries", asked_on=date(2026, 6, 18))
        passes(
            a_review_has_its_file, the("reviews"), found=changed(found, "query_answers", answered_on=date(2026, 6, 18))
        )
        late = changed(found, "query_answers", answered_on=date(2026, 6, 19))
        refused(a_review_has_its_file, the("reviews"), "The query of 2026-06-18", found=late)

    def test_a_query_put_later_is_for_the_next_review(self) -> None:
        found = without(changed(dossier(), "review_queries", asked_on=date(2026, 6, 19)), query_answers="*")
        passes(a_review_has_its_file, the("reviews"), found=found)

    def test_who_is_not_competent_does_not_review(self) -> None:
        weaker = without(body(), competences=f"{CARLA}-REVIEW")
        said = "Carla Monti holds no competence for review under iso10002 on 2026-06-18"
        refused(a_review_has_its_file, the("reviews", by=CARLA), said, by=weaker)

    def test_of_no_application_it_is_refused(self) -> None:
        refused(a_review_has_its_file, the("reviews", application="none"), "There is no application none")


@pytest.mark.rule(18)
class TestAReviewSaysWhatItMust:
    """ISO/IEC 17021-1:2015, 9.5.3.1."""

    covers = (a_review_says_what_it_must,)

    @pytest.mark.parametrize(
        ("field", "said"),
        [
            ("application_confirmed", "the information of the application review"),
            ("objectives", "whether the audit objectives were achieved"),
            ("nonconformities", "the nonconformities and what was done about them"),
        ],
    )
    def test_a_part_left_out_is_refused(self, field: str, said: str) -> None:
        refused(a_review_says_what_it_must, the("reviews", **{field: " "}), f"The review says nothing on {said}")

    def test_where_none_was_raised_nothing_is_said_on_nonconformities(self) -> None:
        found = without(dossier(), findings="finding-AK-1 finding-AK-2 finding-BF-1")
        passes(a_review_says_what_it_must, the("reviews", nonconformities=""), found=found)

    def test_who_recommends_to_refuse_needs_not_confirm_what_is_wrong(self) -> None:
        passes(a_review_says_what_it_must, the("reviews", recommendation=Kind.REFUSE, objectives=""))


@pytest.mark.rule(18)
class TestAnAnswerFollowsItsQuery:
    """ISO/IEC 17021-1:2015, 9.5.1.4."""

    covers = (an_answer_follows_its_query,)

    def test_to_no_query_it_is_refused(self) -> None:
        refused(an_answer_follows_its_query, the("query_answers", query="none"), "There is no query none")

    def test_on_the_day_it_passes_and_a_day_earlier_it_is_refused(self) -> None:
        passes(an_answer_follows_its_query, the("query_answers", answered_on=date(2026, 6, 15)))
        early = the("query_answers", answered_on=date(2026, 6, 14))
        refused(an_answer_follows_its_query, early, "put on 2026-06-15; it cannot be answered on 2026-06-14")


@pytest.mark.rule(18)
class TestADecisionFollowsAReview:
    """ISO/IEC 17021-1:2015, 9.5.2, 9.5.3.1."""

    covers = (a_decision_follows_a_review,)

    def test_without_a_review_it_is_refused(self) -> None:
        found = without(BEFORE, reviews="*")
        said = "Application A-2026-001 has not been reviewed before the decision"
        refused(a_decision_follows_a_review, GRANT, said, found=found)

    def test_a_review_of_the_same_day_passes_and_one_of_the_next_is_refused(self) -> None:
        for day, said in ((date(2026, 6, 24), passes), (date(2026, 6, 25), refused)):
            said(a_decision_follows_a_review, GRANT, found=changed(BEFORE, "reviews", reviewed_on=day))

    def test_without_the_report_it_is_refused_whatever_the_review_says(self) -> None:
        found = without(BEFORE, reports="report-2")
        refused(a_decision_follows_a_review, GRANT, "stage 2 2026-014 is not issued", found=found)

    def test_to_grant_against_the_review_draws_a_warning(self) -> None:
        found = changed(BEFORE, "reviews", recommendation=Kind.REFUSE)
        said = "Dunja Petrov reviewed and recommended 'refuse'; the decision is 'grant'"
        refused(a_decision_follows_a_review, GRANT, said, level="W", found=found)

    def test_to_refuse_needs_no_review(self) -> None:
        passes(a_decision_follows_a_review, attrs.evolve(GRANT, kind=Kind.REFUSE), found=without(BEFORE, reviews="*"))


@pytest.mark.rule(19)
class TestNothingIsGrantedOverOpenNonconformities:
    """ISO/IEC 17021-1:2015, 9.5.2."""

    covers = (nothing_is_granted_over_open_nonconformities,)

    def second_major(self, *, verified: bool) -> Dossier:
        """The minor of the chat as a second major, with its implementation verified or not."""
        found = changed(BEFORE, "findings", "finding-AK-2", grade=Grade.MAJOR)
        check = the("verifications", id="verification-2", finding="finding-AK-2")
        made: Dossier = found.having({"verifications": [check]}) if verified else found
        return made

    def test_with_the_major_verified_and_the_plans_for_minors_accepted_it_passes(self) -> None:
        passes(nothing_is_granted_over_open_nonconformities, GRANT, found=BEFORE)

    @pytest.mark.parametrize("grade", [Grade.MAJOR, Grade.MINOR])
    @pytest.mark.parametrize(("raised", "said"), [(date(2026, 6, 24), refused), (date(2027, 5, 4), passes)])
    def test_what_a_later_audit_raises_says_nothing_against_the_grant(
        self, grade: Grade, raised: date, said: Any
    ) -> None:
        found = BEFORE.having({"findings": [the("findings", id="finding-9", grade=grade, recorded_on=raised)]})
        words = ("no response is accepted",) if said is refused else ()
        said(nothing_is_granted_over_open_nonconformities, GRANT, *words, found=found)
        if said is passes:
            passes(six_months_after_stage_2, GRANT, found=found)

    def test_of_two_majors_the_one_not_verified_is_refused_by_its_number(self) -> None:
        found = refused(
            nothing_is_granted_over_open_nonconformities,
            GRANT,
            "Major nonconformity 2026-014/AK-2: implementation is not verified",
            found=self.second_major(verified=False),
        )
        assert "AK-1" not in found.text
        assert found.next == "certbody nc verify 2026-014/AK-2"

    def test_with_both_verified_it_passes(self) -> None:
        passes(nothing_is_granted_over_open_nonconformities, GRANT, found=self.second_major(verified=True))

    def test_effectiveness_may_be_confirmed_at_the_next_audit(self) -> None:
        passes(nothing_is_granted_over_open_nonconformities, GRANT, found=without(BEFORE, effectiveness="*"))

    def test_a_minor_without_an_accepted_plan_is_refused(self) -> None:
        found = without(BEFORE, response_reviews="response-review-BF-1")
        said = "Minor nonconformity 2026-014/BF-1: no response is accepted (response to be reviewed)"
        refused(nothing_is_granted_over_open_nonconformities, GRANT, said, found=found)

    def test_a_minor_needs_its_plan_and_not_its_verification(self) -> None:
        assert not [each for each in BEFORE.verifications.values() if each.finding == "finding-AK-2"]
        passes(nothing_is_granted_over_open_nonconformities, GRANT, found=BEFORE)

    def test_a_plan_accepted_on_the_day_of_decision_passes_and_a_day_later_is_refused(self) -> None:
        for day, said in ((date(2026, 6, 24), passes), (date(2026, 6, 25), refused)):
            found = changed(BEFORE, "response_reviews", "response-review-BF-1", reviewed_on=day)
            said(nothing_is_granted_over_open_nonconformities, GRANT, found=found)

    def test_a_major_verified_on_the_day_of_decision_passes_and_a_day_later_is_refused(self) -> None:
        for day, said in ((date(2026, 6, 24), passes), (date(2026, 6, 25), refused)):
            found = without(changed(BEFORE, "verifications", verified_on=day), effectiveness="*")
            said(nothing_is_granted_over_open_nonconformities, GRANT, found=found)

    def test_a_verification_that_found_it_undone_does_not_count(self) -> None:
        found = changed(without(BEFORE, effectiveness="*"), "verifications", implemented=False)
        refused(nothing_is_granted_over_open_nonconformities, GRANT, "2026-014/AK-1", found=found)

    def test_to_refuse_is_always_possible(self) -> None:
        found = without(BEFORE, responses="*", response_reviews="*", verifications="*", effectiveness="*")
        passes(nothing_is_granted_over_open_nonconformities, attrs.evolve(GRANT, kind=Kind.REFUSE), found=found)

    @pytest.mark.parametrize("kind", [Kind.RENEW, Kind.EXPAND, Kind.RESTORE])
    def test_what_gives_or_gives_back_is_held_to_it_as_well(self, kind: Kind) -> None:
        found = without(dossier(), verifications="*", effectiveness="*", decisions="*")
        decision = attrs.evolve(GRANT, kind=kind, certificate=NUMBER)
        refused(nothing_is_granted_over_open_nonconformities, decision, "2026-014/AK-1", found=found)

    def test_every_objection_is_said_at_once(self) -> None:
        found = without(BEFORE, responses="*", response_reviews="*", verifications="*", effectiveness="*")
        against = [each for each in refusals(found, body(), "decisions", GRANT) if each.rule == 19]
        assert [each.text.split()[2].rstrip(":") for each in against] == [
            "2026-014/AK-1",
            "2026-014/AK-2",
            "2026-014/BF-1",
        ]


@pytest.mark.rule(30)
class TestAMajorAtOneSiteBlocksAll:
    """IAF MD 1:2023, 7.7."""

    covers = (a_major_at_one_site_blocks_all,)

    def dropped(self, found: Dossier) -> Dossier:
        made: Dossier = changed(found, "applications", sites=("HQ", "FS"))
        return made

    def test_dropping_the_site_of_an_open_major_is_refused(self) -> None:
        found = self.dropped(without(BEFORE, verifications="*", effectiveness="*"))
        said = "Site CC, where 2026-014/AK-1 was raised, is no longer in the application's scope"
        refused(a_major_at_one_site_blocks_all, GRANT, said, found=found)

    def test_an_open_major_at_a_site_in_scope_blocks_by_rule_19(self) -> None:
        found = without(BEFORE, verifications="*", effectiveness="*")
        refused(nothing_is_granted_over_open_nonconformities, GRANT, "2026-014/AK-1", found=found)

    def test_where_the_major_was_verified_the_site_may_go(self) -> None:
        passes(a_major_at_one_site_blocks_all, GRANT, found=self.dropped(BEFORE))

    def test_to_refuse_is_possible_all_the_same(self) -> None:
        found = self.dropped(without(BEFORE, verifications="*", effectiveness="*"))
        passes(a_major_at_one_site_blocks_all, attrs.evolve(GRANT, kind=Kind.REFUSE), found=found)


@pytest.mark.rule(20)
class TestSixMonthsAfterStage2:
    """ISO/IEC 17021-1:2015, 9.5.3.2: calendar months from the last day of stage 2."""

    covers = (six_months_after_stage_2,)

    def verified(self, day: date, *, closed: date = date(2026, 4, 16)) -> Dossier:
        found = changed(without(BEFORE, effectiveness="*"), "verifications", verified_on=day)
        made: Dossier = changed(found, "meetings", "m-4", held_on=closed)
        return made

    def grant(self, day: date) -> Any:
        return attrs.evolve(GRANT, decided_on=day, effective_on=day)

    @pytest.mark.parametrize(
        ("closed", "last"),
        [
            (date(2026, 4, 16), date(2026, 10, 16)),
            (date(2026, 8, 31), date(2027, 2, 28)),
            (date(2027, 8, 29), date(2028, 2, 29)),
            (date(2027, 8, 31), date(2028, 2, 29)),
            (date(2027, 1, 2), date(2027, 7, 2)),
        ],
        ids=["plain", "end of month", "leap day", "end of month in a leap year", "stage 2 over New Year"],
    )
    def test_six_months_to_the_day_pass_and_a_day_more_is_refused(self, closed: date, last: date) -> None:
        day = date(2028, 6, 1)
        passes(six_months_after_stage_2, self.grant(day), found=self.verified(last, closed=closed), on=day)
        late = date.fromordinal(last.toordinal() + 1)
        said = f"was not verified by {last}, six months after the last day of stage 2 ({closed})"
        refused(
            six_months_after_stage_2,
            self.grant(day),
            "2026-014/AK-1",
            said,
            found=self.verified(late, closed=closed),
            on=day,
        )

    def test_verified_in_time_it_may_be_decided_much_later(self) -> None:
        passes(six_months_after_stage_2, self.grant(LATER), found=self.verified(date(2026, 6, 9)), on=LATER)

    def test_not_verified_at_all_is_for_rule_19_until_the_limit_and_for_this_one_after(self) -> None:
        open_major = without(BEFORE, verifications="*", effectiveness="*")
        passes(six_months_after_stage_2, GRANT, found=open_major, alone=True)
        passes(six_months_after_stage_2, self.grant(date(2026, 10, 16)), found=open_major, on=LATER, alone=True)
        day = date(2026, 10, 17)
        refused(six_months_after_stage_2, self.grant(day), "2026-10-16", found=open_major, on=day)

    def test_a_minor_has_no_such_limit(self) -> None:
        found = changed(self.verified(date(2026, 12, 1)), "findings", "finding-AK-1", grade=Grade.MINOR)
        passes(six_months_after_stage_2, self.grant(LATER), found=found, on=LATER)

    def test_after_another_stage_2_the_first_one_counts_no_more(self) -> None:
        found = self.verified(date(2026, 11, 20))
        audit = attrs.evolve(
            found.audits[STAGE_2],
            id="audit-3",
            number="2026-040",
            starts_on=date(2026, 11, 18),
            ends_on=date(2026, 11, 20),
        )
        closing = attrs.evolve(found.meetings["m-4"], id="m-9", audit="audit-3", held_on=date(2026, 11, 20))
        report = the("reports", "report-2", id="report-3", audit="audit-3", number="2026-040/R1",
                     issued_on=date(2026, 11, 25))  # fmt: skip
        again = found.having({"audits": [audit], "meetings": [closing], "reports": [report]})
        passes(six_months_after_stage_2, self.grant(date(2026, 12, 31)), found=again, on=LATER)


@pytest.mark.rule(21)
class TestNoEffectBeforeTheDecision:
    """ISO/IEC 17021-1:2015, 8.2.2 b."""

    covers = (no_effect_before_the_decision,)

    def test_the_day_before_is_refused(self) -> None:
        said = "The decision of 2026-06-24 cannot be effective on 2026-06-23"
        refused(no_effect_before_the_decision, attrs.evolve(GRANT, effective_on=date(2026, 6, 23)), said)

    @pytest.mark.parametrize("day", [None, date(2026, 6, 24), date(2026, 12, 31)])
    def test_the_same_day_and_a_later_one_pass(self, day: date | None) -> None:
        passes(no_effect_before_the_decision, attrs.evolve(GRANT, effective_on=day), found=BEFORE)


@pytest.mark.rule(43)
class TestARefusalIsADecision:
    """ISO/IEC 17021-1:2015, 9.5.1, 9.7: possible, with its reason, and the way on is an appeal."""

    covers = (one_grant_for_one_application,)

    def test_to_refuse_with_a_reason_passes(self) -> None:
        refusal = attrs.evolve(GRANT, kind=Kind.REFUSE, reason="The process is not followed at two of three sites.")
        passes(one_grant_for_one_application, refusal, found=BEFORE)

    def test_without_a_reason_it_does_not_even_form(self) -> None:
        with pytest.raises(ValueError, match="reason is empty"):
            attrs.evolve(GRANT, kind=Kind.REFUSE, reason=" ")

    @pytest.mark.parametrize(("first", "second"), [(Kind.REFUSE, Kind.GRANT), (Kind.GRANT, Kind.REFUSE)])
    def test_to_decide_again_is_refused_and_points_to_the_appeal(self, first: Kind, second: Kind) -> None:
        found = BEFORE.having({"decisions": [attrs.evolve(GRANT, kind=first)]})
        again = attrs.evolve(GRANT, id="decision-2", number="D-2026-002", kind=second)
        said = f"The application was decided on 2026-06-24 already ({first}, D-2026-001)"
        assert "appeal" in refused(one_grant_for_one_application, again, said, found=found).next

    def test_another_application_is_decided_for_itself(self) -> None:
        found = dossier().having({"applications": [the("applications", id="application-2", number="A-2026-002")]})
        other = attrs.evolve(GRANT, id="decision-2", application="application-2", kind=Kind.REFUSE)
        passes(one_grant_for_one_application, other, found=found)


@pytest.mark.rule(46)
class TestADecisionFitsItsCertificate:
    """ISO/IEC 17021-1:2015, 9.6.5."""

    covers = (a_decision_fits_its_certificate,)
    certified = dossier()

    def decided(self, kind: Kind, day: date = ON, key: str = "decision-2") -> Any:
        return attrs.evolve(
            GRANT,
            id=key,
            number=key.upper(),
            kind=kind,
            certificate=NUMBER,
            decided_on=day,
            effective_on=day,
            ground=Ground.MISUSE if kind in ADVERSE else None,
            until=date(2026, 12, 31) if kind is Kind.SUSPEND else None,
        )

    def after(self, *kinds: Kind) -> Dossier:
        made = [self.decided(kind, date(2026, 7, index), f"decision-2{index}") for index, kind in enumerate(kinds, 1)]
        again = the("reviews", id="review-2", reviewed_on=date(2026, 7, 31), recommendation=Kind.RESTORE)
        return self.certified.having({"decisions": made, "reviews": [again]})

    def test_withdrawn_is_final(self) -> None:
        for kind in (Kind.RESTORE, Kind.SUSPEND, Kind.EXPAND, Kind.WITHDRAW):
            decision = self.decided(kind, date(2026, 8, 1), "decision-3")
            said = f"{NUMBER} was withdrawn on 2026-07-01; that is final"
            refused(a_decision_fits_its_certificate, decision, said, found=self.after(Kind.WITHDRAW), on=LATER)

    def test_only_what_is_suspended_is_restored(self) -> None:
        restored = self.decided(Kind.RESTORE, date(2026, 8, 1), "decision-3")
        refused(a_decision_fits_its_certificate, restored, f"{NUMBER} is valid on 2026-08-01", on=LATER)
        passes(a_decision_fits_its_certificate, restored, found=self.after(Kind.SUSPEND), on=LATER)

    def test_only_what_is_valid_is_suspended(self) -> None:
        again = self.decided(Kind.SUSPEND, date(2026, 8, 1), "decision-3")
        said = f"{NUMBER} is suspended on 2026-08-01"
        refused(a_decision_fits_its_certificate, again, said, found=self.after(Kind.SUSPEND), on=LATER)
        passes(a_decision_fits_its_certificate, again, found=self.after(Kind.SUSPEND, Kind.RESTORE), on=LATER)

    def test_a_decision_without_another_day_takes_effect_on_its_own(self) -> None:
        plain = attrs.evolve(self.decided(Kind.RESTORE, date(2026, 8, 1), "decision-3"), effective_on=None)
        passes(a_decision_fits_its_certificate, plain, found=self.after(Kind.SUSPEND), on=LATER)
        refused(a_decision_fits_its_certificate, plain, "is valid on 2026-08-01", on=LATER)

    def test_what_is_suspended_may_be_withdrawn(self) -> None:
        gone = self.decided(Kind.WITHDRAW, date(2026, 8, 1), "decision-3")
        passes(a_decision_fits_its_certificate, gone, found=self.after(Kind.SUSPEND), on=LATER)

    def test_another_application_of_the_client_is_not_its_own(self) -> None:
        """Whoever audited for the certificate would be on no audit of the other application, and decide."""
        other = the("applications", id="application-2", number="A-2026-002")
        found = self.certified.having({"applications": [other]})
        aside = attrs.evolve(self.decided(Kind.SUSPEND), application=other.id)
        refused(a_decision_fits_its_certificate, aside, "was granted on another application", found=found)
        passes(a_decision_fits_its_certificate, self.decided(Kind.SUSPEND), found=found)

    def test_a_certificate_that_is_not_there_is_refused(self) -> None:
        nowhere = attrs.evolve(self.decided(Kind.SUSPEND), certificate="FC-2026-0099")
        refused(a_decision_fits_its_certificate, nowhere, "There is no certificate FC-2026-0099 to suspend")


@pytest.mark.rule(28)
class TestNoClaimInADecision:
    """ISO/IEC 17021-1:2015, 8.1.3: the decision goes to the client as a letter."""

    covers = (NO_CLAIM_IN_A_DECISION,)

    def test_a_claim_in_the_reason_is_refused(self) -> None:
        claim = attrs.evolve(GRANT, reason="The client conforms to ISO 10002.")
        refused(NO_CLAIM_IN_A_DECISION, claim, "The reason claims conformity to guidance", found=BEFORE)

    def test_the_bodys_own_scheme_may_be_fulfilled(self) -> None:
        passes(NO_CLAIM_IN_A_DECISION, attrs.evolve(GRANT, reason="All of scheme S-10002 is fulfilled."), found=BEFORE)

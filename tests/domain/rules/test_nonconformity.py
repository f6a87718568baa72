"""What follows a nonconformity, each step a dated fact of its own (19)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certbody.domain.dossier import Dossier
from certbody.domain.nonconformity import progress
from certbody.domain.nonconformity_rules import (
    a_response_is_complete,
    a_review_is_of_a_response,
    effectiveness_follows_implementation,
    verification_follows_acceptance,
)
from tests.given import body, changed, dossier, passes, refused, the, without

MAJOR, MINOR, OPPORTUNITY = "finding-AK-1", "finding-AK-2", "finding-AK-3"


@pytest.mark.rule(19)
class TestAResponseIsComplete:
    """ISO/IEC 17021-1:2015, 9.4.9."""

    covers = (a_response_is_complete,)

    def response(self, **changes: Any) -> Any:
        return the("responses", "response-AK-1", **changes)

    @pytest.mark.parametrize(
        ("field", "words"),
        [
            ("extent", "extent"),
            ("correction", "correction"),
            ("cause", "cause"),
            ("corrective_action", "corrective action"),
            ("owner", "owner"),
        ],
    )
    def test_a_part_left_out_is_named(self, field: str, words: str) -> None:
        said = f"The response to 2026-014/AK-1 lacks {words}"
        refused(a_response_is_complete, self.response(**{field: ""}), said)

    def test_all_that_is_missing_is_named_at_once(self) -> None:
        bare = self.response(extent="", cause=" ", due_on=None, done_on=None)
        refused(a_response_is_complete, bare, "lacks extent, cause, a date by which the corrective action is done")

    def test_done_needs_no_date_to_be_done_by(self) -> None:
        passes(a_response_is_complete, self.response(due_on=None))

    def test_that_of_the_example_passes(self) -> None:
        passes(a_response_is_complete, self.response())

    @pytest.mark.parametrize("cause", ["Human error.", "Staff was not aware.", "Lack of training"])
    def test_a_lone_cause_draws_a_warning(self, cause: str) -> None:
        refused(a_response_is_complete, self.response(cause=cause), cause, "rarely is the whole cause", level="W")

    def test_a_cause_that_goes_on_passes(self) -> None:
        cause = (
            "Human error was possible because the rota of 2024 was made for letters and nobody reviewed it when "
            "telephone and chat were added; the monthly report counts working days alone."
        )
        passes(a_response_is_complete, self.response(cause=cause))

    def test_one_text_for_correction_and_corrective_action_draws_a_warning(self) -> None:
        same = self.response(correction="Rota changed.", corrective_action=" Rota changed. ")
        refused(a_response_is_complete, same, "are the same text", level="W")

    def test_an_answer_from_before_the_finding_is_refused(self) -> None:
        early = self.response(received_on=date(2026, 4, 1), correction_done_on=None)
        refused(a_response_is_complete, early, "was recorded on", "cannot have come on 2026-04-01")
        passes(a_response_is_complete, self.response(received_on=date(2026, 4, 15)))

    def test_an_opportunity_is_not_answered(self) -> None:
        said = "2026-014/AK-3 is no nonconformity; nothing is to be answered"
        refused(a_response_is_complete, self.response(finding=OPPORTUNITY), said)


@pytest.mark.rule(19)
class TestAReviewIsOfAResponse:
    """ISO/IEC 17021-1:2015, 9.4.10."""

    covers = (a_review_is_of_a_response,)

    def review(self, **changes: Any) -> Any:
        return the("response_reviews", "response-review-AK-1", **changes)

    def test_of_nothing_it_is_refused(self) -> None:
        refused(a_review_is_of_a_response, self.review(response="none"), "There is no response to review")

    def test_of_the_response_to_another_nonconformity_it_is_refused(self) -> None:
        refused(a_review_is_of_a_response, self.review(response="response-AK-2"), "There is no response to review")

    def test_on_the_day_it_came_it_passes_and_a_day_before_it_is_refused(self) -> None:
        passes(a_review_is_of_a_response, self.review(reviewed_on=date(2026, 5, 11)))
        said = "The response to 2026-014/AK-1 came on 2026-05-11; it cannot be reviewed on 2026-05-10"
        refused(a_review_is_of_a_response, self.review(reviewed_on=date(2026, 5, 10)), said)


@pytest.mark.rule(19)
class TestVerificationFollowsAcceptance:
    """ISO/IEC 17021-1:2015, 9.4.10, 9.5.2."""

    covers = (verification_follows_acceptance,)

    def test_that_of_the_example_passes(self) -> None:
        passes(verification_follows_acceptance, the("verifications"))

    def test_before_a_response_is_accepted_it_is_refused(self) -> None:
        said = "2026-014/AK-1: no response is accepted on 2026-05-13, so nothing can be verified yet"
        refused(verification_follows_acceptance, the("verifications", verified_on=date(2026, 5, 13)), said)
        passes(verification_follows_acceptance, the("verifications", verified_on=date(2026, 5, 14)))

    def test_after_a_rejection_it_is_refused(self) -> None:
        found = changed(dossier(), "response_reviews", "response-review-AK-1", accepted=False)
        refused(verification_follows_acceptance, the("verifications"), "no response is accepted", found=found)

    def test_that_nothing_was_found_implemented_may_be_said_at_any_time(self) -> None:
        found = without(dossier(), responses="*", response_reviews="*")
        passes(verification_follows_acceptance, the("verifications", implemented=False), found=found)

    def test_an_opportunity_is_not_verified(self) -> None:
        said = "2026-014/AK-3 is no nonconformity; nothing is to be verified"
        refused(verification_follows_acceptance, the("verifications", finding=OPPORTUNITY), said)


@pytest.mark.rule(19)
class TestEffectivenessIsAnotherFact:
    """ISO/IEC 17021-1:2015, 9.4.10: implemented now, effective often seen only at the next audit."""

    covers = (effectiveness_follows_implementation,)

    def test_before_implementation_is_verified_it_is_refused(self) -> None:
        said = "2026-014/AK-1: implementation is not verified on 2026-06-08"
        refused(effectiveness_follows_implementation, the("effectiveness", confirmed_on=date(2026, 6, 8)), said)

    def test_on_the_day_of_verification_it_passes(self) -> None:
        passes(effectiveness_follows_implementation, the("effectiveness", confirmed_on=date(2026, 6, 9)))

    def test_that_it_is_not_effective_may_be_said_at_any_time(self) -> None:
        passes(effectiveness_follows_implementation, the("effectiveness", finding=MINOR, effective=False))

    def test_of_nothing_it_is_refused(self) -> None:
        said = "There is no nonconformity none"
        refused(effectiveness_follows_implementation, the("effectiveness", finding="none"), said)


class TestHowFarItHasCome:
    """ISO/IEC 17021-1:2015, 9.4.9, 9.4.10, 9.5.2: read from dated facts, for any day."""

    def stage(self, on: date, found: Dossier | None = None, finding: str = MAJOR) -> str:
        state = found or dossier()
        return progress(state.findings[finding], state, body(), on).stage

    @pytest.mark.parametrize(
        ("on", "stage"),
        [
            (date(2026, 5, 10), "response awaited"),
            (date(2026, 5, 11), "response to be reviewed"),
            (date(2026, 5, 14), "response accepted"),
            (date(2026, 6, 9), "implementation verified"),
            (date(2026, 6, 29), "effectiveness confirmed"),
        ],
    )
    def test_each_day_has_its_step(self, on: date, stage: str) -> None:
        assert self.stage(on) == stage

    def test_the_last_day_to_answer_is_not_late(self) -> None:
        silent = without(dossier(), responses="*", response_reviews="*", verifications="*", effectiveness="*")
        assert self.stage(date(2026, 5, 16), silent) == "response awaited"
        assert self.stage(date(2026, 5, 17), silent) == "response overdue"

    def test_a_new_response_is_reviewed_anew(self) -> None:
        again = the("responses", "response-AK-1", id="response-z", received_on=date(2026, 6, 1))
        found = dossier().having({"responses": [again]})
        assert self.stage(date(2026, 6, 10), found) == "response to be reviewed"

    def test_what_was_verified_before_a_new_response_is_verified_anew(self) -> None:
        for received, stage in (
            (date(2026, 6, 10), "response accepted"),
            (date(2026, 6, 9), "implementation verified"),
        ):
            again = the("responses", "response-AK-1", id="response-z", received_on=received)
            review = the("response_reviews", "response-review-AK-1", id="review-z", response="response-z",
                         reviewed_on=received)  # fmt: skip
            found = without(dossier(), effectiveness="*").having({"responses": [again], "response_reviews": [review]})
            assert self.stage(date(2026, 6, 20), found) == stage

    def test_what_was_found_undone_later_is_not_implemented(self) -> None:
        undone = the("verifications", id="verification-z", verified_on=date(2026, 6, 20), implemented=False)
        found = without(dossier(), effectiveness="*").having({"verifications": [undone]})
        assert self.stage(date(2026, 6, 19), found) == "implementation verified"
        assert self.stage(date(2026, 6, 20), found) == "response accepted"

    def test_a_rejected_response_waits_for_another(self) -> None:
        found = changed(dossier(), "response_reviews", "response-review-AK-2", accepted=False)
        assert self.stage(date(2026, 6, 1), found, MINOR) == "response rejected"

    def test_nothing_is_left_to_do_once_effectiveness_is_confirmed(self) -> None:
        steps = progress(dossier().findings[MAJOR], dossier(), body(), date(2026, 6, 29))
        assert (steps.next_step, steps.disputed) == ("", False)
        disputed = progress(dossier().findings["finding-BF-1"], dossier(), body(), date(2026, 6, 29))
        assert (disputed.next_step, disputed.disputed) == ("certbody nc verify 2026-014/BF-1", True)

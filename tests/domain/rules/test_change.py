"""Changes at a certified client: told, reviewed (35), and what a reissue may carry out (26)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.change import Action, Change
from certbody.domain.change_rules import (
    DECIDED,
    a_change_belongs_to_a_client,
    a_change_is_reviewed,
    a_revision_has_its_reason,
)
from certbody.domain.dossier import Dossier
from tests.given import ADA, DUNJA, body, dossier, passes, refused, the, whole, without
from tests.later import ANNULLED, NOTICE, REVIEWED, SUSPENDED, later

ISSUED = date(2026, 6, 29)


@pytest.mark.rule(35)
class TestAChangeBelongsToAClient:
    """ISO/IEC 17021-1:2015, 8.5.3."""

    covers = (a_change_belongs_to_a_client,)
    rule = a_change_belongs_to_a_client

    def test_that_of_the_example_passes(self) -> None:
        passes(self.rule, NOTICE)

    def test_it_names_what_is_there(self) -> None:
        refused(self.rule, attrs.evolve(NOTICE, application="application-9"), "There is no application application-9")
        refused(self.rule, attrs.evolve(NOTICE, certificate="FC-2026-0009"), "There is no certificate FC-2026-0009")
        refused(self.rule, attrs.evolve(NOTICE, sites=("S9",)), "There is no site S9")
        passes(self.rule, attrs.evolve(NOTICE, sites=("HQ",)))


@pytest.mark.rule(35)
class TestAChangeIsReviewed:
    """ISO/IEC 17021-1:2015, 8.5.3."""

    covers = (a_change_is_reviewed,)
    rule = a_change_is_reviewed

    def of(self, kind: Change) -> Dossier:
        made: Dossier = later().having({"change_notices": [attrs.evolve(NOTICE, kind=kind)]})
        return made

    def test_that_of_the_example_passes(self) -> None:
        passes(self.rule, REVIEWED)

    def test_it_follows_its_notice(self) -> None:
        refused(self.rule, attrs.evolve(REVIEWED, reviewed_on=date(2026, 6, 25)), "was received on 2026-06-26")
        refused(self.rule, attrs.evolve(REVIEWED, notice="change-9"), "There is no change notice change-9")

    def test_who_is_not_competent_does_not_review_it(self) -> None:
        weaker = without(body(), competences=f"{DUNJA}-REVIEW")
        refused(self.rule, REVIEWED, "holds no competence for application review or review", by=weaker)

    @pytest.mark.parametrize("kind", sorted(Change))
    def test_what_changes_the_scope_is_not_reissued(self, kind: Change) -> None:
        if kind in DECIDED:
            refused(self.rule, REVIEWED, "a reissue does not carry that out", found=self.of(kind))
        else:
            passes(self.rule, REVIEWED, found=self.of(kind))

    def test_a_wider_scope_without_an_audit_asks_why(self) -> None:
        bold = attrs.evolve(REVIEWED, action=Action.DECISION)
        refused(self.rule, bold, "would widen the scope without an audit", level="W", found=self.of(Change.WIDER))
        passes(self.rule, attrs.evolve(REVIEWED, action=Action.AUDIT), found=self.of(Change.WIDER))
        passes(self.rule, bold, found=self.of(Change.NARROWER))

    def test_nothing_done_about_something_grave_asks_why(self) -> None:
        idle = attrs.evolve(REVIEWED, action=Action.NONE)
        refused(self.rule, idle, "Nothing is done about CH-2026-001", level="W", found=self.of(Change.SYSTEM))
        passes(self.rule, idle, found=self.of(Change.MANAGEMENT))


@pytest.mark.rule(26)
class TestARevisionHasItsReason:
    """ISO/IEC 17021-1:2015, 8.2.2 i, 8.5.3."""

    covers = (a_revision_has_its_reason,)
    rule = a_revision_has_its_reason

    def revised(self, **more: Any) -> Any:
        said = {"id": "certificate-2", "revision": 2, "issued_on": ISSUED} | more
        return the("certificates", **said)

    def test_without_a_decision_or_a_review_it_is_refused(self) -> None:
        refused(self.rule, self.revised(), "neither a decision nor a reviewed change asks for that", found=dossier())

    def test_after_a_review_it_passes(self) -> None:
        passes(self.rule, self.revised(), found=later())

    def test_a_review_of_another_action_or_of_a_later_day_bears_none(self) -> None:
        for other in ({"action": Action.NONE}, {"reviewed_on": date(2026, 6, 30)}):
            found = later().having({"change_reviews": [attrs.evolve(REVIEWED, **other)]})
            found = without(found, annulments="*", decisions="decision-2")
            refused(self.rule, self.revised(), "neither a decision nor a reviewed change", found=found)

    def test_scope_and_sites_stay(self) -> None:
        refused(self.rule, self.revised(scope="All services."), "would say another scope", found=later())
        fewer = the("certificates").sites[:2]
        refused(self.rule, self.revised(sites=fewer), "would name other sites", found=later())

    def test_an_error_in_the_scope_may_be_corrected_with_a_reason(self) -> None:
        found = later().having({"change_notices": [attrs.evolve(NOTICE, kind=Change.ERROR)]})
        refused(self.rule, self.revised(scope="All services."), "words the scope otherwise", level="W", found=found)

    def test_the_first_revision_and_that_of_a_new_decision_pass(self) -> None:
        passes(self.rule, the("certificates"), found=without(dossier(), certificates="*"))
        other = self.revised(decision="decision-9")
        found = later().having({"certificates": [other]})
        assert self.rule.objections(other.id, found, body(), ISSUED) == []

    def test_what_an_annulled_decision_changed_is_set_back(self) -> None:
        reduced = attrs.evolve(SUSPENDED, id="decision-2", sites=("HQ",))
        second = self.revised(decision="decision-2", sites=the("certificates").sites[:1])
        third = self.revised(id="certificate-3", revision=3, issued_on=date(2026, 6, 30))
        found = whole("certificates").having(
            {"decisions": [reduced], "annulments": [ANNULLED], "certificates": [second, third]}
        )
        assert self.rule.objections(third.id, found, body(), date(2026, 6, 30)) == []
        assert ADA not in (ANNULLED.by, REVIEWED.by)

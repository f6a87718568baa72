"""Decisions after the first: their ground (25), their end (24), what comes before them (19, 23), and error (46)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.change import Action, Change
from certbody.domain.continuing_rules import (
    a_clerical_error_is_annulled_by_another,
    a_suspension_has_an_end,
    an_adverse_decision_has_its_ground,
    an_expansion_was_asked_for_and_looked_at,
    maintaining_over_an_open_major,
    scope_and_sites_follow_the_decision,
    the_overdue_surveillance_comes_before_the_restoration,
)
from certbody.domain.decision import ADVERSE, Ground, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.findings import Grade
from certbody.domain.standard import AuditType
from certbody.domain.surveillance import due_of
from tests.given import ADA, CARLA, DUNJA, FANNY, ON, body, changed, dossier, passes, refused, the, without
from tests.later import ANNULLED, NOTICE, NUMBER, REVIEWED, SUSPENDED, surveillance

LATER = date(2029, 1, 31)
DUE = date(2027, 6, 24)
"""The last day of the first surveillance: twelve months after the decision."""


def decided(kind: Kind, on: date = date(2026, 9, 1), key: str = "decision-3", **more: Any) -> Any:
    """A decision about the certificate on a day, with a ground that asks for nothing where it needs one."""
    said = {
        "ground": Ground.MISUSE if kind in ADVERSE else None,
        "until": date(2026, 12, 31) if kind is Kind.SUSPEND else None,
        "scope": "",
        "effective_on": None,
    } | more
    return the(
        "decisions", id=key, number=key.upper(), kind=kind, certificate=NUMBER, decided_on=on, by=CARLA, **said
    )  # fmt: skip


def suspended(ground: Ground = Ground.MISUSE, on: date = date(2026, 7, 1), found: Dossier | None = None) -> Dossier:
    """The example with its certificate suspended on a day."""
    made: Dossier = (found or dossier()).having(
        {"decisions": [decided(Kind.SUSPEND, on, "decision-2", ground=ground, until=date(2026, 12, 31))]}
    )
    return made


def reviewed(found: Dossier, kind: Kind, on: date) -> Dossier:
    """With a review that recommends a decision."""
    made: Dossier = found.having(
        {"reviews": [the("reviews", id="review-9", reviewed_on=on, recommendation=kind, by=DUNJA)]}
    )
    return made


def asked(kind: Change, found: Dossier | None = None, **more: Any) -> Dossier:
    """With a notice of a change from the client."""
    made: Dossier = (found or dossier()).having({"change_notices": [attrs.evolve(NOTICE, kind=kind, **more)]})
    return made


@pytest.mark.rule(25)
class TestAnAdverseDecisionHasItsGround:
    """ISO/IEC 17021-1:2015, 9.5.1.1, 9.6.5."""

    covers = (an_adverse_decision_has_its_ground,)
    rule = an_adverse_decision_has_its_ground

    @pytest.mark.parametrize("kind", sorted(ADVERSE))
    def test_without_a_ground_it_is_refused(self, kind: Kind) -> None:
        refused(self.rule, decided(kind, ground=None, scope="Less."), "names no ground", on=LATER)
        passes(self.rule, decided(kind, ground=Ground.AGREEMENT, scope="Less."), on=LATER)

    def test_what_gives_something_has_no_ground(self) -> None:
        refused(self.rule, decided(Kind.MAINTAIN, ground=Ground.FAILURE), "has no ground", on=LATER)
        passes(self.rule, decided(Kind.MAINTAIN), on=LATER)

    def test_an_audit_not_made_possible_is_overdue_or_it_is_said_why(self) -> None:
        ground = {"ground": Ground.AUDIT, "until": date(2027, 12, 1)}
        early, late = (decided(Kind.SUSPEND, on, **ground) for on in (DUE, date(2027, 6, 25)))
        refused(self.rule, early, f"No surveillance of {NUMBER} is overdue on 2027-06-24", level="W", on=LATER)
        assert self.rule.objections(late.id, dossier().having({"decisions": [late]}), body(), LATER) == []

    def test_a_failure_shows_in_a_nonconformity_or_it_is_said_in_what(self) -> None:
        failing = decided(Kind.SUSPEND, ground=Ground.FAILURE)
        refused(self.rule, failing, "No nonconformity of FC-2026-0001 is open on 2026-09-01", level="W", on=LATER)
        opened = without(dossier(), verifications="*")
        assert self.rule.objections(failing.id, opened.having({"decisions": [failing]}), body(), LATER) == []

    @pytest.mark.parametrize(
        ("kind", "change", "other"),
        [
            (Kind.SUSPEND, Change.PAUSE, Change.END),
            (Kind.WITHDRAW, Change.END, Change.PAUSE),
            (Kind.REDUCE, Change.NARROWER, Change.WIDER),
        ],
    )
    def test_a_request_of_the_client_is_on_record(self, kind: Kind, change: Change, other: Change) -> None:
        decision = decided(kind, ground=Ground.REQUEST, scope="Less.")
        for found in (dossier(), asked(other), asked(change, received_on=date(2026, 9, 2))):
            refused(self.rule, decision, f"No request of the client to {kind}", found=found, on=LATER)
        passes(self.rule, decision, found=asked(change), on=LATER)

    def test_a_cause_that_was_not_removed_follows_a_suspension(self) -> None:
        gone = decided(Kind.WITHDRAW, ground=Ground.UNRESOLVED)
        refused(self.rule, gone, f"{NUMBER} is not suspended on 2026-09-01", on=LATER)
        passes(self.rule, gone, found=suspended(), on=LATER)


@pytest.mark.rule(24)
class TestASuspensionHasAnEnd:
    """ISO/IEC 17021-1:2015, 9.6.5: usually within six months; somebody then decides."""

    covers = (a_suspension_has_an_end,)
    rule = a_suspension_has_an_end

    def test_without_a_last_day_it_is_refused(self) -> None:
        refused(self.rule, decided(Kind.SUSPEND, until=None), "has no last day", on=LATER)

    def test_it_does_not_end_before_it_begins(self) -> None:
        refused(self.rule, decided(Kind.SUSPEND, until=date(2026, 8, 31)), "before it begins", on=LATER)
        passes(self.rule, decided(Kind.SUSPEND, until=date(2026, 9, 1)), on=LATER)

    def test_longer_than_six_months_asks_why(self) -> None:
        passes(self.rule, decided(Kind.SUSPEND, until=date(2027, 3, 1)), on=LATER)
        said = "The suspension would last until 2027-03-02, more than 6 months"
        refused(self.rule, decided(Kind.SUSPEND, until=date(2027, 3, 2)), said, level="W", on=LATER)

    def test_other_decisions_have_none(self) -> None:
        refused(self.rule, decided(Kind.WITHDRAW, until=date(2026, 12, 1)), "has no last day of its own", on=LATER)

    def test_a_restoration_after_its_last_day_asks_why(self) -> None:
        for on, late in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
            restored = decided(Kind.RESTORE, on)
            found = suspended().having({"decisions": [restored]})
            said = [each.text for each in self.rule.objections(restored.id, found, body(), LATER)]
            assert bool(said) == late
            assert not late or "its cause was to be removed by 2026-12-31" in said[0]


@pytest.mark.rule(23)
class TestTheOverdueSurveillanceComesFirst:
    """ISO/IEC 17021-1:2015, 9.1.3.3, 9.6.5."""

    covers = (the_overdue_surveillance_comes_before_the_restoration,)
    rule = the_overdue_surveillance_comes_before_the_restoration

    def restored(self, found: Dossier) -> tuple[Any, Dossier]:
        held = suspended(Ground.AUDIT, date(2027, 7, 1), found)
        held = changed(held, "decisions", "decision-2", until=date(2027, 12, 31))
        return decided(Kind.RESTORE, date(2027, 10, 1)), reviewed(held, Kind.RESTORE, date(2027, 9, 30))

    def test_while_it_is_overdue_nothing_is_restored(self) -> None:
        decision, found = self.restored(dossier())
        said = "The surveillance due by 2027-06-24 has not taken place on 2027-10-01"
        refused(self.rule, decision, said, found=found, on=LATER)

    def test_held_late_it_is_held(self) -> None:
        decision, found = self.restored(surveillance(date(2027, 9, 15)))
        passes(self.rule, decision, found=found, on=LATER)

    def test_without_a_review_since_the_suspension_nothing_is_restored(self) -> None:
        """Rule 18: that before the grant bore the grant."""
        decision, found = self.restored(surveillance(date(2027, 9, 15)))
        bare = without(found, reviews="review-9")
        against = [each.text for each in _against(decision, bare) if "Nothing has been reviewed" in each.text]
        assert against


def _against(decision: Any, found: Dossier) -> list[Any]:
    from tests.given import refusals

    return refusals(found, body(), "decisions", decision, LATER)


class TestWhatFallsDue:
    """ISO/IEC 17021-1:2015, 9.1.3.2, 9.1.3.3: the vectors of the cycle."""

    def dues(self, decided_on: date, expires_on: date, *held: date, on: date = date(2035, 1, 1)) -> list[str]:
        found = changed(dossier(), "decisions", decided_on=decided_on, effective_on=decided_on)
        found = changed(found, "certificates", effective_on=decided_on, issued_on=decided_on, expires_on=expires_on)
        for count, day in enumerate(held):
            more = surveillance(day, f"audit-s{count}", f"2027-9{count}")
            found = found.having({"audits": more.audits.values(), "meetings": more.meetings.values()})
        return [
            f"{each.kind} {each.not_after}" + (f" held {each.held_on}" if each.held_on else "")
            for each in due_of(NUMBER, found, on)
        ]

    def test_c1_twelve_months_then_a_calendar_year_then_recertification(self) -> None:
        assert self.dues(date(2026, 11, 23), date(2029, 11, 22)) == [
            "surveillance 2027-11-23", "surveillance 2028-12-31", "recertification 2029-11-22",
        ]  # fmt: skip

    def test_c7_decided_late_in_december(self) -> None:
        assert self.dues(date(2026, 12, 20), date(2029, 12, 19), date(2027, 12, 20)) == [
            "surveillance 2027-12-20 held 2027-12-20", "surveillance 2028-12-31", "recertification 2029-12-19",
        ]  # fmt: skip

    def test_one_in_the_year_of_the_decision_leaves_the_next_calendar_year_to_be_served(self) -> None:
        assert self.dues(date(2026, 1, 5), date(2029, 1, 4), date(2026, 11, 2)) == [
            "surveillance 2027-01-05 held 2026-11-02", "surveillance 2027-12-31", "surveillance 2028-12-31",
            "recertification 2029-01-04",
        ]  # fmt: skip

    def test_one_that_comes_late_does_not_serve_its_own_year_as_well(self) -> None:
        assert self.dues(date(2026, 11, 23), date(2029, 11, 22), date(2028, 2, 1)) == [
            "surveillance 2027-11-23 held 2028-02-01", "surveillance 2028-12-31", "recertification 2029-11-22",
        ]  # fmt: skip

    def test_what_was_not_yet_held_on_the_day_does_not_count(self) -> None:
        shown = self.dues(date(2026, 11, 23), date(2029, 11, 22), date(2027, 5, 3), on=date(2027, 5, 2))
        assert shown[0] == "surveillance 2027-11-23"

    def test_a_short_cycle_has_its_recertification_alone(self) -> None:
        assert self.dues(date(2026, 11, 23), date(2027, 6, 30)) == ["recertification 2027-06-30"]

    def test_a_certificate_that_nobody_issued_has_nothing_due(self) -> None:
        assert due_of("FC-2026-0099", dossier(), LATER) == []


@pytest.mark.rule(19)
class TestAnExpansionWasAskedFor:
    """ISO/IEC 17021-1:2015, 9.6.4.1."""

    covers = (an_expansion_was_asked_for_and_looked_at,)
    rule = an_expansion_was_asked_for_and_looked_at
    wider = decided(Kind.EXPAND, change="change-1", scope="More than before.")

    def found(self, action: Action | None, base: Dossier | None = None, on: date = date(2026, 7, 5)) -> Dossier:
        made = asked(Change.WIDER, base)
        if action:
            made = made.having({"change_reviews": [attrs.evolve(REVIEWED, action=action, reviewed_on=on)]})
        return reviewed(made, Kind.EXPAND, date(2026, 8, 31))

    def test_nobody_asked_for_it(self) -> None:
        refused(self.rule, self.wider, f"No request of the client to widen {NUMBER}", on=LATER)
        refused(self.rule, self.wider, "No request", found=asked(Change.NARROWER), on=LATER)

    @pytest.mark.parametrize("action", [None, Action.NONE])
    def test_it_was_not_reviewed_or_nothing_was_to_follow(self, action: Action | None) -> None:
        refused(self.rule, self.wider, "has not been reviewed with a decision to follow",
                found=self.found(action), on=LATER)  # fmt: skip

    def test_a_decision_without_an_audit_passes_where_the_review_says_so(self) -> None:
        passes(self.rule, self.wider, found=self.found(Action.DECISION), on=LATER)

    def test_one_request_bears_one_expansion(self) -> None:
        found = self.found(Action.DECISION).having(
            {"decisions": [attrs.evolve(self.wider, id="decision-2", number="D-2", decided_on=date(2026, 8, 1))]}
        )
        refused(self.rule, self.wider, "CH-2026-001 was answered by D-2", found=found, on=LATER)

    def test_a_site_that_nobody_asked_for_is_not_added(self) -> None:
        north = attrs.evolve(dossier().sites["FS"], id="NO")
        more = attrs.evolve(self.wider, sites=("HQ", "CC", "FS", "NO"))
        found = self.found(Action.DECISION).having({"sites": [north]})
        refused(self.rule, more, "CH-2026-001 does not ask for NO", found=found, on=LATER)
        asked_too = changed(found, "change_notices", sites=("NO",))
        passes(self.rule, more, found=asked_too, on=LATER)

    def test_the_audit_that_the_review_asked_for_was_held_since(self) -> None:
        refused(self.rule, self.wider, "none has been held and reported since 2026-07-05",
                found=self.found(Action.AUDIT, surveillance(date(2026, 7, 4))), on=LATER)  # fmt: skip
        held = self.found(Action.AUDIT, surveillance(date(2026, 7, 6)))
        special = changed(held, "audits", "audit-3", kind=AuditType.SPECIAL)
        passes(self.rule, self.wider, found=special, on=LATER)


@pytest.mark.rule(19)
class TestScopeAndSitesFollowTheDecision:
    """ISO/IEC 17021-1:2015, 9.6.4.1, 9.6.5.5."""

    covers = (scope_and_sites_follow_the_decision,)
    rule = scope_and_sites_follow_the_decision

    def test_a_reduction_says_what_is_left(self) -> None:
        refused(self.rule, decided(Kind.REDUCE), "says neither scope nor sites", on=LATER)
        passes(self.rule, decided(Kind.REDUCE, scope="Telephone alone."), on=LATER)
        passes(self.rule, decided(Kind.REDUCE, sites=("HQ",)), on=LATER)

    def test_a_reduction_adds_no_site(self) -> None:
        found = changed(dossier(), "applications", sites=("HQ", "CC"))
        refused(self.rule, decided(Kind.REDUCE, sites=("HQ", "FS")), "would add FS", found=found, on=LATER)

    def test_an_expansion_drops_none_and_names_those_on_record(self) -> None:
        refused(self.rule, decided(Kind.EXPAND, sites=("HQ",)), "would drop CC, FS", on=LATER)
        refused(self.rule, decided(Kind.EXPAND, sites=("HQ", "CC", "FS", "S9")), "no site S9", on=LATER)

    def test_what_was_taken_away_before_is_not_there_to_be_dropped(self) -> None:
        less = decided(Kind.REDUCE, date(2026, 7, 1), "decision-2", sites=("HQ", "CC"))
        found = dossier().having({"decisions": [less]})
        more = decided(Kind.EXPAND, sites=("HQ", "CC"), scope="More.")
        assert self.rule.objections(more.id, found.having({"decisions": [more]}), body(), LATER) == []

    def test_other_decisions_change_no_sites(self) -> None:
        refused(self.rule, decided(Kind.SUSPEND, sites=("HQ",)), "does not change the sites", on=LATER)


@pytest.mark.rule(19)
class TestMaintainingOverAnOpenMajor:
    """ISO/IEC 17021-1:2015, 9.6.1, 9.6.2."""

    covers = (maintaining_over_an_open_major,)
    rule = maintaining_over_an_open_major

    def test_an_open_major_draws_a_warning(self) -> None:
        found = without(dossier(), verifications="*")
        refused(
            self.rule, decided(Kind.MAINTAIN), "Major nonconformity 2026-014/AK-1", level="W", found=found, on=LATER
        )

    def test_a_verified_one_and_minors_pass(self) -> None:
        passes(self.rule, decided(Kind.MAINTAIN), on=LATER)
        minor = changed(without(dossier(), verifications="*"), "findings", "finding-AK-1", grade=Grade.MINOR)
        passes(self.rule, decided(Kind.MAINTAIN), found=minor, on=LATER)


@pytest.mark.rule(46)
class TestAClericalErrorIsAnnulled:
    """ISO/IEC 17021-1:2015, 9.6.5, 9.9."""

    covers = (a_clerical_error_is_annulled_by_another,)
    rule = a_clerical_error_is_annulled_by_another

    def test_a_second_person_annuls_it(self) -> None:
        passes(self.rule, ANNULLED)

    def test_who_took_it_does_not(self) -> None:
        refused(self.rule, attrs.evolve(ANNULLED, by=CARLA), "Carla Monti took D-2026-002")

    def test_who_audited_does_not(self) -> None:
        refused(self.rule, attrs.evolve(ANNULLED, by=ADA), "Ada Kaya audited this client", level="A")

    def test_who_is_not_competent_to_decide_does_not(self) -> None:
        weaker = without(body(), competences=f"{FANNY}-DECISION")
        refused(self.rule, attrs.evolve(ANNULLED, by=FANNY), "Fanny Roth holds no competence for decision", by=weaker)
        passes(self.rule, attrs.evolve(ANNULLED, by=FANNY))

    def test_a_grant_is_not_annulled(self) -> None:
        refused(self.rule, attrs.evolve(ANNULLED, decision="decision-1"), "D-2026-001 is no suspension, reduction")

    def test_it_follows_its_decision_and_comes_once(self) -> None:
        refused(self.rule, attrs.evolve(ANNULLED, annulled_on=date(2026, 6, 27)), "cannot be annulled on 2026-06-27")
        again = attrs.evolve(ANNULLED, id="annulment-2")
        refused(self.rule, again, f"{SUSPENDED.number} is annulled already", on=ON)

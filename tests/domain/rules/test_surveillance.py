"""Surveillance: monitored by another, and closed without a decision where nothing speaks against it (45)."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from certbody.domain.findings import Grade
from certbody.domain.report import Recommendation
from certbody.domain.surveillance_rules import (
    a_surveillance_is_monitored_by_another,
    maintained_by,
    what_needs_a_decision_is_decided,
)
from tests.given import ADA, DUNJA, EMIL, ON, body, changed, passes, refused, the, without
from tests.later import MONITORED, SURVEILLANCE, SUSPENDED, later

PLAIN = without(later(), decisions="decision-2", annulments="*")


@pytest.mark.rule(45)
class TestASurveillanceIsMonitoredByAnother:
    """ISO/IEC 17021-1:2015, 9.6.1."""

    covers = (a_surveillance_is_monitored_by_another,)
    rule = a_surveillance_is_monitored_by_another

    def test_by_somebody_competent_who_was_not_there_it_passes(self) -> None:
        passes(self.rule, MONITORED)

    def test_who_was_there_does_not_monitor_it(self) -> None:
        refused(self.rule, attrs.evolve(MONITORED, by=ADA), "Ada Kaya audited this client", level="A")

    def test_who_is_not_competent_does_not(self) -> None:
        weaker = without(body(), competences=f"{DUNJA}-REVIEW {DUNJA}-DECISION")
        refused(self.rule, MONITORED, "Dunja Petrov holds no competence for review or decision", by=weaker)
        passes(self.rule, attrs.evolve(MONITORED, by=EMIL))

    def test_without_its_report_it_is_refused(self) -> None:
        bare = without(later(), reports=f"report-{SURVEILLANCE}")
        refused(self.rule, MONITORED, "The report of surveillance audit 2026-021 is not issued", found=bare)

    def test_an_initial_audit_is_decided_not_monitored(self) -> None:
        refused(self.rule, attrs.evolve(MONITORED, audit="audit-2"), "2026-014 is no surveillance or special audit")


@pytest.mark.rule(45)
class TestWhatNeedsADecisionIsDecided:
    """ISO/IEC 17021-1:2015, 9.6.1: with a major, a suspension or a conclusion that is not positive, others decide."""

    covers = (what_needs_a_decision_is_decided,)
    rule = what_needs_a_decision_is_decided

    def test_a_positive_conclusion_needs_none(self) -> None:
        passes(self.rule, MONITORED)
        audit = later().audits[SURVEILLANCE]
        assert maintained_by(audit, later(), ON) == MONITORED
        assert maintained_by(audit, later(), date(2026, 6, 28)) is None

    def test_a_major_needs_one_and_a_minor_does_not(self) -> None:
        found = {
            grade: PLAIN.having(
                {"findings": [the("findings", "finding-AK-1", id="f-9", number="2026-021/AK-1", audit=SURVEILLANCE,
                                  grade=grade)]}
            )
            for grade in (Grade.MAJOR, Grade.MINOR)
        }  # fmt: skip
        said = "Major nonconformity 2026-021/AK-1 was raised"
        refused(self.rule, MONITORED, said, found=found[Grade.MAJOR])
        passes(self.rule, attrs.evolve(MONITORED, decision_needed=True), found=found[Grade.MAJOR])
        passes(self.rule, MONITORED, found=found[Grade.MINOR])

    def test_a_conclusion_that_is_not_positive_needs_one(self) -> None:
        found = changed(PLAIN, "conclusions", f"conclusion-{SURVEILLANCE}", recommendation=Recommendation.REFUSE)
        refused(self.rule, MONITORED, "The team recommended 'refuse'", found=found)

    def test_a_suspended_certificate_needs_one(self) -> None:
        early = attrs.evolve(SUSPENDED, decided_on=date(2026, 6, 26))
        found = PLAIN.having({"decisions": [early]})
        refused(self.rule, MONITORED, "FC-2026-0001 was suspended on 2026-06-26", found=found)

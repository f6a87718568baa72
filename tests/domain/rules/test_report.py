"""A report says all it must, and a conclusion follows from the findings (18)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.dossier import Dossier
from certbody.domain.evidence import Result
from certbody.domain.report import Recommendation, a_report_is_complete, the_conclusion_follows_the_findings
from tests.given import BRUNO, DUNJA, EMIL, changed, dossier, passes, refused, the, without

FINAL, FIRST = the("reports", "report-2"), the("reports", "report-1")


@pytest.mark.rule(18)
class TestAReportIsComplete:
    """ISO/IEC 17021-1:2015, 9.4.8.2, 9.4.8.3; the sampling disclaimer is printed on every report."""

    covers = (a_report_is_complete,)

    def test_a_report_from_before_the_closing_meeting_is_refused(self) -> None:
        early = the("reports", "report-2", issued_on=date(2026, 1, 2))
        refused(a_report_is_complete, early, "cannot be issued on 2026-01-02; the audit closed on")
        passes(a_report_is_complete, attrs.evolve(FINAL, issued_on=date(2026, 4, 16)))

    @pytest.mark.parametrize("report", [FIRST, FINAL], ids=["stage 1", "stage 2"])
    def test_those_of_the_example_pass(self, report: Any) -> None:
        passes(a_report_is_complete, report)

    @pytest.mark.parametrize(
        ("gone", "said"),
        [
            ({"assignments": "as-audit-2-P-01"}, "i: no team leader is named"),
            ({"plans": "plan-2"}, "j: there is no plan with dates, sites and times"),
            ({"meetings": "m-3"}, "j: the opening meeting is not on record"),
            ({"meetings": "m-4"}, "j: the closing meeting is not on record"),
            ({"checklists": "checklist-2"}, "k: there is no checklist"),
            ({"results": "audit-2:7.4-1@CC"}, "k: 1 checklist rows have no result: 7.4-1@CC"),
            ({"findings": "finding-AK-1"}, "k: rows 7.4-2@CC say 'finding', yet no finding names them"),
            ({"conclusions": "*"}, "k, p: the audit has no conclusion and recommendation"),
        ],
    )
    def test_a_part_left_out_is_refused_by_its_letter(self, gone: dict[str, str], said: str) -> None:
        refused(a_report_is_complete, FINAL, f"Report {FINAL.number}", said, found=without(dossier(), **gone))

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"conformity_and_effectiveness": " "}, "nothing is said on conformity and effectiveness"),
            ({"capability": ""}, "nothing is said on the capability"),
            ({"internal_audit_and_review": ""}, "nothing is said on internal audit and management review"),
            ({"scope_appropriate": False}, "the scope is not found appropriate, and nobody says why"),
            ({"objectives_fulfilled": False}, "the objectives are not fulfilled, and nobody says why"),
        ],
    )
    def test_a_statement_left_out_is_refused(self, change: dict[str, Any], said: str) -> None:
        found: Dossier = changed(dossier(), "conclusions", **change)
        refused(a_report_is_complete, FINAL, "9.4.8.3", said, found=found)

    def test_objectives_that_were_not_fulfilled_pass_where_somebody_says_why(self) -> None:
        found = changed(dossier(), "conclusions", objectives_fulfilled=False, objectives_remark="Site CC was closed.")
        passes(a_report_is_complete, FINAL, found=found)

    def test_a_row_to_be_come_back_to_is_refused(self) -> None:
        found = changed(dossier(), "results", "audit-2:7.4-1@CC", result=Result.COME_BACK)
        refused(a_report_is_complete, FINAL, "wait to be come back to: 7.4-1@CC", found=found)

    def test_stage_1_without_its_conclusion_is_refused(self) -> None:
        found = without(dossier(), stage1_conclusions="*")
        refused(a_report_is_complete, FIRST, f"Report {FIRST.number}, k: stage 1 has no conclusion", found=found)

    def test_the_same_revision_again_is_refused_and_the_next_passes(self) -> None:
        again = the("reports", "report-2", id="report-3")
        refused(a_report_is_complete, again, f"Revision 1 of report {FINAL.number} is issued already")
        passes(a_report_is_complete, the("reports", "report-2", id="report-3", revision=2, reason="A name."))

    def test_of_no_audit_it_is_refused(self) -> None:
        refused(a_report_is_complete, the("reports", audit="none"), "There is no audit none")


@pytest.mark.rule(18)
class TestTheConclusionFollowsTheFindings:
    """ISO/IEC 17021-1:2015, 9.4.6, 9.5.2."""

    covers = (the_conclusion_follows_the_findings,)

    def test_to_grant_at_once_over_nonconformities_is_refused(self) -> None:
        said = "2026-014/AK-1, 2026-014/AK-2, 2026-014/BF-1 stand; the recommendation cannot be 'grant' without more"
        refused(the_conclusion_follows_the_findings, the("conclusions", recommendation=Recommendation.GRANT), said)

    @pytest.mark.parametrize("said", [Recommendation.GRANT_AFTER_CORRECTION, Recommendation.REFUSE])
    def test_to_wait_or_to_refuse_passes(self, said: Recommendation) -> None:
        passes(the_conclusion_follows_the_findings, the("conclusions", recommendation=said))

    def test_with_opportunities_alone_it_may_be_granted(self) -> None:
        found = without(dossier(), findings="finding-AK-1 finding-AK-2 finding-BF-1")
        passes(
            the_conclusion_follows_the_findings, the("conclusions", recommendation=Recommendation.GRANT), found=found
        )

    @pytest.mark.parametrize("person", [DUNJA, EMIL], ids=["somebody else", "the technical expert"])
    def test_who_is_no_auditor_of_it_does_not_conclude(self, person: str) -> None:
        refused(the_conclusion_follows_the_findings, the("conclusions", by=person), "is no auditor of 2026-014")

    def test_an_auditor_concludes(self) -> None:
        passes(the_conclusion_follows_the_findings, the("conclusions", by=BRUNO))

    def test_of_no_audit_it_is_refused(self) -> None:
        refused(the_conclusion_follows_the_findings, the("conclusions", audit="none"), "There is no audit none")

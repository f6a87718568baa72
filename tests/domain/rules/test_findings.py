"""Evidence, results and findings: what each needs before it goes on record (8, 17, 18)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.claim_rules import (
    NO_CLAIM_UNNOTICED_IN_A_CONCLUSION,
    NO_CLAIM_UNNOTICED_IN_A_FINDING,
)
from certbody.domain.evidence import Result, a_result_fits_its_row, evidence_belongs_to_its_audit
from certbody.domain.findings import (
    Grade,
    a_nonconformity_is_complete,
    findings_are_recorded_until_the_closing_meeting,
)
from certbody.domain.standard import Nature
from tests.given import changed, dossier, passes, refused, the, without

MAJOR, MINOR, OPPORTUNITY, CONCERN = "finding-AK-1", "finding-AK-2", "finding-AK-3", "concern-1"


@pytest.mark.rule(8)
class TestEvidenceBelongsToItsAudit:
    """ISO/IEC 17021-1:2015, 9.4.4."""

    covers = (evidence_belongs_to_its_audit,)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"audit": "none"}, "There is no audit none"),
            ({"rows": ("9.9-1@HQ",)}, "Audit 2026-014 has no checklist row 9.9-1@HQ"),
            ({"note": " ", "files": ()}, "Evidence needs a note or a file"),
        ],
    )
    def test_what_shows_nothing_is_refused(self, changes: dict[str, Any], said: str) -> None:
        refused(evidence_belongs_to_its_audit, the("evidence", "evidence-1", **changes), said)

    def test_a_note_alone_and_a_file_alone_pass(self) -> None:
        passes(evidence_belongs_to_its_audit, the("evidence", "evidence-1", files=()))
        passes(evidence_belongs_to_its_audit, the("evidence", "evidence-1", note=""))


@pytest.mark.rule(17)
class TestANonconformityIsComplete:
    """ISO/IEC 17021-1:2015, 9.4.5."""

    covers = (a_nonconformity_is_complete,)

    @pytest.mark.parametrize("key", [MAJOR, MINOR])
    def test_without_a_requirement_it_is_refused(self, key: str) -> None:
        record = the("findings", key, requirement="")
        refused(a_nonconformity_is_complete, record, f"{record.number} names no requirement of the audit criteria")

    @pytest.mark.parametrize("key", [MAJOR, MINOR])
    def test_without_objective_evidence_it_is_refused(self, key: str) -> None:
        record = the("findings", key, evidence=" \n")
        refused(a_nonconformity_is_complete, record, f"{record.number} has no objective evidence")

    def test_without_a_statement_it_does_not_even_form(self) -> None:
        with pytest.raises(ValueError, match="statement is empty"):
            the("findings", MAJOR, statement=" ")

    def test_with_all_three_it_passes(self) -> None:
        passes(a_nonconformity_is_complete, the("findings", MAJOR))

    def test_an_opportunity_needs_neither(self) -> None:
        passes(a_nonconformity_is_complete, the("findings", OPPORTUNITY))

    @pytest.mark.parametrize(
        "said",
        [
            "You should buy a ticket system.",
            "The company needs to implement ISO 10004.",
            "We recommend a second person at weekends.",
        ],
    )
    def test_a_solution_draws_a_warning_and_no_more(self, said: str) -> None:
        record = the("findings", OPPORTUNITY, statement=said)
        refused(a_nonconformity_is_complete, record, "suggests a solution", level="W")

    def test_naming_the_gap_passes(self) -> None:
        gap = the("findings", OPPORTUNITY, statement="Who decides at weekends is known to two persons only.")
        passes(a_nonconformity_is_complete, gap)

    def test_a_nonconformity_dressed_as_an_opportunity_draws_a_warning(self) -> None:
        hidden = the("findings", OPPORTUNITY, statement="The requirement on acknowledgement is not met at the shop.")
        refused(a_nonconformity_is_complete, hidden, "reads like a nonconformity (‘is not met’)", level="W")

    def test_a_nonconformity_may_say_so(self) -> None:
        passes(a_nonconformity_is_complete, the("findings", MINOR, statement="The requirement is not met at CC."))

    def test_a_row_of_another_audit_is_refused(self) -> None:
        said = "2026-014/AK-1: audit 2026-014 has no checklist row 5.2-2@HQ"
        refused(a_nonconformity_is_complete, the("findings", MAJOR, row="5.2-2@HQ"), said)

    def test_stage_1_raises_areas_of_concern_and_stage_2_does_not(self) -> None:
        early = the("findings", CONCERN, grade=Grade.MAJOR)
        refused(a_nonconformity_is_complete, early, "2026-007/AK-1: stage 1 records areas of concern")
        late = the("findings", MAJOR, grade=Grade.CONCERN)
        refused(a_nonconformity_is_complete, late, "2026-014/AK-1: stage 2 records findings, not areas of concern")
        passes(a_nonconformity_is_complete, the("findings", CONCERN))

    def test_an_audit_that_is_not_there_is_refused(self) -> None:
        refused(a_nonconformity_is_complete, the("findings", MAJOR, audit="none"), "There is no audit none")


@pytest.mark.rule(17)
class TestFindingsUntilTheClosingMeeting:
    """ISO/IEC 17021-1:2015, 9.4.7: nothing is raised that the client was not shown."""

    covers = (findings_are_recorded_until_the_closing_meeting,)

    def test_on_the_last_day_it_passes(self) -> None:
        last = the("findings", MAJOR, recorded_on=date(2026, 4, 16))
        passes(findings_are_recorded_until_the_closing_meeting, last)

    def test_a_day_later_it_is_refused(self) -> None:
        late = the("findings", MAJOR, recorded_on=date(2026, 4, 17))
        said = "2026-014/AK-1 is dated 2026-04-17; the closing meeting was on 2026-04-16"
        refused(findings_are_recorded_until_the_closing_meeting, late, said)


@pytest.mark.rule(18)
class TestAResultFitsItsRow:
    """ISO/IEC 17021-1:2015, 9.4.4, 9.4.5."""

    covers = (a_result_fits_its_row,)

    def result(self, **changes: Any) -> Any:
        return the("results", "audit-2:7.4-1@CC", **changes)

    def test_that_of_the_example_passes(self) -> None:
        passes(a_result_fits_its_row, self.result())

    def test_a_row_that_is_not_there_is_refused(self) -> None:
        refused(a_result_fits_its_row, self.result(row="5.2-2@CC"), "Audit 2026-014 has no checklist row 5.2-2@CC")

    def test_a_word_of_stage_1_at_stage_2_is_refused(self) -> None:
        said = "7.4-1@CC: 'satisfactory' is none of conformity, finding"
        refused(a_result_fits_its_row, self.result(result=Result.SATISFACTORY), said)

    @pytest.mark.parametrize("result", [Result.NOT_COVERED, Result.NOT_APPLICABLE])
    def test_what_was_left_out_needs_a_reason(self, result: Result) -> None:
        refused(a_result_fits_its_row, self.result(result=result, note=""), f"'{result}' needs a reason")
        passes(a_result_fits_its_row, self.result(result=result, note="Closed at weekends."))

    def test_conformity_needs_none(self) -> None:
        passes(a_result_fits_its_row, self.result(note=""))

    def test_without_a_checklist_it_is_refused(self) -> None:
        found = without(dossier(), checklists="*")
        refused(a_result_fits_its_row, self.result(), "Audit audit-2 has no checklist", found=found)


@pytest.mark.rule(28)
class TestAQuotedClaimIsPointedOut:
    """ISO/IEC 17021-1:2015, 8.1.3: what an auditor quotes is not what the body says."""

    covers = (NO_CLAIM_UNNOTICED_IN_A_FINDING, NO_CLAIM_UNNOTICED_IN_A_CONCLUSION)
    claim = "The website says that the company is certified to ISO 10002."

    def test_in_a_finding_it_draws_a_warning(self) -> None:
        said = "The statement claims conformity to guidance"
        refused(NO_CLAIM_UNNOTICED_IN_A_FINDING, the("findings", MINOR, statement=self.claim), said, level="W")

    def test_in_a_conclusion_it_draws_a_warning(self) -> None:
        conclusion = the("conclusions", capability="The process conforms to ISO 10002.")
        refused(NO_CLAIM_UNNOTICED_IN_A_CONCLUSION, conclusion, "The capability claims", level="W")

    def test_a_denial_passes(self) -> None:
        denied = "This is not a statement of conformity to ISO 10002."
        passes(NO_CLAIM_UNNOTICED_IN_A_CONCLUSION, the("conclusions", capability=denied))

    def test_where_the_standard_has_requirements_the_claim_is_an_auditors_work(self) -> None:
        basis = attrs.evolve(the("applications").basis, nature=Nature.MANAGEMENT_SYSTEM)
        system = changed(dossier(), "applications", basis=basis)
        passes(NO_CLAIM_UNNOTICED_IN_A_FINDING, the("findings", MINOR, statement=self.claim), found=system)

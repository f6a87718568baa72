"""One finding is often met at many checklist rows: each of them leads to it, or the report is not complete (18)."""

from __future__ import annotations

import pytest

from certbody.domain.evidence import Result
from certbody.domain.report import a_report_is_complete
from tests.given import changed, dossier, passes, refused, the

FINAL = the("reports", "report-2")


@pytest.mark.rule(18)
class TestRowsOfOneFinding:
    """ISO/IEC 17021-1:2015, 9.4.8.2 k: findings with reference to evidence."""

    def noted(self, note: str):
        """The example, where a further row says that something was found, with a note."""
        return changed(dossier(), "results", "audit-2:7.4-1@CC", result=Result.FINDING, note=note)

    def test_a_row_whose_note_names_the_finding_by_its_number_passes(self) -> None:
        passes(a_report_is_complete, FINAL, found=self.noted("Belongs to 2026-014/AK-1."))

    @pytest.mark.parametrize(
        "note", ["", "See the major.", "See 2026-014/AK-12.", "See 2026-014/AK-99.", "See 12026-014/AK-1."]
    )
    def test_a_row_that_leads_to_no_finding_of_the_audit_is_refused(self, note: str) -> None:
        refused(a_report_is_complete, FINAL, "rows 7.4-1@CC say 'finding'", found=self.noted(note))

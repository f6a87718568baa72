"""Findings, the client's word on them, and the conclusions."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.domain.findings import Finding, Grade
from certbody.domain.nonconformity import (
    Acknowledgement,
)
from certbody.domain.report import AuditConclusion, Recommendation, Report, Stage1Conclusion
from tests.deliverables.example.tables import STAGE_1, STAGE_2


def found() -> dict[str, Any]:
    def finding(number: str, grade: Grade, row: str, statement: str, **more: Any) -> Finding:
        by = "P-01" if "/AK" in number else "P-02"
        audit = STAGE_1 if number.startswith("2026-007") else STAGE_2
        day = date(2026, 3, 10) if audit == STAGE_1 else date(2026, 4, 15)
        clause, _, site = row.partition("@")
        return Finding(
            id=f"finding-{number.rpartition('/')[2]}" if audit == STAGE_2 else "concern-1",
            number=number,
            audit=audit,
            row=row,
            site=site,
            clause=clause.split("-")[0],
            grade=grade,
            statement=statement,
            by=by,
            recorded_on=day,
            **more,
        )

    return {
        "findings": [
            finding(
                "2026-007/AK-1",
                Grade.CONCERN,
                "8.5-1@HQ",
                "An internal audit of the whole process has been planned but not carried out.",
                evidence="Audit programme of 2026-01-20: first audit in May 2026.",
            ),
            finding(
                "2026-014/AK-1",
                Grade.MAJOR,
                "7.4-2@CC",
                "Receipt of complaints at weekends is not acknowledged, and nobody looks at them before Monday.",
                requirement="S7.4.1",
                evidence="14 of 20 weekend cases of March 2026 not acknowledged; 3 of them about emergency calls.",
                evidence_ids=("evidence-2",),
                process="Receipt and acknowledgement",
                reason="Urgent complaints wait; the process does not achieve what it is for at weekends.",
            ),
            finding(
                "2026-014/AK-2",
                Grade.MINOR,
                "7.2-2@CC",
                "Complaints made in the chat are answered but not recorded as complaints.",
                requirement="S7.2.1",
                evidence="Chat log of 2026-04-13: 6 complaints, none in the register.",
                process="Receipt",
                reason="Single channel; the cases themselves were handled.",
            ),
            finding(
                "2026-014/BF-1",
                Grade.MINOR,
                "7.2-3@FS",
                "Customers in the shop are not told how to complain.",
                requirement="S7.2.1",
                evidence="No notice at counter, window or till receipt on 2026-04-14 (photograph).",
                evidence_ids=("evidence-1",),
                process="Receipt",
                reason="One of three sites.",
            ),
            finding(
                "2026-014/AK-3",
                Grade.OPPORTUNITY,
                "5.2-1@HQ",
                "Decisions of top management on complaints are spread over the minutes of four bodies.",
            ),
            finding(
                "2026-014/AK-4",
                Grade.STRENGTH,
                "8.2-1@HQ",
                "Causes of complaints are discussed with product owners every week.",
            ),
        ],
        "acknowledgements": [
            Acknowledgement(id="ack-1", finding="finding-AK-1", on=date(2026, 4, 16), by="Greta Holm"),
            Acknowledgement(id="ack-2", finding="finding-AK-2", on=date(2026, 4, 16), by="Greta Holm"),
            Acknowledgement(
                id="ack-3",
                finding="finding-BF-1",
                on=date(2026, 4, 16),
                by="Greta Holm",
                disputed=True,
                remark="Notices had been ordered on 2026-04-02.",
            ),
        ],
        "stage1_conclusions": [
            Stage1Conclusion(
                id="stage1-conclusion",
                audit=STAGE_1,
                concluded_on=date(2026, 3, 11),
                by="P-01",
                ready=True,
                summary="Ready for stage 2 in April, once the internal audit has been carried out.",
                documented_information="Complete; the policy is dated 2025-11-03.",
                scope_and_sites="Three sites, as applied for.",
                internal_audit_and_review="Management review held on 2026-02-17; internal audit outstanding.",
                resources_and_focus="Two auditors and an expert; focus on weekend cases.",
            )
        ],
        "conclusions": [
            AuditConclusion(
                id="conclusion-1",
                audit=STAGE_2,
                concluded_on=date(2026, 4, 16),
                by="P-01",
                recommendation=Recommendation.GRANT_AFTER_CORRECTION,
                conditions="Correction and corrective action for 2026-014/AK-1 verified on site.",
                conformity_and_effectiveness="The process fulfils the criteria at all sites, nonconformities apart.",
                capability="Legal time limits are known, and kept on weekdays.",
                internal_audit_and_review="The internal audit of 2026-03-26 covered the whole process.",
                scope_appropriate=True,
                objectives_fulfilled=True,
                deviations="The shop was visited an hour later than planned, since a train was cancelled.",
                significant_matters="None beyond the nonconformities.",
                changes="None since stage 1.",
                unresolved="2026-014/BF-1 is disputed by the client.",
                marks="No certificate yet; no mark in use.",
                remote="Two hours by video on the last day; sound and screen sharing were good.",
            )
        ],
        "reports": [
            Report(id="report-1", number="2026-007-R", audit=STAGE_1, issued_on=date(2026, 3, 13), by="P-01"),
            Report(id="report-2", number="2026-014-R", audit=STAGE_2, issued_on=date(2026, 4, 22), by="P-01"),
        ],
    }

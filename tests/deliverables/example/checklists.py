"""Checklists, results and evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

from certbody.domain.evidence import AuditEvidence, Checklist, ItemResult, Result, rows_for
from certbody.domain.standard import (
    AuditType,
    Method,
)
from tests.deliverables.example.before import sites
from tests.deliverables.example.pictured import kept, photograph
from tests.deliverables.example.standard import standard
from tests.deliverables.example.tables import STAGE_1, STAGE_2


def checklists() -> dict[str, Any]:
    places = sites()
    one = rows_for(standard().items_for(AuditType.INITIAL, stage=1), places[:1])
    two = rows_for(standard().items_for(AuditType.INITIAL, stage=2), places)
    special = {
        (STAGE_1, "8.5-1@HQ"): (Result.CONCERN, "One audit planned for May; none carried out yet."),
        (STAGE_1, "8.2-1@HQ"): (Result.NOT_REVIEWED, "Figures are complete at the end of March."),
        (STAGE_2, "7.4-2@CC"): (Result.FINDING, "Weekend cases wait until Monday; 14 of 20 sampled."),
        (STAGE_2, "7.2-3@FS"): (Result.FINDING, "No notice at the counter."),
        (STAGE_2, "7.2-2@CC"): (Result.FINDING, "Chat complaints are not counted."),
        (STAGE_2, "8.2-1@HQ"): (Result.STRENGTH, "Causes are discussed with the product owners every week."),
        (STAGE_2, "7.4-2@FS"): (Result.NOT_APPLICABLE, "The shop is closed at weekends."),
        (STAGE_2, "7.2-2@HQ"): (
            Result.NOT_COVERED,
            "Social media team was travelling; seen at the contact centre instead.",
        ),
    }
    results = []
    for audit, rows, day in ((STAGE_1, one, date(2026, 3, 10)), (STAGE_2, two, date(2026, 4, 15))):
        usual = Result.SATISFACTORY if audit == STAGE_1 else Result.CONFORMITY
        for row in rows:
            result, note = special.get((audit, row.id), (usual, "Seen in documents and cases."))
            by = "P-02" if row.site == "FS" else "P-01"
            results.append(
                ItemResult(
                    id=f"{audit}:{row.id}", audit=audit, row=row.id, result=result, note=note, by=by, recorded_on=day
                )
            )
    return {
        "checklists": [
            Checklist(id="checklist-1", audit=STAGE_1, version=1, issued_on=date(2026, 3, 2), rows=one),
            Checklist(id="checklist-2", audit=STAGE_2, version=1, issued_on=date(2026, 4, 7), rows=two),
        ],
        "results": results,
        "evidence": [
            AuditEvidence(
                id="evidence-1",
                audit=STAGE_2,
                rows=("7.2-3@FS",),
                note="Counter of the shop: price list and opening hours, no notice on complaints.",
                method=Method.OBSERVATION,
                collected_on=date(2026, 4, 14),
                by="P-02",
                files=(kept(photograph(), "counter.png", "image/png"),),
            ),
            AuditEvidence(
                id="evidence-2",
                audit=STAGE_2,
                rows=("7.4-2@CC", "7.4-1@CC"),
                note="Twenty cases received between Friday 18:00 and Sunday 24:00.",
                sample="20 of 131 weekend cases of March 2026, drawn at random by the auditor",
                method=Method.RECORD_SAMPLE,
                collected_on=date(2026, 4, 15),
                by="P-01",
                files=(kept(b"%PDF-1.4 invented", "weekend-cases.pdf", "application/pdf"),),
            ),
        ],
    }

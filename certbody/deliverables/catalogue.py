"""Every document that the core makes; plugins bring theirs by the hook `certbody_deliverables` or with a scheme."""

from __future__ import annotations

from certbody.deliverables import (
    agreement,
    application_form,
    attendance,
    audit_plan,
    audit_programme,
    audit_report,
    certificate,
    certificate_two,
    checklist,
    cost_breakdown,
    decision,
    information_sheet,
    nonconformity,
    quotation,
    register,
    regrading_notice,
    response,
    response_document,
    review,
    self_assessment,
    self_assessment_result,
)
from certbody.deliverables.deliverable import Deliverable

DELIVERABLES: tuple[Deliverable, ...] = (
    information_sheet.DELIVERABLE,
    self_assessment.SELF_ASSESSMENT,
    self_assessment_result.DELIVERABLE,
    application_form.APPLICATION_FORM,
    quotation.DELIVERABLE,
    cost_breakdown.COST_BREAKDOWN,
    agreement.DELIVERABLE,
    audit_programme.AUDIT_PROGRAMME,
    audit_plan.DELIVERABLE,
    checklist.CHECKLIST,
    attendance.DELIVERABLE,
    nonconformity.DELIVERABLE,
    response.RESPONSE,
    response_document.RESPONSE_DOCUMENT,
    audit_report.DELIVERABLE,
    regrading_notice.DELIVERABLE,
    review.DELIVERABLE,
    decision.DELIVERABLE,
    decision.TWO,
    decision.ANNULMENT,
    decision.ANNULMENT_TWO,
    certificate.DELIVERABLE,
    certificate_two.DELIVERABLE,
    register.REGISTER,
)
"""In the order of the process; a kind stands here once."""

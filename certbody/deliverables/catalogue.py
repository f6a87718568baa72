"""Every document that the core makes; plugins bring theirs by the hook `certbody_deliverables` or with a scheme."""

from __future__ import annotations

from certbody.deliverables import (
    application_form,
    audit_programme,
    certificate,
    checklist,
    cost_breakdown,
    decision,
    register,
    response,
    review,
)
from certbody.deliverables.deliverable import Deliverable

DELIVERABLES: tuple[Deliverable, ...] = (
    application_form.APPLICATION_FORM,
    cost_breakdown.COST_BREAKDOWN,
    audit_programme.AUDIT_PROGRAMME,
    checklist.CHECKLIST,
    response.RESPONSE,
    review.DELIVERABLE,
    decision.DELIVERABLE,
    certificate.DELIVERABLE,
    register.REGISTER,
)
"""In the order of the process; a kind stands here once."""

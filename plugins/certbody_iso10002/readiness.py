"""What the scheme S-10002 asks before stage 2: three months of records, an internal audit, a management review."""

from __future__ import annotations

from collections.abc import Iterator

from certbody import Objection
from certbody.domain.act import Act
from certbody.domain.dossier import Dossier

CODE = "iso10002"
LEAST_MONTHS = 3
"""Months of complaint records that there must be, as the scheme says (S8.1.3)."""


def objections(dossier: Dossier, act: Act) -> Iterator[Objection]:
    """What speaks against concluding that a client is ready for stage 2.

    Only the scheme's own conditions are judged; that stage 1 was held, and by whom, the core judges.
    """
    for conclusion in act.put.get("stage1_conclusions", ()):
        audit = dossier.audits.get(conclusion.audit)
        application = dossier.applications.get(audit.application) if audit else None
        if application is None or application.standard != CODE or not conclusion.ready:
            continue
        about = ("stage1_conclusions", conclusion.id)
        if not conclusion.internal_audit_and_review.strip():
            yield Objection(
                level="B",
                text="Ready for stage 2, yet nothing is said on the internal audit and the management review.",
                clause="S-10002, S8.5.3 and S8.6.3; ISO/IEC 17021-1:2015, 9.3.1.2",
                next="say with --internal-audit when each was held and what it brought",
                about=about,
            )
        months = dict(pair for pair in application.inputs if len(pair) == 2).get("months_of_records", "0")
        if months.isascii() and months.isdigit() and int(months) < LEAST_MONTHS:
            yield Objection(
                level="W",
                text=f"The application speaks of {months} months of complaint records; the scheme asks for "
                f"{LEAST_MONTHS} by stage 1.",
                clause="S-10002, S8.1.3",
                next="say with --why how many months were seen at stage 1",
                about=about,
            )

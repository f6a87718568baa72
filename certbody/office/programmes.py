"""The audit programme over the cycle, made from the audit time on record."""

from __future__ import annotations

from datetime import date

from certbody.domain.application import accepted_on
from certbody.domain.audit_time import AuditTime, time_of
from certbody.domain.dossier import Dossier
from certbody.domain.programme import AuditProgramme, PlannedAudit
from certbody.domain.sampling import sample_size
from certbody.domain.standard import AuditType
from certbody.errors import BadData
from certbody.office.hand import Hand
from certbody.office.office import Office


def make_programme(
    office: Office, number: str, *, made_on: date, hand: Hand, considered: str = "", why: str = ""
) -> AuditProgramme:
    """Make the audit programme of the cycle from the audit time on record (ISO/IEC 17021-1:2015, 9.1.3)."""
    journal, key = office.find("applications", number)
    dossier = office.dossier(journal)
    time = time_of(key, dossier)
    if time is None:
        raise BadData(f"The audit time of {number} is not on record.", next=f"certbody quote time {number}")
    if accepted_on(key, dossier) is None:
        raise BadData(f"Application {number} is not accepted.", next=f"certbody application review {number} --accept")
    made = AuditProgramme(
        id=office.make_id(),
        application=key,
        audit_time=time.id,
        made_on=made_on,
        by=hand.by,
        planned=_cycle(time, dossier),
        sampling=time.sampling_reason,
        considered=considered,
    )
    office.record(journal, "audit programme made", {"programmes": [made]}, hand=hand, why=why)
    return made


def _cycle(time: AuditTime, dossier: Dossier) -> tuple[PlannedAudit, ...]:
    """Two stages, two surveillances and the recertification; surveillances go on with sites not sampled before."""
    central = [time.central] if time.central else []
    others = [load.site for load in time.loads if not load.central]
    sampled = list(time.sampled_sites)
    size = sample_size(len(others), AuditType.SURVEILLANCE) if others else 0
    fresh = [site for site in others if site not in sampled] + sampled
    turns = [[fresh[(start + step) % len(fresh)] for step in range(size)] if fresh else [] for start in (0, size)]
    return (
        PlannedAudit(
            kind=AuditType.INITIAL,
            stage=1,
            days=time.stage1,
            sites=tuple(central or others[:1]),
            focus="Readiness: documented information, scope, internal audit and management review, plan for stage 2",
        ),
        PlannedAudit(
            kind=AuditType.INITIAL,
            stage=2,
            days=time.stage2,
            sites=tuple(central + sampled),
            focus="Implementation and effectiveness against all requirements, at the sites",
        ),
        *(
            PlannedAudit(
                kind=AuditType.SURVEILLANCE,
                year=year,
                days=time.surveillance,
                sites=tuple(central + turns[year - 1]),
                focus="Internal audit and management review, earlier nonconformities, complaints, effectiveness, "
                "improvement, operational control, changes, use of marks",
            )
            for year in (1, 2)
        ),
        PlannedAudit(
            kind=AuditType.RECERTIFICATION,
            year=3,
            days=time.recertification,
            sites=tuple(central + sampled),
            focus="The whole system over the cycle; its days are determined anew",
        ),
    )

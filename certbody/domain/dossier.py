"""The dossier: all that the body knows of one client (ISO/IEC 17021-1:2015, 9.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from certbody.domain.application import Agreement, Application, ApplicationReview
from certbody.domain.audit import (
    Assignment,
    Audit,
    AuditPlan,
    Declaration,
    Meeting,
    TeamNotice,
    TeamObjection,
)
from certbody.domain.audit_time import AuditTime
from certbody.domain.certificate import Certificate, DraftConfirmation
from certbody.domain.change import ChangeNotice, ChangeReview
from certbody.domain.client import Client, Site
from certbody.domain.decision import Annulment, CertificationDecision, QueryAnswer, Review, ReviewQuery
from certbody.domain.document import IssuedDocument, Settlement
from certbody.domain.evidence import AuditEvidence, Checklist, ItemResult
from certbody.domain.extension import Extension
from certbody.domain.findings import Finding
from certbody.domain.nonconformity import Acknowledgement, Effectiveness, Response, ResponseReview, Verification
from certbody.domain.programme import AuditProgramme
from certbody.domain.quotation import Quotation
from certbody.domain.regrading import Regrading, RegradingNotice
from certbody.domain.report import AuditConclusion, Report, Stage1Conclusion
from certbody.domain.state import State, tables_of
from certbody.domain.surveillance import Monitoring


def _table() -> Any:
    return attrs.field(factory=dict)


@attrs.frozen(kw_only=True, slots=False)
class Dossier(State):
    """The facts about one client, table by table, in the order of the process."""

    clients: Mapping[str, Client] = _table()
    sites: Mapping[str, Site] = _table()
    applications: Mapping[str, Application] = _table()
    application_reviews: Mapping[str, ApplicationReview] = _table()
    audit_times: Mapping[str, AuditTime] = _table()
    quotations: Mapping[str, Quotation] = _table()
    agreements: Mapping[str, Agreement] = _table()
    programmes: Mapping[str, AuditProgramme] = _table()
    audits: Mapping[str, Audit] = _table()
    assignments: Mapping[str, Assignment] = _table()
    declarations: Mapping[str, Declaration] = _table()
    team_notices: Mapping[str, TeamNotice] = _table()
    team_objections: Mapping[str, TeamObjection] = _table()
    plans: Mapping[str, AuditPlan] = _table()
    checklists: Mapping[str, Checklist] = _table()
    meetings: Mapping[str, Meeting] = _table()
    results: Mapping[str, ItemResult] = _table()
    evidence: Mapping[str, AuditEvidence] = _table()
    findings: Mapping[str, Finding] = _table()
    stage1_conclusions: Mapping[str, Stage1Conclusion] = _table()
    conclusions: Mapping[str, AuditConclusion] = _table()
    reports: Mapping[str, Report] = _table()
    acknowledgements: Mapping[str, Acknowledgement] = _table()
    regradings: Mapping[str, Regrading] = _table()
    regrading_notices: Mapping[str, RegradingNotice] = _table()
    extensions: Mapping[str, Extension] = _table()
    responses: Mapping[str, Response] = _table()
    response_reviews: Mapping[str, ResponseReview] = _table()
    verifications: Mapping[str, Verification] = _table()
    effectiveness: Mapping[str, Effectiveness] = _table()
    review_queries: Mapping[str, ReviewQuery] = _table()
    query_answers: Mapping[str, QueryAnswer] = _table()
    reviews: Mapping[str, Review] = _table()
    decisions: Mapping[str, CertificationDecision] = _table()
    annulments: Mapping[str, Annulment] = _table()
    change_notices: Mapping[str, ChangeNotice] = _table()
    change_reviews: Mapping[str, ChangeReview] = _table()
    monitorings: Mapping[str, Monitoring] = _table()
    draft_confirmations: Mapping[str, DraftConfirmation] = _table()
    certificates: Mapping[str, Certificate] = _table()
    documents: Mapping[str, IssuedDocument] = _table()
    settlements: Mapping[str, Settlement] = _table()

    TABLES: ClassVar[Mapping[str, type[Any]]]

    @property
    def client(self) -> Client | None:
        """The client; None in a dossier with nothing on record yet."""
        return next(iter(self.clients.values()), None)


Dossier.TABLES = tables_of(Dossier)

"""Nobody conforms to guidance: what the body claims is refused, what an auditor quotes is pointed out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from certbody.domain.claims import conformity_claims
from certbody.domain.objection import Level, Rule, Said, rule
from certbody.domain.standard import Nature

if TYPE_CHECKING:
    from certbody.domain.application import Application
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier


_TOKENS = re.compile(r"\d{4,}|[^\W\d]{6,}")


def _no_claim(table: str, level: Level, *fields: str) -> Rule:
    def no_claim_of_conformity_to_guidance(record: Any, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
        """The body never claims that somebody conforms to guidance; a denial is no claim, a quotation only warns."""
        application = _application(record, dossier)
        if application is None or application.basis.nature is not Nature.GUIDANCE:
            return
        for field in fields:
            if not _mentioned(getattr(record, field), application.basis.names):
                continue
            for claim in conformity_claims(getattr(record, field), application.basis.names):
                if claim.certain:
                    yield (
                        f"The {field.replace('_', ' ')} claims conformity to guidance: ‘{claim.said}’.",
                        f"say: certified under {application.basis.criteria}"
                        if level == "B"
                        else "say that it is quoted, and from where",
                    )

    clause = "ISO/IEC 17021-1:2015, 8.1.3, 8.2.2 f"
    return rule(28, level, clause, of=table, reads="applications" if level == "B" else "")(
        no_claim_of_conformity_to_guidance
    )


def _mentioned(text: str, names: tuple[str, ...]) -> bool:
    """Whether a text may speak of the document at all: a quick look before the closer one."""
    folded = text.casefold()
    tokens = {"iso", "international organi", *(word.casefold() for name in names for word in _TOKENS.findall(name))}
    return any(token in folded for token in tokens)


def _application(record: Any, dossier: Dossier) -> Application | None:
    audit = dossier.audits.get(getattr(record, "audit", ""))
    return dossier.applications.get(audit.application if audit else getattr(record, "application", ""))


NO_CLAIM_ON_A_CERTIFICATE = _no_claim("certificates", "B", "title", "statement", "scope", "scope_translated")
NO_CLAIM_IN_A_DRAFT = _no_claim("draft_confirmations", "B", "scope", "scope_translated")
NO_CLAIM_IN_A_DECISION = _no_claim("decisions", "B", "reason", "conditions", "scope")
NO_CLAIM_UNNOTICED_IN_A_FINDING = _no_claim("findings", "W", "statement", "evidence")
NO_CLAIM_UNNOTICED_IN_A_CONCLUSION = _no_claim(
    "conclusions", "W", "conformity_and_effectiveness", "capability", "scope_remark"
)

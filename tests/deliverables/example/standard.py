"""A short standard of our own questions, guidance, and the sentences of an invented body."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from certbody.domain.standard import (
    ChecklistItem,
    Clause,
    Edition,
    Method,
    Nature,
    Requirement,
    SiteKind,
    Standard,
)
from certbody.domain.wording import Wording


@cache
def standard() -> Standard:
    """Five clauses and twelve questions; guidance, so that the body's own scheme is what is cited."""
    both, central = (SiteKind.CENTRAL, SiteKind.SITE), (SiteKind.CENTRAL,)

    def item(
        key: str, ask: str, evidence: str, stages: tuple[int, ...], where: Any, core: bool = False
    ) -> ChecklistItem:
        clause = key.split("-")[0]
        return ChecklistItem(
            id=key,
            clause=clause,
            ask=ask,
            evidence=evidence,
            methods=(Method.INTERVIEW, Method.RECORD_SAMPLE),
            core=core,
            stages=stages,
            sites=where,
            requirements=(f"S{clause}.1",),
        )

    return Standard(
        code="iso10002",
        title="ISO 10002:2018",
        name="Quality management - Customer satisfaction - Guidelines for complaints handling in organizations",
        nature=Nature.GUIDANCE,
        edition=Edition(label="2018", published=date(2018, 7, 30), confirmed=True),
        criteria="S-10002",
        clauses=(
            Clause(number="5", title="Framework", assessable=False),
            Clause(number="5.2", title="Leadership"),
            Clause(number="7.2", title="Receipt of complaints"),
            Clause(number="7.4", title="Acknowledgement of complaints"),
            Clause(number="8.2", title="Analysis of complaints"),
            Clause(number="8.5", title="Auditing of the process"),
        ),
        items=(
            item(
                "5.2-1",
                "What did top management decide last year because of complaints?",
                "Minutes with dates.",
                (1, 2),
                central,
            ),
            item(
                "5.2-2",
                "Who is the representative for complaints, and to whom do they report?",
                "Appointment.",
                (1,),
                central,
            ),
            item(
                "7.2-1",
                "Follow a complaint that came in today: where is it now?",
                "Register beside mailbox.",
                (2,),
                both,
                True,
            ),
            item(
                "7.2-2",
                "Where do complaints arrive that nobody calls a complaint?",
                "Notebooks, social media.",
                (2,),
                both,
            ),
            item("7.2-3", "How does a customer find out how to complain here?", "Notices, website.", (1, 2), both),
            item(
                "7.4-1",
                "How soon is receipt acknowledged, and what does the message say?",
                "Five cases.",
                (2,),
                both,
                True,
            ),
            item("7.4-2", "What happens to complaints that arrive at the weekend?", "Rota; two cases.", (2,), both),
            item(
                "8.2-1",
                "Which complaint came up most often, and what was done about its cause?",
                "Analysis.",
                (1, 2),
                central,
            ),
            item(
                "8.5-1",
                "When was the process last audited, by whom, and what came of it?",
                "Audit report.",
                (1, 2),
                central,
                True,
            ),
            item(
                "8.5-2",
                "How is it made sure that auditors do not audit their own work?",
                "Plan; names.",
                (1, 2),
                central,
            ),
        ),
        requirements=(
            Requirement(
                number="S5.2.1",
                title="Leadership",
                text="Top management shall decide what complaints call for.",
                clauses=("5.2",),
            ),
            Requirement(
                number="S7.2.1",
                title="Receipt",
                text="Each complaint shall be recorded on the day it arrives.",
                clauses=("7.2",),
            ),
            Requirement(
                number="S7.4.1",
                title="Acknowledgement",
                text="Receipt shall be acknowledged at once.",
                clauses=("7.4",),
            ),
            Requirement(
                number="S8.2.1",
                title="Analysis",
                text="Complaints shall be analysed for their causes.",
                clauses=("8.2",),
            ),
            Requirement(
                number="S8.5.1",
                title="Internal audit",
                text="The process shall be audited every year.",
                clauses=("8.5",),
            ),
        ),
    )


@cache
def wording() -> Wording:
    """Sentences of an invented body."""
    return Wording(
        certificate_titles=("Certificate",),
        certificate_statement=(
            "{body} certifies that the complaints-handling process of {client} at {sites} for {scope} fulfils the "
            "requirements of scheme {criteria}, issue {issue} of {issued}. {accreditation_note}"
        ),
        accreditation_note="Not issued under accreditation.",
        attests_not="This document does not attest conformity to ISO 10002, which is a guidance document.",
        client_sentence="The complaints-handling process of {client} is certified under scheme {criteria} of {body}.",
        quotation_note="The fee is for the audit and the decision: it is the same whatever the outcome.",
        sampling_disclaimer=(
            "An audit rests on samples of cases, records, people, times and places. Nonconformities may exist that it "
            "did not meet."
        ),
    )

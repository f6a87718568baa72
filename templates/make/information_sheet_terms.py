"""What the information sheet says of every scheme, in our own words: steps, cycle, rights, duties, ways to disagree."""

from __future__ import annotations

STEPS = (
    (
        "1",
        "Apply",
        (
            "You send the application form: scope, all sites, personnel, who advised you.",
            "We review it, and accept or decline it with reasons.",
            "You get a quotation over three years. It stands for {{ audit.quotation_days }} days.",
            "Both sides sign the agreement. No audit begins before.",
        ),
    ),
    (
        "2",
        "Be audited",
        (
            "You are told who comes {{ audit.team_notice_days }} days before, or earlier, and may object with reasons.",
            "Stage 1 asks whether you are ready.",
            "Stage 2 looks, at your sites, at how it works in practice.",
            "You answer what was found, usually within {{ audit.response_days }} days.",
        ),
    ),
    (
        "3",
        "Get a decision",
        (
            "People who were on none of the audits review everything.",
            "They decide: to grant, or to refuse with reasons.",
            "You confirm the text of the certificate.",
            "It is issued and can be verified by anyone.",
        ),
    ),
)
CYCLE = (
    (
        "Initial certification",
        "once",
        "Stage 1: documents, scope, readiness. Stage 2, at your sites: are the requirements fulfilled?",
        "Granted or refused.",
    ),
    (
        "First surveillance",
        "within 12 months of the decision",
        "Internal audits and management review, earlier nonconformities, complaints, results against objectives, "
        "changes, use of certificate and mark, and a part of the rest.",
        "Maintained, suspended, reduced or withdrawn.",
    ),
    (
        "Second surveillance",
        "in the following calendar year",
        "The same; other parts, sites and samples.",
        "As before.",
    ),
    (
        "Recertification",
        "before the certificate expires",
        "The whole of it over the whole cycle, what it achieved, and complaints about you that reached us.",
        "Renewed; otherwise it ends on its last day.",
    ),
    (
        "Audits in between",
        "where there is reason",
        "A complaint, a major change, a suspension, a wider scope; at short notice if need be.",
        "Restored, widened, reduced or withdrawn.",
    ),
)
PDCA = (
    ("Plan", "plan", "You set policy, scope, objectives and means.", "We plan the audits of three years, and look "
     "at your planning at stage 1."),
    ("Do", "do", "You work by it, at every site, and keep records.", "We see it at work, in samples, at stage 2 and at "
     "each surveillance."),
    ("Check", "check", "You measure, audit yourselves, and review what came of it.", "We compare figures, internal "
     "audits and reviews with what we see."),
    ("Act", "act", "You remove causes, and improve.", "We verify that corrective actions were carried out, and had "
     "their effect."),
)  # fmt: skip
RIGHTS = (
    "to know beforehand what is audited, by whom, for how long, why, and at what price",
    "to object to a member of the team, with reasons, and to hear what qualifies each",
    "to a written report on every audit, and to hear every finding before the audit ends",
    "to disagree with a finding, and to appeal against a decision",
    "to confidentiality: what we learn of you, also from others, is passed on only with your consent, or where law "
    "demands it and, if it allows, you have been told",
    "to be told in time when requirements change",
    "to end the certification",
)
DUTIES = (
    "to fulfil the requirements at all times",
    "to give the team access to sites, records and people, also of those who work for you in the scope",
    "to let observers take part who were announced, such as assessors of an accreditation body",
    "to keep a record of complaints about what is certified, and to show us what you did about them",
    "to tell us without delay of changes of ownership, organization, key people, address, sites, scope or system",
    "to answer nonconformities in time, with extent, correction, cause and corrective action",
    "to refer to the certification correctly, and to stop when it is suspended or withdrawn",
)
WAYS = (
    (
        "Dispute",
        "a finding of the auditors",
        "Say so at the closing meeting or in your answer; your words go on record, and before those who decide.",
    ),
    (
        "Appeal",
        "a decision about your application or certificate",
        "Write to us. It is decided by people who neither audited nor took part in the decision.",
    ),
    (
        "Complaint",
        "our work, or a client that we certified; open to everybody",
        "Write or call. People whom it does not concern handle and decide it. What is valid about a client is passed "
        "on to that client; no name without consent.",
    ),
)

"""Template of the decision letter."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from templates.make.quoted import quoted
from templates.make.style import Column, bullet, each, facts, finished, heading, new_document, paragraph, rows, when

FILE = "decision.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Decision letter")
    paragraph(document, "", "After Table").paragraph_format.space_before = Pt(34)  # the address stands in its window
    with each(document, "line in letter.to"):
        paragraph(document, "{{ line }}").paragraph_format.space_after = Pt(0)
    dated = paragraph(document, "{{ letter.date }}")
    dated.paragraph_format.space_before = Pt(20)
    dated.paragraph_format.space_after = Pt(0)
    paragraph(document, "Our reference {{ decision.number }}, application {{ decision.application }}", "Note")
    heading(document, "{{ letter.subject }}")
    paragraph(document, "{{ letter.salutation }}")
    with when(document, "decision.granted"):
        paragraph(
            document,
            "We are glad to tell you that on {{ decision.on }} {{ body.name }} decided to grant certification to "
            "{{ client.name }}. The decision was taken by people who took no part in your audits, on the basis of the "
            "audit reports, your answers, and a review of both.",
        )
    with when(document, "decision.refused"):
        paragraph(
            document,
            "On {{ decision.on }} {{ body.name }} decided not to grant certification to {{ client.name }}. The "
            "decision was taken by people who took no part in your audits. We are sorry to bring you this news, and "
            "set out below why, and what you can do.",
        )
    facts(
        document,
        [
            ("Audited against", "{{ decision.criteria }}"),
            ("Scope", "{{ decision.scope }}"),
            ("Sites", ("{%p for site in sites %}", "{{ site.name }}, {{ site.address }}", "{%p endfor %}")),
            ("{{ certificate.title }}", "{{ certificate.number }}", "certificate.issued"),
            ("In effect from", "{{ decision.effective }}", "decision.granted"),
            ("Valid", "from {{ certificate.from }} until {{ certificate.until }}", "decision.granted"),
            ("Accreditation", "{{ certificate.accreditation }}", "decision.granted and certificate.accreditation"),
            ("Reason", "{{ decision.reason }}"),
        ],
        whole=False,
    )
    with when(document, "decision.granted"):
        _granted(document)
    with when(document, "decision.refused"):
        _refused(document)
    _rights(document)
    _close(document)
    return finished(document)


def _granted(document: Any) -> None:
    with when(document, "certificate.issued"):
        paragraph(
            document, "The document is enclosed. Keep it with the report; it stays the property of {{ body.name }}."
        )
    with when(document, "not certificate.issued"):
        paragraph(document, "The document follows as soon as you have confirmed the draft of its text.")
    with when(document, "decision.conditions"):
        heading(document, "Conditions", 2)
        paragraph(document, "{{ decision.conditions }}")
    heading(document, "What comes next", 2)
    bullet(
        document,
        "The first surveillance audit takes place by {{ surveillance.by }}, twelve months after the decision at the "
        "latest.{% if surveillance.planned %} It is planned for {{ surveillance.planned }}.{% endif %} We will write "
        "to you in good time about its days and its team.",
    )
    with each(document, "point in watched"):
        bullet(
            document,
            "Nonconformity {{ point.number }} ({{ point.grade }}): {{ point.state }}. What your action has brought "
            "about will be looked at during the next audit.",
        )
    bullet(
        document, "Certification remains valid only as long as you fulfil the requirements and the audits take place."
    )
    heading(document, "Changes to tell us without delay", 2)
    paragraph(document, "Please write to us at once when any of these changes:", keep=True)
    for text in (
        "legal, commercial or organizational status, or ownership;",
        "organization and management, such as key people who decide or carry out what is certified;",
        "contact address and sites;",
        "what is done under the certified scope;",
        "the certified system and its processes, where the change is a major one.",
    ):
        bullet(document, text)
    paragraph(document, "We will tell you what follows from it: nothing, an update, an audit, or a change of scope.")
    _use(document)


def _use(document: Any) -> None:
    heading(document, "How you may refer to the certification", 2)
    with when(document, "use.sentence"):
        paragraph(document, "You may use this sentence, unchanged:", keep=True)
        quoted(document, "“{{ use.sentence }}”")
    paragraph(
        document,
        "Refer to it for the scope and the sites named above only, while it is valid; never on a product or its "
        "packaging, nor on laboratory, calibration or inspection reports; and never so that somebody could take a "
        "product or service to be certified. On suspension or withdrawal you stop at once; when the scope is reduced, "
        "you amend what you have published.{% if use.rules %} The rules in full: {{ use.rules }}.{% endif %}"
        "{% if use.scheme %} The scheme is published at {{ use.scheme }}.{% endif %}",
    )


def _refused(document: Any) -> None:
    with when(document, "unsettled"):
        paragraph(document, "These nonconformities stood open on the day of the decision:", keep=True)
        rows(
            document,
            "point in unsettled",
            [
                Column("Nonconformity", 34, ("{{ point.number }}", ("Table Small", "{{ point.grade }}"))),
                Column("What is not fulfilled", 0, "{{ point.statement }}"),
                Column("Still missing", 46, ("{{ point.needed }}", ("Table Small", "now: {{ point.state }}"))),
            ],
            whole=False,
        )
    with when(document, "decision.conditions"):
        heading(document, "Please note", 2)
        paragraph(document, "{{ decision.conditions }}")
    heading(document, "What you can do", 2)
    bullet(document, "You may appeal against this decision, as set out at the end of this letter.")
    bullet(
        document,
        "You may apply anew at any time. Deal with what stands open first; what has been found and verified so far "
        "stays on record and will be taken into account as far as it still holds.",
    )
    bullet(
        document,
        "You may ask us to explain the reason and the requirements. We cannot advise you on how to fulfil them, since "
        "we would then judge our own work.",
    )
    paragraph(
        document,
        "Until certification is granted, please do not refer to it, nor to the audit, as if it had been.",
    )


def _rights(document: Any) -> None:
    heading(document, "Appeals and complaints", 2)
    paragraph(
        document,
        "You may appeal against this decision in writing{% if appeals.to %} ({{ appeals.to }}){% endif %}. Your appeal "
        "is acknowledged; it is handled by people who neither audited you nor took part in this decision; you are told "
        "of its progress and its result; and it brings you no disadvantage. You may also complain about our work at "
        "any time, in the same way.{% if appeals.process %} The process: {{ appeals.process }}.{% endif %}",
        keep=True,
    )


def _close(document: Any) -> None:
    closing = paragraph(document, "Yours sincerely", keep=True)
    closing.paragraph_format.space_before = Pt(12)
    closing.paragraph_format.space_after = Pt(32)
    named = paragraph(document, "{{ signatory.name }}{% if signatory.title %}, {{ signatory.title }}{% endif %}")
    named.paragraph_format.keep_together = True
    named.runs[0].add_break()
    named.add_run("{{ body.name }}")

"""Template of the letter on a regrading."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from templates.make.style import each, facts, finished, heading, new_document, paragraph, when

FILE = "regrading.docx"


def made() -> bytes:
    """The template's bytes."""
    document = new_document("Letter on a regrading")
    paragraph(document, "", "After Table").paragraph_format.space_before = Pt(26)  # the address stands in its window
    with each(document, "line in letter.to"):
        paragraph(document, "{{ line }}").paragraph_format.space_after = Pt(0)
    dated = paragraph(document, "{{ letter.date }}")
    dated.paragraph_format.space_before = Pt(20)
    dated.paragraph_format.space_after = Pt(0)
    paragraph(document, "Our reference {{ nonconformity.number }}, audit {{ nonconformity.audit }}", "Note")
    heading(document, "{{ letter.subject }}")
    paragraph(document, "{{ letter.salutation }}")
    paragraph(
        document,
        "We have looked at this nonconformity again after the report of the audit, and it gets another grade. You find "
        "below why, what follows from it, and what you can do if you do not agree.",
    )
    facts(
        document,
        [
            ("Requirement", "{{ nonconformity.requirement }}"),
            ("What was found", "{{ nonconformity.statement }}"),
            ("Grade so far", "{{ regrading.before }}"),
            ("Grade from {{ regrading.on }} on", "{{ regrading.after }}"),
            ("Reason", "{{ regrading.reason }}"),
            ("Regraded by", "{{ regrading.by }}, {{ body.name }}"),
        ],
        whole=False,
    )
    _answer(document)
    _decision(document)
    _report(document)
    _rights(document)
    _close(document)
    return finished(document)


def _answer(document: Any) -> None:
    heading(document, "What follows from it", 2)
    with when(document, "regrading.none"):
        paragraph(
            document,
            "It asks for no answer any more.{% if answer.received %} What you sent us on {{ answer.received }} stays "
            "on record.{% endif %} As an opportunity for improvement it is for you to use or to leave.",
        )
    with when(document, "not regrading.none and not answer.received"):
        paragraph(
            document,
            "Please answer it in the response form: extent, correction, cause, and corrective action with owner and "
            "date.{% if answer.due %} We need your answer by {{ answer.due }}.{% endif %}{% if answer.overdue %} It "
            "was due on {{ answer.overdue }}; please send it without delay.{% endif %}",
        )
    with when(document, "not regrading.none and answer.received and not answer.accepted"):
        paragraph(
            document,
            "{% if answer.rejected %}Your answer of {{ answer.received }} was sent back; please answer anew"
            "{% if answer.due %} by {{ answer.due }}{% endif %}.{% else %}Your answer of {{ answer.received }} has "
            "arrived, and is being reviewed in the light of the new grade.{% endif %}",
        )
    with when(document, "not regrading.none and answer.accepted"):
        paragraph(
            document,
            "Your answer of {{ answer.received }} is accepted, and stays so: you need not write it again.",
        )
    with when(document, "regrading.major and answer.verified"):
        paragraph(
            document,
            "Correction and corrective action were found implemented on {{ answer.verified }}; nothing more is needed.",
        )
    with when(document, "regrading.major and not answer.verified"):
        paragraph(
            document,
            "For a major nonconformity we also verify that correction and corrective action are implemented, from what "
            "you send us or at your site.{% if answer.verified_by %} This has to be done by {{ answer.verified_by }}."
            "{% endif %} Please tell us when you are ready.",
        )
    with when(document, "regrading.minor"):
        paragraph(
            document,
            "For a minor nonconformity an accepted answer is enough for the time being. What your action has brought "
            "about is looked at during the next audit.",
        )


_BY_OTHERS = "The decision is taken on this grade, by people who took no part in the audit."


def _decision(document: Any) -> None:
    with when(document, "decision.taken"):
        paragraph(
            document,
            "The decision {{ decision.number }} of {{ decision.on }} stands as it was taken; a change of grade does "
            "not undo it.{% if regrading.major %} If what follows from the new grade bears on your certification, it "
            "is decided anew, and we tell you.{% endif %}",
        )
    with when(document, "not decision.taken and regrading.major"):
        paragraph(
            document,
            "Nothing is granted before your answer is accepted and its implementation is verified."
            "{% if answer.verified_by and answer.initial %} If that is not done by {{ answer.verified_by }}, six "
            "months after the last day of stage 2, stage 2 has to be held again.{% endif %} " + _BY_OTHERS,
        )
    with when(document, "not decision.taken and regrading.minor"):
        paragraph(
            document,
            "It stands against a positive decision only as long as your answer is not accepted; its implementation "
            "need not be verified before. " + _BY_OTHERS,
        )
    with when(document, "not decision.taken and regrading.none"):
        paragraph(document, "It no longer stands against a positive decision. " + _BY_OTHERS)


def _report(document: Any) -> None:
    with when(document, "report.shows_it"):
        paragraph(document, "The revised report {{ report.number }} of {{ report.issued }} shows the new grade.")
    with when(document, "report.number and not report.shows_it"):
        paragraph(
            document,
            "Report {{ report.number }} of {{ report.issued }} shows the grade as it was then, and stays on record; "
            "please keep this letter with it.",
            "Note",
        )


def _rights(document: Any) -> None:
    heading(document, "If you do not agree", 2)
    paragraph(
        document,
        "You may dispute the finding or its grade: write to us{% if rights.to %} ({{ rights.to }}){% endif %} what you "
        "do not agree with, and why. Your words go on record beside the finding, and lie before those who decide. You "
        "may appeal against the decision, once it is taken, and complain about our work at any time; both are handled "
        "by people who were not involved, and bring you no disadvantage.{% if rights.process %} The process: "
        "{{ rights.process }}.{% endif %}",
        keep=True,  # no signature stands alone on a page
    )


def _close(document: Any) -> None:
    closing = paragraph(document, "Yours sincerely", keep=True)
    closing.paragraph_format.space_before = Pt(12)
    closing.paragraph_format.space_after = Pt(26)
    named = paragraph(document, "{{ signatory.name }}{% if signatory.title %}, {{ signatory.title }}{% endif %}")
    named.paragraph_format.keep_together = True
    named.runs[0].add_break()
    named.add_run("{{ body.name }}")

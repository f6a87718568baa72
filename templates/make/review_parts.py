"""The second half of the review and decision record: impartiality, decision, authentication, annexes."""

from __future__ import annotations

from typing import Any

from templates.make.style import Column, facts, heading, paragraph, rows, when


def impartiality(document: Any) -> None:
    """Who took part in the audits, and that reviewer and deciders are none of them."""
    heading(document, "6  Impartiality")
    paragraph(
        document,
        "Computed from the record on {{ day }}: who was assigned to an audit, or recorded anything there, neither "
        "reviews nor decides (ISO/IEC 17021-1:2015, 9.5.1.1).",
        "Note",
        keep=True,
    )
    heading(document, "Who took part in the audits", 3)
    with when(document, "participants"):
        rows(
            document,
            "person in participants",
            [
                Column("Person", 48, "{{ person.name }}"),
                Column("Audit", 44, ("{{ person.audit }}", ("Table Small", "{{ person.title }}"))),
                Column("Part", 0, "{{ person.part }}"),
            ],
        )
    with when(document, "not participants"):
        paragraph(document, "Nobody is on record.")
    heading(document, "Who reviews and decides", 3)
    with when(document, "checks"):
        rows(
            document,
            "check in checks",
            [
                Column("Person", 40, ("{{ check.name }}", ("Table Small", "{{ check.function }}"))),
                Column(
                    "On record",
                    0,
                    (
                        "Part in these audits: {{ check.audits }}",
                        ("Table Small", "Interests in the client: {{ check.interests }}"),
                        ("Table Small", "Standing agreement: {{ check.agreement }}"),
                        ("Table Small", "Competence: {{ check.competence }}"),
                    ),
                ),
                Column("Result", 26, "{{ check.clear }}"),
            ],
        )
        with when(document, "all_clear"):
            paragraph(document, "Nobody who reviewed or decided took part in an audit that the decision rests on.")
        with when(document, "not all_clear"):
            paragraph(document, "This stands against the review or the decision; see the rows that say NOT CLEAR.")
    with when(document, "not checks"):
        paragraph(document, "Nobody has reviewed or decided yet.")


def decision(document: Any) -> None:
    """What was decided, by whom and why."""
    heading(document, "7  Decision")
    with when(document, "decision.taken"):
        facts(
            document,
            [
                ("Decision", "{{ decision.kind | upper }}"),
                ("Number and day", "{{ decision.number }}, {{ decision.on }}"),
                ("In effect from", "{{ decision.effective }}"),
                ("Taken by", "{{ decision.by }}"),
                ("Committee", "{{ decision.members }}", "decision.members"),
                ("Scope", "{{ decision.scope }}"),
                ("Reason", "{{ decision.reason }}"),
                ("Conditions", "{{ decision.conditions }}"),
            ],
            whole=False,
        )
    with when(document, "not decision.taken"):
        paragraph(document, "Not taken yet.")


def signed(document: Any) -> None:
    """How review and decision were authenticated, with room for a signature by hand."""
    heading(document, "8  Authentication")
    paragraph(
        document,
        "A review and a decision are a person's own acts, authenticated by that person's PIN or key, or by this form, "
        "signed by hand and entered by somebody else.",
        "Note",
        keep=True,
    )
    with when(document, "signed"):
        rows(
            document,
            "sign in signed",
            [
                Column("Act", 20, "{{ sign.act }}"),
                Column("Person", 40, "{{ sign.name }}"),
                Column("Authenticated", 0, "{{ sign.how }}"),
                Column("Signature, where by hand", 46, ("", ("Table Signature", ""))),
            ],
        )
    with when(document, "not signed"):
        paragraph(document, "Nothing is there to be authenticated yet.")


def annexes(document: Any) -> None:
    """The facts with their four facts, and the documents issued by then."""
    heading(document, "Annex A  The facts, and how each came on record")
    paragraph(
        document,
        "For every fact: when it happened, whose act it is, who entered it and how the person was known, and when it "
        "was recorded. The four are kept apart.",
        "Note",
        keep=True,
    )
    rows(
        document,
        "fact in facts",
        [
            Column("Happened", 21, "{{ fact.happened }}"),
            Column("Fact", 0, "{{ fact.what }}"),
            Column("Whose act", 28, "{{ fact.by }}"),
            Column("Entered", 28, "{{ fact.entered }}"),
            Column("Recorded", 36, "{{ fact.recorded }}"),
        ],
    )
    heading(document, "Annex B  Documents issued by then")
    with when(document, "papers"):
        rows(
            document,
            "paper in papers",
            [
                Column("Issued", 22, "{{ paper.issued }}"),
                Column("Document", 0, ("{{ paper.name }}", ("Table Small", "{{ paper.number }}"))),
                Column("SHA-256, first 16 digits", 46, "{{ paper.sha256 }}"),
            ],
        )
    with when(document, "not papers"):
        paragraph(document, "None.")

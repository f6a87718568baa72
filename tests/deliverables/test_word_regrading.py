"""The letter on a regrading says what, why, what follows for answer and decision, and what the client may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.readable import document_text
from certbody.deliverables.regrading_notice import DELIVERABLE
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.claims import conformity_claims
from certbody.domain.dossier import Dossier
from certbody.domain.findings import Grade
from certbody.domain.regrading import Regrading
from certbody.domain.standard import AuditType
from certbody.errors import NotFound
from tests.deliverables import example
from tests.given import DUNJA, changed, dossier, without

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
TEMPLATE = resources.template(DELIVERABLE.template)
MAJOR, MINOR, OTHER = "finding-AK-1", "finding-AK-2", "finding-BF-1"
HOSTILE = "{{ document.head }} <b>&amp; \"=cmd|' /C calc'!A0\" {% if %} & Söhne 東京"


def undecided() -> Dossier:
    """The example before review and decision."""
    made: Dossier = without(dossier(), reviews="*", decisions="*", certificates="*", documents="*")
    return made


def showing(finding: str, to: Grade, found: Dossier | None = None, *, day: date = date(2026, 5, 20)) -> Showing:
    """What the letter sees of a regrading, on the day after it."""
    record = Regrading(
        id="regrading-9", finding=finding, regraded_on=day, by=DUNJA, grade=to, reason="The sample was too small."
    )
    state = (found or undecided()).having({"regradings": [record]})
    return example.showing(
        "regrading-9", dossier=state, on=day.replace(day=day.day + 1), draft=False, template="T-20 r1"
    )


def said(view: Showing) -> str:
    return document_text(fill_document(TEMPLATE, DELIVERABLE.fields(view), at=AT))


class TestTheLetter:
    """ISO/IEC 17021-1:2015, 9.4.10, 9.5.2."""

    @pytest.mark.parametrize(
        ("name", "finding", "to"),
        [("up", MINOR, Grade.MAJOR), ("down", MAJOR, Grade.MINOR), ("none", OTHER, Grade.OPPORTUNITY)],
    )
    def test_the_text_is_the_golden_one(
        self, name: str, finding: str, to: Grade, golden: Callable[[str, str], None]
    ) -> None:
        golden(f"regrading-{name}", said(showing(finding, to)))

    def test_template_and_fields_agree(self) -> None:
        fields = DELIVERABLE.fields(showing(MINOR, Grade.MAJOR))
        asked = {path for path in placeholders(TEMPLATE) if not path.startswith("pictures")}
        unknown, unused = unknown_and_unused(asked, fields)
        assert unknown == set()
        assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()

    def test_a_major_is_told_of_the_six_months_and_a_minor_is_not(self) -> None:
        assert "by 16\u00a0October\u00a02026, six months after the last day of stage 2" in said(
            showing(MINOR, Grade.MAJOR)
        )
        assert "October" not in said(showing(MAJOR, Grade.MINOR))

    def test_at_a_surveillance_there_are_no_six_months(self) -> None:
        found = changed(undecided(), "audits", "audit-2", kind=AuditType.SURVEILLANCE, stage=0)
        text = said(showing(MINOR, Grade.MAJOR, found))
        assert "verify that correction and corrective action are implemented" in text
        assert "six months" not in text

    def test_a_major_that_is_verified_needs_nothing_more(self) -> None:
        up_and_down = undecided().having(
            {
                "regradings": [
                    Regrading(
                        id="regrading-8",
                        finding=MAJOR,
                        regraded_on=date(2026, 5, 2),
                        by=DUNJA,
                        grade=Grade.MINOR,
                        reason="One site.",
                    )
                ]
            }
        )
        text = said(showing(MAJOR, Grade.MAJOR, up_and_down, day=date(2026, 6, 10)))
        assert "found implemented on 9\u00a0June\u00a02026; nothing more is needed" in text

    @pytest.mark.parametrize(
        ("gone", "on", "words"),
        [
            ("responses", date(2026, 5, 10), "We need your answer by 16\u00a0May\u00a02026."),
            ("responses", date(2026, 5, 20), "It was due on 16\u00a0May\u00a02026; please send it without delay."),
            ("response_reviews", date(2026, 5, 20), "is being reviewed in the light of the new grade"),
        ],
    )
    def test_how_far_the_answer_has_come_is_told(self, gone: str, on: date, words: str) -> None:
        found = without(undecided(), **{gone: "*"})
        assert words in said(showing(MAJOR, Grade.MINOR, found, day=on))

    def test_an_answer_that_was_sent_back_is_asked_for_anew(self) -> None:
        found = changed(undecided(), "response_reviews", "response-review-AK-1", accepted=False)
        assert "was sent back; please answer anew" in said(showing(MAJOR, Grade.MINOR, found))

    def test_a_decision_that_was_taken_stands(self) -> None:
        text = said(showing(MINOR, Grade.MAJOR, dossier(), day=date(2026, 6, 25)))
        assert "The decision D-2026-001 of 24\u00a0June\u00a02026 stands as it was taken" in text
        assert "Nothing is granted" not in text

    def test_dispute_and_appeal_are_named(self) -> None:
        text = said(showing(MAJOR, Grade.MINOR))
        assert "You may dispute the finding or its grade: write to us (office@fernhill.example)" in text
        assert "https://fernhill.example/appeals" in text

    def test_a_revised_report_that_shows_it_is_named(self) -> None:
        report = attrs.evolve(
            dossier().reports["report-2"],
            id="report-3",
            number="2026-014/R2",
            revision=2,
            reason="Regraded.",
            issued_on=date(2026, 5, 20),
        )
        text = said(showing(MAJOR, Grade.MINOR, undecided().having({"reports": [report]})))
        assert "The revised report 2026-014/R2 of 20\u00a0May\u00a02026 shows the new grade." in text
        assert "shows the grade as it was then" in said(showing(MAJOR, Grade.MINOR))

    def test_it_claims_no_conformity_to_the_guidance(self) -> None:
        assert conformity_claims(said(showing(MAJOR, Grade.MINOR)), ("ISO 10002:2018", "ISO 10002", "ISO")) == []

    def test_what_people_typed_stands_there_as_they_typed_it(self) -> None:
        view = showing(MAJOR, Grade.MINOR)
        record = attrs.evolve(view.dossier.regradings["regrading-9"], reason=HOSTILE)
        hostile: Any = attrs.evolve(view, dossier=view.dossier.having({"regradings": [record]}))
        assert HOSTILE in said(hostile)

    def test_of_nothing_there_is_none(self) -> None:
        with pytest.raises(NotFound, match="no regrading thing"):
            said(example.showing("thing"))

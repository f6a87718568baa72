"""The nonconformity report shows all that is on record of one nonconformity by its day, answers sent back included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables.deliverable import Recorded, Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.nonconformity import DELIVERABLE
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.claims import conformity_claims
from certbody.domain.dossier import Dossier
from certbody.domain.nonconformity import Response, ResponseReview, Verification
from certbody.errors import BadData, NotFound
from tests.deliverables import example
from tests.reconsidered import reconsidered

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
TEMPLATE = resources.template(DELIVERABLE.template)
MAJOR, DISPUTED = "finding-AK-1", "finding-BF-1"
HOSTILE = "{{ document.head }} <b>&amp; \"=cmd|' /C calc'!A0\" {% if %} & Söhne 東京\nsecond line\n\tthird"


def recorded(table: str, key: str) -> Recorded:
    return Recorded(by="P-01", entered_by="P-04", how="signed form", at=datetime(2026, 6, 24, 9, 12, tzinfo=UTC))


def known(**tables: Any) -> Dossier:
    state = example.dossier()
    return attrs.evolve(state, **{name: {**getattr(state, name), **rows} for name, rows in tables.items()})


def sent_back() -> Dossier:
    """A first answer, which was sent back, before the one that was accepted; a first check that failed."""
    first = Response(
        id="first",
        finding=MAJOR,
        received_on=date(2026, 4, 28),
        by="Henrik Lund",
        correction="Staff were told.",
        cause="Human error.",
    )
    review = ResponseReview(
        id="back",
        finding=MAJOR,
        response="first",
        reviewed_on=date(2026, 4, 30),
        by="P-01",
        accepted=False,
        reason="Extent and corrective action are missing.",
    )
    check = Verification(
        id="failed",
        finding=MAJOR,
        verified_on=date(2026, 5, 20),
        by="P-02",
        implemented=False,
        evidence="Rota exists on paper only.",
    )
    return known(responses={"first": first}, response_reviews={"back": review}, verifications={"failed": check})


def showing(about: str = MAJOR, **more: Any) -> Showing:
    return example.showing(about, **{"draft": False, "template": "T-09 r1", "recorded": recorded, **more})


def said(about: str = MAJOR, **more: Any) -> str:
    view = showing(about, **more)
    return document_text(fill_document(TEMPLATE, DELIVERABLE.fields(view), at=AT, pictures=DELIVERABLE.pictures(view)))


class TestContent:
    """ISO/IEC 17021-1:2015, 9.4.5, 9.4.9, 9.4.10."""

    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("nonconformity", said(dossier=sent_back()))

    @pytest.mark.parametrize("about", [MAJOR, DISPUTED])
    def test_template_and_fields_agree(self, about: str) -> None:
        asked = {path for path in placeholders(TEMPLATE) if not path.startswith("pictures")}
        unknown, unused = unknown_and_unused(asked, DELIVERABLE.fields(showing(about)))
        assert unknown == set()
        assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()

    @pytest.mark.parametrize("words", [
        "Major nonconformity", "S7.4.1 of S-10002, issue 1 of 2026-01-05", "Receipt shall be acknowledged at once.",
        "nobody looks at them before Monday", "14 of 20 weekend cases", "Urgent complaints wait",
        "Acknowledged by Greta Holm on 2026-04-16.", "Answer due | 2026-05-16", "402, of which 291",
        "All 291 complainants were written to", "done on 2026-05-04", "The rota of 2024 was made for letters.",
        "Weekend rota with two handlers", "Henrik Lund", "To be done by | 2026-06-05", "Done on | 2026-06-03",
        "Accepted on 2026-05-14 by Ada Kaya", "the action removes the cause",
        "Implemented | 2026-06-09\nAda Kaya\non site", "22 of 22 cases", "Effective | 2026-06-29",
        "118 of 118 cases", "State on 2026-06-30 | Effectiveness confirmed", "weekend-cases.pdf",
        "Signature:", "Name: Greta Holm",
    ])  # fmt: skip
    def test_every_part_of_the_record_is_there(self, words: str) -> None:
        assert words in said()

    def test_an_answer_sent_back_stays_with_the_reason(self) -> None:
        text = said(dossier=sent_back())
        assert "Answer 1 of 2" in text
        assert "Sent back on 2026-04-30 by Ada Kaya\nExtent and corrective action are missing." in text
        assert "Not implemented | 2026-05-20" in text
        assert text.count("Replaced by a later answer.") == 1

    def test_a_single_answer_is_not_counted(self) -> None:
        assert "Answer 1 of" not in said()
        assert "Answer of the client" in said()

    def test_a_dispute_is_told_at_once_and_in_the_clients_words(self) -> None:
        text = said(DISPUTED)
        assert "disputed by the client" in text
        assert "Disputed by Greta Holm on 2026-04-16: Notices had been ordered on 2026-04-02." in text

    def test_a_photograph_in_evidence_is_shown(self) -> None:
        assert [each.alt for each in DELIVERABLE.pictures(showing(DISPUTED)).values()] == [
            "Photograph counter.png, evidence E1"
        ]
        assert DELIVERABLE.pictures(showing()) == {}

    def test_the_history_keeps_the_four_facts_apart(self) -> None:
        rows = {row["what"]: row for row in DELIVERABLE.fields(showing())["history"]}
        assert rows["Implementation verified"] == {
            "what": "Implementation verified",
            "happened": date(2026, 6, 9),
            "by": "Ada Kaya",
            "entered": "Dunja Petrov, signed form",
            "recorded": "2026-06-24 09:12 UTC",
        }

    def test_it_claims_no_conformity_to_the_guidance(self) -> None:
        assert conformity_claims(said(), ("ISO 10002:2018", "ISO 10002", "ISO")) == []


class TestReconsidered:
    """ISO/IEC 17021-1:2015, 9.4.5, 9.4.9: another grade, and more time, with day, person and reason."""

    def test_more_time_stands_beside_the_day_to_answer_and_in_the_history(self) -> None:
        text = said(dossier=reconsidered())
        assert "Answer due | 2026-05-30\n2026-04-28: time to answer extended to 2026-05-30 by Carla Monti" in text
        assert "2026-04-28 | Time to answer extended to 2026-05-30" in text
        assert "extended" not in said(dossier=reconsidered(), on=date(2026, 4, 27))

    def test_another_grade_stands_with_its_reason_and_when_the_client_was_told(self) -> None:
        text = said(DISPUTED, dossier=reconsidered())
        assert "2026-014/BF-1 | Opportunity for improvement" in text
        assert "Regraded | 2026-05-20: regraded from minor to opportunity by Dunja Petrov: The order of" in text
        assert "State on 2026-06-30 | No nonconformity after all" in text
        assert "2026-05-21 | Grade told to Greta Holm" in text
        assert "Answer due" not in text

    def test_before_its_day_it_has_its_first_grade(self) -> None:
        text = said(DISPUTED, dossier=reconsidered(), on=date(2026, 5, 19))
        assert "2026-014/BF-1 | Minor nonconformity" in text
        assert "egraded" not in text


class TestDay:
    """It shows what was on record on its day, and never what came later."""

    def test_on_the_closing_day_nothing_is_answered_yet(self) -> None:
        text = said(on=date(2026, 4, 16))
        assert "No answer is on record. It is due on 2026-05-16." in text
        assert "Not verified yet." in text
        assert "Weekend rota" not in text
        assert "State on 2026-04-16 | Response awaited" in text

    def test_before_the_closing_meeting_there_is_no_day_yet(self) -> None:
        state = attrs.evolve(example.dossier(), meetings={})
        assert "set when the closing meeting is held" in said(dossier=state, on=date(2026, 4, 15))

    def test_an_answer_not_reviewed_by_the_day_says_so(self) -> None:
        text = said(on=date(2026, 5, 12))
        assert "not reviewed yet" in text
        assert "Accepted" not in text

    def test_what_is_overdue_says_so(self) -> None:
        state = attrs.evolve(example.dossier(), responses={})
        assert "Response overdue" in said(dossier=state, on=date(2026, 5, 17))


class TestRefused:
    """Only a nonconformity has a nonconformity report."""

    def test_of_an_opportunity_there_is_none(self) -> None:
        with pytest.raises(BadData, match="2026-014/AK-3 is graded opportunity"):
            said("finding-AK-3")

    def test_of_nothing_there_is_none(self) -> None:
        with pytest.raises(NotFound, match="no finding thing"):
            said("thing")


@pytest.mark.parametrize("text", [HOSTILE, ("word & <tag> " * 2_460).strip()], ids=["hostile", "long"])
def test_what_people_typed_stands_there_as_they_typed_it(text: str) -> None:
    finding = attrs.evolve(example.dossier().findings[MAJOR], statement=text, evidence=text, reason=text)
    answer = attrs.evolve(
        example.dossier().responses["response-AK-1"], extent=text, correction=text, cause=text, corrective_action=text
    )
    check = attrs.evolve(example.dossier().verifications["verification-1"], evidence=text)
    state = known(findings={MAJOR: finding}, responses={answer.id: answer}, verifications={check.id: check})
    assert said(dossier=state).count(text) == 8

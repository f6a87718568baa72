"""The review and decision record, and the letter that tells the client of the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables import decision, review
from certbody.deliverables.deliverable import Deliverable, Recorded, Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.matter import matter
from certbody.deliverables.readable import document_text
from certbody.deliverables.traced import facts
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.body import Body
from certbody.domain.certificate_text import drafted
from certbody.domain.claims import conformity_claims
from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.people import Competence, Function, Interest, InterestKind
from certbody.domain.wording import Wording
from certbody.errors import BadData, NotFound
from tests import given
from tests.deliverables import example, letters
from tests.later import MONITORED, later

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
NAMES = ("ISO 10002:2018", "ISO 10002", "ISO")
HOSTILE = "{{ document.head }} <b>&amp; \"=cmd|' /C calc'!A0\" {% if %} & Söhne 東京"


def wording() -> Wording:
    return resources.wording(resources.shipped("iso10002"))


def body() -> Body:
    """The example's, whose head of certification is competent to decide."""
    granted = Competence(
        id="decides", person="P-03", standard="iso10002", function=Function.DECISION, granted_on=date(2024, 2, 1)
    )
    return attrs.evolve(example.body(), competences={**example.body().competences, "decides": granted})


def recorded(table: str, key: str) -> Recorded:
    """As a journal tells it: Dunja Petrov entered what others did, reviews by PIN, decisions by a signed form."""
    how = {"reviews": "pin", "decisions": "signed form"}.get(table, "said")
    by = getattr(example.dossier().record(table, key), "by", "P-04")
    known = by if by in example.body().people else "P-04"
    entered = known if table == "reviews" else "P-04"
    return Recorded(by=known, entered_by=entered, how=how, at=datetime(2026, 6, 24, 9, 12, tzinfo=UTC))


def showing(about: str = "decision-1", **more: Any) -> Showing:
    given = {
        "body": body(),
        "wording": wording(),
        "terms": letters.terms("en"),
        "recorded": recorded,
        "draft": False,
        "template": "T-12 r1",
        **more,
    }
    return example.showing(about, **given)


def text(found: Deliverable, view: Showing) -> str:
    return document_text(fill_document(resources.template(found.template), found.fields(view), at=AT))


def record(**more: Any) -> str:
    return text(review.DELIVERABLE, showing(**more))


def letter(**more: Any) -> str:
    return text(decision.DELIVERABLE, showing(**more))


def changed(**tables: Any) -> Dossier:
    """The example with records replaced or, where None, tables emptied."""
    state = example.dossier()
    return attrs.evolve(
        state, **{name: {} if rows is None else {**getattr(state, name), **rows} for name, rows in tables.items()}
    )


def decided(**changes: Any) -> CertificationDecision:
    return attrs.evolve(example.dossier().decisions["decision-1"], **changes)


def refused() -> Dossier:
    reason = "The corrective action for 2026-014/AK-1 was not implemented within the time agreed."
    return changed(
        decisions={"decision-1": decided(kind=Kind.REFUSE, reason=reason)}, certificates=None, verifications=None
    )


def agreed(found: Deliverable, view: Showing) -> tuple[set[str], set[str]]:
    """What the template asks for in vain, and what it leaves out of the fields that are not every document's."""
    unknown, unused = unknown_and_unused(placeholders(resources.template(found.template)), found.fields(view))
    return unknown, {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")}


class TestRecord:
    """ISO/IEC 17021-1:2015, 9.5.1.4, 9.5.2, 9.5.3.1."""

    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("review", record())

    def test_template_and_fields_agree(self) -> None:
        assert agreed(review.DELIVERABLE, showing()) == (set(), set())

    @pytest.mark.parametrize("said", [
        "Scope, sites and personnel as applied for.", "ready for stage 2", "2026-014-R, revision 1, of 2026-04-22",
        "recommends to grant once nonconformities are dealt with",
        "Was the weekend rota seen at work, or only on paper?",
        "Answered 2026-06-16 by Ada Kaya: At work, on 2026-06-06.", "The major is verified on site",
        "audited this client on 2026-04-14 as auditor", "GRANT", "D-2026-001, 2026-06-24",
        "All requirements of the scheme are fulfilled",
    ])  # fmt: skip
    def test_it_shows_what_the_decision_rests_on(self, said: str) -> None:
        assert said in record()

    def test_nonconformities_stand_as_they_were_on_the_day_and_not_later(self) -> None:
        on_the_day = {row["number"]: row for row in review.fields(showing())["nonconformities"]}
        assert on_the_day["2026-014/AK-1"]["state"] == "implementation verified"  # confirmed effective only afterwards
        assert on_the_day["2026-014/AK-2"]["state"] == "response accepted"

    def test_a_major_without_verification_is_not_enough_and_a_minor_with_a_plan_is(self) -> None:
        said = record(dossier=changed(verifications=None))
        assert "NOT ENOUGH for a grant: implementation verified is missing" in said
        assert "Not enough for a grant: 2026-014/AK-1." in said
        assert "None of them stands against a grant." in record()

    def test_a_restoration_is_told_as_one_with_the_suspension_before_it(self) -> None:
        found = letters.dossier(letters.earlier(Kind.SUSPEND), letters.taken(Kind.RESTORE))
        more = {"dossier": found, "on": letters.ON, "recorded": lambda table, key: None}
        said = record(about="decision-2", **more)
        assert "enough for a restoration" in said
        assert "None of them stands against a restoration." in said
        assert "enough for a grant" not in said
        assert "FC-2026-0001, suspended since 2027-01-04; cause to be removed by 2027-07-03" in said
        told = [row["what"] for row in review.fields(showing("decision-2", **more))["facts"]]
        decisions = [what for what in told if what.startswith("Decision ")]
        assert decisions == [
            "Decision D-2026-001: grant",
            "Decision D-2027-001: suspend, audit not made possible in time",
            "Decision D-2027-002: restore",
        ]

    @pytest.mark.parametrize(
        ("kind", "said"), [(Kind.RENEW, "a renewal"), (Kind.EXPAND, "an expansion"), (Kind.MAINTAIN, "certification")]
    )
    def test_what_nonconformities_are_enough_for_is_what_is_decided(self, kind: Kind, said: str) -> None:
        more = {"on": letters.ON, "recorded": lambda table, key: None}
        shown = record(about="decision-2", dossier=letters.dossier(letters.taken(kind)), **more)
        assert f"None of them stands against {said}." in shown

    def test_changes_and_surveillances_since_the_grant_are_among_the_facts(self) -> None:
        monitored = attrs.evolve(MONITORED, monitored_on=date(2026, 6, 28))
        seen = Showing(
            dossier=later().having({"monitorings": [monitored]}),
            body=given.body(),
            about="decision-2",
            on=date(2026, 6, 29),
        )
        told = [row["what"] for row in facts(seen, matter(seen))]
        assert [what for what in told if what.startswith(("Change ", "2026-021 monitored"))] == [
            "Change CH-2026-001 received: name, address or legal form",
            "Change CH-2026-001 reviewed: reissue of the certificate",
            "2026-021 monitored: certification goes on",
        ]

    def test_before_the_decision_it_says_so(self) -> None:
        said = record(about="application-1", dossier=changed(decisions=None, certificates=None), draft=True)
        assert "Not taken yet." in said
        assert "DRAFT" in said
        assert review.number(showing(about="application-1", dossier=changed(decisions=None))) == "A-2026-001"

    def test_before_the_review_it_says_so(self) -> None:
        said = record(about="application-1", dossier=changed(decisions=None, reviews=None), on=date(2026, 6, 1))
        assert "No review is on record." in said
        assert "Nobody has reviewed or decided yet." in said

    def test_a_committee_is_named_member_by_member(self) -> None:
        said = record(dossier=changed(decisions={"decision-1": decided(members=("P-03", "P-04"))}))
        assert "Carla Monti and Dunja Petrov" in said
        assert "Member of the committee" in said

    def test_what_is_about_nothing_is_not_found(self) -> None:
        with pytest.raises(NotFound, match="no application, review or decision thing-1"):
            record(about="thing-1")

    def test_a_hostile_text_is_printed_as_it_is(self) -> None:
        said = record(dossier=changed(decisions={"decision-1": decided(reason=HOSTILE)}))
        assert HOSTILE in said


class TestImpartiality:
    """ISO/IEC 17021-1:2015, 9.5.1.1, 5.2.10: computed from what people did."""

    def checks(self, **more: Any) -> dict[str, dict[str, Any]]:
        return {row["name"]: row for row in review.fields(showing(**more))["checks"]}

    def test_reviewer_and_decider_who_took_no_part_are_clear(self) -> None:
        assert {name: row["clear"] for name, row in self.checks().items()} == {
            "Dunja Petrov": "clear",
            "Carla Monti": "clear",
        }
        assert "Nobody who reviewed or decided took part" in record()

    def test_an_auditor_who_decides_is_not_clear_and_the_record_says_which_audits(self) -> None:
        said = self.checks(dossier=changed(decisions={"decision-1": decided(by="P-01")}))
        assert said["Ada Kaya"]["clear"] == "NOT CLEAR"
        assert "audited this client on 2026-03-10 as leader" in said["Ada Kaya"]["audits"]
        assert said["Dunja Petrov"]["clear"] == "clear"

    def test_a_tie_to_the_client_is_shown_with_its_end(self) -> None:
        tie = Interest(
            id="tie",
            person="P-03",
            client=example.dossier().journal or "C-0001",
            kind=InterestKind.CONSULTANCY,
            ended_on=date(2025, 6, 1),
            disclosed_on=date(2026, 1, 2),
        )
        state = attrs.evolve(example.dossier(), journal=tie.client)
        said = self.checks(body=attrs.evolve(body(), interests={"tie": tie}), dossier=state)
        assert said["Carla Monti"]["clear"] == "NOT CLEAR"
        assert "consultancy for this client ended on 2025-06-01" in said["Carla Monti"]["interests"]

    def test_who_holds_no_competence_to_decide_is_not_clear(self) -> None:
        assert self.checks(body=attrs.evolve(body(), competences={}))["Carla Monti"]["clear"] == "NOT CLEAR"


class TestFourFacts:
    """By, entered by, when it happened, when it was recorded are four facts (rule 47)."""

    def test_every_fact_shows_the_four(self) -> None:
        rows = {row["what"]: row for row in review.fields(showing())["facts"]}
        assert rows["Decision D-2026-001: grant"] == {
            "what": "Decision D-2026-001: grant",
            "happened": date(2026, 6, 24),
            "by": "Carla Monti",
            "entered": "Dunja Petrov, signed form",
            "recorded": "2026-06-24 09:12 UTC",
        }
        assert rows["Review"]["entered"] == "own PIN"
        assert "own PIN, on record since 2026-06-24 09:12 UTC" in record()

    def test_they_stand_in_the_order_in_which_things_happened_and_none_is_later_than_the_decision(self) -> None:
        days = [row["happened"] for row in review.fields(showing())["facts"]]
        assert days == sorted(days)
        assert days[-1] <= date(2026, 6, 24)
        assert len(days) > 20

    def test_without_a_journal_at_hand_it_says_so(self) -> None:
        assert "not at hand" in text(review.DELIVERABLE, example.showing("decision-1", body=body()))


class TestGrant:
    """The letter on a grant: validity, what comes next, use of the certification, appeal."""

    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("decision-grant", letter())

    def test_template_and_fields_agree(self) -> None:
        assert agreed(decision.DELIVERABLE, showing()) == (set(), set())

    @pytest.mark.parametrize("said", [
        "granted", "from 24\u00a0June\u00a02026 until 23\u00a0June\u00a02029", "FC-2026-0001, revision 1",
        "takes place by 24\u00a0June\u00a02027", "legal, commercial or organizational status, or ownership;",
        "has been certified under scheme S-10002 of Fernhill Certification Ltd", "https://fernhill.example/marks",
        "https://fernhill.example/appeals", "You may appeal against this decision", "Not issued under accreditation.",
        "2026-014/AK-2 (minor, response accepted)", "Carla Monti, Head of certification",
    ])  # fmt: skip
    def test_it_says_what_the_client_needs(self, said: str) -> None:
        assert said in letter()

    def test_it_claims_no_conformity_to_the_guidance(self) -> None:
        assert conformity_claims(letter(), NAMES) == []

    def test_before_the_certificate_is_issued_it_announces_it_with_the_validity_decided(self) -> None:
        said = letter(dossier=changed(certificates=None))
        assert "The document follows" in said
        assert "from 24\u00a0June\u00a02026 until 23\u00a0June\u00a02029" in said

    def test_conditions_stand_under_a_heading_of_their_own(self) -> None:
        condition = "A special audit of the shop takes place by 2026-12-31."
        assert f"Conditions\n{condition}" in letter(
            dossier=changed(decisions={"decision-1": decided(conditions=condition)})
        )
        assert "Conditions\n" not in letter()

    def test_a_certificate_drafted_in_the_schemes_words_is_named_with_its_sites(self) -> None:
        state = example.dossier()
        made = drafted(state.applications["application-1"], state, body(), wording(), date(2026, 6, 26))
        kept = attrs.evolve(made, id="certificate-1", number="FC-2026-0001")
        assert "88 Dyke Road, 26721 Neudeich" in letter(dossier=changed(certificates={"certificate-1": kept}))


class TestRefusal:
    """The letter on a refusal: the reason, what can be done, appeal."""

    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("decision-refuse", letter(dossier=refused()))

    def test_template_and_fields_agree(self) -> None:
        assert agreed(decision.DELIVERABLE, showing(dossier=refused()))[0] == set()

    def test_it_gives_reason_what_is_missing_what_can_be_done_and_the_appeal(self) -> None:
        said = letter(dossier=refused())
        assert "was not implemented within the time agreed" in said
        assert "2026-014/AK-1" in said
        assert "implementation verified" in said
        assert "You may apply anew" in said
        assert "You may appeal against this decision" in said

    def test_it_gives_no_sentence_to_use_and_no_validity(self) -> None:
        said = letter(dossier=refused())
        assert "has been certified" not in said
        assert "until 23" not in said
        assert "surveillance" not in said
        assert conformity_claims(said, NAMES) == []

    def test_a_grant_gives_no_way_to_apply_anew(self) -> None:
        assert "apply anew" not in letter()


class TestLetterOfNothing:
    """There is a letter for what was decided, in a language that it is given."""

    def test_of_an_application_not_decided_on(self) -> None:
        with pytest.raises(NotFound, match="A-2026-001 has not been decided on"):
            letter(about="application-1", dossier=changed(decisions=None))

    def test_in_no_language(self) -> None:
        with pytest.raises(BadData, match="in which languages"):
            letter(terms=())

    def test_of_a_client_with_a_hostile_name_nothing_is_lost(self) -> None:
        client = attrs.evolve(example.dossier().client, name=HOSTILE)
        said = letter(dossier=attrs.evolve(example.dossier(), clients={client.id: client}))
        assert said.count(HOSTILE) >= 2

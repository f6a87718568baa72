"""What ships for ISO 10002 is complete, closed in itself, and claims nothing that guidance cannot carry."""

from __future__ import annotations

import re
import string
import tomllib
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import attrs
import pytest

from certbody import records
from certbody.domain.standard import (
    AuditType,
    ChecklistItem,
    Method,
    Nature,
    SectorLaw,
    SiteKind,
    Standard,
    Supplement,
    Verify,
    faults,
)
from certbody.errors import BadData
from certbody_iso10002.audit_time import SECTORS

FOLDER = Path(__file__).parents[2] / "standards" / "iso10002"
PRINCIPLES = [f"4.{number}" for number in range(2, 16)]
ASSESSABLE = [
    *PRINCIPLES,
    *(f"5.{number}" for number in range(1, 5)),
    *(f"6.{number}" for number in range(1, 5)),
    *(f"7.{number}" for number in range(1, 10)),
    *(f"8.{number}" for number in range(1, 8)),
]
CORE = ["5.1", "5.2", "5.3", "5.4", "6.2", *(f"7.{number}" for number in range(1, 10)), "8.2", "8.5", "8.6"]
SUPPLEMENTS = [f"supplements/{path.name}" for path in sorted((FOLDER / "supplements").glob("*.toml"))]
READINESS = {"S8.1.3", "S8.5.3", "S8.6.3"}
FILLED = {"body", "client", "sites", "scope", "criteria", "issue", "issued", "accreditation_note"}


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def standard() -> Standard:
    merged = {
        **toml("standard.toml"),
        **toml("checklist.toml"),
        **toml("requirements.toml"),
        "supplements": [toml(f"supplements/{path.name}") for path in sorted((FOLDER / "supplements").glob("*.toml"))],
    }
    return records.load(merged, Standard, where="standards/iso10002")


def every_item() -> list[ChecklistItem]:
    return [*standard().items, *(item for extra in standard().supplements for item in extra.items)]


def extra(code: str) -> Supplement:
    found = standard().supplement(code)
    assert found is not None
    return found


def served(items: list[ChecklistItem]) -> set[str]:
    return {number for item in items for number in item.requirements}


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [found for each in inside for found in strings(each)]


_CLAIM = re.compile(
    r"\b(?i:certif\w*|conform\w*|compl(?:y|ies|iant|iance|ying)\b|fulfil\w*|meets?\b|satisf(?:y|ies)\b)"
    r"(?: (?:to|with|by|under|the|requirements|of|guidance|standard|in|accordance))* ISO\b"
    r"|\bISO(?: 10002)?(?::\d{4})?(?:[ -]| has | is )(?:certif|compl[iy]|conform|fulfil)"
)
_DENIAL = re.compile(r"\b(?:not|no|never|nothing|nobody|neither)\b", re.IGNORECASE)


def claims(text: str) -> list[str]:
    """Sentences that make ISO, or ISO 10002, the object of a claim and do not deny it."""
    sentences = re.split(r"(?<=[.?!])\s+", text)
    return [each for each in sentences if _CLAIM.search(each) and not _DENIAL.search(each)]


class TestClauses:
    """ISO 10002:2018 has five working clauses, 4 to 8, and is not in the harmonized structure."""

    def test_the_tree_is_complete_and_in_order(self) -> None:
        expected = []
        for heading in "45678":
            expected += [heading, *(["4.1"] if heading == "4" else []), *(c for c in ASSESSABLE if c[0] == heading)]
        assert [clause.number for clause in standard().clauses] == expected

    def test_fourteen_principles_are_assessable_and_headings_are_not(self) -> None:
        assert [c.number for c in standard().clauses if c.assessable] == ASSESSABLE
        assert len(PRINCIPLES) == 14

    def test_no_clause_is_numbered_as_in_a_management_system_standard(self) -> None:
        wrong = re.compile(r"(?<![\d.])(?:9|10)\.\d")
        assert not [c.number for c in standard().clauses if wrong.match(c.number)]
        assert not [item.id for item in every_item() if wrong.search(f"{item.clause} {item.ask} {item.evidence}")]

    def test_it_is_guidance_and_cites_the_scheme(self) -> None:
        assert standard().nature is Nature.GUIDANCE
        assert standard().criteria == toml("scheme.toml")["document"]["number"] == "S-10002"
        assert str(standard().edition.published) == "2018-07-30"
        assert standard().unverified


class TestChecklist:
    """Every assessable clause has questions; every question says what to look at."""

    def test_nothing_is_inconsistent(self) -> None:
        assert list(faults(standard())) == []

    @pytest.mark.parametrize("clause", ASSESSABLE)
    def test_a_clause_has_two_questions_numbered_after_it(self, clause: str) -> None:
        ids = [item.id for item in standard().items if item.clause == clause]
        assert len(ids) >= 2
        assert ids == [f"{clause}-{count}" for count in range(1, len(ids) + 1)]

    def test_an_item_of_a_supplement_carries_its_sector_and_clause_in_its_id(self) -> None:
        for extra in standard().supplements:
            assert 12 <= len(extra.items) <= 18
            for item in extra.items:
                assert item.sector == extra.code
                assert re.fullmatch(rf"[A-Z]+-{re.escape(item.clause)}-\d+", item.id)

    def test_every_field_is_written_in_the_file_so_that_no_default_decides(self) -> None:
        fields = {"id", "clause", "ask", "evidence", "methods", "core", "audits", "stages", "sites", "requirements"}
        for name in ("checklist.toml", *SUPPLEMENTS):
            for row in toml(name)["items"]:
                assert fields <= set(row), row.get("id")
                assert all(row[field] for field in fields - {"core"}), row["id"]

    def test_a_question_asks_and_its_evidence_is_concrete(self) -> None:
        for item in every_item():
            assert "?" in item.ask or item.ask.endswith("."), item.id
            assert 60 <= len(item.ask) <= 320, item.id
            assert 80 <= len(item.evidence) <= 420, item.id
            assert item.evidence.endswith((".", "?")), item.id

    def test_no_question_is_asked_twice(self) -> None:
        words = {item.id: set(re.findall(r"[a-z]+", item.ask.lower())) for item in every_item()}
        alike = [
            (one, two)
            for one, two in combinations(words, 2)
            if len(words[one] & words[two]) / len(words[one] | words[two]) > 0.5
        ]
        assert alike == []

    def test_stages_are_of_a_length_that_an_audit_can_carry(self) -> None:
        assert 20 <= len(standard().items_for(AuditType.INITIAL, stage=1)) <= 28
        assert 75 <= len(standard().items_for(AuditType.INITIAL, stage=2)) <= 95
        assert 40 <= len(standard().items_for(AuditType.SURVEILLANCE)) <= 60

    def test_core_questions_stand_under_the_core_clauses_alone(self) -> None:
        assert {item.clause for item in standard().items if item.core} == set(CORE)

    def test_questions_that_name_law_or_dispute_bodies_ask_for_a_local_check(self) -> None:
        local = {item.id for item in every_item() if item.check_locally}
        assert {"5.1-4", "7.9-2", "8.1-1", "T-5.1-1", "T-7.9-1", "T-4.10-1"} <= local
        assert "4.2-1" not in local

    @pytest.mark.parametrize(
        "trace", ["'enquiry'", "mystery customer", "Reconcile one week", "Compare pairs", "raw dates", "number alone"]
    )
    def test_the_questions_that_find_what_registers_hide_are_there(self, trace: str) -> None:
        assert any(trace in item.ask for item in standard().items)


class TestSupplements:
    """A sector has its own questions, and law to look up that nobody has verified for any country."""

    EACH = pytest.mark.parametrize("code", SECTORS)

    def test_there_is_one_for_each_sector_that_the_scheme_offers(self) -> None:
        assert tuple(extra.code for extra in standard().supplements) == SECTORS
        assert [f"supplements/{code}.toml" for code in SECTORS] == SUPPLEMENTS

    def test_they_are_called_as_on_the_list_of_those_whom_the_scheme_is_for(self) -> None:
        assert {extra.title for extra in standard().supplements} == {
            "Retail and e-commerce", "Banking and finance", "Telecom and IT", "Healthcare and insurance",
            "Hospitality and tourism", "Government and public service",
        }  # fmt: skip

    @EACH
    def test_it_is_asked_across_the_clauses_by_every_method_and_at_every_kind_of_audit(self, code: str) -> None:
        items = extra(code).items
        assert len({item.clause for item in items}) >= 12
        assert {method for item in items for method in item.methods} == set(Method)
        assert {site for item in items for site in item.sites} == set(SiteKind)
        assert {audit for item in items for audit in item.audits} >= {*AuditType} - {AuditType.SPECIAL}
        assert 2 <= sum(1 in item.stages for item in items) <= 6
        assert all(AuditType.INITIAL in item.audits and AuditType.RECERTIFICATION in item.audits for item in items)

    @EACH
    def test_a_surveillance_audit_can_carry_it(self, code: str) -> None:
        assert len([item for item in extra(code).items if AuditType.SURVEILLANCE in item.audits]) <= 12

    @EACH
    def test_core_questions_stand_under_the_core_clauses_alone(self, code: str) -> None:
        assert {item.clause for item in extra(code).items if item.core} <= set(CORE)

    @EACH
    @pytest.mark.parametrize("clause", ["5.1", "7.2", "7.5", "7.6", "7.7", "7.9", "8.2"])
    def test_what_every_sector_gets_wrong_in_its_own_way_is_asked(self, code: str, clause: str) -> None:
        assert [item for item in extra(code).items if item.clause == clause]

    @EACH
    def test_no_text_speaks_as_a_standard_does_or_names_a_solution(self, code: str) -> None:
        speaks = re.compile(
            r"\b(?:shall|should|ought to|(?:we|I) (?:recommend|suggest|advise)|best practice|"
            r"(?:you|they|must) (?:need to|introduce|set up|implement|install|buy))\b",
            re.IGNORECASE,
        )
        assert [text for text in strings(toml(f"supplements/{code}.toml")) if speaks.search(text)] == []

    @EACH
    def test_every_line_on_law_is_marked_unverified_in_the_file_itself(self, code: str) -> None:
        lines = toml(f"supplements/{code}.toml")["law"]
        assert len(lines) >= 8
        assert [line["topic"] for line in lines if line.get("verify") != "per country"] == []

    @EACH
    def test_a_line_on_law_claims_no_more_than_what_is_common(self, code: str) -> None:
        hedged = re.compile(r"\b(?:commonly|often|usually|mostly|may|many|some|differs?)\b", re.IGNORECASE)
        for line in extra(code).law:
            assert hedged.search(line.asks), line.topic
            assert 80 <= len(line.asks) <= 420, line.topic
            assert line.asks.endswith("."), line.topic

    @EACH
    def test_no_line_on_law_states_a_number(self, code: str) -> None:
        """The one year that stands there is that of a platform's end."""
        numbers = re.compile(r"\d+|\b(?:two|three|four|five|six|eight|ten|fourteen|thirty)\b", re.IGNORECASE)
        assert {found for line in extra(code).law for found in numbers.findall(line.asks)} <= {"2025"}

    @EACH
    def test_law_is_no_requirement(self, code: str) -> None:
        """What a finding may cite are the scheme's requirements; a line on law has no number and serves none."""
        assert set(toml(f"supplements/{code}.toml")["law"][0]) == {"topic", "asks", "items", "verify"}
        assert not {line.topic for line in extra(code).law} & {each.title for each in standard().requirements}

    @EACH
    def test_law_is_looked_up_for_the_questions_that_say_so(self, code: str) -> None:
        marked = {item.id for item in extra(code).items if item.check_locally}
        looked_up = {item for line in extra(code).law for item in line.items}
        assert marked <= looked_up
        assert len(marked) >= 8

    @pytest.mark.parametrize(("code", "words"), [
        ("retail", "marketplace carrier review chat till batch subscription"),
        ("finance", "ombudsman tricked recording redress arrears supervisor bereaved"),
        ("healthcare", "incident consent interpreter advocate apology claim expert"),
        ("hospitality", "season allergen platform rating night package complaint|book"),
        ("government", "ombudsman objection persistent fee information contractor court"),
        ("telecom", "porting bill coverage roaming dealer tickets back-up"),
    ])  # fmt: skip
    def test_somebody_of_the_sector_finds_its_daily_trouble(self, code: str, words: str) -> None:
        said = " ".join(strings(toml(f"supplements/{code}.toml"))).lower()
        assert [word for word in words.split() if word.replace("|", " ") not in said] == []


class TestFaultsOfSupplements:
    """What is wrong in a supplement is named with its sector; a sound one passes."""

    LAW = SectorLaw(topic="Time", asks="Answers are commonly due in time.", items=("5.1-1",), verify=Verify.PER_COUNTRY)

    def found(self, *extras: Supplement) -> list[str]:
        return list(faults(attrs.evolve(standard(), supplements=extras)))

    def test_a_sound_one_has_none(self) -> None:
        assert self.found(Supplement(code="rail", title="Rail", law=(self.LAW,))) == []

    def test_two_of_one_code(self) -> None:
        twice = Supplement(code="rail", title="Rail")
        assert self.found(twice, twice) == ["supplements: rail stands twice"]

    def test_a_topic_that_stands_twice(self) -> None:
        assert self.found(Supplement(code="rail", title="Rail", law=(self.LAW, self.LAW))) == [
            "supplement rail: law on 'Time' stands twice"
        ]

    def test_a_question_of_nobody_and_one_of_another_sector(self) -> None:
        elsewhere = attrs.evolve(self.LAW, items=("5.1-99", "5.1-1"))
        assert self.found(Supplement(code="rail", title="Rail", law=(elsewhere,))) == [
            "supplement rail: law on 'Time' names 5.1-99, which is no question of the standard or this sector"
        ]
        moved = attrs.evolve(standard().items[0], id="X-1", sector="sea")
        assert self.found(Supplement(code="rail", title="Rail", items=(moved,))) == [
            "supplement rail: item X-1 is of the sector 'sea'"
        ]

    @pytest.mark.parametrize(("given", "said"), [
        ({"verify": None}, "required field missing"),
        ({"verify": "yes"}, "verify"),
        ({"verified": True}, "verified"),
        ({"items": []}, "items"),
        ({"asks": " "}, "asks"),
    ])  # fmt: skip
    def test_a_line_that_does_not_say_that_it_is_unverified_is_refused(self, given: dict[str, Any], said: str) -> None:
        whole = {"topic": "Time", "asks": "Commonly soon.", "items": ["5.1-1"], "verify": "per country"} | given
        data = {key: value for key, value in whole.items() if value is not None}
        with pytest.raises(BadData) as refused:
            records.load(data, SectorLaw, where="law")
        assert said in str(refused.value.particulars)


class TestStage1:
    """ISO/IEC 17021-1:2015, 9.3.1.2: readiness."""

    @pytest.mark.parametrize("requirement", [
        "S5.1.2", "S5.1.3", "S5.3.1", "S6.1.1", "S6.2.1", "S8.1.1", "S8.1.2", "S8.1.3", "S8.5.1", "S8.5.3", "S8.6.3",
    ])  # fmt: skip
    def test_readiness_is_asked_at_the_central_function(self, requirement: str) -> None:
        asked = standard().items_for(AuditType.INITIAL, stage=1)
        assert requirement in served([item for item in asked if SiteKind.CENTRAL in item.sites])

    def test_three_months_one_audit_and_one_review_are_asked_at_no_other_time(self) -> None:
        asked = [item for item in standard().items if READINESS & set(item.requirements)]
        assert len(asked) == 3
        assert all((item.audits, item.stages) == ((AuditType.INITIAL,), (1,)) for item in asked)

    def test_stage_2_asks_for_every_requirement_but_those_of_readiness(self) -> None:
        asked = standard().items_for(AuditType.INITIAL, stage=2)
        assert served(list(asked)) == {each.number for each in standard().requirements} - READINESS


class TestSurveillance:
    """ISO/IEC 17021-1:2015, 9.6.2.2: what every surveillance audit looks at."""

    @pytest.mark.parametrize(("subject", "requirements"), [
        ("internal audit", {"S8.5.1", "S8.5.2"}),
        ("management review", {"S8.6.1", "S8.6.2"}),
        ("earlier nonconformities, complaints about the client", {"S8.7.3"}),
        ("complaints handling", {"S7.2.1", "S7.4.1", "S7.6.2", "S7.7.1", "S7.8.1", "S7.9.1", "S7.9.2"}),
        ("effectiveness for the objectives", {"S6.2.1", "S6.2.2", "S4.6.1"}),
        ("improvement", {"S4.13.1", "S8.2.2", "S8.7.1"}),
        ("operational control", {"S6.1.3", "S7.2.2", "S7.2.3", "S7.3.1"}),
        ("changes", {"S5.1.4", "S6.3.2"}),
        ("use of marks", {"S4.9.3"}),
    ])  # fmt: skip
    def test_the_subject_is_covered(self, subject: str, requirements: set[str]) -> None:
        assert requirements <= served(list(standard().items_for(AuditType.SURVEILLANCE))), subject

    def test_recertification_asks_for_every_requirement_but_those_of_readiness(self) -> None:
        asked = standard().items_for(AuditType.RECERTIFICATION)
        assert served(list(asked)) == {each.number for each in standard().requirements} - READINESS

    def test_a_visit_at_short_notice_has_a_short_list(self) -> None:
        assert 10 <= len(standard().items_for(AuditType.SPECIAL)) <= 25


class TestRequirements:
    """A nonconformity needs a requirement, and guidance has none: the scheme's are closed in themselves."""

    def test_every_assessable_clause_has_one_and_every_one_says_shall(self) -> None:
        assert {number for each in standard().requirements for number in each.clauses} == set(ASSESSABLE)
        assert [each.number for each in standard().requirements if "shall" not in each.text] == []
        assert [each.number for each in standard().requirements if re.search(r"\bshould\b", each.text)] == []
        assert 60 <= len(standard().requirements) <= 80

    def test_the_number_is_s_the_clause_and_a_count(self) -> None:
        for clause in ASSESSABLE:
            numbers = [each.number for each in standard().requirements if each.clauses[0] == clause]
            assert numbers == [f"S{clause}.{count}" for count in range(1, len(numbers) + 1)]

    def test_every_requirement_is_served_also_where_there_is_one_site_alone(self) -> None:
        central = [item for item in standard().items if SiteKind.CENTRAL in item.sites]
        assert served(central) == {each.number for each in standard().requirements}

    def test_every_item_serves_a_requirement_of_its_own_clause(self) -> None:
        for item in every_item():
            of_clause = {each.number for each in standard().requirements if item.clause in each.clauses}
            assert of_clause & set(item.requirements), item.id


class TestWording:
    """Guidance cannot be conformed to by certificate: no text that ships claims it, and denials pass."""

    @pytest.mark.parametrize("sentence", [
        "The organization is ISO 10002 certified.", "It conforms to ISO 10002:2018.", "Certified to ISO 10002.",
        "The process complies with the requirements of ISO 10002.", "ISO has certified us.", "It meets ISO 10002.",
    ])  # fmt: skip
    def test_the_check_itself_sees_a_claim(self, sentence: str) -> None:
        assert claims(sentence) == [sentence]

    @pytest.mark.parametrize("sentence", [
        "It does not attest conformity to ISO 10002.", "The scheme is based on the guidance of ISO 10002:2018.",
        "The process has been certified under scheme S-10002.",
    ])  # fmt: skip
    def test_and_lets_a_denial_and_the_scheme_pass(self, sentence: str) -> None:
        assert claims(sentence) == []

    @pytest.mark.parametrize("name", [
        "standard.toml", "checklist.toml", "requirements.toml", "scheme.toml", "wording.toml", *SUPPLEMENTS,
    ])  # fmt: skip
    def test_no_text_claims_fulfilment_of_the_guidance(self, name: str) -> None:
        assert [found for text in strings(toml(name)) for found in claims(text)] == []

    @pytest.mark.parametrize("name", ["scheme.toml", "wording.toml"])
    def test_what_is_filled_in_is_known(self, name: str) -> None:
        for text in strings(toml(name)):
            assert {field for _, field, _, _ in string.Formatter().parse(text) if field is not None} <= FILLED

    def test_the_certificate_names_body_scheme_and_issue_and_denies_accreditation(self) -> None:
        wording = toml("wording.toml")
        assert wording["certificate_titles"][:2] == ["Certificate", "Statement"]
        assert wording["accreditation_note"] == "Not issued under accreditation."
        for field in FILLED:
            assert f"{{{field}}}" in wording["certificate_statement"]

    def test_the_client_is_given_one_sentence_everywhere(self) -> None:
        assert toml("wording.toml")["client_sentence"] == toml("scheme.toml")["document"]["sentence"]

    def test_the_scheme_document_holds_what_a_client_has_to_know(self) -> None:
        scheme = toml("scheme.toml")
        assert set(scheme) == {"document", "terms", "grades", "sections"}
        titles = {section["title"] for section in scheme["sections"]}
        assert {
            "Audit programme over the cycle", "Audit time", "Sampling", "Nonconformities", "Competence",
            "Reference to the certificate", "Complaints and appeals to the certification body",
        } <= titles  # fmt: skip
        assert all(section["paragraphs"] and set(section) == {"title", "paragraphs"} for section in scheme["sections"])
        assert all(set(each) == {"term", "meaning"} for each in scheme["terms"])
        assert all(set(each) == {"grade", "meaning", "consequence"} for each in scheme["grades"])

"""The data of the information sheet for ISO 10002: complete, in our own words, and without a claim or a bare figure."""

from __future__ import annotations

import re

import pytest

from certbody import resources
from certbody.domain.claims import conformity_claims

FOLDER = resources.shipped("iso10002")
SHEET = resources.sheet(FOLDER)
SECTORS = [
    "Retail and e-commerce",
    "Banking and finance",
    "Telecom and IT",
    "Healthcare and insurance",
    "Hospitality and tourism",
    "Government and public service",
]


def test_each_of_the_six_sectors_says_what_brings_it() -> None:
    assert [each.sector for each in SHEET.sectors] == SECTORS


def test_the_fourteen_principles_stand_in_the_order_of_their_clauses() -> None:
    standard = resources.standard(FOLDER)
    known = [clause.number for clause in standard.clauses if clause.number.startswith("4.") and clause.assessable]
    assert [each.clause for each in SHEET.principles] == known
    assert len(known) == 14


def test_the_readiness_checklist_has_the_six_steps() -> None:
    assert [each.step for each in SHEET.readiness] == [
        "Policy",
        "Accessible process",
        "Training",
        "Tracking and resolution",
        "Feedback analysis",
        "Improvement from insights",
    ]


def test_the_cycle_divides_the_clauses_but_those_of_the_principles() -> None:
    standard, cycle = resources.standard(FOLDER), SHEET.cycle
    named = [*cycle.plan, *cycle.do, *cycle.check, *cycle.act]
    assert len(named) == len(set(named))
    for clause in standard.clauses:
        if clause.assessable and not clause.number.startswith("4."):
            assert {clause.number, clause.number.partition(".")[0]} & set(named), clause.number


def test_nothing_claims_conformity_also_with_its_gaps_filled() -> None:
    said = {"body": "Alpha", "standard": "ISO 10002:2018", "criteria": "S-10002", "issue": "1", "issued": "2026-01-05"}
    for place, sentence in SHEET.sentences():
        filled = re.sub(r"\{(\w+)\}", lambda gap: said[gap[1]], sentence)
        claims = conformity_claims(filled, ("ISO 10002:2018", "ISO 10002", "ISO"))
        assert [claim.said for claim in claims if claim.certain] == [], place


def test_no_benefit_has_a_figure_and_one_of_them_is_a_caution() -> None:
    assert not [each.says for each in SHEET.benefits if re.search(r"\d", each.says)]
    assert any(each.says.startswith("No promise") for each in SHEET.benefits)


def test_what_has_to_be_there_before_stage_2_is_what_the_scheme_asks() -> None:
    """Requirements S8.1.3, S8.5.3 and S8.6.3."""
    months, audit, review = SHEET.before_stage_2
    assert "three months" in months
    assert "one internal audit" in audit
    assert "one management review" in review


@pytest.mark.parametrize("word", ["should", "we advise", "we recommend", "consult us", "guarantee"])
def test_it_says_what_there_has_to_be_and_never_how_to_build_it(word: str) -> None:
    """That would be consultancy (ISO/IEC 17021-1:2015, 5.2.5)."""
    assert not [place for place, said in SHEET.sentences() if word in said.lower()]

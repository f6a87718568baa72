"""Documents of the decision made in an office: what its journal says of each fact reaches the paper."""

from __future__ import annotations

from datetime import date

import pytest

from certbody.deliverables.readable import document_text
from certbody.domain.claims import conformity_claims
from certbody.office.papers import BODY, Paper, make
from tests.cli.nordwind import APPLICATION, Case, at_closing

DAY = date(2026, 6, 26)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("office")
    at_closing(folder / "ready")
    made = Case.copied(folder / "ready", folder)
    made.confirmed().done("certificate", "issue", APPLICATION, "--out", str(made.papers), by="DP", on=str(DAY))
    return made


def paper(case: Case, kind: str, journal: str = "C-0001") -> Paper:
    office = case.office
    about = office.find("applications", APPLICATION)[1] if journal != BODY else ""
    return make(office, kind, journal, about, on=DAY, standard="iso10002", draft=False, language="en")


def test_the_review_tells_an_own_act_by_pin_from_one_that_somebody_else_entered_by_a_signed_form(case: Case) -> None:
    said = document_text(paper(case, "review").data)
    assert "Decision | Dunja Petrov | own PIN, on record since 2027-02-01 12:00 UTC" in said
    assert "2026-02-11 | Ada Kaya declared no conflict for 2026-007 | Ada Kaya | Carla Monti, signed form | " in said
    assert "not at hand" not in said


def test_the_plugins_scheme_document_is_made_for_the_body(case: Case) -> None:
    made = paper(case, "scheme", BODY)
    assert made.name == "scheme-S-10002-issue-1.docx"
    assert "1 of 2026-01-05" in document_text(made.data)


def test_letter_and_certificate_claim_no_conformity_to_the_guidance(case: Case) -> None:
    [issued] = case.papers.glob("certificate-*.docx")
    for data in (paper(case, "decision").data, issued.read_bytes()):
        assert conformity_claims(document_text(data), ("ISO 10002:2018", "ISO 10002", "ISO")) == []

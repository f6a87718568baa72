"""The scheme document of the ISO 10002 plugin: every requirement, mapped, and no claim of conformity."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.body import PublishedScheme
from certbody.domain.claims import conformity_claims
from certbody.domain.dossier import Dossier
from certbody.errors import BadData
from certbody.registry import Registry
from certbody_iso10002 import certbody_schemes
from certbody_iso10002.scheme_document import DELIVERABLE
from tests.deliverables import example

FOLDER = resources.shipped("iso10002")
AT = datetime(2026, 6, 30, 12, tzinfo=UTC)


def template() -> bytes:
    assert DELIVERABLE.folder is not None
    return (DELIVERABLE.folder / DELIVERABLE.template).read_bytes()


def showing(**more: Any) -> Showing:
    data = {"scheme": tomllib.loads((FOLDER / "scheme.toml").read_text(encoding="utf-8"))}
    given = {
        "dossier": Dossier(),
        "standard": resources.standard(FOLDER),
        "data": data,
        "draft": False,
        "template": "T-16 r1",
        **more,
    }
    return example.showing("", **given)


def made(view: Showing) -> str:
    return document_text(fill_document(template(), DELIVERABLE.fields(view), at=AT))


def test_the_text_is_the_golden_one(golden: Callable[[str, str], None]) -> None:
    golden("scheme", made(showing()))


def test_it_comes_with_the_scheme_through_the_public_hook() -> None:
    [scheme] = certbody_schemes()
    assert scheme.deliverables == (DELIVERABLE,)
    assert DELIVERABLE.kind == "scheme"


def test_an_installed_plugin_hands_it_to_the_office() -> None:
    assert [each.kind for each in Registry.gathered().deliverables] == ["scheme"]


def test_template_and_fields_agree() -> None:
    unknown, unused = unknown_and_unused(placeholders(template()), DELIVERABLE.fields(showing()))
    assert unknown == set()
    assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()


def test_the_template_passes_the_gate_for_templates_of_a_body() -> None:
    admit(template(), DELIVERABLE.template, kind="docx")


def test_every_requirement_stands_in_it_once_with_its_clause_and_items() -> None:
    standard = resources.standard(FOLDER)
    fields = DELIVERABLE.fields(showing())
    rows = [row for chapter in fields["chapters"] for group in chapter["groups"] for row in group["requirements"]]
    assert [row["number"] for row in rows] == [each.number for each in standard.requirements]
    assert [row["text"] for row in rows] == [each.text for each in standard.requirements]
    assert all(row["clauses"] and row["items"] for row in rows)
    said = made(showing())
    for requirement in standard.requirements:
        assert said.count(requirement.text) == 1


def test_the_chapters_are_the_clauses_that_hold_others() -> None:
    assert [chapter["number"] for chapter in DELIVERABLE.fields(showing())["chapters"]] == ["4", "5", "6", "7", "8"]


def test_every_section_term_and_grade_of_the_data_is_printed_with_its_gaps_filled() -> None:
    said, data = made(showing()), showing().data["scheme"]
    for section in data["sections"]:
        for paragraph in section["paragraphs"]:
            assert paragraph.replace("{body}", "Fernhill Certification Ltd") in said
    for entry in data["terms"]:
        assert entry["meaning"] in said
    for entry in data["grades"]:
        assert entry["consequence"] in said
    assert "{" not in said


def test_issue_and_date_are_those_that_the_body_published_by_the_day() -> None:
    second = PublishedScheme(
        id="S-2", standard="iso10002", document="S-10002", issue=2, published_on=date(2026, 6, 1), place="example.org"
    )
    body = attrs.evolve(example.body(), published_schemes={**example.body().published_schemes, "S-2": second})
    assert "2 of 2026-06-01" in made(showing(body=body))
    assert "1 of 2026-01-05" in made(showing(body=body, on=date(2026, 5, 31)))
    assert DELIVERABLE.number(showing(body=body)) == "S-10002 issue 2"


def test_an_issue_that_is_named_is_shown_though_a_newer_one_is_published() -> None:
    second = PublishedScheme(id="S-2", standard="iso10002", document="S-10002", issue=2, published_on=date(2026, 6, 1))
    body = attrs.evolve(example.body(), published_schemes={**example.body().published_schemes, "S-2": second})
    assert DELIVERABLE.number(attrs.evolve(showing(body=body), about="S-1")) == "S-10002 issue 1"


def test_before_it_is_published_it_says_so() -> None:
    view = showing(body=attrs.evolve(example.body(), published_schemes={}), draft=True)
    assert "not yet published" in made(view)
    assert DELIVERABLE.number(view) == "S-10002"


def test_nothing_in_it_claims_conformity_to_the_guidance() -> None:
    certain = [
        claim
        for paragraph in made(showing()).splitlines()
        for claim in conformity_claims(paragraph, ("ISO 10002:2018", "ISO 10002", "ISO"))
        if claim.certain
    ]
    assert certain == []


def test_what_nobody_has_verified_is_said() -> None:
    standard = resources.standard(FOLDER)
    assert standard.unverified
    assert all(note in made(showing()) for note in standard.unverified)


def test_without_the_standard_it_is_not_made() -> None:
    with pytest.raises(BadData, match=r"needs the standard and its scheme\.toml"):
        DELIVERABLE.fields(showing(standard=None))

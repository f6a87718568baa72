"""The checklist workbook of each sector: its questions among the rows, its law on a sheet that is not read back."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables import checklist
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.filled_checklist import checklist_in
from certbody.deliverables.reading import read_cells
from certbody.domain.evidence import Checklist, rows_for
from certbody.domain.standard import AuditType, Standard
from certbody_iso10002.audit_time import SECTORS
from tests.deliverables import example
from tests.deliverables.workbooks import changed, enter, made

LAW = "Law to look up"


def standard() -> Standard:
    return resources.standard(resources.shipped("iso10002"))


def showing(sector: str, stage: int = 2) -> Showing:
    """The example's audit, with the shipped standard and an application of that sector; nothing recorded yet."""
    dossier = example.without(example.dossier(), results=(), findings=(), evidence=(), acknowledgements=())
    audit = example.STAGE_2 if stage == 2 else example.STAGE_1
    central = tuple(site for site in dossier.sites.values() if site.central)
    asked = standard().items_for(AuditType.INITIAL, stage=stage, sector=sector)
    issued = Checklist(id="issued", audit=audit, version=1, issued_on=date(2026, 4, 7), rows=rows_for(asked, central))
    applied = {key: attrs.evolve(each, sector=sector) for key, each in dossier.applications.items()}
    dossier = attrs.evolve(dossier, checklists={"issued": issued}, applications=applied)
    return example.showing(audit, dossier=dossier, standard=standard())


def lines(data: bytes, sheet: str) -> list[list[str]]:
    """The texts of a sheet's rows."""
    found = read_cells(data).sheets[sheet]
    return [[cell.value for cell in found.rows[number].values()] for number in sorted(found.rows)]


@pytest.mark.parametrize("sector", SECTORS)
def test_a_workbook_goes_out_and_comes_back_with_the_rows_of_the_sector(sector: str) -> None:
    back = checklist_in(read_cells(made(checklist.CHECKLIST, showing(sector)), "checklist.xlsx"))
    items = standard().supplement(sector)
    assert items is not None
    own = {f"{item.id}@HQ" for item in items.items if 2 in item.stages}
    assert own <= {row.row for row in back.rows}
    assert len(back.rows) == len(standard().items_for(AuditType.INITIAL, stage=2, sector=sector)) - sum(
        [str(site) for site in item.sites] == ["site"] for item in standard().items_for(AuditType.INITIAL, stage=2)
    )


@pytest.mark.parametrize("sector", SECTORS)
def test_its_law_stands_on_a_sheet_of_its_own_each_line_marked(sector: str) -> None:
    given = standard().supplement(sector)
    assert given is not None
    said = lines(made(checklist.CHECKLIST, showing(sector, stage=1)), LAW)
    assert said[0] == [f"Law to look up: {given.title}"]
    assert said[1] == [given.note]
    assert "not verified for any country" in said[2][0]
    assert "No audit requirement" in said[2][0]
    assert said[4:] == [
        [line.topic, line.asks, "\n".join(line.items), "to be checked per country"] for line in given.law
    ]


def test_without_a_sector_the_sheet_says_that_nothing_is_listed() -> None:
    said = lines(made(checklist.CHECKLIST, showing("", stage=1)), LAW)
    assert said[0] == ["Law to look up: no sector"]
    assert said[1] == [
        "The application names no sector for which there are further questions, so nothing is listed here."
    ]
    assert not [row for row in said[4:] if any(row)]


def test_a_sector_that_the_standard_no_longer_has_does_no_harm() -> None:
    assert checklist.fields(showing("rail", stage=1))["sector"]["title"] == "no sector"


def test_a_question_to_be_checked_locally_says_so_where_one_looks_and_its_neighbour_does_not() -> None:
    rows: list[dict[str, Any]] = list(checklist.fields(showing("finance"))["rows"])
    looked = {row["item"]: row["look_for"] for row in rows}
    assert looked["F-7.9-1"].endswith("\nCheck locally: look up first what law and ombudsman ask in this country.")
    assert "Check locally" not in looked["F-8.2-1"]


def test_no_line_on_law_can_be_cited_and_nothing_typed_there_comes_back() -> None:
    view = showing("finance", stage=1)
    plain = made(checklist.CHECKLIST, view)
    typed = changed(plain, enter(LAW, 1, standing="Checked: holds in Estmark."))
    assert checklist_in(read_cells(typed, "x.xlsx")) == checklist_in(read_cells(plain, "x.xlsx"))
    assert checklist.fields(view)["requirements"] == [each.number for each in standard().requirements]

"""Cost breakdown, audit programme and register: what they show, and that their formulas come to the same as we do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from certbody.deliverables import audit_programme, cost_breakdown, register
from certbody.deliverables.cells import Sheet
from certbody.deliverables.reading import read_cells
from certbody.domain.audit_time import Phase
from certbody.domain.dossier import Dossier
from certbody.domain.quotation import Quotation, QuoteLine
from tests.deliverables import example
from tests.deliverables.workbooks import libreoffice, made, needs_libreoffice
from tests.reconsidered import reconsidered


def quoted(**changes: Any) -> Dossier:
    [quotation] = example.dossier().quotations.values()
    return example.without(example.dossier(), quotations=[attrs.evolve(quotation, **changes)])


def beside(sheet: Sheet, label: str, column: str) -> str:
    """The value in a column of the row whose first cell is `label`."""
    [row] = [row for row in sheet.rows.values() if "A" in row and row["A"].value == label]
    return row[column].value


def calculated(dossier: Dossier, folder: Path) -> Sheet:
    """The sheet Costs after LibreOffice calculated it."""
    data = made(cost_breakdown.COST_BREAKDOWN, example.showing("quotation-1", dossier=dossier))
    with libreoffice(folder) as convert:
        return read_cells(convert(data, "xlsx")).sheets["Costs"]


class TestCostBreakdown:
    @needs_libreoffice
    def test_its_formulas_come_to_what_was_quoted(self, tmp_path: Path) -> None:
        quotation: Quotation = example.dossier().quotations["quotation-1"]
        sheet = calculated(example.dossier(), tmp_path)
        assert Decimal(beside(sheet, "Cycle without tax", "E")) == quotation.cycle
        assert Decimal(beside(sheet, "Tax", "E")) == quotation.tax
        assert Decimal(beside(sheet, "Cycle with tax", "E")) == quotation.total
        assert beside(sheet, "Check", "E") == "agrees"

    @needs_libreoffice
    def test_phases_without_lines_discounts_and_odd_amounts(self, tmp_path: Path) -> None:
        lines = (
            QuoteLine(
                item="stage 2",
                phase=Phase.INITIAL,
                days=Decimal("2.5"),
                rate=Decimal("333.33"),
                amount=Decimal("833.33"),
                why="x",
            ),
            QuoteLine(item="discount", phase=Phase.INITIAL, amount=Decimal("-33.33"), why="=A1"),
        )
        dossier = quoted(lines=lines, tax_percent=Decimal("7.7"))
        quotation = dossier.quotations["quotation-1"]
        sheet = calculated(dossier, tmp_path)
        assert Decimal(beside(sheet, "Cycle with tax", "E")) == quotation.total == Decimal("861.60")
        assert beside(sheet, "Check", "E") == "agrees"

    def test_what_the_formulas_cannot_come_to_is_a_fixed_amount(self) -> None:
        line = QuoteLine(
            item="x", phase=Phase.INITIAL, days=Decimal(2), rate=Decimal(100), amount=Decimal(150), why="half price"
        )
        fields = cost_breakdown.fields(example.showing("quotation-1", dossier=quoted(lines=(line,))))
        assert fields["initial"] == [
            {"item": "x", "days": Decimal(2), "rate": "", "fixed": Decimal(150), "why": "half price"}
        ]
        assert [row["item"] for row in fields["travel"]] == ["none"]


class TestAuditProgramme:
    """ISO/IEC 17021-1:2015, 9.1.3, 9.1.5, 9.9.2."""

    def test_each_site_has_a_word_for_each_audit(self) -> None:
        sites = audit_programme.fields(example.showing("programme-1"))["sites"]
        words = [
            [row[key] for key in ("stage_1", "stage_2", "surveillance_1", "surveillance_2", "recertification")]
            for row in sites
        ]
        assert words == [
            ["central"] * 5,
            ["–", "visited", "visited", "–", "visited"],
            ["–", "visited", "–", "visited", "visited"],
        ]

    def test_a_sample_says_who_drew_it(self) -> None:
        [time] = example.dossier().audit_times.values()
        sampled = attrs.evolve(time, sampled_sites=("CC",), sampled_random=("CC",), sampling_seed="seed-7")
        [made] = example.dossier().programmes.values()
        stage_1, stage_2, first, *others = made.planned
        programme = attrs.evolve(
            made, planned=(stage_1, attrs.evolve(stage_2, sites=("HQ", "CC")), attrs.evolve(first, sites=()), *others)
        )
        dossier = example.without(example.dossier(), audit_times=[sampled], programmes=[programme])
        fields = audit_programme.fields(example.showing("programme-1", dossier=dossier))
        central, drawn, left = fields["sites"]
        assert (central["stage_2"], central["surveillance_1"]) == ("central", "central")
        assert (drawn["stage_2"], drawn["surveillance_1"]) == ("drawn", "to be sampled")
        assert drawn["reason"] == "Drawn at random (seed seed-7)."
        assert (left["stage_2"], left["reason"]) == ("–", "Not in the sample of the initial audit.")
        assert fields["audits"][2]["sites"] == "to be sampled"
        chosen = attrs.evolve(sampled, sampled_random=())
        dossier = example.without(dossier, audit_times=[chosen])
        fields = audit_programme.fields(example.showing("programme-1", dossier=dossier))
        assert (fields["sites"][1]["stage_2"], fields["sites"][1]["reason"]) == ("chosen", "Chosen by judgement.")

    def test_every_line_of_the_audit_time_says_why(self) -> None:
        fields = audit_programme.fields(example.showing("programme-1"))
        [time] = example.dossier().audit_times.values()
        assert [(row["item"], row["days"], row["why"]) for row in fields["lines"]] == [
            (line.item, line.days, line.why) for line in time.lines
        ]
        assert [row["percent"] for row in fields["factors"]] == ["+10 %"]

    def test_an_audit_that_is_not_planned_is_not_visited(self) -> None:
        [made] = example.dossier().programmes.values()
        dossier = example.without(example.dossier(), programmes=[attrs.evolve(made, planned=made.planned[:4])])
        sites = audit_programme.fields(example.showing("programme-1", dossier=dossier))["sites"]
        assert {row["recertification"] for row in sites} == {"–"}

    def test_a_programme_without_audit_time_on_record(self) -> None:
        dossier = example.without(example.dossier(), audit_times=())
        fields = audit_programme.fields(example.showing("programme-1", dossier=dossier))
        assert fields["lines"] == []
        assert fields["time"]["method"] == ""
        assert {row["reason"] for row in fields["sites"][1:]} == {""}


class TestRegister:
    def test_each_nonconformity_stands_there_as_far_as_it_has_come(self) -> None:
        rows = register.fields(example.showing())["nonconformities"]
        assert [(row["number"], row["stage"], row["disputed"]) for row in rows] == [
            ("2026-014/AK-1", "effectiveness confirmed", ""),
            ("2026-014/AK-2", "response accepted", ""),
            ("2026-014/BF-1", "response accepted", "disputed"),
        ]
        first = rows[0]
        assert (first["responded_on"], first["accepted_on"], first["verified_on"], first["effective_on"]) == (
            date(2026, 5, 11),
            date(2026, 5, 14),
            date(2026, 6, 9),
            date(2026, 6, 29),
        )

    @pytest.mark.parametrize(
        ("on", "stages"),
        [
            (date(2026, 4, 14), []),
            (date(2026, 4, 30), ["response awaited"] * 3),
            (date(2026, 5, 12), ["response to be reviewed"] * 3),
        ],
    )
    def test_it_shows_the_record_as_on_its_day(self, on: date, stages: list[str]) -> None:
        rows = register.fields(example.showing(on=on))["nonconformities"]
        assert [row["stage"] for row in rows] == stages

    def test_of_the_whole_office(self) -> None:
        other = attrs.evolve(example.dossier(), journal="C-0000", clients={})
        view = example.showing(dossier=Dossier(), extra={"dossiers": {"C-0001": example.dossier(), "C-0000": other}})
        fields = register.fields(view)
        assert register.number(view) == "all"
        assert fields["register"] == {"of": "all clients"}
        assert [row["client"] for row in fields["nonconformities"]] == ["C-0000"] * 3 + ["Nordwind Telecom Ltd"] * 3

    def test_one_without_any_nonconformity_is_an_empty_table(self) -> None:
        dossier = example.without(example.dossier(), findings=())
        sheet = read_cells(made(register.REGISTER, example.showing(dossier=dossier))).sheets["Nonconformities"]
        assert max(sheet.rows) == 4

    def test_it_shows_what_was_regraded_and_extended(self) -> None:
        rows = {
            row["number"]: row for row in register.fields(example.showing(dossier=reconsidered()))["nonconformities"]
        }
        first, last = rows["2026-014/AK-1"], rows["2026-014/BF-1"]
        assert (first["due_on"], first["extended_on"], first["regraded"]) == (
            date(2026, 5, 30),
            date(2026, 4, 28),
            "",
        )
        assert (last["grade"], last["regraded"], last["stage"]) == (
            "opportunity",
            "from minor, 2026-05-20",
            "no nonconformity after all",
        )
        before = register.fields(example.showing(dossier=reconsidered(), on=date(2026, 4, 27)))["nonconformities"]
        assert [(row["grade"], row["regraded"], row["extended_on"]) for row in before] == [
            ("major", "", None),
            ("minor", "", None),
            ("minor", "", None),
        ]

    @needs_libreoffice
    def test_its_count_leaves_out_what_was_none_after_all(self, tmp_path: Path) -> None:
        with libreoffice(tmp_path) as convert:
            for found, said in (
                (reconsidered(), "1 of 2 not yet verified, 0 overdue"),
                (example.dossier(), "2 of 3 not yet verified, 0 overdue"),
            ):
                data = convert(made(register.REGISTER, example.showing(dossier=found)), "xlsx")
                assert read_cells(data).sheets["Nonconformities"].rows[2]["H"].value == said

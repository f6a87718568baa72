"""The checklist workbook: filled in as a person would, sorted and moved about, read back; and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from openpyxl import load_workbook

from certbody.deliverables import checklist, response
from certbody.deliverables.cells import Faults
from certbody.deliverables.filled_checklist import FilledChecklist, checklist_in, read_checklist
from certbody.deliverables.reading import read_cells
from certbody.domain.dossier import Dossier
from certbody.domain.evidence import AuditEvidence, Result
from certbody.domain.findings import Grade
from certbody.errors import BadData
from tests.deliverables import example
from tests.deliverables.workbooks import (
    HOSTILE,
    changed,
    enter,
    heads,
    libreoffice,
    made,
    moved,
    needs_libreoffice,
    put,
    reordered,
    saved,
)

Step = Callable[[Any], None]


def empty() -> Dossier:
    """The example before anything was recorded on site."""
    return example.without(example.dossier(), results=(), findings=(), evidence=(), acknowledgements=())


def blank(audit: str = example.STAGE_2, **more: Any) -> bytes:
    """The checklist as it goes out."""
    return made(checklist.CHECKLIST, example.showing(audit, dossier=empty(), **more))


def read(data: bytes, name: str = "checklist.xlsx") -> FilledChecklist:
    """As `read_checklist` reads it, but in this process: the reading itself has its own tests."""
    return checklist_in(read_cells(data, name))


def filled() -> bytes:
    """The first three rows answered, and a finding."""
    return changed(
        blank(),
        enter("Checklist", 1, result="conformity", note="Seen.", evidence_seen="Minutes of 2026-02-17."),
        enter("Checklist", 2, result="Finding", note=HOSTILE),
        enter("Checklist", 3, result=" not  applicable ", note="No shop\nat this place"),
        enter(
            "Findings",
            1,
            checklist_row="7.2-1@HQ",
            grade="minor",
            requirement="S7.2.1",
            statement="Complaints by chat are not recorded.",
            objective_evidence=HOSTILE,
            process="Receipt",
            reason_for_the_grade="One channel.",
            found_on=date(2026, 4, 15),
        ),
    )


class TestRoundTrip:
    def test_what_was_typed_comes_back(self) -> None:
        found = read(filled())
        assert (found.audit, found.version, found.stage, found.client) == ("2026-014", 1, 2, "C-0001")
        assert len(found.rows) == 19
        assert found.missing == ()
        first, second, third, fourth = found.rows[:4]
        assert (first.row, first.result, first.note, first.seen) == (
            "5.2-1@HQ",
            Result.CONFORMITY,
            "Seen.",
            "Minutes of 2026-02-17.",
        )
        assert (second.row, second.result, second.note) == ("7.2-1@HQ", Result.FINDING, HOSTILE)
        assert (third.result, third.note) == (Result.NOT_APPLICABLE, "No shop\nat this place")
        assert fourth.result is None
        [finding] = found.findings
        assert (finding.number, finding.row, finding.grade) == ("", "7.2-1@HQ", Grade.MINOR)
        assert (finding.requirement, finding.evidence, finding.found_on) == ("S7.2.1", HOSTILE, date(2026, 4, 15))
        assert (finding.statement, finding.process, finding.reason) == (
            "Complaints by chat are not recorded.",
            "Receipt",
            "One channel.",
        )

    def test_each_row_and_finding_says_from_which_cell_it_came(self) -> None:
        found = read(filled())
        assert found.rows[0].place == "checklist.xlsx, Checklist!J5"
        assert found.findings[0].place == "checklist.xlsx, Findings!B5"

    def test_through_gate_and_child_it_reads_the_same(self) -> None:
        assert read_checklist(filled(), "checklist.xlsx", audit="2026-014", version=1) == read(filled())

    def test_sorting_moving_columns_and_hiding_rows_changes_nothing(self) -> None:
        plain = read(filled())

        def hide(book: Any) -> None:
            book["Checklist"].row_dimensions[7].hidden = True
            book["Checklist"].column_dimensions["C"].hidden = True

        after = read(
            changed(
                filled(),
                reordered("Checklist", lambda row: str(row[5])),
                moved("Checklist", lambda columns: [*columns[5:], *columns[:5]]),
                moved("Findings", lambda columns: columns[::-1]),
                hide,
            )
        )

        def without_place(found: FilledChecklist) -> Any:
            rows = sorted((attrs.evolve(row, place="") for row in found.rows), key=lambda row: row.row)
            return rows, [attrs.evolve(finding, place="") for finding in found.findings]

        assert without_place(after) == without_place(plain)
        assert [row.row for row in after.rows] != [row.row for row in plain.rows]

    def test_what_is_on_record_stands_in_it_and_comes_back(self) -> None:
        view = example.showing(example.STAGE_2)
        found = read(made(checklist.CHECKLIST, view))
        results = {each.row: (each.result, each.note) for each in example.dossier().results.values()}
        assert {row.row: (row.result, row.note) for row in found.rows}.items() <= results.items()
        seen = checklist.seen(example.STAGE_2, example.dossier())
        assert {row.row: row.seen for row in found.rows if row.seen} == seen
        assert [finding.number for finding in found.findings] == [
            "2026-014/AK-1",
            "2026-014/AK-2",
            "2026-014/BF-1",
            "2026-014/AK-3",
            "2026-014/AK-4",
        ]
        assert found.findings[0].found_on == date(2026, 4, 15)

    def test_an_untouched_one_says_nothing(self) -> None:
        found = read(blank())
        assert {row.result for row in found.rows} == {None}
        assert found.findings == ()

    def test_spaces_are_no_finding(self) -> None:
        assert read(changed(blank(), enter("Findings", 3, statement="  ", process=" "))).findings == ()

    def test_long_texts_come_back_whole(self) -> None:
        long = "é" * 16_000 + "&<" * 8_000
        found = read(changed(blank(), enter("Checklist", 1, result="conformity", note=long)))
        assert found.rows[0].note == long

    def test_evidence_longer_than_a_cell_is_counted_instead(self) -> None:
        much = [
            AuditEvidence(
                id=f"e-{count}",
                audit=example.STAGE_2,
                rows=("7.2-1@HQ",),
                note="x" * 20_000,
                collected_on=date(2026, 4, 15),
                by="P-01",
            )
            for count in range(2)
        ]
        dossier = example.without(example.dossier(), evidence=much)
        found = read(made(checklist.CHECKLIST, example.showing(example.STAGE_2, dossier=dossier)))
        assert {row.seen for row in found.rows if row.row == "7.2-1@HQ"} == {"2 pieces of evidence are on record."}

    def test_stage_1_has_its_own_words(self) -> None:
        data = changed(
            blank(example.STAGE_1),
            enter("Checklist", 1, result="area of concern", note="x"),
            enter("Findings", 1, checklist_row="5.2-1@HQ", grade="area of concern", statement="None yet."),
        )
        found = read(data)
        assert (found.stage, found.rows[0].result, found.findings[0].grade) == (1, Result.CONCERN, Grade.CONCERN)
        with pytest.raises(BadData) as refused:
            read(changed(blank(example.STAGE_1), enter("Checklist", 1, result="conformity")))
        assert refused.value.particulars == (
            "checklist.xlsx, Checklist!J5: 'conformity' is none of satisfactory, area of concern, not reviewed, "
            "not applicable",
        )

    def test_rows_that_did_not_come_back_are_named(self) -> None:
        found = read(changed(filled(), lambda book: book["Checklist"].delete_rows(6, 2)))
        assert found.missing == ("7.2-1@HQ", "7.2-1@CC")
        assert len(found.rows) == 17

    @needs_libreoffice
    def test_libreoffice_opens_it_saves_it_and_it_reads_the_same(self, tmp_path: Path) -> None:
        with libreoffice(tmp_path) as convert:
            again = convert(filled(), "xlsx")
        assert read_checklist(again, "checklist.xlsx", audit="2026-014", version=1) == read(filled())


class TestAnotherFile:
    def test_of_another_audit(self) -> None:
        with pytest.raises(BadData, match=r"^checklist.xlsx is the checklist of audit 2026-014, not of 2026-015\."):
            read_checklist(blank(), "checklist.xlsx", audit="2026-015")

    def test_of_an_older_version(self) -> None:
        with pytest.raises(BadData) as refused:
            read_checklist(blank(), "checklist.xlsx", audit="2026-014", version=2)
        assert refused.value.headline == (
            "checklist.xlsx is an older version (1) of the checklist of audit 2026-014; the one in force is 2."
        )

    def test_another_form(self) -> None:
        form = made(response.RESPONSE, example.showing("finding-AK-1"))
        with pytest.raises(BadData, match=r"^x.xlsx is a response form, where a checklist belongs\.$"):
            read(form, "x.xlsx")

    def test_a_workbook_of_somebody_else(self) -> None:
        from openpyxl import Workbook

        with pytest.raises(BadData, match=r"^x.xlsx is no checklist made by certbody: its hidden sheet is missing\."):
            read(saved(Workbook()), "x.xlsx")

    def test_one_that_contradicts_itself(self) -> None:
        data = changed(filled(), put("certbody", "B2", "2026-015"))
        with pytest.raises(BadData, match="its properties say audit '2026-014', its hidden sheet '2026-015'"):
            read(data)

    def test_one_without_properties_is_known_by_its_hidden_sheet(self) -> None:
        def strip(book: Any) -> None:
            for name in [each.name for each in book.custom_doc_props.props]:
                del book.custom_doc_props[name]

        assert read(changed(filled(), strip)) == read(filled())

    @pytest.mark.parametrize("row", [2, 3, 4])
    def test_one_that_does_not_say_what_it_is_of(self, row: int) -> None:
        def strip(book: Any) -> None:
            book["certbody"][f"B{row}"].value = None
            for name in [each.name for each in book.custom_doc_props.props]:
                del book.custom_doc_props[name]

        with pytest.raises(BadData, match=r"^checklist.xlsx does not say its (audit|version|stage); ask for"):
            read(changed(filled(), strip))

    def test_one_whose_version_is_no_number(self) -> None:
        def spoil(book: Any) -> None:
            book["certbody"]["B3"].value = "two"
            del book.custom_doc_props["certbody version"]

        with pytest.raises(BadData, match="does not say its version and stage as numbers"):
            read(changed(filled(), spoil))

    def test_one_without_its_list_of_rows(self) -> None:
        def strip(book: Any) -> None:
            del book.defined_names["checklist_rows"]

        with pytest.raises(BadData, match="does not say which rows it was sent out with"):
            read(changed(filled(), strip))

    @pytest.mark.parametrize("sheet", ["Checklist", "Findings"])
    def test_one_that_lost_a_sheet(self, sheet: str) -> None:
        with pytest.raises(BadData, match=f"the sheet '{sheet}' is missing"):
            read(changed(filled(), lambda book: book.remove(book[sheet])))

    def test_one_that_lost_a_heading(self) -> None:
        with pytest.raises(BadData, match="Checklist: the heading 'Result' is missing in row 4"):
            read(changed(filled(), put("Checklist", "J4", "Outcome")))


FAULTS: list[tuple[str, Step, str]] = [
    (
        "an unknown result",
        enter("Checklist", 1, result="Ye"),
        "Checklist!J5: 'Ye' is none of conformity, finding, strength, not covered, come back, not applicable",
    ),
    (
        "an unknown grade",
        enter("Findings", 1, checklist_row="7.2-1@HQ", grade="severe", statement="x"),
        "Findings!D5: 'severe' is none of major, minor, opportunity, strength",
    ),
    (
        "a row id twice",
        put("Checklist", "A7", "5.2-1@HQ"),
        "Checklist!A7: '5.2-1@HQ' stands in A5 already; each row may stand there once",
    ),
    ("an unknown row id", put("Checklist", "A5", "9.9-9@HQ"), "Checklist!A5: '9.9-9@HQ' is no row of this checklist"),
    (
        "a row that was added",
        put("Checklist", "J24", "conformity"),
        "Checklist!A24: is empty: this row was not part of the checklist; rows cannot be added",
    ),
    (
        "a formula for a result",
        put("Checklist", "J5", '="conf"&"ormity"'),
        "Checklist!J5: holds a formula; type the text itself",
    ),
    ("a formula for a note", put("Checklist", "K5", "=1+1"), "Checklist!K5: holds a formula; type the text itself"),
    (
        "a formula for a row id",
        put("Checklist", "A5", '="5.2-1@HQ"'),
        "Checklist!A5: holds a formula; type the text itself",
    ),
    (
        "a date as text",
        enter("Findings", 1, checklist_row="7.2-1@HQ", grade="minor", statement="x", found_on="15.4.2026"),
        "Findings!J5: '15.4.2026' is text, not a date; format the cell as a date and type it again",
    ),
    (
        "a finding on an unknown row",
        enter("Findings", 1, checklist_row="7.2-1@XX", grade="minor", statement="x"),
        "Findings!B5: '7.2-1@XX' is none of ",
    ),
    (
        "a finding on no row",
        enter("Findings", 1, grade="minor", statement="x"),
        "Findings!B5: is empty, where an entry is needed",
    ),
    (
        "a finding without a grade",
        enter("Findings", 1, checklist_row="7.2-1@HQ", statement="x"),
        "Findings!D5: is empty, where an entry is needed",
    ),
    (
        "a finding without a statement",
        enter("Findings", 1, checklist_row="7.2-1@HQ", grade="minor"),
        "Findings!F5: is empty, where an entry is needed",
    ),
    (
        "a requirement that became a number",
        enter("Findings", 1, checklist_row="7.2-1@HQ", grade="minor", statement="x", requirement=4.1),
        "Findings!E5: holds the number 4.1; format the cell as text and type it again",
    ),
    ("a text that is too long", put("Checklist", "K5", "x" * 32_001), "Checklist!K5: has 32,001 characters; at most"),
    ("an error", put("Checklist", "K5", "#REF!"), "Checklist!K5: holds the error #REF!; type the text itself"),
]


class TestFaults:
    """Issue, Bad input: one clear sentence each with file, sheet and cell."""

    @pytest.mark.parametrize(("step", "said"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
    def test_each_is_one_sentence_with_its_cell(self, step: Step, said: str) -> None:
        with pytest.raises(BadData) as refused:
            read(changed(filled(), lambda book: _clear(book), step))
        assert refused.value.headline == "checklist.xlsx cannot be taken over; nothing was recorded."
        [only] = refused.value.particulars
        assert only.startswith(f"checklist.xlsx, {said}")

    def test_all_are_named_at_once(self) -> None:
        steps = [
            enter("Checklist", 1, result="Ye"),
            put("Checklist", "K6", "=A1"),
            enter("Findings", 2, checklist_row="7.2-1@HQ", grade="big", statement="x"),
        ]
        with pytest.raises(BadData) as refused:
            read(changed(filled(), *steps))
        assert [line.split(":")[0] for line in refused.value.particulars] == [
            "checklist.xlsx, Checklist!J5",
            "checklist.xlsx, Checklist!K6",
            "checklist.xlsx, Findings!D6",
        ]

    def test_a_copied_finding_on_record(self) -> None:
        data = made(checklist.CHECKLIST, example.showing(example.STAGE_2))
        with pytest.raises(BadData) as refused:
            read(
                changed(
                    data,
                    put("Findings", "A10", "2026-014/AK-1"),
                    enter("Findings", 6, checklist_row="7.2-1@HQ", grade="minor", statement="x"),
                )
            )
        assert refused.value.particulars == (
            "checklist.xlsx, Findings!A10: '2026-014/AK-1' stands in A5 already; leave a new finding unnumbered",
        )

    def test_one_bad_row_never_hides_the_good_ones(self) -> None:
        faults = Faults()
        book = read_cells(changed(filled(), enter("Checklist", 1, result="Ye")), "x.xlsx")
        found = checklist_in(book, faults=faults)
        assert len(faults.lines) == 1
        assert "5.2-1@HQ" not in {row.row for row in found.rows}
        assert len(found.rows) == 18
        assert len(found.findings) == 1


def _clear(book: Any) -> None:
    """Without the finding of `filled`, so that each fault stands alone."""
    for cell in book["Findings"][5][1:]:
        cell.value = None


class TestWorkbook:
    def test_the_drop_downs_offer_the_words_of_the_stage(self) -> None:
        for audit, words in ((example.STAGE_1, checklist.words_of(1)), (example.STAGE_2, checklist.words_of(2))):
            cells = read_cells(blank(audit))
            start, end = (int(place.rpartition("$")[2]) for place in cells.names["results"].split(":"))
            offered = [cells.sheets["certbody"].text(row, "A") for row in range(start, end + 1)]
            assert offered == list(words)

    def test_every_row_has_its_drop_down(self) -> None:
        sheet = load_workbook(io.BytesIO(blank()))["Checklist"]
        top, columns = heads(sheet)
        [check] = [each for each in sheet.data_validations.dataValidation if each.formula1 == "results"]
        assert str(check.sqref) == f"J{top + 1}:J{top + 19}"
        assert columns["Result"] == 10

    def test_findings_cite_requirements_or_clauses_where_a_standard_has_none(self) -> None:
        assert checklist.citable(example.standard()) == ["S5.2.1", "S7.2.1", "S7.4.1", "S8.2.1", "S8.5.1"]
        bare = attrs.evolve(example.standard(), requirements=())
        assert checklist.citable(bare) == ["5.2", "7.2", "7.4", "8.2", "8.5"]
        assert checklist.citable(None) == []

    def test_a_question_that_the_standard_no_longer_has_is_asked_as_it_was_frozen(self) -> None:
        [row, *_] = checklist.fields(example.showing(example.STAGE_2, standard=None))["rows"]
        assert row["ask"] == "What did top management decide last year because of complaints?"
        assert (row["clause"], row["look_for"], row["methods"]) == ("5.2", "", "")

    def test_the_same_record_gives_the_same_bytes(self) -> None:
        assert blank() == blank()

    def test_an_audit_without_a_checklist(self) -> None:
        dossier = example.without(example.dossier(), checklists=())
        with pytest.raises(KeyError, match="has no checklist"):
            checklist.fields(example.showing(example.STAGE_2, dossier=dossier))

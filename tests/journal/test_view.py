"""TinyDB over the fold: to read with, and nothing to write with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import set as set_field

from certbody.errors import BadData
from certbody.journal import Fold
from certbody.journal.view import view
from tests.journal.acts import put


@pytest.fixture
def fold() -> Fold:
    return Fold([put({"F-1": {"grade": "major", "sites": ["A"]}, "F-2": {"grade": "minor"}})])


class TestReading:
    def test_a_query_finds_what_stands(self, fold: Fold) -> None:
        found: list[Any] = view(fold).table("findings").search(where("grade") == "major")
        assert [(document.doc_id, dict(document)) for document in found] == [
            ("F-1", {"grade": "major", "sites": ["A"]})
        ]

    def test_a_query_asked_again_sees_what_came_meanwhile(self, fold: Fold) -> None:
        table = view(fold).table("findings")
        assert table.count(where("grade") == "major") == len(table.search(where("grade") == "major")) == 1
        fold.add(put({"F-3": {"grade": "major"}}, at=1))
        assert len(table.search(where("grade") == "major")) == 2

    def test_a_record_is_had_by_its_id(self, fold: Fold) -> None:
        table = view(fold).table("findings")
        document: Any = table.get(doc_id="F-2")  # type: ignore[call-overload]
        assert document == {"grade": "minor"}
        assert len(table) == 2
        assert table.get(where("grade") == "none") is None

    def test_tables_are_named(self, fold: Fold) -> None:
        assert view(fold).tables() == {"findings"}
        assert view(fold).table("decisions").all() == []

    def test_a_function_asks_as_well(self, fold: Fold) -> None:
        assert len(view(fold).table("findings").search(lambda row: "sites" in row)) == 1

    def test_what_is_handed_out_is_a_copy_to_its_last_list(self, fold: Fold) -> None:
        table = view(fold).table("findings")
        some: Any = table.get(where("grade") == "major")
        some["sites"].append("B")
        some["grade"] = "minor"
        for each in [*table.all(), *table]:
            each["sites"] = None
        assert fold.tables["findings"]["F-1"] == {"grade": "major", "sites": ["A"]}


class TestWriting:
    @pytest.mark.parametrize(
        "write",
        [
            lambda db: db.table("findings").insert({"grade": "minor"}),
            lambda db: db.table("findings").insert_multiple([{"grade": "minor"}]),
            lambda db: db.table("findings").update({"grade": "minor"}),
            lambda db: db.table("findings").update({"grade": "minor"}, doc_ids=["F-1"]),
            lambda db: db.table("findings").update(set_field("grade", "minor"), where("grade") == "major"),
            lambda db: db.table("findings").update_multiple([({"grade": "minor"}, where("grade") == "major")]),
            lambda db: db.table("findings").upsert({"grade": "minor"}, where("grade") == "major"),
            lambda db: db.table("findings").remove(where("grade") == "major"),
            lambda db: db.table("findings").remove(doc_ids=["F-1"]),
            lambda db: db.table("findings").truncate(),
            lambda db: db.insert({"grade": "minor"}),
            lambda db: db.drop_table("findings"),
            lambda db: db.drop_tables(),
            lambda db: db.storage.write({}),
        ],
    )
    def test_every_way_to_write_is_refused_and_changes_nothing(
        self, fold: Fold, write: Callable[[TinyDB], object]
    ) -> None:
        with pytest.raises(BadData, match="cannot be written to"):
            write(view(fold))
        assert fold.tables == {"findings": {"F-1": {"grade": "major", "sites": ["A"]}, "F-2": {"grade": "minor"}}}

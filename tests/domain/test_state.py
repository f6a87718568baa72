"""State: tables of facts that acts change, and that nobody changes in place."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.domain.body import Body
from certbody.domain.client import Client
from certbody.domain.dossier import Dossier
from certbody.domain.state import tables_of
from tests.given import body, dossier

keys = st.sampled_from(["a", "b", "c", "d"])
records = st.lists(st.tuples(keys, st.integers(0, 9)), max_size=5).map(
    lambda rows: [client(key, f"Client {number}") for key, number in rows]
)
strikes = st.lists(keys, max_size=3)


def client(key: str, name: str = "Client") -> Client:
    return Client(id=key, name=name, address="1 Road", city="Town", country="Nowhere", representative="Somebody")


class TestHaving:
    """A state with records put on record and others struck out."""

    @given(records, records, strikes)
    def test_it_is_what_a_plain_dictionary_would_hold(
        self, first: list[Client], second: list[Client], gone: list[str]
    ) -> None:
        before = Dossier().having({"clients": first})
        expected = {each.id: each for each in [*first, *second] if each.id not in gone}
        assert before.having({"clients": second}, {"clients": gone}).clients == expected

    @given(records, records)
    def test_the_state_before_stays_as_it_was(self, first: list[Client], second: list[Client]) -> None:
        before = Dossier().having({"clients": first})
        kept = dict(before.clients)
        before.having({"clients": second}, {"clients": [each.id for each in first]})
        assert before.clients == kept

    @given(records)
    def test_putting_it_again_changes_nothing(self, put: list[Client]) -> None:
        once = Dossier().having({"clients": put})
        assert once.having({"clients": once.clients.values()}) == once

    @given(records, records)
    def test_two_acts_are_one_after_the_other(self, first: list[Client], second: list[Client]) -> None:
        apart = Dossier().having({"clients": first}).having({"clients": second})
        assert apart == Dossier().having({"clients": [*first, *second]})

    def test_tables_that_it_does_not_touch_are_shared(self) -> None:
        after = dossier().having({"clients": [client("C-0001")]})
        assert after.findings is dossier().findings
        assert after.journal == dossier().journal

    def test_striking_what_is_not_there_changes_nothing(self) -> None:
        assert dossier().having({}, {"findings": ["none"]}) == dossier()

    def test_a_table_that_is_not_there_is_an_error(self) -> None:
        with pytest.raises(AttributeError):
            Dossier().having({"secrets": []})


class TestTables:
    """What a dossier and the body hold."""

    @pytest.mark.parametrize(("kind", "example"), [(Dossier, dossier()), (Body, body())])
    def test_every_table_holds_values_with_an_id_of_its_class(self, kind: Any, example: Any) -> None:
        assert tables_of(kind) == kind.TABLES
        for table, held in kind.TABLES.items():
            assert attrs.fields(held)[0].name == "id"
            for key, record in getattr(example, table).items():
                assert type(record) is held
                assert record.id == key

    @pytest.mark.parametrize(
        "held", sorted({*Dossier.TABLES.values(), *Body.TABLES.values()}, key=lambda c: c.__name__)
    )
    def test_every_record_is_frozen_and_holds_no_list(self, held: Any) -> None:
        assert held.__setattr__ is not object.__setattr__
        assert not [each.name for each in attrs.fields(held) if str(each.type).startswith(("list", "dict", "set"))]

    def test_a_frozen_record_refuses_to_change(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            client("a").name = "Another"  # type: ignore[misc]

    def test_a_record_is_found_by_its_id_and_by_no_other(self) -> None:
        assert dossier().record("clients", "C-0001").name == "Nordwind Telecom Ltd"
        with pytest.raises(KeyError):
            dossier().record("clients", "C-0002")

    def test_the_client_of_an_empty_dossier_is_nobody(self) -> None:
        assert Dossier().client is None
        assert dossier().client is not None

"""The status of a certificate on any day (ISO/IEC 17021-1:2015, 9.6.5), against a second model that walks the days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certbody.domain.certificate import Status, standing
from certbody.domain.decision import Kind
from certbody.domain.dossier import Dossier
from tests.given import dossier, the, without
from tests.later import ANNULLED, SUSPENDED

NUMBER = "FC-2026-0001"
START = date(2026, 6, 24)
BARE = without(dossier(), decisions="*", certificates="*")


def revision(number: int, begins: int, lasts: int) -> Any:
    """A revision that is issued and effective so many days after the start."""
    day = START + timedelta(days=begins)
    return the(
        "certificates",
        id=f"certificate-{number}",
        revision=number,
        effective_on=day,
        issued_on=day,
        expires_on=day + timedelta(days=lasts),
    )


def decided(index: int, kind: Kind, day: int, effect: int | None) -> Any:
    """A decision about the certificate, so many days after the start, effective so many days later."""
    on = START + timedelta(days=day)
    return the(
        "decisions",
        id=f"decision-{index:02}",
        number=f"D-{index:02}",
        kind=kind,
        certificate=NUMBER,
        decided_on=on,
        effective_on=None if effect is None else on + timedelta(days=effect),
    )


def history(revisions: list[Any], decisions: list[Any]) -> Dossier:
    """A dossier with these certificates and decisions and no others."""
    made: Dossier = BARE.having({"certificates": revisions, "decisions": decisions})
    return made


def walked(revisions: list[Any], decisions: list[Any], until: date) -> Status:
    """The second model: one day after the other, with a memory of what was withdrawn and what is suspended."""
    begun = [each for each in revisions if each.effective_on <= until]
    if not begun:
        return Status.NOT_YET
    withdrawn = suspended = False
    effects: dict[date, list[Any]] = {}
    for each in sorted(decisions, key=lambda each: (each.decided_on, each.id)):
        effects.setdefault(each.effective_on or each.decided_on, []).append(each)
    day = min([START, *effects])
    while day <= until:
        for each in effects.get(day, ()):
            withdrawn = withdrawn or each.kind is Kind.WITHDRAW
            if each.kind is Kind.SUSPEND:
                suspended = True
            elif each.kind in (Kind.RESTORE, Kind.RENEW):
                suspended = False
        day += timedelta(days=1)
    newest = begun[0]
    for each in begun[1:]:
        if (each.effective_on, each.revision) > (newest.effective_on, newest.revision):
            newest = each
    if withdrawn:
        return Status.WITHDRAWN
    if until > newest.expires_on:
        return Status.EXPIRED
    return Status.SUSPENDED if suspended else Status.VALID


CHANGES = [Kind.MAINTAIN, Kind.EXPAND, Kind.REDUCE, Kind.SUSPEND, Kind.RESTORE, Kind.RENEW, Kind.WITHDRAW]
days = st.integers(0, 60)
some_decisions = st.lists(st.tuples(st.sampled_from(CHANGES), days, st.none() | st.integers(0, 20)), max_size=7).map(
    lambda rows: [decided(index, kind, day, effect) for index, (kind, day, effect) in enumerate(rows, 1)]
)
some_revisions = st.lists(st.tuples(days, st.integers(0, 40)), max_size=3).map(
    lambda rows: [revision(number, begins, lasts) for number, (begins, lasts) in enumerate(rows, 1)]
)


class TestOnEachDayOneStatus:
    """Whatever was decided and whenever it takes effect, folding and walking agree on every day."""

    @settings(max_examples=150, deadline=None)
    @given(some_revisions, some_decisions)
    def test_it_is_that_of_the_second_model(self, revisions: list[Any], decisions: list[Any]) -> None:
        found = history(revisions, decisions)
        for offset in range(-2, 106, 3):
            day = START + timedelta(days=offset)
            assert standing(NUMBER, found, day).status is walked(revisions, decisions, day)

    @settings(max_examples=100, deadline=None)
    @given(some_revisions, some_decisions, days)
    def test_what_takes_effect_later_changes_no_day_before(
        self, revisions: list[Any], decisions: list[Any], offset: int
    ) -> None:
        day = START + timedelta(days=offset)
        past = [each for each in decisions if (each.effective_on or each.decided_on) <= day]
        found = standing(NUMBER, history(revisions, decisions), day)
        assert found == standing(NUMBER, history(revisions, past), day)
        assert all(since <= day for since, _ in found.facts)
        assert found.since is None or found.since <= day

    @settings(max_examples=100, deadline=None)
    @given(some_revisions, some_decisions, st.randoms(use_true_random=False))
    def test_the_order_of_recording_does_not_matter(
        self, revisions: list[Any], decisions: list[Any], chance: Any
    ) -> None:
        shuffled = chance.sample(decisions, len(decisions))
        day = START + timedelta(days=45)
        assert standing(NUMBER, history(revisions, decisions), day) == standing(
            NUMBER, history(revisions, shuffled), day
        )

    @settings(max_examples=100, deadline=None)
    @given(some_revisions.filter(bool), some_decisions, days)
    def test_withdrawn_is_final(self, revisions: list[Any], decisions: list[Any], offset: int) -> None:
        gone = [*decisions, decided(99, Kind.WITHDRAW, offset, None)]
        found = history(revisions, gone)
        last = max(START + timedelta(days=offset), *(each.effective_on for each in revisions))
        for more in (0, 1, 400, 4000):
            assert standing(NUMBER, found, last + timedelta(days=more)).status is Status.WITHDRAWN


class TestDaysOfTheExample:
    """The certificate of the example: effective 2026-06-24, issued 2026-06-26, to 2029-06-23."""

    @pytest.mark.parametrize(
        ("on", "status"),
        [
            (date(2026, 6, 23), Status.NOT_YET),
            (date(2026, 6, 26), Status.VALID),
            (date(2029, 6, 23), Status.VALID),
            (date(2029, 6, 24), Status.EXPIRED),
        ],
    )
    def test_it_is_valid_to_its_last_day(self, on: date, status: Status) -> None:
        assert standing(NUMBER, dossier(), on).status is status

    def test_it_is_expired_since_the_day_after_its_last(self) -> None:
        assert standing(NUMBER, dossier(), date(2030, 1, 1)).since == date(2029, 6, 24)

    def test_a_number_that_nobody_has_is_not_yet_valid(self) -> None:
        found = standing("FC-2026-0099", dossier(), date(2026, 7, 1))
        assert (found.status, found.certificate, found.facts) == (Status.NOT_YET, None, ())

    def test_it_names_the_facts_it_rests_on_oldest_first(self) -> None:
        suspended = decided(2, Kind.SUSPEND, 69, None)
        found = standing(NUMBER, dossier().having({"decisions": [suspended]}), date(2026, 9, 2))
        assert (found.status, found.since) == (Status.SUSPENDED, date(2026, 9, 1))
        assert [words for _, words in found.facts] == [
            "grant decided on 2026-06-24 (D-2026-001)",
            "Certificate FC-2026-0001 r1 valid from 2026-06-24 to 2029-06-23",
            "suspend decided on 2026-09-01 (D-02)",
        ]

    def test_a_gap_between_two_validities_is_not_certified(self) -> None:
        """Vector C4 of the cycle: expired 2029-06-23, renewed on 2029-10-10."""
        day = date(2029, 10, 10)
        later = the("certificates", id="c-2", revision=2, effective_on=day, issued_on=day, expires_on=date(2032, 6, 23))
        found = dossier().having({"certificates": [later]})
        for on, status in (
            (date(2029, 6, 24), Status.EXPIRED),
            (date(2029, 10, 9), Status.EXPIRED),
            (day, Status.VALID),
        ):
            assert standing(NUMBER, found, on).status is status

    def test_the_status_of_one_certificate_is_none_of_anothers(self) -> None:
        gone = attrs.evolve(decided(2, Kind.WITHDRAW, 10, None), certificate="FC-2026-0002")
        facts: Mapping[str, Any] = {"decisions": [gone]}
        assert standing(NUMBER, dossier().having(facts), date(2026, 8, 1)).status is Status.VALID


def test_what_is_annulled_before_it_has_effect_is_told_from_the_day_of_that_effect_on() -> None:
    suspended = attrs.evolve(SUSPENDED, effective_on=date(2026, 7, 31))
    found = dossier().having({"decisions": [suspended], "annulments": [ANNULLED]})
    seen = [standing(NUMBER, found, date(2026, 7, day)) for day in (30, 31)]
    assert [any(SUSPENDED.number in fact for _, fact in each.facts) for each in seen] == [False, True]
    assert [each.status for each in seen] == [Status.VALID, Status.VALID]

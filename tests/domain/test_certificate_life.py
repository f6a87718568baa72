"""A certificate's whole life, day by day, against a clerk who keeps the register by hand (9.6.5, 8.2.2, 8.3).

The clerk knows nothing of folding. Each morning the clerk looks at yesterday's entry and at the papers that take
effect today, and writes today's entry. When a decision is annulled, the clerk strikes its paper from the pile and goes
through the pile again from the beginning.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from certbody.domain.certificate import Standing, Status, standing
from certbody.domain.decision import ADVERSE, Annulment, Ground, Kind
from certbody.domain.dossier import Dossier
from tests.given import DUNJA, changed, dossier, the, without

NUMBER = "FC-2026-0001"
START = date(2026, 6, 24)
LAST = 70
"""Days after the start until which the clerk writes."""
SITES = ("HQ", "CC", "FS")


@attrs.frozen(kw_only=True)
class Entry:
    """What the clerk wrote for one day."""

    word: str = "nothing"
    revision: int = 0
    scope: str = ""
    sites: tuple[str, ...] = ()
    until: date | None = None
    gone: bool = False
    paused: bool = False

    def seen(self, day: date, ends: dict[int, date]) -> tuple[str, int, str, tuple[str, ...], date | None, bool]:
        """The entry as whoever asks is told it on a day: status, revision, scope, sites, until, and marks."""
        if self.revision == 0:
            return ("not yet valid", 0, "", (), None, False)
        word = "valid"
        if self.paused:
            word = "suspended"
        if day > ends[self.revision]:
            word = "expired"
        if self.gone:
            word = "withdrawn"
        until = self.until if word == "suspended" else None
        return (word, self.revision, self.scope, self.sites, until, word == "valid")


def kept_by_hand(found: Dossier, transition: date | None) -> list[tuple[Any, ...]]:
    """The clerk's book from two days before the start."""
    ends = {
        each.revision: min(each.expires_on, transition) if transition else each.expires_on
        for each in found.certificates.values()
    }
    book = []
    for offset in range(-2, LAST):
        today = START + timedelta(days=offset)
        struck = {each.decision for each in found.annulments.values() if each.annulled_on <= today}
        entry = Entry()
        application = found.applications["application-1"]
        scope, sites = application.scope, application.sites
        day = START - timedelta(days=3)
        while day <= today:
            for paper in sorted(found.decisions.values(), key=lambda each: (each.decided_on, each.id)):
                if paper.id in struck or (paper.effective_on or paper.decided_on) != day:
                    continue
                if paper.kind in (Kind.GRANT, Kind.RENEW, Kind.EXPAND, Kind.REDUCE):
                    scope, sites = paper.scope or scope, paper.sites or sites
                if paper.kind is Kind.WITHDRAW:
                    entry = attrs.evolve(entry, gone=True)
                elif paper.kind is Kind.SUSPEND:
                    entry = attrs.evolve(entry, paused=True, until=paper.until)
                elif paper.kind in (Kind.RESTORE, Kind.RENEW):
                    entry = attrs.evolve(entry, paused=False, until=None)
            for each in found.certificates.values():
                there = each.effective_on if each.revision == 1 else max(each.effective_on, each.issued_on)
                if there <= day and _rank(each) >= _rank(found.certificates.get(f"certificate-{entry.revision}")):
                    entry = attrs.evolve(entry, revision=each.revision)
            day += timedelta(days=1)
        entry = attrs.evolve(entry, scope=scope, sites=sites)
        book.append((today, *entry.seen(today, ends)))
    return book


def _rank(certificate: Any) -> tuple[date, int]:
    return (certificate.effective_on, certificate.revision) if certificate else (date.min, 0)


def told(found: Standing) -> tuple[Any, ...]:
    """What certbody says of the same day."""
    revision = found.certificate.revision if found.certificate else 0
    return (str(found.status), revision, found.scope, found.sites, found.suspended_until, found.marks)


days = st.integers(0, 50)
kinds = st.sampled_from(
    [Kind.MAINTAIN, Kind.EXPAND, Kind.REDUCE, Kind.SUSPEND, Kind.SUSPEND, Kind.RESTORE, Kind.RENEW, Kind.WITHDRAW]
)


@attrs.frozen
class Life:
    """A dossier and the end of its edition's transition; shown by what was decided, for a dossier is long."""

    found: Dossier = attrs.field(repr=False)
    transition: date | None
    decided: tuple[str, ...]
    issued: tuple[str, ...]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A certificate with up to three revisions, six decisions, some of them annulled, and the end of a transition."""
    transition = draw(st.none() | st.integers(10, 65).map(lambda count: START + timedelta(days=count)))
    found = changed(
        without(dossier(), certificates="*"), "applications",
        basis=attrs.evolve(the("applications").basis, transition_end=transition),
    )  # fmt: skip
    certificates, begins = [], 0
    for number in range(1, draw(st.integers(1, 3)) + 1):
        begins = begins + draw(st.integers(0, 15)) if number > 1 else 0
        certificates.append(
            the(
                "certificates",
                id=f"certificate-{number}",
                revision=number,
                effective_on=START + timedelta(days=begins),
                issued_on=START + timedelta(days=begins + draw(st.integers(0, 8))),
                expires_on=START + timedelta(days=begins + draw(st.integers(5, 60))),
            )
        )
    decisions = []
    for index in range(draw(st.integers(0, 6))):
        kind, on, later = draw(kinds), START + timedelta(days=draw(days)), draw(st.none() | st.integers(0, 12))
        decisions.append(
            the(
                "decisions",
                id=f"decision-5{index}",
                number=f"D-5{index}",
                kind=kind,
                certificate=NUMBER,
                decided_on=on,
                effective_on=None if later is None else on + timedelta(days=later),
                ground=Ground.FAILURE if kind in ADVERSE else None,
                until=on + timedelta(days=90) if kind is Kind.SUSPEND else None,
                scope=draw(st.sampled_from(["", "wide", "narrow"])) if kind in (Kind.EXPAND, Kind.REDUCE) else "",
                sites=draw(st.sampled_from([(), SITES, SITES[:1]])) if kind in (Kind.EXPAND, Kind.REDUCE) else (),
            )
        )
    annulled = [
        Annulment(
            id=f"annulment-{each.id}",
            decision=each.id,
            annulled_on=each.decided_on + timedelta(days=draw(st.integers(0, 20))),
            by=DUNJA,
            reason="An error.",
        )
        for each in decisions
        if each.kind in ADVERSE and draw(st.booleans())
    ]
    made = found.having({"certificates": certificates, "decisions": decisions, "annulments": annulled})
    return Life(
        made,
        transition,
        tuple(f"{each.kind} {each.begins_on} {each.scope} {each.sites}" for each in decisions),
        tuple(f"r{each.revision} {each.effective_on} {each.issued_on} {each.expires_on}" for each in certificates),
    )


class TestTheRegisterOnEveryDay:
    """ISO/IEC 17021-1:2015, 8.1.2: what is said of a certificate is right for the day that is asked about."""

    @settings(max_examples=150, deadline=None)
    @given(lives())
    def test_it_says_what_a_clerk_wrote_by_hand(self, life: Life) -> None:
        for day, *written in kept_by_hand(life.found, life.transition):
            assert told(standing(NUMBER, life.found, day)) == tuple(written), day

    @settings(max_examples=80, deadline=None)
    @given(lives(), days)
    def test_no_later_fact_changes_an_earlier_day(self, life: Life, offset: int) -> None:
        found, day = life.found, START + timedelta(days=offset)
        known = found.changed(
            {
                "decisions": {k: v for k, v in found.decisions.items() if v.begins_on <= day},
                "annulments": {k: v for k, v in found.annulments.items() if v.annulled_on <= day},
            }
        )
        assert standing(NUMBER, known, day) == standing(NUMBER, found, day)

    @settings(max_examples=80, deadline=None)
    @given(lives(), days)
    def test_only_what_is_valid_bears_the_marks_and_only_what_is_suspended_an_end(
        self, life: Life, offset: int
    ) -> None:
        held = standing(NUMBER, life.found, START + timedelta(days=offset))
        assert held.marks == (held.status is Status.VALID)
        assert (held.suspended_until is None) or held.status is Status.SUSPENDED
        assert all(day <= held.on for day, _ in held.facts)

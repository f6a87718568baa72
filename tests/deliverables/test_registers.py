"""What the registers say of the example, on any day, and what they keep from the public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.deliverables import certificate_register, client_register, planning_view
from certbody.deliverables.planned_days import Part, Window, parted, spread
from certbody.deliverables.readable import workbook_text
from certbody.deliverables.rows import Listing, Register, value_of
from certbody.deliverables.streamed import write_workbook
from certbody.domain.application import ApplicationReview, Outcome
from certbody.domain.audit import Assignment, Audit, AuditPlan, Role, Slot
from certbody.domain.decision import CertificationDecision, Ground, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.periods import add_months
from certbody.domain.programme import AuditProgramme, PlannedAudit
from certbody.domain.standard import AuditType
from tests.deliverables import example

DOSSIER = example.dossier()
NUMBER, APPLICATION = "FC-2026-0001", "application-1"
SUSPENDED = date(2027, 7, 1)
YEAR = Window(begin=date(2027, 1, 1), months=12)


def said(listing: Listing) -> list[dict[str, Any]]:
    """The rows by their keys."""
    keys = [column.key for column in listing.columns]
    return [dict(zip(keys, map(value_of, row), strict=True)) for row in listing.rows]


def decided(kind: Kind, on: date, **more: Any) -> CertificationDecision:
    """A decision about the example's certificate."""
    given: dict[str, Any] = {"certificate": NUMBER, "reason": "Invented."} | more
    return CertificationDecision(
        id=f"{kind}-{on}", number=f"D-{on}", application=APPLICATION, kind=kind, decided_on=on, by="P-04", **given
    )


def suspended() -> Dossier:
    decision = decided(Kind.SUSPEND, SUSPENDED, ground=Ground.AUDIT, until=date(2027, 12, 31))
    return DOSSIER.having({"decisions": [decision]})


class TestCertificates:
    """ISO/IEC 17021-1:2015, 8.1.2, 8.2.2, 9.6.5."""

    def internal(self, dossier: Dossier, on: date) -> dict[str, Any]:
        [row] = said(certificate_register.listings([dossier], on, internal=True)[0])
        return row

    def test_the_public_is_told_what_the_standard_grants_and_nothing_else(self) -> None:
        [listing] = certificate_register.listings([DOSSIER], date(2027, 1, 1))
        [row] = said(listing)
        assert row == {
            "number": NUMBER,
            "revision": 1,
            "client": "Nordwind Telecom Ltd",
            "city": "Musterhafen",
            "country": "Germany",
            "criteria": "S-10002, issue 1 of 2026-01-05",
            "scope": DOSSIER.applications[APPLICATION].scope,
            "status": "valid",
        }

    def test_the_office_sees_dates_sites_and_marks(self) -> None:
        row = self.internal(DOSSIER, date(2027, 1, 1))
        assert (row["client_number"], row["sites"], row["accredited"], row["marks"]) == ("C-0001", 3, False, True)
        assert (row["original_on"], row["effective_on"], row["expires_on"], row["since"]) == (
            *(date(2026, 6, 24),) * 2,
            date(2029, 6, 23),
            date(2026, 6, 24),
        )
        assert (row["ground"], row["until"]) == ("", None)

    def test_the_sites_are_a_list_of_their_own(self) -> None:
        sites = said(certificate_register.listings([DOSSIER], date(2027, 1, 1), internal=True)[1])
        assert [(each["number"], each["site"], each["central"]) for each in sites] == [
            (NUMBER, "HQ", True),
            (NUMBER, "CC", False),
            (NUMBER, "FS", False),
        ]

    def test_a_suspended_one_names_its_class_of_reason_from_its_day_on(self) -> None:
        row = self.internal(suspended(), SUSPENDED)
        assert (row["status"], row["since"], row["until"]) == ("suspended", SUSPENDED, date(2027, 12, 31))
        assert (row["ground"], row["marks"]) == ("audit not made possible in time", False)
        before = self.internal(suspended(), SUSPENDED - timedelta(days=1))
        assert (before["status"], before["ground"], before["marks"]) == ("valid", "", True)

    def test_a_withdrawn_one_names_the_ground_of_its_withdrawal(self) -> None:
        later = decided(Kind.WITHDRAW, date(2027, 8, 1), ground=Ground.UNRESOLVED)
        row = self.internal(suspended().having({"decisions": [later]}), date(2027, 9, 1))
        assert (row["status"], row["ground"]) == ("withdrawn", "cause of the suspension not removed")

    def test_a_decision_without_a_ground_says_that_none_is_stated(self) -> None:
        old = DOSSIER.having({"decisions": [decided(Kind.SUSPEND, SUSPENDED)]})
        assert self.internal(old, SUSPENDED)["ground"] == "not stated"

    def test_a_reduced_scope_and_its_sites_count_from_the_decision_on(self) -> None:
        less = DOSSIER.having({"decisions": [decided(Kind.REDUCE, SUSPENDED, scope="Shops only.", sites=("HQ", "FS"))]})
        row = self.internal(less, SUSPENDED)
        assert (row["scope"], row["sites"], row["status"]) == ("Shops only.", 2, "valid")
        sites = said(certificate_register.listings([less], SUSPENDED, internal=True)[1])
        assert [each["site"] for each in sites] == ["HQ", "FS"]

    def test_an_expired_one_says_since_when(self) -> None:
        row = self.internal(DOSSIER, date(2029, 7, 1))
        assert (row["status"], row["since"], row["marks"]) == ("expired", date(2029, 6, 24), False)

    def test_what_was_issued_later_is_not_in_it(self) -> None:
        [listing] = certificate_register.listings([DOSSIER], date(2026, 6, 25))
        assert listing.rows == []
        assert listing.empty == "No certificates on 2026-06-25."

    def test_what_is_issued_and_not_yet_valid_is_for_the_office_alone(self) -> None:
        certificate = next(iter(DOSSIER.certificates.values()))
        later = DOSSIER.having({"certificates": [attrs.evolve(certificate, effective_on=date(2026, 9, 1))]})
        row = self.internal(later, date(2026, 8, 1))
        assert (row["status"], row["since"], row["marks"]) == ("not yet valid", None, False)
        assert said(certificate_register.listings([later], date(2026, 8, 1))[0]) == []
        assert len(said(certificate_register.listings([later], date(2026, 9, 1))[0])) == 1

    def test_they_stand_by_number_whoever_holds_them(self) -> None:
        certificate = next(iter(DOSSIER.certificates.values()))
        other = DOSSIER.having({"certificates": [attrs.evolve(certificate, number="FC-2025-0009")]})
        rows = said(certificate_register.listings([DOSSIER, other], date(2027, 1, 1))[0])
        assert [row["number"] for row in rows] == ["FC-2025-0009", NUMBER]


class TestClients:
    def row(self, dossier: Dossier, on: date) -> dict[str, Any]:
        [row] = said(client_register.listings([dossier], on)[0])
        return row

    def test_a_certified_client_has_its_certificate_and_what_is_due(self) -> None:
        row = self.row(DOSSIER, date(2027, 1, 1))
        assert (row["number"], row["standard"], row["state"]) == ("C-0001", "ISO 10002:2018", "granted")
        assert (row["certificate"], row["status"], row["expires_on"]) == (NUMBER, "valid", date(2029, 6, 23))
        assert (row["next_audit"], row["due_by"], row["planned_for"]) == ("surveillance", date(2027, 6, 24), None)

    def test_what_is_overdue_says_so_from_the_day_after(self) -> None:
        assert self.row(DOSSIER, date(2027, 6, 24))["next_audit"] == "surveillance"
        assert self.row(DOSSIER, date(2027, 6, 25))["next_audit"] == "surveillance, overdue"

    def test_nothing_is_due_of_what_was_withdrawn(self) -> None:
        gone = DOSSIER.having({"decisions": [decided(Kind.WITHDRAW, SUSPENDED, ground=Ground.REQUEST)]})
        row = self.row(gone, SUSPENDED)
        assert (row["status"], row["next_audit"], row["due_by"]) == ("withdrawn", None, None)

    def test_a_client_is_none_before_it_applied(self) -> None:
        received = DOSSIER.applications[APPLICATION].received_on
        assert client_register.listings([DOSSIER], received - timedelta(days=1))[0].rows == []
        assert self.row(DOSSIER, received)["state"] == "received"

    def test_the_application_is_as_far_as_it_was_on_the_day(self) -> None:
        days = (date(2026, 3, 10), date(2026, 3, 30), date(2026, 4, 14), date(2026, 5, 1), date(2026, 6, 24))
        states = [self.row(DOSSIER, day)["state"] for day in days]
        assert states == ["in stage 1", "stage 1 done", "in stage 2", "stage 2 done", "granted"]

    def test_a_declined_application_is_one(self) -> None:
        review = ApplicationReview(
            id="review-0",
            application=APPLICATION,
            reviewed_on=date(2026, 1, 14),
            by="P-03",
            outcome=Outcome.DECLINED,
            reason="No competence for it.",
        )
        bare = example.without(DOSSIER, application_reviews=[review], agreements=(), audits=(), decisions=())
        assert self.row(example.without(bare, certificates=()), date(2026, 2, 1))["state"] == "declined"

    def test_before_the_certificate_the_next_stage_is_what_comes(self) -> None:
        row = self.row(DOSSIER, date(2026, 4, 1))
        assert (row["next_audit"], row["planned_for"]) == ("initial audit, stage 2", date(2026, 4, 14))
        assert row["certificate"] is None

    def test_no_clients_is_a_sentence(self) -> None:
        assert client_register.listings([], date(2027, 1, 1))[0].empty == "No clients on 2027-01-01."


def surveillance(starts: date, **more: Any) -> Audit:
    """A surveillance of two days, one of two auditor-days remote."""
    given: dict[str, Any] = {
        "id": "audit-s1",
        "number": "2027-003",
        "kind": AuditType.SURVEILLANCE,
        "stage": 0,
        "starts_on": starts,
        "ends_on": starts + timedelta(days=1),
        "days": Decimal(2),
        "remote_days": Decimal(1),
    } | more
    return attrs.evolve(DOSSIER.audits[example.STAGE_2], **given)


def place(person: str = "P-01", days: str = "2", role: Role = Role.LEADER) -> Assignment:
    return Assignment(
        id=f"as-{person}",
        audit="audit-s1",
        person=person,
        role=role,
        days=Decimal(days),
        assigned_on=date(2027, 1, 4),
    )


def planned(starts: date, *team: Assignment, **more: Any) -> Dossier:
    return DOSSIER.having({"audits": [surveillance(starts, **more)], "assignments": team})


class TestPlanning:
    """ISO/IEC 17021-1:2015, 9.1.3."""

    def lists(self, dossier: Dossier, on: date = date(2027, 1, 10), window: Window = YEAR) -> dict[str, Any]:
        found = planning_view.listings([dossier], example.body(), window, on)
        return {listing.key: said(listing) for listing in found}

    def days(self, dossier: Dossier, name: str, **more: Any) -> dict[str, Any]:
        [row] = [row for row in self.lists(dossier, **more)["days"] if row["auditor"] == name]
        return {key: value for key, value in row.items() if value and key not in ("auditor", "initials")}

    def test_an_audit_stands_in_its_month_with_team_and_days(self) -> None:
        lists = self.lists(planned(date(2027, 5, 10), place(days="1.5"), place("P-02", "0.5", Role.AUDITOR)))
        [row] = lists["audits"]
        assert (row["month"], row["audit"], row["what"], row["state"]) == (
            "2027-05",
            "2027-003",
            "surveillance audit",
            "planned",
        )
        assert row["team"] == "Ada Kaya (leader) 1.5; Bruno Feld (auditor) 0.5"
        assert (row["days"], row["onsite_days"], row["remote_days"], row["unassigned_days"]) == (2, 1, 1, None)
        assert [(each["auditor"], each["onsite_days"], each["remote_days"]) for each in lists["by_auditor"]] == [
            ("Ada Kaya", Decimal("0.75"), Decimal("0.75")),
            ("Bruno Feld", Decimal("0.25"), Decimal("0.25")),
        ]

    def test_days_of_each_auditor_are_summed_by_month(self) -> None:
        dossier = planned(date(2027, 5, 10), place(days="1.5"), place("P-02", "0.5", Role.AUDITOR))
        assert self.days(dossier, "Ada Kaya") == {
            "2027-05": Decimal("1.5"),
            "total": Decimal("1.5"),
            "onsite_days": Decimal("0.75"),
            "remote_days": Decimal("0.75"),
        }
        assert self.days(dossier, "All auditors")["2027-05"] == 2
        assert self.days(dossier, "No auditor named") == {}

    def test_auditor_days_that_nobody_has_are_a_gap(self) -> None:
        dossier = planned(date(2027, 5, 10), place(days="0.5"))
        assert self.days(dossier, "No auditor named")["2027-05"] == Decimal("1.5")
        assert self.lists(dossier)["audits"][0]["unassigned_days"] == Decimal("1.5")

    def test_an_experts_days_are_no_audit_time(self) -> None:
        dossier = planned(date(2027, 5, 10), place(), place("P-05", "1", Role.TECHNICAL_EXPERT))
        lists = self.lists(dossier)
        assert "Emil Sand" not in [row["auditor"] for row in lists["days"]]
        assert [row["auditor"] for row in lists["by_auditor"]] == ["Ada Kaya", "Emil Sand"]

    def test_an_auditor_without_audits_is_seen_and_one_who_may_not_audit_is_not(self) -> None:
        names = [row["auditor"] for row in self.lists(DOSSIER)["days"]]
        assert names[:2] == ["Ada Kaya", "Bruno Feld"]
        assert "Dunja Petrov" not in names

    def test_what_is_due_and_not_planned_is_a_gap_with_its_days_by_the_programme(self) -> None:
        [row] = self.lists(DOSSIER)["due"]
        assert (row["not_after"], row["what"], row["certificate"]) == (date(2027, 6, 24), "surveillance 1", NUMBER)
        assert (row["days"], row["sites"], row["gap"], row["days_left"]) == (2, 2, "not planned", 165)
        assert self.days(DOSSIER, "Due, not planned") == {"2027-06": 2, "total": 2}
        assert self.days(DOSSIER, "Overdue, not planned") == {}

    def test_what_is_planned_in_time_is_no_gap(self) -> None:
        assert self.lists(planned(date(2027, 6, 22), place()))["due"] == []

    def test_what_is_planned_too_late_is_one_and_counts_no_days_twice(self) -> None:
        dossier = planned(date(2027, 6, 28), place())
        [row] = self.lists(dossier)["due"]
        assert row["gap"] == "2027-003 begins on 2027-06-28: too late"
        assert self.days(dossier, "Due, not planned") == {}

    def test_what_is_overdue_is_told_apart_and_stays_until_it_is_held(self) -> None:
        on = date(2027, 8, 1)
        [row] = self.lists(DOSSIER, on=on, window=Window(begin=date(2027, 8, 1), months=3))["due"]
        assert (row["gap"], row["days_left"]) == ("overdue; not planned", -38)
        late = self.days(DOSSIER, "Overdue, not planned", on=on, window=Window(begin=date(2027, 8, 1), months=3))
        assert late == {"2027-08": 2, "total": 2}

    def test_the_recertification_is_due_before_the_certificate_ends(self) -> None:
        window = Window(begin=date(2029, 1, 1), months=6)
        found = [row["what"] for row in self.lists(DOSSIER, window=window)["due"]]
        assert found == ["surveillance 1", "surveillance 2", "recertification"]

    def test_a_withdrawn_certificate_asks_for_nothing(self) -> None:
        gone = DOSSIER.having({"decisions": [decided(Kind.WITHDRAW, date(2027, 1, 5), ground=Ground.REQUEST)]})
        assert self.lists(gone)["due"] == []

    def test_a_stage_of_the_programme_that_nobody_set_up_is_a_gap(self) -> None:
        stage = PlannedAudit(kind=AuditType.INITIAL, stage=2, days=Decimal(4), planned_for=date(2027, 3, 9))
        programme = AuditProgramme(
            id="programme-9",
            application=APPLICATION,
            audit_time="time-1",
            made_on=date(2026, 12, 1),
            by="P-03",
            planned=(stage,),
        )
        bare = example.without(
            DOSSIER, certificates=(), decisions=(), audits=(), assignments=(), programmes=[programme]
        )
        [row] = self.lists(bare)["due"]
        assert (row["what"], row["not_after"], row["days"]) == ("stage 2", date(2027, 3, 9), 4)

    def test_a_day_that_passed_without_an_opening_meeting_is_marked(self) -> None:
        assert (
            self.lists(planned(date(2027, 5, 10), place()), on=date(2027, 5, 11))["audits"][0]["state"] == "not opened"
        )

    def test_an_audit_over_two_months_is_split_by_its_weekdays(self) -> None:
        dossier = planned(
            date(2027, 4, 29), place(days="3"), ends_on=date(2027, 5, 3), days=Decimal(3), remote_days=Decimal(0)
        )
        found = self.days(dossier, "Ada Kaya")  # Thursday, Friday; Monday
        assert (found["2027-04"], found["2027-05"]) == (2, 1)
        may = self.days(dossier, "Ada Kaya", window=Window(begin=date(2027, 5, 1), months=1))
        assert may["total"] == 1

    def test_the_plan_says_who_is_remote_and_when(self) -> None:
        def slot(day: date, person: str, remote: bool) -> Slot:
            return Slot(
                day=day, starts=time(9), ends=time(12), site="HQ", what="Talks", people=(person,), remote=remote
            )

        first = date(2027, 5, 10)
        plan = AuditPlan(
            id="plan-s1",
            audit="audit-s1",
            made_on=date(2027, 4, 1),
            by="P-01",
            slots=(slot(first, "P-01", False), slot(first, "P-02", True)),
        )
        dossier = planned(first, place(days="1"), place("P-02", "1", Role.AUDITOR)).having({"plans": [plan]})
        rows = {row["auditor"]: (row["onsite_days"], row["remote_days"]) for row in self.lists(dossier)["by_auditor"]}
        assert rows == {"Ada Kaya": (1, 0), "Bruno Feld": (0, 1)}

    def test_months_without_anything_are_sentences(self) -> None:
        found = planning_view.listings([], example.body(), YEAR, date(2027, 1, 1))
        assert [listing.empty for listing in found[1:]] == [
            "No audits from 2027-01 to 2027-12.",
            "No audits from 2027-01 to 2027-12.",
            "Everything that is due until 2027-12-31 is planned.",
        ]


class TestDays:
    days = st.decimals(min_value="0.01", max_value=99, places=2)

    @given(days, st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 90), st.decimals("0", "99", places=1))
    def test_no_day_is_lost_or_made_wherever_months_end(
        self, days: Decimal, starts: date, length: int, remote: Decimal
    ) -> None:
        audit = surveillance(starts, ends_on=starts + timedelta(days=length), days=days, remote_days=min(remote, days))
        parts = parted(days, audit, Dossier())
        assert sum(parts.values()) == days
        assert all(share > 0 for share in parts.values())
        assert {part.month.day for part in parts} == {1}

    @given(days, st.lists(st.integers(0, 1_000), min_size=1, max_size=12).filter(any))
    def test_shares_are_in_proportion_to_a_hundredth(self, days: Decimal, weights: list[int]) -> None:
        given = {Part(add_months(date(2027, 1, 1), at), False): Decimal(weight) for at, weight in enumerate(weights)}
        made = spread(days, given)
        assert sum(made.values()) == days
        for part, weight in given.items():
            exact = days * weight / sum(given.values())
            assert abs(made.get(part, Decimal(0)) - exact) <= Decimal("0.01") * len(weights)

    def test_a_window_ends_with_its_last_month(self) -> None:
        assert Window(begin=date(2027, 11, 1), months=4).end == date(2028, 2, 29)
        assert Window(begin=date(2027, 11, 1), months=4).name == "2027-11-to-2028-02"
        assert Window(begin=date(2027, 11, 1), months=1).name == "2027-11"


@pytest.mark.parametrize(
    "kind", ["certificate-register", "certificate-register-internal", "client-register", "planning"]
)
def test_the_text_of_each_workbook_is_the_golden_one(kind: str, golden: Callable[[str, str], None]) -> None:
    on = date(2027, 7, 5)
    dossier = suspended().having({"audits": [surveillance(date(2027, 7, 12))], "assignments": [place(days="1.5")]})
    found = {
        "certificate-register": lambda: certificate_register.listings([dossier], on),
        "certificate-register-internal": lambda: certificate_register.listings([dossier], on, internal=True),
        "client-register": lambda: client_register.listings([dossier], on),
        "planning": lambda: planning_view.listings([dossier], example.body(), YEAR, on),
    }[kind]()
    titles = {"client-register": client_register.TITLE, "planning": planning_view.TITLE}
    made = Register(
        kind=kind,
        title=titles.get(kind, certificate_register.TITLE),
        period=str(on),
        on=on,
        body="Fernhill Certification Ltd",
        head="12·0123456789ab",
        listings=found,
    )
    out = BytesIO()
    write_workbook(made, out)
    golden(kind, workbook_text(out.getvalue()))

"""Audit time and sampling (12, 13, 14) in the dossier; the numbers themselves are tested in test_time_rules.py."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

import attrs
import pytest

from certbody.domain.audit_time import Factor, Phase, SiteLoad, SiteTime
from certbody.domain.quotation import QuoteLine, money
from certbody.domain.quotation_rules import a_quotation_bills_the_days_on_record
from certbody.domain.sampling import draw
from certbody.domain.sampling_rules import a_sample_is_large_enough_and_partly_drawn, an_audit_visits_its_sample
from certbody.domain.standard import AuditType
from certbody.domain.time_rules import (
    a_time_record_is_justified,
    days_are_not_stretched,
    planned_days_reach_the_record,
)
from tests.given import STAGE_1, STAGE_2, changed, dossier, passes, refused, the, without


@pytest.mark.rule(12)
class TestATimeRecordIsJustified:
    """ISO/IEC 17021-1:2015, 9.1.4; IAF MD 5:2023."""

    covers = (a_time_record_is_justified,)

    def test_that_of_the_example_passes(self) -> None:
        passes(a_time_record_is_justified, the("audit_times"))

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"application": "none"}, "There is no application none"),
            ({"personnel": 0}, "names no persons in scope"),
            ({"personnel": 61}, "The audit time is for 61 persons; its sites have 62"),
            ({"table": ""}, "The audit time names no table"),
        ],
    )
    def test_what_is_missing_is_refused(self, changes: dict[str, Any], said: str) -> None:
        refused(a_time_record_is_justified, the("audit_times", **changes), said)

    def test_thirty_per_cent_pass_and_thirty_point_one_are_refused(self) -> None:
        passes(a_time_record_is_justified, the("audit_times", factors=(Factor(percent=Decimal(-30), reason="mature"),)))
        more = the("audit_times", factors=(Factor(percent=Decimal("-30.1"), reason="mature"),))
        refused(a_time_record_is_justified, more, "The factors come to −30.1 %; at most −30 % is allowed")

    def test_80_per_cent_on_site_pass_and_79_draw_a_warning(self) -> None:
        passes(a_time_record_is_justified, the("audit_times", onsite_share=Decimal(80)))
        said = "79 % of the audit time lie between the two meetings"
        refused(a_time_record_is_justified, the("audit_times", onsite_share=Decimal(79)), said, level="W")

    def test_surveillance_below_the_bodys_minimum_is_refused(self) -> None:
        lines = tuple(
            attrs.evolve(line, days=Decimal("0.5")) if line.phase is Phase.SURVEILLANCE else line
            for line in the("audit_times").lines
        )
        said = "0.5 days a surveillance are below the body's minimum of 1.0"
        refused(a_time_record_is_justified, the("audit_times", lines=lines), said)


@pytest.mark.rule(12)
class TestPlannedDaysReachTheRecord:
    """ISO/IEC 17021-1:2015, 9.1.4; remote time counts as audit time."""

    covers = (planned_days_reach_the_record,)

    def test_half_a_day_less_is_refused(self) -> None:
        needed = the("audit_times").stage2
        short = the("audits", STAGE_2, days=needed - Decimal("0.5"))
        said = (
            f"Audit 2026-014 is planned with {needed - Decimal('0.5'):f} days; the audit time on record is {needed:f}"
        )
        refused(planned_days_reach_the_record, short, said)

    def test_as_many_and_more_pass(self) -> None:
        needed = the("audit_times").stage2
        for days in (needed, needed + 1):
            passes(planned_days_reach_the_record, the("audits", STAGE_2, days=days))

    def test_without_a_record_it_is_refused(self) -> None:
        found = without(dossier(), audit_times="*")
        said = "Audit 2026-007 is planned before its audit time is on record"
        refused(planned_days_reach_the_record, the("audits", STAGE_1), said, found=found)

    def test_a_fifth_of_the_time_remote_passes_and_more_draws_a_warning(self) -> None:
        audit = the("audits", STAGE_2)
        passes(planned_days_reach_the_record, attrs.evolve(audit, remote_days=audit.days / 5))
        remote = attrs.evolve(audit, remote_days=audit.days / 4)
        refused(planned_days_reach_the_record, remote, "below 80 %", level="W")

    def test_a_special_audit_has_its_own_time(self) -> None:
        special = the("audits", STAGE_2, kind=AuditType.SPECIAL, stage=0, days=Decimal("0.5"))
        passes(planned_days_reach_the_record, special)


@pytest.mark.rule(12)
class TestAQuotationBillsTheDaysOnRecord:
    """ISO/IEC 17021-1:2015, 9.1.4: a discount has a line of its own, never fewer days."""

    covers = (a_quotation_bills_the_days_on_record,)

    def test_that_of_the_example_passes(self) -> None:
        passes(a_quotation_bills_the_days_on_record, the("quotations"))

    def test_fewer_days_than_on_record_are_refused(self) -> None:
        lines = the("quotations").lines
        index = next(i for i, line in enumerate(lines) if line.item == "stage 2")
        days = lines[index].days - Decimal("0.5")
        less = attrs.evolve(lines[index], days=days, amount=money(days * lines[index].rate))
        short = the("quotations", lines=(*lines[:index], less, *lines[index + 1 :]))
        refused(a_quotation_bills_the_days_on_record, short, "Quotation Q-2026-001 bills", "in phase initial")

    def test_a_discount_on_its_own_line_passes_and_one_hidden_in_the_amount_is_refused(self) -> None:
        lines = the("quotations").lines
        rebate = QuoteLine(item="Discount", phase=Phase.INITIAL, amount=Decimal(-200), why="first client of the year")
        passes(a_quotation_bills_the_days_on_record, the("quotations", lines=(*lines, rebate)))
        index = next(i for i, line in enumerate(lines) if line.days)
        cheap = attrs.evolve(lines[index], amount=lines[index].amount - 200)
        hidden = the("quotations", lines=(*lines[:index], cheap, *lines[index + 1 :]))
        refused(a_quotation_bills_the_days_on_record, hidden, f"Line {cheap.item!r} is {cheap.amount}")

    def test_one_that_rests_on_no_time_and_one_that_ends_before_it_begins_are_refused(self) -> None:
        baseless = the("quotations", audit_time="none")
        refused(a_quotation_bills_the_days_on_record, baseless, "rests on no audit time of its application")
        ended = the("quotations", valid_until=the("quotations").quoted_on.replace(day=1))
        refused(a_quotation_bills_the_days_on_record, ended, "would end before it begins")


@pytest.mark.rule(13)
class TestDaysAreNotStretched:
    """IAF MD 5:2023, 2.2.2."""

    covers = (days_are_not_stretched,)

    def long(self, ends: time) -> Any:
        first = next(slot for slot in the("plans", "plan-1").slots if slot.ends.hour > 13)
        rest = tuple(slot for slot in the("plans", "plan-1").slots if slot is not first)
        return the("plans", "plan-1", slots=(*rest, attrs.evolve(first, ends=ends)))

    def test_eight_hours_pass(self) -> None:
        passes(days_are_not_stretched, self.long(time(17, 0)))

    def test_a_quarter_of_an_hour_more_draws_a_warning(self) -> None:
        said = "Ada Kaya is planned for 8:15 hours on 2026-03-10"
        refused(days_are_not_stretched, self.long(time(17, 15)), said, level="W")


def shops(count: int = 16, sampled: int = 4) -> Any:
    """The audit time of a head office with so many shops, of which some are sampled."""
    sample = draw([f"S{number}" for number in range(1, count + 1)], sampled, "seed-1")
    loads = [SiteLoad(site=f"S{number}", name=f"Shop {number}", personnel=4) for number in range(1, count + 1)]
    central = SiteLoad(site="HQ", name="Head office", central=True, personnel=4)
    times = [SiteTime(site=site, base=Decimal("0.5"), days=Decimal("0.5")) for site in ("HQ", *sample.sites)]
    return the(
        "audit_times",
        loads=(central, *loads),
        sites=tuple(times),
        personnel=4 * (count + 1),
        sampled_sites=sample.sites,
        sampled_random=sample.drawn,
        sampling_seed=sample.seed,
        sampling_reason="alike shops, one register of complaints",
    )


@pytest.mark.rule(14)
class TestASampleOfSites:
    """IAF MD 1:2023; ISO/IEC 17021-1:2015, 9.1.5."""

    covers = (a_sample_is_large_enough_and_partly_drawn,)
    found = changed(dossier(), "applications", sites=("HQ", *(f"S{number}" for number in range(1, 17))))

    def test_four_of_sixteen_pass(self) -> None:
        passes(a_sample_is_large_enough_and_partly_drawn, shops(), found=self.found)

    def test_three_of_sixteen_are_refused(self) -> None:
        said = "3 of 16 sites are sampled; at least 4 are needed"
        refused(a_sample_is_large_enough_and_partly_drawn, shops(sampled=3), said, found=self.found)

    def test_none_drawn_at_random_is_refused(self) -> None:
        chosen = attrs.evolve(shops(), sampled_random=())
        said = "0 of 4 sampled sites are drawn at random, not 1 as needed"
        refused(a_sample_is_large_enough_and_partly_drawn, chosen, said, found=self.found)

    def test_the_central_function_left_out_is_refused(self) -> None:
        record = shops()
        left = attrs.evolve(record, sites=tuple(each for each in record.sites if each.site != "HQ"))
        refused(a_sample_is_large_enough_and_partly_drawn, left, "The central function", found=self.found)

    def test_half_the_time_of_a_sampled_site_passes_and_less_is_refused(self) -> None:
        record = shops()
        for percent, said in ((Decimal(-50), passes), (Decimal("-50.1"), refused)):
            times = [attrs.evolve(each, percent=percent, days=each.base * (100 + percent) / 100)
                     if each.site != "HQ" else each for each in record.sites]  # fmt: skip
            less = attrs.evolve(record, sites=tuple(times))
            said(a_sample_is_large_enough_and_partly_drawn, less, found=self.found)

    def test_no_stored_reason_is_refused(self) -> None:
        silent = attrs.evolve(shops(), sampling_reason=" ")
        refused(a_sample_is_large_enough_and_partly_drawn, silent, "The reason for this sample", found=self.found)


@pytest.mark.rule(14)
class TestAnAuditVisitsItsSample:
    """IAF MD 1:2023."""

    covers = (an_audit_visits_its_sample,)

    def test_that_of_the_example_passes(self) -> None:
        passes(an_audit_visits_its_sample, the("audits", STAGE_2))

    def test_a_sampled_site_left_out_is_refused(self) -> None:
        said = "Audit 2026-014 leaves out FS of the sample on record"
        refused(an_audit_visits_its_sample, the("audits", STAGE_2, sites=("HQ", "CC")), said)

    def test_the_central_function_left_out_is_refused(self) -> None:
        said = "Audit 2026-014 leaves out the central function (HQ)"
        refused(an_audit_visits_its_sample, the("audits", STAGE_2, sites=("CC", "FS")), said)

"""What comes before an audit: consultancy apart (7), application, review and agreement (10), what is certified (28)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.application import (
    Outcome,
    a_review_looks_at_a_complete_application,
    an_agreement_covers_all_sites,
    guidance_only_through_a_published_scheme,
    only_what_can_be_certified,
)
from certbody.domain.audit_rules import (
    an_audit_belongs_to_an_application,
    no_stage_1_before_acceptance_and_agreement,
    planning_without_an_agreement,
    the_closing_meeting_follows_the_opening,
)
from certbody.domain.audit_time import Phase
from certbody.domain.body import PublishedScheme, no_shared_brand_with_a_consultancy
from certbody.domain.dossier import Dossier
from certbody.domain.quotation import QuoteLine
from certbody.domain.quotation_rules import a_quotation_bills_no_consultancy
from certbody.domain.standard import Nature
from tests.given import BRUNO, STAGE_1, body, changed, dossier, passes, refused, the, without


def basis(**changes: Any) -> Any:
    """What the example applied for, with changes."""
    return attrs.evolve(the("applications").basis, **changes)


@pytest.mark.rule(7)
class TestAQuotationBillsNoConsultancy:
    """ISO/IEC 17021-1:2015, 5.2.5, 5.2.9."""

    covers = (a_quotation_bills_no_consultancy,)

    def quotation(self, item: str, why: str = "as agreed") -> Any:
        line = QuoteLine(item=item, phase=Phase.INITIAL, amount=the("quotations").lines[0].amount, why=why)
        return the("quotations", lines=(*the("quotations").lines, line))

    @pytest.mark.parametrize("item", ["Consultancy on complaints handling", "Gap analysis", "Coaching of the team"])
    def test_a_line_of_consultancy_is_refused(self, item: str) -> None:
        refused(a_quotation_bills_no_consultancy, self.quotation(item), f"Line '{item}' of quotation Q-2026-001")

    def test_the_name_of_the_applicants_consultant_is_refused(self) -> None:
        line = self.quotation("Support", "by Klarweg Advisers (invented)")
        refused(a_quotation_bills_no_consultancy, line, "'Klarweg Advisers (invented)'")

    def test_a_line_that_denies_it_passes(self) -> None:
        line = self.quotation("Travel of the auditors", "at cost; no consultancy is included")
        passes(a_quotation_bills_no_consultancy, line)

    def test_the_quotation_of_the_example_passes_although_the_applicant_had_a_consultant(self) -> None:
        assert the("applications").consultancies
        passes(a_quotation_bills_no_consultancy, the("quotations"))


@pytest.mark.rule(7)
class TestNoSharedBrand:
    """ISO/IEC 17021-1:2015, 5.2.9."""

    covers = (no_shared_brand_with_a_consultancy,)

    def test_a_consultancy_under_the_bodys_own_brand_is_refused(self) -> None:
        shared = the("profiles", brands=("Fernhill",), related_bodies=("FERNHILL",))
        refused(no_shared_brand_with_a_consultancy, shared, "FERNHILL is a related body")

    def test_a_related_body_of_another_name_passes(self) -> None:
        apart = the("profiles", brands=("Fernhill",), related_bodies=("Klarweg Advisers (invented)",))
        passes(no_shared_brand_with_a_consultancy, apart)


@pytest.mark.rule(10)
class TestTheReviewOfAnApplication:
    """ISO/IEC 17021-1:2015, 9.1.2."""

    covers = (a_review_looks_at_a_complete_application,)

    def test_that_of_the_example_passes(self) -> None:
        passes(a_review_looks_at_a_complete_application, the("application_reviews"))

    def test_it_is_made_by_somebody_competent(self) -> None:
        said = "Bruno Feld holds no competence for application review under iso10002 on 2026-01-15"
        refused(a_review_looks_at_a_complete_application, the("application_reviews", by=BRUNO), said)

    def test_it_says_what_it_considered(self) -> None:
        silent = the("application_reviews", ability=" ", impartiality="")
        said = "The review says nothing on whether the body is competent and able, threats to impartiality"
        refused(a_review_looks_at_a_complete_application, silent, said)

    def test_it_is_not_earlier_than_the_application(self) -> None:
        early = the("application_reviews", reviewed_on=date(2026, 1, 11))
        said = "The review of 2026-01-11 is earlier than the receipt of the application on 2026-01-12"
        refused(a_review_looks_at_a_complete_application, early, said)
        passes(a_review_looks_at_a_complete_application, the("application_reviews", reviewed_on=date(2026, 1, 12)))

    def test_a_site_that_is_not_there_and_a_missing_centre_are_refused(self) -> None:
        gone = without(dossier(), sites="HQ")
        review = the("application_reviews")
        refused(a_review_looks_at_a_complete_application, review, "names site HQ, which is not on record", found=gone)
        refused(a_review_looks_at_a_complete_application, review, "A-2026-001 names no central site", found=gone)

    def test_to_decline_needs_its_reason_alone(self) -> None:
        declined = the("application_reviews", outcome=Outcome.DECLINED, by=BRUNO, information="", ability="")
        passes(a_review_looks_at_a_complete_application, declined)

    def test_an_application_that_is_not_there_is_refused(self) -> None:
        review = the("application_reviews", application="none")
        refused(a_review_looks_at_a_complete_application, review, "There is no application none")


@pytest.mark.rule(10)
class TestTheAgreement:
    """ISO/IEC 17021-1:2015, 5.1.2."""

    covers = (an_agreement_covers_all_sites,)

    def test_a_site_left_out_is_refused_by_its_name(self) -> None:
        said = "The agreement leaves out Flagship shop"
        refused(an_agreement_covers_all_sites, the("agreements", sites=("HQ", "CC")), said)

    def test_one_site_more_than_applied_for_passes(self) -> None:
        passes(an_agreement_covers_all_sites, the("agreements", sites=("HQ", "CC", "FS", "X1")))

    def test_it_follows_the_acceptance(self) -> None:
        early = the("agreements", client_signed_on=date(2026, 1, 10), body_signed_on=date(2026, 1, 14))
        said = "Application A-2026-001 is not accepted on 2026-01-14"
        refused(an_agreement_covers_all_sites, early, said)
        same_day = the("agreements", client_signed_on=date(2026, 1, 10), body_signed_on=date(2026, 1, 15))
        passes(an_agreement_covers_all_sites, same_day)

    def test_a_later_review_that_declined_counts(self) -> None:
        declined = the("application_reviews", id="review-z", outcome=Outcome.DECLINED, reviewed_on=date(2026, 1, 20))
        found = dossier().having({"application_reviews": [declined]})
        refused(an_agreement_covers_all_sites, the("agreements"), "is not accepted", found=found)

    def test_an_application_that_is_not_there_is_refused(self) -> None:
        refused(an_agreement_covers_all_sites, the("agreements", application="none"), "There is no application none")


@pytest.mark.rule(10)
class TestNoAuditBeforeAcceptanceAndAgreement:
    """ISO/IEC 17021-1:2015, 9.1.2, 5.1.2."""

    covers = (no_stage_1_before_acceptance_and_agreement,)
    opening = the("meetings", "m-1")

    def test_without_an_accepted_application_it_is_refused(self) -> None:
        found = without(dossier(), application_reviews="*")
        said = "Application A-2026-001 is not accepted on 2026-03-10"
        refused(no_stage_1_before_acceptance_and_agreement, self.opening, said, found=found)

    def test_without_a_signed_agreement_it_is_refused(self) -> None:
        found = without(dossier(), agreements="*")
        said = "No agreement signed by both sides covers application A-2026-001 on 2026-03-10"
        refused(no_stage_1_before_acceptance_and_agreement, self.opening, said, found=found)

    def test_accepted_on_the_day_passes_and_a_day_later_is_refused(self) -> None:
        for day, said in ((date(2026, 3, 10), passes), (date(2026, 3, 11), refused)):
            found = changed(dossier(), "application_reviews", reviewed_on=day)
            said(no_stage_1_before_acceptance_and_agreement, self.opening, found=found)

    def test_signed_by_one_side_until_then_is_refused_and_on_that_day_by_both_passes(self) -> None:
        for day, said in ((date(2026, 3, 11), refused), (date(2026, 3, 10), passes)):
            found = changed(dossier(), "agreements", body_signed_on=day)
            said(no_stage_1_before_acceptance_and_agreement, self.opening, found=found)

    def test_an_audit_that_is_not_there_is_refused(self) -> None:
        nowhere = attrs.evolve(self.opening, audit="audit-9")
        refused(no_stage_1_before_acceptance_and_agreement, nowhere, "There is no audit audit-9")


@pytest.mark.rule(10)
class TestPlanningWithoutAnAgreement:
    """ISO/IEC 17021-1:2015, 5.1.2: who plans early says why; the audit itself waits."""

    covers = (planning_without_an_agreement,)

    def test_it_draws_a_warning(self) -> None:
        found = without(dossier(), agreements="*")
        said = "Audit 2026-007 is planned before an agreement is signed"
        refused(planning_without_an_agreement, the("audits", STAGE_1), said, level="W", found=found)

    def test_with_an_agreement_it_passes(self) -> None:
        passes(planning_without_an_agreement, the("audits", STAGE_1))


@pytest.mark.rule(10)
class TestAnAuditBelongsToAnApplication:
    """ISO/IEC 17021-1:2015, 9.1.2, 9.1.3."""

    covers = (an_audit_belongs_to_an_application,)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"application": "none"}, "There is no application none"),
            ({"ends_on": date(2026, 3, 9)}, "Audit 2026-007 would end on 2026-03-09, before it starts on 2026-03-10"),
            ({"sites": ("HQ", "X1")}, "Site X1 is not in the scope of application A-2026-001"),
            ({"stage": 3}, "Audit 2026-007 is initial; it is stage 1 or stage 2"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, changes: dict[str, Any], said: str) -> None:
        refused(an_audit_belongs_to_an_application, the("audits", STAGE_1, **changes), said)

    def test_one_of_a_single_day_passes(self) -> None:
        passes(an_audit_belongs_to_an_application, the("audits", STAGE_1, ends_on=date(2026, 3, 10)))

    def test_that_of_the_example_passes_and_so_does_one_over_new_year(self) -> None:
        passes(an_audit_belongs_to_an_application, the("audits", STAGE_1))
        over = the("audits", STAGE_1, starts_on=date(2026, 12, 30), ends_on=date(2027, 1, 5))
        passes(an_audit_belongs_to_an_application, over)


@pytest.mark.rule(10)
class TestAnAuditIsOpenedBeforeItIsClosed:
    """ISO/IEC 17021-1:2015, 9.4.2, 9.4.7: so that what an opening asks for is asked for every audit."""

    covers = (the_closing_meeting_follows_the_opening,)
    closing = the("meetings", "m-4")

    def test_closing_what_was_never_opened_is_refused(self) -> None:
        said = "Audit 2026-014 has no opening meeting on or before 2026-04-16"
        refused(the_closing_meeting_follows_the_opening, self.closing, said, found=without(dossier(), meetings="m-3"))

    def test_closing_before_the_opening_is_refused_and_on_its_day_passes(self) -> None:
        for day, said in ((date(2026, 4, 13), refused), (date(2026, 4, 14), passes)):
            said(the_closing_meeting_follows_the_opening, attrs.evolve(self.closing, held_on=day))


@pytest.mark.rule(28)
class TestOnlyWhatCanBeCertified:
    """ISO/IEC 17021-1:2015, 8.1.3."""

    covers = (only_what_can_be_certified,)

    @pytest.mark.parametrize("nature", [Nature.LAW, Nature.ACCREDITATION_ONLY, Nature.ATTESTATION, Nature.TESTING])
    def test_what_no_certification_body_certifies_is_refused(self, nature: Nature) -> None:
        asked = the("applications", basis=basis(nature=nature))
        refused(only_what_can_be_certified, asked, f"ISO 10002:2018 is {nature}; no certification body certifies to it")

    @pytest.mark.parametrize("nature", [Nature.MANAGEMENT_SYSTEM, Nature.GUIDANCE, Nature.CLOSED])
    def test_what_can_be_certified_passes(self, nature: Nature) -> None:
        passes(only_what_can_be_certified, the("applications", basis=basis(nature=nature)))

    def test_after_the_last_day_of_the_edition_it_is_refused_and_on_it_passes(self) -> None:
        for day, said in ((date(2026, 1, 11), refused), (date(2026, 1, 12), passes)):
            said(only_what_can_be_certified, the("applications", basis=basis(no_new_after=day)))


@pytest.mark.rule(28)
class TestGuidanceNeedsThePublishedScheme:
    """ISO/IEC 17021-1:2015, 8.1.3: guidance through the body's own scheme, closed schemes with the owner's word."""

    covers = (guidance_only_through_a_published_scheme,)

    def asked(self, nature: Nature) -> Dossier:
        found: Dossier = changed(dossier(), "applications", basis=basis(nature=nature))
        return found

    def test_without_a_published_scheme_guidance_is_refused(self) -> None:
        judges = without(body(), published_schemes="*")
        said = "ISO 10002:2018 is guidance, and the body has published no scheme for it by 2026-01-15"
        refused(guidance_only_through_a_published_scheme, the("application_reviews"), said, by=judges)

    def test_a_scheme_published_on_the_day_of_review_passes_and_a_day_later_is_refused(self) -> None:
        for day, said in ((date(2026, 1, 15), passes), (date(2026, 1, 16), refused)):
            judges = changed(body(), "published_schemes", published_on=day)
            said(guidance_only_through_a_published_scheme, the("application_reviews"), by=judges)

    def test_a_closed_scheme_without_its_owners_recognition_is_refused(self) -> None:
        said = "ISO 10002:2018 is a closed scheme, and its owner's recognition of the body is not on record"
        review, found = the("application_reviews"), self.asked(Nature.CLOSED)
        refused(guidance_only_through_a_published_scheme, review, said, found=found)
        word = PublishedScheme(
            id="S-9",
            standard="iso10002",
            document="Owner",
            published_on=date(2026, 1, 6),
            recognition="letter 14 (invented)",
        )
        judges = body().having({"published_schemes": [word]})
        passes(guidance_only_through_a_published_scheme, review, found=found, by=judges)

    def test_a_management_system_needs_no_scheme_of_the_body(self) -> None:
        judges, found = without(body(), published_schemes="*"), self.asked(Nature.MANAGEMENT_SYSTEM)
        passes(guidance_only_through_a_published_scheme, the("application_reviews"), found=found, by=judges)

    def test_to_decline_needs_none(self) -> None:
        declined = the("application_reviews", outcome=Outcome.DECLINED)
        passes(guidance_only_through_a_published_scheme, declined, by=without(body(), published_schemes="*"))

"""A certificate: its dates (21), what it says (26), accreditation (27), no claim (28), plain scope (29), final (46)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.body import AccreditationScope, Body, NumberGiven
from certbody.domain.certificate_rules import (
    a_certificate_says_all_it_must,
    a_scope_is_plain,
    accreditation_only_where_it_covers,
    validity_follows_the_decision,
)
from certbody.domain.claim_rules import NO_CLAIM_IN_A_DRAFT, NO_CLAIM_ON_A_CERTIFICATE
from certbody.domain.decision import Ground, Kind
from certbody.domain.decision_rules import no_revision_of_what_was_withdrawn
from certbody.domain.dossier import Dossier
from certbody.domain.standard import Nature
from tests.given import body, changed, dossier, passes, refused, the, whole, without

CERTIFICATE = the("certificates")
BEFORE = without(dossier(), certificates="*")
LATER = date(2032, 1, 1)


def dated(decided: date, expires: date, *, effective: date | None = None) -> tuple[Any, Dossier]:
    """The first certificate of a decision on a day, and the dossier with that decision."""
    begins = effective or decided
    found = changed(BEFORE, "decisions", decided_on=decided, effective_on=decided)
    found = changed(found, "draft_confirmations", confirmed_on=decided)
    made = attrs.evolve(CERTIFICATE, effective_on=begins, original_on=begins, issued_on=begins, expires_on=expires)
    return made, found


@pytest.mark.rule(21)
class TestValidityFollowsTheDecision:
    """ISO/IEC 17021-1:2015, 8.2.2 b c, 9.1.3.2."""

    covers = (validity_follows_the_decision,)

    @pytest.mark.parametrize(
        ("decided", "last"),
        [
            (date(2026, 11, 23), date(2029, 11, 22)),
            (date(2026, 12, 31), date(2029, 12, 30)),
            (date(2027, 1, 1), date(2029, 12, 31)),
            (date(2028, 2, 29), date(2031, 2, 27)),
            (date(2026, 6, 23), date(2029, 6, 22)),
        ],
        ids=["C1", "31 December", "New Year", "29 February", "last day a Friday"],
    )
    def test_three_years_less_a_day_pass_and_a_day_more_is_refused(self, decided: date, last: date) -> None:
        made, found = dated(decided, last)
        passes(validity_follows_the_decision, made, found=found, on=LATER)
        longer = attrs.evolve(made, expires_on=date.fromordinal(last.toordinal() + 1))
        said = f"three years from the decision end on {last}"
        refused(validity_follows_the_decision, longer, said, found=found, on=LATER)

    def test_the_decision_on_another_application_is_not_behind_it(self) -> None:
        made, found = dated(date(2026, 6, 24), date(2029, 6, 23))
        other = the("applications", id="application-2", number="A-2026-002")
        aside = attrs.evolve(made, application=other.id)
        more = found.having({"applications": [other]})
        refused(validity_follows_the_decision, aside, "is about another application", found=more, on=LATER)
        passes(validity_follows_the_decision, made, found=more, on=LATER)

    def test_a_weekend_is_a_day_like_another(self) -> None:
        made, found = dated(date(2026, 11, 22), date(2029, 11, 21))
        sunday = attrs.evolve(made, expires_on=date(2029, 11, 18))
        assert sunday.expires_on.weekday() == 6
        passes(validity_follows_the_decision, sunday, found=found, on=LATER)

    def test_effect_before_the_decision_is_refused(self) -> None:
        made, found = dated(date(2026, 6, 24), date(2029, 6, 23), effective=date(2026, 6, 23))
        said = "FC-2026-0001 would be effective on 2026-06-23; the decision has effect from 2026-06-24"
        refused(validity_follows_the_decision, made, said, found=found, on=LATER)

    def test_a_decision_without_another_day_has_effect_from_its_own(self) -> None:
        made, found = dated(date(2026, 6, 24), date(2029, 6, 23), effective=date(2026, 6, 23))
        found = changed(found, "decisions", effective_on=None)
        refused(validity_follows_the_decision, made, "has effect from 2026-06-24", found=found, on=LATER)

    def test_a_later_effect_does_not_lengthen_the_cycle(self) -> None:
        made, found = dated(date(2026, 6, 24), date(2029, 6, 23), effective=date(2026, 9, 1))
        passes(validity_follows_the_decision, made, found=found, on=LATER)
        longer = attrs.evolve(made, expires_on=date(2029, 8, 31))
        refused(validity_follows_the_decision, longer, found=found, on=LATER)

    def test_issued_before_it_was_decided_is_refused(self) -> None:
        early = attrs.evolve(CERTIFICATE, issued_on=date(2026, 6, 23))
        refused(validity_follows_the_decision, early, "FC-2026-0001 cannot be issued on 2026-06-23", found=BEFORE)

    def test_it_ends_with_the_transition_of_its_edition(self) -> None:
        """Vector C9: decided 2027-06-01, transition end 2029-09-30."""
        made, found = dated(date(2027, 6, 1), date(2029, 9, 30))
        basis = attrs.evolve(the("applications").basis, transition_end=date(2029, 9, 30))
        found = changed(found, "applications", basis=basis)
        passes(validity_follows_the_decision, made, found=found, on=LATER)
        longer = attrs.evolve(made, expires_on=date(2029, 10, 1))
        said = "FC-2026-0001 would outlive its edition, whose transition ends on 2029-09-30"
        refused(validity_follows_the_decision, longer, said, found=found, on=LATER)

    @pytest.mark.parametrize("kind", [Kind.REFUSE, Kind.SUSPEND, Kind.WITHDRAW, Kind.MAINTAIN])
    def test_no_decision_to_certify_stands_behind_it(self, kind: Kind) -> None:
        found = changed(BEFORE, "decisions", kind=kind)
        refused(validity_follows_the_decision, CERTIFICATE, "No decision stands behind this certificate", found=found)

    def test_a_certificate_of_nothing_is_refused(self) -> None:
        refused(validity_follows_the_decision, CERTIFICATE, "No decision", found=without(BEFORE, decisions="*"))


@pytest.mark.rule(21)
class TestARevisionKeepsItsCycle:
    """ISO/IEC 17021-1:2015, 9.1.3.2, 9.6.3.2."""

    covers = (validity_follows_the_decision,)

    def revised(self, kind: Kind, decided: date, expires: date) -> tuple[Any, Dossier]:
        decision = the(
            "decisions",
            id="decision-2",
            number="D-2",
            kind=kind,
            decided_on=decided,
            effective_on=decided,
            certificate="FC-2026-0001",
        )
        made = attrs.evolve(
            CERTIFICATE,
            id="certificate-2",
            revision=2,
            decision="decision-2",
            effective_on=decided,
            issued_on=decided,
            expires_on=expires,
        )
        return made, dossier().having({"decisions": [decision]})

    @pytest.mark.parametrize("kind", [Kind.EXPAND, Kind.REDUCE, Kind.RESTORE])
    def test_one_that_renews_nothing_ends_with_its_cycle(self, kind: Kind) -> None:
        made, found = self.revised(kind, date(2027, 3, 1), date(2029, 6, 23))
        passes(validity_follows_the_decision, made, found=found, on=LATER, alone=True)
        longer = attrs.evolve(made, expires_on=date(2029, 6, 24))
        said = "FC-2026-0001 r2 would expire on 2029-06-24; its cycle ends on 2029-06-23"
        refused(validity_follows_the_decision, longer, said, found=found, on=LATER)

    def test_a_renewal_in_time_keeps_the_anniversary(self) -> None:
        """Vector C3: more than three years after the decision, and right."""
        made, found = self.revised(Kind.RENEW, date(2029, 5, 15), date(2032, 6, 23))
        passes(validity_follows_the_decision, made, found=found, on=LATER, alone=True)
        longer = attrs.evolve(made, expires_on=date(2032, 6, 24))
        refused(validity_follows_the_decision, longer, "its cycle ends on 2032-06-23", found=found, on=LATER)

    def test_a_renewal_after_expiry_is_counted_from_the_cycle_before(self) -> None:
        """Vector C4: the gap is not certified, and the end stays where it was."""
        made, found = self.revised(Kind.RENEW, date(2029, 10, 10), date(2032, 6, 23))
        passes(validity_follows_the_decision, made, found=found, on=LATER, alone=True)

    def test_a_renewed_one_that_is_reissued_gains_nothing(self) -> None:
        made, found = self.revised(Kind.RENEW, date(2029, 5, 15), date(2032, 6, 23))
        found = found.having({"certificates": [made]})
        again = attrs.evolve(made, id="certificate-3", revision=3)
        passes(validity_follows_the_decision, again, found=found, on=LATER, alone=True)
        longer = attrs.evolve(again, expires_on=date(2035, 6, 23))
        refused(validity_follows_the_decision, longer, "its cycle ends on 2032-06-23", found=found, on=LATER)


@pytest.mark.rule(26)
class TestACertificateSaysAllItMust:
    """ISO/IEC 17021-1:2015, 8.2.2."""

    covers = (a_certificate_says_all_it_must,)

    def test_that_of_the_example_passes(self) -> None:
        passes(a_certificate_says_all_it_must, CERTIFICATE, found=BEFORE)

    def test_a_site_left_out_is_refused(self) -> None:
        less = attrs.evolve(CERTIFICATE, sites=CERTIFICATE.sites[:2])
        said = "The certificate leaves out site Flagship shop, which is in scope"
        refused(a_certificate_says_all_it_must, less, said, found=BEFORE)

    def test_a_number_of_another_client_is_refused_and_of_this_one_passes(self) -> None:
        for journal, said in (("C-0002", refused), ("C-0001", passes)):
            given = NumberGiven(id="FC-2026-0001", kind="certificate", journal=journal)
            said(a_certificate_says_all_it_must, CERTIFICATE, found=BEFORE, by=body().having({"numbers": [given]}))

    def test_a_number_that_the_office_never_gave_is_refused(self) -> None:
        other = NumberGiven(id="FC-2026-0002", kind="certificate", journal="C-0001")
        said = "Number FC-2026-0001 was never given out by this office"
        refused(a_certificate_says_all_it_must, CERTIFICATE, said, found=BEFORE, by=body().having({"numbers": [other]}))

    def test_the_same_revision_twice_is_refused_and_the_next_passes(self) -> None:
        again = attrs.evolve(CERTIFICATE, id="certificate-2")
        said = "FC-2026-0001 r1 is issued already; a revised certificate gets the next revision"
        refused(a_certificate_says_all_it_must, again, said)
        reviewed = whole("change_reviews")
        issued = attrs.evolve(again, revision=2, issued_on=date(2026, 6, 29))
        passes(a_certificate_says_all_it_must, issued, found=reviewed)

    def test_another_document_than_was_audited_against_is_refused(self) -> None:
        other = attrs.evolve(CERTIFICATE, criteria="ISO 10002:2018")
        said = "the document audited against is ‘S-10002, issue 1 of 2026-01-05’"
        refused(a_certificate_says_all_it_must, other, said, found=BEFORE)

    def test_a_management_system_is_cited_by_its_own_title(self) -> None:
        basis = attrs.evolve(the("applications").basis, nature=Nature.MANAGEMENT_SYSTEM)
        found = changed(BEFORE, "applications", basis=basis)
        other = attrs.evolve(CERTIFICATE, criteria="ISO 10002:2018")
        passes(a_certificate_says_all_it_must, other, found=found)

    def test_a_draft_that_nobody_confirmed_is_refused(self) -> None:
        found = without(BEFORE, draft_confirmations="*")
        said = "The client has not confirmed the draft text of its certificate"
        refused(a_certificate_says_all_it_must, CERTIFICATE, said, found=found)

    def test_a_draft_of_another_application_or_a_later_one_confirms_nothing(self) -> None:
        for change in ({"application": "application-2"}, {"confirmed_on": date(2026, 6, 27)}):
            found = changed(BEFORE, "draft_confirmations", **change)
            refused(a_certificate_says_all_it_must, CERTIFICATE, "has not confirmed the draft", found=found)

    def test_another_text_than_was_confirmed_is_refused(self) -> None:
        other = attrs.evolve(CERTIFICATE, scope="Handling of complaints of all customers.")
        said = "The text differs from the draft that Greta Holm confirmed on 2026-06-25"
        refused(a_certificate_says_all_it_must, other, said, found=BEFORE)

    def test_without_the_bodys_own_name_it_is_refused(self) -> None:
        said = "The body's name and address are not on record"
        refused(a_certificate_says_all_it_must, CERTIFICATE, said, found=BEFORE, by=without(body(), profiles="*"))

    def test_of_no_application_it_is_refused(self) -> None:
        other = attrs.evolve(CERTIFICATE, application="none")
        refused(a_certificate_says_all_it_must, other, "There is no application none", found=BEFORE)


@pytest.mark.rule(27)
class TestAccreditationOnlyWhereItCovers:
    """ISO/IEC 17021-1:2015, 8.1.3, 8.2.2 g."""

    covers = (accreditation_only_where_it_covers,)
    claimed = attrs.evolve(CERTIFICATE, accredited=True)

    def accredited(self, **changes: Any) -> Body:
        scope = AccreditationScope(
            id="acc-1",
            accreditation_body="Invented Accreditation",
            standard="iso10002",
            codes=("IAF 31", "IAF 33"),
            valid_from=date(2025, 1, 1),
        )
        return body().having({"accreditation_scopes": [attrs.evolve(scope, **changes)]})

    def test_by_default_nothing_is_claimed(self) -> None:
        assert not CERTIFICATE.accredited
        passes(accreditation_only_where_it_covers, CERTIFICATE, found=BEFORE)

    def test_without_a_scope_on_record_it_is_refused(self) -> None:
        said = "No accreditation for ISO 10002:2018 is on record for 2026-06-24"
        refused(accreditation_only_where_it_covers, self.claimed, said, found=BEFORE)

    def test_where_the_scope_names_standard_and_code_it_passes(self) -> None:
        passes(accreditation_only_where_it_covers, self.claimed, found=BEFORE, by=self.accredited())

    def test_a_scope_without_codes_is_for_all(self) -> None:
        passes(accreditation_only_where_it_covers, self.claimed, found=BEFORE, by=self.accredited(codes=()))

    def test_another_code_is_refused(self) -> None:
        judges = self.accredited(codes=("IAF 33",))
        said = "The accreditation does not cover code IAF 31"
        refused(accreditation_only_where_it_covers, self.claimed, said, found=BEFORE, by=judges)

    def test_another_standard_is_refused(self) -> None:
        judges = self.accredited(standard="iso9001")
        refused(accreditation_only_where_it_covers, self.claimed, "No accreditation", found=BEFORE, by=judges)

    def test_the_day_of_the_decision_counts(self) -> None:
        for last, said in ((date(2026, 6, 24), passes), (date(2026, 6, 23), refused)):
            judges = self.accredited(valid_until=last)
            said(accreditation_only_where_it_covers, self.claimed, found=BEFORE, by=judges)
        judges = self.accredited(valid_from=date(2026, 6, 25))
        refused(accreditation_only_where_it_covers, self.claimed, found=BEFORE, by=judges)


@pytest.mark.rule(28)
class TestNoClaimOfConformityToGuidance:
    """ISO/IEC 17021-1:2015, 8.1.3, 8.2.2 f: the body never makes it, on no paper that the client gets."""

    covers = (NO_CLAIM_ON_A_CERTIFICATE, NO_CLAIM_IN_A_DRAFT)

    @pytest.mark.parametrize("field", ["title", "statement", "scope"])
    def test_a_claim_on_a_certificate_is_refused(self, field: str) -> None:
        claim = attrs.evolve(CERTIFICATE, **{field: "Certified to ISO 10002"})
        refused(NO_CLAIM_ON_A_CERTIFICATE, claim, f"The {field} claims conformity to guidance", found=BEFORE)

    def test_a_denial_passes(self) -> None:
        said = "Issued under scheme S-10002. This does not attest conformity to ISO 10002, which is guidance."
        passes(NO_CLAIM_ON_A_CERTIFICATE, attrs.evolve(CERTIFICATE, statement=said), found=BEFORE)

    def test_where_the_standard_has_requirements_the_claim_is_what_is_certified(self) -> None:
        basis = attrs.evolve(the("applications").basis, nature=Nature.MANAGEMENT_SYSTEM)
        found = changed(BEFORE, "applications", basis=basis)
        claim = attrs.evolve(CERTIFICATE, statement="Certified to ISO 10002.")
        passes(NO_CLAIM_ON_A_CERTIFICATE, claim, found=found)

    def test_a_claim_in_the_draft_is_refused_and_a_plain_scope_passes(self) -> None:
        draft = the("draft_confirmations", scope="Complaints handling that complies with ISO 10002.")
        refused(NO_CLAIM_IN_A_DRAFT, draft, "The scope claims conformity to guidance")
        passes(NO_CLAIM_IN_A_DRAFT, the("draft_confirmations"))


@pytest.mark.rule(29)
class TestAScopeIsPlain:
    """ISO/IEC 17021-1:2015, 8.2.2 f, 8.3."""

    covers = (a_scope_is_plain,)

    @pytest.mark.parametrize(
        "scope",
        ["Sale of certified products.", "Repair of approved products", "Product certification of telephones"],
    )
    def test_what_sounds_like_a_certified_product_draws_a_warning(self, scope: str) -> None:
        refused(a_scope_is_plain, attrs.evolve(CERTIFICATE, scope=scope), "The scope says", level="W", found=BEFORE)

    def test_the_scope_of_one_site_is_looked_at_too(self) -> None:
        site = attrs.evolve(CERTIFICATE.sites[1], scope="Accredited telephone centre")
        loud = attrs.evolve(CERTIFICATE, sites=(CERTIFICATE.sites[0], site, CERTIFICATE.sites[2]))
        said = "The scope of Contact centre North says ‘Accredited’"
        refused(a_scope_is_plain, loud, said, level="W", found=BEFORE)

    def test_activities_pass(self) -> None:
        passes(a_scope_is_plain, CERTIFICATE, found=BEFORE)


@pytest.mark.rule(46)
class TestNoRevisionOfWhatWasWithdrawn:
    """ISO/IEC 17021-1:2015, 9.6.5."""

    covers = (no_revision_of_what_was_withdrawn,)
    revision = attrs.evolve(
        CERTIFICATE,
        id="certificate-2",
        revision=2,
        effective_on=date(2026, 8, 1),
        issued_on=date(2026, 8, 1),
    )

    def decided(self, kind: Kind) -> Dossier:
        decision = the(
            "decisions",
            id="decision-2",
            number="D-2",
            kind=kind,
            decided_on=date(2026, 7, 1),
            effective_on=date(2026, 7, 1),
            certificate="FC-2026-0001",
            ground=Ground.FAILURE,
        )
        return dossier().having({"decisions": [decision]})

    def test_after_withdrawal_it_is_refused(self) -> None:
        said = "FC-2026-0001 was withdrawn on 2026-07-01; that is final"
        found = self.decided(Kind.WITHDRAW)
        refused(no_revision_of_what_was_withdrawn, self.revision, said, found=found, on=LATER)

    def test_after_a_reduction_it_passes(self) -> None:
        reduced = attrs.evolve(self.revision, decision="decision-2")
        passes(no_revision_of_what_was_withdrawn, reduced, found=self.decided(Kind.REDUCE), on=LATER)

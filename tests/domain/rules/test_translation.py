"""A certificate's second language: confirmed as the English is (26), free of claims (28), plain (29)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from certbody.domain.certificate import DraftConfirmation
from certbody.domain.claim_rules import NO_CLAIM_IN_A_DRAFT, NO_CLAIM_ON_A_CERTIFICATE
from certbody.domain.dossier import Dossier
from certbody.domain.translation_rules import a_second_language_is_confirmed_too, a_translated_scope_is_plain
from tests.given import changed, dossier, passes, refused, the, without

GERMAN = "Behandlung der Reklamationen von Privat- und Geschäftskunden"
CERTIFICATE = attrs.evolve(the("certificates"), language="de", scope_translated=GERMAN)
BEFORE = without(dossier(), certificates="*")
CONFIRMED = the("draft_confirmations")


def confirmed(*more: DraftConfirmation, **changes: Any) -> Dossier:
    """The dossier in which the client confirmed the German draft, with changes; and further confirmations."""
    found = changed(BEFORE, "draft_confirmations", **{"language": "de", "scope_translated": GERMAN, **changes})
    return found.having({"draft_confirmations": [*more]}) if more else found


def another(**changes: Any) -> DraftConfirmation:
    return attrs.evolve(CONFIRMED, id=f"{CONFIRMED.id}-later", **changes)


@pytest.mark.rule(26)
class TestASecondLanguageIsConfirmedToo:
    """ISO/IEC 17021-1:2015, 8.2.2 f."""

    covers = (a_second_language_is_confirmed_too,)

    def test_what_the_client_confirmed_passes(self) -> None:
        passes(a_second_language_is_confirmed_too, CERTIFICATE, found=confirmed())

    def test_english_alone_needs_no_word_in_another_language(self) -> None:
        passes(a_second_language_is_confirmed_too, the("certificates"), found=BEFORE)
        passes(a_second_language_is_confirmed_too, the("certificates"), found=confirmed())

    def test_a_draft_confirmed_in_english_alone_carries_no_second_language(self) -> None:
        said = "The client has confirmed no draft that is in English and in 'de'"
        refused(a_second_language_is_confirmed_too, CERTIFICATE, said, found=BEFORE)

    def test_a_draft_confirmed_in_french_carries_no_german(self) -> None:
        said = "The client has confirmed no draft that is in English and in 'de'"
        refused(a_second_language_is_confirmed_too, CERTIFICATE, said, found=confirmed(language="fr"))

    def test_other_words_than_those_confirmed_are_refused(self) -> None:
        made = attrs.evolve(CERTIFICATE, scope_translated=GERMAN + " im Ladengeschäft")
        said = "The scope in 'de' is not the one that Greta Holm confirmed on 2026-06-25"
        refused(a_second_language_is_confirmed_too, made, said, found=confirmed())

    def test_words_that_nobody_confirmed_are_refused_and_none_at_all_pass(self) -> None:
        refused(a_second_language_is_confirmed_too, CERTIFICATE, found=confirmed(scope_translated=""))
        bare = attrs.evolve(CERTIFICATE, scope_translated="")
        passes(a_second_language_is_confirmed_too, bare, found=confirmed(scope_translated=""))

    def test_words_that_were_confirmed_may_not_be_left_out(self) -> None:
        refused(a_second_language_is_confirmed_too, attrs.evolve(CERTIFICATE, scope_translated=""), found=confirmed())

    def test_a_translation_of_another_english_scope_is_none_of_this_one(self) -> None:
        refused(a_second_language_is_confirmed_too, CERTIFICATE, found=confirmed(scope="Complaints by letter"))

    def test_the_last_word_in_that_language_counts(self) -> None:
        found = confirmed(another(language="de", scope_translated="Bearbeitung von Reklamationen"))
        refused(a_second_language_is_confirmed_too, CERTIFICATE, found=found)

    def test_a_later_word_in_english_alone_takes_nothing_from_it(self) -> None:
        passes(a_second_language_is_confirmed_too, CERTIFICATE, found=confirmed(another()))

    def test_a_word_after_the_issue_comes_too_late(self) -> None:
        late = {"language": "de", "scope_translated": GERMAN, "confirmed_on": date(2026, 6, 29)}
        refused(a_second_language_is_confirmed_too, CERTIFICATE, found=BEFORE.having({
            "draft_confirmations": [another(**late)],
        }))  # fmt: skip

    def test_another_applications_confirmation_does_not_count(self) -> None:
        refused(a_second_language_is_confirmed_too, CERTIFICATE, found=confirmed(application="application-2"))

    def test_a_translated_scope_without_a_language_is_refused(self) -> None:
        made = attrs.evolve(CERTIFICATE, language="")
        refused(a_second_language_is_confirmed_too, made, "names no language", found=confirmed())


@pytest.mark.rule(28)
class TestNoClaimInATranslatedScope:
    """ISO/IEC 17021-1:2015, 8.1.3, 8.2.2 f: guidance is claimed in no language."""

    covers = (NO_CLAIM_ON_A_CERTIFICATE, NO_CLAIM_IN_A_DRAFT)

    @pytest.mark.parametrize("claim", [
        "Behandlung von Reklamationen, zertifiziert nach ISO 10002", "Reklamationsbehandlung konform mit ISO 10002",
        "tratamiento de las quejas conforme a ISO 10002", "proceso que cumple ISO 10002",
        "traitement des réclamations certifié ISO 10002", "processus conforme à ISO 10002",
    ])  # fmt: skip
    def test_a_claim_is_refused_on_the_certificate_and_in_the_draft(self, claim: str) -> None:
        made = attrs.evolve(CERTIFICATE, scope_translated=claim)
        refused(NO_CLAIM_ON_A_CERTIFICATE, made, "The scope translated claims conformity to guidance", found=BEFORE)
        draft = attrs.evolve(CONFIRMED, scope_translated=claim, language="de")
        refused(
            NO_CLAIM_IN_A_DRAFT, draft, "The scope translated claims", found=without(BEFORE, draft_confirmations="*")
        )

    @pytest.mark.parametrize("mention", [GERMAN, "Behandlung von Reklamationen auf der Grundlage von ISO 10002", ""])
    def test_a_plain_scope_or_a_mention_passes(self, mention: str) -> None:
        made = attrs.evolve(CERTIFICATE, scope_translated=mention)
        passes(NO_CLAIM_ON_A_CERTIFICATE, made, found=confirmed(scope_translated=mention))


@pytest.mark.rule(29)
class TestATranslatedScopeIsPlain:
    """ISO/IEC 17021-1:2015, 8.2.2 f, 8.3."""

    covers = (a_translated_scope_is_plain,)

    @pytest.mark.parametrize("said", [
        "Reklamationen zu zertifizierten Produkten", "Produktzertifizierung", "Beschwerden bei akkreditierten Stellen",
        "quejas sobre productos certificados", "centro acreditado", "réclamations sur des produits certifiés",
        "laboratoire accrédité",
    ])  # fmt: skip
    def test_a_certified_product_or_accreditation_asks_for_a_reason(self, said: str) -> None:
        made = attrs.evolve(CERTIFICATE, scope_translated=said)
        told = "may be read as certification of a product"
        refused(a_translated_scope_is_plain, made, told, level="W", found=confirmed(scope_translated=said))

    @pytest.mark.parametrize("said", [GERMAN, "Reklamationen zu Produkten", "quejas sobre productos", ""])
    def test_products_that_people_complain_of_pass(self, said: str) -> None:
        made = attrs.evolve(CERTIFICATE, scope_translated=said)
        passes(a_translated_scope_is_plain, made, found=confirmed(scope_translated=said))

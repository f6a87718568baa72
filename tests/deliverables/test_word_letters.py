"""The letters on every kind of decision, and on an annulment: what each says, in English and in two languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables import decision
from certbody.deliverables.composed import keys
from certbody.deliverables.decision_blocks import ANNULMENT, LETTERS
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.word import placeholders
from certbody.domain.body import Body
from certbody.domain.certificate import Certificate
from certbody.domain.claims import conformity_claims
from certbody.domain.decision import ADVERSE, Ground, Kind
from certbody.errors import BadData
from tests.deliverables import example, letters
from tests.deliverables.letters import annulment, dossier, earlier, letter, revised, showing, surveillance, taken, terms

NAMES = ("ISO 10002:2018", "ISO 10002", "ISO")
HOSTILE = "{{ document.head }} <b>&amp; \"=cmd|' /C calc'!A0\" {% if %} & Söhne 東京"
KINDS = [str(kind) for kind in LETTERS]
LATER = [kind for kind in KINDS if kind not in ("grant", "refuse")]
LANGUAGES = ("de", "es", "fr")


def plain(said: str) -> str:
    """With ordinary spaces, as a person reads it."""
    return said.replace("\u00a0", " ")


def english(kind: str, **more: Any) -> str:
    return plain(letter(kind, **more))


class TestGoldenTexts:
    """Each letter whole."""

    @pytest.mark.parametrize("kind", LATER)
    def test_in_english(self, kind: str, golden: Callable[[str, str], None]) -> None:
        golden(f"decision-{kind}", letter(kind))

    @pytest.mark.parametrize("kind", ["grant", "suspend"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_in_two_languages(self, kind: str, language: str, golden: Callable[[str, str], None]) -> None:
        golden(f"decision-{kind}-{language}", letter(kind, language))


class TestEveryLetter:
    """What holds of each, whatever was decided (ISO/IEC 17021-1:2015, 9.5.1.4, 9.7, 8.1.2)."""

    def test_there_is_one_for_every_kind_of_decision_and_for_an_annulment(self) -> None:
        assert set(LETTERS) == {*Kind, ANNULMENT}

    @pytest.mark.parametrize("kind", KINDS)
    def test_template_and_fields_agree(self, kind: str) -> None:
        for view in (showing(kind), showing(kind, "de")):
            found = decision.TWO if len(view.terms) == 2 else decision.DELIVERABLE
            asked = placeholders(resources.template(found.template))
            unknown, unused = unknown_and_unused(asked, found.fields(view))
            assert unknown == set()
            assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("language", ["", *LANGUAGES])
    def test_it_claims_no_conformity_to_the_guidance(self, kind: str, language: str) -> None:
        said = letter(kind, *([language] if language else []))
        assert [each for each in conformity_claims(said, NAMES) if each.certain] == []

    @pytest.mark.parametrize("kind", KINDS)
    def test_it_tells_number_reason_what_is_public_and_the_way_to_appeal(self, kind: str) -> None:
        said, number = english(kind), "D-2026-001" if kind in ("grant", "refuse") else "D-2027-002"
        for each in (f"Decision | {number} of ", "Reason\n", "What is made public", "Appeals and complaints",
                     "You may appeal against this decision in writing, to office@fernhill.example",
                     "An appeal costs you nothing and brings you no disadvantage",
                     "handled by people who neither audited you nor", "https://fernhill.example/appeals"):  # fmt: skip
            assert each in said

    @pytest.mark.parametrize("kind", KINDS)
    def test_what_takes_something_from_the_client_stays_in_effect_while_it_appeals(self, kind: str) -> None:
        adverse = kind in {*ADVERSE, Kind.REFUSE}
        assert ("Until the appeal is decided, this decision remains in effect." in english(kind)) is adverse

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (ANNULMENT, "grant", "refuse")])
    def test_a_body_without_address_for_mail_or_register_leaves_no_hole(self, kind: str) -> None:
        profile = attrs.evolve(example.body().profile, email="", verify_url="")
        bare = attrs.evolve(example.body(), profiles={"profile": profile}, policies={})
        said = english(kind, body=bare)
        assert "in writing, to the address at the head of this letter." in said
        assert "The register can be consulted at" not in said
        assert "The process:" not in said
        assert not re.search(r" [.,;]| {2}|\(\)", said.partition("Dear ")[2])

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("language", ["", "fr"])
    def test_a_hostile_reason_is_printed_as_it_is_and_once(self, kind: str, language: str) -> None:
        state = letters.story(kind)
        about = "decision-1" if kind in ("grant", "refuse") else "decision-2"
        state = state.having({"decisions": [attrs.evolve(state.decisions[about], reason=HOSTILE)]})
        if kind == ANNULMENT:
            state = state.having({"annulments": [annulment(reason=HOSTILE)]})
        assert letter(kind, *([language] if language else []), dossier=state).count(HOSTILE) == 1

    def test_a_reason_of_a_hundred_thousand_characters_has_no_place_on_record(self) -> None:
        with pytest.raises(ValueError, match="32,000"):
            taken(Kind.SUSPEND, reason="a" * 100_000)

    def test_paragraphs_of_the_reason_stay_paragraphs(self) -> None:
        state = dossier(taken(Kind.SUSPEND, reason="First.\n\nSecond.", conditions="Third."))
        assert "Reason\nFirst.\nSecond.\nConditions\nThird.\n" in english("suspend", dossier=state)

    def test_a_decision_of_a_committee_is_not_told_by_names(self) -> None:
        state = dossier(taken(Kind.SUSPEND, members=("P-03", "P-04")))
        assert "Dunja Petrov" not in english("suspend", dossier=state)


class TestTerms:
    """The table of the letters and the file of terms hold each other."""

    @staticmethod
    def _keys() -> set[str]:
        found: set[str] = set()
        for kind, each in LETTERS.items():
            names = set(keys(each.blocks)) | {
                key if isinstance(key, str) else key[0] for part in each.opening for key in part.sentences
            }
            for name in names:
                causes = [ground.name.lower() for ground in Ground] + ["audit_open"]
                kinds = sorted(ADVERSE)
                found |= {name.format(cause=cause, decided_kind=adverse) for cause in causes for adverse in kinds} | {
                    f"subject.{kind}"
                }
        return found

    def test_every_sentence_that_a_letter_may_say_is_a_term(self) -> None:
        words = terms("en")[0].words
        assert {key for key in self._keys() if f"letter.{key}" not in words} == set()

    def test_every_term_of_the_letters_is_said_somewhere(self) -> None:
        words = {key.removeprefix("letter.") for key in terms("en")[0].words if key.startswith("letter.")}
        frame = {"reference", "dear", "dear_client", "unsettled", "as_recorded", "closing", "prevails"}
        assert words - self._keys() == frame


class TestSuspension:
    """Temporarily invalid: what stops, what is to be done by when, and what follows otherwise (9.6.5)."""

    @pytest.mark.parametrize("said", [
        "with effect from 5 July 2027", "From 5 July 2027 the certification is temporarily invalid",
        "From 5 July 2027, stop every reference to the certification and every use of the certificate and the marks",
        "show it as suspended from that day", "https://fernhill.example/verify",
        "Cause to be removed by | 4 January 2028", "due by 24 June 2027. By 4 January 2028 it must have taken place",
        "If the cause is not removed by 4 January 2028, we decide on withdrawing",
        "The suspension does not extend the validity: the certification ends on 23 June 2029",
        "Ground | audit not made possible in time", "We cannot advise you",
    ])  # fmt: skip
    def test_it_says_what_the_client_needs(self, said: str) -> None:
        assert said in english("suspend")

    def test_no_surveillance_is_announced_as_due_that_is_overdue(self) -> None:
        assert "The next surveillance audit is due by" not in english("suspend")

    def test_before_the_surveillance_is_due_it_is_announced(self) -> None:
        early = earlier(Kind.SUSPEND, id="decision-2", ground=Ground.MISUSE)
        assert "The next surveillance audit is due by 24 June 2027." in english("suspend", dossier=dossier(early))

    @pytest.mark.parametrize(("ground", "said"), [
        (Ground.REQUEST, "You asked for the suspension."), (Ground.MISUSE, "in which the certificate or the marks are"),
        (Ground.CHANGE, "Describe the change to us in writing"), (Ground.AGREEMENT, "Meet the obligation under the"),
        (Ground.IMPARTIALITY, "the threat to impartiality must be removed"),
        (Ground.UNRESOLVED, "Remove the cause that the reason names"),
    ])  # fmt: skip
    def test_what_is_asked_depends_on_the_ground(self, ground: Ground, said: str) -> None:
        state = dossier(taken(Kind.SUSPEND, ground=ground))
        told = english("suspend", dossier=state)
        assert said in told
        assert "Agree with us without delay" not in told

    def test_an_audit_that_is_refused_before_it_is_due_is_not_called_overdue(self) -> None:
        early = earlier(Kind.SUSPEND, id="decision-2")
        told = english("suspend", dossier=dossier(early))
        assert "Agree with us without delay on dates for the audit. By 3 July 2027" in told
        assert "that was due by" not in told

    def test_a_failure_lists_the_nonconformities_that_stand_open_with_their_states(self) -> None:
        state = attrs.evolve(dossier(taken(Kind.SUSPEND, ground=Ground.FAILURE)), verifications={}, effectiveness={})
        told = english("suspend", dossier=state)
        assert "These nonconformities stood open on the day of the decision:" in told
        assert "2026-014/AK-1\nmajor | " in told
        assert "implementation verified\nnow: response accepted" in told
        assert "For each nonconformity listed above" in told

    def test_a_failure_without_open_nonconformities_lists_none_and_points_to_none(self) -> None:
        told = english("suspend", dossier=dossier(taken(Kind.SUSPEND, ground=Ground.FAILURE)))
        assert "stood open" not in told
        assert "listed above" not in told
        assert "Remove the cause that the reason names" in told

    def test_without_a_last_day_of_its_own_the_policy_gives_it(self) -> None:
        state = dossier(taken(Kind.SUSPEND, until=None))
        assert "Cause to be removed by | 5 January 2028" in english("suspend", dossier=state)


class TestRestoration:
    @pytest.mark.parametrize("said", [
        "This ends the suspension.", "From 5 July 2027 the certification is valid again.",
        "From 4 January 2027 until that day it was not valid.", "show it as valid from that day",
        "The suspension does not extend the validity", "The next surveillance audit is due by 31 December 2028.",
        "2026-014/AK-2 (minor, response accepted)",
    ])  # fmt: skip
    def test_it_says_from_when_it_may_be_used_and_that_the_time_between_stays(self, said: str) -> None:
        assert said in english("restore")

    def test_nothing_has_to_stop(self) -> None:
        assert "stop every reference" not in english("restore")


class TestReduction:
    def test_it_shows_what_was_certified_what_is_and_what_no_longer_is(self) -> None:
        told = english("reduce")
        assert f"Scope until then | {example.SCOPE}" in told
        assert f"Scope from then on | {letters.NARROWER}" in told
        assert "Sites no longer certified | Flagship shop, 3 Market Square" in told
        assert "From 5 July 2027, amend whatever you have published" in told
        assert "A revised certificate follows" in told
        assert "remains suspended" not in told

    def test_of_sites_alone_the_scope_stands_once(self) -> None:
        told = english("reduce", dossier=dossier(taken(Kind.REDUCE, scope="")))
        assert f"\nScope | {example.SCOPE}" in told
        assert "Scope until then" not in told
        assert "Sites no longer certified | Flagship shop" in told

    def test_of_what_is_suspended_it_lifts_no_suspension(self) -> None:
        told = english("reduce", dossier=dossier(earlier(Kind.SUSPEND), taken(Kind.REDUCE)))
        assert "The certification remains suspended until we restore it" in told
        assert "remains valid until" not in told

    def test_with_the_revised_certificate_issued_it_is_enclosed(self) -> None:
        made: Certificate = revised(scope=letters.NARROWER, sites=revised().sites[:2])
        told = english("reduce", dossier=dossier(taken(Kind.REDUCE), certificates=(made,)))
        assert "The revised certificate is enclosed." in told
        assert "Certificate FC-2026-0001, revision 2" in told


class TestExpansion:
    def test_it_shows_what_is_new_and_waits_for_the_certificate(self) -> None:
        told = english("expand")
        assert f"Scope from then on | {letters.WIDER}" in told
        assert "Sites that are new | Online shop, 5 Quay Street" in told
        assert "only once you hold the revised certificate" in told
        assert "The certification remains valid until 23 June 2029, as before." in told


class TestWithdrawal:
    @pytest.mark.parametrize("said", [
        "The withdrawal is final", "Return the certificate to us, and destroy all its copies",
        "Amend or take back all advertising", "show it as withdrawn from that day",
        "Ground | cause of the suspension not removed", "Please confirm to us in writing",
    ])  # fmt: skip
    def test_it_is_final_and_says_what_to_do(self, said: str) -> None:
        assert said in english("withdraw")

    def test_it_promises_no_validity_and_no_audit(self) -> None:
        told = english("withdraw")
        assert "Validity ends on" not in told
        assert "surveillance audit is due" not in told


class TestMaintenance:
    def test_it_says_until_when_and_what_is_next(self) -> None:
        told = english("maintain")
        assert "It is valid until 23 June 2029." in told
        assert "The next surveillance audit is due by 31 December 2028. It is planned for 5 June 2028." in told

    def test_after_the_last_surveillance_the_recertification_is_next(self) -> None:
        second = surveillance(id="audit-4", number="2028-002", starts_on=date(2028, 6, 5), ends_on=date(2028, 6, 6))
        closed = (
            letters.closing(),
            attrs.evolve(letters.closing(), id="m-6", audit="audit-4", held_on=date(2028, 6, 6)),
        )
        late = taken(Kind.MAINTAIN, decided_on=date(2028, 7, 3))
        state = dossier(late, audits=(surveillance(), second), meetings=closed)
        told = english("maintain", dossier=state, on=date(2028, 7, 4))
        assert "The next audit is the recertification audit." in told
        assert "by 23 June 2029." in told


class TestAnnulment:
    """From its day the certificate stands as if the decision had not been taken (rule 46)."""

    def test_it_names_both_days_the_error_and_what_holds(self) -> None:
        told = english("annulment")
        assert "decision D-2027-002 annulled" in told
        assert "On 7 July 2027 Fernhill Certification Ltd annulled decision D-2027-002 of 5 July 2027" in told
        assert "The number of another client's certificate was meant" in told
        assert "You may refer to the certification" in told
        assert "Dunja Petrov, Certification officer" in told
        assert "declined because of a move" not in told  # the reason of the decision itself

    def test_where_another_suspension_stands_it_gives_nothing_to_use(self) -> None:
        state = dossier(earlier(Kind.SUSPEND), taken(Kind.WITHDRAW), annulments=(annulment(),))
        told = english("annulment", dossier=state)
        assert "For another reason, of which we have told you, the certification is not valid on that day." in told
        assert "You may refer to the certification" not in told

    def test_of_a_reduction_the_whole_scope_is_certified_again_and_a_copy_offered(self) -> None:
        told = english("annulment", dossier=dossier(taken(Kind.REDUCE), annulments=(annulment(),)))
        assert f"Scope | {example.SCOPE}" in told
        assert "Flagship shop" in told
        assert "we will send you a copy of it" in told

    def test_what_was_no_adverse_decision_has_none(self) -> None:
        state = dossier(taken(Kind.MAINTAIN), annulments=(annulment(),))
        with pytest.raises(BadData, match="no letter for the annulment of a decision to maintain"):
            letter("annulment", dossier=state)


class TestTwoLanguages:
    """English at the left, the other language at the right, paragraph by paragraph."""

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_paragraph_stands_beside_its_own(self, kind: str, language: str) -> None:
        rows = decision.fields_two(showing(kind, language))["rows"]
        alone = decision.fields(showing(kind))["blocks"]
        said = [each["heading"] for each in alone] + [line["text"] for each in alone for line in each["lines"]]
        assert sorted(row["first"] for row in rows) == sorted(said)
        assert all(row["second"] and row["second"] != row["first"] for row in rows)

    def test_what_is_on_record_is_shown_once_and_said_to_be_untranslated(self) -> None:
        told = plain(letter("suspend", "de"))
        assert told.count(letters.REASONS[Kind.SUSPEND]) == 1
        assert "im Wortlaut der Entscheidung, wie aufgezeichnet und nicht übersetzt" in told
        assert told.count(example.SCOPE) == 1

    def test_it_says_which_language_holds_in_doubt(self) -> None:
        told = plain(letter("suspend", "fr"))
        assert "In case of doubt the English text prevails. | La présente lettre est rédigée en deux langues." in told

    def test_in_english_alone_nothing_is_said_of_languages(self) -> None:
        told = english("suspend")
        assert "prevails" not in told
        assert "not translated" not in told

    def test_days_are_written_as_each_language_writes_them(self) -> None:
        told = plain(letter("suspend", "es"))
        assert "6 July 2027 · 6 de julio de 2027" in told
        assert "4 January 2028\n4 de enero de 2028" in told

    def test_the_scope_that_the_client_confirmed_in_that_language_stands_beside_the_english_one(self) -> None:
        scope = "Behandlung von Reklamationen von Privatkunden."
        held = attrs.evolve(example.dossier().certificates["certificate-1"], language="de", scope_translated=scope)
        state = dossier(taken(Kind.SUSPEND), certificates=(held,))
        assert f"{example.SCOPE}\n{scope}" in letter("suspend", "de", dossier=state)
        assert scope not in letter("suspend", "fr", dossier=state)

    def test_one_language_is_not_enough_for_two_columns(self) -> None:
        with pytest.raises(BadData, match="in which languages"):
            decision.fields_two(showing("suspend"))


def test_the_letter_of_a_body_without_profile_or_client_has_no_holes() -> None:
    state = attrs.evolve(letters.story("suspend"), clients={})
    assert "Dear client," in english("suspend", dossier=state, body=Body(journal="body"))

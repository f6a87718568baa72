"""What claims conformity to guidance, and what does not: the same words in many orders."""

from __future__ import annotations

import attrs
import pytest

from certbody.domain.claims import conformity_claims
from certbody.domain.wording import Wording, faults, fill

NAMES = (
    "ISO 10002:2018",
    "Quality management - Customer satisfaction - Guidelines for complaints handling in organizations",
)

CLAIMS = """
ISO 10002 certified
The client is ISO 10002:2018 certified.
An ISO-10002-certified company
ISO10002 certified
CERTIFIED ISO 10002:2018
ISO 10002 - certified
certified (ISO 10002)
Certified: ISO 10002
ISO 10002 Certified Company
a fully ISO 10002 compliant process
ISO 10002 (complaints handling) certified
DIN EN ISO 10002 certified
10002:2018 certified
operates an ISO 10002 certified complaints-handling system
has achieved ISO 10002 registration
The organization holds ISO 10002 certification.
ISO 10002 Complaints Management Certificate
Certificate ISO 10002:2018
Certificate of conformity to ISO 10002
certified to ISO 10002
certified against the guidance of ISO 10002:2018
certified in accordance with ISO 10002
certified as meeting ISO 10002
certification of complaints handling according to ISO 10002
We certify your complaints process to ISO 10002.
accredited to ISO 10002
conforms to ISO 10002
in conformity with ISO 10002:2018
conformity of the process with ISO 10002
in full conformance with the guidelines in ISO 10002
complies fully with all requirements of the international standard ISO 10002:2018
is compliant with ISO 10002
in full compliance with the requirements and guidelines of ISO 10002
demonstrates compliance with ISO 10002:2018, clause 7
complies with the law and ISO 10002
It complies with consumer law and with ISO 10002.
adheres to ISO 10002
The process meets ISO 10002.
meets all ISO 10002 requirements
The process meets the requirements of ISO 10002:2018.
The client satisfies ISO 10002 in every respect
The requirements of ISO 10002 are met.
ISO 10002 is fulfilled at all sites.
We are ISO certified.
certified by ISO
ISO has certified this process.
certified to ISO 9001 and ISO 10002
certified under S-10002 and ISO 10002
conforms to S-10002 and to ISO 10002
complies with Guidelines for complaints handling in organizations
fulfils Quality management – Customer satisfaction – Guidelines for complaints handling in organizations
The website says “ISO 10002 certified”.
not only ISO 10002 certified but also friendly
does not charge for complaints and conforms to ISO 10002
Not accredited, ISO 10002 certified.
is not accredited but complies with ISO 10002
No doubt the process conforms to ISO 10002.
Certificate No. 12: complies with ISO 10002
nach ISO 10002 zertifiziert
ist ISO-10002-zertifiziert
ISO 10002:2018-konform
Das Unternehmen erfüllt die ISO 10002.
Der Prozess entspricht der ISO 10002:2018.
certifié ISO 10002
conforme à la norme ISO 10002
certificado según la norma ISO 10002
cumple con la norma ISO 10002
""".strip().splitlines()

NO_CLAIMS = """
certified under S-10002
certified under S-10002 based on ISO 10002
The process of Alpha is certified under scheme S-10002, based on the guidance of ISO 10002:2018.
A process based on ISO 10002 is certified under S-10002.
The complaints-handling process is based on ISO 10002.
This document does not attest conformity to ISO 10002.
It does not attest, in whole or in part, conformity with ISO 10002.
This statement does not certify, attest or imply conformity to ISO 10002.
Certification under S-10002 does not mean certification to ISO 10002.
is not ISO 10002 certified
isn't ISO 10002 certified
does not conform to or comply with ISO 10002
No conformity to ISO 10002 is claimed.
Conformity to ISO 10002 is not claimed.
without claiming conformity to ISO 10002
Certification to ISO 10002 is not possible.
ISO 10002 certification is not offered by {body}.
ISO 10002 cannot be certified to.
Nobody can be certified to ISO 10002.
ISO certifies nobody.
"ISO 10002 certified" is misleading.
The claim to conform to ISO 10002 is inappropriate.
The client must not say that it is ISO 10002 certified.
Nothing in this document, its annexes and the register says that the client is ISO 10002 certified.
Rather than certified to ISO 10002, the client is certified under S-10002.
The certificate does not attest conformity to that guidance and was not issued by ISO.
certified to ISO 9001:2015 by another body
certified to ISO 9001 but not to ISO 10002
Nonconformity with S4.2.1 (ISO 10002:2018, 4.2)
non-compliance with ISO 10002
does not conform to S4.2.1 (ISO 10002:2018, 4.2)
conforms to S4.2.1 (ISO 10002:2018, 4.2)
Findings cite S-10002, never ISO 10002.
ISO 10002 is guidance; the certificate is under S-10002.
The certificate names S-10002; ISO 10002 is its source.
Scheme S-10002 is based on ISO 10002. Certified clients are listed.
The certified client may refer to ISO 10002 as guidance.
The client is certified and ISO 10002 is named as source.
The process complies with the law and ISO 10002 is its guide.
The policy was approved on 2026-01-01 and follows ISO 10002.
The auditor is registered and trained in ISO 10002.
Opening meeting on ISO 10002
The team meets the client to explain ISO 10002.
Customer satisfaction: a workshop on ISO 10002
Audited against S-10002 with questions that cite clauses of ISO 10002.
The scheme turns guidance of ISO 10002 into requirements that the client meets.
nicht nach ISO 10002 zertifiziert
bescheinigt keine Konformität mit ISO 10002
n'est pas certifié ISO 10002
""".strip().splitlines()


def claims(text: str, names: tuple[str, ...] = NAMES) -> list[str]:
    return [claim.said for claim in conformity_claims(text, names) if claim.certain]


class TestTheClaimItself:
    """Guidance has no requirements, so nobody conforms to it and nobody is certified to it."""

    @pytest.mark.parametrize("text", CLAIMS)
    def test_a_claim_is_found(self, text: str) -> None:
        assert claims(text)

    @pytest.mark.parametrize("text", NO_CLAIMS)
    def test_a_denial_or_a_mere_mention_passes(self, text: str) -> None:
        assert claims(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "certified\nto ISO 10002",
            "certi-\nfied to ISO 10002",
            "ISO\u00a010002\u2011certified",
            "ISO 10002\u00ad certified",
            "conforms to *ISO 10002*",
            "Line one.\n- ISO 10002 certified\n- friendly",
            "iso 10002 CERTIFIED",
        ],
    )
    def test_line_breaks_hyphens_and_marks_hide_nothing(self, text: str) -> None:
        assert claims(text)

    def test_a_paragraph_of_its_own_is_another_thought(self) -> None:
        assert claims("The client is certified.\n\nISO 10002 gives guidance.") == []

    def test_every_claim_of_a_text_is_named(self) -> None:
        assert claims("ISO 10002 certified. We also comply with ISO 10002.") == [
            "ISO 10002 certified",
            "comply with ISO 10002",
        ]

    def test_the_publisher_alone_as_a_name_does_not_claim_its_other_documents(self) -> None:
        names = ("ISO 10002:2018", "ISO 10002", "ISO")
        assert claims("certified to ISO 9001:2015", names) == []
        assert claims("certified to ISO/IEC 27001", names) == []
        assert claims("certified by ISO", names) == ["certified by ISO"]

    def test_another_number_is_another_document(self) -> None:
        assert claims("certified to ISO 100021") == []

    def test_a_long_text_takes_no_time(self) -> None:
        assert claims("The client handles complaints with care and is certified by us. " * 500) == []

    def test_a_text_without_a_full_stop_takes_no_time(self) -> None:
        assert len(claims("certified ISO 10002 and " * 1300)) >= 1

    def test_words_without_an_end_take_no_time(self) -> None:
        assert claims("certified " + "to the guidance of the requirements and " * 700 + "ISO 9001") == []


class TestAWordAlone:
    """ "Product" or "accredited" alone is looked at by a person, and refuses nothing."""

    @pytest.mark.parametrize("text", ["Certified product", "An accredited body", "handling of complaints on products"])
    def test_it_is_only_pointed_out(self, text: str) -> None:
        assert [claim.certain for claim in conformity_claims(text, NAMES)] == [False]

    @pytest.mark.parametrize("text", ["not accredited", "says nothing about the quality of any product"])
    def test_denied_it_is_not_even_that(self, text: str) -> None:
        assert conformity_claims(text, NAMES) == []


WORDING = Wording(
    certificate_titles=("Certificate",),
    certificate_statement="{body} certifies that {client} fulfils scheme {criteria}.",
    client_sentence="{client} is certified under {criteria}.",
    sampling_disclaimer="An audit rests on samples.",
)


class TestSentencesWithGaps:
    """What the body prints is data: its gaps are known, and nothing that fills one is read for more."""

    def test_sound_wording_has_no_fault(self) -> None:
        assert list(faults(WORDING, NAMES)) == []

    def test_a_gap_that_nothing_fills_is_named(self) -> None:
        wrong = attrs.evolve(WORDING, client_sentence="{klient} is certified under {criteria}.")
        assert next(faults(wrong, NAMES)).startswith("client_sentence: nothing fills {klient}; known are")

    def test_a_claim_in_the_bodys_own_words_is_a_fault(self) -> None:
        wrong = attrs.evolve(WORDING, client_sentence="{client} is ISO 10002 certified.")
        found = list(faults(wrong, NAMES))
        assert found == [
            "client_sentence: 'ISO 10002 certified' claims conformity to guidance; name the body's own scheme instead"
        ]

    def test_a_standard_with_requirements_may_be_claimed(self) -> None:
        wording = attrs.evolve(WORDING, client_sentence="{client} is certified to ISO 9001:2015.")
        assert list(faults(wording, ())) == []

    def test_gaps_are_filled(self) -> None:
        assert fill("{client} under {criteria}.", {"client": "Alpha", "criteria": "S-1"}) == "Alpha under S-1."

    def test_what_is_filled_in_is_never_read_again(self) -> None:
        assert fill("{client}.", {"client": "{body} {0}", "body": "x"}) == "{body} {0}."

    def test_a_gap_without_a_value_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"nothing fills \{criteria\}"):
            fill("{criteria}", {"client": "Alpha"})

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


CLAIMS_IN_OTHER_LANGUAGES = """
zertifiziert nach ISO 10002
Zertifiziert nach der Norm ISO 10002:2018
Das Beschwerdemanagement ist nach ISO 10002 zertifiziert.
Das Beschwerdemanagement wurde gemäß ISO 10002 zertifiziert.
konform mit ISO 10002
Der Prozess ist konform zu ISO 10002:2018.
ISO 10002-konformer Prozess
in Übereinstimmung mit ISO 10002
Der Prozess stimmt mit ISO 10002 überein.
erfüllt ISO 10002
Der Prozess erfüllt die Anforderungen der ISO 10002:2018.
Der Prozess erfüllt alle Anforderungen von ISO 10002.
dass der Prozess die Anforderungen der ISO 10002 erfüllt
die Vorgaben der DIN ISO 10002 sind erfüllt
Die Anforderungen der ISO 10002:2018 werden eingehalten.
hält die ISO 10002 ein
entspricht ISO 10002
entspricht den Anforderungen der ISO 10002
die Reklamationsbehandlung genügt der ISO 10002
Zertifikat nach ISO 10002
ISO-10002-Zertifikat
Zertifizierung gemäß ISO 10002
Bescheinigung der Konformität mit ISO 10002
nach ISO 10002 geprüft und zertifiziert
Das Unternehmen ist ISO-zertifiziert.
Von ISO zertifiziert
anerkannt nach ISO 10002
akkreditiert nach ISO 10002
richtlinienkonform nach ISO 10002
certificado según ISO 10002
certificado conforme a ISO 10002
certificada de acuerdo con la norma ISO 10002:2018
certificados bajo la norma ISO 10002
empresa certificada ISO 10002
certificación ISO 10002
la certificación en ISO 10002
certifica que el proceso cumple los requisitos de ISO 10002
cumple ISO 10002
cumple con todos los requisitos de la norma ISO 10002
El proceso cumple plenamente la ISO 10002.
cumplimiento de la norma ISO 10002
conforme con ISO 10002
conforme a ISO 10002
es conforme con los requisitos de la norma ISO 10002
conformidad con la norma ISO 10002
Los requisitos de ISO 10002 se cumplen.
satisface los requisitos de ISO 10002
acreditado según ISO 10002
certificado por ISO
está certificado en ISO 10002:2018
en cumplimiento de ISO 10002
se ajusta a la norma ISO 10002
certifié ISO 10002
certifiée selon la norme ISO 10002:2018
certifiés conformes à la norme ISO 10002
certifiées conformément à ISO 10002
conforme à ISO 10002
conforme aux exigences de la norme ISO 10002
conformité à ISO 10002
en conformité avec ISO 10002
est en conformité avec la norme ISO 10002:2018
satisfait aux exigences de la norme ISO 10002
satisfait à ISO 10002
répond aux exigences de la norme ISO 10002
répond à ISO 10002
respecte la norme ISO 10002
remplit les exigences d'ISO 10002
remplit toutes les exigences de l'ISO 10002
Les exigences d'ISO 10002 sont remplies.
Les exigences de la norme ISO 10002 sont satisfaites.
certification ISO 10002
certificat ISO 10002:2018
certification selon l'ISO 10002
titulaire de la certification ISO 10002
accrédité ISO 10002
certifié par l'ISO
atteste la conformité à l'ISO 10002
Zertifiziert nach S-10002 und ISO 10002
certificado según S-10002 e ISO 10002
certifié selon S-10002 et ISO 10002
nicht nur freundlich, sondern auch nach ISO 10002 zertifiziert
nicht akkreditiert, aber konform mit ISO 10002
no solo certificado según ISO 10002 sino también amable
no está acreditado, pero cumple ISO 10002
non accrédité mais conforme à ISO 10002
""".strip().splitlines()

NO_CLAIMS_IN_OTHER_LANGUAGES = """
beruht auf der Leitlinie ISO 10002
Der Prozess beruht auf der Leitlinie ISO 10002.
S-10002 beruht auf dem Leitfaden ISO 10002:2018, der keine Anforderungen stellt.
zertifiziert nach S-10002, das auf ISO 10002 beruht
zertifiziert nach S-10002 auf der Grundlage der ISO 10002
Das nach S-10002 zertifizierte Verfahren orientiert sich an ISO 10002.
Das Zertifizierungsprogramm S-10002 lehnt sich an ISO 10002 an.
Dieses Dokument bescheinigt keine Konformität mit ISO 10002.
Dieses Dokument bescheinigt nicht die Konformität mit ISO 10002.
Eine Zertifizierung nach ISO 10002 ist nicht möglich.
Eine Zertifizierung nach ISO 10002 gibt es nicht.
Nach ISO 10002 kann niemand zertifiziert werden.
Niemand ist nach ISO 10002 zertifiziert.
Der Kunde darf nicht sagen, er sei nach ISO 10002 zertifiziert.
ohne Anspruch auf Konformität mit ISO 10002
erfüllt nicht ISO 10002
ISO 10002 ist ein Leitfaden und stellt keine Anforderungen.
erfüllt die Anforderungen von S-10002, Ausgabe 1. S-10002 beruht auf den Empfehlungen von ISO 10002:2018.
erfüllt die Anforderungen von S-10002 und berücksichtigt ISO 10002
Das Zertifikat bescheinigt keine Konformität mit diesem Leitfaden und wurde nicht von der ISO ausgestellt.
Schulung der Auditoren zu ISO 10002
Nichtkonformität zu S4.2.1 (ISO 10002:2018, 4.2)
zertifiziert nach ISO 9001:2015
zertifiziert nach ISO 9001, nicht nach ISO 10002
está basado en la directriz ISO 10002
El esquema S-10002 se basa en las directrices de ISO 10002:2018.
certificado según S-10002, que se basa en ISO 10002
certificado según el esquema S-10002, basado en la directriz ISO 10002:2018
Este documento no certifica la conformidad con ISO 10002.
Este documento no acredita la conformidad con ISO 10002, que es un documento de directrices.
no está certificado según ISO 10002
No es posible la certificación según ISO 10002.
La certificación según ISO 10002 no es posible.
La certificación según ISO 10002 no existe.
Nadie puede estar certificado según ISO 10002.
sin afirmar la conformidad con ISO 10002
no cumple ISO 10002
cumple los requisitos de S-10002, edición 1. S-10002 se basa en las recomendaciones de ISO 10002:2018.
El certificado no acredita la conformidad con esas directrices ni ha sido emitido por ISO.
cumple los requisitos de S-10002 y tiene en cuenta ISO 10002
no conformidad con S4.2.1 (ISO 10002:2018, 4.2)
certificado según ISO 9001
La formación de los auditores trata de ISO 10002.
fondé sur les lignes directrices ISO 10002
s'appuie sur ISO 10002
Le programme S-10002 s'appuie sur les lignes directrices de l'ISO 10002:2018.
certifié selon S-10002, fondé sur l'ISO 10002
certifié selon le programme S-10002 fondé sur les lignes directrices de l'ISO 10002
certifié selon S-10002, qui s'inspire de l'ISO 10002
Le présent document n'atteste pas la conformité à l'ISO 10002.
Ce document n'atteste aucune conformité à ISO 10002, qui ne fixe pas d'exigences.
Ce document ne vaut pas certification ISO 10002.
n'est pas conforme à ISO 10002
Nul ne peut être certifié ISO 10002.
Personne n'est certifié ISO 10002.
Il n'existe pas de certification ISO 10002.
La certification ISO 10002 n'existe pas.
La certification selon ISO 10002 n'est pas possible.
sans revendiquer la conformité à ISO 10002
satisfait aux exigences de S-10002, édition 1. S-10002 s'appuie sur les recommandations de l'ISO 10002:2018.
satisfait aux exigences de S-10002 et tient compte de l'ISO 10002
non-conformité à S4.2.1 (ISO 10002:2018, 4.2)
Le certificat n'atteste pas la conformité à ces lignes directrices et n'a pas été délivré par l'ISO.
certifié ISO 9001
Wir halten ISO 10002 für ein gutes Dokument.
zertifiziert nach S-10002. Grundlage ist die Leitlinie ISO 10002.
Das Unternehmen ist nach ISO 9001 zertifiziert und kennt ISO 10002.
Der an ISO 10002 angelehnte Prozess ist nach S-10002 zertifiziert.
La empresa certificada conoce ISO 10002.
El proceso se ajusta al esquema S-10002, basado en ISO 10002
certifié selon le programme S-10002 ; l'ISO 10002 est un document d'orientation
L'entreprise certifiée s'inspire de l'ISO 10002.
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

    @pytest.mark.parametrize("text", CLAIMS_IN_OTHER_LANGUAGES)
    def test_a_claim_in_german_spanish_or_french_is_found(self, text: str) -> None:
        assert claims(text)

    @pytest.mark.parametrize("text", NO_CLAIMS_IN_OTHER_LANGUAGES)
    def test_a_denial_or_a_mere_mention_in_them_passes(self, text: str) -> None:
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

    @pytest.mark.parametrize(
        "text", ["x" * 32_000, "hält " * 6_000, "nicht konform " * 2_000, "erfüllt die Anforderungen der " * 1_000]
    )
    def test_nor_do_words_of_other_languages(self, text: str) -> None:
        assert claims(text) == []

    def test_words_without_an_end_take_no_time(self) -> None:
        assert claims("certified " + "to the guidance of the requirements and " * 700 + "ISO 9001") == []


class TestAWordAlone:
    """ "Product" or "accredited" alone is looked at by a person, and refuses nothing."""

    @pytest.mark.parametrize(
        "text",
        [
            "Certified product",
            "An accredited body",
            "handling of complaints on products",
            "Geprüftes Produkt",
            "acreditado",
        ],
    )
    def test_it_is_only_pointed_out(self, text: str) -> None:
        assert [claim.certain for claim in conformity_claims(text, NAMES)] == [False]

    @pytest.mark.parametrize("text", [
        "not accredited", "says nothing about the quality of any product",
        "sagt nichts über die Qualität eines Produkts", "ne dit rien de la qualité d'un produit",
        "no dice nada sobre la calidad de ningún producto",
    ])  # fmt: skip
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

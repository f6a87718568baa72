"""The certificate in two languages says in both what the record holds, claims no more in either, and fits its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from certbody import resources
from certbody.deliverables.certificate_two import DELIVERABLE
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import document_text
from certbody.deliverables.terms import Terms, read
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.body import AccreditationScope
from certbody.domain.certificate import Certificate
from certbody.domain.certificate_text import drafted
from certbody.domain.claims import conformity_claims
from certbody.domain.translation import Translation
from certbody.errors import BadData
from certbody.office.languages import read_translation
from tests.deliverables import example
from tests.deliverables import test_word_certificate as in_english
from tests.deliverables.test_word_certificate import APPLICATION, NAMES, issued, undecided, wording

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
sites = in_english.TestSites.sites
LANGUAGES = ("de", "es", "fr")
SCOPE = {
    "de": "Behandlung der Reklamationen von Privat- und Geschäftskunden über Mobilfunk-, Festnetz- und Internetdienste "
    "vom Eingang per Telefon, Webformular, Brief oder im Ladengeschäft bis zum Abschluss.",
    "es": "Tratamiento de las quejas de clientes particulares y empresas sobre servicios móviles, fijos y de internet, "
    "desde la recepción por teléfono, formulario web, carta o tienda hasta el cierre.",
    "fr": "Traitement des réclamations des clients particuliers et professionnels relatives aux services mobiles, "
    "fixes et internet, de la réception par téléphone, formulaire, courrier ou en boutique jusqu’à la clôture.",
}


def terms(code: str) -> tuple[Terms, ...]:
    folder = resources.place("templates") / "terms"
    english = (folder / "en.toml").read_bytes()
    return tuple(read((folder / f"{each}.toml").read_bytes(), f"{each}.toml", english) for each in ("en", code))


def translation(code: str) -> Translation:
    folder = resources.shipped("iso10002")
    return read_translation(folder / f"wording.{code}.toml", f"wording.{code}.toml", folder)


def showing(code: str = "de", made: Certificate | None = None, **more: Any) -> Showing:
    shown = made or issued(language=code, scope_translated=SCOPE[code])
    state = attrs.evolve(example.dossier(), certificates={shown.id: shown})
    given = {"dossier": state, "wording": wording(), "terms": terms(code), "translation": translation(code)}
    return example.showing(shown.id, **{**given, "draft": False, "template": "T-19 r1", **more})


def made(view: Showing) -> bytes:
    template = resources.template(DELIVERABLE.template)
    return fill_document(template, DELIVERABLE.fields(view), at=AT, pictures=DELIVERABLE.pictures(view))


def said(view: Showing) -> str:
    return document_text(made(view)).replace("\u00a0", " ")


class TestContent:
    """ISO/IEC 17021-1:2015, 8.2.2, in two languages."""

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_the_text_is_the_golden_one(self, code: str, golden: Callable[[str, str], None]) -> None:
        golden(f"certificate-two-{code}", document_text(made(showing(code))))

    @pytest.mark.parametrize(("code", "parts"), [
        ("de", ("Zertifikat", "Gültig ab", "24. Juni 2026", "23. Juni 2029", "3 Standorte, siehe Anlage",
                "S-10002, Ausgabe 1 vom 5. Januar 2026", "an den 3 in der Anlage genannten Standorten")),
        ("es", ("Certificado", "Válido desde", "24 de junio de 2026", "23 de junio de 2029", "3 emplazamientos",
                "S-10002, edición 1 del 5 de enero de 2026", "en los 3 emplazamientos indicados en el anexo")),
        ("fr", ("Certificat", "Valable à compter du", "24 juin 2026", "23 juin 2029", "3 sites, indiqués en annexe",
                "S-10002, édition 1 du 5 janvier 2026", "sur les 3 sites indiqués en annexe")),
    ])  # fmt: skip
    def test_both_languages_say_title_days_criteria_sites_and_scope(self, code: str, parts: tuple[str, ...]) -> None:
        text = said(showing(code))
        english = ("24 June 2026", "23 June 2029", "26 June 2026", "S-10002, issue 1 of 2026-01-05", example.SCOPE)
        for part in (
            *english,
            *parts,
            SCOPE[code],
            "Nordwind Telecom Ltd",
            "FC-2026-0001",
            "Fernhill Certification Ltd",
        ):
            assert part in text, part

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_nothing_in_it_claims_conformity_to_the_guidance(self, code: str) -> None:
        assert conformity_claims(document_text(made(showing(code))), NAMES) == []

    @pytest.mark.parametrize(("code", "denied"), [
        ("de", "Nicht unter Akkreditierung ausgestellt."), ("es", "Emitido sin acreditación."),
        ("fr", "Délivré hors accréditation."),
    ])  # fmt: skip
    def test_each_language_says_once_that_it_is_not_accredited(self, code: str, denied: str) -> None:
        text = said(showing(code))
        assert (text.count(denied), text.count("Not issued under accreditation.")) == (1, 1)

    @pytest.mark.parametrize(("code", "sentence"), [
        ("de", "Im Zweifel gilt der englische Wortlaut."), ("es", "En caso de duda prevalece el texto en inglés."),
        ("fr", "En cas de doute, le texte anglais prévaut."),
    ])  # fmt: skip
    def test_it_says_in_both_which_language_holds_in_doubt(self, code: str, sentence: str) -> None:
        text = said(showing(code))
        assert (text.count(sentence), text.count("In case of doubt the English text prevails.")) == (1, 1)

    def test_under_accreditation_both_name_who_accredited(self) -> None:
        scope = AccreditationScope(
            id="A", accreditation_body="Example Accreditation", certificate="EA-7", standard="iso10002",
            valid_from=date(2025, 1, 1),
        )  # fmt: skip
        body = attrs.evolve(example.body(), accreditation_scopes={"A": scope})
        text = said(showing("de", issued(language="de", accredited=True), body=body))
        assert "Ausgestellt unter der Akkreditierung durch Example Accreditation (EA-7)." in text
        assert "Issued under accreditation by Example Accreditation (EA-7)." in text
        assert "Nicht unter Akkreditierung" not in text

    def test_a_revision_says_in_both_which_one_it_replaces(self) -> None:
        first = issued()
        second = issued(id="certificate-2", revision=2, issued_on=date(2026, 6, 29), language="de")
        state = attrs.evolve(example.dossier(), certificates={each.id: each for each in (first, second)})
        text = said(attrs.evolve(showing("de", second), dossier=state))
        assert "Replaces revision 1 of 26 June 2026, which is no longer valid." in text
        assert "Ersetzt Revision 1 vom 26. Juni 2026, die nicht mehr gültig ist." in text
        assert "Ersetzt" not in said(showing())

    def test_a_title_of_the_bodys_own_stands_in_english_alone(self) -> None:
        text = said(showing("de", issued(title="Certificate of careful handling", language="de")))
        assert "Certificate of careful handling" in text
        assert "Zertifikat" not in text.split("Annex")[0].replace("Zertifizierungsprogramm", "")

    def test_the_template_asks_for_all_that_is_supplied_and_for_nothing_else(self) -> None:
        fields = {**DELIVERABLE.fields(showing()), "pictures": {"qr": ""}}
        unknown, unused = unknown_and_unused(placeholders(resources.template("certificate-two.docx")), fields)
        assert unknown == set()
        assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()

    def test_the_template_passes_the_gate_for_templates_of_a_body(self) -> None:
        admit(resources.template("certificate-two.docx"), "certificate-two.docx", kind="docx")


class TestScope:
    """8.2.2 f: the scope is the client's word, in each language that it confirmed."""

    def test_a_scope_in_english_alone_stands_once_and_says_so(self) -> None:
        text = said(showing("de", issued(language="de")))
        assert text.count(example.SCOPE) == 1
        assert text.count("Der Geltungsbereich ist in seinem englischen Wortlaut zertifiziert.") == 1
        assert "Scope / Geltungsbereich" in text

    def test_with_a_translation_it_stands_in_both_and_says_nothing_of_the_kind(self) -> None:
        text = said(showing("de"))
        assert (text.count(example.SCOPE), text.count(SCOPE["de"])) == (1, 1)
        assert "englischen Wortlaut zertifiziert" not in text

    def test_a_scope_of_many_pages_is_printed_whole_in_both(self) -> None:
        many = [" ".join(f"{word} {number}," for number in range(1_000)) for word in ("activity", "Tätigkeit")]
        text = said(showing("de", issued(scope=many[0], scope_translated=many[1], language="de")))
        assert many[0] in text
        assert many[1] in text


class TestSites:
    def test_one_site_needs_no_annex_and_its_address_stands_in_the_sentence(self) -> None:
        text = said(showing("fr", issued(sites=sites(1), language="fr")))
        assert "Annex" not in text
        assert "sur le site 1 Dyke Road" in text

    @pytest.mark.parametrize("count", [3, 40])
    def test_several_stand_in_an_annex_with_headings_in_both(self, count: int) -> None:
        text = said(showing("de", issued(sites=sites(count), language="de")))
        assert f"{count} Standorte, siehe Anlage" in text
        assert "Site / Standort | Activities within the scope / Tätigkeiten im Geltungsbereich" in text
        assert "Die Tätigkeiten sind in englischer Sprache angegeben." in text
        assert all(
            f"{number} | Site {number}\n{number} Dyke Road | Work {number}\n" in text for number in range(1, count + 1)
        )

    def test_a_site_without_activities_of_its_own_has_the_whole_scope_in_both_words(self) -> None:
        bare = tuple(attrs.evolve(each, scope="") for each in sites(2))
        text = said(showing("de", issued(sites=bare, language="de")))
        assert text.count("the whole scope / der gesamte Geltungsbereich") == 2
        assert "in englischer Sprache" not in text

    def test_a_word_that_is_the_same_in_both_stands_once_in_a_heading(self) -> None:
        assert "| Site |" in said(showing("fr"))


@pytest.mark.parametrize("name", [
    "A", "Müller & Söhne <GmbH> \"Nord\"", "{{ client.name }} {% if x %} {body}", "=cmd|' /C calc'!A0",
    "東京電話株式会社",
    "Gesellschaft für außergewöhnlich langlebige Telekommunikationsdienstleistungen " * 4 + "mbH",
])  # fmt: skip
def test_a_name_is_printed_as_it_is_however_long_or_hostile(name: str) -> None:
    text = document_text(made(showing("de", issued(client_name=name, sites=sites(2), language="de"))))
    assert text.count(name) >= 4


class TestDraft:
    """The client confirms the draft in both languages before the certificate is issued."""

    def test_it_says_draft_and_has_neither_code_nor_number_nor_days(self) -> None:
        state = undecided()
        text_of = drafted(state.applications[APPLICATION], state, example.body(), wording(), example.ON)
        view = showing("de", attrs.evolve(text_of, language="de"), draft=True)
        view = attrs.evolve(view, dossier=state, extra={"certificate": attrs.evolve(text_of, language="de")})
        text = said(view)
        for part in ("DRAFT", "(given at issue)", "(wird bei Ausstellung vergeben)", "day of the decision",
                     "Tag der Entscheidung", "höchstens 3 Jahre später", "Ein Code, mit dem"):  # fmt: skip
            assert part in text, part
        assert DELIVERABLE.pictures(view) == {}

    def test_an_issued_one_does_not_say_draft(self) -> None:
        assert "DRAFT" not in said(showing())

    def test_without_the_words_of_both_it_is_not_made(self) -> None:
        for missing in ({"terms": terms("de")[:1]}, {"terms": ()}, {"translation": None}, {"wording": None}):
            with pytest.raises(BadData, match="needs the words of both"):
                DELIVERABLE.fields(showing("de", **missing))

"""The certificate says all that 8.2.2 asks, claims nothing that guidance cannot carry, and can be verified."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
import segno
from PIL import Image

from certbody import resources
from certbody.deliverables import certificate
from certbody.deliverables.certificate import DELIVERABLE, verification_address
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.fields import unknown_and_unused
from certbody.deliverables.gate import admit
from certbody.deliverables.readable import document_text
from certbody.deliverables.word import fill_document, placeholders
from certbody.domain.certificate import Certificate, CertifiedSite
from certbody.domain.certificate_text import certified_sites, drafted
from certbody.domain.claims import conformity_claims
from certbody.domain.dossier import Dossier
from certbody.domain.wording import Wording
from certbody.errors import BadData, NotFound
from tests.deliverables import example

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
NAMES = ("ISO 10002:2018", "ISO 10002", "ISO")
APPLICATION = "application-1"


def wording() -> Wording:
    return resources.wording(resources.shipped("iso10002"))


def issued(**changes: Any) -> Certificate:
    """The example's certificate, in the words that ship with the scheme."""
    state = example.dossier()
    text = drafted(state.applications[APPLICATION], state, example.body(), wording(), date(2026, 6, 26))
    kept = attrs.evolve(text, id="certificate-1", number="FC-2026-0001", token="8c1d9e70a5b34f2d6e01", signed_by="P-03")
    return attrs.evolve(kept, **changes)


def showing(made: Certificate | None = None, **more: Any) -> Showing:
    certificates = {each.id: each for each in (made or issued(),)}
    state = attrs.evolve(example.dossier(), certificates=certificates)
    given = {"dossier": state, "wording": wording(), "draft": False, "template": "T-14 r1", **more}
    return example.showing("certificate-1", **given)


def made(view: Showing) -> bytes:
    template = resources.template(DELIVERABLE.template)
    return fill_document(template, DELIVERABLE.fields(view), at=AT, pictures=DELIVERABLE.pictures(view))


def undecided() -> Dossier:
    return attrs.evolve(example.dossier(), decisions={}, certificates={})


class TestContent:
    """ISO/IEC 17021-1:2015, 8.2.2."""

    def test_the_text_is_the_golden_one(self, golden: Callable[[str, str], None]) -> None:
        golden("certificate", document_text(made(showing())))

    @pytest.mark.parametrize(("letter", "said"), [
        ("a", "Nordwind Telecom Ltd"), ("a", "1 Harbour Street, 20459 Musterhafen, Germany"),
        ("a", "88 Dyke Road, 26721 Neudeich, Germany"), ("b", "24\u00a0June\u00a02026"),
        ("c", "23\u00a0June\u00a02029"), ("d", "FC-2026-0001"), ("e", "S-10002, issue 1 of 2026-01-05"),
        ("f", example.SCOPE), ("f", "Complaints at the counter"), ("g", "Fernhill Certification Ltd"),
        ("g", "4 Example Quay, D01 X000 Dublin, Ireland"), ("i", "revision 1"), ("i", "26\u00a0June\u00a02026"),
    ])  # fmt: skip
    def test_every_letter_of_the_clause_is_there(self, letter: str, said: str) -> None:
        assert said in document_text(made(showing())), letter

    def test_it_says_that_it_is_not_issued_under_accreditation_and_what_it_does_not_attest(self) -> None:
        text = document_text(made(showing()))
        assert text.count("Not issued under accreditation.") == 1
        assert "does not attest conformity to ISO 10002" in text

    def test_nothing_in_it_claims_conformity_to_the_guidance(self) -> None:
        assert conformity_claims(document_text(made(showing())), NAMES) == []

    def test_and_the_check_sees_such_a_claim_in_it(self) -> None:
        claiming = issued(statement="The process of Nordwind Telecom Ltd conforms to ISO 10002:2018.")
        assert conformity_claims(document_text(made(showing(claiming))), NAMES)

    def test_a_note_that_the_statement_leaves_out_stands_in_the_small_print(self) -> None:
        text = document_text(made(showing(issued(statement="Certified under scheme S-10002."))))
        assert text.count("Not issued under accreditation.") == 1

    def test_a_revision_says_which_one_it_replaces(self) -> None:
        first, second = issued(), issued(id="certificate-2", revision=2, issued_on=date(2026, 6, 29))
        state = attrs.evolve(example.dossier(), certificates={each.id: each for each in (first, second)})
        text = document_text(made(attrs.evolve(showing(), dossier=state, about="certificate-2")))
        assert "revision 2" in text
        assert "Replaces revision 1 of 26\u00a0June\u00a02026, which is no longer valid." in text
        assert "Replaces" not in document_text(made(attrs.evolve(showing(), dossier=state)))

    def test_the_template_asks_for_all_that_is_supplied_and_for_nothing_else(self) -> None:
        view = showing()
        fields = {**DELIVERABLE.fields(view), "pictures": {"qr": ""}}
        unknown, unused = unknown_and_unused(placeholders(resources.template("certificate.docx")), fields)
        assert unknown == set()
        assert {path for path in unused if path.partition(".")[0] not in ("document", "body", "client")} == set()

    def test_the_template_passes_the_gate_for_templates_of_a_body(self) -> None:
        admit(resources.template("certificate.docx"), "certificate.docx", kind="docx")


class TestSites:
    """8.2.2 a and f: every site in scope, with what is done there."""

    @staticmethod
    def sites(count: int) -> tuple[CertifiedSite, ...]:
        return tuple(
            CertifiedSite(
                site=f"S{number}", name=f"Site {number}", address=f"{number} Dyke Road", scope=f"Work {number}"
            )
            for number in range(1, count + 1)
        )

    def test_one_site_needs_no_annex(self) -> None:
        text = document_text(made(showing(issued(sites=self.sites(1)))))
        assert "Annex" not in text
        assert "Site 1, 1 Dyke Road" in text

    @pytest.mark.parametrize("count", [3, 40])
    def test_several_stand_in_the_annex_each_with_address_and_activities(self, count: int) -> None:
        text = document_text(made(showing(issued(sites=self.sites(count)))))
        assert f"{count} sites, named in the annex" in text
        for number in range(1, count + 1):
            assert f"{number} | Site {number}\n{number} Dyke Road | Work {number}\n" in text

    def test_the_heading_row_of_the_annex_repeats_on_each_page(self) -> None:
        with zipfile.ZipFile(io.BytesIO(made(showing(issued(sites=self.sites(40)))))) as archive:
            assert b"<w:tblHeader/>" in archive.read("word/document.xml")

    def test_the_central_function_comes_first(self) -> None:
        application, state = example.dossier().applications[APPLICATION], example.dossier()
        turned = attrs.evolve(application, sites=tuple(reversed(application.sites)))
        assert certified_sites(turned, state)[0].central

    def test_a_site_without_activities_of_its_own_has_the_whole_scope(self) -> None:
        bare = tuple(attrs.evolve(each, scope="") for each in self.sites(2))
        assert document_text(made(showing(issued(sites=bare)))).count("the whole scope") == 2


class TestHardNames:
    """Nothing is lost, however long or hostile."""

    @pytest.mark.parametrize("name", [
        "A", "Müller & Söhne <GmbH> \"Nord\"", "{{ client.name }} {% if x %}", "=cmd|' /C calc'!A0", "東京電話株式会社",
        "Gesellschaft für außergewöhnlich langlebige Telekommunikation " * 5 + "mbH",
    ])  # fmt: skip
    def test_a_name_is_printed_as_it_is(self, name: str) -> None:
        text = document_text(made(showing(issued(client_name=name, sites=TestSites.sites(2)))))
        assert text.count(name) >= 2

    def test_a_scope_of_many_pages_is_printed_whole(self) -> None:
        scope = " ".join(f"activity {number}," for number in range(1_500))
        assert scope in document_text(made(showing(issued(scope=scope))))


class TestVerification:
    """The QR code holds the address of the certificate with its token."""

    ADDRESS = "https://fernhill.example/verify/FC-2026-0001?t=8c1d9e70a5b34f2d6e01"

    def test_the_address_is_made_of_number_and_token(self) -> None:
        assert verification_address(issued(), example.body()) == self.ADDRESS

    def test_a_slash_at_the_end_of_the_bodys_address_makes_no_second_one(self) -> None:
        profile = example.body().profile
        assert profile is not None
        body = attrs.evolve(
            example.body(), profiles={"profile": attrs.evolve(profile, verify_url="https://fernhill.example/verify/")}
        )
        assert verification_address(issued(), body) == self.ADDRESS

    def test_the_code_in_the_document_is_that_of_the_address(self) -> None:
        with zipfile.ZipFile(io.BytesIO(made(showing()))) as archive:
            [name] = [each for each in archive.namelist() if each.startswith("word/media/")]
            picture = Image.open(io.BytesIO(archive.read(name))).convert("1")
        expected = segno.make(self.ADDRESS, error="m", micro=False)
        modules = [
            [not picture.getpixel((x * 8 + 4, y * 8 + 4)) for x in range(picture.width // 8)]
            for y in range(picture.height // 8)
        ]
        assert modules == [[bool(module) for module in row] for row in expected.matrix_iter(scale=1, border=4)]

    def test_the_code_has_an_alternative_text(self) -> None:
        assert DELIVERABLE.pictures(showing())["qr"].alt == f"QR code that leads to {self.ADDRESS}"

    def test_beside_it_stands_the_address_without_the_token_for_those_who_type(self) -> None:
        text = document_text(made(showing()))
        assert "https://fernhill.example/verify/FC-2026-0001" in text
        assert "8c1d9e70a5b34f2d6e01" not in text

    def test_a_body_without_a_public_address_prints_whom_to_ask(self) -> None:
        profile = example.body().profile
        assert profile is not None
        body = attrs.evolve(example.body(), profiles={"profile": attrs.evolve(profile, verify_url="")})
        view = showing(body=body)
        assert DELIVERABLE.pictures(view) == {}
        assert "office@fernhill.example" in document_text(made(view))

    def test_an_address_too_long_for_paper_is_refused(self) -> None:
        profile = example.body().profile
        assert profile is not None
        url = "https://fernhill.example/" + "long/" * 60
        body = attrs.evolve(example.body(), profiles={"profile": attrs.evolve(profile, verify_url=url)})
        with pytest.raises(BadData, match="too many to be read from paper"):
            DELIVERABLE.pictures(showing(body=body))


class TestDraft:
    """The client confirms the draft text before the certificate is issued."""

    def draft(self, state: Dossier, **more: Any) -> Showing:
        given = {"dossier": state, "wording": wording(), "draft": True, "template": "T-14 r1", **more}
        return example.showing(APPLICATION, **given)

    def test_it_says_draft_and_has_neither_code_nor_number(self) -> None:
        view = self.draft(undecided())
        text = document_text(made(view))
        assert "DRAFT" in text
        assert "(given at issue)" in text
        assert "day of the decision" in text
        assert DELIVERABLE.pictures(view) == {}
        assert certificate.number(view) == "A-2026-001"

    def test_a_certificate_that_is_issued_does_not_say_draft(self) -> None:
        with zipfile.ZipFile(io.BytesIO(made(showing()))) as archive:
            assert not [name for name in archive.namelist() if b"DRAFT" in archive.read(name)]

    def test_a_draft_of_an_issued_certificate_cannot_be_verified(self) -> None:
        assert DELIVERABLE.pictures(showing(draft=True)) == {}

    def test_after_the_decision_it_shows_the_dates_of_the_decision(self) -> None:
        text = document_text(made(self.draft(attrs.evolve(example.dossier(), certificates={}))))
        assert "24\u00a0June\u00a02026" in text
        assert "23\u00a0June\u00a02029" in text

    def test_validity_ends_with_the_editions_transition_where_that_is_earlier(self) -> None:
        state = example.dossier()
        application = state.applications[APPLICATION]
        basis = attrs.evolve(application.basis, transition_end=date(2028, 12, 31))
        text = drafted(attrs.evolve(application, basis=basis), state, example.body(), wording(), example.ON)
        assert text.expires_on == date(2028, 12, 31)

    def test_a_record_that_a_command_brings_is_shown_as_it_is(self) -> None:
        text = document_text(made(self.draft(undecided(), extra={"certificate": issued(scope="Complaints by letter")})))
        assert "Complaints by letter" in text

    def test_what_is_neither_certificate_nor_application_is_not_found(self) -> None:
        with pytest.raises(NotFound, match="no certificate or application certificate-9"):
            DELIVERABLE.fields(attrs.evolve(showing(), about="certificate-9"))

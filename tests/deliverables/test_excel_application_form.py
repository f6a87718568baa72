"""The application form: empty or with what is known, filled in as a person would, read back; and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from openpyxl import load_workbook

from certbody import resources
from certbody.deliverables import application_form, checklist
from certbody.deliverables.filled_application import ApplicationForm, application_in, read_application
from certbody.deliverables.reading import read_cells
from certbody.domain.application import Consultancy
from certbody.domain.client import Client, SiteType
from certbody.domain.dossier import Dossier
from certbody.domain.inputs import ask, questions
from certbody.domain.standard import Supplement
from certbody.errors import BadData
from certbody_iso10002 import certbody_schemes
from tests.deliverables import example
from tests.deliverables.workbooks import (
    HOSTILE,
    answer,
    changed,
    enter,
    libreoffice,
    made,
    moved,
    needs_libreoffice,
    put,
    reordered,
    without,
)

Step = Callable[[Any], None]


@attrs.frozen(kw_only=True)
class Inputs:
    """What an invented scheme asks."""

    contact_centres: int = ask(0, "Contact centres beyond the first.")
    sector: str = ask("", "Sector, for further questions.", choices=("", "telecom", "energy"))
    seasonal: bool = ask(False, "Are there seasons with many more complaints?")
    share: Decimal = ask(Decimal("0.5"), "Share of complaints that come by telephone.")


ASKED = questions(Inputs)


def blank(dossier: Dossier | None = None, **extra: Any) -> bytes:
    """The form as it goes out."""
    view = example.showing(dossier=dossier or Dossier(), extra={"questions": ASKED, **extra})
    return made(application_form.APPLICATION_FORM, view)


def read(data: bytes, name: str = "application.xlsx") -> ApplicationForm:
    """As `read_application` reads it, but in this process: the reading itself has its own tests."""
    return application_in(read_cells(data, name), ASKED)


def filled(*more: Step) -> bytes:
    """A whole application of two sites."""
    return changed(
        blank(),
        answer(
            "Application",
            client__name="Nordwind Telecom Ltd",
            client__address="1 Harbour Street",
            client__postcode="01099",
            client__city="Musterhafen",
            client__country="Germany",
            client__representative="Greta Holm",
            client__email="greta.holm@nordwind.example",
            client__certification_body="No",
            application__scope="Complaints of customers about\ntelecommunication services.",
            application__language="German",
            application__outsourced=HOSTILE,
            application__consultancy="yes",
            input__contact_centres=2,
            input__sector="Telecom",
            input__seasonal="Yes",
            application__signed_by="Greta Holm",
            application__signed_on=date(2026, 1, 12),
        ),
        enter(
            "Sites",
            1,
            name="Head office",
            street_and_number="1 Harbour Street",
            postcode="01099",
            city="Musterhafen",
            country="Germany",
            central="yes",
            effective_personnel=24,
            activities="Direction\nReview",
        ),
        enter(
            "Sites",
            2,
            name="Contact centre",
            street_and_number="88 Dyke Road",
            city="Neudeich",
            country="Germany",
            type="virtual",
            effective_personnel=32,
            shifts="06:00-14:00",
        ),
        enter("Consultancy", 1, who_gave_it="Invented Advice Ltd", on_what="Procedures", until_when=date(2025, 3, 31)),
        enter("Consultancy", 2, who_gave_it="Nobody & Sons"),
        *more,
    )


class TestRoundTrip:
    """ISO/IEC 17021-1:2015, 9.1.1."""

    def test_what_was_typed_comes_back(self) -> None:
        form = read(filled())
        assert form.standard == "iso10002"
        assert {key: value for key, value in form.client.items() if value} == {
            "name": "Nordwind Telecom Ltd",
            "address": "1 Harbour Street",
            "postcode": "01099",
            "city": "Musterhafen",
            "country": "Germany",
            "representative": "Greta Holm",
            "email": "greta.holm@nordwind.example",
        }
        assert form.client["certification_body"] is False
        assert {key: value for key, value in form.application.items() if value} == {
            "scope": "Complaints of customers about\ntelecommunication services.",
            "language": "German",
            "outsourced": HOSTILE,
            "sector": "telecom",
            "signed_by": "Greta Holm",
            "signed_on": date(2026, 1, 12),
        }
        assert form.inputs == (("contact_centres", "2"), ("sector", "telecom"), ("seasonal", "yes"))
        assert form.consultancies == (
            Consultancy(consultant="Invented Advice Ltd", subject="Procedures", ended_on=date(2025, 3, 31)),
            Consultancy(consultant="Nobody & Sons"),
        )
        first, second = form.sites
        assert (first.id, first.central, first.personnel, first.activities) == ("S1", True, 24, "Direction\nReview")
        assert (second.id, second.central, second.type, second.shifts) == ("S2", False, SiteType.VIRTUAL, "06:00-14:00")

    def test_it_makes_a_client(self) -> None:
        assert Client(id="C-0002", **read(filled()).client).name == "Nordwind Telecom Ltd"

    def test_through_gate_and_child_it_reads_the_same(self) -> None:
        assert read_application(filled(), "application.xlsx", ASKED, standard="iso10002") == read(filled())

    def test_sorting_and_moving_columns_changes_nothing(self) -> None:
        after = read(
            filled(
                reordered("Application", lambda row: str(row[0])[::-1]),
                moved("Application", lambda columns: columns[::-1]),
                reordered("Sites", lambda row: str(row[1] or "~")),
                moved("Sites", lambda columns: columns[::-1]),
            )
        )
        before = read(filled())
        assert attrs.evolve(after, sites=()) == attrs.evolve(before, sites=(), inputs=after.inputs)
        assert sorted(after.inputs) == sorted(before.inputs)
        assert sorted(after.sites, key=lambda site: site.id) == list(before.sites)

    def test_what_is_known_of_the_client_stands_in_it(self) -> None:
        known = example.dossier()
        step = answer(
            "Application",
            application__scope="x",
            application__consultancy="no",
            application__signed_by="Greta Holm",
            application__signed_on=date(2029, 1, 1),
        )
        form = read(changed(blank(known), step))
        assert Client(id="C-0001", **form.client) == known.client
        assert form.sites == tuple(known.sites.values())

    def test_a_single_site_is_the_central_one(self) -> None:
        def alone(book: Any) -> None:
            for cell in book["Sites"][6][1:]:
                cell.value = None
            book["Sites"]["H5"].value = None

        [site] = read(filled(alone)).sites
        assert site.central

    def test_a_form_whose_scheme_asks_for_no_sector_asks_itself(self) -> None:
        standard = attrs.evolve(example.standard(), supplements=(Supplement(code="telecom", title="Telecom"),))
        view = example.showing(dossier=Dossier(), standard=standard, extra={})
        rows = application_form.fields(view)["questions"]
        assert [(row["key"], row["choice_1"]) for row in rows] == [("application.sector", "telecom")]

    @needs_libreoffice
    def test_libreoffice_opens_it_saves_it_and_it_reads_the_same(self, tmp_path: Path) -> None:
        with libreoffice(tmp_path) as convert:
            again = convert(filled(), "xlsx")
        assert read_application(again, "application.xlsx", ASKED, standard="iso10002") == read(filled())


FAULTS: list[tuple[str, Step, str]] = [
    (
        "an empty answer that is needed",
        answer("Application", client__name=None),
        "Application!C6: is empty; 'Legal name' needs an answer",
    ),
    (
        "spaces for an answer",
        answer("Application", client__city="  "),
        "Application!C12: is empty; 'City' needs an answer",
    ),
    (
        "neither yes nor no",
        answer("Application", client__certification_body="maybe"),
        "Application!C19: 'maybe' is none of yes, no",
    ),
    (
        "a line break in a name",
        answer("Application", client__name="Nordwind\nTelecom"),
        "Application!C6: has a line break or tab at position 9, where one line belongs",
    ),
    (
        "a formula",
        put("Application", "C6", "=1+1"),
        "Application!C6: holds a formula; type the text itself",
    ),
    (
        "a date as text",
        answer("Application", application__signed_on="12 January 2026"),
        "Application!C37: '12 January 2026' is text, not a date; format the cell as a date and type it again",
    ),
    (
        "words for a number of the scheme",
        answer("Application", input__contact_centres="two"),
        "Application!C31: 'two' is no whole number",
    ),
    (
        "a word that the scheme does not know",
        answer("Application", input__sector="banking"),
        "Application!C32: 'banking' is none of telecom, energy",
    ),
    (
        "yes, and nobody named",
        without("Consultancy", 5, 2),
        "Application!C29: says yes, and the sheet Consultancy names nobody",
    ),
    (
        "no, and somebody named",
        answer("Application", application__consultancy="no"),
        "Application!C29: says no, and the sheet Consultancy names somebody",
    ),
    (
        "consultancy by nobody",
        enter("Consultancy", 3, on_what="Procedures"),
        "Consultancy!A7: is empty, where an entry is needed",
    ),
    (
        "consultancy until some day",
        enter("Consultancy", 2, until_when="last year"),
        "Consultancy!C6: 'last year' is text, not a date; format the cell as a date and type it again",
    ),
    ("a site without a name", enter("Sites", 2, name=None), "Sites!B6: is empty, where an entry is needed"),
    ("half a person", enter("Sites", 2, effective_personnel=1.5), "Sites!I6: 1.5 is not a whole number"),
    ("fewer than nobody", enter("Sites", 2, effective_personnel=-3), "Sites!I6: -3 is less than nobody"),
    ("a site without people", enter("Sites", 2, effective_personnel=None), "Sites!I6: is empty, where an entry"),
    ("people in words", enter("Sites", 2, effective_personnel="about 30"), "Sites!I6: 'about 30' is no number"),
    (
        "an unknown type",
        enter("Sites", 2, type="mobile"),
        "Sites!G6: 'mobile' is none of permanent, temporary, virtual",
    ),
    ("a site's id twice", put("Sites", "A6", "S1"), "Sites!A6: 'S1' stands in A5 already; each site has its own id"),
    ("an id that is none", put("Sites", "A6", "Süd 1"), "Sites!A6: id 'Süd 1' is no number: letters A-Z"),
    ("two central sites", enter("Sites", 2, central="yes"), "Sites: S1, S2 are marked as central; exactly one"),
    ("no central site", enter("Sites", 1, central=None), "Sites: no site is marked as central; exactly one"),
    (
        "no site",
        without("Sites", 5, 2),
        "Sites: no site is filled in; the head office is one",
    ),
    (
        "a line that was taken out",
        without("Application", 21),
        "Application: the line 'application.scope' is missing",
    ),
    (
        "a line twice",
        put("Application", "A7", "client.name"),
        "Application!C7: answers 'client.name', which application.xlsx, Application!C6 answers already",
    ),
    (
        "an answer beside the form",
        put("Application", "C40", "one more thing"),
        "Application!C40: stands in a line of its own; answer in the tinted cells of the form",
    ),
]


class TestFaults:
    """Issue, Bad input: one clear sentence each with file, sheet and cell."""

    @pytest.mark.parametrize(("step", "said"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
    def test_each_is_one_sentence_with_its_cell(self, step: Step, said: str) -> None:
        with pytest.raises(BadData) as refused:
            read(filled(step))
        assert refused.value.headline == "application.xlsx cannot be taken over; nothing was recorded."
        assert [line for line in refused.value.particulars if line.startswith(f"application.xlsx, {said}")]
        assert len(refused.value.particulars) <= 2

    def test_the_form_filled_in_rightly_has_none(self) -> None:
        assert read(filled()).client["name"] == "Nordwind Telecom Ltd"

    def test_an_empty_form_names_every_answer_that_is_needed(self) -> None:
        with pytest.raises(BadData) as refused:
            read(blank())
        sheet = load_workbook(io.BytesIO(blank()))["Application"]
        starred = [cell for cell in sheet["B"] if str(cell.value).endswith("*")]
        there = {cell.row for cell in starred if sheet.cell(cell.row, 3).value}
        named = [line for line in refused.value.particulars if "needs an answer" in line]
        assert len(named) == len(starred) - len(there)

    def test_the_form_of_another_standard(self) -> None:
        with pytest.raises(BadData, match=r"^x.xlsx is the application form for iso10002, not for iso9001\.$"):
            read_application(blank(), "x.xlsx", ASKED, standard="iso9001")

    def test_another_form(self) -> None:
        data = made(checklist.CHECKLIST, example.showing(example.STAGE_2))
        with pytest.raises(BadData, match=r"^x.xlsx is a checklist, where an application form belongs\.$"):
            read(data, "x.xlsx")

    def test_a_question_that_the_scheme_no_longer_asks(self) -> None:
        with pytest.raises(BadData) as refused:
            application_in(read_cells(filled(), "x.xlsx"), ASKED[:3])
        assert refused.value.particulars == (
            "x.xlsx, Application!C34: answers 'share', which the scheme does not ask (any more)",
        )


class TestQuestions:
    def test_a_question_says_what_it_takes_and_what_empty_means(self) -> None:
        rows = application_form.fields(example.showing(dossier=Dossier(), extra={"questions": ASKED}))["questions"]
        assert [row["meant"] for row in rows] == [
            "A whole number. Empty means 0.",
            "One of: telecom, energy.",
            "One of: yes, no. Empty means no.",
            "A number. Empty means 0.5.",
        ]
        assert [(row["count"], row["choice_1"], row["choice_2"]) for row in rows] == [
            (0, "", ""),
            (2, "telecom", "energy"),
            (2, "yes", "no"),
            (0, "", ""),
        ]

    def test_a_sector_is_named_in_words_too(self) -> None:
        standard = attrs.evolve(example.standard(), supplements=(Supplement(code="telecom", title="Telecom and IT"),))
        view = example.showing(dossier=Dossier(), standard=standard, extra={"questions": ASKED})
        said = [row["meant"] for row in application_form.fields(view)["questions"] if row["key"] == "input.sector"]
        assert said == ["One of: telecom (Telecom and IT), energy."]

    def test_the_sectors_that_ship_fit_into_the_drop_down(self) -> None:
        [scheme] = certbody_schemes()
        view = example.showing(
            dossier=Dossier(), standard=resources.standard(scheme.standard), extra={"questions": scheme.questions}
        )
        [row] = [row for row in application_form.fields(view)["questions"] if row["key"] == "input.sector"]
        assert row["count"] == 6
        assert [row[f"choice_{place}"] for place in range(1, 8)] == [
            *("finance", "government", "healthcare", "hospitality", "retail", "telecom"),
            "",
        ]
        assert "finance (Banking and finance)" in row["meant"]

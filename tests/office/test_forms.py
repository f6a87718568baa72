"""The application form that came back, in a real office: taken whole, taken once, or not one byte is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from certbody.errors import BadData, NotFound
from certbody.office import Hand, Office
from certbody.office.forms import receive_form
from certbody.office.founding import found, read

DEMO = files("certbody_iso10002") / "demo"
FORM = (DEMO / "application-form.xlsx").read_bytes()
ON = date(2025, 2, 3)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office on the day on which a form arrives."""
    settings = read((DEMO / "office.toml").read_bytes(), "office.toml")
    return found(tmp_path / "office", settings, clock=lambda: datetime(2025, 2, 3, 12, tzinfo=UTC))


def received(office: Office, data: bytes = FORM, client: str = "") -> str:
    """The journal that a form was put on record in."""
    hand = Hand(by=office.person("CW"))
    return receive_form(office, data, "application-form.xlsx", client=client, received_on=ON, hand=hand)[0]


def filled(**cells: object) -> bytes:
    """The form with other answers, by their keys: `client__name` is `client.name`."""
    book = openpyxl.load_workbook(BytesIO(FORM))
    sheet = book["Application"]
    for row in sheet.iter_rows():
        for key, value in cells.items():
            if row[0].value == key.replace("__", "."):
                row[2].value = value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def written(office: Office) -> dict[str, bytes]:
    """Every journal and evidence file."""
    paths = (path for part in ("journals", "evidence") for path in (office.folder / part).rglob("*"))
    return {str(path): path.read_bytes() for path in paths if path.is_file()}


def test_client_sites_application_and_consultancy_go_on_record_with_the_form(office: Office) -> None:
    dossier = office.dossier(received(office))
    [application] = dossier.applications.values()
    assert dossier.client is not None
    assert (dossier.client.id, dossier.client.name) == ("C-0001", "Fernloop Telecom Ltd")
    assert [(site.personnel, site.central) for site in dossier.sites.values()] == [(18, True), (24, False), (6, False)]
    assert [each.consultant for each in application.consultancies] == ["Brightwater Advisers"]
    assert dict(application.inputs)["sector"] == application.sector == "telecom"
    assert office.store.open_file(application.form) == FORM


def test_the_same_form_again_is_refused_and_nothing_is_written(office: Office) -> None:
    received(office)
    before = written(office)
    with pytest.raises(BadData, match=r"was received on 2025-02-03 already, as A-2025-001"):
        received(office)
    assert written(office) == before


def test_a_known_name_asks_for_the_clients_number_and_goes_on_with_it(office: Office) -> None:
    number = received(office)
    later = filled(application__scope="Complaints about mobile services")
    with pytest.raises(BadData, match=rf"is client {number} already") as refusal:
        received(office, later)
    assert f"--client {number}" in str(refusal.value)
    assert received(office, later, client=number) == number
    assert len(office.dossier(number).applications) == 2


def test_another_name_is_another_client(office: Office) -> None:
    received(office)
    assert received(office, filled(client__name="Fernloop Television Ltd")) == "C-0002"


def test_a_client_that_does_not_exist_is_not_found(office: Office) -> None:
    before = written(office)
    with pytest.raises(NotFound):
        received(office, client="C-0009")
    assert written(office) == before


def test_every_wrong_cell_is_named_and_nothing_is_written(office: Office) -> None:
    before = written(office)
    with pytest.raises(BadData) as refusal:
        received(office, filled(client__name="", application__signed_on="yesterday", input__sector="rail"))
    assert {"Application!C6", "yesterday", "rail"} <= set(_words(str(refusal.value))), str(refusal.value)
    assert written(office) == before


def test_another_of_our_forms_is_refused(office: Office) -> None:
    before = written(office)
    with pytest.raises(BadData, match="response form"):
        received(office, (DEMO / "response-AH-2.xlsx").read_bytes())
    assert written(office) == before


def _words(said: str) -> list[str]:
    return [word.strip(":',.;") for word in said.replace("'", " ").split()]

"""The application form that came back: read whole, then put on record with client and sites, or not at all."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from certbody.domain.application import Application
from certbody.domain.client import Client
from certbody.domain.inputs import questions
from certbody.errors import BadData, NotFound
from certbody.office.applications import receive
from certbody.office.hand import Hand
from certbody.office.office import Office


def receive_form(
    office: Office, data: bytes, name: str, *, client: str, received_on: date, hand: Hand, why: str = ""
) -> tuple[str, Application]:
    """Read a filled application form and put client, sites and application on record; journal and application.

    Args:
        name: the file's name, for messages.
        client: number of the client, where it is known already; empty for a new one.

    Raises:
        BadData: the form cannot be read, was received before, or names a client that is known already; every fault
            of a cell is named at once.
        NotFound: there is no such client, or no such scheme.
        Refused: a rule forbids it.
    """
    from certbody.deliverables.application_form import FORM
    from certbody.deliverables.filled_application import application_in
    from certbody.deliverables.reading import read_workbook
    from certbody.deliverables.returned import identity

    if client and client not in office.clients():
        raise NotFound(f"There is no client {client}.", next="certbody client list")
    book = read_workbook(data, name)
    code = identity(book, FORM, needs=("standard",))["standard"]
    form = application_in(book, questions(office.scheme(code).inputs), standard=code)
    _not_known(office, form.client["name"], sha256(data).hexdigest(), name, client)
    application = receive(
        office,
        standard=code,
        client=Client(id=client or "C-0", **form.client),  # a new one gets its number when it is recorded
        sites=form.sites,
        received_on=received_on,
        hand=hand,
        existing=bool(client),
        form=data,
        why=why,
        inputs=form.inputs,
        consultancies=form.consultancies,
        **form.application,
    )
    return office.body.numbers[application.number].journal, application


def _not_known(office: Office, name: str, form: str, file: str, number: str) -> None:
    """Refuse a form that was received already, and a new client that bears the name of a known one."""
    for journal, _, record in office.index.find("clients", name=name):
        for each in office.dossier(journal).applications.values():
            if each.form == form:
                raise BadData(
                    f"{file} was received on {each.received_on} already, as {each.number}; nothing was recorded."
                )
        if not number and str(record["name"]).casefold() == name.casefold():
            raise BadData(
                f"{record['name']} is client {journal} already; nothing was recorded.",
                next=f"certbody application receive {file} --client {journal}",
            )

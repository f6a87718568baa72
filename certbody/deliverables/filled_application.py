"""Reads a filled application form: client, sites, application, answers to the scheme's questions, consultancies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from certbody.deliverables.application_form import APPLICANT, FORM
from certbody.deliverables.cells import address
from certbody.deliverables.reading import Faults, Row, Workbook, read_workbook, table
from certbody.deliverables.returned import Answers, identity
from certbody.domain.application import Consultancy
from certbody.domain.client import Site, SiteType
from certbody.domain.inputs import Question
from certbody.errors import BadData

_REQUIRED = frozenset({"name", "address", "city", "country", "representative", "email"})
_TEXTS = ("legal_obligations", "outsourced", "resources", "relationships", "other_certificates")
_SITES = {
    "id": "Id",
    "name": "Name",
    "address": "Street and number",
    "postcode": "Postcode",
    "city": "City",
    "country": "Country",
    "type": "Type",
    "central": "Central",
    "personnel": "Effective personnel",
    "activities": "Activities",
    "shifts": "Shifts",
}
_CONSULTANCIES = {"consultant": "Who gave it", "subject": "On what", "ended_on": "Until when"}


@attrs.frozen(kw_only=True)
class ApplicationForm:
    """An application form as it came back.

    Attributes:
        standard: code of the standard that the form is for.
        client: the fields of `Client`, without its id.
        application: the fields of `Application` that the form holds, without consultancies and inputs.
        inputs: what was answered of the scheme's questions, as pairs of name and text; what was left empty is absent.
    """

    standard: str
    client: Mapping[str, Any]
    sites: tuple[Site, ...]
    application: Mapping[str, Any]
    inputs: tuple[tuple[str, str], ...] = ()
    consultancies: tuple[Consultancy, ...] = ()


def read_application(
    data: bytes, name: str, questions: Sequence[Question] = (), *, standard: str = ""
) -> ApplicationForm:
    """The application that a workbook from outside holds; `name` is the file's name, for messages.

    Args:
        questions: those of the scheme. standard: the code of the standard that is wanted, where it is known.

    Raises:
        BadData: the file cannot be read or is another form; or cells are wrong, all of them named at once.
    """
    return application_in(read_workbook(data, name), questions, standard=standard)


def application_in(book: Workbook, questions: Sequence[Question] = (), *, standard: str = "") -> ApplicationForm:
    """The application that a workbook holds which was read already. Arguments and errors as `read_application`."""
    said = identity(book, FORM, needs=("standard",))
    if standard and said["standard"] != standard:
        raise BadData(f"{book.file} is the application form for {said['standard']}, not for {standard}.")
    faults = Faults()
    answers = Answers(book.sheet("Application"), faults)
    client, application = _client(answers), _application(answers)
    consulted = answers.yes("application.consultancy", required=True)
    inputs = tuple(_inputs(answers, questions))
    signed_by = answers.text("application.signed_by", required=True, lines=False)
    signed_on = answers.day("application.signed_on", required=True)
    asked = answers.text("application.sector", lines=False) if "application.sector" in answers.lines else ""
    sector = dict(inputs).get("sector", asked)
    form = ApplicationForm(
        standard=said["standard"],
        client=client,
        sites=_central(tuple(_sites(book, faults)), book, faults),
        application={**application, "sector": sector, "signed_by": signed_by, "signed_on": signed_on},
        inputs=inputs,
        consultancies=tuple(_consultancies(book, faults)),
    )
    _consulted(consulted, answers, form)
    faults.raise_if_any(f"{book.file} cannot be taken over; nothing was recorded.", next="correct these cells")
    return form


def _client(answers: Answers) -> dict[str, Any]:
    said: dict[str, Any] = {
        key: answers.text(f"client.{key}", required=key in _REQUIRED, lines=False) for key in APPLICANT
    }
    return {**said, "certification_body": bool(answers.yes("client.certification_body", required=True))}


def _application(answers: Answers) -> dict[str, Any]:
    return {
        "scope": answers.text("application.scope", required=True),
        "language": answers.text("application.language", required=True, lines=False),
        **{key: answers.text(f"application.{key}") for key in _TEXTS},
    }


def _inputs(answers: Answers, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    known = {f"input.{question.name}": question for question in questions}
    for key in answers.lines:
        if key.startswith("input.") and key not in known:
            answers.fault(key, f"answers {key.removeprefix('input.')!r}, which the scheme does not ask (any more)")
    for key, question in known.items():
        words = tuple(choice for choice in question.choices if choice)
        line = answers.line(key)
        said = (line.choice("answer", words) or "") if line and words else answers.text(key, lines=False)
        try:
            if said and (said := _read(question, said)):
                yield question.name, said
        except ValueError as fault:
            answers.fault(key, str(fault).partition(": ")[2])


def _read(question: Question, said: str) -> str:
    value = question.read(said)
    return {True: "yes", False: "no"}[value] if question.kind is bool else str(value)


def _sites(book: Workbook, faults: Faults) -> Iterator[Site]:
    places: dict[str, str] = {}
    for line in table(book.sheet("Sites"), _SITES, faults):
        if not _filled(line):
            continue
        before = len(faults.lines)
        said = {
            key: line.text(key, lines=False, required=key in ("id", "name", "address", "city", "country"))
            for key in ("id", "name", "address", "postcode", "city", "country", "shifts")
        }
        kind = line.choice("type", tuple(SiteType))
        central = line.choice("central", ("yes", "no"))
        personnel = line.whole("personnel", required=True)
        activities = line.text("activities")
        if personnel is not None and personnel < 0:
            line.fault("personnel", f"{personnel} is less than nobody")
        if said["id"] in places:
            line.fault("id", f"{said['id']!r} stands in {places[said['id']]} already; each site has its own id")
        places.setdefault(said["id"], f"{line.columns['id']}{line.number}")
        if len(faults.lines) > before:
            continue
        try:
            yield Site(
                **said,
                type=SiteType(kind or SiteType.PERMANENT),
                central=central == "yes",
                personnel=personnel or 0,
                activities=activities,
            )
        except ValueError as fault:
            line.fault("id", str(fault))


def _filled(line: Row) -> bool:
    """Whether anything but the id that was printed there stands in the row."""
    cells = [line.sheet.cell(line.number, column) for key, column in line.columns.items() if key != "id"]
    return any(cell and (cell.kind != "text" or cell.value.strip()) for cell in cells)


def _central(sites: tuple[Site, ...], book: Workbook, faults: Faults) -> tuple[Site, ...]:
    """The sites; a single one is the central one, of several one must be marked."""
    place = address(book.file, "Sites")
    if not sites and not any(line.startswith(place) for line in faults.lines):
        faults.add(place, "no site is filled in; the head office is one")
    marked = [site.id for site in sites if site.central]
    if len(sites) == 1:
        return (attrs.evolve(sites[0], central=True),)
    if sites and len(marked) != 1 and not any(line.startswith(place) for line in faults.lines):
        said = f"{', '.join(marked)} are marked as central" if marked else "no site is marked as central"
        faults.add(place, f"{said}; exactly one directs the others")
    return sites


def _consultancies(book: Workbook, faults: Faults) -> Iterator[Consultancy]:
    for line in table(book.sheet("Consultancy"), _CONSULTANCIES, faults):
        before = len(faults.lines)
        consultant = line.text("consultant", lines=False)
        subject, ended_on = line.text("subject"), line.day("ended_on")
        if not consultant and (subject.strip() or ended_on):
            line.fault("consultant", "is empty, where an entry is needed")
        if consultant and len(faults.lines) == before:
            yield Consultancy(consultant=consultant, subject=subject, ended_on=ended_on)


def _consulted(said: bool | None, answers: Answers, form: ApplicationForm) -> None:
    """Note a fault where the answer to the question on consultancy and the sheet contradict each other."""
    if said and not form.consultancies:
        answers.fault("application.consultancy", "says yes, and the sheet Consultancy names nobody")
    elif said is False and form.consultancies:
        answers.fault("application.consultancy", "says no, and the sheet Consultancy names somebody")

"""Self-assessments out and back: made and read with an office or without one, and nothing of them goes on record."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from certbody import resources
from certbody.deliverables.deliverable import Showing
from certbody.domain.body import Body
from certbody.domain.dossier import Dossier
from certbody.domain.self_assessment import Outcome, SelfAssessment, Statement, outcome
from certbody.errors import BadData, NotFound
from certbody.office.office import BODY, Office
from certbody.office.papers import Paper, make
from certbody.registry import Registry


def blank(registry: Registry, code: str, *, on: date, office: Office | None = None) -> Paper:
    """The empty self-assessment of a scheme, with the body's name where there is an office.

    Raises:
        NotFound: there is no such scheme, or it has no self-assessment.
    """
    from certbody.deliverables.self_assessment import FORM

    assessment = _assessment(registry, code)
    return _paper(registry, FORM, code, on, {"assessment": assessment}, office)


def result(
    registry: Registry, data: bytes, name: str, *, on: date, scheme: str = "", office: Office | None = None
) -> tuple[SelfAssessment, Statement, Outcome, Paper]:
    """Read a filled self-assessment and make its one page: what was asked, what was said, what it comes to, the page.

    Args:
        name: the file's name, for messages. on: the day on which it is read.
        scheme: code of the scheme that is expected; empty where the file may say.

    Raises:
        BadData: the file cannot be read, is another form, or of another scheme or edition; every fault of a cell is
            named at once.
        NotFound: the scheme is not installed, or has no self-assessment any more.
    """
    from certbody.deliverables.filled_self_assessment import scheme_of, self_assessment_in
    from certbody.deliverables.reading import read_workbook

    book = read_workbook(data, name)
    code = scheme_of(book)
    if scheme and code != scheme:
        registry.scheme(scheme)
        raise BadData(f"{name} is the self-assessment for {code}, not for {scheme}.")
    if code not in registry.schemes:
        known = ", ".join(sorted(registry.schemes)) or "none"
        raise NotFound(
            f"{name} is the self-assessment for {code}, a scheme that is not installed here.",
            next=f"schemes installed here: {known}",
        )
    assessment = _assessment(registry, code)
    statement = self_assessment_in(book, assessment, standard=code, on=on)
    said = {"assessment": assessment, "statement": statement, "workbook": sha256(data).hexdigest()[:8]}
    page = _paper(registry, "self-assessment-result", code, on, said, office)
    return assessment, statement, outcome(assessment, statement.replies), page


def _assessment(registry: Registry, code: str) -> SelfAssessment:
    return resources.self_assessment(registry.scheme(code).standard)


def _paper(
    registry: Registry, kind: str, code: str, on: date, extra: Mapping[str, Any], office: Office | None
) -> Paper:
    if office is not None:
        return make(office, kind, BODY, on=on, standard=code, draft=False, extra=extra)
    return _without_office(registry, kind, code, on, extra)


def _without_office(registry: Registry, kind: str, code: str, on: date, extra: Mapping[str, Any]) -> Paper:
    """The document as it ships, where no body is at hand whose name, template and record it could show."""
    from certbody.deliverables.catalogue import DELIVERABLES

    found = next(each for each in DELIVERABLES if each.kind == kind)
    stem, _, suffix = found.template.rpartition(".")
    numbered = tomllib.loads(resources.template("templates.toml").decode("utf-8"))[stem]
    showing = Showing(
        dossier=Dossier(journal=BODY),
        body=Body(journal=BODY),
        on=on,
        draft=False,
        template=f"{numbered['number']} r{numbered['revision']}",
        standard=resources.standard(registry.scheme(code).standard),
        extra=extra,
    )
    number, template = found.number(showing), resources.template(found.template)
    properties = {
        "title": f"{found.title} {number}",
        "creator": "certbody",
        "keywords": showing.template,
        **found.properties(showing),
    }
    fields, at = found.fields(showing), datetime.combine(on, time(12), UTC)
    if found.word:
        from certbody.deliverables.word import fill_document

        made = fill_document(template, fields, properties=properties, at=at, name=found.template)
    else:
        from certbody.deliverables.excel import fill_workbook

        made = fill_workbook(template, fields, properties=properties, at=at, name=found.template)
    return Paper(
        kind=kind,
        name=f"{kind}-{re.sub(r'[^A-Za-z0-9.-]+', '-', number)}.{suffix}",
        number=number,
        data=made,
        template=showing.template,
        head="",
        about="",
    )

"""Information sheet: what applicants of a scheme are told before they apply (ISO/IEC 17021-1:2015, 8.1, 8.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from certbody.deliverables.deliverable import Deliverable, Showing, common
from certbody.deliverables.sheet_costs import priced
from certbody.deliverables.spelled import counted, listed, long_day
from certbody.domain.body import PublishedScheme
from certbody.domain.sheet import Costs, Sheet
from certbody.domain.standard import Clause, Edition, Method, Nature, Standard
from certbody.domain.wording import fill
from certbody.errors import BadData

TITLE = "Information sheet"
CERTIFIED = (Nature.MANAGEMENT_SYSTEM, Nature.GUIDANCE, Nature.CLOSED)
_METHODS = {
    Method.INTERVIEW: "interviews",
    Method.OBSERVATION: "observation",
    Method.DOCUMENT: "documents",
    Method.RECORD_SAMPLE: "samples of records",
}


def fields(showing: Showing) -> Mapping[str, Any]:
    """What the template may name.

    ``extra["sheet"]`` is the scheme's `Sheet`, ``extra["costs"]`` its `Costs`, ``extra["self_assessment"]`` whether it
    has a self-assessment workbook; without them the generic text stands alone.

    Raises:
        BadData: no standard is named, or nobody certifies to a document of its nature.
    """
    standard = _standard(showing)
    sheet, published = showing.extra.get("sheet", Sheet()), _published(showing, standard)
    body, policy = showing.body, showing.body.policy
    said = _gaps(showing, standard, published)
    chapters = _chapters(standard, {each.clause for each in sheet.principles})
    return {
        **common(showing, TITLE, number(showing)),
        "sheet": {
            "title": fill(sheet.title, said) or f"Certification under {said['criteria']}",
            "subject": fill(sheet.subject, said) or "management system",
            "lead": fill(sheet.lead, said),
            "what_it_is": _filled(sheet.what_it_is, said),
            "what_it_is_not": _filled(sheet.what_it_is_not, said),
            "voluntary": _filled(sheet.voluntary, said),
            "looks_at": _filled(sheet.looks_at, said),
            "before_stage_2": listed(_filled(sheet.before_stage_2, said)),
            "self_assessment": bool(showing.extra.get("self_assessment")),
        },
        "standard": {
            "title": standard.title,
            "name": standard.name,
            "guidance": standard.nature is Nature.GUIDANCE,
            "summary": "" if sheet.what_it_is or sheet.what_it_is_not else standard.summary,
            "edition": _edition_note(standard.edition),
        },
        "scheme": {
            "criteria": said["criteria"],
            "citation": published.citation if published else standard.criteria,
            "place": published.place if published else "",
            "recognition": published.recognition if published else "",
            "accreditation": _accreditation(showing, standard),
            "accredited": _accredited(showing, standard) != "",
        },
        "certificate": {
            "statement": _worded(showing, "certificate_statement", said),
            "attests_not": _worded(showing, "attests_not", said),
            "client_sentence": _worded(showing, "client_sentence", said),
        },
        "sectors": [{"sector": each.sector, "brings": fill(each.brings, said)} for each in sheet.sectors],
        "supplements": listed(each.title for each in standard.supplements),
        "benefits": [{"says": fill(each.says, said), "source": fill(each.source, said)} for each in sheet.benefits],
        "principles": [
            {"title": _title(standard, each.clause), "clause": each.clause, "says": fill(each.says, said)}
            for each in sheet.principles
        ],
        "chapters": chapters,
        "audit": {
            "parts": any(each["parts"] for each in chapters),
            "questions": counted(len(standard.items), "question"),
            "methods": listed(
                _METHODS[each] for each in Method if any(each in item.methods for item in standard.items)
            ),
            "response_days": str(policy.response_days),
            "team_notice_days": str(policy.team_notice_days),
            "suspension_months": str(policy.suspension_months),
            "quotation_days": str(policy.quotation_valid_days),
        },
        "readiness": [{"step": each.step, "says": fill(each.says, said)} for each in sheet.readiness],
        "cycle": _cycle(standard, sheet),
        "policy": {
            "impartiality": policy.impartiality_policy,
            "appeals": policy.appeals_process,
            "marks": policy.marks_rules,
        },
        "ask": _ask(showing),
        "day": long_day(showing.on),
        "verify": body.profile.verify_url if body.profile else "",
        "related": listed(body.profile.related_bodies) if body.profile else "",
        **priced(_costs(showing), body.profile),
    }


def number(showing: Showing) -> str:
    """What it is about: `S-10002 issue 1`; the criteria alone where the body has published no scheme."""
    standard = _standard(showing)
    published = _published(showing, standard)
    return f"{published.document} issue {published.issue}" if published else standard.criteria


def _standard(showing: Showing) -> Standard:
    if showing.standard is None:
        raise BadData("The information sheet is about a standard.", next="certbody standard list")
    if showing.standard.nature not in CERTIFIED:
        raise BadData(
            f"{showing.standard.title} is {showing.standard.nature}; no certification body certifies to it.",
            next="certbody standard list",
        )
    return showing.standard


def _published(showing: Showing, standard: Standard) -> PublishedScheme | None:
    named = showing.body.published_schemes.get(showing.about)
    return named or showing.body.scheme_for(standard.code, showing.on)


def _gaps(showing: Showing, standard: Standard, published: PublishedScheme | None) -> dict[str, str]:
    return {
        "body": showing.body.profile.name if showing.body.profile else "",
        "standard": standard.title,
        "criteria": published.document if published else standard.criteria,
        "issue": str(published.issue) if published else "not yet published",
        "issued": str(published.published_on) if published else "a date to come",
    }


def _filled(sentences: Iterable[str], said: Mapping[str, str]) -> list[str]:
    return [fill(each, said) for each in sentences]


def _worded(showing: Showing, name: str, said: Mapping[str, str]) -> str:
    """A sentence of the scheme's wording as it would read for the applicant."""
    if showing.wording is None:
        return ""
    applicant = {"client": "[your organization]", "sites": "[your sites]", "scope": "[your scope]"}
    note = _accreditation(showing, _standard(showing))
    return fill(getattr(showing.wording, name), {**said, **applicant, "accreditation_note": note})


def _accredited(showing: Showing, standard: Standard) -> str:
    """By whom the body is accredited for the scheme on the day; empty where no scope on record names it (rule 27)."""
    scopes = [
        each
        for each in showing.body.accreditation_scopes.values()
        if each.standard == standard.code and each.holds(showing.on)
    ]
    return listed(f"{each.accreditation_body} ({each.certificate})".replace(" ()", "") for each in scopes)


def _accreditation(showing: Showing, standard: Standard) -> str:
    by = _accredited(showing, standard)
    if by:
        return f"Issued under accreditation by {by}."
    note = showing.wording.accreditation_note if showing.wording else ""
    return note or "Not issued under accreditation."


def _edition_note(edition: Edition) -> str:
    """What an applicant has to know of an edition that another one replaces; empty for the current one."""
    if not (edition.superseded_by or edition.no_new_after or edition.transition_end):
        return ""
    parts = [f"This edition is replaced by {edition.superseded_by}." if edition.superseded_by else ""]
    if edition.no_new_after:
        parts.append(f"Applications are taken until {long_day(edition.no_new_after)}.")
    if edition.transition_end:
        parts.append(f"No certificate lasts beyond {long_day(edition.transition_end)}.")
    if not edition.confirmed:
        parts.append("These dates have not been confirmed.")
    return " ".join(part for part in parts if part)


def _title(standard: Standard, clause: str) -> str:
    found = standard.clause(clause)
    return found.title if found else clause


def _chapters(standard: Standard, principles: set[str]) -> list[dict[str, Any]]:
    """The chapters of the standard: what belongs to each, and how many questions are asked; principles stand above."""
    made = []
    for chapter in standard.clauses:
        if "." in chapter.number:
            continue
        below = [each for each in standard.clauses if each.number.startswith(f"{chapter.number}.") and each.assessable]
        asked = [item for item in standard.items if item.clause in {chapter.number, *(each.number for each in below)}]
        made.append(
            {
                "number": chapter.number,
                "title": chapter.title,
                "parts": _parts(below, principles),
                "questions": str(len(asked)) if asked else "",
            }
        )
    return made


def _parts(below: list[Clause], principles: set[str]) -> str:
    if below and {each.number for each in below} <= principles:
        return "the principles above, in what people do and in the files they leave"
    return "; ".join(each.title for each in below)


def _cycle(standard: Standard, sheet: Sheet) -> dict[str, str]:
    """Which clauses belong to each part of the cycle: `clause 7`, `clauses 5 and 6`, `clauses 8.1 to 8.6`."""
    order = [clause.number for clause in standard.clauses]

    def named(numbers: tuple[str, ...]) -> str:
        first = order.index(numbers[0]) if numbers else 0
        if len(numbers) > 2 and order[first : first + len(numbers)] == list(numbers):
            return f"clauses {numbers[0]} to {numbers[-1]}"
        return f"clause{'s' if len(numbers) > 1 else ''} {listed(numbers)}" if numbers else ""

    cycle = sheet.cycle
    return {"plan": named(cycle.plan), "do": named(cycle.do), "check": named(cycle.check), "act": named(cycle.act)}


def _ask(showing: Showing) -> str:
    """How to ask the body for something: `office@body.example or +00 000`; by letter where nothing else is known."""
    profile = showing.body.profile
    if profile is None:
        return ""
    ways = [each for each in (profile.email, profile.phone) if each]
    return listed(ways, "or") if ways else f"{profile.name}, {profile.address}, {profile.city}"


def _costs(showing: Showing) -> Costs | None:
    found = showing.extra.get("costs")
    return found if isinstance(found, Costs) else None


DELIVERABLE = Deliverable(
    kind="information-sheet", title=TITLE, template="information-sheet.docx", fields=fields, number=number
)

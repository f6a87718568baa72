"""The table of facts in a letter on a decision: what is on record, with the words that each language has for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from certbody.deliverables.composed import Value
from certbody.deliverables.decision_facts import Known, Told, is_english, without
from certbody.deliverables.deliverable import Showing
from certbody.deliverables.terms import Terms
from certbody.domain.certificate import Certificate, CertifiedSite, granted
from certbody.domain.certificate_text import accreditation, accredited_by
from certbody.domain.client import Site
from certbody.domain.decision import CertificationDecision, Kind
from certbody.domain.dossier import Dossier
from certbody.domain.periods import last_day_of_validity

Row = tuple[str, tuple[Value, ...]]
"""The key of its label, and its lines."""


def rows(showing: Showing, told: Told, known: Known) -> Mapping[str, Row]:
    """The rows by the names that `decision_blocks` uses. One without lines is left out."""
    dossier, decision, application, held = showing.dossier, told.decision, told.application, known.held
    scope, sites = granted(application, dossier, told.begins_on)
    before, places = granted(application, without(told, dossier), told.begins_on)
    if known.issued:
        scope, sites = known.issued.scope, tuple(each.site for each in known.issued.sites)
    added = tuple(each for each in sites if each not in places)
    gone = tuple(each for each in places if each not in sites)
    other = scope != before
    made: dict[str, Row] = {
        "decision": ("number", (_number(decision),)),
        "document": ("document", (_document(showing, held),)),
        "criteria": ("criteria", (known.values["criteria"],)),
        "scope": ("scope", (scope, _translated(scope, held))),
        "scope_before": ("scope_before", (before, _translated(before, held)) if other else ()),
        "scope_after": ("scope_after" if other else "scope", (scope, _translated(scope, held))),
        "sites": ("sites", _named(sites, held, dossier)),
        "sites_after": ("sites_after" if added or gone else "sites", _named(sites, held, dossier)),
        "sites_added": ("sites_added", _named(added, held, dossier)),
        "sites_removed": ("sites_removed", _named(gone, held, dossier)),
        "ground": ("ground", (_ground(decision),)),
        "effective": ("effective", (decision.begins_on,)),
        "until": ("until", (known.values["until"],)),
        "valid": ("valid", (_validity(told, known),)),
        "ends": ("ends", (known.values["expires"],)),
        "annulled": ("annulled", (known.values["annulled"],)),
        "accreditation": ("accreditation", (_accreditation(showing, told, known.issued),)),
    }
    return {name: (label, tuple(filter(None, lines))) for name, (label, lines) in made.items() if any(lines)}


def _number(decision: CertificationDecision) -> Value:
    number, day = decision.number, decision.decided_on
    return lambda terms: terms.say("decision.number_of", number=number, decided=terms.day(day))


def _document(showing: Showing, held: Certificate | None) -> Value:
    """Title, number and revision of the certificate; the title in each language, where it has one there."""
    if held is None:
        return ""

    def say(terms: Terms) -> str:
        own = showing.translation if not is_english(terms) else None
        title = own.title(held.title, showing.wording) if own and showing.wording else ""
        return terms.say("decision.revision_of", title=title or held.title, number=held.number, revision=held.revision)

    return say


def _ground(decision: CertificationDecision) -> Value:
    if decision.ground is None:
        return ""
    key = f"decision.grounds.{decision.ground.name.lower()}"
    return lambda terms: terms.say(key)


def _translated(scope: str, held: Certificate | None) -> Value:
    """The scope in the certificate's second language, as the client confirmed it, in a letter in that language."""
    if held is None or held.scope != scope or not held.scope_translated:
        return ""
    return lambda terms: held.scope_translated if terms.language == held.language else ""


def _named(ids: tuple[str, ...], held: Certificate | None, dossier: Dossier) -> tuple[Value, ...]:
    """Names and addresses of sites, as on the certificate or else as on record, the central one first."""
    certified = {each.site: each for each in held.sites} if held else {}
    found: list[CertifiedSite | Site] = []
    for key in ids:
        if site := certified.get(key) or dossier.sites.get(key):
            found.append(site)
    return tuple(
        f"{each.name}, {each.address if isinstance(each, CertifiedSite) else each.where}"
        for each in sorted(found, key=lambda each: not each.central)
    )


def _validity(told: Told, known: Known) -> Value:
    """From and until, as the certificate says that is issued, or else, of a grant, as the decision gives it."""
    decision, issued = told.decision, known.issued
    first, last = issued.effective_on if issued else told.begins_on, known.values["expires"]
    if decision.kind is Kind.GRANT and not issued:
        ends = last_day_of_validity(decision.decided_on)
        last = min(ends, told.application.basis.transition_end or ends)
    elif not isinstance(last, date) or not issued:
        return ""
    end = last
    return lambda terms: terms.say("decision.valid_between", first=terms.day(first), last=terms.day(end))


def _accreditation(showing: Showing, told: Told, issued: Certificate | None) -> Value:
    """By whom, where the certificate is issued under accreditation; else the scheme's sentence that it is not."""
    wording = showing.wording
    if wording is None:
        return ""
    accredited = bool(issued and issued.accredited)
    by = accredited_by(told.application, showing.body, told.begins_on) if accredited else []

    def say(terms: Terms) -> str:
        if is_english(terms):
            return accreditation(told.application, showing.body, wording, told.begins_on, accredited=accredited)
        if by:
            return terms.say("certificate.accredited_by", by=", ".join(by))
        return showing.translation.accreditation_note if showing.translation else wording.accreditation_note

    return say

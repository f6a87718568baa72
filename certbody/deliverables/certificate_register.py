"""The register of certificates on a day: what anybody may ask for, or all that the office knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from certbody.deliverables.rows import Cell, Column, Form, Listing, Marked, Tone
from certbody.domain.certificate import Certificate, Standing, Status, last_day, standing
from certbody.domain.decision import Kind, in_force
from certbody.domain.dossier import Dossier

KIND, TITLE = "certificate-register", "Register of certificates"
READS = ("clients", "applications", "decisions", "annulments", "certificates")
"""The tables that the register looks at."""
TONES = {
    Status.NOT_YET: Tone.NOTE,
    Status.VALID: Tone.GOOD,
    Status.SUSPENDED: Tone.WARN,
    Status.WITHDRAWN: Tone.BAD,
    Status.EXPIRED: Tone.QUIET,
}

_COLUMNS = {
    column.key: column
    for column in (
        Column(key="number", heading="Certificate", width=14.5, bold=True, spoken=True),
        Column(key="revision", heading="Revision", width=8, form=Form.WHOLE),
        Column(key="client_number", heading="Client no.", width=8.5),
        Column(key="client", heading="Client", width=24, spoken=True),
        Column(key="city", heading="City", width=14, spoken=True),
        Column(key="country", heading="Country", width=13, spoken=True),
        Column(key="criteria", heading="Normative document", width=19, spoken=True),
        Column(key="scope", heading="Scope", width=40),
        Column(key="sites", heading="Sites", width=6.5, form=Form.WHOLE),
        Column(key="original_on", heading="Originally granted", width=10.5, form=Form.DATE),
        Column(key="effective_on", heading="Effective", width=10.5, form=Form.DATE),
        Column(key="expires_on", heading="Expires", width=10.5, form=Form.DATE),
        Column(key="status", heading="Status", width=11, bold=True, spoken=True),
        Column(key="since", heading="Status since", width=10.5, form=Form.DATE),
        Column(key="until", heading="Suspended until", width=10.5, form=Form.DATE),
        Column(key="ground", heading="Suspended or withdrawn for", width=21),
        Column(key="accredited", heading="Accredited", width=11),
        Column(key="marks", heading="Marks allowed", width=9),
    )
}
PUBLIC = ("number", "revision", "client", "city", "country", "criteria", "scope", "status")
"""What is told to anybody on request: the status of a certification; name, normative document, scope, city and country
of a certified client (ISO/IEC 17021-1:2015, 8.1.2 b, c)."""
_WIDER = {"client": 30.0, "criteria": 29.0, "scope": 55.0}
"""With fewer columns there is more room on the page."""
_SITES = (
    Column(key="number", heading="Certificate", width=16, bold=True, spoken=True),
    Column(key="site", heading="Site", width=9),
    Column(key="name", heading="Name", width=28, spoken=True),
    Column(key="address", heading="Address", width=46, spoken=True),
    Column(key="scope", heading="Scope at this site", width=50),
    Column(key="central", heading="Central", width=9),
)
NOT_STATED = "not stated"
"""The ground of a decision that was taken before grounds were recorded."""


def listings(dossiers: Iterable[Dossier], on: date, *, internal: bool = False) -> tuple[Listing, ...]:
    """Every certificate that had been issued by a day, by number, as it stood on that day.

    The public has the columns `PUBLIC`, and what was never yet valid is not told; `internal` has every column, and
    the certified sites as a second list.
    """
    keys = tuple(_COLUMNS) if internal else PUBLIC
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    sites: list[tuple[str, tuple[Cell, ...]]] = []
    for dossier in dossiers:
        for stands, held in _standing(dossier, on):
            if stands.status is Status.NOT_YET and not internal:
                continue
            told = _told(stands, held, dossier)
            rows.append((stands.number, tuple(told[key] for key in keys)))
            if internal:
                sites += [(stands.number, row) for row in _sites(stands, held, dossier)]
    rows.sort(key=lambda row: row[0])
    sites.sort(key=lambda row: row[0])
    certificates = Listing(
        key="certificates",
        title="Certificates",
        hint="Internal: not for the public. What was issued later than this day is not in it."
        if internal
        else "What is told to anybody on request (ISO/IEC 17021-1, 8.1.2).",
        columns=tuple(_COLUMNS[key] if internal else _wide(_COLUMNS[key]) for key in keys),
        rows=[row for _, row in rows],
        empty=f"No certificates on {on}.",
    )
    if not internal:
        return (certificates,)
    places = Listing(
        key="sites",
        title="Sites",
        hint="The certified sites of each certificate, the central one first.",
        columns=_SITES,
        rows=[row for _, row in sites],
        empty=f"No certificates on {on}.",
    )
    return certificates, places


def _wide(column: Column) -> Column:
    return attrs.evolve(column, width=_WIDER.get(column.key, column.width))


def _standing(dossier: Dossier, on: date) -> Iterator[tuple[Standing, Certificate]]:
    """Each certificate issued by a day with its revision: the one in force, or the first that is to come in force."""
    issued = [each for each in dossier.certificates.values() if each.issued_on <= on]
    for number in dict.fromkeys(each.number for each in issued):
        stands = standing(number, dossier, on)
        held = stands.certificate or min((each for each in issued if each.number == number), key=_revision)
        yield stands, held


def _revision(certificate: Certificate) -> int:
    return certificate.revision


def _told(stands: Standing, held: Certificate, dossier: Dossier) -> dict[str, Cell]:
    client = dossier.client
    return {
        "number": held.number,
        "revision": held.revision,
        "client_number": dossier.journal,
        "client": held.client_name,
        "city": client.city if client else "",
        "country": client.country if client else "",
        "criteria": held.criteria,
        "scope": stands.scope or held.scope,
        "sites": len(_certified(stands, held)),
        "original_on": held.original_on,
        "effective_on": held.effective_on,
        "expires_on": last_day(held, dossier),
        "status": Marked(str(stands.status), TONES[stands.status]),
        "since": stands.since,
        "until": stands.suspended_until,
        "ground": ground(stands, dossier),
        "accredited": held.accredited,
        "marks": stands.marks,
    }


def ground(stands: Standing, dossier: Dossier) -> str:
    """On what a suspension or withdrawal rests, by its class; empty for what is neither."""
    kind = {Status.SUSPENDED: Kind.SUSPEND, Status.WITHDRAWN: Kind.WITHDRAW}.get(stands.status)
    behind = [each for each in in_force(dossier, stands.on) if each.kind is kind and each.certificate == stands.number]
    return str(behind[-1].ground or NOT_STATED) if behind else ""


def _certified(stands: Standing, held: Certificate) -> tuple[str, ...]:
    """Ids of the certified sites, the central one first as the certificate has them."""
    on_paper = [each.site for each in held.sites]
    if not stands.sites:
        return tuple(on_paper)
    return tuple(
        [site for site in on_paper if site in stands.sites] + [site for site in stands.sites if site not in on_paper]
    )


def _sites(stands: Standing, held: Certificate, dossier: Dossier) -> Iterator[tuple[Cell, ...]]:
    """As the certificate describes them; those that no revision names yet, as they are on record."""
    on_paper = {each.site: each for each in held.sites}
    for site in _certified(stands, held):
        if said := on_paper.get(site):
            yield (held.number, site, said.name, said.address, said.scope, said.central)
        elif known := dossier.sites.get(site):
            yield (held.number, site, known.name, known.where, known.activities, known.central)
        else:
            yield (held.number, site, "", "", "", None)

"""From application to agreement: received, reviewed, timed, quoted, agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import attrs

from certbody import resources
from certbody.domain import inputs as scheme_inputs
from certbody.domain.application import (
    Agreement,
    Application,
    ApplicationReview,
    Basis,
    Consultancy,
    Outcome,
    accepted_on,
)
from certbody.domain.audit_time import AuditTime, Factor, Input, Rounding, SiteLoad, time_of
from certbody.domain.client import Client, Site
from certbody.domain.dossier import Dossier
from certbody.domain.programme import AuditProgramme, PlannedAudit
from certbody.domain.quotation import Fees, Quotation, quote
from certbody.domain.sampling import draw, sample_size
from certbody.domain.standard import AuditType, Nature
from certbody.domain.time_method import Adjust
from certbody.errors import BadData, NotFound
from certbody.office.hand import Hand
from certbody.office.office import Office

UNNUMBERED = "not-yet-numbered"
"""Stands for a number while the rules are asked whether there will be a record at all."""


def basis(office: Office, code: str, on: date) -> Basis:
    """What an application for a standard rests on, as it stands on a day: the body's scheme where it is guidance."""
    standard = office.standard(code)
    published = office.body.scheme_for(code, on)
    guidance = standard.nature is Nature.GUIDANCE
    return Basis(
        standard=code,
        title=standard.title,
        name=standard.name,
        nature=standard.nature,
        criteria=published.citation if guidance and published else standard.criteria,
        no_new_after=standard.edition.no_new_after,
        transition_end=standard.edition.transition_end,
    )


def receive(
    office: Office,
    *,
    standard: str,
    client: Client,
    sites: Iterable[Site],
    received_on: date,
    hand: Hand,
    scope: str,
    existing: bool = False,
    form: bytes = b"",
    why: str = "",
    inputs: Iterable[tuple[str, str]] = (),
    consultancies: Iterable[Consultancy] = (),
    **said: Any,
) -> Application:
    """Put an application on record, and with it the client and its sites: one act, whole or absent.

    Args:
        existing: the client is known already, under `client.id`; otherwise its number is given now.
        form: the form as received, kept as evidence.

    Raises:
        BadData: the scheme cannot use an answer.
    """
    scheme = office.scheme(standard)
    sites = tuple(sites)
    answers = tuple(tuple(pair) for pair in inputs)
    try:
        scheme_inputs.answers(scheme.inputs, answers)
    except ValueError as fault:
        raise BadData(f"The application for {standard} cannot be used.", str(fault).split("; ")) from None
    number = client.id if existing else office.new_client()
    record = office.make_id()
    application = Application(
        id=record,
        number=UNNUMBERED,
        basis=basis(office, standard, received_on),
        received_on=received_on,
        scope=scope,
        sites=tuple(site.id for site in sites),
        inputs=answers,
        consultancies=tuple(consultancies),
        form=sha256(form).hexdigest() if form else "",
        **said,
    )
    put: dict[str, list[Any]] = {
        "clients": [attrs.evolve(client, id=number)],
        "sites": list(sites),
        "applications": [application],
    }
    office.check(number, "application received", put, hand=hand, why=why)
    if form:
        office.keep(form)
    given = office.number("application", number, record, hand=hand, on=received_on)
    application = attrs.evolve(application, number=given)
    office.record(number, "application received", {**put, "applications": [application]}, hand=hand, why=why)
    return application


def review(
    office: Office, number: str, *, outcome: Outcome, reason: str, reviewed_on: date, hand: Hand, why: str, **said: Any
) -> ApplicationReview:
    """Put the review of an application on record."""
    journal, key = office.find("applications", number)
    made = ApplicationReview(
        id=office.make_id(),
        application=key,
        reviewed_on=reviewed_on,
        by=hand.by,
        outcome=outcome,
        reason=reason,
        told_on=reviewed_on if outcome is Outcome.DECLINED else None,
        **said,
    )
    office.record(journal, f"application {outcome}", {"application_reviews": [made]}, hand=hand, why=why)
    return made


def loads(application: Application, dossier: Dossier) -> tuple[SiteLoad, ...]:
    """All sites in scope, as audit time sees them, the central one first."""
    sites = [dossier.sites[key] for key in application.sites if key in dossier.sites]
    return tuple(
        SiteLoad(site=site.id, name=site.name, central=site.central, personnel=site.personnel)
        for site in sorted(sites, key=lambda site: not site.central)
    )


def determine_time(
    office: Office,
    number: str,
    *,
    determined_on: date,
    hand: Hand,
    factors: tuple[Factor, ...] = (),
    sampled_factors: tuple[Factor, ...] = (),
    chosen: tuple[str, ...] = (),
    all_sites: bool = False,
    sampling_reason: str = "",
    seed: str = "",
    onsite_share: Decimal = Decimal(80),
    why: str = "",
) -> AuditTime:
    """Determine the audit time of an application by its scheme's method, with the sample of sites, on record.

    Args:
        chosen: sites chosen by judgement, after the random share is drawn from `seed`.
        all_sites: audit every site, where sampling is not appropriate.
    """
    journal, key = office.find("applications", number)
    dossier, body = office.dossier(journal), office.body
    application = dossier.applications[key]
    scheme = office.scheme(application.standard)
    everywhere = loads(application, dossier)
    others = [load.site for load in everywhere if not load.central]
    size = len(others) if all_sites else sample_size(len(others), AuditType.INITIAL)
    seed = seed or f"{application.number} {determined_on}"
    try:
        sample = draw(others, size, seed, chosen=chosen) if others else None
    except ValueError as fault:
        raise BadData(f"The sites of {number} are not sampled.", [str(fault)]) from None
    audited = set(sample.sites) if sample else set()
    policy = body.policy
    adjust = Adjust(
        factors=factors,
        sampled=sampled_factors,
        rounding=Rounding(policy.rounding),
        surveillance_minimum=policy.minimum_surveillance_days,
    )
    try:
        answers = scheme_inputs.answers(scheme.inputs, application.inputs)
        found = scheme.determine(
            answers, [load for load in everywhere if load.central or load.site in audited], resources.table, adjust
        )
    except ValueError as trouble:  # an answer that the scheme cannot use, or no number in the table
        raise BadData(f"The audit time of {number} is not determined.", [str(trouble)]) from None
    made = AuditTime(
        id=office.make_id(),
        application=key,
        determined_on=determined_on,
        by=hand.by,
        method=found.method,
        personnel=sum(load.personnel for load in everywhere),
        factors=factors,
        sampled_factors=sampled_factors if audited else (),
        lines=found.lines,
        loads=everywhere,
        sites=found.sites,
        sampled_sites=sample.sites if sample else (),
        sampled_random=sample.drawn if sample else (),
        sampling_seed=seed if sample else "",
        sampling_reason=sampling_reason or (_sampling(len(others), size) if sample else ""),
        rounding=Rounding(policy.rounding),
        table=found.table,
        onsite_share=onsite_share,
        inputs=tuple(Input(name=name, value=value) for name, value in scheme_inputs.as_text(answers)),
    )
    office.record(journal, "audit time determined", {"audit_times": [made]}, hand=hand, why=why)
    return made


def _sampling(others: int, size: int) -> str:
    if size == others:
        return f"All {others} sites besides the central one are audited."
    return (
        f"{size} of {others} sites besides the central one, the square root rounded up (IAF MD 1:2023); "
        "at least a quarter drawn at random, the central function audited as well."
    )


def fees_of(office: Office, code: str) -> Fees:
    """The body's fees under a scheme: its own file standards/CODE/fees.toml in the office, else those
    shipped with the scheme.

    Raises:
        BadData: the fees are not in the currency of the body's profile; amounts are never converted.
    """
    own = office.folder / "standards" / code
    found = resources.fees(own if (own / "fees.toml").is_file() else office.scheme(code).standard)
    profile = office.body.profile
    if profile and found.currency != profile.currency:
        raise BadData(
            f"The fees for {code} are in {found.currency}; the body quotes in {profile.currency}.",
            next=f"write the body's own fees into {own / 'fees.toml'}, as docs/office.md shows",
        )
    return found


def make_quotation(
    office: Office, number: str, *, quoted_on: date, hand: Hand, notes: str = "", why: str = ""
) -> Quotation:
    """Quote the cycle from the audit time on record and the body's fees.

    Raises:
        BadData: no audit time is on record.
    """
    journal, key = office.find("applications", number)
    dossier, body = office.dossier(journal), office.body
    time = time_of(key, dossier)
    if time is None:
        raise BadData(f"The audit time of {number} is not on record.", next=f"certbody quote time {number}")
    application = dossier.applications[key]
    folder = office.scheme(application.standard).standard
    profile = body.profile
    record = office.make_id()
    used = fees_of(office, application.standard)
    made = Quotation(
        id=record,
        number=UNNUMBERED,
        application=key,
        audit_time=time.id,
        quoted_on=quoted_on,
        valid_until=quoted_on + timedelta(days=body.policy.quotation_valid_days),
        currency=used.currency,
        lines=quote(time.lines, used),
        tax_percent=profile.tax_percent if profile else Decimal(0),
        by=hand.by,
        notes=notes or resources.wording(folder).quotation_note,
    )
    office.check(journal, "quotation made", {"quotations": [made]}, hand=hand, why=why)
    made = attrs.evolve(made, number=office.number("quotation", journal, record, hand=hand, on=quoted_on))
    office.record(journal, "quotation made", {"quotations": [made]}, hand=hand, why=why)
    return made


def sign_agreement(
    office: Office,
    number: str,
    *,
    client_signed_on: date,
    client_signed_by: str,
    body_signed_on: date,
    hand: Hand,
    scan: bytes = b"",
    why: str = "",
) -> Agreement:
    """Put the signed agreement of an application on record, covering all its sites."""
    journal, key = office.find("applications", number)
    dossier = office.dossier(journal)
    quotations = [each for each in dossier.quotations.values() if each.application == key]
    last = max(quotations, key=lambda each: each.id, default=None)
    record = office.make_id()
    made = Agreement(
        id=record,
        number=UNNUMBERED,
        application=key,
        quotation=last.id if last else "",
        sites=dossier.applications[key].sites,
        client_signed_on=client_signed_on,
        client_signed_by=client_signed_by,
        body_signed_on=body_signed_on,
        body_signed_by=hand.by,
        form=sha256(scan).hexdigest() if scan else "",
    )
    office.check(journal, "agreement signed", {"agreements": [made]}, hand=hand, why=why)
    if scan:
        office.keep(scan)
    made = attrs.evolve(made, number=office.number("agreement", journal, record, hand=hand, on=body_signed_on))
    office.record(journal, "agreement signed", {"agreements": [made]}, hand=hand, why=why)
    return made


def make_programme(
    office: Office, number: str, *, made_on: date, hand: Hand, considered: str = "", why: str = ""
) -> AuditProgramme:
    """Make the audit programme of the cycle from the audit time on record (ISO/IEC 17021-1:2015, 9.1.3)."""
    journal, key = office.find("applications", number)
    dossier = office.dossier(journal)
    time = time_of(key, dossier)
    if time is None:
        raise BadData(f"The audit time of {number} is not on record.", next=f"certbody quote time {number}")
    if accepted_on(key, dossier) is None:
        raise BadData(f"Application {number} is not accepted.", next=f"certbody application review {number} --accept")
    made = AuditProgramme(
        id=office.make_id(),
        application=key,
        audit_time=time.id,
        made_on=made_on,
        by=hand.by,
        planned=_cycle(time, dossier),
        sampling=time.sampling_reason,
        considered=considered,
    )
    office.record(journal, "audit programme made", {"programmes": [made]}, hand=hand, why=why)
    return made


def _cycle(time: AuditTime, dossier: Dossier) -> tuple[PlannedAudit, ...]:
    """Two stages, two surveillances and the recertification; surveillances go on with sites not sampled before."""
    central = [time.central] if time.central else []
    others = [load.site for load in time.loads if not load.central]
    sampled = list(time.sampled_sites)
    size = sample_size(len(others), AuditType.SURVEILLANCE) if others else 0
    fresh = [site for site in others if site not in sampled] + sampled
    turns = [[fresh[(start + step) % len(fresh)] for step in range(size)] if fresh else [] for start in (0, size)]
    return (
        PlannedAudit(
            kind=AuditType.INITIAL,
            stage=1,
            days=time.stage1,
            sites=tuple(central or others[:1]),
            focus="Readiness: documented information, scope, internal audit and management review, plan for stage 2",
        ),
        PlannedAudit(
            kind=AuditType.INITIAL,
            stage=2,
            days=time.stage2,
            sites=tuple(central + sampled),
            focus="Implementation and effectiveness against all requirements, at the sites",
        ),
        *(
            PlannedAudit(
                kind=AuditType.SURVEILLANCE,
                year=year,
                days=time.surveillance,
                sites=tuple(central + turns[year - 1]),
                focus="Internal audit and management review, earlier nonconformities, complaints, effectiveness, "
                "improvement, operational control, changes, use of marks",
            )
            for year in (1, 2)
        ),
        PlannedAudit(
            kind=AuditType.RECERTIFICATION,
            year=3,
            days=time.recertification,
            sites=tuple(central + sampled),
            focus="The whole system over the cycle; its days are determined anew",
        ),
    )


def application(office: Office, number: str) -> tuple[str, Application]:
    """Journal and application of a number.

    Raises:
        NotFound: there is none.
    """
    journal, key = office.find("applications", number)
    found = office.dossier(journal).applications.get(key)
    if found is None:
        raise NotFound(f"There is no application {number}.")
    return journal, found

"""The rules on quotations (rules 7 and 12): nothing but certification on them, and no day less than on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from certbody.domain.audit_time import Phase
from certbody.domain.objection import Said, rule
from certbody.domain.quotation import Quotation, QuoteLine, money

if TYPE_CHECKING:
    from certbody.domain.body import Body
    from certbody.domain.dossier import Dossier

_CONSULTANCY = re.compile(
    r"\bconsult(?:ancy|ing|ants?|ations?)\b|\bcoaching\b|\badvisory\b|\badvice\b|\bgap analys[ie]s\b"
    r"|\bimplementation (?:support|assistance|help|service)|\b(?:support|assistance|help) (?:with|in|for) implement"
    r"|\binternal audits? (?:service|for the|carried)|\bwriting (?:of )?(?:documents|procedures)"
    r"|\bberatung\w*|\bconsultor[ií]a\b|\basesor[ií]a\b|\bdanışmanlık\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:no|not|never|without|nor|excluding|kein\w*|ohne|sin)\b[^.;]*$", re.IGNORECASE)
_AUDIT_PHASES = (Phase.INITIAL, Phase.SURVEILLANCE, Phase.RECERTIFICATION)


def consultancy(lines: Iterable[QuoteLine], consultants: Iterable[str] = ()) -> Iterator[tuple[QuoteLine, str]]:
    """The lines that bill consultancy, each with the words that show it; a line that denies it is none of them.

    Args:
        consultants: names that the application gives; wherever one stands in a line, the line is about it.
    """
    named = [name for name in (each.strip() for each in consultants) if name]
    for line in lines:
        said = f"{line.item}. {line.why}"
        if name := next((each for each in named if each.casefold() in said.casefold()), ""):
            yield line, name
            continue
        for found in _CONSULTANCY.finditer(said):
            if not _DENIED.search(said[: found.start()]):
                yield line, found[0]
                break


@rule(7, "B", "ISO/IEC 17021-1:2015, 5.2.5, 5.2.9", of="quotations", reads="applications")
def a_quotation_bills_no_consultancy(quotation: Quotation, dossier: Dossier, body: Body, on: date) -> Iterator[Said]:
    """Consultancy is never a line of the body's own quotation (5.2.5, 5.2.9)."""
    application = dossier.applications.get(quotation.application)
    consultants = [each.consultant for each in application.consultancies] if application else []
    for line, words in consultancy(quotation.lines, consultants):
        yield (
            f"Line {line.item!r} of quotation {quotation.number} speaks of {words!r}; the body bills no consultancy.",
            "strike the line; an applicant's consultant is recorded with the application, not billed",
        )


@rule(12, "B", "ISO/IEC 17021-1:2015, 9.1.4", of="quotations", reads="applications audit_times")
def a_quotation_bills_the_days_on_record(
    quotation: Quotation, dossier: Dossier, body: Body, on: date
) -> Iterator[Said]:
    """A quotation's days are those of its time record, each at its rate: a discount has a line, never fewer days."""
    record = dossier.audit_times.get(quotation.audit_time)
    if record is None or record.application != quotation.application:
        yield (
            f"Quotation {quotation.number} rests on no audit time of its application.",
            "determine the audit time first",
        )
        return
    for phase in _AUDIT_PHASES:
        recorded = sum(line.days for line in record.lines if line.phase is phase)
        if (billed := quotation.days(phase)) != recorded:
            yield (
                f"Quotation {quotation.number} bills {billed:f} days in phase {phase}; the record has {recorded:f}.",
                "quote anew from the audit time on record",
            )
    for line in quotation.lines:
        if line.days and line.amount != money(line.days * line.rate):
            yield (
                f"Line {line.item!r} is {line.amount} for {line.days:f} days at {line.rate:f}.",
                "name a discount on a line of its own",
            )
    if quotation.valid_until < quotation.quoted_on:
        yield (f"Quotation {quotation.number} would end before it begins.", "give a later last day")

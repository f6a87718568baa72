"""What the information sheet for applicants says of one scheme, as data with named gaps; every part is optional."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from certbody.domain import text
from certbody.domain.claims import conformity_claims
from certbody.domain.estimate import Estimate, estimate, spread
from certbody.domain.quotation import Fees
from certbody.domain.scheme import Scheme
from certbody.domain.standard import Standard
from certbody.domain.table import Table
from certbody.domain.time_method import Adjust

GAPS = frozenset({"body", "standard", "criteria", "issue", "issued"})
"""The names that may stand in braces."""

_GAP = re.compile(r"\{(\w*)\}")
_FIGURE = re.compile(r"\d|\b(?:half|third|quarter|double|twice|tenfold|hundreds|thousands|millions)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b(?:ISO|IEC|IAF)(?:[ /](?:IEC|TS|TR|MD))* \d+(?:-\d+)?(?::\d{4})?")
_PER_CENT = re.compile(r"\d\s*%|\b(?:per ?cent|percentage)\b", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class Sector:
    """A sector that the scheme is for, and what typically brings organizations of it to the body."""

    sector: str = text.name()
    brings: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class Benefit:
    """What certification may bring; one with a figure names its source, otherwise it is a fault (8.1.3)."""

    says: str = text.prose(required=True)
    source: str = text.prose(default="")


@attrs.frozen(kw_only=True)
class Principle:
    """A principle of the standard: the clause that bears its title, and a line of ours on what it comes to."""

    clause: str = text.number()
    says: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class ReadinessStep:
    """A step of the readiness checklist: what is there when it is done, never how to get there."""

    step: str = text.name()
    says: str = text.prose(required=True)


@attrs.frozen(kw_only=True)
class PlanDoCheckAct:
    """Clauses of the standard by the part of the cycle that they belong to."""

    plan: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    act: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class SizeExample:
    """An organization whose cost is worked out: effective personnel at all sites, and sites, the central included."""

    about: str = text.name(default="")
    personnel: int = attrs.field(validator=attrs.validators.ge(1))
    sites: int = attrs.field(default=1, validator=attrs.validators.ge(1))


EXAMPLES = (
    SizeExample(personnel=25),
    SizeExample(personnel=10),
    SizeExample(personnel=65),
    SizeExample(personnel=65, sites=4),
)
"""The sizes that are worked out where a scheme names none."""


@attrs.frozen(kw_only=True)
class Sheet:
    """What is said of a scheme beyond the text that holds for all; a part that is empty is left out, or generic.

    Attributes:
        title: the heading; subject: what is certified, as in "your complaints-handling process"; lead: the first lines.
        what_it_is, what_it_is_not: sentences on the standard.
        sectors, benefits, principles, readiness: see `Sector`, `Benefit`, `Principle`, `ReadinessStep`.
        voluntary: paragraphs on whether anybody has to.
        looks_at: paragraphs on how the audit goes about it.
        before_stage_2: what there has to be before stage 2, each a part of a list.
        cycle: which clauses belong to plan, do, check and act.
        examples: sizes whose cost is worked out, the first one in full; the house's own where it is empty.
    """

    title: str = text.name(default="")
    subject: str = text.name(default="")
    lead: str = text.prose(default="")
    what_it_is: tuple[str, ...] = ()
    what_it_is_not: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    voluntary: tuple[str, ...] = ()
    principles: tuple[Principle, ...] = ()
    looks_at: tuple[str, ...] = ()
    readiness: tuple[ReadinessStep, ...] = ()
    before_stage_2: tuple[str, ...] = ()
    cycle: PlanDoCheckAct = PlanDoCheckAct()
    examples: tuple[SizeExample, ...] = ()

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Every text that is printed, with its place: `sectors[0].brings`."""
        for field in attrs.fields(type(self)):
            yield from _texts(getattr(self, field.name), field.name)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value:
            yield place, value
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _texts(each, f"{place}[{index}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _texts(getattr(value, field.name), f"{place}.{field.name}")


def faults(sheet: Sheet, standard: Standard, names: tuple[str, ...]) -> Iterator[str]:
    """What is wrong in a sheet, each with its place: bad text, unknown gaps and clauses, claims, unsourced figures.

    Args:
        standard: the one it is about.
        names: under which guidance is not to be claimed; empty where the standard is none.
    """
    for field in ("what_it_is", "what_it_is_not", "voluntary", "looks_at", "before_stage_2"):
        for index, said in enumerate(getattr(sheet, field)):
            if found := text.fault(said, empty=False):
                yield f"{field}[{index}] {found}"
    for place, said in sheet.sentences():
        for gap in _GAP.findall(said):
            if gap not in GAPS:
                yield f"{place}: nothing fills {{{gap}}}; known are {', '.join(sorted(GAPS))}"
        for claim in conformity_claims(said, names) if names else ():
            if claim.certain:
                yield f"{place}: {claim.said!r} claims conformity to guidance; name the body's own scheme instead"
    yield from _clause_faults(sheet, standard)
    yield from _figure_faults(sheet, standard)


def _clause_faults(sheet: Sheet, standard: Standard) -> Iterator[str]:
    named = [(f"principles[{index}].clause", each.clause) for index, each in enumerate(sheet.principles)]
    named += [
        (f"cycle.{part}[{index}]", number)
        for part, numbers in attrs.asdict(sheet.cycle).items()
        for index, number in enumerate(numbers)
    ]
    for place, number in named:
        if standard.clause(number) is None:
            yield f"{place}: there is no clause {number}"


def _figure_faults(sheet: Sheet, standard: Standard) -> Iterator[str]:
    """What is promised with a figure needs a source (8.1.3): only benefits have room for one."""
    for index, benefit in enumerate(sheet.benefits):
        if _FIGURE.search(_without_documents(benefit.says, standard)) and not benefit.source.strip():
            yield f"benefits[{index}]: a figure without a source; name it in source, or leave the figure out"
    promising = [("lead", sheet.lead), *((f"sectors[{i}].brings", each.brings) for i, each in enumerate(sheet.sectors))]
    for place, said in promising:
        if _PER_CENT.search(said):
            yield f"{place}: a figure that is promised stands under benefits, with its source"


def _without_documents(said: str, standard: Standard) -> str:
    """A sentence without numbers of documents, such as ISO 9001:2015 or the scheme's own: they promise nothing."""
    for name in (standard.title, standard.title.partition(":")[0], standard.criteria):
        said = said.replace(name, "")
    return _DOCUMENT.sub("", said)


@attrs.frozen(kw_only=True)
class Priced:
    """An example and what it is likely to cost."""

    example: SizeExample
    estimate: Estimate


@attrs.frozen(kw_only=True)
class Costs:
    """What certification costs and what that rests on.

    Attributes:
        method, table: how days are determined, as the scheme says it; empty where no example has a number.
        priced: the examples for which the method has a number, in their order.
    """

    fees: Fees
    method: str = ""
    table: str = ""
    priced: tuple[Priced, ...] = ()


def costs(sheet: Sheet, scheme: Scheme, *, tables: Callable[[str], Table], fees: Fees, adjust: Adjust) -> Costs:
    """The examples of a sheet, or the house's own, by the scheme's method of audit time and the body's fees."""
    method, table, priced = "", "", []
    for example in sheet.examples or EXAMPLES:
        try:
            found = estimate(
                scheme.audit_time,
                scheme.inputs(),
                personnel=example.personnel,
                sites=example.sites,
                tables=tables,
                fees=fees,
                adjust=adjust,
            )
            said = scheme.determine(scheme.inputs(), spread(example.personnel, example.sites), tables, adjust)
        except ValueError:  # no number for this size
            continue
        method, table = method or said.method, table or said.table
        priced.append(Priced(example=example, estimate=found))
    return Costs(fees=fees, method=method, table=table, priced=tuple(priced))

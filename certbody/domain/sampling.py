"""How many sites are sampled, and which (IAF MD 1:2023): exact numbers and a draw that can be repeated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from math import isqrt

import attrs

from certbody.domain import text
from certbody.domain.standard import AuditType

_TENTHS = {AuditType.INITIAL: 10, AuditType.SURVEILLANCE: 6, AuditType.RECERTIFICATION: 10, AuditType.SPECIAL: 0}


def ceil_root(number: int, *, tenths: int = 10) -> int:
    """The square root of a number, times `tenths` tenths, rounded up; in whole numbers, so it is never off by one."""
    square = tenths * tenths * number
    root = isqrt(square - 1) + 1 if square else 0
    return -(-root // 10)


def sample_size(sites: int, audit: AuditType, *, effective: bool = False) -> int:
    """How many of `sites` sites, the central function not counted, are sampled at least (IAF MD 1).

    The central function is audited as well, every time. `effective` says that the system proved effective over
    the cycle, which permits 0.8 of the root at recertification.
    """
    tenths = 8 if effective and audit is AuditType.RECERTIFICATION else _TENTHS[audit]
    return ceil_root(sites, tenths=tenths)


def random_share(sampled: int) -> int:
    """How many of a sample are drawn at random at least: 25 %, rounded up (IAF MD 1)."""
    return -(-sampled // 4)


@attrs.frozen(kw_only=True)
class Sample:
    """The sampled sites: `drawn` at random from `seed`, the others chosen by judgement.

    The draw ranks the candidates by the SHA-256 of seed and id, so that whoever holds the seed can repeat it.
    """

    sites: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    seed: str = text.name(default="")


def ranked(candidates: Iterable[str], seed: str) -> list[str]:
    """The candidates in the order in which the seed draws them."""
    return sorted(candidates, key=lambda site: hashlib.sha256(f"{seed}\n{site}".encode()).digest())


def draw(candidates: Iterable[str], size: int, seed: str, *, chosen: Iterable[str] = ()) -> Sample:
    """A sample of `size` sites: first the random part, then `chosen` ones, then more of the draw.

    Chance goes first, so that nobody's choice narrows it. Where judgement names no more sites, the rest is drawn too.

    Args:
        candidates: ids of all sites but the central one.
        seed: the random source, made by the caller and kept on record.
        chosen: ids that a person picked for their differences (results, complaints, size, shifts, risk).

    Raises:
        ValueError: a chosen site is no candidate, or the sample is larger than the sites.
    """
    order = ranked(candidates, seed)
    picked = list(dict.fromkeys(chosen))
    if strange := [site for site in picked if site not in order]:
        raise ValueError(f"{', '.join(strange)}: no site of this application that can be sampled")
    if size > len(order):
        raise ValueError(f"{size} sites cannot be sampled of {len(order)}")
    drawn = order[: random_share(size)]
    by_choice = [site for site in picked if site not in drawn][: size - len(drawn)]
    more = [site for site in order if site not in drawn and site not in by_choice]
    drawn += more[: size - len(drawn) - len(by_choice)]
    return Sample(sites=(*drawn, *by_choice), drawn=tuple(drawn), seed=seed)

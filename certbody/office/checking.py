"""Checking the whole office: hashes and chain first, then every rule over every act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from certbody.domain.act import PERSONAL
from certbody.errors import BadData, CertbodyError
from certbody.journal import Entry, against
from certbody.office.office import BODY, Office

_HEAD = re.compile(r"([A-Za-z0-9-]+)=(\d{1,9})[·.:-]([0-9a-f]{12,64})")


@attrs.frozen(kw_only=True)
class Checked:
    """What was found.

    Attributes:
        faults: lines and files that are not what was put there.
        objections: acts that stand against a rule, unsettled.
        remarks: what is harmless, and what cannot be proven from inside.
    """

    journals: int
    files: int
    faults: tuple[str, ...]
    objections: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not self.objections


def check(office: Office, heads: Iterable[str] = ()) -> Checked:
    """Check journals, evidence and rules, and heads that were printed on documents (`C-0001=17·3fa9c0d1e2b4`)."""
    from certbody.journal.verify import verify

    store = office.store
    found = verify(store)
    faults = [str(fault) for fault in found if not fault.harmless]
    remarks = [str(fault) for fault in found if fault.harmless]
    heads = list(heads)
    for said in heads:
        matched = _HEAD.fullmatch(said)
        if matched is None:
            raise BadData(f"{said!r} is no head.", next="write it as on the document: C-0001=17·3fa9c0d1e2b4")
        name, no, short = matched[1], int(matched[2]), matched[3]
        agrees = against(store, name, no, short)
        if agrees is None:
            faults.append(f"{name}: it is not provable whether head {no}·{short} was ever this journal's")
        elif not agrees:
            faults.append(f"{name}: line {no} is not the one that was printed as {no}·{short}")
        else:
            remarks.append(f"{name}: agrees with the head {no}·{short} from outside")
    if not heads:
        remarks.append("No head from outside was given: a cut end or a journal rewritten whole is not provable.")
    objections = [] if faults else list(_objections(office))
    return Checked(
        journals=len(store.names()),
        files=len(store.files()),
        faults=tuple(faults),
        objections=tuple(objections),
        remarks=tuple(remarks),
    )


def _objections(office: Office) -> Iterator[str]:
    """Acts that the rules refuse as the record stands, and personal acts that nobody authenticated."""
    today = office.today()
    for name in office.store.names():
        try:
            for entry in office.store.read(name):
                yield from _unauthenticated(name, entry)
            if name != BODY:
                yield from _unjudged(office, name)
                for objection in office.standing(name, today):
                    yield f"{name}, rule {objection.rule}: {objection.text} ({objection.clause})"
                for table, key in office.dossier(name).conflicts:
                    yield f"{name}: {table} {key} was changed by two acts that did not know of each other"
        except CertbodyError as trouble:
            yield f"{name}: {trouble}"


def _unjudged(office: Office, name: str) -> Iterator[str]:
    """Applications whose scheme no plugin supplies here, so that its own rules were not asked."""
    for application in office.dossier(name).applications.values():
        if application.standard not in office.registry.schemes:
            yield (
                f"{name}: application {application.number} is for {application.standard}, which no plugin supplies "
                "here; the scheme's own rules were not asked"
            )


def _unauthenticated(name: str, entry: Entry) -> Iterator[str]:
    how, entered = entry.entered.get("how", ""), entry.entered.get("by", entry.by)
    if not set(entry.put) & PERSONAL:
        return
    own = how in ("pin", "key") and entered == entry.by
    form = how == "signed form" and entered != entry.by and entry.entered.get("form")
    if not (own or form):
        yield f"{name}, line {entry.no}, rule 47: {entry.act} is not authenticated by the person whose act it is"


__all__ = ["Checked", "check"]

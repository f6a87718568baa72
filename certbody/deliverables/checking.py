"""Checks a template that a body changed: its tags one by one, then a trial with invented fields."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import attrs

from certbody.deliverables.checked import Fault, faults_of, plain_faults
from certbody.deliverables.child import answer, run_limited
from certbody.deliverables.media_scan import admit_template
from certbody.deliverables.offered import Offer, invented
from certbody.deliverables.pictures import Picture, qr
from certbody.errors import BadData

_AT = datetime(2000, 1, 1, 12, tzinfo=UTC)
_TITLE = {"title": "Trial with invented fields"}


@attrs.frozen(kw_only=True)
class Checked:
    """What came of a check.

    Attributes:
        faults: all of them; none means that documents can be made of it.
        asked: the fields that the template asks for.
        trial: the document that the trial made, each field showing its own name; empty where there were faults.
    """

    faults: tuple[Fault, ...] = ()
    asked: frozenset[str] = frozenset()
    trial: bytes = attrs.field(default=b"", repr=False)


def check(template: bytes, name: str, offer: Offer, *, word: bool) -> Checked:
    """Check a template against what its document offers; nothing runs in this process but the gate.

    Args:
        name: how the file is called in messages.
        word: whether it has to be a Word document; otherwise a workbook.
    """
    try:
        admit_template(template, name, kind="docx" if word else "xlsx")
        said = run_limited(
            "certbody.deliverables.checking",
            json.dumps(
                {
                    "template": base64.b64encode(template).decode("ascii"),
                    "name": name,
                    "word": word,
                    "offer": {key: sorted(each) for key, each in attrs.asdict(offer).items()},
                }
            ).encode("ascii"),
            file=name,
            does="be checked",
        )
    except BadData as problem:
        return Checked(faults=tuple(_as_faults(problem, name)))
    asked = frozenset(said["asked"])
    if faults := faults_of(said["faults"]):
        return Checked(faults=tuple(faults), asked=asked)
    try:
        return Checked(asked=asked, trial=_trial(template, name, offer, said["counted"], word))
    except BadData as problem:
        return Checked(faults=tuple(_as_faults(problem, name)), asked=asked)


def _as_faults(problem: BadData, name: str) -> list[Fault]:
    """A refusal as faults, without the file's name, which stands over all of them."""
    lines: Sequence[str] = problem.particulars or [problem.headline + (f" ({problem.next})" if problem.next else "")]
    return [Fault(place="", said=_without(line, name)) for line in lines]


def _without(line: str, name: str) -> str:
    for start in (f"{name}, ", f"{name}: ", f"{name} "):
        if line.startswith(start):
            line = line[len(start) :]
            return f"it {line}" if start == f"{name} " else line
    return line


def _trial(template: bytes, name: str, offer: Offer, counted: Sequence[str], word: bool) -> bytes:
    """Fill it twice, with much and with next to nothing, within the limits of an untrusted template; the first one."""
    much, little = (invented(offer, counted=counted, bare=bare) for bare in (False, True))
    if not word:
        from certbody.deliverables.excel import fill_untrusted

        fill_untrusted(template, little, at=_AT, name=name)
        return fill_untrusted(template, much, at=_AT, properties=_TITLE, name=name)
    from certbody.deliverables.word import LimitedFilling

    pictures = {path.removeprefix("pictures."): _picture(path) for path in offer.paths if path.startswith("pictures.")}
    with closing(LimitedFilling(template, name)) as filling:
        filling.fill(little, at=_AT, pictures=pictures)
        return filling.fill(much, at=_AT, pictures=pictures, properties=_TITLE)


def _picture(path: str) -> Picture:
    return Picture(data=qr(path), width_mm=14, alt=path)


def main() -> None:
    """The program of the child process: look through the template of the request on standard input."""
    answer(_looked)


def _looked(request: bytes) -> dict[str, Any]:
    said = json.loads(request)
    offer = Offer(**{key: frozenset(each) for key, each in said["offer"].items()})
    template, name = base64.b64decode(said["template"]), said["name"]
    if said["word"]:
        from certbody.deliverables.word_check import check_word

        faults, asking = check_word(template, name, offer)
        return {
            "faults": plain_faults(faults),
            "asked": sorted(asking.paths),
            "counted": sorted(asking.counted & offer.known()),
        }
    from certbody.deliverables.excel_check import check_excel

    found, asked = check_excel(template, name, offer)
    return {"faults": plain_faults(found), "asked": sorted(asked), "counted": []}

"""Audit evidence as reports show it: numbered, with its files, and with reduced copies of photographs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from certbody.deliverables.deliverable import Showing
from certbody.deliverables.pictures import Picture, reduced
from certbody.domain.evidence import AuditEvidence, EvidenceFile
from certbody.errors import CertbodyError

WIDEST_MM, HIGHEST_MM = 66, 62
_PIXELS = 800
"""Of the longer side of a printed copy: 300 to the inch at the width above."""
_PHOTOGRAPHS = ("image/jpeg", "image/png")


def numbered(audit: str, showing: Showing) -> dict[str, AuditEvidence]:
    """The evidence of an audit as E1, E2, …: what a report lists, then what it shows in its row; each as collected."""
    found = [each for each in showing.dossier.evidence.values() if each.audit == audit]
    found.sort(key=lambda each: (of_one_row(each), each.collected_on, each.id))
    return {f"E{number}": each for number, each in enumerate(found, 1)}


def of_one_row(each: AuditEvidence) -> bool:
    """Whether it is a note to a single checklist row and nothing more, as a filled workbook brings it."""
    return len(each.rows) == 1 and not each.files and not each.sample.strip()


def cited(ids: Iterable[str], known: Mapping[str, AuditEvidence]) -> str:
    """The numbers of those pieces of evidence: `E2, E5`."""
    wanted = set(ids)
    return ", ".join(number for number, each in known.items() if each.id in wanted)


def evidence_rows(known: Mapping[str, AuditEvidence], showing: Showing) -> list[dict[str, Any]]:
    """A row for each piece of evidence, with its files and the keys of its photographs."""
    return [
        {
            "number": number,
            "collected": each.collected_on,
            "by": showing.body.name(each.by),
            "method": str(each.method or ""),
            "note": each.note,
            "sample": each.sample,
            "items": ", ".join(each.rows),
            "files": [file_shown(file) for file in each.files],
            "photographs": [
                {"key": f"{number}-{place}"} for place, file in enumerate(each.files, 1) if file.media in _PHOTOGRAPHS
            ],
        }
        for number, each in known.items()
    ]


def file_shown(file: EvidenceFile) -> dict[str, str]:
    """`counter.png, 12 kB`, and the first digits of its SHA-256: enough to find what is kept, and to know it again."""
    size = f"{file.size} bytes" if file.size < 1000 else f"{file.size / 1000:,.0f} kB"
    return {"name": f"{file.name}, {size}", "sha256": file.sha256[:16]}


def photographs(known: Mapping[str, AuditEvidence], showing: Showing) -> dict[str, Picture]:
    """Small copies of the photographs by the keys of `evidence_rows`; one that cannot be shown says why."""
    return {key: _picture(file, number, showing) for key, number, file in _shown(known)}


def _shown(known: Mapping[str, AuditEvidence]) -> Iterator[tuple[str, str, EvidenceFile]]:
    for number, each in known.items():
        for place, file in enumerate(each.files, 1):
            if file.media in _PHOTOGRAPHS:
                yield f"{number}-{place}", number, file


def _picture(file: EvidenceFile, number: str, showing: Showing) -> Picture:
    from PIL import Image

    alt = f"Photograph {file.name}, evidence {number}"
    try:
        if showing.file is None:
            return _blank(f"{alt}: the file is not at hand")
        data = reduced(showing.file(file.sha256), file.name, longest=_PIXELS)
    except (CertbodyError, KeyError) as trouble:
        return _blank(f"{alt}: it cannot be shown, {trouble}")
    with Image.open(BytesIO(data)) as opened:
        width, height = opened.size
    return Picture(data=data, width_mm=max(1, int(min(WIDEST_MM, HIGHEST_MM * width / height))), alt=alt)


def _blank(alt: str) -> Picture:
    """A grey field in the place of a photograph that is damaged, erased or elsewhere; the record stays complete."""
    from PIL import Image, ImageDraw

    field = Image.new("RGB", (330, 90), (233, 235, 238))
    ImageDraw.Draw(field).text((14, 36), "This picture cannot be shown.", fill=(91, 104, 112))
    made = BytesIO()
    field.save(made, "PNG")
    return Picture(data=made.getvalue(), width_mm=WIDEST_MM, alt=alt)

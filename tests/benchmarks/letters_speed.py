"""200 decision letters from one changed template, against one: ``python -m tests.benchmarks.letters_speed``.

One letter is a whole `make`: dossier, fields, the gate, a limited process, the document. The two hundred share a press,
so that the gate, the process and the compiling come once. Both in turn, in one run; the same from the shipped template,
which needs no process. `--quick` for fewer rounds.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from certbody import resources
from certbody.deliverables.package import packed
from certbody.office import Office
from certbody.office.papers import make
from certbody.office.press import Press
from tests.cli.nordwind import APPLICATION, Case, at_closing

MANY = 200
DAY = date(2026, 6, 26)


def changed() -> bytes:
    """The shipped template with a sentence of the body's own."""
    with zipfile.ZipFile(BytesIO(resources.template("decision.docx"))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    story = parts["word/document.xml"]
    assert b"{{ body.name }}" in story
    parts["word/document.xml"] = story.replace(b"{{ body.name }}", b"us at {{ body.name }}")
    return packed(parts)


def letters(office: Office, decision: str, count: int) -> list[bytes]:
    """So many letters, made as a command makes them."""
    with Press() as press:
        return [_letter(office, decision, press) for _ in range(count)]


def _letter(office: Office, decision: str, press: Press) -> bytes:
    said = {"on": DAY, "standard": "iso10002", "language": "en", "draft": False}
    return make(office, "decision", "C-0001", decision, press=press, **said).data


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, office: Office, decision: str, rounds: int) -> None:
    letters(office, decision, 1)
    pairs = [(seconds(lambda: letters(office, decision, 1)), seconds(lambda: letters(office, decision, MANY)))
             for _ in range(rounds)]  # fmt: skip
    one, many = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = sorted(each[1] / each[0] for each in pairs)
    print(
        f"{name:34} one {one * 1000:7.1f} ms   {MANY} {many:6.2f} s   ratio {statistics.median(ratios):6.2f} x"
        f"   p10 {ratios[rounds // 10]:.2f}   n {rounds}"
    )


def main() -> None:
    rounds = 3 if "--quick" in sys.argv else 9
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        at_closing(Path(folder) / "ready")
        case = Case.copied(Path(folder) / "ready", Path(folder)).granted()
        office = case.office
        [decision] = office.dossier("C-0001").decisions
        assert office.find("applications", APPLICATION)
        compare("from the shipped template", office, decision, rounds)
        (case.folder / "templates").mkdir()
        (case.folder / "templates" / "decision.docx").write_bytes(changed())
        compare("from a template that was changed", office, decision, rounds)


if __name__ == "__main__":
    main()

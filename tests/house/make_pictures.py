"""Makes the pictures of the README from the demo's documents: ``python -m tests.house.make_pictures [DEMO]``.

It needs LibreOffice and poppler. Without a finished demo's folder, the demo is run first.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SHOWN = (
    ("certificate-*-r1.docx", 1),
    ("audit-report*-002*.docx", 1),
    ("nonconformity-*.docx", 1),
    ("quotation*.docx", 1),
)
"""Files of the demo's deliverables and the page shown, left to right."""
HEIGHT = 620
GAP = 24
COLOURS = 96
MOST_BYTES = 200 * 1024


def main(words: list[str]) -> None:
    """Write docs/pictures/demo.png, and one larger picture of the first document."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        demo = Path(words[0]) if words else work / "demo"
        if not words:
            subprocess.run([sys.executable, "-m", "certbody", "demo", str(demo)], check=True, stdout=subprocess.DEVNULL)
        pages = [page(found(demo / "deliverables", pattern), number, work) for pattern, number in SHOWN]
    PICTURES.mkdir(exist_ok=True)
    write(collage(pages), PICTURES / "demo.png")
    write(scaled(pages[0], 1100), PICTURES / "certificate.png")
    write(scaled(pages[1], 1100), PICTURES / "audit-report.png")


def found(folder: Path, pattern: str) -> Path:
    """The first file of that pattern."""
    files = sorted(folder.glob(pattern))
    if not files:
        raise SystemExit(f"{folder} has no {pattern}; there are: {', '.join(sorted(f.name for f in folder.iterdir()))}")
    return files[0]


def page(document: Path, number: int, work: Path) -> Image.Image:
    """One page of a document as LibreOffice prints it."""
    office = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{work}/profile"
    convert = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(work), str(document)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    pdf = work / f"{document.stem}.pdf"
    target = work / f"{document.stem}-{number}"
    cut = ["pdftoppm", "-png", "-r", "110", "-f", str(number), "-l", str(number), "-singlefile", str(pdf), str(target)]
    subprocess.run(cut, check=True, capture_output=True, timeout=180)
    return Image.open(f"{target}.png").convert("RGB")


def scaled(picture: Image.Image, height: int) -> Image.Image:
    """The picture in another height, with a thin line around it."""
    width = round(picture.width * height / picture.height)
    return ImageOps.expand(picture.resize((width, height), Image.Resampling.LANCZOS), 1, "#c8c8c8")


def collage(pages: list[Image.Image]) -> Image.Image:
    """Pages side by side."""
    small = [scaled(each, HEIGHT) for each in pages]
    width = sum(each.width for each in small) + GAP * (len(small) + 1)
    made = Image.new("RGB", (width, small[0].height + 2 * GAP), "#eef0f2")
    at = GAP
    for each in small:
        made.paste(each, (at, GAP))
        at += each.width + GAP
    return made


def write(picture: Image.Image, path: Path) -> None:
    """A small PNG: few colours do for print."""
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size >= MOST_BYTES:
        raise SystemExit(f"{path.name} has {size:,} bytes; at most {MOST_BYTES:,}")
    print(f"{path.name}: {picture.width} × {picture.height}, {size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])

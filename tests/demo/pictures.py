"""Draws the demo's photographs: invented snapshots, tilted and a little out of focus, as a telephone takes them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from PIL.ImageDraw import ImageDraw as Draw

SIZE = (1280, 960)
_INK, _PAPER, _BLUE, _RED = (38, 42, 48), (250, 249, 244), (24, 74, 122), (176, 52, 44)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)  # type: ignore[return-value]


def _write(draw: Draw, at: tuple[int, int], text: str, size: int, fill: tuple[int, int, int] = _INK) -> None:
    draw.multiline_text(at, text, font=_font(size), fill=fill, spacing=size // 3)


def _snapshot(scene: Callable[[Draw, Random], None], ground: tuple[int, int, int], tilt: float, seed: int) -> bytes:
    """A scene as a photograph: light from one side, tilt, soft edges, noise."""
    chance = Random(seed)
    picture = Image.new("RGB", SIZE, ground)
    scene(ImageDraw.Draw(picture), chance)
    picture = picture.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=ground)
    picture = picture.crop((60, 45, SIZE[0] - 60, SIZE[1] - 45)).resize((960, 720), Image.Resampling.LANCZOS)
    picture = picture.filter(ImageFilter.GaussianBlur(0.8))
    light = Image.linear_gradient("L").rotate(90 if seed % 2 else 180).resize(picture.size)
    picture = Image.blend(picture, Image.composite(picture, Image.new("RGB", picture.size, (12, 14, 20)), light), 0.28)
    noise = Image.effect_noise(picture.size, 1)  # its own chance cannot be seeded: one grey, no grain
    noise.putdata([128 + chance.randint(-14, 14) for _ in range(picture.width * picture.height)])
    picture = Image.blend(picture, Image.merge("RGB", (noise, noise, noise)), 0.06)
    made = BytesIO()
    picture.save(made, "JPEG", quality=72, optimize=True)
    return made.getvalue()


def _notice(draw: Draw, chance: Random) -> None:
    draw.rectangle((0, 700, 1280, 960), fill=(146, 112, 78))
    for line in range(720, 960, 34):
        draw.line((0, line, 1280, line + chance.randint(-6, 6)), fill=(132, 98, 66), width=3)
    draw.rectangle((0, 690, 1280, 706), fill=(96, 70, 46))
    draw.polygon(((392, 170), (888, 164), (900, 800), (384, 806)), fill=_PAPER, outline=(190, 188, 180))
    draw.rectangle((394, 172, 888, 270), fill=_BLUE)
    _write(draw, (430, 190), "Not happy? Tell us.", 52, (255, 255, 255))
    _write(draw, (430, 310), "Here at the counter, by telephone\n(free), on our website, by letter.", 29)
    _write(draw, (430, 420), "You get a number at once, and\nan answer in ten working days.", 29)
    _write(draw, (430, 530), "It costs nothing. If you do not agree,\nsomebody else looks at it again.", 27)
    _write(draw, (430, 640), "Ask us for the leaflet\nin three languages.", 27)
    _write(draw, (430, 752), "Fernloop Telecom  ·  CP-01/3  ·  10/2024", 20, (110, 112, 116))
    draw.polygon(((884, 776), (900, 800), (872, 802)), fill=(214, 210, 198))  # a corner that has curled up
    draw.rectangle((1010, 520, 1210, 700), fill=(58, 62, 68))
    draw.rectangle((1024, 534, 1196, 650), fill=(120, 170, 190))
    draw.rectangle((70, 610, 250, 700), fill=(226, 224, 216), outline=(160, 158, 150), width=3)
    _write(draw, (92, 636), "Counter 1", 30)


def _wallboard(draw: Draw, chance: Random) -> None:
    draw.rectangle((0, 0, 1280, 120), fill=(206, 206, 200))
    draw.rectangle((120, 110, 1160, 760), fill=(18, 20, 24))
    draw.rectangle((146, 136, 1134, 734), fill=(10, 34, 52))
    _write(draw, (176, 156), "MILLBROOK", 40, (170, 200, 214))
    _write(draw, (930, 156), "11:15", 40, (170, 200, 214))
    for place, (called, value, colour) in enumerate(
        (
            ("Calls waiting", "9", (250, 204, 84)),
            ("Longest wait", "2:10", (250, 204, 84)),
            ("Agents", "17", (116, 214, 140)),
        )
    ):
        left = 176 + place * 320
        draw.rectangle((left, 230, left + 290, 420), fill=(18, 54, 80))
        _write(draw, (left + 20, 244), called, 30, (190, 214, 224))
        _write(draw, (left + 20, 296), value, 92, colour)
    _write(draw, (176, 450), "Queue", 28, (140, 170, 184))
    for row, (name, count) in enumerate((("Faults", 4), ("Billing", 3), ("Porting", 1), ("Complaints", 1))):
        top = 494 + row * 54
        _write(draw, (196, top), name, 34, (224, 234, 238))
        draw.rectangle((480, top + 8, 480 + count * 120, top + 36), fill=(70, 140, 190))
        _write(draw, (1050, top), str(count), 34, (224, 234, 238))
    for desk in range(4):
        left = 40 + desk * 320
        draw.rectangle((left, 840, left + 250, 960), fill=(176, 160, 136))
        draw.rectangle((left + 60, 770, left + 200, 862), fill=(40, 44, 50))
        draw.rectangle((left + 68, 778, left + 192, 852), fill=(150 + chance.randint(0, 30), 190, 206))


def _shelf(draw: Draw, chance: Random) -> None:
    draw.rectangle((150, 60, 1130, 930), fill=(128, 104, 80))
    for top in (90, 370, 650):
        draw.rectangle((180, top, 1100, top + 246), fill=(96, 78, 60))
        draw.rectangle((170, top + 246, 1110, top + 272), fill=(150, 124, 96))
    for count in range(7):
        left, lean = 204 + count * 126, chance.randint(-7, 7)
        colour = ((232, 236, 240), (206, 224, 232), (244, 236, 214))[count % 3]
        draw.polygon(((left, 120 + lean), (left + 104, 120 - lean), (left + 106, 336), (left + 2, 336)), fill=colour)
        draw.rectangle((left + 10, 140, left + 92, 172), fill=_BLUE)
        _write(draw, (left + 16, 146), "Not happy?", 14, (255, 255, 255))
        for line in range(190, 310, 20):
            draw.line((left + 14, line, left + 90 - chance.randint(0, 24), line), fill=(150, 156, 160), width=4)
    for sheet in range(9):
        top = 596 - sheet * 9
        draw.rectangle((220 + chance.randint(-5, 5), top, 600, top + 8), fill=_PAPER, outline=(196, 194, 188))
    draw.polygon(((232, 440), (606, 434), (612, 524), (224, 528)), fill=_PAPER, outline=(180, 178, 170))
    _write(draw, (252, 452), "Complaint form  F-07", 30)
    draw.line((252, 506, 580, 504), fill=(150, 152, 156), width=3)
    draw.polygon(((690, 420), (1030, 408), (1042, 600), (684, 606)), fill=(40, 60, 44), outline=(20, 34, 24))
    draw.rectangle((746, 462, 972, 530), fill=_PAPER)
    _write(draw, (764, 472), "Counter\nFeb 2025", 24)
    for box in range(4):
        left = 210 + box * 220
        draw.rectangle((left, 716, left + 190, 890), fill=(204, 200, 190), outline=(140, 136, 126), width=4)
        _write(draw, (left + 24, 780), ("Routers", "Cables", "SIM", "Returns")[box], 30)


def _tablet(draw: Draw, chance: Random) -> None:
    for line in range(0, 960, 40):
        draw.line((0, line, 1280, line + chance.randint(-8, 8)), fill=(140, 106, 74), width=4)
    draw.rounded_rectangle((210, 90, 1070, 860), 40, fill=(24, 26, 30))
    draw.rectangle((250, 130, 1030, 820), fill=(246, 248, 250))
    draw.rectangle((250, 130, 1030, 210), fill=_BLUE)
    _write(draw, (276, 148), "CaseDesk   New complaint", 38, (255, 255, 255))
    for row, (asked, said) in enumerate(
        (
            ("Number", "FT-25-04183"),
            ("Where", "Shop Port Sable, counter 2"),
            ("In the customer's words", "new router goes off every evening"),
            ("What the customer asks for", "another router, today"),
            ("Due", "2025-06-11"),
            ("Done at once", "exchanged"),
        )
    ):
        top = 236 + row * 82
        _write(draw, (280, top), asked, 22, (110, 116, 124))
        draw.rectangle((276, top + 28, 1004, top + 70), fill=(255, 255, 255), outline=(190, 196, 204), width=2)
        _write(draw, (290, top + 34), said, 27, _RED if asked == "Number" else _INK)
    draw.rounded_rectangle((800, 746, 1004, 802), 10, fill=(46, 128, 74))
    _write(draw, (846, 758), "Record", 30, (255, 255, 255))


def made() -> dict[str, bytes]:
    """The photographs by file name."""
    return {
        "shop-notice.jpg": _snapshot(_notice, (224, 220, 210), 1.6, 1),
        "wallboard.jpg": _snapshot(_wallboard, (188, 190, 188), -1.1, 2),
        "shop-shelf.jpg": _snapshot(_shelf, (214, 210, 200), 1.2, 3),
        "shop-tablet.jpg": _snapshot(_tablet, (152, 116, 82), -2.0, 4),
    }

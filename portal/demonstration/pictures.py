"""Evidence that looks like evidence: drawn screenshots, and the same on a page of PDF."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from filings import fonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont
    from PIL.ImageFont import ImageFont as PlainFont

SIZE = (720, 450)
INK, PALE, LINE = "#1f2933", "#f3f6f9", "#c9d3dd"
COLOURS = ("#1d5fa8", "#157a5b", "#8a4b12", "#6b3fa0", "#a12d3a")


def evidence(name: str, *, owner: str, label: str = "") -> bytes:
    """A file of the kind its name says (`.png` or `.pdf`), with the name drawn on it and a label inside if given."""
    picture = _drawn(name.rpartition(".")[0], owner)
    out = io.BytesIO()
    if name.endswith(".pdf"):
        picture.convert("L").save(out, "PDF", resolution=96)
        return _labelled(out, label) if label else out.getvalue()
    info = PngInfo()
    if label:
        info.add_text("AIGC", label)
    picture.save(out, "PNG", compress_level=3, pnginfo=info)
    return out.getvalue()


def _labelled(out: io.BytesIO, label: str) -> bytes:
    labelled = io.BytesIO()
    with pikepdf.open(out) as document:
        document.docinfo["/AIGC"] = label
        document.save(labelled, deterministic_id=True)
    return labelled.getvalue()


def _drawn(title: str, owner: str) -> Image.Image:
    seed = hashlib.sha256(f"{title}{owner}".encode()).digest()
    colour = COLOURS[seed[0] % len(COLOURS)]
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIZE[0], 46), fill=colour)
    _write(draw, (18, 12), owner, "white", 18)
    draw.rectangle((0, 46, 150, SIZE[1]), fill=PALE)
    for row in range(6):
        top = 70 + row * 34
        draw.rectangle((18, top, 60 + seed[row + 1] % 70, top + 12), fill=LINE)
    _write(draw, (176, 68), title, INK, 24)
    for row in range(7):
        top = 122 + row * 34
        draw.rectangle((176, top, 330 + seed[row + 8] % 330, top + 12), fill=LINE if row % 3 else colour)
    draw.rounded_rectangle((560, 392, 696, 428), 6, fill=colour)
    _write(draw, (176, 400), "演示数据", INK, 16)
    return picture


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, colour: str, size: int) -> None:
    font = _font(size)
    if font is None:
        draw.text(at, text.encode("ascii", "replace").decode(), fill=colour)
        return
    draw.text(at, text, fill=colour, font=font)


@cache
def _font(size: int) -> FreeTypeFont | PlainFont | None:
    """A Chinese font, or none: the pictures then show question marks and serve as well."""
    try:
        return ImageFont.truetype(str(next(iter(fonts.chinese_fonts().values()))), size)
    except (fonts.NoChineseFont, OSError):
        return None

"""Setting a paper in type: facts in, PDF bytes out; the same facts give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import segno
import typst
from PIL import Image

from filings import contents, fonts

if TYPE_CHECKING:
    from filings.pagecodes import PageCode

TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE_VERSION = "2026-11b"
GUESSED_PAGES = 24  # a paper that turns out longer is set a second time
LINES_A_PAGE = 25  # of a long list at least
PICTURE_SIDE = 1100
PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp")
WORDS = {
    "version": "文书模板版本",
    "made": "生成日期",
    "page_before": "第",
    "page_between": "页 共",
    "page_after": "页",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one paper says. ``qr_text`` is where a reader of the code is led, or what it states."""

    title: str
    issuer: str
    digest: str
    qr_text: str
    made_on: dt.date
    blocks: tuple[dict[str, Any], ...] = ()
    subject: str = ""
    letterhead: str = ""
    number: str = ""
    notice: str = ""
    digest_label: str = "申报材料摘要（SHA-256）"
    template: str = "paper.typ"
    page_code: PageCode | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def code_of(self, page: int) -> str:
        """What the code on a page says: a paper for signature names each page, a letter itself."""
        return str(replace(self.page_code, page=page)) if self.page_code else self.qr_text


@dataclass(frozen=True, slots=True)
class Copy:
    """A paper as bytes; ``pages`` is 0 where only a word processor could count them."""

    content: bytes
    pages: int = 0


def in_type(sheet: Sheet) -> Copy:
    """The PDF. Raises ``fonts.NoChineseFont`` rather than printing empty boxes."""
    families = fonts.font_families()
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        root = Path(folder)
        shutil.copy(TEMPLATES / sheet.template, root / "main.typ")
        facts = _facts(sheet, families, root)
        codes = _guessed_pages(sheet)
        made = _compiled(root, facts, sheet, codes)
        pages = _count(made)
        if sheet.page_code and pages > codes:
            made = _compiled(root, facts, sheet, pages)
    return Copy(made, pages)


def _guessed_pages(sheet: Sheet) -> int:
    """How many pages get a code before anybody has counted them; better too many than a second setting."""
    lines = sum(len(block["lines"]) for block in sheet.blocks if block["type"] == "ledger")
    return GUESSED_PAGES + lines // LINES_A_PAGE if sheet.page_code else 1


def _compiled(root: Path, facts: dict[str, Any], sheet: Sheet, codes: int) -> bytes:
    for page in range(1, codes + 1):
        (root / f"code-{page}.png").write_bytes(qr(sheet.code_of(page)))
    told = json.dumps(facts | {"codes": codes}, ensure_ascii=False)
    (root / "paper.json").write_text(told, encoding="utf-8")
    moment = dt.datetime.combine(sheet.made_on, dt.time(), tzinfo=dt.UTC)
    made = typst.Compiler(root / "main.typ", root=root, font_paths=_fonts()).compile(
        format="pdf",
        timestamp=moment,
        pdf_standards=["a-2u"],
        pdf_tags=not any(block["type"] == "ledger" for block in sheet.blocks),  # a tag a cell is half of a long list
    )
    assert isinstance(made, bytes), "a PDF is one piece"
    return made


def _count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@cache
def _fonts() -> typst.Fonts:
    """Read once a process: the Chinese fonts and typst's own, nothing else of the machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(fonts.font_paths()))


def _facts(sheet: Sheet, families: list[str], root: Path) -> dict[str, Any]:
    day = sheet.made_on
    return {
        "title": sheet.title,
        "issuer": sheet.issuer,
        "letterhead": sheet.letterhead,
        "number": sheet.number,
        "subject": sheet.subject,
        "digest": sheet.digest,
        "digest_label": sheet.digest_label,
        "qr_text": sheet.qr_text,
        "made_on": chinese_day(day),
        "date": [day.year, day.month, day.day],
        "version": TEMPLATE_VERSION,
        "fonts": families,
        "words": WORDS,
        "notice": sheet.notice,
        "blocks": [_block(each, root) for each in sheet.blocks],
        **sheet.extra,
    }


def _block(block: dict[str, Any], root: Path) -> dict[str, Any]:
    if block["type"] != "pictures":
        return block
    files = []
    for each in block["pictures"]:
        name = f"{each['sha256']}.jpg"
        if not (root / name).exists():
            (root / name).write_bytes(reduced(each["sha256"]))
        files.append({"file": name, "caption": each["caption"]})
    return {"type": "pictures", "pictures": files}


def reduced(sha256: str) -> bytes:
    """A stored picture no larger than print needs."""
    out = io.BytesIO()
    with contents.open_content(sha256) as content, Image.open(content) as picture:
        picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
        flat = Image.new("RGB", picture.size, "white")
        full = picture.convert("RGBA")
        flat.paste(full, mask=full.getchannel("A"))
        flat.save(out, "JPEG", quality=82)
    return out.getvalue()


def qr(text: str) -> bytes:
    """A QR code as PNG, which a thousand pages carry at less cost than as drawings."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=2, scale=4)
    return out.getvalue()


def chinese_day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

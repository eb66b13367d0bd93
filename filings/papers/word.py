"""The same papers as DOCX, from the same blocks as the PDF; the same facts give the same bytes.

Tables are written as text and parsed once: a document model that looks for every cell
again takes minutes for ten thousand rows.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor

from filings.papers.setting import TEMPLATE_VERSION, WORDS, Copy, chinese_day, qr, reduced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

    from filings.papers.setting import Sheet

LATIN, BODY, HEADINGS = "Times New Roman", "宋体", "黑体"
MUTED = RGBColor(0x55, 0x55, 0x55)
TEXT_WIDTH = Cm(16)
LABEL_WIDTH = Cm(3.8)
PICTURE_WIDTH, PICTURE_HEIGHT = Cm(12), Cm(6)
SHADE = "F3F3F3"
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
TWIPS = 635  # English metric units in a twentieth of a point


def in_word(sheet: Sheet) -> Copy:
    """The DOCX, with digest and code in the foot of every page."""
    document = docx.Document()
    _set_up(document, sheet)
    _head_and_foot(document, sheet)
    if sheet.letterhead:
        _line(document, sheet.letterhead, "Normal", centred=True, size=15)
    _line(document, sheet.title, "Title", centred=True)
    if sheet.number:
        _line(document, sheet.number, "Normal", centred=True, size=10)
    for block in sheet.blocks:
        _BLOCKS[block["type"]](document, block)
    if sheet.notice:
        _append(document, _table_xml([[sheet.notice]], [TEXT_WIDTH]))
    out = io.BytesIO()
    document.save(out)
    return Copy(_dated_alike(out.getvalue()))


def _set_up(document: Document, sheet: Sheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(2.6), Cm(3.5), Cm(0.9)
    for name, size, east_asian in (
        ("Normal", 10.5, BODY),
        ("Title", 19, HEADINGS),
        ("Heading 1", 13, HEADINGS),
        ("Heading 2", 11, HEADINGS),
        ("Heading 3", 10, HEADINGS),
        ("Caption", 8, BODY),
        ("Header", 8.5, BODY),
        ("Footer", 7, BODY),
    ):
        _dress(document.styles[name], size, east_asian)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = sheet.title, sheet.issuer, sheet.issuer
    about.subject, about.identifier, about.language = sheet.subject, sheet.digest, "zh-CN"
    about.keywords, about.comments = sheet.digest, f"{WORDS['version']} {TEMPLATE_VERSION}"
    about.created = about.modified = dt.datetime.combine(sheet.made_on, dt.time(), tzinfo=dt.UTC)
    about.revision = 1


def _dress(style: ParagraphStyle, size: float, east_asian: str) -> None:
    """Fonts for Latin and for Chinese text: without the second, word processors guess one."""
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.italic, style.font.bold = False, style.name.startswith(("Heading", "Title"))
    style.font.color.rgb = MUTED if style.name in {"Caption", "Header", "Footer"} else RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)
    told = OxmlElement("w:lang")
    told.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(told)
    about = style.element.get_or_add_pPr()
    for unwanted in (*about.findall(qn("w:pBdr")), *about.findall(qn("w:tabs"))):
        about.remove(unwanted)


def _head_and_foot(document: Document, sheet: Sheet) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.text = _clean(f"{sheet.title}\t{sheet.subject}")
    head.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    foot = section.footer
    table = foot.add_table(1, 2, TEXT_WIDTH)
    table.autofit = False
    for column, width in zip(table.columns, (Cm(13.7), Cm(2.3)), strict=True):
        column.width = column.cells[0].width = width
    said, code = table.rows[0].cells
    lines = said.paragraphs[0]
    grouped = " ".join(re.findall(".{4}", sheet.digest))
    lines.style = document.styles["Footer"]
    lines.add_run(f"{sheet.digest_label}\n{grouped}\n")
    lines.add_run(f"{WORDS['version']} {TEMPLATE_VERSION}　{WORDS['made']} {chinese_day(sheet.made_on)}　　")
    for words, field in (
        (WORDS["page_before"], "PAGE"),
        (WORDS["page_between"], "NUMPAGES"),
        (WORDS["page_after"], ""),
    ):
        lines.add_run(f"{words} ")
        if field:
            _field(lines, field)
    picture = code.paragraphs[0].add_run().add_picture(io.BytesIO(qr(sheet.code_of(0))), width=Cm(1.9))
    picture._inline.docPr.set("descr", sheet.qr_text)
    rest = foot.paragraphs[0]
    rest._element.getparent().remove(rest._element)  # the empty line before the table
    foot.add_paragraph()


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>")
    field.append(run)
    paragraph._p.append(field)


def _line(document: Document, text: str, style: str, *, centred: bool = False, size: float = 0) -> Paragraph:
    paragraph = document.add_paragraph(_clean(text), style=style)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in paragraph.runs if size else ():
        run.font.size = Pt(size)
    return paragraph


def _heading(document: Document, block: dict[str, Any]) -> None:
    document.add_heading(_clean(block["text"]), level=min(block["level"], 3))


def _text(document: Document, block: dict[str, Any]) -> None:
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), "200")
    _line(document, block["text"], "Normal")._p.get_or_add_pPr().append(indent)


def _plain(document: Document, block: dict[str, Any]) -> None:
    _line(document, block["text"], "Normal")


def _small(document: Document, block: dict[str, Any]) -> None:
    _line(document, block["text"], "Caption")


def _list(document: Document, block: dict[str, Any]) -> None:
    for number, item in enumerate(block["items"], 1):
        _line(document, f"{number}. {item}", "Normal")


def _rows(document: Document, block: dict[str, Any]) -> None:
    _append(document, _table_xml(block["rows"], [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH], labels=True))


def _table(document: Document, block: dict[str, Any]) -> None:
    """Widths are shares of the line; a column without a share takes what a short word needs."""
    narrow = [Cm(1.5) if not share else 0 for share in block["widths"]]
    rest, shares = TEXT_WIDTH - sum(narrow), sum(block["widths"]) or 1
    widths = [fixed or rest * share // shares for fixed, share in zip(narrow, block["widths"], strict=True)]
    _append(document, _table_xml([block["columns"], *block["lines"]], widths, heads=True))


def _pictures(document: Document, block: dict[str, Any]) -> None:
    for each in block["pictures"]:
        run = document.add_paragraph(style="Normal").add_run()
        shown = run.add_picture(io.BytesIO(reduced(each["sha256"])))
        scale = min(PICTURE_WIDTH / shown.width, PICTURE_HEIGHT / shown.height)
        shown.width, shown.height = Emu(int(shown.width * scale)), Emu(int(shown.height * scale))
        shown._inline.docPr.set("descr", _clean(each["caption"]))
        _line(document, each["caption"], "Caption")


def _signature(document: Document, block: dict[str, Any]) -> None:
    document.add_paragraph()
    for label, value in block["lines"]:
        _line(document, f"{label}{value or '　' * 12}", "Normal").paragraph_format.space_before = Pt(16)


def _seal(document: Document, block: dict[str, Any]) -> None:
    for words in (block["text"], block["date"]):
        _line(document, words, "Normal").alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _page(document: Document, block: dict[str, Any]) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


_BLOCKS = {
    "heading": _heading,
    "text": _text,
    "plain": _plain,
    "small": _small,
    "list": _list,
    "rows": _rows,
    "table": _table,
    "ledger": _table,
    "pictures": _pictures,
    "signature": _signature,
    "seal": _seal,
    "page": _page,
}


def _append(document: Document, table: str) -> None:
    document.element.body._insert_tbl(parse_xml(table))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _table_xml(lines: Iterable[Iterable[str]], widths: list[int], *, heads: bool = False, labels: bool = False) -> str:
    grid = "".join(f'<w:gridCol w:w="{int(width) // TWIPS}"/>' for width in widths)
    rows = "".join(_row_xml(line, widths, heads and not number, labels) for number, line in enumerate(lines))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(map(int, widths)) // TWIPS}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_xml(line: Iterable[str], widths: list[int], is_head: bool, labels: bool) -> str:
    about = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
    cells = (
        _cell_xml(value, width, is_bold=is_head or (labels and not number))
        for number, (value, width) in enumerate(zip(line, widths, strict=True))
    )
    return f"<w:tr>{about}{''.join(cells)}</w:tr>"


def _cell_xml(value: str, width: int, *, is_bold: bool) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if is_bold else ""
    bold = "<w:b/>" if is_bold else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(part) for part in _clean(value).split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{int(width) // TWIPS}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr><w:r><w:rPr>{bold}<w:sz w:val="19"/></w:rPr>'
        f'<w:t xml:space="preserve">{lines}</w:t></w:r></w:p></w:tc>'
    )


def _clean(text: str) -> str:
    """Text without what XML cannot carry."""
    return NOT_XML.sub("\ufffd", str(text).replace("\r\n", "\n"))


def _dated_alike(content: bytes) -> bytes:
    """The package with one date on all its parts, so that the same facts give the same hash."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            kept.writestr(zipfile.ZipInfo(part.filename, ZIP_DATE), made.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()

"""A DOCX file as plain paragraphs and tables, read within bounds.

The bounds come before any parsing: a few kilobytes can unpack to gigabytes, and one
merged cell may claim a million columns.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_PARTS = 2_000
MAX_ROWS = 50_000
MAX_COLUMNS = 64


class UnreadableFile(Exception):
    """The file is not a DOCX that may be read; the message says why, for its owner."""


@dataclass(frozen=True, slots=True)
class TextDocument:
    """The text of a document: paragraphs outside tables, tables as rows of cell texts.

    A cell that spans several columns or rows repeats its text in each, so that every
    row of a table has a text at every column it shows.
    """

    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    edited_at: datetime | None


def read(data: bytes) -> TextDocument:
    """Read a whole DOCX. Raises UnreadableFile."""
    _check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, XMLSyntaxError, zipfile.BadZipFile, OSError) as problem:
        raise UnreadableFile(_("This is not a DOCX document.")) from problem
    body = document.element.body
    return TextDocument(
        paragraphs=tuple(_text(p) for p in body.findall(qn("w:p"))),
        tables=tuple(tuple(_rows(table)) for table in _inside(body, "w:tbl")),
        edited_at=_edited_at(document),
    )


def _check_package(data: bytes) -> None:
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(_("The file is larger than 32 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except zipfile.BadZipFile as problem:
        raise UnreadableFile(_("This is not a DOCX document.")) from problem
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(_("The file is encrypted."))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableFile(_("The file unpacks to more than a published list can hold."))


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Children of that name, also those that stand in a content control."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag == qn("w:sdt"):
            for content in child.findall(qn("w:sdtContent")):
                yield from _inside(content, tag)


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    above: list[str] = []
    for count, row in enumerate(_inside(table, "w:tr")):
        if count >= MAX_ROWS:
            raise UnreadableFile(_("A table has more rows than a published list can hold."))
        cells: list[str] = []
        for cell in _inside(row, "w:tc"):
            text = "\n".join(_text(p) for p in cell.findall(qn("w:p")))
            if _continues(cell):
                text = above[len(cells)] if len(cells) < len(above) else ""
            cells.extend([text] * _span(cell))
            if len(cells) > MAX_COLUMNS:
                raise UnreadableFile(_("A table is wider than a published list can be."))
        above = cells
        yield tuple(cells)


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    if span is None:
        return 1
    text = span.get(qn("w:val"), "1")
    if not (text.isascii() and text.isdecimal()) or len(text) > 4:
        raise UnreadableFile(_("A table is wider than a published list can be."))
    return min(max(int(text), 1), MAX_COLUMNS + 1)


def _continues(cell: Any) -> bool:
    """Whether a cell belongs to the one above it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _text(paragraph: Any) -> str:
    """Text as it is read, insertions kept and deletions left out."""
    parts = []
    for node in paragraph.iter():
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif node.tag == qn("w:tab"):
            parts.append("\t")
    return "".join(parts)


def _edited_at(document: Any) -> datetime | None:
    try:
        edited = document.core_properties.modified
    except (KeyError, ValueError):
        return None
    if not isinstance(edited, datetime):
        return None
    return edited if edited.tzinfo else edited.replace(tzinfo=UTC)

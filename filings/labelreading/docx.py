"""DOCX: the properties of the document, without opening the document."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from lxml import etree

from filings.labelreading.source import LARGEST_VALUE, MEGABYTE, Candidate, Damaged, OutOfBounds, Source

END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
LONGEST_END = 22 + 65_535
LARGEST_DIRECTORY = MEGABYTE // 2
CUSTOM, CORE = "docProps/custom.xml", "docProps/core.xml"
SPOKEN = {"description", "keywords", "subject", "identifier", "category"}


class Window:
    """The source as the file object that zipfile reads: every byte of it counted."""

    def __init__(self, source: Source) -> None:
        self.source, self.place = source, 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.place = offset + (0, self.place, self.source.size)[whence]
        if self.place < 0:
            raise Damaged
        return self.place

    def tell(self) -> int:
        return self.place

    def read(self, length: int = -1) -> bytes:
        found = self.source.at(self.place, self.source.size - self.place if length < 0 else length)
        self.place += len(found)
        return found


def docx(source: Source) -> Iterator[Candidate]:
    _check_directory(source)
    try:
        with zipfile.ZipFile(cast("BinaryIO", Window(source))) as package:
            for part, walk in ((CUSTOM, _custom), (CORE, _core)):
                found = package.NameToInfo.get(part)
                # Of other packings the library inflates a block whole, however large it becomes.
                if found is not None and found.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    with package.open(found) as content:
                        yield from walk(content.read(LARGEST_VALUE))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError, OSError, struct.error):
        raise Damaged from None


def _check_directory(source: Source) -> None:
    """The list of parts is read whole by the library, so its size is looked at before."""
    start = max(0, source.size - LONGEST_END)
    tail = source.at(start, LONGEST_END)
    place = tail.rfind(END)
    if place < 0 or place + 22 > len(tail):
        raise Damaged
    (size,) = struct.unpack_from("<I", tail, place + 12)
    if size > LARGEST_DIRECTORY or END_64 in tail[max(0, place - 20) : place]:
        raise OutOfBounds


def _root(data: bytes) -> "etree._Element":
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Damaged
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Damaged from None


def _custom(data: bytes) -> Iterator[Candidate]:
    for element in _root(data).iter("{*}property"):
        if (element.get("name") or "").strip() == "AIGC":
            yield Candidate("docx.custom", "".join(element.itertext()).encode())


def _core(data: bytes) -> Iterator[Candidate]:
    for element in _root(data):
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in SPOKEN:
            yield Candidate("docx.core", "".join(element.itertext()).encode())

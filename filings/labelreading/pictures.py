"""PNG and JPEG: chunks and segments, stepped over without decoding a pixel."""

import struct
from collections.abc import Iterator

from filings.labelreading import exif, xmp
from filings.labelreading.source import LARGEST_VALUE, Candidate, Damaged, Source

PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
XMP_KEYWORD = b"XML:com.adobe.xmp"
JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
JPEG_EXIF = b"Exif\0\0"
START_OF_SCAN, END_OF_IMAGE, COMMENT = 0xDA, 0xD9, 0xFE
APPLICATION = range(0xE0, 0xF0)
STANDALONE = {0x01, *range(0xD0, 0xD9)}


def png(source: Source) -> Iterator[Candidate]:
    place = 8
    while place + 8 <= source.size:
        length, name = struct.unpack(">I4s", source.exactly(place, 8))
        if name in PNG_TEXTS and length <= LARGEST_VALUE:
            yield from _png_text(source, name, source.exactly(place + 8, length))
        elif name == b"eXIf" and length <= LARGEST_VALUE:
            for text in exif.texts(source.exactly(place + 8, length)):
                yield Candidate("png.exif", text)
        elif name == b"IEND":
            return
        place += 12 + length
    raise Damaged


def _png_text(source: Source, name: bytes, data: bytes) -> Iterator[Candidate]:
    keyword, _nul, rest = data.partition(b"\0")
    if name == b"tEXt":
        text = rest
    elif name == b"zTXt":
        text = source.inflate(rest[1:])
    else:
        packed, rest = rest[:1] == b"\1", rest[2:]
        _language, _nul, rest = rest.partition(b"\0")
        _translated, _nul, rest = rest.partition(b"\0")
        text = source.inflate(rest) if packed else rest
    if keyword == XMP_KEYWORD:
        for value in xmp.labels(text):
            yield Candidate("png.xmp", value)
    else:
        yield Candidate("png.text" if keyword == b"AIGC" else "png.comment", text)


def jpeg(source: Source) -> Iterator[Candidate]:
    """The segments before the first scan; what stands behind it is looked for elsewhere."""
    place = 2
    while place + 4 <= source.size:
        start, marker = source.exactly(place, 2)
        if start != 0xFF:
            raise Damaged
        if marker == 0xFF:
            place += 1
            continue
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            return
        if marker in STANDALONE:
            place += 2
            continue
        (length,) = struct.unpack(">H", source.exactly(place + 2, 2))
        if marker in APPLICATION or marker == COMMENT:
            yield from _segment(marker, source.exactly(place + 4, max(length - 2, 0)))
        place += 2 + max(length, 2)
    raise Damaged


def _segment(marker: int, data: bytes) -> Iterator[Candidate]:
    if marker == COMMENT:
        yield Candidate("jpeg.comment", data)
    elif data.startswith(JPEG_XMP):
        for value in xmp.labels(data.removeprefix(JPEG_XMP)):
            yield Candidate("jpeg.xmp", value)
    elif data.startswith(JPEG_EXIF):
        for text in exif.texts(data):
            yield Candidate("jpeg.exif", text)
    elif data.startswith(b"AIGC"):
        yield Candidate("jpeg.segment", data.removeprefix(b"AIGC").lstrip(b"\0"))

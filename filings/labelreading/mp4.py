"""MP4: boxes of the film's own description; the film itself is stepped over."""

import struct
from collections.abc import Iterator

from filings.labelreading import xmp
from filings.labelreading.source import LARGEST_VALUE, MEGABYTE, Candidate, Damaged, Source

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
COMMENTS = (b"\xa9cmt", b"desc", b"ldes", b"\xa9des", b"cmnt")
LARGEST_META = 8 * MEGABYTE
type Box = tuple[bytes, int, int]


def mp4(source: Source) -> Iterator[Candidate]:
    for name, start, end in _boxes(source, 0, source.size):
        if name == b"moov":
            yield from _moov(source, start, end)
        elif name == b"uuid" and source.at(start, 16) == XMP_UUID:
            yield from _packet(source, start + 16, end)
        elif name == b"meta":
            yield from _meta(source, start, end)


def _moov(source: Source, start: int, end: int) -> Iterator[Candidate]:
    for name, inner, inner_end in _boxes(source, start, end):
        if name == b"udta":
            yield from _udta(source, inner, inner_end)
        elif name == b"meta":
            yield from _meta(source, inner, inner_end)
        elif name == b"uuid" and source.at(inner, 16) == XMP_UUID:
            yield from _packet(source, inner + 16, inner_end)


def _udta(source: Source, start: int, end: int) -> Iterator[Candidate]:
    for name, inner, inner_end in _boxes(source, start, end):
        if name == b"meta":
            yield from _meta(source, inner, inner_end)
        elif name == b"XMP_":
            yield from _packet(source, inner, inner_end)
        elif name in (b"AIGC", b"aigc"):
            yield Candidate("mp4.udta", _value(source, inner, inner_end))


def _packet(source: Source, start: int, end: int) -> Iterator[Candidate]:
    for value in xmp.labels(_value(source, start, end)):
        yield Candidate("mp4.xmp", value)


def _meta(source: Source, start: int, end: int) -> Iterator[Candidate]:
    """A full box in MP4, a plain one in QuickTime: told apart by what follows."""
    if source.at(start + 4, 4) != b"hdlr":
        start += 4
    keys: list[bytes] = []
    for name, inner, inner_end in _boxes(source, start, end):
        if name == b"keys":
            keys = _keys(source, inner, inner_end)
        elif name == b"ilst":
            yield from _items(source, inner, inner_end, keys)


def _keys(source: Source, start: int, end: int) -> list[bytes]:
    data = source.at(start, min(end - start, LARGEST_VALUE))
    keys, place = [], 8
    while place + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        if length < 8:
            break
        source.step()
        keys.append(data[place + 8 : place + length])
        place += length
    return keys


def _items(source: Source, start: int, end: int, keys: list[bytes]) -> Iterator[Candidate]:
    for name, inner, inner_end in _boxes(source, start, end):
        number = int.from_bytes(name)
        if 1 <= number <= len(keys):
            key = keys[number - 1].rpartition(b".")[2]
            where = "mp4.keys" if key.upper() == b"AIGC" else "mp4.comment"
            yield from _data(source, inner, inner_end, where)
        elif name == b"----":
            yield from _freeform(source, inner, inner_end)
        elif name in COMMENTS or not keys:
            yield from _data(source, inner, inner_end, "mp4.comment")


def _freeform(source: Source, start: int, end: int) -> Iterator[Candidate]:
    title = b""
    for name, inner, inner_end in _boxes(source, start, end):
        if name == b"name":
            title = source.at(inner + 4, min(inner_end - inner - 4, 64))
        elif name == b"data":
            where = "mp4.freeform" if title == b"AIGC" else "mp4.comment"
            yield Candidate(where, _value(source, inner + 8, inner_end))


def _data(source: Source, start: int, end: int, where: str) -> Iterator[Candidate]:
    for name, inner, inner_end in _boxes(source, start, end):
        if name == b"data":
            yield Candidate(where, _value(source, inner + 8, inner_end))


def _value(source: Source, start: int, end: int) -> bytes:
    return source.at(start, min(end - start, LARGEST_VALUE))


def _boxes(source: Source, place: int, end: int) -> Iterator[Box]:
    """Name, inner beginning and end of each box. Raises Damaged when one reaches beyond its parent."""
    while place + 8 <= end:
        head = source.exactly(place, 8)
        length, name = struct.unpack(">I4s", head)
        start = place + 8
        if length == 1:
            (length,) = struct.unpack(">Q", source.exactly(start, 8))
            start += 8
        elif length == 0:
            length = end - place
        if length < start - place or place + length > end:
            raise Damaged
        yield name, start, place + length
        place += length

"""WebP and WAV: the chunks of a RIFF file."""

import struct
from collections.abc import Iterator

from filings.labelreading import exif, id3, xmp
from filings.labelreading.source import LARGEST_VALUE, Candidate, Damaged, Source


def webp(source: Source) -> Iterator[Candidate]:
    for name, place, length in _chunks(source, 12, source.size):
        if length > LARGEST_VALUE:
            continue
        if name == b"XMP ":
            for value in xmp.labels(source.exactly(place, length)):
                yield Candidate("webp.xmp", value)
        elif name == b"EXIF":
            for text in exif.texts(source.exactly(place, length)):
                yield Candidate("webp.exif", text)


def wav(source: Source) -> Iterator[Candidate]:
    for name, place, length in _chunks(source, 12, source.size):
        if name == b"AIGC":
            yield Candidate("wav.chunk", source.at(place, min(length, LARGEST_VALUE)))
        elif name in (b"id3 ", b"ID3 "):
            for _own, value in id3.labels(source, place):
                yield Candidate("wav.id3", value)
        elif name == b"LIST" and source.at(place, 4) == b"INFO":
            yield from _info(source, place + 4, place + length)


def _info(source: Source, place: int, end: int) -> Iterator[Candidate]:
    for name, start, length in _chunks(source, place, min(end, source.size)):
        if name in (b"AIGC", b"ICMT"):
            where = "wav.info" if name == b"AIGC" else "wav.comment"
            yield Candidate(where, source.at(start, min(length, LARGEST_VALUE)))


def _chunks(source: Source, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and length of each chunk. Raises Damaged when one reaches beyond the end."""
    while place + 8 <= end:
        name, length = struct.unpack("<4sI", source.exactly(place, 8))
        if place + 8 + length > end:
            raise Damaged
        yield name, place + 8, length
        place += 8 + length + length % 2

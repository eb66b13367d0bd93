"""ID3v2 tags: frames of text, out of versions 2.2, 2.3 and 2.4."""

import struct
from collections.abc import Iterator

from filings.labelreading.source import MEGABYTE, Candidate, Source

LARGEST_TAG = 4 * MEGABYTE
CODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
OWN = "AIGC"
PACKED, HAS_LENGTH = 0x08, 0x01
TEXTS = (b"TXXX", b"TXX")
COMMENTS = (b"COMM", b"COM")


def mp3(source: Source) -> Iterator[Candidate]:
    """The tag at the beginning of the file."""
    for own, value in labels(source, 0):
        yield Candidate("mp3.txxx" if own else "mp3.comment", value)


def labels(source: Source, place: int) -> Iterator[tuple[bool, bytes]]:
    """Texts that may be labels, each with whether it stands under the field's own name."""
    head = source.at(place, 10)
    if len(head) < 10 or head[:3] != b"ID3":
        return
    version, flags = head[3], head[5]
    tag = source.at(place + 10, min(_syncsafe(head[6:10]), LARGEST_TAG))
    if flags & 0x80 and version < 4:
        tag = tag.replace(b"\xff\0", b"\xff")
    if flags & 0x40 and version > 2 and len(tag) >= 4:
        extended = _syncsafe(tag[:4]) if version == 4 else struct.unpack(">I", tag[:4])[0] + 4
        tag = tag[extended:]
    for name, content in _frames(source, tag, version):
        if name in TEXTS:
            description, text = _text(content)
            yield description.strip() == OWN, text.encode("utf-8", "replace")
        elif name in COMMENTS:
            yield False, _text(content[:1] + content[4:])[1].encode("utf-8", "replace")


def _syncsafe(four: bytes) -> int:
    return sum((byte & 0x7F) << shift for byte, shift in zip(four, (21, 14, 7, 0), strict=False))


def _frames(source: Source, tag: bytes, version: int) -> Iterator[tuple[bytes, bytes]]:
    place, head = 0, 6 if version == 2 else 10
    while place + head <= len(tag) and tag[place]:
        source.step()
        if version == 2:
            name, length, flags = tag[place : place + 3], int.from_bytes(tag[place + 3 : place + 6]), 0
        else:
            name = tag[place : place + 4]
            size = tag[place + 4 : place + 8]
            length = _syncsafe(size) if version == 4 else int.from_bytes(size)
            flags = tag[place + 9]
        content = tag[place + head : place + head + length]
        if name in TEXTS or name in COMMENTS:
            yield name, _unpacked(source, content, version, flags)
        place += head + length


def _unpacked(source: Source, content: bytes, version: int, flags: int) -> bytes:
    if version == 4:
        if flags & HAS_LENGTH:
            content = content[4:]
        if flags & 0x02:
            content = content.replace(b"\xff\0", b"\xff")
        return source.inflate(content) if flags & PACKED else content
    if version == 3 and flags & 0x80:
        return source.inflate(content[4:])
    return content


def _text(content: bytes) -> tuple[str, str]:
    """Description and text of a frame."""
    coding = CODINGS[content[0]] if content and content[0] < len(CODINGS) else "latin-1"
    rest = content[1:]
    end = b"\0\0" if coding.startswith("utf-16") else b"\0"
    place = 0
    while True:
        place = rest.find(end, place)
        if place < 0:
            return "", rest.decode(coding, "replace").rstrip("\0")
        if len(end) == 1 or place % 2 == 0:
            break
        place += 1
    text = rest[place + len(end) :].decode(coding, "replace").strip("\0")
    return rest[:place].decode(coding, "replace"), text

"""Exif: the user comment and the description of the picture, out of a TIFF structure."""

import struct
from collections.abc import Iterator

IMAGE_DESCRIPTION, EXIF_IFD, USER_COMMENT, XP_COMMENT = 0x010E, 0x8769, 0x9286, 0x9C9C
TEXTS = (IMAGE_DESCRIPTION, USER_COMMENT, XP_COMMENT)
CHARACTER_CODES = 8
MOST_ENTRIES = 512


def texts(data: bytes) -> Iterator[bytes]:
    """The texts of the two directories; nothing where the structure is broken."""
    data = data.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None or len(data) < 8:
        return
    waiting: list[int] = [struct.unpack_from(order + "I", data, 4)[0]]
    seen: set[int] = set()
    while waiting:
        place = waiting.pop()
        if place in seen or len(seen) > 2:
            continue
        seen.add(place)
        for tag, length, value in _entries(data, place, order):
            if tag == EXIF_IFD:
                waiting.append(value)
            elif tag in TEXTS:
                yield _text(tag, _stored(data, length, value, order), order)


def _entries(data: bytes, place: int, order: str) -> Iterator[tuple[int, int, int]]:
    """Tag, length in bytes, and value or place of each entry of a directory."""
    if place + 2 > len(data):
        return
    (count,) = struct.unpack_from(order + "H", data, place)
    for number in range(min(count, MOST_ENTRIES)):
        start = place + 2 + 12 * number
        if start + 12 > len(data):
            return
        tag, kind, length, value = struct.unpack_from(order + "HHII", data, start)
        if tag == EXIF_IFD or kind in {1, 2, 7}:
            yield tag, length, value


def _stored(data: bytes, length: int, value: int, order: str) -> bytes:
    return struct.pack(order + "I", value)[:length] if length <= 4 else data[value : value + length]


def _text(tag: int, value: bytes, order: str) -> bytes:
    """UTF-8, whatever the tag's own character code."""
    if tag == XP_COMMENT:
        return value.decode("utf-16-le", "replace").encode()
    if tag != USER_COMMENT:
        return value
    code, text = value[:CHARACTER_CODES], value[CHARACTER_CODES:]
    if code == b"UNICODE\0":
        if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return text.decode("utf-16", "replace").encode()
        # Writers disagree about the order: the one in which a brace comes out is right.
        names = ("utf-16-le", "utf-16-be") if order == "<" else ("utf-16-be", "utf-16-le")
        options = [text.decode(name, "replace") for name in names]
        return next((each for each in options if "{" in each), options[0]).encode()
    if code in (b"ASCII\0\0\0", b"\0" * CHARACTER_CODES):
        return text
    return value

"""PDF: the information dictionary and XMP, found without following the file's own tables.

A library that follows them inflates whatever an object stream holds, without a bound. So the
objects are looked for where they stand, in the clear and in object streams inflated so far as
the bounds allow, and the last of each number counts, as in a file that was saved again.
"""

import re
from collections.abc import Iterator

from filings.labelreading import xmp
from filings.labelreading.source import MEGABYTE, Candidate, OutOfBounds, Source

HEAD, TAIL = 12 * MEGABYTE, 12 * MEGABYTE
LARGEST_STREAM = 4 * MEGABYTE
OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s{1,4}(\d{1,5})\s{1,4}obj\b")
INFO = re.compile(rb"/Info\s{0,4}(\d{1,9})\s{1,4}\d{1,5}\s{1,4}R")
STREAM = re.compile(rb"stream\r?\n")
KEY = re.compile(rb"/(AIGC|Subject|Keywords)\s{0,8}(?=[(<])")
LENGTH = re.compile(rb"/Length\s{1,4}(\d{1,10})(?!\s{1,4}\d{1,5}\s{1,4}R)")
FIRST = re.compile(rb"/First\s{1,4}(\d{1,9})")
TOKEN = re.compile(rb"\\(?:[0-7]{1,3}|[^0-7])?|[()]|[^\\()]+", re.DOTALL)
OCTAL = (b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
LONGEST_DICTIONARY = 256 * 1024
LONGEST_STRING = 32 * 1024
MOST_OBJECTS = 20_000


def pdf(source: Source) -> Iterator[Candidate]:
    for data in _windows(source):
        referred = {int(number) for number in INFO.findall(data)}
        infos: dict[int, bytes] = {}
        for number, place, end in _objects(data):
            dictionary, stream = _dictionary(data, place, end)
            if stream is None:
                if number in referred:
                    infos[number] = dictionary
            elif b"/ObjStm" in dictionary:
                infos |= _packed(source, data, dictionary, stream, referred)
            elif b"/Metadata" in dictionary or b"/XML" in dictionary:
                for value in xmp.labels(_content(source, data, dictionary, stream)):
                    yield Candidate("pdf.xmp", value)
        for _number, dictionary in sorted(infos.items()):
            yield from _entries(dictionary)


def _windows(source: Source) -> Iterator[bytes]:
    """The whole file where it is small; else its beginning and its end, where these objects stand."""
    if source.size <= HEAD + TAIL:
        yield source.at(0, source.size)
    else:
        yield source.at(source.size - TAIL, TAIL)
        yield source.at(0, HEAD)


def _objects(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, beginning and latest end of each object; none reaches into the next, so the walk is linear."""
    known: re.Match[bytes] | None = None
    for count, match in enumerate(OBJECT.finditer(data)):
        if count >= MOST_OBJECTS:
            raise OutOfBounds
        if known is not None:
            yield int(known[1]), known.end(), match.start()
        known = match
    if known is not None:
        yield int(known[1]), known.end(), len(data)


def _dictionary(data: bytes, place: int, end: int) -> tuple[bytes, int | None]:
    """What an object says of itself, and where its stream begins if it has one."""
    text = data[place : min(end, place + LONGEST_DICTIONARY)].partition(b"endobj")[0]
    match = STREAM.search(text)
    if match is None:
        return text, None
    return text[: match.start()], place + match.end()


def _content(source: Source, data: bytes, dictionary: bytes, start: int) -> bytes:
    length = LENGTH.search(dictionary)
    most = min(len(data), start + LARGEST_STREAM)
    end = start + int(length[1]) if length else data.find(b"endstream", start, most)
    raw = data[start : min(end, most) if end >= start else most]
    source.spend(len(raw))
    if b"/FlateDecode" in dictionary or b"/Fl " in dictionary:
        return source.inflate(raw, most=LARGEST_STREAM)
    return raw


def _packed(source: Source, data: bytes, dictionary: bytes, start: int, referred: set[int]) -> dict[int, bytes]:
    """The information dictionaries among the objects of an object stream."""
    content = _content(source, data, dictionary, start)
    first = FIRST.search(dictionary)
    if first is None:
        return {}
    base = int(first[1])
    numbers = [int(each) for each in content[:base].split() if each.isdigit() and len(each) < 10][: 2 * MOST_OBJECTS]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    found = {}
    for index, (number, offset) in enumerate(pairs):
        if number in referred:
            end = base + pairs[index + 1][1] if index + 1 < len(pairs) else len(content)
            found[number] = content[base + offset : min(end, base + offset + LONGEST_DICTIONARY)]
    return found


def _entries(dictionary: bytes) -> Iterator[Candidate]:
    for match in KEY.finditer(dictionary):
        value = _string(dictionary, match.end())
        yield Candidate("pdf.info" if match[1] == b"AIGC" else "pdf.comment", _utf8(value))


def _string(data: bytes, place: int) -> bytes:
    if data[place : place + 1] == b"<":
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", data[place + 1 : place + 2 * LONGEST_STRING].partition(b">")[0])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    found, depth = bytearray(), 0
    for match in TOKEN.finditer(data, place, place + LONGEST_STRING):
        token = match[0]
        depth += (token == b"(") - (token == b")")
        if depth == 0:
            break
        if match.start() > place:
            found += _unescaped(token) if token[:1] == b"\\" else token
    return bytes(found)


def _unescaped(token: bytes) -> bytes:
    rest = token[1:]
    if rest[:1] in OCTAL:
        return bytes([int(rest, 8) & 0xFF])
    return b"" if rest in (b"\r", b"\n", b"") else ESCAPES.get(rest, rest)


def _utf8(value: bytes) -> bytes:
    """A text string of PDF: UTF-16 with its mark, else taken as it stands."""
    if value.startswith((b"\xfe\xff", b"\xff\xfe")):
        return value.decode("utf-16", "replace").encode()
    return value

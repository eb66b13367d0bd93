"""What a file's first and last bytes say it is, whatever it is called."""

import struct
from typing import BinaryIO

import puremagic

from filings.uploads.refusals import RefusedUpload

HEAD = 4096
END_OF_ZIP = b"PK\x05\x06"
LONGEST_ZIP_END = 22 + 65_535

PROGRAMS = (
    (b"MZ", "Windows"),
    (b"\x7fELF", "Linux"),
    (b"\xfe\xed\xfa\xce", "macOS"),
    (b"\xfe\xed\xfa\xcf", "macOS"),
    (b"\xcf\xfa\xed\xfe", "macOS"),
    (b"\xce\xfa\xed\xfe", "macOS"),
    (b"\xca\xfe\xba\xbe", "Java"),
    (b"dex\n", "Android"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "LNK"),
    (b"#!", "#!"),
)
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
WEB_CODE = (b"<script", b"<?php", b"<!doctype html", b"<html", b"<svg", b"<iframe")


def read_at(content: BinaryIO, start: int, length: int) -> bytes:
    content.seek(start)
    return content.read(length)


def recognised(head: bytes) -> str:
    """A media type of the allow-list, ``zip`` for what may be DOCX or XLSX, or "" for neither.

    Raises RefusedUpload for programs, archives and old Office files.
    """
    for magic, system in PROGRAMS:
        if head.startswith(magic):
            raise RefusedUpload("executable", found=system)
    if head.startswith(ARCHIVES) or head[257:262] == b"ustar":
        raise RefusedUpload("archive")
    if head.startswith(OLD_OFFICE):
        raise RefusedUpload("old_office")
    if head.startswith(ZIP):
        return "zip"
    return _of_the_allow_list(head)


def _of_the_allow_list(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"ID3") or _is_mpeg_frame(head):
        return "audio/mpeg"
    return ""


def _is_mpeg_frame(head: bytes) -> bool:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bit_rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and bit_rate not in {0, 15} and sampling != 3


def named_otherwise(head: bytes) -> str:
    """What a library thinks the bytes are, for the message only."""
    try:
        return str(puremagic.from_string(head, mime=True)) or "?"
    except (puremagic.PureError, ValueError):
        return "?"


def refuse_second_kind(content: BinaryIO, *, size: int, media_type: str) -> None:
    """Refuse a file that another program would read as something else (a polyglot).

    A ZIP is found by its end, wherever it begins; a PDF reader looks at the first 1,024
    bytes; a browser that guesses looks for web code.
    """
    head = read_at(content, 0, HEAD)
    if media_type != "application/pdf" and b"%PDF-" in head[:1024]:
        raise RefusedUpload("polyglot", found="PDF")
    if not media_type.startswith(("text/", "application/")):
        lowered = head.lower()
        for code in WEB_CODE:
            if code in lowered:
                raise RefusedUpload("polyglot", found="HTML")
    if has_zip_end(content, size=size):
        raise RefusedUpload("polyglot", found="ZIP")


def has_zip_end(content: BinaryIO, *, size: int) -> bool:
    """Whether the file ends as a ZIP does: an end record whose comment reaches the last byte."""
    tail = read_at(content, max(0, size - LONGEST_ZIP_END), LONGEST_ZIP_END)
    place = tail.rfind(END_OF_ZIP)
    while place >= 0:
        record = tail[place : place + 22]
        if len(record) == 22:
            (comment,) = struct.unpack("<H", record[20:22])
            if place + 22 + comment <= len(tail) and struct.unpack("<H", record[10:12])[0]:
                return True
        place = tail.rfind(END_OF_ZIP, 0, place)
    return False

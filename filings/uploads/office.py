"""DOCX and XLSX: the package inspected part by part before anybody opens it."""

import re
import struct
import zipfile
from typing import BinaryIO

from lxml import etree

from filings.uploads import kinds
from filings.uploads.refusals import RefusedUpload
from filings.uploads.signatures import END_OF_ZIP, LONGEST_ZIP_END, read_at

MOST_PARTS = 5_000
MOST_UNPACKED = 400 * kinds.MEGABYTE
MOST_RATIO = 250
RATIO_FROM = 20 * kinds.MEGABYTE
MOST_XML = 64 * kinds.MEGABYTE
READ_AT_ONCE = kinds.MEGABYTE
MAIN_PARTS = {
    kinds.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    kinds.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
MACRO_PARTS = re.compile(r"(vbaproject|vbadata|/macrosheets?/|/activex/|customui)", re.IGNORECASE)
INSIDE = re.compile(r"/(embeddings|externallinks)/", re.IGNORECASE)
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg", ".wdp")
STARTS_PROGRAM = re.compile(rb"\bDDE(AUTO)?\b|\bddeLink\b")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SAFE_EXTERNAL = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)


def check(content: BinaryIO, *, size: int) -> str:
    """The media type of a harmless DOCX or XLSX; raises RefusedUpload for any other ZIP."""
    _check_frame(content, size=size)
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as package:
            parts = package.infolist()
            _check_sizes(parts)
            _check_names(parts)
            media_type = _media_type(package)
            for part in parts:
                _check_part(package, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, struct.error, EOFError, OSError) as error:
        raise RefusedUpload("damaged", why=type(error).__name__) from None
    except (etree.XMLSyntaxError, UnicodeDecodeError, KeyError):
        raise RefusedUpload("damaged", why="XML") from None
    return media_type


def _check_frame(content: BinaryIO, *, size: int) -> None:
    """The package fills the file: nothing before its first part, nothing behind its end."""
    tail = read_at(content, max(0, size - LONGEST_ZIP_END), LONGEST_ZIP_END)
    place = tail.rfind(END_OF_ZIP)
    if place < 0 or len(tail) - place < 22:
        raise RefusedUpload("damaged", why="ZIP")
    length, start, comment = struct.unpack("<IIH", tail[place + 12 : place + 22])
    end = size - len(tail) + place
    if comment or end + 22 != size:
        raise RefusedUpload("trailing_data")
    if start != 0xFFFFFFFF and start + length != end:
        raise RefusedUpload("polyglot", found="ZIP")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise RefusedUpload("bomb")
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1):
        raise RefusedUpload("bomb")


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for part in parts:
        name = part.orig_filename
        if part.flag_bits & 0x1:
            raise RefusedUpload("encrypted")
        if name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or ":" in name:
            raise RefusedUpload("path_in_name", name=name)
        if name.lower() in seen:
            raise RefusedUpload("damaged", why=name)
        seen.add(name.lower())


def _media_type(package: zipfile.ZipFile) -> str:
    try:
        listed = _xml(package, package.getinfo("[Content_Types].xml"))
    except KeyError:
        raise RefusedUpload("archive") from None
    types = {str(each.get("ContentType", "")) for each in listed}
    if any("macroenabled" in each.lower() or "vbaproject" in each.lower() for each in types):
        raise RefusedUpload("macros")
    for media_type, main in MAIN_PARTS.items():
        if main in types:
            return media_type
    raise RefusedUpload("type_not_taken", types=kinds.TITLES)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if MACRO_PARTS.search(f"/{name}"):
        raise RefusedUpload("macros")
    if INSIDE.search(f"/{name}") and not part.is_dir() and not name.endswith((".rels", *PICTURES)):
        code = "external_reference" if "externallinks" in name else "embedded_object"
        raise RefusedUpload(code, found=part.filename.rpartition("/")[2])
    if name.endswith(".rels"):
        _check_relations(_xml(package, part))
        return
    head = b""
    with package.open(part) as opened:
        while block := opened.read(READ_AT_ONCE):  # to its end: a false size shows as a wrong checksum
            if not head:
                head = block[:8]
            if name.endswith(".xml") and STARTS_PROGRAM.search(block):
                raise RefusedUpload("active_content", found="DDE")
    if head.startswith((b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")):
        raise RefusedUpload("embedded_object", found=part.filename.rpartition("/")[2])


def _check_relations(relations: etree._Element) -> None:
    for relation in relations.iter(RELATION):
        if str(relation.get("TargetMode", "")).lower() != "external":
            continue
        target = str(relation.get("Target", ""))
        is_link = str(relation.get("Type", "")).endswith("/hyperlink")
        if not is_link or not (SAFE_EXTERNAL.match(target) or target.startswith("#")):
            raise RefusedUpload("external_reference", found=target[:80])


def _xml(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> etree._Element:
    if part.file_size > MOST_XML:
        raise RefusedUpload("bomb")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(package.read(part), parser)
    if root.getroottree().docinfo.doctype:
        raise RefusedUpload("active_content", found="DOCTYPE")
    return root

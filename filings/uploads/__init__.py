"""What happens to a file before it is kept: everything is checked, nothing is repaired."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from django.template.defaultfilters import filesizeformat

from filings.uploads import antivirus, images, kinds, media, names, office, pdfs, signatures, texts
from filings.uploads.refusals import RefusedUpload

if TYPE_CHECKING:
    import io
    from collections.abc import Collection

    from django.core.files.uploadedfile import UploadedFile

__all__ = ["Examined", "RefusedUpload", "examine"]


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that passed: its name to show, its real type, its size, its hash, the scanner's word."""

    name: str
    media_type: str
    size: int
    sha256: str
    scan: str


def examine(upload: UploadedFile[bytes], *, types: Collection[str] = ()) -> Examined:
    """Check name, size, declared type and content; ``types`` narrows the allow-list.

    Raises RefusedUpload with the first thing that is wrong, cheap checks first.
    """
    name = names.clean_name(upload.name or "")
    try:
        return _examined(upload, name, types)
    except RefusedUpload as refused:
        refused.about["name"] = refused.about["name"] or name
        raise


def _examined(upload: UploadedFile[bytes], name: str, types: Collection[str]) -> Examined:
    size = upload.size or 0
    if not size:
        raise RefusedUpload("empty")
    content = cast("BinaryIO", upload.file)
    head = signatures.read_at(content, 0, signatures.HEAD)
    found = signatures.recognised(head)
    claimed = _claimed(name, head, types)
    if size > claimed.most:
        raise RefusedUpload("too_large", size=filesizeformat(size), most=filesizeformat(claimed.most))
    _check_declared(upload, claimed)
    _check_content(content, size=size, found=found, claimed=claimed, head=head)
    return Examined(name, claimed.media_type, size, _hash(content), antivirus.scan(content))


def _claimed(name: str, head: bytes, types: Collection[str]) -> kinds.FileType:
    ending = names.ending_of(name)
    if ending in names.PROGRAM_ENDINGS:
        raise RefusedUpload("executable", found=f".{ending}")
    claimed = kinds.BY_ENDING.get(ending)
    if claimed is None and head.startswith(signatures.ZIP):
        raise RefusedUpload("archive")
    if claimed is None or (types and claimed.media_type not in types):
        taken = ", ".join(each.title for each in kinds.TYPES if not types or each.media_type in types)
        raise RefusedUpload("type_not_taken", types=taken)
    return claimed


def _check_declared(upload: UploadedFile[bytes], claimed: kinds.FileType) -> None:
    declared = (upload.content_type or "").partition(";")[0].strip().lower()
    if declared not in {claimed.media_type, *claimed.declared} | kinds.UNDECLARED:
        raise RefusedUpload("type_mismatch", claimed=declared, found=f".{claimed.endings[0]}")


def _check_content(content: BinaryIO, *, size: int, found: str, claimed: kinds.FileType, head: bytes) -> None:
    wanted = claimed.media_type
    if found == "zip":
        found = office.check(content, size=size)
    if found != wanted and not (wanted.startswith("text/") and not found):
        other = kinds.BY_MEDIA_TYPE.get(found)
        told = other.title if other else signatures.named_otherwise(head)
        raise RefusedUpload("type_mismatch", claimed=claimed.title, found=told)
    if wanted in (kinds.DOCX, kinds.XLSX):
        return
    signatures.refuse_second_kind(content, size=size, media_type=wanted)
    match wanted.partition("/")[0], wanted:
        case "image", _:
            images.check(content, size=size, media_type=wanted)
        case "text", _:
            texts.check(content, size=size)
        case _, "application/pdf":
            pdfs.check(content, size=size)
        case _, "video/mp4":
            media.check_mp4(content, size=size)
        case _, "audio/wav":
            media.check_wav(content, size=size)
        case _:
            media.check_mp3(content, size=size)


def _hash(content: BinaryIO) -> str:
    content.seek(0)
    return hashlib.file_digest(cast("io.BytesIO", content), "sha256").hexdigest()

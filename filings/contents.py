"""File contents by their SHA-256, in the default storage; writing one twice writes it once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from django.core.files import File

SHA256 = re.compile(r"[0-9a-f]{64}")


class ContentMissing(Exception):
    """The storage does not hold a content that a row cites: an incident for the operator."""


def path_of(sha256: str) -> str:
    """Where a content lies: ``content/ab/cdef…``."""
    assert SHA256.fullmatch(sha256), "only a digest of ours becomes a path"
    return f"content/{sha256[:2]}/{sha256[2:]}"


def keep(content: File[bytes], *, sha256: str, size: int) -> None:
    """Store a content under its digest unless it is there in full already.

    A half-written content of a broken-off attempt is replaced. When two store the same
    at once, the storage gives the second another name, and that copy is removed.
    """
    path = path_of(sha256)
    if default_storage.exists(path):
        if default_storage.size(path) == size:
            return
        default_storage.delete(path)
    content.seek(0)
    stored = default_storage.save(path, content)
    if stored != path:
        default_storage.delete(stored)


def open_content(sha256: str) -> File[bytes]:
    """The content behind a digest, open for reading. Raises ContentMissing."""
    try:
        return default_storage.open(path_of(sha256), "rb")
    except FileNotFoundError:
        raise ContentMissing(sha256) from None

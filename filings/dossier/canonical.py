"""The one byte form of a document, and its digest."""

import hashlib
from typing import Any

import rfc8785


def canonical_bytes(document: Any) -> bytes:
    """The document as canonical JSON (RFC 8785). Decimals must already be strings.

    Raises `rfc8785.CanonicalizationError` for what JSON cannot hold exactly.
    """
    return rfc8785.dumps(document)


def digest(content: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()

"""The code printed on every page of a paper for signature: which paper, which version, which page.

Upper-case hexadecimal keeps the text within the small alphabet of QR codes, so that
the code stays coarse enough to be read from a scan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FORM = re.compile(r"PAPER1:(\d{1,12})-([A-Z.]{1,20}):([0-9A-F]{64}):(\d{1,5})")
ANY_PAGE = 0  # a word processor prints one picture on all pages


@dataclass(frozen=True, slots=True)
class PageCode:
    """What one page says of itself. A lock and a kind name the paper; ``page`` counts from 1."""

    lock: int
    kind: str
    digest: str
    page: int

    def __str__(self) -> str:
        return f"PAPER1:{self.lock}-{self.kind.upper().replace('_', '.')}:{self.digest.upper()}:{self.page}"


def read(text: str) -> PageCode | None:
    """The code behind a text; None when it is none of ours."""
    found = FORM.fullmatch(text.strip())
    if found is None:
        return None
    lock, kind, digest, page = found.groups()
    return PageCode(int(lock), kind.lower().replace(".", "_"), digest.lower(), int(page))

"""Lists that are paged by the key of the last row shown, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from django.http import HttpRequest


def pager(request: HttpRequest, next_before: int | None, **filters: str) -> dict[str, str]:
    """What ``ui/pager.html`` links to: the first page from any later one, and the page after this one.

    ``filters`` stay in the addresses where they are not empty.
    """
    kept = {name: value for name, value in filters.items() if value}
    first = f"{request.path}?{urlencode(kept)}" if kept else request.path
    links = {"first_url": first} if request.GET.get("before") else {}
    if next_before is None:
        return links
    return {**links, "next_url": f"{request.path}?{urlencode({**kept, 'before': next_before})}"}

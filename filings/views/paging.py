"""Lists that are paged by the key of the last row shown, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest


def pager(request: HttpRequest, next_before: int | None) -> dict[str, str]:
    """What ``ui/pager.html`` links to: the first page from any later one, and the page after this one."""
    links = {"first_url": request.path} if request.GET.get("before") else {}
    return links if next_before is None else {**links, "next_url": f"{request.path}?before={next_before}"}

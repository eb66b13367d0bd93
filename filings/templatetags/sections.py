"""Tags of the section pages: where a path stands in a page, and where a file is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import NoReverseMatch, reverse

from filings.layouts import anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def path_anchor(path: str) -> str:
    """The id of a dossier path in its section's page."""
    return anchor(path)


@register.simple_tag
def file_url(reference: Mapping[str, Any]) -> str:
    """Where a file named in a dossier is fetched; empty for sealed scans, which are not shown."""
    if reference.get("sealed"):
        return ""
    try:
        return reverse("filings:attachment-download", args=[reference["attachment"]])
    except NoReverseMatch:
        return ""

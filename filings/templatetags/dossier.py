"""Tags of the dossier's pages: where a path is edited, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from filings.dossier import paths

if TYPE_CHECKING:
    from filings.models import Procedure

register = template.Library()


@register.simple_tag
def path_url(procedure: Procedure, path: str) -> str:
    """The address of the field at a dossier path, on its section's page."""
    place = paths.parse(path)
    address = reverse("filings:dossier-section", args=[procedure.pk, place.section])
    parts = [part for part in (place.name, place.key, place.field) if part]
    return f"{address}#div_id_{'-'.join([place.section, *parts])}" if parts else address


@register.simple_tag
def path_label(procedure: Procedure, content: dict[str, object], path: str) -> str:
    """A dossier path in words."""
    return paths.label(procedure.filing.kind, content, path)


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """The value of a key, None when there is none."""
    return mapping.get(key)

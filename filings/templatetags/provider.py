"""Tags of an entity's pages: where a path of the profile is edited, and unread notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from filings import entities, notices
from filings.dossier import paths
from filings.layouts import at_field

if TYPE_CHECKING:
    from filings.models import Entity

register = template.Library()


@register.simple_tag
def profile_path_url(entity: Entity, path: str) -> str:
    """The address of the field at a path of the profile, on its section's page."""
    return at_field(reverse("filings:profile-section", args=[entity.pk, paths.parse(path).section]), path)


@register.simple_tag
def profile_field_label(entity: Entity, path: str) -> str:
    """A path of the profile in words, without the section under whose title it stands."""
    label = paths.label(entities.KIND, entity.profile, path)
    return label.partition(" · ")[2] or label


@register.inclusion_tag("filings/notice_bell.html", takes_context=True)
def notice_bell(context: template.Context) -> dict[str, int | bool]:
    """A link to the notices with the number not yet opened; one query, none for visitors."""
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return {"is_shown": False, "unread": 0}
    return {"is_shown": True, "unread": notices.unread(user)}

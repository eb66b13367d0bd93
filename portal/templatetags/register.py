"""Wording of the register's pages."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from filings import numbers, tracks
from filings.imports.rows import read_day
from filings.models import EntryStanding, FilingKind, RegisterEntry
from filings.verification import Verification
from portal.register.facets import content_label, field_label
from portal.templatetags import ui

register = template.Library()

MEANINGS = {EntryStanding.REGISTERED: "done"}
TEXTS = ("principle", "mechanism", "scenario", "intent", "own_page")
SUMMARY = {
    "provider": _("%(entity)s offers a service with this algorithm."),
    "supporter": _("%(entity)s supports other firms' services with this algorithm."),
    "": _("%(entity)s uses this algorithm."),
    FilingKind.GENERATIVE: _("%(entity)s offers a generative-AI service with this model, which is filed."),
    FilingKind.GENERATIVE_REGISTRATION: _(
        "%(entity)s offers this application or function, registered as one that calls a filed model."
    ),
}


class Label(str):
    """A label that knows whether its text is an address."""

    is_link = False


@register.inclusion_tag("ui/status.html")
def standing(entry: RegisterEntry) -> dict[str, str]:
    """The standing as the public reads it: word, icon, colour."""
    words = entry.get_standing_display()
    if entry.kind == FilingKind.GENERATIVE_REGISTRATION and entry.standing == EntryStanding.REGISTERED:
        words = gettext("Registered, calls a filed model")
    if entry.suspended and entry.standing == EntryStanding.REGISTERED:
        return ui.status("attention", f"{words} · {entry.get_suspended_display()}")
    return ui.status(MEANINGS.get(EntryStanding(entry.standing), "stopped"), words)


@register.simple_tag
def class_name(entry: RegisterEntry) -> str:
    """The class in the reader's language, or as the list printed it; the kind of a service."""
    if entry.is_service:
        return str(FilingKind(entry.kind).label)
    return entry.get_algorithm_class_display() or entry.class_label


@register.simple_tag
def month(value: date) -> str:
    """A month as people write it: 2026年11月, November 2026."""
    chinese = (get_language() or "").startswith("zh")
    return date_format(value, "Y年n月" if chinese else "F Y")


@register.simple_tag
def published(entry: RegisterEntry) -> str:
    """When it was published: the day, or the month of the first list it stood in."""
    if entry.is_from_list:
        return gettext("Listed in %(month)s") % {"month": month(entry.published_on)}
    return gettext("Published on %(day)s") % {"day": ui.day(entry.published_on)}


@register.simple_tag
def complete_day(verification: Verification) -> str:
    """The day, or for the official prefix the month, to which the register is complete."""
    if verification.complete_to is None:
        return ""
    own = verification.parsed.prefix not in ("", numbers.OFFICIAL_PREFIX)
    return ui.day(verification.complete_to) if own else month(verification.complete_to)


@register.simple_tag
def summary(entry: RegisterEntry) -> str:
    """What the entry is, in one plain sentence."""
    return SUMMARY[entry.kind if entry.is_service else entry.role] % {"entity": entry.entity_name}


@register.filter
def label_of(entry: RegisterEntry, key: str) -> str:
    """What a published fact is called for this entry's kind."""
    return content_label(key, entry.kind)


@register.filter
def track(entry: RegisterEntry) -> tracks.Track:
    """The articles that hold for this entry's kind."""
    return tracks.of(entry.kind)


@register.filter
def filed_note(entry: RegisterEntry) -> str:
    """The day of filing as printed, where it says more than a day or cannot be read."""
    printed = str(entry.content.get("day_label", ""))
    day, note = read_day(printed)
    return printed if printed and (note or day is None) else ""


@register.filter
def published_text(entry: RegisterEntry) -> list[tuple[Label, str]]:
    """The longer published texts that there are, each with its label."""
    found = []
    for key in TEXTS:
        text = entry.content.get(key, "")
        if text:
            label = Label(content_label(key, entry.kind))
            label.is_link = key == "own_page" and text.startswith(("https://", "http://"))
            found.append((label, text))
    return found


@register.simple_tag
def application_fields(entry: RegisterEntry) -> str:
    """The fields of application in the reader's language."""
    return " · ".join(field_label(code) for code in entry.fields)

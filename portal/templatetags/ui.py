"""The shared components of every page, all shown on /style/."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal import installed
from portal.anchors import anchor, slug

register = template.Library()

# The four meanings of a state; each has its icon, so that colour never speaks alone.
ICON_OF = {"done": "check", "waiting": "clock", "attention": "warning", "stopped": "stop"}
SOON = 5  # working days before a deadline from which it asks for attention


@cache
def _sprite() -> str:
    """The sprite's address: a page asks hundreds of times, and it never changes while we run."""
    return static("portal/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from our sprite; decorative unless it is given a label."""
    target = f"{_sprite()}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, target)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', target)


@register.inclusion_tag("ui/button.html")
def button(text: str, kind: str = "primary", **attributes: str) -> dict[str, Any]:
    """A button, or a link that looks like one when it gets `href`.

    kind: primary, secondary, danger, link. Also: icon, name, value, type, form, size="sm".
    """
    known = ("href", "icon", "name", "value", "type", "form", "size", "id")
    return {
        "text": text,
        "kind": kind,
        **{key: attributes[key] for key in known if attributes.get(key)},
    }


@register.inclusion_tag("ui/status.html")
def status(meaning: str, text: str) -> dict[str, str]:
    """A state as word, icon and colour. meaning: done, waiting, attention, stopped, or neutral."""
    return {"meaning": meaning, "text": text, "icon_name": ICON_OF.get(meaning, "dot")}


@register.simple_block_tag
def notice(content: str, meaning: str = "", title: str = "") -> SafeString:
    """A message beside the text it concerns. meaning: done, waiting, attention, stopped or none."""
    return _box("ui/notice.html", content, meaning=meaning, title=title)


@register.simple_block_tag
def confirmation(content: str, title: str, level: int = 1) -> SafeString:
    """The panel that says what was done, on the page after a consequential act."""
    return _box("ui/confirmation.html", content, title=title, level=level)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What a list says when it holds nothing: why, and what to do."""
    return _box("ui/empty.html", content, title=title)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002 - the HTML attribute's name
    """A dialog that a link with data-dialog opens; without JavaScript the link is followed."""
    return _box("ui/dialog.html", content, id=id, title=title)


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False) -> SafeString:  # noqa: A002
    """Text that is folded until somebody asks for it."""
    return _box("ui/disclosure.html", content, summary=summary, open=open)


def _box(name: str, content: str, **context: Any) -> SafeString:
    page: SafeString = render_to_string(name, {**context, "content": mark_safe(content)})  # noqa: S308 - rendered
    return page


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """Events, newest first. Each has: sentence, at, and perhaps actor, meaning, note, url."""
    return {"events": events}


@register.inclusion_tag("ui/stages.html")
def stages(steps: Iterable[Any]) -> dict[str, Any]:
    """A bar of stages. Each has: name, state (done, current or todo), and perhaps note."""
    return {"steps": steps}


@register.inclusion_tag("ui/pager.html")
def pager(page: Any) -> dict[str, Any]:
    """Links of a keyset page: `first_url`, `previous_url`, `next_url` (each may be missing), `summary`."""
    return {"page": page}


@register.inclusion_tag("ui/deadline.html")
def deadline(day: date | None, left: int | None = None, *, standard: bool = False) -> dict[str, Any]:
    """A day and the working days that are left; overdue and near ones are marked.

    ``standard``: the day is the authority's service standard, and no law.
    """
    meaning = ""
    if left is not None and left <= SOON:
        meaning = "stopped" if left < 0 else "attention"
    late = -left if left is not None else None
    return {"day": day, "left": left, "late": late, "meaning": meaning, "standard": standard}


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A day as people write it: 2026年11月23日, 23 November 2026. Of a moment, the day here."""
    if value is None:
        return ""
    chinese = (get_language() or "").startswith("zh")
    return date_format(value, "Y年n月j日" if chinese else "j F Y")


@register.filter
def digest(value: str) -> SafeString:
    """A digest in groups of four, as people compare it aloud."""
    groups = re.findall(r".{1,4}", value or "")
    spans = format_html_join("", "<span>{}</span>", ((group,) for group in groups))
    return format_html('<span class="digest" translate="no">{}</span>', spans)


@register.inclusion_tag("ui/copy.html")
def copy(value: str, what: str = "") -> dict[str, str]:
    """A button that copies a value; shown only where it works."""
    return {"value": value, "what": what}


@register.inclusion_tag("ui/files.html")
def files(items: Iterable[Any]) -> dict[str, Any]:
    """Attachments. Each has: name, url, and perhaps size, note, sha256, remove_url."""
    return {"items": items}


@register.inclusion_tag("ui/sidenav.html")
def sidenav(groups: Iterable[Any], label: str) -> dict[str, Any]:
    """Navigation beside a page. Groups have title and links; links: url, text, note, current."""
    return {"groups": groups, "label": label}


@register.simple_tag
def cites(codes: Iterable[str] | str | None) -> SafeString:
    """Links to the articles that a sentence rests on; a comma-separated text will do."""
    if not codes:
        return mark_safe("")
    listed = [c.strip() for c in codes.split(",")] if isinstance(codes, str) else list(codes)
    links = format_html_join(" ", '<a href="{}">{}</a>', ((citation_url(c), c) for c in listed))
    return format_html('<span class="cites">{}</span>', links)


def citation_url(code: str) -> str:
    """Where the article behind a citation stands on the law pages."""
    key, _space, number = code.rpartition(" ")
    return f"{reverse('portal:law-detail', args=[slug(key)])}#{anchor(number)}"


@register.simple_tag
def site_name() -> str:
    """The name of this portal, as the installation set it."""
    return str(settings.PORTAL_NAME)


@register.simple_tag
def authority_name() -> str:
    """The authority whose portal this is, in the reader's language; empty before set-up."""
    names = installed.authority()
    return names.zh if (get_language() or "").startswith("zh") else names.en


@register.simple_tag
def demonstration() -> bool:
    """Whether this installation holds invented data only."""
    return bool(settings.DEMONSTRATION)


@register.simple_tag(takes_context=True)
def here(context: template.Context, prefix: str) -> bool:
    """Whether the page stands under an address."""
    request = context.get("request")
    return request is not None and request.path.startswith(prefix)


@register.inclusion_tag("bootstrap5/field.html")
def field(bound: BoundField, plain: bool = False, is_asked: bool = False) -> dict[str, Any]:
    """One form field as label, help, citations, error and input.

    `plain` drops a repeating placeholder; `is_asked` does not call it optional, though it may stay empty.
    """
    if plain:
        bound.field.widget.attrs.pop("placeholder", None)
    return {"field": bound, "form_show_labels": True, "form_show_errors": True, "is_asked": is_asked}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """All errors of forms, formsets and problem lists, each a link to its field; takes focus."""
    errors = [error for source in sources for error in _errors(source)]
    title = ngettext("There is %(count)d problem", "There are %(count)d problems", len(errors))
    return {"errors": errors, "title": title % {"count": len(errors)}}


def _errors(source: Any) -> list[tuple[str, str]]:
    if not source:
        return []
    if isinstance(source, BaseForm):
        return _form_errors(source)
    if hasattr(source, "forms"):
        own = [("", str(e)) for e in source.non_form_errors()]
        return own + [error for form in source.forms for error in _form_errors(form)]
    if isinstance(source, Mapping):
        return [(href, str(text)) for href, text in source.items()]
    return [(getattr(p, "href", "") or f"#{anchor(str(p.path))}", str(p.message)) for p in source]


def _form_errors(form: BaseForm) -> list[tuple[str, str]]:
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        where = bound.id_for_label or bound.auto_id
        found += [
            (f"#{where}", gettext("%(field)s: %(error)s") % {"field": str(bound.label).rstrip("。. "), "error": error})
            for error in bound.errors
        ]
    return found


@register.filter
def is_optional(bound: BoundField) -> bool:
    """Whether an answer may be left out: by its specification where it has one."""
    spec = getattr(bound.field, "spec", None)
    return not (spec.required if spec is not None else bound.field.required)


@register.inclusion_tag("ui/language.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """A button to the other language that returns to the same page."""
    request = context.get("request")
    other = "en" if (get_language() or "").startswith("zh") else "zh-hans"
    return {
        "code": other,
        "name": dict(settings.LANGUAGES)[other],
        "csrf_token": context.get("csrf_token", ""),
        "here": request.get_full_path() if request is not None else "/",
    }


NO_ENDORSEMENT = _(
    "Filing is not approval. The authority does not endorse the provider, the algorithm or the product, "
    "and a filing may not be used for advertising."
)


@register.simple_tag
def no_endorsement() -> str:
    """The sentence every public page and document carries."""
    return str(NO_ENDORSEMENT)

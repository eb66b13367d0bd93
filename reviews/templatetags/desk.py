"""What the desk's templates need beside the shared components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.defaultfilters import filesizeformat, linebreaksbr, urlencode
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from reviews.sheet import Cell

register = template.Library()

BEGIN = '<div class="cell{}" id="at-{}"><dt>{}</dt><dd>'
VALUE, NOTHING = '<span class="value">{}</span>', '<span class="muted">{}</span>'
RAISE = (
    ' <a class="raise" href="?at={}#finding-form" data-at="{}" data-label="{}">{}{}'
    '<span class="visually-hidden"> – {}</span></a>'
)
FILE = '<li>{}<a href="{}" target="_blank" rel="noopener"{}>{}</a> <small>{}</small></li>'
PREVIEWED = ("application/pdf", "image/png", "image/jpeg")
END = "</dd></div>"


@register.simple_tag
def plain_cell(cell: Cell, at: str, file_icon: SafeString, pen: SafeString | str = "", finding: str = "") -> SafeString:
    """An answer that nobody changed and nobody said anything of, as ``reviews/_cell.html`` shows one.

    A page holds hundreds: one call each, where a template would take twenty nodes. ``pen`` and
    ``finding`` are what the link says that begins a finding; empty for who only reads.
    """
    label, path, value = escape(cell.label), escape(cell.path), cell.value
    form, values = BEGIN, [" is-at" if cell.path == at else "", path, label]
    if cell.files:
        shown = format_html_join("", FILE, (_file(file, file_icon) for file in cell.files))
        form, values = form + '<ul class="files">{}</ul>', [*values, shown]
    elif value:
        form, values = form + VALUE, [*values, linebreaksbr(value) if "\n" in value else value]
    else:
        form, values = form + NOTHING, [*values, _("no answer")]
    if finding:
        form, values = form + RAISE, [*values, urlencode(cell.path), path, label, pen, finding, label]
    return format_html(form + END, *values)


def _file(file: dict[str, Any], file_icon: SafeString) -> tuple[Any, ...]:
    """What ``reviews/_file.html`` shows of a file."""
    address = reverse("filings:attachment-download", args=[file["attachment"]])
    preview = mark_safe(" data-preview") if file["type"] in PREVIEWED else ""
    return file_icon, address, preview, file["name"], filesizeformat(file["size"])


@register.filter
def late(left: int) -> int:
    """Working days overdue, from a negative number of days left."""
    return -left

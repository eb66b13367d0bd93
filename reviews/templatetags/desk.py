"""What the desk's templates need beside the shared components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.defaultfilters import linebreaksbr, urlencode
from django.utils.html import escape, format_html
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
END = "</dd></div>"


@register.simple_tag
def plain_cell(cell: Cell, at: str, pen: SafeString | str, finding: str) -> SafeString:
    """An answer that nobody changed and nobody said anything of, as ``reviews/_cell.html`` shows one.

    A page holds hundreds: one call each, where a template would take twenty nodes. ``pen`` and
    ``finding`` are what the link says that begins a finding; empty for who only reads.
    """
    label, path, value = escape(cell.label), escape(cell.path), cell.value
    shown = linebreaksbr(value) if "\n" in value else value or _("no answer")
    form, values = BEGIN + (VALUE if value else NOTHING), [" is-at" if cell.path == at else "", path, label, shown]
    if finding:
        form, values = form + RAISE, [*values, urlencode(cell.path), path, label, pen, finding, label]
    return format_html(form + END, *values)


@register.filter
def late(left: int) -> int:
    """Working days overdue, from a negative number of days left."""
    return -left

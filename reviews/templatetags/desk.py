"""What the desk's templates need beside the shared components."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from reviews.sheet import Cell

register = template.Library()

CELL = '<div class="cell{}" id="at-{}"><dt>{}</dt><dd>{}{}</dd></div>'
FILES, FILE = (
    '<ul class="files">{}</ul>',
    '<li>{}<a href="{}" target="_blank" rel="noopener"{}>{}</a> <small>{}</small></li>',
)
VALUE, NOTHING = '<span class="value">{}</span>', '<span class="muted">{}</span>'
RAISE = ' <a class="raise" href="?at={}#finding-form">{}<span class="visually-hidden"> – {}</span></a>'
PREVIEWED = ("application/pdf", "image/png", "image/jpeg")


@register.simple_tag
def plain_cell(cell: Cell, at: str, file_icon: SafeString, finding: str = "") -> SafeString:
    """An answer that nobody changed and nobody said anything of, as ``reviews/_cell.html`` shows one.

    A page holds hundreds: one call each, where a template would take twenty nodes. ``finding`` is
    what the link says that begins a finding; empty for who only reads.
    """
    label, path = html.escape(cell.label), html.escape(cell.path)
    if cell.files:
        shown = FILES.format(format_html_join("", FILE, (_file(file, file_icon) for file in cell.files)))
    elif cell.value:
        shown = VALUE.format(html.escape(cell.value).replace("\n", "<br>"))
    else:
        shown = NOTHING.format(html.escape(_("no answer")))
    link = RAISE.format(quote(cell.path), html.escape(finding), label) if finding else ""
    # Every text above was escaped once; format_html would look at each of them again.
    return mark_safe(CELL.format(" is-at" if cell.path == at else "", path, label, shown, link))  # noqa: S308


def _file(file: dict[str, Any], file_icon: SafeString) -> tuple[Any, ...]:
    """What ``reviews/_file.html`` shows of a file."""
    address = reverse("filings:attachment-download", args=[file["attachment"]])
    preview = mark_safe(" data-preview") if file["type"] in PREVIEWED else ""
    return file_icon, address, preview, file["name"], filesizeformat(file["size"])


@register.filter
def late(left: int) -> int:
    """Working days overdue, from a negative number of days left."""
    return -left

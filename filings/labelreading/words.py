"""What a verdict says in words: the part that is wrong, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from filings.labelreading.reading import State

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATES: dict[str, StrOrPromise] = {
    State.PRESENT: _("Implicit label found"),
    State.MALFORMED: _("Implicit label malformed"),
    State.ABSENT: _("No implicit label found"),
}
SAID: dict[str, StrOrPromise] = {
    "empty": _("The field AIGC is there and empty."),
    "too_long": _("The field AIGC is longer than any label."),
    "encoding": _("The field AIGC is not written in UTF-8."),
    "json": _("The field AIGC holds no JSON."),
    "json.twice": _("The JSON of the field AIGC names one key twice."),
    "object": _("The field AIGC holds JSON, and no object with the label's keys."),
    "missing": _("The key %(part)s is missing."),
    "case": _("The key %(part)s is written in other capitals; write it exactly so."),
    "type": _("The value of %(part)s is no text."),
    "label": _("Label is not 1 (is generated), 2 (may be) or 3 (suspected)."),
    "producer.form": _("ContentProducer looks like a code, and is not 0011, the credit code and five more characters."),
    "producer.check_character": _("The credit code in ContentProducer does not fit its check character."),
    "absent": _("The key %(part)s is not there; the standard lists it, and it may be empty."),
    "unknown_key": _("There are keys that the standard does not list."),
    "label.number": _("Label is a number; the standard writes it as text."),
    "characters": _(
        "%(part)s holds characters beyond printable ASCII, or spaces; the standard is said to exclude them."
    ),
    "producer.role": _("The code in ContentProducer ends as that of who spreads content, not of who makes it."),
    "place": _("The label stands where none is looked for, so others may not find it."),
    "several": _("There is more than one label; the standard asks for one."),
    "several.differ": _("There is more than one label, and they differ."),
    "file.damaged": _("The structure of the file is damaged, so it was read only in part."),
    "file.bounds": _("The file asks for more reading than a sound one needs, so it was read only in part."),
    "format.unread": _("Implicit labels are not read in this kind of file."),
}
EMPTY = _("The value of %(part)s is empty.")


def said(code: str) -> str:
    """A problem or remark as a sentence in the reader's language."""
    name, _colon, part = code.partition(":")
    template = EMPTY if name == "empty" and part else SAID[name]
    return str(template) % {"part": part} if part else str(template)

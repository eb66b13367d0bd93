"""Attachments as answers: the form knows references to stored files, never the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

NEW_FILES_SUFFIX = "-new"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Accepts:
    """Which files an answer takes: media types, how many, and how large each may be (bytes)."""

    types: tuple[str, ...]
    most: int = 10
    size: int = 20 * MEGABYTE


IMAGES = ("image/png", "image/jpeg", "image/webp")
PAPERS = ("application/pdf", *IMAGES)
SCAN = Accepts(PAPERS, most=5)
ONE_SCAN = Accepts(PAPERS, most=1)
PICTURES = Accepts(IMAGES, most=20)
EVIDENCE = Accepts((*PAPERS, "video/mp4"), most=20, size=50 * MEGABYTE)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS = (WORKBOOK, "text/csv")
ONE_SHEET = Accepts(SHEETS, most=1, size=50 * MEGABYTE)
SHEETS_AND_SCANS = Accepts((*PAPERS, *SHEETS), most=10)
RULES_OF_ANNOTATION = Accepts(("application/pdf", WORD, *SHEETS), most=5)
LABEL_SAMPLE = Accepts(
    (*PAPERS, WORD, "text/plain", "audio/mpeg", "audio/wav", "video/mp4"), most=3, size=50 * MEGABYTE
)
SAMPLES = Accepts(
    (*PAPERS, "text/plain", "audio/mpeg", "audio/wav", "audio/x-wav", "video/mp4"),
    most=10,
    size=50 * MEGABYTE,
)


class AttachmentsInput(forms.Widget):
    """Files already there as boxes that keep them, and one input for new ones.

    Posts the kept identifiers under the field's name. The page's view stores what arrives under
    the name with `NEW_FILES_SUFFIX` and appends the new identifiers to the posted data.
    """

    needs_multipart_form = True
    references: Mapping[str, Mapping[str, Any]] = {}
    accept = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        if isinstance(data, MultiValueDict):
            return [str(each) for each in data.getlist(name)]
        value = data.get(name) or []
        return [value] if isinstance(value, str) else [str(each) for each in value]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        identifiers = value if isinstance(value, list) else []
        kept = format_html_join(
            "",
            '<label class="attachment-kept"><input type="checkbox" name="{}" value="{}" checked>'
            " <span>{}</span></label>",
            ((name, each, self.references.get(each, {}).get("name", each)) for each in identifiers),
        )
        return format_html(
            '<div class="attachments" data-attachments="{}">{}'
            '<input type="file" name="{}{}" id="{}" accept="{}" multiple></div>',
            name,
            kept,
            name,
            NEW_FILES_SUFFIX,
            (attrs or {}).get("id", f"id_{name}"),
            self.accept,
        )


class AttachmentsField(forms.Field):
    """Cleans to a list of references; only files in `known` may be named."""

    widget: type[forms.Widget] | forms.Widget = AttachmentsInput

    def __init__(self, *, accepts: Accepts, **options: Any) -> None:
        super().__init__(**options)
        self.accepts = accepts
        self.know({})

    def know(self, references: Mapping[str, Mapping[str, Any]]) -> None:
        """Say which files exist for this dossier, by identifier."""
        self.known = references
        widget = self.widget
        if isinstance(widget, AttachmentsInput):
            widget.references = references
            widget.accept = ",".join(self.accepts.types)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        identifiers = list(dict.fromkeys(value or ()))
        if len(identifiers) > self.accepts.most:
            raise forms.ValidationError(
                _("There are %(count)s files; at most %(most)s are taken here. Remove some or join them into one PDF."),
                params={"count": len(identifiers), "most": self.accepts.most},
            )
        references = []
        for identifier in identifiers:
            if identifier not in self.known:
                raise forms.ValidationError(_("A file named here is not stored with this dossier. Upload it again."))
            references.append(dict(self.known[identifier]))
        for reference in references:
            self._check(reference)
        return references

    def _check(self, reference: Mapping[str, Any]) -> None:
        if reference.get("type") not in self.accepts.types:
            raise forms.ValidationError(
                _("“%(name)s” is of a type not taken here (%(type)s). Upload one of: %(types)s."),
                params={
                    "name": reference.get("name"),
                    "type": reference.get("type"),
                    "types": ", ".join(each.rpartition("/")[2] for each in self.accepts.types),
                },
            )


def references_in(stored: Any) -> dict[str, dict[str, Any]]:
    """The attachment references of a stored answer, by identifier."""
    listed = stored if isinstance(stored, list) else []
    return {
        ref["attachment"]: ref for ref in listed if isinstance(ref, dict) and isinstance(ref.get("attachment"), str)
    }

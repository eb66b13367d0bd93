"""The form that says which column of a file is which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from filings.annexchecks.columns import Annex


class ColumnsForm(forms.Form):
    """One choice a column of the annex, among the headings that the file has."""

    def __init__(self, *args: Any, annex: Annex, headings: Sequence[str], known: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", _("– none –")), *((each, each) for each in dict.fromkeys(headings))]
        for column in annex.columns:
            self.fields[column.code] = forms.ChoiceField(
                label=column.title,
                help_text=column.explains,
                choices=choices,
                required=column.required,
                initial=known.get(column.code, ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [name for name in cleaned.values() if name]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("One column was chosen for two purposes. Choose another for one of them."))
        return cleaned

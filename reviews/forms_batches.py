"""Which authority publishes a batch, and on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.models import Authority

if TYPE_CHECKING:
    from collections.abc import Iterable


class DayForm(forms.Form):
    """The day of a batch."""

    publish_on = forms.DateField(
        label=_("To be published on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class OpenForm(DayForm):
    """A batch of one of the officer's authorities."""

    authority = forms.ModelChoiceField(label=_("Authority"), queryset=Authority.objects.none(), empty_label=None)

    def __init__(self, *args: Any, authorities: Iterable[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Authority.objects.filter(pk__in=[each.pk for each in authorities]).order_by("pk")
        self.fields["authority"].queryset = rows  # type: ignore[attr-defined]

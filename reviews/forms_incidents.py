"""What an officer writes on an incident report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.models import Authority
from reviews.forms import DeskForm

if TYPE_CHECKING:
    from django.db.models import QuerySet


class DealForm(DeskForm):
    """One text for every step; the day and the authority only where the step takes them."""

    text = forms.CharField(
        label=_("What the provider is told"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("The provider acts by"), required=False,
        help_text=_("Left empty: the day it promised for the correction, else the service standard."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    to = forms.ModelChoiceField(label=_("Forward to"), queryset=Authority.objects.none(), required=False)

    def __init__(self, *args: Any, competent: QuerySet[Authority] | None, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField), "declared above"
        if competent is None:
            del self.fields["to"]
        else:
            field.queryset = competent
        if not asks:
            del self.fields["due_on"]

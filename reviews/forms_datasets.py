"""What an officer fills in about a data set on offer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.models import DataGrade
from reviews.forms import DeskForm


class GradeForm(DeskForm):
    grade = forms.ChoiceField(label=_("Grade to confirm"), choices=DataGrade, required=False)
    reasons = forms.CharField(
        label=_("Reasons"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to return the offer, or for another grade than the one asked for."),
    )  # fmt: skip

"""Forms of the desk of traces: input to clean values and nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.models import ResourceKind, ResourceMark
from reviews.forms import DeskForm


class TraceSearch(DeskForm):
    q = forms.CharField(label=_("Name or number"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of thing"), required=False, choices=[("", _("All kinds")), *ResourceKind.choices]
    )


class MarkForm(DeskForm):
    word = forms.ChoiceField(label=_("Mark as"), choices=ResourceMark.Word, widget=forms.RadioSelect)
    legal_basis = forms.CharField(
        label=_("Article"), max_length=40, initial="GAI 7(1)", help_text=_("As cited in the portal, such as GAI 7(1).")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Providers whose drafts cite it read this sentence."),
    )


class LiftForm(DeskForm):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

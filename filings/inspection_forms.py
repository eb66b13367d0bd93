"""Forms of an inspection on the provider's side: input to clean values and nothing else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.ending_forms import LONGEST, EvidenceField
from filings.forms import SeveralFiles


class AnswerForm(forms.Form):
    """What is written to the inspectors, with evidence: an answer, or a correction that was made."""

    text = forms.CharField(
        label=_("Your explanation"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your explanation.")},
    )  # fmt: skip
    files = EvidenceField(  # type: ignore[assignment]  # a field; Django takes it off the class
        label=_("Evidence"), required=False, help_text=_("Screenshots, notices, records. Optional."),
        widget=SeveralFiles(attrs={"multiple": True}),
    )  # fmt: skip


class SamplesForm(forms.Form):
    files = EvidenceField(  # type: ignore[assignment]  # likewise
        label=_("Samples of output"),
        help_text=_("Files as your service gives them to users. Their implicit labels are read at once."),
        widget=SeveralFiles(attrs={"multiple": True}),
    )


class LaterForm(forms.Form):
    date = forms.DateField(
        label=_("Later date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter a day."), "invalid": _("Enter a day.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why you need more time"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why you need more time.")},
    )  # fmt: skip

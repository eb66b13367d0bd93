"""Forms of the desk for complaints and objections: input to clean values and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.models import Complaint
from reviews.forms import DeskForm
from reviews.models import Proposal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from filings.models import PublicFile

LONGEST = 4000


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )  # fmt: skip


class TextForm(DeskForm):
    """One text, for whom the page says."""

    text = _text(_("Text"))


class ForwardForm(DeskForm):
    """What the provider is told, until when it answers, and which pictures it gets."""

    text = _text(
        _("What is put to the provider"),
        _("In your own words, without anything that shows who complained. The provider reads this and nothing else."),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    pictures = forms.MultipleChoiceField(
        label=_("Pictures that I looked at and that do not show who complained"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Handed on without name, place and device."),
    )  # fmt: skip

    def __init__(self, *args: Any, pictures: Iterable[tuple[str, str]], due_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due_on": due_on}, **kwargs)
        choices = list(pictures)
        self.fields["pictures"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["pictures"]

    def chosen(self, files: Iterable[PublicFile]) -> list[PublicFile]:
        wanted = set(self.cleaned_data.get("pictures", ()))
        return [file for file in files if str(file.pk) in wanted]


class AskMoreForm(DeskForm):
    """A further question to the provider."""

    text = _text(_("Question to the provider"))
    due_on = forms.DateField(label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class RejectForm(DeskForm):
    """Why a complaint is not dealt with."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Complaint.Ground)
    first = forms.CharField(
        label=_("Reference of the first complaint"), required=False, max_length=40,
        help_text=_("Only where the same was complained of before."),
    )  # fmt: skip
    text = _text(_("Reasons"), _("Told to who complained."))


class ObjectionProposalForm(DeskForm):
    """How an objection is to be decided."""

    kind = forms.ChoiceField(
        label=_("Decision"), choices=[(k.value, k.label) for k in (Proposal.Kind.UPHOLD, Proposal.Kind.REJECT)]
    )  # fmt: skip
    reasons = _text(_("Reasons"), _("Told to who objected."))
    follow_up = forms.CharField(
        label=_("What follows if it is upheld"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The order is lifted, the entry corrected, the decision taken anew: each by its own rules."),
    )  # fmt: skip

"""Forms of inspections on the desk: input to clean values and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.ending_forms import EvidenceField
from filings.forms import SeveralFiles
from filings.inspections import MOST_DRAWN
from filings.models import Authority, FilingKind, InspectionCause, InspectionCheck, InspectionMode, InspectionResult
from filings.orders import ARTICLES
from filings.views.requests import number
from reviews.forms import DeskForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise


def _text(label: StrOrPromise, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _day(label: StrOrPromise, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class AuthorityChoice(DeskForm):
    """Under which of the officer's authorities something is opened."""

    authority = forms.ModelChoiceField(label=_("Authority"), queryset=Authority.objects.none(), empty_label=None)

    def __init__(self, *args: Any, authorities: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["authority"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Authority.objects.filter(pk__in=list(authorities)).order_by("pk")


class OpenForm(AuthorityChoice):
    mode = forms.ChoiceField(
        label=_("How it comes about"), choices=[c for c in InspectionMode.choices if c[0] != InspectionMode.SAMPLE]
    )
    cause = forms.ChoiceField(
        label=_("Cause"), required=False, choices=[("", _("none: it is planned")), *InspectionCause.choices]
    )
    reason = _text(_("Reason"), help_text=_("Kept with the inspection, for officers only."))
    numbers = _text(_("Numbers of the filings"), help_text=_("One a line."))
    due_on = _day(_("Answers by"), required=False, help_text=_("Empty: the questions are sent later."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("mode") == InspectionMode.CAUSE) != bool(given.get("cause")):
            self.add_error("cause", _("Name the cause of an inspection for cause, and of no other."))
        return given

    def clean_numbers(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["numbers"].split()))[:MOST_DRAWN]


class ChosenForm(AuthorityChoice):
    """Which of the listed filings, why, and until when their providers answer."""

    filings = forms.Field(
        label=_("Filings"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one filing.")},
    )  # fmt: skip
    reason = _text(_("Reason"), help_text=_("Kept with each inspection, for officers only."))
    due_on = _day(_("Answers by"), required=False, help_text=_("Empty: the questions are sent later."))

    def keys(self) -> set[int]:
        """The keys among what was posted."""
        posted = self["filings"].data or []
        return {key for each in posted if (key := number(each)) is not None}

    def clean_filings(self) -> set[int]:
        keys = self.keys()
        if not keys or len(keys) > MOST_DRAWN:
            raise forms.ValidationError(_("Choose among the filings that are listed."))
        return keys


class DrawForm(AuthorityChoice):
    kind = forms.ChoiceField(label=_("Kind of filing"), choices=FilingKind.choices)
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_DRAWN)
    seed = forms.CharField(
        label=_("Seed"), max_length=64,
        help_text=_("A text fixed beforehand, such as a date. The same seed draws the same sample, whoever draws."),
    )  # fmt: skip
    reason = _text(_("Reason"), help_text=_("Kept with the inspection, for officers only."))


class DueForm(DeskForm):
    due_on = _day(_("Answers by"))


class QuestionForm(DeskForm):
    text = _text(_("Question to the provider"))


class AskMoreForm(QuestionForm):
    due_on = _day(_("Answers by"))


class ReasonForm(DeskForm):
    reason = _text(_("Reason"))


class NotCorrectedForm(ReasonForm):
    due_on = _day(_("To be corrected by"))


class OtherAuthorityForm(DeskForm):
    authority = forms.ModelChoiceField(
        label=_("Authority"), queryset=Authority.objects.filter(is_active=True).order_by("ministry", "level", "pk")
    )


class SamplesForm(DeskForm):
    files = EvidenceField(  # type: ignore[assignment]  # a field; Django takes it off the class
        label=_("Samples of output"), widget=SeveralFiles(attrs={"multiple": True})
    )


class OrderForm(DeskForm):
    """An order to correct, drafted and put before a signatory in one step."""

    articles = forms.MultipleChoiceField(
        label=_("Legal basis"), choices=[(code, code) for code in ARTICLES["correct"]],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    facts = _text(_("What was found"))
    demand = _text(_("What is ordered"))
    due_on = _day(_("To be corrected by"))
    reasons = _text(_("Reasons for the decision"))


class CheckForm(DeskForm):
    state = forms.ChoiceField(label=_("Found"), choices=InspectionCheck.State)
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)


class CloseForm(DeskForm):
    result = forms.ChoiceField(label=_("Result"), choices=InspectionResult)
    findings = _text(_("What was found"), help_text=_("Told to the provider."))
    is_public = forms.BooleanField(label=_("Of public interest: show it at the register entry"), required=False)
    public_text = forms.CharField(
        label=_("Short text for the public"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No business secrets, no personal information. Shown with the result and your authority."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("is_public") and not (given.get("public_text") or "").strip():
            self.add_error("public_text", _("Write the text that the public reads."))
        if not given.get("is_public"):
            given["public_text"] = ""
        return given

"""What an officer fills in on the way through a technical test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import AskedQuestion, Bank

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MOST = 5_000
SHOWS = (("all", _("all")), ("left", _("no verdict yet")), ("failed", _("did not pass")), ("passed", _("passed")))


class Plain(forms.Form):
    """Labels end without a colon, which would need another one in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class BeginForm(Plain):
    """How many of each bank, how many of our own, and a seed if one was agreed on."""

    seed = forms.CharField(
        label=_("Seed"),
        required=False,
        max_length=64,
        help_text=_("Empty: made here, so that nobody can foresee it. It is kept: seed and file give the same sample."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, banks: Collection[str], own: Mapping[str, int], usual: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for bank in map(str, Bank):
            label = Bank(bank).label
            if bank in banks:
                self.fields[bank] = forms.IntegerField(
                    label=_("%(bank)s: drawn from the provider's") % {"bank": label},
                    min_value=0,
                    required=False,
                    max_value=MOST,
                    initial=usual.get(bank, 0),
                )
            if own.get(bank):
                self.fields[f"own_{bank}"] = forms.IntegerField(
                    label=_("%(bank)s: of our own (%(count)s at hand)") % {"bank": label, "count": own[bank]},
                    min_value=0,
                    required=False,
                    max_value=own[bank],
                    initial=0,
                )

    def given(self) -> dict[str, Any]:
        """The answers as ``testing.begin`` takes them."""
        said = self.cleaned_data
        return {
            "seed": said["seed"],
            "sizes": {bank: said[bank] for bank in map(str, Bank) if said.get(bank)},
            "own": {bank: said[f"own_{bank}"] for bank in map(str, Bank) if said.get(f"own_{bank}")},
        }


class JudgeForm(Plain):
    """An answer and a verdict on it."""

    answer = forms.CharField(
        label=_("Answer of the service"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    verdict = forms.ChoiceField(choices=[("", ""), *AskedQuestion.Verdict.choices], required=False)


class ReasonForm(Plain):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class FinishForm(Plain):
    conclusion = forms.CharField(
        label=_("Conclusion of the test"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SheetForm(Plain):
    file = forms.FileField(
        label=_("Sheet with answers and verdicts (CSV or XLSX)"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ShowForm(Plain):
    """Which questions a list shows; anything else in the address is ignored."""

    show = forms.ChoiceField(label=_("Show"), choices=SHOWS, required=False)
    bank = forms.ChoiceField(label=_("Kind of question"), choices=[("", _("all")), *Bank.choices], required=False)

    def wanted(self) -> tuple[str, str]:
        said = self.cleaned_data if self.is_valid() else {}
        return said.get("show") or "all", said.get("bank") or ""

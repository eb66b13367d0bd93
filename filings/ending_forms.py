"""Forms of what ends: a cancellation, an answer in a hearing, a report on an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.endings import Notice
from filings.forms import SeveralFiles

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 4_000


class EvidenceField(forms.FileField):
    """Any number of files; the rule looks at each."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(EvidenceField, self).clean(each, initial) for each in given]


def _text(label: StrOrPromise, missing: StrOrPromise, help_text: StrOrPromise = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )  # fmt: skip


def _files() -> EvidenceField:
    return EvidenceField(
        label=_("Evidence"), required=False, help_text=_("Screenshots, notices, records. Optional."),
        widget=SeveralFiles(attrs={"multiple": True}),
    )  # fmt: skip


class CancelForm(forms.Form):
    """What a provider says of a service that ended (Algorithm Provisions, art. 24(3))."""

    ended_on = forms.DateField(
        label=_("The service ended on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day on which the service ended."), "invalid": _("Enter a day.")},
    )  # fmt: skip
    reason = _text(_("Why it ended"), _("Say why the service ended."))
    users = _text(
        _("What happens to users"), _("Say what happens to users."), _("Accounts, balances, contracts, other services.")
    )
    data = _text(  # type: ignore[assignment]  # a field; Django takes it off the class
        _("What happens to data"), _("Say what happens to data."), _("Personal information, logs, generated content.")
    )
    told = _text(_("How and when users were told"), _("Say how and when users were told."))
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class

    def notice(self) -> Notice:
        return Notice(**{name: value for name, value in self.cleaned_data.items() if name != "files"})


class HearingForm(forms.Form):
    """The provider's one answer."""

    text = _text(_("Your answer"), _("Write your answer."))
    in_person = forms.BooleanField(
        label=_("We ask to be heard in person before the decision."), required=False
    )  # fmt: skip
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class


class ReportForm(forms.Form):
    """What was done on an order."""

    text = _text(_("What was done"), _("Say what was done."))
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class

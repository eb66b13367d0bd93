"""Forms that are not part of a dossier."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from filings import wording, workingdays
from filings.models import Capacity

MOST_DELAY = dt.timedelta(days=183)


class SignersForm(forms.Form):
    """An address for each person who must confirm; one field a person."""

    def __init__(
        self,
        *args: Any,
        signers: list[tuple[list[str], str, str]],
        known: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for capacities, name, _number in signers:
            title = " / ".join(str(Capacity(c).label) for c in capacities)
            initial = next((known[c] for c in capacities if (known or {}).get(c)), "") if known else ""
            self.fields[capacities[0]] = forms.EmailField(
                label=format_lazy("{name} · {title}", name=name, title=title),
                help_text=_("A one-time link goes to this address. The person needs no account."),
                initial=initial,
                required=False,
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            )

    def addresses(self) -> dict[str, str]:
        """Address by the first capacity of each person."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Enter at least one address to send a link to."))
        return cleaned


class ConfirmForm(forms.Form):
    """What a person enters behind a one-time link."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("As it stands on your identity paper."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    last_four = forms.RegexField(
        regex=r"^[0-9A-Za-z]{4}$",
        label=_("Last four characters of your identity number"),
        help_text=_("Four characters; the last may be X."),
        error_messages={"invalid": _("Enter exactly the last four characters, for example 123X.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 4, "class": "short"}),
    )
    agrees = forms.BooleanField(
        label=_("I have read the documents and confirm that they are true, accurate and complete."),
        error_messages={"required": _("Tick the box once you have read the documents.")},
    )


class SeveralFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class SignedScanForm(forms.Form):
    """A signed scan, and the name of each person who signed; the files are looked at by the rule."""

    def __init__(self, *args: Any, signers: list[tuple[list[str], str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for capacities, _name, _number in signers:
            title = " / ".join(str(Capacity(c).label) for c in capacities)
            self.fields[capacities[0]] = forms.CharField(
                label=format_lazy(_("Signed by ({title})"), title=title),
                max_length=100,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.fields["files"] = forms.Field(
            label=_("Scan"),
            required=False,
            help_text=_("One PDF, or a picture of each page (PNG, JPEG, WebP); at least 150 dots an inch."),
            widget=SeveralFiles(attrs={"multiple": True, "accept": ".pdf,.png,.jpg,.jpeg,.webp"}),
        )
        self.fields["declares"] = forms.BooleanField(
            label=_("They signed these papers by hand, and the entity's stamp is on them."),
            error_messages={"required": _("Tick the box once the papers are signed and stamped.")},
        )
        self.signers = signers

    def names(self) -> dict[str, str]:
        """Who signed, by every capacity."""
        return {each: self.cleaned_data[caps[0]] for caps, _name, _number in self.signers for each in caps}


class AnswerForm(forms.Form):
    """The provider's answer to one finding."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        help_text=_("Say what you changed, or why nothing needs to change."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LaterDateForm(forms.Form):
    """A request for a later rectification date."""

    date = forms.DateField(
        label=_("New date"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("A working day.")
    )
    reason = forms.CharField(
        label=_("Why more time is needed"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, after: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def clean_date(self) -> dt.date:
        date: dt.date = self.cleaned_data["date"]
        if date <= self.after:
            raise forms.ValidationError(_("Choose a day after the present date."))
        if date > self.after + MOST_DELAY:
            raise forms.ValidationError(_("Choose a day within half a year of the present date."))
        try:
            is_workday = workingdays.next_workday(date) == date
        except workingdays.CalendarUnknown:
            raise forms.ValidationError(_("The working calendar does not reach that day yet.")) from None
        if not is_workday:
            said = _("%(date)s is no working day. The next one is %(next)s.")
            days = {"date": wording.day(date), "next": wording.day(workingdays.next_workday(date))}
            raise forms.ValidationError(said % days)
        return date

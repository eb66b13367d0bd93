"""Forms of changes and transfers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from filings.models import Product

EARLIEST = dt.date(2022, 3, 1)  # the Algorithm Provisions came into force


class SinceForm(forms.Form):
    """Since when a change is: a day that has come."""

    changed_on = forms.DateField(
        label=_("Since when is it so?"),
        help_text=_(
            "The day of the change. It is filed within ten working days; a later one is marked as late, and taken."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day of the change.")},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_changed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["changed_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come. File the change once it has happened."))
        if day < EARLIEST:
            raise forms.ValidationError(_("No filing existed on this day. Check the year."))
        return day


class TransferForm(forms.Form):
    """To whom a filing is to go, and why."""

    name = forms.CharField(
        label=_("Name of the receiving entity"),
        help_text=_("Exactly as it stands in its business licence."),
        max_length=200,
        error_messages={"required": _("Enter the name of the receiving entity.")},
    )
    credit_code = forms.CharField(
        label=_("Its unified social credit code"),
        max_length=18,
        error_messages={"required": _("Enter the credit code of the receiving entity.")},
    )
    reason = forms.CharField(
        label=_("Why is the filing transferred?"),
        help_text=_("For example a merger, a spin-off or the sale of the service."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why the filing is transferred.")},
    )


class ConsentForm(forms.Form):
    """Which of its own products the receiver puts in place of the giver's, and its consent."""

    agrees = forms.BooleanField(
        label=_("We take the filing over as it is registered, with all duties that it brings."),
        error_messages={"required": _("Tick the box to consent.")},
    )

    def __init__(self, *args: Any, used: list[Product], own: list[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.used = used
        choices = [("", _("Choose a product")), *((each.key, each.name) for each in own)]
        by_name = {each.name: each.key for each in own}
        for each in used:
            self.fields[f"product_{each.key}"] = forms.ChoiceField(
                label=each.name,
                help_text=_("Which of your own products takes its place?"),
                choices=choices,
                initial=by_name.get(each.name, ""),
                error_messages={"required": _("Choose one of your own products.")},
            )
        self.order_fields([*(f"product_{each.key}" for each in used), "agrees"])

    def products(self) -> dict[str, str]:
        """The receiver's product for each of the giver's, by key."""
        return {each.key: self.cleaned_data[f"product_{each.key}"] for each in self.used}

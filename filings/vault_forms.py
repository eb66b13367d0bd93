"""What a provider fills in to hand over access for the technical test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import VaultDeposit

USUAL = dt.timedelta(days=90)
HIDDEN = {"autocomplete": "off", "spellcheck": "false"}


class DepositForm(forms.Form):
    """One account or API access; a secret that was typed is never printed back."""

    kind = forms.ChoiceField(label=_("What you hand over"), choices=VaultDeposit.Kind, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("What it reaches"),
        choices=VaultDeposit.Scope,
        widget=forms.RadioSelect,
        help_text=_("Some authorities ask for both: one deposit each."),
    )
    address = forms.CharField(
        label=_("Sign-in or API address"),
        max_length=500,
        help_text=_("Where to sign in, or the API's base address."),
        widget=forms.TextInput(attrs=HIDDEN | {"inputmode": "url"}),
    )
    account = forms.CharField(
        label=_("Account name"), max_length=200, required=False, widget=forms.TextInput(attrs=HIDDEN)
    )
    secret = forms.CharField(
        label=_("Password or key"),
        max_length=4000,
        help_text=_("Encrypted at once. Nobody sees it but the officer who tests, and each opening is recorded."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    notes = forms.CharField(
        label=_("How to use it"),
        max_length=4000,
        required=False,
        help_text=_("For example model name, request limits, whom to call when it does not work."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    expires_on = forms.DateField(
        label=_("Ends on"),
        help_text=_("After this day it can no longer be opened and is erased."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = timezone.localdate() + USUAL
        self.fields["kind"].initial = VaultDeposit.Kind.ACCOUNT
        self.fields["scope"].initial = VaultDeposit.Scope.PUBLIC

    def given(self) -> dict[str, Any]:
        """The cleaned answers as ``vault.deposit`` takes them."""
        said = dict(self.cleaned_data)
        own = {name: said.pop(name) for name in ("kind", "scope", "expires_on")}
        return {**own, "access": said}

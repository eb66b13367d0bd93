"""What an owner declares when a filing is to be confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.models import PeriodicConfirmation

Outcome = PeriodicConfirmation.Outcome


class DeclarationForm(forms.Form):
    """Stands or changed; who says it stands declares it expressly, who changed something says what."""

    outcome = forms.ChoiceField(
        label=_("What you declare"),
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you declare.")},
    )
    statement = forms.CharField(
        label=_("What changed, or what else is to be said"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    declared = forms.BooleanField(
        label=_("I have compared the published entry and the filed material with the service as it runs today."),
        error_messages={"required": _("Compare them first, and tick this when you have.")},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == Outcome.CHANGES and not said.get("statement"):
            self.add_error("statement", _("Say in a sentence what changed."))
        return said

    def given(self) -> dict[str, str]:
        """Outcome and statement, as ``confirmations.declare`` takes them."""
        return {name: self.cleaned_data[name] for name in ("outcome", "statement")}

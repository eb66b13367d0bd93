"""What an officer fills in for an order, a hearing, and the day of one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from filings import orders
from filings.models import OrderKind, Purpose
from reviews.endings import Charge
from reviews.forms import DeskForm
from reviews.orders import Terms

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CODES = sorted({code for codes in orders.ARTICLES.values() for code in codes})


def _bases() -> list[tuple[str, str]]:
    """Each article with the kinds of order that may rest on it."""
    kinds = {code: [OrderKind(kind) for kind, codes in orders.ARTICLES.items() if code in codes] for code in CODES}
    return [(code, f"{code}: {' · '.join(str(kind.label) for kind in known)}") for code, known in kinds.items()]


class OrderForm(DeskForm):
    kind = forms.ChoiceField(label=_("Kind of order"), choices=OrderKind)
    articles = forms.MultipleChoiceField(
        label=_("Legal basis"), choices=_bases, widget=forms.CheckboxSelectMultiple,
        help_text=_("After each article stands what may be ordered on it."),
    )  # fmt: skip
    facts = forms.CharField(label=_("What was found"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    demand = forms.CharField(
        label=_("What is ordered"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(
        label=_("By, or on"), required=False, widget=DAY,
        help_text=_("The day by which it is corrected, or the day of the talk; other orders need none."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Place of the talk"), max_length=200, required=False, help_text=_("Only for a summons.")
    )  # fmt: skip

    def terms(self) -> Terms:
        return Terms(**{**self.cleaned_data, "articles": tuple(self.cleaned_data["articles"])})


class ChargeForm(DeskForm):
    purpose = forms.ChoiceField(
        label=_("What is considered"),
        choices=[(Purpose.REVOCATION, _("Revocation")), (Purpose.CANCELLATION, _("Cancellation"))],
    )
    facts = forms.CharField(label=_("Facts"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.CharField(label=_("Evidence"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    answer_by = forms.DateField(
        label=_("The provider may answer by"), widget=DAY, help_text=_("At least five working days from today.")
    )  # fmt: skip

    def charge(self) -> Charge:
        return Charge(**self.cleaned_data)


class InviteForm(DeskForm):
    oral_at = forms.DateTimeField(
        label=_("Heard in person at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    place = forms.CharField(label=_("Place of the hearing"), max_length=200)

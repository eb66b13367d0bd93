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


class OrderForm(DeskForm):
    kind = forms.ChoiceField(label=_("Kind of order"), choices=OrderKind)
    articles = forms.MultipleChoiceField(
        label=_("Legal basis"), choices=[(code, code) for code in CODES], widget=forms.CheckboxSelectMultiple
    )
    facts = forms.CharField(label=_("What was found"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    demand = forms.CharField(
        label=_("What is ordered"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(label=_("By, or on"), required=False, widget=DAY)
    place = forms.CharField(label=_("Place of the talk"), max_length=200, required=False)

    def terms(self) -> Terms:
        return Terms(**{**self.cleaned_data, "articles": tuple(self.cleaned_data["articles"])})


class ChargeForm(DeskForm):
    purpose = forms.ChoiceField(
        label=_("What is considered"),
        choices=[(Purpose.REVOCATION, _("Revocation")), (Purpose.CANCELLATION, _("Cancellation"))],
    )
    facts = forms.CharField(label=_("Facts"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.CharField(label=_("Evidence"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    answer_by = forms.DateField(label=_("The provider may answer by"), widget=DAY)

    def charge(self) -> Charge:
        return Charge(**self.cleaned_data)


class InviteForm(DeskForm):
    oral_at = forms.DateTimeField(
        label=_("Heard in person at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    place = forms.CharField(label=_("Place of the hearing"), max_length=200)

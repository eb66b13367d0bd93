"""Forms of the catalogue of data sets: an offer, an application, what the offering body answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.datasets import Terms
from filings.models import DataClass, DataGrade, DataSet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from filings.models import Entity

NEEDED = _("This is asked of every data set.")


def _line(label: StrOrPromise, most: int, help_text: StrOrPromise = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=help_text, error_messages={"required": NEEDED})


def _text(label: StrOrPromise, help_text: StrOrPromise = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, help_text=help_text, widget=forms.Textarea(attrs={"rows": 4}),
        required=required, error_messages={"required": _("Write something here.")},
    )  # fmt: skip


class OfferForm(forms.Form):
    """What a public body says of a data set (Generative AI Measures, art. 6(2))."""

    title = _line(_("Name of the data set"), 200)
    description = _text(_("Description"), _("What it holds, from which period, for what it is suited."))
    source = _text(_("Source"), _("How it came about, and by which right it may be opened."))
    licence = _line(_("Terms of use"), 200, _("Name and version, and whether training and commercial use are allowed."))
    data_class = forms.ChoiceField(label=_("Class of data"), choices=DataClass)
    size = _line(_("Size"), 100, _("Number of items, or storage."))
    contact = _line(_("Contact channel"), 200, _("An office's telephone, mailbox or address. It is published."))
    wished_grade = forms.ChoiceField(
        label=_("Grade asked for"), choices=DataGrade, help_text=_("The authority of your region confirms it.")
    )

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)

    @classmethod
    def of(cls, dataset: DataSet, data: Any = None) -> OfferForm:
        """Filled with what was said so far."""
        told = {name: getattr(dataset, name) for name in cls.base_fields if name != "title"}
        return cls(data, initial={**told, "title": dataset.matter.title})


class ApplyForm(forms.Form):
    """Why an entity asks for a data set."""

    entity = forms.ChoiceField(label=_("Applying entity"))
    purpose = _text(_("What it is for"), _("Which service, which stage of training."))
    handling = _text(_("How it is kept and used"), _("Who has access, for how long, and that it is not passed on."))

    def __init__(self, *args: Any, entities: list[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entities = {str(each.pk): each for each in entities}
        field = self.fields["entity"]
        assert isinstance(field, forms.ChoiceField), "declared above"
        field.choices = [(key, each.name) for key, each in self.entities.items()]

    def chosen(self) -> Entity:
        return self.entities[self.cleaned_data["entity"]]


class AnswerForm(forms.Form):
    """What the offering body says to an application."""

    text = _text(_("Conditions or reasons"), _("The applicant reads it. Needed to refuse."), required=False)

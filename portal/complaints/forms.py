"""What the public fills in. What is typed here stands in no log: the views mark it as sensitive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings import complaints, receipts
from filings.ending_forms import EvidenceField
from filings.forms import SeveralFiles
from filings.models import Complaint
from filings.receipts import Person

NAMES = ".pdf,.png,.jpg,.jpeg,.webp,.txt"


def _files() -> EvidenceField:
    return EvidenceField(
        label=_("Files that show it"),
        required=False,
        help_text=_(
            "Up to 3 pictures, PDF or text files of at most 10 MB. The provider does not get them, unless an "
            "officer made sure that a picture does not show who you are."
        ),
        widget=SeveralFiles(attrs={"multiple": True, "accept": NAMES}),
    )


class StatementForm(forms.Form):
    """What everybody tells: text, files, and if they want who they are."""

    text = forms.CharField(
        label=_("What is wrong, and since when"),
        max_length=complaints.LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Only the authority reads this. To stay unknown, leave out what would show who you are."),
        error_messages={"required": _("Say what is wrong.")},
    )
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class
    name = forms.CharField(
        label=_("What we may call you"), max_length=80, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    contact = forms.CharField(
        label=_("How we may reach you"),
        max_length=120,
        required=False,
        help_text=_("E-mail or telephone. Kept encrypted, shown to the provider never. You can follow it without."),
        widget=forms.TextInput({"autocomplete": "email"}),
    )

    def clean_files(self) -> list[Any]:
        given: list[Any] = self.cleaned_data["files"]
        if len(given) > receipts.MOST_FILES:
            raise forms.ValidationError(_("Choose at most 3 files."))
        return given

    def person(self) -> Person:
        return Person(self.cleaned_data["name"].strip(), self.cleaned_data["contact"].strip())


class ComplaintForm(StatementForm):
    """A complaint says what it is about as well."""

    topic = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("", _("Choose")), *Complaint.Topic.choices],
        error_messages={"required": _("Choose what it is about.")},
    )
    field_order = ("topic", "text", "files", "name", "contact")


class CodeForm(forms.Form):
    """The receipt code, as people copy it."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=60,
        help_text=_("25 letters and digits, with or without dashes."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the code from your receipt.")},
    )


class AddForm(forms.Form):
    """Something more, or the answer to a question."""

    text = forms.CharField(
        label=_("Your answer, or what you want to add"),
        max_length=complaints.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you want to add.")},
    )
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class

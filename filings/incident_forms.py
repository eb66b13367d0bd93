"""Forms of incident reports. Drafts may be incomplete: what must stand in them, the rule says when they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings import incidents
from filings.ending_forms import EvidenceField
from filings.forms import SeveralFiles
from filings.matter_lifecycle import MatterKind
from filings.models import Incident, Misuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from filings.models import Filing, Risk

LONGEST = 4_000


def _text(label: StrOrPromise, help_text: StrOrPromise = "", *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _time(label: StrOrPromise) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, error_messages={"invalid": _("Enter a day and a time.")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


def _day(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=False, error_messages={"invalid": _("Enter a day.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def _files() -> EvidenceField:
    return EvidenceField(
        label=_("Evidence files"), required=False, help_text=_("Screenshots, records, notices."),
        widget=SeveralFiles(attrs={"multiple": True}),
    )  # fmt: skip


class StartForm(forms.Form):
    """Which registered filing the report is about."""

    filing = forms.ChoiceField(
        label=_("Registered filing"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose the filing that it is about.")},
    )  # fmt: skip

    def __init__(self, *args: Any, filings: Iterable[Filing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["filing"]
        assert isinstance(field, forms.ChoiceField), "declared above"
        field.choices = [(str(each.pk), f"{each.name} · {each.number}") for each in filings]


class DraftForm(forms.Form):
    """What both reports ask; ``given`` are the columns that the rule keeps."""

    kind = ""

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in incidents.FIELDS[self.kind]}


class IncidentForm(DraftForm):
    """Illegal content (Generative AI Measures, art. 14(1))."""

    kind = MatterKind.INCIDENT

    description = _text(_("What was found"), _("Describe the content; do not repeat it at length."), rows=4)
    categories = forms.MultipleChoiceField(
        label=_("Safety risks it belongs to"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Risks of annex A of the standard. Tick none where none fits."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where it appeared"), required=False, max_length=300,
        help_text=_("Product, function and address."),
    )  # fmt: skip
    how_found = forms.ChoiceField(
        label=_("How it was found"), required=False, choices=Incident.HowFound, widget=forms.RadioSelect
    )
    extent = _text(_("Extent"), _("How many outputs, seen by how many users, spread where."))
    found_at = _time(_("Found at"))
    generation_stopped_at = _time(_("Generation stopped at"))
    transmission_stopped_at = _time(_("Transmission stopped at"))
    removed = _text(_("What was removed"))
    correction = forms.ChoiceField(
        label=_("How the model is corrected"), required=False, choices=Incident.Correction, widget=forms.RadioSelect
    )
    correction_text = _text(_("The measures of correction"), _("Data, method, test afterwards."))
    correct_by = _day(_("Corrected by"), _("You will be asked to show it by then."))
    records = _text(_("What records are kept"))
    records_until = _day(_("Records kept until"))
    told = _text(_("Whom you told already"), _("Users, partners, other authorities. Optional."))
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class

    def __init__(self, *args: Any, risks: Iterable[Risk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["categories"]
        assert isinstance(field, forms.MultipleChoiceField), "declared above"
        field.choices = [(each.code, f"{each.code} {each.title}") for each in risks]


class MisuseForm(DraftForm):
    """A user's illegal act and the measure (Generative AI Measures, art. 14(2))."""

    kind = MatterKind.MISUSE

    act = _text(
        _("What the user did"), _("No names, numbers or addresses of the user: describe the act alone."), rows=4
    )
    found_at = _time(_("Found at"))
    measure = forms.ChoiceField(
        label=_("Measure on the account"), required=False, choices=Misuse.Measure, widget=forms.RadioSelect
    )
    acted_at = _time(_("Measure taken at"))
    clause = forms.CharField(
        label=_("Clause of the agreement it rests on"), required=False, max_length=300,
        help_text=_("Number and wording of the clause of your user agreement, or the law."),
    )  # fmt: skip
    records = _text(_("What records are kept"))
    records_until = _day(_("Records kept until"))
    told = _text(_("Authorities told already"), _("Which, when, how. Optional."))
    account = forms.CharField(
        label=_("Reference of the account"), required=False, max_length=200,
        help_text=_(
            "Optional. Kept sealed, shown only to the officer who asks for it, erased when the report is closed."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class


class WriteForm(forms.Form):
    """An answer, a follow-up, or a correction and its evidence."""

    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something.")},
    )  # fmt: skip
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class

"""Forms of the provider: the answer to a forwarded complaint, an objection of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.complaints import LONGEST
from filings.ending_forms import EvidenceField
from filings.forms import SeveralFiles

if TYPE_CHECKING:
    from collections.abc import Iterable


def _files() -> EvidenceField:
    return EvidenceField(
        label=_("Evidence"), required=False, help_text=_("Screenshots, notices, records. Optional."),
        widget=SeveralFiles(attrs={"multiple": True}),
    )  # fmt: skip


class ComplaintAnswerForm(forms.Form):
    """What the provider answers; it is passed on to who complained."""

    text = forms.CharField(
        label=_("Your answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Passed on to who complained once the authority closes. Do not ask who it was."),
        error_messages={"required": _("Write the answer.")},
    )  # fmt: skip
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class


class ObjectionForm(forms.Form):
    """What the provider objects to, and why."""

    about = forms.ChoiceField(
        label=_("What you object to"), error_messages={"required": _("Choose what you object to.")}
    )  # fmt: skip
    text = forms.CharField(
        label=_("Why"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what you object to, and why.")},
    )  # fmt: skip
    files = _files()  # type: ignore[assignment]  # a field; Django takes it off the class

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]

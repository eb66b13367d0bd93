"""What a provider fills in to say where its number is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.displays import Place
from filings.models import NumberDisplay

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

DAY = {"type": "date"}


class DisplayForm(forms.Form):
    """One place, since when, and a picture of it; the picture may stay when a place is put right."""

    place = forms.ChoiceField(label=_("Where the number is shown"), choices=NumberDisplay.Place)
    where = forms.CharField(
        label=_("On which page, and where on it"),
        max_length=200,
        help_text=_("For example: foot of the start page, or Settings – About."),
        error_messages={"required": _("Say on which page, and where on it.")},
    )
    address = forms.URLField(
        label=_("Address of the page"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Of a website or a store; an app has none."),
        error_messages={"invalid": _("Enter a full address, beginning with https://.")},
    )
    since = forms.DateField(
        label=_("Shown since"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day since which it is shown."), "invalid": _("Enter a day.")},
    )
    ended_on = forms.DateField(
        label=_("Shown until"),
        required=False,
        help_text=_("Leave empty as long as it is shown there."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day.")},
    )
    screenshot = forms.FileField(
        label=_("Screenshot that shows number and page"),
        help_text=_("JPEG, PNG or PDF."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={"required": _("Choose the file of the screenshot.")},
    )

    def __init__(self, *args: Any, display: NumberDisplay | None = None, **kwargs: Any) -> None:
        if display is not None:
            names = ("place", "where", "address", "since", "ended_on")
            kwargs["initial"] = {name: getattr(display, name) for name in names}
        super().__init__(*args, **kwargs)
        if display is None:
            del self.fields["ended_on"]
        else:
            self.fields["screenshot"].required = False
            self.fields["screenshot"].help_text = _("Only if there is a new one: JPEG, PNG or PDF.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, ended_on, today = said.get("since"), said.get("ended_on"), timezone.localdate()
        if since and since > today:
            self.add_error("since", _("This day lies ahead. Record the place once the number is shown there."))
        if since and ended_on and ended_on < since:
            self.add_error("ended_on", _("The last day lies before the first."))
        if ended_on and ended_on > today:
            self.add_error("ended_on", _("This day lies ahead. Leave it empty until then."))
        has_page = said.get("place") in (NumberDisplay.Place.WEBSITE, NumberDisplay.Place.STORE)
        if has_page and not said.get("address") and "address" not in self.errors:
            self.add_error("address", _("A website or a store has an address: enter it."))
        return said

    def given(self) -> tuple[Place, UploadedFile[bytes] | None]:
        """What was said of the place, and the picture that came with it."""
        said = dict(self.cleaned_data)
        picture = said.pop("screenshot", None)
        return Place(**said), picture

"""Examples of every shared component, for the page /style/."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOON = datetime(2026, 11, 23, 12, 3, tzinfo=ZoneInfo("Asia/Shanghai"))


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Name of the algorithm"),
        max_length=50,
        help_text=gettext_lazy("The same in every document, and unlike any other name in the country."),
    )
    code = forms.CharField(
        label=gettext_lazy("Unified social credit code"),
        max_length=18,
        min_length=18,
        widget=forms.TextInput(attrs={"class": "w-code", "autocomplete": "off"}),
    )
    started_on = forms.DateField(
        label=gettext_lazy("Start of the service"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-short"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("provider", gettext_lazy("Provider")), ("supporter", gettext_lazy("Technical supporter"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Judge by your place in the chain."),
    )
    output = forms.MultipleChoiceField(
        label=gettext_lazy("What it generates"),
        choices=[("text", gettext_lazy("Text")), ("image", gettext_lazy("Images"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    region = forms.ChoiceField(label=gettext_lazy("Region"), choices=[("", "—"), ("440305", "广东省深圳市南山区")])
    principle = forms.CharField(label=gettext_lazy("Basic principle"), widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.FileField(label=gettext_lazy("Business licence"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("What is filed here is true and complete."))


def examples(*, bound: bool) -> dict[str, Any]:
    """All that the style page shows; with `bound`, the form as it looks with errors."""
    return {
        "form": ExampleForm({"name": "", "code": "9144", "role": "other"} if bound else None),
        "events": _events(),
        "steps": [
            {"name": _("Submitted"), "state": "done"},
            {"name": _("Regional review"), "state": "done", "note": _("five working days")},
            {"name": _("National review"), "state": "current", "note": _("now with the authority")},
            {"name": _("Decision"), "state": "todo"},
        ],
        "today": NOON.date(),
        "soon": date(2026, 11, 26),
        "late": date(2026, 11, 18),
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "page": {"previous_url": "?", "next_url": "?", "summary": _("Results 21 to 40 of more than 10,000")},
        "files": [
            {"name": "营业执照副本.pdf", "url": "#", "size": 482_113, "note": _("checked, clean")},
            {"name": "标识截图.png", "url": "#", "size": 91_870, "remove_url": "#"},
        ],
        "groups": [
            {
                "title": _("The algorithm"),
                "links": [
                    {"url": "#", "text": _("Name and class"), "note": _("done")},
                    {"url": "#", "text": _("Data"), "note": _("3 left"), "current": True},
                ],
            }
        ],
        "tokens": ["ink", "ink-muted", "brand", "done", "waiting", "attention", "stopped"],
    }


def _events() -> list[dict[str, Any]]:
    return [
        {
            "sentence": _("Returned for rectification with two findings."),
            "at": NOON,
            "actor": _("Regional authority"),
            "meaning": "attention",
        },
        {"sentence": _("Intake passed; the answer is due by 5 January 2027."), "at": NOON - timedelta(days=2)},
        {
            "sentence": _("Round 1 was submitted."),
            "at": NOON - timedelta(days=3),
            "actor": "王小雨",
            "meaning": "done",
        },
    ]

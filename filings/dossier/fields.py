"""The kinds of answer a dossier asks for.

A helper here makes a Django form field and attaches a `Spec` to it as `field.spec`. No field is
required by its form, because a draft may hold anything; `Spec.required` says what completeness
demands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.dossier.facts import Answers, Facts, When, chosen
from filings.dossier.files import Accepts, AttachmentsField, references_in
from filings.dossier.identifiers import Validator, check_region, check_url
from filings.dossier.sealing import SealedField
from filings.dossier.words import Words

type Choices = Sequence[tuple[str, Words]]

YES_NO: Choices = (("yes", _("Yes")), ("no", _("No")))

# What Django's own checks say, in the words of this portal: what is wrong, and what to do.
TEXT_MESSAGES = {
    "min_length": _(
        "This is too short: at least %(limit_value)s characters are asked for, and there are %(show_value)s. Add to it."
    ),
    "max_length": _(
        "This is too long: at most %(limit_value)s characters fit here, and there are %(show_value)s. Shorten it."
    ),
    "null_characters_not_allowed": _("The text holds a character that cannot be stored. Delete it and type it again."),
}
NUMBER_MESSAGES = {
    "invalid": _("This is not a number: write digits without a unit, such as 12.5."),
    "min_value": _("The number is too small: at least %(limit_value)s is expected here. Correct it."),
    "max_value": _("The number is too large: at most %(limit_value)s is expected here. Correct it."),
    "max_digits": _("The number has too many digits: at most %(max)s are taken. Round it."),
    "max_decimal_places": _("The number has too many digits behind the point: at most %(max)s are taken. Round it."),
    "max_whole_digits": _("The number has too many digits before the point: at most %(max)s are taken. Correct it."),
}
WHOLE_NUMBER_MESSAGES = {
    **NUMBER_MESSAGES,
    "invalid": _("This is not a whole number: write digits without a unit, such as 1200."),
}
DAY_MESSAGES = {"invalid": _("This is not a day of the calendar: write year-month-day, such as 2026-03-09.")}
CHOICE_MESSAGES = {
    "invalid_choice": _("What was chosen is not, or no longer, among the answers offered. Choose again."),
    "invalid_list": _("The answers chosen could not be read. Choose again."),
}
EMAIL_MESSAGES = {
    **TEXT_MESSAGES,
    "invalid": _("This is not an e-mail address: check for spaces and for the part after “@”."),
}


@dataclass(frozen=True, slots=True)
class Spec:
    """What a field promises beyond its form: who must answer, what is a good answer, and why.

    `kind` names the form of the stored value. `cites` are the articles that ask for the answer,
    `unit` stands behind a number, `refers` is the path whose items the answer chooses from.
    `lookup` names the list of the portal in which the answer can be searched.
    `public` answers are published with the register entry; `personal` files show identity papers.
    """

    kind: str
    required: bool = True
    cites: tuple[str, ...] = ()
    expects: Words = ""
    example: Words = ""
    when: When | None = None
    unit: Words = ""
    refers: str = ""
    accepts: Accepts | None = None
    lookup: str = ""
    public: bool = False
    personal: bool = False

    @property
    def sealed(self) -> bool:
        """Whether only a reference to an encrypted row is stored."""
        return self.kind == "sealed"

    @property
    def attachment(self) -> bool:
        return self.kind == "attachments"

    def applies(self, facts: Facts, beside: Answers) -> bool:
        return self.when is None or self.when.holds(facts, beside)


def spec_of(field: forms.Field) -> Spec:
    """The spec of a dossier field; every field of a section has one."""
    return cast(Spec, field.spec)  # type: ignore[attr-defined]


def _with(field: forms.Field, spec: Spec) -> Any:
    field.required = False
    field.spec = spec  # type: ignore[attr-defined]
    field.help_text = field.help_text or spec.expects
    return field


def text(label: Words, *, max_length: int = 200, checks: Iterable[Validator] = (), **spec: Any) -> Any:
    field = forms.CharField(label=label, max_length=max_length, validators=list(checks), error_messages=TEXT_MESSAGES)
    return _with(field, Spec("text", **spec))


def long_text(label: Words, *, max_length: int = 2000, min_length: int | None = None, **spec: Any) -> Any:
    field = forms.CharField(
        label=label,
        max_length=max_length,
        min_length=min_length,
        widget=forms.Textarea(attrs={"rows": 4 if max_length <= 1000 else 7}),
        error_messages=TEXT_MESSAGES,
    )
    return _with(field, Spec("long_text", **spec))


def choice(label: Words, options: Choices, **spec: Any) -> Any:
    widget: forms.Widget
    if len(options) <= 6:
        widget, choices = forms.RadioSelect(), list(options)
    else:
        widget, choices = forms.Select(), [("", "—"), *options]
    field = forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages=CHOICE_MESSAGES)
    return _with(field, Spec("choice", **spec))


def choices(label: Words, options: Sequence[Any], **spec: Any) -> Any:
    field = forms.MultipleChoiceField(
        label=label,
        choices=list(options),
        widget=forms.CheckboxSelectMultiple(),
        error_messages=CHOICE_MESSAGES,
    )
    return _with(field, Spec("choices", **spec))


def yes_no(label: Words, **spec: Any) -> Any:
    return choice(label, YES_NO, **spec)


def integer(label: Words, *, least: int = 0, most: int = 10_000_000_000, **spec: Any) -> Any:
    field = forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-number"}),
        error_messages=WHOLE_NUMBER_MESSAGES,
    )
    return _with(field, Spec("integer", **spec))


def decimal(label: Words, *, places: int = 4, **spec: Any) -> Any:
    field = forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=20,
        decimal_places=places,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "width-number"}),
        error_messages=NUMBER_MESSAGES,
    )
    return _with(field, Spec("decimal", **spec))


def day(label: Words, **spec: Any) -> Any:
    field = forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=DAY_MESSAGES,
    )
    return _with(field, Spec("date", **spec))


def web(label: Words, *, max_length: int = 500, **spec: Any) -> Any:
    field = forms.CharField(
        label=label,
        max_length=max_length,
        validators=[check_url],
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages=TEXT_MESSAGES,
    )
    return _with(field, Spec("url", **spec))


def email(label: Words, **spec: Any) -> Any:
    field = forms.EmailField(
        label=label,
        max_length=254,
        error_messages=EMAIL_MESSAGES,
    )
    return _with(field, Spec("email", **spec))


def region(label: Words, **spec: Any) -> Any:
    """A place as six digits (GB/T 2260); the table of codes is the caller's (`Facts.regions`)."""
    field = forms.CharField(label=label, max_length=6, validators=[check_region], error_messages=TEXT_MESSAGES)
    return _with(field, Spec("region", **spec))


def files(label: Words, accepts: Accepts, **spec: Any) -> Any:
    return _with(AttachmentsField(label=label, accepts=accepts), Spec("attachments", accepts=accepts, **spec))


def sealed(label: Words, *, checks: Iterable[Validator] = (), **spec: Any) -> Any:
    field = SealedField(label=label, max_length=60, validators=list(checks), error_messages=TEXT_MESSAGES)
    return _with(field, Spec("sealed", **spec))


def reference(label: Words, to: str, **spec: Any) -> Any:
    """One item of the list at path `to`; the choices are filled from the facts."""
    field = forms.ChoiceField(label=label, choices=[], widget=forms.Select(), error_messages=CHOICE_MESSAGES)
    return _with(field, Spec("reference", refers=to, **spec))


def references(label: Words, to: str, **spec: Any) -> Any:
    field = forms.MultipleChoiceField(
        label=label, choices=[], widget=forms.CheckboxSelectMultiple(), error_messages=CHOICE_MESSAGES
    )
    return _with(field, Spec("references", refers=to, **spec))


def to_stored(field: forms.Field, cleaned: Any) -> Any:
    """The JSON form of a cleaned value; None for no answer."""
    if cleaned is None or cleaned == "" or cleaned == []:
        return None
    match spec_of(field).kind:
        case "decimal":
            return format(cleaned, "f")
        case "date":
            return cleaned.isoformat()
        case "choices" | "references":
            return list(cleaned)
    return cleaned


def to_raw(field: forms.Field, stored: Any) -> Any:
    """What a browser would send for a stored value, so that it can be checked or shown again."""
    match spec_of(field).kind:
        case "choices" | "references":
            return list(chosen(stored))
        case "attachments":
            return list(references_in(stored))
        case "sealed":
            return ""
    return "" if stored is None else str(stored)

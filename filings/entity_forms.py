"""Forms of an entity's pages that are not its profile."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.dossier.fields import Spec
from filings.models import AlgorithmClass, Entity, Filing, FilingKind, MemberRole, ProviderRole

if TYPE_CHECKING:
    import datetime as dt

    from portal.models import User

SERVICES = [(code, FilingKind(code).label) for code in FilingKind.services]
# Class 01 is filed as deep synthesis (DSP 19), the others as recommendation (ARP 24); services have no class (GAI 17).
KIND_OF_CLASS = {
    code: FilingKind.DEEP_SYNTHESIS if code == AlgorithmClass.SYNTHESIS else FilingKind.RECOMMENDATION
    for code in AlgorithmClass.values
} | {code: FilingKind(code) for code in FilingKind.services}


class EntityForm(forms.Form):
    """The name opens an entity; everything else follows in the profile."""

    name = forms.CharField(
        label=_("Name of the entity"),
        max_length=100,
        help_text=_("The full name on the licence, with the same brackets."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Enter the full name on the licence.")},
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


# Roles that an owner gives and changes freely; an agent comes with a power of attorney.
ROLES = [(role, MemberRole(role).label) for role in MemberRole.given]


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("A link goes there; it works once, for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the address of the person to invite.")},
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=MemberRole.EDITOR)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class AgentForm(forms.Form):
    """Who is to act for the entity, under which power of attorney, for what and until when."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("A link goes there; it works once, for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the address of the agent.")},
    )
    organisation = forms.CharField(
        label=_("Name of the agent or of the agent's firm"),
        max_length=200,
        error_messages={"required": _("Enter the name that stands in the power of attorney.")},
    )
    covers = forms.ChoiceField(
        label=_("What the power covers"),
        choices=(("some", _("The filings chosen below")), ("all", _("All filings of the entity"))),
        widget=forms.RadioSelect,
        initial="some",
    )
    filings = forms.ModelMultipleChoiceField(
        label=_("Filings"),
        queryset=Filing.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ends_on = forms.DateField(
        label=_("Last day of the power"),
        help_text=_("Access ends after this day by itself."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the last day that stands in the power of attorney.")},
    )
    power_of_attorney = forms.FileField(
        label=_("Power of attorney"),
        help_text=_("The signed and stamped paper as PDF, JPEG or PNG."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={"required": _("Choose the file of the power of attorney.")},
    )

    def __init__(self, *args: Any, entity: Entity, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        rows = Filing.objects.filter(entity=entity).order_by("-pk")
        self.fields["filings"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("covers") == "some" and not cleaned.get("filings") and "filings" not in self.errors:
            self.add_error("filings", _("Choose at least one filing, or let the power cover all."))
        ends_on = cleaned.get("ends_on")
        if ends_on and ends_on < self.today:
            self.add_error("ends_on", _("This day has passed. Enter today or a later day."))
        return cleaned


class StartForm(forms.Form):
    """What to file, for which entity, perhaps from an earlier filing.

    The kind follows from the class of an algorithm, or is a service's own. ``token`` makes
    a form posted twice one draft.
    """

    entity = forms.ModelChoiceField(label=_("Entity"), queryset=Entity.objects.none(), empty_label=None)
    copy = forms.ModelChoiceField(
        label=_("Start from an earlier filing"),
        queryset=Filing.objects.none(),
        required=False,
        empty_label=_("No, start with empty sections"),
        help_text=_("Its answers are copied. Each copied section is marked until you have read it again."),
    )
    algorithm_class = forms.ChoiceField(
        label=_("What do you file?"),
        choices=[(_("An algorithm, by its class"), AlgorithmClass.choices), (_("A generative AI service"), SERVICES)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the class of the algorithm, or the track of the service.")},
    )
    role = forms.ChoiceField(
        label=_("Your role"),
        choices=ProviderRole.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only for generation and synthesis: do you serve the public, or support others who do?"),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, user: User, entities: list[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entity"].queryset = Entity.objects.filter(pk__in=[e.pk for e in entities])  # type: ignore[attr-defined]
        earlier = Filing.objects.visible_to(user).filter(entity__in=entities).order_by("-pk")
        self.fields["copy"].queryset = earlier  # type: ignore[attr-defined]
        self.fields["algorithm_class"].spec = Spec("choice", cites=("ARP 2", "ARP 24", "GAI 17"))  # type: ignore[attr-defined]
        self.fields["role"].spec = Spec("choice", cites=("DSP 19", "DSP 23"))  # type: ignore[attr-defined]
        self.fields["token"].initial = secrets.token_urlsafe(16)
        if len(entities) == 1:
            self.fields["entity"].widget = forms.HiddenInput()
            self.fields["entity"].initial = entities[0].pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        entity, source = cleaned.get("entity"), cleaned.get("copy")
        if entity and source and source.entity_id != entity.pk:
            self.add_error("copy", _("Choose a filing of the same entity."))
        algorithm_class = cleaned.get("algorithm_class", "")
        if algorithm_class == AlgorithmClass.SYNTHESIS and not cleaned.get("role"):
            self.add_error("role", _("Choose whether you serve the public or support others who do."))
        if algorithm_class and algorithm_class != AlgorithmClass.SYNTHESIS:
            cleaned["role"] = ""
        cleaned["kind"] = KIND_OF_CLASS.get(algorithm_class, "")
        if cleaned["kind"] in FilingKind.services:
            cleaned["algorithm_class"] = ""
        return cleaned


class TogetherForm(forms.Form):
    """Several filings of one product at once; what they share is then entered once."""

    entity = forms.ModelChoiceField(label=_("Entity"), queryset=Entity.objects.none(), empty_label=None)
    together = forms.MultipleChoiceField(
        label=_("Filings to start"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one filing.")},
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, entities: list[Entity], wanted: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entity"].queryset = Entity.objects.filter(pk__in=[e.pk for e in entities])  # type: ignore[attr-defined]
        self.fields["together"].choices = wanted  # type: ignore[attr-defined]
        self.fields["together"].initial = [code for code, _label in wanted]
        self.fields["token"].initial = secrets.token_urlsafe(16)
        if len(entities) == 1:
            self.fields["entity"].widget = forms.HiddenInput()
            self.fields["entity"].initial = entities[0].pk

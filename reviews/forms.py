"""Forms of the desk: input to clean values and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import Authority, Finding
from filings.models.ruleset import KNOWN
from reviews.models import DeclineGround, Proposal
from reviews.models.decision import proposed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from filings.models import Posting


class DeskForm(forms.Form):
    """Labels end without a colon, which would need another one in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class FindingForm(DeskForm):
    path = forms.CharField(label=_("Place"), max_length=200)
    severity = forms.ChoiceField(label=_("Weight"), choices=Finding.Severity)
    legal_basis = forms.CharField(
        label=_("Article"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "articles", "autocomplete": "off"}),
    )
    text = forms.CharField(label=_("Text of the finding"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class RuleSetForm(DeskForm):
    """A file with the rows of a new rule set, and what the set says of itself."""

    code = forms.CharField(label=_("Standard"), max_length=40, initial="GB/T 45654-2025")
    edition = forms.CharField(
        label=_("Edition"),
        max_length=40,
        help_text=_("A name of its own: an edition is loaded once and never changed."),
    )
    title_zh = forms.CharField(label=_("Chinese title"), max_length=200)
    title_en = forms.CharField(label=_("English title"), max_length=200)
    source_zh = forms.CharField(label=_("Source (Chinese)"), max_length=300)
    source_en = forms.CharField(label=_("Source (English)"), max_length=300)
    confidence = forms.ChoiceField(label=_("Confidence"), choices=tuple(KNOWN.items()))
    in_force_from = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Drafts begun on this day or later are held to it; earlier ones keep theirs."),
    )
    file = forms.FileField(label=_("File (CSV)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


class NoteForm(DeskForm):
    path = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Internal note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class ProposalForm(DeskForm):
    kind = forms.ChoiceField(label=_("Proposal"), widget=forms.RadioSelect)
    rectify_by = forms.DateField(
        label=_("Rectify by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    grounds = forms.ModelMultipleChoiceField(
        label=_("Grounds for declining"),
        queryset=DeclineGround.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = forms.CharField(
        label=_("Reasons for the decision"),
        help_text=_("Told to the provider with the decision. Needed for declining and for closing as lapsed."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kinds: Iterable[str], purpose: str, filing_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = tuple(kinds)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(k, proposed(k, purpose)) for k in self.kinds]
        if len(self.kinds) == 1:
            kind.initial = self.kinds[0]
        today = timezone.localdate()
        grounds = self.fields["grounds"]
        assert isinstance(grounds, forms.ModelMultipleChoiceField)
        in_force = Q(in_force_to__isnull=True) | Q(in_force_to__gte=today)
        own = DeclineGround.objects.filter(in_force, in_force_from__lte=today, kinds__contains=[filing_kind])
        grounds.queryset = own.order_by("code")
        if Proposal.Kind.DECLINE not in self.kinds:
            del self.fields["grounds"]
        if Proposal.Kind.RETURN not in self.kinds:
            del self.fields["rectify_by"]


class SendBackForm(DeskForm):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnVersionForm(DeskForm):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DateForm(DeskForm):
    date = forms.DateField(label=_("New date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ReassignForm(DeskForm):
    to = forms.TypedChoiceField(label=_("Hand to"), coerce=int)

    def __init__(self, *args: Any, colleagues: Iterable[Posting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.TypedChoiceField)
        to.choices = [(p.user_id, str(p.user)) for p in colleagues]


class WaiverForm(DeskForm):
    rule = forms.ChoiceField(label=_("Rule"))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    expires_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, rules: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = self.fields["rule"]
        assert isinstance(rule, forms.ChoiceField)
        rule.choices = list(rules)


class PostingForm(DeskForm):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Officer's name"), max_length=80, required=False)
    authority = forms.ModelChoiceField(
        label=_("Authority"), queryset=Authority.objects.none(), empty_label=_("Choose an authority")
    )
    role = forms.ChoiceField(label=_("Role"))
    starts_on = forms.DateField(label=_("From day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Until day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, *args: Any, authorities: QuerySet[Authority], roles: Iterable[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        authority, role = self.fields["authority"], self.fields["role"]
        assert isinstance(authority, forms.ModelChoiceField)
        assert isinstance(role, forms.ChoiceField)
        authority.queryset = authorities
        role.choices = list(roles)


class LeaveForm(DeskForm):
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    to = forms.TypedChoiceField(label=_("Open tasks go to"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, colleagues: Iterable[Posting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.TypedChoiceField)
        to.choices = [("", _("back into the queue")), *[(p.user_id, str(p.user)) for p in colleagues]]


class AuditForm(DeskForm):
    """What an auditor looks for; everything is optional."""

    person = forms.CharField(label=_("Person"), required=False, max_length=200)
    filing = forms.CharField(label=_("Filing name or number"), required=False, max_length=200)
    action = forms.CharField(
        label=_("Action"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "actions", "autocomplete": "off"}),
    )
    since = forms.DateField(
        label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

"""A filing lasts; a procedure decides; a dossier is worked on; a submission is frozen."""

from __future__ import annotations

from enum import nonmember
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.lifecycle import Actor, FilingStanding, ProcedureStatus

if TYPE_CHECKING:
    from portal.models import User


class FilingKind(models.TextChoices):
    """The tracks that this portal takes: two of algorithms, two of generative services."""

    DEEP_SYNTHESIS = "deep_synthesis", _("Deep synthesis")
    RECOMMENDATION = "recommendation", _("Algorithm recommendation")
    GENERATIVE = "generative", _("Generative AI service, filing")
    GENERATIVE_REGISTRATION = "generative_registration", _("Generative AI service, registration")

    # Filed as services (Generative AI Measures, art. 17): no algorithm class and no role.
    services = nonmember(("generative", "generative_registration"))


class AlgorithmClass(models.TextChoices):
    """Two digits of the filing number (classes of Algorithm Provisions, art. 2)."""

    SYNTHESIS = "01", _("Generation and synthesis")
    PUSH = "02", _("Personalised push")
    RANKING = "03", _("Ranking and selection")
    SEARCH = "04", _("Information retrieval")
    FILTERING = "05", _("Content filtering")
    DISPATCH = "06", _("Dispatch and decision")


class ProviderRole(models.TextChoices):
    """Position in the chain (Deep Synthesis Provisions, art. 23)."""

    PROVIDER = "provider", _("Service provider")
    SUPPORTER = "supporter", _("Technical supporter")


class Purpose(models.TextChoices):
    """What a procedure decides about its filing."""

    FIRST = "first", _("First filing")
    CHANGE = "change", pgettext_lazy("a procedure", "Change")
    TRANSFER = "transfer", pgettext_lazy("a procedure", "Transfer")
    CANCELLATION = "cancellation", _("Cancellation")
    REVOCATION = "revocation", _("Revocation")


class FilingQuerySet(models.QuerySet["Filing"]):
    def visible_to(self, user: User) -> Self:
        """What a provider's member or a posted officer may see; a superuser sees no more.

        Officers see a filing once it was submitted, in their region or, at the
        national level, everywhere.
        """
        from filings.access import visible_filings  # reason: cycle, access reads officer rows

        return self.filter(visible_filings(user))


class Filing(models.Model):
    """The long-lived thing with a standing and, one day, a number."""

    entity = models.ForeignKey("filings.Entity", models.PROTECT, related_name="filings")
    kind = models.CharField(max_length=30, choices=FilingKind)
    standing = models.CharField(max_length=20, choices=FilingStanding, default=FilingStanding.DRAFT, db_default="draft")
    number = models.CharField(max_length=100, null=True, blank=True, unique=True)
    algorithm_class = models.CharField(max_length=2, choices=AlgorithmClass, blank=True)
    role = models.CharField(max_length=10, choices=ProviderRole, blank=True)
    name = models.CharField(max_length=200, blank=True)
    # Held from submission until the filing ends without a number, for good once
    # numbered: algorithm names are unique nationwide.
    held_name = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - NULL keeps unique
    # Filings of one product, started together: what they share is entered once.
    bundle = models.UUIDField(null=True, blank=True, db_index=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    products = models.ManyToManyField("filings.Product", blank=True, related_name="filings")
    region_code = models.CharField(max_length=6, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # First submission: from then on officers may see the filing.
    lodged_at = models.DateTimeField(null=True, blank=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        constraints = [
            models.UniqueConstraint(fields=["held_name"], name="one_filing_holds_a_name"),
            models.CheckConstraint(
                name="a_number_exactly_when_registered",
                condition=Q(number__isnull=False, standing__in=FilingStanding.numbered)
                | (Q(number__isnull=True) & ~Q(standing__in=FilingStanding.numbered)),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "-id"], name="filing_by_entity"),
            models.Index(fields=["standing", "region_code"], name="filing_by_standing"),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def visible_to(self, user: User) -> Self:
        """Procedures of the filings that the user may see."""
        from filings.access import visible_procedures  # reason: cycle, access reads officer rows

        return self.filter(visible_procedures(user))

    def open(self) -> Self:
        return self.filter(status__in=ProcedureStatus.open)


class Procedure(models.Model):
    """One matter worked and decided on a filing: rounds, tasks, findings, clock hang here.

    ``turn``, ``stage_name_*`` and ``due_on`` are what the provider is shown; rules of
    the reviewing side write them.
    """

    class Turn(models.TextChoices):
        PROVIDER = "provider", _("Provider")
        AUTHORITY = "authority", _("Authority")
        NOBODY = "nobody", _("Nobody")

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="procedures")
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.FIRST)
    opened_by_side = models.CharField(max_length=10, choices=Actor, default=Actor.PROVIDER, db_default="provider")
    status = models.CharField(max_length=20, choices=ProcedureStatus, default=ProcedureStatus.DRAFT, db_default="draft")
    round = models.PositiveSmallIntegerField(default=0)
    plan_version = models.PositiveIntegerField(null=True, blank=True)
    # What a generative service is measured by: the edition in force when its draft began, kept to the end.
    rule_set = models.ForeignKey("filings.RuleSet", models.PROTECT, null=True, blank=True, related_name="+")
    turn = models.CharField(max_length=10, choices=Turn, default=Turn.PROVIDER)
    stage_code = models.CharField(max_length=40, blank=True)
    stage_name_zh = models.CharField(max_length=80, blank=True)
    stage_name_en = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True, blank=True)
    rectify_by = models.DateField(null=True, blank=True)
    later_date_asked = models.DateField(null=True, blank=True)
    later_date_reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reasons = models.TextField(blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "opened_by_side"],
                condition=Q(status__in=ProcedureStatus.open),
                name="one_open_procedure_per_side",
            ),
        ]
        indexes = [models.Index(fields=["status", "rectify_by"], name="procedure_by_status")]

    def __str__(self) -> str:
        return f"{self.filing} · {self.get_purpose_display()}"


class ClockRun(models.Model):
    """One stretch during which the regulator's clock ran; both days are counted.

    Article 25 of the Algorithm Provisions gives 30 working days from a complete
    dossier. Every stop ends a run, so days with and without stops can both be told.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="clock_runs")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("clock run")
        verbose_name_plural = _("clock runs")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(ends_on__isnull=True),
                name="one_running_clock_a_procedure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on or ''}"


class Dossier(models.Model):
    """The one working draft of a procedure: JSON sections under a schema version.

    ``section_versions`` counts the saves of each section; a save names the version it
    began from, so that nobody overwrites another's work unseen. ``to_reread`` lists
    sections copied from an earlier filing that nobody has confirmed yet.
    """

    procedure = models.OneToOneField(Procedure, models.PROTECT, related_name="dossier")
    schema_version = models.CharField(max_length=20)
    content = models.JSONField(default=dict)
    section_versions = models.JSONField(default=dict)
    to_reread = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    entity_version = models.ForeignKey("filings.EntityVersion", models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    def __str__(self) -> str:
        return f"{self.procedure}"


class SectionEdit(models.Model):
    """One saved state of one section of a dossier or of an entity's profile.

    Kept so that a conflict can be shown field by field against the common base,
    and so that nothing anyone typed is ever lost.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, blank=True, related_name="edits")
    entity = models.ForeignKey("filings.Entity", models.CASCADE, null=True, blank=True, related_name="edits")
    section = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("section edit")
        verbose_name_plural = _("section edits")
        constraints = [
            models.CheckConstraint(
                name="an_edit_has_one_owner",
                condition=Q(dossier__isnull=False, entity__isnull=True) | Q(dossier__isnull=True, entity__isnull=False),
            ),
            models.UniqueConstraint(fields=["dossier", "section", "version"], name="one_edit_a_dossier_version"),
            models.UniqueConstraint(fields=["entity", "section", "version"], name="one_edit_an_entity_version"),
        ]

    def __str__(self) -> str:
        return f"{self.section} v{self.version}"


class Submission(models.Model):
    """What was declared in one round, frozen: canonical JSON bytes and their SHA-256.

    The database refuses every UPDATE, DELETE and TRUNCATE.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=40, unique=True)
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    schema_version = models.CharField(max_length=20)
    rule_set_version = models.CharField(max_length=20)
    sealing = models.OneToOneField("filings.Sealing", models.PROTECT, related_name="submission")
    entity_version = models.ForeignKey("filings.EntityVersion", models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "round"], name="one_submission_a_round"),
        ]

    def __str__(self) -> str:
        return self.reference

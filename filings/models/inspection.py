"""Inspections 监督检查: why one was opened, what it looks at, what was checked, what came out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.models.filing import FilingKind


class InspectionMode(models.TextChoices):
    """How it came about (Generative AI Measures, art. 19; Algorithm Provisions, art. 28)."""

    PLANNED = "planned", _("Planned inspection")
    SAMPLE = "sample", _("Random sample")
    CAUSE = "cause", _("Inspection for cause")


class InspectionCause(models.TextChoices):
    COMPLAINT = "complaint", _("A complaint")
    INCIDENT = "incident", _("An incident")
    TRACE = "trace", _("Something it relies on")
    CONFIRMATION = "confirmation", _("A yearly confirmation that was missed")
    OTHER = "other", _("Another cause")


class InspectionResult(models.TextChoices):
    IN_ORDER = "in_order", _("In order")
    CORRECTED = "corrected", _("Corrected")
    NOT_CORRECTED = "not_corrected", _("Not corrected")


class InspectionDraw(models.Model):
    """One random draw. Whoever orders ``population`` by the SHA-256 of ``seed:number`` draws the same ``drawn``.

    Append-only, by trigger.
    """

    authority = models.ForeignKey("filings.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    kind = models.CharField(_("kind of filing"), max_length=30, choices=FilingKind)
    seed = models.CharField(_("seed"), max_length=64)
    population = ArrayField(models.CharField(max_length=80), verbose_name=_("numbers drawn from"))
    drawn = ArrayField(models.CharField(max_length=80), verbose_name=_("numbers drawn"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("drawn at"))

    class Meta:
        verbose_name = _("random draw")
        verbose_name_plural = _("random draws")

    def __str__(self) -> str:
        return f"{self.authority} · {self.seed}"


class Inspection(models.Model):
    """What one inspection knows; status, authorities and days stand in its matter.

    It looks at one frozen submission. The result is told to the public only where an officer
    wrote a text for it.
    """

    matter = models.OneToOneField("filings.Matter", models.PROTECT, related_name="inspection", verbose_name=_("matter"))
    mode = models.CharField(_("how it came about"), max_length=10, choices=InspectionMode)
    cause = models.CharField(_("cause"), max_length=15, choices=InspectionCause, blank=True)
    reason = models.TextField(_("reason"))
    submission = models.ForeignKey("filings.Submission", models.PROTECT, related_name="+")
    draw = models.ForeignKey(InspectionDraw, models.PROTECT, null=True, blank=True, related_name="inspections")
    later_date_asked = models.DateField(null=True, blank=True)
    later_date_reason = models.TextField(blank=True)
    result = models.CharField(_("result"), max_length=15, choices=InspectionResult, blank=True)
    findings = models.TextField(_("findings"), blank=True)
    public_text = models.CharField(_("told to the public"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            models.CheckConstraint(
                name="a_sample_has_its_draw",
                condition=Q(mode="sample", draw__isnull=False) | (~Q(mode="sample") & Q(draw__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_cause_is_named", condition=(Q(mode="cause") & ~Q(cause="")) | (~Q(mode="cause") & Q(cause=""))
            ),
            models.CheckConstraint(
                name="only_a_result_is_told_to_the_public", condition=Q(public_text="") | ~Q(result="")
            ),
            models.CheckConstraint(name="a_result_has_findings", condition=Q(result="") | ~Q(findings="")),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.get_mode_display()}"


class InspectionCheck(models.Model):
    """One declared measure of the submission, checked off: ``path`` is where the provider declared it."""

    class State(models.TextChoices):
        OPEN = "open", _("Not checked")
        KEPT = "kept", _("Kept")
        NOT_KEPT = "not_kept", _("Not kept")

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="checks")
    subject = models.CharField(max_length=30)
    path = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    remark = models.CharField(max_length=500, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check of a measure")
        verbose_name_plural = _("checks of measures")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "path"], name="a_measure_is_checked_once"),
            models.CheckConstraint(
                name="who_checked_is_known", condition=Q(state="open") | Q(checked_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.state}"

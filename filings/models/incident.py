"""What providers report while a service runs: illegal content that they found, misuse by a user.

Generative AI Measures, art. 14; for algorithms, Algorithm Provisions, art. 9.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FollowedReport(models.Model):
    """What both reports have; their status, authority and turn stand in the matter.

    A draft may be incomplete. ``report_by`` is the service standard as it stood when it was sent.
    """

    found_at = models.DateTimeField(_("found at"), null=True, blank=True)
    records = models.TextField(_("what records are kept"), blank=True)
    records_until = models.DateField(_("kept until"), null=True, blank=True)
    told = models.TextField(_("whom you told already"), blank=True)
    report_by = models.DateField(null=True, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)

    class Meta:
        abstract = True


class Incident(FollowedReport):
    """Illegal content: what was found, stopped, removed, and how the model is corrected (art. 14(1))."""

    class HowFound(models.TextChoices):
        MONITORING = "monitoring", _("By our own monitoring")
        USER = "user", _("A user's report")
        AUTHORITY = "authority", _("A notice of an authority")
        OTHER = "other", _("In another way")

    class Correction(models.TextChoices):
        TRAINING = "training", _("Optimisation training of the model")
        OTHER = "other", _("Other measures")

    matter = models.OneToOneField("filings.Matter", models.PROTECT, related_name="incident")
    categories = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("risks"))
    description = models.TextField(_("what was found"), blank=True)
    place = models.CharField(_("where"), max_length=300, blank=True)
    how_found = models.CharField(_("how it was found"), max_length=12, choices=HowFound, blank=True)
    extent = models.TextField(_("extent"), blank=True)
    generation_stopped_at = models.DateTimeField(_("generation stopped at"), null=True, blank=True)
    transmission_stopped_at = models.DateTimeField(_("transmission stopped at"), null=True, blank=True)
    removed = models.TextField(_("what was removed"), blank=True)
    correction = models.CharField(_("kind of correction"), max_length=12, choices=Correction, blank=True)
    correction_text = models.TextField(_("how the model is corrected"), blank=True)
    correct_by = models.DateField(_("corrected by"), null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    files = models.ManyToManyField("filings.Attachment", blank=True, related_name="incidents")

    class Meta:
        verbose_name = _("incident report")
        verbose_name_plural = _("incident reports")
        constraints = [
            models.CheckConstraint(
                name="generation_stops_once_found",
                condition=Q(generation_stopped_at__isnull=True) | Q(found_at__lte=F("generation_stopped_at")),
            ),
            models.CheckConstraint(
                name="transmission_stops_once_found",
                condition=Q(transmission_stopped_at__isnull=True) | Q(found_at__lte=F("transmission_stopped_at")),
            ),
            models.CheckConstraint(
                name="a_sent_incident_is_complete",
                condition=Q(reported_at__isnull=True)
                | Q(generation_stopped_at__lte=F("reported_at"), transmission_stopped_at__lte=F("reported_at"))
                & Q(found_at__isnull=False, generation_stopped_at__isnull=False)
                & Q(transmission_stopped_at__isnull=False, correct_by__isnull=False, records_until__isnull=False)
                & ~Q(description="")
                & ~Q(removed="")
                & ~Q(correction="")
                & ~Q(records=""),
            ),
            models.CheckConstraint(
                name="what_is_corrected_was_reported",
                condition=Q(corrected_at__isnull=True)
                | Q(reported_at__isnull=False, reported_at__lte=F("corrected_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.matter.reference


class Misuse(FollowedReport):
    """A user's illegal act and the measure on the account, without the user's personal data (art. 14(2)).

    The reference of the account, where one is given, is sealed and can be erased.
    """

    class Measure(models.TextChoices):
        WARN = "warn", _("The user was warned")
        LIMIT = "limit", _("Functions were limited")
        SUSPEND = "suspend", _("The service was suspended for the account")
        CLOSE = "close", _("The account was closed")

    matter = models.OneToOneField("filings.Matter", models.PROTECT, related_name="misuse")
    act = models.TextField(_("what the user did"), blank=True)
    measure = models.CharField(_("measure on the account"), max_length=12, choices=Measure, blank=True)
    acted_at = models.DateTimeField(_("measure taken at"), null=True, blank=True)
    clause = models.CharField(_("clause of the agreement"), max_length=300, blank=True)
    account = models.ForeignKey(
        "filings.SealedValue", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    files = models.ManyToManyField("filings.Attachment", blank=True, related_name="misuses")

    class Meta:
        verbose_name = _("report of a misuse")
        verbose_name_plural = _("reports of misuse")
        constraints = [
            models.CheckConstraint(
                name="the_measure_follows_the_finding",
                condition=Q(acted_at__isnull=True) | Q(found_at__lte=F("acted_at")),
            ),
            models.CheckConstraint(
                name="a_sent_misuse_is_complete",
                condition=Q(reported_at__isnull=True)
                | Q(acted_at__lte=F("reported_at"), acted_at__isnull=False, found_at__isnull=False)
                & Q(records_until__isnull=False)
                & ~Q(act="")
                & ~Q(measure="")
                & ~Q(clause="")
                & ~Q(records=""),
            ),
        ]

    def __str__(self) -> str:
        return self.matter.reference

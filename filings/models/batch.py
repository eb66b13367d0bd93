"""Publication in batches 分批公示: filings that have their number and wait for a day to be published."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PublicationBatchQuerySet(models.QuerySet["PublicationBatch"]):
    def waiting(self) -> Self:
        """Not published yet."""
        return self.filter(published_at__isnull=True)


class PublicationBatch(models.Model):
    """What an authority publishes together on a day. What was published does not change, by trigger."""

    authority = models.ForeignKey(
        "filings.Authority", models.PROTECT, related_name="batches", verbose_name=_("authority")
    )
    publish_on = models.DateField(_("published on"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )  # fmt: skip
    # The periodic lists as DOCX, one a family: kind, rows, name, sha256. A delivery makes them after publication.
    lists: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list, blank=True)

    objects = PublicationBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of publications")
        verbose_name_plural = _("batches of publications")
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "publish_on"],
                condition=Q(published_at__isnull=True),
                name="one_waiting_batch_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["publish_on", "id"], condition=Q(published_at__isnull=True), name="batch_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.publish_on}"


class HeldPublicationQuerySet(models.QuerySet["HeldPublication"]):
    def waiting(self) -> Self:
        """Neither published nor left out."""
        return self.filter(published_at__isnull=True, left_out_at__isnull=True)


class HeldPublication(models.Model):
    """A registered filing whose entry waits for a batch; until then its number and two days are all that is public.

    ``latest_on`` is the statutory day (Algorithm Provisions, art. 25), for services the standard; no batch of a
    later day takes it, by trigger. ``left_out_at``: the filing ended before its day came.
    """

    filing = models.OneToOneField("filings.Filing", models.PROTECT, related_name="held_publication")
    batch = models.ForeignKey(PublicationBatch, models.PROTECT, related_name="held")
    submission = models.ForeignKey("filings.Submission", models.PROTECT, related_name="+")
    number = models.CharField(max_length=100, unique=True)
    number_key = models.CharField(max_length=100, unique=True)
    digits = models.CharField(max_length=40, blank=True, db_index=True)
    issued_on = models.DateField(_("number issued on"))
    latest_on = models.DateField(_("to be published by"))
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = HeldPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("held publication")
        verbose_name_plural = _("held publications")
        constraints = [
            models.CheckConstraint(
                name="published_or_left_out",
                condition=Q(published_at__isnull=True) | Q(left_out_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["batch", "id"], name="held_by_batch")]

    def __str__(self) -> str:
        return self.number

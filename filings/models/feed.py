"""A person's calendar feed of an entity: an address that is a secret, kept as a digest."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def standing(self) -> Self:
        """Feeds whose address still answers."""
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """One address that gives an entity's dates to one person's calendar program, until it is revoked."""

    entity = models.ForeignKey("filings.Entity", models.PROTECT, related_name="calendar_feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "user"], condition=Q(revoked_at__isnull=True), name="one_feed_a_person_and_entity"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

"""Where a provider shows its filing number (Algorithm Provisions, art. 26)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NumberDisplayQuerySet(models.QuerySet["NumberDisplay"]):
    def standing(self) -> Self:
        """Places where the number is shown still."""
        return self.filter(ended_on__isnull=True)


class NumberDisplay(models.Model):
    """One place at which the provider says that it shows the number, with a picture of it.

    ``ended_on``: the last day on which it was shown there. What was said before stands in the
    events ``display.*`` of the filing.
    """

    class Place(models.TextChoices):
        WEBSITE = "website", _("Site on the web")
        APP = "app", _("App")
        MINI_PROGRAM = "mini_program", _("Mini program")
        STORE = "store", _("Product page of an app store")
        OTHER = "other", _("Other place")

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="displays")
    place = models.CharField(_("place"), max_length=20, choices=Place)
    where = models.CharField(_("where in it"), max_length=200)
    address = models.URLField(_("address"), max_length=500, blank=True)
    since = models.DateField(_("shown since"))
    ended_on = models.DateField(_("shown until"), null=True, blank=True)
    screenshot = models.ForeignKey("filings.Attachment", models.PROTECT, related_name="displays")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = NumberDisplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("display of a number")
        verbose_name_plural = _("displays of numbers")
        constraints = [
            models.CheckConstraint(name="a_display_says_where", condition=~Q(where="")),
            models.CheckConstraint(
                name="a_display_ends_after_it_began",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")),
            ),
        ]
        indexes = [models.Index(fields=["filing", "-id"], name="display_by_filing")]

    def __str__(self) -> str:
        return f"{self.get_place_display()} {self.where}"

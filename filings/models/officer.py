"""Authorities 主管部门 and their officers' postings: what access is computed from."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The two levels that review algorithm filings (Algorithm Provisions, art. 3, 25)."""

    PROVINCIAL = "provincial", _("Provincial")
    NATIONAL = "national", _("National")


class Ministry(models.TextChoices):
    """The seven that made the Generative AI Measures; filings are the first one's (art. 16, 17)."""

    CAC = "cac", _("Cyberspace administration")
    NDRC = "ndrc", _("Development and reform")
    MOE = "moe", _("Education")
    MOST = "most", _("Science and technology")
    MIIT = "miit", _("Industry and information technology")
    MPS = "mps", _("Public security")
    NRTA = "nrta", _("Radio and television")


class Authority(models.Model):
    """A regulator's office. ``region_prefix``: first two digits of the regions it answers for.

    Only those of the cyberspace administration take filings; the others inspect within their remit.
    """

    name_zh = models.CharField(_("Chinese name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=100)
    ministry = models.CharField(_("ministry"), max_length=10, choices=Ministry, default=Ministry.CAC, db_default="cac")
    level = models.CharField(_("level"), max_length=12, choices=Level)
    region_prefix = models.CharField(_("first two digits of its regions"), max_length=2, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # What it signs is published with its next batch that comes in time, unless the signatory says otherwise.
    holds_publications = models.BooleanField(_("publishes in batches"), default=False, db_default=False)

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = [
            models.CheckConstraint(
                name="a_provincial_authority_has_a_region",
                condition=Q(level="national", region_prefix="")
                | Q(level="provincial", region_prefix__regex=r"^\d{2}$"),
            ),
            models.UniqueConstraint(
                fields=["ministry", "region_prefix"],
                condition=Q(level="provincial", is_active=True),
                name="one_authority_a_region",
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh


class OfficerRole(models.TextChoices):
    """What a posted officer does. The administrator has no power over decisions."""

    INTAKE = "intake", _("Intake")
    REVIEWER = "reviewer", _("Reviewer")
    SIGNATORY = "signatory", _("Signatory")
    SUPERVISOR = "supervisor", _("Supervisor")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")


class PostingQuerySet(models.QuerySet["Posting"]):
    def on(self, day: dt.date) -> Self:
        """Postings in force on that day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Posting(models.Model):
    """An officer's role at an authority between two dates; ended, never deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings", verbose_name=_("officer")
    )
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="postings", verbose_name=_("authority"))
    role = models.CharField(_("role"), max_length=15, choices=OfficerRole)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posted by")
    )
    created_at = models.DateTimeField(_("posted at"))

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.CheckConstraint(
                name="a_posting_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["user", "authority", "role"],
                condition=Q(ends_on__isnull=True),
                name="one_open_posting_a_role",
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_on"], name="posting_by_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.authority} · {self.get_role_display()}"

"""Findings 审核意见: what is missing or wrong, at the very field it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.models import User


def is_standing(prefix: str = "") -> Q:
    """Sent and not yet settled; ``prefix`` is the way to the finding, such as ``findings__``."""
    return Q(**{f"{prefix}sent_at__isnull": False, f"{prefix}settled_at__isnull": True})


def is_unanswered(prefix: str = "") -> Q:
    """Standing, to be put right, and without a word from the provider."""
    return is_standing(prefix) & Q(**{f"{prefix}answer": "", f"{prefix}severity": Finding.Severity.MUST})


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> Self:
        """Officers see all of a filing's findings; a provider only those that were sent."""
        from filings.access import visible_findings  # reason: cycle, access reads officer rows

        return self.filter(visible_findings(user))

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def standing(self) -> Self:
        return self.filter(is_standing())

    def unanswered(self) -> Self:
        return self.filter(is_unanswered())


class Finding(models.Model):
    """One point raised at a dossier path on one submission.

    A draft (``sent_at`` null) is the officer's; once sent, the provider answers it or
    changes the value, and the officer settles it in the next round.
    """

    class Severity(models.TextChoices):
        MUST = "must", _("Must be put right")
        SHOULD = "should", _("Please look")

    class Source(models.TextChoices):
        OFFICER = "officer", _("Officer")
        INTAKE = "intake", _("Automatic check")

    procedure = models.ForeignKey("filings.Procedure", models.PROTECT, related_name="findings")
    submission = models.ForeignKey("filings.Submission", models.PROTECT, related_name="findings")
    path = models.CharField(max_length=200)
    section = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.MUST)
    source = models.CharField(max_length=10, choices=Source, default=Source.OFFICER)
    rule = models.CharField(max_length=60, blank=True)
    legal_basis = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(
                name="a_finding_of_an_officer_names_one",
                condition=~Q(source="officer") | Q(raised_by__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_sent_finding_is_answered",
                condition=Q(answered_at__isnull=True) | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["procedure", "section"], name="finding_by_section")]

    def __str__(self) -> str:
        return f"{self.path}: {self.text[:40]}"
